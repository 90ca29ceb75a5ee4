"""Ctrl+K: go to anything and do anything by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.search import Hit, HitKind
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.suggestion_list import SuggestionDelegate, SuggestionModel
from medaldesk.gui.delegates.suggestions import Suggestion
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme

MOST_RECENT = 8
MOST_ROWS = 12

_PLACES = {
    HitKind.EVENT: Place.EVENT,
    HitKind.COMPETITION: Place.STANDINGS,
    HitKind.ATHLETE: Place.ATHLETE,
    HitKind.NATION: Place.NATIONS,
    HitKind.RECORD: Place.RECORDS,
}

_recent: dict[str, list[Suggestion]] = {}
"""What was chosen last, by the path of the book: a palette lives for one choice only."""


class CommandPalette(QFrame):
    """A line and a list over the window; lives until something is chosen, or Esc.

    `go` asks for a Target; a command that is chosen is triggered. Without a book there are
    commands only.
    """

    go = Signal(object)

    def __init__(
        self, live: LiveBook | None, commands: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("palette")
        self.hide()
        self.setAccessibleName(self.tr("Go to"))
        self._live = live
        self._before: QWidget | None = None
        self._commands = [action for action in commands if action.isEnabled()]
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(
            self.tr("Go to an event, athlete, nation, record, or run a command")
        )
        self.line.setAccessibleName(self.tr("Go to"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._search)
        self._build_list()
        self.nothing = QLabel(self.tr("Nothing in this book begins with that."), self)
        self.nothing.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        for part in (self.line, self.list, self.nothing):
            layout.addWidget(part)

    def _build_list(self) -> None:
        self.rows = SuggestionModel(self)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(SuggestionDelegate(self.list))
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.row()))

    def open_over(self, window: QWidget) -> None:
        """Show the palette at the top of a window, with the cursor in its line."""
        self._before = _settled_focus(window)
        self.setParent(window)
        self._restyle()
        width = min(theme().px(640), window.width() - theme().px(32))
        self.setFixedWidth(width)
        self.move((window.width() - width) // 2, theme().px(56))
        self._search()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _restyle(self) -> None:
        px, colours = theme().px, theme().colours
        self.setStyleSheet(
            f"QFrame#palette {{ background: {colours.page.name()};"
            f" border: 1px solid {colours.muted.name()}; border-radius: {px(10)}px; }}"
        )
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(px(10), px(10), px(10), px(10))
        layout.setSpacing(px(8))

    # Finding

    def _search(self) -> None:
        typed = self.line.text()
        rows = self._found(typed) if typed.strip() else [*self._recent(), *self._all_commands()]
        self.rows.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.rows.index(0, 0))
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.list.setFixedHeight(theme().row_height * min(len(rows), MOST_ROWS))
        self.adjustSize()

    def _found(self, typed: str) -> list[Suggestion]:
        """Commands that begin so, then what the book has, then commands with such a word."""
        begun, others = [], []
        for command in self._all_commands():
            title = fold(command.text)
            if title.startswith(fold(typed)):
                begun.append(command)
            elif all(f" {word}" in f" {title}" for word in fold(typed).split()):
                others.append(command)
        hits = self._live.reads.search(typed) if self._live else []
        return [*begun, *(self._suggestion(hit) for hit in hits), *others]

    def _all_commands(self) -> list[Suggestion]:
        return [
            Suggestion(
                _bare(action.text()),
                action,
                trailing=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in self._commands
        ]

    def _suggestion(self, hit: Hit) -> Suggestion:
        word = {
            HitKind.EVENT: self.tr("event"),
            HitKind.COMPETITION: self.tr("competition"),
            HitKind.ATHLETE: self.tr("athlete"),
            HitKind.NATION: self.tr("nation"),
            HitKind.RECORD: self.tr("record"),
        }[hit.kind]
        return Suggestion(
            hit.title, Target(_PLACES[hit.kind], hit.id), detail=hit.detail, trailing=word
        )

    # What was chosen before

    @property
    def _book(self) -> str:
        return str(self._live.path) if self._live else ""

    def _recent(self) -> list[Suggestion]:
        """What was chosen last and is still there, the latest first."""
        commands = {row.text: row for row in self._all_commands()}
        rows = []
        for row in _recent.get(self._book, ()):
            if not isinstance(row.choice, Target):
                rows += [commands[row.text]] if row.text in commands else []
            elif self._live and _is_there(self._live.reads, row.choice):
                rows.append(row)
        return rows

    def _remember(self, chosen: Suggestion) -> None:
        """Keep a choice; a command by its name alone, for actions go with their window."""
        if not isinstance(chosen.choice, Target):
            chosen = Suggestion(chosen.text, None)
        others = [row for row in _recent.get(self._book, ()) if row != chosen]
        _recent[self._book] = [chosen, *others][:MOST_RECENT]

    # Choosing

    def _choose(self, number: int) -> None:
        chosen = self.rows.row(number)
        self._remember(chosen)
        self._leave()
        if isinstance(chosen.choice, Target):
            self.go.emit(chosen.choice)
        elif isinstance(chosen.choice, QAction):
            chosen.choice.trigger()

    def _leave(self) -> None:
        """Close, and give the keyboard back to who had it."""
        self.line.removeEventFilter(self)
        self.close()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if event.type() is QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
                event.accept()
            return event.type() is QEvent.Type.KeyPress and self._on_key(key)
        if isinstance(event, QFocusEvent) and event.lostFocus() and self._is_left(event.reason()):
            self.close()
        return super().eventFilter(watched, event)

    def _is_left(self, reason: Qt.FocusReason) -> bool:
        """Whether somebody turned to another part of the window, not to another program."""
        stays = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        return self.isVisible() and reason not in stays

    def _on_key(self, key: Qt.Key) -> bool:
        """Keys of the line that are meant for the list; returns whether it was one."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: MOST_ROWS,
            Qt.Key.Key_PageUp: -MOST_ROWS,
        }
        row, last = self.list.currentIndex().row(), self.rows.rowCount() - 1
        if key in steps:
            to = min(max(row + steps[key], 0), last)
            self.list.setCurrentIndex(self.rows.index(to, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0:
                self._choose(row)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True


def _settled_focus(window: QWidget) -> QWidget | None:
    """Who has the keyboard, after an open editor has given what was typed and is gone."""
    focus = window.focusWidget()
    if focus is not None:
        focus.clearFocus()
    return window.focusWidget() or focus


def _bare(text: str) -> str:
    """The words of a command without the mark of its key: `&Undo` is `Undo`."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _is_there(reads: Reads, target: Target) -> bool:
    """Whether the book still has what a target points to."""
    looks: dict[Place, Callable[[int], object]] = {
        Place.EVENT: reads.event_row,
        Place.STANDINGS: reads.competition,
        Place.ATHLETE: reads.athlete_name,
        Place.NATIONS: lambda nation: reads.nation_code(nation, None),
        Place.RECORDS: reads.record_history,
    }
    try:
        looks[target.place](target.id)
    except UnknownCode:
        return False
    return True
