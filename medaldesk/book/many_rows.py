"""Many new rows of one table in an edit: written, journalled and looked at by SQL alone.

A journal entry has every row all the same; what is saved is a Python object for each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medaldesk.book.schema import FACT_TABLES
from medaldesk.book.touched import Touched, WrittenRow

Connection = sqlite3.Connection


@dataclass(slots=True)
class ManyRows:
    """The rows of a table that an edit added, by the first and the last of their ids.

    `single` holds them one by one, as they were when they were added, once the same edit has
    changed one of them.
    """

    table: str
    first: int
    last: int
    single: list[WrittenRow] | None = None

    def has(self, table: str, row_id: int) -> bool:
        return table == self.table and self.first <= row_id <= self.last

    def part(self, connection: Connection) -> list[WrittenRow]:
        """Take the rows apart, while they are what they were when they were added."""
        if self.single is None:
            cursor = connection.execute(
                f"SELECT * FROM {self.table} WHERE id BETWEEN ? AND ? ORDER BY id",
                (self.first, self.last),
            )
            names = [column[0] for column in cursor.description]
            found = (dict(zip(names, row, strict=True)) for row in cursor)
            self.single = [WrittenRow(self.table, row["id"], None, row) for row in found]
        return self.single


@dataclass(slots=True)
class ReplayedRows:
    """Rows that undo took away again (`back`), or redo added again, by their ids.

    `journalled` to `journalled_until` are the rows of the journal that say what they were;
    `touched` is what they belonged to while they were there.
    """

    table: str
    first: int
    last: int
    journalled: int
    journalled_until: int
    back: bool
    touched: Touched = field(default_factory=Touched)

    @property
    def count(self) -> int:
        return self.last - self.first + 1


Span = ManyRows | ReplayedRows
Written = WrittenRow | Span


def insert_many(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> ManyRows:
    """Add rows with ids of their own, in the order of these and behind all others."""
    assert table in FACT_TABLES, table
    assert columns[0] == "id"
    slots = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({slots})", rows)
    return ManyRows(table, rows[0][0], rows[-1][0])


def journal_many(connection: Connection, journal: int, many: ManyRows) -> None:
    """Write the rows into the journal, spelt as Python spells them there."""
    connection.execute(
        f"""INSERT INTO journal_row (journal_id, table_name, row_id, before, after)
        SELECT ?, ?, id, NULL, {journal_text(connection, many.table, many.table)} FROM {many.table}
        WHERE id BETWEEN ? AND ? ORDER BY id""",
        (journal, many.table, many.first, many.last),
    )


def journal_text(connection: Connection, table: str, named: str) -> str:
    """SQL for a row of a table, here `named` so, spelt as the journal spells it."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    pairs = ", ".join(f"'{name}', {named}.{name}" for name in names)
    return f"json_object({pairs})"


def journal_replayed(connection: Connection, journal: int, rows: ReplayedRows) -> None:
    """Write what undo took away, or redo added, from what the journal says of it already."""
    columns, order = ("after, NULL", "DESC") if rows.back else ("NULL, after", "ASC")
    connection.execute(
        f"""INSERT INTO journal_row (journal_id, table_name, row_id, before, after)
        SELECT ?, table_name, row_id, {columns} FROM journal_row
        WHERE id BETWEEN ? AND ? ORDER BY id {order}""",
        (journal, rows.journalled, rows.journalled_until),
    )


def flat(rows: Iterable[Written]) -> Iterable[Written]:
    """The rows of an edit, those that were taken apart one by one."""
    for row in rows:
        if isinstance(row, ManyRows) and row.single is not None:
            yield from row.single
        else:
            yield row


# What they touch


def touched_by(connection: Connection, rows: Iterable[Written]) -> Touched:
    """What the rows of an edit touch, however they were written."""
    single: list[WrittenRow] = []
    touched = Touched()
    for row in flat(rows):
        if isinstance(row, WrittenRow):
            single.append(row)
        elif isinstance(row, ReplayedRows):
            touched.add(row.touched)
        elif rule := _RULES.get(row.table):
            rule(touched, connection, row)
        elif row.table not in _NO_RULE:
            single += row.part(connection)
    return touched.with_rows(connection, single)


def can_be_replayed(table: str) -> bool:
    """Whether many rows of a table are looked at by SQL alone."""
    return table in _RULES or table in _NO_RULE


def touched_now(connection: Connection, rows: ReplayedRows) -> None:
    """Remember what rows belong to that are there now.

    When an event has gone nobody can ask it for its competition, nor an entry for its athlete,
    whose bests elsewhere may be others without it.
    """
    if rule := _RULES.get(rows.table):
        rule(rows.touched, connection, rows)
    if rows.table == "event":
        sql = "SELECT DISTINCT competition_id FROM event WHERE id BETWEEN ? AND ?"
        rows.touched.competitions |= _ids(connection, sql, rows)
    if rows.table in ("entry", "entry_member"):
        sql = f"SELECT DISTINCT athlete_id FROM {rows.table} WHERE id BETWEEN ? AND ?"
        rows.touched.athletes |= _ids(connection, sql, rows) - {None}


def _ids(connection: Connection, sql: str, many: Span) -> set[Any]:
    return {key for (key,) in connection.execute(sql, (many.first, many.last))}


def _events(sql: str) -> Callable[[Touched, Connection, Span], None]:
    def rule(touched: Touched, connection: Connection, many: Span) -> None:
        touched.derive(_ids(connection, sql, many))

    return rule


def _result(touched: Touched, connection: Connection, many: Span) -> None:
    touched.results |= _ids(connection, "SELECT id FROM result WHERE id BETWEEN ? AND ?", many)
    _events("SELECT DISTINCT event_id FROM result WHERE id BETWEEN ? AND ?")(
        touched, connection, many
    )


_IN_EVENT = "SELECT DISTINCT event_id FROM {table} WHERE id BETWEEN ? AND ?"

_RULES: Mapping[str, Callable[[Touched, Connection, Span], None]] = {
    "event": _events("SELECT id FROM event WHERE id BETWEEN ? AND ?"),
    "phase": _events(_IN_EVENT.format(table="phase")),
    "unit": _events(
        """SELECT DISTINCT p.event_id FROM unit AS u JOIN phase AS p ON p.id = u.phase_id
        WHERE u.id BETWEEN ? AND ?"""
    ),
    "entry": _events(_IN_EVENT.format(table="entry")),
    "entry_member": _events(
        """SELECT DISTINCT n.event_id FROM entry_member AS m JOIN entry AS n ON n.id = m.entry_id
        WHERE m.id BETWEEN ? AND ?"""
    ),
    "result": _result,
    "decision": _events(_IN_EVENT.format(table="decision")),
    "decision_line": _events(_IN_EVENT.format(table="decision_line")),
}
"""A row touches its event; a career is looked at where its event is."""

_NO_RULE = frozenset({"athlete", "event_type", "source", "venue", "series"})
"""Nothing refers to such a row outside the edit, and what does so in it is looked at itself."""
