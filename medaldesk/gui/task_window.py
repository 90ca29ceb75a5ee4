"""A long task of the window: what is done, how far it is, and a way to stop it."""

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

from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.import_task import ImportTask
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme


class TaskWindow(QDialog):
    """Shows the one thing that `task` was asked for; Esc stops it, and nothing has happened then.

    What goes wrong is told by the book's `failed`. It goes with the end of the task.
    """

    def __init__(
        self, live: LiveBook, title: str, line: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._live = live
        self.task = ImportTask(live, self)
        self.line = QLabel(line, self)
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
        self.task.failed.connect(self._fail)
        self.task.cancelled.connect(super().reject)

    def done(self, result: int) -> None:
        self.task.close()
        super().done(result)
        self.deleteLater()

    def reject(self) -> None:
        """Stop; where it comes too late, it is done."""
        if self.task.is_busy:
            self.task.cancel()
        else:
            super().reject()

    def _show_progress(self, _stage: str, done: int, total: int) -> None:
        # Where all is told and it goes on, nobody knows how long.
        self.bar.setRange(0, total if done < total else 0)
        self.bar.setValue(done)

    def _fail(self, error: MedalDeskError) -> None:
        super().reject()
        self._live.failed.emit(error)
