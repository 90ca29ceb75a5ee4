"""Imports, and undo of large steps, beside the window: told by signals, stopped at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, SignalInstance
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.errors import BookReadOnly, UndoConflict
from medaldesk.book.import_errors import WorkerGone
from medaldesk.book.sheets import SheetError
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.preview import Applied, Look, Preview, Reported
from medaldesk.exchange.importing.worker import Apply
from medaldesk.gui import live_book
from medaldesk.gui.actions import Command
from medaldesk.gui.import_task import ImportTask
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.reports.words import sentence

FILE = """competition,start_date,end_date,discipline,event,gender,mark_kind,athlete,nation,mark
WC1984,1984-02-08,1984-02-19,SSK,SSKW9999M,W,time,Karin Enke,GDR,1:21.61
WC1984,1984-02-08,1984-02-19,SSK,SSKW9999M,W,time,Andrea Schöne,GDR,1:22.83
WC1984,1984-02-08,1984-02-19,SSK,SSKW9999M,W,time,Somebody Else,QQQ,1:23.21
"""
PATIENCE = 60_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "race.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def live(qtbot: QtBot, sample: Path) -> Iterator[LiveBook]:
    live = LiveBook(Book.open(sample, who="clerk"))
    yield live
    live.close()


@pytest.fixture
def task(live: LiveBook) -> Iterator[ImportTask]:
    task = ImportTask(live)
    yield task
    task.close()


def answered(qtbot: QtBot, task: ImportTask, signal: SignalInstance) -> object:
    """What a signal carries, once the task has answered; what went wrong is no answer."""
    told: list[object] = []
    wrong: list[object] = []
    signal.connect(told.append)
    task.failed.connect(wrong.append)
    qtbot.waitUntil(lambda: not task.is_busy, timeout=PATIENCE)
    signal.disconnect(told.append)
    task.failed.disconnect(wrong.append)
    assert not wrong
    (answer,) = told
    return answer


def look(qtbot: QtBot, task: ImportTask, path: Path) -> Look:
    task.look([path])
    found = answered(qtbot, task, task.looked)
    assert isinstance(found, Look)
    return found


def plan(qtbot: QtBot, task: ImportTask, path: Path) -> Preview:
    task.plan([source.mapping for source in look(qtbot, task, path).sources])
    preview = answered(qtbot, task, task.planned)
    assert isinstance(preview, Preview)
    return preview


def competitions(live: LiveBook) -> set[str]:
    return {row.code for row in live.reads.competitions()}


def test_an_import_is_told_to_every_page_before_to_whoever_made_it(
    qtbot: QtBot, live: LiveBook, task: ImportTask, file: Path
):
    told: list[object] = []
    live.changed.connect(lambda change: told.append(change.action))
    task.applied.connect(told.append)
    preview = plan(qtbot, task, file)
    assert (preview.rows, preview.problem_count) == ({Fate.NEW: 2}, 1)
    assert "WC1984" not in competitions(live)
    with qtbot.waitSignal(task.applied, timeout=PATIENCE):
        task.apply()
    assert told == [Action.IMPORT_RESULTS, Applied(live.reads.last_journal())]
    assert "WC1984" in competitions(live)
    assert not task.is_busy
    live.undo()
    assert "WC1984" not in competitions(live)
    live.redo()
    assert "WC1984" in competitions(live)


def test_the_window_goes_on_meanwhile(qtbot: QtBot, task: ImportTask, file: Path):
    ticks: list[bool] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(task.is_busy))
    timer.start()
    stages: list[str] = []
    task.progressed.connect(lambda stage, _done, _total: stages.append(stage))
    plan(qtbot, task, file)
    timer.stop()
    assert any(ticks)
    assert "match" in stages


def test_what_cannot_be_read_is_told(qtbot: QtBot, task: ImportTask, tmp_path: Path):
    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as told:
        task.look([tmp_path / "missing.csv"])
    assert isinstance(told.args[0], SheetError)
    assert not task.is_busy


def test_cancelled_nothing_has_happened_and_it_can_begin_again(
    qtbot: QtBot, live: LiveBook, task: ImportTask, file: Path
):
    plan(qtbot, task, file)
    last = live.reads.last_journal()
    task.apply()
    with qtbot.waitSignal(task.cancelled, timeout=PATIENCE):
        task.cancel()
    assert live.reads.last_journal() == last
    assert live.edit(lambda edits: edits.rename_book("Mine"))
    assert plan(qtbot, task, file).taken == 2


def test_a_cancel_that_comes_too_late_is_no_cancel(
    qtbot: QtBot, live: LiveBook, task: ImportTask, file: Path
):
    plan(qtbot, task, file)
    task._timer.stop()
    task._worker.ask(Apply())
    before = live.reads.last_journal()
    qtbot.waitUntil(lambda: live.reads.last_journal() > before, timeout=PATIENCE)
    with qtbot.waitSignal(task.applied, timeout=PATIENCE) as told:
        task.cancel()
    assert told.args[0] == Applied(before + 1)
    assert "WC1984" in competitions(live)
    assert live.edit(lambda edits: edits.undo())


def test_a_worker_that_died_is_told(qtbot: QtBot, live: LiveBook, task: ImportTask, file: Path):
    plan(qtbot, task, file)
    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as told:
        task.apply()
        task._worker._child._process.kill()
    assert isinstance(told.args[0], WorkerGone)
    assert sentence(told.args[0])
    assert live.edit(lambda edits: edits.rename_book("Mine"))


def test_a_reader_is_told_that_it_cannot_write(
    qtbot: QtBot, live: LiveBook, sample: Path, file: Path
):
    reader = LiveBook(Book.open(sample))
    task = ImportTask(reader)
    plan(qtbot, task, file)
    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as told:
        task.apply()
    assert isinstance(told.args[0], BookReadOnly)
    task.close()
    reader.close()


def test_rows_that_are_not_taken_are_written_down(qtbot: QtBot, task: ImportTask, file: Path):
    plan(qtbot, task, file)
    out = file.with_name("out.csv")
    with qtbot.waitSignal(task.reported, timeout=PATIENCE) as told:
        task.report(out, sentence)
    assert told.args == [Reported(1, (out,))]
    assert "QQQ" in out.read_text(encoding="utf-8")


# Large steps

OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def window(open_window: OpenWindow, sample: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window in which an event was just deleted, which is a large step here."""
    window = open_window(sample)
    window.actions_[Command.DELETE_EVENT].trigger()
    monkeypatch.setattr(live_book, "LARGE", 2)
    return window


def events(window: MainWindow) -> int:
    assert window.live is not None
    reads = window.live.reads
    return sum(len(reads.events(found.id)) for found in reads.competitions())


def ended(window: MainWindow) -> bool:
    return window.live is not None and window.live.large_step is None


def test_a_large_step_is_made_beside_the_window(qtbot: QtBot, window: MainWindow):
    before = events(window)
    window.actions_[Command.UNDO].trigger()
    assert window.live is not None
    assert window.live.large_step is not None
    assert window.live.large_step.isVisible()
    qtbot.waitUntil(lambda: ended(window), timeout=PATIENCE)
    assert events(window) == before + 1
    window.actions_[Command.REDO].trigger()
    qtbot.waitUntil(lambda: ended(window), timeout=PATIENCE)
    assert events(window) == before
    assert window.live.book.check() == []


def test_escape_stops_a_large_step(qtbot: QtBot, window: MainWindow):
    before = events(window)
    window.actions_[Command.UNDO].trigger()
    assert window.live is not None
    assert window.live.large_step is not None
    qtbot.keyClick(window.live.large_step, Qt.Key.Key_Escape)
    assert ended(window)
    assert events(window) == before
    assert window.live.edit(lambda edits: edits.rename_book("Mine"))


def test_a_large_step_that_cannot_be_made_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    assert window.live is not None
    window.actions_[Command.UNDO].trigger()
    qtbot.waitUntil(lambda: ended(window), timeout=PATIENCE)
    with closing(sqlite3.connect(window.live.path)) as connection, connection:
        connection.execute("UPDATE result SET note = 'other'")
    with qtbot.waitSignal(window.live.failed, timeout=PATIENCE) as told:
        window.actions_[Command.REDO].trigger()
    assert isinstance(told.args[0], UndoConflict)
    assert ended(window)


def test_closing_the_window_gives_a_large_step_up(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    assert window.live is not None
    path = window.live.path
    before = events(window)
    window.actions_[Command.UNDO].trigger()
    window.close()
    with Book.open(path) as book:
        assert book.can_write
        assert sum(len(book.reads.events(c.id)) for c in book.reads.competitions()) == before
