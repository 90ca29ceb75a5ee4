"""The record lists of a book: what counts for each, and how it is judged (RULES R22, R25, R26)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from medaldesk.book.candidates import Placed
from medaldesk.domain.age_classes import AgeClass, parse_age_class
from medaldesk.domain.marks import Better, Mark
from medaldesk.domain.records import Outcome, RecordPolicy, Ruling

Connection = sqlite3.Connection

FIRST_DAY, LAST_DAY = "", "9999"
"""Before and after every ISO day."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """What a list is a list of, and what stood before the book's results begin (RULES R22).

    `annulled` are the results that a ruling took out of it.
    """

    id: int
    event_type: int
    series: int | None
    nation: int | None
    venue: int | None
    continent: str | None
    age_class: AgeClass | None
    better: Better
    policy: RecordPolicy
    baseline: Mark | None
    baseline_date: str | None
    annulled: frozenset[int]

    def counts(self, placed: Placed) -> bool:
        """Whether a mark of an event of this list counts for it."""
        return self.bar(placed) is None

    def bar(self, placed: Placed) -> Outcome | None:
        """What keeps a valid mark of an event of this list out of it; None if it counts.

        Marks up to the day of the baseline are what the baseline stands for.
        """
        if elsewhere := self.elsewhere(placed.nation, placed.continent):
            return elsewhere
        if self.baseline_date is not None and placed.day <= self.baseline_date:
            return Outcome.BEFORE_BASELINE
        if placed.candidate.key in self.annulled:
            return Outcome.ANNULLED
        if placed.assistance is not None and not self.policy.allows_assistance:
            return Outcome.ASSISTED
        return self._wind_bar(placed) or self._age_bar(placed)

    def elsewhere(self, nation: int, continent: str | None) -> Outcome | None:
        """Whether the list is one of another nation or continent than this."""
        if self.nation is not None and nation != self.nation:
            return Outcome.OTHER_NATION
        if self.continent is None or continent == self.continent:
            return None
        return Outcome.OTHER_CONTINENT if continent else Outcome.CONTINENT_UNKNOWN

    def _wind_bar(self, placed: Placed) -> Outcome | None:
        limit = self.policy.wind_limit
        if limit is None:
            return None
        if placed.wind is None:
            return Outcome.WIND_UNKNOWN
        return Outcome.WIND_TOO_STRONG if placed.wind > limit else None

    def _age_bar(self, placed: Placed) -> Outcome | None:
        if self.age_class is None:
            return None
        if placed.eldest is None or placed.youngest is None:
            return Outcome.AGE_UNKNOWN
        day = date.fromisoformat(placed.day)
        ends = (date.fromisoformat(placed.eldest), date.fromisoformat(placed.youngest))
        everybody = all(self.age_class.includes(born, day) for born in ends)
        return None if everybody else Outcome.OUTSIDE_AGE_CLASS


def lists_of_event(connection: Connection, event: int) -> list[RecordList]:
    """The lists for which the results of an event count, of whatever nation and age they are."""
    return _lists(
        connection,
        """JOIN event AS e ON e.event_type_id = l.event_type_id
        JOIN competition AS c ON c.id = e.competition_id
        WHERE e.id = ? AND (l.series_id IS NULL OR l.series_id = c.series_id)
        AND (l.venue_id IS NULL OR l.venue_id = e.venue_id)""",
        event,
    )


def record_list(connection: Connection, list_id: int) -> RecordList | None:
    """One list; None where it does not exist (any more)."""
    found = _lists(connection, "WHERE l.id = ?", list_id)
    return found[0] if found else None


def all_lists(connection: Connection) -> list[RecordList]:
    """Every list of the book."""
    return _lists(connection, "")


def _lists(connection: Connection, where: str, *values: object) -> list[RecordList]:
    rows = connection.execute(f"{_LISTS} {where} ORDER BY l.id", values).fetchall()
    annulled = _annulled(connection, [row[0] for row in rows])
    return [_list(row, annulled.get(row[0], frozenset())) for row in rows]


def _list(row: tuple[Any, ...], annulled: frozenset[int]) -> RecordList:
    (
        list_id, event_type, series, nation, venue, continent, age_class,
        better, mark, decimals, day, *policy,
    ) = row  # fmt: skip
    return RecordList(
        id=list_id,
        event_type=event_type,
        series=series,
        nation=nation,
        venue=venue,
        continent=continent,
        age_class=parse_age_class(age_class) if age_class else None,
        better=Better(better),
        policy=record_policy(policy),
        baseline=None if mark is None else Mark(mark, decimals),
        baseline_date=day,
        annulled=annulled,
    )


POLICY = """l.shares_equal, l.minimum_margin, l.day_best, l.wind_limit, l.allows_assistance,
    l.needs_ratification"""
"""The columns of a policy in the order of `record_policy`."""

_LISTS = f"""SELECT l.id, l.event_type_id, l.series_id, l.nation_id, l.venue_id, l.continent,
    l.age_class, et.better, b.mark, b.mark_decimals, b.date, {POLICY}
FROM record_list AS l JOIN event_type AS et ON et.id = l.event_type_id
LEFT JOIN record_baseline AS b ON b.record_list_id = l.id"""


def record_policy(columns: Sequence[Any]) -> RecordPolicy:
    """The policy that the columns `POLICY` hold."""
    shares, margin, day_best, wind, assisted, ratified = columns
    return RecordPolicy(bool(shares), margin, bool(day_best), wind, bool(assisted), bool(ratified))


def _annulled(connection: Connection, lists: Collection[int]) -> Mapping[int, frozenset[int]]:
    """The results out of each list: the latest ruling on each holds (RULES R26)."""
    rows = connection.execute(
        """SELECT g.record_list_id, g.result_id, g.ruling
        FROM json_each(?) AS wanted CROSS JOIN record_ruling AS g ON g.record_list_id = wanted.value
        ORDER BY g.date, g.id""",
        (json.dumps([*lists]),),
    )
    latest = {(list_id, result): ruling for list_id, result, ruling in rows}
    out: dict[int, set[int]] = {}
    for (list_id, result), ruling in latest.items():
        if ruling == Ruling.ANNULLED:
            out.setdefault(list_id, set()).add(result)
    return {list_id: frozenset(results) for list_id, results in out.items()}
