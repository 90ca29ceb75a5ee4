"""Which events, competitions and record lists the rows of an edit belong to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
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
    `bests` are the events in which everybody's bests are looked at; elsewhere it is those of the
    `results` alone, and the whole careers of the `athletes` whose entries came, went or changed.
    """

    events: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)
    recorded: set[int] = field(default_factory=set)
    competitions: set[int] = field(default_factory=set)
    record_lists: set[int] = field(default_factory=set)
    results: set[int] = field(default_factory=set)
    bests: set[int] = field(default_factory=set)
    athletes: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, connection: Connection, rows: Iterable[WrittenRow]) -> Touched:
        """Look at each row as it was and as it is; a table without a rule touches nothing."""
        return cls().with_rows(connection, rows)

    def with_rows(self, connection: Connection, rows: Iterable[WrittenRow]) -> Touched:
        """Look at further rows; what was touched already stays."""
        for row in rows:
            if rule := _RULES.get(row.table):
                rule(self, connection, row)
        self.events |= self.placed | self.recorded | self.bests
        for event in self.events:
            self.competitions |= _ids(
                connection, "SELECT competition_id FROM event WHERE id = ?", event
            )
        return self

    def add(self, others: Touched) -> None:
        """What others were touched too."""
        for part in fields(self):
            getattr(self, part.name).update(getattr(others, part.name))

    def derive(self, events: set[int]) -> None:
        """Ranks, records and bests of some events."""
        self.placed |= events
        self.recorded |= events
        self.bests |= events


def _ids(connection: Connection, sql: str, *values: object) -> set[int]:
    return {row[0] for row in connection.execute(sql, values)}


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
    touched.bests |= touched.placed
    touched.record_lists |= _ids(
        connection, "SELECT id FROM record_list WHERE event_type_id = ?", row.id
    )


def _event(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.derive({row.id})
    touched.competitions |= row.each("competition_id")


def _entry(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    _of_event(touched, connection, row)
    touched.athletes |= row.each("athlete_id") - {None}


def _of_event(touched: Touched, _: Connection, row: WrittenRow) -> None:
    touched.derive(row.each("event_id"))


def _unit(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    for phase in row.each("phase_id"):
        touched.derive(_ids(connection, "SELECT event_id FROM phase WHERE id = ?", phase))


def _athlete(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Equals stand by name (RULES R2), so a name can move a sheet; a birthday, a junior record."""
    events = _ids(connection, "SELECT event_id FROM entry WHERE athlete_id = ?", row.id)
    touched.placed |= events
    if len(row.each("birth_date")) > 1:
        touched.recorded |= events | _ids(
            connection,
            """SELECT n.event_id FROM entry_member AS m JOIN entry AS n ON n.id = m.entry_id
            WHERE m.athlete_id = ?""",
            row.id,
        )


def _member(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Who is in a team decides whether its mark counts in an age class."""
    for entry in row.each("entry_id"):
        events = _ids(connection, "SELECT event_id FROM entry WHERE id = ?", entry)
        touched.events |= events
        touched.recorded |= events


def _nation(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """Its continent decides which continental lists its marks count for."""
    if len(row.each("continent")) > 1:
        lists = "SELECT id FROM record_list WHERE continent IN (?, ?)"
        touched.record_lists |= _ids(connection, lists, *row.each("continent"))


_WITH_STATUS = """SELECT e.id FROM (
    SELECT r.event_id FROM irm AS i JOIN result AS r ON r.status = i.code WHERE i.id = ?
    UNION
    SELECT l.event_id FROM irm AS i JOIN decision_line AS l ON l.status = i.code WHERE i.id = ?
) AS found
JOIN event AS e ON e.id = found.event_id
JOIN event_type AS t ON t.id = e.event_type_id
WHERE t.discipline_id = ?"""


def _status_order(touched: Touched, connection: Connection, row: WrittenRow) -> None:
    """A status that moves, moves on the sheets of the discipline that it stands on.

    The default order is without a rule: a status that comes or goes stands nowhere, and those
    that are there keep their order.
    """
    for status in row.each("irm_id"):
        for discipline in row.each("discipline_id"):
            touched.placed |= _ids(connection, _WITH_STATUS, status, status, discipline)


def _result(touched: Touched, _: Connection, row: WrittenRow) -> None:
    """A mark is looked at in its own career; one that comes or goes, in those of the event."""
    touched.placed |= row.each("event_id")
    touched.recorded |= row.each("event_id")
    if row.before is None or row.after is None:
        touched.bests |= row.each("event_id")
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
    "nation": _nation,
    "irm_order": _status_order,
    "competition": _competition,
    "competition_nation": _membership,
    "event_type": _event_type,
    "event": _event,
    "phase": _of_event,
    "unit": _unit,
    "athlete": _athlete,
    "entry": _entry,
    "entry_member": _member,
    "result": _result,
    "split": _split,
    "decision": _of_event,
    "decision_line": _of_event,
    "record_list": _record_list,
    "record_baseline": _of_record_list,
    "record_ruling": _of_record_list,
    "published_record": _of_record_list,
}
