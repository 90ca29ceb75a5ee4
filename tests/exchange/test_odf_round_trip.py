"""A book written as messages and read into a new one is the same book (RULES 9).

Not carried, besides what tidy results do not carry: decisions, but for what stands after them;
what a nation is in a medal table (left out, unranked); where a result comes from, which is the
message then, unless the book had a source of it. Of an athlete without a gender the import takes
that of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import make_plan
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.exchange.odf.write import export_odf
from medaldesk.exchange.sample import create_sample
from medaldesk.exchange.tidy_export import tidy_rows
from medaldesk.exchange.write_table import Row
from tests.book.worlds import POINTS, add_competition, add_event_type, nation
from tests.decided_games import TIME, create_games
from tests.exchange.importing_desk import race, rows_of, startlist, take

DAY = date(2026, 2, 9)

STANDS = """SELECT c.code, t.code, coalesce(n.printed_name, n.team_name, a.name),
    p.rank, p.rank_equal, p.sort_order, p.behind, p.status, w.medal, w.official
FROM placing AS p JOIN entry AS n ON n.id = p.entry_id JOIN event AS e ON e.id = n.event_id
JOIN competition AS c ON c.id = e.competition_id JOIN event_type AS t ON t.id = e.event_type_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '9999-12-31'
ORDER BY 1, 2, p.sort_order"""

PEOPLE = """SELECT name, family_name, given_name, birth_date FROM athlete
WHERE id NOT IN (SELECT athlete_id FROM entry WHERE printed_name IS NOT NULL)
ORDER BY name, birth_date"""

RECORDS = """SELECT record, event_type, series, of_nation, continent, venue, age_class, date,
    outcome, mark, holder, nation, competition, unit FROM v_record_history"""

POLICIES = """SELECT k.code, l.shares_equal, l.minimum_margin, l.day_best, l.wind_limit,
    l.allows_assistance, l.needs_ratification, l.age_class, l.continent, v.name
FROM record_list AS l JOIN record_kind AS k ON k.id = l.record_kind_id
LEFT JOIN venue AS v ON v.id = l.venue_id ORDER BY k.id, l.id"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "own.medaldesk", who="clerk") as own:
        add_competition(own, "OWG2026", "2026-02-06", "2026-02-22", "OWG")
        yield own


def read_in(path: Path, book: Book) -> dict[Fate, int]:
    plan = make_plan(book.reads, [(s, s.given or ImportMapping()) for s in sources_of_all([path])])
    assert not plan.problems
    apply_plan(book, plan)
    return dict(plan.rows)


LEFT_OUT = frozenset({"source", "athlete_gender", "entered_status", "membership"})


def tidy(book: Book) -> list[Row]:
    """The results of a book as tidy rows, but for what messages do not carry."""
    return [
        {column: cell for column, cell in row.items() if cell and column not in LEFT_OUT}
        for row in tidy_rows(book.reads)
        if not row.get("decision_date")
    ]


FACTS = (
    """SELECT c.code, c.name, c.city, c.start_date, c.end_date, s.code, s.name
    FROM competition AS c LEFT JOIN series AS s ON s.id = c.series_id ORDER BY 1""",
    """SELECT code, name, gender, team, mark_kind, better, decimals, classification, bronzes
    FROM event_type ORDER BY 1""",
    """SELECT c.code, t.code, v.name, e.date, e.status, e.official_at, e.classification, e.bronzes
    FROM event AS e JOIN competition AS c ON c.id = e.competition_id
    JOIN event_type AS t ON t.id = e.event_type_id LEFT JOIN venue AS v ON v.id = e.venue_id
    ORDER BY 1, 2""",
    """SELECT event, date, phase, unit, lane, start_order, rank, rank_equal, sort_order, name,
    nation, mark, score, status, medal, note FROM v_results
    ORDER BY event, phase, unit, sort_order, name""",
    "SELECT * FROM v_standings ORDER BY 1, 2, 3",
    "SELECT * FROM v_medallists ORDER BY 1, 2, 6, 7, 10",
    f"{RECORDS} ORDER BY record, event_type, series, date, mark, holder",
    f"{POLICIES.partition('ORDER')[0]} ORDER BY 1, 5, 8, 9, 10",
)
"""What is the same whether messages come together or one at a time."""


def goes_one_by_one(own: Book, folder: Path) -> None:
    """Write a book, read its messages in order into one book and together into another."""
    export_odf(own.reads, own.path, folder / "out")
    messages = sorted((folder / "out").iterdir())
    with Book.create(folder / "single.medaldesk", who="clerk") as single:
        for message in messages:
            read_in(message, single)
        assert single.check() == []
    export_odf(own.reads, own.path, folder / "all.zip")
    with Book.create(folder / "together.medaldesk", who="clerk") as together:
        read_in(folder / "all.zip", together)
    for sql in FACTS:
        assert rows_of(single.path, sql) == rows_of(together.path, sql)


def goes_round(own: Book, book: Book, folder: Path) -> None:
    """Write a book, read it into an empty one, and compare all that is to be the same."""
    export_odf(own.reads, own.path, folder / "out.zip")
    read_in(folder / "out.zip", book)
    assert tidy(book) == tidy(own)
    for sql in (STANDS, RECORDS, POLICIES):
        assert rows_of(book.path, sql) == rows_of(own.path, sql)
    # Whoever is printed by two names comes back as two people.
    assert {*rows_of(own.path, PEOPLE)} <= {*rows_of(book.path, PEOPLE)}
    assert book.check() == []
    assert {*read_in(folder / "out.zip", book)} <= {Fate.UNCHANGED}


def held(
    own: Book,
    code: str = "SSKW1000M",
    form: MarkFormat = TIME,
    method: Classification = Classification.FINAL,
) -> int:
    competition = own.reads.competition_by_code("OWG2026").id
    return own.edits.add_event(competition, add_event_type(own, code, form, method), DAY)


def enter(own: Book, event: int, name: str, mark: str = "", unit: str = "") -> int:
    """An entry with a mark; its result."""
    athlete = own.edits.add_athlete(name)
    entry = own.edits.add_entry(event, nation(own, "NED"), athlete=athlete, unit=unit)
    own.edits.enter_mark(own.edits.result_of(entry), mark)
    return entry


# Whole books


def test_the_sample(tmp_path: Path, book: Book) -> None:
    with create_sample(tmp_path / "sample.medaldesk") as sample:
        goes_round(sample, book, tmp_path)


def test_decided_games(tmp_path: Path, book: Book) -> None:
    create_games(tmp_path / "decided.medaldesk")
    with Book.open(tmp_path / "decided.medaldesk") as games:
        goes_round(games, book, tmp_path)


def test_the_messages_of_the_sample_one_by_one(tmp_path: Path) -> None:
    with create_sample(tmp_path / "sample.medaldesk") as sample:
        goes_one_by_one(sample, tmp_path)


def test_the_messages_of_decided_games_one_by_one(tmp_path: Path) -> None:
    create_games(tmp_path / "decided.medaldesk")
    with Book.open(tmp_path / "decided.medaldesk") as games:
        goes_one_by_one(games, tmp_path)


def test_the_messages_of_a_folder_in_any_order(tmp_path: Path, own: Book, book: Book) -> None:
    enter(own, held(own), "A First", "1:15.00")
    export_odf(own.reads, own.path, tmp_path / "out")
    paths = sorted((tmp_path / "out").iterdir(), reverse=True)
    plan = make_plan(book.reads, [(s, s.given or ImportMapping()) for s in sources_of_all(paths)])
    apply_plan(book, plan)
    assert tidy(book) == tidy(own)


# Single facts


def every_fact_of_a_result(own: Book) -> None:
    event = held(own)
    first = enter(own, event, "A First", "1:15.00", "1 i")
    second = enter(own, event, "B Second", "1:15.00", "1 o")
    enter(own, event, "C Fell", "DNF", "2 i")
    result, other = own.edits.result_of(first), own.edits.result_of(second)
    own.edits.enter_tie_break(result, "1")
    own.edits.enter_tie_break(other, "2")
    own.edits.enter_clock_time(result, "17:30")
    own.edits.enter_start_order(result, "7")
    own.edits.write_note(result, "re-run <after> a fall & a “protest”")
    own.edits.describe_athlete(1, gender="W", birth_date=date(1998, 12, 30))


def several_phases(own: Book) -> None:
    event = held(own)
    (heats,) = own.reads.event_head(event).phases
    own.edits.rename_phase(heats.id, "Heats")
    entries = [enter(own, event, f"{n} Skater", f"1:1{n}.00", f"{n % 2 + 1}") for n in range(6)]
    for name, start in (("Semi-finals", 4), ("Final B", 2), ("Final", 0)):
        phase = own.edits.add_phase(event, name)
        for n in range(start, start + 2):
            own.edits.enter_mark(own.edits.add_result(entries[n], phase), f"1:2{9 - n}.00")
    own.edits.make_official(event, date(2026, 2, 10))


def phases_by_place(own: Book) -> None:
    event = held(own, "SSKW500M", method=Classification.TOTAL)
    (first,) = own.reads.event_head(event).phases
    own.edits.rename_phase(first.id, "Race 1")
    second = own.edits.add_phase(event, "Race 2")
    for name, one, two in (("A One", "38.10", "38.40"), ("B Two", "38.20", "38.20")):
        entry = enter(own, event, name, one)
        own.edits.enter_mark(own.edits.add_result(entry, second), two)
    enter(own, event, "C Three", "38.00")


def ranks_alone(own: Book) -> None:
    placing = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)
    event = held(own, "SSKWMASS", placing, Classification.MANUAL)
    (phase,) = own.reads.event_head(event).phases
    own.edits.rename_phase(phase.id, "Race")
    for name, rank in (("A One", "1"), ("B Two", "2"), ("C Two", "2"), ("D Four", "4")):
        own.edits.enter_rank(enter(own, event, name), rank)
    enter(own, event, "E Out", "DSQ")
    own.edits.make_official(event, DAY)


def points(own: Book) -> None:
    event = held(own, "SSKWPTS", POINTS)
    for name, mark in (("A One", "99.5"), ("B Two", "100"), ("C Three", "98.25")):
        enter(own, event, name, mark)


def teams(own: Book) -> None:
    competition = own.reads.competition_by_code("OWG2026").id
    new = NewEventType("SSKWTP", "SSK", "Team pursuit", "W", TIME, team=True)
    event = own.edits.add_event(competition, own.edits.add_event_type(new), DAY)
    for team, mark in (("Netherlands 2", "3:01.00"), ("Netherlands 1", "3:00.00"), ("Third", "")):
        entry = own.edits.add_entry(event, nation(own, "NED"), team=team)
        names = [f"{team} {letter}" for letter in "BAC"]
        own.edits.set_members(entry, [own.edits.add_athlete(name) for name in names])
        own.edits.enter_mark(own.edits.result_of(entry), mark)


def odd_names(own: Book) -> None:
    competition = own.reads.competition_by_code("OWG2026").id
    for code in (
        "WOMEN-S-CROSS-COUNTRY-RELAY-OF-OLD",
        "X",
        "SSKW",
        "WOMEN-S-CROSS-COUNTRY-RELAY-2",
    ):
        new = NewEventType(code, "SSK", f"Event of {code}", "W", TIME)
        event = own.edits.add_event(competition, own.edits.add_event_type(new), DAY)
        enter(own, event, "Anna Same", "1:15.00")
    event = held(own)
    for name in ("Pelé", "Li Na", "<b>Bold</b> & “Quote”", "Anna  van der  Weijden", "Ragnhild"):
        enter(own, event, name, "1:15.00")
    athlete = own.edits.add_athlete("Jane New")
    own.edits.add_entry(event, nation(own, "USA"), athlete=athlete, printed_name="Jane Old")


def record_lists(own: Book) -> None:
    event = held(own)
    kind = own.reads.event_type_by_code("SSKW1000M").id
    ned = nation(own, "NED")
    own.edits.set_baseline(
        own.edits.add_record_list("WR", kind),
        NewBaseline("Ada Old", "1:16.00", nation(own, "USA"), date(2020, 1, 1), "Oslo"),
    )
    policy = own.reads.record_lists()[0].policy
    own.edits.add_record_list(
        "NR", kind, nation=ned, policy=replace(policy, shares_equal=False, minimum_margin=20_000)
    )
    own.edits.add_record_list("OR", kind, series="OWG", policy=replace(policy, day_best=True))
    own.edits.add_record_list("WJR", kind, age_class="U20")
    for unit, mark in enumerate(("1:15.00", "1:14.99", "1:14.50", "1:14.50"), start=1):
        enter(own, event, f"{unit} Skater", mark, str(unit))


BOOKS = (
    every_fact_of_a_result,
    several_phases,
    phases_by_place,
    ranks_alone,
    points,
    teams,
    odd_names,
    record_lists,
)


@pytest.mark.parametrize("fill", BOOKS, ids=lambda fill: fill.__name__)
def test_single_facts(fill: Callable[[Book], None], own: Book, book: Book, tmp_path: Path) -> None:
    fill(own)
    goes_round(own, book, tmp_path)


@pytest.mark.parametrize("fill", BOOKS, ids=lambda fill: fill.__name__)
def test_single_facts_one_by_one(fill: Callable[[Book], None], own: Book, tmp_path: Path) -> None:
    fill(own)
    goes_one_by_one(own, tmp_path)


def test_entries_without_a_result(own: Book, book: Book, tmp_path: Path) -> None:
    take(own, race("athlete,nation,medal", "Karin Enke,GDR,gold", "Natalya Petrusyova,URS,"))
    goes_round(own, book, tmp_path)
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(2,)]


def test_a_start_list(own: Book, book: Book, tmp_path: Path) -> None:
    take(own, race("athlete,nation", "Karin Enke,GDR", "Christa Rothenburger,GDR"), startlist())
    goes_round(own, book, tmp_path)


def test_a_later_export_takes_back_what_is_no_longer_there(
    own: Book, book: Book, tmp_path: Path
) -> None:
    event = held(own)
    first, _ = enter(own, event, "A First", "1:15.00"), enter(own, event, "B Second", "1:16.00")
    own.edits.make_official(event, DAY)
    export_odf(own.reads, own.path, tmp_path / "first.zip")
    read_in(tmp_path / "first.zip", book)
    own.edits.reopen_event(event)
    own.edits.delete_entry(first)
    own.edits.make_official(event, DAY)
    export_odf(own.reads, own.path, tmp_path / "second.zip")
    read_in(tmp_path / "second.zip", book)
    assert tidy(book) == tidy(own)
