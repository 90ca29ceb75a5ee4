"""Many new rows of one table in an edit: written, journalled and looked at by SQL alone.

A journal entry has every row all the same; what is saved is a Python object for each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


Written = WrittenRow | ManyRows


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
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({many.table})")]
    pairs = ", ".join(f"'{name}', {name}" for name in names)
    connection.execute(
        f"""INSERT INTO journal_row (journal_id, table_name, row_id, before, after)
        SELECT ?, ?, id, NULL, json_object({pairs}) FROM {many.table}
        WHERE id BETWEEN ? AND ? ORDER BY id""",
        (journal, many.table, many.first, many.last),
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
        elif rule := _RULES.get(row.table):
            rule(touched, connection, row)
        elif row.table not in _NO_RULE:
            single += row.part(connection)
    return touched.with_rows(connection, single)


def _ids(connection: Connection, sql: str, many: ManyRows) -> set[int]:
    return {key for (key,) in connection.execute(sql, (many.first, many.last))}


def _events(sql: str) -> Callable[[Touched, Connection, ManyRows], None]:
    def rule(touched: Touched, connection: Connection, many: ManyRows) -> None:
        touched.derive(_ids(connection, sql, many))

    return rule


def _result(touched: Touched, connection: Connection, many: ManyRows) -> None:
    touched.results |= _ids(connection, "SELECT id FROM result WHERE id BETWEEN ? AND ?", many)
    _events("SELECT DISTINCT event_id FROM result WHERE id BETWEEN ? AND ?")(
        touched, connection, many
    )


_IN_EVENT = "SELECT DISTINCT event_id FROM {table} WHERE id BETWEEN ? AND ?"

_RULES: Mapping[str, Callable[[Touched, Connection, ManyRows], None]] = {
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
"""A new row touches its event; a career is looked at where its event is."""

_NO_RULE = frozenset({"athlete", "event_type", "source", "venue", "series"})
"""Nothing could refer to such a row before this edit, and what does so now is looked at itself."""
