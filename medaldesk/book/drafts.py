"""Files that are whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medaldesk.book.connection import explained


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """A name beside a file to write under; the file is replaced at the end, if all went well.

    Raises BookUnreachable, BookFull; what was there before is left as it was then.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    with explained(path):
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
