"""One of a few, as buttons side by side, or as a list where there is little room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QWidget

from medaldesk.gui.widgets.records_strip import FlowLayout


class Segments(QWidget):
    """Buttons side by side of which one is down; `chosen` tells what a person picked."""

    chosen = Signal(object)

    def __init__(
        self, name: str, choices: Mapping[Any, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = QButtonGroup(self)
        self._buttons: dict[Any, QPushButton] = {}
        for choice, text in choices.items():
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.clicked.connect(lambda _=False, picked=choice: self.chosen.emit(picked))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[choice] = button
        self._list = QComboBox(self)
        self._list.addItems(list(choices.values()))
        self._list.setAccessibleName(name)
        self._list.setToolTip(name)
        self._list.activated.connect(lambda number: self.chosen.emit(list(choices)[number]))
        self._list.hide()
        layout.addWidget(self._list)

    def choose(self, choice: object) -> None:
        """Show which one is down."""
        for known, button in self._buttons.items():
            button.setChecked(known == choice)
            # Tab goes to the one that is down, from either side.
            focus = Qt.FocusPolicy.StrongFocus if known == choice else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(focus)
        self._list.setCurrentIndex(list(self._buttons).index(choice))

    def button(self, choice: object) -> QPushButton:
        """The button of a choice."""
        return self._buttons[choice]

    def set_room(self, width: int) -> None:
        """Become a list where the buttons need more than a width in pixels."""
        needed = sum(button.sizeHint().width() for button in self._buttons.values())
        narrow = needed > width
        if narrow == self._list.isVisibleTo(self):
            return
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        for button in self._buttons.values():
            button.setVisible(not narrow)
        self._list.setVisible(narrow)
        if had_focus:
            down = next(button for button in self._buttons.values() if button.isChecked())
            (self._list if narrow else down).setFocus()


class ControlFlow(FlowLayout):
    """Controls in as many lines as they need; what is hidden takes no room.

    One that would grow takes what is left of its line.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._starts: tuple[QWidget, ...] = ()

    def start_lines_at(self, *parts: QWidget) -> None:
        """Begin a new line at some controls, whatever the room."""
        self._starts = parts
        self.invalidate()

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def minimumSize(self) -> QSize:
        return QSize(0, super().minimumSize().height())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins, gap = self.contentsMargins(), self.spacing()
        inside = rect.marginsRemoved(margins)
        x, y, tall = inside.left(), inside.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), inside.width())
            full = x + width > inside.right() + 1 or item.widget() in self._starts
            if x > inside.left() and full:
                x, y, tall = inside.left(), y + tall + gap, 0
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                rest = inside.right() + 1 - x
                width = max(width, min(rest, item.maximumSize().width()))
            if move:
                item.setGeometry(QRect(x, y, width, hint.height()))
            x, tall = x + width + gap, max(tall, hint.height())
        return y + tall + margins.bottom() - rect.top()
