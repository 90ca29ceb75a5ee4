"""The open book as the window sees it: one Book, one `changed` signal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.edits import Edits
from medaldesk.book.reads import Reads
from medaldesk.domain.errors import MedalDeskError

FOLLOW_EVERY = 400
"""Milliseconds between looks at what another opener wrote."""

IDLE_AFTER = 3_000
"""Milliseconds without an edit until the write-ahead log moves into the book."""


class LiveBook(QObject):
    """Wraps a Book; every page listens to `changed` and re-reads what it names.

    `failed` carries an error that a person should read, `noted` a sentence that is good to know.
    """

    changed = Signal(object)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
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
        """Take back the last edit."""
        self.edit(lambda edits: edits.undo())

    def redo(self) -> None:
        """Make the edit that was taken back again."""
        self.edit(lambda edits: edits.redo())

    def follow(self) -> None:
        """Look once at what another opener wrote."""
        try:
            self.book.poll()
        except MedalDeskError as error:
            self._follow.stop()
            self.failed.emit(error)

    def close(self) -> None:
        """Stop listening and close the file."""
        self._follow.stop()
        self._idle.stop()
        self.book.close()

    def _tell(self, change: Change) -> None:
        if self.can_write:
            self._idle.start()
        self.changed.emit(change)

    def _checkpoint(self) -> None:
        try:
            self.book.checkpoint()
        except MedalDeskError as error:
            self.failed.emit(error)
