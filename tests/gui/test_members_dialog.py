"""The members of a team, typed by keys: one undo step, and nobody twice (RULES R11)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.gui.dialogs.members_dialog import MembersDialog
from medaldesk.gui.live_book import LiveBook
from tests import books
from tests.gui.by_keys import ALT, DELETE, DOWN, ENTER, ESCAPE, TAB, UP, Meet, press, shown


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "cup.medaldesk"), who="clerk"))
    yield made
    made.close()


@pytest.fixture
def relay(live: LiveBook) -> int:
    """A relay of one team with two members; a third athlete is in the book."""
    meet = Meet.at(live.book)
    event = meet.event("W4X100", team=True)
    meet.enter(event, "Netherlands", "NED", "42.10", team=True)
    meet.members(event, "Netherlands", "Ann First", "Bea Second")
    meet.athlete("Cleo Third")
    return event


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook, relay: int) -> MembersDialog:
    made = MembersDialog(live, live.reads.event_head(relay), live.reads.results(relay)[0])
    shown(qtbot, made)
    return made


def members(live: LiveBook, relay: int) -> tuple[str, ...]:
    return live.reads.results(relay)[0].members


def test_names_are_typed_one_after_the_other(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog, qtmodeltester: ModelTester
) -> None:
    press(qtbot, "cleo", ENTER, "Dora Fourth", ENTER)
    assert [line.name for line in dialog.model.rows()] == [
        "Ann First", "Bea Second", "Cleo Third", "Dora Fourth",
    ]  # fmt: skip
    qtmodeltester.check(dialog.model)
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert members(live, relay) == ("Ann First", "Bea Second", "Cleo Third", "Dora Fourth")
    assert live.reads.athletes_named("Dora Fourth")
    assert live.reads.journal()[0].action is Action.CHANGE_TEAM
    live.undo()
    assert members(live, relay) == ("Ann First", "Bea Second")
    assert live.reads.athletes_named("Dora Fourth") == []


def test_members_are_moved_and_taken_out(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    press(qtbot, "Cleo Third", ENTER, TAB)
    assert dialog.table.hasFocus()
    press(qtbot, UP, held=ALT)
    press(qtbot, UP, held=ALT)
    assert [line.name for line in dialog.model.rows()] == ["Cleo Third", "Ann First", "Bea Second"]
    press(qtbot, DOWN, DELETE, ENTER)
    assert members(live, relay) == ("Cleo Third", "Bea Second")


def test_nobody_is_in_a_team_twice(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    press(qtbot, "Ann First", ENTER)
    assert dialog.problem.text() == "Ann First is in the team already."
    assert dialog.name.text() == "Ann First", "what was typed stays"
    assert dialog.isVisible()
    assert members(live, relay) == ("Ann First", "Bea Second")


def test_a_name_that_was_typed_last_is_not_lost(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    press(qtbot, "Dora Fourth")
    dialog.accept()
    assert members(live, relay) == ("Ann First", "Bea Second", "Dora Fourth")


def test_esc_leaves_the_team_as_it_was(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    press(qtbot, "Dora Fourth", ENTER, ESCAPE)
    assert not dialog.isVisible()
    assert members(live, relay) == ("Ann First", "Bea Second")
    assert live.reads.athletes_named("Dora Fourth") == []


def test_a_probable_double_is_told(qtbot: QtBot, live: LiveBook, dialog: MembersDialog) -> None:
    with qtbot.waitSignal(live.noted) as noted:
        press(qtbot, "Cloe Third", ENTER, ENTER)
    assert "Cleo Third" in noted.args[0]


def test_a_part_of_a_name_is_whom_the_nation_knows(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    meet = Meet(live.book, 1)
    sprint = meet.event("W100")
    meet.enter(sprint, "Abby Davis", "USA")
    meet.enter(sprint, "Pia Davis-Third", "NED")
    press(qtbot, "davis", ENTER, "davis", DOWN, ENTER, ENTER)
    assert members(live, relay)[2:] == ("Pia Davis-Third", "Abby Davis")
    assert live.reads.athletes_named("davis") == []


def test_a_part_of_a_name_is_never_a_new_athlete_by_itself(
    qtbot: QtBot, live: LiveBook, relay: int, dialog: MembersDialog
) -> None:
    press(qtbot, "cleo", ESCAPE, ENTER)
    assert dialog.problem.text() == (
        "“cleo” may be Cleo Third: take a name of the list, or choose there to add a new athlete."
    )
    assert dialog.name.text() == "cleo"
    press(qtbot, DOWN, DOWN, ENTER, ENTER)
    assert members(live, relay) == ("Ann First", "Bea Second", "cleo")
