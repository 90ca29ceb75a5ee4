"""Cells that complete nations and athletes while a person types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.gui.delegates.completing import (
    AthleteDelegate,
    CompletingEdit,
    NationDelegate,
)
from medaldesk.gui.delegates.suggestion_list import SuggestionModel
from medaldesk.gui.delegates.suggestions import (
    Around,
    NewName,
    Suggestion,
    athlete_source,
    choice_source,
    known_athlete_source,
)
from medaldesk.gui.live_book import LiveBook

ATHLETE, NATION, LAST = range(3)


class Sheet(QStandardItemModel):
    """A grid that remembers what it was handed."""

    def __init__(self) -> None:
        super().__init__(2, 3)
        self.handed: list[object] = []

    def setData(self, index, value, role=Qt.ItemDataRole.EditRole):
        if role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        self.handed.append(value)
        text = value.code if isinstance(value, NationChoice) else getattr(value, "name", value)
        return super().setData(index, text, role)


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample))
    yield made
    made.close()


@pytest.fixture
def grid(qtbot: QtBot, live: LiveBook) -> QTableView:
    view = QTableView()
    view.setModel(Sheet())
    view.model().setParent(view)
    nations = NationDelegate(live, view)
    nations.day = "2026-02-09"
    view.setItemDelegateForColumn(ATHLETE, AthleteDelegate(live, view, adds=True))
    view.setItemDelegateForColumn(NATION, nations)
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitActive(view):
        view.show()
    return view


def at(grid: QTableView, column: int) -> None:
    grid.setCurrentIndex(grid.model().index(0, column))
    grid.setFocus()


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Press keys one after another, wherever the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            for letter in key:
                qtbot.keyClicks(QApplication.focusWidget() or target, letter)
        else:
            qtbot.keyClick(target, key)
    QApplication.processEvents()


def editor(grid: QTableView) -> CompletingEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, CompletingEdit)
    return found


def handed(grid: QTableView) -> list[object]:
    model = grid.model()
    assert isinstance(model, Sheet)
    return model.handed


# Nations


@pytest.mark.parametrize(
    ("typed", "code"),
    [("net", "NED"), ("ned", "NED"), ("NED", "NED"), ("cote", "CIV"), ("czechi", "CZE")],
)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_the_beginning_of_a_nation_is_enough(qtbot, grid, typed, code, key):
    at(grid, NATION)
    press(qtbot, typed, key)
    (choice,) = handed(grid)
    assert isinstance(choice, NationChoice)
    assert choice.code == code
    assert grid.model().index(0, NATION).data() == code


def test_tab_goes_on_to_the_next_cell_and_enter_leaves_the_editor(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "net", Qt.Key.Key_Tab)
    assert grid.currentIndex().column() == LAST
    at(grid, NATION)
    press(qtbot, "jap", Qt.Key.Key_Return)
    assert grid.currentIndex().column() == NATION
    assert grid.state() is not QTableView.State.EditingState
    assert QApplication.focusWidget() is grid


def test_a_part_that_many_names_have_is_not_taken_by_itself(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "land")
    assert len(editor(grid).offered.rows) > 1
    assert editor(grid).marked is None
    press(qtbot, Qt.Key.Key_Return)
    assert handed(grid) == ["land"]


def test_down_chooses_among_the_suggestions(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "land", Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert editor(grid).marked == 1
    expected = editor(grid).offered.rows[1].choice
    press(qtbot, Qt.Key.Key_Tab)
    assert handed(grid) == [expected]


def test_the_list_is_gone_through_over_its_ends(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "land", Qt.Key.Key_Up)
    last = len(editor(grid).offered.rows) - 1
    assert editor(grid).marked == last
    press(qtbot, Qt.Key.Key_Down)
    assert editor(grid).marked == 0


def test_the_code_of_the_day_is_offered(qtbot, grid, live):
    delegate = grid.itemDelegateForColumn(NATION)
    assert isinstance(delegate, NationDelegate)
    delegate.day = "2022-02-10"
    at(grid, NATION)
    press(qtbot, "roc", Qt.Key.Key_Tab)
    (choice,) = handed(grid)
    assert live.reads.nation_code(choice.id, "2022-02-10") == "ROC"
    assert live.reads.nation_code(choice.id, "1975-02-10") == "ROC"
    assert choice.name == "Russian Olympic Committee"


def test_escape_closes_the_list_first_then_the_editor(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "net")
    field = editor(grid)
    assert field.listing
    press(qtbot, Qt.Key.Key_Escape)
    assert not field.listing
    assert QApplication.focusWidget() is field
    assert field.text() == "net"
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is grid
    assert handed(grid) == []


def test_after_escape_the_text_is_taken_as_it_stands(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "net", Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert handed(grid) == ["net"]


def test_after_escape_a_part_of_a_name_stays_as_typed(qtbot, grid):
    at(grid, ATHLETE)
    press(qtbot, "leer", Qt.Key.Key_Escape)
    assert editor(grid).text() == "leer"
    press(qtbot, Qt.Key.Key_Return)
    assert handed(grid) == ["leer"]


def test_a_click_on_a_suggestion_takes_it(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "net")
    field = editor(grid)
    shown = field.findChild(QWidget, "suggestions")
    rect = shown.visualRect(shown.model().index(1, 0))
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert QApplication.focusWidget() is field
    assert not field.listing
    press(qtbot, Qt.Key.Key_Return)
    assert [choice.code for choice in handed(grid)] == [field.text()]


def test_the_list_goes_with_the_editor(qtbot, grid):
    at(grid, NATION)
    press(qtbot, "net")
    field = editor(grid)
    shown = field.findChild(QWidget, "suggestions")
    assert shown.isVisible()
    assert shown.pos().y() >= field.mapToGlobal(field.rect().bottomLeft()).y()
    at(grid, LAST)
    assert not any(w.isVisible() for w in QApplication.topLevelWidgets() if w is not grid)


# Athletes


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize("typed", ["leer", "jutta l", "leer jut"])
def test_a_part_of_the_name_is_the_athlete(qtbot, grid, typed, key):
    at(grid, ATHLETE)
    press(qtbot, typed)
    rows = editor(grid).offered.rows
    assert [(row.text, row.trailing) for row in rows] == [("Jutta Leerdam", "NED"), (typed, "")]
    assert editor(grid).marked == 0
    press(qtbot, key)
    (choice,) = handed(grid)
    assert isinstance(choice, AthleteChoice)
    assert (choice.name, choice.nation) == ("Jutta Leerdam", "NED")


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_a_new_athlete_is_a_choice_of_its_own(qtbot, grid, key):
    at(grid, ATHLETE)
    press(qtbot, "leer")
    assert editor(grid).offered.rows[-1].label == "Add leer as a new athlete"
    press(qtbot, key, Qt.Key.Key_Return)
    (choice,) = handed(grid)
    assert isinstance(choice, NewName)
    assert choice == "leer"


def test_a_name_that_nobody_has_is_new_by_itself(qtbot, grid):
    at(grid, ATHLETE)
    press(qtbot, "Jutta Nobody")
    (row,) = editor(grid).offered.rows
    assert row.label == "Add Jutta Nobody as a new athlete"
    assert editor(grid).marked == 0
    press(qtbot, Qt.Key.Key_Return)
    assert handed(grid) == ["Jutta Nobody"]
    assert type(handed(grid)[0]) is str
    assert QApplication.focusWidget() is grid


def test_a_name_that_begins_so_comes_before_others(qtbot, grid, live):
    live.edit(lambda edits: edits.add_athlete("Aaron Leeraert"))
    live.edit(lambda edits: edits.add_athlete("Leeroy Zed"))
    at(grid, ATHLETE)
    press(qtbot, "leer")
    rows = editor(grid).offered.rows
    assert [row.text for row in rows] == ["Leeroy Zed", "Aaron Leeraert", "Jutta Leerdam", "leer"]


def test_a_name_of_the_nation_comes_before_all(live):
    takagi = live.reads.athletes_like("takagi")[0]
    live.edit(lambda edits: edits.add_athlete("Tak Adams"))
    suggest = athlete_source(live.reads, Around(nation=takagi.nation_id))
    assert [row.text for row in suggest("tak").rows[:2]] == ["Miho Takagi", "Tak Adams"]


def test_nobody_is_offered_who_is_looked_for_already(live):
    leerdam = live.reads.athletes_like("leerdam")[0]
    suggest = known_athlete_source(live.reads, without=leerdam.id)
    assert suggest("leer").rows == ()
    assert [row.text for row in suggest("kok").rows] == ["Femke Kok"]


def test_a_guess_that_may_be_somebody_else_is_told(qtbot, grid, live):
    live.edit(lambda edits: edits.add_athlete("Wang Liping"))
    at(grid, ATHLETE)
    with qtbot.waitSignal(live.noted) as noted:
        press(qtbot, "Wang Li", Qt.Key.Key_Return)
    assert noted.args[0].startswith("“Wang Li” was taken for Wang Liping")
    at(grid, ATHLETE)
    with qtbot.assertNotEmitted(live.noted):
        press(qtbot, "leer", Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ["jutta leerdam", "LEERDAM Jutta", "Leerdam, Jutta"])
def test_the_whole_name_in_any_spelling_is_the_athlete(qtbot, grid, typed):
    at(grid, ATHLETE)
    press(qtbot, typed, Qt.Key.Key_Return)
    (choice,) = handed(grid)
    assert isinstance(choice, AthleteChoice)
    assert choice.name == "Jutta Leerdam"


def test_of_two_of_one_name_the_guess_is_told(qtbot, grid, live):
    live.edit(lambda edits: (edits.add_athlete("Anna Twin"), edits.add_athlete("Anna Twin")))
    at(grid, ATHLETE)
    with qtbot.waitSignal(live.noted) as noted:
        press(qtbot, "anna twin", Qt.Key.Key_Return)
    assert "“anna twin” was taken for Anna Twin" in noted.args[0]
    at(grid, ATHLETE)
    with qtbot.assertNotEmitted(live.noted):
        press(qtbot, "anna twin", Qt.Key.Key_Down, Qt.Key.Key_Return)
    first, second = handed(grid)
    assert first.id != second.id


def test_a_probable_double_is_shown_and_a_new_name_goes_in_by_enter(qtbot, grid):
    at(grid, ATHLETE)
    press(qtbot, "Juta Leerdam")
    first, last = editor(grid).offered.rows
    assert (first.text, first.detail) == ("Jutta Leerdam", "similar name")
    assert last.label == "Add Juta Leerdam as a new athlete"
    assert editor(grid).marked == 1
    press(qtbot, Qt.Key.Key_Return)
    assert handed(grid) == ["Juta Leerdam"]


def test_a_namesake_can_be_said_to_be_new(qtbot, grid):
    at(grid, ATHLETE)
    press(qtbot, "Jutta Leerdam", Qt.Key.Key_Down, Qt.Key.Key_Return)
    (choice,) = handed(grid)
    assert isinstance(choice, NewName)
    assert choice == "Jutta Leerdam"


def test_another_spelling_of_what_stood_there_is_a_correction(qtbot, grid):
    sheet = grid.model()
    sheet.setData(sheet.index(0, ATHLETE), "Jutta Léerdam")
    handed(grid).clear()
    at(grid, ATHLETE)
    press(qtbot, "Jutta Leerdam", Qt.Key.Key_Return)
    assert handed(grid) == ["Jutta Leerdam"]


def test_an_editor_that_somebody_types_in_is_not_disturbed(qtbot, grid):
    at(grid, ATHLETE)
    press(qtbot, "leer")
    field = editor(grid)
    grid.itemDelegateForColumn(ATHLETE).setEditorData(field, grid.model().index(0, ATHLETE))
    assert field.text() == "leer"


# Fields outside a grid


def test_a_list_known_beforehand_opens_with_down(qtbot):
    rows = [
        Suggestion("OWG", 1, "Olympic Winter Games"),
        Suggestion("WCH", 2, "World Championships"),
    ]
    field = CompletingEdit(choice_source(lambda: rows))
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert [row.text for row in field.offered.rows] == ["OWG", "WCH"]
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (field.text(), field.value()) == ("WCH", 2)
    press(qtbot, Qt.Key.Key_Backspace)
    assert field.value() == "WC"
    field.clear()
    press(qtbot, "olymp", Qt.Key.Key_Return)
    assert field.value() == 1


def test_suggestions_are_a_model(qtmodeltester):
    model = SuggestionModel()
    qtmodeltester.check(model)
    model.show_rows([Suggestion("NED", 1, "Netherlands"), Suggestion("x", 2, label="new: x")])
    qtmodeltester.check(model)
    assert model.index(1, 0).data() == "new: x"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "NED, Netherlands"
