"""What the medal table lacks: nations left out (RULES R15), populations not known (R17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from medaldesk.domain.standings import Tally
from medaldesk.gui.actions import Command
from medaldesk.gui.theme import theme
from medaldesk.reports import table_words

NAMED_AT_MOST = 6
"""So many nations without a population are named; of more it is told how many they are."""

ROOM_FOR_LINK = 420
"""The width, at 100 %, from which the link stands beside the text; its command is in a menu too."""


class LeftOutLine(QWidget):
    """The nations left out with their medals, or without a population, and where that is set."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel(self, wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setProperty("role", "muted")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.link = QToolButton(self)
        self.link.setText(self.tr("Place in the medal table…"))
        self.link.setToolTip(self.tr("Ranked, listed without a rank, or left out"))
        self.link.clicked.connect(lambda: trigger(self, Command.MEMBERSHIP))
        self._out = False
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.text, 1)
        self._line.addWidget(self.link)
        self.hide()
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_left_out(
        self, nations: Mapping[str, Tally], world: Tally, unknown: Sequence[str] = ()
    ) -> None:
        """Say who is left out, and the sum of all medals; `unknown` have no population."""
        lines = [table_words.left_out(nations, world)] if nations else []
        if unknown:
            text = self.tr(
                "n/a: no population known of {nations}. Add it to the nation "
                "(Ctrl+4, Change nation…)."
            )
            many = len(unknown) > NAMED_AT_MOST
            named = self.tr("{n} nations").format(n=len(unknown)) if many else ", ".join(unknown)
            lines.append(text.format(nations=named))
        self.text.setText("\n".join(lines))
        self._out = bool(nations)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.link.setVisible(self._out and self.width() >= theme().px(ROOM_FOR_LINK))

    def _restyle(self) -> None:
        px = theme().px
        self.link.setStyleSheet(f"color: {theme().colours.accent.name()};")
        self._line.setContentsMargins(px(20), px(2), px(20), px(4))


def trigger(widget: QWidget, command: Command) -> None:
    """Run a command of the window that a widget is in; it says itself what it lacks."""
    action = widget.window().findChild(QAction, command)
    if isinstance(action, QAction):
        action.trigger()
