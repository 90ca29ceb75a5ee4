"""Taking a decision by keyboard: typed lines, the proposal, what would be, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.gui.dialogs.decision_dialog import DecisionDialog
from medaldesk.gui.dialogs.revoke_dialog import RevokeDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.decision_lines import DecisionLinesModel
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.theme import theme
from tests import books
from tests.book.worlds import Race
from tests.gui.decided import both_bronze, ski_cross, sydney, without_jones

ENTER, TAB, ESCAPE, DOWN, DELETE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
    Qt.Key.Key_Delete,
)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "b.medaldesk")))
    yield made
    made.close()


@pytest.fixture
def race(live: LiveBook) -> Race:
    return sydney(live.book)


def shown(qtbot: QtBot, dialog: DecisionDialog | RevokeDialog) -> None:
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()


def open_dialog(
    qtbot: QtBot, live: LiveBook, race: Race, entry: str = "", decision: int | None = None
) -> DecisionDialog:
    dialog = DecisionDialog(
        live, race.event, None, decision=decision, entry=race.entries.get(entry)
    )
    shown(qtbot, dialog)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook, race: Race) -> DecisionDialog:
    """About Sydney, with the cursor of the lines on the winner."""
    return open_dialog(qtbot, live, race, "Marion Jones")


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Press keys one after another, each wherever the keyboard is by then."""
    for key in keys:
        for single in [*key] if isinstance(key, str) else [key]:
            focus = QApplication.focusWidget()
            assert focus is not None
            qtbot.keyClick(focus, single)
            QApplication.processEvents()


def column(dialog: DecisionDialog, key: str) -> list[str]:
    number = dialog.model.column_of(key)
    assert number is not None
    return [dialog.model.index(row, number).data() for row in range(dialog.model.rowCount())]


def cursor(dialog: DecisionDialog) -> tuple[str, str]:
    index = dialog.table.currentIndex()
    return dialog.model.row(index.row()).before.name, dialog.model.columns[index.column()].key


HEAD = ("IOC", TAB, "9.12.2009", TAB, "Doping", TAB, TAB)
"""Body, day and reason; no source: the cursor is in the lines then."""


# The keyboard path


def test_the_gold_medal_of_sydney_stays_vacant(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    assert dialog.body.hasFocus()
    press(qtbot, *HEAD)
    assert dialog.table.hasFocus()
    press(qtbot, "dsq", ENTER, DOWN, TAB, TAB, "s", ENTER, "b", ENTER)
    assert column(dialog, "medal") == ["", "", "silver", "bronze"]
    assert column(dialog, "after") == ["DSQ", "2", "3", "4"]
    assert column(dialog, "medal_after") == ["", "Silver", "Silver", "Bronze"]
    assert "0-2-1" in dialog.outcome.text()
    press(qtbot, ENTER)
    assert dialog.problem.text().startswith("That would leave 0-2-1 medals")
    assert dialog.all_the_same.isVisible()
    assert not live.reads.decisions()
    press(qtbot, DELETE)
    assert not dialog.problem.isVisible(), "what was said is of other lines"
    press(qtbot, "b", ENTER, ENTER)
    assert dialog.all_the_same.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.isHidden)
    assert race.medals() == {
        "Ekaterini Thanou": "silver",
        "Tayna Lawrence": "silver",
        "Merlene Ottey": "bronze",
    }
    (row,) = live.reads.decisions()
    assert (row.id, row.body, row.day, row.reason, row.source) == (
        dialog.taken,
        "IOC",
        "2009-12-09",
        "Doping",
        None,
    )
    live.undo()
    assert not live.reads.decisions()
    assert race.medals()["Marion Jones"] == "gold"


def test_moving_up_is_proposed_and_then_edited(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    press(qtbot, *HEAD)
    qtbot.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: column(dialog, "status") == ["DSQ", "", "", ""])
    assert column(dialog, "rank") == ["none", "1", "2", "3"]
    assert column(dialog, "medal") == ["none", "gold", "silver", "bronze"]
    assert column(dialog, "after") == ["DSQ", "1", "2", "3"]
    assert not live.reads.decisions()
    assert dialog.table.hasFocus()
    press(qtbot, DOWN, TAB, TAB, "silver", ENTER)
    assert column(dialog, "medal_after") == ["", "Silver", "Silver", "Bronze"]
    press(qtbot, ENTER)
    dialog.all_the_same.click()
    assert sorted(race.medals().values()) == ["bronze", "silver", "silver"]
    assert race.ranks()["Ekaterini Thanou"] == 1


def test_the_proposal_is_for_whoever_was_given_a_status(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    dialog.table.go_to(race.entries["Ekaterini Thanou"])
    dialog.table.setFocus()
    press(qtbot, "wdr", ENTER)
    dialog.propose.click()
    assert column(dialog, "status") == ["", "WDR", "", ""]
    assert column(dialog, "medal_after") == ["Gold", "", "Silver", "Bronze"]


# What is typed into the lines


@pytest.mark.parametrize(
    ("key", "text", "line"),
    [
        ("status", "ds", {"sets_status": True, "status": "DSQ"}),
        ("status", "none", {"sets_status": True, "status": None}),
        ("status", "-", {"sets_status": True, "status": None}),
        ("rank", "3", {"sets_rank": True, "rank": 3}),
        ("rank", "=2", {"sets_rank": True, "rank": 2}),
        ("rank", "n", {"sets_rank": True, "rank": None}),
        ("medal", "G", {"medal": MedalRuling.GOLD}),
        ("medal", "sil", {"medal": MedalRuling.SILVER}),
        ("medal", "n", {"medal": MedalRuling.NONE}),
        ("medal", "vac", {"medal": MedalRuling.NONE}),
        ("medal", "w", {"medal": MedalRuling.WITHHELD}),
        ("medal", "pend", {"medal": MedalRuling.PENDING}),
        ("medal", "", {}),
    ],
)
def test_first_letters_are_enough(dialog, race, key, text, line):
    index = dialog.model.index(0, dialog.model.column_of(key))
    assert dialog.model.setData(index, text)
    entry = race.entries["Marion Jones"]
    assert dialog.model.lines() == ([DecisionLine(entry, **line)] if line else [])


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("status", "d", "“d” begins several statuses"),
        ("status", "xyz", "There is no status xyz"),
        ("rank", "0", "“0” is not a rank"),
        ("rank", "second", "“second” is not a rank"),
        ("medal", "platinum", "“platinum” is not a medal"),
    ],
)
def test_what_cannot_be_read_stays_and_says_why(qtbot, dialog, key, text, sentence):
    press(qtbot, *HEAD)
    dialog.table.go_to(None, key)
    press(qtbot, text, ENTER)
    assert cursor(dialog) == ("Marion Jones", key)
    index = dialog.table.currentIndex()
    assert index.data() == text
    assert index.data(Role.ERROR)
    assert dialog.table._message.isVisible()
    assert dialog.table._message.text().startswith(sentence)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.text().startswith(sentence)
    press(qtbot, DELETE)
    assert index.data() == ""
    assert not dialog.table._message.isVisible()


def test_the_preview_follows_each_key(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    dialog.table.setFocus()
    press(qtbot, "dsq")
    assert column(dialog, "after")[0] == "DSQ"
    assert "0-1-1" in dialog.outcome.text()
    assert dialog.model.lines()
    press(qtbot, ESCAPE)
    assert column(dialog, "after")[0] == "1"
    assert "1-1-1" in dialog.outcome.text()
    assert not dialog.model.lines()
    assert dialog.isVisible()


def test_tab_goes_right_and_leaves_the_lines_at_their_end(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Tayna Lawrence")
    dialog.table.setFocus()
    press(qtbot, TAB, "9", TAB, TAB)
    assert column(dialog, "rank")[2] == "9"
    assert cursor(dialog) == ("Merlene Ottey", "status")
    press(qtbot, TAB, TAB, TAB)
    assert dialog.propose.hasFocus()
    qtbot.keyClick(dialog.propose, TAB, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.table.hasFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert dialog.propose.hasFocus()


def test_an_open_cell_is_taken_with_the_decision(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    press(qtbot, *HEAD, "dsq")
    focus = QApplication.focusWidget()
    qtbot.keyClick(focus, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isHidden()
    assert race.ranks()["Marion Jones"] is None


# What is refused and asked


def test_the_form_says_which_key_takes_it(dialog):
    hints = [label.text() for label in dialog.buttons.findChildren(QLabel) if label.isVisible()]
    assert hints == ["Ctrl+Enter takes it from any field."]


def test_a_decision_that_changes_nothing_is_refused(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race)
    press(qtbot, "IOC", TAB, "9.12.2009", TAB, "Doping", ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text().startswith("This decision changes nothing yet")
    assert dialog.table.hasFocus()


def test_a_day_before_the_event_is_refused_and_nothing_is_lost(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    press(qtbot, "IOC", TAB, "1.1.1999", TAB, "Doping", TAB, TAB, "dsq", ENTER, ENTER)
    assert "is before the event" in dialog.problem.text()
    assert dialog.day.hasFocus()
    assert column(dialog, "status")[0] == "DSQ"
    press(qtbot, "9.12.2009", ENTER)
    assert dialog.isHidden()
    assert len(live.reads.decisions()) == 1


def test_two_golds_are_asked_about_again_after_a_change(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Ekaterini Thanou")
    press(qtbot, *HEAD, TAB, TAB, "g", ENTER, ENTER)
    assert dialog.all_the_same.isVisible()
    dialog.table.setFocus()
    press(qtbot, "g", ENTER)
    assert not dialog.all_the_same.isVisible()
    dialog.accept()
    assert "3-0-0" in dialog.problem.text()
    assert not live.reads.decisions()
    dialog.all_the_same.click()
    assert list(race.medals().values()) == ["gold"] * 3


def test_bodies_complete_from_those_used_before(qtbot, live, race):
    live.book.edits.take_decision(race.event, without_jones(race), confirmed=True)
    dialog = open_dialog(qtbot, live, race)
    press(qtbot, "i", TAB)
    assert dialog.body.text() == "IOC"
    assert dialog.day.hasFocus()


# Correcting


def test_a_decision_is_corrected_in_the_same_dialog(qtbot, live, race):
    decision = live.book.edits.take_decision(race.event, without_jones(race), confirmed=True)
    dialog = open_dialog(qtbot, live, race, decision=decision)
    fields = (dialog.body, dialog.day, dialog.reason, dialog.source)
    assert [field.text() for field in fields] == ["IOC", "2009-12-09", "Doping", "Press release"]
    assert column(dialog, "before") == ["1", "2", "3", "4"]
    assert column(dialog, "medal_after") == ["", "Silver", "Silver", "Bronze"]
    dialog.reason.setFocus()
    dialog.reason.selectAll()
    press(qtbot, "Confessed", ENTER)
    assert dialog.isHidden()
    row = live.reads.decision(decision)
    assert (row.reason, len(row.lines)) == ("Confessed", 3)
    assert dialog.taken == decision
    live.undo()
    assert live.reads.decision(decision).reason == "Doping"


def test_both_bronzes_of_beijing(qtbot, live):
    race = ski_cross(live.book)
    dialog = open_dialog(qtbot, live, race, "Fanny Smith")
    press(qtbot, "CAS", TAB, "13.12.2022", TAB, "Agreement", TAB, TAB)
    press(qtbot, TAB, "3", TAB, "b", ENTER)
    assert column(dialog, "after") == ["1", "2", "=3", "=3"]
    assert column(dialog, "medal_after")[2:] == ["Bronze", "Bronze"]
    press(qtbot, ENTER)
    assert not dialog.isHidden(), "two bronzes are asked about"
    qtbot.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.isHidden)
    assert list(race.medals().values()).count("bronze") == 2


def test_withheld_is_shown_where_no_medal_is(qtbot, live, race):
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    dialog.table.go_to(race.entries["Marion Jones"], "medal")
    dialog.table.setFocus()
    press(qtbot, "w", ENTER)
    assert column(dialog, "medal_after")[0] == "withheld"
    assert "0-1-1" in dialog.outcome.text()


# Revoking


def test_a_revocation_asks_for_its_day(qtbot, live):
    race = ski_cross(live.book)
    decision = live.book.edits.take_decision(race.event, both_bronze(race), confirmed=True)
    dialog = RevokeDialog(live, live.reads.decision(decision))
    shown(qtbot, dialog)
    press(qtbot, "2022-01-01", ENTER)
    assert "is before the decision itself" in dialog.problem.text()
    press(qtbot, "2023-01-01", ENTER)
    assert dialog.isHidden()
    assert live.reads.decision(decision).revoked_on == "2023-01-01"
    assert list(race.medals().values()).count("bronze") == 1


# The model, and room


def test_the_lines_are_a_sound_model(qtmodeltester: ModelTester, live, race):
    model = DecisionLinesModel([row.code for row in live.reads.statuses()])
    model.show_preview(live.reads.preview_decision(race.event, [], "2009-12-09"))
    qtmodeltester.check(model)
    model.setData(model.index(0, model.column_of("status")), "dsq")
    model.setData(model.index(1, model.column_of("rank")), "x")
    qtmodeltester.check(model)


@pytest.mark.parametrize("zoom", [100, 200])
def test_all_parts_are_in_sight(qtbot, live, race, zoom):
    theme().set_zoom(zoom)
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    dialog.propose.click()
    dialog.accept()
    inside = dialog.rect()
    for part in (dialog.table, dialog.propose, dialog.outcome, dialog.problem, dialog.buttons):
        corner = part.mapTo(dialog, part.rect().bottomRight())
        assert inside.contains(corner), part
    assert dialog.table.viewport().height() >= 2 * theme().row_height


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_opens_with_the_names_in_sight(qtbot, live, race, zoom):
    theme().set_zoom(zoom)
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    assert dialog.table.horizontalScrollBar().value() == 0
    name = dialog.model.index(0, dialog.model.column_of("name"))
    longest = dialog.table.fontMetrics().horizontalAdvance("Ekaterini Thanou")
    assert dialog.table.visualRect(name).left() >= 0
    assert dialog.table.visualRect(name).width() >= longest


def test_columns_give_way_before_a_name_is_elided(qtbot, live, race):
    theme().set_zoom(200)
    dialog = open_dialog(qtbot, live, race, "Marion Jones")
    number = dialog.model.column_of("name")
    longest = dialog.table.fontMetrics().horizontalAdvance("Ekaterini Thanou")
    for width in range(1100, 1500, 20):
        dialog.resize(width, dialog.height())
        QApplication.processEvents()
        assert dialog.table.columnWidth(number) >= longest + 2 * theme().px(8)
        assert dialog.table.horizontalScrollBar().maximum() == 0
