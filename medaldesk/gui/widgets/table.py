"""The table that all pages use: dense, without grid lines, columns that fill the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from medaldesk.domain.medals import Medal
from medaldesk.gui.models.columns import CENTRE, RIGHT
from medaldesk.gui.models.row_model import Look, RowModel
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.theme import theme

Index = QModelIndex | QPersistentModelIndex
Alignment = Qt.AlignmentFlag


_SELECTED = QStyle.StateFlag.State_Selected.value
_HOLDS_KEYS = QStyle.StateFlag.State_HasFocus.value


class CellDelegate(QStyledItemDelegate):
    """Paints a cell by the weight of its column, with pills where the model gives some.

    One mark can move every row of a sheet, so that the cells of a Table are painted here: the
    style would ask the model and the style sheet a dozen times for each.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        theme().changed.connect(self._restyle)
        self._restyle()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, Table):
            super().paint(painter, option, index)
            return
        rows, rect = view.rows, option.rect
        look = rows.look_at(index)
        state = option.state.value
        selected = bool(state & _SELECTED)
        if selected or look.flash:
            painter.fillRect(rect, self._colours.selection if selected else self._colours.flash)
        if look.pills:
            paint_pills(painter, rect, look.pills)
        elif look.text:
            align = rows.columns[index.column()].align
            self._paint_text(painter, rect, look, align, selected=selected)
        if view.frames_cell and state & _HOLDS_KEYS:
            self._paint_frame(painter, rect, wrong=look.error)

    def _paint_text(
        self, painter: QPainter, rect: QRect, look: Look, align: Alignment, *, selected: bool
    ) -> None:
        font, metrics = self._fonts[look.weight == "strong", look.struck]
        muted = look.weight == "muted" and not selected
        ink = self._colours.muted if muted else self._colours.text
        painter.setFont(font)
        painter.setPen(self._colours.error if look.error else ink)
        text, room = look.text, rect.width() - 2 * self._margin
        width = metrics.horizontalAdvance(text)
        if width > room:
            text, width = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room), room
        left = rect.left() + self._margin
        if align == RIGHT:
            left += room - width
        elif align == CENTRE:
            left += (room - width) // 2
        # All fonts stand on the line of the plain one.
        painter.drawText(left, rect.top() + (rect.height() + self._rise) // 2, text)

    def _paint_frame(self, painter: QPainter, rect: QRect, *, wrong: bool) -> None:
        """Show which cell the keyboard is in."""
        painter.save()
        painter.setPen(QPen(self._colours.error if wrong else self._colours.accent, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if event.type() != QEvent.Type.ToolTip or not tip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip(str(tip)), view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme().row_height)

    def _restyle(self) -> None:
        self._colours = theme().colours
        view = self.parent()
        self._margin = theme().px(view.cell_margin if isinstance(view, Table) else 8)
        plain = QFontMetrics(theme().font())
        self._rise = plain.ascent() - plain.descent()
        self._fonts = {
            (strong, struck): _font(strong=strong, struck=struck)
            for strong in (False, True)
            for struck in (False, True)
        }


def _font(*, strong: bool, struck: bool) -> tuple[QFont, QFontMetrics]:
    font = theme().font(1.05, QFont.Weight.Bold) if strong else theme().font()
    font.setStrikeOut(struck)
    return font, QFontMetrics(font)


def paint_pills(painter: QPainter, rect: QRect, pills: Sequence[tuple[str, Medal | str]]) -> None:
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
        pill = look.colours.pill(kind)
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
    """Whether the cell that the keyboard is in has a frame; where not, its row has one."""

    cell_margin = 8
    """Pixels at 100 % on either side of a text."""

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
        for changed in (model.modelReset, model.columnsInserted, model.columnsRemoved):
            changed.connect(self.fit_columns)
        model.columnsInserted.connect(self._select_whole_rows)
        theme().changed.connect(self._restyle)
        self._restyle()

    @property
    def rows(self) -> RowModel[Any]:
        model = self.model()
        assert isinstance(model, RowModel)
        return model

    def fit_columns(self) -> None:
        """Give each column its width and the rest to the one that stretches."""
        px, columns = theme().px, self.rows.columns
        least = px(self.stretch_least)
        widths = [self._width_of(number) for number in range(len(columns))]
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

    def _select_whole_rows(self) -> None:
        """Select the cells of a new column, too, where the rest of their row is selected."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = self.selectionModel()
        for number in {index.row() for index in chosen.selectedIndexes()}:
            chosen.select(self.rows.index(number, 0), flags.Select | flags.Rows)

    def _width_of(self, number: int) -> int:
        """The width of a column, at least that of its title; 0 for the one that stretches."""
        column = self.rows.columns[number]
        if not column.width:
            return 0
        title = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title)
        return max(theme().px(column.width), title + 2 * theme().px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.frames_cell or not self.hasFocus():
            return
        here = self.currentIndex()
        if not here.isValid():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme().colours.accent, 2))
        top, height = self.rowViewportPosition(here.row()), self.rowHeight(here.row())
        painter.drawRect(1, top + 1, self.viewport().width() - 2, height - 2)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet takes them."""
        model = self.rows
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = [
            "\t".join(_copied(column.text(model.row(number))) for column in model.columns)
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


def _copied(text: str) -> str:
    """A cell as a spreadsheet may have it: `=3` and `=OR` would be formulas there."""
    return text.lstrip("=+@") if text.startswith(("=", "@")) else text
