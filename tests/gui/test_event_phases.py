"""The phases of an event by keyboard: each has a sheet, ranks and a line for entries of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.decisions import DecisionLine
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.models.sheet import Draft
from medaldesk.gui.pages.event_page import EventPage
from tests.gui.by_keys import ENTER, ESCAPE, TAB, Meet, press

OpenWindow = Callable[[Path], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
PAGE_UP, PAGE_DOWN = Qt.Key.Key_PageUp, Qt.Key.Key_PageDown

HEATS = [
    ("Cathy Freeman", "AUS", "1 4", "50.99"),
    ("Fatima Yusuf", "NGR", "1 5", "51.40"),
    ("Katharine Merry", "GBR", "2 4", "50.30"),
    ("Nobody Else", "FRA", "2 5", "52.30"),
]
FINAL = [("Cathy Freeman", "49.11"), ("Katharine Merry", "49.72")]


@dataclass
class Games:
    """A book with a 400 m of two heats and a final."""

    path: Path
    event: int
    heats: int
    final: int


def hold(path: Path, *, breaks_ties: bool = False, final: bool = True) -> Games:
    with Book.create(path, who="clerk") as book:
        meet, edits = Meet.at(book), book.edits
        event = meet.event("W400", breaks_ties=breaks_ties)
        edits.add_phase(event, "Heats", 1)
        heats, last = (phase.id for phase in book.reads.event_head(event).phases)
        for name, code, unit, mark in HEATS:
            nation = book.reads.nation_by_code(code)
            assert nation is not None
            athlete = meet.athlete(name)
            entry = edits.add_entry(event, nation, athlete=athlete, phase=heats, unit=unit)
            edits.enter_mark(edits.result_of(entry), mark)
        for name, mark in FINAL if final else ():
            edits.enter_mark(edits.add_result(meet.entry(event, name), last, unit="1"), mark)
        return Games(path, event, heats, last)


@pytest.fixture
def games(tmp_path: Path) -> Games:
    return hold(tmp_path / "games.medaldesk")


def opened(qtbot: QtBot, open_window: OpenWindow, path: Path) -> tuple[MainWindow, EventPage]:
    """The window with the keyboard in the sheet."""
    window = open_window(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    return window, window.workspace.event_page


def column(page: EventPage, key: str) -> list[str]:
    """What stands in a column, without the line for the next entry."""
    number = page.model.column_of(key)
    assert number is not None
    rows = [n for n, row in enumerate(page.model.rows()) if not isinstance(row, Draft)]
    return [page.model.index(row, number).data() for row in rows]


def cursor(page: EventPage) -> tuple[str, str]:
    """The name and the column under the cursor."""
    index = page.view.currentIndex()
    return page.model.row(index.row()).name, page.model.columns[index.column()].key


def texts(page: EventPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def foot(page: EventPage, key: str) -> QModelIndex:
    number = page.model.column_of(key)
    assert number is not None
    return page.model.index(page.model.rowCount() - 1, number)


def test_ctrl_page_changes_the_phase_and_the_sheet_ranks_by_it(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    _, page = opened(qtbot, open_window, games.path)
    assert column(page, "athlete") == ["Cathy Freeman", "Katharine Merry"]
    press(qtbot, PAGE_UP, held=CONTROL)
    page.set_order(page.model.order.RANK)
    assert page.model.phase == games.heats
    assert list(
        zip(column(page, "athlete"), column(page, "rank"), column(page, "behind"), strict=True)
    ) == [
        ("Katharine Merry", "1", ""),
        ("Cathy Freeman", "2", "+0.69"),
        ("Fatima Yusuf", "3", "+1.10"),
        ("Nobody Else", "4", "+2.00"),
    ]
    assert "2 heats" in texts(page)
    press(qtbot, PAGE_DOWN, held=CONTROL)
    assert column(page, "rank") == ["1", "2"]
    assert column(page, "medal") == ["G", "S"]


def test_there_is_no_phase_behind_the_last_one(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    window, page = opened(qtbot, open_window, games.path)
    press(qtbot, PAGE_DOWN, held=CONTROL)
    assert page.model.phase == games.final
    assert window.notice.text == "This is the last phase."


def test_after_a_change_of_phase_the_cursor_is_where_typing_is_taken(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    games = hold(tmp_path / "games.medaldesk", final=False)
    _, page = opened(qtbot, open_window, games.path)
    press(qtbot, PAGE_UP, held=CONTROL)
    assert cursor(page) == ("Cathy Freeman", "mark")
    press(qtbot, "5", "0", ".", "9", "8", ENTER)
    assert column(page, "mark")[0] == "50.98"
    press(qtbot, PAGE_DOWN, held=CONTROL)
    assert cursor(page) == ("", "unit")
    press(qtbot, "1", " ", "4", TAB)
    assert foot(page, "unit").data() == "1 4"
    assert cursor(page) == ("", "athlete")


def test_a_mark_that_is_being_typed_is_taken_before_the_phase_changes(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    _, page = opened(qtbot, open_window, games.path)
    page.view.go_to_result(page.model.results[1].id)
    press(qtbot, "4", "9", ".", "0")
    press(qtbot, PAGE_UP, held=CONTROL)
    assert page.model.phase == games.heats
    rows = page.live.reads.results(games.event, games.final)
    assert [row.name for row in rows] == ["Katharine Merry", "Cathy Freeman"]


def test_half_an_entry_stays_with_its_phase_and_escape_clears_it(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    window, page = opened(qtbot, open_window, games.path)
    press(qtbot, PAGE_UP, held=CONTROL)
    window.actions_["add_entry"].trigger()
    press(qtbot, "2", " ", "6", TAB)
    press(qtbot, *"Late", TAB)
    press(qtbot, PAGE_DOWN, held=CONTROL)
    assert (foot(page, "unit").data(), page.model.missing_in_draft()) == ("", None)
    press(qtbot, PAGE_UP, held=CONTROL)
    assert (foot(page, "unit").data(), foot(page, "athlete").data()) == ("2 6", "Late")
    window.actions_["add_entry"].trigger()
    press(qtbot, ESCAPE)
    assert (foot(page, "unit").data(), page.model.missing_in_draft()) == ("", None)
    assert cursor(page) == ("", "unit")


def test_escape_clears_what_was_not_taken_in_any_cell_of_the_line(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    window, page = opened(qtbot, open_window, games.path)
    window.actions_["add_entry"].trigger()
    press(qtbot, TAB, TAB, *"XYZ", TAB)
    assert foot(page, "nation").data() == "XYZ"
    window.actions_["add_entry"].trigger()
    press(qtbot, ESCAPE)
    assert foot(page, "nation").data() == ""
    assert foot(page, "nation").data(Role.ERROR) is None


def test_the_arrows_walk_over_the_tabs_and_the_keys_stay_there(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    _, page = opened(qtbot, open_window, games.path)
    page._phases.setFocus()
    press(qtbot, Qt.Key.Key_Left)
    assert page.model.phase == games.heats
    assert page._phases.hasFocus()
    press(qtbot, Qt.Key.Key_Right)
    assert page.model.phase == games.final


def test_a_phase_that_is_gone_gives_way_to_the_last_one(
    qtbot: QtBot, open_window: OpenWindow, games: Games, qtmodeltester: ModelTester
) -> None:
    window, page = opened(qtbot, open_window, games.path)
    press(qtbot, PAGE_UP, held=CONTROL)
    assert window.live is not None
    window.live.edit(lambda edits: edits.delete_phase(games.heats))
    assert page.model.phase == games.final
    assert column(page, "rank")[:2] == ["1", "2"]
    assert column(page, "mark")[:2] == ["49.11", "49.72"]
    qtmodeltester.check(page.model)


def test_a_result_of_a_heat_is_shown_on_the_sheet_of_the_heats(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    _, page = opened(qtbot, open_window, games.path)
    heat = page.live.reads.results(games.event, games.heats)
    page.show_result(heat[-1].id)
    assert cursor(page) == ("Nobody Else", "mark")


def test_a_decision_takes_the_rank_in_the_heats_away_and_nobody_moves_up(
    qtbot: QtBot, open_window: OpenWindow, games: Games
) -> None:
    _, page = opened(qtbot, open_window, games.path)
    meet = Meet(page.live.book, 1)
    entry = meet.entry(games.event, "Katharine Merry")
    meet.decide(games.event, DecisionLine(entry, sets_status=True, status="DSQ"))
    press(qtbot, PAGE_UP, held=CONTROL)
    page.set_order(page.model.order.RANK)
    assert column(page, "rank") == ["2", "3", "4", ""]


def test_what_is_missing_is_looked_for_in_the_other_phases_too(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    games = hold(tmp_path / "games.medaldesk", breaks_ties=True)
    window, page = opened(qtbot, open_window, games.path)
    press(qtbot, Qt.Key.Key_M, held=CONTROL)
    assert window.notice.text == "No mark and no tie-break is missing."
    rows = {row.name: row.id for row in page.live.reads.results(games.event, games.heats)}
    page.live.edit(lambda edits: edits.enter_mark(rows["Nobody Else"], "51.40"))
    press(qtbot, Qt.Key.Key_M, held=CONTROL)
    assert page.model.phase == games.heats
    assert cursor(page) == ("Fatima Yusuf", "tie_break")
    page.live.edit(lambda edits: edits.enter_mark(rows["Nobody Else"], ""))
    press(qtbot, Qt.Key.Key_M, held=CONTROL)
    assert cursor(page) == ("Nobody Else", "mark")
