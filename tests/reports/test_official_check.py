"""What should be looked at before an event is made official."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.reports.official_check import (
    Concern,
    Warning_,
    official_warnings,
    warning_sentence,
)
from tests import books


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(books.sample(tmp_path / "b.medaldesk")) as made:
        made.edits.reopen_event(made.reads.event_by_path(FOUNDING_RACE))
        for row in made.reads.results(made.reads.event_by_path(FOUNDING_RACE)):
            if not row.has_entry:
                made.edits.delete_entry(row.entry)
        yield made


def warnings(book: Book) -> list[Warning_]:
    event = book.reads.event_by_path(FOUNDING_RACE)
    return official_warnings(book.reads.event_head(event), book.reads.results(event))


def enter(book: Book, name: str, text: str) -> None:
    event = book.reads.event_by_path(FOUNDING_RACE)
    row = next(row for row in book.reads.results(event) if row.name == name)
    book.edits.enter_mark(row.id, text)


def test_the_founding_race_is_as_it_should_be(book):
    assert warnings(book) == []


def test_without_results_nothing_else_is_said(book):
    event = book.reads.event_by_path(FOUNDING_RACE)
    for row in book.reads.results(event):
        book.edits.enter_mark(row.id, "")
    (warning,) = warnings(book)
    assert warning.concern is Concern.NO_RESULTS
    assert "no results" in warning_sentence(warning)


def test_missing_marks_are_counted_and_named(book):
    enter(book, "Erin Jackson", "")
    (warning,) = warnings(book)
    assert (warning.concern, warning.count) == (Concern.MISSING_MARKS, 1)
    assert warning_sentence(warning) == "One mark is missing: Erin Jackson."
    for name in ("Suzanne Schulting", "Natalia Czerwonka", "Karolina Bosiek"):
        enter(book, name, "")
    (warning,) = warnings(book)
    assert warning.count == 4
    assert warning_sentence(warning).endswith(" and 1 more.")


def test_a_status_is_a_result(book):
    enter(book, "Erin Jackson", "dnf")
    assert warnings(book) == []


def test_a_tie_for_a_medal_without_a_tie_break(book):
    enter(book, "Miho Takagi", "1:12.59")
    (warning,) = warnings(book)
    assert (warning.concern, warning.count) == (Concern.OPEN_TIE, 2)
    assert set(warning.names) == {"Femke Kok", "Miho Takagi"}
    assert "share rank 2" in warning_sentence(warning)


def test_a_tie_that_a_tie_break_leaves_is_an_unusual_count_of_medals(book):
    enter(book, "Miho Takagi", "1:12.59")
    event = book.reads.event_by_path(FOUNDING_RACE)
    for row in book.reads.results(event):
        if row.rank == 2:
            book.edits.enter_tie_break(row.id, "590")
    (warning,) = warnings(book)
    assert (warning.concern, warning.medals) == (Concern.UNUSUAL_MEDALS, (1, 2, 0))
    assert "1-2-0" in warning_sentence(warning)


def test_a_tie_beyond_the_medals_is_no_concern(book):
    enter(book, "Kim Min-sun", "1:16.88")
    assert warnings(book) == []


def test_fewer_than_three_leave_medals_over(book):
    event = book.reads.event_by_path(FOUNDING_RACE)
    for row in book.reads.results(event)[2:]:
        book.edits.enter_mark(row.id, "dns")
    (warning,) = warnings(book)
    assert (warning.concern, warning.medals) == (Concern.UNUSUAL_MEDALS, (1, 1, 0))


@pytest.mark.parametrize("typed", ["1:21.31", "2:12.31", "12.31", "1:52.00"])
def test_a_mark_far_outside_the_field_may_be_a_typing_error(book, typed):
    enter(book, "Suzanne Schulting", typed)
    (warning,) = warnings(book)
    assert (warning.concern, warning.names) == (Concern.FAR_MARK, ("Suzanne Schulting",))
    assert typed in warning_sentence(warning)
    assert "typing error?" in warning_sentence(warning)


def test_a_slow_mark_is_no_typing_error(book):
    enter(book, "Suzanne Schulting", "1:18.20")
    assert warnings(book) == []


def test_of_few_marks_none_is_far(book):
    event = book.reads.event_by_path(FOUNDING_RACE)
    for row in book.reads.results(event)[3:]:
        book.edits.delete_entry(row.entry)
    enter(book, "Miho Takagi", "2:13.95")
    assert warnings(book) == []


def test_a_forgotten_decimal_point_is_seen_in_the_smallest_field(book):
    event = book.reads.event_by_path(FOUNDING_RACE)
    for row in book.reads.results(event)[3:]:
        book.edits.delete_entry(row.entry)
    enter(book, "Miho Takagi", "7395")
    (warning,) = warnings(book)
    assert (warning.concern, warning.names) == (Concern.FAR_MARK, ("Miho Takagi",))
