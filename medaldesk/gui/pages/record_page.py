"""The history of a record list: the steps as a chart, the lines as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QSplitter,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.book.reads.records import RecordHistory, RecordListRow
from medaldesk.domain.marks import format_mark
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.record_model import BASELINE, RecordModel, key_of
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.step_chart import StepChart
from medaldesk.gui.widgets.table import Table

_NAMED = {
    "record_list", "record_baseline", "record_kind", "event_type", "series", "nation",
    "nation_code", "discipline",
}  # fmt: skip
"""Tables whose names and facts stand on this page whatever the results are."""


LEAST_CHART = 75
"""The height of the chart, at 100 %, below which its steps cannot be told apart."""

LEAST_LINES = 3
"""Lines of the table that are seen before the chart gets more than the least."""


class RecordPage(Page):
    """Shows one record list, chosen with `show_list`."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.list_id: int | None = None
        self._shown: RecordHistory | None = None
        self._heading = Heading(self)
        self._lists = QComboBox(self)
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self.chart = StepChart(self)
        self.model = RecordModel(self)
        self.table = Table(self.model, self.tr("Record history"), self)
        self.table.setToolTip(self.tr("Press Enter to see the result"))
        self._build_layout()
        self._lists.activated.connect(self._choose_list)
        self.chart.chosen.connect(self._select_row)
        self.chart.opened.connect(self._open)
        self.chart.save_wanted.connect(self.save_picture)
        self.table.activated.connect(lambda index: self._open(self._key(index)))
        self.table.selectionModel().currentRowChanged.connect(self._select_point)
        self.setFocusProxy(self.table)

    def title(self) -> str:
        return self.tr("Records")

    # Showing

    def show_list(self, record_list: int) -> None:
        """Show a record list with its history."""
        self.list_id = record_list
        self.mark_stale()

    def touches(self, change: Change) -> bool:
        """Its list, the events its records come from, and names."""
        events = {row.event for row in self._shown.rows} if self._shown else set()
        return (
            self.list_id in change.record_lists
            or bool(events & change.events)
            or bool(_NAMED & change.tables)
        )

    def refresh(self, change: Change | None = None) -> None:
        if change is None or change.tables & _NAMED:
            self._show_lists(self.live.reads.record_lists())
        if self.list_id is None:
            self._shown = None
            self._show_empty_book()
            return
        self._show_history(self.live.reads.record_history(self.list_id))

    def _show_lists(self, lists: Sequence[RecordListRow]) -> None:
        """Stay with the list that is shown, or take the liveliest where it is gone."""
        if self.list_id not in {found.id for found in lists}:
            self.list_id = self._liveliest(lists)
        shown = [(_list_name(found), found.id) for found in lists]
        combo = self._lists
        if shown != [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())]:
            combo.clear()
            for name, record_list in shown:
                combo.addItem(name, record_list)
        combo.setCurrentIndex(combo.findData(self.list_id))
        for part in (combo, self._splitter):
            part.setVisible(bool(lists))
        self._empty.setVisible(not lists)

    def _liveliest(self, lists: Sequence[RecordListRow]) -> int | None:
        """Of the first event type, the list with the latest record."""
        alike = [found.id for found in lists if found.event_type == lists[0].event_type]
        return max(alike, key=self._latest_day, default=None)

    def _latest_day(self, record_list: int) -> str:
        rows = self.live.reads.record_history(record_list).rows
        return max((row.day or "" for row in rows), default="")

    def _show_history(self, history: RecordHistory) -> None:
        """Lines that are new flash where the same list was shown before."""
        again = self._shown is not None and self._shown.list.id == history.list.id
        self._shown = history
        self.model.show_history(history, again=again)
        self.chart.show_history(history)
        self._show_head(history)
        if not again and history.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.scrollToTop()

    def _show_head(self, history: RecordHistory) -> None:
        found = history.list
        self._heading.show_text(found.kind_name, " · ".join(self._context(history)))
        marks = {format_mark(row.mark, found.form.kind) for row in history.current}
        self._heading.pill.show_pill(" ".join(marks), theme().colours.record)

    def _context(self, history: RecordHistory) -> list[str]:
        found = history.list
        event_type = self.live.reads.event_type(found.event_type)
        parts = [event_type.name, event_type.discipline]
        series = {row.code: row.name for row in self.live.reads.series()}
        if found.series:
            parts.append(series.get(found.series, found.series))
        return parts

    def _show_empty_book(self) -> None:
        self._heading.show_text(self.title(), "")
        self._heading.pill.show_pill("", None)
        self._empty.setText(
            self.tr(
                "No record list yet. Choose “Add record list…” (Ctrl+R) to keep the Olympic, "
                "world or national record of an event; the results of this book then fill it."
            )
        )

    # Choosing

    def _choose_list(self, number: int) -> None:
        self.show_list(self._lists.itemData(number))

    def _key(self, index: QModelIndex) -> int:
        return key_of(self.model.row(index.row()))

    def _select_point(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chart.select(self._key(index))

    def _select_row(self, key: int) -> None:
        number = self.model.row_of(key)
        if number is not None:
            self.table.setCurrentIndex(self.model.index(number, 0))

    def _open(self, key: int) -> None:
        """Go to the result; what stood before the book begins has none."""
        if key != BASELINE:
            self.go.emit(Target(Place.RESULT, key))

    # Pictures

    def save_picture(self) -> None:
        """Ask where the chart goes, and write it there as PNG or SVG."""
        name = f"{self._lists.currentText()}.png".replace("/", "-")
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save picture"),
            name,
            self.tr("PNG picture (*.png);;SVG drawing (*.svg)"),
        )
        if path:
            self._write_picture(Path(path))

    def _write_picture(self, path: Path) -> None:
        try:
            self.chart.save(path)
        except OSError as error:
            text = self.tr("The picture could not be written: {why}. Choose another folder.")
            box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Save picture"), "", parent=self)
            box.setText(text.format(why=error.strerror or error))
            box.setDetailedText(str(path))
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()

    # Building

    def _build_layout(self) -> None:
        self._lists.setAccessibleName(self.tr("Record list"))
        self._lists.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._lists.setMinimumContentsLength(8)
        self._row = QHBoxLayout()
        self._row.addWidget(self._lists)
        self._row.addStretch(1)
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        lines = QWidget(self)
        lines.setLayout(self._body)
        self._splitter = _Parts(self.chart, self.table, self)
        self._splitter.addWidget(self.chart)
        self._splitter.addWidget(lines)
        self.layout_.addWidget(self._heading)
        self.layout_.addLayout(self._row)
        self.layout_.addWidget(self._empty)
        self.layout_.addWidget(self._splitter, 1)
        self.layout_.addStretch(0)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._row.setContentsMargins(px(20), px(2), px(20), px(4))
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self.chart.setMinimumHeight(px(LEAST_CHART))
        self._splitter.share()
        self._empty.setContentsMargins(px(20), px(12), px(20), px(12))


class _Parts(QSplitter):
    """The chart above the lines, shared out until a person moves the border between them.

    Where there is little room the chart shrinks first, and then leaves: the lines say more.
    """

    def __init__(self, chart: QWidget, table: Table, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._chart, self._table = chart, table
        self._moved = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._keep)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Give the table its first lines, and the chart up to two fifths of the height."""
        room, least = self.height(), theme().px(LEAST_CHART)
        header = self._table.horizontalHeader().sizeHint().height()
        lines = header + LEAST_LINES * theme().row_height
        self._chart.setVisible(room - lines >= least)
        if not self._moved:
            chart = max(least, min(round(room * 0.4), room - lines))
            self.setSizes([chart, room - chart])

    def _keep(self) -> None:
        self._moved = True


def _list_name(found: RecordListRow) -> str:
    return f"{found.kind_name} · {found.event_type_name}"
