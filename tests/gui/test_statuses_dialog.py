"""Statuses of one's own, and the order in which a discipline lists them (RULES 2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.dialogs.statuses_dialog import StatusesDialog
from medaldesk.gui.live_book import LiveBook
from tests import books
from tests.gui.by_keys import (
    ALT,
    DELETE,
    DOWN,
    ENTER,
    ESCAPE,
    F2,
    TAB,
    UP,
    Meet,
    press,
    shown,
)  # fmt: skip

DEFAULT = ["LAP", "OTL", "DNF", "RET", "NM", "NH", "DNS", "WDR", "DSQ", "DQB"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "cup.medaldesk"), who="clerk"))
    yield made
    made.close()


@pytest.fixture
def event(live: LiveBook) -> int:
    return Meet.at(live.book).event("W800")


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook, event: int) -> StatusesDialog:
    made = StatusesDialog(live, live.reads.event_head(event).event_type)
    shown(qtbot, made)
    return made


def own(live: LiveBook) -> dict[str, str]:
    return {row.code: row.name for row in live.reads.statuses() if row.code not in DEFAULT}


def test_a_status_of_ones_own_is_added(
    qtbot: QtBot, live: LiveBook, dialog: StatusesDialog, qtmodeltester: ModelTester
) -> None:
    press(qtbot, "dna", ENTER, "Did not advance", ENTER)
    assert dialog.model.rows()[-1].code == "DNA"
    assert own(live) == {}, "nothing is added before the dialog is taken"
    qtmodeltester.check(dialog.model)
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert own(live) == {"DNA": "Did not advance"}
    live.undo()
    assert own(live) == {}


def test_the_order_is_that_of_the_discipline(
    qtbot: QtBot, live: LiveBook, dialog: StatusesDialog
) -> None:
    dialog.table.setFocus()
    press(qtbot, DOWN, DOWN)
    press(qtbot, UP, held=ALT)
    press(qtbot, UP, held=ALT)
    press(qtbot, ENTER)
    assert live.reads.status_order("ATH")[:3] == ["DNF", "LAP", "OTL"]
    assert live.reads.status_order("SSK") == DEFAULT
    live.undo()
    assert live.reads.status_order("ATH") == DEFAULT


def test_the_default_order_comes_back(qtbot: QtBot, live: LiveBook, event: int) -> None:
    live.book.edits.set_status_order("ATH", ["DQB", "DSQ"])
    dialog = StatusesDialog(live, live.reads.event_head(event).event_type)
    shown(qtbot, dialog)
    assert [line.code for line in dialog.model.rows()][:2] == ["DQB", "DSQ"]
    qtbot.mouseClick(dialog.default, Qt.MouseButton.LeftButton)
    press(qtbot, ENTER)
    assert live.reads.status_order("ATH") == DEFAULT


def test_a_status_is_renamed_and_deleted(qtbot: QtBot, live: LiveBook, event: int) -> None:
    live.book.edits.add_status("DNA", "Did not advance")
    live.book.edits.add_status("HD", "Held down")
    dialog = StatusesDialog(live, live.reads.event_head(event).event_type)
    shown(qtbot, dialog)
    dialog.table.setFocus()
    dialog.table.go_to(len(DEFAULT))
    press(qtbot, F2, "Did not appear", ENTER, DOWN, DELETE, ENTER)
    assert own(live) == {"DNA": "Did not appear"}
    live.undo()
    assert own(live) == {"DNA": "Did not advance", "HD": "Held down"}


def test_a_standard_status_stays_as_it_is(
    qtbot: QtBot, live: LiveBook, dialog: StatusesDialog
) -> None:
    dialog.table.setFocus()
    press(qtbot, F2, DELETE)
    assert "LAP has to stay" in dialog.problem.text()
    assert not dialog.table.editing
    press(qtbot, ESCAPE)
    assert live.reads.status_order("ATH") == DEFAULT


def test_a_status_that_a_result_has_stays(qtbot: QtBot, live: LiveBook, event: int) -> None:
    live.book.edits.add_status("DNA", "Did not advance")
    meet = Meet(live.book, live.reads.event_head(event).competition)
    meet.enter(event, "Ann First", "NED", "dna")
    dialog = StatusesDialog(live, live.reads.event_head(event).event_type)
    shown(qtbot, dialog)
    dialog.table.setFocus()
    dialog.table.go_to(len(DEFAULT))
    press(qtbot, DELETE, ENTER)
    assert dialog.isVisible()
    assert "DNA has to stay" in dialog.problem.text()
    assert own(live) == {"DNA": "Did not advance"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("dnf", "Another"), "There is a status DNF already: type another code."),
        (("dna", ""), "Type what DNA means."),
        (("1:12", "A mark"), "cannot be a status"),
    ],
)
def test_what_cannot_be_a_status_is_refused_in_one_sentence(
    qtbot: QtBot, live: LiveBook, dialog: StatusesDialog, typed: tuple[str, str], sentence: str
) -> None:
    press(qtbot, typed[0], TAB, typed[1], ENTER)
    if dialog.isVisible() and not dialog.problem.isVisible():
        press(qtbot, ENTER)
    assert sentence in dialog.problem.text()
    assert dialog.isVisible()
    assert own(live) == {}


def test_without_an_event_the_order_is_only_shown(qtbot: QtBot, live: LiveBook) -> None:
    dialog = StatusesDialog(live, None)
    shown(qtbot, dialog)
    assert not dialog.default.isEnabled()
    dialog.table.setFocus()
    press(qtbot, DOWN, held=ALT)
    assert [line.code for line in dialog.model.rows()] == DEFAULT
