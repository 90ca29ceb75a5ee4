"""One writer a book: a lock that the operating system gives back when a program dies."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a book open for writing, as far as is known."""

    who: str | None = None
    since: str | None = None


def lock_path(book: Path) -> Path:
    """The lock file beside a book."""
    return book.with_name(f".{book.name}.lock")


class WriterLock:
    """Held while a book is open for writing. Whoever comes later learns who holds it."""

    def __init__(self, book: Path) -> None:
        self._path = lock_path(book)
        self._lock = FileLock(self._path, timeout=0)

    def acquire(self, who: str) -> bool:
        """Take the lock; False where somebody else has it. Raises OSError where none can be."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        since = datetime.now(UTC).isoformat("T", "minutes")
        self._note(json.dumps({"who": who, "pid": os.getpid(), "since": since}))
        return True

    def is_free(self) -> bool:
        """Whether nobody holds the lock at this moment. Raises OSError where there can be none."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        self._lock.release()
        return True

    def release(self) -> None:
        """Give the lock back. The file stays: taking it away could part two writers' locks."""
        if self._lock.is_locked:
            self._note("")
            self._lock.release()

    def holder(self) -> Holder:
        """Who holds the lock; unknown where the system does not let us look."""
        try:
            note = json.loads(self._path.read_text(encoding="utf-8") or "{}")
        except (OSError, ValueError):
            return Holder()
        if not isinstance(note, dict):
            return Holder()
        who, since = note.get("who"), note.get("since")
        return Holder(str(who) if who else None, str(since) if since else None)

    def _note(self, text: str) -> None:
        """Leave word in the lock file; on a full disk the lock holds without it."""
        with suppress(OSError):
            self._path.write_text(text, encoding="utf-8")
