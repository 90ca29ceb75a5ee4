"""The ledger and the audit on screen (RULES R8, R9, R12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.domain.decisions import DecisionLine
from medaldesk.gui.dialogs.decision_dialog import DecisionDialog
from medaldesk.gui.dialogs.revoke_dialog import RevokeDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.row_model import Role, RowModel
from medaldesk.gui.pages.decisions_page import DecisionsPage, Part
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.workspace import Tab
from tests import books
from tests.book.worlds import Race
from tests.gui.decided import both_bronze, grenoble, official_race, ski_cross, sydney, without_jones

DialogT = TypeVar("DialogT", DecisionDialog, RevokeDialog)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "b.medaldesk")))
    yield made
    made.close()


@pytest.fixture
def races(live: LiveBook) -> dict[str, Race]:
    """Two events with a decision each, and one with a tie."""
    made = {"sydney": sydney(live.book), "beijing": ski_cross(live.book)}
    edits = live.book.edits
    edits.take_decision(made["sydney"].event, without_jones(made["sydney"]), confirmed=True)
    edits.take_decision(made["beijing"].event, both_bronze(made["beijing"]), confirmed=True)
    return made | {"grenoble": grenoble(live.book)}


def show_page(qtbot: QtBot, live: LiveBook) -> DecisionsPage:
    page = DecisionsPage(live)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(qtbot: QtBot, live: LiveBook, races: dict[str, Race]) -> DecisionsPage:
    return show_page(qtbot, live)


def column(model: RowModel[object], key: str) -> list[str]:
    number = model.column_of(key)
    assert number is not None
    return [model.index(row, number).data() for row in range(model.rowCount())]


def in_dialog(kind: type[DialogT], do: Callable[[DialogT], object]) -> list[str]:
    """Do something in the dialog that opens next, then close it; its title afterwards."""
    titles: list[str] = []

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, run)
            return
        assert isinstance(dialog, kind)
        titles.append(dialog.windowTitle())
        try:
            do(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, run)
    return titles


# The ledger


def test_the_latest_decision_comes_first(page):
    assert column(page.ledger, "day") == ["13 Dec 2022", "9 Dec 2009"]
    assert column(page.ledger, "body") == ["CAS", "IOC"]
    assert column(page.ledger, "event") == ["Women's ski cross", "Women's 100 m"]
    assert column(page.ledger, "what") == [
        "Fanny Smith: rank 3, bronze",
        "Marion Jones: DSQ · Tayna Lawrence: silver · Merlene Ottey: bronze",
    ]
    assert page._heading.context.text() == "2 decisions"
    assert page.ledger.column_of("revoked") is None


def test_the_selected_decision_is_told_in_full(qtbot, page):
    assert page.card.title.text().startswith("CAS, 13 December 2022")
    qtbot.keyClick(page.ledger_table, Qt.Key.Key_Down)
    assert page.card.title.text() == "IOC, 9 December 2009 · Women's 100 m · Sydney 2000"
    assert page.card.lines.text().splitlines() == [
        "Marion Jones (USA): DSQ",
        "Tayna Lawrence (JAM): silver",
        "Merlene Ottey (JAM): bronze",
    ]
    assert page.card.reason.text() == "Doping"
    assert page.card.source.text() == "Source: Press release"


def test_why_stands_above_what_and_many_moves_are_one_line(qtbot, live):
    names = [f"Runner {letter}" for letter in "ABCDEFGHIJ"]
    rows = [(name, "USA", f"11.{place:02}") for place, name in enumerate(names)]
    games = ("CUP26", "Cup 2026", "2026-07-11")
    race = official_race(live.book, games, ("ATHW100M", "ATH", "Women's 100 m"), rows)
    out = DecisionLine(race.entries[names[0]], sets_status=True, status="DSQ")
    moves = [
        DecisionLine(race.entries[name], sets_rank=True, rank=place)
        for place, name in enumerate(names[1:], 1)
    ]
    new = NewDecision("IOC", date(2026, 8, 1), "Doping", (out, *moves), source="Press release")
    live.book.edits.take_decision(race.event, new, confirmed=True)
    card = show_page(qtbot, live).card
    assert card.lines.text().splitlines() == [
        "Runner A (USA): DSQ",
        "Runner B (USA): rank 1",
        "Runner C (USA): rank 2",
        "Runner D (USA): rank 3",
        "Ranks 4–9 move up",
    ]
    assert "Runner J (USA): rank 9" in card.lines.toolTip()
    assert card.title.y() < card.reason.y() < card.source.y() < card.lines.y()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_decision_is_changed_from_the_ledger(qtbot, page, key):
    def confess(dialog: DecisionDialog) -> None:
        dialog.reason.setText("Confessed")
        dialog.accept()

    qtbot.keyClick(page.ledger_table, Qt.Key.Key_Down)
    titles = in_dialog(DecisionDialog, confess)
    qtbot.keyClick(page.ledger_table, key)
    assert titles == ["Change decision about Women's 100 m"]
    assert page.card.reason.text() == "Confessed"
    assert page.current().body == "IOC"


def test_a_decision_is_revoked_and_holds_again(qtbot, live, page, races):
    def on_new_year(dialog: RevokeDialog) -> None:
        qtbot.keyClicks(dialog.day, "2023-01-01")
        dialog.accept()

    in_dialog(RevokeDialog, on_new_year)
    page.card.revoke_button.click()
    assert column(page.ledger, "revoked") == ["1 Jan 2023", ""]
    struck = page.ledger.index(0, page.ledger.column_of("what"))
    assert struck.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert struck.data(Role.WEIGHT) == "muted"
    assert page._heading.context.text() == "2 decisions, 1 of them revoked"
    assert list(races["beijing"].medals().values()).count("bronze") == 1
    assert page.card.revoke_button.text() == "H&olds again"
    page.card.revoke_button.click()
    assert page.ledger.column_of("revoked") is None
    assert list(races["beijing"].medals().values()).count("bronze") == 2
    live.undo()
    assert page.card.revoke_button.text() == "H&olds again"


def test_delete_takes_it_out_and_undo_brings_it_back(qtbot, live, page):
    with qtbot.waitSignal(live.noted) as noted:
        qtbot.keyClick(page.ledger_table, Qt.Key.Key_Delete)
    assert "CAS" in noted.args[0]
    assert column(page.ledger, "body") == ["IOC"]
    assert page.current().body == "IOC"
    assert page.card.title.text().startswith("IOC")
    live.undo()
    assert column(page.ledger, "body") == ["CAS", "IOC"]
    assert page.current().body == "IOC"


def test_the_event_of_a_decision_is_a_key_away(qtbot, page, races):
    with qtbot.waitSignal(page.go) as gone:
        qtbot.keyClick(page.ledger_table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert gone.args == [Target(Place.EVENT, races["beijing"].event)]


def test_a_link_leads_to_a_decision_wherever_the_page_is(page, live):
    older = live.reads.decisions()[-1]
    page.show_part(Part.AUDIT)
    page.show_competition(live.reads.decisions()[0].competition)
    page.show_decision(older.id)
    assert page.part is Part.LEDGER
    assert page.current().id == older.id
    assert page.competitions.currentText() == "All competitions"
    page.show_decision(9999)
    assert page.current().id == older.id


def test_one_competition_alone(qtbot, page, races):
    number = page.competitions.findText("Sydney 2000")
    page.competitions.setCurrentIndex(number)
    page.competitions.activated.emit(number)
    assert column(page.ledger, "body") == ["IOC"]
    page._parts.button(Part.AUDIT).click()
    assert column(page.audit, "event") == ["Women's 100 m"]
    page.show_competition(None)
    assert page.audit.rowCount() == 3


def test_a_competition_without_a_decision_says_so(page, live, races):
    page.show_competition(live.reads.event_row(races["grenoble"].event).competition)
    assert page._empty.text() == "No decision in this competition."
    assert page.ledger_table.isHidden()
    assert page.card.isHidden()


@pytest.mark.parametrize(("width", "height", "zoom"), [(1024, 560, 200), (560, 420, 100)])
def test_the_decision_in_full_stands_below_in_a_small_window(page, width, height, zoom):
    theme().set_zoom(zoom)
    page.resize(width, height)
    QApplication.processEvents()
    card = page.card
    assert card.isVisible()
    for button in (card.change_button, card.revoke_button, card.delete_button, card.event_button):
        assert button.visibleRegion().boundingRect().size() == button.size()
    assert page.ledger_table.viewport().height() >= 2 * theme().row_height


# The audit


def test_every_event_that_is_not_plain_is_listed_with_its_reason(qtbot, page, races):
    page._parts.button(Part.AUDIT).click()
    assert column(page.audit, "medals") == ["1-3-0", "0-2-1", "1-1-2"]
    assert column(page.audit, "why") == [
        "tie",
        "IOC, 9 Dec 2009: Doping",
        "CAS, 13 Dec 2022: Agreement of the parties",
    ]
    assert page._heading.context.text() == "3 events are not 1-1-1; the reason of each is known."
    with qtbot.waitSignal(page.go) as gone:
        qtbot.keyClick(page.audit_table, Qt.Key.Key_Return)
    assert gone.args == [Target(Place.EVENT, races["grenoble"].event)]


def test_what_nobody_can_explain_comes_first_in_red(qtbot, live, page, races):
    edits, entries = live.book.edits, races["beijing"].entries
    edits.delete_decision(live.reads.decisions()[0].id)
    edits.enter_rank(entries["Marielle Thompson"], "1")
    edits.enter_rank(entries["Daniela Maier"], "2")
    page.show_part(Part.AUDIT)
    assert column(page.audit, "why")[0] == "unexplained"
    assert column(page.audit, "event")[0] == "Women's ski cross"
    red = page.audit.index(0, page.audit.column_of("why"))
    assert red.data(Role.ERROR)
    assert not page.audit.index(1, red.column()).data(Role.ERROR)
    assert page._heading.context.text() == "3 events are not 1-1-1, 1 of them unexplained."


def test_an_edit_elsewhere_is_seen_at_once(live, page, races):
    page.show_part(Part.AUDIT)
    live.book.edits.enter_mark(races["grenoble"].results["Dianne Holum"], "46.4")
    assert column(page.audit, "medals")[0] == "1-2-0"
    live.book.edits.enter_mark(races["grenoble"].results["Mary Meyers"], "46.5")
    assert column(page.audit, "event") == ["Women's 100 m", "Women's ski cross"]


# In the window


def test_a_decision_is_taken_from_the_sheet_and_found_in_the_ledger(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[Path], MainWindow]
) -> None:
    path = tmp_path / "sydney.medaldesk"
    with Book.create(path) as book:
        race = sydney(book)
    window = open_window(path)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    sheet = window.workspace.event_page
    sheet.view.go_to_result(race.results["Merlene Ottey"])

    def withdraw(dialog: DecisionDialog) -> None:
        assert dialog.model.row(dialog.table.currentIndex().row()).before.name == "Merlene Ottey"
        dialog.body.setText("Jury")
        dialog.day.setText("2000-09-24")
        dialog.reason.setText("Protest")
        dialog.model.setData(dialog.table.currentIndex(), "dsq")
        dialog.accept()

    in_dialog(DecisionDialog, withdraw)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(sheet.view, Qt.Key.Key_D, control_shift)
    assert window.live is not None
    (taken,) = window.live.reads.decisions()
    window.workspace.go(Target(Place.DECISION, taken.id))
    page = window.workspace.page(Tab.DECISIONS)
    assert isinstance(page, DecisionsPage)
    assert page.isVisible()
    assert page.current() == taken


# Empty, read-only, models


def test_an_empty_page_says_what_to_do_first(qtbot, live):
    page = show_page(qtbot, live)
    assert page._empty.text() == (
        "No decisions yet: open the event and choose Take decision… (Ctrl+Shift+D)."
    )
    page.show_part(Part.AUDIT)
    assert page._empty.text().startswith("No official event is other than 1-1-1.")


def test_a_book_that_is_only_read_shows_all_and_changes_nothing(qtbot, live, races):
    reader = LiveBook(Book.open(live.path, who="guest", read_only=True))
    page = show_page(qtbot, reader)
    card = page.card
    for button in (card.change_button, card.revoke_button, card.delete_button):
        assert not button.isEnabled()
    assert card.event_button.isEnabled()
    qtbot.keyClick(page.ledger_table, Qt.Key.Key_Delete)
    assert page.ledger.rowCount() == 2
    with qtbot.waitSignal(page.go) as gone:
        qtbot.keyClick(page.ledger_table, Qt.Key.Key_Return)
    assert gone.args == [Target(Place.EVENT, races["beijing"].event)]
    reader.close()


def test_both_models_are_sound(qtmodeltester: ModelTester, page, live):
    qtmodeltester.check(page.ledger)
    live.book.edits.revoke_decision(page.current().id, None)
    page.show_part(Part.AUDIT)
    qtmodeltester.check(page.audit)
