"""The export of a book: in a process of its own; one that takes a while shows how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from medaldesk.exchange.exporting import ExportKind
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.task_window import TaskWindow
from medaldesk.reports.export_words import kind_noun, written
from medaldesk.reports.language import tr

SHOWN_AFTER = 500
"""Milliseconds until an export is shown; most books are written sooner."""


class ExportWindow(TaskWindow):
    """Writes a book to a file; `wrote` carries the sentence that says so.

    Stopped, or given up with the book, it leaves the file as it was.
    """

    wrote = Signal(str)

    def __init__(
        self, live: LiveBook, kind: ExportKind, path: Path, parent: QWidget | None = None
    ) -> None:
        line = tr("{what} to {name}").format(what=kind_noun(kind), name=path.name)
        super().__init__(live, tr("Export the book"), line, parent)
        self._kind = kind
        self._path = path
        self.task.reported.connect(self._tell)
        live.closing.connect(self.reject)
        self._wait = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._wait.timeout.connect(self.open)

    def start(self) -> None:
        """Begin; whoever called goes on at once."""
        self._wait.start()
        self.task.export(self._kind, self._path)

    def done(self, result: int) -> None:
        self._wait.stop()
        super().done(result)

    def _tell(self, count: int) -> None:
        self.accept()
        self.wrote.emit(written(self._path, self._kind, count))
