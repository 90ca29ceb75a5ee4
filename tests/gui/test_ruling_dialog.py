"""Ruling on a record by keyboard: what holds, since when, and what stands after it (RULES R26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.reads.records import RecordHistory
from medaldesk.domain.records import Ruling
from medaldesk.gui.dialogs.ruling_dialog import RulingDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme

ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


def olympic(live: LiveBook) -> RecordHistory:
    found = next(row for row in live.reads.record_lists() if row.code == "OR")
    return live.reads.record_history(found.id)


def open_dialog(qtbot: QtBot, live: LiveBook, holder: str) -> RulingDialog:
    history = olympic(live)
    rows = (*history.rows, *history.annulled)
    row = next(row for row in reversed(rows) if row.holder == holder)
    dialog = RulingDialog(live, history, row)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)


def standing(live: LiveBook) -> list[str]:
    return [row.holder for row in olympic(live).current]


def test_a_record_is_annulled_and_reinstated_by_keyboard(qtbot: QtBot, live: LiveBook) -> None:
    dialog = open_dialog(qtbot, live, "Jutta Leerdam")
    assert dialog.rulings.value() is Ruling.RATIFIED
    assert dialog.outlook.text() == "The record stays 1:12.31 Jutta Leerdam NED."
    press(qtbot, "a")
    assert dialog.rulings.value() is Ruling.ANNULLED
    assert dialog.outlook.text() == "The record is then 1:12.59 Femke Kok NED."
    press(qtbot, TAB, "1 Mar 2026", TAB, "ISU minutes", ENTER)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert standing(live) == ["Femke Kok"]
    (out,) = olympic(live).annulled
    assert out.ruling is not None
    assert (out.ruling.day, out.ruling.source) == ("2026-03-01", "ISU minutes")
    step = live.book.edits.next_undo()
    assert step is not None
    assert step.action is Action.RULE_RECORD

    again = open_dialog(qtbot, live, "Jutta Leerdam")
    assert again.rulings.value() is Ruling.REINSTATED
    assert again.outlook.text() == "The record is then 1:12.31 Jutta Leerdam NED."
    press(qtbot, TAB, "1 Apr 2026", ENTER)
    assert standing(live) == ["Jutta Leerdam"]
    live.undo()
    live.undo()
    assert olympic(live).annulled == ()


def test_the_arrows_choose_a_ruling(qtbot: QtBot, live: LiveBook) -> None:
    dialog = open_dialog(qtbot, live, "Femke Kok")
    press(qtbot, DOWN, DOWN)
    assert dialog.rulings.value() is Ruling.REINSTATED
    press(qtbot, "p")
    assert dialog.rulings.value() is Ruling.PROVISIONAL


def test_annulling_an_earlier_record_leaves_what_stands(qtbot: QtBot, live: LiveBook) -> None:
    dialog = open_dialog(qtbot, live, "Femke Kok")
    press(qtbot, "a")
    assert dialog.outlook.text() == "The record stays 1:12.31 Jutta Leerdam NED."


def test_the_day_is_asked_for_and_never_before_the_mark(qtbot: QtBot, live: LiveBook) -> None:
    before = live.reads.last_journal()
    dialog = open_dialog(qtbot, live, "Jutta Leerdam")
    dialog.accept()
    assert dialog.problem.text() == "Date is empty: type it."
    press(qtbot, "8 Feb 2026", ENTER)
    assert dialog.problem.text() == (
        "The mark was made on 9 February 2026: a ruling on it came then or later."
    )
    assert dialog.day.text() == "2026-02-08"
    dialog.day.setText("soon")
    dialog.accept()
    assert "“soon” is not a date" in dialog.problem.text()
    assert live.reads.last_journal() == before


def test_a_later_ruling_that_holds_is_told(qtbot: QtBot, live: LiveBook) -> None:
    leerdam = olympic(live).rows[-1].result or 0
    list_id = olympic(live).list.id
    day = date(2026, 5, 1)
    live.edit(lambda edits: edits.rule_record(list_id, leerdam, Ruling.RATIFIED, day))
    dialog = open_dialog(qtbot, live, "Jutta Leerdam")
    assert dialog.rulings.value() is Ruling.ANNULLED
    press(qtbot, TAB, "2026-04-01")
    assert dialog.outlook.text() == "A later ruling holds all the same: Ratified, 1 May 2026."


def test_without_any_other_mark_no_record_is_left(qtbot: QtBot, live: LiveBook) -> None:
    event_type = live.reads.event_type_by_code("SSKW1000M").id
    belarus = live.reads.nation_by_code("BLR")
    live.edit(lambda edits: edits.add_record_list("NR", event_type, nation=belarus))
    added = max(row.id for row in live.reads.record_lists())
    history = live.reads.record_history(added)
    assert [row.holder for row in history.rows] == ["Anzhelika Kotyuga"]
    dialog = RulingDialog(live, history, history.rows[0])
    qtbot.addWidget(dialog)
    dialog.rulings.choose(Ruling.ANNULLED)
    assert dialog.outlook.text() == "After it there is no record in this list."


def test_what_stood_before_the_book_stands_again(qtbot: QtBot, live: LiveBook) -> None:
    event_type = live.reads.event_type_by_code("SSKW1000M").id
    belarus = live.reads.nation_by_code("BLR")
    baseline = NewBaseline("Somebody Else", "1:16.00", belarus, date(2000, 1, 1))
    live.edit(lambda edits: edits.add_record_list("NR", event_type, nation=belarus))
    added = max(row.id for row in live.reads.record_lists())
    live.edit(lambda edits: edits.set_baseline(added, baseline))
    history = live.reads.record_history(added)
    dialog = RulingDialog(live, history, history.rows[-1])
    qtbot.addWidget(dialog)
    dialog.rulings.choose(Ruling.ANNULLED)
    assert dialog.outlook.text() == "The record is then 1:16.00 Somebody Else BLR."


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_form_fits_a_small_screen(qtbot: QtBot, live: LiveBook, zoom: int) -> None:
    theme().set_zoom(zoom)
    dialog = open_dialog(qtbot, live, "Jutta Leerdam")
    dialog.show_problem(None, "One sentence that is long enough to need a second line. " * 2)
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
