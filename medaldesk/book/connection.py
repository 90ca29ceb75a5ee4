"""SQLite connections to a book, and what SQLite's errors mean to a person."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from medaldesk.book.errors import (
    BookBusy,
    BookDamaged,
    BookError,
    BookFull,
    BookReadOnly,
    BookUnreachable,
    NotABook,
)

CHECKPOINT_PAGES = 8_000
"""Pages in the write-ahead log before a commit itself moves them into the book: about 32 MB.

The window moves them while it is idle; a clerk's key press should not have to.
"""


def connect(path: Path, mode: str, *, immutable: bool = False) -> sqlite3.Connection:
    """Open a connection in mode `ro`, `rw` or `rwc` with the settings of every book.

    Reads the file, so that one that cannot be read is known at once.
    """
    options = f"mode={mode}" + ("&immutable=1" if immutable else "")
    address = f"file:{quote(str(path.absolute()))}?{options}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("PRAGMA cache_size = -16000")
        if mode != "ro":
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    except BaseException as error:
        connection.close()
        if isinstance(error, UnicodeDecodeError):
            # SQLite quotes what it cannot read in a schema, and Python cannot read that either.
            raise BookDamaged(path=path, problem="malformed database schema") from error
        raise
    return connection


_MEANING: dict[int, type[BookError]] = {
    sqlite3.SQLITE_FULL: BookFull,
    sqlite3.SQLITE_BUSY: BookBusy,
    sqlite3.SQLITE_LOCKED: BookBusy,
    sqlite3.SQLITE_READONLY: BookReadOnly,
    sqlite3.SQLITE_NOTADB: NotABook,
    sqlite3.SQLITE_CORRUPT: BookDamaged,
    sqlite3.SQLITE_TOOBIG: BookDamaged,
    sqlite3.SQLITE_CANTOPEN: BookUnreachable,
    sqlite3.SQLITE_PERM: BookUnreachable,
    sqlite3.SQLITE_IOERR: BookUnreachable,
}


_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def explained_sql(path: Path) -> Iterator[None]:
    """Turn what SQLite refuses into a BookError; programming errors pass through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning(path=path, problem=str(error)) from error


def _meaning(error: sqlite3.DatabaseError) -> type[BookError] | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own, for text that is not UTF-8.
        return BookDamaged if isinstance(error, sqlite3.OperationalError) else None
    return _MEANING.get(code & 0xFF)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the operating system refuses about the file into a BookError."""
    try:
        with explained_sql(path):
            yield
    except OSError as error:
        meaning = BookFull if error.errno in _FULL else BookUnreachable
        raise meaning(path=path, problem=error.strerror or str(error)) from error
