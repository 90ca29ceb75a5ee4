"""What a person works on stays in sight on the records page, and what is new comes into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medaldesk.book.edits.records import NewPublished
from medaldesk.gui.dialogs.published_dialog import PublishedDialog
from medaldesk.gui.dialogs.record_dialog import RecordDialog
from medaldesk.gui.dialogs.ruling_dialog import RulingDialog
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.record_model import RecordModel
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.widgets.table import Table
from medaldesk.gui.workspace import Tab

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path) -> MainWindow:
    """The window with the Olympic record in sight."""
    made = open_window(sample)
    with qtbot.waitActive(made):
        made.activateWindow()
    assert made.workspace is not None
    made.workspace.show_tab(Tab.RECORDS)
    return made


@pytest.fixture
def page(window: MainWindow) -> RecordPage:
    assert window.workspace is not None
    found = window.workspace.page(Tab.RECORDS)
    assert isinstance(found, RecordPage)
    return found


def in_sight(table: Table, row: int) -> bool:
    place = table.visualRect(table.model().index(row, 0))
    return table.viewport().rect().contains(place)


def publish(page: RecordPage, *, but: int) -> None:
    """Publish the whole history as it is, except for the holder of one line of the page."""
    model = page.model
    lines = []
    for number in range(model.rowCount()):
        row = model.row(number)
        day = date.fromisoformat(row.day) if row.day else None
        holder = "Somebody" if number == but else row.holder
        nation = page.live.reads.nation_by_code(row.nation, row.day)
        mark = model.index(number, 0).data()
        lines.append(NewPublished(holder, mark, nation, day))
    list_id = page.list_id or 0
    assert page.live.edit(lambda edits: edits.set_published(list_id, lines[::-1]))


def test_the_mark_that_was_ruled_on_stays_in_sight(
    qtbot: QtBot, window: MainWindow, page: RecordPage
) -> None:
    window.resize(1100, 620)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Home, CTRL)
    holder = page.model.row(0).holder

    def annul() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RulingDialog)
        qtbot.keyClick(dialog.rulings, Qt.Key.Key_A)
        qtbot.keyClicks(dialog.day, "1 Mar 2026")
        qtbot.keyClick(dialog.day, Qt.Key.Key_Return)

    QTimer.singleShot(0, annul)
    page.rule()
    last = page.model.rowCount() - 1
    assert page.table.currentIndex().row() == last
    assert page.model.row(last).holder == holder
    assert in_sight(page.table, last)
    page.live.undo()
    assert page.table.currentIndex().row() == 0
    assert in_sight(page.table, 0)


def test_a_list_that_is_added_here_is_shown(
    qtbot: QtBot, window: MainWindow, page: RecordPage
) -> None:
    before = page.list_id

    def add() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RecordDialog)
        dialog.kind.selectAll()
        qtbot.keyClicks(dialog.kind, "WB")
        qtbot.keyClick(dialog.kind, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.kind, Qt.Key.Key_Return)

    QTimer.singleShot(0, add)
    qtbot.keyClick(page.table, Qt.Key.Key_R, CTRL)
    assert page.list_id != before
    assert page.lists.value.startswith("WB · ")


def test_a_list_that_is_added_from_an_event_leaves_the_event_in_sight(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.workspace is not None
    window.workspace.show_tab(Tab.EVENT)
    lists = len(window.workspace.live.reads.record_lists())

    def add() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RecordDialog)
        dialog.kind.fill("WB")
        dialog.accept()

    QTimer.singleShot(0, add)
    qtbot.keyClick(window.workspace.event_page.view, Qt.Key.Key_R, CTRL)
    assert len(window.workspace.live.reads.record_lists()) == lists + 1
    assert window.workspace.tab is Tab.EVENT


def test_the_comparison_shows_the_first_difference(
    qtbot: QtBot, window: MainWindow, page: RecordPage
) -> None:
    window.resize(1100, 620)
    wrong = page.model.rowCount() - 2
    publish(page, but=wrong)
    page.compare.setFocus()
    qtbot.keyClick(page.compare, Qt.Key.Key_Space)
    assert page.comparison.isVisible()
    model = page.compared
    assert model.index(0, 0).data() == "1:12.31"
    assert model.first_difference().row() == wrong
    QApplication.processEvents()
    assert in_sight(page.comparison, wrong)
    assert not in_sight(page.comparison, 0)


def test_the_dialog_has_the_latest_first_and_shows_the_first_difference(
    qtbot: QtBot, page: RecordPage
) -> None:
    wrong = page.model.rowCount() - 2
    publish(page, but=wrong)
    assert page._shown is not None
    dialog = PublishedDialog(page.live, page._shown.list)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    history = RecordModel()
    history.show_history(page._shown)
    marks = [dialog.compared.index(n, 0).data() for n in range(dialog.compared.rowCount())]
    assert marks == [history.index(n, 0).data() for n in range(history.rowCount())]
    assert in_sight(dialog.comparison, wrong)
