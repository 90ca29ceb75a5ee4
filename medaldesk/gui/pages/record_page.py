"""The history of a record list: the steps as a chart, the lines as a table (RULES R22-R28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QSplitter,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.book.reads.records import RecordHistory, RecordListRow, RecordRow
from medaldesk.domain.marks import format_mark
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.compare_model import CompareModel
from medaldesk.gui.models.record_model import BASELINE, RecordModel, key_of
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.list_chooser import ListChooser
from medaldesk.gui.widgets.segments import ControlFlow
from medaldesk.gui.widgets.step_chart import StepChart
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words

_NAMED = {
    "record_list", "record_baseline", "record_ruling", "published_record", "record_kind",
    "event_type", "series", "nation", "nation_code", "discipline", "venue", "source",
}  # fmt: skip
"""Tables whose names and facts stand on this page whatever the results are."""


LEAST_CHART = 75
"""The height of the chart, at 100 %, below which its steps cannot be told apart."""

LEAST_LINES = 3
"""Lines of the table that are seen before the chart gets more than the least."""


class RecordPage(Page):
    """Shows one record list, chosen with `show_list`; beside what was published, if wanted."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.list_id: int | None = None
        self._shown: RecordHistory | None = None
        self._gone: int | None = None
        self._wanted: int | None = None
        self._heading = Heading(self)
        self.lists = ListChooser(self)
        self.compare = QCheckBox(self.tr("&Compare with published"), self)
        self.compare.setToolTip(self.tr("Show the lines beside those that were published"))
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self.chart = StepChart(self)
        self.model = RecordModel(self)
        self.table = Table(self.model, self.tr("Record history"), self)
        self.table.stretch_least = 104
        self.table.setToolTip(self.tr("Press Enter to see the result"))
        self.compared = CompareModel(self)
        self.comparison = Table(self.compared, self.tr("Computed and published"), self)
        self.summary = QLabel(self, wordWrap=True)
        self.summary.setProperty("role", "muted")
        self._build_layout()
        self._add_actions()
        self.lists.picked.connect(self._choose_list)
        self.compare.toggled.connect(self._show_comparison)
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
        self._gone = self._wanted = None
        self.mark_stale()

    def show_result(self, result: int) -> bool:
        """Show a list in which a result is a record, or was: that in sight, before any other.

        Returns whether there is one.
        """
        event = self.live.reads.event_of_result(result)
        lists = [row.id for row in self.live.reads.record_lists_of_event(event)]
        for record_list in sorted(lists, key=lambda found: found != self.list_id):
            history = self.live.reads.record_history(record_list)
            if any(row.result == result for row in (*history.rows, *history.annulled)):
                self.compare.setChecked(False)
                self.show_list(record_list)
                self._wanted = result
                return True
        return False

    def current(self) -> RecordRow | None:
        """The line under the cursor of the history."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def current_result(self) -> int | None:
        """The result under the cursor of the history; what stood before the book has none."""
        row = self.current() if self._shown and not self.table.isHidden() else None
        return row.result if row else None

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
        """Stay with the list that is shown, or take the liveliest while it is gone."""
        ids = {found.id for found in lists}
        if self._gone in ids:
            self.list_id, self._gone = self._gone, None
        if self.list_id not in ids:
            self._gone = self.list_id
            self.list_id = self._liveliest(lists)
        self.lists.show_lists(lists, self.list_id)
        self.lists.setVisible(bool(lists))

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
        self._tell_empty("" if history.rows or history.annulled else self._empty_list(history.list))
        if self._wanted is not None:
            self._select_row(self._wanted)
            self._wanted = None
        elif not again and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.scrollToTop()
        self.table.scrollTo(self.table.currentIndex())
        self._show_comparison()

    def _show_comparison(self) -> None:
        """The lines beside those published, where there are any and it is wanted."""
        history = self._shown
        published = bool(history and self.live.reads.published(history.list.id))
        self.compare.setVisible(published)
        shown = published and self.compare.isChecked()
        if shown and history:
            found = self.live.reads.published_comparison(history.list.id)
            self.compared.show_comparison(found)
            self.summary.setText(self.compared.summary())
        self.summary.setVisible(shown)
        self.comparison.setVisible(shown)
        self.table.setVisible(not shown)
        self.setFocusProxy(self.comparison if shown else self.table)
        if shown:
            self.comparison.scrollTo(self.compared.first_difference())

    def _show_head(self, history: RecordHistory) -> None:
        found = history.list
        lines = (self._context(found), self._rules(found))
        text = "\n".join(" · ".join(parts) for parts in lines if parts)
        self._heading.show_text(found.kind_name, text)
        marks = {format_mark(row.mark, found.form.kind) for row in history.current}
        self._heading.pill.show_pill(" ".join(marks), theme().colours.record)

    def _context(self, found: RecordListRow) -> list[str]:
        event_type = self.live.reads.event_type(found.event_type)
        series = {row.code: row.name for row in self.live.reads.series()}
        scope = words.record_scope(replace(found, series=None, age_class=None))
        named = series.get(found.series, found.series) if found.series else None
        parts = (event_type.name, event_type.discipline, named, scope)
        return [part for part in parts if part]

    def _rules(self, found: RecordListRow) -> list[str]:
        """What the list asks beyond a better mark."""
        rules = words.policy_lines(found.policy, found.form)
        if found.age_class is None:
            return rules
        rule = self.tr("{age_class}: {rule}").format(
            age_class=found.age_class, rule=words.age_class_rule(found.age_class)
        )
        return [rule, *rules]

    def _show_empty_book(self) -> None:
        self._heading.show_text(self.title(), "")
        self._heading.pill.show_pill("", None)
        self.compare.hide()
        self._tell_empty(
            self.tr(
                "No record list yet. Choose “Add record list…” (Ctrl+R) to keep the Olympic, "
                "world or national record of an event; the results of this book then fill it."
            )
        )

    def _empty_list(self, found: RecordListRow) -> str:
        if found.age_class:
            return self.tr(
                "No record yet. Only marks of athletes whose date of birth is known can count "
                "here: type it in “Describe athlete…”."
            )
        return self.tr(
            "No record yet. The first mark of this event that counts opens the list; to say what "
            "stood before this book begins, open the event and choose “Add record list…” (Ctrl+R)."
        )

    def _tell_empty(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self._splitter.setVisible(not text)

    # Choosing

    def _choose_list(self, record_list: int) -> None:
        self.show_list(record_list)
        self.setFocus()

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

    # Doing

    def rule(self) -> None:
        """Rule on the mark under the cursor: ratify, annul or reinstate it (RULES R26)."""
        from medaldesk.gui.dialogs.ruling_dialog import RulingDialog

        if (history := self._changeable()) is None:
            return
        self.compare.setChecked(False)
        row = self.current()
        if row is None:
            self.live.noted.emit(self.tr("There is no record in this list to rule on yet."))
        elif row.result is None:
            self.live.noted.emit(
                self.tr("This mark stood before the book begins: put the cursor on another one.")
            )
        else:
            RulingDialog(self.live, history, row, self.window()).exec()

    def change_list(self) -> None:
        """Change how the list judges (RULES R25)."""
        from medaldesk.gui.dialogs.policy_dialog import PolicyDialog

        if (history := self._changeable()) is not None:
            PolicyDialog(self.live, history.list, self.window()).exec()

    def edit_published(self) -> None:
        """Type or paste what was published, and then show the comparison."""
        from medaldesk.gui.dialogs.published_dialog import PublishedDialog

        if (history := self._changeable()) is None:
            return
        if PublishedDialog(self.live, history.list, self.window()).exec():
            self.compare.setChecked(True)

    def delete_list(self) -> None:
        """No question first: the journal keeps it, and undo brings it back."""
        if (history := self._changeable()) is None:
            return
        found = history.list
        if self.live.edit(lambda edits: edits.delete_record_list(found.id)):
            text = self.tr("{record} in {event} was deleted. Ctrl+Z brings it back.")
            self.live.noted.emit(text.format(record=found.kind_name, event=found.event_type_name))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changeable(self) -> RecordHistory | None:
        """The list in sight, where it can be changed; without one, says what to do."""
        if self._shown is None:
            self.live.noted.emit(self.tr("Open an event and add a record list first (Ctrl+R)."))
        return self._shown if self.live.can_write else None

    # Pictures

    def save_picture(self) -> None:
        """Ask where the chart goes, and write it there as PNG or SVG."""
        name = f"{self.lists.value}.png".replace("/", "-")
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
        row = QWidget(self)
        self._row = ControlFlow(row)
        for control in (self.lists, self.compare):
            self._row.addWidget(control)
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        self._body.addWidget(self.comparison)
        lines = QWidget(self)
        lines.setLayout(self._body)
        self._splitter = _Parts(self.chart, self.table, self)
        self._splitter.addWidget(self.chart)
        self._splitter.addWidget(lines)
        self.layout_.addWidget(self._heading)
        self.layout_.addWidget(row)
        self.layout_.addWidget(self.summary)
        self.layout_.addWidget(self._empty)
        self.layout_.addWidget(self._splitter, 1)
        self.layout_.addStretch(0)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _add_actions(self) -> None:
        """What can be done with a line, for whoever has a mouse."""
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        see = QAction(self.tr("See the result"), self.table)
        see.triggered.connect(lambda: self._open(self._key(self.table.currentIndex())))
        rule = QAction(self.tr("Rule on record…"), self.table)
        rule.triggered.connect(self.rule)
        rule.setEnabled(self.live.can_write)
        self.table.addActions([see, rule])

    def _restyle(self) -> None:
        px = theme().px
        self._row.setContentsMargins(px(20), px(2), px(20), px(4))
        self._row.setSpacing(px(10))
        self.compare.setFixedHeight(self.lists.sizeHint().height())
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self.chart.setMinimumHeight(px(LEAST_CHART))
        self._splitter.share()
        self.summary.setContentsMargins(px(20), 0, px(20), px(4))
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
