"""The left of the window: the book as a tree with a filter above it."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.domain.names import fold
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.tree_model import TreeModel, TreeRole
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import UndoPassedOn

Index = QModelIndex | QPersistentModelIndex

COUNT_MARGIN = 10
"""Pixels at 100 % to the right of a count."""

SIXTEENTHS = 16
"""Qt measures arcs in sixteenths of a degree."""


class TreeFilter(QSortFilterProxyModel):
    """Keeps the lines whose text, or whose branch, has all the words typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    def set_text(self, text: str) -> None:
        self.beginFilterChange()
        self._words = fold(text).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        index = self.sourceModel().index(row, 0, parent)
        text = fold(str(index.data() or ""))
        return all(word in text for word in self._words)


class TreeDelegate(QStyledItemDelegate):
    """A status dot before an event, the number of entries or events behind, muted."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        target = index.data(TreeRole.TARGET)
        if target is None:
            option.palette.setColor(option.palette.ColorRole.Text, theme().colours.muted)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, state = theme(), option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.colours.selection)
        inner = QStyleOptionViewItem(option)
        inner.state &= ~QStyle.StateFlag.State_HasFocus
        inner.rect = _text_room(option.rect, index)
        super().paint(painter, inner, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if status := index.data(TreeRole.STATUS):
            _paint_dot(painter, option.rect, status)
        if count := index.data(TreeRole.COUNT):
            painter.setPen(look.colours.muted)
            painter.setFont(look.font(0.9))
            room = option.rect.adjusted(0, 0, -look.px(COUNT_MARGIN), 0)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, str(count))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colours.accent, 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A name that is cut is whole in its tooltip."""
        text = str(index.data() or "")
        needs = option.fontMetrics.horizontalAdvance(text) + theme().px(6)
        if (
            event.type() is not QEvent.Type.ToolTip
            or needs <= _text_room(option.rect, index).width()
        ):
            return super().helpEvent(event, view, option, index)
        status = index.data(Qt.ItemDataRole.ToolTipRole)
        tip = plain_tip(f"{text} · {status}" if status else text)
        QToolTip.showText(event.globalPos(), tip, view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), theme().px(26)))


def _text_room(rect: QRect, index: Index) -> QRect:
    """What a line leaves for its name, between the dot and the count."""
    look, count = theme(), index.data(TreeRole.COUNT)
    left = look.px(16) if index.data(TreeRole.STATUS) else 0
    right = 0
    if count:
        right = QFontMetrics(look.font(0.9)).horizontalAdvance(str(count))
        right += look.px(COUNT_MARGIN + 4)
    return rect.adjusted(left, 0, -right, 0)


def _paint_dot(painter: QPainter, rect: QRect, status: str) -> None:
    """Hollow is scheduled, half running, a thick ring unofficial, full official.

    The shape says it as well as the colour.
    """
    look, colours = theme(), theme().colours
    thick = look.px(10) / 4 if status == "unofficial" else look.px(10) / 8
    ink = {"scheduled": colours.muted, "running": colours.running.text}.get(status, colours.better)
    size = look.px(9) - thick
    dot = QRectF(0, 0, size, size)
    dot.moveCenter(QRectF(rect).center())
    dot.moveLeft(rect.left() + look.px(3) + thick / 2)
    painter.setPen(QPen(ink, thick))
    painter.setBrush(ink if status == "official" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(dot)
    if status == "running":
        painter.setBrush(ink)
        painter.drawChord(dot, 90 * SIXTEENTHS, 180 * SIXTEENTHS)


class Tree(QTreeView):
    """Enter opens what the cursor is on."""

    chosen = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def choose(self, index: QModelIndex) -> None:
        """Open an event or the table of a competition; a day only opens and closes."""
        target = index.data(TreeRole.TARGET) if index.isValid() else None
        if target is None:
            self.setExpanded(index, not self.isExpanded(index))
            return
        if target.place is Place.STANDINGS:
            self.setExpanded(index, True)
        self.chosen.emit(target)


class TreePanel(QWidget):
    """`go` names what was chosen."""

    go = Signal(object)

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._live = live
        self.model = TreeModel(live.reads, self)
        self._filter = TreeFilter(self)
        self._filter.setSourceModel(self.model)
        self.box = QLineEdit(self, clearButtonEnabled=True)
        self.box.setPlaceholderText(self.tr("Filter"))
        self.box.setAccessibleName(self.tr("Filter the tree"))
        self.box.textChanged.connect(self._on_filter)
        UndoPassedOn(self.box)
        self.tree = Tree(self, headerHidden=True, uniformRowHeights=True)
        self.tree.setAccessibleName(self.tr("Competitions and events"))
        self.tree.setModel(self._filter)
        self.tree.setItemDelegate(TreeDelegate(self.tree))
        # Imported events often begin with their sport: what tells them apart comes last.
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree.clicked.connect(self.tree.choose)
        self.tree.chosen.connect(self.go)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.box)
        self._layout.addWidget(self.tree, 1)
        live.changed.connect(self._on_change)
        theme().changed.connect(self._restyle)
        self._restyle()

    def reveal(self, event: int) -> None:
        """Put the cursor on an event without opening it."""
        self._select(self.model.reveal(self._live.reads.event_row(event)))

    def reveal_competition(self, competition: int) -> None:
        """Put the cursor on a competition."""
        self._select(self.model.index_of(Target(Place.STANDINGS, competition)))

    def _select(self, at: QModelIndex) -> None:
        shown = self._filter.mapFromSource(at)
        if shown.isValid():
            self.tree.setCurrentIndex(shown)
            self.tree.scrollTo(shown)

    def current(self) -> Target | None:
        """What the cursor is on, if it is an event or a competition."""
        index = self.tree.currentIndex()
        target = index.data(TreeRole.TARGET) if index.isValid() else None
        return target if isinstance(target, Target) else None

    def _on_filter(self, text: str) -> None:
        if text.strip():
            self.model.fetch_all()
        self._filter.set_text(text)
        if text.strip():
            self.tree.expandAll()

    def _on_change(self, change: Change) -> None:
        """Keep open what was open, also where the tree has to be read anew."""
        if not self.model.is_reshaped(change):
            self.model.update(change)
            return
        was = self.current()
        open_competitions = [
            target
            for row in range(self._filter.rowCount())
            if self.tree.isExpanded(index := self._filter.index(row, 0))
            and (target := index.data(TreeRole.TARGET))
        ]
        self.model.reload()
        for target in open_competitions:
            self._open(target)
        if was is not None:
            QTimer.singleShot(0, self, lambda: self._restore(was))

    def _restore(self, target: Target) -> None:
        """Go back to where the cursor was, unless somebody has put it elsewhere since."""
        at = self.model.index_of(target)
        if at.isValid() and self.current() is None:
            self._select(at)

    def _open(self, target: Target) -> None:
        at = self.model.index_of(target)
        if at.isValid():
            self.model.fetchMore(at)
            self.tree.expandRecursively(self._filter.mapFromSource(at), 2)

    def _restyle(self) -> None:
        px = theme().px
        self._layout.setContentsMargins(px(10), px(10), px(6), px(6))
        self._layout.setSpacing(px(8))
        self.tree.setIndentation(px(14))
