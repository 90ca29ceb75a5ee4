"""A slider over days, the last place of which is now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.theme import theme
from medaldesk.reports import words


class DaySlider(QSlider):
    """Its places are `days`, ISO and ascending, and after them now, which is None.

    `picked` carries the day of the handle, `other_picked` that of the second handle, which is
    there while two tables are compared. Arrows move the handle, with Shift the second one.
    """

    picked = Signal(object)
    other_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.days: Sequence[str] = ()
        self._marks: Mapping[str, str] = {}
        self._other: int | None = None
        self._drags_other = False
        self.setPageStep(7)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Day of the table"))
        self.valueChanged.connect(lambda place: self.picked.emit(self.day_at(place)))

    def show_days(self, days: Sequence[str], marks: Mapping[str, str]) -> None:
        """Set the days, and of some what happened on them."""
        self.days, self._marks = days, marks
        self.blockSignals(True)
        self.setRange(0, len(days))
        self.blockSignals(False)
        self.update()

    def show_day(self, day: str | None, other: str | None = None) -> None:
        """Put the handle on a day, or before it where it is no place; `other` for the second."""
        self.blockSignals(True)
        self.setValue(self.place_of(day))
        self.blockSignals(False)
        self.setAccessibleDescription(self._tip(day))
        self._other = None if other is None else self.place_of(other)
        self.update()

    def day_at(self, place: int) -> str | None:
        """The day of a place; None is now."""
        return self.days[place] if place < len(self.days) else None

    def place_of(self, day: str | None) -> int:
        """The place of a day: where it has none, that of the day before it."""
        return len(self.days) if day is None else max(0, bisect_right(self.days, day) - 1)

    def beside(self, day: str | None, by: int) -> str | None:
        """The place after a day (1) or before it (-1)."""
        place = self.place_of(day)
        between = day is not None and self.day_at(place) != day
        if not (between and by < 0):
            place += by
        return self.day_at(min(max(place, 0), len(self.days)))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(22) + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.sizeHint().height())

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shifted and self._other is not None and event.key() in steps:
            self._pick_other(self._other + steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().x())
        self._drags_other = self._other is not None and abs(place - self._other) < abs(
            place - self.value()
        )
        self._drag(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self._place_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drags_other = False

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(self._place_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(day)), self)
            return True
        return super().event(event)

    def _drag(self, place: int) -> None:
        if self._drags_other:
            self._pick_other(place)
        else:
            self.setValue(place)

    def _pick_other(self, place: int) -> None:
        # The table compared with is one of the past: now has no second handle.
        self._other = min(max(place, 0), len(self.days) - 1)
        self.update()
        self.other_picked.emit(self.day_at(self._other))

    def _tip(self, day: str | None) -> str:
        if day is None:
            return self.tr("now")
        return " · ".join(filter(None, (words.short_day(day), self._marks.get(day, ""))))

    # Painting

    def _ends(self) -> tuple[float, float]:
        margin = theme().px(10)
        return margin, self.width() - margin

    def _x(self, place: int) -> float:
        left, right = self._ends()
        return left + (right - left) * place / max(1, len(self.days))

    def _place_at(self, x: float) -> int:
        left, right = self._ends()
        share = (x - left) / max(1.0, right - left)
        return round(min(max(share, 0.0), 1.0) * len(self.days))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        self._paint_marks(painter)
        self._paint_words(painter)
        if self._other is not None:
            self._paint_handle(painter, self._other, hollow=True)
        self._paint_handle(painter, self.value(), hollow=False)

    @property
    def _middle(self) -> float:
        return theme().px(11)

    def _paint_track(self, painter: QPainter) -> None:
        colours, (left, right) = theme().colours, self._ends()
        painter.setPen(QPen(colours.line, theme().px(3)))
        painter.drawLine(QPointF(left, self._middle), QPointF(right, self._middle))
        start = left if self._other is None else self._x(self._other)
        painter.setPen(QPen(colours.accent, theme().px(3)))
        painter.drawLine(QPointF(start, self._middle), QPointF(self._x(self.value()), self._middle))

    def _paint_marks(self, painter: QPainter) -> None:
        """A stroke on each day on which something was decided."""
        reach = theme().px(6)
        painter.setPen(QPen(theme().colours.record.text, theme().px(2)))
        for day in self._marks:
            x = self._x(self.place_of(day))
            painter.drawLine(QPointF(x, self._middle - reach), QPointF(x, self._middle + reach))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(theme().colours.muted)
        painter.setFont(theme().font(0.85))
        top = theme().px(20)
        room = QRectF(0, top, self.width(), self.height() - top)
        first = words.short_day(self.days[0]) if self.days else ""
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, self.tr("now"))

    def _paint_handle(self, painter: QPainter, place: int, *, hollow: bool) -> None:
        colours = theme().colours
        radius = theme().px(7)
        painter.setPen(QPen(colours.accent, theme().px(2)))
        painter.setBrush(QBrush(colours.page if hollow else colours.accent))
        centre = QPointF(self._x(place), self._middle)
        painter.drawEllipse(centre, radius, radius)
        if self.hasFocus() and not hollow:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + theme().px(3), radius + theme().px(3))

    def centre_of(self, place: int) -> QPoint:
        """Where a place is on the widget."""
        return QPoint(round(self._x(place)), round(self._middle))
