"""A record history on screen: the table and the chart tell the same, and move with the race."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.records import NewBaseline
from medaldesk.exchange.sample import TypedMark, fill, sample_facts
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.record_model import RecordModel, key_of
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.target import Place, Target

Evening = tuple[Path, list[TypedMark]]
OpenPage = Callable[..., RecordPage]


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[OpenPage]:
    """A function that shows the page of a book with a list, given by its code."""
    lives: list[LiveBook] = []

    def make(path: Path, code: str = "OR") -> RecordPage:
        live = LiveBook(Book.open(path, who="clerk"))
        lives.append(live)
        page = RecordPage(live)
        qtbot.addWidget(page)
        if lists := [found.id for found in live.reads.record_lists() if found.code == code]:
            page.show_list(lists[0])
        page.resize(900, 700)
        page.show()
        qtbot.waitExposed(page)
        return page

    yield make
    for live in lives:
        live.close()


def shown(page: RecordPage, *columns: str) -> list[tuple[str, ...]]:
    numbers = [page.model.column_of(column) for column in columns]
    return [
        tuple(page.model.index(row, number or 0).data() for number in numbers)
        for row in range(page.model.rowCount())
    ]


def type_marks(page: RecordPage, marks: list[TypedMark]) -> None:
    for mark in marks:
        assert page.live.edit(lambda edits, typed=mark: edits.enter_mark(typed.result, typed.text))


def selected_row(page: RecordPage) -> int:
    return page.table.currentIndex().row()


def test_the_history_stands_newest_first(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    rows = shown(page, "mark", "improvement", "record", "holder", "nation", "day", "unit", "stood")
    assert rows[:3] == [
        ("1:12.31", "−0.28", "OR", "Jutta Leerdam", "NED", "9 Feb 2026", "pair 15", "stands"),
        ("1:12.59", "−0.60", "", "Femke Kok", "NED", "9 Feb 2026", "pair 13", "2 pairs"),
        (
            "1:13.19", "−0.37", "", "Miho Takagi", "JPN", "17 Feb 2022", "pair 13",
            "3 years 357 days",
        ),
    ]  # fmt: skip
    assert rows[-1][:4] == ("1:34.1", "", "", "Klara Guseva")
    assert page._heading.title.text() == "Olympic record"
    assert page._heading.pill.text() == "1:12.31"
    assert page._heading.context.text() == ("Women's 1000 m · Speed Skating · Olympic Winter Games")


def test_the_liveliest_list_is_shown_first(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample, code="none")
    assert page._heading.title.text() == "Olympic record"


def test_the_race_breaks_the_record_twice_at_once_and_undo_restores_it(
    open_page: OpenPage, evening: Evening
) -> None:
    path, marks = evening
    page = open_page(path)
    assert shown(page, "mark")[0] == ("1:13.19",)
    type_marks(page, marks)
    assert shown(page, "mark", "holder")[:2] == [
        ("1:12.31", "Jutta Leerdam"),
        ("1:12.59", "Femke Kok"),
    ]
    assert [point.value for point in page.chart.points()][-2:] == [72_590_000, 72_310_000]
    assert page._heading.pill.text() == "1:12.31"
    assert page.model.index(0, 0).data(Role.FLASH)
    while page._heading.pill.text() != "1:13.19":
        page.live.undo()
    assert shown(page, "mark", "stood")[0] == ("1:13.19", "stands")


def test_an_equalled_record_is_marked(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    event = page.live.reads.event_by_path("OWG2026/SSKW1000M")
    jackson = next(row for row in page.live.reads.results(event) if row.name == "Erin Jackson")
    page.live.edit(lambda edits: edits.enter_mark(jackson.id, "1:13.19"))
    assert shown(page, "mark", "improvement", "record", "holder", "stood")[1:4] == [
        ("1:12.59", "−0.60", "", "Femke Kok", "2 pairs"),
        ("1:13.19", "", "=OR", "Erin Jackson", "2 pairs"),
        ("1:13.19", "−0.37", "", "Miho Takagi", "3 years 357 days"),
    ]
    assert [point.equalled for point in page.chart.points()][-3:] == [True, False, False]


def test_enter_leads_to_the_result(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.go) as signal:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    kok = page.model.row(1)
    assert kok.holder == "Femke Kok"
    assert signal.args == [Target(Place.RESULT, kok.result or 0)]
    with qtbot.waitSignal(page.go) as signal:
        qtbot.keyClick(page.chart, Qt.Key.Key_Return)
    assert signal.args == [Target(Place.RESULT, kok.result or 0)]


def test_table_and_chart_select_together(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    assert page.chart.selected == key_of(page.model.row(0))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.chart.selected == key_of(page.model.row(2))
    qtbot.keyClick(page.chart, Qt.Key.Key_Left)
    assert selected_row(page) == 3
    first = key_of(page.model.row(page.model.rowCount() - 1))
    place = page.chart.position(first).toPoint()
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=place)
    assert selected_row(page) == page.model.rowCount() - 1


def test_a_baseline_alone_has_no_result_to_go_to(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample, code="WR")
    assert shown(page, "mark", "record", "holder", "where", "unit", "stood") == [
        ("1:11.61", "WR", "Brittany Bowe", "Salt Lake City", "", "stands")
    ]
    with qtbot.assertNotEmitted(page.go):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert len(page.chart.points()) == 1


def test_another_list_by_the_keyboard(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    qtbot.keyClick(page._lists, Qt.Key.Key_Up)
    assert page._heading.title.text() == "World record"
    assert selected_row(page) == 0


def test_a_book_without_lists_says_how_to_add_one_and_shows_it_then(
    open_page: OpenPage, tmp_path: Path
) -> None:
    path = tmp_path / "empty.medaldesk"
    Book.create(path, who="clerk").close()
    page = open_page(path)
    assert "Ctrl+R" in page._empty.text()
    assert page._empty.isVisible()
    assert page.chart.isHidden() or not page.chart.isVisible()
    fill(page.live.book, sample_facts())
    assert page.model.rowCount() > 0
    assert page._empty.isHidden()


def test_a_new_list_and_its_baseline_show_at_once(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    event_type = page.live.reads.event_type_by_code("SSKW1000M").id
    page.live.edit(lambda edits: edits.add_record_list("NR", event_type))
    added = next(found.id for found in page.live.reads.record_lists() if found.code == "NR")
    page.show_list(added)
    baseline = NewBaseline(holder="Somebody", mark="1:10.00")
    page.live.edit(lambda edits: edits.set_baseline(added, baseline))
    assert ("1:10.00", "Somebody", "") in shown(page, "mark", "holder", "day")


def test_saving_a_picture(
    qtbot: QtBot,
    open_page: OpenPage,
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(sample)
    target = tmp_path / "record.svg"
    answers = [str(target), str(tmp_path / "nowhere" / "record.png")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answers.pop(0), ""))
    save = next(action for action in page.chart.actions() if action.text().startswith("Save"))
    save.trigger()
    assert "1:12.31" in target.read_text(encoding="utf-8")
    save.trigger()
    box = page.findChild(QMessageBox)
    assert box is not None
    assert "could not be written" in box.text()
    box.close()


def test_model(qtmodeltester: ModelTester, sample: Path) -> None:
    with Book.open(sample) as book:
        model = RecordModel()
        qtmodeltester.check(model)
        for found in book.reads.record_lists():
            model.show_history(book.reads.record_history(found.id))
        assert model.rowCount() > 20


def test_in_a_low_window_the_chart_shrinks_and_leaves_before_the_lines_do(
    open_page: OpenPage, sample: Path, qtbot: QtBot
) -> None:
    page = open_page(sample)

    def lines() -> int:
        return page.table.viewport().height() // page.table.rowHeight(0)

    qtbot.wait(1)
    tall = page.chart.height()
    page.resize(900, 340)
    qtbot.waitUntil(lambda: page.chart.height() < tall)
    assert page.chart.isVisible()
    assert lines() >= 3
    page.resize(900, 260)
    qtbot.waitUntil(lambda: not page.chart.isVisible())
    assert lines() >= 3
    page.resize(900, 700)
    qtbot.waitUntil(lambda: page.chart.isVisible() and page.chart.height() == tall)
