"""One sentence across the top of the window: what happened, what was kept, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from medaldesk.gui.theme import theme


class Notice(QWidget):
    """Hidden until there is something to say; never a dialog, never in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self, wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QPushButton(self.tr("Dismiss"), self)
        self._close.clicked.connect(self.hide)
        self._bad = False
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._close)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def say(self, text: str, *, bad: bool) -> None:
        """Show a sentence: `bad` for what went wrong, otherwise for what is good to know."""
        self._bad = bad
        self._text.setText(text)
        self.setAccessibleName(text)
        self._restyle()
        self.show()

    @property
    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def _restyle(self) -> None:
        look = theme()
        pill = look.colours.record if self._bad else look.colours.running
        self.setStyleSheet(
            f"QWidget#notice {{ background: {pill.fill.name()}; }}"
            f"QLabel {{ color: {pill.text.name()}; background: transparent; }}"
        )
        self._layout.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
