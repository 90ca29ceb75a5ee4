"""The file a book is: made, recognised, opened, backed up."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from medaldesk.book import derive, reference, schema
from medaldesk.book.connection import connect
from medaldesk.book.errors import (
    BookDamaged,
    BookExists,
    BookMissing,
    BookNeedsUpgrade,
    BookReadOnly,
    BookTooNew,
    BookUnreachable,
    NotABook,
)
from medaldesk.book.lock import Holder, WriterLock

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_WITH_GROUPINGS = 2
"""The schema version from which on books have continents and grouping views."""


def build(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a book under another name and give it its own when it is whole."""
    draft = draft_name(path)
    remove(draft)
    try:
        with closing(connect(draft, "rwc")) as connection:
            fill(connection)
        if path.exists():
            raise BookExists(path=path)
        draft.rename(path)
    finally:
        remove(draft)


def draft_name(path: Path) -> Path:
    """What a book is called while it is made."""
    return path.with_name(f".{path.name}.new")


def remove(path: Path) -> None:
    """Delete an SQLite file and its companions."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def refuse_what_is_no_book(path: Path) -> None:
    """Look at the first bytes without touching the file.

    Raises BookMissing, BookUnreachable, NotABook, BookDamaged, BookTooNew.
    """
    if not path.exists():
        raise BookMissing(path=path)
    if not path.is_file():
        raise NotABook(path=path)
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header.startswith(_MAGIC):
        raise NotABook(path=path)
    if len(header) < _HEADER:
        raise BookDamaged(path=path, problem="the file ends in its header")
    if _number(header, 68) != schema.APPLICATION_ID:
        raise NotABook(path=path)
    if _number(header, 60) > schema.SCHEMA_VERSION:
        raise BookTooNew(path=path, found=_number(header, 60), known=schema.SCHEMA_VERSION)
    _refuse_cut_off(path, header)


def _refuse_cut_off(path: Path, header: bytes) -> None:
    """A write-ahead log may still hold the pages that are missing; without one they are lost."""
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65_536 if page_size == 1 else page_size
    promised = _number(header, 28) * page_size
    if path.stat().st_size < promised and not _has_log(path):
        raise BookDamaged(path=path, problem="the file is cut off")


def _has_log(path: Path) -> bool:
    real = path.resolve()
    log = real.with_name(f"{real.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def take_lock(path: Path, who: str) -> tuple[WriterLock | None, Holder | None]:
    """The writer's lock, or who holds it; neither where this place cannot be written to."""
    # A book may be opened by a link to it; its lock, like its log, is beside the file itself.
    real = path.resolve()
    if not os.access(real, os.W_OK) or not os.access(real.parent, os.W_OK):
        return None, None
    lock = WriterLock(real)
    try:
        taken = lock.acquire(who)
    except OSError:
        return None, None
    return (lock, None) if taken else (None, lock.holder())


def refuse_where_nobody_writes(path: Path) -> None:
    """A book is lent only by who holds its lock. Raises BookReadOnly, OSError."""
    if WriterLock(path.resolve()).is_free():
        raise BookReadOnly(path=path, holder=None)


def open_checked(path: Path, *, writing: bool) -> sqlite3.Connection:
    """Connect to a book, migrating an older one.

    Raises BookDamaged, BookTooNew, BookNeedsUpgrade.
    """
    connection = _connect(path, writing=writing)
    try:
        _bring_to_today(connection, path, writing=writing)
    except BaseException as error:
        connection.close()
        if _is_of_the_schema(error):
            raise BookDamaged(path=path, problem=str(error)) from error
        raise
    return connection


def _bring_to_today(connection: sqlite3.Connection, path: Path, *, writing: bool) -> None:
    """Refuse a newer book, migrate an older one, and look whether what is there is a book."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > schema.SCHEMA_VERSION:
        raise BookTooNew(path=path, found=found, known=schema.SCHEMA_VERSION)
    if found < schema.SCHEMA_VERSION:
        if not writing:
            raise BookNeedsUpgrade(path=path, found=found, known=schema.SCHEMA_VERSION)
        backup(connection, _free_name(path, found))
        schema.migrate(connection, lambda open_: _complete(open_, found))
    have = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    for table in schema.TABLES:
        if table not in have:
            raise BookDamaged(path=path, problem=f"the table {table} is missing")


def _complete(connection: sqlite3.Connection, found: int) -> None:
    """What the migrations of a book of a schema version end with."""
    if found < _WITH_GROUPINGS:
        reference.fill_upgraded(connection)
    derive.derive_all(connection)


def _is_of_the_schema(error: BaseException) -> bool:
    """Whether a migration found a table or a reference other than it must be."""
    return isinstance(error, sqlite3.IntegrityError) or (
        isinstance(error, sqlite3.OperationalError)
        and error.sqlite_errorcode == sqlite3.SQLITE_ERROR
    )


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    if writing:
        return connect(path, "rw")
    try:
        return connect(path, "ro")
    except sqlite3.OperationalError as error:
        cannot = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if error.sqlite_errorcode & 0xFF not in cannot or _has_log(path):
            raise
        # In a folder that cannot be written SQLite cannot make the index of a write-ahead log.
        # Without a log there is nothing to index, and nobody is writing.
        return connect(path, "ro", immutable=True)


def _free_name(path: Path, version: int) -> Path:
    """A name beside an old book that no file has yet."""
    base = f"{path.stem} before upgrade from {version}"
    names = (base if n == 1 else f"{base} ({n})" for n in range(1, 10_000))
    return next(
        p for p in (path.with_name(f"{name}{path.suffix}") for name in names) if not p.exists()
    )


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a live book to a new file; a copy that fails is not left behind."""

    def copy(new: sqlite3.Connection) -> None:
        connection.backup(new)

    if not target.parent.is_dir():
        raise BookUnreachable(path=target, problem="there is no such folder")
    build(target, copy)
