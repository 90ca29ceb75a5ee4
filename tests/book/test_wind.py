"""Wind and assistance: typed with a result, and in a race with the whole unit."""

from __future__ import annotations

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.domain.errors import BadWind
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from tests.book.test_query_plans import walks
from tests.book.worlds import TIME, Race, assert_sound, everything, one_race

JUMP = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)


def two_heats(book: Book, form: MarkFormat = TIME) -> Race:
    race = one_race(book, form)
    for name, unit in [("Kok", "1"), ("Bowe", "1"), ("Takagi", "2"), ("Leerdam", "")]:
        race.enter(name, unit=unit)
    return race


def winds(race: Race) -> dict[str, int | None]:
    return {row.name: row.wind for row in race.book.reads.results(race.event)}


def test_r25_in_a_race_the_wind_blows_for_the_whole_unit(book: Book) -> None:
    race = two_heats(book)
    before = everything(book.path)
    book.edits.enter_wind(race.results["Bowe"], "+2,1 m/s")
    known = 2_100_000
    assert winds(race) == {"Kok": known, "Bowe": known, "Takagi": None, "Leerdam": None}
    step = book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.ENTER_WIND, "Bowe +2.1")
    assert_sound(book)
    book.edits.enter_wind(race.results["Kok"], "nwi")
    assert set(winds(race).values()) == {None}
    book.edits.undo()
    book.edits.undo()
    assert everything(book.path) == before


def test_r25_where_distances_are_measured_every_result_has_its_own_wind(book: Book) -> None:
    race = two_heats(book, JUMP)
    book.edits.enter_wind(race.results["Kok"], "-0.3")
    assert winds(race) == {"Kok": -300_000, "Bowe": None, "Takagi": None, "Leerdam": None}


def test_r25_without_a_unit_the_wind_is_that_of_one_result(book: Book) -> None:
    race = two_heats(book)
    book.edits.enter_wind(race.results["Leerdam"], "1.0")
    assert winds(race) == {"Kok": None, "Bowe": None, "Takagi": None, "Leerdam": 1_000_000}


def test_r25_whoever_is_put_into_a_race_has_its_wind(book: Book) -> None:
    race = two_heats(book)
    book.edits.enter_wind(race.results["Kok"], "1.2")
    book.edits.enter_wind(race.results["Takagi"], "2.4")
    before = everything(book.path)
    book.edits.place_in_unit(race.results["Takagi"], "1 o")
    race.enter("Wüst", unit="1")
    assert winds(race) == {
        "Kok": 1_200_000, "Bowe": 1_200_000, "Takagi": 1_200_000, "Wüst": 1_200_000,
        "Leerdam": None,
    }  # fmt: skip
    book.edits.place_in_unit(race.results["Kok"], "9")
    assert winds(race)["Kok"] == 1_200_000
    assert_sound(book)
    while everything(book.path) != before:
        book.edits.undo()


def test_what_is_no_wind_is_refused_and_nothing_is_changed(book: Book) -> None:
    race = two_heats(book)
    book.edits.enter_wind(race.results["Kok"], "1.2")
    before = everything(book.path)
    with pytest.raises(BadWind):
        book.edits.enter_wind(race.results["Kok"], "strong")
    assert everything(book.path) == before


def test_r25_assistance_is_written_with_a_result(book: Book) -> None:
    race = two_heats(book)
    before = everything(book.path)
    book.edits.enter_assistance(race.results["Kok"], "  paced by   men ")
    rows = {row.name: row.assistance for row in book.reads.results(race.event)}
    assert rows == {"Kok": "paced by men", "Bowe": None, "Takagi": None, "Leerdam": None}
    book.edits.enter_assistance(race.results["Kok"], "")
    assert {row.assistance for row in book.reads.results(race.event)} == {None}
    book.edits.undo()
    book.edits.undo()
    assert everything(book.path) == before


def test_no_edit_of_the_wind_walks_through_a_table(book: Book) -> None:
    race = two_heats(book)
    assert walks(book, lambda: book.edits.enter_wind(race.results["Kok"], "1.2")) == []
    assert walks(book, lambda: book.edits.enter_assistance(race.results["Kok"], "paced")) == []
