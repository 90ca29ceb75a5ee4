"""The sheet of an event under a clerk's hands: typed through keys, read off the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.reads.events import ResultRow
from medaldesk.domain.marks import Mark
from medaldesk.exchange.sample import FOUNDING_RACE, TypedMark
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.results_model import ResultsModel
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.models.sheet import SheetOrder
from medaldesk.gui.widgets.results_view import ResultsView

OpenWindow = Callable[[Path], MainWindow]
Evening = tuple[Path, list[TypedMark]]


def view_of(window: MainWindow) -> ResultsView:
    assert window.workspace is not None
    return window.workspace.event_page.view


def cell(view: ResultsView, name: str, column: str) -> QModelIndex:
    model = view.sheet
    row = next(n for n, row in enumerate(model.rows()) if row.name == name)
    number = model.column_of(column)
    assert number is not None
    return model.index(row, number)


def shown(view: ResultsView, name: str, column: str) -> str:
    return cell(view, name, column).data(Qt.ItemDataRole.DisplayRole)


def type_text(qtbot: QtBot, view: ResultsView, text: str) -> None:
    """Type as a person does: the first key opens the cell, the rest goes into its editor."""
    for letter in text:
        qtbot.keyClicks(focused(view), letter)


def focused(view: ResultsView) -> QWidget:
    """Where the keys go: the open editor, or the sheet."""
    editor = open_editor(view)
    return editor if editor is not None else view


def open_editor(view: ResultsView) -> QLineEdit | None:
    widget = view.window().focusWidget()
    return widget if isinstance(widget, QLineEdit) and view.isAncestorOf(widget) else None


def press(qtbot: QtBot, view: ResultsView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    modifier = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(focused(view), key, modifier)
    QApplication.processEvents()


def type_mark(qtbot: QtBot, view: ResultsView, name: str, text: str) -> None:
    view.setCurrentIndex(cell(view, name, "mark"))
    type_text(qtbot, view, text)
    press(qtbot, view, Qt.Key.Key_Return)


def test_the_models_keep_qts_contract(
    qtmodeltester: object, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    qtmodeltester.check(window.workspace.event_page.model)  # type: ignore[attr-defined]
    qtmodeltester.check(window.workspace.tree.model)  # type: ignore[attr-defined]
    qtmodeltester.check(window.workspace.side.model)  # type: ignore[attr-defined]


def test_typing_the_founding_race_shows_all_of_it(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, marks = evening
    window = open_window(path)
    view = view_of(window)
    assert window.workspace is not None
    side = window.workspace.side
    for mark in marks:
        type_mark(qtbot, view, mark.name, mark.text)
        if mark.name == "Femke Kok":
            assert shown(view, "Femke Kok", "records") == "OR"
            assert any("stood for 3 years 357 days" in text for text in side.changes.sentences())
    assert [
        shown(view, name, "rank") for name in ("Jutta Leerdam", "Femke Kok", "Miho Takagi")
    ] == [
        "1",
        "2",
        "3",
    ]
    assert shown(view, "Femke Kok", "behind") == "+0.28"
    assert shown(view, "Miho Takagi", "behind") == "+1.64"
    assert shown(view, "Jutta Leerdam", "behind") == ""
    assert shown(view, "Jutta Leerdam", "records") == "OR"
    assert shown(view, "Femke Kok", "records") == "OR"
    assert [
        shown(view, name, "medal") for name in ("Jutta Leerdam", "Femke Kok", "Miho Takagi")
    ] == [
        "G",
        "S",
        "B",
    ]
    table = [
        tuple(side.model.index(row, column).data() for column in range(6))
        for row in range(side.model.rowCount())
    ]
    assert table == [
        ("1", "NED  Netherlands", "1", "1", "0", "2"),
        ("2", "JPN  Japan", "0", "0", "1", "1"),
    ]
    sentences = side.changes.sentences()
    assert "Leerdam takes the lead, 0.28 ahead of Kok." in sentences
    assert any("0.88 better than what stood that morning" in text for text in sentences)
    assert any("Takagi: bronze as defending champion" in text for text in sentences)


def test_enter_goes_down_and_typing_replaces(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    view = view_of(open_window(path))
    first = view.currentIndex()
    assert first.row() == 0
    type_text(qtbot, view, "1:16.00")
    press(qtbot, view, Qt.Key.Key_Return)
    assert view.currentIndex().row() == 1
    view.setCurrentIndex(first)
    type_text(qtbot, view, "dnf")
    press(qtbot, view, Qt.Key.Key_Return)
    assert first.data() == "DNF"
    press(qtbot, view, Qt.Key.Key_Return)
    assert view.currentIndex().row() == 2


def test_wrong_input_stays_red_with_a_sentence_and_escape_takes_it_back(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    view = view_of(open_window(path))
    place = view.currentIndex()
    type_text(qtbot, view, "1:72.31")
    press(qtbot, view, Qt.Key.Key_Return)
    assert view.currentIndex() == place
    assert place.data() == "1:72.31"
    assert place.data(Role.ERROR) is True
    message = view.viewport().findChild(QWidget, "cellMessage")
    assert message is not None
    assert message.isVisible()
    press(qtbot, view, Qt.Key.Key_Escape)
    assert place.data() == ""
    assert not message.isVisible()


def test_a_rejected_mark_can_be_mended_with_f2(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    view = view_of(open_window(path))
    place = view.currentIndex()
    type_text(qtbot, view, "1:12.3x")
    press(qtbot, view, Qt.Key.Key_Return)
    press(qtbot, view, Qt.Key.Key_F2)
    editor = open_editor(view)
    assert editor is not None
    assert editor.text() == "1:12.3x"
    press(qtbot, view, Qt.Key.Key_End)
    press(qtbot, view, Qt.Key.Key_Backspace)
    press(qtbot, view, Qt.Key.Key_Return)
    assert place.data() == "1:12.3"
    assert place.data(Role.ERROR) is None


def test_undo_and_redo_by_key(qtbot: QtBot, open_window: OpenWindow, evening: Evening) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    place = view.currentIndex()
    type_text(qtbot, view, "75,9")
    press(qtbot, view, Qt.Key.Key_Return)
    assert place.data() == "1:15.9"
    press(qtbot, view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place.data() == ""
    window.actions_["redo"].trigger()
    assert place.data() == "1:15.9"


def test_an_open_editor_is_not_disturbed(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, marks = evening
    window = open_window(path)
    view = view_of(window)
    assert window.live is not None
    type_text(qtbot, view, "1:1")
    window.live.edit(lambda edits: edits.enter_mark(marks[-1].result, "1:13.95"))
    editor = open_editor(view)
    assert editor is not None
    assert editor.text() == "1:1"
    type_text(qtbot, view, "6.50")
    place = view.currentIndex()
    press(qtbot, view, Qt.Key.Key_Return)
    assert place.data() == "1:16.50"


def test_entries_are_typed_at_the_foot_of_the_sheet(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    window.actions_["add_entry"].trigger()
    for text, key in (
        ("14 o", Qt.Key.Key_Tab),
        ("Nadja Meier", Qt.Key.Key_Tab),
        ("SUI", Qt.Key.Key_Tab),
        ("1:17,2", Qt.Key.Key_Return),
    ):
        type_text(qtbot, view, text)
        press(qtbot, view, key)
    assert shown(view, "Nadja Meier", "unit") == "14 o"
    assert shown(view, "Nadja Meier", "nation") == "SUI"
    assert shown(view, "Nadja Meier", "mark") == "1:17.2"


def test_a_start_list_is_typed_line_after_line(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    window.actions_["add_entry"].trigger()
    for text, key in (
        ("2 i", Qt.Key.Key_Tab),
        ("Anna Berg", Qt.Key.Key_Tab),
        ("NOR", Qt.Key.Key_Return),
        ("2 o", Qt.Key.Key_Tab),
        ("Berta Dahl", Qt.Key.Key_Tab),
        ("SWE", Qt.Key.Key_Return),
    ):
        type_text(qtbot, view, text)
        press(qtbot, view, key)
    assert [shown(view, name, "unit") for name in ("Anna Berg", "Berta Dahl")] == ["2 i", "2 o"]
    assert [shown(view, name, "nation") for name in ("Anna Berg", "Berta Dahl")] == ["NOR", "SWE"]


def test_copy_and_paste_go_through_a_spreadsheet(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    assert window.live is not None
    QGuiApplication.clipboard().setText("1:15.1\n1:15.2\nabc\n")
    press(qtbot, view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    column = view.currentIndex().column()
    cells = [view.sheet.index(row, column) for row in range(3)]
    assert [place.data() for place in cells] == ["1:15.1", "1:15.2", "abc"]
    assert cells[2].data(Role.ERROR) is True
    window.live.undo()
    assert [place.data() for place in cells[:2]] == ["", ""]


def test_the_order_changes_by_key_and_the_cursor_stays_on_its_row(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    view = view_of(window)
    model: ResultsModel = view.sheet
    assert model.order is SheetOrder.RANK
    view.go_to_result(next(row.id for row in model.results if row.name == "Femke Kok"))
    window.actions_["order"].trigger()
    assert model.order is SheetOrder.START
    assert model.row(view.currentIndex().row()).name == "Femke Kok"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_clears_a_mark(
    qtbot: QtBot, open_window: OpenWindow, sample: Path, key: Qt.Key
) -> None:
    view = view_of(open_window(sample))
    view.setCurrentIndex(cell(view, "Jutta Leerdam", "mark"))
    press(qtbot, view, key)
    assert shown(view, "Jutta Leerdam", "mark") == ""
    assert shown(view, "Femke Kok", "rank") == "1"


def test_a_tie_brings_a_column_and_the_next_mark_is_not_lost(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    view = view_of(open_window(path))
    for text in ("1:15.00", "1:15.00", "dsq"):
        type_text(qtbot, view, text)
        press(qtbot, view, Qt.Key.Key_Return)
    marks = [view.sheet.columns.index(c) for c in view.sheet.columns if c.key == "mark"]
    assert [view.sheet.index(row, marks[0]).data() for row in range(3)] == [
        "1:15.00",
        "1:15.00",
        "DSQ",
    ]
    assert view.sheet.column_of("tie_break") is not None


def test_closing_the_window_keeps_the_mark_that_is_being_typed(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    result = view.sheet.row(0).id
    type_text(qtbot, view, "1:17.77")
    window.close()
    with Book.open(path, read_only=True) as book:
        rows = {row.id: row for row in book.reads.results(book.reads.event_by_path(FOUNDING_RACE))}
    assert rows[result].mark == Mark(77_770_000, 2)


def test_make_official_takes_the_mark_that_is_being_typed_first(
    qtbot: QtBot, open_window: OpenWindow, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(sample)
    window.actions_["reopen"].trigger()
    view = view_of(window)
    view.setCurrentIndex(cell(view, "Yin Qi", "mark"))
    type_text(qtbot, view, "1:17.00")
    judged: list[str] = []

    def look(_: object, rows: list[ResultRow], __: object) -> bool:
        judged.extend(row.name for row in rows if row.mark is None)
        return True

    monkeypatch.setattr("medaldesk.gui.dialogs.check_dialog.confirm_official", look)
    window.actions_["make_official"].trigger()
    assert "Yin Qi" not in judged
    assert shown(view, "Yin Qi", "mark") == "1:17.00"


def test_half_an_entry_stays_and_says_what_it_lacks(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, _ = evening
    window = open_window(path)
    view = view_of(window)
    window.actions_["add_entry"].trigger()
    type_text(qtbot, view, "4 i")
    press(qtbot, view, Qt.Key.Key_Tab)
    type_text(qtbot, view, "Half Typed")
    press(qtbot, view, Qt.Key.Key_Tab)
    press(qtbot, view, Qt.Key.Key_Return)
    place = view.currentIndex()
    assert view.sheet.columns[place.column()].key == "nation"
    assert place.row() == view.sheet.rowCount() - 1
    assert view.sheet.rejection(place) is not None
    assert window.workspace is not None
    assert window.live is not None
    first = window.workspace.event_page.event_id
    assert first is not None
    window.workspace.show_event(window.live.reads.event_by_path("OWG2022/SSKW1000M"))
    window.workspace.show_event(first)
    foot = view.sheet.rowCount() - 1
    assert view.sheet.index(foot, view.sheet.column_of("athlete")).data() == "Half Typed"


def test_one_place_taken_twice_is_seen(open_window: OpenWindow, sample: Path) -> None:
    view = view_of(open_window(sample))
    assert not cell(view, "Miho Takagi", "unit").data(Role.ERROR)
    assert view.sheet.setData(cell(view, "Jutta Leerdam", "unit"), "15 i")
    assert cell(view, "Miho Takagi", "unit").data(Role.ERROR)
    assert cell(view, "Jutta Leerdam", "unit").data(Role.ERROR)


def test_a_probable_double_is_told(open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    view = view_of(window)
    foot = view.sheet.rowCount() - 1
    athlete, nation = view.sheet.column_of("athlete"), view.sheet.column_of("nation")
    assert view.sheet.setData(view.sheet.index(foot, athlete), "Femke Kock")
    assert view.sheet.setData(view.sheet.index(foot, nation), "NED")
    assert "Femke Kok" in window.notice.text


def test_redo_answers_to_both_keys(qtbot: QtBot, open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    keys = {keys.toString() for keys in window.actions_["redo"].shortcuts()}
    assert keys == {"Ctrl+Shift+Z", "Ctrl+Y"}
