"""RULES 2: statuses of the user's own, and a discipline's own order of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import (
    BadStatus,
    DuplicateCode,
    EmptyField,
    NamedTwice,
    StatusInUse,
    UnknownCode,
)
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.ranking import IRM_ORDER
from tests.book.worlds import (
    TIME,
    Race,
    add_event_type,
    add_race,
    assert_sound,
    everything,
    one_race,
)


def race_of_statuses(book: Book) -> Race:
    race = one_race(book)
    for name, mark in [("Kok", "72"), ("Bowe", "dns"), ("Takagi", "dnf"), ("Leerdam", "dsq")]:
        race.enter(name, mark=mark)
    return race


def sheet(race: Race) -> list[str]:
    return [row.status or row.name for row in race.book.reads.results(race.event)]


def codes(book: Book) -> list[str]:
    return [status.code for status in book.reads.statuses()]


def test_a_status_of_ones_own_is_typed_in_the_mark_cell(book: Book) -> None:
    race = race_of_statuses(book)
    before = everything(book.path)
    book.edits.add_status("abd", " Abandoned  the race ", after="dnf")
    assert codes(book) == [*IRM_ORDER[:3], "ABD", *IRM_ORDER[3:]]
    assert book.reads.statuses()[3].name == "Abandoned the race"
    race.enter("Wüst", mark="Abd")
    assert sheet(race) == ["Kok", "DNF", "ABD", "DNS", "DSQ"]
    assert race.ranks()["Wüst"] is None
    assert_sound(book)
    while everything(book.path) != before:
        book.edits.undo()
    assert codes(book) == [*IRM_ORDER]


def test_a_status_stands_behind_all_unless_it_is_said_behind_which(book: Book) -> None:
    book.edits.add_status("OUT", "Out")
    book.edits.add_status("Q", "Qualified out", after="LAP")
    assert codes(book) == ["LAP", "Q", *IRM_ORDER[1:], "OUT"]
    book.edits.delete_status("q")
    book.edits.add_status("Z", "Last")
    assert codes(book) == [*IRM_ORDER, "OUT", "Z"]


@pytest.mark.parametrize("code", ["1ST", "A1", "D/Q", "3-2", "A B", "ABCDEFGHI", "°"])
def test_what_could_be_read_as_a_mark_is_no_status(book: Book, code: str) -> None:
    before = everything(book.path)
    with pytest.raises(BadStatus) as refused:
        book.edits.add_status(code, "Something")
    assert refused.value.details == {"text": code}
    assert everything(book.path) == before


def test_a_status_needs_a_code_and_a_name_of_its_own(book: Book) -> None:
    before = everything(book.path)
    with pytest.raises(DuplicateCode) as refused:
        book.edits.add_status("dnf", "Did not finish")
    assert refused.value.details == {"what": "status", "code": "DNF"}
    for code, name in [(" ", "Name"), ("ABD", " ")]:
        with pytest.raises(EmptyField):
            book.edits.add_status(code, name)
    with pytest.raises(UnknownCode):
        book.edits.add_status("ABD", "Abandoned", after="XYZ")
    assert everything(book.path) == before


def test_a_status_is_renamed(book: Book) -> None:
    before = everything(book.path)
    book.edits.rename_status("lap", "Lapped by the leader")
    assert book.reads.statuses()[0].name == "Lapped by the leader"
    with pytest.raises(EmptyField):
        book.edits.rename_status("LAP", " ")
    with pytest.raises(UnknownCode):
        book.edits.rename_status("XYZ", "Name")
    book.edits.undo()
    assert everything(book.path) == before


def test_a_status_is_deleted_only_while_nobody_has_it(book: Book) -> None:
    race = race_of_statuses(book)
    book.edits.add_status("ABD", "Abandoned")
    book.edits.set_status_order("SSK", ["ABD", "DNF"])
    race.mark("Kok", "abd")
    for code in ("ABD", "DQB"):
        with pytest.raises(StatusInUse) as refused:
            book.edits.delete_status(code)
        assert refused.value.details == {"code": code}
    race.mark("Kok", "72")
    before = everything(book.path)
    book.edits.delete_status("abd")
    assert codes(book) == [*IRM_ORDER]
    assert book.reads.status_order("SSK")[0] == "DNF"
    assert_sound(book)
    book.edits.undo()
    assert everything(book.path) == before


def test_a_status_that_a_decision_gave_stays(book: Book) -> None:
    race = race_of_statuses(book)
    book.edits.add_status("ABD", "Abandoned")
    with book.edits.together(Action.TAKE_DECISION, "jury") as writer:
        decision = writer.insert(
            "decision", event_id=race.event, date="2026-02-09", body="Jury", reason="Left"
        )
        writer.insert(
            "decision_line",
            decision_id=decision,
            event_id=race.event,
            entry_id=race.entries["Kok"],
            sets_status=1,
            status="ABD",
        )
    with pytest.raises(StatusInUse):
        book.edits.delete_status("ABD")


def touched(book: Book, edit: Callable[[], object]) -> frozenset[int]:
    """The events that an edit renews, as it is made, taken back and made again."""
    told: list[Change] = []
    book.subscribe(told.append)
    edit()
    book.edits.undo()
    assert_sound(book)
    book.edits.redo()
    assert_sound(book)
    assert len(told) == 3
    assert len({change.events for change in told}) == 1
    return told[0].events


@pytest.mark.parametrize("after", [None, "LAP", "DNF"])
def test_what_changes_no_sheet_touches_none(book: Book, after: str | None) -> None:
    race_of_statuses(book)
    book.edits.set_status_order("SSK", ["DSQ", "DNS"])
    edits = book.edits
    assert touched(book, lambda: edits.add_status("ABD", "Abandoned", after=after)) == set()
    assert touched(book, lambda: edits.rename_status("DNF", "Did not arrive")) == set()
    edits.set_status_order("SSK", ["ABD", "DSQ", "DNS"])
    assert touched(book, lambda: edits.delete_status("ABD")) == set()


def test_an_order_touches_the_sheets_that_a_status_moves_on(book: Book) -> None:
    """Those of its discipline where the status stands, typed or decided."""
    race = race_of_statuses(book)
    other = book.edits.add_event_type(NewEventType("XC", "CCS", "10 km", "W", TIME))
    add_race(book, 1, other, "2026-02-10").enter("Karlsson", mark="dns")
    decided = add_race(book, 1, add_event_type(book, "W500"), "2026-02-10")
    decided.enter("Fish", mark="46.3")
    line = DecisionLine(decided.entries["Fish"], sets_status=True, status="DNS")
    decision = NewDecision("Jury", date(2026, 2, 10), "Was not there", [line])
    book.edits.take_decision(decided.event, decision)
    add_race(book, 1, add_event_type(book, "W1500"), "2026-02-10").enter("Holum", mark="dnf")
    order = book.edits.set_status_order
    assert touched(book, lambda: order("SSK", ["dns"])) == {race.event, decided.event}
    assert touched(book, lambda: order("SSK", ["dns", "dsq"])) == {race.event}
    assert touched(book, lambda: order("SSK", ["dns", "dsq", "lap"])) == set()


def test_rules_2_a_discipline_orders_its_statuses_otherwise(book: Book) -> None:
    race = race_of_statuses(book)
    other = book.edits.add_event_type(NewEventType("XC", "CCS", "10 km", "W", TIME))
    elsewhere = add_race(book, 1, other, "2026-02-10")
    for name, mark in [("Karlsson", "dns"), ("Diggins", "dnf")]:
        elsewhere.enter(name, mark=mark)
    before = everything(book.path)
    book.edits.set_status_order("SSK", ["dsq", "DNS"])
    assert sheet(race) == ["Kok", "DSQ", "DNS", "DNF"]
    assert sheet(elsewhere) == ["DNF", "DNS"]
    assert book.reads.status_order("SSK")[:3] == ["DSQ", "DNS", "LAP"]
    assert book.reads.status_order("CCS") == [*IRM_ORDER]
    assert_sound(book)
    book.edits.set_status_order("SSK", ["DNS", "DSQ"])
    assert sheet(race) == ["Kok", "DNS", "DSQ", "DNF"]
    assert_sound(book)
    book.edits.set_status_order("SSK", [])
    assert sheet(race) == ["Kok", "DNF", "DNS", "DSQ"]
    assert book.reads.status_order("SSK") == [*IRM_ORDER]
    for _ in range(3):
        book.edits.undo()
    assert everything(book.path) == before


def test_an_order_names_known_statuses_once(book: Book) -> None:
    before = everything(book.path)
    with pytest.raises(NamedTwice) as refused:
        book.edits.set_status_order("SSK", ["DNF", "dnf"])
    assert refused.value.details == {"what": "status", "name": "DNF"}
    for discipline, order in [("SSK", ["XYZ"]), ("XXX", ["DNF"])]:
        with pytest.raises(UnknownCode):
            book.edits.set_status_order(discipline, order)
    with pytest.raises(UnknownCode):
        book.reads.status_order("XXX")
    assert everything(book.path) == before
