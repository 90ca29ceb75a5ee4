"""Undo and redo of a whole import: in a process of its own, with a window that can stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from medaldesk.book.journal import UndoStep
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.task_window import TaskWindow
from medaldesk.reports import words
from medaldesk.reports.language import tr


class LargeStep(TaskWindow):
    """Takes a step back, or makes it again."""

    def __init__(
        self, live: LiveBook, step: UndoStep, kind: str, parent: QWidget | None = None
    ) -> None:
        title = tr("Undo") if kind == "undo" else tr("Redo")
        super().__init__(live, title, words.journal_line(step.action, step.subject, kind), parent)
        self._kind = kind
        self.task.applied.connect(self.accept)

    def start(self) -> None:
        """Show the window and begin; whoever called goes on at once."""
        self.open()
        if self._kind == "undo":
            self.task.undo()
        else:
            self.task.redo()
