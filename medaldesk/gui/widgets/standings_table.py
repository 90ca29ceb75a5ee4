"""The medal table as a widget: cells that lead to medals, changes beside the numbers, the sum."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.book.reads.standings import MedalTable
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Breakdown, RankBy, Tally
from medaldesk.gui.models.row_model import Look
from medaldesk.gui.models.standings_columns import GENDER_COLUMNS, MEDAL_COLUMNS, NUMBER_COLUMNS
from medaldesk.gui.models.standings_columns import count as count_of
from medaldesk.gui.models.standings_model import StandingsModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import CellDelegate, Table, paint_pills
from medaldesk.reports import table_words, words

CHANGE_ROOM = 26
"""Pixels at 100 % right of a number for its change."""

Index = QModelIndex | QPersistentModelIndex


class _MedalHeader(QHeaderView):
    """Column heads where G, S and B stand on the colour of their medal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme().px(24))

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        if self._medal(section):
            option.text = ""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if medal := self._medal(section):
            look, letter = theme(), words.medal_letter(medal)
            metrics = QFontMetrics(look.font(0.9, QFont.Weight.Bold))
            width = max(metrics.horizontalAdvance(letter), metrics.height() - look.px(8))
            beside = look.px(CHANGE_ROOM) if self._rows.compared else 0
            box = rect.adjusted(rect.width() - width - look.px(22) - beside, 0, 0, 0)
            paint_pills(painter, box, [(letter, medal)])

    @property
    def _rows(self) -> StandingsModel:
        model = self.model()
        assert isinstance(model, StandingsModel)
        return model

    def _medal(self, section: int) -> Medal | None:
        return MEDAL_COLUMNS.get(self._rows.columns[section].key)


class _ChangeDelegate(CellDelegate):
    """Where two tables are compared: the number, and right of it how it changed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows = index.model()
        assert isinstance(rows, StandingsModel)
        row, column = rows.row(index.row()), rows.columns[index.column()]
        change = rows.change_of(row, column.key)
        if change is None:
            super().paint(painter, option, index)
            return
        look, rect = rows.look_at(index), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or look.flash:
            painter.fillRect(rect, self._colours.selection if selected else self._colours.flash)
        number = Look(str(count_of(row.tally, column.key)), look.weight)
        left = rect.adjusted(0, 0, -theme().px(CHANGE_ROOM), 0)
        self._paint_text(painter, left, number, column.align, selected=selected)
        paint_change(painter, rect, change)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_frame(painter, rect, wrong=False)


def paint_change(painter: QPainter, rect: QRect, change: int) -> None:
    """`+1` or `−1` at the right of a cell, in the colour of better or worse."""
    colours = theme().colours
    painter.setFont(theme().font(0.9, QFont.Weight.DemiBold))
    painter.setPen(colours.better if change > 0 else colours.error)
    room = rect.adjusted(0, 0, -theme().px(6), 0)
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, side, table_words.change(change))


class StandingsTable(Table):
    """The table by cells, since each number leads to its medals; as high as its rows."""

    frames_cell = True
    stretch_least = 96

    def __init__(self, model: StandingsModel, name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        self.setHorizontalHeader(_MedalHeader(self))
        self.setItemDelegate(_ChangeDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setToolTip(self.tr("Click a number, or press Enter, to see the medals behind it"))
        model.headerDataChanged.connect(self.fit_columns)
        self.fit_columns()

    def fit_height(self) -> None:
        """Leave no empty room below the last row, so that the totals follow it."""
        rows = self.model().rowCount() * theme().row_height
        # The bar itself comes and goes only after this.
        wide = self.horizontalHeader().length() > self.viewport().width()
        below = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setMaximumHeight(self.horizontalHeader().sizeHint().height() + rows + below)

    def fit_columns(self) -> None:
        """Where the names of the nations have no room, their codes take what is left."""
        super().fit_columns()
        code, name = self.rows.column_of("code"), self.rows.column_of("name")
        rest = self.viewport().width() - self.horizontalHeader().length()
        if code is not None and name is not None and self.isColumnHidden(name) and rest > 0:
            self.setColumnWidth(code, self.columnWidth(code) + rest)
        self.fit_height()


class TotalsLine(QWidget):
    """The sum of the table under its columns."""

    def __init__(self, table: StandingsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._texts: dict[str, str] = {}
        self._changes: Tally | None = None
        self._strong = "total"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(0, theme().row_height)

    def show_totals(self, table: MedalTable, before: MedalTable | None = None) -> None:
        """Show the sum over the nations listed, beside its change where tables are compared."""
        tally, nations = table.totals, len(table.lines)
        counted = {medal.value: str(tally.of_medal(medal)) for medal in Medal}
        of_nations = self.tr("{n} nations").format(n=nations)
        name = self.tr("1 nation") if nations == 1 else of_nations
        self._texts = {
            "name": name,
            **counted,
            "total": str(tally.total),
            **_by_gender(table),
            "points": table_words.points(table.weights.points(tally)),
        }
        self._strong = "points" if table.rank_by is RankBy.WEIGHTED else "total"
        self._changes = tally - before.totals if before else None
        self.setAccessibleName(
            self.tr("All: {gold} gold, {silver} silver, {bronze} bronze, {total} medals").format(
                **counted, total=tally.total
            )
        )
        self.updateGeometry()
        self.update()

    def text(self, column: str) -> str:
        """What stands under a column."""
        return self._texts.get(column, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setPen(look.colours.line)
        painter.drawLine(0, 0, self.width(), 0)
        for number, column in enumerate(self._table.rows.columns):
            if self._table.isColumnHidden(number):
                continue
            left = self._table.columnViewportPosition(number)
            box = QRect(left, 0, self._table.columnWidth(number), self.height())
            self._paint_cell(painter, box, column.key, column.align)

    def _paint_cell(self, painter: QPainter, box: QRect, key: str, align: Qt.AlignmentFlag) -> None:
        look, beside = theme(), 0
        if self._changes is not None and key in NUMBER_COLUMNS:
            beside = look.px(CHANGE_ROOM)
            paint_change(painter, box, count_of(self._changes, key))
        painter.setFont(self._font(key))
        painter.setPen(self._ink(key))
        inner = box.adjusted(look.px(8), 0, -look.px(8) - beside, 0)
        painter.drawText(inner, align, self.text(key))

    def _font(self, key: str) -> QFont:
        if key == self._strong:
            return theme().font(1.05, QFont.Weight.Bold)
        return theme().font(weight=QFont.Weight.DemiBold)

    def _ink(self, key: str) -> QColor:
        colours = theme().colours
        return colours.muted if key == "name" else colours.text


def _by_gender(table: MedalTable) -> dict[str, str]:
    """The sums under the columns of genders."""
    whole = sum((line.by_gender for line in table.lines), Breakdown())
    return {key: str(getattr(whole, key).total) for key in GENDER_COLUMNS}
