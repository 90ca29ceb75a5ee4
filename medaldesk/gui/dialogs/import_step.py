"""What the steps of an import have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from medaldesk.gui.theme import theme


class ImportStep(QWidget):
    """One step; `edited` says that what was planned holds no more."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(8))

    def enter(self) -> bool:
        """Put the keyboard where this step begins; False leaves it to the button."""
        return False

    def settle(self) -> bool:
        """Take what is being typed; False where something has to be said before going on."""
        return True

    # Building

    def add_sentence(self, role: str = "muted") -> QLabel:
        """Add a line of text, hidden while it is empty."""
        label = sentence_label(self, role)
        self.column.addWidget(label)
        return label

    def add_titled(
        self, title: str, widget: QWidget, stretch: int = 0, *beside: QWidget
    ) -> QWidget:
        """Add a part below its title, and say what both are in; `&` in the title is its key."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        label = QLabel(title, box)
        label.setBuddy(widget)
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        line.addWidget(label)
        line.addStretch(1)
        for part in beside:
            line.addWidget(part)
        column.addLayout(line)
        column.addWidget(widget, 1)
        self.column.addWidget(box, stretch)
        return box


def sentence_label(parent: QWidget, role: str) -> QLabel:
    """A label for a sentence of a file or a person, which is shown as it is."""
    label = QLabel(parent, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def say(label: QLabel, text: str) -> None:
    """Show a sentence, or nothing at all."""
    label.setText(text)
    label.setAccessibleName(text)
    label.setVisible(bool(text))
