"""Grouping views made, changed and deleted by keys (RULES R14)."""

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
from medaldesk.gui.dialogs.grouping_dialog import GroupingDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.widgets.typed_lines_view import LinesView

OpenDialog = Callable[[], GroupingDialog]
Views = dict[str, tuple[str, dict[str, list[str]]]]
ENTER, TAB, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up
DELETE, ESCAPE, F2 = Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_F2


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


@pytest.fixture
def open_dialog(qtbot: QtBot, live: LiveBook) -> OpenDialog:
    def make() -> GroupingDialog:
        dialog = GroupingDialog(live)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
        return dialog

    return make


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Press keys one after another, wherever the keyboard is: a letter may open an editor."""
    for key in [each for part in keys for each in ([part] if isinstance(part, Qt.Key) else part)]:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClicks(focus, key)
        # Enter in an editor is taken by the next turn of the event loop.
        QApplication.processEvents()


def shown(grid: LinesView) -> list[str]:
    rows = range(grid.rows.rowCount() - 1)
    return [str(grid.rows.index(row, 0).data()) for row in rows]


def views(live: LiveBook) -> Views:
    code = live.reads.nation_code
    return {
        view.code: (
            view.name,
            {group.code: [code(nation, None) for nation in group.nations] for group in view.groups},
        )
        for view in live.reads.grouping_views()
    }


def test_r14_groups_and_nations_follow_the_cursor(open_dialog, qtbot):
    dialog = open_dialog()
    assert dialog.views.hasFocus()
    assert shown(dialog.views) == ["SUCCESSORS"]
    assert shown(dialog.groups) == ["CZE", "GER", "RUS", "SRB"]
    assert shown(dialog.members) == ["CZE  Czechia", "TCH  Czechoslovakia", "BOH  Bohemia"]
    press(qtbot, TAB, TAB, DOWN)
    assert dialog.groups.hasFocus()
    assert shown(dialog.members)[0] == "GER  Germany"
    dialog.views.setFocus()
    press(qtbot, DOWN)
    assert not dialog.groups.isEnabled()
    assert not dialog.members.isEnabled()


def test_r14_a_view_is_made_by_keys_alone_as_one_step(open_dialog, live, qtbot):
    before = views(live)
    dialog = open_dialog()
    press(qtbot, DOWN, "low", TAB, "Low countries", TAB)
    assert dialog.groups.hasFocus()
    press(qtbot, "blx", TAB, "Belgium and the Netherlands", TAB)
    assert dialog.members.hasFocus()
    press(qtbot, "ned", ENTER, "belgi", ENTER)
    assert shown(dialog.members) == ["NED  Netherlands", "BEL  Belgium"]
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    assert views(live) == before | {"LOW": ("Low countries", {"BLX": ["NED", "BEL"]})}
    step = live.book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.ADD_GROUPING, "Low countries")
    live.undo()
    assert views(live) == before


def test_a_view_is_renamed_and_a_nation_taken_out(open_dialog, live, qtbot):
    dialog = open_dialog()
    press(qtbot, TAB, "Successors", ENTER)
    dialog.groups.setFocus()
    press(qtbot, DOWN, DOWN)
    dialog.members.setFocus()
    press(qtbot, DOWN, DELETE, ENTER)
    assert not dialog.isVisible()
    name, groups = views(live)["SUCCESSORS"]
    assert name == "Successors"
    assert groups["RUS"] == ["RUS", "EUN", "OAR", "ROC"]


def test_a_view_is_deleted_and_the_nations_stay(open_dialog, live, qtbot):
    open_dialog()
    press(qtbot, DELETE, ENTER)
    assert views(live) == {}
    assert live.reads.nation_by_code("URS") is not None
    step = live.book.edits.next_undo()
    assert step is not None
    assert step.action is Action.DELETE_GROUPING
    live.undo()
    assert "SUCCESSORS" in views(live)


def test_a_nation_named_twice_is_refused_and_kept(open_dialog, live, qtbot):
    before = live.reads.last_journal()
    dialog = open_dialog()
    dialog.members.setFocus()
    press(qtbot, DOWN, DOWN, DOWN, "urs", ENTER)
    assert dialog.problem.text() == ("Soviet Union is in CZE and in RUS: keep it in one of them.")
    assert shown(dialog.members)[-1] == "URS  Soviet Union"
    assert dialog.members.rows.look_at(dialog.members.currentIndex()).error
    press(qtbot, ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text() == ("Soviet Union is in CZE and in RUS: keep it in one of them.")
    assert live.reads.last_journal() == before


def test_the_line_that_was_typed_last_is_in_doubt(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.members.setFocus()
    press(qtbot, DOWN, DOWN, DOWN, "ger", ENTER)
    dialog.views.setFocus()
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.groups.current_line().cells[0] == "CZE"
    assert shown(dialog.members)[dialog.members.currentIndex().row()] == "GER  Germany"
    assert dialog.members.rows.look_at(dialog.members.currentIndex()).error
    assert dialog.problem.text() == "Germany is in CZE and in GER: keep it in one of them."


def test_a_nation_twice_in_one_group_is_told_so(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.members.setFocus()
    press(qtbot, DOWN, DOWN, DOWN, "tch", ENTER)
    assert dialog.problem.text() == "Czechoslovakia is in CZE twice: keep it once."


def test_a_nation_named_twice_can_leave_its_other_group(open_dialog, live, qtbot):
    dialog = open_dialog()
    dialog.members.setFocus()
    press(qtbot, DOWN, DOWN, DOWN, "urs", ENTER)
    dialog.groups.setFocus()
    press(qtbot, DOWN, DOWN)
    dialog.members.setFocus()
    press(qtbot, DOWN, DELETE, ENTER)
    assert not dialog.isVisible()
    _, groups = views(live)["SUCCESSORS"]
    assert groups["CZE"] == ["CZE", "TCH", "BOH", "URS"]
    assert "URS" not in groups["RUS"]


def test_who_is_no_nation_is_refused_and_kept(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.members.setFocus()
    press(qtbot, DOWN, DOWN, DOWN, "atlantis", ENTER)
    assert dialog.problem.text().startswith("There is no nation atlantis in this book")
    press(qtbot, ENTER)
    assert dialog.isVisible()
    assert shown(dialog.members)[-1] == "atlantis"


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (("new", ENTER), "The name is empty: type it."),
        ((TAB, "New", ENTER), "A code is needed, without spaces or slashes."),
        (("successors", TAB, "New", ENTER), "There is a grouping SUCCESSORS already"),
        (
            ("new", TAB, "New", TAB, "abc", TAB, "Abc", ENTER),
            "ABC has no nation yet: type one, or delete the group.",
        ),
        (("new", TAB, "New", TAB, "abc", TAB, TAB, "ned", ENTER), "The name is empty: type it."),
    ],
)
def test_what_is_half_typed_is_asked_for(open_dialog, live, qtbot, keys, sentence):
    before = views(live)
    dialog = open_dialog()
    press(qtbot, DOWN, *keys, ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text().startswith(sentence)
    assert len(shown(dialog.views)) == 2
    assert views(live) == before


def test_esc_leaves_all_as_it_was(open_dialog, live, qtbot):
    before = live.reads.last_journal()
    dialog = open_dialog()
    press(qtbot, DELETE, ESCAPE)
    assert not dialog.isVisible()
    assert live.reads.last_journal() == before


def test_nothing_changed_is_no_edit(open_dialog, live, qtbot):
    before = live.reads.last_journal()
    dialog = open_dialog()
    press(qtbot, F2, ENTER, ENTER)
    assert not dialog.isVisible()
    assert live.reads.last_journal() == before


def test_the_grids_are_sound_models(open_dialog, qtmodeltester: ModelTester):
    dialog = open_dialog()
    for grid in (dialog.views, dialog.groups, dialog.members):
        qtmodeltester.check(grid.rows)
