"""Cells and fields that complete while a person types, from the nations and athletes of the book.

`CompletingEdit` shows suggestions below itself and never gives the keyboard away; the delegates
put it into the cells of a grid.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from medaldesk.domain.names import fold
from medaldesk.gui.delegates.suggestion_list import MOST_ROWS, SuggestionList
from medaldesk.gui.delegates.suggestions import (
    Source,
    Suggestions,
    athlete_source,
    nation_source,
)
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.widgets.table import CellDelegate

# The field


class CompletingEdit(QLineEdit):
    """A line edit with suggestions below it while a person types.

    Down and Up move in the list (Down opens it), Enter and Tab take the row that is marked, Esc
    closes the list first. `value()` is what was chosen, else the text.
    """

    picked = Signal(object)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._offered = Suggestions()
        self._marked: int | None = None
        self._moved = False
        self._choice: object = None
        self._before = ""
        self._list: SuggestionList | None = None
        self.textEdited.connect(self._on_typed)

    @property
    def listing(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    @property
    def offered(self) -> Suggestions:
        """What the list shows, empty while it is closed."""
        return self._offered

    @property
    def marked(self) -> int | None:
        """The row of the list that Enter and Tab would take."""
        return self._marked

    def fill(self, text: str, choice: object = None) -> None:
        """Show what is already known, without suggestions."""
        self._dismiss()
        self.setText(text)
        self._before = text
        self._choice = choice

    def value(self) -> Any:
        """What was chosen; the text where nothing was."""
        return self.text() if self._choice is None else self._choice

    def settle(self) -> None:
        """Take the marked row, if there is one, and close the list."""
        number = self._marked
        # Another spelling of what stood here is a correction, not a choice.
        corrected = not self._moved and fold(self.text()) == fold(self._before)
        if number is None or corrected:
            self._dismiss()
        else:
            self.pick(number)

    def pick(self, number: int) -> None:
        """Take a row of the list."""
        suggestion = self._offered.rows[number]
        self._dismiss()
        self.setText(suggestion.text)
        self.setModified(True)
        self._choice = suggestion.choice
        self.picked.emit(suggestion.choice)

    def close_list(self) -> bool:
        """Close the list without taking anything; returns whether it was open."""
        was_open = self.listing
        self._dismiss()
        return was_open

    def event(self, event: QEvent) -> bool:
        # Tab never comes to keyPressEvent: it moves the focus before.
        if isinstance(event, QKeyEvent):
            tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.type() is QEvent.Type.KeyPress and event.key() in tabs:
                self.settle()
            escape = event.key() == Qt.Key.Key_Escape and self.listing
            if event.type() is QEvent.Type.ShortcutOverride and escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down if self.listing:
                self._move(1)
            case Qt.Key.Key_Down if self._open():
                pass
            case Qt.Key.Key_Up if self.listing:
                self._move(-1)
            case Qt.Key.Key_PageDown if self.listing:
                self._move(MOST_ROWS)
            case Qt.Key.Key_PageUp if self.listing:
                self._move(-MOST_ROWS)
            case Qt.Key.Key_Escape if self.listing:
                self._dismiss()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.listing and self._marked is not None:
                self.settle()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._dismiss()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self._dismiss()
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        self._choice = None
        if text.strip():
            self._offer(text)
        else:
            self._dismiss()

    def _open(self) -> bool:
        """Open the list: all of it where the field is as it was; returns whether there is any."""
        typing = self.isModified() and self._choice is None
        self._offer(self.text() if typing else "")
        return self.listing

    def _move(self, by: int) -> None:
        last = len(self._offered.rows) - 1
        at = -1 if self._marked is None else self._marked
        self._moved = True
        self._mark(min(max(at + by, 0), last))

    def _offer(self, text: str) -> None:
        self._offered = self._source(text)
        self._moved = False
        if not self._offered.rows:
            self._dismiss()
            return
        if self._list is None:
            self._list = SuggestionList(self)
            self._list.clicked.connect(lambda index: self.pick(index.row()))
        if not self._list.isVisible():
            self.window().installEventFilter(self)
        self._list.show_below(self, self._offered.rows)
        self._mark(self._offered.best)

    def _mark(self, number: int | None) -> None:
        self._marked = number
        if self._list is not None:
            self._list.highlight(number)
        row = None if number is None else self._offered.rows[number]
        self.setAccessibleDescription("" if row is None else row.label or row.text)

    def _dismiss(self) -> None:
        self._offered = Suggestions()
        self._mark(None)
        if self._list is not None and self._list.isVisible():
            self._list.hide()
            self.window().removeEventFilter(self)


# The cells


class CompletingDelegate(CellDelegate):
    """Edits a cell with a CompletingEdit and hands the model what was chosen, else the text."""

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CompletingEdit(self._source, parent)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag(0))
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill a fresh editor; one that a person is typing in is never disturbed."""
        if isinstance(editor, CompletingEdit) and not editor.isModified():
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CompletingEdit):
            editor.settle()
            model.setData(index, editor.value(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, CompletingEdit) and isinstance(event, QKeyEvent):
            takes = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Escape and watched.close_list():
                return True
            if pressed and event.key() in takes:
                watched.settle()
        return super().eventFilter(watched, event)


class NationDelegate(CompletingDelegate):
    """Completes nations under their codes on `day` (ISO; None is today).

    The model is handed a NationChoice, or the text where no nation was taken.
    """

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__(nation_source(live.reads, lambda: self.day), parent)
        self.day: str | None = None


class AthleteDelegate(CompletingDelegate):
    """Completes athletes; the model is handed an AthleteChoice or the name as typed.

    A name chosen as new comes as a NewName, which is a str.
    """

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__(athlete_source(live.reads), parent)
