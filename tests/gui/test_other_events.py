"""Sheets of events that are no race against the clock: teams, start orders, typed ranks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.results_model import ResultsModel

OpenWindow = Callable[..., MainWindow]
DAY = date(2026, 2, 9)
POINTS = MarkFormat(MarkKind.POINTS, Better.HIGHER, 2)
PLACING = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)


def event_type(code: str, form: MarkFormat, **more: object) -> NewEventType:
    return NewEventType(code, "SSK", code, "W", form, **more)  # type: ignore[arg-type]


@pytest.fixture
def sheet(open_window: OpenWindow, tmp_path: Path) -> Callable[[NewEventType], ResultsModel]:
    """A function that opens a window on a book with one event of a type and gives its sheet."""

    def make(new: NewEventType) -> ResultsModel:
        path = tmp_path / "book.medaldesk"
        with Book.create(path, who="clerk") as book:
            held = book.edits.add_competition(NewCompetition("CUP", "Cup", DAY, DAY))
            book.edits.add_event(held, book.edits.add_event_type(new), DAY)
        window = open_window(path)
        assert window.workspace is not None
        window.workspace.show_event(1)
        return window.workspace.event_page.model

    return make


def put(model: ResultsModel, row: int, column: str, value: object) -> bool:
    number = model.column_of(column)
    assert number is not None, column
    return model.setData(model.index(row, number), value)


def text(model: ResultsModel, row: int, column: str) -> str:
    number = model.column_of(column)
    assert number is not None, column
    return str(model.index(row, number).data())


def enter(model: ResultsModel, place: str, name: str, nation: str) -> None:
    """Type a line at the foot of the sheet."""
    foot = model.rowCount() - 1
    column = "order" if model.column_of("order") is not None else "unit"
    assert put(model, foot, column, place)
    assert put(model, foot, "athlete", name)
    assert put(model, foot, "nation", nation)


def test_a_team_is_entered_by_its_name(sheet: Callable[[NewEventType], ResultsModel]) -> None:
    model = sheet(event_type("RELAY", POINTS, team=True))
    enter(model, "1", "Netherlands I", "NED")
    row = model.results[0]
    assert row.athlete is None
    assert row.name == "Netherlands I"
    assert put(model, 0, "athlete", "Netherlands")
    assert model.results[0].name == "Netherlands"


def test_runs_one_by_one_have_an_order_instead_of_a_unit(
    sheet: Callable[[NewEventType], ResultsModel],
) -> None:
    model = sheet(event_type("RUN", POINTS, unit_kind="run"))
    assert model.column_of("unit") is None
    enter(model, "2", "Berta Dahl", "SWE")
    enter(model, "1", "Anna Berg", "NOR")
    assert [text(model, n, "athlete") for n in range(2)] == ["Anna Berg", "Berta Dahl"]
    assert put(model, 0, "order", "3")
    assert [text(model, n, "athlete") for n in range(2)] == ["Berta Dahl", "Anna Berg"]
    assert not put(model, 0, "order", "first")
    assert text(model, 0, "order") == "first"


def test_ranks_are_typed_where_nothing_is_measured(
    sheet: Callable[[NewEventType], ResultsModel],
) -> None:
    model = sheet(event_type("PLACES", PLACING, classification=Classification.MANUAL))
    for name, rank in (("Anna Berg", "1"), ("Berta Dahl", "2"), ("Carla Eng", "2")):
        enter(model, "1", name, "NOR")
        assert put(model, next(n for n in range(9) if model.row(n).name == name), "rank", rank)
    medals = {row.name: row.medal for row in model.results}
    assert medals == {
        "Anna Berg": Medal.GOLD,
        "Berta Dahl": Medal.SILVER,
        "Carla Eng": Medal.SILVER,
    }
    tied = next(n for n in range(3) if model.row(n).name == "Berta Dahl")
    assert text(model, tied, "rank") == "=2"
    number = model.column_of("rank")
    assert number is not None
    assert model.index(tied, number).data(Qt.ItemDataRole.EditRole) == "2"
    assert put(model, tied, "mark", "dsq")
    assert text(model, tied, "mark") == "DSQ"
    assert text(model, tied, "rank") == ""


def test_another_name_is_another_person_and_a_similar_one_a_correction(
    open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    assert window.live is not None
    model = window.workspace.event_page.model
    leerdam = model.results[0].athlete
    assert leerdam is not None
    assert put(model, 0, "athlete", "Jutta Leerdamm")
    assert model.results[0].athlete == leerdam
    assert put(model, 0, "athlete", "Antonia Vermeer")
    assert model.results[0].athlete != leerdam
    assert window.live.reads.athlete_name(leerdam) == "Jutta Leerdamm"
    assert put(model, 0, "athlete", "Brittany Bowe") is False


def test_a_nation_is_taken_by_code_name_or_choice(
    sheet: Callable[[NewEventType], ResultsModel],
) -> None:
    model = sheet(event_type("NATIONS", POINTS))
    enter(model, "1", "Anna Berg", "norway")
    assert text(model, 0, "nation") == "NOR"
    choice = model.results[0]
    assert put(model, 0, "nation", NationChoice(choice.nation_id, "NOR", "Norway"))
    assert not put(model, 0, "nation", "Atlantis")
    assert text(model, 0, "nation") == "Atlantis"


def test_who_is_in_the_event_goes_on_to_a_further_phase(
    open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    assert window.live is not None
    page = window.workspace.event_page
    event = page.event_id
    assert event is not None
    window.live.edit(lambda edits: edits.add_phase(event, "Final A"))
    page.show_event(event)
    assert page.model.results == []
    for name, pair in (("Femke Kok", "1 i"), ("Jutta Leerdam", "1 o"), ("New Comer", "2 i")):
        enter(page.model, pair, name, "NED")
    names = {row.name: row.rank for row in page.model.results}
    assert set(names) == {"Femke Kok", "Jutta Leerdam", "New Comer"}
    assert page.head is not None
    assert page.head.entries == 15
    kok = next(n for n, row in enumerate(page.model.rows()) if row.name == "Femke Kok")
    assert put(page.model, kok, "mark", "1:12.00")
    assert text(page.model, kok, "rank") == "1"
    foot = page.model.rowCount() - 1
    assert not put(page.model, foot, "athlete", "Femke Kok")
    assert window.live.book.check() == []
