"""Any program that opens the file reads in its views what the window shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.domain.marks import MarkFormat, MarkKind, format_mark
from tests.book.worlds import (
    POINTS,
    Race,
    add_competition,
    add_event_type,
    add_race,
    nation,
    one_race,
)

Row = dict[str, object]


def view(book: Book, name: str, where: str = "1") -> list[Row]:
    """The rows of a view, in its own order, by plain sqlite3."""
    with closing(sqlite3.connect(book.path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} WHERE {where}")]


@pytest.fixture(params=["sample", "small"])
def any_book(request: pytest.FixtureRequest) -> Book:
    """The sample, and a book with whatever the sample has not."""
    if request.param == "sample":
        sample: Book = request.getfixturevalue("sample")
        return sample
    book: Book = request.getfixturevalue("book")
    race = one_race(book)
    for name, code, unit, mark in [
        ("Kok", "NED", "13 o", "1:12.31"),
        ("Leerdam", "NED", "15 o", "1:12.31"),
        ("Takagi", "JPN", "15 i", "1:13.95"),
        ("Bowe", "USA", "", "dnf"),
        ("Jackson", "USA", "11", ""),
        ("Neutral", "AIN", "12", "2:01:00"),
    ]:
        race.enter(name, code, unit=unit, mark=mark)
    final = book.edits.add_phase(race.event, "Final")
    book.edits.enter_mark(book.edits.add_result(race.entries["Takagi"], final), "1:14")
    book.edits.add_record_list("NR", 1, nation=nation(book, "NED"))
    book.edits.set_membership(1, nation(book, "AIN"), "left_out")
    book.edits.make_official(race.event, date(2026, 2, 9))
    add_a_jump(book)
    return book


def add_a_jump(book: Book) -> None:
    """A second competition, not official yet, with points."""
    event_type = add_event_type(book, "WJUMP", POINTS)
    jump = add_race(
        book, add_competition(book, "CUP", "1974-01-01", "1974-01-31"), event_type, "1974-01-02"
    )
    jump.enter("Lin", "TPE", mark="85.30")


def printed(book: Book, event: int, row: object) -> str | None:
    form: MarkFormat = book.reads.event_head(event).form
    mark = getattr(row, "mark", None)
    return format_mark(mark, form.kind) if mark else None


def test_v_results_is_the_sheet(any_book: Book) -> None:
    expected = [
        {
            "competition": competition.code,
            "event": event.path.partition("/")[2],
            "date": event.day,
            "unit": row.place.unit,
            "lane": row.place.lane,
            "rank": row.rank,
            "rank_equal": row.rank_equal,
            "sort_order": row.sort_order,
            "name": row.name,
            "nation": row.nation,
            "mark": printed(any_book, event.id, row),
            "mark_millionths": row.mark.value if row.mark else None,
            "status": row.status,
            "medal": row.medal,
            "result_id": row.id,
        }
        for competition in any_book.reads.competitions()
        for event in any_book.reads.events(competition.id)
        for row in any_book.reads.results(event.id)
    ]
    found = [{key: row[key] for key in expected[0]} for row in view(any_book, "v_results")]
    by_id = sorted(found, key=lambda row: int(str(row["result_id"])))
    assert by_id == sorted(expected, key=lambda row: int(str(row["result_id"])))


def test_v_standings_is_the_official_table(any_book: Book) -> None:
    for competition in any_book.reads.competitions():
        table = any_book.reads.medal_table(competition.id)
        assert view(any_book, "v_standings", f"competition = '{competition.code}'") == [
            {
                "competition": competition.code,
                "rank": line.row.by_gold.number,
                "nation": line.row.nation,
                "name": line.name,
                "gold": line.row.tally.gold,
                "silver": line.row.tally.silver,
                "bronze": line.row.tally.bronze,
                "total": line.row.tally.total,
                "rank_total": line.row.by_total.number,
            }
            for line in table.lines
        ]


def test_v_medallists_are_the_medals_of_the_sheets(any_book: Book) -> None:
    expected = {
        (event.path, row.name, row.nation, row.medal, int(event.status == "official"))
        for competition in any_book.reads.competitions()
        for event in any_book.reads.events(competition.id)
        for row in any_book.reads.results(event.id)
        if row.medal
    }
    found = view(any_book, "v_medallists")
    assert len(found) == len(expected)
    assert {
        (f"{row['competition']}/{row['event']}", row["name"], row["nation"], row["medal"],
         row["official"])
        for row in found
    } == expected  # fmt: skip


def test_v_record_history_is_the_history(any_book: Book) -> None:
    for found in any_book.reads.record_lists():
        where = f"record = '{found.code}' AND event_type = '{found.event_type_code}'"
        rows = view(any_book, "v_record_history", where)
        assert [
            (row["date"], row["outcome"], row["mark"], row["holder"], row["nation"],
             row["competition"], row["unit"], row["series"], row["of_nation"])
            for row in rows
        ] == [
            (row.day, row.outcome or "baseline", format_mark(row.mark, found.form.kind),
             row.holder, row.nation, row.competition, row.unit, found.series, found.nation)
            for row in any_book.reads.record_history(found.id).rows
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("46.1", MarkKind.TIME),
        ("1:00.05", MarkKind.TIME),
        ("59:59", MarkKind.TIME),
        ("2:04:59.5", MarkKind.TIME),
        ("0.000001", MarkKind.POINTS),
        ("8.95", MarkKind.DISTANCE),
        ("999999999", MarkKind.WEIGHT),
    ],
)
def test_a_view_prints_marks_as_the_program_does(book: Book, text: str, kind: MarkKind) -> None:
    race: Race = one_race(book, MarkFormat(kind, POINTS.better, 6))
    race.enter("Kok", mark=text)
    assert [row["mark"] for row in view(book, "v_results")] == [text]
