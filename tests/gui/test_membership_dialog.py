"""Who is in the medal table of a competition, chosen by keys (RULES R15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.gui.dialogs.membership_dialog import MembershipDialog
from medaldesk.gui.live_book import LiveBook
from tests.book.worlds import add_competition

OpenDialog = Callable[[], MembershipDialog]
ENTER, DOWN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
LEFT, RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


@pytest.fixture
def open_dialog(qtbot: QtBot, live: LiveBook) -> OpenDialog:
    def make() -> MembershipDialog:
        dialog = MembershipDialog(live, games(live))
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
        return dialog

    return make


def games(live: LiveBook) -> int:
    return live.reads.competition_by_code("OWG2026").id


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClicks(focus, key)


def places(live: LiveBook) -> dict[str, str]:
    rows = live.reads.memberships(games(live))
    return {row.code: row.membership for row in rows if row.membership != "ranked"}


def table(live: LiveBook) -> dict[str, int | None]:
    lines = live.reads.medal_table(games(live)).lines
    return {line.row.nation: line.row.by_gold.number if line.ranked else None for line in lines}


def test_r15_everybody_is_ranked_at_first(open_dialog, live):
    dialog = open_dialog()
    assert {row.membership for row in dialog.model.rows()} == {"ranked"}
    assert [row.code for row in dialog.model.rows()] == [
        row.code for row in live.reads.memberships(games(live))
    ]
    assert dialog.table.hasFocus()
    assert dialog.meaning.text() == "Every nation is ranked, and every medal is in the table."


def test_r15_a_letter_chooses_and_enter_takes_all_as_one_step(open_dialog, live, qtbot):
    before = table(live)
    dialog = open_dialog()
    dialog.filter.setFocus()
    press(qtbot, "ned", DOWN, "l")
    assert dialog.meaning.text() == (
        "Left out: 1. Its 2 official medals still count in the sum of all medals."
    )
    dialog.filter.setFocus()
    dialog.filter.clear()
    press(qtbot, "jap", ENTER, "u")
    assert dialog.meaning.text().startswith("Without a rank: 1. Left out: 1. Its 2 official")
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    assert places(live) == {"NED": "left_out", "JPN": "unranked"}
    assert "NED" not in table(live)
    assert table(live)["JPN"] is None
    assert live.reads.medal_table(games(live)).left_out.total == 2
    live.undo()
    assert places(live) == {}
    assert table(live) == before


def test_the_choice_is_shown_the_next_time_and_r_takes_it_back(open_dialog, live, qtbot):
    ned = live.reads.nation_by_code("NED")
    live.edit(lambda edits: edits.set_membership(games(live), ned, "left_out"))
    dialog = open_dialog()
    assert dialog.meaning.text().endswith("still count in the sum of all medals.")
    row = dialog.model.row_of(ned)
    assert dialog.model.row(row).tally.total == 2
    dialog.table.selectRow(row)
    press(qtbot, "r", ENTER)
    assert places(live) == {}


def test_arrows_go_through_the_choices_and_stop_at_the_ends(open_dialog, qtbot):
    dialog = open_dialog()
    found = []
    for key in (LEFT, RIGHT, RIGHT, RIGHT, LEFT):
        press(qtbot, key)
        found.append(dialog.model.row(0).membership)
    assert found == ["ranked", "unranked", "left_out", "left_out", "unranked"]


def test_several_nations_are_chosen_for_at_once(open_dialog, live, qtbot):
    dialog = open_dialog()
    qtbot.keyClick(dialog.table, DOWN, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, "u")
    assert [row.membership for row in dialog.model.rows()][:3] == ["unranked", "unranked", "ranked"]


def test_the_buttons_do_what_the_keys_do(open_dialog, qtbot):
    dialog = open_dialog()
    for choice in ("left_out", "unranked", "ranked"):
        qtbot.mouseClick(dialog.buttons_of[choice], Qt.MouseButton.LeftButton)
        assert dialog.model.row(0).membership == choice
    assert dialog.table.hasFocus()


def test_esc_clears_the_line_first_and_leaves_then(open_dialog, live, qtbot):
    dialog = open_dialog()
    press(qtbot, "l")
    dialog.filter.setFocus()
    press(qtbot, "zzz")
    assert dialog.model.rowCount() == 0
    press(qtbot, ESCAPE)
    assert dialog.isVisible()
    assert dialog.model.rowCount()
    press(qtbot, ESCAPE)
    assert not dialog.isVisible()
    assert places(live) == {}


def test_nothing_chosen_is_no_edit(open_dialog, live, qtbot):
    before = live.reads.last_journal()
    dialog = open_dialog()
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    assert live.reads.last_journal() == before


def test_the_edit_is_named(open_dialog, live, qtbot):
    dialog = open_dialog()
    dialog.filter.setFocus()
    press(qtbot, "jap", ENTER, "l", ENTER)
    step = live.book.edits.next_undo()
    assert step is not None
    assert step.action is Action.SET_MEMBERSHIP
    assert step.subject == "Japan left out: Milano Cortina 2026"
    open_dialog().table.selectAll()
    press(qtbot, "u", ENTER)
    step = live.book.edits.next_undo()
    assert step is not None
    assert step.subject.endswith(" nations: Milano Cortina 2026")


def test_the_sentence_is_seen_whole(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.table.selectAll()
    press(qtbot, "u")
    qtbot.keyClick(dialog.table, DOWN)
    press(qtbot, "l")
    QApplication.processEvents()
    label = dialog.meaning
    assert label.height() >= label.heightForWidth(label.width())
    assert label.visibleRegion().boundingRect().height() == label.height()


def test_one_medal_is_told_as_one(open_dialog, live, qtbot):
    dialog = open_dialog()
    one = next(place for place in dialog.model.places() if place.tally.total == 1)
    dialog.table.selectRow(dialog.model.row_of(one.nation_id))
    press(qtbot, "l")
    assert dialog.meaning.text() == (
        "Left out: 1. Its official medal still counts in the sum of all medals."
    )


def test_a_competition_that_nobody_is_entered_in_says_so(qtbot, live):
    empty = add_competition(live.book, "OWG2030", "2030-02-01", "2030-02-17")
    dialog = MembershipDialog(live, empty)
    qtbot.addWidget(dialog)
    assert dialog.meaning.text() == "Nobody is entered in this competition yet."
    dialog.accept()
    assert dialog.result()


def test_the_model_is_sound(open_dialog, qtmodeltester: ModelTester):
    qtmodeltester.check(open_dialog().model)
