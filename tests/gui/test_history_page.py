"""The journal on screen: what was done, undone, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.reads.history import JournalEntry
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.journal_model import PAGE, JournalModel
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.pages.history_page import HistoryPage


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    live = LiveBook(Book.open(sample, who="clerk"))
    yield live
    live.close()


@pytest.fixture
def page(qtbot: QtBot, live: LiveBook) -> HistoryPage:
    page = HistoryPage(live)
    qtbot.addWidget(page)
    page.resize(800, 500)
    page.show()
    qtbot.waitExposed(page)
    return page


def column(page: HistoryPage, key: str) -> list[str]:
    number = page.model.column_of(key)
    assert number is not None
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def rename(live: LiveBook, name: str) -> None:
    assert live.edit(lambda edits: edits.rename_book(name))


def visible(page: HistoryPage) -> list[str]:
    texts = column(page, "what")
    return [text for row, text in enumerate(texts) if not page.table.isRowHidden(row)]


def test_new_entries_come_on_top_without_a_reset(
    qtbot: QtBot, live: LiveBook, page: HistoryPage
) -> None:
    before = column(page, "what")
    with qtbot.assertNotEmitted(page.model.modelReset), qtbot.waitSignal(page.model.rowsInserted):
        rename(live, "Ice")
    assert column(page, "what") == ["Rename book: Ice", *before]
    assert column(page, "who")[0] == "clerk"
    assert column(page, "when")[0].startswith(("today ", "yesterday "))


def test_what_was_taken_back_is_struck_through(live: LiveBook, page: HistoryPage) -> None:
    rename(live, "Ice")
    rename(live, "Snow")
    live.undo()
    assert column(page, "what")[:3] == [
        "Undo: Rename book: Snow",
        "Rename book: Snow",
        "Rename book: Ice",
    ]
    taken_back, stands = page.model.index(1, 2), page.model.index(2, 2)
    assert taken_back.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert taken_back.data(Role.WEIGHT) == "muted"
    assert taken_back.data(Qt.ItemDataRole.AccessibleTextRole) == "Rename book: Snow, taken back"
    assert stands.data(Qt.ItemDataRole.FontRole) is None
    live.redo()
    assert page.model.index(2, 2).data(Qt.ItemDataRole.FontRole) is None


def test_a_page_out_of_sight_catches_up(live: LiveBook, page: HistoryPage) -> None:
    page.hide()
    rename(live, "Ice")
    live.undo()
    page.show()
    assert column(page, "what")[:2] == ["Undo: Rename book: Ice", "Rename book: Ice"]


def test_scrolling_down_loads_the_rest(qtbot: QtBot, live: LiveBook, page: HistoryPage) -> None:
    for number in range(2 * PAGE):
        live.book.edits.rename_book(f"Book {number}")
    page.model.reset_rows(())
    page.refresh()
    assert page.model.rowCount() == PAGE
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_End, ctrl)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 * PAGE)
    qtbot.keyClick(page.table, Qt.Key.Key_End, ctrl)
    qtbot.waitUntil(lambda: page.model.complete)
    assert column(page, "what")[-1].startswith("Create book")
    assert len(set(page.model.rows())) == page.model.rowCount() == live.reads.last_journal()


def test_the_filter_hides_what_does_not_match(
    qtbot: QtBot, live: LiveBook, page: HistoryPage
) -> None:
    for name in ("Ice", "Snow"):
        rename(live, name)
    qtbot.keyClicks(page.filter, "SNOW rename")
    assert visible(page) == ["Rename book: Snow"]
    assert page._count.text() == f"1 of all {page.model.rowCount()} entries"
    rename(live, "Water")
    rename(live, "Snow again")
    assert visible(page) == ["Rename book: Snow again", "Rename book: Snow"]
    qtbot.keyClick(page.filter, Qt.Key.Key_Escape)
    assert len(visible(page)) == page.model.rowCount()
    assert page._foot.isHidden()


def test_a_filter_does_not_read_the_whole_journal_until_asked(
    qtbot: QtBot, live: LiveBook, page: HistoryPage
) -> None:
    for number in range(PAGE):
        live.book.edits.rename_book(f"Book {number}")
    page.model.reset_rows(())
    page.filter.setText("create")
    page.refresh()
    assert visible(page) == []
    assert page.model.rowCount() == PAGE
    qtbot.mouseClick(page.older, Qt.MouseButton.LeftButton)
    assert len(visible(page)) == 2
    assert page.older.isHidden()


def entry(number: int, at: datetime) -> JournalEntry:
    stamp = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return JournalEntry(number, stamp, "clerk", "edit", Action.ENTER_MARK, "", False, 1)


def test_days_have_words(qtmodeltester: ModelTester) -> None:
    now = datetime(2026, 2, 9, 18, 30)
    times = [now, now - timedelta(days=1), now - timedelta(days=2)]
    entries = [entry(3 - n, at) for n, at in enumerate(times)]
    model = JournalModel(lambda before=None, limit=200: entries, now=lambda: now)
    model.reload()
    texts = [model.index(row, 0).data() for row in range(3)]
    assert texts == ["today 18:30", "yesterday 18:30", "7 Feb 2026 18:30"]
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "2026-02-09 18:30:00"
    qtmodeltester.check(model)


def test_model_that_loads_page_by_page(qtmodeltester: ModelTester) -> None:
    start = datetime(2026, 2, 9, 12, 0)
    journal = [entry(n, start) for n in range(3 * PAGE, 0, -1)]

    def read(before: int | None = None, limit: int = 200) -> list[JournalEntry]:
        return [row for row in journal if before is None or row.id < before][:limit]

    model = JournalModel(read, now=lambda: start)
    model.reload()
    qtmodeltester.check(model)
    while not model.complete:
        model.load_older()
    assert [row.id for row in model.rows()] == [row.id for row in journal]


def test_a_gap_between_new_and_old_is_never_shown() -> None:
    start = datetime(2026, 2, 9, 12, 0)
    journal = [entry(n, start) for n in range(PAGE + 1, 0, -1)]

    def read(before: int | None = None, limit: int = 200) -> list[JournalEntry]:
        return [row for row in journal if before is None or row.id < before][:limit]

    model = JournalModel(read, now=lambda: start)
    model.load_newest()
    journal[:0] = [entry(n, start) for n in range(5 * PAGE, PAGE + 1, -1)]
    model.load_newest()
    assert [row.id for row in model.rows()] == [row.id for row in journal[:PAGE]]
    assert not model.complete
