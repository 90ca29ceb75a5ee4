"""Reads of the programme: competitions, event types, events."""

from __future__ import annotations

from dataclasses import dataclass

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.base import ReadBase, Row
from medaldesk.book.statuses import STATUSES_IN_ORDER
from medaldesk.domain.marks import Better, MarkFormat, MarkKind


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series of competitions."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CompetitionRow:
    """Dates are ISO days; `series` is a code; `events` counts its events."""

    id: int
    code: str
    name: str
    series: str | None
    city: str | None
    start: str
    end: str
    events: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as the tree shows it; `path` is the code the command line takes too."""

    id: int
    competition: int
    path: str
    name: str
    discipline: str
    day: str
    status: str
    entries: int


@dataclass(frozen=True, slots=True)
class EventTypeRow:
    """The event as it recurs; `classification` and `bronzes` are what it usually has."""

    id: int
    code: str
    name: str
    discipline: str
    gender: str
    form: MarkFormat
    team: bool
    classification: str
    bronzes: int
    unit_kind: str
    breaks_ties: bool
    measures_wind: bool
    keeps_bests: bool


@dataclass(frozen=True, slots=True)
class NamedCode:
    """Something chosen from a list of the book."""

    code: str
    name: str


class ProgrammeReads(ReadBase):
    """What is contested, where and when."""

    def title(self) -> str:
        """The name of the book."""
        return str(self._needed("book", 1, "SELECT name FROM book")[0])

    def series(self) -> list[SeriesRow]:
        """All series by name."""
        return [
            SeriesRow(*row) for row in self._rows("SELECT id, code, name FROM series ORDER BY name")
        ]

    def competitions(self) -> list[CompetitionRow]:
        """All competitions, the latest first."""
        return [CompetitionRow(*row) for row in self._rows(f"{_COMPETITIONS} {_LATEST_FIRST}")]

    def competition(self, competition: int) -> CompetitionRow:
        """One competition by its id. Raises UnknownCode."""
        where = f"{_COMPETITIONS} WHERE c.id = ?"
        return CompetitionRow(*self._needed("competition", competition, where, competition))

    def competition_by_code(self, code: str) -> CompetitionRow:
        """One competition by its code, in any case. Raises UnknownCode."""
        where = f"{_COMPETITIONS} WHERE c.code = ?"
        return CompetitionRow(*self._needed("competition", code, where, code.upper()))

    def latest_competition(self) -> CompetitionRow | None:
        """The latest competition that has events, or the latest of all."""
        row = self._row(
            f"{_COMPETITIONS} ORDER BY events = 0, c.start_date DESC, c.id DESC LIMIT 1"
        )
        return CompetitionRow(*row) if row else None

    def events(self, competition: int) -> list[EventRow]:
        """The events of a competition by day, then by name."""
        rows = self._rows(
            f"{_EVENTS} WHERE e.competition_id = ? ORDER BY e.date, t.name, e.id", competition
        )
        return [EventRow(*row) for row in rows]

    def event_row(self, event: int) -> EventRow:
        """One event as the tree shows it. Raises UnknownCode."""
        return EventRow(*self._needed("event", event, f"{_EVENTS} WHERE e.id = ?", event))

    def event_by_path(self, path: str) -> int:
        """The id of an event from `OWG2026/SSKW1000M`, in any case. Raises UnknownCode."""
        competition, _, code = path.upper().partition("/")
        row = self._row(
            """SELECT e.id FROM event AS e JOIN competition AS c ON c.id = e.competition_id
            JOIN event_type AS t ON t.id = e.event_type_id WHERE c.code = ? AND t.code = ?""",
            competition,
            code,
        )
        if row is None:
            raise UnknownCode(what="event", code=path)
        return int(row[0])

    def phase_of_result(self, result: int) -> int:
        """The phase a result is of. Raises UnknownCode."""
        row = self._needed("result", result, "SELECT phase_id FROM result WHERE id = ?", result)
        return int(row[0])

    def event_types(self) -> list[EventTypeRow]:
        """All event types by discipline and name."""
        return [
            _event_type(row) for row in self._rows(f"{_EVENT_TYPES} ORDER BY d.name, t.name, t.id")
        ]

    def event_type_by_code(self, code: str) -> EventTypeRow:
        """One event type by its code, in any case. Raises UnknownCode."""
        where = f"{_EVENT_TYPES} WHERE t.code = ?"
        return _event_type(self._needed("event_type", code, where, code.upper()))

    def event_type(self, event_type: int) -> EventTypeRow:
        """One event type by its id. Raises UnknownCode."""
        where = f"{_EVENT_TYPES} WHERE t.id = ?"
        return _event_type(self._needed("event_type", event_type, where, event_type))

    def disciplines(self) -> list[NamedCode]:
        """All disciplines by name."""
        return [
            NamedCode(*row) for row in self._rows("SELECT code, name FROM discipline ORDER BY name")
        ]

    def record_kinds(self) -> list[NamedCode]:
        """All kinds of record, in the order of the reference data."""
        return [
            NamedCode(*row) for row in self._rows("SELECT code, name FROM record_kind ORDER BY id")
        ]

    def statuses(self) -> list[NamedCode]:
        """All statuses (IRM) in the default order, the user's own among them (RULES 2)."""
        return [
            NamedCode(*row)
            for row in self._rows("SELECT code, name FROM irm ORDER BY position, id")
        ]

    def status_order(self, discipline: str) -> list[str]:
        """The codes of all statuses as the sheets of a discipline, by its code, have them.

        Raises UnknownCode.
        """
        (of,) = self._needed(
            "discipline", discipline, "SELECT id FROM discipline WHERE code = ?", discipline
        )
        return [code for (code,) in self._rows(STATUSES_IN_ORDER, of)]

    def venues(self) -> list[str]:
        """The names of all venues."""
        return [row[0] for row in self._rows("SELECT name FROM venue ORDER BY name")]


_COMPETITIONS = """SELECT c.id, c.code, c.name, s.code, c.city, c.start_date, c.end_date,
    (SELECT count(*) FROM event AS e WHERE e.competition_id = c.id) AS events
FROM competition AS c LEFT JOIN series AS s ON s.id = c.series_id"""
_LATEST_FIRST = "ORDER BY c.start_date DESC, c.name, c.id"

_EVENTS = """SELECT e.id, e.competition_id, c.code || '/' || t.code, t.name, d.name, e.date,
    e.status, (SELECT count(*) FROM entry AS n WHERE n.event_id = e.id)
FROM event AS e
JOIN event_type AS t ON t.id = e.event_type_id
JOIN discipline AS d ON d.id = t.discipline_id
JOIN competition AS c ON c.id = e.competition_id"""

_EVENT_TYPES = """SELECT t.id, t.code, t.name, d.name, t.gender, t.mark_kind, t.better, t.decimals,
    t.team, t.classification, t.bronzes, t.unit_kind, t.breaks_ties, t.measures_wind,
    t.keeps_bests
FROM event_type AS t JOIN discipline AS d ON d.id = t.discipline_id"""


def mark_format(kind: str, better: str, decimals: int) -> MarkFormat:
    """What an event type fixes of its marks, from its columns."""
    return MarkFormat(MarkKind(kind), Better(better), decimals)


def _event_type(row: Row) -> EventTypeRow:
    *head, kind, better, decimals, team, classification, bronzes, unit_kind, ties, wind, bests = row
    usual: Row = (bool(team), classification, bronzes, unit_kind)
    asked: Row = (bool(ties), bool(wind), bool(bests))
    values: Row = (*head, mark_format(kind, better, decimals), *usual, *asked)
    return EventTypeRow(*values)
