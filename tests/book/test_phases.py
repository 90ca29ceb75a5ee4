"""R3, R5: phases renamed and deleted, and what an event type says of its events."""

from __future__ import annotations

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import EmptyField, OnlyPhase, UnknownCode
from tests.book.test_query_plans import walks
from tests.book.worlds import (
    TIME,
    Race,
    add_competition,
    add_race,
    assert_sound,
    everything,
    one_race,
)


def three_phases(book: Book) -> tuple[Race, list[int]]:
    """Heats, semi-finals and a final: Kok in all, Bowe in the first two, Takagi in one each."""
    race = one_race(book)
    book.edits.add_phase(race.event, "Semi-finals", 1)
    book.edits.add_phase(race.event, "Heats", 1)
    phases = [phase.id for phase in book.reads.event_head(race.event).phases]
    for name in ("Kok", "Bowe", "Takagi"):
        race.enter(name, unit="1", mark="1:15.00")
    for name, last in [("Kok", 3), ("Bowe", 2)]:
        for phase in phases[1:last]:
            result = book.edits.add_result(race.entries[name], phase, unit="2 i", start_order=7)
            book.edits.enter_mark(result, "1:14.00")
            book.edits.enter_split(result, "200 m", "17.6")
    return race, phases


def names(race: Race) -> list[tuple[str, int]]:
    phases = race.book.reads.event_head(race.event).phases
    return [(phase.name, phase.position) for phase in phases]


def test_r05_a_result_of_a_further_phase_has_its_start_order(book: Book) -> None:
    race, phases = three_phases(book)
    rows = book.reads.results(race.event, phases[1])
    assert {row.name: row.start_order for row in rows} == {"Kok": 7, "Bowe": 7}


def test_a_phase_is_renamed(book: Book) -> None:
    race, phases = three_phases(book)
    before = everything(book.path)
    book.edits.rename_phase(phases[0], " Round  1 ")
    assert names(race) == [("Round 1", 1), ("Semi-finals", 2), ("Final", 3)]
    step = book.edits.next_undo()
    assert step is not None
    assert step.action is Action.RENAME_PHASE
    with pytest.raises(EmptyField):
        book.edits.rename_phase(phases[0], " ")
    with pytest.raises(UnknownCode):
        book.edits.rename_phase(999, "Round 9")
    book.edits.undo()
    assert everything(book.path) == before


@pytest.mark.parametrize(
    ("deleted", "left", "ranks"),
    [
        (0, ["Semi-finals", "Final"], {"Kok": 1, "Bowe": 2, "Takagi": None}),
        (1, ["Heats", "Final"], {"Kok": 1, "Bowe": 2, "Takagi": 2}),
        (2, ["Heats", "Semi-finals"], {"Kok": 1, "Bowe": 1, "Takagi": 3}),
    ],
)
def test_r05_a_phase_is_deleted_and_nobody_with_it(
    book: Book, deleted: int, left: list[str], ranks: dict[str, int | None]
) -> None:
    race, phases = three_phases(book)
    before = everything(book.path)
    book.edits.delete_phase(phases[deleted])
    assert names(race) == [(name, place) for place, name in enumerate(left, start=1)]
    assert race.ranks() == ranks
    assert_sound(book)
    book.edits.undo()
    assert everything(book.path) == before


def test_r05_whoever_was_only_there_goes_to_the_first_phase_left(book: Book) -> None:
    race, phases = three_phases(book)
    book.edits.delete_phase(phases[0])
    (row,) = [row for row in book.reads.results(race.event) if row.name == "Takagi"]
    assert row.id in {each.id for each in book.reads.results(race.event, phases[1])}
    assert not row.has_entry
    book.edits.delete_phase(phases[1])
    assert {row.name for row in book.reads.results(race.event, phases[2])} == set(race.entries)
    assert_sound(book)


def test_the_only_phase_stays(book: Book) -> None:
    race = one_race(book)
    (phase,) = book.reads.event_head(race.event).phases
    before = everything(book.path)
    with pytest.raises(OnlyPhase) as refused:
        book.edits.delete_phase(phase.id)
    assert refused.value.details == {"name": "Final"}
    with pytest.raises(UnknownCode):
        book.edits.delete_phase(999)
    assert everything(book.path) == before


def test_deleting_a_phase_walks_through_no_table(book: Book) -> None:
    _, phases = three_phases(book)
    assert walks(book, lambda: book.edits.delete_phase(phases[0])) == []
    assert walks(book, lambda: book.edits.rename_phase(phases[1], "Round 1")) == []


# What an event type says of its events


def test_r03_an_event_type_asks_for_tie_breaks_and_its_events_report_ties(book: Book) -> None:
    race = one_race(book)
    for name in ("Kok", "Bowe"):
        race.enter(name, mark="1:14.00")
    before = everything(book.path)
    assert [row.tie_open for row in book.reads.results(race.event)] == [False, False]
    asking = NewEventType("W1000", "SSK", "1000 m", "W", TIME, breaks_ties=True, measures_wind=True)
    book.edits.change_event_type(1, asking)
    head, kind = book.reads.event_head(race.event), book.reads.event_type(1)
    assert (head.breaks_ties, head.measures_wind, head.team, head.gender) == (
        True,
        True,
        False,
        "W",
    )
    assert (kind.breaks_ties, kind.measures_wind) == (True, True)
    assert [row.tie_open for row in book.reads.results(race.event)] == [True, True]
    for name, tie_break in [("Kok", "2"), ("Bowe", "1")]:
        book.edits.enter_tie_break(race.results[name], tie_break)
    assert [row.tie_open for row in book.reads.results(race.event)] == [False, False]
    assert race.ranks() == {"Bowe": 1, "Kok": 2}
    assert_sound(book)
    for _ in range(3):
        book.edits.undo()
    assert everything(book.path) == before


def test_r03_a_new_event_has_the_rules_of_its_type(book: Book) -> None:
    kind = book.edits.add_event_type(
        NewEventType("M100", "ATH", "100 m", "M", TIME, breaks_ties=True, measures_wind=True)
    )
    race = add_race(
        book, add_competition(book, "OG", "2024-07-26", "2024-08-11"), kind, "2024-08-04"
    )
    head = book.reads.event_head(race.event)
    assert (head.breaks_ties, head.measures_wind, head.gender) == (True, True, "M")
    assert_sound(book)
