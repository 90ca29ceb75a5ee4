"""Facts one below the other: what each is about at the left, what is so beside it, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.gui.models.row_model import ROOT, Index
from medaldesk.gui.target import Target
from medaldesk.gui.theme import theme

FACT = Qt.ItemDataRole.UserRole + 1
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_AT_THE_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINK = "›"


@dataclass(frozen=True, slots=True)
class Fact:
    """`about` is said once for facts that follow each other; `target` is where Enter leads."""

    about: str
    text: str
    target: Target | None = None


class FactModel(QAbstractListModel):
    """The facts in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: list[Fact] = []

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.facts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.facts):
            return None
        fact = self.facts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return fact.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{fact.about}: {fact.text}"
        return fact if role == FACT else None

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; nothing is disturbed where they are the same."""
        if list(facts) != self.facts:
            self.beginResetModel()
            self.facts = list(facts)
            self.endResetModel()

    def is_first(self, row: int) -> bool:
        """Whether a fact is about something else than the one above it."""
        return row == 0 or self.facts[row - 1].about != self.facts[row].about


class FactDelegate(QStyledItemDelegate):
    """Paints a fact over as many lines as it needs; a link has an arrow at its end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, FactList)
        fact, rect, colours = index.data(FACT), option.rect, theme().colours
        left, above = _places(view, rect)
        painter.setFont(theme().font())
        if view.facts.is_first(index.row()):
            painter.setPen(colours.muted)
            painter.drawText(above, _WRAPPED, fact.about)
        painter.setPen(colours.text)
        painter.drawText(left, _WRAPPED, fact.text)
        if fact.target is not None:
            painter.setPen(colours.accent)
            painter.drawText(rect.adjusted(0, 0, -theme().px(10), 0), _AT_THE_END, _LINK)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_frame(painter, rect)

    def _paint_frame(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colours.accent, 2))
        radius = theme().px(5)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        assert isinstance(view, FactList)
        width = view.viewport().width()
        room, _ = _places(view, QRect(0, 0, width, 1 << 20))
        metrics = QFontMetrics(theme().font())
        height = metrics.boundingRect(room, _WRAPPED, index.data(FACT).text).height()
        return QSize(width, height + 2 * theme().px(4))


def _places(view: FactList, rect: QRect) -> tuple[QRect, QRect]:
    """Where the text goes, and what it is about."""
    px, about = theme().px, view.about_width()
    inside = rect.adjusted(px(8), px(4), -px(26), -px(4))
    return inside.adjusted(about, 0, 0, 0), QRect(inside.topLeft(), QSize(about, inside.height()))


class FactList(QListView):
    """Arrows move, Enter and a click follow a link."""

    go = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactModel(self)
        self.setModel(self.facts)
        self.setItemDelegate(FactDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._follow)
        theme().changed.connect(self.relayout)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show facts with the cursor on the first."""
        self.facts.show_facts(facts)
        if facts and not self.currentIndex().isValid():
            self.setCurrentIndex(self.facts.index(0))

    def about_width(self) -> int:
        """Pixels of the column that says what the facts are about."""
        metrics = QFontMetrics(theme().font())
        abouts = (metrics.horizontalAdvance(fact.about) for fact in self.facts.facts)
        return min(max(abouts, default=0) + theme().px(16), self.viewport().width() // 3)

    def height_of_facts(self) -> int:
        """Pixels that show every fact."""
        return sum(self.sizeHintForRow(row) for row in range(self.facts.rowCount()))

    def relayout(self) -> None:
        """Break the facts into lines anew."""
        self.facts.layoutChanged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _follow(self, index: QModelIndex) -> None:
        fact = index.data(FACT) if index.isValid() else None
        if fact is not None and fact.target is not None:
            self.go.emit(fact.target)
