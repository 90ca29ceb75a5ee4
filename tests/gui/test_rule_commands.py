"""A command is about what the page in sight shows, never about a page behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.standings import RankBy
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.athlete_dialog import AthleteDialog
from medaldesk.gui.dialogs.decision_dialog import DecisionDialog
from medaldesk.gui.dialogs.phases_dialog import PhasesDialog
from medaldesk.gui.dialogs.result_card import ResultCard
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.pages.athlete_page import AthletePage
from medaldesk.gui.pages.decisions_page import DecisionsPage, Part
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.widgets.choice_popup import ChoicePopup
from medaldesk.gui.widgets.command_palette import CommandPalette
from medaldesk.gui.workspace import Tab, Workspace
from tests import books
from tests.book.worlds import Race
from tests.gui.decided import both_bronze, ski_cross, sydney, without_jones

OpenWindow = Callable[[Path], MainWindow]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Sydney 2000 and Beijing 2022, each with a decision; two further races have none."""
    return books.copied(_decided, tmp_path / "games.medaldesk")


def _decided(path: Path) -> None:
    with Book.create(path, who="clerk") as book:
        for race, decided in ((sydney(book), without_jones), (ski_cross(book), both_bronze)):
            book.edits.take_decision(race.event, decided(race), confirmed=True)


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, path: Path) -> MainWindow:
    """Open on the ski cross of Beijing, the cursor on its winner."""
    window = open_window(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    space = space_of(window)
    assert space.event_page.title() == "Women's ski cross"
    return window


def space_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def race_of(window: MainWindow, path: str) -> Race:
    """A race of the book, with its entries and results by name."""
    assert window.live is not None
    reads = window.live.reads
    race = Race(window.live.book, reads.event_by_path(path))
    for row in reads.results(race.event):
        race.entries[row.name], race.results[row.name] = row.entry, row.id
    return race


def athlete_of(race: Race, name: str) -> int:
    found = next(row.athlete for row in race.book.reads.results(race.event) if row.name == name)
    assert found is not None
    return found


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CONTROL
) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, held)


def about(qtbot: QtBot, window: MainWindow) -> str:
    """Whom the card is about that Ctrl+J opens; empty where it opens none."""
    press(qtbot, window, Qt.Key.Key_J)
    card = window.findChild(ResultCard)
    if card is None:
        return ""
    name = card._heading.title.text()
    card.close()
    qtbot.waitUntil(lambda: window.findChild(ResultCard) is None)
    with qtbot.waitActive(window):
        window.activateWindow()
    return name


def decided(qtbot: QtBot, window: MainWindow) -> tuple[str, str] | None:
    """The event of the dialog that Ctrl+Shift+D opens, and whom its cursor is on."""
    found: list[tuple[str, str]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DecisionDialog):
            line = dialog.model.row(dialog.table.currentIndex().row())
            found.append((dialog.windowTitle(), line.before.name))
            dialog.reject()

    QTimer.singleShot(0, look)
    press(qtbot, window, Qt.Key.Key_D, CONTROL | SHIFT)
    qtbot.wait(1)
    return found[0] if found else None


def title_of_dialog(kind: type[QDialog], run: Callable[[], object]) -> str:
    """The window title of a dialog that something opens; it is closed at once."""
    titles: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        titles.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, look)
    run()
    return titles[0]


# Each page


def test_the_athlete_page(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    race = race_of(window, "OG2000/ATHW100M")
    space.go(Target(Place.ATHLETE, athlete_of(race, "Tayna Lawrence")))
    assert about(qtbot, window) == "Tayna Lawrence JAM"
    assert decided(qtbot, window) == ("Decision about Women's 100 m", "Tayna Lawrence")
    assert space.tab is Tab.ATHLETE


def test_the_athlete_page_without_an_athlete(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    space.show_tab(Tab.ATHLETE)
    assert isinstance(space.page(Tab.ATHLETE), AthletePage)
    assert about(qtbot, window) == ""
    assert window.notice.text.startswith("Put the cursor on a result first")
    assert decided(qtbot, window) is None
    assert window.notice.text.startswith("Open the event first (Ctrl+K)")


def test_the_medals_behind_a_number(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    race = race_of(window, "OG2000/ATHW100M")
    space.go(Target(Place.STANDINGS, race.book.reads.competition_by_code("OG2000").id))
    page = space.page(Tab.STANDINGS)
    assert isinstance(page, StandingsPage)
    assert about(qtbot, window) == ""
    assert decided(qtbot, window) is None
    jamaica = next(n for n, row in enumerate(page.model.rows()) if row.code == "JAM")
    bronze = page.model.column_of("bronze")
    assert bronze is not None
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(jamaica, bronze))
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert about(qtbot, window) == "Merlene Ottey JAM"
    assert decided(qtbot, window) == ("Decision about Women's 100 m", "Merlene Ottey")
    describe = window.actions_[Command.DESCRIBE_ATHLETE]
    assert title_of_dialog(AthleteDialog, describe.trigger)
    press(qtbot, window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert about(qtbot, window) == ""


def test_the_causes_of_a_difference(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    race = race_of(window, "OG2000/ATHW100M")
    space.go(Target(Place.STANDINGS, race.book.reads.competition_by_code("OG2000").id))
    page = space.page(Tab.STANDINGS)
    assert isinstance(page, StandingsPage)
    press(qtbot, window, Qt.Key.Key_M, CONTROL | SHIFT)
    usa = next(n for n, row in enumerate(page.model.rows()) if row.code == "USA")
    total = page.model.column_of("total")
    assert total is not None
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(usa, total))
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert about(qtbot, window) == "Marion Jones USA"


@pytest.mark.parametrize("part", list(Part))
def test_the_ledger_and_the_audit(qtbot: QtBot, window: MainWindow, part: Part) -> None:
    space = space_of(window)
    space.show_tab(Tab.DECISIONS)
    page = space.page(Tab.DECISIONS)
    assert isinstance(page, DecisionsPage)
    page.show_part(part)
    table = page.ledger_table if part is Part.LEDGER else page.audit_table
    race = race_of(window, "OG2000/ATHW100M")
    rows = [table.rows.row(n).event for n in range(table.rows.rowCount())]
    table.setCurrentIndex(table.rows.index(rows.index(race.event), 0))
    table.setFocus()
    found = decided(qtbot, window)
    assert found is not None
    assert found[0] == "Decision about Women's 100 m"
    assert about(qtbot, window) == ""
    phases = window.actions_[Command.PHASES]
    assert "100 m" in title_of_dialog(PhasesDialog, phases.trigger)


def test_the_record_history(qtbot: QtBot, open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    with qtbot.waitActive(window):
        window.activateWindow()
    space = space_of(window)
    race = race_of(window, "OWG2026/SSKW1000M")
    page = space.page(Tab.RECORDS)
    assert isinstance(page, RecordPage)
    assert page.show_result(race.results["Femke Kok"])
    space.go(Target(Place.EVENT, race.book.reads.event_by_path("OWG1984/SSKW1000M")))
    space.show_tab(Tab.RECORDS)
    assert about(qtbot, window) == "Femke Kok NED"
    assert decided(qtbot, window) == ("Decision about Women's 1000 m", "Femke Kok")


@pytest.mark.parametrize("tab", [Tab.HISTORY, Tab.NATIONS, Tab.STANDINGS, Tab.DECISIONS])
def test_a_page_without_a_result_says_what_to_do(
    qtbot: QtBot, window: MainWindow, tab: Tab
) -> None:
    space = space_of(window)
    space.show_tab(tab)
    for command in (Command.ABOUT_RESULT, Command.TEAM, Command.RULE_RECORD):
        window.notice.hide()
        window.actions_[command].trigger()
        assert window.notice.text.startswith("Put the cursor on a result first")
        assert space.tab is tab


def test_the_event_page_as_before(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    race = race_of(window, "OWG2022/FRSWSX")
    space.event_page.view.go_to_result(race.results["Daniela Maier"])
    assert about(qtbot, window) == "Daniela Maier GER"
    assert decided(qtbot, window) == ("Decision about Women's ski cross", "Daniela Maier")


def test_a_record_list_is_deleted_only_in_sight(open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    space = space_of(window)
    assert window.live is not None
    before = len(window.live.reads.record_lists())
    space.show_tab(Tab.HISTORY)
    window.actions_[Command.DELETE_RECORD].trigger()
    assert space.tab is Tab.RECORDS
    assert len(window.live.reads.record_lists()) == before
    window.actions_[Command.DELETE_RECORD].trigger()
    assert len(window.live.reads.record_lists()) == before - 1


# The medal table from anywhere


def standings(window: MainWindow) -> StandingsPage:
    page = space_of(window).page(Tab.STANDINGS)
    assert isinstance(page, StandingsPage)
    return page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("as of", "Medal table as of"),
        ("compare", "Compare medal tables"),
        ("competitions", "Competitions in the medal table"),
        ("gold", "Rank by gold"),
        ("weighted", "Rank by weighted points"),
        ("per capita", "Rank per capita"),
        ("all ranks", "All ranks"),
        ("breakdown", "Breakdown: men, women, mixed, open"),
    ],
)
def test_the_palette_finds_the_commands_of_the_medal_table(
    qtbot: QtBot, window: MainWindow, typed: str, found: str
) -> None:
    press(qtbot, window, Qt.Key.Key_K)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.line, typed)
    assert found in [palette.rows.row(n).text for n in range(palette.rows.rowCount())]


def test_as_of_and_compare_by_key_from_another_page(qtbot: QtBot, window: MainWindow) -> None:
    space, page = space_of(window), standings(window)
    press(qtbot, window, Qt.Key.Key_D)
    assert space.tab is Tab.STANDINGS
    assert page.time.slider.hasFocus()
    qtbot.keyClick(page.time.slider, Qt.Key.Key_Left)
    assert page.choice is not None
    assert page.choice.scope.as_of is not None
    space.show_tab(Tab.EVENT)
    press(qtbot, window, Qt.Key.Key_D)
    assert page.choice.scope.as_of is not None
    press(qtbot, window, Qt.Key.Key_D)
    assert page.choice.scope.as_of is None
    assert page.time.isHidden()
    space.show_tab(Tab.HISTORY)
    press(qtbot, window, Qt.Key.Key_M, CONTROL | SHIFT)
    assert space.tab is Tab.STANDINGS
    assert page.model.compared
    assert page.time.other.hasFocus()
    press(qtbot, window, Qt.Key.Key_M, CONTROL | SHIFT)
    assert not page.model.compared
    assert page.table.hasFocus()


def test_competitions_open_their_list(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_[Command.TABLE_COMPETITIONS].trigger()
    popup = standings(window).filters.popup
    assert isinstance(popup, ChoicePopup)
    assert popup.isVisible()
    popup.close()


def test_the_order_and_the_columns_are_commands_that_say_what_holds(
    qtbot: QtBot, window: MainWindow
) -> None:
    space, page, actions = space_of(window), standings(window), window.actions_
    menu = actions.menus[next(name for name in actions.menus if name == "table")]
    for command, rank_by in (
        (Command.RANK_BY_TOTAL, RankBy.TOTAL),
        (Command.RANK_PER_CAPITA, RankBy.PER_CAPITA),
        (Command.RANK_BY_GOLD, RankBy.GOLD),
        (Command.RANK_BY_POINTS, RankBy.WEIGHTED),
    ):
        space.show_tab(Tab.EVENT)
        actions[command].trigger()
        assert space.tab is Tab.STANDINGS
        assert page.rank_by is rank_by
        menu.aboutToShow.emit()
        ranks = [each for each in Command if each.startswith("rank_") and actions[each].isChecked()]
        assert ranks == [command]
    assert page.controls.weights.hasFocus()
    for command, column in ((Command.ALL_RANKS, "rank_total"), (Command.BREAKDOWN, "women")):
        actions[command].trigger()
        assert page.model.column_of(column) is not None
        menu.aboutToShow.emit()
        assert actions[command].isChecked()
        actions[command].trigger()
        assert page.model.column_of(column) is None


def test_an_empty_book_says_what_to_do(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "empty.medaldesk"
    Book.create(path).close()
    window = open_window(path)
    window.actions_[Command.TABLE_COMPETITIONS].trigger()
    assert space_of(window).tab is Tab.STANDINGS
    assert "Add a competition" in standings(window)._empty.text()
    window.actions_[Command.TAKE_DECISION].trigger()
    assert window.notice.text.startswith("Open the event first")
