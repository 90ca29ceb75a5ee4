"""A published progression: typed, pasted from a spreadsheet, and compared at once (RULES 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.records import NewPublished
from medaldesk.book.reads.records import RecordListRow
from medaldesk.gui.dialogs.published_dialog import PublishedDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.compare_model import CompareModel
from medaldesk.gui.models.published_model import PublishedModel
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.theme import theme

ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down

SHEET = """\
Date\tName\tNOC\tTime\tFrom
22 Feb 1960\tKlara Guseva\tURS\t1:34.1\tYearbook
17 Feb 1980\tNatalya Petrusyova\tURS\t1:24.10\tYearbook
17 Feb 2002\tChris Witty\tCAN\t1:13.83 WR\t
9 Feb 2026\tJutta Leerdam\tNED\t1:12.31\t
"""


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


def olympic(live: LiveBook) -> RecordListRow:
    return next(row for row in live.reads.record_lists() if row.code == "OR")


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook) -> PublishedDialog:
    made = PublishedDialog(live, olympic(live))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        for each in key if isinstance(key, str) else [key]:
            focus = QApplication.focusWidget()
            assert focus is not None
            qtbot.keyClick(focus, each)


def settled(qtbot: QtBot, dialog: PublishedDialog) -> None:
    """Qt takes what Enter ends in a cell a moment later."""
    editing = QAbstractItemView.State.EditingState
    qtbot.waitUntil(lambda: dialog.grid.state() is not editing)


def paste(qtbot: QtBot, dialog: PublishedDialog, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(dialog.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def cells(dialog: PublishedDialog) -> list[list[str]]:
    return [line.cells for line in dialog.model.lines]


def said(dialog: PublishedDialog) -> list[tuple[str, str, str]]:
    model = dialog.compared
    columns = [model.column_of(key) or 0 for key in ("mark", "said", "published")]
    rows = range(model.rowCount())
    return [tuple(model.index(row, n).data() for n in columns) for row in rows]  # type: ignore[misc]


def test_a_sheet_is_pasted_and_compared_at_once(
    qtbot: QtBot, live: LiveBook, dialog: PublishedDialog
) -> None:
    paste(qtbot, dialog, SHEET)
    assert cells(dialog) == [
        ["1:34.1", "Klara Guseva", "URS", "1960-02-22", "Yearbook"],
        ["1:24.10", "Natalya Petrusyova", "URS", "1980-02-17", "Yearbook"],
        ["1:13.83", "Chris Witty", "CAN", "2002-02-17", ""],
        ["1:12.31", "Jutta Leerdam", "NED", "2026-02-09", ""],
    ]
    told = said(dialog)
    assert told[-1] == ("1:34.1", "as published", "")
    assert ("1:28.18", "not published: short-lived", "") in told
    assert ("1:13.83", "published with another nation", "CAN") in told
    assert ("1:33.2", "not published", "") in told
    assert dialog.compared.index(len(told) - 1, 0).data(Role.WEIGHT) == "muted"
    qtbot.keyClick(dialog.grid, ENTER)
    assert dialog.result() == dialog.DialogCode.Accepted
    kept = live.reads.published(olympic(live).id)
    assert [(row.holder, row.nation, row.day, row.source) for row in kept][:1] == [
        ("Klara Guseva", "URS", "1960-02-22", "Yearbook")
    ]
    step = live.book.edits.next_undo()
    assert step is not None
    assert step.action is Action.SET_PUBLISHED
    live.undo()
    assert live.reads.published(olympic(live).id) == []


def test_what_is_kept_is_shown_and_corrected(qtbot: QtBot, live: LiveBook) -> None:
    found = olympic(live)
    jpn = live.reads.nation_by_code("JPN")
    lines = [NewPublished("Miho Takagi", "1:13.20", jpn, date(2022, 2, 17), "Yearbook")]
    live.edit(lambda edits: edits.set_published(found.id, lines))
    dialog = PublishedDialog(live, found)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    assert cells(dialog) == [["1:13.20", "Miho Takagi", "JPN", "2022-02-17", "Yearbook"]]
    assert ("1:13.20", "published, not in this book", "") in said(dialog)
    press(qtbot, "1:13.19", ENTER)
    settled(qtbot, dialog)
    assert ("1:13.19", "as published", "") in said(dialog)
    dialog.accept()
    assert [str(row.mark.value) for row in live.reads.published(found.id)] == ["73190000"]


def test_lines_are_typed_with_completion(
    qtbot: QtBot, live: LiveBook, dialog: PublishedDialog
) -> None:
    press(qtbot, "1:13.19", TAB, "takagi", TAB)
    assert cells(dialog) == [["1:13.19", "Miho Takagi", "JPN", "", ""]]
    press(qtbot, TAB, "17 feb 2022", TAB)
    assert cells(dialog)[0][3] == "2022-02-17"
    assert ("1:13.19", "as published", "") in said(dialog)
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Delete)
    assert cells(dialog) == []
    assert ("1:13.19", "not published", "") in said(dialog)


def test_the_order_of_the_lines_is_that_of_the_records(
    qtbot: QtBot, live: LiveBook, dialog: PublishedDialog
) -> None:
    paste(qtbot, dialog, "1:12.31\tJutta Leerdam\n1:34.1\tKlara Guseva\n")
    dialog.accept()
    kept = live.reads.published(olympic(live).id)
    assert [row.holder for row in kept] == ["Klara Guseva", "Jutta Leerdam"]


@pytest.mark.parametrize(
    "text",
    [
        "1;1:34.1;Klara Guseva;URS;1960-02-22\n2;1:33.2;Lidiya Skoblikova;URS;1964-02-01",
        "22.2.1960  Klara Guseva  URS  1:34.1\n1.2.1964  Lidiya Skoblikova  URS  1:33.2",
        "NOC\tTime\tName\tDate\nURS\t1:34.1\tKlara Guseva\tFeb 22, 1960\n"
        "URS\t1:33.2\tLidiya Skoblikova\tFeb 1, 1964",
    ],
)
def test_columns_are_recognised_by_what_stands_in_them(
    qtbot: QtBot, dialog: PublishedDialog, text: str
) -> None:
    paste(qtbot, dialog, text)
    assert [line[:4] for line in cells(dialog)] == [
        ["1:34.1", "Klara Guseva", "URS", "1960-02-22"],
        ["1:33.2", "Lidiya Skoblikova", "URS", "1964-02-01"],
    ]


def test_one_column_goes_down_from_the_cursor(qtbot: QtBot, dialog: PublishedDialog) -> None:
    paste(qtbot, dialog, "1:34.1\tKlara Guseva\n1:33.2\tLidiya Skoblikova\n")
    dialog.grid.put(dialog.model.index(0, 2))
    paste(qtbot, dialog, "URS\nURS\n")
    assert [line[2] for line in cells(dialog)] == ["URS", "URS"]


def test_what_cannot_be_taken_stays_marked(
    qtbot: QtBot, live: LiveBook, dialog: PublishedDialog
) -> None:
    before = live.reads.last_journal()
    paste(
        qtbot,
        dialog,
        "1:34.1\tKlara Guseva\tURS\n1:33.2\tLidiya Skoblikova\tURS\n1:99.2\tSomebody\tXXX\n",
    )
    assert "1:99.2" in dialog.problem.text()
    assert cells(dialog)[2][:3] == ["1:99.2", "Somebody", "XXX"]
    dialog.accept()
    assert "1:99.2" in dialog.problem.text()
    press(qtbot, "1:32.6", ENTER)
    settled(qtbot, dialog)
    dialog.accept()
    assert "XXX" in dialog.problem.text()
    assert dialog.grid.currentIndex().column() == 2
    assert live.reads.last_journal() == before


@pytest.mark.parametrize(("typed", "told"), [("1:34.1", "holder"), ("", "mark")])
def test_half_a_line_is_asked_about(
    qtbot: QtBot, dialog: PublishedDialog, typed: str, told: str
) -> None:
    if typed:
        press(qtbot, typed, TAB)
    else:
        dialog.grid.put(dialog.model.index(0, 1))
        press(qtbot, "Somebody", TAB)
    dialog.accept()
    assert dialog.problem.text() == f"The {told} is empty: type it."
    assert dialog.isVisible()


def test_models(qtmodeltester: ModelTester, live: LiveBook) -> None:
    found = olympic(live)
    typed, compared = PublishedModel(live.reads, found.form), CompareModel()
    typed.show_published([])
    qtmodeltester.check(typed)
    typed.paste(SHEET, QModelIndex())
    assert typed.rowCount() == 5
    qtmodeltester.check(compared)
    compared.show_comparison(live.reads.compared_with(found.id, typed.compared()))
    assert compared.rowCount() == 24
    assert compared.index(0, 0).data() == "1:12.31"


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_form_fits_a_small_screen(qtbot: QtBot, live: LiveBook, zoom: int) -> None:
    theme().set_zoom(zoom)
    dialog = PublishedDialog(live, olympic(live))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_problem(None, "One sentence that is long enough to need a second line. " * 2)
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
