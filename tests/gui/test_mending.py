"""What was set up wrongly is mended by keys: events, competitions, phases, nations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.event_dialog import EventDialog
from medaldesk.gui.dialogs.nation_dialog import NationDialog
from medaldesk.gui.dialogs.phase_dialog import PhaseDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.command_palette import CommandPalette
from medaldesk.gui.workspace import Tab, Workspace
from tests.gui.by_keys import accepted, press, shown, wrong_fields

ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
DAY = date(2030, 2, 9)
TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample))
    yield made
    made.close()


@pytest.fixture
def games(live: LiveBook) -> int:
    """A competition with one event, held nowhere else."""
    new = NewCompetition("OWG2030", "French Alps 2030", date(2030, 2, 8), date(2030, 2, 24))
    live.edit(lambda edits: edits.add_competition(new))
    competition = live.reads.competition_by_code("OWG2030").id
    wrong = NewEventType("SSKM500M", "SSK", "Mens 50 m", "M", TIME, unit_kind="heat")
    live.edit(lambda edits: edits.add_event(competition, edits.add_event_type(wrong), DAY))
    return competition


@pytest.fixture
def wrong(live: LiveBook, games: int) -> int:
    return live.reads.events(games)[0].id


# Events


def test_a_wrong_event_is_corrected_in_one_undo_step(qtbot, live, games, wrong):
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    assert (dialog.name.text(), dialog.day.text()) == ("Mens 50 m", "2030-02-09")
    assert not dialog.code.isEnabled()
    press(qtbot, "Men's 500 m", TAB)
    dialog.unit_kind.setFocus()
    press(qtbot, DOWN)
    dialog.day.setFocus()
    dialog.day.selectAll()
    press(qtbot, "10", TAB, "Ice House", ENTER)
    assert accepted(dialog), dialog.problem.text()
    head = live.reads.event_head(wrong)
    assert (head.name, head.path) == ("Men's 500 m", "OWG2030/SSKM500M")
    assert (head.day, head.venue, head.unit_kind) == ("2030-02-10", "Ice House", "pair")
    assert live.book.edits.next_undo().action is Action.CHANGE_EVENT
    live.undo()
    head = live.reads.event_head(wrong)
    assert (head.name, head.day, head.venue) == ("Mens 50 m", "2030-02-09", None)


def test_another_kind_of_mark_brings_what_is_usual_with_it(qtbot, live, games, wrong):
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    dialog.kind.setFocus()
    press(qtbot, *[DOWN] * 4)
    assert dialog.kind.currentText() == "Match score"
    press(qtbot, ENTER)
    assert accepted(dialog)
    head = live.reads.event_head(wrong)
    assert head.form == MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
    assert head.classification == "manual"


def test_an_event_breaks_ties_and_measures_wind_from_now_on(qtbot, live, games, wrong):
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    assert not dialog.breaks_ties.isChecked()
    dialog.breaks_ties.setFocus()
    press(qtbot, Qt.Key.Key_Space, TAB, Qt.Key.Key_Space, ENTER)
    assert accepted(dialog)
    head = live.reads.event_head(wrong)
    assert (head.breaks_ties, head.measures_wind) == (True, True)
    again = EventDialog(live, games, event=wrong)
    qtbot.addWidget(again)
    assert again.breaks_ties.isChecked()
    assert again.measures_wind.isChecked()


def test_points_are_not_taken_for_a_match_score(qtbot, live, games):
    dialog = EventDialog(live, games)
    qtbot.addWidget(dialog)
    choices = [dialog.kind.itemText(number) for number in range(dialog.kind.count())]
    assert choices == ["Time", "Distance", "Weight", "Points", "Match score", "Rank"]


def test_marks_that_would_not_fit_keep_the_kind_as_it_is(qtbot, live, games, wrong):
    edits = live.book.edits
    nation = live.reads.nation_by_code("NED")
    entry = edits.add_entry(wrong, nation, athlete=edits.add_athlete("Jan Smit"))
    edits.enter_mark(edits.result_of(entry), "34.31")
    before = live.reads.last_journal()
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    dialog.decimals.setFocus()
    press(qtbot, DOWN, ENTER)
    assert not accepted(dialog)
    assert dialog.problem.text() == (
        "34.31 is entered already and would not fit: take out such marks first, or leave what "
        "is measured as it is."
    )
    assert QApplication.focusWidget() is dialog.kind
    assert live.reads.last_journal() == before
    dialog.decimals.setFocus()
    press(qtbot, UP, ENTER)
    assert accepted(dialog)
    assert live.reads.last_journal() == before


def test_an_event_of_other_competitions_too_keeps_what_they_share(qtbot, live):
    event = live.reads.event_by_path(FOUNDING_RACE)
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = EventDialog(live, competition, event=event)
    shown(qtbot, dialog)
    closed = (dialog.name, dialog.discipline, dialog.gender, dialog.kind, dialog.bronzes)
    assert not any(field.isEnabled() for field in closed)
    muted = [label for label in dialog.findChildren(QLabel) if label.property("role") == "muted"]
    assert [label.text() for label in muted] == [
        "Other competitions hold this event too: here only its day and venue can change."
    ]
    assert QApplication.focusWidget() is dialog.day
    press(qtbot, "11", ENTER)
    assert not accepted(dialog)
    assert dialog.problem.text() == (
        "11 February 2026 is after 9 February 2026, from when on the event is official: reopen "
        "it first."
    )
    assert QApplication.focusWidget() is dialog.day
    press(qtbot, "08", ENTER)
    assert accepted(dialog)
    assert live.reads.event_head(event).day == "2026-02-08"
    assert live.book.edits.next_undo().action is Action.CHANGE_EVENT


def test_a_name_that_is_another_event_of_the_book_is_refused(qtbot, live, games, wrong):
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    dialog.gender.setFocus()
    press(qtbot, "W")
    dialog.name.setFocus()
    dialog.name.selectAll()
    press(qtbot, "womens 1000m", ENTER)
    assert wrong_fields(dialog) == ["Event"]
    assert "SSKW1000M" in dialog.problem.text()
    assert live.reads.event_head(wrong).name == "Mens 50 m"


def test_a_day_outside_and_an_empty_name_are_marked(qtbot, live, games, wrong):
    dialog = EventDialog(live, games, event=wrong)
    shown(qtbot, dialog)
    dialog.day.selectAll()
    dialog.day.setFocus()
    press(qtbot, "1 Mar 2030", ENTER)
    assert wrong_fields(dialog) == ["Day"]
    dialog.name.setFocus()
    dialog.name.selectAll()
    press(qtbot, Qt.Key.Key_Backspace, ENTER)
    assert wrong_fields(dialog) == ["Event"]


def test_a_wrong_type_does_not_come_up_again(qtbot, live, games, wrong):
    assert live.edit(lambda edits: edits.delete_event(wrong))
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "Mens 50 m")
    assert dialog.kind.isEnabled()
    assert not dialog.name.listing


# Phases


def phases(live: LiveBook, event: int) -> list[str]:
    return [phase.name for phase in live.reads.event_head(event).phases]


def test_semi_finals_and_heats_come_before_the_final_by_enter_alone(qtbot, live, wrong):
    for name in ("Semi-final", "Heats", "Quarter-final"):
        dialog = PhaseDialog(live, wrong)
        shown(qtbot, dialog)
        assert dialog.name.text() == name
        press(qtbot, ENTER)
        assert accepted(dialog)
    assert phases(live, wrong) == ["Heats", "Quarter-final", "Semi-final", "Final"]
    assert live.book.edits.next_undo().action is Action.ADD_PHASE
    live.undo()
    assert phases(live, wrong) == ["Heats", "Semi-final", "Final"]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("heat 1", ["heat 1", "Final"]),
        ("Semifinals", ["Semifinals", "Final"]),
        ("Final B", ["Final", "Final B"]),
        ("Run 2", ["Final", "Run 2"]),
    ],
)
def test_the_name_says_where_a_phase_stands(qtbot, live, wrong, typed, order):
    dialog = PhaseDialog(live, wrong)
    shown(qtbot, dialog)
    press(qtbot, typed, ENTER)
    assert phases(live, wrong) == order


def test_a_place_that_was_chosen_is_kept_whatever_the_name(qtbot, live, wrong):
    dialog = PhaseDialog(live, wrong)
    shown(qtbot, dialog)
    press(qtbot, "Final B", TAB, UP)
    assert dialog.place.currentText() == "before Final"
    press(qtbot, Qt.Key.Key_Backtab, "Small final", ENTER)
    assert phases(live, wrong) == ["Small final", "Final"]


def test_runs_that_are_summed_follow_each_other(qtbot, live, games):
    runs = NewEventType("ALPWSL", "ALP", "Women's slalom", "W", TIME, classification="total")
    edits = live.book.edits
    event = edits.add_event(games, edits.add_event_type(runs), DAY)
    dialog = PhaseDialog(live, event)
    shown(qtbot, dialog)
    press(qtbot, ENTER)
    assert phases(live, event) == ["Final", "Run 2"]


# Nations


def test_a_nation_is_added_and_competes(qtbot, live):
    dialog = NationDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "xkx", TAB, "Kosovo", ENTER)
    assert accepted(dialog)
    assert live.reads.nation_by_code("XKX") == dialog.created
    assert live.reads.nation_name(dialog.created, "2026-02-09") == "Kosovo"
    assert live.book.edits.next_undo().action is Action.ADD_NATION


@pytest.mark.parametrize("code", ["ned", "X", "X K", "TOOLONGCODE"])
def test_a_code_that_cannot_be_is_marked(qtbot, live, code):
    before = live.reads.last_journal()
    dialog = NationDialog(live)
    shown(qtbot, dialog)
    press(qtbot, code, ENTER, "Nowhere", ENTER)
    assert wrong_fields(dialog) == ["Code"]
    assert code.upper() in dialog.problem.text().upper()
    assert live.reads.last_journal() == before


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_form_fits_a_small_screen(qtbot, live, games, wrong, zoom):
    theme().set_zoom(zoom)
    shared = live.reads.event_by_path(FOUNDING_RACE)
    competition = live.reads.competition_by_code("OWG2026").id
    for dialog in (
        NationDialog(live),
        PhaseDialog(live, wrong),
        EventDialog(live, games, event=wrong),
        EventDialog(live, competition, event=shared),
    ):
        shown(qtbot, dialog)
        screen = dialog.screen().availableGeometry()
        assert dialog.width() <= screen.width()
        assert dialog.height() <= screen.height()


# In the window


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def on_screen(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window that has the keyboard."""
    with qtbot.waitActive(window):
        window.activateWindow()
    workspace_of(window).event_page.view.setFocus()
    return window


def in_dialog(qtbot: QtBot, window: MainWindow, *keys: str | Qt.Key) -> Callable[[], list[str]]:
    """Press keys in the dialog that opens next; the function tells its title."""
    titles: list[str] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or window):
            QTimer.singleShot(10, act)
            return
        titles.append(dialog.windowTitle())
        press(qtbot, *keys)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, act)
    return lambda: titles


def run_by_name(qtbot: QtBot, window: MainWindow, typed: str) -> None:
    """Ctrl+K, the beginning of a command, Enter."""
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_K, CTRL)
    QApplication.processEvents()
    press(qtbot, typed, ENTER)
    qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)


def test_an_event_is_changed_by_its_shortcut(qtbot, open_window: OpenWindow, sample):
    window = on_screen(qtbot, open_window(sample))
    told = in_dialog(qtbot, window, "07", ENTER)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_C, CTRL | SHIFT)
    assert told() == ["Change event"]
    head = workspace_of(window).event_page.head
    assert head is not None
    assert head.day == "2026-02-07"


def test_a_name_that_is_changed_is_seen_everywhere(qtbot, open_window: OpenWindow, tmp_path):
    path = tmp_path / "one.medaldesk"
    with Book.create(path) as book:
        held = book.edits.add_competition(NewCompetition("CUP", "Cup", DAY, DAY))
        kind = NewEventType("SSKM500M", "SSK", "Mens 50 m", "M", TIME)
        book.edits.add_event(held, book.edits.add_event_type(kind), DAY)
    window = on_screen(qtbot, open_window(path))
    in_dialog(qtbot, window, "Men's 500 m", ENTER)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_C, CTRL | SHIFT)
    space = workspace_of(window)
    assert space.event_page.title() == "Men's 500 m"
    assert space.tabs.tabText(0) == "Men's 500 m"
    assert space.tree.tree.currentIndex().data() == "Men's 500 m"


def test_a_nation_that_is_missing_is_added_by_ctrl_k(qtbot, open_window: OpenWindow, sample):
    window = on_screen(qtbot, open_window(sample))
    told = in_dialog(qtbot, window, "XKX", ENTER, "Kosovo", ENTER)
    run_by_name(qtbot, window, "Add nation")
    qtbot.waitUntil(lambda: told() == ["Add nation"])
    assert window.notice.text == "Kosovo was added and can be entered now."


def test_a_competition_is_changed_by_ctrl_k(qtbot, open_window: OpenWindow, sample):
    window = on_screen(qtbot, open_window(sample))
    told = in_dialog(qtbot, window, "Milano Cortina", ENTER)
    run_by_name(qtbot, window, "Change competition")
    qtbot.waitUntil(lambda: told() == ["Change competition"])
    assert window.live is not None
    assert window.live.reads.competition_by_code("OWG2026").name == "Milano Cortina"


def test_a_competition_is_deleted_and_comes_back(qtbot, open_window: OpenWindow, sample):
    window = on_screen(qtbot, open_window(sample))
    assert window.live is not None
    before = [row.code for row in window.live.reads.competitions()]
    run_by_name(qtbot, window, "Delete competition")
    assert [row.code for row in window.live.reads.competitions()] == before[1:]
    assert window.notice.text == "Milano Cortina 2026 was deleted. Ctrl+Z brings it back."
    assert workspace_of(window).event_page.event_id is None
    window.actions_[Command.DELETE_COMPETITION].trigger()
    assert [row.code for row in window.live.reads.competitions()] == before[1:]
    assert "in the tree" in window.notice.text
    assert not window.actions_[Command.CHANGE_EVENT].isEnabled()
    QApplication.processEvents()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert [row.code for row in window.live.reads.competitions()] == before
    assert window.live.book.check() == []


def test_the_medal_table_in_sight_is_of_the_competition_that_is_deleted(
    qtbot, open_window: OpenWindow, sample
):
    window = open_window(sample)
    assert window.live is not None
    space = workspace_of(window)
    other = window.live.reads.competition_by_code("OWG2022").id
    space.show_tab(Tab.STANDINGS)
    space.page(Tab.STANDINGS).show_competition(other)
    window.actions_[Command.DELETE_COMPETITION].trigger()
    assert other not in [row.id for row in window.live.reads.competitions()]
    assert space.event_page.event_id is not None


def test_a_phase_becomes_a_tab_of_the_event(qtbot, open_window: OpenWindow, sample):
    window = on_screen(qtbot, open_window(sample))
    told = in_dialog(qtbot, window, ENTER)
    run_by_name(qtbot, window, "Add phase")
    qtbot.waitUntil(lambda: len(told()) == 1)
    head = workspace_of(window).event_page.head
    assert head is not None
    assert [phase.name for phase in head.phases] == ["Semi-final", "Final"]
    assert head.entries > 0
