"""The head of a page in a narrow window and with large text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.theme import LIGHT, theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.workspace import Tab

Shown = tuple[Heading, QPushButton, Callable[[int], None]]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """A heading with a pill and a button, and a function that gives it a width."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    heading = Heading(page)
    button = QPushButton("Make official", heading)
    heading.add_control(button)
    heading.show_text("Women's 1000 m", "Milano Cortina 2026 · Speed Skating · 9 February 2026")
    heading.pill.show_pill("Running", LIGHT.running)
    column.addWidget(heading)
    column.addStretch(1)

    def widen(width: int) -> None:
        page.resize(width, 400)
        column.activate()

    page.show()
    qtbot.waitExposed(page)
    return heading, button, widen


def whole(part: QWidget) -> bool:
    """Whether a part has all the room it asks for, inside what holds it."""
    parent = part.parentWidget()
    assert parent is not None
    needs, has = part.sizeHint(), part.size()
    inside = QRect(parent.rect()).contains(part.geometry())
    return inside and has.width() >= needs.width() and has.height() >= needs.height()


def test_side_by_side_where_there_is_room(shown: Shown) -> None:
    heading, button, widen = shown
    widen(800)
    assert heading.title.geometry().right() < heading.pill.x() < button.x()
    assert abs(button.geometry().center().y() - heading.title.geometry().center().y()) <= 1
    assert heading.width() - button.geometry().right() <= theme().px(20) + 1


def test_controls_go_below_before_anything_is_cut(shown: Shown) -> None:
    heading, button, widen = shown
    widen(360)
    assert button.y() > heading.title.geometry().bottom()
    assert heading.pill.y() < heading.title.geometry().bottom()
    assert button.x() == heading.title.x()
    assert heading.context.y() > button.geometry().bottom()
    assert whole(heading.title)
    assert whole(heading.pill)
    assert whole(button)


def test_the_pill_goes_below_where_the_title_leaves_no_room(shown: Shown) -> None:
    heading, button, widen = shown
    widen(heading.title.sizeHint().width() + 60)
    assert heading.pill.y() > heading.title.geometry().bottom()
    assert heading.title.shown_text() == heading.title.text()
    assert whole(heading.pill)
    assert whole(button)


def test_a_title_wider_than_the_page_is_whole_in_its_tooltip(shown: Shown) -> None:
    heading, button, widen = shown
    widen(200)
    assert heading.title.shown_text().endswith("…")
    assert heading.title.toolTip() == "Women's 1000 m"
    assert whole(heading.pill)
    assert whole(button)
    widen(800)
    assert heading.title.toolTip() == ""


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_window_asks_for_no_more_than_a_small_screen(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path, zoom: int
) -> None:
    window = open_window(sample)
    window.resize(1024, 700)
    theme().set_zoom(zoom)
    assert window.workspace is not None
    for tab in Tab:
        window.workspace.show_tab(tab)
        qtbot.wait(1)
        least = window.minimumSizeHint()
        assert least.width() <= 1024
        assert least.height() <= 700
    assert (window.width(), window.height()) == (1024, 700)


def test_a_window_as_wide_as_the_screen_keeps_its_size_when_text_shrinks_again(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path
) -> None:
    window = open_window(sample)
    window.resize(1024, 700)
    theme().set_zoom(200)
    qtbot.wait(1)
    theme().set_zoom(100)
    qtbot.wait(1)
    assert (window.width(), window.height()) == (1024, 700)
