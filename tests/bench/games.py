"""A made-up book of all the Games there ever were, the same every time, made once and kept.

52 Games in two series have 15,040 official events with three to six entries each. Half of the
events have marks, an Olympic record list and athletes who come back four years later; in the
others ranks are typed, some with two thirds or a tie. Each of 1,300 decisions strikes a medallist
and moves the others up; one in ten was revoked later. Of 100 nations nine in ten have a population.
At every fourth Games one nation is left out of the table and another unranked.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from medaldesk.book import derive
from medaldesk.domain.decisions import propose_moving_up
from medaldesk.domain.names import fold
from tests.bench.books import HUNDREDTH, SECOND, insert, kept_book, made_up_name

NATIONS = 100
DECISIONS = 1_300
DAYS = 16
TODAY = date(2026, 10, 1)
"""Nothing in the book is of a later day."""

# Of an event type, so many athletes are in the field at a time, and so many new every four years.
FIELD, NEW = 8, 3


@dataclass(frozen=True, slots=True)
class _Series:
    """Games every four years, the last of which began on a day; `events` at each of them."""

    code: str
    name: str
    season: str
    held: int
    last: date
    events: int


SERIES = (
    _Series("OG", "Olympic Games", "summer", 28, date(2024, 7, 26), 400),
    _Series("OWG", "Olympic Winter Games", "winter", 24, date(2026, 2, 6), 160),
)


@dataclass(frozen=True, slots=True)
class _Type:
    """An event as it recurs; `people` is the first of its athletes, who are numbered in a row."""

    id: int
    gender: str
    marked: bool
    bronzes: int
    people: int


@dataclass(slots=True)
class _Rows:
    """Rows of the tables that grow with the Games, in the order of their columns below."""

    event: list[tuple[object, ...]] = field(default_factory=list)
    phase: list[tuple[object, ...]] = field(default_factory=list)
    entry: list[tuple[object, ...]] = field(default_factory=list)
    result: list[tuple[object, ...]] = field(default_factory=list)


_COLUMNS = {
    "event": "id, competition_id, event_type_id, date, status, official_at, classification, "
    "bronzes",
    "phase": "id, event_id, position, name",
    "entry": "id, event_id, nation_id, athlete_id, typed_rank",
    "result": "id, event_id, entry_id, phase_id, mark, mark_decimals",
}


def all_games(folder: Path) -> Path:
    """The book of all Games in `folder`, made now if it is not there yet."""

    def facts(connection: sqlite3.Connection) -> None:
        _Maker(connection).make()

    return kept_book(folder, "games", "All Games", facts, __file__, check=True)


class _Maker:
    """Writes the facts of the book, one series after the other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._chance = random.Random(1896)
        self._nations = self._some_nations()
        self._nation: list[int] = []
        self._last = dict.fromkeys(("competition", "event_type", "event", "entry"), 0)

    def make(self) -> None:
        self._populations()
        for number, series in enumerate(SERIES, start=1):
            self._insert("series", "id, code, name", [(number, series.code, series.name)])
            types = self._types(number, series)
            for games in range(series.held):
                self._games(number, series, types, games)
        self._decisions()

    def _insert(self, table: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
        insert(self._connection, table, columns, rows)

    def _next(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    # Who there is

    def _some_nations(self) -> list[int]:
        """Those of today and those of the past; the first of them win the most."""
        known = self._connection.execute(
            "SELECT id FROM nation WHERE kind IN ('noc', 'historic') ORDER BY id"
        )
        return self._chance.sample([row[0] for row in known], NATIONS)

    def _populations(self) -> None:
        """Two figures each; those of every tenth nation are not known."""
        rows = [
            (nation, day, self._chance.randint(30_000, 300_000_000))
            for place, nation in enumerate(self._nations)
            for day in ("1950-07-01", "2020-07-01")
            if place % 10
        ]
        self._insert("population", "nation_id, date, people", rows)

    def _types(self, series_id: int, series: _Series) -> list[_Type]:
        """The event types of a series with their athletes and, where marked, an Olympic record."""
        disciplines = [
            row[0]
            for row in self._connection.execute(
                "SELECT id FROM discipline WHERE season = ? ORDER BY id", (series.season,)
            )
        ]
        types = [self._type(series, number) for number in range(series.events)]
        self._insert(
            "event_type",
            "id, code, discipline_id, name, gender, mark_kind, better, decimals, classification, "
            "bronzes",
            [
                (
                    *(t.id, f"EVENT{t.id:03}{t.gender}"),
                    *(disciplines[t.id % len(disciplines)], f"Event {t.id}", t.gender),
                    *(("time", "lower", 2) if t.marked else ("placing", "lower", 0)),
                    *("final" if t.marked else "manual", t.bronzes),
                )
                for t in types
            ],
        )
        self._record_lists(series_id, [t.id for t in types if t.marked])
        return types

    def _type(self, series: _Series, number: int) -> _Type:
        """One event type and its athletes; few nations have many of them."""
        first, gender = len(self._nation), "MWMWMWMWXO"[number % 10]
        weights = [1 / place for place in range(1, NATIONS + 1)]
        people = FIELD + NEW * (series.held - 1)
        self._nation += self._chance.choices(self._nations, weights, k=people)
        names = [made_up_name(self._chance) for _ in range(people)]
        of_person = None if gender == "O" else gender
        self._insert(
            "athlete",
            "id, name, family_name, given_name, gender, search_name",
            [
                (*(n, f"{given} {family}", family, given), *(of_person, fold(f"{given} {family}")))
                for n, (given, family) in enumerate(names, start=first + 1)
            ],
        )
        marked = number // 10 % 2 == 0
        bronzes = 1 if marked or number % 10 else 2
        return _Type(self._next("event_type"), gender, marked, bronzes, first)

    def _record_lists(self, series_id: int, types: Sequence[int]) -> None:
        """An Olympic record each, with a mark from before the first Games."""
        (kind,) = self._connection.execute(
            "SELECT id FROM record_kind WHERE code = 'OR'"
        ).fetchone()
        self._insert(
            "record_list",
            "id, record_kind_id, event_type_id, series_id",
            [(number, kind, number, series_id) for number in types],
        )
        self._insert(
            "record_baseline",
            "record_list_id, holder, mark, mark_decimals, date",
            [(number, "Ada Before", 65 * SECOND, 2, "1890-07-01") for number in types],
        )

    # What was held

    def _games(self, series_id: int, series: _Series, types: Sequence[_Type], games: int) -> None:
        """The Games of that number, the first of a series being 0."""
        start = series.last.replace(year=series.last.year - 4 * (series.held - 1 - games))
        competition = self._next("competition")
        self._insert(
            "competition",
            "id, code, name, series_id, start_date, end_date",
            [
                (
                    *(competition, f"{series.code}{start.year}", f"{series.name} {start.year}"),
                    *(series_id, start.isoformat(), (start + timedelta(days=DAYS)).isoformat()),
                )
            ],
        )
        if games % 4 == 0:
            self._memberships(competition)
        rows = _Rows()
        for number, event_type in enumerate(types):
            day = start + timedelta(days=1 + number * DAYS // len(types))
            self._event(rows, competition, event_type, day.isoformat(), games)
        for table, columns in _COLUMNS.items():
            self._insert(table, columns, getattr(rows, table))

    def _memberships(self, competition: int) -> None:
        left_out, unranked = self._chance.sample(self._nations, 2)
        self._insert(
            "competition_nation",
            "competition_id, nation_id, membership",
            [(competition, left_out, "left_out"), (competition, unranked, "unranked")],
        )

    def _event(self, rows: _Rows, competition: int, kind: _Type, day: str, games: int) -> None:
        event = self._next("event")
        method = "final" if kind.marked else "manual"
        head = (event, competition, kind.id, day, "official", day)
        rows.event.append((*head, method, kind.bronzes))
        rows.phase.append((event, event, 1, "Final"))
        field_ = range(kind.people + NEW * games, kind.people + NEW * games + FIELD)
        people = self._chance.sample(field_, self._chance.randint(3 if kind.bronzes == 1 else 4, 6))
        ranks = self._ranks(len(people), kind.bronzes)
        # The field gets a little better from Games to Games, so that a record falls now and then.
        behind = self._chance.randint(0, 100) - 5 * games
        for person, rank in zip(people, ranks, strict=True):
            entry = self._next("entry")
            typed = None if kind.marked else rank
            rows.entry.append((entry, event, self._nation[person], person + 1, typed))
            if kind.marked:
                mark = 60 * SECOND + (behind + 20 * rank) * HUNDREDTH
                rows.result.append((entry, event, entry, event, mark, 2))

    def _ranks(self, count: int, bronzes: int) -> list[int]:
        """1-2-3 and so on, or 1-2-3-3; one event in fifty has a tie for the second place."""
        tied = self._chance.random() < 0.02
        shared = {4: 3} if bronzes == 2 else {3: 2} if tied else {}
        return [shared.get(place, place) for place in range(1, count + 1)]

    # What was decided

    def _decisions(self) -> None:
        """Each as the program proposes it; half of them at once, others years later."""
        chance = self._chance
        events = self._connection.execute("SELECT id, date FROM event ORDER BY id").fetchall()
        for decision, (event, held) in enumerate(chance.sample(events, DECISIONS), start=1):
            days_later = int(3_650 * chance.random() ** 2) if decision % 2 else decision % 4
            day = min(date.fromisoformat(held) + timedelta(days=days_later), TODAY)
            ends = min(day + timedelta(days=chance.randint(30, 1_000)), TODAY)
            revoked = ends.isoformat() if decision % 10 == 0 else None
            self._insert(
                "decision",
                "id, event_id, date, body, reason, revoked_on",
                [(decision, event, day.isoformat(), "Federation", "Doping", revoked)],
            )
            self._moving_up(decision, event)

    def _moving_up(self, decision: int, event: int) -> None:
        """The lines that strike a medallist and move the others up."""
        facts = derive.read_event(self._connection, event)
        assert facts
        standing = derive.outcome(facts).decided
        struck = self._chance.choice([decided.entry for decided in standing if decided.medal])
        self._insert(
            "decision_line",
            "decision_id, event_id, entry_id, sets_status, status, sets_rank, rank, medal",
            [
                (decision, event, *astuple(line))
                for line in propose_moving_up(standing, {struck: "DSQ"})
            ],
        )
