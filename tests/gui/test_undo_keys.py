"""Undo and redo belong to the book while a one-line field has nothing of its own to take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from medaldesk.gui.actions import Command
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.widgets.find_bar import FindBar
from medaldesk.gui.workspace import Tab, Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
Z, Y = Qt.Key.Key_Z, Qt.Key.Key_Y
OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def space(qtbot: QtBot, open_window: OpenWindow, sample: Path) -> Workspace:
    """A window that has the keyboard, on a book in which an event was just deleted."""
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.actions_[Command.DELETE_EVENT].trigger()
    assert window.workspace is not None
    return window.workspace


def events(space: Workspace) -> int:
    reads = space.live.reads
    return sum(len(reads.events(found.id)) for found in reads.competitions())


def tree_filter(space: Workspace) -> QLineEdit:
    return space.tree.box


def page_field(tab: Tab) -> Callable[[Workspace], QLineEdit]:
    def find(space: Workspace) -> QLineEdit:
        space.show_tab(tab)
        return space.page(tab).find_field  # type: ignore[attr-defined, no-any-return]

    return find


def find_bar(space: Workspace) -> QLineEdit:
    space.show_tab(Tab.RECORDS)
    page = space.page(Tab.RECORDS)
    assert isinstance(page, RecordPage)
    bar = FindBar(page.table, page)
    bar.open()
    return bar.line


@pytest.mark.parametrize(
    "line_of", [tree_filter, page_field(Tab.NATIONS), page_field(Tab.ATHLETE), find_bar]
)
def test_the_window_undoes_and_redoes_from_a_line(
    qtbot: QtBot, space: Workspace, line_of: Callable[[Workspace], QLineEdit]
) -> None:
    line, left = line_of(space), events(space)
    line.setFocus()
    assert line.hasFocus()
    qtbot.keyClick(line, Z, CTRL)
    assert events(space) == left + 1
    for key, held in ((Z, CTRL_SHIFT), (Y, CTRL)):
        line.setFocus()
        qtbot.keyClick(line, key, held)
        assert events(space) == left
        line.setFocus()
        qtbot.keyClick(line, Z, CTRL)
        assert events(space) == left + 1


@pytest.mark.parametrize("line_of", [tree_filter, page_field(Tab.NATIONS)])
def test_what_is_typed_in_a_line_is_taken_back_first(
    qtbot: QtBot, space: Workspace, line_of: Callable[[Workspace], QLineEdit]
) -> None:
    line, left = line_of(space), events(space)
    line.setFocus()
    qtbot.keyClicks(line, "women")
    qtbot.keyClick(line, Z, CTRL)
    assert (line.text(), events(space)) == ("", left)
    qtbot.keyClick(line, Z, CTRL_SHIFT)
    assert (line.text(), events(space)) == ("women", left)
    qtbot.keyClick(line, Z, CTRL)
    qtbot.keyClick(line, Z, CTRL)
    assert events(space) == left + 1


def test_a_deleted_record_list_comes_back_by_key(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    window.workspace.show_tab(Tab.RECORDS)
    page = window.workspace.page(Tab.RECORDS)
    assert isinstance(page, RecordPage)
    deleted = page.list_id
    page.lists.setFocus()
    window.actions_[Command.DELETE_RECORD].trigger()
    assert page.list_id != deleted
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Z, CTRL)
    assert page.list_id == deleted
