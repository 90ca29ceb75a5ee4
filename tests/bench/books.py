"""Made-up books of about so many results, the same every time, made once and kept in a folder.

A book is a run of competitions of 300 events with 33 results each, in four series, back through
the years; a small book is one competition with fewer events. A third of the events are raced in
pairs, a third in heats of eight, a third in heats and a final. Every event type has a world
record list and an Olympic record list that begin with a baseline. The latest competition ends
with the event that is measured: 30 entries in pairs, running.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from medaldesk.book import (
    candidates,
    derive,
    derive_bests,
    derive_records,
    files,
    schema_001,
    schema_002,
)
from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.check import find_problems
from medaldesk.book.connection import connect
from medaldesk.book.lock import lock_path
from medaldesk.domain import decisions
from medaldesk.domain.names import fold

EVENTS_AT_A_COMPETITION = 300
RESULTS_OF_AN_EVENT = 33
SERIES = (
    ("OG", "Olympic Games"),
    ("WCH", "World Championships"),
    ("CCH", "Continental Championships"),
    ("WG", "World Games"),
)
LAST_YEAR = 2026
DAYS = 16
NATIONS = 90
MEASURED = f"OG{LAST_YEAR}/RACE000W"
"""The event that marks are entered in."""

CHECKED = 100_000
"""A new book of up to so many results is checked before it is kept."""

# An athlete of an event type is in its field for ten years or so; six are new in each.
FIELD, NEW_A_YEAR = 60, 6
SECOND = 1_000_000
HUNDREDTH = 10_000


def made_book(size: int, folder: Path) -> Path:
    """The book of about `size` results in `folder`, made now if it is not there yet."""

    def facts(connection: sqlite3.Connection) -> None:
        _Maker(connection, size).make()

    return kept_book(folder, str(size), f"{size:,} results", facts, __file__, check=size <= CHECKED)


Facts = Callable[[sqlite3.Connection], None]
"""Writes the facts of a book, inside a transaction."""


def kept_book(
    folder: Path, name: str, title: str, facts: Facts, maker: str, *, check: bool
) -> Path:
    """The book of that name in `folder`, made now if it is not there; `facts` are of file `maker`.

    Raises AssertionError where a new book is to be checked and something is wrong with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{_fingerprint(maker)}.medaldesk"
    if path.exists():
        return path
    for old in folder.glob(f"{name}-*.medaldesk"):
        files.remove(old)
    draft = path.with_suffix(".new")
    files.remove(draft)
    with Book.create(draft, name=title, who="bench"):
        pass
    with closing(connect(draft, "rw")) as connection:
        _fill(connection, facts)
        problems = find_problems(connection) if check else []
        assert not problems, problems
    lock_path(draft).unlink()
    draft.rename(path)
    return path


def _fingerprint(maker: str) -> str:
    """Names what a book is made by: another way of making it makes another book."""
    modules = (
        *(schema_001, schema_002, candidates, decisions),
        *(derive, derive_bests, derive_records),
    )
    made_by = {__file__, maker, *(module.__file__ for module in modules if module.__file__)}
    text = b"".join(Path(file).read_bytes() for file in sorted(made_by))
    return hashlib.sha256(text).hexdigest()[:12]


def _fill(connection: sqlite3.Connection, facts: Facts) -> None:
    """All facts and what follows from them, in one transaction without asking the disk."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    facts(connection)
    derive.derive_all(connection)
    connection.execute("COMMIT")


def insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    """Write rows of some columns of a table."""
    slots = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({slots})", rows)


@dataclass(frozen=True, slots=True)
class _Type:
    """An event as it recurs; `base` is the mark of an average athlete in the last year."""

    id: int
    code: str
    lower: bool
    base: int
    per_unit: int
    entries: int
    final: int

    @property
    def pairs(self) -> bool:
        return self.per_unit == 2


@dataclass(slots=True)
class _Rows:
    """Rows of the tables that grow with a book, in the order of their columns below."""

    event: list[tuple[object, ...]] = field(default_factory=list)
    phase: list[tuple[object, ...]] = field(default_factory=list)
    unit: list[tuple[object, ...]] = field(default_factory=list)
    entry: list[tuple[object, ...]] = field(default_factory=list)
    result: list[tuple[object, ...]] = field(default_factory=list)
    journal: list[tuple[object, ...]] = field(default_factory=list)


_COLUMNS = {
    "event": "id, competition_id, event_type_id, date, status, official_at, classification, "
    "bronzes",
    "phase": "id, event_id, position, name, date",
    "unit": "id, phase_id, position",
    "entry": "id, event_id, nation_id, athlete_id",
    "result": "id, event_id, entry_id, phase_id, unit_id, start_order, lane, mark, "
    "mark_decimals, status",
    "journal": "at, who, kind, action, subject, change",
}


@dataclass(frozen=True, slots=True)
class _Held:
    """A competition: `age` is how many years before the last one it was held."""

    id: int
    start: date
    age: int


class _Maker:
    """Writes the facts of a book, the oldest competition first, as they would come in."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._chance = random.Random(size)
        events = max(1, size // RESULTS_OF_AN_EVENT)
        self._held = min(events, EVENTS_AT_A_COMPETITION)
        self._competitions = max(1, round(events / EVENTS_AT_A_COMPETITION))
        self._years = (self._competitions - 1) // len(SERIES) + 1
        self._pool = FIELD + NEW_A_YEAR * (self._years - 1)
        self._last = dict.fromkeys(("event", "phase", "unit", "entry", "result"), 0)

    def make(self) -> None:
        self._insert("series", "code, name", SERIES)
        types = self._types()
        self._record_lists(types)
        self._people(types)
        for age in reversed(range(self._competitions)):
            held = self._competition(age)
            rows = _Rows()
            # The measured event comes last: it is the first of the types.
            for number, event_type in enumerate(reversed(types)):
                last = age == 0 and event_type is types[0]
                day = held.start + timedelta(days=1 + number * DAYS // len(types))
                self._event(rows, held, event_type, day, running=last)
            for table, columns in _COLUMNS.items():
                self._insert(table, columns, getattr(rows, table))

    def _insert(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        insert(self._connection, table, columns, rows)

    def _next(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    # What recurs

    def _types(self) -> list[_Type]:
        types = [_type(number) for number in range(self._held)]
        disciplines = [
            row[0] for row in self._connection.execute("SELECT id FROM discipline ORDER BY id")
        ]
        self._insert(
            "event_type",
            "id, code, discipline_id, name, gender, mark_kind, better, decimals, unit_kind, "
            "keeps_bests",
            [
                (
                    t.id,
                    t.code,
                    disciplines[t.id * len(disciplines) // (2 * EVENTS_AT_A_COMPETITION)],
                    f"{'Women’s' if t.code.endswith('W') else 'Men’s'} race {t.id}",
                    t.code[-1],
                    "time" if t.lower else "distance",
                    "lower" if t.lower else "higher",
                    2,
                    "pair" if t.pairs else "heat",
                    1,
                )
                for t in types
            ],
        )
        return types

    def _record_lists(self, types: Iterable[_Type]) -> None:
        """A world record and an Olympic record each, both with a mark from before the book."""
        kinds = dict(self._connection.execute("SELECT code, id FROM record_kind"))
        lists = [
            (2 * t.id + narrow, kinds["OR" if narrow else "WR"], t.id, 1 if narrow else None)
            for t in types
            for narrow in (0, 1)
        ]
        self._insert("record_list", "id, record_kind_id, event_type_id, series_id", lists)
        by_id = {t.id: t for t in types}
        before = f"{LAST_YEAR - self._years - 4}-07-01"
        self._insert(
            "record_baseline",
            "record_list_id, holder, nation_id, mark, mark_decimals, date",
            [
                (found, "Ada Before", 1 + found % NATIONS, _start(by_id[t], narrow), 2, before)
                for found, _, t, narrow in lists
            ],
        )

    def _people(self, types: Sequence[_Type]) -> None:
        """The athletes of each type: their names, their nations (few have many) and their form."""
        chance = self._chance
        known = self._connection.execute("SELECT id FROM nation WHERE kind = 'noc' ORDER BY id")
        nations = chance.sample([row[0] for row in known], NATIONS)
        weights = [1 / place for place in range(1, len(nations) + 1)]
        count = self._pool * len(types)
        self._nation = chance.choices(nations, weights, k=count)
        self._form = [chance.gauss(0, 1) for _ in range(count)]
        names = [(made_up_name(chance), types[n // self._pool].code[-1]) for n in range(count)]
        self._insert(
            "athlete",
            "id, name, family_name, given_name, gender, search_name",
            [
                (n, f"{given} {family}", family, given, gender, fold(f"{given} {family}"))
                for n, ((given, family), gender) in enumerate(names, start=1)
            ],
        )

    # What is held

    def _competition(self, age: int) -> _Held:
        """The competition so many before the last: the series take turns, four in a year."""
        years, series = divmod(age, len(SERIES))
        code, name = SERIES[series]
        start = date(LAST_YEAR - years, 8 - 2 * series, 6)
        competition = self._competitions - age
        self._insert(
            "competition",
            "id, code, name, series_id, city, start_date, end_date",
            [
                (
                    competition,
                    f"{code}{start.year}",
                    f"{name} {start.year}",
                    series + 1,
                    "Anywhere",
                    start.isoformat(),
                    (start + timedelta(days=DAYS)).isoformat(),
                )
            ],
        )
        return _Held(competition, start, years)

    def _event(
        self, rows: _Rows, held: _Held, event_type: _Type, day: date, *, running: bool
    ) -> None:
        event, on = self._next("event"), day.isoformat()
        status = ("running", None) if running else ("official", on)
        rows.event.append((event, held.id, event_type.id, on, *status, "final", 1))
        people = self._starters(event_type, held.age)
        entries = [(self._next("entry"), person) for person in people]
        rows.entry += [(entry, event, self._nation[p], p + 1) for entry, p in entries]
        if event_type.final:
            eve = (day - timedelta(days=1)).isoformat()
            done = self._phase(rows, event, event_type, held.age, entries, name="Heats", day=eve)
            best = sorted(done, reverse=not event_type.lower)[: event_type.final]
            entries = [(entry, person) for _, entry, person in best]
        self._phase(rows, event, event_type, held.age, entries)
        rows.journal.append(_journal(event, held.id, on, event_type.code))

    def _starters(self, event_type: _Type, age: int) -> list[int]:
        """Who starts, as numbers from 0: some of those who are in the field that year."""
        first = (event_type.id - 1) * self._pool + NEW_A_YEAR * (self._years - 1 - age)
        return self._chance.sample(range(first, first + FIELD), event_type.entries)

    def _phase(
        self,
        rows: _Rows,
        event: int,
        event_type: _Type,
        age: int,
        starters: Iterable[Sequence[int]],
        *,
        name: str = "Final",
        day: str | None = None,
    ) -> list[tuple[int, int, int]]:
        """One round of an event; returns (mark, entry, person) of those who have a mark."""
        phase = self._next("phase")
        position = 2 if event_type.final and name == "Final" else 1
        rows.phase.append((phase, event, position, name, day))
        done = []
        for number, (entry, person) in enumerate(starters):
            heat, place = divmod(number, event_type.per_unit)
            if place == 0:
                rows.unit.append((self._next("unit"), phase, heat + 1))
            lane = "io"[place] if event_type.pairs else str(place + 1)
            mark = self._mark(event_type, age, person)
            status = None if mark else "DNF"
            decimals = 2 if mark else None
            rows.result.append(
                (
                    *(self._next("result"), event, entry, phase, self._last["unit"]),
                    *(number + 1, lane, mark, decimals, status),
                )
            )
            if mark:
                done.append((mark, entry, person))
        return done

    def _mark(self, event_type: _Type, age: int, person: int) -> int | None:
        """What a person of that form does that year; one in fifty does not finish.

        The field gets better by a thousandth a year, so that records fall now and then.
        """
        if self._chance.random() < 0.02:
            return None
        worse = 0.015 * self._form[person] + self._chance.gauss(0, 0.004) + 0.001 * age
        return _rounded(event_type, worse)


def _type(number: int) -> _Type:
    """The event types take turns: pairs, heats of eight, heats and a final."""
    per_unit, entries, final = ((2, 30, 0), (8, 36, 0), (8, 25, 8))[number % 3]
    lower = number % 5 != 4
    base = (20 + number) * SECOND if lower else (3 + number // 10) * SECOND
    gender = "WM"[number % 2]
    return _Type(number + 1, f"RACE{number:03}{gender}", lower, base, per_unit, entries, final)


def _rounded(event_type: _Type, worse: float) -> int:
    """The mark that is worse than the base by a share of it (0.01 is a hundredth)."""
    factor = 1 + worse if event_type.lower else 1 - worse
    return int(event_type.base * factor / HUNDREDTH) * HUNDREDTH


def _start(event_type: _Type, narrow: int | None) -> int:
    """What stood before the book begins: a record that some will beat."""
    return _rounded(event_type, -0.005 if narrow else -0.01)


def _journal(event: int, competition: int, day: str, code: str) -> tuple[object, ...]:
    """The entry of whoever brought the results of an event into the book."""
    change = Change(
        0,
        "edit",
        Action.IMPORT_RESULTS,
        code,
        tables=frozenset(("entry", "result")),
        events=frozenset((event,)),
        competitions=frozenset((competition,)),
    )
    at = f"{day}T20:00:00.000+00:00"
    return (at, "bench", change.kind, change.action, change.subject, change.dumps())


_STARTS = ("B", "Br", "D", "Dr", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V")
_MIDDLES = ("a", "e", "i", "o", "u", "aa", "ei", "ie", "ou")
_ENDS = ("l", "lm", "n", "nd", "nn", "r", "rg", "rn")


def made_up_name(chance: random.Random) -> tuple[str, str]:
    """A given and a family name that nobody has, or somebody may."""
    return "".join(_syllables(chance, 1)), "".join(_syllables(chance, 2))


def _syllables(chance: random.Random, count: int) -> Iterator[str]:
    for number in range(count):
        start = chance.choice(_STARTS)
        yield start if number == 0 else start.lower()
        yield chance.choice(_MIDDLES)
        yield chance.choice(_ENDS)
