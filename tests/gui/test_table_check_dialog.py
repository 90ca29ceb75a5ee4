"""Check against a published medal table: chosen, dropped or pasted, and followed to the medals."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from medaldesk.book.book import Book
from medaldesk.book.checked_table import Reason
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.table_check_dialog import TableCheckDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.target import Place, Target
from tests.decided_games import create_games

TABLE = """competition,noc,gold,silver,bronze
OWG2022,CHN,1,0,0
OWG2022,SWE,1,0,0
OWG2022,CAN,0,1,0
OWG2022,ITA,0,1,0
OWG2022,SUI,0,0,1
OG2000,GRE,0,1,0
OG2000,JAM,0,1,1
OG2000,USA,1,0,0
OG1906,GRE,8,14,13
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The book of Sydney 2000 and Beijing 2022, both with decisions."""
    path = tmp_path / "b.medaldesk"
    create_games(path)
    return path


@pytest.fixture
def live(path: Path) -> Iterator[LiveBook]:
    live = LiveBook(Book.open(path))
    yield live
    live.close()


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook) -> Iterator[TableCheckDialog]:
    """It deletes itself when it is closed, by a test or with the book."""
    dialog = TableCheckDialog(live)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    if isValid(dialog):
        dialog.done(0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "t.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def checked(qtbot: QtBot, dialog: TableCheckDialog, file: Path) -> None:
    with qtbot.waitSignal(dialog.task.finished):
        dialog.check_file(file)


def names(dialog: TableCheckDialog) -> list[str]:
    return [row.row.name for row in dialog.model.rows()]


def test_an_empty_dialog_says_what_to_do(dialog: TableCheckDialog):
    assert "paste it (Ctrl+V)" in dialog.hint.text()
    assert dialog.choose.hasFocus()
    assert not dialog.save.isEnabled()
    assert dialog.table.isHidden()
    assert dialog.medals.isHidden()


def test_what_differs_and_why(
    qtbot: QtBot, dialog: TableCheckDialog, file: Path, qtmodeltester: Any
):
    checked(qtbot, dialog, file)
    assert dialog.summary.text() == (
        "2 competitions: 7 rows agree, 2 differ. 1 row is not compared."
    )
    assert "“OG1906”: 1 row is not compared" in dialog.hint.text()
    assert dialog.table.hasFocus()
    assert names(dialog) == ["GER", "USA"]
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.why.text().startswith("USA: published 1-0-0, here 0-0-0: as before the decision")
    (medal,) = dialog.involved.rows()
    assert (medal.name, medal.here) == ("Marion Jones", False)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Backtab)
    assert dialog.reason.hasFocus()
    qtmodeltester.check(dialog.model)
    qtmodeltester.check(dialog.involved)


def test_the_rows_of_one_reason(qtbot: QtBot, dialog: TableCheckDialog, file: Path):
    file.write_text(f"{TABLE}OWG2022,QQQ,5,0,0\n", encoding="utf-8")
    checked(qtbot, dialog, file)
    assert [dialog.reason.itemText(n) for n in range(dialog.reason.count())] == [
        "All (3)",
        "Decision (2)",
        "Unknown nation (1)",
    ]
    dialog.reason.setFocus()
    qtbot.keyClicks(dialog.reason, "Unknown")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    dialog.reason.activated.emit(dialog.reason.currentIndex())
    assert names(dialog) == ["QQQ"]
    assert dialog.medals.isHidden()


def test_a_medal_leads_to_where_it_was_won(
    qtbot: QtBot, dialog: TableCheckDialog, live: LiveBook, file: Path
):
    file.write_text("noc,gold,silver,bronze\nCHN,1,0,0\nSWE,1,0,0\nCAN,0,1,0\nITA,0,1,0\n"
                    "GER,0,0,1\nSUI,0,0,1\nNOR,0,0,1\n", encoding="utf-8")  # fmt: skip
    dialog.competition.choose(live.reads.competition_by_code("OWG2022"))
    checked(qtbot, dialog, file)
    (row,) = dialog.model.rows()
    assert row.row.reason is Reason.VACANT
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.medals.hasFocus()
    with qtbot.waitSignal(dialog.go) as told:
        qtbot.keyClick(dialog.medals, Qt.Key.Key_Return)
    assert told.args == [Target(Place.EVENT, dialog.involved.row(0).event)]


def test_a_result_behind_a_difference_is_shown_in_the_window(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], path: Path, file: Path
):
    """The whole way from the menu: the window goes to the result, the dialog stays."""
    window = open_window(path)
    window.actions_[Command.TABLE_CHECK].trigger()
    (dialog,) = window.findChildren(TableCheckDialog)
    file.write_text("noc,gold,silver,bronze\nCHN,1,0,0\nSWE,1,0,0\nCAN,1,0,0\nITA,0,1,0\n"
                    "GER,0,0,1\nSUI,0,0,1\n", encoding="utf-8")  # fmt: skip
    live = window.live
    assert live is not None
    dialog.competition.choose(live.reads.competition_by_code("OWG2022"))
    checked(qtbot, dialog, file)
    medal = dialog.involved.row(0)
    assert medal.result is not None
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.medals, Qt.Key.Key_Return)
    workspace = window.workspace
    assert workspace is not None
    assert workspace.event_page.event_id == medal.event
    shown = workspace.event_page.result_in_sight()
    assert shown is not None
    assert shown.id == medal.result
    assert dialog.isVisible()


def test_a_table_on_the_clipboard(qtbot: QtBot, dialog: TableCheckDialog):
    QGuiApplication.clipboard().setText("")
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no text on the clipboard" in dialog.problem.text()
    QGuiApplication.clipboard().setText(TABLE.replace(",", "\t"))
    with qtbot.waitSignal(dialog.task.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names(dialog) == ["GER", "USA"]
    assert dialog.problem.isHidden()


def test_a_file_that_is_dropped(qtbot: QtBot, dialog: TableCheckDialog, file: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(QPoint(9, 9)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(dialog.task.finished):
        dialog.dropEvent(drop)
    assert dialog.file.text() == "t.csv"
    assert names(dialog) == ["GER", "USA"]


def test_what_is_no_medal_table_is_said(qtbot: QtBot, dialog: TableCheckDialog, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_text("who,where\nAnn,There\n", encoding="utf-8")
    checked(qtbot, dialog, other)
    assert "other.csv has no medal table to compare" in dialog.hint.text()
    assert dialog.table.isHidden()
    with qtbot.waitSignal(dialog.task.failed):
        dialog.check_file(tmp_path / "none.csv")
    assert "none.csv cannot be read" in dialog.problem.text()


def test_every_row_is_saved(
    qtbot: QtBot,
    dialog: TableCheckDialog,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    checked(qtbot, dialog, file)
    saved = tmp_path / "saved.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    with saved.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    assert [row["result"] for row in rows].count("differs") == 2
    assert len(rows) == 10
    assert str(saved) in dialog.summary.text()
    assert "7 rows agree, 2 differ" in dialog.summary.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.odd"), ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "x.odd" in dialog.problem.text()


def test_a_change_of_the_book_asks_to_check_again(
    qtbot: QtBot, dialog: TableCheckDialog, live: LiveBook, file: Path
):
    checked(qtbot, dialog, file)
    games = live.reads.competition_by_code("OWG2022")
    nation = live.reads.nation_by_code("GER", games.start)
    assert nation is not None
    live.edit(lambda edits: edits.set_membership(games.id, nation, "left_out"))
    assert "has changed since" in dialog.problem.text()
    with qtbot.waitSignal(dialog.task.finished):
        qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert names(dialog) == ["USA"]
    assert dialog.problem.isHidden()
    assert dialog.table.hasFocus()


def test_a_check_can_be_stopped(qtbot: QtBot, dialog: TableCheckDialog, file: Path):
    dialog.check_file(file)
    assert dialog.task.is_busy
    assert dialog.close_button.text() == "Stop"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.task.is_busy
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_it_goes_with_its_book(qtbot: QtBot, dialog: TableCheckDialog, live: LiveBook, file: Path):
    dialog.check_file(file)
    with qtbot.waitSignal(dialog.destroyed):
        live.close()
