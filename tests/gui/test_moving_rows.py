"""The keys on a sheet whose rows move while they are typed: nothing lands on somebody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.sample import TypedMark
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.sheet import NEW, Draft, SheetOrder, row_key
from medaldesk.gui.pages.event_page import EventPage
from medaldesk.gui.widgets.results_view import ResultsView
from tests.gui.by_keys import ENTER, TAB, UP, Meet, press

OpenWindow = Callable[[Path], MainWindow]
Evening = tuple[Path, list[TypedMark]]


def opened(
    qtbot: QtBot, open_window: OpenWindow, path: Path, order: SheetOrder = SheetOrder.RANK
) -> EventPage:
    """The page of the event with the keyboard in its sheet."""
    window = open_window(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    page = window.workspace.event_page
    page.set_order(order)
    return page


def cursor(view: ResultsView) -> tuple[int | str, str]:
    """The key of the row and that of the column under the cursor."""
    index = view.currentIndex()
    return row_key(view.sheet.row(index.row())), view.sheet.columns[index.column()].key


def units(view: ResultsView) -> dict[str, object]:
    rows = [row for row in view.sheet.rows() if not isinstance(row, Draft)]
    return {row.name: row.place for row in rows}


@pytest.mark.parametrize("order", list(SheetOrder))
@pytest.mark.parametrize("mark", ["", "1:14.00"])
@pytest.mark.parametrize("key", [ENTER, TAB])
def test_after_a_new_entry_the_next_one_is_typed(
    qtbot: QtBot,
    open_window: OpenWindow,
    sample: Path,
    *,
    order: SheetOrder,
    mark: str,
    key: Qt.Key,
) -> None:
    page = opened(qtbot, open_window, sample, order)
    before = units(page.view)
    page.add_entry()
    for line in (("1 i", "Nadja Meier", "SUI"), ("2 i", "Berta Dahl", "SWE")):
        assert cursor(page.view) == (NEW, "unit")
        press(qtbot, *line[0], TAB, *line[1], TAB, *line[2], TAB)
        new, column = cursor(page.view)
        while column != "mark":
            press(qtbot, TAB)
            column = cursor(page.view)[1]
        press(qtbot, *mark, key)
        while cursor(page.view)[0] == new:
            press(qtbot, TAB)
    assert cursor(page.view) == (NEW, "unit")
    after = units(page.view)
    assert set(after) - set(before) == {"Nadja Meier", "Berta Dahl"}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("order", list(SheetOrder))
@pytest.mark.parametrize("first", ["1:15.00", "DNS"])
def test_enter_goes_to_the_mark_that_stood_below(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening, order: SheetOrder, first: str
) -> None:
    view = opened(qtbot, open_window, evening[0], order).view
    assert view.go_to_gap()
    waiting = [row_key(row) for row in view.sheet.rows()]
    for number, text in enumerate((first, "1:14.50", "1:14.00", "DNF")):
        assert cursor(view) == (waiting[number], "mark")
        press(qtbot, *text, ENTER)
    assert cursor(view) == (waiting[4], "mark")


def test_who_left_a_new_entry_goes_down_from_it_afterwards(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "meet.medaldesk"
    with Book.create(path, who="clerk") as book:
        meet = Meet.at(book)
        event = meet.event("W400")
        below = [meet.enter(event, name, "SWE", unit="2 1") for name in ("Ada Ek", "Eva Alm")]
    page = opened(qtbot, open_window, path, SheetOrder.START)
    page.add_entry()
    press(qtbot, *"1 1", TAB, *"Nadja Meier", TAB, *"SUI", TAB)
    new = cursor(page.view)[0]
    assert page.next_gap()
    assert cursor(page.view) == (new, "mark")
    press(qtbot, *"51.20", ENTER)
    assert cursor(page.view) == (below[0], "mark")
    press(qtbot, *"50.20", ENTER, UP, UP, *"51.30", ENTER)
    assert cursor(page.view) == (below[0], "mark")
