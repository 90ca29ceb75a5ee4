"""Names with markup in them are text in dialogs, messages and tips, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.import_frame import Step
from medaldesk.gui.dialogs.import_preview import Part
from medaldesk.gui.dialogs.table_check_dialog import TableCheckDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.pages.decisions_page import DecisionsPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.widgets.day_slider import DaySlider
from medaldesk.gui.widgets.step_chart import StepChart
from medaldesk.gui.widgets.tree_panel import Tree
from medaldesk.gui.workspace import Tab
from tests.decided_games import create_games
from tests.gui.importing_desk import ImportDesk
from tests.gui.test_markup_is_text import MARKUP, indexes, is_rich, mark_up, rich_texts, window

__all__ = ["window"]

ODD = MARKUP.replace('"', "'")

FIRST = 1
"""The athlete that a book was made with."""

ON_PAGES = {
    Tab.EVENT: (
        Command.ADD_EVENT, Command.CHANGE_EVENT, Command.CHANGE_COMPETITION, Command.ADD_PHASE,
        Command.PHASES, Command.STATUSES, Command.TAKE_DECISION, Command.ABOUT_RESULT,
        Command.ADD_RECORD, Command.ADD_SPLIT, Command.TEAM, Command.MEMBERSHIP, Command.HELP,
        Command.GROUPINGS, Command.TABLE_CHECK,
    ),
    Tab.RECORDS: (Command.RULE_RECORD, Command.CHANGE_RECORD, Command.PUBLISHED),
    Tab.NATIONS: (Command.CHANGE_NATION,),
    Tab.ATHLETE: (Command.DESCRIBE_ATHLETE, Command.MERGE_ATHLETES),
}  # fmt: skip
"""The commands that open a dialog over what is in sight."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Dialogs that a command opened, by their class: what each of them shows as markup."""
    found: dict[str, list[str]] = {}

    def look(dialog: QDialog) -> int:
        dialog.show()
        QApplication.processEvents()
        found[type(dialog).__name__] = rich_texts(dialog)
        dialog.done(0)
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    return found


def test_every_dialog_shows_markup_as_text(window: MainWindow, shown: dict[str, list[str]]) -> None:
    workspace = window.workspace
    assert workspace is not None
    workspace.go(Target(Place.ATHLETE, FIRST))
    for tab, commands in ON_PAGES.items():
        for command in commands:
            workspace.show_tab(tab)
            window.actions_[command].trigger()
            for dialog in window.findChildren(QDialog):
                if dialog.isVisible():
                    shown[type(dialog).__name__] = rich_texts(dialog)
                    dialog.close()
    workspace.show_tab(Tab.DECISIONS)
    decisions = workspace.page(Tab.DECISIONS)
    assert isinstance(decisions, DecisionsPage)
    decisions.revoke()
    assert not any(shown.values())
    assert {"DecisionDialog", "StatusesDialog", "MergeDialog", "ResultCard"} <= set(shown)
    assert {"PolicyDialog", "RulingDialog"} <= set(shown) or "RevokeDialog" in shown


def test_messages_show_markup_as_text(window: MainWindow) -> None:
    window.say(ODD)
    assert rich_texts(window) == []


def test_tips_show_markup_as_text(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *__: told.append(text))
    assert window.workspace is not None
    tree = window.findChild(Tree)
    assert tree is not None
    for index in indexes(tree.model()):
        option = QStyleOptionViewItem()
        tree.itemDelegate().helpEvent(_ask(tree), tree, option, index)
    window.workspace.show_tab(Tab.STANDINGS)
    window.actions_[Command.TABLE_AS_OF].trigger()
    for slider in window.findChildren(DaySlider):
        for x in range(slider.width()):
            QApplication.sendEvent(slider, _ask(slider, x))
    window.workspace.show_tab(Tab.RECORDS)
    for chart in window.findChildren(StepChart):
        _move_over(chart)
    assert any("&lt;img" in text for text in told)
    assert not any(is_rich(text) and "<img" in text for text in told)


def _ask(widget: QWidget, x: int = 0) -> QHelpEvent:
    spot = QPoint(x, 1)
    return QHelpEvent(QEvent.Type.ToolTip, spot, widget.mapToGlobal(spot))


def _move_over(chart: StepChart) -> None:
    none = Qt.MouseButton.NoButton
    for x in range(0, chart.width(), 4):
        for y in range(0, chart.height(), 4):
            spot = QPointF(x, y)
            held = Qt.KeyboardModifier.NoModifier
            chart.mouseMoveEvent(
                QMouseEvent(QEvent.Type.MouseMove, spot, chart.mapToGlobal(spot), none, none, held)
            )


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    path = tmp_path / "b.medaldesk"
    create_games(path)
    mark_up(path)
    live = LiveBook(Book.open(path))
    yield live
    live.close()


def test_a_check_shows_markup_as_text(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> None:
    file = tmp_path / "<img src=x> <b>table.csv"
    lines = [
        f"OG2000,{ODD},1,0,0",
        f"{ODD},GRE,1,2,3",
        f"OG2000,USA,1,0,{ODD}",
        "OWG2022,GER,1,1,1",
    ]
    file.write_text("\n".join(["competition,noc,gold,silver,bronze", *lines]), encoding="utf-8")
    dialog = TableCheckDialog(live)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.task.finished):
        dialog.check_file(file)
    assert dialog.model.rowCount()
    for row in range(dialog.model.rowCount()):
        dialog.table.setCurrentIndex(dialog.model.index(row, 0))
        assert rich_texts(dialog) == []


def test_an_import_shows_markup_as_text(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> None:
    """The same name of another nation is a doubt, a nation that nobody knows a problem."""
    file = tmp_path / "<img src=x> <b>rows.csv"
    lines = [
        f"{ODD},<img src=x>,{ODD},NED,1:12.31",
        f"{ODD},<img src=x>,{ODD},JPN,1:12.59",
        f"{ODD},<img src=x>,{ODD}2,{ODD},{ODD}",
    ]
    head = "competition,event,athlete,nation,<img src=y>"
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    desk = ImportDesk(qtbot, live, tmp_path, [file])
    steps = [desk.step]
    while desk.step < Step.PREVIEW:
        assert rich_texts(desk.dialog) == []
        desk.dialog.forward()
        desk.wait()
        assert desk.step > steps[-1], desk.problem
        steps.append(desk.step)
    for part in Part:
        desk.dialog.preview.show_part(part)
        assert rich_texts(desk.dialog) == []
