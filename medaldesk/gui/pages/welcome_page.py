"""What stands where there is nothing yet: what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from medaldesk.gui.theme import theme


class WelcomePage(QWidget):
    """A few lines in the middle of an empty page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._lines = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._lines.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._title)
        layout.addWidget(self._lines)
        layout.addStretch(3)
        theme().changed.connect(self._restyle)
        self._restyle()

    def tell(self, *, writes: bool, has_competition: bool) -> None:
        """Say what comes first in a book: a competition, then an event."""
        if not writes:
            self._say(self.tr("Nothing here yet"), self.tr("This book has no events yet."))
        elif has_competition:
            self._say(
                self.tr("Add the first event"),
                self.tr("Ctrl+Shift+E adds an event to the competition; its start list is typed."),
            )
        else:
            self._say(
                self.tr("Add the first competition"),
                self.tr(
                    "Ctrl+Shift+N adds a competition, Ctrl+Shift+E an event to it. "
                    "Ctrl+Shift+I imports them from files. Ctrl+K finds every command."
                ),
            )

    def tell_no_book(self) -> None:
        """Say how to get a book."""
        self._say(
            self.tr("No book is open"),
            self.tr("Ctrl+N makes a new book, Ctrl+O opens one. Ctrl+K finds every command."),
        )

    def _say(self, title: str, lines: str) -> None:
        self._title.setText(title)
        self._lines.setText(lines)

    def _restyle(self) -> None:
        self._title.setFont(theme().font(1.5, QFont.Weight.Bold))
