"""Phases are renamed in place, and deleted after what goes with them was told (RULES R5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.dialogs.phases_dialog import PhasesDialog
from medaldesk.gui.live_book import LiveBook
from tests import books
from tests.gui.by_keys import DELETE, DOWN, ENTER, ESCAPE, F2, Meet, press, shown


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "cup.medaldesk"), who="clerk"))
    yield made
    made.close()


@pytest.fixture
def event(live: LiveBook) -> int:
    """Heats with two results before a final with one."""
    meet = Meet.at(live.book)
    event = meet.event("W800")
    meet.enter(event, "Ann First", "NED", "2:00.1")
    live.book.edits.add_phase(event, "Heats", 1)
    meet.enter(event, "Bea Second", "NED", "2:01.0")
    heats = live.reads.event_head(event).phases[0].id
    live.book.edits.add_result(meet.entry(event, "Ann First"), heats)
    return event


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook, event: int) -> PhasesDialog:
    made = PhasesDialog(live, event)
    shown(qtbot, made)
    return made


def names(live: LiveBook, event: int) -> list[str]:
    return [phase.name for phase in live.reads.event_head(event).phases]


def test_a_phase_is_renamed_in_place(
    qtbot: QtBot, live: LiveBook, event: int, dialog: PhasesDialog, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(dialog.model)
    press(qtbot, DOWN, F2)
    editor = dialog.table.findChild(QLineEdit)
    assert editor is not None
    press(qtbot, "Final A", ENTER)
    assert dialog.isVisible(), "Enter takes the name, not yet the dialog"
    assert names(live, event) == ["Heats", "Final"]
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert names(live, event) == ["Heats", "Final A"]


def test_what_goes_with_a_phase_is_told_before(
    qtbot: QtBot, live: LiveBook, event: int, dialog: PhasesDialog
) -> None:
    press(qtbot, DELETE)
    assert "Deleted with all their results: Heats (2 results)." in dialog.said.text()
    assert names(live, event) == ["Heats", "Final"], "nothing is deleted before Enter"
    press(qtbot, ENTER)
    assert names(live, event) == ["Final"]
    live.undo()
    assert names(live, event) == ["Heats", "Final"]
    assert len(live.reads.results(event)) == 3


def test_del_twice_keeps_a_phase(
    qtbot: QtBot, live: LiveBook, event: int, dialog: PhasesDialog
) -> None:
    press(qtbot, DELETE, DELETE)
    assert "F2 renames" in dialog.said.text()
    before = live.reads.last_journal()
    press(qtbot, ENTER)
    assert live.reads.last_journal() == before


def test_the_last_phase_has_to_stay(
    qtbot: QtBot, live: LiveBook, event: int, dialog: PhasesDialog
) -> None:
    press(qtbot, DELETE, DOWN, DELETE)
    assert dialog.problem.text() == "An event cannot be without a phase: Final stays."
    press(qtbot, ESCAPE)
    assert names(live, event) == ["Heats", "Final"]
