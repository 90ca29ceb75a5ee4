"""Two athletes become one, and one who did nothing is deleted, by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.merge_dialog import MergeDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.workspace import Tab
from tests import books
from tests.gui.by_keys import ENTER, TAB, Meet, press, shown

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.Key.Key_Left


def make(path: Path) -> None:
    with Book.create(path, who="clerk") as book:
        fill(book)


def fill(book: Book) -> None:
    """Davis-Thompson ran twice; `davis` was typed once, `jones` never competed."""
    meet = Meet.at(book)
    for code in ("W100", "W200"):
        meet.enter(meet.event(code), "Pauline Davis-Thompson", "BAH", "11.12")
    meet.enter(meet.event("W400"), "davis", "BAH", "51.00")
    book.edits.describe_athlete(meet.athlete("davis"), gender="W", birth_date=date(1966, 7, 9))
    meet.enter(meet.event("W800"), "davis-T", "BAH")
    both = meet.event("W1500")
    meet.enter(both, "Pauline Davis-Thompson", "BAH")
    meet.enter(both, "Ann Other", "BAH")
    book.edits.add_athlete("jones")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return books.copied(make, tmp_path / "cup.medaldesk")


@pytest.fixture
def live(path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(path, who="clerk"))
    yield made
    made.close()


def person(live: LiveBook, name: str) -> int:
    return live.reads.athletes_named(name)[0].id


def facts(dialog: MergeDialog, place: int) -> list[str]:
    return [label.text() for label in dialog.facts[place].values()]


def test_both_are_shown_and_the_one_with_more_results_stays(qtbot: QtBot, live: LiveBook) -> None:
    dialog = MergeDialog(live, person(live, "davis"))
    shown(qtbot, dialog)
    press(qtbot, "davis-th", ENTER)
    assert facts(dialog, 0) == ["davis", "BAH 2026", "9 July 1966", "1", "11 July 2026"]
    assert facts(dialog, 1) == [
        "Pauline Davis-Thompson", "BAH 2026", "not known", "3", "11 July 2026",
    ]  # fmt: skip
    assert [stays.isChecked() for stays in dialog.stays] == [False, True]
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    kept = person(live, "Pauline Davis-Thompson")
    assert dialog.kept == kept
    assert live.reads.athletes_named("davis") == []
    assert len(live.reads.athlete_results(kept)) == 4
    assert live.reads.athlete_page(kept).birth_date == "1966-07-09"
    assert live.reads.journal()[0].action is Action.MERGE_ATHLETES
    live.undo()
    assert len(live.reads.athlete_results(person(live, "davis"))) == 1


def test_the_person_says_who_stays(qtbot: QtBot, live: LiveBook) -> None:
    dialog = MergeDialog(live, person(live, "davis"))
    shown(qtbot, dialog)
    press(qtbot, "davis-th", ENTER, TAB, LEFT, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.kept == person(live, "davis")
    assert live.reads.athletes_named("Pauline Davis-Thompson") == []


def test_nobody_is_merged_with_themselves_or_with_nobody(qtbot: QtBot, live: LiveBook) -> None:
    before = live.reads.last_journal()
    dialog = MergeDialog(live, person(live, "jones"))
    shown(qtbot, dialog)
    press(qtbot, ENTER)
    assert dialog.problem.text() == "Other athlete is empty: type it."
    press(qtbot, "jones", ENTER)
    assert dialog.problem.text() == "“jones” is nobody of this book: choose a name of the list."
    assert dialog.other.text() == "jones"
    assert live.reads.last_journal() == before


def test_two_in_one_event_are_not_merged(qtbot: QtBot, live: LiveBook) -> None:
    dialog = MergeDialog(live, person(live, "Ann Other"))
    shown(qtbot, dialog)
    press(qtbot, "pauline", ENTER, ENTER)
    assert dialog.isVisible()
    assert dialog.problem.text() == (
        "Pauline Davis-Thompson and Ann Other are both in Event W1500, Cup 2026, so they are two "
        "people; nothing was changed."
    )
    assert live.reads.athletes_named("Ann Other")


def test_typing_on_takes_the_comparison_away(qtbot: QtBot, live: LiveBook) -> None:
    dialog = MergeDialog(live, person(live, "jones"))
    shown(qtbot, dialog)
    press(qtbot, "davis-th", ENTER)
    assert dialog.stays[0].isVisible()
    press(qtbot, Qt.Key.Key_Backspace)
    assert not dialog.stays[0].isVisible()
    assert dialog.kept == person(live, "jones")


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_fits_a_small_screen(qtbot: QtBot, live: LiveBook, zoom: int) -> None:
    theme().set_zoom(zoom)
    dialog = MergeDialog(live, person(live, "davis"))
    shown(qtbot, dialog)
    press(qtbot, "davis-th", ENTER)
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()


# In the window


def show_athlete(window: MainWindow, name: str) -> int:
    assert window.live is not None
    assert window.workspace is not None
    athlete = person(window.live, name)
    window.workspace.go(Target(Place.ATHLETE, athlete))
    return athlete


def test_the_page_of_the_one_who_goes_becomes_that_of_the_one_who_stays(
    qtbot: QtBot, open_window: OpenWindow, path: Path
) -> None:
    window = open_window(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    show_athlete(window, "davis")

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or window):
            QTimer.singleShot(10, act)
            return
        press(qtbot, "davis-th", ENTER, ENTER)

    QTimer.singleShot(0, act)
    window.actions_[Command.MERGE_ATHLETES].trigger()
    assert window.workspace is not None
    assert window.live is not None
    page = window.workspace.page(Tab.ATHLETE)
    assert page.athlete_id == person(window.live, "Pauline Davis-Thompson")  # type: ignore[attr-defined]


def test_an_athlete_without_results_is_deleted_and_undo_brings_them_back(
    qtbot: QtBot, open_window: OpenWindow, path: Path
) -> None:
    window = open_window(path)
    athlete = show_athlete(window, "jones")
    window.actions_[Command.DELETE_ATHLETE].trigger()
    assert window.live is not None
    assert window.live.reads.athletes_named("jones") == []
    assert window.notice.text == "jones was deleted."
    window.live.undo()
    assert person(window.live, "jones") == athlete


def test_an_athlete_with_results_stays(qtbot: QtBot, open_window: OpenWindow, path: Path) -> None:
    window = open_window(path)
    show_athlete(window, "davis")
    window.actions_[Command.DELETE_ATHLETE].trigger()
    assert window.live is not None
    assert window.live.reads.athletes_named("davis")
    assert window.notice.text == (
        "davis is entered in an event, is in a team or holds a record: merge with another athlete "
        "instead, or take that out first."
    )


def test_without_an_athlete_the_commands_say_what_to_do(
    qtbot: QtBot, open_window: OpenWindow, path: Path
) -> None:
    window = open_window(path)
    assert window.workspace is not None
    window.workspace.show_tab(Tab.HISTORY)
    for command in (Command.MERGE_ATHLETES, Command.DELETE_ATHLETE):
        window.actions_[command].trigger()
        assert window.notice.text == "Put the cursor on an athlete first."
