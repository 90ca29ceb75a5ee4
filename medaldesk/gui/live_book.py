"""The open book as the window sees it: one Book, one `changed` signal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.edits import Edits
from medaldesk.book.journal import UndoStep
from medaldesk.book.reads import Reads
from medaldesk.domain.errors import MedalDeskError

if TYPE_CHECKING:
    from medaldesk.gui.large_step import LargeStep

FOLLOW_EVERY = 400
"""Milliseconds between looks at what another opener wrote."""

IDLE_AFTER = 3_000
"""Milliseconds without an edit until the write-ahead log moves into the book."""


LARGE = 20_000
"""Rows from which on undo and redo are left to a process of their own."""


class LiveBook(QObject):
    """Wraps a Book; every page listens to `changed` and re-reads what it names.

    `failed` carries an error that a person should read, `noted` a sentence that is good to know.
    `closing` is told while the book can still be read.
    """

    changed = Signal(object)
    closing = Signal()
    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.large_step: LargeStep | None = None
        book.subscribe(self._tell)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_AFTER)
        self._idle.timeout.connect(self._checkpoint)
        self._follow = QTimer(self, interval=FOLLOW_EVERY)
        self._follow.timeout.connect(self.follow)
        if not book.can_write:
            self._follow.start()

    @property
    def reads(self) -> Reads:
        return self.book.reads

    @property
    def path(self) -> Path:
        return self.book.path

    @property
    def can_write(self) -> bool:
        return self.book.can_write

    def attempt(self, edit: Callable[[Edits], object]) -> MedalDeskError | None:
        """Make an edit; what a person can mend comes back instead of being raised."""
        try:
            edit(self.book.edits)
        except MedalDeskError as error:
            return error
        return None

    def edit(self, edit: Callable[[Edits], object]) -> bool:
        """Make an edit; a failure is told through `failed`. Returns whether it was made."""
        error = self.attempt(edit)
        if error is not None:
            self.failed.emit(error)
        return error is None

    def undo(self) -> None:
        """Take back the last edit; a large one while the window goes on."""
        if not self._is_large("undo", lambda edits: edits.next_undo()):
            self.edit(lambda edits: edits.undo())

    def redo(self) -> None:
        """Make the edit that was taken back again; a large one while the window goes on."""
        if not self._is_large("redo", lambda edits: edits.next_redo()):
            self.edit(lambda edits: edits.redo())

    def follow(self) -> None:
        """Look once at what another opener wrote."""
        try:
            self.book.poll()
        except MedalDeskError as error:
            self._follow.stop()
            self.failed.emit(error)

    def close(self) -> None:
        """Stop listening and close the file; a large step under way is given up."""
        self.closing.emit()
        if self.large_step is not None:
            self.large_step.reject()
        self._follow.stop()
        self._idle.stop()
        self.book.close()

    def _is_large(self, kind: str, next_step: Callable[[Edits], UndoStep | None]) -> bool:
        """Whether a step is left to a process of its own, which is then under way."""
        try:
            step = next_step(self.book.edits)
            if self.book.is_lent or step is None or self.book.edits.rows_of(step) <= LARGE:
                return False
        except MedalDeskError as error:
            self.failed.emit(error)
            return True
        from medaldesk.gui.large_step import LargeStep

        parent = self.parent()
        window = parent if isinstance(parent, QWidget) else None
        self.large_step = LargeStep(self, step, kind, window)
        self.large_step.finished.connect(self._forget_step)
        self.large_step.start()
        return True

    def _forget_step(self) -> None:
        self.large_step = None

    def _tell(self, change: Change) -> None:
        if self.can_write:
            self._idle.start()
        self.changed.emit(change)

    def _checkpoint(self) -> None:
        try:
            self.book.checkpoint()
        except MedalDeskError as error:
            self.failed.emit(error)
