"""Edits that cannot be made as asked: one error a person can mend, and nothing changed."""

from __future__ import annotations

from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import (
    AlreadyEntered,
    DateOutsideCompetition,
    DatesReversed,
    DuplicateCode,
    EmptyField,
    EntryDecided,
    UnknownCode,
)
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.units import UnitPlace
from tests.book.worlds import (
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    everything,
    nation,
    one_race,
)

DAY = date(2026, 2, 9)


@pytest.fixture
def race(book: Book) -> Race:
    return one_race(book)


def test_the_same_athlete_is_not_entered_twice(race: Race) -> None:
    race.enter("Kok")
    race.enter("Leerdam")
    with pytest.raises(AlreadyEntered):
        race.enter("Kok")
    athlete = race.book.reads.athletes_named("Kok")[0].id
    with pytest.raises(AlreadyEntered):
        race.book.edits.change_entry_athlete(race.entries["Leerdam"], athlete)


def test_whoever_a_decision_names_stays_entered(race: Race) -> None:
    edits = race.book.edits
    race.enter("Kok", mark="1:12.59")
    race.enter("Leerdam", mark="1:12.31")
    line = DecisionLine(race.entries["Kok"], medal=MedalRuling.WITHHELD)
    decision = edits.take_decision(race.event, NewDecision("Jury", DAY, "Protest", [line]))
    edits.revoke_decision(decision, DAY)
    before = everything(race.book.path)
    with pytest.raises(EntryDecided) as refused:
        edits.delete_entry(race.entries["Kok"])
    assert refused.value.details == {"name": "Kok", "body": "Jury"}
    assert everything(race.book.path) == before
    edits.delete_entry(race.entries["Leerdam"])
    edits.delete_decision(decision)
    edits.delete_entry(race.entries["Kok"])
    assert race.book.reads.results(race.event) == []


def test_nobody_is_twice_in_one_unit(race: Race) -> None:
    edits = race.book.edits
    first = race.enter("Kok", unit="1")
    phase = race.book.reads.event_head(race.event).phases[0].id
    with pytest.raises(AlreadyEntered):
        edits.add_result(race.entries["Kok"], phase, unit="1 o")
    again = edits.add_result(race.entries["Kok"], phase, unit="2")
    with pytest.raises(AlreadyEntered):
        edits.place_in_unit(again, "1")
    edits.place_in_unit(first, "1 o")
    edits.place_in_unit(again, "")
    assert [row.place for row in race.book.reads.results(race.event)] == [
        UnitPlace(1, "o"),
        UnitPlace(),
    ]


def test_codes_are_unique_and_without_spaces_or_slashes(book: Book) -> None:
    add_competition(book, "OG", "2026-02-06", "2026-02-22", "OG")
    kind = add_event_type(book, "W500")
    with pytest.raises(DuplicateCode):
        add_competition(book, "og", "2026-02-06", "2026-02-22")
    with pytest.raises(DuplicateCode):
        add_event_type(book, "W500")
    with pytest.raises(DuplicateCode):
        book.edits.add_series("og", "Again")
    with pytest.raises(DuplicateCode):
        book.edits.add_nation("ned", "Again")
    for code in ("", " ", "A B", "A/B"):
        with pytest.raises(EmptyField):
            add_competition(book, code, "2026-02-06", "2026-02-22")
    race = add_race(book, 1, kind, "2026-02-09")
    with pytest.raises(DuplicateCode):
        add_race(book, 1, kind, "2026-02-10")
    assert race.event == 1


def test_what_must_have_a_name_has_one(race: Race) -> None:
    edits = race.book.edits
    day = DAY.isoformat()
    for edit in (
        lambda: edits.rename_book("  "),
        lambda: edits.add_athlete(" "),
        lambda: edits.add_phase(race.event, ""),
        lambda: edits.add_entry(race.event, nation(race.book, "NED"), team=" "),
        lambda: edits.add_series("X", ""),
        lambda: edits.add_nation("", "Exkland"),
        lambda: edits.set_baseline(1, NewBaseline(" ", "1:12")),
        lambda: add_competition(race.book, "", day, day),
    ):
        with pytest.raises(EmptyField):
            edit()


def test_the_days_of_a_competition_are_in_order_and_hold_its_events(race: Race) -> None:
    book = race.book
    with pytest.raises(DatesReversed):
        add_competition(book, "CUP", "2026-02-02", "2026-02-01")
    with pytest.raises(DateOutsideCompetition):
        book.edits.change_event(race.event, day=date(2026, 3, 1), venue=None)
    with pytest.raises(DateOutsideCompetition):
        book.edits.change_competition(
            1, name="Games", start=date(2026, 2, 10), end=date(2026, 2, 22)
        )
    with pytest.raises(DatesReversed):
        book.edits.change_competition(1, name="Games", start=DAY, end=date(2026, 2, 8))
    book.edits.change_competition(1, name="The Games", start=DAY, end=DAY, city="Milano")
    row = book.reads.competition(1)
    assert (row.name, row.start, row.end, row.city) == (
        "The Games",
        "2026-02-09",
        "2026-02-09",
        "Milano",
    )


def test_what_nobody_knows_is_refused_by_its_code(book: Book) -> None:
    day = DAY
    for edit in (
        lambda: book.edits.add_competition(NewCompetition("X", "X", day, day, series="NONE")),
        lambda: book.edits.add_event_type(NewEventType("X", "NONE", "X", "W", TIME)),
        lambda: book.edits.add_record_list("NONE", 1),
        lambda: book.reads.competition_by_code("NONE"),
        lambda: book.reads.event_by_path("OG/NONE"),
        lambda: book.reads.event_type_by_code("NONE"),
        lambda: book.reads.record_history(9),
    ):
        with pytest.raises(UnknownCode):
            edit()
    assert book.reads.nation_by_code("NONE") is None
