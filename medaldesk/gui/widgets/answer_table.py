"""A table in which one column is answered: typing replaces, Enter takes and goes down."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.gui.delegates.completing import CompletingDelegate, CompletingEdit
from medaldesk.gui.models.row_model import Index, RowModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table

MOST_OF_ROOM = 0.26
"""The share of a table that a column has at most; the one that stretches may have more."""

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerDelegate(CompletingDelegate):
    """Completes an answer; a small arrow says that there is something to choose."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            super().paint(painter, option, index)
            return
        whole, room = option.rect, theme().px(20)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, theme().colours.selection)
        text = QStyleOptionViewItem(option)
        text.rect = whole.adjusted(0, 0, -room, 0)
        super().paint(painter, text, index)
        _paint_arrow(painter, whole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)


def _opens(event: QKeyEvent) -> bool:
    """Whether a key shows what can be chosen: F2, and Alt with Down."""
    alt = Qt.KeyboardModifier.AltModifier
    is_down = event.key() == Qt.Key.Key_Down and event.modifiers() == alt
    return is_down or event.key() == Qt.Key.Key_F2


def _paint_arrow(painter: QPainter, cell: QRect) -> None:
    px = theme().px
    middle, right = cell.center().y(), cell.right() - px(9)
    half, deep = px(4), px(4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colours.muted)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(right - 2 * half, middle - deep / 2),
                QPointF(right, middle - deep / 2),
                QPointF(right - half, middle + deep / 2),
            ]
        )
    )
    painter.restore()


class AnswerTable(Table):
    """The cursor stays in the column that is answered.

    Enter in a row that nobody types in, and Tab, are for whoever holds the table. A click opens
    the answer with all that can be chosen.
    """

    stretch_least = 100

    def __init__(
        self, model: RowModel[Any], name: str, answer: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, name, parent)
        self._answer = answer
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)

    @property
    def answer_column(self) -> int:
        column = self.rows.column_of(self._answer)
        assert column is not None
        return column

    @property
    def editing(self) -> bool:
        """Whether an answer is being typed."""
        return self.state() is QAbstractItemView.State.EditingState

    def go_to(self, row: int) -> None:
        """Put the cursor on the answer of a row."""
        if self.rows.rowCount():
            row = min(max(row, 0), self.rows.rowCount() - 1)
            self.setCurrentIndex(self.rows.index(row, self.answer_column))

    def commit_open(self) -> None:
        """Take what is being typed."""
        editor = self.window().focusWidget()
        if self.editing and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _width_of(self, number: int) -> int:
        """No column takes so much of a narrow table that the others are out of sight."""
        return min(super()._width_of(number), round(self.viewport().width() * MOST_OF_ROOM))

    # Keys and mouse

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.column() != self.answer_column:
            self.setCurrentIndex(self.rows.index(current.row(), self.answer_column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER
        if self.editing:
            # Enter reaches the view from an open editor, too: it takes the answer, not the step.
            if not is_enter:
                super().keyPressEvent(event)
        elif is_enter:
            event.ignore()
        elif _opens(event):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == self.answer_column:
            self._open(index)

    def _open(self, index: Index) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        if not self.editing:
            self.edit(index)
        editor = self.window().focusWidget()
        if isinstance(editor, CompletingEdit):
            editor.open_list()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table: there is one answer in a row."""
        return QWidget.focusNextPrevChild(self, forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint is not hints.NoHint:
            self.setFocus()
        steps = {hints.SubmitModelCache: 1, hints.EditNextItem: 1, hints.EditPreviousItem: -1}
        if hint in steps:
            self.go_to(self.currentIndex().row() + steps[hint])
