"""Many rows at once: in the journal one by one, undone and done again like all others."""

from __future__ import annotations

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from tests.book.worlds import everything

COLUMNS = ("id", "name", "search_name")
PEOPLE = [(number, f"Ann {number}", f"ann {number}") for number in range(1, 51)]


def test_many_rows_are_in_the_journal_one_by_one_and_undone(book: Book):
    before = everything(book.path)
    with book.edits.together(Action.IMPORT_RESULTS, "people") as writer:
        writer.insert_many("athlete", COLUMNS, PEOPLE)
    after = everything(book.path)
    assert len(after["athlete"]) == 50
    assert book.reads.journal()[0].rows == 50
    book.edits.undo()
    assert everything(book.path) == before
    book.edits.redo()
    assert everything(book.path) == after


def test_a_row_that_is_changed_in_the_edit_that_added_it_is_undone_too(book: Book):
    before = everything(book.path)
    with book.edits.together(Action.IMPORT_RESULTS, "people") as writer:
        writer.insert_many("athlete", COLUMNS, PEOPLE)
        writer.update("athlete", 7, name="Bea")
        writer.delete("athlete", 8)
    after = everything(book.path)
    assert len(after["athlete"]) == 49
    book.edits.undo()
    assert everything(book.path) == before
    book.edits.redo()
    assert everything(book.path) == after


def test_rows_that_come_and_go_in_one_edit_leave_no_entry(book: Book):
    last = book.reads.last_journal()
    with book.edits.together(Action.IMPORT_RESULTS, "people") as writer:
        writer.insert_many("athlete", COLUMNS, PEOPLE[:2])
        writer.delete("athlete", 1)
        writer.delete("athlete", 2)
    assert book.reads.last_journal() == last


def test_no_rows_are_no_edit(book: Book):
    last = book.reads.last_journal()
    with book.edits.together(Action.IMPORT_RESULTS, "people") as writer:
        writer.insert_many("athlete", COLUMNS, [])
    assert book.reads.last_journal() == last
