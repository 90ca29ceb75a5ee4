"""A book: one SQLite file, opened by one writer and any number of readers."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from medaldesk.book import derive, files, reference, schema
from medaldesk.book.changes import Action, Change
from medaldesk.book.check import Problem, find_problems
from medaldesk.book.connection import explained, explained_sql
from medaldesk.book.edits import Edits
from medaldesk.book.errors import BookExists, BookReadOnly
from medaldesk.book.journal import Clock, Journal, utc_now, utc_text
from medaldesk.book.lock import Holder, WriterLock
from medaldesk.book.reads import Reads

SUFFIX = ".medaldesk"

BORROWED_CACHE = 64_000
"""Kilobytes of pages that a borrower keeps: one edit of many rows writes each page less often."""


class Book:
    """An open book: read through `reads`, write through `edits`, listen with `subscribe`.

    Where `edits` refuses (`can_write` is False), `holder` says who is writing, if somebody is;
    `poll` then follows what they do.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        lock: WriterLock | None,
        *,
        who: str,
        holder: Holder | None = None,
        clock: Clock | None = None,
        is_lent: bool = False,
    ) -> None:
        self.path = path
        self.who = who
        self.holder = holder
        self._connection = connection
        self._keeper: sqlite3.Connection | None = None
        self._lock = lock
        self._listeners: list[Callable[[Change], None]] = []
        self.reads = Reads(connection, path)
        journal = Journal(connection, who, clock) if lock or is_lent else None
        self.edits = Edits(connection, path, journal, self._tell, holder)
        self._seen = self.reads.last_journal()

    @classmethod
    def create(
        cls, path: Path, *, name: str = "", who: str | None = None, clock: Clock | None = None
    ) -> Book:
        """Make a new book with its reference data and open it for writing.

        Raises BookExists, BookUnreachable, BookFull; a book that could not be made is not left.
        """
        with explained(path):
            if path.exists():
                raise BookExists(path=path)
            files.build(path, lambda new: _fill(new, name or path.stem, who or user_name(), clock))
        return cls.open(path, who=who, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str | None = None,
        read_only: bool = False,
        clock: Clock | None = None,
    ) -> Book:
        """Open a book: for writing where that can be, otherwise for reading.

        An older book is backed up beside itself, then migrated. Raises BookMissing, NotABook,
        BookDamaged, BookTooNew, BookUnreachable, BookFull, and changes nothing then.
        """
        who = who or user_name()
        with explained(path), ExitStack() as undoing:
            files.refuse_what_is_no_book(path)
            lock, holder = (None, None) if read_only else files.take_lock(path, who)
            if lock:
                undoing.callback(lock.release)
            connection = files.open_checked(path, writing=lock is not None)
            undoing.callback(connection.close)
            book = cls(path, connection, lock, who=who, holder=holder, clock=clock)
            undoing.pop_all()
            return book

    @classmethod
    def borrow(cls, path: Path, *, who: str) -> Book:
        """Open for writing a book that another process has open for writing, and has lent to this.

        Only for a process that was started by the lender, and asked by it to write: see `lend`.
        Raises BookReadOnly where nobody holds the lock, and what `open` raises.
        """
        with explained(path), ExitStack() as undoing:
            files.refuse_what_is_no_book(path)
            files.refuse_where_nobody_writes(path)
            connection = files.open_checked(path, writing=True)
            undoing.callback(connection.close)
            connection.execute(f"PRAGMA cache_size = -{BORROWED_CACHE}")
            book = cls(path, connection, None, who=who, is_lent=True)
            # Whoever closes a book last takes its log away. The lender has it open, but POSIX drops
            # its lock as soon as a file dialog there looks what kind of file a book is; a reader
            # that is closed after the writer never takes anything away.
            book._keeper = files.open_checked(path, writing=False)
            undoing.pop_all()
            return book

    @property
    def can_write(self) -> bool:
        """Whether this is the one opener that writes."""
        return self._lock is not None

    @property
    def is_lent(self) -> bool:
        """Whether another process writes meanwhile."""
        return self.edits.lent

    def lend(self) -> None:
        """Let a process that this one started write to the book; until `take_back` no edit is made.

        The lock stays here: nobody else may write, whatever becomes of the other process. Raises
        BookReadOnly where this opener does not write itself.
        """
        if not self.can_write:
            raise BookReadOnly(path=self.path, holder=self.holder)
        self.edits.lent = True

    def take_back(self) -> None:
        """Make edits here again; the other process has ended its own. `poll` tells of them."""
        self.edits.lent = False

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Be told of every change, after it is safely in the file."""
        self._listeners.append(listener)

    def poll(self) -> list[Change]:
        """What another opener wrote since the last call, oldest first; listeners are told too.

        What this opener wrote itself was told when it was written.
        """
        with explained_sql(self.path):
            changes = self.reads.changes_after(self._seen)
        for change in changes:
            self._tell(change)
        return changes

    def checkpoint(self) -> None:
        """Move the write-ahead log into the book, without waiting for anybody."""
        if self.can_write and not self.is_lent:
            with explained_sql(self.path):
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def backup(self, target: Path) -> None:
        """Copy the book whole and consistent, also while it is written (SQLite backup API).

        Raises BookExists, BookUnreachable, BookFull.
        """
        with explained(target):
            if target.exists():
                raise BookExists(path=target)
            files.backup(self._connection, target)

    def check(self) -> list[Problem]:
        """Everything that is wrong with the book; nothing is changed."""
        with explained_sql(self.path):
            return find_problems(self._connection)

    def close(self) -> None:
        """Close the file and let the next writer in."""
        try:
            self._connection.close()
        finally:
            if self._keeper is not None:
                self._keeper.close()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _tell(self, change: Change) -> None:
        """Tell every listener, also those behind one that fails."""
        self._seen = max(self._seen, change.journal)
        if change.tables & {"nation", "nation_code"}:
            self.reads.forget_nations()
        with ExitStack() as telling:
            for listener in reversed(self._listeners):
                telling.callback(listener, change)


def user_name() -> str:
    """The name that the journal writes down, as the operating system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _fill(connection: sqlite3.Connection, name: str, who: str, clock: Clock | None) -> None:
    """Schema, reference data and title of a new book."""
    connection.execute("PRAGMA journal_mode = WAL")
    schema.migrate(connection, derive.derive_all)
    now = utc_text(clock or utc_now)
    connection.execute("BEGIN IMMEDIATE")
    reference.fill(connection)
    connection.execute("INSERT INTO book (id, name, created_at) VALUES (1, ?, ?)", (name, now))
    change = Change(0, "edit", Action.CREATE_BOOK, name)
    connection.execute(
        "INSERT INTO journal (at, who, kind, action, subject, change) VALUES (?, ?, ?, ?, ?, ?)",
        (now, who, change.kind, change.action, name, change.dumps()),
    )
    connection.execute("COMMIT")
