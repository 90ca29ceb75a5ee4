"""Whatever is done to a book, in whatever order: R21 and the promises of undo.

After every edit the derived tables are what a full derivation makes of the facts; undo gives
back every fact and every derived row as it was, and redo every one as it had become, also
after the book was closed and opened again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Better
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

    # Edits

    @rule(result=pick, text=marks)
    def enter_mark(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_mark(row, text))

    @rule(typed=st.lists(st.tuples(pick, marks), min_size=2, max_size=4))
    def paste_marks(self, typed: list[tuple[int, str]]) -> None:
        ids = self.ids("result")
        if ids:
            cells = [(ids[number % len(ids)], text) for number, text in typed]
            self.edit(lambda: self.book.edits.enter_marks(cells))

    @rule(result=pick, text=units)
    def place_in_unit(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.place_in_unit(row, text))

    @rule(result=pick, text=clocks)
    def enter_clock_time(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_clock_time(row, text))

    @rule(result=pick, text=st.sampled_from(["", "1", "2"]))
    def enter_tie_break(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_tie_break(row, text))

    @rule(result=pick, text=st.sampled_from(["", "17.6", "17.4"]))
    def enter_split(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_split(row, "200 m", text))

    @rule(result=pick, text=st.sampled_from(["", "1", "2"]))
    def enter_start_order(self, result: int, text: str) -> None:
        self.on("result", result, lambda row: self.book.edits.enter_start_order(row, text))

    @rule(entry=pick, text=st.sampled_from(["", "1", "2", "3"]))
    def enter_rank(self, entry: int, text: str) -> None:
        self.on("entry", entry, lambda row: self.book.edits.enter_rank(row, text))

    @rule(event=pick, name=names, code=st.sampled_from(NATIONS), unit=units)
    def add_entry(self, event: int, name: str, code: str, unit: str) -> None:
        def add(row: int) -> None:
            with self.book.edits.together(Action.ADD_ENTRY, name):
                add_entry(self.book, row, name, code, unit)

        self.on("event", event, add)

    @rule(entry=pick)
    def delete_entry(self, entry: int) -> None:
        self.on("entry", entry, self.book.edits.delete_entry)

    @rule(entry=pick, code=st.sampled_from(NATIONS))
    def change_entry_nation(self, entry: int, code: str) -> None:
        of = nation(self.book, code)
        self.on("entry", entry, lambda row: self.book.edits.change_entry_nation(row, of))

    @rule(athlete=pick, name=names)
    def rename_athlete(self, athlete: int, name: str) -> None:
        self.on("athlete", athlete, lambda row: self.book.edits.rename_athlete(row, name))

    @rule(event=pick, position=st.none() | st.integers(0, 3))
    def add_phase(self, event: int, position: int | None) -> None:
        self.on("event", event, lambda row: self.book.edits.add_phase(row, "Final", position))

    @rule(entry=pick, phase=pick, unit=units)
    def add_result(self, entry: int, phase: int, unit: str) -> None:
        def add(row: int) -> None:
            phases = self.ids("phase", f"event_id = (SELECT event_id FROM entry WHERE id = {row})")
            self.book.edits.add_result(row, phases[phase % len(phases)], unit=unit)

        self.on("entry", entry, add)

    @rule(event=pick, day=days, venue=st.sampled_from([None, "Oval", "Arena"]))
    def change_event(self, event: int, day: int, venue: str | None) -> None:
        on = FIRST_DAY + timedelta(day)
        self.on("event", event, lambda row: self.book.edits.change_event(row, day=on, venue=venue))

    @rule(events=st.lists(st.tuples(pick, days), min_size=2, max_size=3))
    def change_several_events(self, events: list[tuple[int, int]]) -> None:
        """The days of several events of one list move past each other in one edit."""
        ids = self.ids("event")

        def change() -> None:
            with self.book.edits.together(Action.CHANGE_EVENT, "days"):
                for number, day in events:
                    self.book.edits.change_event(
                        ids[number % len(ids)], day=FIRST_DAY + timedelta(day), venue="Oval"
                    )

        if ids:
            self.edit(change)

    @rule(event=pick)
    def make_official(self, event: int) -> None:
        self.on("event", event, lambda row: self.book.edits.make_official(row, FIRST_DAY))

    @rule(event=pick)
    def reopen_event(self, event: int) -> None:
        self.on("event", event, self.book.edits.reopen_event)

    @rule(event=pick)
    def delete_event(self, event: int) -> None:
        self.on("event", event, self.book.edits.delete_event)

    @rule(competition=pick, event_type=pick, day=days)
    def add_event(self, competition: int, event_type: int, day: int) -> None:
        on = FIRST_DAY + timedelta(day)
        if kinds := self.ids("event_type"):
            kind = kinds[event_type % len(kinds)]
            self.on(
                "competition", competition, lambda row: self.book.edits.add_event(row, kind, on)
            )

    @rule(competition=pick, series=st.sampled_from([None, "OG"]))
    def set_series(self, competition: int, series: str | None) -> None:
        self.on("competition", competition, lambda row: self.book.edits.set_series(row, series))

    @rule(competition=pick, first=days, last=days)
    def change_competition(self, competition: int, first: int, last: int) -> None:
        start, end = FIRST_DAY + timedelta(first), FIRST_DAY + timedelta(last)
        self.on(
            "competition",
            competition,
            lambda row: self.book.edits.change_competition(
                row, name="Other games", start=start, end=end
            ),
        )

    @rule(competition=pick, code=st.sampled_from(NATIONS),
          membership=st.sampled_from(["ranked", "left_out"]))  # fmt: skip
    def set_membership(self, competition: int, code: str, membership: str) -> None:
        of = nation(self.book, code)
        self.on(
            "competition",
            competition,
            lambda row: self.book.edits.set_membership(row, of, membership),
        )

    @rule(event_type=pick, better=st.sampled_from(Better), method=st.sampled_from(Classification))
    def change_event_type(self, event_type: int, better: Better, method: Classification) -> None:
        """The best becomes the worst, or all phases count: every rank and every list anew."""

        def change(row: int) -> None:
            head = self.book.reads.event_type(row)
            form = replace(head.form, better=better)
            new = NewEventType(head.code, "SSK", head.name, "W", form, classification=method)
            self.book.edits.change_event_type(row, new)

        self.on("event_type", event_type, change)

    @rule(
        kind=st.sampled_from(["WR", "NR"]),
        event_type=pick,
        venue=st.sampled_from([None, "Oval"]),
        code=st.none() | st.sampled_from(NATIONS),
    )
    def add_record_list(
        self, kind: str, event_type: int, venue: str | None, code: str | None
    ) -> None:
        of = nation(self.book, code) if code else None
        self.on(
            "event_type",
            event_type,
            lambda row: self.book.edits.add_record_list(kind, row, nation=of, venue=venue),
        )

    @rule(competition=pick)
    def delete_competition(self, competition: int) -> None:
        self.on("competition", competition, self.book.edits.delete_competition)

    @rule(record_list=pick, mark=st.sampled_from(["72", "73", "90"]),
          day=st.none() | st.integers(-1, 3))  # fmt: skip
    def set_baseline(self, record_list: int, mark: str, day: int | None) -> None:
        on = None if day is None else FIRST_DAY + timedelta(day)
        new = NewBaseline("Before", mark, day=on)
        self.on("record_list", record_list, lambda row: self.book.edits.set_baseline(row, new))

    @rule(unit=pick, day=st.none() | days, clock=st.sampled_from([None, "09:30", "10:02"]))
    def time_a_unit(self, unit: int, day: int | None, clock: str | None) -> None:
        on = None if day is None else (FIRST_DAY + timedelta(day)).isoformat()

        def write(row: int) -> None:
            with self.book.edits.together(Action.ENTER_CLOCK_TIME, "unit") as writer:
                writer.update("unit", row, date=on, clock_time=clock)

        self.on("unit", unit, write)

    @rule(phase=pick, day=st.none() | days)
    def date_a_phase(self, phase: int, day: int | None) -> None:
        on = None if day is None else (FIRST_DAY + timedelta(day)).isoformat()

        def write(row: int) -> None:
            with self.book.edits.together(Action.CHANGE_EVENT, "phase") as writer:
                writer.update("phase", row, date=on)

        self.on("phase", phase, write)

    @rule(result=pick, text=marks)
    def an_edit_that_fails_half_way(self, result: int, text: str) -> None:
        def fail() -> None:
            with self.book.edits.together(Action.PASTE_MARKS, "2"):
                for row in self.ids("result")[:1]:
                    self.book.edits.enter_mark(row, text)
                self.book.edits.enter_mark(-1, "1:10")

        self.edit(fail)

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


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, empty_book: Path) -> Path:
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("world") / "world.medaldesk"))
    with Book.open(path, who="clerk") as book, book.edits.together(Action.IMPORT_RESULTS, "world"):
        a_world(book)
    return path


def test_r21_every_edit_leaves_the_book_as_a_full_derivation_would(world: Path) -> None:
    class DeskOfThisWorld(Desk):
        template = world

    run_state_machine_as_test(
        DeskOfThisWorld, settings=settings(stateful_step_count=30, max_examples=30)
    )
