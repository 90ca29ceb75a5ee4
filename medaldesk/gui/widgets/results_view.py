"""The grid of a result sheet: Enter goes down, Tab goes right, typing replaces, Esc takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from medaldesk.book.reads.events import ResultRow
from medaldesk.gui.delegates.completing import EntrantsDelegate, NationDelegate
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.results_model import ResultsModel
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.models.sheet import Draft, row_key
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import CellDelegate, Table
from medaldesk.reports import words

LEAST_OF_MEMBERS = 6
"""Letters of the members of a team that are worth showing."""


class SheetDelegate(CellDelegate):
    """Edits a cell as text; wrong text is kept by the model."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        editor.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill a fresh editor; one that a person is typing in is never disturbed."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


class EntrantDelegate(EntrantsDelegate):
    """Completes who competes; behind a team stand its members, as many as there is room for."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = option.widget
        row = view.rows.row(index.row()) if isinstance(view, Table) else None
        if not isinstance(row, ResultRow) or not row.members:
            return
        _, metrics = self._fonts[False, False]
        margin, gap = self._margin, theme().px(10)
        name = metrics.horizontalAdvance(str(index.data()))
        room = option.rect.adjusted(margin + name + gap, 0, -margin, 0)
        if room.width() < metrics.averageCharWidth() * LEAST_OF_MEMBERS:
            return
        text = metrics.elidedText(", ".join(row.members), Qt.TextElideMode.ElideRight, room.width())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(self._colours.text if selected else self._colours.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class CellMessage(QLabel):
    """One sentence under a cell whose text was not taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellMessage")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str, under: QPoint, right_edge: int) -> None:
        """Show a sentence below a point, inside the viewport."""
        look = theme()
        self.setText(text)
        self.setAccessibleName(text)
        self.setStyleSheet(
            f"background: {look.colours.record.fill.name()}; color: {look.colours.error.name()};"
            f"border: 1px solid {look.colours.error.name()}; border-radius: {look.px(6)}px;"
            f"padding: {look.px(6)}px {look.px(10)}px;"
        )
        width = min(look.px(380), right_edge - look.px(8))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(max(look.px(4), min(under.x(), right_edge - width - look.px(4))), under.y())
        self.raise_()
        self.show()


class ResultsView(Table):
    """A Table over a ResultsModel that a clerk never has to take the hands off the keys for."""

    frames_cell = True

    paste_sheet = Signal(str)

    def __init__(
        self, model: ResultsModel, live: LiveBook, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, name, parent)
        self._cells = SheetDelegate(self)
        self.setItemDelegate(self._cells)
        self._nations = NationDelegate(live, self)
        self._athletes = EntrantDelegate(live, self)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self._message = CellMessage(self.viewport())
        self._new_result: int | None = None
        self._fresh: int | None = None
        self._stood_below: int | str | None = None
        model.rejected.connect(self._on_rejected)
        model.created.connect(self._on_created)
        model.dataChanged.connect(self._show_message)
        model.layoutChanged.connect(self._show_message)
        model.modelReset.connect(self._show_message)
        for changed in (model.modelReset, model.columnsInserted, model.columnsRemoved):
            changed.connect(self._place_delegates)
        model.headerDataChanged.connect(self.fit_columns)
        self._place_delegates()
        self.verticalScrollBar().valueChanged.connect(self._show_message)
        self.horizontalScrollBar().valueChanged.connect(self._show_message)
        self.selectionModel().currentChanged.connect(self._show_message)
        self.selectionModel().currentChanged.connect(self._leave_new)
        self._accepted = True

    @property
    def sheet(self) -> ResultsModel:
        model = self.model()
        assert isinstance(model, ResultsModel)
        return model

    def _place_delegates(self) -> None:
        """Completing editors where athletes and nations are; the columns differ by event."""
        head = self.sheet.head
        self._nations.day = head.day if head else None
        self._athletes.show_head(head)
        completing: dict[str, CellDelegate] = {
            "athlete": self._athletes,
            "nation": self._nations,
        }
        for number, column in enumerate(self.sheet.columns):
            self.setItemDelegateForColumn(number, completing.get(column.key, self._cells))

    # Moving

    def go_to_result(self, result: int | str, column: str = "") -> None:
        """Put the cursor on a cell of a result: where its result is typed, if no other is named."""
        row = self.sheet.row_of(result)
        number = self.sheet.column_of(column or self.sheet.result_column)
        if row is not None and number is not None:
            self._put(self.sheet.index(row, number))

    def _put(self, index: QModelIndex) -> None:
        """Move the cursor and the selection together, whatever modifier key is held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def commit_open(self) -> None:
        """Take what is being typed: the sheet is about to go, or to be judged."""
        editor = self.window().focusWidget()
        if self.state() is QAbstractItemView.State.EditingState and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def go_to_draft(self) -> None:
        """Put the cursor where the next entry is typed."""
        self._fresh = None
        first = next(c.key for c in self.sheet.columns if c.key in ("unit", "order", "athlete"))
        self.go_to_result("new", first)
        self.setFocus()

    def go_to_gap(self) -> bool:
        """Put the cursor on the first mark that is missing, as the sheet stands."""
        self._fresh = None
        results = (row for row in self.sheet.rows() if not isinstance(row, Draft))
        gap = next((row for row in results if not row.has_entry), None)
        if gap is not None:
            self.go_to_result(gap.id)
        return gap is not None

    def go_to_tie(self, level: Sequence[ResultRow]) -> bool:
        """Put the cursor on the first tie-break that is missing among those who are level."""
        wanted = next((row for row in level if row.tie_break is None), None)
        tied = wanted or next(iter(level), None)
        if tied is not None:
            self.go_to_result(tied.id, "tie_break")
        return tied is not None

    def _down(self, index: QModelIndex, row: int) -> None:
        """To the same column of a row below; from a new entry back to where the next is typed."""
        if self._is_new(index):
            self.go_to_draft()
            return
        if row >= self.sheet.rowCount():
            self._leave_draft(index)
            return
        below = self.sheet.index(row, index.column())
        if isinstance(self.sheet.row(row), Draft) and not _editable(below):
            self.go_to_draft()
            return
        self._put(below)

    def _row_below(self, index: QModelIndex) -> int:
        """Where the row is now that stood below what was typed: a mark moves its own row."""
        row = self.sheet.row_of(self._stood_below)
        return index.row() + 1 if row is None else row

    def _leave_draft(self, index: QModelIndex) -> None:
        """Enter on the empty line ends a start list: the marks come next. Half a line stays."""
        missing = self.sheet.missing_in_draft()
        if missing is None:
            self.go_to_gap()
            return
        self.go_to_result("new", missing)
        if missing == self.sheet.columns[index.column()].key:
            self.sheet.refuse_draft(missing)

    def _is_new(self, index: QModelIndex) -> bool:
        """Whether this entry was typed just now: whoever types a start list goes on with it."""
        row = self.sheet.row(index.row())
        return not isinstance(row, Draft) and row.id == self._fresh

    def _leave_new(self, index: QModelIndex) -> None:
        """Whoever goes elsewhere has ended the start list."""
        if index.isValid() and not self._is_new(index):
            self._fresh = None

    def _right(self, index: QModelIndex, row: int) -> None:
        """To the next cell that can be typed in, behind the last one of its row to a row below.

        A new entry may stand anywhere: behind its last cell is where the next one is typed.
        """
        columns = self.sheet.columnCount()
        rest = (index.siblingAtColumn(n) for n in range(index.column() + 1, columns))
        there = next(filter(_editable, rest), None)
        if there is not None:
            self._put(there)
        elif self._is_new(index):
            self.go_to_draft()
        else:
            self._seek(row * columns, 1)

    def _left(self, index: QModelIndex) -> None:
        """To the previous cell that can be typed in, over the ends of rows."""
        self._seek(index.row() * self.sheet.columnCount() + index.column() - 1, -1)

    def _seek(self, place: int, by: int) -> None:
        """To the first cell that can be typed in, row by row from a place on or back."""
        model, columns = self.sheet, self.sheet.columnCount()
        while 0 <= place < model.rowCount() * columns:
            there = model.index(place // columns, place % columns)
            if _editable(there):
                self._put(there)
                return
            place += by

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        # Return reaches the view from an open editor, too, before the editor has committed.
        if not index.isValid() or self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(index)
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        match event.key() if plain else None:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._down(index, index.row() + 1)
            case Qt.Key.Key_Tab:
                self._right(index, index.row() + 1)
            case Qt.Key.Key_Backtab:
                self._left(index)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if _editable(index):
                self.sheet.setData(index, "", Qt.ItemDataRole.EditRole)
            case Qt.Key.Key_Escape if self._take_back(index):
                pass
            case _:
                super().keyPressEvent(event)

    def _take_back(self, index: QModelIndex) -> bool:
        """Take back what was not taken, else what stands in the line for the next entry."""
        if self.sheet.drop_rejection(index):
            return True
        if not isinstance(self.sheet.row(index.row()), Draft) or not self.sheet.clear_draft():
            return False
        self.go_to_draft()
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self.setFocus()
        if not self._accepted:
            self._accepted = True
            self._show_message()
            return
        self._follow_new()
        index = self.currentIndex()
        match hint:
            case hints.SubmitModelCache:
                self._down(index, self._row_below(index))
            case hints.EditNextItem:
                self._right(index, self._row_below(index))
            case hints.EditPreviousItem:
                self._left(index)

    def commitData(self, editor: QWidget) -> None:
        self._accepted = True
        row = self.currentIndex().row() + 1
        self._stood_below = row_key(self.sheet.row(row)) if row < self.sheet.rowCount() else None
        super().commitData(editor)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves inside the grid; F6 leaves it."""
        return False

    def _paste(self, index: QModelIndex) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            return
        if isinstance(self.sheet.row(index.row()), Draft):
            self.paste_sheet.emit(text)
            return
        self.sheet.paste(index, [line.split("\t") for line in text.rstrip("\n").split("\n")])

    # What was not taken

    def _on_rejected(self, _: object, __: str) -> None:
        self._accepted = False

    def _on_created(self, result: int) -> None:
        """An entry came to be: once its editor is closed the keys go on in its own row."""
        self._new_result = result
        if self.state() is not QAbstractItemView.State.EditingState:
            self._follow_new()

    def _follow_new(self) -> None:
        if self._new_result is not None:
            self.go_to_result(self._new_result, "nation")
            self._fresh, self._new_result = self._new_result, None

    def _show_message(self) -> None:
        index = self.currentIndex()
        kept = self.sheet.rejection(index) if index.isValid() else None
        if kept is None:
            self._message.hide()
            return
        rect = self.visualRect(index)
        self._message.say(words.sentence(kept.error), rect.bottomLeft(), self.viewport().width())


def _editable(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
