"""The grid in which the lines of a decision are typed: the keys of the result sheet."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.gui.models.decision_lines import DecisionLinesModel
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.results_view import CellMessage, SheetDelegate
from medaldesk.gui.widgets.table import Table


class _LineDelegate(SheetDelegate):
    """Lets the preview follow every key."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        lines = index.model()
        assert isinstance(editor, QLineEdit)
        assert isinstance(lines, DecisionLinesModel)
        here = lines.index(index.row(), index.column())
        editor.textEdited.connect(lambda text: lines.consider(here, text))
        return editor


class DecisionLinesView(Table):
    """Typing replaces, Enter goes down, Tab goes right, Delete empties; F6 leaves it.

    Enter in a cell that nobody types in, and Tab behind the last cell, are for whoever holds it.
    """

    frames_cell = True
    stretch_least = 80

    def __init__(self, model: DecisionLinesModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self._lines = model
        self.setItemDelegate(_LineDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self._message = CellMessage(self.viewport())
        self._accepted = True
        model.refused.connect(self._on_refused)
        model.dataChanged.connect(self._show_message)
        self.selectionModel().currentChanged.connect(self._show_message)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._show_message)

    def fit_columns(self) -> None:
        """Columns that may be left out give way before a name is elided.

        Where the others need all the room, the grid scrolls anyway, and names are whole, too.
        """
        columns, room = self.rows.columns, self.viewport().width()
        fixed = sum(self._width_of(n) for n, column in enumerate(columns) if not column.optional)
        least, names = type(self).stretch_least, min(self._width_of_names(), room // 2)
        is_whole = fixed + names <= room or fixed + theme().px(least) > room
        self.stretch_least = max(least, ceil(names * 100 / theme().zoom)) if is_whole else least
        super().fit_columns()

    def _width_of_names(self) -> int:
        """What the longest name needs, in pixels."""
        metrics = QFontMetrics(theme().font())
        names = (metrics.horizontalAdvance(row.before.name) for row in self.rows.rows())
        return max(names, default=0) + 2 * theme().px(self.cell_margin)

    def go_to(self, entry: int | None, column: str = "status") -> None:
        """Put the cursor on a cell of an entry; of the first one, where there is no such."""
        row = self._lines.row_of(entry) or 0
        number = self._lines.column_of(column)
        if number is not None and row < self._lines.rowCount():
            self.put(self._lines.index(row, number))

    def put(self, index: Index) -> None:
        """Move the cursor and the selection together."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def commit_open(self) -> None:
        """Take what is being typed."""
        editor = self.window().focusWidget()
        if self.state() is QAbstractItemView.State.EditingState and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.state() is QAbstractItemView.State.EditingState:
            # Enter reaches the view from an open editor, too, before the editor has committed.
            if not is_enter:
                super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if _editable(index):
                self._lines.setData(index, "")
            case Qt.Key.Key_F6:
                super().focusNextPrevChild(True)
            case _:
                super().keyPressEvent(event)
                if is_enter:
                    event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves from cell to cell, and out of the grid at its ends."""
        index = self.currentIndex()
        if index.isValid() and self._step(index, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self._lines.stop_considering()
        if hint is not hints.NoHint:
            self.setFocus()
        if not self._accepted:
            self._accepted = True
            self._show_message()
            return
        index = self.currentIndex()
        match hint:
            case hints.SubmitModelCache if index.row() + 1 < self._lines.rowCount():
                self.put(self._lines.index(index.row() + 1, index.column()))
            case hints.EditNextItem:
                self._step(index, 1)
            case hints.EditPreviousItem:
                self._step(index, -1)

    def commitData(self, editor: QWidget) -> None:
        self._accepted = True
        super().commitData(editor)

    def _step(self, index: QModelIndex, by: int) -> bool:
        """To the next (1) or previous (-1) cell that can be typed in; whether there is one."""
        columns = self._lines.columnCount()
        place = index.row() * columns + index.column() + by
        while 0 <= place < self._lines.rowCount() * columns:
            there = self._lines.index(place // columns, place % columns)
            if _editable(there):
                self.put(there)
                return True
            place += by
        return False

    # What was not taken

    def _on_refused(self) -> None:
        self._accepted = False

    def _show_message(self) -> None:
        index = self.currentIndex()
        sentence = self._lines.rejection(index) if index.isValid() else ""
        if not sentence:
            self._message.hide()
            return
        rect = self.visualRect(index)
        self._message.say(sentence, rect.bottomLeft(), self.viewport().width())


def _editable(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
