"""Where messages are written: a folder or a ZIP, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from medaldesk.book.connection import explained
from medaldesk.book.drafts import draft_of
from medaldesk.book.errors import BookExists

Put = Callable[[str, bytes], None]
"""Writes a file under a name."""


@contextmanager
def target_of(path: Path, at: datetime) -> Iterator[Put]:
    """Where to put files: a ZIP where the name ends so, which replaces one, else a new folder.

    `at` is the time of all files in a ZIP. Raises BookExists where there is a folder with
    anything in it, or a file in place of a folder; BookUnreachable, BookFull.
    """
    writer = _zip(path, at) if path.suffix.lower() == ".zip" else _folder(path)
    with writer as put:
        yield put


@contextmanager
def _zip(path: Path, at: datetime) -> Iterator[Put]:
    with draft_of(path) as draft, ZipFile(draft, "w") as archive:

        def put(name: str, content: bytes) -> None:
            # ZIP begins in 1980 and counts in two seconds.
            entry = ZipInfo(name, max(at, datetime(1980, 1, 1, tzinfo=at.tzinfo)).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)

        yield put


@contextmanager
def _folder(path: Path) -> Iterator[Put]:
    with explained(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise BookExists(path=path)
        draft = Path(mkdtemp(prefix=f".{path.name}.", suffix=".new", dir=path.absolute().parent))
        try:
            yield lambda name, content: _write(draft / name, content)
            # A folder that is there is empty, and no system but one takes another in its place.
            if path.exists():
                path.rmdir()
            draft.chmod(0o755)
            draft.rename(path)
        finally:
            rmtree(draft, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
