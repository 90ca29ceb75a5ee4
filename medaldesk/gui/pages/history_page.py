"""The journal of the book: who did what, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from medaldesk.book.changes import Change
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.journal_model import JournalModel
from medaldesk.gui.pages.page import Page
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import UndoPassedOn
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.table import Table


class HistoryPage(Page):
    """Every edit of the book, the latest first; what was taken back is struck through."""

    def __init__(
        self,
        live: LiveBook,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(live, parent)
        self._heading = Heading(self)
        self.filter = _FilterEdit(self)
        UndoPassedOn(self.filter)
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter the history"))
        self.filter.setClearButtonEnabled(True)
        self.model = JournalModel(live.reads.journal, self, now=now)
        self.table = Table(self.model, self.tr("History"), self)
        self._count = QLabel(self, wordWrap=True)
        self._count.setProperty("role", "muted")
        self.older = QPushButton(self.tr("Load older entries"), self)
        self._build_layout()
        self.filter.textChanged.connect(self._filter_all)
        self.filter.left.connect(self.table.setFocus)
        self.older.clicked.connect(self.model.load_older)
        self.model.rowsInserted.connect(self._filter_rows)
        self.setFocusProxy(self.table)

    def title(self) -> str:
        return self.tr("History")

    def refresh(self, change: Change | None = None) -> None:
        """An edit adds an entry; an undo changes an older one too."""
        self._heading.show_text(
            self.title(),
            self.tr("Every edit of this book, the latest first. Undo and redo are entries too."),
        )
        if change is not None and change.kind == "edit":
            self.model.load_newest()
        else:
            self.model.reload()
        self._filter_all()

    # Filtering hides rows; the model keeps what it has read.

    def _filter_all(self) -> None:
        self.model.loads_itself = not self._wanted()
        self._filter_rows(QModelIndex(), 0, self.model.rowCount() - 1)

    def _wanted(self) -> list[str]:
        return self.filter.text().casefold().split()

    def _filter_rows(self, _: QModelIndex, first: int, last: int) -> None:
        wanted = self._wanted()
        for number in range(first, last + 1):
            hidden = bool(wanted) and not self._matches(number, wanted)
            if self.table.isRowHidden(number) != hidden:
                self.table.setRowHidden(number, hidden)
        self._tell_count(filtering=bool(wanted))

    def _matches(self, number: int, wanted: list[str]) -> bool:
        row = self.model.row(number)
        text = " ".join(column.text(row) for column in self.model.columns).casefold()
        return all(word in text for word in wanted)

    def _tell_count(self, *, filtering: bool) -> None:
        self._foot.setVisible(filtering)
        self.older.setVisible(filtering and not self.model.complete)
        if not filtering:
            return
        loaded = self.model.rowCount()
        found = sum(not self.table.isRowHidden(number) for number in range(loaded))
        text = self.tr("{found} of the latest {loaded} entries")
        if self.model.complete:
            text = self.tr("{found} of all {loaded} entries")
        self._count.setText(text.format(found=found, loaded=loaded))

    # Building

    def _build_layout(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.filter, 1)
        self._top.addStretch(1)
        self._foot = QWidget(self)
        self._bottom = QHBoxLayout(self._foot)
        self._bottom.addWidget(self._count, 1)
        self._bottom.addWidget(self.older)
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        self.layout_.addWidget(self._heading)
        self.layout_.addLayout(self._top)
        self.layout_.addLayout(self._body, 1)
        self.layout_.addWidget(self._foot)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._top.setContentsMargins(px(20), px(2), px(20), px(10))
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self._bottom.setContentsMargins(px(20), px(8), px(20), px(8))


class _FilterEdit(QLineEdit):
    """Esc empties it, Down and Enter lead into the table."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
