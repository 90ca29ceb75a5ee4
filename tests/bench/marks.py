"""(a) Enter a mark: from the key that commits it to what it moved on screen."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from medaldesk.book.book import Book
from medaldesk.book.connection import connect
from medaldesk.gui.app import application
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from tests.bench.books import MEASURED
from tests.bench.clerk import typed_marks
from tests.bench.figures import Figures, copied, report, run, spread, table
from tests.bench.windows import PaintWatch

MARKS = 400
WARM_UP = 20


def measure(books: Sequence[Path]) -> list[Figures]:
    """Window, edit and raw commit in each book, one process a book."""
    found = [run(__name__, book) | {"book": book} for book in books]
    rows = []
    for figures in found:
        window, edit, raw = figures["window"], figures["edit"], figures["raw"]
        rows.append(
            {
                "a enter a mark": figures["book"].name.partition("-")[0],
                "window p50 ms": window["p50"],
                "p99 ms": window["p99"],
                "growth": window["p50"] / found[0]["window"]["p50"],
                "edit p50 ms": edit["p50"],
                "edit p99 ms": edit["p99"],
                "edit growth": edit["p50"] / found[0]["edit"]["p50"],
                "raw p50 ms": raw["p50"],
                "window/raw": window["p50"] / raw["p50"],
                "edit/raw": edit["p50"] / raw["p50"],
            }
        )
    table(f"Enter a mark, {found[0]['window']['count']} of them", rows)
    return rows


def main(book: str) -> None:
    """Measure one book on a copy: the raw commits before and after everything else."""
    with copied(Path(book)) as copy:
        raw = raw_commits(copy, MARKS // 2)
        edits = edit_alone(copy, MARKS)
        window = in_window(copy, MARKS)
        raw += raw_commits(copy, MARKS // 2)
    report({"window": spread(window), "edit": spread(edits), "raw": spread(raw)})


def raw_commits(book: Path, count: int) -> list[float]:
    """Seconds of each commit of one row, with the settings of a book."""
    taken = []
    with closing(connect(book, "rw")) as connection:
        (last,) = connection.execute("SELECT max(id) FROM result").fetchone()
        for number in range(count + WARM_UP):
            began = time.perf_counter()
            _update(connection, last - number % 30, number)
            taken.append(time.perf_counter() - began)
    return taken[WARM_UP:]


def _update(connection: sqlite3.Connection, result: int, number: int) -> None:
    connection.execute("UPDATE result SET wind = ? WHERE id = ?", (number, result))


def edit_alone(path: Path, count: int) -> list[float]:
    """Seconds of each edit, without a window."""
    taken = []
    with Book.open(path, who="bench") as book:
        for result, text in typed_marks(book.reads, count + WARM_UP):
            began = time.perf_counter()
            book.edits.enter_mark(result, text)
            taken.append(time.perf_counter() - began)
    return taken[WARM_UP:]


def in_window(path: Path, count: int) -> list[float]:
    """Seconds of each mark, from the Return key to the end of painting."""
    with opened(path) as window:
        return list(islice(enter(window, count + WARM_UP), WARM_UP, None))


@contextmanager
def opened(path: Path) -> Iterator[MainWindow]:
    """The window on the measured event, painted."""
    application()
    store = QSettings(str(path.with_name("settings.ini")), QSettings.Format.IniFormat)
    window = MainWindow(Settings(store))
    assert window.open_book(path)
    assert window.live is not None
    assert window.workspace is not None
    window.resize(1440, 860)
    window.show()
    window.workspace.show_event(window.live.reads.event_by_path(MEASURED))
    assert QTest.qWaitForWindowExposed(window)
    QApplication.processEvents()
    yield window
    window.close()


def enter(window: MainWindow, count: int) -> Iterator[float]:
    """Type marks as a clerk does; yields the seconds that each commit took."""
    assert window.live is not None
    watch = PaintWatch(_seen(window), window)
    for result, text in typed_marks(window.live.reads, count):
        editor = _type(window, result, text)
        watch.settle()
        began = time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        watch.settle()
        yield time.perf_counter() - began


def _seen(window: MainWindow) -> list[QWidget]:
    """Where an edit is seen: the page of the event, what changed, the medal table."""
    workspace = window.workspace
    assert workspace is not None
    page, side = workspace.event_page, workspace.side
    told = side.changes.viewport()
    inside = told.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [window, page, side, page.view.viewport(), side.table.viewport(), told, *inside]


def _type(window: MainWindow, result: int, text: str) -> QLineEdit:
    """Put the cursor on a mark and type over it: the first key opens the editor."""
    assert window.workspace is not None
    view = window.workspace.event_page.view
    view.go_to_result(result)
    QTest.keyClicks(view, text[0])
    editor = view.window().focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    return editor


if __name__ == "__main__":
    main(*sys.argv[1:])
