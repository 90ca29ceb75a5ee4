"""From facts to `best_mark`: personal and season bests, judged as records are (RULES R29).

A career is what one athlete did in one type of event; it is looked at where the event type says
that the book keeps whole careers, for a book of some Games knows nobody's best. Its first valid
mark in the book, and the first of each season, is where it begins: a baseline, no best.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from medaldesk.book.candidates import LAST_UNIT, PLACING, VALID, moment
from medaldesk.domain.marks import Better, Mark
from medaldesk.domain.records import BestScope, Candidate, Verdict, judge

Connection = sqlite3.Connection

FIRST_MONTH_OF_WINTER = "07"


class BestRow(NamedTuple):
    """A row of `best_mark`."""

    result: int
    event: int
    athlete: int
    event_type: int
    scope: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Career:
    """The valid marks of an athlete in a type of event; `events` by result.

    Assisted marks are left out, as they are no records either.
    """

    athlete: int
    event_type: int
    better: Better
    winter: bool
    candidates: Sequence[Candidate]
    events: Mapping[int, int]

    def personal(self) -> list[Verdict]:
        """Every mark against all before it, in order; the first stands against nothing."""
        return list(judge(None, self.candidates, self.better))

    def seasons(self) -> Iterator[list[Verdict]]:
        """For each season, every mark against those before it in the season."""
        for _, marks in groupby(self.candidates, key=lambda c: season(c.moment, self.winter)):
            yield list(judge(None, marks, self.better))


def season(day: str, winter: bool) -> str:
    """The season of an ISO day: its year, or for winter the year in which it began in July."""
    year, month = day[:4], day[5:7]
    return str(int(year) - 1) if winter and month < FIRST_MONTH_OF_WINTER else year


def derive_touched(
    connection: Connection,
    events: Collection[int],
    results: Collection[int] | None = None,
    athletes: Collection[int] = (),
) -> set[int]:
    """Renew the careers of those entered in events, or only of those who achieved `results`.

    `athletes` are those whose entries were changed or deleted: all they did is looked at. Returns
    the events in which a best came, went or changed.
    """
    entered = _athletes(connection, events, results).difference(athletes)
    changed = _renew(connection, athletes, None)
    if entered:
        changed |= _renew(connection, entered, _types(connection, events))
    return changed


def _renew(connection: Connection, athletes: Collection[int], types: str | None) -> set[int]:
    """Judge the careers of athletes in types of events, in all where none are named."""
    if not athletes:
        return set()
    among = json.dumps([*athletes])
    old = _old(connection, among, types)
    careers = read_careers(connection, among, types)
    new = {row.result: row for career in careers for row in best_rows(career)}
    _write(connection, old, new)
    return {row.event for _, row in old.items() ^ new.items()}


def derive_all(connection: Connection, schema: str) -> None:
    """Judge every career into the (empty) `best_mark` of a schema."""
    careers = read_careers(connection)
    rows = [row for career in careers for row in best_rows(career)]
    connection.executemany(f"INSERT INTO {schema}.best_mark VALUES (?, ?, ?, ?, ?, ?)", rows)


def best_rows(career: Career) -> Iterator[BestRow]:
    """The bests of a career; a personal best is not told as the best of its season too."""
    told: set[int] = set()
    for scope, verdicts in (
        (BestScope.PERSONAL, career.personal()),
        *((BestScope.SEASON, verdicts) for verdicts in career.seasons()),
    ):
        for verdict in verdicts:
            result = verdict.candidate.key
            if verdict.is_record and verdict.stood is not None and result not in told:
                told.add(result)
                of = (career.events[result], career.athlete, career.event_type)
                yield BestRow(result, *of, scope.value, verdict.outcome.value)


# Whose careers


def _athletes(
    connection: Connection, events: Collection[int], results: Collection[int] | None
) -> set[int]:
    """Who achieved results; or who is entered in events, or was when its bests were found."""
    if not events:
        return set()
    sql = _ENTERED if results is None else _ACHIEVED
    among = json.dumps([*(events if results is None else results)])
    return {athlete for (athlete,) in connection.execute(sql, {"among": among})}


_ACHIEVED = """SELECT n.athlete_id
FROM json_each(:among) AS wanted CROSS JOIN result AS r ON r.id = wanted.value
JOIN entry AS n ON n.id = r.entry_id WHERE n.athlete_id IS NOT NULL"""

_ENTERED = """SELECT n.athlete_id
FROM json_each(:among) AS wanted CROSS JOIN entry AS n ON n.event_id = wanted.value
WHERE n.athlete_id IS NOT NULL
UNION SELECT b.athlete_id
FROM json_each(:among) AS wanted CROSS JOIN main.best_mark AS b ON b.event_id = wanted.value"""


def _types(connection: Connection, events: Collection[int]) -> str:
    """The types of events, as JSON."""
    found = connection.execute(
        """SELECT e.event_type_id
        FROM json_each(:among) AS wanted CROSS JOIN event AS e ON e.id = wanted.value
        UNION SELECT b.event_type_id
        FROM json_each(:among) AS wanted
        CROSS JOIN main.best_mark AS b ON b.event_id = wanted.value""",
        {"among": json.dumps([*events])},
    )
    return json.dumps([event_type for (event_type,) in found])


# Careers


def read_careers(
    connection: Connection, athletes: str | None = None, types: str | None = None
) -> Iterator[Career]:
    """The careers of athletes in types of events, both as JSON; None is all of them."""
    source = _ALL_ENTRIES if athletes is None else _THEIR_ENTRIES
    rows = connection.execute(
        f"SELECT {_COLUMNS} {source} {_ACHIEVEMENTS}", {"athletes": athletes, "types": types}
    )
    for (athlete, event_type), achieved in groupby(rows, key=lambda row: row[:2]):
        yield _career(athlete, event_type, list(achieved))


_THEIR_ENTRIES = """FROM json_each(:athletes) AS wanted
CROSS JOIN entry AS n ON n.athlete_id = wanted.value"""

_ALL_ENTRIES = "FROM entry AS n"

_COLUMNS = f"""n.athlete_id, e.event_type_id, t.better, d.season = 'winter', r.event_id,
    p.position, coalesce(u.position, {LAST_UNIT}), coalesce(u.date, p.date, e.date),
    coalesce(u.clock_time, r.clock_time), r.id, r.mark, r.mark_decimals,
    {VALID} AND r.assistance IS NULL"""

_ACHIEVEMENTS = f"""JOIN event AS e ON e.id = n.event_id
JOIN event_type AS t ON t.id = e.event_type_id AND t.keeps_bests
JOIN discipline AS d ON d.id = t.discipline_id
JOIN result AS r ON r.entry_id = n.id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
{PLACING}
WHERE n.athlete_id IS NOT NULL
AND (:types IS NULL OR e.event_type_id IN (SELECT value FROM json_each(:types)))
ORDER BY n.athlete_id, e.event_type_id, r.event_id, p.position, 7, r.id"""


def _career(athlete: int, event_type: int, rows: Sequence[tuple[Any, ...]]) -> Career:
    """A career from its results in the order of event, phase and unit.

    A clock time that is not known is that of the athlete's result before it on the same day.
    """
    candidates, events = [], {}
    same_day, clock = (0, ""), ""
    for _, _, _, _, event, phase, unit, day, time, result, mark, decimals, valid in rows:
        clock = time or (clock if same_day == (event, day) else "")
        same_day = (event, day)
        if valid:
            at = moment(day, clock, event, phase, unit)
            candidates.append(Candidate(result, Mark(mark, decimals), at))
            events[result] = event
    candidates.sort(key=lambda c: (c.moment, c.key))
    _, _, better, winter, *_ = rows[0]
    return Career(athlete, event_type, Better(better), bool(winter), candidates, events)


# Rows


def _old(connection: Connection, athletes: str, types: str | None) -> dict[int, BestRow]:
    rows = connection.execute(
        """SELECT b.* FROM json_each(:athletes) AS wanted
        CROSS JOIN main.best_mark AS b ON b.athlete_id = wanted.value
        WHERE :types IS NULL OR b.event_type_id IN (SELECT value FROM json_each(:types))""",
        {"athletes": athletes, "types": types},
    )
    return {row[0]: BestRow(*row) for row in rows}


def _write(connection: Connection, old: dict[int, BestRow], new: dict[int, BestRow]) -> None:
    """Replace old rows by new ones, touching only what differs."""
    connection.executemany(
        "DELETE FROM main.best_mark WHERE result_id = ?",
        [(result,) for result in old if result not in new],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO main.best_mark VALUES (?, ?, ?, ?, ?, ?)",
        [row for result, row in new.items() if old.get(result) != row],
    )
