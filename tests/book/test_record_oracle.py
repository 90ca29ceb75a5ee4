"""R21 for records: whatever is typed, lists and bests are what a look at all marks says.

The oracle asks of every mark by itself what was there before it and beside it; it knows nothing
of stretches, of lists that are renewed in part, or of what an edit touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import DecisionBeforeEvent
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.records import RecordPolicy, Ruling
from tests.book.worlds import (
    add_competition,
    add_event_type,
    add_race,
    derived_from_nothing,
    nation,
)

FIRST_DAY = date(2026, 6, 29)
NAMES = {"Kok": "NED", "Leerdam": "NED", "Takagi": "JPN"}
JUNIOR_YEAR = 2007


@dataclass(frozen=True)
class Seen:
    """A valid mark as the oracle sees it."""

    result: int
    event: int
    athlete: int
    nation: int
    continent: str | None
    born: str | None
    value: int
    wind: int | None
    assisted: bool
    day: str
    unit: int

    @property
    def moment(self) -> tuple[str, int, int]:
        return self.day, self.event, self.unit


@dataclass(frozen=True)
class Kept:
    """A record list as the oracle sees it."""

    id: int
    nation: int | None
    continent: str | None
    junior: bool
    policy: RecordPolicy
    baseline: int | None
    baseline_day: str | None
    annulled: frozenset[int]


def all_marks(book: Book) -> list[Seen]:
    rows = book.reads._rows(
        """SELECT r.id, r.event_id, a.id, n.nation_id, na.continent, a.birth_date, r.mark, r.wind,
            r.assistance IS NOT NULL, e.date, coalesce(u.position, 999), r.status,
            (SELECT l.sets_status FROM decision_line AS l JOIN decision AS d
                ON d.id = l.decision_id WHERE l.entry_id = n.id AND d.revoked_on IS NULL)
        FROM result AS r JOIN entry AS n ON n.id = r.entry_id
        JOIN athlete AS a ON a.id = n.athlete_id JOIN nation AS na ON na.id = n.nation_id
        JOIN event AS e ON e.id = r.event_id LEFT JOIN unit AS u ON u.id = r.unit_id"""
    )
    return [
        Seen(*row[:8], bool(row[8]), *row[9:11])
        for row in rows
        if row[6] is not None and row[11] is None and not row[12]
    ]


def all_lists(book: Book) -> Iterator[Kept]:
    for row in book.reads.record_lists():
        rulings = book.reads._rows(
            "SELECT result_id, ruling, date, id FROM record_ruling WHERE record_list_id = ?", row.id
        )
        latest = {
            result: max(rows, key=lambda r: (r[2], r[3]))[1]
            for result in {r[0] for r in rulings}
            for rows in [[r for r in rulings if r[0] == result]]
        }
        baseline = book.reads._row(
            "SELECT mark, date FROM record_baseline WHERE record_list_id = ?", row.id
        )
        yield Kept(
            row.id,
            nation(book, row.nation) if row.nation else None,
            row.continent,
            row.age_class is not None,
            row.policy,
            *(baseline or (None, None)),
            frozenset(result for result, ruling in latest.items() if ruling == "annulled"),
        )


def counts(kept: Kept, mark: Seen) -> bool:
    limit = kept.policy.wind_limit
    return (
        kept.nation in (None, mark.nation)
        and kept.continent in (None, mark.continent)
        and (kept.baseline_day is None or mark.day > kept.baseline_day)
        and mark.result not in kept.annulled
        and (limit is None or (mark.wind is not None and mark.wind <= limit))
        and (kept.policy.allows_assistance or not mark.assisted)
        and (not kept.junior or (mark.born is not None and int(mark.born[:4]) >= JUNIOR_YEAR))
    )


def obvious(
    marks: Sequence[Seen], policy: RecordPolicy, stood: int | None, *, first_counts: bool = True
) -> dict[int, str]:
    """Result to outcome of a history, each mark against all the records before it."""
    said: dict[int, str] = {}
    for one in sorted(marks, key=lambda m: m.moment):
        beside = [m for m in marks if m.moment == one.moment]
        if policy.day_best:
            beside = [m for m in marks if m.day == one.day]
        before = [m.value for m in marks if m.moment < one.moment and m.result in said]
        current = min([*before, *([] if stood is None else [stood])], default=None)
        if one.value > min(m.value for m in beside):
            continue
        if current is None or current - one.value >= max(policy.minimum_margin or 0, 1):
            said[one.result] = "set"
        elif one.value == current and policy.shares_equal:
            said[one.result] = "equalled"
    if not first_counts:
        begun = min((m.moment for m in marks), default=None)
        return {m.result: said[m.result] for m in marks if m.result in said and m.moment != begun}
    return said


def obvious_records(book: Book) -> set[tuple[int, int, str]]:
    marks = all_marks(book)
    return {
        (kept.id, result, outcome)
        for kept in all_lists(book)
        for result, outcome in obvious(
            [mark for mark in marks if counts(kept, mark)], kept.policy, kept.baseline
        ).items()
    }


def obvious_bests(book: Book) -> set[tuple[int, str, str]]:
    marks = [mark for mark in all_marks(book) if not mark.assisted]
    found: dict[int, tuple[str, str]] = {}
    for athlete in {mark.athlete for mark in marks}:
        career = [mark for mark in marks if mark.athlete == athlete]
        for winter in {mark.day >= "2026-07" for mark in career}:
            season = [mark for mark in career if (mark.day >= "2026-07") is winter]
            for result, outcome in obvious(
                season, RecordPolicy(), None, first_counts=False
            ).items():
                found[result] = ("season", outcome)
        for result, outcome in obvious(career, RecordPolicy(), None, first_counts=False).items():
            found[result] = ("personal", outcome)
    return {(result, *best) for result, best in found.items()}


# What is done to the book

pick = st.integers(0, 11)
few = st.integers(0, 5)
policies = st.builds(
    RecordPolicy,
    shares_equal=st.booleans(),
    minimum_margin=st.none() | st.sampled_from([500_000, 1_000_000]),
    day_best=st.booleans(),
    wind_limit=st.none() | st.sampled_from([0, 2_000_000]),
    allows_assistance=st.booleans(),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), pick, st.sampled_from(["70", "71", "71.5", "72", "73"])),
        st.tuples(st.just("mark"), pick, st.sampled_from(["71", "72", "", "dnf"])),
        st.tuples(st.just("mark"), pick, st.sampled_from(["70", "74"])),
        st.tuples(st.just("wind"), pick, st.sampled_from(["", "-1.0", "+2.0", "+2.1"])),
        st.tuples(st.just("assistance"), pick, st.sampled_from(["", "pacemaker"])),
        st.tuples(st.just("unit"), pick, st.sampled_from(["", "1", "2", "3"])),
        st.tuples(st.just("policy"), few, policies),
        st.tuples(st.just("rule"), few, pick, st.sampled_from(Ruling), few),
        st.tuples(st.just("day"), few, few),
        st.tuples(st.just("born"), few, st.sampled_from([None, "2006-12-31", "2007-01-01"])),
        st.tuples(st.just("continent"), few, st.sampled_from([None, "europe", "asia"])),
        st.tuples(st.just("baseline"), few, st.sampled_from(["70.5", "72"]), few),
        st.tuples(st.just("decide"), pick),
        st.tuples(st.just("undo")),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


class Clerk:
    """Carries out the steps; what they are about is found by number."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def one(self, table: str, number: int) -> int:
        ids = [row[0] for row in self.book.reads._rows(f"SELECT id FROM {table} ORDER BY id")]
        return ids[number % len(ids)]

    def mark(self, number: int, text: str) -> None:
        self.book.edits.enter_mark(self.one("result", number), text)

    def wind(self, number: int, text: str) -> None:
        self.book.edits.enter_wind(self.one("result", number), text)

    def assistance(self, number: int, text: str) -> None:
        self.book.edits.enter_assistance(self.one("result", number), text)

    def unit(self, number: int, text: str) -> None:
        self.book.edits.place_in_unit(self.one("result", number), text)

    def policy(self, number: int, policy: RecordPolicy) -> None:
        self.book.edits.change_record_list(self.one("record_list", number), policy)

    def rule(self, number: int, result: int, ruling: Ruling, days: int) -> None:
        on = FIRST_DAY + timedelta(days)
        of = (self.one("record_list", number), self.one("result", result))
        with suppress(DecisionBeforeEvent):
            self.book.edits.rule_record(*of, ruling, on)

    def day(self, number: int, days: int) -> None:
        on = FIRST_DAY + timedelta(days)
        self.book.edits.change_event(self.one("event", number), day=on, venue=None)

    def born(self, number: int, day: str | None) -> None:
        on = date.fromisoformat(day) if day else None
        self.book.edits.describe_athlete(self.one("athlete", number), gender="W", birth_date=on)

    def continent(self, number: int, continent: str | None) -> None:
        code = [*NAMES.values()][number % len(NAMES)]
        self.book.edits.change_nation(
            nation(self.book, code), name=code, kind="noc", continent=continent
        )

    def baseline(self, number: int, mark: str, days: int) -> None:
        new = NewBaseline("Before", mark, day=FIRST_DAY + timedelta(days - 2))
        self.book.edits.set_baseline(self.one("record_list", number), new)

    def decide(self, number: int) -> None:
        """Disqualify, or take back that one was."""
        ((entry, event),) = self.book.reads._rows(
            "SELECT entry_id, event_id FROM result WHERE id = ?", self.one("result", number)
        )
        taken = self.book.reads._row(
            "SELECT decision_id FROM decision_line WHERE entry_id = ?", entry
        )
        if taken:
            self.book.edits.delete_decision(taken[0])
            return
        line = DecisionLine(entry, sets_status=True, status="DSQ")
        new = NewDecision(body="IOC", day=date(2027, 1, 1), reason="doping", lines=[line])
        self.book.edits.take_decision(event, new, confirmed=True)

    def undo(self) -> None:
        """Take a step back, but not the world itself."""
        step = self.book.edits.next_undo()
        if step and step.action is not Action.IMPORT_RESULTS:
            self.book.edits.undo()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, empty_book: Path) -> Path:
    """Four competitions around the end of a winter season, two of them on one day."""
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("oracle") / "world.medaldesk"))
    with Book.open(path, who="clerk") as book, book.edits.together(Action.IMPORT_RESULTS, "world"):
        event_type = add_event_type(book, "W1000")
        edits = book.edits
        edits.add_record_list("WR", event_type)
        edits.add_record_list("WB", event_type, policy=RecordPolicy(day_best=True))
        edits.add_record_list("OB", event_type, policy=RecordPolicy(minimum_margin=1_000_000))
        edits.add_record_list("ER", event_type, continent="europe")
        edits.add_record_list("WJR", event_type, age_class="U20")
        edits.add_record_list("NR", event_type, nation=nation(book, "NED"))
        for number, days in enumerate((0, 1, 1, 3)):
            competition = add_competition(book, f"C{number}", "2026-06-20", "2026-07-10")
            on = (FIRST_DAY + timedelta(days)).isoformat()
            race = add_race(book, competition, event_type, on)
            for pair, (name, code) in enumerate(NAMES.items()):
                race.enter(name, code, unit=str(1 + pair // 2), mark=str(73 - pair - number / 2))
    return path


@settings(max_examples=40)
@given(done=steps)
def test_r21_records_and_bests_are_what_a_look_at_all_marks_says(
    world: Path, tmp_path_factory: pytest.TempPathFactory, done: list[tuple[object, ...]]
) -> None:
    path = Path(shutil.copy(world, tmp_path_factory.mktemp("book") / "book.medaldesk"))
    with Book.open(path, who="clerk") as book:
        clerk = Clerk(book)
        for step, *about in done:
            getattr(clerk, str(step))(*about)
            kept, renewed = derived_from_nothing(path)
            assert kept == renewed, step
            records = {(row[0], row[1], row[3]) for row in kept["record_mark"]}
            assert records == obvious_records(book), step
            bests = {(row[0], row[4], row[5]) for row in kept["best_mark"]}
            assert bests == obvious_bests(book), step
