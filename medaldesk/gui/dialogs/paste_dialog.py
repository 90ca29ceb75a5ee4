"""Paste a start list or results: see what was recognised, then take it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from medaldesk.exchange.pasted import Pasted, PastedColumn
from medaldesk.exchange.pasted_rows import (
    Fate,
    PastedRow,
    recognise_for,
    take,
    understand,
)
from medaldesk.gui.dialogs.form import Choice
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words

TYPING_PAUSE = 200
"""Milliseconds after a key until the lines are read again: there may be hundreds."""

COLUMN_WIDTHS = {
    PastedColumn.UNIT: 70,
    PastedColumn.LANE: 64,
    PastedColumn.ATHLETE: 170,
    PastedColumn.NATION: 80,
    PastedColumn.BIB: 110,
}
USUAL_WIDTH = 96


class PreviewModel(RowModel[PastedRow]):
    """The pasted cells under what their columns were taken for, and what each line will do."""

    def __init__(self, unit: str, parent: QObject | None = None) -> None:
        super().__init__([], lambda row: row.number, parent)
        self._unit = unit
        self.pasted = Pasted()

    def show_lines(self, pasted: Pasted, rows: Sequence[PastedRow]) -> None:
        """Show other lines, or the same ones read otherwise."""
        self.pasted = pasted
        self.reset_rows([])
        self.set_columns([*self._cells(), Column("fate", self.tr("Taken as"), self.fate, 0)])
        self.reset_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, last = self.row(index.row()), index.column() == len(self.columns) - 1
        if role == Qt.ItemDataRole.ToolTipRole and last:
            return self.fate(row)
        return super().data(index, role)

    def look(self, row: PastedRow, column: Column[PastedRow]) -> Look:
        look = super().look(row, column)
        look.error = column.key == "fate" and row.fate is Fate.REFUSED
        return look

    def _cells(self) -> list[Column[PastedRow]]:
        return [
            Column(
                f"{number}",
                self.column_word(kind),
                self._cell(number),
                COLUMN_WIDTHS.get(kind, USUAL_WIDTH),
                weight="muted" if kind in (PastedColumn.OTHER, PastedColumn.BIB) else "",
                tip=self.tr("What this column is can be chosen below the table"),
            )
            for number, kind in enumerate(self.pasted.columns)
        ]

    def _cell(self, number: int) -> Callable[[PastedRow], str]:
        return lambda row: self.pasted.cells[row.number][number]

    def column_word(self, kind: PastedColumn) -> str:
        """What a column was taken for, as a heading."""
        return {
            PastedColumn.UNIT: self._unit,
            PastedColumn.LANE: self.tr("Lane"),
            PastedColumn.ORDER: self.tr("Start order"),
            PastedColumn.BIB: self.tr("Bib (left out)"),
            PastedColumn.ATHLETE: self.tr("Athlete"),
            PastedColumn.FAMILY_NAME: self.tr("Family name"),
            PastedColumn.GIVEN_NAME: self.tr("Given name"),
            PastedColumn.NATION: self.tr("Nation"),
            PastedColumn.MARK: self.tr("Mark"),
            PastedColumn.RANK: self.tr("Rank"),
            PastedColumn.OTHER: self.tr("(left out)"),
        }[kind]

    def fate(self, row: PastedRow) -> str:
        """What taking a line will do, or why it cannot be taken."""
        if row.error is not None:
            return words.sentence(row.error)
        if row.similar is not None:
            template = self.tr("new athlete; is it {name} ({nation})?")
            return template.format(name=row.similar.name, nation=row.similar.nation)
        return {
            Fate.NEW_ATHLETE: self.tr("new athlete"),
            Fate.NEW_ENTRY: self.tr("new entry"),
            Fate.CHANGES: self.tr("changes what is entered"),
            Fate.SAME: self.tr("as it is entered"),
            Fate.REFUSED: "",
        }[row.fate]


class PasteDialog(QDialog):
    """The text above, what was recognised below; Enter takes the good lines as one edit.

    Lines that cannot be taken stay in the text to be mended. `taken` counts those that were.
    """

    def __init__(
        self,
        live: LiveBook,
        event: int,
        text: str | None = None,
        phase: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.live = live
        self.taken = 0
        self._event = event
        self._phase = phase
        self._chosen: dict[int, PastedColumn] = {}
        head = live.reads.event_head(event)
        self.setWindowTitle(self.tr("Paste into {event}").format(event=head.name))
        self._build_text()
        self._build_preview(words.unit_kind_word(head.unit_kind))
        self._build_buttons()
        self._lay_out()
        self.text.setPlainText(QGuiApplication.clipboard().text() if text is None else text)
        self._recognise()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._typing.timeout.connect(self._recognise)
        self.text.textChanged.connect(self._typing.start)
        (self.table if self.model.rowCount() else self.text).setFocus()

    def _build_text(self) -> None:
        px = theme().px
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(self.tr("Pasted text"))
        self.text.setPlaceholderText(
            self.tr("Paste a start list or results here: pair, lane, name, nation, mark")
        )
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFixedHeight(px(110))
        self.text.setTabStopDistance(self.text.fontMetrics().averageCharWidth() * 16)

    def _build_preview(self, unit: str) -> None:
        self.model = PreviewModel(unit, self)
        self.table = Table(self.model, self.tr("What was recognised"), self)
        self.table.frames_cell = True
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._go_to_column)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(self._tell_row)
        selection.currentColumnChanged.connect(lambda index: self._tell_column(index.column()))
        kinds = [(self.model.column_word(kind), kind) for kind in PastedColumn]
        self.column = Choice(kinds, self)
        self.column.setAccessibleName(self.tr("What the column is"))
        self.column.activated.connect(self._choose_column)
        self._column_label = QLabel(self)
        self._column_label.setBuddy(self.column)
        self.message = QLabel(self, wordWrap=True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)

    def _build_buttons(self) -> None:
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Close, self)
        self.take_button = self.buttons.button(standard.Ok)
        self.take_button.setDefault(True)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self._leave)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.take)

    def _lay_out(self) -> None:
        px = theme().px
        columns = QHBoxLayout()
        columns.addWidget(self._column_label)
        columns.addWidget(self.column)
        columns.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(self.text)
        layout.addWidget(self.table, 1)
        layout.addLayout(columns)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        room = self.screen().availableGeometry().size() * 0.9
        self.resize(min(px(860), room.width()), min(px(560), room.height()))

    # Recognising

    def _recognise(self) -> None:
        pasted = recognise_for(self.live.reads, self._event, self.text.toPlainText())
        if len(pasted.columns) != len(self.model.pasted.columns):
            self._chosen.clear()
        for number, kind in self._chosen.items():
            pasted = pasted.with_column(number, kind)
        rows = understand(self.live.reads, self._event, pasted, self._phase)
        self.model.show_lines(pasted, rows)
        self._go_to_column(0)
        self._tell_column(self.table.currentIndex().column())
        good = sum(row.is_taken for row in rows)
        verb = self.tr("Take 1 line") if good == 1 else self.tr("Take {n} lines")
        self.take_button.setText(verb.format(n=good))
        self.take_button.setEnabled(good > 0)
        refused = sum(row.fate is Fate.REFUSED for row in rows)
        self._say(self._outlook(len(rows), refused), wrong=False)

    def _outlook(self, lines: int, refused: int) -> str:
        if not lines:
            return self.tr("Paste lines with a name and a nation each.")
        if refused == 1:
            return self.tr("One line cannot be taken as it is.")
        if refused:
            return self.tr("{n} lines cannot be taken as they are.").format(n=refused)
        return self.tr("Every line is understood.")

    def _tell_row(self, current: QModelIndex) -> None:
        """Say in full what becomes of the line under the cursor; its cell may be too narrow."""
        if current.isValid():
            row = self.model.row(current.row())
            self._say(self.model.fate(row), wrong=row.fate is Fate.REFUSED)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self.message.setProperty("role", "error" if wrong else "muted")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setText(sentence)

    def _tell_column(self, number: int) -> None:
        """Show what the column under the cursor was taken for."""
        columns = self.model.pasted.columns
        is_pasted = 0 <= number < len(columns)
        for part in (self._column_label, self.column):
            part.setVisible(bool(columns))
        self.column.setEnabled(is_pasted)
        self._column_label.setText(self.tr("Column {n} &is").format(n=number + 1))
        self.column.choose(columns[number] if is_pasted else None)

    def _choose_column(self) -> None:
        number = self.table.currentIndex().column()
        self._chosen[number] = self.column.chosen()
        self._recognise()
        self._go_to_column(number)

    def _go_to_column(self, number: int) -> None:
        self.table.setCurrentIndex(self.model.index(0, number))

    # Taking

    def take(self) -> None:
        """Take the good lines; close when none is left, else keep the others to be mended."""
        if self._typing.isActive():
            self._typing.stop()
            self._recognise()
        rows, pasted = self.model.rows(), self.model.pasted
        count = sum(row.is_taken for row in rows)
        if not count:
            return
        error = self.live.attempt(
            lambda edits: take(self.live.reads, edits, self._event, rows, self._phase)
        )
        if error is not None:
            self._say(words.sentence(error), wrong=True)
            return
        self.taken += count
        refused = [pasted.lines[row.number] for row in rows if row.fate is Fate.REFUSED]
        if not refused:
            self.accept()
            return
        # What is left is too little to recognise columns by: they stay what they were.
        self._chosen = dict(enumerate(pasted.columns))
        self.text.setPlainText("\n".join(refused))
        self._typing.stop()
        self._recognise()
        one = self.tr("One line was taken. What is left was not: mend it, or close.")
        many = self.tr("{n} lines were taken. What is left was not: mend it, or close.")
        self._say((one if count == 1 else many).format(n=count), wrong=True)
        self.text.setFocus()

    def _leave(self) -> None:
        if self.taken:
            self.accept()
        else:
            self.reject()
