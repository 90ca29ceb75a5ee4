"""One sentence of what changed, as a label that costs little: a mark brings several at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.reports.what_changed import LinkKind, Sentence, SentenceKind

_PLACES = {
    LinkKind.RESULT: Place.RESULT,
    LinkKind.EVENT: Place.EVENT,
    LinkKind.STANDINGS: Place.STANDINGS,
    LinkKind.RECORDS: Place.RECORDS,
}


class SentenceLabel(QLabel):
    """One sentence; a click or Enter goes where it is about.

    It is a QLabel for whoever has it read aloud. Its words are painted here: the document behind
    each label of rich text takes longer than the edit that it tells of.
    """

    chosen = Signal(object)

    def __init__(self, sentence: Sentence, parent: QWidget | None = None) -> None:
        super().__init__(sentence.text, parent)
        self.sentence = sentence
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(sentence.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if sentence.link is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._heights: dict[int, int] = {}
        self.paint_words(fresh=True)

    def paint_words(self, *, fresh: bool) -> None:
        """Colour the sentence; an older one is muted."""
        self._fresh = fresh
        self._lines: QTextLayout | None = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
            self._lines = None

    # Size

    def hasHeightForWidth(self) -> bool:
        # The policy would not do: a QLabel takes it back whenever its margins change.
        return True

    def heightForWidth(self, width: int) -> int:
        # A layout asks again and again, for several widths.
        if width not in self._heights:
            margins = self.contentsMargins()
            _, height = self._laid_out(width - margins.left() - margins.right())
            self._heights[width] = height + margins.top() + margins.bottom()
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    # Words

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        if self._lines is None or self._lines.lineAt(0).width() != room.width():
            self._lines, _ = self._laid_out(room.width())
        painter = QPainter(self)
        painter.setPen(theme().colours.text if self._fresh else theme().colours.muted)
        self._lines.draw(painter, QPointF(room.topLeft()))
        if self.hasFocus():
            px, around = theme().px, QRect(0, 0, self.width(), room.bottom() + theme().px(3))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colours.accent, 2))
            painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), px(5), px(5))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The sentence broken into lines of a width, and their height."""
        lines = QTextLayout(self.sentence.text, self.font())
        lines.setTextOption(_WRAPPED)
        lines.setCacheEnabled(True)
        lines.setFormats(list(self._formats()))
        below = 0.0
        lines.beginLayout()
        while (line := lines.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
            line.setPosition(QPointF(0, below))
            below += line.height()
        lines.endLayout()
        return lines, math.ceil(below)

    def _formats(self) -> Iterator[QTextLayout.FormatRange]:
        """The strong part in bold, in a colour of its own where it tells of a record; arrows."""
        colours, text, strong = theme().colours, self.sentence.text, self.sentence.strong
        record = self._fresh and self.sentence.kind is SentenceKind.RECORD
        if strong and strong in text:
            ink = colours.record.text if record else None
            yield _format(text.index(strong), len(strong), ink, bold=True)
        if self._fresh:
            for arrow, colour in (("▲", colours.better), ("▼", colours.error)):
                if arrow in text:
                    yield _format(text.index(arrow), len(arrow), colour)

    # Going there

    def mousePressEvent(self, event: Any) -> None:
        self._choose()

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self.sentence.link is not None:
            self.chosen.emit(Target(_PLACES[self.sentence.link], self.sentence.link_id))


_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _format(
    start: int, length: int, ink: QColor | None, *, bold: bool = False
) -> QTextLayout.FormatRange:
    """How some letters of a sentence differ from the others."""
    letters = QTextLayout.FormatRange()
    letters.start, letters.length = start, length
    if ink is not None:
        letters.format.setForeground(ink)
    if bold:
        letters.format.setFontWeight(QFont.Weight.Bold)
    return letters
