"""What the clerk does to the programme, the start lists and the results."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better
from tests.book.desk import (
    FIRST_DAY,
    NATIONS,
    Desk,
    add_entry,
    clocks,
    days,
    marks,
    names,
    pick,
    units,
)
from tests.book.worlds import nation


class ResultsDesk(Desk):
    """Edits of competitions, events, entries, marks and record lists."""

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

    @rule(event=pick, day=days)
    def make_official(self, event: int, day: int) -> None:
        on = FIRST_DAY + timedelta(day)
        self.on("event", event, lambda row: self.book.edits.make_official(row, on))

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
