"""The line above a list in which one types to find."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


def is_text(event: QKeyEvent) -> bool:
    """Whether a key types something: on a list in which nothing can be typed it is to find."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return plain and bool(event.text().strip()) and event.text().isprintable()


class UndoPassedOn(QObject):
    """Leaves undo and redo to the window while a line has nothing of its own to undo or redo.

    A QLineEdit claims both keys whatever was typed in it: an edit of the book could not be taken
    back while the keyboard is in the line.
    """

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        keys, line = QKeySequence.StandardKey, self._line
        undoes = event.matches(keys.Undo) and not line.isUndoAvailable()
        redoes = event.matches(keys.Redo) and not line.isRedoAvailable()
        if undoes or redoes:
            event.ignore()
        return undoes or redoes


class FilterLine(QLineEdit):
    """`stepped` asks the list below for another row, `entered` for the keyboard; Esc clears."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        UndoPassedOn(self)

    def event(self, event: QEvent) -> bool:
        # What is typed is cleared before Esc closes a dialog or anything else of the window.
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)
