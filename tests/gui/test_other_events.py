"""Sheets of events that are no race against the clock: teams, start orders, typed ranks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.results_model import ResultsModel
from medaldesk.gui.pages.event_page import EventPage
from medaldesk.gui.widgets.results_view import ResultsView
from medaldesk.reports import words
from tests import books
from tests.gui.by_keys import ENTER, TAB, press

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
        path = books.empty(tmp_path / "book.medaldesk")
        with Book.open(path, who="clerk") as book:
            held = book.edits.add_competition(NewCompetition("CUP", "Cup", DAY, DAY))
            book.edits.add_event(held, book.edits.add_event_type(new), DAY)
        window = open_window(path)
        assert window.workspace is not None
        window.workspace.show_event(1)
        return window.workspace.event_page.model

    return make


def page_view(qtbot: QtBot, model: ResultsModel) -> ResultsView:
    """The view of the page that shows a model, with the keyboard in it."""
    page = model.parent()
    assert isinstance(page, EventPage)
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    page.view.setFocus()
    return page.view


def type_keys(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Press keys letter by letter: the first one opens the cell."""
    for key in keys:
        press(qtbot, *key) if isinstance(key, str) else press(qtbot, key)


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


def test_a_team_takes_the_name_of_its_nation(
    sheet: Callable[[NewEventType], ResultsModel],
) -> None:
    model = sheet(event_type("RELAY", POINTS, team=True))
    column = model.column_of("athlete")
    assert column is not None
    assert model.headerData(column, Qt.Orientation.Horizontal) == "Team"
    for unit, code in (("1", "NED"), ("2", "norway"), ("3", "NED")):
        foot = model.rowCount() - 1
        assert put(model, foot, "unit", unit)
        assert put(model, foot, "nation", code)
    teams = [(row.name, row.nation, row.athlete) for row in model.results]
    assert teams == [
        ("Netherlands", "NED", None),
        ("Norway", "NOR", None),
        ("Netherlands 2", "NED", None),
    ]


def test_a_team_is_typed_by_the_beginning_of_its_nation(
    qtbot: QtBot, sheet: Callable[[NewEventType], ResultsModel], open_window: OpenWindow
) -> None:
    model = sheet(event_type("RELAY", POINTS, team=True))
    view = page_view(qtbot, model)
    for keys in (["1", TAB, "bah", TAB], ["2", TAB, "Jamaica II", TAB, "jam", ENTER]):
        view.go_to_draft()
        type_keys(qtbot, *keys)
    assert [(row.name, row.nation) for row in model.results] == [
        ("Bahamas", "BAH"),
        ("Jamaica II", "JAM"),
    ]
    view.go_to_result(model.results[0].id, "athlete")
    type_keys(qtbot, "usa", ENTER)
    assert (model.results[0].name, model.results[0].nation) == ("United States", "USA")


def test_the_line_says_that_it_needs_a_team(
    qtbot: QtBot, sheet: Callable[[NewEventType], ResultsModel]
) -> None:
    model = sheet(event_type("RELAY", POINTS, team=True))
    view = page_view(qtbot, model)
    view.go_to_draft()
    type_keys(qtbot, "1", ENTER, ENTER)
    kept = model.rejection(view.currentIndex())
    assert kept is not None
    assert words.sentence(kept.error) == "The team is empty: type it."


def test_a_part_of_a_name_is_nobody_new(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    assert window.live is not None
    model = window.workspace.event_page.model
    before = window.live.reads.last_journal()
    for row in (0, model.rowCount() - 1):
        assert not put(model, row, "athlete", "takagi")
        number = model.column_of("athlete")
        assert number is not None
        kept = model.rejection(model.index(row, number))
        assert kept is not None
        assert kept.text == "takagi"
        assert words.sentence(kept.error).startswith("“takagi” may be Miho Takagi")
    assert window.live.reads.last_journal() == before


def test_a_name_is_corrected_by_keys_though_it_fits_the_one_who_stands_there(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    assert window.live is not None
    page = window.workspace.event_page
    leerdam = page.model.results[0]
    assert put(page.model, 0, "athlete", "Jutta Leerdamm")
    page_view(qtbot, page.model).go_to_result(leerdam.id, "athlete")
    type_keys(qtbot, "Jutta Leerdam", ENTER)
    assert page.model.results[0].athlete == leerdam.athlete
    assert page.model.results[0].name == "Jutta Leerdam"


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
