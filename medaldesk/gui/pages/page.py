"""What every page in a tab has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.events import ResultRow
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme


class Page(QWidget):
    """A page over an open book. `go` asks the window to show a Target.

    A page that is not visible only remembers that it is stale and re-reads when it is shown.
    """

    go = Signal(object)

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.live = live
        self._stale = True
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        live.changed.connect(self._on_change)
        theme().changed.connect(self._on_theme)

    def title(self) -> str:
        """What the tab says."""
        raise AssertionError("every page has a title")

    def touches(self, change: Change) -> bool:
        """Whether a change can be seen on this page."""
        return bool(change.tables)

    def refresh(self, change: Change | None = None) -> None:
        """Read again; `change` is what caused it, if one change did."""
        raise AssertionError("every page can refresh")

    # What a command is about

    def current_result(self) -> int | None:
        """The id of the result that the cursor is on; None where it is on none."""
        return None

    def result_in_sight(self) -> ResultRow | None:
        """The result that a command is about while this page is in sight."""
        result = self.current_result()
        if result is None:
            return None
        try:
            event = self.live.reads.event_of_result(result)
        except UnknownCode:
            return None
        return next(row for row in self.live.reads.results(event) if row.id == result)

    def event_in_sight(self) -> int | None:
        """The event that a command is about while this page is in sight."""
        row = self.result_in_sight()
        return self.live.reads.event_of_result(row.id) if row else None

    def mark_stale(self) -> None:
        """Re-read now if the page is visible, otherwise when it is shown."""
        self._stale = True
        if self.isVisible():
            self._freshen(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._freshen(None)

    def _on_change(self, change: Change) -> None:
        if not self.touches(change):
            return
        self._stale = True
        if self.isVisible():
            self._freshen(change)

    def _freshen(self, change: Change | None) -> None:
        self._stale = False
        self.refresh(change)

    def _on_theme(self) -> None:
        self._stale = True
        if self.isVisible():
            self._freshen(None)
