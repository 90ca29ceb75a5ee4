"""What decisions, ties, teams and rulings leave on sheets, and in what an edit changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.reads import Reads
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.records import Ruling
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.reports import content, csv_file, text
from medaldesk.reports.document import Document
from medaldesk.reports.numbers import decimal, fraction
from medaldesk.reports.told import LinkKind, SentenceKind
from medaldesk.reports.what_changed import what_changed
from tests import books
from tests.decided_games import RELAY, SKI_CROSS, SLALOM, SPRINT, create_games


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "games.medaldesk"
    create_games(path)
    with Book.open(path) as book:
        yield book


def sheet_of(book: Book, path: str) -> Document:
    return content.event_results(book.reads, book.reads.event_by_path(path))


def column(document: Document, title: str) -> list[str]:
    place = [column.title for column in document.columns].index(title)
    return [row.cells[place] for row in document.rows]


def test_r8_a_sheet_names_its_decisions(book: Book) -> None:
    sheet = sheet_of(book, SPRINT)
    assert column(sheet, "Name")[-1] == "Marion Jones"
    assert column(sheet, "Time")[-1] == "DSQ"
    assert column(sheet, "Medal") == ["Silver", "Silver", "Bronze", ""]
    assert sheet.notes[-1] == (
        "IOC, 9 Dec 2009: Marion Jones: DSQ, no medal · Tayna Lawrence: silver · "
        "Merlene Ottey: rank 3, bronze (doping)"
    )
    jones = sheet.rows[-1].data
    assert (jones["status"], jones["medal_ruling"], jones["decided_by"]) == ("DSQ", "none", "IOC")
    assert sheet.rows[0].data["decided_by"] is None


def test_r9_a_revoked_decision_is_told_too(book: Book) -> None:
    cas, _ = book.reads.decisions(event=book.reads.event_by_path(SKI_CROSS))
    book.edits.revoke_decision(cas.id, date(2023, 1, 9))
    first, second = sheet_of(book, SKI_CROSS).notes[-2:]
    assert first.startswith("FIS, 26 Feb 2022: Fanny Smith: rank 3, bronze")
    assert second.startswith("CAS, 13 Dec 2022, revoked on 9 Jan 2023: Daniela Maier")


def test_a_medal_that_is_withheld_says_so_in_its_column(book: Book) -> None:
    event = book.reads.event_by_path(SPRINT)
    thanou = book.reads.results(event)[0].entry
    line = DecisionLine(thanou, medal=MedalRuling.WITHHELD)
    book.edits.take_decision(event, NewDecision("IOC", date(2010, 1, 1), "inquiry", [line]))
    sheet = content.event_results(book.reads, event)
    assert column(sheet, "Medal")[0] == "withheld"
    assert (sheet.rows[0].data["medal"], sheet.rows[0].data["medal_ruling"]) == (None, "withheld")


def test_r3_ties_are_told_broken_or_open(book: Book) -> None:
    notes = sheet_of(book, SLALOM).notes
    assert "Conrad Second and Bertil Third: equal marks, separated by the tie-break." in notes
    assert "Dario Fourth and Émile Fourth share rank 4: the tie is still to be broken." in notes


def test_r11_members_stand_under_their_team(book: Book) -> None:
    sheet = sheet_of(book, RELAY)
    assert sheet.rows[0].below == "Qu Chunyu, Fan Kexin, Wu Dajing, Ren Ziwei"
    lines = text.text(sheet).splitlines()
    team = next(place for place, line in enumerate(lines) if "Team CHN" in line)
    assert lines[team + 1].strip() == sheet.rows[0].below
    assert lines[team + 1].index("Qu") > lines[team].index("Team CHN")
    assert "Qu Chunyu; Fan Kexin; Wu Dajing; Ren Ziwei" in csv_file.text(sheet)


def test_r25_the_wind_has_a_column_where_it_is_measured(book: Book) -> None:
    sheet = sheet_of(book, SPRINT)
    assert column(sheet, "Wind") == ["", "", "", "-0.4"]
    assert sheet.rows[-1].data["wind"] == "-0.4"
    assert "Wind" not in [column.title for column in sheet_of(book, SKI_CROSS).columns]


def test_documents_keep_their_keys(book: Book) -> None:
    games = book.reads.competition_by_code("OWG2022").id
    documents = [
        content.medal_table(book.reads, games, all_ranks=True, breakdown=True),
        content.audit(book.reads),
        content.audit(book.reads, games),
        content.decisions(book.reads),
        *(sheet_of(book, path) for path in (SPRINT, SKI_CROSS, RELAY, SLALOM)),
    ]
    for document in documents:
        assert document.rows
        assert all(len(row.cells) == len(document.columns) for row in document.rows)
        assert all(tuple(row.data) == document.keys for row in document.rows)
        assert len(document.totals) in (0, len(document.columns))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("89", "89"), ("89/2", "44 1/2"), ("1/3", "1/3"), ("0", "0")],
)
def test_exact_fractions(value: str, expected: str) -> None:
    assert fraction(Fraction(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0", "0.000"), ("1/2000", "0.001"), ("19999/10000", "2.000")]
)
def test_decimals_are_rounded_halves_up(value: str, expected: str) -> None:
    assert decimal(Fraction(value), 3) == expected


# What an edit changed


def told(reads: Reads, change: Change) -> list[str]:
    return [sentence.text for sentence in what_changed(reads, change)]


def seen(book: Book) -> list[Change]:
    changes: list[Change] = []
    book.subscribe(changes.append)
    return changes


def test_a_decision_tells_whose_medals_moved(book: Book) -> None:
    changes = seen(book)
    event = book.reads.event_by_path(SKI_CROSS)
    entries = {row.name: row.entry for row in book.reads.results(event)}
    new = NewDecision(
        "IOC",
        date(2024, 1, 1),
        "doping",
        [
            DecisionLine(
                entries["Sandra Näslund"], sets_status=True, status="DSQ", medal=MedalRuling.NONE
            ),
            DecisionLine(entries["Marielle Thompson"], medal=MedalRuling.GOLD),
        ],
    )
    decision = book.edits.take_decision(event, new)
    first, *others = what_changed(book.reads, changes[-1])
    assert first.text == (
        "Decision of IOC: Sandra Näslund: disqualified, loses gold; "
        "Marielle Thompson gold instead of silver; silver is vacant."
    )
    assert (first.kind, first.strong, first.link) == (SentenceKind.RACE, "IOC", LinkKind.EVENT)
    assert "Sweden ▼ 1-0-0 → 0-0-0." in [sentence.text for sentence in others]
    book.edits.revoke_decision(decision, date(2024, 6, 1))
    back = "Marielle Thompson silver instead of gold"
    assert told(book.reads, changes[-1])[0] == (
        f"Decision of IOC revoked: Sandra Näslund gains gold; {back}."
    )
    book.edits.revoke_decision(decision, None)
    assert told(book.reads, changes[-1])[0].startswith("Decision of IOC in force again: ")
    book.edits.delete_decision(decision)
    assert told(book.reads, changes[-1])[0].startswith("Decision of IOC deleted: ")
    book.edits.undo()
    action, medals, *_ = told(book.reads, changes[-1])
    assert action == "Undo: Delete decision: IOC: Women's ski cross"
    assert medals.startswith("Medals: Sandra Näslund: disqualified, loses gold; ")


def decide(book: Book, path: str, name: str, line: Callable[[int], DecisionLine]) -> None:
    event = book.reads.event_by_path(path)
    entries = {row.name: row.entry for row in book.reads.results(event)}
    new = NewDecision("IOC", date(2027, 1, 1), "doping", [line(entries[name])])
    book.edits.take_decision(event, new, confirmed=True)


def test_a_medal_that_nobody_has_is_told(book: Book) -> None:
    changes = seen(book)
    decide(
        book,
        SKI_CROSS,
        "Sandra Näslund",
        lambda entry: DecisionLine(entry, sets_status=True, status="DSQ"),
    )
    assert told(book.reads, changes[-1])[0] == (
        "Decision of IOC: Sandra Näslund: disqualified, loses gold; gold is vacant."
    )


def test_a_medal_that_is_withheld_is_not_vacant(book: Book) -> None:
    changes = seen(book)
    decide(
        book,
        SKI_CROSS,
        "Sandra Näslund",
        lambda entry: DecisionLine(entry, medal=MedalRuling.WITHHELD),
    )
    assert told(book.reads, changes[-1])[0] == "Decision of IOC: Sandra Näslund loses gold."


def test_a_medal_that_a_tie_leaves_out_is_not_vacant(book: Book) -> None:
    changes = seen(book)
    decide(
        book,
        SKI_CROSS,
        "Marielle Thompson",
        lambda entry: DecisionLine(entry, sets_rank=True, rank=1, medal=MedalRuling.GOLD),
    )
    assert told(book.reads, changes[-1])[0] == (
        "Decision of IOC: Marielle Thompson gold instead of silver."
    )


def test_a_status_without_a_medal_is_told(book: Book) -> None:
    book.edits.add_status("ABD", "Abandoned")
    event = book.reads.event_by_path(SLALOM)
    changes, (*_, last) = seen(book), book.reads.event_standing(event)
    decide(
        book,
        SLALOM,
        last.name,
        lambda entry: DecisionLine(entry, sets_status=True, status="ABD"),
    )
    assert told(book.reads, changes[-1])[0] == (
        f"Decision of IOC: {last.name}: ABD; no medal moves."
    )


def test_a_status_of_ones_own_is_told_as_it_is_written(book: Book) -> None:
    book.edits.add_status("ABD", "Abandoned")
    changes, row = seen(book), book.reads.results(book.reads.event_by_path(SLALOM))[-1]
    book.edits.enter_mark(row.id, "abd")
    assert told(book.reads, changes[-1])[0].endswith(": ABD.")


def test_a_decision_without_medals_says_so(book: Book) -> None:
    changes = seen(book)
    event = book.reads.event_by_path(SPRINT)
    entries = {row.name: row.entry for row in book.reads.results(event)}
    line = DecisionLine(entries["Tayna Lawrence"], sets_rank=True, rank=2)
    book.edits.take_decision(
        event, NewDecision("World Athletics", date(2010, 1, 1), "rank", [line])
    )
    assert told(book.reads, changes[-1])[0] == "Decision of World Athletics: no medal moves."


@pytest.fixture
def sample_book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(books.sample(tmp_path / "sample.medaldesk"), who="clerk") as book:
        yield book


def test_r26_a_ruling_tells_what_stands_now(sample_book: Book) -> None:
    book, changes = sample_book, seen(sample_book)
    kept = next(row.id for row in book.reads.record_lists() if row.code == "OR")
    leerdam = book.reads.results(book.reads.event_by_path(FOUNDING_RACE))[0]
    book.edits.rule_record(kept, leerdam.id, Ruling.RATIFIED, date(2026, 3, 1))
    assert told(book.reads, changes[-1]) == ["Olympic record ratified: Jutta Leerdam 1:12.31."]
    book.edits.rule_record(kept, leerdam.id, Ruling.ANNULLED, date(2026, 3, 2))
    assert told(book.reads, changes[-1]) == [
        "Olympic record annulled: Jutta Leerdam 1:12.31.",
        "Olympic record now: 1:12.59 by Femke Kok.",
    ]
    book.edits.undo()
    action, now = told(book.reads, changes[-1])
    assert action.startswith("Undo: Rule on record: ")
    assert now == "Olympic record now: 1:12.31 by Jutta Leerdam."


def test_a_career_names_the_games(sample_book: Book) -> None:
    changes = seen(sample_book)
    event = sample_book.reads.event_by_path(FOUNDING_RACE)
    leerdam = sample_book.reads.results(event)[0]
    sample_book.edits.enter_mark(leerdam.id, "")
    sample_book.edits.enter_mark(leerdam.id, "1:12.31")
    assert any("silver in Beijing 2022" in line for line in told(sample_book.reads, changes[-1]))
