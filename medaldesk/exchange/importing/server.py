"""The worker process of an import or an export: it does what a pipe asks of it; see `worker`."""

from __future__ import annotations

import gc
import os
import pickle
import queue
import sys
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any

from medaldesk.book.book import Book
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.exporting import EXPORTERS, ExportKind, Part
from medaldesk.exchange.importing.preview import Applied
from medaldesk.exchange.importing.session import ImportSession
from medaldesk.exchange.importing.watch import Stage, Watch
from medaldesk.exchange.importing.worker import (
    Answered,
    Apply,
    Command,
    Event,
    Export,
    Failed,
    LookAt,
    MakePlan,
    Progressed,
    Redo,
    Report,
    Undo,
)

TELL_EVERY = 0.05
"""Seconds between two reports of how far a stage is."""


def main() -> None:
    """Do what is asked until nobody asks any more."""
    told = os.fdopen(os.dup(1), "wb")
    # Nothing else may come between the frames.
    os.dup2(2, 1)
    asked: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(sys.stdin.buffer, asked), daemon=True).start()
    # It lives for one import, which makes a million objects and no cycles.
    gc.disable()
    book, who = asked.get()
    desk = _Desk(book, who, told)
    while True:
        desk.serve(asked.get())


def _hear(stdin: IO[bytes], asked: queue.SimpleQueue[Any]) -> None:
    """Pass on what is asked; when the asker has ended, so does this process, with nothing done."""
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            asked.put(pickle.load(stdin))
    os._exit(1)


class _Desk:
    """What the worker has before it: an import under way, and somebody who waits for word."""

    def __init__(self, book: Path, who: str, told: IO[bytes]) -> None:
        self._path = book
        self._who = who
        self._told = told
        self._stage = Stage.OPEN
        self._last = 0.0
        watch = Watch(progress=self._progress, begins=self._begin)
        self._session = ImportSession(book, watch, who=who)

    def serve(self, command: Command) -> None:
        """Do what a command asks for and tell what came of it."""
        try:
            self._tell(Answered(self._do(command)))
        except MedalDeskError as error:
            self._tell(Failed(error))

    def _do(self, command: Command) -> Any:
        match command:
            case LookAt(paths, kind, mapping):
                return self._session.look(paths, kind, mapping)
            case MakePlan(mappings):
                return self._session.plan(mappings)
            case Report(path, sentence):
                return self._session.report(path, sentence)
            case Apply():
                return self._session.apply()
            case Undo() | Redo():
                return self._replay(command)
            case Export(kind, path):
                return self._export(kind, path)

    def _replay(self, command: Undo | Redo) -> Applied:
        self._begin(Stage.WRITE)
        with Book.borrow(self._path, who=self._who) as book:
            undo = isinstance(command, Undo)
            change = (book.edits.undo if undo else book.edits.redo)(self._progress)
        return Applied(change.journal)

    def _export(self, kind: ExportKind, path: Path) -> int:
        self._begin(Stage.WRITE)
        with Book.open(self._path, who=self._who, read_only=True) as book:
            return EXPORTERS[kind].write(book, path, Part(), self._progress)

    def _begin(self, stage: Stage) -> None:
        self._stage, self._last = stage, 0.0

    def _progress(self, done: int, total: int) -> None:
        now = monotonic()
        if now - self._last >= TELL_EVERY or done == total:
            self._last = now
            self._tell(Progressed(self._stage, done, total))

    def _tell(self, event: Event) -> None:
        pickle.dump(event, self._told)
        self._told.flush()


if __name__ == "__main__":
    main()
