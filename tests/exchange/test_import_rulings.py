"""Decisions in tidy results: rows of their own, that come in as they went out (RULES R8, R9)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import (
    BadRank,
    DecisionBeforeEvent,
    EmptyField,
    NotEntered,
    NothingDecided,
    RevokedBeforeTaken,
    SeveralOfThatName,
    UnknownCode,
)
from medaldesk.book.import_errors import NotOneOf
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.tidy_export import export_tidy, tidy_rows
from tests.book.test_world_sums import PLACING
from tests.book.worlds import add_competition, add_event_type, nation
from tests.exchange.importing_desk import race, rows_of, sheet, take
from tests.exchange.test_import_round_trip import STANDS, read_in

COLUMNS = (
    "athlete,nation,mark,official,status,entered_status,decision_date,decision_body,"
    "decision_reason,decision_status,decision_rank,decision_medal,decision_revoked"
)
RESULTS = [
    "Ann One,USA,1:20.00,1984-02-13,DSQ,none,,,,,,,",
    "Bea Two,NED,1:21.00,1984-02-13,,,,,,,,,",
    "Cis Three,GDR,1:22.00,1984-02-13,,,,,,,,,",
]
STRUCK = [
    "Ann One,USA,,,,,1984-03-01,ISU,doping,DSQ,none,none,",
    "Bea Two,NED,,,,,1984-03-01,ISU,doping,,1,gold,",
]
LINES = """SELECT d.date, d.body, d.revoked_on, l.sets_status, l.status, l.sets_rank, l.rank,
    l.medal
FROM decision AS d JOIN decision_line AS l ON l.decision_id = d.id ORDER BY d.id, l.id"""


def struck(*rows: str) -> Source:
    return race(COLUMNS, *RESULTS, *rows)


def test_rows_of_one_day_body_and_reason_are_one_decision(book: Book):
    source = struck(*STRUCK)
    plan = take(book, source)
    assert plan.rows == {Fate.NEW: 5}
    assert plan.counts["decision"].new == 1
    assert plan.counts["result"].new == 3
    assert rows_of(book.path, LINES) == [
        ("1984-03-01", "ISU", None, 1, "DSQ", 1, None, "none"),
        ("1984-03-01", "ISU", None, 0, None, 1, 1, "gold"),
    ]
    assert rows_of(book.path, "SELECT status FROM result") == [(None,)] * 3
    assert [(rank, name, medal) for rank, name, _, _, medal in sheet(book.path)] == [
        (1, "Bea Two", "gold"),
        (3, "Cis Three", "bronze"),
        (None, "Ann One", None),
    ]
    assert book.check() == []
    assert take(book, source).rows == {Fate.UNCHANGED: 5}


def test_decisions_may_stand_before_the_results(book: Book):
    take(book, race(COLUMNS, *STRUCK, *RESULTS))
    assert [medal for *_, medal in sheet(book.path)] == ["gold", "bronze", None]


def test_a_later_decision_on_the_same_day_holds(book: Book):
    again = "Ann One,USA,,,,,1984-03-01,ISU,doping,,,silver,"
    take(book, struck(*STRUCK, again))
    assert [line[-1] for line in rows_of(book.path, LINES)] == ["none", "gold", "silver"]
    assert rows_of(book.path, "SELECT count(*) FROM decision") == [(2,)]


def test_that_a_decision_was_revoked_is_news(book: Book):
    take(book, struck(*STRUCK))
    rows = [f"{row}1984-06-01" for row in STRUCK]
    plan = take(book, struck(*rows))
    assert plan.rows == {Fate.CHANGED: 1, Fate.UNCHANGED: 4}
    assert rows_of(book.path, "SELECT revoked_on FROM decision") == [("1984-06-01",)]
    assert [medal for *_, medal in sheet(book.path)] == ["gold", "silver", "bronze"]
    assert book.check() == []


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("Dora Four,USA,,,,,1984-03-01,ISU,doping,DSQ,,,", "athlete", NotEntered),
        ("Ann One,USA,,,,,1984-03-01,,doping,DSQ,,,", "decision_body", EmptyField),
        ("Ann One,USA,,,,,1984-03-01,ISU,,DSQ,,,", "decision_reason", EmptyField),
        ("Ann One,USA,,,,,1984-03-01,ISU,doping,,,,", "decision_date", NothingDecided),
        ("Ann One,USA,,,,,1983-03-01,ISU,doping,DSQ,,,", "decision_date", DecisionBeforeEvent),
        ("Ann One,USA,,,,,1984-03-01,ISU,doping,LOST,,,", "decision_status", UnknownCode),
        ("Ann One,USA,,,,,1984-03-01,ISU,doping,,-,,", "decision_rank", BadRank),
        ("Ann One,USA,,,,,1984-03-01,ISU,doping,,,lead,", "decision_medal", NotOneOf),
        (
            "Ann One,USA,,,,,1984-03-01,ISU,doping,DSQ,,,1984-02-20",
            "decision_revoked",
            RevokedBeforeTaken,
        ),
    ],
)
def test_a_decision_that_is_wrong_is_left(
    book: Book, row: str, column: str, error: type[BaseException]
):
    plan = take(book, struck(row))
    (problem,) = plan.problems
    assert (problem.row, problem.column, type(problem.error)) == (5, column, error)
    assert rows_of(book.path, "SELECT count(*) FROM decision") == [(0,)]


def test_a_decision_on_one_of_two_that_nothing_tells_apart_is_left(book: Book):
    """The medal that the results give is kept all the same: by a decision that quotes the file."""
    source = race(
        COLUMNS.replace("athlete", "team").replace("status,", "medal,", 1),
        "GER,GER,3:00.00,1984-02-13,,,,,,,,,",
        "GER,GER,3:01.00,1984-02-13,gold,,,,,,,,",
        "GER,GER,,,,,1984-03-01,ISU,doping,,,none,",
    )
    plan = take(book, source)
    (problem,) = plan.problems
    assert (problem.row, type(problem.error)) == (4, SeveralOfThatName)
    assert [medal for *_, medal in sheet(book.path)] == [None, "gold"]


# A book of everything that is awkward


def awkward(book: Book) -> None:
    """Capitals, commas, quotes, namesakes, teams, medals of every ruling."""
    edits = book.edits
    games = add_competition(book, "OWG2026", "2026-02-06", "2026-02-22", "OWG")
    event_type = add_event_type(book, "W1000", method=Classification.TOTAL)
    event = edits.add_event(games, event_type, date(2026, 2, 9), venue="Oval, the 'old' one")
    people = ["Nils van der POEL", "Li Na", "Li Na", "Smith, Jr.", "'=KC", 'O\'BRIEN "Bob"']
    entries = []
    for number, name in enumerate(people, start=1):
        athlete = edits.add_athlete(name, gender="W" if number % 2 else None)
        born = date(1990, 1, number)
        edits.describe_athlete(athlete, gender="W" if number % 2 else None, birth_date=born)
        entries.append(edits.add_entry(event, nation(book, "CHN"), athlete=athlete, unit="1"))
        edits.enter_mark(edits.result_of(entries[-1]), f"1:1{number}.00")
    second = edits.add_phase(event, "Run 2")
    for number, entry in enumerate(entries):
        result = edits.add_result(entry, second, unit=f"{1 + number // 2}", start_order=6 - number)
        edits.enter_mark(result, "DNF" if number == 5 else f"1:2{number // 2}.5")
        edits.enter_tie_break(result, str(9 - number))
        edits.enter_wind(result, "+1.5")
        edits.enter_clock_time(result, f"16:0{number}")
    edits.make_official(event, date(2026, 2, 9))
    rulings = [MedalRuling.WITHHELD, MedalRuling.PENDING, MedalRuling.NONE, MedalRuling.GOLD]
    for day, (entry, ruling) in enumerate(zip(entries, rulings, strict=False), start=10):
        line = DecisionLine(entry, sets_rank=True, rank=day, medal=ruling)
        new = NewDecision('Jury, "A"', date(2026, 3, day), "=rule 5", [line], "minutes")
        edits.take_decision(event, new, confirmed=True)
    line = DecisionLine(entries[4], sets_status=True, status="DSQ")
    edits.take_decision(event, NewDecision("CAS", date(2026, 4, 1), "x", [line]), confirmed=True)
    _manual(book, games)


def _manual(book: Book, games: int) -> None:
    edits = book.edits
    new = NewEventType("FSKX", "FSK", "Teams", "X", PLACING, True, Classification.MANUAL)
    event = edits.add_event(games, edits.add_event_type(new), date(2026, 2, 10))
    for rank in ("1", "2", "3"):
        entry = edits.add_entry(event, nation(book, "JPN"), team=f"Japan {rank}")
        edits.enter_rank(entry, rank)
        edits.set_members(entry, [edits.add_athlete(f"Member {rank}{n}") for n in range(2)])
    edits.make_official(event, date(2026, 2, 11))
    line = DecisionLine(entry, sets_rank=True, rank=7, medal=MedalRuling.NONE)
    edits.take_decision(event, NewDecision("ISU", date(2026, 2, 12), "age", [line]), confirmed=True)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_awkward_book_goes_out_and_comes_in(
    tmp_path: Path, empty_book: Path, book: Book, suffix: str
):
    other = tmp_path / "other.medaldesk"
    other.write_bytes(empty_book.read_bytes())
    out = tmp_path / f"out.{suffix}"
    with Book.open(other, who="clerk") as source:
        awkward(source)
        export_tidy(source.reads, source.path, out)
        read_in(out, book)
        assert list(tidy_rows(book.reads)) == list(tidy_rows(source.reads))
        assert rows_of(book.path, STANDS) == rows_of(source.path, STANDS)
        decided = "SELECT date, body, reason, source_id IS NULL FROM decision ORDER BY id"
        assert rows_of(book.path, decided) == rows_of(source.path, decided)
        assert rows_of(book.path, LINES) == rows_of(source.path, LINES)
        known = (
            "SELECT name, family_name, given_name, gender, birth_date FROM athlete ORDER BY 1, 5"
        )
        assert rows_of(book.path, known) == rows_of(source.path, known)
    assert book.check() == []
    assert set(read_in(out, book)) == {Fate.UNCHANGED}
