"""The head of a page: one heading, one line of context."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.theme import Pill, theme


class PillLabel(QLabel):
    """A short word on a coloured ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._shown: tuple[str, Pill | None, bool, int] | None = None

    def show_pill(self, text: str, pill: Pill | None) -> None:
        """Show a word, or nothing where it is empty."""
        shown = (text, pill, theme().dark, theme().zoom)
        if shown == self._shown:
            return
        self._shown = shown
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


class TitleLabel(QLabel):
    """A line that ends in … where it is too long, and is then whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme().px(120)), hint.height())

    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip("" if self.shown_text() == self.text() else plain_tip(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().colours.text)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), side, self.shown_text())


class HeadingLine(QLayout):
    """The title, what stands beside it, and controls at the right end.

    Where they do not fit side by side, the controls go to lines of their own below; where not
    even the pill fits beside the title, it goes down with them. Nothing but a title that is
    wider than the page is ever narrower than it asks.
    """

    def __init__(self, beside: int) -> None:
        """Lay out `beside` parts from the left; those added after them are controls."""
        super().__init__()
        self._beside = beside
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(map(_height, lines)) + self.spacing() * (len(lines) - 1)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = _width(shown, self.spacing())
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(width, _height(shown))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            self._place(line, QRect(rect.left(), top, rect.width(), _height(line)))
            top += _height(line) + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _controls(self, items: Sequence[QLayoutItem]) -> list[QLayoutItem]:
        return [item for item in items if self._items.index(item) >= self._beside]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in each line of a page of some width."""
        shown, gap = self._shown(), self.spacing()
        if _width(shown, gap) <= width:
            return [shown]
        controls = self._controls(shown)
        lines = [[item for item in shown if item not in controls]]
        if len(lines[0]) > 1 and _width(lines[0], gap) > width:
            controls = lines[0][1:] + controls
            lines[0] = lines[0][:1]
        line: list[QLayoutItem] = []
        for item in controls:
            if line and _width([*line, item], gap) > width:
                lines.append(line)
                line = []
            line.append(item)
        return [*lines, line] if line else lines

    def _place(self, line: Sequence[QLayoutItem], room: QRect) -> None:
        """Put parts side by side; controls that share the line of the title end at the right."""
        gap, x = self.spacing(), room.left()
        controls = self._controls(line)
        for item in line:
            if controls and item is controls[0] and line[0] is self._items[0]:
                x = room.right() + 1 - _width(controls, gap)
            hint = item.sizeHint()
            width = min(hint.width(), room.width())
            top = room.top() + (room.height() - hint.height()) // 2
            item.setGeometry(QRect(QPoint(x, top), QSize(width, hint.height())))
            x += width + gap


def _width(line: Sequence[QLayoutItem], gap: int) -> int:
    return sum(item.sizeHint().width() + gap for item in line) - gap if line else 0


def _height(line: Sequence[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)


class Heading(QWidget):
    """Heading, an optional pill beside it, room for controls on the right, context below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleLabel(self)
        self.pill = PillLabel(self)
        self.context = QLabel(self, wordWrap=True)
        self.context.setTextFormat(Qt.TextFormat.PlainText)
        self.context.setProperty("role", "muted")
        self._line = HeadingLine(beside=2)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._line)
        self._layout.addWidget(self.context)
        self._line.addWidget(self.title)
        self._line.addWidget(self.pill)
        theme().changed.connect(self._restyle)
        self._restyle()

    def add_control(self, control: QWidget) -> None:
        """Put a button or a choice on the right of the heading."""
        self._line.addWidget(control)

    def show_text(self, title: str, context: str) -> None:
        self.title.setText(title)
        self.context.setText(context)
        self.context.setVisible(bool(context))

    def _restyle(self) -> None:
        px = theme().px
        self.title.setFont(theme().font(1.7, QFont.Weight.Bold))
        self._layout.setContentsMargins(px(20), px(14), px(20), px(6))
        self._layout.setSpacing(px(4))
        self._line.setSpacing(px(10))
