"""The sample book is its facts file, and the race of RULES 8 typed into it shows all of RULES 7."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change, RecordMove
from medaldesk.book.errors import BookExists, UnknownCode
from medaldesk.domain.marks import format_behind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome
from medaldesk.domain.standings import RankBy
from medaldesk.exchange import sample
from medaldesk.exchange.sample import FOUNDING_RACE, create_sample, fill, sample_facts

# RULES 7: the Olympic record of the women's 1000 m; date, holder, nation, mark, pair.
OLYMPIC_RECORD = """
1960-02-22 Klara Guseva URS 1:34.1 -
1964-02-01 Lidiya Skoblikova URS 1:33.2 -
1968-02-11 Carry Geijssen NED 1:32.6 -
1972-02-11 Monika Pflug FRG 1:31.40 -
1976-02-07 Tatyana Averina URS 1:28.43 -
1980-02-17 Sylvia Filipsson SWE 1:28.18 1
1980-02-17 Natalya Petrusyova URS 1:24.10 2
1984-02-13 Christa Rothenburger GDR 1:23.98 1
1984-02-13 Andrea Schöne GDR 1:22.83 2
1984-02-13 Karin Enke GDR 1:21.61 3
1988-02-26 Andrea Ehrig GDR 1:19.32 1
1988-02-26 Bonnie Blair USA 1:18.31 3
1988-02-26 Karin Kania GDR 1:17.70 4
1988-02-26 Christa Rothenburger GDR 1:17.65 5
1998-02-19 Catriona LeMay Doan CAN 1:17.37 17
1998-02-19 Marianne Timmer NED 1:16.51 19
2002-02-17 Varvara Barysheva RUS 1:16.49 6
2002-02-17 Anzhelika Kotyuga BLR 1:15.03 7
2002-02-17 Marianne Timmer NED 1:14.45 11
2002-02-17 Chris Witty USA 1:13.83 15
2018-02-14 Jorien ter Mors NED 1:13.56 12
2022-02-17 Miho Takagi JPN 1:13.19 13
2026-02-09 Femke Kok NED 1:12.59 13
2026-02-09 Jutta Leerdam NED 1:12.31 15
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.medaldesk"
    create_sample(path, who="clerk").close()
    return path


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Iterator[Book]:
    with Book.open(Path(shutil.copy(made, tmp_path / "sample.medaldesk"))) as opened:
        yield opened


@pytest.fixture
def before_the_race(tmp_path: Path) -> Iterator[tuple[Book, list[sample.TypedMark]]]:
    """The sample as it was that morning, and the marks to be typed."""
    with Book.create(tmp_path / "race.medaldesk", who="clerk") as opened:
        yield opened, fill(opened, sample_facts(), leave_open=FOUNDING_RACE)


def history(book: Book, code: str) -> list[str]:
    """The lines of a record list, each as in RULES 7."""
    (found,) = [row for row in book.reads.record_lists() if row.code == code]
    return [
        f"{row.day} {row.holder} {row.nation} {format_mark(row.mark, found.form.kind)} "
        f"{row.unit or '-'}"
        for row in book.reads.record_history(found.id).rows
    ]


def sheet(book: Book) -> list[tuple[str, int | None, str, list[str], Medal | None]]:
    """Name, rank, behind, record flags and medal of those with a mark in the founding race."""
    rows = book.reads.results(book.reads.event_by_path(FOUNDING_RACE))
    kind = book.reads.event_type_by_code("SSKW1000M").form.kind
    return [
        (row.name, row.rank, format_behind(row.behind, kind), [f.text for f in row.records],
         row.medal)
        for row in rows
        if row.mark
    ]  # fmt: skip


FOUNDING_SHEET = [
    ("Jutta Leerdam", 1, "", ["OR"], Medal.GOLD),
    ("Femke Kok", 2, "+0.28", ["OR"], Medal.SILVER),
    ("Miho Takagi", 3, "+1.64", [], Medal.BRONZE),
    ("Brittany Bowe", 4, "+2.24", [], None),
    ("Béatrice Lamarche", 5, "+2.42", [], None),
    ("Erin Jackson", 6, "+2.69", [], None),
    ("Suzanne Schulting", 7, "+3.15", [], None),
    ("Lee Na-hyun", 8, "+3.45", [], None),
    ("Natalia Czerwonka", 9, "+3.78", [], None),
    ("Kim Min-sun", 10, "+3.93", [], None),
    ("Karolina Bosiek", 11, "+4.57", [], None),
]


# The facts


def test_every_competition_of_the_facts_is_there(book: Book) -> None:
    facts = sample_facts()["competition"]
    assert [(row.code, row.name, row.series, row.start, row.end)
            for row in reversed(book.reads.competitions())] == [
        (fact["code"], fact["name"], fact["series"], str(fact["start_date"]), str(fact["end_date"]))
        for fact in facts
    ]  # fmt: skip
    assert book.reads.title() == sample_facts()["book"]["name"]


def test_every_result_of_the_facts_is_there(book: Book) -> None:
    for fact in sample_facts()["event"]:
        event = book.reads.event_by_path(f"{fact['competition']}/{fact['event_type']}")
        head = book.reads.event_head(event)
        assert (head.day, head.venue, head.official_at) == (
            str(fact["date"]),
            fact.get("venue"),
            str(fact["official_at"]),
        )
        kind = head.form.kind
        assert sorted(
            (row.name, row.nation, format_mark(row.mark, kind) if row.mark else None,
             row.place.unit, row.place.lane, row.note)
            for row in book.reads.results(event)
        ) == sorted(map(as_in_the_book, fact["results"]))  # fmt: skip


def as_in_the_book(fact: dict[str, Any]) -> tuple[object, ...]:
    return (
        fact.get("printed_as", fact["athlete"]),
        fact["nation"],
        fact.get("mark"),
        fact.get("pair"),
        fact.get("lane"),
        fact.get("note"),
    )


def test_every_fact_carries_its_source(book: Book) -> None:
    for table in ("competition", "event", "result", "record_baseline"):
        rows = book._connection.execute(
            f"SELECT DISTINCT s.title FROM {table} AS t LEFT JOIN source AS s ON s.id = t.source_id"
        ).fetchall()
        assert rows == [("published results",)]


def test_a_skater_of_two_names_is_one_person(book: Book) -> None:
    (kania,) = book.reads.athletes_named("Karin Enke")
    names = {
        row.name
        for achieved in book.reads.athlete_results(kania.id)
        for row in book.reads.results(achieved.event)
        if row.athlete == kania.id
    }
    assert names == {"Karin Enke", "Karin Kania"}


def test_the_sample_is_sound_and_made_in_one_step(book: Book) -> None:
    assert book.check() == []
    assert [line.action for line in book.reads.journal()] == [Action.CREATE_BOOK] * 2
    assert book.edits.next_undo() is None, "the first Ctrl+Z must not empty the sample"


def test_facts_put_into_a_book_are_one_step_to_undo(tmp_path: Path) -> None:
    with Book.create(tmp_path / "facts.medaldesk") as book:
        fill(book, sample_facts())
        book.edits.undo()
        assert book.reads.competitions() == []
        assert book.check() == []
        book.edits.redo()
        assert len(book.reads.competitions()) == 18
        assert book.check() == []


def test_the_medals_of_every_games_are_its_podium(book: Book) -> None:
    for competition in book.reads.competitions():
        table = book.reads.medal_table(competition.id)
        assert table.totals.triple == (1, 1, 1)
        assert table.events == 1


# RULES 7 and 8


def test_rules_7_the_olympic_record_is_computed_from_the_results(book: Book) -> None:
    assert history(book, "OR") == OLYMPIC_RECORD.strip().splitlines()


def test_r22_the_world_record_is_its_baseline(book: Book) -> None:
    assert history(book, "WR") == ["2019-03-09 Brittany Bowe USA 1:11.61 -"]


def test_rules_8_the_sheet_of_the_founding_race(book: Book) -> None:
    assert sheet(book) == FOUNDING_SHEET


def test_rules_8_the_table_after_the_founding_race(book: Book) -> None:
    table = book.reads.medal_table(book.reads.competition_by_code("OWG2026").id)
    assert [
        (line.name, line.row.tally.triple, line.row.by_gold.number, line.row.by_total.number)
        for line in table.lines
    ] == [("Netherlands", (1, 1, 0), 1, 1), ("Japan", (0, 0, 1), 2, 2)]


def test_rules_8_typing_the_race_shows_all_of_it(
    before_the_race: tuple[Book, list[sample.TypedMark]],
) -> None:
    """Ranks, behind, both records in the order of the pairs, the medals, the table's move."""
    book, typed = before_the_race
    competition = book.reads.competition_by_code("OWG2026").id
    assert book.reads.medal_table(competition, as_it_stands=True).lines == ()
    told: list[Change] = []
    book.subscribe(told.append)
    for mark in typed:
        book.edits.enter_mark(mark.result, mark.text)
    names = {mark.result: mark.name for mark in typed}
    records: list[RecordMove] = [move for change in told for move in change.moves.records]
    assert [(names[move.result], move.after) for move in records] == [
        ("Femke Kok", Outcome.SET),
        ("Jutta Leerdam", Outcome.SET),
    ]
    assert sheet(book) == FOUNDING_SHEET
    assert history(book, "OR") == OLYMPIC_RECORD.strip().splitlines()
    standing = book.reads.medal_table(competition, rank_by=RankBy.TOTAL, as_it_stands=True)
    assert [(line.row.nation, line.row.tally.triple) for line in standing.lines] == [
        ("NED", (1, 1, 0)),
        ("JPN", (0, 0, 1)),
    ]
    assert book.reads.medal_table(competition).lines == ()
    assert book.check() == []


def test_rules_8_the_order_of_typing_does_not_matter(
    before_the_race: tuple[Book, list[sample.TypedMark]],
) -> None:
    book, typed = before_the_race
    for mark in reversed(typed):
        book.edits.enter_mark(mark.result, mark.text)
    assert sheet(book) == FOUNDING_SHEET
    assert history(book, "OR") == OLYMPIC_RECORD.strip().splitlines()


def test_the_marks_left_open_come_in_the_order_of_the_pairs(
    before_the_race: tuple[Book, list[sample.TypedMark]],
) -> None:
    _, typed = before_the_race
    assert {mark.name: mark.text for mark in typed} == {
        fact["athlete"]: fact["mark"]
        for fact in sample_facts()["event"][-1]["results"]
        if "mark" in fact
    }
    units = [mark.unit or 0 for mark in typed]
    assert units == sorted(units)


# What can go wrong


def test_a_sample_does_not_overwrite_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sample.medaldesk"
    path.write_text("mine")
    with pytest.raises(BookExists):
        create_sample(path)
    assert path.read_text() == "mine"


def test_a_sample_that_cannot_be_filled_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = sample_facts()
    broken = {**facts, "series": []}
    monkeypatch.setattr(sample, "sample_facts", lambda: broken)
    path = tmp_path / "sample.medaldesk"
    with pytest.raises(UnknownCode):
        create_sample(path)
    assert not path.exists()
