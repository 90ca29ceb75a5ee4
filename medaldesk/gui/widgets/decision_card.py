"""One decision in full: the reason, the source, its lines, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from medaldesk.book.reads.decisions import LedgerLine, LedgerRow
from medaldesk.domain.decisions import DecisionLine
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.records_strip import FlowLayout
from medaldesk.reports import words

MOST_MOVES = 4
"""Lines that only move a rank and are still told one by one."""

LAST_OF_MEDALS = 3
"""Up to this rank a move may bring a medal, so that it is told by name."""


class DecisionCard(QWidget):
    """Shows the selected decision of the ledger; its buttons say what is wanted."""

    change = Signal()
    revoke = Signal()
    delete = Signal()
    show_event = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._inside = QWidget()
        self._inside.setObjectName("panel")
        self._scroll.setWidget(self._inside)
        self._text = QVBoxLayout(self._inside)
        self.title, self.lines, self.reason, self.source = (_label(self._inside) for _ in range(4))
        self.source.setProperty("role", "muted")
        for part in (self.title, self.reason, self.source, self.lines):
            self._text.addWidget(part)
        self._text.addStretch(1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.tr("The decision in full"))
        self._build_buttons()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._scroll, 1)
        self._layout.addWidget(self._row)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_decision(self, row: LedgerRow, *, can_write: bool) -> None:
        """Say all of a decision."""
        self.title.setText(self._title(row))
        self.lines.setText("\n".join(self._told(row.lines)))
        tip = "\n".join(map(self._line, row.lines)) if _folded(row.lines) else ""
        self.lines.setToolTip(plain_tip(tip))
        self.reason.setText(row.reason)
        self.source.setText(self._source(row))
        self.source.setVisible(bool(row.source))
        is_revoked = row.revoked_on is not None
        self.revoke_button.setText(self.tr("H&olds again") if is_revoked else self.tr("Rev&oke…"))
        self.revoke_button.setToolTip(
            self.tr("Take the revocation back")
            if is_revoked
            else self.tr("Say from which day on it holds no longer")
        )
        for button in (self.change_button, self.revoke_button, self.delete_button):
            button.setEnabled(can_write)

    def fit_height(self, width: int, most: int) -> None:
        """Be as high as what is said needs in a width, up to a height; then the text scrolls."""
        margins = self._layout.contentsMargins()
        within = width - margins.left() - margins.right()
        text, buttons = self._text.heightForWidth(within), self._flow.heightForWidth(within)
        around = margins.top() + margins.bottom() + self._layout.spacing()
        self.setFixedHeight(min(text + buttons + around, most))

    def least_height(self, width: int) -> int:
        """What the buttons and two lines of text need in a width."""
        margins = self._layout.contentsMargins()
        buttons = self._flow.heightForWidth(width - margins.left() - margins.right())
        text = 2 * self.title.fontMetrics().lineSpacing()
        return text + buttons + margins.top() + margins.bottom() + self._layout.spacing()

    def _title(self, row: LedgerRow) -> str:
        template = self.tr("{body}, {day} · {event} · {competition}")
        if row.revoked_on is not None:
            template = self.tr("{body}, {day}, revoked {revoked} · {event} · {competition}")
        return template.format(
            body=row.body,
            day=words.day(row.day),
            revoked=words.day(row.revoked_on),
            event=row.event_name,
            competition=row.competition_name,
        )

    def _told(self, lines: Sequence[LedgerLine]) -> list[str]:
        """Each line, those that only move a rank in one where there are many."""
        moves = _folded(lines)
        told = [self._line(line) for line in lines if line not in moves]
        ranks = [line.line.rank for line in moves if line.line.rank is not None]
        if ranks:
            someone_is_out = any(line.line.status is not None for line in lines)
            template = (
                self.tr("Ranks {first}–{last} move up")
                if someone_is_out
                else self.tr("Ranks {first}–{last} are set anew")
            )
            told.append(template.format(first=min(ranks), last=max(ranks)))
        return told

    def _line(self, line: LedgerLine) -> str:
        template = (
            self.tr("{name} ({nation}): {what}") if line.nation else self.tr("{name}: {what}")
        )
        return template.format(name=line.name, nation=line.nation, what=words.line_says(line.line))

    def _source(self, row: LedgerRow) -> str:
        return self.tr("Source: {source}").format(source=row.source) if row.source else ""

    def _build_buttons(self) -> None:
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row)
        self.change_button = QPushButton(self.tr("&Change…"), self)
        self.change_button.setToolTip(self.tr("Correct it or its lines (Enter, F2)"))
        self.revoke_button = QPushButton(self.tr("Rev&oke…"), self)
        self.delete_button = QPushButton(self.tr("&Delete"), self)
        self.delete_button.setToolTip(self.tr("It was never taken (Del); undo brings it back"))
        self.event_button = QPushButton(self.tr("&Go to event"), self)
        self.event_button.setToolTip(self.tr("Show the results it is about (Ctrl+G)"))
        for button, signal in (
            (self.change_button, self.change),
            (self.revoke_button, self.revoke),
            (self.delete_button, self.delete),
            (self.event_button, self.show_event),
        ):
            button.clicked.connect(signal)
            self._flow.addWidget(button)

    def _restyle(self) -> None:
        px = theme().px
        self.title.setFont(theme().font(1.05, QFont.Weight.DemiBold))
        self._text.setContentsMargins(0, 0, 0, 0)
        self._text.setSpacing(px(6))
        self._layout.setContentsMargins(px(20), px(12), px(20), px(12))
        self._layout.setSpacing(px(10))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(px(8))


def _folded(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    """The lines that are told as one: ranks that move without a medal."""
    moves = [line for line in lines if _only_moves(line.line)]
    if len(moves) <= MOST_MOVES:
        return []
    return [line for line in moves if (line.line.rank or 0) > LAST_OF_MEDALS]


def _only_moves(line: DecisionLine) -> bool:
    return line.rank is not None and not line.sets_status and line.medal is None


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
