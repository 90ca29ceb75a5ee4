"""An import or an export of the window: asked of a worker process, answered by signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.exporting import ExportKind
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import Applied, Look, Preview
from medaldesk.exchange.importing.sources import XmlKind
from medaldesk.exchange.importing.worker import (
    Answered,
    Apply,
    Command,
    Event,
    Export,
    Failed,
    ImportWorker,
    LookAt,
    MakePlan,
    Progressed,
    Redo,
    Report,
    Undo,
)
from medaldesk.gui.live_book import LiveBook

LISTEN_EVERY = 30
"""Milliseconds between two looks at what the worker says."""


class ImportTask(QObject):
    """Asks a worker process one thing at a time; every answer comes by a signal.

    `progressed` carries the name of a `Stage`, how much of it is done, and all of it. After
    `applied` every page has been told of the change already. `cancelled` means that nothing has
    happened; where a cancel comes too late, `applied` or `reported` is told instead.
    """

    progressed = Signal(str, int, int)
    looked = Signal(object)
    planned = Signal(object)
    applied = Signal(object)
    reported = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._worker = ImportWorker(live.book)
        self._timer = QTimer(self, interval=LISTEN_EVERY)
        self._timer.timeout.connect(self._listen)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._worker.is_busy

    def look(
        self,
        paths: Sequence[Path],
        kind: ImportKind | XmlKind | None = None,
        mapping: ImportMapping | None = None,
    ) -> None:
        """Read the tables of files and guess their columns: `looked` carries a Look."""
        self._ask(LookAt(tuple(paths), kind, mapping))

    def plan(self, mappings: Sequence[ImportMapping]) -> None:
        """Compare the files with the book, a mapping for each source: `planned`, a Preview."""
        self._ask(MakePlan(tuple(mappings)))

    def apply(self) -> None:
        """Make what was planned true as one edit: `applied` carries an Applied."""
        self._ask(Apply())

    def report(self, path: Path, sentence: Callable[[MedalDeskError], str]) -> None:
        """Write the rows that are not taken: `reported` carries a Reported.

        `sentence` is a function of a module: the worker calls it by its name.
        """
        self._ask(Report(path, sentence))

    def export(self, kind: ExportKind, path: Path) -> None:
        """Write the book for other programs: `reported` carries how many rows or messages."""
        self._ask(Export(kind, path))

    def undo(self) -> None:
        """Take back the last edit: `applied` carries an Applied."""
        self._ask(Undo())

    def redo(self) -> None:
        """Make the edit that was taken back again: `applied` carries an Applied."""
        self._ask(Redo())

    def cancel(self) -> None:
        """End the worker at once; what it was told to look at is forgotten."""
        if not self._worker.is_busy:
            return
        self._timer.stop()
        done = self._worker.cancel()
        if done is None:
            self.cancelled.emit()
        else:
            self._tell(Answered(done))

    def close(self) -> None:
        """End the worker for good, without a word."""
        self._timer.stop()
        self._worker.close()

    def _ask(self, command: Command) -> None:
        try:
            self._worker.ask(command)
        except MedalDeskError as error:
            self.failed.emit(error)
            return
        self._timer.start()

    def _listen(self) -> None:
        for event in self._worker.poll():
            self._tell(event)
        if not self._worker.is_busy:
            self._timer.stop()

    def _tell(self, event: Event) -> None:
        match event:
            case Progressed():
                self.progressed.emit(event.stage.value, event.done, event.total)
            case Failed():
                self.failed.emit(event.error)
            case Answered(Look() as look):
                self.looked.emit(look)
            case Answered(Preview() as preview):
                self.planned.emit(preview)
            case Answered(Applied() as applied):
                self._tell_applied(applied)
            case Answered(value):
                self.reported.emit(value)

    def _tell_applied(self, applied: Applied) -> None:
        # The pages first: whoever listens finds them as they are now.
        self._live.follow()
        self.applied.emit(applied)
