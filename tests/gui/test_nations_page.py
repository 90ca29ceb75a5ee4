"""The nations page, and the dialog that changes one: found, read and corrected by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.change_nation_dialog import ChangeNationDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.pages.nations_page import NationsPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.find_bar import FindBar
from medaldesk.gui.workspace import Tab

OpenPage = Callable[..., NationsPage]
OpenDialog = Callable[[str], ChangeNationDialog]
ENTER, TAB, DOWN, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Delete
ESCAPE, F2, F6 = Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_F6


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


@pytest.fixture
def open_page(qtbot: QtBot) -> OpenPage:
    def make(live: LiveBook, width: int = 1000) -> NationsPage:
        page = NationsPage(live)
        qtbot.addWidget(page)
        page.resize(width, 700)
        with qtbot.waitActive(page):
            page.show()
        page.table.setFocus()
        return page

    return make


@pytest.fixture
def open_dialog(qtbot: QtBot, live: LiveBook) -> OpenDialog:
    def make(code: str) -> ChangeNationDialog:
        dialog = ChangeNationDialog(live, nation(live, code))
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
        return dialog

    return make


def nation(live: LiveBook, code: str, day: str | None = None) -> int:
    found = live.reads.nation_by_code(code, day)
    assert found is not None
    return found


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


def shown(model: RowModel[object]) -> list[tuple[str, ...]]:
    return [tuple(column.text(row) for column in model.columns) for row in model.rows()]


def codes(page: NationsPage) -> list[str]:
    return [row.code for row in page.model.rows()]


def spans(live: LiveBook, code: str) -> list[tuple[str, str, str | None, str | None]]:
    (row,) = [row for row in live.reads.nations() if row.id == nation(live, code)]
    return [(span.code, span.name, span.first, span.last) for span in row.codes]


def figures(live: LiveBook, code: str) -> list[tuple[int, str, str]]:
    (row,) = [row for row in live.reads.nations() if row.id == nation(live, code)]
    return [(figure.people, figure.date, figure.source) for figure in row.populations]


# The page


def test_nations_with_entries_are_listed_and_all_on_request(open_page, live, qtbot):
    page = open_page(live)
    assert "NED" in codes(page)
    assert "KEN" not in codes(page)
    few = len(codes(page))
    page.all.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert "KEN" in codes(page)
    assert len(codes(page)) > few


def test_typing_finds_and_esc_clears(open_page, live, qtbot):
    page = open_page(live)
    press(qtbot, "nether")
    assert page.filter.text() == "nether"
    assert codes(page) == ["NED"]
    assert page.panel.heading.title.text() == "Netherlands"
    press(qtbot, ENTER)
    assert page.table.hasFocus()
    press(qtbot, ESCAPE)
    assert not page.filter.text()
    assert page.nation_id == nation(live, "NED")


def test_a_nation_is_found_by_a_code_of_other_days(open_page, live, qtbot):
    page = open_page(live)
    page.all.setChecked(True)
    press(qtbot, "roc")
    assert {"TPE", "ROC"} <= set(codes(page))


def test_where_nothing_fits_the_page_says_what_to_do(open_page, live, qtbot):
    page = open_page(live)
    press(qtbot, "atlantis", ENTER)
    assert not page.panel.isVisible()
    assert page._empty.text() == (
        "No nation has a code or name that begins so; Esc clears the line."
    )
    assert page.filter.hasFocus()
    press(qtbot, ESCAPE)
    assert page.table.isVisible()
    assert page.panel.isVisible()


def test_who_has_no_entries_is_found_too_where_nobody_else_fits(open_page, live, qtbot):
    page = open_page(live)
    press(qtbot, "roc")
    assert "ROC" in codes(page)
    assert not page.all.isChecked()
    assert page.panel.isVisible()
    assert page._empty.text() == "No nation with entries fits; these have none."
    press(qtbot, ENTER)
    assert page.table.hasFocus()
    page.filter.setText("ned")
    assert codes(page) == ["NED"]
    assert not page._empty.isVisible()


def test_ctrl_f_goes_to_the_line_of_the_page(
    open_window: Callable[[Path], MainWindow], sample, qtbot
):
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    window.workspace.show_tab(Tab.NATIONS)
    page = window.workspace.page(Tab.NATIONS)
    assert isinstance(page, NationsPage)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.filter.hasFocus)
    assert page.findChild(FindBar) is None


def test_the_medals_of_a_nation_by_competition_and_in_all(open_page, live):
    page = open_page(live)
    page.show_nation(nation(live, "NED"))
    rows = shown(page.panel.won)
    assert rows[0] == ("Milano Cortina 2026", "NED", "1", "1", "0", "2", "1")
    assert rows[1] == ("Beijing 2022", "NED", "0", "1", "0", "1", "2")
    assert rows[-1][0] == f"{len(rows) - 1} competitions"
    for place in range(2, 6):
        assert int(rows[-1][place]) == sum(int(row[place]) for row in rows[:-1])


def test_enter_on_a_competition_goes_to_its_medal_table(open_page, live, qtbot):
    page = open_page(live)
    page.show_nation(nation(live, "NED"))
    targets: list[Target] = []
    page.go.connect(targets.append)
    page.panel.won_table.setCurrentIndex(page.panel.won.index(1, 0))
    page.panel.won_table.setFocus()
    press(qtbot, ENTER)
    competition = live.reads.competition_by_code("OWG2022")
    assert targets == [Target(Place.STANDINGS, competition.id)]
    page.panel.won_table.setCurrentIndex(page.panel.won.index(page.panel.won.rowCount() - 1, 0))
    press(qtbot, ENTER)
    assert len(targets) == 1


def test_medals_of_a_nation_left_out_are_still_its_own(open_page, live):
    page = open_page(live)
    games = live.reads.competition_by_code("OWG2026").id
    ned = nation(live, "NED")
    page.show_nation(ned)
    live.edit(lambda edits: edits.set_membership(games, ned, "left_out"))
    assert shown(page.panel.won)[0] == (
        "Milano Cortina 2026", "NED", "1", "1", "0", "2", "left out",
    )  # fmt: skip
    live.edit(lambda edits: edits.set_membership(games, ned, "unranked"))
    assert shown(page.panel.won)[0][-1] == "no rank"


def test_r13_one_code_of_two_nations_stands_with_its_days(open_page, live):
    page = open_page(live)
    page.show_nation(nation(live, "ROC", "2022-02-10"))
    assert page.all.isChecked()
    assert shown(page.panel.codes) == [
        ("ROC", "2020–2022", "Russian Olympic Committee"),
    ]
    assert "ROC is Republic of China in other days: 1932–1955." in page.panel.shared.text()
    page.show_nation(nation(live, "ROC", "1952-07-20"))
    assert shown(page.panel.codes) == [("ROC", "1932–1955", "Republic of China")]
    assert "ROC is Russian Olympic Committee in other days: 2020–2022." in page.panel.shared.text()


def test_r14_the_views_that_merge_a_nation_are_named(open_page, live):
    page = open_page(live)
    page.show_nation(nation(live, "URS"))
    assert "Successor states merged: as RUS" in page.panel.merged.text()
    page.show_nation(nation(live, "NED"))
    assert page.panel.merged.text() == "No grouping view counts it together with another."


def test_a_new_mark_moves_the_medals_on_the_page(open_page, live):
    page = open_page(live)
    page.show_nation(nation(live, "NED"))
    event = live.reads.event_by_path("OWG2026/SSKW1000M")
    first = live.reads.results(event)[0]
    live.edit(lambda edits: edits.enter_mark(first.id, "DNF"))
    assert shown(page.panel.won)[0][2:6] == ("1", "0", "0", "1")


def test_an_empty_book_says_what_to_do_first(open_page, tmp_path: Path):
    live = LiveBook(Book.create(tmp_path / "new.medaldesk"))
    page = open_page(live)
    assert page._empty.text().startswith("No entries yet.")
    live.close()


def test_a_book_that_is_only_read_shows_all_and_changes_nothing(open_page, sample, live, qtbot):
    reader = LiveBook(Book.open(sample, who="reader"))
    page = open_page(reader)
    page.show_nation(nation(reader, "NED"))
    assert not page.panel.change.isVisible()
    press(qtbot, F2, ENTER)
    assert QApplication.activeModalWidget() is None
    reader.close()


@pytest.mark.parametrize(("width", "zoom"), [(1000, 100), (560, 100), (1000, 200)])
def test_the_page_fits(open_page, live, width: int, zoom: int):
    page = open_page(live, width)
    theme().set_zoom(zoom)
    page.show_nation(nation(live, "NED"))
    side_by_side = width >= 620 * zoom / 100
    assert (page.splitter.orientation() is Qt.Orientation.Horizontal) == side_by_side
    assert page.panel.widget().width() <= page.panel.viewport().width()


def test_the_models_are_sound(open_page, live, qtmodeltester: ModelTester):
    page = open_page(live)
    page.show_nation(nation(live, "NED"))
    for model in (page.model, page.panel.won, page.panel.codes, page.panel.populations):
        qtmodeltester.check(model)


def test_f2_opens_the_dialog_of_the_nation_in_sight(open_page, live, qtbot):
    page = open_page(live)
    page.show_nation(nation(live, "NED"))
    titles: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ChangeNationDialog)
        titles.append(dialog.windowTitle())
        dialog.reject()

    for key in (F2, ENTER):
        page.activateWindow()
        qtbot.waitUntil(page.table.hasFocus)
        QTimer.singleShot(0, look)
        press(qtbot, key)
    assert titles == ["Change nation: Netherlands"] * 2


def test_ctrl_k_leads_to_the_nation(open_window: Callable[[Path], MainWindow], sample, qtbot):
    window = open_window(sample)
    window.activateWindow()
    window.actions_[Command.GO_TO].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    press(qtbot, "ned", ENTER)
    assert window.workspace is not None
    assert window.workspace.tab is Tab.NATIONS
    page = window.workspace.page(Tab.NATIONS)
    assert isinstance(page, NationsPage)
    assert page.panel.heading.title.text() == "Netherlands"


# The dialog


def test_ctrl_enter_takes_the_dialog_from_an_open_editor(open_dialog, live, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, TAB, "Holland")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClick(editor, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert spans(live, "NED") == [("NED", "Holland", None, None)]


def test_a_code_gets_an_end_and_another_follows_as_one_step(open_dialog, live, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, TAB, TAB, TAB, "2029", TAB)
    press(qtbot, "hol", TAB, "Holland", TAB, "2030", TAB, TAB)
    press(qtbot, F6, ENTER)
    assert not dialog.isVisible()
    assert spans(live, "HOL") == [
        ("NED", "Netherlands", None, "2029-12-31"),
        ("HOL", "Holland", "2030-01-01", None),
    ]
    live.undo()
    assert spans(live, "NED") == [("NED", "Netherlands", None, None)]


def test_r13_a_code_that_another_has_on_these_days_is_refused_and_kept(open_dialog, live, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, "ger", ENTER, ENTER)
    assert dialog.isVisible()
    assert "has the code GER in these days" in dialog.problem.text()
    assert dialog.codes_typed()[0].cells[0] == "GER"
    assert dialog.codes.hasFocus()
    assert spans(live, "NED") == [("NED", "Netherlands", None, None)]
    press(qtbot, "ned", ENTER, ENTER)
    assert not dialog.isVisible()


def test_a_day_that_is_none_is_marked_at_once_and_refused(open_dialog, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, TAB, TAB, "soon", ENTER)
    assert dialog.problem.text().startswith("“soon” is not a date")
    assert dialog.codes.currentIndex().column() == 2
    assert dialog.codes.rows.look_at(dialog.codes.currentIndex()).error
    press(qtbot, ENTER)
    assert dialog.isVisible()
    press(qtbot, "1912-05-05", ENTER, ENTER)
    assert not dialog.isVisible()


def test_the_last_day_is_not_before_the_first(open_dialog, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, TAB, TAB, "1950", TAB, "1949", ENTER, ENTER)
    assert dialog.problem.text() == "The last day, 31 December 1949, is before the first, 1 " + (
        "January 1950."
    )
    assert dialog.codes.currentIndex().column() == 3


def test_the_only_code_can_be_replaced_but_not_taken_out(open_dialog, live, qtbot):
    dialog = open_dialog("NED")
    press(qtbot, DELETE, F6, ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text()
    dialog.codes.setFocus()
    press(qtbot, "hol", TAB, "Holland", ENTER, F6, ENTER)
    assert not dialog.isVisible()
    assert spans(live, "HOL") == [("HOL", "Holland", None, None)]


def test_r17_population_is_typed_with_day_and_source(open_dialog, live, qtbot):
    dialog = open_dialog("NED")
    dialog.populations.setFocus()
    press(qtbot, "2026", TAB, "18050000", TAB, "Statistics Netherlands", ENTER)
    assert shown(dialog.populations.rows)[0] == (
        "2026-01-01", "18,050,000", "Statistics Netherlands",
    )  # fmt: skip
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    told = [(18_050_000, "2026-01-01", "Statistics Netherlands")]
    assert figures(live, "NED") == told
    again = open_dialog("NED")
    again.populations.setFocus()
    press(qtbot, DELETE, ENTER)
    assert figures(live, "NED") == []
    live.undo()
    assert figures(live, "NED") == told


@pytest.mark.parametrize("typed", ["0", "many", "UN"])
def test_a_population_of_nobody_is_refused_and_kept(open_dialog, live, qtbot, typed: str):
    dialog = open_dialog("NED")
    dialog.populations.setFocus()
    press(qtbot, "2026", TAB, typed, ENTER)
    assert dialog.problem.text().startswith(f"“{typed}” is not a population"), "at once"
    press(qtbot, ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text().startswith(f"“{typed}” is not a population")
    assert dialog.populations.rows.look_at(dialog.populations.rows.index(0, 1)).error
    assert figures(live, "NED") == []


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ((TAB, "5", ENTER), "A population is of a day"),
        (("2026", ENTER), "Type how many people there were on 1 January 2026"),
        (("2026", TAB, "5", ENTER), "There are two figures of 1 January 2025"),
    ],
)
def test_a_figure_has_a_day_of_its_own_and_a_number(open_dialog, live, qtbot, keys, sentence):
    ned = nation(live, "NED")
    if "two" in sentence:
        live.edit(lambda edits: edits.set_population(ned, date(2025, 1, 1), "4"))
        keys = (DOWN, "2025", TAB, "5", ENTER)
    dialog = open_dialog("NED")
    dialog.populations.setFocus()
    press(qtbot, *keys, ENTER)
    assert dialog.isVisible()
    assert sentence in dialog.problem.text()


def test_kind_and_continent_are_chosen(open_dialog, live):
    dialog = open_dialog("NED")
    dialog.kind.choose("historic")
    dialog.continent.choose(None)
    dialog.accept()
    (row,) = [row for row in live.reads.nations() if row.code == "NED"]
    assert (row.kind, row.continent) == ("historic", None)


def test_nothing_changed_is_no_edit(open_dialog, live, qtbot):
    before = live.reads.last_journal()
    dialog = open_dialog("NED")
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    assert live.reads.last_journal() == before


def test_the_grids_are_sound_models(open_dialog, live, qtmodeltester: ModelTester):
    ned = nation(live, "NED")
    live.edit(lambda edits: edits.set_population(ned, date(2026, 1, 1), "18050000"))
    dialog = open_dialog("NED")
    for grid in (dialog.codes, dialog.populations):
        qtmodeltester.check(grid.rows)
