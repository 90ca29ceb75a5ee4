"""A record history on screen: the table and the chart tell the same, and move with the race."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.records import NewBaseline, NewPublished, RecordPolicy
from medaldesk.book.reads.records import RecordRow
from medaldesk.domain.records import Ruling
from medaldesk.exchange.sample import TypedMark, fill, sample_facts
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.ruling_dialog import RulingDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.record_model import RecordModel, key_of
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.list_chooser import ListsPopup
from medaldesk.gui.widgets.records_strip import Chip
from medaldesk.gui.workspace import Tab

Evening = tuple[Path, list[TypedMark]]
OpenPage = Callable[..., RecordPage]


popup_opens = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


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


def offered(popup: ListsPopup) -> list[str]:
    return [popup.list.item(number).text().strip() for number in range(popup.list.count())]


def rule(page: RecordPage, row: RecordRow, ruling: Ruling, day: date) -> None:
    list_id, result = page.list_id or 0, row.result or 0
    assert page.live.edit(lambda edits: edits.rule_record(list_id, result, ruling, day, "ISU"))


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


@popup_opens
def test_another_list_is_found_by_typing(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    qtbot.keyClick(page.lists, Qt.Key.Key_Down)
    popup = page.findChild(ListsPopup)
    assert popup is not None
    assert offered(popup) == ["Women's 1000 m", "WR   World record", "OR   Olympic record"]
    assert popup.list.currentItem().text().strip() == "OR   Olympic record"
    qtbot.keyClicks(popup.finder, "wom world")
    assert offered(popup) == ["Women's 1000 m", "WR   World record"]
    qtbot.keyClick(popup.finder, Qt.Key.Key_Return)
    assert page._heading.title.text() == "World record"
    assert page.lists.value == "WR · Women's 1000 m"
    assert selected_row(page) == 0


@popup_opens
def test_the_arrows_step_from_list_to_list(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    popup = page.lists.open_lists()
    qtbot.keyClick(popup.finder, Qt.Key.Key_Up)
    qtbot.keyClick(popup.finder, Qt.Key.Key_Up)
    qtbot.keyClick(popup.finder, Qt.Key.Key_Return)
    assert page._heading.title.text() == "World record"
    popup = page.lists.open_lists()
    qtbot.keyClicks(popup.finder, "nothing like it")
    assert offered(popup) == []
    with qtbot.assertNotEmitted(page.lists.picked):
        qtbot.keyClick(popup.finder, Qt.Key.Key_Return)
    popup.close()


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


# Rulings


def test_r26_annulling_restores_what_stood_and_reinstating_takes_it_back(
    open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    before = shown(page, "mark", "record", "stood")
    assert page.model.column_of("status") is None
    leerdam = page.model.row(0)
    rule(page, leerdam, Ruling.ANNULLED, date(2026, 3, 1))
    assert shown(page, "mark", "record", "holder", "status", "stood")[0] == (
        "1:12.59", "OR", "Femke Kok", "", "stands",
    )  # fmt: skip
    assert page._heading.pill.text() == "1:12.59"
    last = page.model.rowCount() - 1
    assert shown(page, "mark", "holder", "status", "stood")[last] == (
        "1:12.31", "Jutta Leerdam", "Annulled", "",
    )  # fmt: skip
    mark = page.model.index(last, 0)
    assert mark.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert mark.data(Role.WEIGHT) == "muted"
    assert mark.data(Qt.ItemDataRole.ToolTipRole) == "Annulled, 1 March 2026 (ISU)"
    rule(page, leerdam, Ruling.REINSTATED, date(2026, 4, 1))
    assert shown(page, "mark", "record", "stood") == before
    assert shown(page, "holder", "status")[0] == ("Jutta Leerdam", "Reinstated")


def test_what_was_annulled_is_a_dot_of_its_own(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    leerdam = page.model.row(0)
    rule(page, leerdam, Ruling.ANNULLED, date(2026, 3, 1))
    assert key_of(leerdam) not in {point.key for point in page.chart.points()}
    assert page.chart.grab().width() == page.chart.width()
    place = page.chart.position(key_of(leerdam)).toPoint()
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=place)
    assert selected_row(page) == page.model.rowCount() - 1
    assert "Annulled, 1 March 2026 (ISU)" in page.chart.accessibleDescription()


def test_records_are_provisional_where_they_are_to_be_ratified(
    open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    policy = RecordPolicy(needs_ratification=True)
    page.live.edit(lambda edits: edits.change_record_list(page.list_id, policy))
    assert shown(page, "holder", "status")[:2] == [
        ("Jutta Leerdam", "Provisional"), ("Femke Kok", "Provisional"),
    ]  # fmt: skip
    assert page._heading.context.text().splitlines()[1] == "to be ratified"
    rule(page, page.model.row(0), Ruling.RATIFIED, date(2026, 3, 1))
    assert shown(page, "status")[:2] == [("Ratified",), ("Provisional",)]


def test_the_mark_under_the_cursor_is_ruled_on(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)

    def annul() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RulingDialog)
        qtbot.keyClick(dialog.rulings, Qt.Key.Key_A)
        qtbot.keyClicks(dialog.day, "1 Mar 2026")
        qtbot.keyClick(dialog.day, Qt.Key.Key_Return)

    QTimer.singleShot(0, annul)
    page.rule()
    assert shown(page, "holder")[0] == ("Femke Kok",)
    assert page.model.row(selected_row(page)).holder == "Jutta Leerdam"
    page.live.undo()
    assert shown(page, "holder")[0] == ("Jutta Leerdam",)


def test_what_cannot_be_ruled_on_says_so(qtbot: QtBot, open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample, code="WR")
    with qtbot.waitSignal(page.live.noted) as told:
        page.rule()
    assert told.args == ["This mark stood before the book begins: put the cursor on another one."]


def test_a_book_that_is_only_read_is_not_ruled_in(
    qtbot: QtBot, sample: Path, open_page: OpenPage
) -> None:
    open_page(sample)
    reader = LiveBook(Book.open(sample, read_only=True))
    page = RecordPage(reader)
    qtbot.addWidget(page)
    page.show()
    for do in (page.rule, page.change_list, page.edit_published, page.delete_list):
        do()
    assert page.model.rowCount() > 20
    reader.close()


def test_a_record_is_ruled_on_from_the_sheet(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path
) -> None:
    window = open_window(sample)
    space = window.workspace
    assert space is not None
    assert window.live is not None
    event = window.live.reads.event_by_path("OWG2026/SSKW1000M")
    space.go(Target(Place.EVENT, event))
    results = {row.name: row.id for row in window.live.reads.results(event)}
    space.event_page.show_result(results["Miho Takagi"])
    window.actions_[Command.RULE_RECORD].trigger()
    assert space.tab is Tab.EVENT
    assert "no record" in window.notice.text
    space.event_page.show_result(results["Femke Kok"])
    titles = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RulingDialog)
        titles.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, look)
    window.actions_[Command.RULE_RECORD].trigger()
    assert titles == ["Rule on record"]
    page = space.page(Tab.RECORDS)
    assert isinstance(page, RecordPage)
    assert space.tab is Tab.RECORDS
    assert page.model.row(selected_row(page)).holder == "Femke Kok"


# Published, scope and lists that come and go


def test_the_history_stands_beside_what_was_published(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    assert not page.compare.isVisible()
    lines = [NewPublished("Takagi", "1:13.19"), NewPublished("Jutta Leerdam", "1:12.31")]
    page.live.edit(lambda edits: edits.set_published(page.list_id, lines))
    assert page.compare.isVisible()
    qtbot.keyClick(page.compare, Qt.Key.Key_Space)
    assert page.comparison.isVisible()
    assert not page.table.isVisible()
    model, said = page.compared, page.compared.column_of("said")
    assert [model.index(row, said or 0).data() for row in range(3)] == [
        "as published", "not published: short-lived", "as published",
    ]  # fmt: skip
    assert model.index(0, 0).data(Role.WEIGHT) == "muted"
    assert page.summary.text().startswith("2 as published · 11 short-lived")
    page.live.edit(lambda edits: edits.set_published(page.list_id, []))
    assert page.table.isVisible()
    assert not page.compare.isVisible()


def test_a_list_says_to_what_it_is_narrowed_and_how_it_judges(
    open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    reads = page.live.reads
    event_type = reads.event_type_by_code("SSKW1000M").id
    nation = reads.nation_by_code("JPN")
    policy = RecordPolicy(shares_equal=False, minimum_margin=10_000)
    page.live.edit(
        lambda edits: edits.add_record_list(
            "NJR", event_type, nation=nation, age_class="U19@07-01", policy=policy
        )
    )
    page.show_list(max(found.id for found in reads.record_lists()))
    assert page._heading.context.text().splitlines() == [
        "Women's 1000 m · Speed Skating · JPN",
        "U19@07-01: not yet 19 before the last 1 July · equal marks do not share the record "
        "· better by at least 0.01",
    ]
    assert "date of birth" in page._empty.text()
    assert not page.table.isVisible()


def test_a_deleted_list_is_told_and_undo_shows_it_again(
    qtbot: QtBot, open_page: OpenPage, sample: Path
) -> None:
    page = open_page(sample)
    deleted = page.list_id
    with qtbot.waitSignal(page.live.noted) as told:
        page.delete_list()
    assert told.args == ["Olympic record in Women's 1000 m was deleted. Ctrl+Z brings it back."]
    assert page._heading.title.text() == "World record"
    page.live.undo()
    assert page.list_id == deleted
    assert page._heading.title.text() == "Olympic record"


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_page_fits_a_small_window(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path, zoom: int
) -> None:
    theme().set_zoom(zoom)
    window = open_window(sample)
    assert window.workspace is not None
    window.workspace.show_tab(Tab.RECORDS)
    window.resize(1024, 700)
    qtbot.wait(1)
    assert (window.width(), window.height()) == (1024, 700)
    page = window.workspace.page(Tab.RECORDS)
    assert isinstance(page, RecordPage)
    assert page.table.viewport().height() >= 3 * theme().row_height


def test_a_chip_tells_lists_of_one_kind_apart(open_page: OpenPage, sample: Path) -> None:
    page = open_page(sample)
    reads = page.live.reads
    event_type = reads.event_type_by_code("SSKW1000M").id
    for code in ("JPN", "BLR"):
        nation = reads.nation_by_code(code)
        page.live.edit(lambda edits, of=nation: edits.add_record_list("NR", event_type, nation=of))
    histories = [
        reads.record_history(found.id) for found in reads.record_lists() if found.code == "NR"
    ]
    told = [Chip(history, "2026-02-09", lambda row: row.holder).text() for history in histories]
    assert told == [
        "NR JPN 1:13.19 Miho Takagi JPN 2022",
        "NR BLR 1:15.03 Anzhelika Kotyuga BLR 2002",
    ]
