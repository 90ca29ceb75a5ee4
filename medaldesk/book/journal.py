"""The journal: every edit row by row, so that it can be undone, redone and asked about.

An edit is one transaction, one journal entry and one undo step. Undo and redo are entries of
their own; the history only grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from medaldesk.book import derive, derive_records
from medaldesk.book.changes import Action, Change, Moves
from medaldesk.book.errors import NothingToRedo, NothingToUndo, UndoConflict
from medaldesk.book.schema import FACT_TABLES
from medaldesk.book.touched import Touched

Connection = sqlite3.Connection
Row = dict[str, object]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What undo or redo would do next."""

    journal: int
    action: Action
    subject: str


class Writer:
    """Writes facts inside one edit and remembers each row before and after."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rows: list[tuple[str, int, Row | None, Row | None]] = []

    def insert(self, table: str, **values: object) -> int:
        """Add a row; returns its id."""
        columns = ", ".join(values)
        slots = ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO {_fact(table)} ({columns}) VALUES ({slots})", tuple(values.values())
        )
        row_id = cursor.lastrowid
        assert row_id is not None
        self.rows.append((table, row_id, None, self._read(table, row_id)))
        return row_id

    def update(self, table: str, row_id: int, **values: object) -> bool:
        """Change columns of a row; returns whether anything is different now."""
        before = self._read(table, row_id)
        assert before is not None, (table, row_id)
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return False
        columns = ", ".join(f"{name} = ?" for name in changed)
        self._connection.execute(
            f"UPDATE {_fact(table)} SET {columns} WHERE id = ?", (*changed.values(), row_id)
        )
        self.rows.append((table, row_id, before, before | changed))
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Delete a row and, first, the rows that are part of it."""
        for child, column in _PARTS.get(table, ()):
            rows = self._connection.execute(
                f"SELECT id FROM {child} WHERE {column} = ? ORDER BY id", (row_id,)
            ).fetchall()
            for (child_id,) in rows:
                self.delete(child, child_id)
        before = self._read(table, row_id)
        if before is None:
            return
        self._connection.execute(f"DELETE FROM {_fact(table)} WHERE id = ?", (row_id,))
        self.rows.append((table, row_id, before, None))

    def restore(self, table: str, row_id: int, expected: Row | None, wanted: Row | None) -> None:
        """Put a row back to what it was. Raises UndoConflict if it is not as expected."""
        if self._read(table, row_id) != expected:
            raise UndoConflict(table=table, row=row_id)
        if wanted is None:
            self._connection.execute(f"DELETE FROM {_fact(table)} WHERE id = ?", (row_id,))
        elif expected is None:
            columns, slots = ", ".join(wanted), ", ".join("?" * len(wanted))
            self._connection.execute(
                f"INSERT INTO {_fact(table)} ({columns}) VALUES ({slots})", tuple(wanted.values())
            )
        else:
            columns = ", ".join(f"{name} = ?" for name in wanted)
            self._connection.execute(
                f"UPDATE {_fact(table)} SET {columns} WHERE id = ?", (*wanted.values(), row_id)
            )
        self.rows.append((table, row_id, expected, wanted))

    def _read(self, table: str, row_id: int) -> Row | None:
        cursor = self._connection.execute(f"SELECT * FROM {_fact(table)} WHERE id = ?", (row_id,))
        row = cursor.fetchone()
        if row is None:
            return None
        return dict(zip((column[0] for column in cursor.description), row, strict=True))


def _fact(table: str) -> str:
    assert table in FACT_TABLES, table
    return table


_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "competition": (("event", "competition_id"), ("competition_nation", "competition_id")),
    "event": (
        ("decision", "event_id"),
        ("entry", "event_id"),
        ("result", "event_id"),
        ("phase", "event_id"),
    ),
    "phase": (("result", "phase_id"), ("unit", "phase_id")),
    "entry": (
        ("decision_line", "entry_id"),
        ("result", "entry_id"),
        ("entry_member", "entry_id"),
    ),
    "result": (("split", "result_id"), ("record_ruling", "result_id")),
    "decision": (("decision_line", "decision_id"),),
    "record_list": (("record_ruling", "record_list_id"), ("record_baseline", "record_list_id")),
    "nation": (("nation_code", "nation_id"),),
}
"""The rows that go with a row, leaves first."""


class Journal:
    """Runs edits on the writing connection of a book, one at a time."""

    def __init__(self, connection: Connection, who: str, clock: Clock | None = None) -> None:
        self._connection = connection
        self._who = who
        self._clock = clock or (lambda: datetime.now(UTC))

    @contextmanager
    def edit(self, action: Action, subject: str) -> Iterator[Edit]:
        """One edit: everything written inside is kept together, or nothing is."""
        with self._transaction():
            edit = Edit(Writer(self._connection), action, subject)
            yield edit
            edit.change = self._finish(edit, "edit", None)

    def undo(self) -> Change:
        """Take back the last edit that still stands. Raises NothingToUndo, UndoConflict."""
        step = self.next_undo()
        if step is None:
            raise NothingToUndo
        return self._replay(step, "undo")

    def redo(self) -> Change:
        """Make the last undone edit again. Raises NothingToRedo, UndoConflict."""
        step = self.next_redo()
        if step is None:
            raise NothingToRedo
        return self._replay(step, "redo")

    def next_undo(self) -> UndoStep | None:
        """The edit that undo would take back."""
        return self._step(
            "SELECT max(id) FROM journal WHERE kind = 'edit' AND undone = 0 AND action <> ?",
            Action.CREATE_BOOK,
        )

    def next_redo(self) -> UndoStep | None:
        """The edit that redo would make again: undone since the last edit that stands."""
        return self._step(
            """SELECT min(id) FROM journal WHERE kind = 'edit' AND undone = 1 AND id >
            (SELECT coalesce(max(id), 0) FROM journal WHERE kind = 'edit' AND undone = 0)"""
        )

    def _step(self, sql: str, *values: object) -> UndoStep | None:
        (journal,) = self._connection.execute(sql, values).fetchone()
        if journal is None:
            return None
        action, subject = self._connection.execute(
            "SELECT action, subject FROM journal WHERE id = ?", (journal,)
        ).fetchone()
        return UndoStep(journal, Action(action), subject)

    def _replay(self, step: UndoStep, kind: str) -> Change:
        back = kind == "undo"
        with self._transaction():
            writer = Writer(self._connection)
            rows = self._connection.execute(
                f"""SELECT table_name, row_id, before, after FROM journal_row
                WHERE journal_id = ? ORDER BY id {"DESC" if back else "ASC"}""",
                (step.journal,),
            ).fetchall()
            for table, row_id, before, after in rows:
                was, now = _load(before), _load(after)
                writer.restore(table, row_id, now if back else was, was if back else now)
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
        """Derive what was touched and write the journal; an edit that changed nothing leaves none."""
        change = Change(0, kind, edit.action, edit.subject)
        rows = edit.writer.rows
        if not rows:
            return change
        touched = Touched.of(self._connection, rows)
        change = replace(
            change,
            tables=frozenset(row[0] for row in rows),
            events=frozenset(touched.events),
            competitions=frozenset(touched.competitions),
            results=frozenset(touched.results),
            moves=self._derive(touched),
        )
        lists = touched.record_lists | {move.record_list for move in change.moves.records}
        change = replace(change, record_lists=frozenset(lists))
        cursor = self._connection.execute(
            """INSERT INTO journal (at, who, kind, action, subject, target_id, change)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (self._now(), self._who, kind, edit.action, edit.subject, target, change.dumps()),
        )
        assert cursor.lastrowid is not None
        journal = cursor.lastrowid
        self._connection.executemany(
            """INSERT INTO journal_row (journal_id, table_name, row_id, before, after)
            VALUES (?, ?, ?, ?, ?)""",
            [
                (journal, table, row, _dump(before), _dump(after))
                for table, row, before, after in rows
            ],
        )
        return replace(change, journal=journal)

    def _derive(self, touched: Touched) -> Moves:
        order = derive.irm_order(self._connection)
        moves = Moves()
        for event in sorted(touched.derived):
            moves += derive.derive_event(self._connection, event, order)
            records = derive_records.derive_event_records(self._connection, event)
            moves += Moves(records=tuple(records))
        for record_list in sorted(touched.record_lists):
            renewed = derive_records.derive_list(self._connection, record_list)
            moves += Moves(records=tuple(renewed))
        return moves

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


class Edit:
    """An edit under way: write through `writer`; `change` is there when it is done."""

    def __init__(self, writer: Writer, action: Action, subject: str) -> None:
        self.writer = writer
        self.action = action
        self.subject = subject
        self.change = Change(0, "edit", action, subject)


def _dump(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _load(text: str | None) -> Row | None:
    return None if text is None else dict(json.loads(text))
