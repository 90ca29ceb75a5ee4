"""What all edits share: the open transaction, and looking up what they refer to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from medaldesk.book.changes import Action, Change
from medaldesk.book.connection import explained_sql
from medaldesk.book.errors import (
    BookLent,
    BookReadOnly,
    DateOutsideCompetition,
    EmptyField,
    UnknownCode,
)
from medaldesk.book.journal import Edit, Journal, UndoStep, Writer
from medaldesk.book.lock import Holder
from medaldesk.book.replay import Progress
from medaldesk.domain.names import one_line

Row = tuple[Any, ...]
Listener = Callable[[Change], None]


class EditBase:
    """Runs edits; an edit made inside another becomes part of it.

    While the book is `lent` to another process none is made.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        journal: Journal | None,
        told: Listener,
        holder: Holder | None,
    ) -> None:
        self._connection = connection
        self._path = path
        self._journal = journal
        self._told = told
        self._holder = holder
        self._open: Edit | None = None
        self.lent = False

    @contextmanager
    def together(self, action: Action, subject: str) -> Iterator[Writer]:
        """Make the edits inside one edit: one transaction, one undo step, derived once.

        Inside another edit it is a part of that one. What raises leaves nothing of itself.
        """
        if self._open is not None:
            with self._open.writer.part():
                yield self._open.writer
            return
        with explained_sql(self._path), self._writable().edit(action, subject) as edit:
            self._open = edit
            try:
                yield edit.writer
            finally:
                self._open = None
        self._tell(edit.change)

    def undo(self, watch: Progress | None = None) -> Change:
        """Take back the last edit. Raises NothingToUndo, UndoConflict, and what `watch` raises."""
        with explained_sql(self._path):
            change = self._writable().undo(watch)
        self._tell(change)
        return change

    def redo(self, watch: Progress | None = None) -> Change:
        """Make the edit that was taken back again. Raises NothingToRedo, UndoConflict."""
        with explained_sql(self._path):
            change = self._writable().redo(watch)
        self._tell(change)
        return change

    def next_undo(self) -> UndoStep | None:
        """What undo would take back; None where there is nothing, or no right to write."""
        with explained_sql(self._path):
            return self._journal.next_undo() if self._journal else None

    def next_redo(self) -> UndoStep | None:
        """What redo would make again; None where there is nothing, or no right to write."""
        with explained_sql(self._path):
            return self._journal.next_redo() if self._journal else None

    def rows_of(self, step: UndoStep) -> int:
        """How many rows undo or redo of a step would write."""
        row = self._find("SELECT count(*) FROM journal_row WHERE journal_id = ?", step.journal)
        return int(row[0]) if row else 0

    def _writable(self) -> Journal:
        if self._journal is None:
            raise BookReadOnly(path=self._path, holder=self._holder)
        if self.lent:
            raise BookLent(path=self._path)
        return self._journal

    def _tell(self, change: Change) -> None:
        if change.journal:
            self._told(change)

    def _find(self, sql: str, *values: object) -> Row | None:
        """The first row of a query, None where there is none."""
        with explained_sql(self._path):
            row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def _one(self, sql: str, *values: object) -> Row:
        """The row of a query that must have one. Raises UnknownCode."""
        row = self._find(sql, *values)
        if row is None:
            raise UnknownCode(what="row", code=values[0] if values else "")
        return row

    def _all(self, sql: str, *values: object) -> list[Row]:
        """The rows of a query, read before anything is written on their account."""
        with explained_sql(self._path):
            return self._connection.execute(sql, values).fetchall()

    def _event_head(self, event: int) -> tuple[int, str]:
        """The competition and the name of an event."""
        competition, name = self._one(
            """SELECT e.competition_id, t.name FROM event AS e
            JOIN event_type AS t ON t.id = e.event_type_id WHERE e.id = ?""",
            event,
        )
        return competition, name

    def _id_of(self, table: str, code: str) -> int:
        """The id of a row by its code. Raises UnknownCode."""
        row = self._find(f"SELECT id FROM {table} WHERE code = ?", code)
        if row is None:
            raise UnknownCode(what=table, code=code)
        return int(row[0])

    def _taken(self, table: str, code: str) -> bool:
        return self._find(f"SELECT 1 FROM {table} WHERE code = ?", code) is not None

    def _named(self, writer: Writer, table: str, column: str, name: str | None) -> int | None:
        """The id of a source by its title or a venue by its name, added if it is new."""
        clean = one_line(name or "")
        if not clean:
            return None
        row = self._find(f"SELECT id FROM {table} WHERE {column} = ?", clean)
        return int(row[0]) if row else writer.insert(table, **{column: clean})

    def _source(self, writer: Writer, title: str | None) -> int | None:
        return self._named(writer, "source", "title", title)

    def _venue(self, writer: Writer, name: str | None) -> int | None:
        return self._named(writer, "venue", "name", name)

    def _inside(self, competition: int, day: date) -> str:
        """A day of a competition as it is stored. Raises DateOutsideCompetition."""
        start, end = self._one(
            "SELECT start_date, end_date FROM competition WHERE id = ?", competition
        )
        if not str(start) <= day.isoformat() <= str(end):
            raise DateOutsideCompetition(date=day.isoformat(), start=start, end=end)
        return day.isoformat()


def needed(what: str, text: str) -> str:
    """Text that must not be empty, as one line. Raises EmptyField."""
    clean = one_line(text)
    if not clean:
        raise EmptyField(what=what)
    return clean
