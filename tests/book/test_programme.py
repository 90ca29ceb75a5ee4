"""Correcting the programme: event types, phases, and what goes when an event goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import (
    EmptyField,
    EventAfterItsDecision,
    EventAfterOfficial,
    MarksDoNotFit,
    OfficialBeforeEvent,
    UnknownCode,
)
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from tests.book.worlds import (
    POINTS,
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    everything,
    one_race,
)

SCORE = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
DISTANCE = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)


def described(form: MarkFormat = TIME, **more: object) -> NewEventType:
    return NewEventType("IGNORED", "SSK", "Women's 1000 m", "W", form, **more)  # type: ignore[arg-type]


def alone(book: Book, form: MarkFormat) -> Race:
    """An event of a type without record lists."""
    competition = add_competition(book, "CUP", "2026-02-01", "2026-02-28")
    return add_race(book, competition, add_event_type(book, "JUMP", form), "2026-02-09")


# Event types


def test_an_event_type_is_described_anew_and_its_code_stays(book: Book) -> None:
    race = one_race(book)
    for name, mark in [("Kok", "72.50"), ("Leerdam", "73.10"), ("Takagi", "74")]:
        race.enter(name, mark=mark)
    before = everything(book.path)
    new = described(replace(TIME, better=Better.HIGHER), classification="best", bronzes=2)
    book.edits.change_event_type(1, replace(new, gender="M", unit_kind="pair", team=True))
    kept = book.reads.event_type(1)
    assert (kept.code, kept.name, kept.gender) == ("W1000", "Women's 1000 m", "M")
    assert (kept.unit_kind, kept.team) == ("pair", True)
    head = book.reads.event_head(race.event)
    assert (head.classification, head.bronzes) == (Classification.BEST, 2)
    assert race.ranks() == {"Kok": 3, "Leerdam": 2, "Takagi": 1}
    assert_sound(book)
    assert book.edits.next_undo().action is Action.CHANGE_EVENT_TYPE
    book.edits.undo()
    assert everything(book.path) == before


@pytest.mark.parametrize(
    ("was", "mark", "becomes"),
    [
        (TIME, "1:12.31", DISTANCE),
        (TIME, "1:12.31", replace(TIME, decimals=1)),
        (TIME, "72.31", MarkFormat(MarkKind.PLACING, Better.LOWER, 0)),
        (TIME, "72.31", SCORE),
        (SCORE, "3-2", POINTS),
        (DISTANCE, "0", TIME),
    ],
)
def test_marks_that_would_not_fit_are_left_as_they_are(
    book: Book, was: MarkFormat, mark: str, becomes: MarkFormat
) -> None:
    race = alone(book, was)
    race.enter("Kok", mark=mark)
    before = everything(book.path)
    with pytest.raises(MarksDoNotFit):
        book.edits.change_event_type(1, described(becomes))
    assert everything(book.path) == before
    race.mark("Kok", "dnf")
    book.edits.change_event_type(1, described(becomes))
    assert book.reads.event_type(1).form == becomes
    assert_sound(book)


@pytest.mark.parametrize(
    ("was", "mark", "becomes"),
    [
        (POINTS, "85.30", DISTANCE),
        (TIME, "46.10", replace(TIME, decimals=3)),
        (TIME, "46.1", replace(TIME, decimals=1)),
        (SCORE, "3-2", replace(SCORE, better=Better.LOWER)),
    ],
)
def test_marks_that_read_the_same_are_kept(
    book: Book, was: MarkFormat, mark: str, becomes: MarkFormat
) -> None:
    race = alone(book, was)
    race.enter("Kok", mark=mark)
    row = book.reads.results(race.event)[0]
    book.edits.change_event_type(1, described(becomes))
    assert book.reads.results(race.event)[0] == row
    assert_sound(book)


def test_splits_and_records_before_the_book_have_to_fit_too(book: Book) -> None:
    race = one_race(book)
    race.enter("Kok")
    book.edits.enter_split(race.results["Kok"], "200 m", "17.65")
    tenths = described(replace(TIME, decimals=1))
    with pytest.raises(MarksDoNotFit):
        book.edits.change_event_type(1, tenths)
    book.edits.enter_split(race.results["Kok"], "200 m", "")
    book.edits.set_baseline(1, NewBaseline("Takagi", "1:13.19"))
    with pytest.raises(MarksDoNotFit):
        book.edits.change_event_type(1, tenths)
    book.edits.set_baseline(1, NewBaseline("Takagi", "1:13.1"))
    book.edits.change_event_type(1, tenths)
    assert book.reads.event_type(1).form.decimals == 1


def test_what_cannot_be_of_an_event_type_is_refused(book: Book) -> None:
    one_race(book)
    for new in (replace(described(), name=" "), replace(described(), discipline="XXX")):
        with pytest.raises((EmptyField, UnknownCode)):
            book.edits.change_event_type(1, new)
    with pytest.raises(UnknownCode):
        book.edits.change_event_type(99, described())


def test_a_type_goes_with_its_only_event_and_comes_back_with_it(book: Book) -> None:
    race = alone(book, POINTS)
    before = everything(book.path)
    book.edits.delete_event(race.event)
    assert book.reads.event_types() == []
    assert_sound(book)
    book.edits.undo()
    assert everything(book.path) == before
    book.edits.redo()
    assert book.reads.event_types() == []


def test_a_type_stays_where_an_event_or_a_record_list_needs_it(book: Book) -> None:
    kept = one_race(book)
    book.edits.delete_event(kept.event)
    first = alone(book, POINTS)
    add_race(book, 1, 2, "2026-02-10")
    book.edits.delete_event(first.event)
    assert [row.code for row in book.reads.event_types()] == ["JUMP", "W1000"]


# Days


def test_r10_an_event_is_official_on_its_day_or_later(book: Book) -> None:
    race = one_race(book)
    before = everything(book.path)
    with pytest.raises(OfficialBeforeEvent) as refused:
        book.edits.make_official(race.event, date(2026, 2, 8))
    assert refused.value.details == {"date": "2026-02-08", "start": "2026-02-09"}
    assert everything(book.path) == before
    book.edits.make_official(race.event, date(2026, 2, 9))
    book.edits.make_official(race.event, date(2026, 2, 20))
    assert book.reads.event_head(race.event).status == "official"


def test_r10_an_official_event_is_not_moved_behind_that_day(book: Book) -> None:
    race = one_race(book)
    book.edits.make_official(race.event, date(2026, 2, 10))
    before = everything(book.path)
    with pytest.raises(EventAfterOfficial) as refused:
        book.edits.change_event(race.event, day=date(2026, 2, 11), venue=None)
    assert refused.value.details == {"date": "2026-02-11", "start": "2026-02-10"}
    assert everything(book.path) == before
    book.edits.change_event(race.event, day=date(2026, 2, 10), venue="Oval")
    book.edits.change_event(race.event, day=date(2026, 2, 7), venue="Oval")
    book.edits.reopen_event(race.event)
    book.edits.change_event(race.event, day=date(2026, 2, 11), venue="Oval")
    assert book.reads.event_head(race.event).day == "2026-02-11"


def test_r09_an_event_is_not_moved_behind_what_was_decided_on_it(book: Book) -> None:
    race = one_race(book)
    race.enter("Kok", mark="1:12.59")
    for day in (date(2026, 2, 12), date(2026, 2, 10)):
        line = DecisionLine(race.entries["Kok"], medal=MedalRuling.WITHHELD)
        book.edits.take_decision(race.event, NewDecision("Jury", day, "Protest", [line]))
    before = everything(book.path)
    with pytest.raises(EventAfterItsDecision) as refused:
        book.edits.change_event(race.event, day=date(2026, 2, 11), venue=None)
    assert refused.value.details == {"date": "2026-02-11", "start": "2026-02-10"}
    assert everything(book.path) == before
    book.edits.change_event(race.event, day=date(2026, 2, 10), venue=None)
    # The day of an event is that of its last; its heats were held, and decided on, before.
    with book.edits.together(Action.ADD_PHASE, "Heats") as writer:
        writer.update("phase", book.edits.add_phase(race.event, "Heats", 1), date="2026-02-10")
    book.edits.change_event(race.event, day=date(2026, 2, 14), venue=None)
    assert book.reads.event_head(race.event).day == "2026-02-14"


def test_the_venue_of_an_event_is_free_whatever_its_day(book: Book) -> None:
    """Also in a book in which an event was official, or decided on, before its day."""
    race = one_race(book)
    with book.edits.together(Action.MAKE_OFFICIAL, "too early") as writer:
        writer.update("event", race.event, status="official", official_at="2026-02-01")
    book.edits.change_event(race.event, day=date(2026, 2, 9), venue="Oval")
    book.edits.change_event(race.event, day=date(2026, 2, 7), venue="Oval")
    assert book.reads.event_head(race.event).day == "2026-02-07"


# Phases


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (None, ["Heats", "Final", "New"]),
        (3, ["Heats", "Final", "New"]),
        (99, ["Heats", "Final", "New"]),
        (2, ["Heats", "New", "Final"]),
        (1, ["New", "Heats", "Final"]),
        (0, ["New", "Heats", "Final"]),
    ],
)
def test_a_phase_is_added_where_it_is_wanted(
    book: Book, position: int | None, order: list[str]
) -> None:
    race = one_race(book)
    book.edits.add_phase(race.event, "Heats", 1)
    before = everything(book.path)
    added = book.edits.add_phase(race.event, "New", position)
    phases = book.reads.event_head(race.event).phases
    assert [phase.name for phase in phases] == order
    assert [phase.position for phase in phases] == [1, 2, 3]
    assert added == phases[order.index("New")].id
    assert_sound(book)
    book.edits.undo()
    assert everything(book.path) == before


def test_r04_heats_put_before_the_final_rank_behind_it(book: Book) -> None:
    race = one_race(book)
    race.enter("Kok", mark="1:14.00")
    heats = book.edits.add_phase(race.event, "Heats", 1)
    quick = race.enter("Leerdam", mark="1:12.00")
    assert [row.id for row in book.reads.results(race.event, heats)] == [quick]
    assert race.ranks() == {"Kok": 1, "Leerdam": 2}
