"""Ctrl+K: everywhere and everything by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets import command_palette
from medaldesk.gui.widgets.command_palette import CommandPalette

ENTER, DOWN, UP, ESCAPE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Escape,
)
OpenPalette = Callable[[], CommandPalette]


@pytest.fixture(autouse=True)
def nothing_recent(monkeypatch):
    monkeypatch.setattr(command_palette, "_recent", {})


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample))
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with three commands, one of which cannot be run."""
    window = QWidget()
    for text, keys, enabled in (
        ("&Add event…", "Ctrl+Shift+E", True),
        ("Make &official", "Ctrl+Return", True),
        ("&Undo", "Ctrl+Z", False),
    ):
        action = QAction(text, window)
        action.setShortcut(keys)
        action.setEnabled(enabled)
        window.addAction(action)
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def gone() -> list[Target]:
    """Where the palette led to."""
    return []


@pytest.fixture
def palette(live: LiveBook, window: QWidget, gone: list[Target]) -> OpenPalette:
    """A function that opens a palette as the window does."""

    def make() -> CommandPalette:
        made = CommandPalette(live, window.actions(), window)
        made.go.connect(gone.append)
        made.open_over(window)
        QApplication.processEvents()
        assert QApplication.focusWidget() is made.line
        return made

    return make


def press(qtbot: QtBot, palette: CommandPalette, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(palette.line, key)
        else:
            qtbot.keyClick(palette.line, key)


def shown(palette: CommandPalette) -> list[str]:
    return [palette.rows.row(n).text for n in range(palette.rows.rowCount())]


@pytest.mark.parametrize(
    ("typed", "place", "named"),
    [
        ("milano women", Place.EVENT, "Women's 1000 m"),
        ("owg2026/sskw1000m", Place.EVENT, "Women's 1000 m"),
        ("womens 1000m beijing", Place.EVENT, "Women's 1000 m"),
        ("beijing", Place.STANDINGS, "Beijing 2022"),
        ("owg2022", Place.STANDINGS, "Beijing 2022"),
        ("leerd", Place.ATHLETE, "Jutta Leerdam"),
        ("ostlender", Place.ATHLETE, "Anna Östlender"),
        ("olympic rec", Place.RECORDS, "Olympic record, Women's 1000 m"),
        ("ned", Place.NATIONS, "Netherlands"),
    ],
)
def test_the_best_hit_is_first_and_enter_goes_there(qtbot, palette, gone, typed, place, named):  # noqa: PLR0917
    made = palette()
    press(qtbot, made, typed)
    assert shown(made)[0] == named
    press(qtbot, made, ENTER)
    assert [target.place for target in gone] == [place]
    assert not made.isVisible()


def test_an_event_is_the_right_one(qtbot, palette, gone, live):
    made = palette()
    press(qtbot, made, "owg2026/ssk", ENTER)
    assert gone == [Target(Place.EVENT, live.reads.event_by_path(FOUNDING_RACE))]


def test_up_and_down_choose(qtbot, palette, gone, live):
    made = palette()
    press(qtbot, made, "women", DOWN, DOWN, UP)
    number = made.list.currentIndex().row()
    assert number == 1
    chosen = made.rows.row(number).choice
    press(qtbot, made, ENTER)
    assert gone == [chosen]


def test_commands_run_and_show_their_keys(qtbot, palette, window):
    made = palette()
    press(qtbot, made, "add ev")
    row = made.rows.row(0)
    assert (row.text, row.trailing) == ("Add event", "Ctrl+Shift+E")
    with qtbot.waitSignal(window.actions()[0].triggered):
        press(qtbot, made, ENTER)
    assert not made.isVisible()


def test_a_command_is_found_by_any_of_its_words(qtbot, palette):
    made = palette()
    press(qtbot, made, "offic")
    assert "Make official" in shown(made)


def test_what_cannot_be_run_is_not_shown(palette):
    assert shown(palette()) == ["Add event", "Make official"]


def test_recent_choices_come_first_when_nothing_is_typed(qtbot, palette, window):
    press(qtbot, palette(), "leerdam", ENTER)
    press(qtbot, palette(), "make", ENTER)
    press(qtbot, palette(), "takagi", ENTER)
    rows = shown(palette())
    assert rows[:3] == ["Miho Takagi", "Make official", "Jutta Leerdam"]
    assert rows[3:] == ["Add event", "Make official"]


def test_what_is_gone_is_no_longer_recent(qtbot, palette, live):
    press(qtbot, palette(), "milano women", ENTER)
    live.edit(lambda edits: edits.delete_event(live.reads.event_by_path(FOUNDING_RACE)))
    assert "Women's 1000 m" not in shown(palette())


def test_escape_leaves_everything_as_it_is(qtbot, palette, gone, window):
    made = palette()
    press(qtbot, made, "leerdam", ESCAPE)
    assert not made.isVisible()
    assert gone == []


def test_the_keyboard_goes_back_to_where_it_was(qtbot, palette, window):
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    made = palette()
    press(qtbot, made, "leerdam", ESCAPE)
    assert QApplication.focusWidget() is field


def test_turning_to_the_window_closes_it(qtbot, palette, window):
    field = QLineEdit(window)
    field.show()
    made = palette()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not made.isVisible()
    assert QApplication.focusWidget() is field


def test_what_is_nowhere_is_said_to_be(qtbot, palette, gone):
    made = palette()
    press(qtbot, made, "zzzz", ENTER)
    assert made.nothing.isVisible()
    assert not made.list.isVisible()
    assert gone == []


def test_a_click_goes_there_too(qtbot, palette, gone):
    made = palette()
    press(qtbot, made, "leerdam")
    place = made.list.visualRect(made.rows.index(0, 0)).center()
    qtbot.mouseClick(made.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [target.place for target in gone] == [Place.ATHLETE]


def test_without_a_book_there_are_commands_only(qtbot, window):
    made = CommandPalette(None, window.actions(), window)
    made.open_over(window)
    assert shown(made) == ["Add event", "Make official"]
    press(qtbot, made, "leerdam")
    assert shown(made) == []
    made.close()


def test_it_stays_inside_a_small_window_at_200_per_cent(qtbot, palette, window):
    theme().set_zoom(200)
    made = palette()
    press(qtbot, made, "women")
    assert made.width() <= window.width()
    assert made.x() >= 0
    made.close()


def test_in_the_window_from_an_open_editor(qtbot, open_window, sample):
    """Ctrl+K in the middle of a cell: what was typed is taken, and the palette stays."""
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    workspace = window.workspace
    event = workspace.live.reads.event_by_path("OWG2022/SSKW1000M")
    workspace.show_event(event)
    view = workspace.event_page.view
    view.go_to_result(workspace.live.reads.results(event)[0].id)
    view.setFocus()
    qtbot.keyClicks(view, "1")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, ":13.00")
    qtbot.keyClick(editor, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    made = window.findChild(CommandPalette)
    assert QApplication.focusWidget() is made.line
    assert workspace.live.reads.results(event)[0].mark.value == 73_000_000
    press(qtbot, made, "milano women", ENTER)
    assert workspace.event_page.head.path == FOUNDING_RACE
    qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)


def test_escape_in_the_window_goes_back_to_the_grid(qtbot, open_window, sample):
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    view = window.workspace.event_page.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, window.findChild(CommandPalette), "leer", ESCAPE)
    assert QApplication.focusWidget() is view
