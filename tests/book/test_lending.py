"""A book that is lent: another process writes, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import BookLent, BookReadOnly


def test_a_lent_book_is_written_by_the_borrower_alone(book: Book):
    book.lend()
    with pytest.raises(BookLent):
        book.edits.rename_book("Mine")
    with pytest.raises(BookLent):
        book.edits.undo()
    with Book.borrow(book.path, who="Anna") as borrower:
        borrower.edits.rename_book("Lent")
    book.take_back()
    assert [change.subject for change in book.poll()] == ["Lent"]
    assert book.reads.journal(limit=1)[0].who == "Anna"
    book.edits.undo()
    assert book.reads.title() == "Games"


def test_a_book_that_nobody_writes_cannot_be_borrowed(path: Path):
    with pytest.raises(BookReadOnly):
        Book.borrow(path, who="Anna")
    with Book.open(path) as book:
        assert book.can_write


def test_a_reader_has_nothing_to_lend(path: Path):
    with Book.open(path), Book.open(path) as reader, pytest.raises(BookReadOnly):
        reader.lend()
