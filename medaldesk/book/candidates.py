"""The marks that can be records, and the moments at which they were made (RULES R23)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from medaldesk.domain.marks import Better, Mark
from medaldesk.domain.records import Candidate

Connection = sqlite3.Connection

LAST_UNIT = 999_999
"""Where the unit is not known: behind the others of its phase, and all of them together."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate, the event it comes from, and what decides for which lists it counts.

    `wind` is in millionths of a metre per second, `assistance` says why a mark is assisted.
    `eldest` and `youngest` are the days of birth of the athlete, or of the members of a team;
    None where they are not all known.
    """

    candidate: Candidate
    event: int
    nation: int
    continent: str | None = None
    wind: int | None = None
    assistance: str | None = None
    eldest: str | None = None
    youngest: str | None = None

    @property
    def day(self) -> str:
        """The ISO day on which the mark was made."""
        return self.candidate.day


def candidates(
    connection: Connection, events: Collection[int], limit: tuple[Better, int] | None = None
) -> list[Placed]:
    """The valid marks of events, of every phase, in the order of their moments (RULES R23, R27).

    `limit` leaves out the marks that are worse than a value in millionths.
    """
    if not events:
        return []
    narrower, bounds = "", []
    if limit is not None:
        better, value = limit
        narrower = f"AND r.mark {'<=' if better is Better.LOWER else '>='} ?"
        bounds = [value]
    rows = connection.execute(f"{_MARKS} {narrower}", [json.dumps([*events]), *bounds]).fetchall()
    if not rows:
        return []
    moments = _moments(connection, {row[1] for row in rows})
    placed = [
        Placed(Candidate(result, Mark(mark, decimals), moments[event, *unit]), event, *facts)
        for (result, event, mark, decimals, *unit), facts in ((row[:7], row[7:]) for row in rows)
    ]
    return sorted(placed, key=lambda p: (p.candidate.moment, p.candidate.key))


_OWN_CLOCK = "iif(u.id IS NULL, r.clock_time, NULL)"
_RESULTS = """FROM json_each(?) AS wanted
CROSS JOIN event AS e ON e.id = wanted.value
JOIN result AS r ON r.event_id = e.id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id"""

VALID = "r.mark IS NOT NULL AND iif(pl.status_decided, pl.status, r.status) IS NULL"
"""Whether a result is a valid mark: a status that was decided goes before the one entered (R8)."""

# While a book is checked there is a second `placing`, without an index.
PLACING = "LEFT JOIN main.placing AS pl ON pl.entry_id = r.entry_id"

# Who is in a team, when all of them are known.
_BORN = """iif(n.team_name IS NULL, a.birth_date, (
    SELECT iif(count(*) = count(ma.birth_date), {choose}(ma.birth_date), NULL)
    FROM entry_member AS em JOIN athlete AS ma ON ma.id = em.athlete_id
    WHERE em.entry_id = n.id))"""

FACTS = f"""n.nation_id, na.continent, r.wind, r.assistance,
    {_BORN.format(choose="min")}, {_BORN.format(choose="max")}"""
"""What decides for which lists a result counts, in the order of `Placed`."""

WHOSE = """JOIN entry AS n ON n.id = r.entry_id
JOIN nation AS na ON na.id = n.nation_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id"""

_MARKS = f"""SELECT r.id, r.event_id, r.mark, r.mark_decimals,
    p.position, coalesce(u.position, {LAST_UNIT}), {_OWN_CLOCK}, {FACTS}
{_RESULTS} {WHOSE} {PLACING}
WHERE {VALID}"""

_UNITS = f"""SELECT r.event_id, p.position, coalesce(u.position, {LAST_UNIT}), {_OWN_CLOCK},
    coalesce(u.date, p.date, e.date), coalesce(u.clock_time, min(r.clock_time))
{_RESULTS} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""


def _moments(
    connection: Connection, events: Collection[int]
) -> Mapping[tuple[int, int, int, str | None], str]:
    """The moment of every unit of events, whether or not there is a valid mark in it.

    By event, position of the phase, position of the unit, and the clock time of a mark without a
    unit. A clock time that is not known is that of the unit before it on the same day, so that a
    sheet with some clock times keeps the order of its units.
    """
    moments = {}
    same_day, clock = (0, ""), ""
    for event, phase, unit, own_clock, day, time in connection.execute(
        _UNITS, (json.dumps([*events]),)
    ):
        clock = time or (clock if same_day == (event, day) else "")
        same_day = (event, day)
        moments[event, phase, unit, own_clock] = moment(day, clock, event, phase, unit)
    return moments


def moment(day: str, clock: str, event: int, phase: int, unit: int) -> str:
    """A moment as text that sorts; `phase` and `unit` are positions, `clock` may be empty."""
    return f"{day} {clock:<8} {event:010d} {phase:03d} {unit:06d}"
