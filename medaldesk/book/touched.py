"""Which events, competitions and record lists the rows of an edit belong to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Connection = sqlite3.Connection
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row of a fact table before and after an edit; None is no row."""

    table: str
    id: int
    before: Row | None
    after: Row | None

    def each(self, column: str) -> set[Any]:
        """What a column held before and holds now."""
        return {row[column] for row in (self.before, self.after) if row is not None}


@dataclass(slots=True)
class Touched:
    """What an edit touched, as ids.

    `events` are shown anew; of those in `placed` the ranks and medals are derived anew, of those
    in `recorded` what their marks are in the record lists. `record_lists` are derived anew whole.
    """

    events: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)
    recorded: set[int] = field(default_factory=set)
    competitions: set[int] = field(default_factory=set)
    record_lists: set[int] = field(default_factory=set)
    results: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, connection: Connection, rows: Iterable[WrittenRow]) -> Touched:
        """Look at each row as it was and as it is; a table without a rule touches nothing."""
        touched = cls()
        for row in rows:
            if rule := _RULES.get(row.table):
                rule(touched, connection, row)
        touched.events |= touched.placed | touched.recorded
        for event in touched.events:
            touched.competitions |= _ids(
                connection, "SELECT competition_id FROM event WHERE id = ?", event
            )
        return touched

    def derive(self, events: set[int]) -> None:
        """Both ranks and records of some events."""
        self.placed |= events
        self.recorded |= events


def _ids(connection: Connection, sql: str, value: object) -> set[int]:
    return {row[0] for row in connection.execute(sql, (value,))}


def _competition(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Its series decides which record lists its results count for."""
    touched.competitions.add(row.id)
    events = _ids(connection, "SELECT id FROM event WHERE competition_id = ?", row.id)
    touched.events |= events
    if len(row.each("series_id")) > 1:
        touched.recorded |= events


def _membership(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.competitions |= row.each("competition_id")


def _event_type(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Whether lower or higher is better turns every rank and every list of the event round."""
    touched.placed |= _ids(connection, "SELECT id FROM event WHERE event_type_id = ?", row.id)
    touched.record_lists |= _ids(
        connection, "SELECT id FROM record_list WHERE event_type_id = ?", row.id
    )


def _event(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.derive({row.id})
    touched.competitions |= row.each("competition_id")


def _of_event(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.derive(row.each("event_id"))


def _unit(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    for phase in row.each("phase_id"):
        touched.derive(_ids(connection, "SELECT event_id FROM phase WHERE id = ?", phase))


def _athlete(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Equals stand by name (RULES R2), so a name can move a sheet."""
    touched.placed |= _ids(connection, "SELECT event_id FROM entry WHERE athlete_id = ?", row.id)


def _result(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.derive(row.each("event_id"))
    touched.results.add(row.id)


def _split(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """A split decides nothing, but is seen."""
    for result in row.each("result_id"):
        touched.results.add(result)
        touched.events |= _ids(connection, "SELECT event_id FROM result WHERE id = ?", result)


def _record_list(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.record_lists.add(row.id)


def _of_record_list(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.record_lists |= row.each("record_list_id")


_RULES: Mapping[str, Callable[[Touched, Connection, WrittenRow], None]] = {
    "competition": _competition,
    "competition_nation": _membership,
    "event_type": _event_type,
    "event": _event,
    "phase": _of_event,
    "unit": _unit,
    "athlete": _athlete,
    "entry": _of_event,
    "result": _result,
    "split": _split,
    "decision": _of_event,
    "decision_line": _of_event,
    "record_list": _record_list,
    "record_baseline": _of_record_list,
    "record_ruling": _of_record_list,
}
