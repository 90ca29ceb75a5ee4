"""The medal table on screen: what it says, how it moves, and the way to the medals behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import RankBy
from medaldesk.exchange.sample import FOUNDING_RACE, TypedMark
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.models.standings_model import MedalsModel, StandingsModel
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.target import Place
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.choice_popup import ChoicePopup

Evening = tuple[Path, list[TypedMark]]
OpenPage = Callable[[Path], StandingsPage]


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[OpenPage]:
    """A function that shows the page of a book."""
    lives: list[LiveBook] = []

    def make(path: Path) -> StandingsPage:
        live = LiveBook(Book.open(path, who="clerk"))
        lives.append(live)
        page = StandingsPage(live)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        qtbot.waitExposed(page)
        return page

    yield make
    for live in lives:
        live.close()


def shown(page: StandingsPage, *columns: str) -> list[tuple[str, ...]]:
    """What stands in the table, row by row."""
    return [
        tuple(cell(page, row, column).data() for column in columns)
        for row in range(page.model.rowCount())
    ]


def table(page: StandingsPage) -> list[tuple[str, ...]]:
    return shown(page, "rank", "code", "gold", "silver", "bronze", "total", "other_rank")


def cell(page: StandingsPage, row: int, column: str) -> QModelIndex:
    number = page.model.column_of(column)
    assert number is not None
    return page.model.index(row, number)


def click(qtbot: QtBot, page: StandingsPage, row: int, column: str) -> None:
    centre = page.table.visualRect(cell(page, row, column)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=centre)


def type_marks(page: StandingsPage, marks: list[TypedMark]) -> None:
    for mark in marks:
        assert page.live.edit(lambda edits, typed=mark: edits.enter_mark(typed.result, typed.text))


def name_of(page: StandingsPage, result: int) -> str:
    reads = page.live.reads
    rows = reads.results(reads.event_of_result(result))
    return next(row.name for row in rows if row.id == result)


def medals_shown(page: StandingsPage) -> list[str]:
    model = page.medals.model
    athlete = model.column_of("athlete")
    assert athlete is not None
    return [model.index(row, athlete).data() for row in range(model.rowCount())]


def test_the_table_of_the_sample(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    assert table(page) == [
        ("1", "NED", "1", "1", "0", "2", "1"),
        ("2", "JPN", "0", "0", "1", "1", "2"),
    ]
    assert page._heading.pill.text() == "Official"
    assert page._heading.context.text() == (
        "Milano Cortina 2026 · 6–22 February 2026 · 1 event decided"
    )
    totals = [page.totals.text(column) for column in ("name", "gold", "silver", "bronze", "total")]
    assert totals == ["2 nations", "1", "1", "1", "3"]


def test_the_last_mark_moves_the_table_at_once_and_undo_moves_it_back(
    open_page: OpenPage, evening: Evening
) -> None:
    path, marks = evening
    page = open_page(path)
    last = next(mark for mark in marks if mark.name == "Jutta Leerdam")
    type_marks(page, [mark for mark in marks if mark is not last])
    before = table(page)
    assert [row[1:6] for row in before] == [
        ("NED", "1", "0", "0", "1"),
        ("JPN", "0", "1", "0", "1"),
        ("USA", "0", "0", "1", "1"),
    ]
    type_marks(page, [last])
    assert table(page) == [
        ("1", "NED", "1", "1", "0", "2", "1"),
        ("2", "JPN", "0", "0", "1", "1", "2"),
    ]
    assert page._heading.pill.text() == "as it stands"
    assert "0 events decided · 1 under way" in page._heading.context.text()
    page.live.undo()
    assert table(page) == before


def test_rows_that_moved_flash_and_say_by_how_many_places(
    open_page: OpenPage, evening: Evening
) -> None:
    path, marks = evening
    page = open_page(path)
    by_name = {mark.name: mark for mark in marks}
    type_marks(page, [by_name[name] for name in ("Brittany Bowe", "Miho Takagi")])
    assert shown(page, "rank", "code") == [("1", "JPN"), ("2", "USA")]
    type_marks(page, [by_name["Jutta Leerdam"]])
    assert shown(page, "rank", "code", "moved") == [
        ("1", "NED", "new"),
        ("2", "JPN", "▼1"),
        ("3", "USA", "▼1"),
    ]
    assert all(cell(page, row, "code").data(Role.FLASH) for row in range(3))
    assert cell(page, 1, "moved").data(Role.WEIGHT) == "muted"
    page.live.undo()
    assert shown(page, "code", "moved") == [("JPN", "▲1"), ("USA", "▲1")]


def test_a_change_that_moves_nothing_keeps_the_moves_and_flashes_nothing(
    open_page: OpenPage, evening: Evening
) -> None:
    path, marks = evening
    page = open_page(path)
    by_name = {mark.name: mark for mark in marks}
    names = ("Brittany Bowe", "Miho Takagi", "Femke Kok")
    type_marks(page, [by_name[name] for name in names])
    moves = shown(page, "code", "moved")
    page.model._end_flash()
    type_marks(page, [by_name["Suzanne Schulting"]])
    assert shown(page, "code", "moved") == moves
    assert not cell(page, 0, "code").data(Role.FLASH)


def test_total_first_by_mouse_swaps_the_ranks(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    page.show_competition(page.live.reads.competition_by_code("OWG1984").id)
    assert shown(page, "rank", "code", "other_rank")[0] == ("1", "GDR", "1")
    qtbot.mouseClick(page.controls.order.button(RankBy.TOTAL), Qt.MouseButton.LeftButton)
    number = page.model.column_of("other_rank")
    assert number is not None
    assert page.model.headerData(number, Qt.Orientation.Horizontal) == "By gold"
    assert page.rank_by is RankBy.TOTAL


def test_shared_ranks_are_marked(open_page: OpenPage, evening: Evening) -> None:
    path, marks = evening
    page = open_page(path)
    for mark in [mark for mark in marks if mark.name in ("Femke Kok", "Brittany Bowe")]:
        page.live.edit(lambda edits, typed=mark: edits.enter_mark(typed.result, "1:14.00"))
    assert shown(page, "rank", "code", "gold") == [("=1", "NED", "1"), ("=1", "USA", "1")]


def test_official_and_as_it_stands(qtbot: QtBot, open_page: OpenPage, evening: Evening) -> None:
    path, marks = evening
    page = open_page(path)
    assert page._heading.pill.text() == "Official"
    type_marks(page, marks)
    assert page._heading.pill.text() == "as it stands"
    qtbot.mouseClick(page.controls.basis.button(False), Qt.MouseButton.LeftButton)
    assert page._heading.pill.text() == "Official"
    assert page.table.isHidden()
    assert "Choose “As it stands”" in page._empty.text()
    event = page.live.reads.event_by_path(FOUNDING_RACE)
    page.live.edit(lambda edits: edits.make_official(event, date(2026, 2, 9)))
    assert shown(page, "code", "total") == [("NED", "2"), ("JPN", "1")]
    assert page._empty.isHidden()


def test_enter_on_a_number_shows_its_medals_and_enter_on_a_medal_its_result(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "name"))
    for _ in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.currentIndex() == cell(page, 0, "silver")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert medals_shown(page) == ["Femke Kok"]
    assert page.medals.heading.text() == "Netherlands · Silver: 1"
    assert page.medals.table.hasFocus()
    with qtbot.waitSignal(page.go) as signal:
        qtbot.keyClick(page.medals.table, Qt.Key.Key_Return)
    found = signal.args[0]
    assert found.place is Place.RESULT
    assert name_of(page, found.id) == "Femke Kok"
    qtbot.keyClick(page.medals.table, Qt.Key.Key_Escape)
    assert page.medals.isHidden()
    assert page.table.hasFocus()


def test_a_click_on_the_total_shows_all_medals_and_a_double_click_opens_one(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    click(qtbot, page, 0, "total")
    assert medals_shown(page) == ["Jutta Leerdam", "Femke Kok"]
    inner = page.medals.table
    qtbot.waitUntil(lambda: inner.viewport().height() > inner.rowHeight(0))
    centre = inner.visualRect(page.medals.model.index(0, 1)).center()
    qtbot.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    with qtbot.waitSignal(page.go) as signal:
        qtbot.mouseDClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert signal.args[0].place is Place.RESULT
    assert name_of(page, signal.args[0].id) == "Jutta Leerdam"


def test_the_medals_follow_the_race(qtbot: QtBot, open_page: OpenPage, evening: Evening) -> None:
    path, marks = evening
    page = open_page(path)
    by_name = {mark.name: mark for mark in marks}
    type_marks(page, [by_name["Femke Kok"]])
    click(qtbot, page, 0, "total")
    type_marks(page, [by_name["Jutta Leerdam"]])
    assert medals_shown(page) == ["Jutta Leerdam", "Femke Kok"]
    event = page.medals.model.column_of("event")
    assert event is not None
    assert page.medals.model.index(0, event).data() == "Women's 1000 m · as it stands"
    page.live.undo()
    page.live.undo()
    assert page.medals.isHidden()


def test_where_it_is_tight_the_medals_take_the_place_of_the_table(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    theme().set_zoom(200)
    page.resize(900, 700)
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "total"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.table.isHidden()
    assert page.medals.isVisible()
    qtbot.keyClick(page.medals.table, Qt.Key.Key_Escape)
    assert page.table.isVisible()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_another_competition_by_the_keyboard(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    qtbot.keyClick(page.filters.competitions, Qt.Key.Key_Return)
    popup = page.filters.popup
    assert isinstance(popup, ChoicePopup)
    qtbot.keyClick(popup.finder, Qt.Key.Key_Down)
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert "Beijing 2022" in page._heading.context.text()
    assert shown(page, "code", "gold")[0] == ("JPN", "1")


def test_zeros_are_muted_and_medals_are_read_by_name(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    assert cell(page, 0, "bronze").data(Role.WEIGHT) == "muted"
    assert cell(page, 0, "gold").data(Role.WEIGHT) != "muted"
    assert cell(page, 0, "gold").data(Qt.ItemDataRole.AccessibleTextRole) == "Gold: 1"
    header = page.table.horizontalHeader()
    number = page.model.column_of("gold")
    assert number is not None
    left = header.sectionViewportPosition(number)
    strip = header.grab().toImage()
    fill = theme().colours.medals[Medal.GOLD].fill
    pixels = range(left, left + header.sectionSize(number))
    assert any(strip.pixelColor(QPoint(x, header.height() // 2)) == fill for x in pixels)


def test_an_empty_book_says_what_to_do(open_page: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "empty.medaldesk"
    Book.create(path).close()
    page = open_page(path)
    assert "Add a competition" in page._empty.text()
    assert page._empty.isVisible()
    assert page.table.isHidden()


def test_a_competition_that_is_taken_back_gives_way_to_the_latest(
    open_page: OpenPage, tmp_path: Path
) -> None:
    from medaldesk.book.edits.programme import NewCompetition

    path = tmp_path / "empty.medaldesk"
    Book.create(path).close()
    page = open_page(path)
    new = NewCompetition("X2030", "Winter 2030", date(2030, 2, 1), date(2030, 2, 17))
    page.live.edit(lambda edits: edits.add_competition(new))
    assert "Winter 2030" in page._heading.context.text()
    assert "No medals yet" in page._empty.text()
    page.live.undo()
    assert page.competition_id is None


def test_models(qtmodeltester: ModelTester, evening: Evening) -> None:
    path, marks = evening
    with Book.open(path) as book:
        for mark in marks:
            book.edits.enter_mark(mark.result, mark.text)
        competition = book.reads.competition_by_code("OWG2026").id
        model = StandingsModel()
        qtmodeltester.check(model)
        for stands in (False, True):
            model.show_table(book.reads.medal_table(competition, as_it_stands=stands), moved=stands)
        nation = model.row(0).nation_id
        medals = MedalsModel()
        qtmodeltester.check(medals)
        found = book.reads.medals_of(competition, nation, as_it_stands=True)
        medals.show_medals("Milano Cortina 2026", found, flash=False)
        assert medals.rowCount() == 2
