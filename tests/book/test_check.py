"""`check` finds what another program did to a book, and changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from medaldesk.book.book import Book
from medaldesk.book.check import Problem, ProblemKind
from tests.book.worlds import everything


def write_elsewhere(book: Book, sql: str) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.executescript(sql)


def test_a_sound_book_has_no_problems(sample: Book) -> None:
    before = everything(sample.path)
    assert sample.check() == []
    assert everything(sample.path) == before


@pytest.mark.parametrize(
    ("sql", "table", "detail"),
    [
        ("DELETE FROM placing WHERE entry_id = 1", "placing", "0 rows too many, 1 rows missing"),
        ("UPDATE award SET medal = 'gold'", "award", "36 rows too many, 36 rows missing"),
        (
            "INSERT INTO record_mark VALUES (1, 2, 1, 'set', '1960-02-22', 1)",
            "record_mark",
            "1 rows too many, 0 rows missing",
        ),
        (
            "UPDATE result SET mark = 94300000 WHERE id = 1",
            "placing",
            "3 rows too many, 3 rows missing",
        ),
    ],
)
def test_derived_tables_that_do_not_follow_from_the_facts(
    sample: Book, sql: str, table: str, detail: str
) -> None:
    write_elsewhere(sample, sql)
    assert Problem(ProblemKind.DERIVED, table, detail) in sample.check()


def test_a_row_that_refers_to_nothing(sample: Book) -> None:
    write_elsewhere(sample, "PRAGMA foreign_keys = OFF; DELETE FROM athlete WHERE id = 1")
    assert sample.check() == [
        Problem(ProblemKind.REFERENCE, "entry", "row 1 refers to a missing athlete")
    ]


def test_a_value_that_cannot_be(sample: Book) -> None:
    write_elsewhere(
        sample, "PRAGMA ignore_check_constraints = ON; UPDATE event SET status = 'over'"
    )
    (problem, *_) = sample.check()
    assert problem.kind is ProblemKind.INTEGRITY


def test_a_book_is_checked_while_somebody_else_writes_it(sample: Book) -> None:
    with Book.open(sample.path, read_only=True) as reader:
        sample.edits.enter_mark(1, "1:34.0")
        assert reader.check() == []
