"""What stands in the reports, whatever the format."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.reads import Reads
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.standings import RankBy
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.reports import content
from medaldesk.reports.document import Document, joined, missing_decimals, most_decimals


def games(reads: Reads, code: str = "OWG2026") -> int:
    return reads.competition_by_code(code).id


def olympic_record(reads: Reads) -> int:
    return next(kept.id for kept in reads.record_lists() if kept.code == "OR")


def column(document: Document, title: str) -> list[str]:
    place = [column.title for column in document.columns].index(title)
    return [row.cells[place] for row in document.rows]


def test_every_row_has_a_cell_a_column_and_a_value_a_key(reads: Reads) -> None:
    documents = [
        content.medal_table(reads, games(reads)),
        content.event_results(reads, reads.event_by_path(FOUNDING_RACE)),
        content.record_history(reads, olympic_record(reads)),
        content.journal(reads, 10),
        content.no_records(reads),
    ]
    for document in documents:
        assert all(len(row.cells) == len(document.columns) for row in document.rows)
        assert all(tuple(row.data) == document.keys for row in document.rows)
        assert len(document.totals) in (0, len(document.columns))


def test_the_medal_table_of_the_founding_race(reads: Reads) -> None:
    table = content.medal_table(reads, games(reads), as_of="2026-02-09")
    assert [row.cells for row in table.rows] == [
        ("1", "NED", "Netherlands", "1", "1", "0", "2", "1"),
        ("2", "JPN", "Japan", "0", "0", "1", "1", "2"),
    ]
    assert table.totals == ("", "", "Total", "1", "1", "1", "3", "")
    assert table.context == "Milano Cortina 2026 · 6–22 February 2026 · 1 event"
    assert table.status == "Official"
    assert table.head["as_of"] == "2026-02-09"


def test_ranked_by_total_the_other_rank_stands_beside(reads: Reads) -> None:
    table = content.medal_table(reads, games(reads, "OWG2002"), rank_by=RankBy.TOTAL)
    assert [row.cells[:2] + row.cells[-1:] for row in table.rows] == [
        ("1", "USA", "1"),
        ("2", "GER", "2"),
    ]
    assert table.columns[-1].title == "By gold"
    assert table.notes == ("Ranked by the total of medals.",)
    assert [row.data["rank_total"] for row in table.rows] == [1, 2]


def test_a_shared_rank_is_explained(reads: Reads) -> None:
    table = content.medal_table(reads, games(reads, "OWG1998"), rank_by=RankBy.TOTAL)
    assert column(table, "Rank") == ["=1", "=1", "=1"]
    assert "equals sign" in table.notes[0]


def test_the_results_of_the_founding_race(reads: Reads) -> None:
    sheet = content.event_results(reads, reads.event_by_path(FOUNDING_RACE))
    assert column(sheet, "Time")[:3] == ["1:12.31", "1:12.59", "1:13.95"]
    assert column(sheet, "Behind")[:3] == ["", "+0.28", "+1.64"]
    assert column(sheet, "Record")[:3] == ["OR", "OR", ""]
    assert column(sheet, "Medal")[:4] == ["Gold", "Silver", "Bronze", ""]
    assert [(fact.label, fact.text) for fact in sheet.facts] == [
        ("World record before", "1:11.61 Brittany Bowe (USA), Salt Lake City, 9 Mar 2019"),
        ("Olympic record before", "1:13.19 Miho Takagi (JPN), Beijing 2022, 17 Feb 2022"),
    ]
    assert sheet.notes[0] == "OR: Olympic record"
    assert "Brittany Bowe: official rank 4" in sheet.notes


def test_the_history_of_the_olympic_record_runs_from_the_oldest(reads: Reads) -> None:
    history = content.record_history(reads, olympic_record(reads))
    marks = column(history, "Time")
    assert (marks[0], marks[-1]) == ("1:34.1", "1:12.31")
    assert column(history, "Stood for")[-3:] == ["3 years 357 days", "2 pairs", "stands"]
    assert column(history, "Better by")[-2:] == ["0.60", "0.28"]
    assert history.facts[0].text == "1:12.31 Jutta Leerdam (NED), Milano Cortina 2026, 9 Feb 2026"
    assert [row.data["current"] for row in history.rows].count(True) == 1


def test_histories_joined_tell_whose_row_it_is(reads: Reads) -> None:
    histories = [content.record_history(reads, kept.id) for kept in reads.record_lists()]
    both = joined(histories, "list", "event_type")
    assert both.keys[:3] == ("list", "event_type", "mark")
    assert {row.data["list"] for row in both.rows} == {"WR", "OR"}
    assert len(both.rows) == sum(len(history.rows) for history in histories)
    assert both.head == {}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "games.medaldesk") as book:
        edits = book.edits
        day = date(2026, 2, 1)
        edits.add_competition(NewCompetition("TEST2026", "Test", day, day))
        yield book


def new_event(book: Book, code: str, method: Classification, kind: MarkKind, better: Better) -> int:
    form = MarkFormat(kind, better, 2)
    new = NewEventType(code, "LUG", f"Test {code}", "O", form, classification=method)
    event_type = book.edits.add_event_type(new)
    return book.edits.add_event(games(book.reads, "TEST2026"), event_type, date(2026, 2, 1))


def enter(book: Book, event: int, code: str, name: str, *marks: str) -> int:
    nation = book.reads.nation_by_code(code)
    assert nation is not None
    entry = book.edits.add_entry(event, nation, athlete=book.edits.add_athlete(name))
    phases = book.reads.event_head(event).phases
    for place, (phase, mark) in enumerate(zip(phases, marks, strict=False)):
        result = book.edits.add_result(entry, phase.id) if place else book.edits.result_of(entry)
        book.edits.enter_mark(result, mark)
    return entry


@pytest.mark.parametrize(
    ("method", "better", "expected"),
    [
        (Classification.TOTAL, Better.LOWER, ["1:40.00", "1:40.50", "49.00"]),
        (Classification.BEST, Better.HIGHER, ["50.50", "51.00", "49.00"]),
        (Classification.FINAL, Better.LOWER, ["49.50", "51.00", "49.00"]),
    ],
)
def test_of_several_phases_the_mark_is_what_the_rank_goes_by(
    book: Book, method: Classification, better: Better, expected: list[str]
) -> None:
    kind = MarkKind.TIME if better is Better.LOWER else MarkKind.DISTANCE
    event = new_event(book, "SUM", method, kind, better)
    book.edits.add_phase(event, "Run 2")
    enter(book, event, "NED", "Anna Eerste", "50.50", "49.50")
    enter(book, event, "GER", "Berta Zweite", "49.50", "51.00")
    enter(book, event, "ITA", "Carla Terza", "49.00")
    sheet = content.event_results(book.reads, event)
    by_name = sorted(sheet.rows, key=lambda row: str(row.data["name"]))
    assert [row.data["mark"] for row in by_name] == expected


def test_a_status_stands_in_the_mark_column_and_in_the_legend(book: Book) -> None:
    event = new_event(book, "RUN", Classification.FINAL, MarkKind.TIME, Better.LOWER)
    enter(book, event, "NED", "Anna Eerste", "50.50")
    enter(book, event, "GER", "Berta Zweite", "dnf")
    sheet = content.event_results(book.reads, event)
    assert column(sheet, "Time") == ["50.50", "DNF"]
    assert sheet.rows[1].data["status"] == "DNF"
    assert sheet.rows[1].data["mark"] == ""
    assert "DNF: Did not finish" in sheet.notes
    assert sheet.status == "Running"


def test_empty_reports_say_so(book: Book) -> None:
    event = new_event(book, "RUN", Classification.FINAL, MarkKind.TIME, Better.LOWER)
    assert content.event_results(book.reads, event).notes == ("Nobody is entered yet.",)
    table = content.medal_table(book.reads, games(book.reads, "TEST2026"))
    assert (table.rows, table.totals, table.notes) == ((), (), ("No medals yet.",))


def test_an_equalled_record_says_so(book: Book) -> None:
    event = new_event(book, "RUN", Classification.FINAL, MarkKind.TIME, Better.LOWER)
    head = book.reads.event_head(event)
    kept = book.edits.add_record_list("WR", head.event_type)
    for unit, name in enumerate(["Anna Eerste", "Berta Zweite"], start=1):
        entry = enter(book, event, "NED", name, "50.50")
        book.edits.place_in_unit(book.edits.result_of(entry), str(unit))
    history = content.record_history(book.reads, kept)
    assert column(history, "Better by") == ["", "equalled"]
    assert [row.data["equalled"] for row in history.rows] == [False, True]
    sheet = content.event_results(book.reads, event)
    assert [row.data["records"] for row in sheet.rows] == [["WR"], ["=WR"]]
    assert sheet.notes == ("WR: World record", "=WR: World record equalled")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("1:34.1", 2, "0"),
        ("1:34.10", 2, ""),
        ("46", 2, ".00"),
        ("DNF", 2, ""),
        ("", 2, ""),
        ("46", 0, ""),
    ],
)
def test_decimals_that_are_missing(text: str, most: int, expected: str) -> None:
    assert missing_decimals(text, most) == expected


def test_the_finest_number_of_a_column_decides() -> None:
    assert most_decimals(["46", "1:34.1", "1:31.40", "DNF", "equalled", ""]) == 2
    assert most_decimals(["DNF", "3–2"]) == 0
