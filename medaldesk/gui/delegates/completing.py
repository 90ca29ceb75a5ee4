"""Cells and fields that complete while a person types, from the nations and athletes of the book.

`CompletingEdit` shows suggestions below itself and never gives the keyboard away; the delegates
put it into the cells of a grid.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from medaldesk.book.reads.events import EventHead
from medaldesk.book.reads.search import AthleteChoice
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.suggestion_list import MOST_ROWS, SuggestionList
from medaldesk.gui.delegates.suggestions import (
    Around,
    NewName,
    Source,
    Suggestions,
    athlete_source,
    may_be_another,
    nation_source,
    team_source,
)
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.row_model import Index, RowModel
from medaldesk.gui.models.sheet import Draft, SheetRow
from medaldesk.gui.widgets.table import CellDelegate
from medaldesk.reports.language import tr

# The field


class CompletingEdit(QLineEdit):
    """A line edit with suggestions below it while a person types.

    Down and Up move in the list and over its ends (Down opens it), Enter and Tab take the row that
    is marked, Esc closes the list first. `value()` is what was chosen, else the text. A new name is
    only chosen by moving to it or clicking it; taken otherwise it is the text.
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
        self._taken_for = ""
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

    @property
    def taken_for(self) -> str:
        """What was typed where the row marked for it was taken; empty where a person chose."""
        return self._taken_for

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
        if number is None or not self._is_choice(number):
            self._dismiss()
        else:
            self.pick(number)

    def _is_choice(self, number: int) -> bool:
        """Whether taking a row is one: another spelling of what stood here is a correction."""
        is_new = isinstance(self._offered.rows[number].choice, NewName)
        return self._moved or not (is_new or fold(self.text()) == fold(self._before))

    def pick(self, number: int) -> None:
        """Take a row of the list."""
        suggestion = self._offered.rows[number]
        self._taken_for = "" if self._moved or number != self._marked else self.text()
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
                self._step(1)
            case Qt.Key.Key_Down if self._open():
                pass
            case Qt.Key.Key_Up if self.listing:
                self._step(-1)
            case Qt.Key.Key_PageDown if self.listing:
                self._move(MOST_ROWS)
            case Qt.Key.Key_PageUp if self.listing:
                self._move(-MOST_ROWS)
            case Qt.Key.Key_Escape if self.listing:
                self._dismiss()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._settles():
                pass
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
        self._taken_for = ""
        if text.strip():
            self._offer(text)
        else:
            self._dismiss()

    def open_list(self) -> None:
        """List what can be chosen, as Down does."""
        self._open()

    def _open(self) -> bool:
        """Open the list: all of it where the field is as it was; returns whether there is any."""
        typing = self.isModified() and self._choice is None
        self._offer(self.text() if typing else "")
        return self.listing

    def _settles(self) -> bool:
        """Take the marked row; returns whether there was one, so that Enter did something."""
        chosen = self._marked is not None and self._is_choice(self._marked)
        self.settle()
        return chosen

    def _step(self, by: int) -> None:
        """One row on, over the ends of the list."""
        rows = len(self._offered.rows)
        at = (rows if by < 0 else -1) if self._marked is None else self._marked
        self._moved = True
        self._mark((at + by) % rows)

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
            self._list.clicked.connect(lambda index: self._on_clicked(index.row()))
        if not self._list.isVisible():
            self.window().installEventFilter(self)
        self._list.show_below(self, self._offered.rows)
        self._mark(self._offered.best)

    def _on_clicked(self, number: int) -> None:
        self._moved = True
        self.pick(number)

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
        editor = CompletingEdit(self.source_of(index), parent)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag(0))
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title or ""))
        return editor

    def source_of(self, index: Index) -> Source:
        """What is offered in a cell."""
        return self._source

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

    A name chosen as new comes as a NewName, which is a str; `adds` says that it is a new athlete.
    """

    def __init__(
        self, live: LiveBook, parent: QObject | None = None, *, adds: bool = False
    ) -> None:
        self._live = live
        self._around = Around()
        super().__init__(athlete_source(live.reads, self._around, adds=adds), parent)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        super().setModelData(editor, model, index)
        if isinstance(editor, CompletingEdit) and isinstance(editor.value(), AthleteChoice):
            self._tell_guess(editor.taken_for, editor.value())

    def _tell_guess(self, typed: str, taken: AthleteChoice) -> None:
        """Say who was taken, where what was typed may just as well be somebody else."""
        if not typed:
            return
        namesakes = self._live.reads.athletes_named(taken.name)
        if may_be_another(typed, taken.name) or len(namesakes) > 1:
            text = tr(
                "“{typed}” was taken for {name}: if it is somebody else, undo (Ctrl+Z) and choose "
                "in the list."
            )
            name = f"{taken.name} {taken.nation}".strip()
            self._live.noted.emit(text.format(typed=typed, name=name))


class EntrantsDelegate(AthleteDelegate):
    """Completes whoever competes on a sheet: athletes, those of the nation of the line first.

    In a team event it completes teams by their nations; the model is handed a NationChoice then,
    or the name of the team.
    """

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__(live, parent, adds=True)
        self._head: EventHead | None = None
        self._teams = team_source(live.reads, lambda: self._head.day if self._head else None)

    def show_head(self, head: EventHead | None) -> None:
        """Say which event the sheet is of."""
        self._head = head

    def source_of(self, index: Index) -> Source:
        model = index.model()
        assert isinstance(model, RowModel)
        row: SheetRow = model.row(index.row())
        around, is_team = self._around, self._head is not None and self._head.team
        if isinstance(row, Draft):
            around.nation, around.name = row.nation.id if row.nation else None, ""
        else:
            around.nation, around.name = row.nation_id, row.name
            is_team = is_team and row.athlete is None
        return self._teams if is_team else self._source
