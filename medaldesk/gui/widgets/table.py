"""The table that all pages use: dense, without grid lines, columns that fill the page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from medaldesk.domain.medals import Medal
from medaldesk.gui.models.row_model import Role, RowModel
from medaldesk.gui.theme import Pill, theme

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints a cell by the weight of its column, with pills where the model gives some.

    A model answers Role.PILLS with a list of (text, a Pill or what it stands for).
    """

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        look = theme()
        option.state &= ~QStyle.StateFlag.State_HasFocus
        match index.data(Role.WEIGHT):
            case "strong":
                option.font = look.font(1.05, QFont.Weight.Bold)
            case "muted":
                _ink(option, look.colours.muted)
        if index.data(Role.ERROR):
            _ink(option, look.colours.error)
        if index.data(Role.FLASH) and not option.state & QStyle.StateFlag.State_Selected:
            option.backgroundBrush = QBrush(look.colours.flash)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pills = index.data(Role.PILLS)
        if pills:
            self._paint_ground(painter, option, index)
            paint_pills(painter, option.rect, pills)
        else:
            super().paint(painter, option, index)
        view = option.widget
        if isinstance(view, Table) and view.frames_cell and view.holds_keys(index):
            self._paint_frame(painter, option.rect, wrong=bool(index.data(Role.ERROR)))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        widget = option.widget
        style = widget.style() if widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, widget)

    def _paint_frame(self, painter: QPainter, rect: QRect, *, wrong: bool) -> None:
        """Show which cell the keyboard is in."""
        colours = theme().colours
        painter.save()
        painter.setPen(QPen(colours.error if wrong else colours.accent, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme().row_height)


def _ink(option: QStyleOptionViewItem, colour: QColor) -> None:
    for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
        option.palette.setColor(role, colour)


def paint_pills(
    painter: QPainter, rect: QRect, pills: list[tuple[str, Pill | Medal | str]]
) -> None:
    """Small rounded labels side by side from the left of a cell."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = look.font(0.9, QFont.Weight.Bold)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    left = rect.left() + look.px(8)
    height = min(metrics.height() + look.px(4), rect.height() - 2)
    top = rect.top() + (rect.height() - height) // 2
    for text, kind in pills:
        pill = kind if isinstance(kind, Pill) else look.colours.pill(kind)
        width = max(metrics.horizontalAdvance(text) + look.px(12), height)
        box = QRect(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pill.fill)
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        painter.setPen(pill.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        left += width + look.px(4)
    painter.restore()


class Table(QTableView):
    """A QTableView over a RowModel; one column (width 0) takes what the others leave."""

    stretch_least = 140
    """Pixels at 100 % that the stretching column keeps in a narrow window."""

    frames_cell = False
    """Whether the cell that the keyboard is in has a frame."""

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme().px(24))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit_columns)
        theme().changed.connect(self._restyle)
        self._restyle()

    def holds_keys(self, index: Index) -> bool:
        """Whether what is typed now goes into this cell."""
        return self.hasFocus() and self.currentIndex() == index

    @property
    def rows(self) -> RowModel[Any]:
        model = self.model()
        assert isinstance(model, RowModel)
        return model

    def fit_columns(self) -> None:
        """Give each column its width and the rest to the one that stretches."""
        px, columns = theme().px, self.rows.columns
        least = px(self.stretch_least)
        widths = [px(column.width) for column in columns]
        room = self.viewport().width()
        shown = set(range(len(columns)))
        for number in reversed(range(len(columns))):
            needed = sum(widths[n] or least for n in shown)
            if columns[number].optional and needed > room:
                shown.discard(number)
        rest = room - sum(widths[n] for n in shown)
        for number, width in enumerate(widths):
            self.setColumnHidden(number, number not in shown)
            self.setColumnWidth(number, width or max(rest, least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet takes them."""
        model = self.rows
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = [
            "\t".join(column.text(model.row(number)) for column in model.columns)
            for number in chosen
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: Any) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        header = self.verticalHeader()
        header.setMinimumSectionSize(theme().row_height)
        header.setDefaultSectionSize(theme().row_height)
        self.fit_columns()
