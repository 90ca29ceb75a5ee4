"""Whole Games at once: the sums that RULES 4 gives, and tables against the long way round (R21)."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from tests.book.worlds import TIME, add_competition, assert_sound, nation

PLACING = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)


def add_placings(
    book: Book, competition: int, code: str, day: date, ranks: Sequence[int]
) -> list[int]:
    """An official event whose ranks are typed; the entries in the order of the ranks.

    The first three letters of its code are its discipline.
    """
    edits, nations = book.edits, [nation(book, found) for found in ("NED", "JPN", "USA", "CAN")]
    bronzes = 2 if ranks.count(3) == 2 else 1
    event_type = edits.add_event_type(
        NewEventType(code, code[:3], code, "W", PLACING, True, Classification.MANUAL, bronzes)
    )
    event = edits.add_event(competition, event_type, day)
    entries = []
    for rank, of in zip(ranks, nations, strict=False):
        entries.append(edits.add_entry(event, of, team=f"Team {rank}"))
        edits.enter_rank(entries[-1], str(rank))
    edits.make_official(event, day)
    return entries


def world(book: Book, competition: int, as_of: str | None = None, *codes: str) -> tuple[int, ...]:
    scope = TableScope((competition,), as_of=as_of, disciplines=codes)
    return book.reads.medal_table(scope).world.triple


def test_rules_4_beijing_2022_the_world_sum_over_109_events(book: Book) -> None:
    competition = add_competition(book, "OWG2022", "2022-02-04", "2022-02-20", "OWG")
    with book.edits.together(Action.IMPORT_RESULTS, "Beijing 2022"):
        for number in range(108):
            day = date(2022, 2, 5 + number % 15)
            add_placings(book, competition, f"SSK{number}", day, (1, 2, 3, 4))
        *_, maier, smith = add_placings(
            book, competition, "FRSWSX", date(2022, 2, 17), (1, 2, 3, 4)
        )
    event = book.reads.event_by_path("OWG2022/FRSWSX")
    none, bronze = MedalRuling.NONE, MedalRuling.BRONZE
    for day, lines in (
        (date(2022, 2, 26), [DecisionLine(maier, medal=none), DecisionLine(smith, medal=bronze)]),
        (date(2022, 12, 13), [DecisionLine(maier, medal=bronze)]),
    ):
        new = NewDecision("CAS", day, "Appeal", lines)
        book.edits.take_decision(event, new, confirmed=True)
    assert world(book, competition, "2022-02-20") == (109, 109, 109)
    assert world(book, competition, "2022-02-26") == (109, 109, 109)
    assert world(book, competition, "2022-12-13") == (109, 109, 110)
    assert world(book, competition) == (109, 109, 110)
    assert [row.bodies for row in book.reads.audit()] == [("CAS",)]


def test_rules_4_london_2012_two_thirds_in_judo_boxing_and_taekwondo(book: Book) -> None:
    competition = add_competition(book, "OG2012", "2012-07-27", "2012-08-12", "OG")
    sums = {"JUD": (14, 14, 28), "BOX": (13, 13, 26), "TKW": (8, 8, 16)}
    with book.edits.together(Action.IMPORT_RESULTS, "London 2012"):
        for discipline, (events, *_) in sums.items():
            for number in range(events):
                code = f"{discipline}{number}"
                add_placings(book, competition, code, date(2012, 7, 28), (1, 2, 3, 3))
    found = {code: world(book, competition, None, code) for code in sums}
    assert found == sums
    assert world(book, competition) == (35, 35, 70)
    assert Counter(row.finding.reason for row in book.reads.audit()) == {"format": 35}


# R21: random competitions against the long way round

NATIONS = ("NED", "JPN", "USA", "AIN")
DAYS = [f"2026-02-{day:02}" for day in range(6, 12)]


@dataclass(frozen=True)
class Entrant:
    nation: str
    mark: str
    team: bool


@dataclass(frozen=True)
class Ruling:
    """A decision about one entrant, by number; revoked after so many days, or never."""

    entrant: int
    day: int
    status: bool
    medal: MedalRuling | None
    lasts: int | None


@dataclass(frozen=True)
class Contest:
    entrants: tuple[Entrant, ...]
    held: int
    official: int | None
    rulings: tuple[Ruling, ...]


marks = st.sampled_from(["70.00", "71.00", "71.0", "72.00", "73.00", "DNF", "DSQ", ""])
entrants = st.builds(Entrant, st.sampled_from(NATIONS), marks, st.booleans())
rulings = st.builds(
    Ruling,
    st.integers(0, 5),
    st.integers(0, 5),
    st.booleans(),
    st.none() | st.sampled_from(MedalRuling),
    st.none() | st.integers(0, 3),
)
contests = st.builds(
    Contest,
    st.lists(entrants, min_size=1, max_size=6).map(tuple),
    st.integers(0, 2),
    st.none() | st.integers(2, 4),
    st.lists(rulings, max_size=3).map(tuple),
)


def in_force(contest: Contest, day: int | None) -> Iterator[Ruling]:
    """The rulings that hold on a day, None is after all days; in the order they apply."""
    for ruling in sorted(contest.rulings, key=lambda r: max(r.day, contest.held)):
        taken = max(ruling.day, contest.held)
        if not (ruling.status or ruling.medal):
            continue
        over = ruling.lasts is not None and (day is None or day >= taken + ruling.lasts)
        if not over and (day is None or day >= taken):
            yield ruling


def medals_the_long_way(contest: Contest, day: int | None) -> dict[int, str]:
    """Who holds which medal on a day: count who was better, then read the decisions out."""
    times = {n: float(e.mark) for n, e in enumerate(contest.entrants) if e.mark[:1].isdigit()}
    held = {}
    for entrant, time in times.items():
        better = sum(other < time for other in times.values())
        if better < 3:
            held[entrant] = ("gold", "silver", "bronze")[better]
    for ruling in in_force(contest, day):
        number = ruling.entrant % len(contest.entrants)
        if ruling.status or ruling.medal:
            held.pop(number, None)
        if ruling.medal and ruling.medal.medal:
            held[number] = ruling.medal.value
    return held


def table_the_long_way(games: Sequence[Contest], day: int) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for contest in games:
        if contest.official is not None and contest.official <= day:
            for number, medal in medals_the_long_way(contest, day).items():
                counted[contest.entrants[number].nation, medal] += 1
    return counted


@contextmanager
def copied(book: Path) -> Iterator[Book]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(book, folder)).resolve()
        with Book.open(path, who="clerk") as opened:
            yield opened


def write(book: Book, games: Sequence[Contest], *, backwards: bool) -> int:
    """Type the games into a book, in one order or the other (R21: it does not matter)."""
    competition = add_competition(book, "OWG2026", DAYS[0], DAYS[-1], "OWG")
    book.edits.set_membership(competition, nation(book, "AIN"), "left_out")
    numbered = list(enumerate(games))
    for number, contest in reversed(numbered) if backwards else numbered:
        event_type = book.edits.add_event_type(
            NewEventType(f"EV{number}", "SSK", f"Event {number}", "W", TIME)
        )
        event = book.edits.add_event(
            competition, event_type, date.fromisoformat(DAYS[contest.held])
        )
        entries = write_entries(book, event, contest, backwards=backwards)
        if contest.official is not None:
            book.edits.make_official(event, date.fromisoformat(DAYS[contest.official]))
        write_rulings(book, event, contest, entries)
    return competition


def write_entries(book: Book, event: int, contest: Contest, *, backwards: bool) -> dict[int, int]:
    entries = {}
    numbered = list(enumerate(contest.entrants))
    for number, entrant in reversed(numbered) if backwards else numbered:
        name, of = f"Entrant {number}", nation(book, entrant.nation)
        athlete = None if entrant.team else book.edits.add_athlete(name)
        entries[number] = book.edits.add_entry(
            event, of, athlete=athlete, team=name if entrant.team else None
        )
        book.edits.enter_mark(book.edits.result_of(entries[number]), entrant.mark)
    return entries


def write_rulings(book: Book, event: int, contest: Contest, entries: dict[int, int]) -> None:
    for ruling in contest.rulings:
        entry = entries[ruling.entrant % len(contest.entrants)]
        status = "DSQ" if ruling.status else None
        line = DecisionLine(entry, ruling.status, status, medal=ruling.medal)
        if line.is_empty:
            continue
        taken = max(ruling.day, contest.held)
        new = NewDecision("Jury", date.fromisoformat(DAYS[taken]), "Protest", [line])
        decision = book.edits.take_decision(event, new, confirmed=True)
        if ruling.lasts is not None:
            until = date.fromisoformat(DAYS[taken]).toordinal() + ruling.lasts
            book.edits.revoke_decision(decision, date.fromordinal(until))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(games=st.lists(contests, min_size=1, max_size=3), backwards=st.booleans())
def test_r21_the_table_of_every_day_is_that_told_the_long_way(
    empty_book: Path, games: list[Contest], backwards: bool
) -> None:
    with copied(empty_book) as book:
        with book.edits.together(Action.IMPORT_RESULTS, "games"):
            competition = write(book, games, backwards=backwards)
        assert_sound(book)
        for number, day in enumerate(DAYS):
            table = book.reads.medal_table(TableScope((competition,), as_of=day))
            counted = table_the_long_way(games, number)
            found = Counter(
                {
                    (line.row.nation, medal): count
                    for line in table.lines
                    for medal, count in zip(
                        ("gold", "silver", "bronze"), line.row.tally.triple, strict=True
                    )
                    if count
                }
            )
            assert found == Counter({k: n for k, n in counted.items() if k[0] != "AIN"})
            assert table.world.total == sum(counted.values())
            assert sum(table.world.triple) == table.world.total
