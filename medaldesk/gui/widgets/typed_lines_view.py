"""The grid in which the lines of a dialog are typed."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QDialog,
    QWidget,
)

from medaldesk.gui.models.row_model import Index
from medaldesk.gui.models.typed_lines import Line, LinesModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.results_view import SheetDelegate
from medaldesk.gui.widgets.table import Table

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesView(Table):
    """Typing replaces, Enter goes down, Tab goes right, Delete takes the line out; F6 leaves.

    Ctrl+Enter takes what is being typed, and with it the dialog.
    Enter in a cell that nobody types in, and Tab behind the last cell, are for whoever holds it.
    Where `by_line`, what belongs to a line stands beside it: Enter stays, and Tab goes there.
    """

    frames_cell = True
    stretch_least = 110
    usual_width = 560
    """Pixels at 100 % where the screen has room for them."""

    def __init__(
        self,
        model: LinesModel,
        name: str,
        parent: QWidget | None = None,
        *,
        by_line: bool = False,
    ) -> None:
        super().__init__(model, name, parent)
        self._by_line = by_line
        self._model = model
        self.setItemDelegate(SheetDelegate(self))
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._submit)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _submit(self) -> None:
        dialog = self.window()
        if isinstance(dialog, QDialog):
            self.commit_open()
            dialog.accept()

    def show_lines(self, lines: list[Line] | None) -> None:
        """Show lines; None is a grid in which nothing can be typed."""
        self._model.show_lines(lines)
        self.setEnabled(lines is not None)

    def put_first(self) -> None:
        """Put the cursor on the first cell."""
        if self._model.rowCount():
            self.put(self._model.index(0, 0))

    def current_line(self) -> Line | None:
        """The line that the cursor is on; None on the empty one."""
        row = self.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def point_at(self, line: Line, place: int) -> None:
        """Mark a cell that cannot be taken, and put the cursor on it."""
        if line not in self._model.rows():
            return
        line.wrong.add(place)
        self._model.tell(line)
        self.put(self._model.index(list(self._model.rows()).index(line), place))

    def put(self, index: Index) -> None:
        """Move the cursor and the selection together."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self.usual_width), super().sizeHint().height())

    def fit_lines(self, least: int, most: int) -> None:
        """Be as high as the lines there are now, within bounds."""
        lines = min(max(self._model.rowCount(), least), most)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + lines * theme().row_height + 2
        )

    def commit_open(self) -> None:
        """Take what is being typed."""
        editor = self.window().focusWidget()
        if self.state() is QAbstractItemView.State.EditingState and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER
        if self.state() is QAbstractItemView.State.EditingState:
            # Enter reaches the view from an open editor, too, before the editor has committed.
            if not is_enter:
                super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Delete:
                self._remove_line()
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes in by key finds the cursor on a cell."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.put_first()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint is not hints.NoHint:
            self.setFocus()
        index = self.currentIndex()
        if not index.isValid() or index.column() in self._model.row(index.row()).wrong:
            return
        match hint:
            case hints.SubmitModelCache if not self._by_line:
                self._go_down(index)
            case hints.EditNextItem if not self._step(index, 1):
                super().focusNextPrevChild(True)
            case hints.EditPreviousItem:
                self._step(index, -1)

    def _go_down(self, index: QModelIndex) -> None:
        if index.row() + 1 < self._model.rowCount():
            self.put(self._model.index(index.row() + 1, index.column()))

    def _remove_line(self) -> None:
        index = self.currentIndex()
        self._model.remove(index.row())
        row = min(index.row(), self._model.rowCount() - 1)
        if row >= 0:
            self.put(self._model.index(row, index.column()))

    def _step(self, index: QModelIndex, by: int) -> bool:
        """To the next (1) or previous (-1) cell that can be typed in; whether there is one."""
        columns = self._model.columnCount()
        place = index.row() * columns + index.column() + by
        while 0 <= place < self._model.rowCount() * columns:
            there = self._model.index(place // columns, place % columns)
            if self._by_line and there.row() != index.row():
                return False
            if there.flags() & Qt.ItemFlag.ItemIsEditable:
                self.put(there)
                return True
            place += by
        return False
