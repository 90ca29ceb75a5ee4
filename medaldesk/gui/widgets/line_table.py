"""A short list in a dialog: Alt with an arrow moves a line, F2 renames it, Del strikes it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from medaldesk.gui.models.line_model import Line, LineModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.results_view import SheetDelegate
from medaldesk.gui.widgets.table import Table

LEAST_LINES, MOST_LINES = 3, 10
"""Lines that are seen without scrolling: a dialog stays a small one."""

_UP_OR_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LineTable(Table):
    """`deleting` tells on which line Del was pressed; what becomes of it is the dialog's to say."""

    stretch_least = 90
    deleting = Signal(object)

    def __init__(self, model: LineModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.lines = model
        self.may_move = True
        self.setItemDelegate(SheetDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.horizontalHeader().hide()
        model.edited.connect(self.fit)
        self.fit()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        index = self.currentIndex()
        return self.lines.row(index.row()) if index.isValid() else None

    @property
    def editing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() is QAbstractItemView.State.EditingState

    def go_to(self, row: int) -> None:
        """Put the cursor on a line, on what can be typed in it."""
        columns = self.lines.columns
        number = next((n for n, column in enumerate(columns) if column.editable), 0)
        self.setCurrentIndex(self.lines.index(min(row, self.lines.rowCount() - 1), number))

    def move_line(self, by: int) -> None:
        """Move the line under the cursor up (-1) or down (1)."""
        at = self.currentIndex().row()
        if self.may_move and at >= 0 and 0 <= at + by < self.lines.rowCount():
            self.lines.move(at, at + by)
            self.go_to(at + by)

    def delete_line(self) -> None:
        """Ask for the line under the cursor to be taken out; the cursor stays in its place."""
        at = self.currentIndex().row()
        if self.line is not None:
            self.deleting.emit(self.line)
            self.go_to(at)

    def fit(self) -> None:
        """As high as its lines, up to some."""
        shown = min(max(self.lines.rowCount(), LEAST_LINES), MOST_LINES)
        self.setFixedHeight(shown * theme().row_height + 2)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if self.editing and enter:
            # Enter comes here from the open editor, too: it takes the name, not the dialog.
            event.accept()
        elif enter:
            event.ignore()
        elif alt and event.key() in _UP_OR_DOWN:
            self.move_line(_UP_OR_DOWN[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_line()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the list: there is little in a line to go to."""
        return QWidget.focusNextPrevChild(self, forward)
