"""The question where another split is taken, and the keys of forms with an open list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source
from medaldesk.gui.dialogs.form import Form
from medaldesk.gui.dialogs.split_dialog import SplitDialog, ask_split


def answer(act: Callable[[SplitDialog], object]) -> None:
    """Do something in the dialog that is about to open."""

    def once() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SplitDialog)
        act(dialog)

    QTimer.singleShot(0, once)


def test_the_label_is_taken_without_spaces_around_it(qtbot: QtBot) -> None:
    def take(dialog: SplitDialog) -> None:
        qtbot.keyClicks(dialog.label, " 600 m ")
        qtbot.keyClick(dialog.label, Qt.Key.Key_Return)

    answer(take)
    assert ask_split(None) == "600 m"


def test_escape_adds_nothing(qtbot: QtBot) -> None:
    def leave(dialog: SplitDialog) -> None:
        qtbot.keyClicks(dialog.label, "600 m")
        qtbot.keyClick(dialog.label, Qt.Key.Key_Escape)

    answer(leave)
    assert ask_split(None) is None


def test_an_empty_label_is_asked_for(qtbot: QtBot) -> None:
    dialog = SplitDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.keyClick(dialog.label, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.problem.text() == "Taken at is empty: type it."


def test_buttons_have_no_icons(qtbot: QtBot) -> None:
    dialog = SplitDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = dialog.buttons.buttons()
    assert len(buttons) == 2
    assert all(button.icon().isNull() for button in buttons)
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).text() == "Add"


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(None)
    rows = [Suggestion("Speed Skating", "SSK"), Suggestion("Short Track", "STK")]
    made.add_field("&Discipline", CompletingEdit(choice_source(lambda: rows)))
    made.add_field("&Venue", CompletingEdit(choice_source(lambda: [])))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_alt_and_a_letter_leave_an_open_list(qtbot: QtBot, form: Form) -> None:
    discipline, venue = form.findChildren(CompletingEdit)
    assert [label.text() for label in form.findChildren(QLabel)][:2] == ["&Discipline", "&Venue"]
    qtbot.keyClicks(discipline, "s")
    assert discipline.listing
    qtbot.keyClick(discipline, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert venue.hasFocus()
    assert not discipline.listing
