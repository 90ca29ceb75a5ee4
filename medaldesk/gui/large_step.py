"""Undo and redo of a whole import: in a process of its own, with a window that can stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.journal import UndoStep
from medaldesk.gui.import_task import ImportTask
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme
from medaldesk.reports import words


class LargeStep(QDialog):
    """Takes a step back, or makes it again; Esc stops it, and nothing has happened then."""

    def __init__(
        self, live: LiveBook, step: UndoStep, kind: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Undo") if kind == "undo" else self.tr("Redo"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._kind = kind
        self._live = live
        self.task = ImportTask(live, self)
        self.line = QLabel(words.journal_line(step.action, step.subject, kind), self)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.rejected.connect(self.reject)
        px = theme().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        for part in (self.line, self.bar, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(px(420))
        self.task.progressed.connect(self._show_progress)
        self.task.applied.connect(self.accept)
        self.task.failed.connect(self._fail)
        self.task.cancelled.connect(super().reject)

    def start(self) -> None:
        """Show the window and begin; whoever called goes on at once."""
        self.open()
        if self._kind == "undo":
            self.task.undo()
        else:
            self.task.redo()

    def done(self, result: int) -> None:
        self.task.close()
        super().done(result)
        self.deleteLater()

    def reject(self) -> None:
        """Stop; where it comes too late, the step is made."""
        if self.task.is_busy:
            self.task.cancel()
        else:
            super().reject()

    def _show_progress(self, _stage: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _fail(self, error: object) -> None:
        super().reject()
        self._live.failed.emit(error)
