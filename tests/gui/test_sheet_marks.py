"""What a sheet shows beside marks: bests, wind, members, decisions, ties that are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewCompetition
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.gui.dialogs.check_dialog import CheckDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.pages.event_page import EventPage
from medaldesk.gui.theme import theme
from tests import books
from tests.gui.by_keys import ENTER, Meet, press

SCORE = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "cup.medaldesk"), who="clerk"))
    yield made
    made.close()


@pytest.fixture
def meet(live: LiveBook) -> Meet:
    return Meet.at(live.book)


def open_page(qtbot: QtBot, live: LiveBook, event: int) -> EventPage:
    page = EventPage(live)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    with qtbot.waitActive(page):
        page.show()
    page.show_event(event)
    return page


def cell(page: EventPage, name: str, column: str) -> QModelIndex:
    row = next(n for n, row in enumerate(page.model.rows()) if row.name == name)
    number = page.model.column_of(column)
    assert number is not None
    return page.model.index(row, number)


def pills(page: EventPage, name: str, column: str) -> list[tuple[str, object]]:
    return list(cell(page, name, column).data(Role.PILLS))


def tip(page: EventPage, name: str, column: str) -> str:
    return str(cell(page, name, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def type_into(qtbot: QtBot, page: EventPage, name: str, column: str, text: str) -> None:
    page.view.setFocus()
    page.view.setCurrentIndex(cell(page, name, column))
    for letter in text:
        press(qtbot, letter)
    press(qtbot, ENTER)


def texts(page: EventPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_personal_best_stands_quieter_than_a_record(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    first = meet.event("W100")
    kind = live.reads.event_head(first).event_type
    live.book.edits.add_record_list("WR", kind)
    meet.enter(first, "Ann First", "NED", "11.20")
    cup = NewCompetition("CUP27", "Cup 2027", date(2027, 7, 1), date(2027, 7, 2))
    later = live.book.edits.add_competition(cup)
    event = live.book.edits.add_event(later, kind, date(2027, 7, 1))
    meet.enter(event, "Ann First", "NED", "11.10")
    page = open_page(qtbot, live, event)
    assert pills(page, "Ann First", "records") == [("WR", "record"), ("PB", "quiet")]
    assert cell(page, "Ann First", "records").data() == "WR PB"
    assert theme().colours.pill("quiet") != theme().colours.pill("record")


def test_wind_is_typed_like_a_mark_and_kept_where_it_is_wrong(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W100", measures_wind=True)
    meet.enter(event, "Ann First", "NED", "11.20", unit="1 4")
    meet.enter(event, "Bea Second", "JPN", "11.30", unit="1 5")
    page = open_page(qtbot, live, event)
    type_into(qtbot, page, "Ann First", "wind", "+1.8")
    assert cell(page, "Ann First", "wind").data() == "+1.8"
    assert cell(page, "Bea Second", "wind").data() == "+1.8", "one gauge for one heat"
    type_into(qtbot, page, "Bea Second", "wind", "gale")
    wrong = cell(page, "Bea Second", "wind")
    assert wrong.data() == "gale"
    assert wrong.data(Role.ERROR)
    assert "+1.8 or -0.4" in tip(page, "Bea Second", "wind")
    assert [row.wind for row in live.reads.results(event)] == [1_800_000, 1_800_000]


def test_wind_has_no_column_where_nobody_measures_it(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W5000")
    meet.enter(event, "Ann First", "NED", "14:40.00")
    page = open_page(qtbot, live, event)
    assert page.model.column_of("wind") is None


def test_a_team_has_its_members_behind_its_name_and_all_of_them_in_its_tooltip(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W4X100", team=True)
    meet.enter(event, "Netherlands", "NED", "42.10", team=True)
    meet.enter(event, "Japan", "JPN", "42.30", team=True)
    page = open_page(qtbot, live, event)
    bare = page.view.grab().toImage()
    meet.members(event, "Netherlands", "Ann First", "Bea Second", "Cleo Third")
    page.view.viewport().repaint()
    assert page.view.grab().toImage() != bare
    assert tip(page, "Netherlands", "athlete") == "Ann First\nBea Second\nCleo Third"
    assert cell(page, "Netherlands", "athlete").data() == "Netherlands"
    assert tip(page, "Japan", "athlete") == ""


def test_what_a_decision_set_has_its_sign_and_its_reason(
    qtbot: QtBot, live: LiveBook, meet: Meet, qtmodeltester: ModelTester
) -> None:
    event = meet.event("W800")
    for name, mark in (("Ann First", "2:00.10"), ("Bea Second", "2:00.20"), ("Cleo Third", "2:01")):
        meet.enter(event, name, "NED", mark)
    meet.decide(
        event,
        DecisionLine(meet.entry(event, "Ann First"), sets_status=True, status="DSQ"),
        DecisionLine(
            meet.entry(event, "Bea Second"), sets_rank=True, rank=1, medal=MedalRuling.PENDING
        ),
    )
    live.book.edits.make_official(event, date(2026, 7, 11))
    page = open_page(qtbot, live, event)
    assert pills(page, "Bea Second", "medal") == [("pending", "quiet"), ("§", "decision")]
    assert pills(page, "Ann First", "medal")[-1] == ("§", "decision")
    assert pills(page, "Cleo Third", "medal") == [("B", Medal.BRONZE)]
    for column in ("rank", "mark", "medal"):
        assert "Jury, 12 July 2026: Lane infringement" in tip(page, "Ann First", column)
    assert any("1 decision" in text for text in texts(page))
    qtmodeltester.check(page.model)


def test_an_open_tie_is_marked_and_asked_about_until_it_is_broken(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W60", breaks_ties=True)
    for name, mark in (("Femke Kok", "7.10"), ("Jutta Leerdam", "7.10"), ("Cleo Third", "7.30")):
        meet.enter(event, name, "NED", mark)
    page = open_page(qtbot, live, event)
    question = "Kok and Leerdam are level and the event breaks ties: type the tie-break."
    assert question in texts(page)
    assert cell(page, "Femke Kok", "rank").data() == "=1?"
    assert cell(page, "Femke Kok", "rank").data(Role.ERROR)
    assert cell(page, "Cleo Third", "rank").data() == "3"
    type_into(qtbot, page, "Femke Kok", "tie_break", "7")
    assert question in texts(page), "one tie-break alone breaks nothing"
    type_into(qtbot, page, "Jutta Leerdam", "tie_break", "4")
    assert question not in texts(page)
    assert cell(page, "Jutta Leerdam", "rank").data() == "1"
    assert cell(page, "Femke Kok", "rank").data() == "2"


def test_a_tie_stays_where_the_event_does_not_break_it(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W60")
    meet.enter(event, "Femke Kok", "NED", "7.10")
    meet.enter(event, "Jutta Leerdam", "NED", "7.10")
    page = open_page(qtbot, live, event)
    assert not any("level" in text for text in texts(page))
    assert cell(page, "Femke Kok", "rank").data() == "=1"


def test_a_match_score_says_that_ranks_are_typed(qtbot: QtBot, live: LiveBook, meet: Meet) -> None:
    event = meet.event("WCUP", form=SCORE, method=Classification.MANUAL, team=True)
    meet.enter(event, "Netherlands", "NED", "3-1", team=True)
    page = open_page(qtbot, live, event)
    assert "A match score ranks nobody by itself: type the ranks, too." in texts(page)


def test_an_official_event_says_that_a_change_counts_at_once(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W100")
    meet.enter(event, "Ann First", "NED", "11.20")
    live.book.edits.make_official(event, date(2026, 7, 11))
    page = open_page(qtbot, live, event)
    hint = "official: what you change counts at once"
    assert not any(hint in text for text in texts(page))
    type_into(qtbot, page, "Ann First", "mark", "11.10")
    assert any(hint in text for text in texts(page))
    page.show_event(event)
    assert not any(hint in text for text in texts(page))


def test_what_is_missing_is_the_tie_break_once_all_marks_are_there(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("W60", breaks_ties=True)
    meet.enter(event, "Cleo Third", "NED", "7.30")
    for name in ("Femke Kok", "Jutta Leerdam"):
        meet.enter(event, name, "NED", "7.10")
    page = open_page(qtbot, live, event)
    assert page.next_gap()
    assert page.view.currentIndex() == cell(page, "Femke Kok", "tie_break")
    press(qtbot, "7", ENTER)
    assert page.next_gap()
    assert page.view.currentIndex() == cell(page, "Jutta Leerdam", "tie_break")
    press(qtbot, "4", ENTER)
    assert cell(page, "Jutta Leerdam", "rank").data() == "1"
    assert not page.next_gap()


@pytest.mark.parametrize("breaks_ties", [True, False])
def test_not_yet_goes_to_the_tie_that_was_told(
    qtbot: QtBot, live: LiveBook, meet: Meet, *, breaks_ties: bool
) -> None:
    event = meet.event("W60", breaks_ties=breaks_ties)
    for name, mark in (("Cleo Third", "7.30"), ("Femke Kok", "7.10"), ("Jutta Leerdam", "7.10")):
        meet.enter(event, name, "NED", mark)
    page = open_page(qtbot, live, event)

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CheckDialog)
        dialog.not_yet.click()

    QTimer.singleShot(0, leave)
    page.make_official()
    assert page.head is not None
    assert page.head.status != "official"
    assert page.window().focusWidget() is page.view
    assert page.view.currentIndex() == cell(page, "Femke Kok", "tie_break")


def test_totals_that_are_level_have_a_place_for_the_tie_break(
    qtbot: QtBot, live: LiveBook, meet: Meet
) -> None:
    event = meet.event("WSUM", method=Classification.TOTAL, breaks_ties=True)
    marks = {"Ann First": ("7.10", "7.30"), "Bea Second": ("7.20", "7.20")}
    for name, (first, _) in marks.items():
        meet.enter(event, name, "NED", first)
    second = live.book.edits.add_phase(event, "Run 2")
    for name, (_, last) in marks.items():
        result = live.book.edits.add_result(meet.entry(event, name), second)
        live.book.edits.enter_mark(result, last)
    page = open_page(qtbot, live, event)
    assert page.next_gap()
    assert page.view.currentIndex() == cell(page, "Ann First", "tie_break")


def test_a_new_column_is_selected_with_its_row(qtbot: QtBot, live: LiveBook, meet: Meet) -> None:
    event = meet.event("W1500")
    meet.enter(event, "Ann First", "NED", "4:10.00")
    meet.enter(event, "Bea Second", "JPN", "4:11.00")
    page = open_page(qtbot, live, event)
    page.view.go_to_result(page.model.results[1].id)
    page.model.add_split("400 m")
    chosen = page.view.selectionModel().selectedIndexes()
    assert {index.row() for index in chosen} == {cell(page, "Bea Second", "mark").row()}
    assert len(chosen) == page.model.columnCount()
