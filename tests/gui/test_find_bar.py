"""Finding a row of a table by keyboard."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.widgets.find_bar import FindBar, show_find_bar
from medaldesk.gui.widgets.table import Table

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
NAMES = ("Femke Kok", "Jutta Leerdam", "Miho Takagi", "Anna Östlender", "Sanne Kokee")


@dataclass(frozen=True)
class Line:
    number: int
    name: str


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with a table and nothing else."""
    page = QWidget()
    columns: list[Column[Line]] = [
        Column("number", "No", lambda line: str(line.number), 60),
        Column("name", "Name", lambda line: line.name, 0),
    ]
    model = RowModel(columns, lambda line: line.number, page)
    model.reset_rows([Line(number, name) for number, name in enumerate(NAMES, 1)])
    table = Table(model, "Names", page)
    QVBoxLayout(page).addWidget(table)
    qtbot.addWidget(page)
    page.resize(500, 300)
    with qtbot.waitActive(page):
        page.show()
    table.setFocus()
    table.setCurrentIndex(model.index(0, 1))
    return page


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)


def table_of(page: QWidget) -> Table:
    return page.findChild(Table)


def opened(page: QWidget) -> FindBar:
    show_find_bar(page)
    bar = page.findChild(FindBar)
    assert bar is not None
    return bar


def found(page: QWidget) -> str:
    return str(table_of(page).model().index(table_of(page).currentIndex().row(), 1).data())


def test_typing_goes_to_the_first_row_with_the_text(qtbot, page):
    bar = opened(page)
    assert bar.isVisible()
    assert bar.geometry().bottom() <= table_of(page).geometry().top()
    press(qtbot, "leer")
    assert found(page) == "Jutta Leerdam"
    assert bar.told.text() == "1 of 1"


def test_case_and_diacritics_do_not_matter(qtbot, page):
    opened(page)
    press(qtbot, "OSTL")
    assert found(page) == "Anna Östlender"


def test_enter_goes_on_and_round_and_shift_enter_back(qtbot, page):
    bar = opened(page)
    press(qtbot, "kok")
    seen = [(found(page), bar.told.text())]
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), ENTER, modifier)
        seen.append((found(page), bar.told.text()))
    assert seen == [("Femke Kok", "1 of 2"), ("Sanne Kokee", "2 of 2"), ("Femke Kok", "1 of 2")]
    qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert found(page) == "Sanne Kokee"
    qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert found(page) == "Femke Kok"


def test_what_is_not_there_is_told_and_nothing_moves(qtbot, page):
    bar = opened(page)
    press(qtbot, "takagi", "x")
    assert bar.told.text() == "not found"
    assert bar.told.property("role") == "error"
    assert found(page) == "Miho Takagi"
    press(qtbot, Qt.Key.Key_Backspace)
    assert bar.told.text() == "1 of 1"
    assert bar.told.property("role") == "muted"


def test_escape_closes_and_gives_the_keyboard_back(qtbot, page):
    bar = opened(page)
    press(qtbot, "leer", ESCAPE)
    assert bar.isHidden()
    assert QApplication.focusWidget() is table_of(page)
    assert found(page) == "Jutta Leerdam"


def test_ctrl_f_opens_it_again_with_the_text_to_type_over(qtbot, page):
    bar = opened(page)
    press(qtbot, "leer", ESCAPE)
    qtbot.keyClick(table_of(page), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    assert bar.line.selectedText() == "leer"
    assert bar.told.text() == "1 of 1"
    press(qtbot, "kok")
    assert bar.line.text() == "kok"
    show_find_bar(page)
    assert len(page.findChildren(FindBar)) == 1


def test_rows_that_came_meanwhile_are_found(qtbot, page):
    opened(page)
    press(qtbot, "bowe")
    model = table_of(page).rows
    model.set_rows([*model.rows(), Line(6, "Brittany Bowe")])
    press(qtbot, ENTER)
    assert found(page) == "Brittany Bowe"


def test_a_page_without_a_table_has_nothing_to_find(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    show_find_bar(page)
    assert page.findChildren(FindBar) == []
