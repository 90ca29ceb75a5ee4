"""One writer a book: a lock that the operating system gives back when a program dies."""

from __future__ import annotations

import json
import os
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
        """Take the lock; False where somebody else has it. Raises OSError where none can be made."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        note = {
            "who": who,
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat("T", "minutes"),
        }
        self._path.write_text(json.dumps(note), encoding="utf-8")
        return True

    def release(self) -> None:
        """Give the lock back. The file stays: taking it away could part two writers' locks."""
        if self._lock.is_locked:
            self._path.write_text("", encoding="utf-8")
            self._lock.release()

    def holder(self) -> Holder:
        """Who holds the lock; unknown where the system does not let us look."""
        try:
            note = json.loads(self._path.read_text(encoding="utf-8") or "{}")
        except (OSError, ValueError):
            return Holder()
        return Holder(note.get("who"), note.get("since"))
