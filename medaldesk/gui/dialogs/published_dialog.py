"""A progression that was published elsewhere, typed or pasted, compared while it is typed."""

from __future__ import annotations

from typing import NoReturn

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from medaldesk.book.errors import EmptyField
from medaldesk.book.reads.records import RecordListRow
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.delegates.completing import AthleteDelegate, NationDelegate
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.compare_model import CompareModel
from medaldesk.gui.models.published_model import DAY, HOLDER, MARK, NATION, PublishedModel
from medaldesk.gui.models.typed_lines import Line
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table
from medaldesk.gui.widgets.typed_lines_view import LinesView
from medaldesk.reports import words

SIDE_BY_SIDE = 1240
"""The room, at 100 %, from which what is typed and what differs stand beside each other."""

LEAST_LINES, MOST_LINES = 3, 12

LINES_BESIDE = 8
"""What else stands in the dialog, in lines."""


class PublishedDialog(FormDialog):
    """The published lines of a list, and live what they have in common with those computed.

    All of it is one undo step.
    """

    def __init__(self, live: LiveBook, row: RecordListRow, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._list = row
        self.setWindowTitle(
            self.tr("Published: {record}, {event}").format(
                record=row.kind_name, event=row.event_type_name
            )
        )
        self.entitle(self.windowTitle(), self.tr("Keep"))
        self.model = PublishedModel(live.reads, row.form, self)
        self.grid = PublishedView(self.model, self.tr("Published lines"))
        self.grid.setItemDelegateForColumn(HOLDER, AthleteDelegate(live, self.grid))
        self.grid.setItemDelegateForColumn(NATION, NationDelegate(live, self.grid))
        self.compared = CompareModel(self)
        self.comparison = Table(self.compared, self.tr("Compared with the computed progression"))
        self.summary = QLabel(wordWrap=True)
        self.summary.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self.model.show_published(live.reads.published(row.id))
        self.grid.put_first()
        self._compare()

    def _lay_out(self) -> None:
        px, ways = theme().px, QBoxLayout.Direction
        room = self.screen().availableGeometry().size() * 0.9
        wide = room.width() >= px(SIDE_BY_SIDE)
        lines = round(room.height() / theme().row_height) - LINES_BESIDE
        lines = min(max(lines if wide else lines // 2 - 1, LEAST_LINES), MOST_LINES)
        self.grid.fit_lines(lines, lines)
        self.comparison.setFixedHeight(self.grid.height())
        self.comparison.setMinimumWidth(min(px(500), round(room.width() * 0.8)))
        both = QBoxLayout(ways.LeftToRight if wide else ways.TopToBottom)
        both.setSpacing(px(12))
        for title, part in (
            (self.tr("&Published"), self.grid),
            (self.tr("&Compared"), self.comparison),
        ):
            label = QLabel(title)
            label.setBuddy(part)
            box = QVBoxLayout()
            box.setSpacing(px(4))
            box.addWidget(label)
            box.addWidget(part)
            both.addLayout(box, 1)
        self.form.addRow(both)
        hint = QLabel(wordWrap=True)
        hint.setText(
            self.tr("Type, or paste lines of a spreadsheet (Ctrl+V); Delete takes a line out.")
        )
        hint.setProperty("role", "muted")
        self.form.addRow(self.summary)
        self.form.addRow(hint)

    def _connect(self) -> None:
        self.model.edited.connect(self._compare)
        self.model.edited.connect(self.problem.hide)
        self.model.refused.connect(lambda error: self.show_problem(None, words.sentence(error)))
        self.grid.paste_wanted.connect(self._paste)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.comparison.scrollTo(self.compared.first_difference())

    # Typing

    def _compare(self) -> None:
        """Show the whole lines beside what was computed."""
        lines = self.model.compared()
        self.compared.show_comparison(self.live.reads.compared_with(self._list.id, lines))
        self.comparison.scrollTo(self.compared.first_difference())
        self.summary.setText(self.compared.summary())

    def _paste(self, text: str) -> None:
        before = len(self.model.lines)
        error = self.model.paste(text, self.grid.currentIndex())
        if len(self.model.lines) > before:
            self.grid.put(self.model.index(before, MARK))
        if error is not None:
            line = next(line for line in self.model.lines if line.wrong)
            self.grid.point_at(line, min(line.wrong))
            self.show_problem(None, words.sentence(error))

    # Answering

    def accept(self) -> None:
        self.grid.commit_open()
        super().accept()

    def making(self) -> Making:
        for line in self.model.lines:
            self._check(line)
        lines = self.model.published(self.live.reads.nation_by_code)
        return lambda edits: edits.set_published(self._list.id, lines)

    def _check(self, line: Line) -> None:
        """A line that is not empty has a mark and a holder that can be taken."""
        if line.is_empty:
            return
        for place, what in ((MARK, "mark"), (HOLDER, "holder")):
            if not line.cells[place]:
                self._refuse(line, place, EmptyField(what=what))
        for place in (MARK, NATION, DAY):
            if place in line.wrong:
                error = self.model.take(line, place, line.cells[place])
                if error is not None:
                    self._refuse(line, place, error)

    def _refuse(self, line: Line, place: int, error: MedalDeskError) -> NoReturn:
        self.grid.point_at(line, place)
        raise FieldError(self.grid, words.sentence(error))

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.grid


class PublishedView(LinesView):
    """The grid; `paste_wanted` hands on what is pasted while no cell is open."""

    paste_wanted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)
