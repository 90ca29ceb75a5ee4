"""What changed, in sentences: a list that costs little, since every mark brings several."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from medaldesk.gui.theme import theme
from medaldesk.reports.told import Sentence, SentenceKind

KEPT = 40
"""Sentences kept on screen; the History page has them all."""

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
TOLD = Qt.ItemDataRole.UserRole + 1


@dataclass(eq=False, slots=True)
class Told:
    """A sentence of the last change (`fresh`) or an earlier one; `ends` is a change's last.

    `lines` is the sentence broken into lines of `width`, `height` pixels high together.
    """

    sentence: Sentence
    ends: bool
    fresh: bool = True
    lines: QTextLayout | None = None
    width: int = 0
    height: int = 0


class SentenceModel(QAbstractListModel):
    """The sentences of the last changes, the latest on top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Told] = []

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        told = self.rows[index.row()]
        if role == TOLD:
            return told
        return told.sentence.text if role == Qt.ItemDataRole.DisplayRole else None

    def tell(self, sentences: Sequence[Sentence]) -> None:
        """Put the sentences of a change on top; those before are old now."""
        for told in self.rows:
            if told.fresh:
                told.fresh, told.lines = False, None
        if sentences:
            self.beginInsertRows(QModelIndex(), 0, len(sentences) - 1)
            last = len(sentences) - 1
            self.rows[:0] = [Told(one, place == last) for place, one in enumerate(sentences)]
            self.endInsertRows()
        if len(self.rows) > KEPT:
            self.beginRemoveRows(QModelIndex(), KEPT, len(self.rows) - 1)
            del self.rows[KEPT:]
            self.endRemoveRows()

    def restyle(self) -> None:
        """Break the sentences into lines anew: the font is another."""
        self.layoutAboutToBeChanged.emit()
        for told in self.rows:
            told.lines = None
        self.layoutChanged.emit()


class SentenceDelegate(QStyledItemDelegate):
    """Paints a sentence with its strong part; an older one muted, the one with the keys framed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told, rect = index.data(TOLD), option.rect
        colours, px = theme().colours, theme().px
        painter.setPen(colours.text if told.fresh else colours.muted)
        lines = _laid_out(told, rect.width() - _beside())
        lines.draw(painter, QPointF(rect.left() + px(14), rect.top() + px(3)))
        if option.state & QStyle.StateFlag.State_HasFocus:
            _frame(painter, rect.adjusted(px(8), 0, -px(8), -px(8) if told.ends else 0))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        told, px, view = index.data(TOLD), theme().px, option.widget
        assert isinstance(view, QListView)
        width = view.viewport().width()
        _laid_out(told, width - _beside())
        # A little air below the last sentence parts one change from the next.
        return QSize(width, told.height + px(14 if told.ends else 6))


def _beside() -> int:
    """Pixels left free on both sides of a sentence."""
    return theme().px(14) + theme().px(12)


def _frame(painter: QPainter, around: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().colours.accent, 2))
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), theme().px(5), theme().px(5))
    painter.restore()


_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _laid_out(told: Told, width: int) -> QTextLayout:
    """The sentence broken into lines of a width."""
    if told.lines is not None and told.width == width:
        return told.lines
    lines = QTextLayout(told.sentence.text, theme().font())
    lines.setTextOption(_WRAPPED)
    lines.setCacheEnabled(True)
    lines.setFormats(list(_formats(told)))
    below = 0.0
    lines.beginLayout()
    while (line := lines.createLine()).isValid():
        line.setLeadingIncluded(True)
        line.setLineWidth(width)
        line.setPosition(QPointF(0, below))
        below += line.height()
    lines.endLayout()
    told.lines, told.width, told.height = lines, width, math.ceil(below)
    return lines


def _formats(told: Told) -> Iterator[QTextLayout.FormatRange]:
    """The strong part in bold, in a colour of its own where it tells of a record; arrows."""
    colours, text, strong = theme().colours, told.sentence.text, told.sentence.strong
    record = told.fresh and told.sentence.kind is SentenceKind.RECORD
    if strong and strong in text:
        ink = colours.record.text if record else None
        yield _format(text.index(strong), len(strong), ink, bold=True)
    if told.fresh:
        for arrow, colour in (("▲", colours.better), ("▼", colours.error)):
            if arrow in text:
                yield _format(text.index(arrow), len(arrow), colour)


def _format(
    start: int, length: int, ink: QColor | None, *, bold: bool = False
) -> QTextLayout.FormatRange:
    """How some letters of a sentence differ from the others."""
    letters = QTextLayout.FormatRange()
    letters.start, letters.length = start, length
    if ink is not None:
        letters.format.setForeground(ink)
    if bold:
        letters.format.setFontWeight(QFont.Weight.Bold)
    return letters
