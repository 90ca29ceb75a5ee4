"""The worker process: it answers, it can be killed at any moment, and it leaves nothing behind."""

from __future__ import annotations

import gzip
import os
import queue
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.errors import (
    BookExists,
    BookLent,
    BookReadOnly,
    BookUnreachable,
    NothingToUndo,
)
from medaldesk.book.import_errors import WorkerGone
from medaldesk.book.sheets import SheetError
from medaldesk.exchange.exporting import ExportKind
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.preview import Applied, Look, Preview, Reported
from medaldesk.exchange.importing.session import ImportSession
from medaldesk.exchange.importing.watch import Stage
from medaldesk.exchange.importing.worker import (
    Answered,
    Apply,
    Command,
    Event,
    Export,
    ImportWorker,
    LookAt,
    MakePlan,
    Progressed,
    Redo,
    Report,
    Undo,
)
from medaldesk.reports.words import sentence
from tests.book.worlds import everything
from tests.exchange.importing_desk import sheet

EVENTS, SKATERS = 40, 100
MANY = 250


def write(path: Path, competition: str, year: int, skaters: int = SKATERS) -> Path:
    chance = random.Random(year)
    with path.open("w", encoding="utf-8") as file:
        file.write("competition,start_date,end_date,discipline,event,gender,mark_kind,")
        file.write("athlete,nation,mark\n")
        games = f"{competition},{year}-02-08,{year}-02-19,SSK"
        for event in range(EVENTS):
            for skater in range(skaters):
                mark = f"{chance.randint(7000, 9999) / 100:.2f}"
                file.write(f"{games},Race {event},W,time,Ann B{skater},NED,{mark}\n")
        file.write(f"{games},Race 1,W,time,Bea Cee,QQQ,75.00\n")
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four thousand results in forty events; one row is of a nation that nobody knows."""
    return write(tmp_path_factory.mktemp("files") / "file.csv", "OWG1984", 1984)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of ten thousand: what is stopped half way takes a while."""
    return write(tmp_path_factory.mktemp("files") / "large.csv", "OWG1984", 1984, MANY)


@pytest.fixture(scope="module")
def careers(empty_book: Path, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the four thousand, which keeps bests and records of every event."""
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("books") / "careers.medaldesk"))
    session = ImportSession(path, who="clerk")
    look = session.look([file])
    session.plan([source.mapping for source in look.sources])
    with Book.open(path, who="clerk") as book:
        book.lend()
        session.apply()
        book.take_back()
        book.poll()
        with book.edits.together(Action.CHANGE_EVENT_TYPE, "careers and records") as writer:
            for event_type in book.reads.event_types():
                writer.update("event_type", event_type.id, keeps_bests=1)
                book.edits.add_record_list("WR", event_type.id)
    return path


@pytest.fixture
def worker(book: Book) -> Iterator[ImportWorker]:
    worker = ImportWorker(book)
    yield worker
    worker.close()


def asked(worker: ImportWorker, command: Command) -> object:
    worker.ask(command)
    return worker.answer()


def planned(worker: ImportWorker, path: Path) -> Preview:
    look = asked(worker, LookAt((path,)))
    assert isinstance(look, Look)
    preview = asked(worker, MakePlan(tuple(source.mapping for source in look.sources)))
    assert isinstance(preview, Preview)
    return preview


def until(worker: ImportWorker, stage: Stage, done: int = 0) -> None:
    """Wait until a stage is told of, and that so much of it is done."""
    while True:
        event = worker.wait()
        assert isinstance(event, Progressed)
        if event.stage is stage and event.done >= done:
            return


def test_an_import_from_files_to_undo(book: Book, worker: ImportWorker, file: Path):
    preview = planned(worker, file)
    assert preview.rows == {Fate.NEW: EVENTS * SKATERS}
    assert preview.problem_count == 1
    stages: set[Stage] = set()
    worker.ask(Apply())
    applied = worker.answer(lambda event: stages.add(event.stage))
    assert stages == {Stage.WRITE, Stage.DERIVE}
    assert len(book.poll()) == 1
    assert applied == Applied(book.reads.last_journal())
    after = everything(book.path)
    assert len(after["result"]) == EVENTS * SKATERS
    assert book.check() == []
    assert isinstance(asked(worker, Undo()), Applied)
    assert sheet(book.path) == []
    assert isinstance(asked(worker, Redo()), Applied)
    assert everything(book.path) == after
    assert [change.kind for change in book.poll()] == ["undo", "redo"]
    book.edits.undo()
    assert sheet(book.path) == []


def test_what_went_wrong_comes_back_as_it_is(book: Book, worker: ImportWorker, tmp_path: Path):
    with pytest.raises(SheetError) as caught:
        asked(worker, LookAt((tmp_path / "missing.csv",)))
    assert caught.value.details["path"] == tmp_path / "missing.csv"
    with pytest.raises(NothingToUndo):
        asked(worker, Undo())
    assert not worker.is_busy
    book.edits.rename_book("Mine")


def test_rows_that_are_not_taken_are_written_with_their_reasons(
    worker: ImportWorker, file: Path, tmp_path: Path
):
    planned(worker, file)
    out = tmp_path / "out.csv"
    assert asked(worker, Report(out, sentence)) == Reported(1, (out,))
    assert "QQQ" in out.read_text(encoding="utf-8")


def test_while_the_worker_writes_nobody_else_does(book: Book, worker: ImportWorker, file: Path):
    planned(worker, file)
    book.edits.rename_book("Mine")
    asked(worker, Undo())
    worker.ask(Redo())
    with pytest.raises(BookLent):
        book.edits.rename_book("Ours")
    worker.answer()
    book.edits.rename_book("Ours")


def test_a_reader_asks_for_no_edit(book: Book, file: Path):
    with Book.open(book.path) as reader:
        worker = ImportWorker(reader)
        planned(worker, file)
        with pytest.raises(BookReadOnly):
            worker.ask(Apply())
        assert not worker.is_busy
        worker.close()


# Cancelled and killed


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.READ, Stage.MATCH])
def test_a_plan_can_be_cancelled(book: Book, worker: ImportWorker, file: Path, stage: Stage):
    before = everything(book.path)
    worker.ask(LookAt((file,)))
    if stage is not Stage.OPEN:
        look = worker.answer()
        worker.ask(MakePlan(tuple(source.mapping for source in look.sources)))
        until(worker, stage)
    assert worker.cancel() is None
    assert not worker.is_busy
    assert everything(book.path) == before
    assert planned(worker, file).taken == EVENTS * SKATERS


@pytest.mark.parametrize("stage", [Stage.WRITE, Stage.DERIVE])
@pytest.mark.parametrize("later", [0.0, 0.1])
def test_cancelled_while_it_writes_or_derives_nothing_has_happened(
    book: Book, worker: ImportWorker, large: Path, stage: Stage, later: float
):
    before = everything(book.path)
    planned(worker, large)
    worker.ask(Apply())
    until(worker, stage)
    time.sleep(later)
    assert worker.cancel() is None
    assert everything(book.path) == before
    assert book.poll() == []
    assert book.check() == []
    book.edits.rename_book("Mine")


@pytest.mark.parametrize("ends", [1, 2])
def test_cancelled_while_records_or_bests_are_derived_nothing_has_happened(
    careers: Path, tmp_path: Path, ends: int
):
    """All events are derived when the records are, and once more when the bests are."""
    path = Path(shutil.copy(careers, tmp_path / "careers.medaldesk"))
    following = write(tmp_path / "next.csv", "OWG1988", 1988, MANY)
    before = everything(path)
    with Book.open(path, who="clerk") as book, closing(ImportWorker(book)) as worker:
        planned(worker, following)
        worker.ask(Apply())
        for _ in range(ends):
            until(worker, Stage.DERIVE, EVENTS)
        assert worker.cancel() is None
        assert everything(path) == before
        assert book.check() == []
        asked(worker, LookAt((following,)))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_the_book_is_as_before_or_as_after(
    book: Book, worker: ImportWorker, file: Path, seed: int
):
    before = everything(book.path)
    planned(worker, file)
    worker.ask(Apply())
    time.sleep(random.Random(seed).uniform(0.0, 0.5))
    assert worker._child is not None
    os.kill(worker._child._process.pid, signal.SIGKILL)
    try:
        assert worker.answer() == Applied(book.reads.last_journal())
        assert len(sheet(book.path)) == EVENTS * SKATERS
    except WorkerGone:
        assert everything(book.path) == before
    assert not worker.is_busy
    assert book.check() == []
    book.edits.rename_book("Mine")


def test_a_cancelled_undo_has_not_happened(book: Book, worker: ImportWorker, large: Path):
    planned(worker, large)
    asked(worker, Apply())
    book.poll()
    after = everything(book.path)
    worker.ask(Undo())
    until(worker, Stage.WRITE)
    assert worker.cancel() is None
    assert everything(book.path) == after
    book.edits.undo()
    assert sheet(book.path) == []


def test_nothing_is_left_behind(worker: ImportWorker, tmp_path: Path, monkeypatch, file: Path):
    here = tmp_path / "temporary"
    here.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(here))
    packed = tmp_path / "file.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert planned(worker, packed).taken == EVENTS * SKATERS
    (folder,) = here.iterdir()
    assert [*folder.iterdir()]
    worker.ask(Apply())
    worker.cancel()
    assert [*here.iterdir()] == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc to look into")
def test_a_worker_whose_asker_is_gone_ends(worker: ImportWorker, file: Path):
    planned(worker, file)
    assert worker._child is not None
    process = worker._child._process
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 1


# Exports


def test_an_export_is_whole_or_leaves_the_file_as_it_was(worker: ImportWorker, tmp_path: Path):
    out = tmp_path / "folder" / "nations.csv"
    out.parent.mkdir()
    export = Export(ExportKind.NATIONS, out)
    written = asked(worker, export)
    before = out.read_bytes()
    assert before.count(b"\r\n") == 1 + written
    worker.ask(export)
    assert worker.cancel() in {None, written}
    assert out.read_bytes() == before
    assert [*out.parent.iterdir()] == [out]


def test_an_export_that_is_stopped_when_it_is_made_is_made(
    worker: ImportWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    is_answered = threading.Event()

    class Told(queue.SimpleQueue[Event | None]):
        def put(self, event: Event | None) -> None:
            super().put(event)
            if isinstance(event, Answered):
                is_answered.set()

    monkeypatch.setattr(queue, "SimpleQueue", Told)
    worker.ask(Export(ExportKind.NATIONS, tmp_path / "nations.csv"))
    assert is_answered.wait(60)
    assert worker.cancel() == (tmp_path / "nations.csv").read_bytes().count(b"\r\n") - 1
    assert not worker.is_busy


def test_an_export_that_cannot_be_made_says_why(book: Book, worker: ImportWorker):
    with pytest.raises(BookExists):
        asked(worker, Export(ExportKind.SQLITE, book.path))
    with pytest.raises(BookUnreachable):
        asked(worker, Export(ExportKind.ODF, book.path.parent / "missing" / "out.zip"))
