"""The journal: every edit row by row, so that it can be undone, redone and asked about.

An edit is one transaction, one journal entry and one undo step. Undo and redo are entries of
their own; the history only grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from medaldesk.book import derive, derive_bests, derive_records
from medaldesk.book.changes import Action, Change, Moves
from medaldesk.book.errors import NothingToRedo, NothingToUndo, UndoConflict, UnknownCode
from medaldesk.book.many_rows import (
    ManyRows,
    ReplayedRows,
    Written,
    flat,
    insert_many,
    journal_many,
    journal_replayed,
    touched_by,
)
from medaldesk.book.replay import Progress, Replay
from medaldesk.book.schema import FACT_TABLES
from medaldesk.book.touched import Touched, WrittenRow

Connection = sqlite3.Connection
Row = dict[str, Any]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a journal that is given no other."""
    return datetime.now(UTC)


def utc_text(clock: Clock) -> str:
    """The time of a clock as the journal writes it: `2026-02-09T17:30:00.000+00:00`."""
    return clock().astimezone(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What undo or redo would do next."""

    journal: int
    action: Action
    subject: str


class Writer:
    """Writes facts inside one edit and remembers each row before and after.

    `deriving` is told how many of the touched events are derived, with all of them once more before
    record lists and once more before bests, and may raise to stop the edit.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rows: list[Written] = []
        self.deriving: Progress | None = None

    @contextmanager
    def part(self) -> Iterator[None]:
        """An edit inside the edit: where it fails, what it wrote is taken back."""
        written = len(self.rows)
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            # On a full disk SQLite takes the whole transaction back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            del self.rows[written:]
            raise
        self._connection.execute("RELEASE part")

    def insert(self, table: str, **values: object) -> int:
        """Add a row; returns its id."""
        row_id = self._insert(table, values)
        self.rows.append(WrittenRow(table, row_id, None, self._read(table, row_id)))
        return row_id

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Add many rows at once; `id` is the first column, and they stand in its order.

        Their ids are behind all that the table has.
        """
        if rows:
            self.rows.append(insert_many(self._connection, table, columns, rows))

    def update(self, table: str, row_id: int, **values: object) -> bool:
        """Change columns of a row; returns whether anything is different now.

        Raises UnknownCode where there is no such row.
        """
        self._take_apart(table, row_id)
        before = self._read(table, row_id)
        if before is None:
            raise UnknownCode(what="row", code=row_id)
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return False
        self._update(table, row_id, changed)
        self.rows.append(WrittenRow(table, row_id, before, before | changed))
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Delete a row and, first, the rows that are part of it."""
        for child, column in _PARTS.get(table, ()):
            rows = self._connection.execute(
                f"SELECT id FROM {child} WHERE {column} = ? ORDER BY id", (row_id,)
            ).fetchall()
            for (child_id,) in rows:
                self.delete(child, child_id)
        self._take_apart(table, row_id)
        before = self._read(table, row_id)
        if before is None:
            return
        self._delete(table, row_id)
        self.rows.append(WrittenRow(table, row_id, before, None))

    def restore(self, table: str, row_id: int, expected: Row | None, wanted: Row | None) -> None:
        """Put a row back to what it was. Raises UndoConflict if it is not as expected.

        Columns that the journal does not know came with a later schema and are left alone.
        """
        found = self._read(table, row_id)
        if not _agrees(found, expected):
            raise UndoConflict(table=table, row=row_id)
        try:
            self._restore(table, row_id, expected, wanted)
        except sqlite3.IntegrityError as error:
            # Another program's row needs what was to go, or has taken what was to come back.
            raise UndoConflict(table=table, row=row_id) from error
        self.rows.append(WrittenRow(table, row_id, found, self._read(table, row_id)))

    def _restore(self, table: str, row_id: int, expected: Row | None, wanted: Row | None) -> None:
        if wanted is None:
            self._delete(table, row_id)
        elif expected is None:
            self._insert(table, wanted)
        else:
            self._update(table, row_id, dict(wanted.items() - expected.items()))

    def _take_apart(self, table: str, row_id: int) -> None:
        """What is changed again in the edit that added it has to be known as it was between."""
        for row in self.rows:
            if isinstance(row, ManyRows) and row.has(table, row_id):
                row.part(self._connection)

    def _insert(self, table: str, values: Mapping[str, object]) -> int:
        columns, slots = ", ".join(values), ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO {_fact(table)} ({columns}) VALUES ({slots}) RETURNING id",
            tuple(values.values()),
        )
        return int(cursor.fetchall()[0][0])

    def _update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        columns = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(
            f"UPDATE {_fact(table)} SET {columns} WHERE id = ?", (*values.values(), row_id)
        )

    def _delete(self, table: str, row_id: int) -> None:
        self._connection.execute(f"DELETE FROM {_fact(table)} WHERE id = ?", (row_id,))

    def _read(self, table: str, row_id: int) -> Row | None:
        cursor = self._connection.execute(f"SELECT * FROM {_fact(table)} WHERE id = ?", (row_id,))
        row = cursor.fetchone()
        if row is None:
            return None
        return dict(zip((column[0] for column in cursor.description), row, strict=True))


def _fact(table: str) -> str:
    assert table in FACT_TABLES, table
    return table


def _agrees(found: Row | None, expected: Row | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return expected.items() <= found.items()


_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "competition": (("event", "competition_id"), ("competition_nation", "competition_id")),
    "event": (
        ("decision", "event_id"),
        ("entry", "event_id"),
        ("result", "event_id"),
        ("phase", "event_id"),
    ),
    "phase": (("result", "phase_id"), ("unit", "phase_id")),
    "entry": (("result", "entry_id"), ("entry_member", "entry_id")),
    "result": (("split", "result_id"), ("record_ruling", "result_id")),
    "decision": (("decision_line", "decision_id"),),
    "record_list": (
        ("record_ruling", "record_list_id"),
        ("published_record", "record_list_id"),
        ("record_baseline", "record_list_id"),
    ),
    "nation": (("population", "nation_id"), ("nation_code", "nation_id")),
    "grouping_view": (("nation_group", "grouping_view_id"),),
    "nation_group": (("nation_group_member", "nation_group_id"),),
}
"""The rows that go with a row, leaves first."""


class Journal:
    """Runs edits on the writing connection of a book, one at a time."""

    def __init__(self, connection: Connection, who: str, clock: Clock | None = None) -> None:
        self._connection = connection
        self._who = who
        self._clock = clock or utc_now

    @contextmanager
    def edit(self, action: Action, subject: str) -> Iterator[Edit]:
        """One edit: everything written inside is kept together, or nothing is."""
        with self._transaction():
            edit = Edit(Writer(self._connection), action, subject)
            yield edit
            edit.change = self._finish(edit, "edit", None)

    def undo(self, watch: Progress | None = None) -> Change:
        """Take back the last edit that still stands. Raises NothingToUndo, UndoConflict.

        `watch` is told how far it is, and may raise to stop it.
        """
        step = self.next_undo()
        if step is None:
            raise NothingToUndo
        return self._replay(step, "undo", watch)

    def redo(self, watch: Progress | None = None) -> Change:
        """Make the last undone edit again. Raises NothingToRedo, UndoConflict."""
        step = self.next_redo()
        if step is None:
            raise NothingToRedo
        return self._replay(step, "redo", watch)

    def next_undo(self) -> UndoStep | None:
        """The edit that undo would take back."""
        return self._step(
            "SELECT max(id) FROM journal WHERE kind = 'edit' AND undone = 0 AND action <> ?",
            Action.CREATE_BOOK,
        )

    def next_redo(self) -> UndoStep | None:
        """The edit that redo would make again: a new edit forgets those undone before it."""
        return self._step(
            """SELECT min(e.id) FROM journal AS u JOIN journal AS e ON e.id = u.target_id
            WHERE u.kind = 'undo' AND u.undone = 0 AND e.undone = 1 AND u.id > max(
                (SELECT coalesce(max(id), 0) FROM journal WHERE kind = 'edit' AND undone = 0),
                (SELECT coalesce(max(id), 0) FROM journal WHERE kind = 'edit' AND undone = 1))"""
        )

    def _step(self, sql: str, *values: object) -> UndoStep | None:
        (journal,) = self._connection.execute(sql, values).fetchone()
        if journal is None:
            return None
        action, subject = self._connection.execute(
            "SELECT action, subject FROM journal WHERE id = ?", (journal,)
        ).fetchone()
        return UndoStep(journal, Action(action), subject)

    def _replay(self, step: UndoStep, kind: str, watch: Progress | None) -> Change:
        back = kind == "undo"
        with self._transaction():
            writer = Writer(self._connection)
            writer.deriving = watch
            rows = writer.rows.append
            Replay(self._connection, step.journal, back, writer.restore, rows).run(watch)
            self._connection.execute(
                "UPDATE journal SET undone = ? WHERE id = ?", (int(back), step.journal)
            )
            return self._finish(Edit(writer, step.action, step.subject), kind, step.journal)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _finish(self, edit: Edit, kind: str, target: int | None) -> Change:
        """Derive what was touched and write the journal.

        An edit after which every row is what it was before leaves no entry.
        """
        change = Change(0, kind, edit.action, edit.subject)
        if _same_as_before(edit.writer.rows):
            return change
        touched = touched_by(self._connection, edit.writer.rows)
        deriving = edit.writer.deriving or _unwatched
        moves, record_lists = self._derive(touched, deriving)
        deriving(len(touched.placed), len(touched.placed))
        bests = self._derive_bests(touched)
        change = replace(
            change,
            tables=frozenset(row.table for row in edit.writer.rows),
            events=frozenset(touched.events | bests),
            competitions=frozenset(touched.competitions),
            record_lists=frozenset(touched.record_lists | record_lists),
            results=frozenset(touched.results),
            flagged=frozenset(bests - touched.events),
            moves=moves,
        )
        return replace(change, journal=self._write(change, target, edit.writer.rows))

    def _write(self, change: Change, target: int | None, rows: Iterable[Written]) -> int:
        """The journal entry of a change and its rows; returns its id."""
        entry = self._connection.execute(
            """INSERT INTO journal (at, who, kind, action, subject, target_id, change)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (
                utc_text(self._clock),
                self._who,
                change.kind,
                change.action,
                change.subject,
                target,
                change.dumps(),
            ),
        )
        journal = int(entry.fetchall()[0][0])
        for is_single, group in groupby(flat(rows), key=lambda row: isinstance(row, WrittenRow)):
            if is_single:
                self._write_rows(journal, group)
                continue
            for many in group:
                self._write_many(journal, many)
        return journal

    def _write_many(self, journal: int, rows: Written) -> None:
        if isinstance(rows, ManyRows):
            journal_many(self._connection, journal, rows)
        elif isinstance(rows, ReplayedRows):
            journal_replayed(self._connection, journal, rows)

    def _write_rows(self, journal: int, rows: Iterable[Any]) -> None:
        self._connection.executemany(
            """INSERT INTO journal_row (journal_id, table_name, row_id, before, after)
            VALUES (?, ?, ?, ?, ?)""",
            ((journal, row.table, row.id, _dump(row.before), _dump(row.after)) for row in rows),
        )

    def _derive(self, touched: Touched, deriving: Progress) -> tuple[Moves, set[int]]:
        """Renew the derived tables; what moved, and the record lists that are not as before."""
        placed = []
        for done, event in enumerate(sorted(touched.placed)):
            deriving(done, len(touched.placed))
            placed.append(derive.derive_event(self._connection, event))
        deriving(len(touched.placed), len(touched.placed))
        renewed = derive_records.derive_touched(
            self._connection, touched.recorded, touched.record_lists
        )
        moves = Moves(
            ranks=tuple(move for moved in placed for move in moved.ranks),
            medals=tuple(move for moved in placed for move in moved.medals),
            records=tuple(move for moved in renewed.values() for move in moved),
        )
        return moves, set(renewed)

    def _derive_bests(self, touched: Touched) -> set[int]:
        """Renew personal and season bests; the events in which one came or went."""
        whole, single = touched.bests, touched.recorded - touched.bests
        renewed = derive_bests.derive_touched(self._connection, whole, athletes=touched.athletes)
        return renewed | derive_bests.derive_touched(self._connection, single, touched.results)


class Edit:
    """An edit under way: write through `writer`; `change` is there when it is done."""

    def __init__(self, writer: Writer, action: Action, subject: str) -> None:
        self.writer = writer
        self.action = action
        self.subject = subject
        self.change = Change(0, "edit", action, subject)


def _unwatched(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


def _same_as_before(rows: Iterable[Written]) -> bool:
    first: dict[tuple[str, int], object] = {}
    last: dict[tuple[str, int], object] = {}
    for row in flat(rows):
        if not isinstance(row, WrittenRow):
            return False
        first.setdefault((row.table, row.id), row.before)
        last[row.table, row.id] = row.after
    return first == last


def _dump(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, separators=(",", ":"))
