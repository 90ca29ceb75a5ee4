"""A career on a page: medals, every result, records, bests; found by typing a part of the name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.medals import Medal
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Role, RowModel
from medaldesk.gui.pages.athlete_page import AthletePage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.find_bar import FindBar, show_find_bar
from tests.book.worlds import keep_bests
from tests.gui.by_keys import DOWN, ENTER, Meet, press


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, live: LiveBook) -> AthletePage:
    page = AthletePage(live)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitActive(page):
        page.show()
    return page


def named(live: LiveBook, name: str) -> int:
    return live.reads.athletes_named(name)[0].id


def lines(model: RowModel[object], *columns: str) -> list[tuple[str, ...]]:
    numbers = [model.column_of(column) for column in columns]
    return [
        tuple(model.index(row, number or 0).data() for number in numbers)
        for row in range(model.rowCount())
    ]


def texts(page: AthletePage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_without_an_athlete_it_says_what_to_do(page: AthletePage) -> None:
    assert any("Type the name of an athlete above" in text for text in texts(page))
    assert not page.table.isVisible()


def test_an_athlete_is_found_by_a_part_of_the_name(qtbot: QtBot, page: AthletePage) -> None:
    page.search.setFocus()
    press(qtbot, "leer", ENTER)
    assert page.athlete_id == named(page.live, "Jutta Leerdam")
    assert "Jutta Leerdam" in texts(page)
    assert QApplication.focusWidget() is page.table


def test_nobody_is_added_by_looking_for_them(qtbot: QtBot, page: AthletePage) -> None:
    page.search.setFocus()
    press(qtbot, "Nobody Atall", ENTER)
    assert page.athlete_id is None
    assert page.live.reads.athletes_named("Nobody Atall") == []


def test_a_career_stands_with_the_latest_first(
    page: AthletePage, qtmodeltester: ModelTester
) -> None:
    keep_bests(page.live.book)
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    assert lines(page.model, "day", "event", "competition", "rank", "mark", "records", "medal") == [
        ("9 Feb 2026", "Women's 1000 m", "Milano Cortina 2026", "1", "1:12.31", "OR PB", "G"),
        ("17 Feb 2022", "Women's 1000 m", "Beijing 2022", "2", "1:13.83", "", "S"),
    ]
    assert lines(page.laurels, "flag", "what", "mark", "stood") == [
        ("OR", "Olympic record · Women's 1000 m", "1:12.31", "stands"),
        ("PB", "Women's 1000 m", "1:12.31", ""),
    ]
    assert {"1 Gold", "1 Silver"} <= set(texts(page))
    assert "NED 2022–2026" in " ".join(texts(page))
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.laurels)


def test_a_record_that_was_beaten_says_how_long_it_stood(page: AthletePage) -> None:
    page.show_athlete(named(page.live, "Femke Kok"))
    flag, stood = lines(page.laurels, "flag", "stood")[0]
    assert (flag, stood) == ("OR", "2 pairs")
    assert page.laurels.index(0, 0).data(Role.PILLS) == [("OR", "quiet")]


def test_enter_on_a_result_goes_there(qtbot: QtBot, page: AthletePage) -> None:
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    with qtbot.waitSignal(page.go) as gone:
        press(qtbot, DOWN, ENTER)
    event = page.live.reads.event_by_path("OWG2022/SSKW1000M")
    result = next(r.id for r in page.live.reads.results(event) if r.name == "Jutta Leerdam")
    assert gone.args == [Target(Place.RESULT, result)]


def test_enter_on_a_record_goes_to_its_list(qtbot: QtBot, page: AthletePage) -> None:
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    page.bests.setFocus()
    page.bests.setCurrentIndex(page.laurels.index(0, 0))
    with qtbot.waitSignal(page.go) as gone:
        press(qtbot, ENTER)
    assert gone.args[0].place is Place.RECORDS


def test_the_medal_of_a_team_counts_for_each_member(page: AthletePage) -> None:
    """RULES R11."""
    meet = Meet.at(page.live.book)
    event = meet.event("W4X100", team=True)
    meet.enter(event, "Netherlands", "NED", "42.10", team=True)
    meet.members(event, "Netherlands", "Jutta Leerdam", "Femke Kok")
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    assert lines(page.model, "team", "medal")[0] == ("Netherlands", "G")
    assert page.model.index(0, page.model.column_of("medal") or 0).data(Role.PILLS) == [
        ("G", "quiet")
    ], "a medal as it stands is not counted yet"
    assert "1 Gold" in texts(page)
    page.live.book.edits.make_official(event, date(2026, 7, 11))
    assert "2 Gold" in texts(page)
    assert page.model.index(0, page.model.column_of("medal") or 0).data(Role.PILLS) == [
        ("G", Medal.GOLD)
    ]


def test_a_reallocated_medal_is_marked_with_the_decision(page: AthletePage) -> None:
    meet = Meet.at(page.live.book)
    event = meet.event("W800")
    for name, mark in (("Ann First", "2:00.1"), ("Bea Second", "2:00.2")):
        meet.enter(event, name, "NED", mark)
    page.live.book.edits.make_official(event, date(2026, 7, 11))
    line = DecisionLine(meet.entry(event, "Bea Second"), medal=MedalRuling.GOLD)
    meet.decide(event, line)
    page.show_athlete(named(page.live, "Bea Second"))
    medal = page.model.index(0, page.model.column_of("medal") or 0)
    assert medal.data(Role.PILLS) == [("G", Medal.GOLD), ("§", "decision")]
    assert "Jury, 12 July 2026: Lane infringement" in medal.data(Qt.ItemDataRole.ToolTipRole)


def test_a_medal_that_was_taken_away_is_told_with_the_mark(page: AthletePage) -> None:
    meet = Meet.at(page.live.book)
    event = meet.event("W800")
    for name, mark in (("Ann First", "2:00.10"), ("Bea Second", "2:00.20")):
        meet.enter(event, name, "NED", mark)
    page.live.book.edits.make_official(event, date(2026, 7, 11))
    first = meet.entry(event, "Ann First")
    line = DecisionLine(first, sets_status=True, status="DSQ", medal=MedalRuling.NONE)
    decision = meet.decide(event, line)
    page.show_athlete(named(page.live, "Ann First"))
    assert lines(page.model, "rank", "mark", "medal") == [("", "DSQ 2:00.10", "lost G")]
    medal = page.model.index(0, page.model.column_of("medal") or 0)
    assert medal.data(Role.PILLS) == [("lost G", "quiet"), ("§", "decision")]
    page.live.book.edits.delete_decision(decision)
    assert lines(page.model, "rank", "mark", "medal") == [("1", "2:00.10", "G")]


def test_who_never_had_a_medal_lost_none(page: AthletePage) -> None:
    meet = Meet.at(page.live.book)
    event = meet.event("W800")
    for number in range(1, 5):
        meet.enter(event, f"Runner {number}", "NED", f"2:00.{number}0")
    page.live.book.edits.make_official(event, date(2026, 7, 11))
    line = DecisionLine(meet.entry(event, "Runner 4"), medal=MedalRuling.NONE)
    meet.decide(event, line)
    page.show_athlete(named(page.live, "Runner 4"))
    assert lines(page.model, "mark", "medal") == [("2:00.40", "")]


def test_another_athlete_is_found_by_typing_on_the_results(qtbot: QtBot, page: AthletePage) -> None:
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    for table in (page.table, page.bests):
        table.setFocus()
        press(qtbot, "k", "o")
        assert page.search.hasFocus()
        assert page.search.text() == "ko"
    press(qtbot, "k", ENTER)
    assert page.athlete_id == named(page.live, "Femke Kok")


def test_ctrl_f_is_for_the_line_of_the_page(page: AthletePage) -> None:
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    show_find_bar(page)
    assert page.search.hasFocus()
    assert page.findChild(FindBar) is None


def test_the_nations_stand_with_their_years(page: AthletePage) -> None:
    """RULES R16."""
    meet = Meet.at(page.live.book)
    event = meet.event("W800")
    meet.enter(event, "Jutta Leerdam", "BEL", "2:00.1")
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    assert "NED 2022–2026, BEL 2026" in " ".join(texts(page))
    assert [nation for (nation,) in lines(page.model, "nation")] == ["BEL", "NED", "NED"]


def test_the_page_follows_what_is_typed(page: AthletePage) -> None:
    athlete = named(page.live, "Jutta Leerdam")
    page.show_athlete(athlete)
    edits = page.live.book.edits
    edits.describe_athlete(athlete, gender="W", birth_date=date(1998, 12, 30))
    assert any("born 30 December 1998" in text for text in texts(page))
    edits.enter_mark(page.model.row(0).result, "1:12.20")
    assert lines(page.model, "mark")[0] == ("1:12.20",)
    assert lines(page.laurels, "mark")[0] == ("1:12.20",)


def test_an_athlete_who_is_undone_leaves_the_page_empty(page: AthletePage) -> None:
    athlete = page.live.book.edits.add_athlete("Ann First")
    page.show_athlete(athlete)
    assert any("No result yet" in text for text in texts(page))
    page.live.undo()
    assert page.athlete_id is None
    assert not page.table.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_fits_a_small_window(page: AthletePage, zoom: int) -> None:
    theme().set_zoom(zoom)
    page.show_athlete(named(page.live, "Jutta Leerdam"))
    page.resize(1000, 580)
    QApplication.processEvents()
    assert page.minimumSizeHint().height() <= 580
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.table.viewport().height() >= 2 * theme().row_height
