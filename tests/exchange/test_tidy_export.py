"""A book as tidy results: every fact in its column, every result in its row, in its order."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import BookExists, UnknownCode
from medaldesk.domain.cells import plain
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.exchange.sample import create_sample
from medaldesk.exchange.tidy import TIDY_COLUMNS
from medaldesk.exchange.tidy_export import COLUMNS, export_tidy, tidy_rows
from medaldesk.exchange.write_table import Row
from tests.book.worlds import add_competition, add_event_type, nation
from tests.decided_games import RELAY, SKI_CROSS, SLALOM, SPRINT, create_games

DAY = date(2026, 2, 9)


@pytest.fixture
def games(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "games.medaldesk"
    create_games(path)
    with Book.open(path) as book:
        yield book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "book.medaldesk", who="clerk") as book:
        add_competition(book, "OWG2026", "2026-02-06", "2026-02-22", "OWG")
        yield book


def held(
    book: Book, code: str = "W1000", method: Classification = Classification.FINAL, day: date = DAY
) -> int:
    competition = book.reads.competition_by_code("OWG2026").id
    return book.edits.add_event(competition, add_event_type(book, code, method=method), day)


def enter(book: Book, event: int, name: str, mark: str = "", unit: str = "") -> int:
    """An entry for the Netherlands with a mark in the first phase."""
    athlete = book.edits.add_athlete(name)
    entry = book.edits.add_entry(event, nation(book, "NED"), athlete=athlete, unit=unit)
    book.edits.enter_mark(book.edits.result_of(entry), mark)
    return entry


def enter_team(book: Book, event: int, name: str, *members: str) -> int:
    entry = book.edits.add_entry(event, nation(book, "NED"), team=name)
    book.edits.set_members(entry, [book.edits.add_athlete(each) for each in members])
    return entry


def rows(book: Book, *events: int) -> list[Row]:
    return list(tidy_rows(book.reads, events=events))


def results(rows: list[Row]) -> list[Row]:
    """Those that are about no decision."""
    return [row for row in rows if not row.get("decision_date")]


def told(row: Row, *columns: str) -> tuple[object, ...]:
    return tuple(row.get(column) for column in columns)


def test_every_column_of_the_format_is_written_in_its_order() -> None:
    assert [column.name for column in COLUMNS] == list(TIDY_COLUMNS)


def test_the_founding_race(tmp_path: Path) -> None:
    with create_sample(tmp_path / "sample.medaldesk", who="clerk") as book:
        leerdam = next(row for row in tidy_rows(book.reads) if row["mark"] == "1:12.31")
    assert set(leerdam) <= set(TIDY_COLUMNS)
    assert {name: value for name, value in leerdam.items() if value not in (None, "")} == {
        "series": "OWG",
        "competition": "OWG2026",
        "competition_name": "Milano Cortina 2026",
        "city": "Milano and Cortina d'Ampezzo",
        "start_date": "2026-02-06",
        "end_date": "2026-02-22",
        "discipline": "SSK",
        "event": "SSKW1000M",
        "event_name": "Women's 1000 m",
        "gender": "W",
        "mark_kind": "time",
        "better": "lower",
        "decimals": 2,
        "classification": "final",
        "bronzes": 1,
        "venue": "Milano Speed Skating Stadium",
        "date": "2026-02-09",
        "phase": "Final",
        "unit": 15,
        "lane": "o",
        "athlete": "Jutta Leerdam",
        "family_name": "Leerdam",
        "given_name": "Jutta",
        "athlete_gender": "W",
        "nation": "NED",
        "mark": "1:12.31",
        "rank": 1,
        "medal": "gold",
        "official": "2026-02-09",
        "source": "published results",
    }


def test_competitions_events_phases_and_lines_come_in_their_order(book: Book) -> None:
    add_competition(book, "EARLIER", "2026-01-06", "2026-01-22")
    later, first = held(book, "W5000", day=date(2026, 2, 12)), held(book, "WB")
    same_day = held(book, "WA")
    earlier = book.edits.add_event(
        book.reads.competition_by_code("EARLIER").id,
        book.reads.event_type_by_code("WB").id,
        date(2026, 1, 7),
    )
    for event in (later, first, same_day, earlier):
        enter(book, event, f"Second {event}", "1:13")
        enter(book, event, f"First {event}", "1:12")
    found = [told(row, "competition", "event", "athlete") for row in tidy_rows(book.reads)]
    assert found == [
        (competition, code, f"{name} {event}")
        for competition, code, event in (
            ("EARLIER", "WB", earlier),
            ("OWG2026", "WA", same_day),
            ("OWG2026", "WB", first),
            ("OWG2026", "W5000", later),
        )
        for name in ("First", "Second")
    ]
    assert found == [told(row, "competition", "event", "athlete") for row in tidy_rows(book.reads)]


def test_r5_a_row_for_each_phase_with_rank_and_medal_in_the_last(book: Book) -> None:
    event = held(book)
    kok = enter(book, event, "Femke Kok", "1:14.20", unit="2 o")
    bowe = enter(book, event, "Brittany Bowe", "1:14.10", unit="1 i")
    (heats,) = book.reads.event_head(event).phases
    book.edits.rename_phase(heats.id, "Heats")
    final = book.edits.add_phase(event, "Final")
    run = book.edits.add_result(kok, final, unit="1", start_order=2)
    book.edits.enter_mark(run, "1:13.0")
    book.edits.enter_clock_time(run, "17:30")
    with book.edits.together(Action.CHANGE_EVENT, "heats") as writer:
        writer.update("phase", heats.id, date="2026-02-08")
        writer.update("entry", bowe, bib="7", note="protested")
    columns = ("phase", "date", "time", "unit", "order", "lane", "athlete", "mark", "rank", "medal")
    assert [told(row, *columns) for row in rows(book, event)] == [
        ("Heats", "2026-02-08", None, 2, None, "o", "Femke Kok", "1:14.20", None, None),
        ("Heats", "2026-02-08", None, 1, None, "i", "Brittany Bowe", "1:14.10", 2, "silver"),
        ("Final", "2026-02-09", "17:30", 1, 2, None, "Femke Kok", "1:13.0", 1, "gold"),
    ]
    assert told(rows(book, event)[1], "bib", "note") == ("7", "protested")


def test_an_entry_without_a_result_has_a_row(book: Book) -> None:
    event = held(book)
    enter(book, event, "Femke Kok", "1:14.20")
    enter(book, event, "Brittany Bowe", "dns")
    enter(book, event, "Miho Takagi")
    lone = enter(book, event, "Antoinette Rijpma")
    with book.edits.together(Action.CHANGE_ENTRY, "lone") as writer:
        writer.delete("result", book.edits.result_of(lone))
    assert [told(row, "athlete", "phase", "mark", "status") for row in rows(book, event)] == [
        ("Femke Kok", "Final", "1:14.20", None),
        ("Miho Takagi", "Final", None, None),
        ("Brittany Bowe", "Final", None, "DNS"),
        ("Antoinette Rijpma", None, None, None),
    ]


def test_r11_the_members_of_a_team_follow_its_first_row(book: Book) -> None:
    event = held(book)
    team = enter_team(book, event, "Netherlands 1", "Femke Kok", "Jutta Leerdam")
    enter_team(book, event, "Netherlands 2", "Suzanne Schulting")
    final = book.edits.add_phase(event, "Final")
    book.edits.enter_mark(book.edits.add_result(team, final), "2:50")
    columns = ("phase", "team", "member_of", "athlete", "family_name", "nation", "mark")
    assert [told(row, *columns) for row in rows(book, event)] == [
        ("Final", "Netherlands 1", None, None, None, "NED", None),
        (None, None, "Netherlands 1", "Femke Kok", "Kok", "NED", None),
        (None, None, "Netherlands 1", "Jutta Leerdam", "Leerdam", "NED", None),
        ("Final", "Netherlands 2", None, None, None, "NED", None),
        (None, None, "Netherlands 2", "Suzanne Schulting", "Schulting", "NED", None),
        ("Final", "Netherlands 1", None, None, None, "NED", "2:50"),
    ]


def test_r8_status_and_medal_are_those_after_decisions(games: Book) -> None:
    sprint = rows(games, games.reads.event_by_path(SPRINT))
    columns = ("athlete", "mark", "status", "entered_status", "rank", "medal", "wind")
    assert [told(row, *columns) for row in results(sprint)] == [
        ("Katerina Thanou", "11.12", None, None, 2, "silver", ""),
        ("Tayna Lawrence", "11.18", None, None, 3, "silver", ""),
        ("Merlene Ottey", "11.19", None, None, 3, "bronze", ""),
        ("Marion Jones", "10.75", "DSQ", "none", None, None, "-0.4"),
    ]
    cross = rows(games, games.reads.event_by_path(SKI_CROSS))
    assert [row["medal"] for row in results(cross)] == ["gold", "silver", "bronze", "bronze"]


def test_r9_decisions_stand_behind_the_results_in_their_order(games: Book) -> None:
    columns = ("athlete", "nation", "decision_status", "decision_rank", "decision_medal")
    sprint = rows(games, games.reads.event_by_path(SPRINT))
    assert [told(row, *columns) for row in sprint[4:]] == [
        ("Marion Jones", "USA", "DSQ", "none", "none"),
        ("Tayna Lawrence", "JAM", None, None, "silver"),
        ("Merlene Ottey", "JAM", None, "3", "bronze"),
    ]
    heads = {told(row, "decision_date", "decision_body", "decision_reason") for row in sprint[4:]}
    assert heads == {("2009-12-09", "IOC", "doping")}
    assert not any(row.get("mark") or row.get("rank") or row.get("medal") for row in sprint[4:])
    cross = rows(games, games.reads.event_by_path(SKI_CROSS))
    assert [told(row, "athlete", "decision_body", "decision_rank") for row in cross[4:]] == [
        ("Fanny Smith", "FIS", "3"),
        ("Daniela Maier", "FIS", "4"),
        ("Daniela Maier", "CAS", "3"),
    ]


def test_r9_a_revoked_decision_leaves_nothing(games: Book) -> None:
    event = games.reads.event_by_path(SPRINT)
    (decision,) = games.reads.decisions(event=event)
    games.edits.revoke_decision(decision.id, date(2010, 1, 1))
    first, *_ = rows(games, event)
    assert told(first, "athlete", "status", "medal") == ("Marion Jones", None, "gold")


def test_r10_an_event_under_way_is_as_it_stands_and_not_official(games: Book) -> None:
    slalom = rows(games, games.reads.event_by_path(SLALOM))
    assert [told(row, "official", "medal", "tie_break", "rank") for row in slalom] == [
        (None, "gold", None, 1),
        (None, "silver", 1, 2),
        (None, "bronze", 2, 3),
        (None, None, None, 4),
        (None, None, None, 4),
    ]


def test_r4_in_a_manual_event_the_rank_is_what_was_typed(book: Book) -> None:
    new = NewEventType(
        "FSKW",
        "FSK",
        "Women's singles",
        "W",
        MarkFormat(MarkKind.PLACING, Better.LOWER, 0),
        classification=Classification.MANUAL,
    )
    competition = book.reads.competition_by_code("OWG2026").id
    event = book.edits.add_event(competition, book.edits.add_event_type(new), DAY)
    entries = {name: enter(book, event, name) for name in ("Anna", "Berta")}
    for name, rank in (("Anna", "1"), ("Berta", "2")):
        book.edits.enter_rank(entries[name], rank)
    line = DecisionLine(entries["Anna"], sets_rank=True, rank=5, medal=MedalRuling.NONE)
    book.edits.take_decision(event, NewDecision("ISU", DAY, "age", [line]), confirmed=True)
    lines = results(rows(book, event))
    assert {row["athlete"]: told(row, "rank", "medal") for row in lines} == {
        "Anna": (1, None),
        "Berta": (2, "silver"),
    }


def test_scores_are_printed_as_they_are_kept(book: Book) -> None:
    form = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
    competition = book.reads.competition_by_code("OWG2026").id
    new = NewEventType("IHOW", "IHO", "Women", "W", form, classification=Classification.MANUAL)
    event = book.edits.add_event(competition, book.edits.add_event_type(new), DAY)
    enter(book, event, "Anna", "3-2 (4-3)")
    assert [row["mark"] for row in rows(book, event)] == ["3–2 (4–3)"]


def test_r13_the_code_is_that_of_the_first_day(book: Book) -> None:
    competition = add_competition(book, "OG1952", "1952-07-19", "1952-08-03")
    event = book.edits.add_event(competition, add_event_type(book, "W1"), date(1952, 7, 20))
    urs = next(row for row in book.reads.nations() if row.name == "Soviet Union")
    book.edits.add_entry(event, urs.id, athlete=book.edits.add_athlete("Anna"))
    assert [row["nation"] for row in rows(book, event)] == ["URS"]


def test_the_source_is_the_nearest_that_is_known(book: Book) -> None:
    competition = book.reads.competition_by_code("OWG2026").id
    event_type = add_event_type(book, "W1")
    event = book.edits.add_event(competition, event_type, DAY, source="Results book")
    kok, bowe = (book.edits.add_athlete(name) for name in ("Femke Kok", "Brittany Bowe"))
    book.edits.add_entry(event, nation(book, "NED"), athlete=kok, source="Timing")
    book.edits.add_entry(event, nation(book, "USA"), athlete=bowe)
    found = {row["athlete"]: row["source"] for row in rows(book, event)}
    assert found == {"Femke Kok": "Timing", "Brittany Bowe": "Results book"}


def test_some_competitions_and_some_events(games: Book) -> None:
    beijing = games.reads.competition_by_code("OWG2022").id
    sprint = games.reads.event_by_path(SPRINT)
    both = tidy_rows(games.reads, competitions=[beijing], events=[sprint])
    paths = [f"{row['competition']}/{row['event']}" for row in both]
    assert list(dict.fromkeys(paths)) == [SPRINT, RELAY, SKI_CROSS]
    with pytest.raises(UnknownCode):
        games.reads.tidy_event(-1)


def test_what_is_written_meanwhile_is_not_in_it(games: Book) -> None:
    with Book.open(games.path, read_only=True) as reader:
        found = tidy_rows(reader.reads)
        first = next(found)
        event = games.reads.event_by_path(SLALOM)
        enter(games, event, "Latecomer", "1:39.00")
        assert "Latecomer" not in [row["athlete"] for row in (first, *found)]
        assert "Latecomer" in [row["athlete"] for row in tidy_rows(reader.reads)]


def test_rows_that_nobody_reads_to_the_end_hold_nothing_open(games: Book) -> None:
    found = tidy_rows(games.reads)
    next(found)
    found.close()
    games.edits.rename_book("Free again")
    assert games.reads.title() == "Free again"


NAMES = [
    '=HYPERLINK("x")',
    "+Plus",
    "-Minus",
    "@At",
    "'t Hart",
    'A "B", C',
    "Đặng Thị Ngọc",
    "<r>x</r>",
]


def test_both_formats_hold_the_same_and_give_names_back(book: Book, tmp_path: Path) -> None:
    event = held(book)
    for number, name in enumerate(NAMES):
        result = book.edits.result_of(enter(book, event, name, f"1:1{number}.5"))
        book.edits.write_note(result, f"{name} again")
    for name in ("out.csv", "out.xlsx"):
        count = export_tidy(book.reads, book.path, tmp_path / name)
        assert count == len(NAMES)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        texts = list(csv.reader(file))
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0)
    header, *cells = sheet.to_python()
    assert texts[0] == header == list(TIDY_COLUMNS)
    assert [[plain(cell) for cell in line] for line in texts[1:]] == [
        [f"{cell:.0f}" if isinstance(cell, float) else cell for cell in line] for line in cells
    ]
    assert [row[header.index("athlete")] for row in cells] == NAMES
    assert [row[header.index("note")] for row in cells] == [f"{name} again" for name in NAMES]


def test_the_book_itself_is_not_overwritten(book: Book) -> None:
    path = book.path.with_suffix(".csv")
    path.symlink_to(book.path)
    with pytest.raises(BookExists):
        export_tidy(book.reads, book.path, path)
    assert book.check() == []


def test_an_empty_book_is_a_header(book: Book, tmp_path: Path) -> None:
    assert export_tidy(book.reads, book.path, tmp_path / "out.csv") == 0
    text = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert text == ",".join(TIDY_COLUMNS) + "\n"
