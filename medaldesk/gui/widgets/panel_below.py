"""A list under a table about one of its numbers, with a heading and a way to close it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table


class _ListTable(Table):
    """The column that takes what is left gives of it to those whose texts are longer."""

    stretch_least = 100

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        model.rowsInserted.connect(self.fit_columns)

    def fit_columns(self) -> None:
        super().fit_columns()
        columns = self.rows.columns
        giver = next(number for number, column in enumerate(columns) if not column.width)
        spare = self.columnWidth(giver) - max(self._needs(giver), theme().px(self.stretch_least))
        for number in range(len(columns)):
            lacks = self._needs(number) - self.columnWidth(number)
            taken = min(lacks, spare)
            if taken > 0 and not self.isColumnHidden(number):
                self.setColumnWidth(number, self.columnWidth(number) + taken)
                self.setColumnWidth(giver, self.columnWidth(giver) - taken)
                spare -= taken

    def _needs(self, number: int) -> int:
        """The width of the longest text of a column; pills have room as they are."""
        width, column = self.fontMetrics().horizontalAdvance, self.rows.columns[number]
        looks = (self.rows.look(row, column) for row in self.rows.rows())
        longest = max((0 if look.pills else width(look.text) for look in looks), default=0)
        return longest + 2 * theme().px(self.cell_margin) + 1


class PanelBelow(QWidget):
    """Lists the rows of a model; `go` carries the Target of one that was activated."""

    go = Signal(object)
    closed = Signal()

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.clicked.connect(self.close_panel)
        self.table = _ListTable(model, name, self)
        self.table.activated.connect(self.open_row)
        self._build_layout()
        self.hide()

    def open_row(self, index: QModelIndex) -> None:
        """Go where a row leads to."""
        raise AssertionError("every panel leads somewhere")

    def enter(self) -> None:
        """Put the cursor on the first row."""
        if self.table.rows.rowCount():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
            self.table.setFocus()

    def close_panel(self) -> None:
        """Hide, and give the keyboard back to the table."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _build_layout(self) -> None:
        strip = QWidget(self)
        strip.setObjectName("panel")
        self._head = QHBoxLayout(strip)
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        self.table.horizontalHeader().hide()
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        layout.addLayout(self._body, 1)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._head.setContentsMargins(px(20), px(8), px(12), px(8))
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self.heading.setFont(theme().font(1.05, QFont.Weight.DemiBold))
