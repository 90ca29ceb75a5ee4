"""Pasting a start list or results: seen before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.exchange.pasted import PastedColumn
from medaldesk.exchange.pasted_rows import recognise_for, understand
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.gui.dialogs.paste_dialog import PasteDialog, PreviewModel
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Role

ENTER = Qt.Key.Key_Return
START_LIST = "14\ti\tAda New\tNOR\n14\to\tEva New\tGER"
MIXED = (
    f"{START_LIST}\t1:13.00\n15\ti\tMiho Takagi\tJPN\t1:73.00\n15\to\tJutta Leerdam\tNED\t1:12.31"
)


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample))
    yield made
    made.close()


@pytest.fixture
def race(live: LiveBook) -> int:
    return live.reads.event_by_path(FOUNDING_RACE)


def opened(qtbot: QtBot, dialog: PasteDialog) -> PasteDialog:
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)


def preview(dialog: PasteDialog) -> list[list[str]]:
    model = dialog.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def headings(dialog: PasteDialog) -> list[str]:
    model = dialog.model
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(model.columnCount())
    ]


def names(live: LiveBook, event: int) -> set[str]:
    return {row.name for row in live.reads.results(event)}


def test_the_clipboard_is_shown_before_it_is_taken(qtbot, live, race):
    QGuiApplication.clipboard().setText(START_LIST)
    before = live.reads.last_journal()
    dialog = opened(qtbot, PasteDialog(live, race))
    assert headings(dialog) == ["Pair", "Lane", "Athlete", "Nation", "Taken as"]
    assert preview(dialog)[0] == ["14", "i", "Ada New", "NOR", "new athlete"]
    assert dialog.take_button.text() == "Take 2 lines"
    assert live.reads.last_journal() == before


def test_enter_takes_all_as_one_undo_step(qtbot, live, race):
    before = names(live, race)
    dialog = opened(qtbot, PasteDialog(live, race, START_LIST))
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.taken == 2
    assert names(live, race) - before == {"Ada New", "Eva New"}
    step = live.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.IMPORT_RESULTS, "Women's 1000 m (2)")
    live.undo()
    assert names(live, race) == before


def test_what_cannot_be_taken_is_red_and_stays_to_be_mended(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, MIXED))
    model = dialog.model
    last = model.columnCount() - 1
    assert [bool(model.index(row, last).data(Role.ERROR)) for row in range(4)] == [
        False,
        False,
        True,
        False,
    ]
    assert "1:73.00" in preview(dialog)[2][last]
    assert preview(dialog)[3][last] == "as it is entered"
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert dialog.message.text() == preview(dialog)[2][last]
    press(qtbot, ENTER)
    assert dialog.isVisible()
    assert dialog.taken == 2
    assert dialog.message.text().startswith("2 lines were taken.")
    assert dialog.message.property("role") == "error"
    assert dialog.text.toPlainText() == "15\ti\tMiho Takagi\tJPN\t1:73.00"
    dialog.text.setPlainText("15\ti\tMiho Takagi\tJPN\t1:13.00")
    assert QApplication.focusWidget() is dialog.text
    qtbot.keyClick(dialog.text, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.taken == 3
    marks = {row.name: row.mark for row in live.reads.results(race)}
    assert marks["Miho Takagi"].value == 73_000_000


def test_text_can_be_typed_and_is_read_after_a_pause(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, ""))
    assert QApplication.focusWidget() is dialog.text
    assert not dialog.take_button.isEnabled()
    press(qtbot, "Ada New  NOR  1:13.00")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert headings(dialog) == ["Athlete", "Nation", "Mark", "Taken as"]
    assert dialog.take_button.isEnabled()


def test_a_column_can_be_said_to_be_something_else(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, "1\tAda New\tNOR\n2\tEva New\tGER"))
    assert headings(dialog)[0] == "Start order"
    assert dialog.column.chosen() is PastedColumn.ORDER
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Home)
    assert headings(dialog)[0] == "Pair"
    press(qtbot, ENTER)
    places = {row.name: row.place.unit for row in live.reads.results(race)}
    assert (places["Ada New"], places["Eva New"]) == (1, 2)


def test_the_choice_follows_the_cursor_and_the_headings(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, START_LIST))
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert dialog.column.chosen() is PastedColumn.ATHLETE
    header = dialog.table.horizontalHeader()
    place = header.rect().center()
    place.setX(header.sectionViewportPosition(1) + 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.column.chosen() is PastedColumn.LANE
    dialog.table.setCurrentIndex(dialog.model.index(0, 4))
    assert not dialog.column.isEnabled()


def test_a_choice_outlives_typing_in_the_text(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, "1\tAda New\tNOR\n2\tEva New\tGER"))
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Home)
    dialog.text.setPlainText("1\tAda New\tNOR\n2\tEva New\tGER\n3\tIda New\tGER")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert headings(dialog)[0] == "Pair"


def test_a_probable_double_is_asked_about(qtbot, live, race):
    dialog = opened(qtbot, PasteDialog(live, race, "14\ti\tJuta Leerdam\tNED"))
    assert preview(dialog)[0][-1] == "new athlete; is it Jutta Leerdam (NED)?"


def test_closing_takes_nothing(qtbot, live, race):
    before = live.reads.last_journal()
    dialog = opened(qtbot, PasteDialog(live, race, START_LIST))
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert live.reads.last_journal() == before


def test_a_book_open_for_reading_says_so(qtbot, live, race):
    reader = LiveBook(Book.open(live.path, read_only=True))
    dialog = opened(qtbot, PasteDialog(reader, race, START_LIST))
    press(qtbot, ENTER)
    assert dialog.isVisible()
    assert "reading only" in dialog.message.text()
    assert dialog.text.toPlainText() == START_LIST
    reader.close()


def test_the_preview_is_a_model(qtmodeltester, live, race):
    model = PreviewModel("Pair")
    qtmodeltester.check(model)
    pasted = recognise_for(live.reads, race, MIXED)
    model.show_lines(pasted, understand(live.reads, race, pasted))
    qtmodeltester.check(model)
    assert model.pasted.columns[2] is PastedColumn.ATHLETE
