"""Which events, competitions and record lists the rows of an edit belong to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Connection = sqlite3.Connection
Row = Mapping[str, object]
WrittenRow = tuple[str, int, Row | None, Row | None]
"""table, row id, the row before, the row after."""


@dataclass(slots=True)
class Touched:
    """`events` are shown anew; those in `derived` are derived anew as well."""

    events: set[int] = field(default_factory=set)
    derived: set[int] = field(default_factory=set)
    competitions: set[int] = field(default_factory=set)
    record_lists: set[int] = field(default_factory=set)
    results: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, connection: Connection, rows: Iterable[WrittenRow]) -> Touched:
        """Look at each row as it was and as it is; what no table names touches nothing."""
        touched = cls()
        for table, row_id, before, after in rows:
            if rule := _RULES.get(table):
                for row in (before, after):
                    if row is not None:
                        rule(touched, connection, row_id, row)
        touched.events |= touched.derived
        touched._add_competitions(connection)
        return touched

    def _add_competitions(self, connection: Connection) -> None:
        for event in self.events:
            row = connection.execute(
                "SELECT competition_id FROM event WHERE id = ?", (event,)
            ).fetchone()
            if row:
                self.competitions.add(row[0])


def _ids(connection: Connection, sql: str, value: object) -> set[int]:
    return {row[0] for row in connection.execute(sql, (value,))}


def _event(touched: Touched, _: Connection, row_id: int, row: Row) -> None:
    touched.derived.add(row_id)
    touched.competitions.add(_int(row["competition_id"]))


def _of_event(touched: Touched, _: Connection, __: int, row: Row) -> None:
    touched.derived.add(_int(row["event_id"]))


def _result(touched: Touched, _: Connection, row_id: int, row: Row) -> None:
    touched.derived.add(_int(row["event_id"]))
    touched.results.add(row_id)


def _unit(touched: Touched, connection: Connection, _: int, row: Row) -> None:
    touched.derived |= _ids(connection, "SELECT event_id FROM phase WHERE id = ?", row["phase_id"])


def _split(touched: Touched, connection: Connection, _: int, row: Row) -> None:
    """A split decides nothing, but is seen."""
    touched.results.add(_int(row["result_id"]))
    touched.events |= _ids(connection, "SELECT event_id FROM result WHERE id = ?", row["result_id"])


def _athlete(touched: Touched, connection: Connection, row_id: int, _: Row) -> None:
    """Equals stand by name (RULES R2), so a name can move a sheet."""
    touched.derived |= _ids(connection, "SELECT event_id FROM entry WHERE athlete_id = ?", row_id)


def _event_type(touched: Touched, connection: Connection, row_id: int, _: Row) -> None:
    touched.derived |= _ids(connection, "SELECT id FROM event WHERE event_type_id = ?", row_id)
    touched.record_lists |= _ids(
        connection, "SELECT id FROM record_list WHERE event_type_id = ?", row_id
    )


def _irm(touched: Touched, connection: Connection, _: int, row: Row) -> None:
    touched.derived |= _ids(
        connection, "SELECT DISTINCT event_id FROM result WHERE status = ?", row["code"]
    )


def _competition(touched: Touched, connection: Connection, row_id: int, row: Row) -> None:
    """Its series decides which record lists its results count for."""
    touched.competitions.add(row_id)
    touched.derived |= _ids(connection, "SELECT id FROM event WHERE competition_id = ?", row_id)


def _membership(touched: Touched, _: Connection, __: int, row: Row) -> None:
    touched.competitions.add(_int(row["competition_id"]))


def _record_list(touched: Touched, _: Connection, row_id: int, __: Row) -> None:
    touched.record_lists.add(row_id)


def _of_record_list(touched: Touched, _: Connection, __: int, row: Row) -> None:
    touched.record_lists.add(_int(row["record_list_id"]))


Rule = Callable[[Touched, Connection, int, Row], None]
_RULES: dict[str, Rule] = {
    "event": _event,
    "phase": _of_event,
    "entry": _of_event,
    "result": _result,
    "decision": _of_event,
    "decision_line": _of_event,
    "unit": _unit,
    "split": _split,
    "athlete": _athlete,
    "event_type": _event_type,
    "irm": _irm,
    "competition": _competition,
    "competition_nation": _membership,
    "record_list": _record_list,
    "record_baseline": _of_record_list,
    "record_ruling": _of_record_list,
}


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
