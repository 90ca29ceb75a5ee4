"""The head of a page: one heading, one line of context."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from medaldesk.gui.theme import Pill, theme


class PillLabel(QLabel):
    """A short word on a coloured ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_pill(self, text: str, pill: Pill | None) -> None:
        """Show a word, or nothing where it is empty."""
        self.setText(text)
        self.setVisible(bool(text))
        px = theme().px
        ground = pill.fill.name() if pill else "transparent"
        ink = pill.text.name() if pill else theme().colours.muted.name()
        self.setFont(theme().font(0.95, QFont.Weight.DemiBold))
        self.setStyleSheet(
            f"background: {ground}; color: {ink}; border-radius: {px(8)}px;"
            f"padding: {px(4)}px {px(10)}px;"
        )


class Heading(QWidget):
    """Heading, an optional pill beside it, room for controls on the right, context below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.pill = PillLabel(self)
        self.context = QLabel(self, wordWrap=True)
        self.context.setTextFormat(Qt.TextFormat.PlainText)
        self.context.setProperty("role", "muted")
        self._top = QHBoxLayout()
        self._top.addWidget(self.title)
        self._top.addWidget(self.pill)
        self._top.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self.context)
        theme().changed.connect(self._restyle)
        self._restyle()

    def add_control(self, control: QWidget) -> None:
        """Put a button or a choice on the right of the heading."""
        self._top.addWidget(control)

    def show_text(self, title: str, context: str) -> None:
        self.title.setText(title)
        self.context.setText(context)
        self.context.setVisible(bool(context))

    def _restyle(self) -> None:
        px = theme().px
        self.title.setFont(theme().font(1.7, QFont.Weight.Bold))
        self._layout.setContentsMargins(px(20), px(14), px(20), px(6))
        self._layout.setSpacing(px(4))
        self._top.setSpacing(px(10))
