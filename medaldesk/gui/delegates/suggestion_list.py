"""The list of suggestions below a field."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.gui.delegates.suggestions import Suggestion
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.theme import theme

MOST_ROWS = 10
"""Suggestions that are seen without scrolling."""

_ROOT = QModelIndex()


class ListRole(IntEnum):
    """What `SuggestionDelegate` paints muted beside the text."""

    DETAIL = Qt.ItemDataRole.UserRole + 1
    TRAILING = Qt.ItemDataRole.UserRole + 2


class SuggestionModel(QAbstractListModel):
    """The suggestions of a moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Suggestion, ...] = ()

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> Suggestion:
        return self._rows[number]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.label or row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    part for part in (row.label or row.text, row.detail, row.trailing) if part
                )
            case ListRole.DETAIL:
                return row.detail
            case ListRole.TRAILING:
                return row.trailing
        return None


class SuggestionDelegate(QStyledItemDelegate):
    """A line of a list: the text, a muted detail behind it, a muted word at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        text, blank.text = blank.text, ""
        blank.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        margin = theme().px(10)
        room = blank.rect.adjusted(margin, 0, -margin, 0)
        painter.save()
        colours = theme().colours
        right = Qt.AlignmentFlag.AlignRight
        room = _draw(painter, room, index.data(ListRole.TRAILING), colours.muted, right)
        room = _draw(painter, room, text, colours.text)
        _draw(painter, room, index.data(ListRole.DETAIL), colours.muted)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = option.fontMetrics
        parts = (index.data(Qt.ItemDataRole.DisplayRole), *(index.data(role) for role in ListRole))
        width = sum(metrics.horizontalAdvance(part or "") + theme().px(12) for part in parts)
        return QSize(width + theme().px(8), theme().row_height)


def _draw(
    painter: QPainter,
    room: QRect,
    text: str | None,
    colour: Any,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> QRect:
    """Write a text at one side of a room; returns the room that is left."""
    if not text or room.width() <= 0:
        return room
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(colour)
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
    taken = metrics.horizontalAdvance(shown) + theme().px(12)
    if side is Qt.AlignmentFlag.AlignRight:
        return room.adjusted(0, 0, -taken, 0)
    return room.adjusted(taken, 0, 0, 0)


class SuggestionList(QListView):
    """The list below a field: it is seen and clicked, but never has the keyboard."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setWindowFlags(
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("suggestions")
        self.setAccessibleName(QCoreApplication.translate("Completing", "Suggestions"))
        self.setModel(SuggestionModel(self))
        self.setItemDelegate(SuggestionDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def suggestions(self) -> SuggestionModel:
        model = self.model()
        assert isinstance(model, SuggestionModel)
        return model

    def show_below(self, field: QWidget, rows: Sequence[Suggestion]) -> None:
        """Show suggestions under a field, or above it where there is no room below."""
        look = theme()
        line, page = look.colours.line.name(), look.colours.page.name()
        self.setStyleSheet(f"QListView {{ border: 1px solid {line}; background: {page}; }}")
        self.setFont(field.font())
        self.suggestions.show_rows(rows)
        height = look.row_height * min(len(rows), MOST_ROWS) + 2
        width = max(field.width(), min(self.sizeHintForColumn(0) + look.px(16), look.px(420)))
        top = field.mapToGlobal(QPoint(0, field.height()))
        screen = field.screen().availableGeometry()
        if top.y() + height > screen.bottom():
            top.setY(top.y() - field.height() - height)
        top.setX(max(screen.left(), min(top.x(), screen.right() - width)))
        self.setGeometry(QRect(top, QSize(width, height)))
        self.show()

    def highlight(self, number: int | None) -> None:
        """Mark the row that would be taken; None marks none."""
        index = QModelIndex() if number is None else self.model().index(number, 0)
        self.setCurrentIndex(index)
        if number is None:
            self.clearSelection()
