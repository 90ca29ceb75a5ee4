"""What would stand after a ruling is what stands after it (RULES R26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.records import NewPublished
from medaldesk.book.errors import UnknownCode
from medaldesk.domain.progressions import Comparison
from medaldesk.domain.records import EVERY_BREAK, RecordPolicy, Ruling
from tests import books

POLICIES = {
    "every break": EVERY_BREAK,
    "a margin": RecordPolicy(minimum_margin=300_000),
    "the best of a day": RecordPolicy(day_best=True),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(books.sample(tmp_path / "b.medaldesk"), who="clerk") as made:
        yield made


def olympic(book: Book) -> int:
    return next(row.id for row in book.reads.record_lists() if row.code == "OR")


def standing(book: Book, record_list: int) -> list[tuple[int | None, int]]:
    rows = book.reads.record_history(record_list).current
    return [(row.result, row.mark.value) for row in rows]


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_every_ruling_on_every_record(book: Book, policy: RecordPolicy) -> None:
    found = olympic(book)
    book.edits.change_record_list(found, policy)
    for row in book.reads.record_history(found).rows[-6:]:
        assert row.result is not None
        for ruling in (Ruling.ANNULLED, Ruling.RATIFIED):
            told = book.reads.would_stand(found, row.result, ruling)
            book.edits.rule_record(found, row.result, ruling, date(2026, 3, 1))
            assert [(each.result, each.mark.value) for each in told] == standing(book, found)
            back = book.reads.would_stand(found, row.result, Ruling.REINSTATED)
            book.edits.undo()
            assert [(each.result, each.mark.value) for each in back] == standing(book, found)


def test_a_tie_stands_together(book: Book) -> None:
    found = olympic(book)
    event = book.reads.event_by_path("OWG2026/SSKW1000M")
    results = {row.name: row.id for row in book.reads.results(event)}
    book.edits.enter_mark(results["Erin Jackson"], "1:12.59")
    told = book.reads.would_stand(found, results["Jutta Leerdam"], Ruling.ANNULLED)
    book.edits.rule_record(found, results["Jutta Leerdam"], Ruling.ANNULLED, date(2026, 3, 1))
    assert {row.holder for row in told} == {
        row.holder for row in book.reads.record_history(found).current
    }


def test_an_unknown_list_is_refused(book: Book) -> None:
    with pytest.raises(UnknownCode):
        book.reads.would_stand(999, 1, Ruling.ANNULLED)


def test_any_progression_can_be_compared_without_keeping_it(book: Book) -> None:
    found = olympic(book)
    book.edits.set_published(found, [NewPublished("Takagi", "1:13.19", source="Yearbook")])
    (kept,) = book.reads.published(found)
    assert (kept.holder, kept.source, kept.day) == ("Takagi", "Yearbook", None)
    other = book.reads.compared_with(found, []).lines
    assert Comparison.EQUAL not in {line.comparison for line in other}
    same = book.reads.compared_with(found, [kept.line])
    assert same == book.reads.published_comparison(found)
