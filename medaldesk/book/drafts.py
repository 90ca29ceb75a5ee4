"""Files that are whole or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from medaldesk.book.connection import explained


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """A name beside a file to write under; the file is replaced at the end, if all went well.

    Raises BookUnreachable, BookFull; what was there before is left as it was then.
    """
    draft = path.with_name(_draft_name(path, os.getpid()))
    with explained(path):
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def clear(path: Path, process: int) -> None:
    """Take away what a process that was killed left of a file: its draft, and parts of that."""
    beginning = _draft_name(path, process)
    # What cannot be taken away harms nobody.
    with suppress(OSError):
        for left in path.parent.iterdir():
            if left.name == beginning:
                left.unlink()
            elif left.name.startswith(f"{beginning}."):
                shutil.rmtree(left)


def _draft_name(path: Path, process: int) -> str:
    return f".{path.name}.{process}.new"
