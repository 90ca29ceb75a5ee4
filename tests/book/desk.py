"""A clerk who does anything at all to a book, and what must always be so."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.edits.records import NewBaseline
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from tests.book.worlds import (
    POINTS,
    Tables,
    add_competition,
    add_event_type,
    derived_from_nothing,
    everything,
    nation,
)

FIRST_DAY = date(2026, 2, 6)
NATIONS = ("NED", "JPN", "USA")
NAMES = ("Kok", "Leerdam", "Takagi", "Bowe", "Wüst")


def on_day(number: int) -> date:
    return FIRST_DAY + timedelta(number)


pick = st.integers(0, 99)
days = st.integers(0, 3)
marks = st.sampled_from(["72", "72.0", "72.5", "73", "73.00", "1:14.01", "dnf", "DSQ", ""])
units = st.sampled_from(["", "1", "2", "3", "2 i", "2 o", "3/4"])
clocks = st.sampled_from(["", "10:00", "10:05", "9:59:30", "14:00"])
names = st.sampled_from(NAMES)


def a_world(book: Book) -> None:
    """Two competitions of a series that overlap, one of none, and lists of every narrowness."""
    long = add_event_type(book, "W1000")
    jump = add_event_type(book, "WJUMP", POINTS, Classification.BEST)
    runs = add_event_type(book, "WRUNS", method=Classification.TOTAL)
    bout = add_event_type(book, "WBOUT", method=Classification.MANUAL)
    add_competition(book, "OG1", "2026-02-06", "2026-02-09", "OG")
    add_competition(book, "OG2", "2026-02-06", "2026-02-09", "OG")
    add_competition(book, "CUP", "2026-02-06", "2026-02-09")
    edits = book.edits
    lists = [
        edits.add_record_list("OR", long, series="OG"),
        edits.add_record_list("WR", long),
        edits.add_record_list("NR", long, nation=nation(book, "NED")),
        edits.add_record_list("TR", long, venue="Oval"),
        edits.add_record_list("WR", jump),
    ]
    edits.set_baseline(lists[1], NewBaseline("Before", "73.5", day=date(2020, 1, 1)))
    with edits.together(Action.ADD_RECORD_LIST, "not shared") as writer:
        writer.update("record_list", lists[0], shares_equal=0)
    for competition in book.reads.competitions():
        for event_type in (long, jump, runs, bout):
            event = edits.add_event(competition.id, event_type, FIRST_DAY, venue="Oval")
            for name in NAMES[:2]:
                add_entry(book, event, name, "NED", "1")


def add_entry(book: Book, event: int, name: str, code: str, unit: str) -> None:
    known = book.reads.athletes_named(name)
    athlete = known[0].id if known else book.edits.add_athlete(name)
    book.edits.add_entry(event, nation(book, code), athlete=athlete, unit=unit)


class Desk(RuleBasedStateMachine):
    """A clerk who does anything at all, with a shadow of what undo and redo have to give back."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="medaldesk-desk-"))
        self.path = Path(shutil.copy(self.template, self.folder / "games.medaldesk"))
        self.book = Book.open(self.path, who="clerk")
        self.now = everything(self.path)
        self.done: list[tuple[Tables, Tables]] = []
        self.undone: list[tuple[Tables, Tables]] = []
        self.told: list[Change] = []
        self.book.subscribe(self.told.append)

    def teardown(self) -> None:
        self.book.close()
        shutil.rmtree(self.folder)

    # What is there to be edited

    def ids(self, table: str, where: str = "1") -> list[int]:
        return [row[0] for row in self.book.reads._rows(f"SELECT id FROM {table} WHERE {where}")]

    def one(self, table: str, number: int) -> int | None:
        ids = self.ids(table)
        return ids[number % len(ids)] if ids else None

    def edit(self, make: Callable[[], object]) -> None:
        """Make an edit and remember what it was before, and what it has become."""
        before, heard = self.now, len(self.told)
        refused = False
        try:
            make()
        except MedalDeskError:
            refused = True
        self.now = everything(self.path)
        changes = self.told[heard:]
        assert len(changes) <= 1
        assert bool(changes) == (self.now != before), "a change is told if there is one"
        assert not (refused and changes)
        if changes:
            self.done.append((before, self.now))
            self.undone.clear()

    def on(self, table: str, number: int, make: Callable[[int], object]) -> None:
        row = self.one(table, number)
        if row is not None:
            self.edit(lambda: make(row))

    # Undo and redo

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        was, became = self.done.pop()
        assert self.book.edits.undo().kind == "undo"
        self.now = everything(self.path)
        assert self.now == was
        self.undone.append((was, became))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        was, became = self.undone.pop()
        assert self.book.edits.redo().kind == "redo"
        self.now = everything(self.path)
        assert self.now == became
        self.done.append((was, became))

    @rule()
    def close_and_open_again(self) -> None:
        self.book.close()
        self.book = Book.open(self.path, who="clerk")
        self.book.subscribe(self.told.append)
        assert everything(self.path) == self.now

    # What is always so

    @invariant()
    def the_derived_tables_follow_from_the_facts(self) -> None:
        kept, renewed = derived_from_nothing(self.path)
        assert kept == renewed

    @invariant()
    def the_book_is_sound(self) -> None:
        assert self.book.check() == []

    @invariant()
    def nothing_is_left_to_follow(self) -> None:
        assert self.book.poll() == []
