"""What all edits share: the open transaction, and looking up what they refer to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from medaldesk.book.changes import Action, Change
from medaldesk.book.connection import explained
from medaldesk.book.errors import (
    BookReadOnly,
    DateOutsideCompetition,
    EmptyField,
    UnknownCode,
)
from medaldesk.book.journal import Edit, Journal, UndoStep, Writer

Listener = Callable[[Change], None]


class EditBase:
    """Runs edits; an edit made inside another becomes part of it."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, journal: Journal | None, told: Listener
    ) -> None:
        self._connection = connection
        self._path = path
        self._journal = journal
        self._told = told
        self._open: Edit | None = None

    @contextmanager
    def together(self, action: Action, subject: str) -> Iterator[Writer]:
        """Make the edits inside one edit: one transaction, one undo step, derived once."""
        if self._open is not None:
            yield self._open.writer
            return
        with explained(self._path), self._writable().edit(action, subject) as edit:
            self._open = edit
            try:
                yield edit.writer
            finally:
                self._open = None
        self._tell(edit.change)

    def undo(self) -> Change:
        """Take back the last edit. Raises NothingToUndo, UndoConflict."""
        with explained(self._path):
            change = self._writable().undo()
        self._tell(change)
        return change

    def redo(self) -> Change:
        """Make the edit that was taken back again. Raises NothingToRedo, UndoConflict."""
        with explained(self._path):
            change = self._writable().redo()
        self._tell(change)
        return change

    def next_undo(self) -> UndoStep | None:
        """What undo would take back; None where there is nothing, or no right to write."""
        return self._journal.next_undo() if self._journal else None

    def next_redo(self) -> UndoStep | None:
        """What redo would make again."""
        return self._journal.next_redo() if self._journal else None

    def _writable(self) -> Journal:
        if self._journal is None:
            raise BookReadOnly(path=self._path)
        return self._journal

    def _tell(self, change: Change) -> None:
        if change.journal:
            self._told(change)

    def _one(self, sql: str, *values: object) -> tuple[object, ...]:
        row = self._connection.execute(sql, values).fetchone()
        if row is None:
            raise UnknownCode(what="row", code=values[0] if values else "")
        return tuple(row)

    def _id_of(self, table: str, code: str) -> int:
        """The id of a row by its code. Raises UnknownCode."""
        row = self._connection.execute(f"SELECT id FROM {table} WHERE code = ?", (code,)).fetchone()
        if row is None:
            raise UnknownCode(what=table, code=code)
        return int(row[0])

    def _taken(self, table: str, code: str) -> bool:
        found = self._connection.execute(f"SELECT 1 FROM {table} WHERE code = ?", (code,))
        return found.fetchone() is not None

    def _source(self, writer: Writer, title: str | None) -> int | None:
        """The id of a source by its title, added if it is new."""
        if not title:
            return None
        row = self._connection.execute("SELECT id FROM source WHERE title = ?", (title,)).fetchone()
        return int(row[0]) if row else writer.insert("source", title=title)

    def _inside(self, competition: int, day: date) -> str:
        """A day of a competition as it is stored. Raises DateOutsideCompetition."""
        start, end = self._one(
            "SELECT start_date, end_date FROM competition WHERE id = ?", competition
        )
        if not str(start) <= day.isoformat() <= str(end):
            raise DateOutsideCompetition(date=day.isoformat(), start=start, end=end)
        return day.isoformat()


def needed(what: str, text: str) -> str:
    """Text that must not be empty, without doubled or outer spaces. Raises EmptyField."""
    clean = " ".join(text.split())
    if not clean:
        raise EmptyField(what=what)
    return clean
