"""An import or an export in a process of its own: the window stays free, to cancel is to end it.

The one who has the book open for writing lends it to the worker while that writes, and makes no
edit meanwhile. An edit is one transaction: whenever the worker ends before its end, however that
comes, the book is as it was. Commands and answers are pickled objects, passed through pipes.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medaldesk.book.book import Book
from medaldesk.book.import_errors import WorkerGone
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.exporting import ExportKind, clear_away
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import Applied
from medaldesk.exchange.importing.sources import XmlKind
from medaldesk.exchange.importing.watch import Stage

SERVER = "medaldesk.exchange.importing.server"
"""What the worker runs."""


# What is asked


@dataclass(frozen=True, slots=True)
class LookAt:
    """Answered by a Look; see `ImportSession.look`."""

    paths: tuple[Path, ...]
    kind: ImportKind | XmlKind | None = None
    mapping: ImportMapping | None = None


@dataclass(frozen=True, slots=True)
class MakePlan:
    """Answered by a Preview; see `ImportSession.plan`."""

    mappings: tuple[ImportMapping, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Answered by a Reported; `sentence` is a function of a module, which passes by its name."""

    path: Path
    sentence: Callable[[MedalDeskError], str]


@dataclass(frozen=True, slots=True)
class Apply:
    """Answered by an Applied."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Answered by an Applied."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Answered by an Applied."""


@dataclass(frozen=True, slots=True)
class Export:
    """Answered by a number; see `Exporter.write`. Cancelled it leaves the file as it was."""

    kind: ExportKind
    path: Path


Command = LookAt | MakePlan | Report | Apply | Undo | Redo | Export
_WRITING = (Apply, Undo, Redo)


# What is told


@dataclass(frozen=True, slots=True)
class Progressed:
    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Answered:
    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    error: MedalDeskError


Event = Progressed | Answered | Failed


class ImportWorker:
    """The side of the one who asks: one command at a time, answered by events.

    Without `close` a process and a folder are left behind until this one ends.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._child: _Child | None = None
        self._asked: Command | None = None
        self._journal = 0

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    def ask(self, command: Command) -> None:
        """Start what a command asks for. Raises BookReadOnly, BookUnreachable."""
        assert self._asked is None, self._asked
        if isinstance(command, _WRITING):
            self._book.lend()
            self._journal = self._book.reads.last_journal()
        self._asked = command
        if self._child is None:
            self._child = _Child(self._book.path, self._book.who)
        self._child.send(command)

    def poll(self) -> list[Event]:
        """What was told since the last call, without waiting for anything."""
        events = self._child.told() if self._child is not None else []
        return [self._seen(event) for event in events]

    def wait(self) -> Event:
        """What is told next, waiting for it."""
        assert self._child is not None
        return self._seen(self._child.next())

    def answer(self, progress: Callable[[Progressed], None] | None = None) -> Any:
        """Wait for the answer. Raises the error that was told instead."""
        while True:
            match self.wait():
                case Progressed() as event if progress is not None:
                    progress(event)
                case Answered(value):
                    return value
                case Failed(error):
                    raise error

    def cancel(self) -> Applied | int | None:
        """End the worker at once. What it had written by then all the same, else None."""
        asked, child = self._asked, self._child
        self._end()
        if isinstance(asked, _WRITING):
            last = self._book.reads.last_journal()
            return Applied(last) if last != self._journal else None
        if isinstance(asked, Export) and child is not None:
            return next((told.value for told in child.told() if isinstance(told, Answered)), None)
        return None

    def close(self) -> None:
        """End the worker."""
        self._end()

    def _seen(self, event: Event | None) -> Event:
        """None is the end of the worker, which nobody asked for."""
        if isinstance(event, Progressed):
            return event
        if event is None:
            done = self.cancel()
            return Failed(WorkerGone()) if done is None else Answered(done)
        self._give_back()
        return event

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            if isinstance(self._asked, Export):
                clear_away(self._asked.path, self._child.number)
            self._child = None
        self._give_back()

    def _give_back(self) -> None:
        if isinstance(self._asked, _WRITING):
            self._book.take_back()
        self._asked = None


class _Child:
    """The process, the thread that listens to it, and the folder for what it unpacks."""

    def __init__(self, book: Path, who: str) -> None:
        # Whoever is killed cannot tidy up.
        self._folder = tempfile.TemporaryDirectory(prefix="medaldesk-import-")
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
        self._process = subprocess.Popen(
            # -P: what lies in the folder in which somebody works is no module of this program.
            [sys.executable, "-P", "-m", SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | places,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.number = self._process.pid
        self.send((book.absolute(), who))

    def send(self, frame: object) -> None:
        assert self._process.stdin is not None
        # That it has ended is told by what it says: nothing more.
        with suppress(BrokenPipeError):
            pickle.dump(frame, self._process.stdin)
            self._process.stdin.flush()

    def told(self) -> Iterator[Event | None]:
        """What was told and not asked for yet."""
        while not self._events.empty():
            yield self._events.get()

    def next(self) -> Event | None:
        """What is told next, waiting for it."""
        return self._events.get()

    def end(self) -> None:
        """End the process with those that it started, and take away its folder."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        self._folder.cleanup()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        # A frame that breaks off in the middle is the end, too.
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                self._events.put(pickle.load(self._process.stdout))
        self._events.put(None)
