"""The progression of a record as steps over time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.domain.marks import Better, format_mark
from medaldesk.gui.models.record_model import describe, key_of
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.chart_axes import day_ticks, mark_ticks
from medaldesk.gui.widgets.chart_points import (
    Frame,
    Places,
    Point,
    annulled_of,
    places_of,
    points_of,
    radius_of,
    with_room,
)
from medaldesk.reports import words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

PICTURE = QSize(1000, 500)
"""The least size of a saved picture, in points."""


class StepChart(QWidget):
    """Draws a record history; marks grow upwards, so a better time is lower (RULES R24).

    What was annulled is a faint ring beside the steps. `chosen` tells the key of the record that
    a person picked, `opened` that they want its result.
    """

    chosen = Signal(int)
    opened = Signal(int)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: RecordHistory | None = None
        self._today = date.today()
        self._points: tuple[Point, ...] = ()
        self._annulled: tuple[Point, ...] = ()
        self._selected: int | None = None
        self.setAccessibleName(self.tr("Progression of the record"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._add_actions()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        """Never less than 180 pixels, or steps are no steps; larger text needs some more."""
        self.setMinimumHeight(160 + theme().px(20))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(560), theme().px(240))

    # What is shown

    def show_history(self, history: RecordHistory, today: date | None = None) -> None:
        """Show a list as it is on a day."""
        self._history = history
        self._today = today or date.today()
        self._points = points_of(history)
        self._annulled = annulled_of(history)
        if self._selected not in {point.key for point in self._all}:
            self._selected = None
        self._tell_description()
        self.update()

    def points(self) -> tuple[Point, ...]:
        """The records, oldest first."""
        return self._points

    @property
    def _all(self) -> tuple[Point, ...]:
        """The records and what was annulled, by day."""
        return tuple(sorted(self._points + self._annulled, key=lambda point: point.day))

    def position(self, key: int) -> QPointF:
        """Where a record is in the widget."""
        return places_of(self._all, self._frame(QRectF(self.rect())))[key]

    @property
    def selected(self) -> int | None:
        """The key of the record that is highlighted."""
        return self._selected

    def select(self, key: int | None) -> None:
        """Highlight a record, or none."""
        if key != self._selected:
            self._selected = key
            self._tell_description()
            self.update()

    def _tell_description(self) -> None:
        self.setAccessibleDescription(self._caption(self._selected))

    def _row(self, key: int | None) -> RecordRow | None:
        rows = (*self._history.rows, *self._history.annulled) if self._history else ()
        return next((row for row in rows if key_of(row) == key), None)

    def _caption(self, key: int | None) -> str:
        """The record highlighted, or the one that stands."""
        row = self._row(key)
        if self._history is None or not (row or self._history.rows):
            return self.tr("No record yet: the first mark opens the list.")
        shown = row or self._history.current[-1]
        return describe(shown, self._history.list.form)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: lambda here: here - 1,
            Qt.Key.Key_Right: lambda here: here + 1,
            Qt.Key.Key_Home: lambda _: 0,
            Qt.Key.Key_End: lambda _: len(self._points) - 1,
        }
        key = Qt.Key(event.key())
        if key in steps and self._points:
            self._go_to(steps[key](self._place()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selected is not None:
            self.opened.emit(self._selected)
        else:
            super().keyPressEvent(event)

    def _place(self) -> int:
        """The place of the highlighted record; beyond the last where there is none."""
        keys = [point.key for point in self._points]
        return keys.index(self._selected) if self._selected in keys else len(keys)

    def _go_to(self, place: int) -> None:
        place = min(max(place, 0), len(self._points) - 1)
        self._choose(self._points[place].key)

    def _choose(self, key: int) -> None:
        self.select(key)
        self.chosen.emit(key)

    def _near(self, position: QPointF) -> list[int]:
        """The keys of the records within reach of the mouse, the nearest first."""
        places = places_of(self._all, self._frame(QRectF(self.rect())))
        away = {key: (at - position).manhattanLength() for key, at in places.items()}
        return sorted((key for key in away if away[key] <= theme().px(9)), key=away.__getitem__)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        history = self._history
        if not near or history is None:
            QToolTip.hideText()
            return
        rows = [self._row(key) for key in near]
        text = "\n".join(describe(row, history.list.form) for row in rows if row)
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near:
            self._choose(near[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._near(event.position()) and self._selected is not None:
            self.opened.emit(self._selected)

    # Pictures

    def _add_actions(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction(self.tr("Copy picture"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        save = QAction(self.tr("Save picture…"), self)
        save.triggered.connect(self.save_wanted)
        self.addActions([copy, save])

    def copy(self) -> None:
        """Put a picture of the chart on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def picture(self) -> QImage:
        """The chart with its title, at twice the points for sharp print."""
        size = self.size().expandedTo(PICTURE)
        image = QImage(size * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        painter = QPainter(image)
        self._paint_picture(painter, size)
        painter.end()
        return image

    def svg(self) -> bytes:
        """The chart with its title as SVG."""
        from PySide6.QtSvg import QSvgGenerator

        size = self.size().expandedTo(PICTURE)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle(self._title())
        generator.setDescription(self._caption(None))
        painter = QPainter(generator)
        self._paint_picture(painter, size)
        painter.end()
        return bytes(buffer.data().data())

    def save(self, path: Path) -> None:
        """Write the chart as SVG, or as PNG for any other name. Raises OSError."""
        if path.suffix.lower() == ".svg":
            path.write_bytes(self.svg())
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.picture().save(buffer, "PNG")  # type: ignore[call-overload]
        path.write_bytes(bytes(buffer.data().data()))

    def _title(self) -> str:
        if self._history is None:
            return ""
        return f"{self._history.list.kind_name} · {self._history.list.event_type_name}"

    def _paint_picture(self, painter: QPainter, size: QSize) -> None:
        look = theme()
        whole = QRectF(0, 0, size.width(), size.height())
        painter.fillRect(whole, look.colours.page)
        painter.setFont(look.font(1.3, QFont.Weight.Bold))
        painter.setPen(look.colours.text)
        head = QFontMetricsF(painter.font()).height() + look.px(12)
        title = QRectF(look.px(20), look.px(6), size.width() - look.px(40), head)
        painter.drawText(title, _LEFT, self._title())
        self._paint(painter, whole.adjusted(0, head, 0, 0), None)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colours.page)
        self._paint(painter, QRectF(self.rect()), self._selected)
        if self.hasFocus():
            painter.setPen(QPen(theme().colours.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
            painter.drawRoundedRect(inner, theme().px(6), theme().px(6))

    def _paint(self, painter: QPainter, rect: QRectF, selected: int | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame(rect)
        self._paint_caption(painter, rect, selected)
        if not self._points:
            return
        self._paint_marks(painter, frame, rect)
        self._paint_days(painter, frame)
        places = places_of(self._all, frame)
        self._paint_steps(painter, frame, places)
        if selected in places:
            self._paint_guides(painter, frame, places[selected])
        for point in self._all:
            self._paint_dot(painter, places[point.key], point, chosen=point.key == selected)
        self._paint_current(painter, frame)

    def _frame(self, rect: QRectF) -> Frame:
        """Room for the caption above, the marks on the left, the days below."""
        px, metrics = theme().px, QFontMetricsF(_small_font())
        values = [point.value for point in self._all] or [0]
        days = [point.day.toordinal() for point in self._all] or [self._today.toordinal()]
        last = max(self._today.toordinal(), *days)
        first = min(*days, last - 90)
        lead = max(1, round((last - first) * 0.02))
        left = self._labels_width(metrics) + px(28)
        plot = rect.adjusted(left, metrics.height() + px(18), -px(24), -metrics.height() - px(12))
        label, edge = metrics.height() + px(12), px(8)
        rooms = (label, edge) if self._is_lower_better() else (edge, label)
        low, high = with_room(min(values), max(values), rooms, plot.height())
        return Frame(plot, first - lead, last, low, high)

    def _labels_width(self, metrics: QFontMetricsF) -> float:
        """The room of the widest mark; those of the axis have no more decimals."""
        if self._history is None:
            return 0
        kind = self._history.list.form.kind
        rows = (*self._history.rows, *self._history.annulled)
        texts = [format_mark(row.mark, kind) for row in rows]
        return max((metrics.horizontalAdvance(text) for text in texts), default=0)

    def _is_lower_better(self) -> bool:
        return self._history is None or self._history.list.form.better is Better.LOWER

    def _paint_caption(self, painter: QPainter, rect: QRectF, selected: int | None) -> None:
        px, colours = theme().px, theme().colours
        painter.setFont(_small_font())
        painter.setPen(colours.muted if selected is None else colours.text)
        metrics = QFontMetricsF(painter.font())
        width = rect.width() - px(44)
        line = QRectF(rect.left() + px(20), rect.top() + px(6), width, metrics.height())
        text = metrics.elidedText(self._caption(selected), Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, _LEFT, text)

    def _paint_marks(self, painter: QPainter, frame: Frame, rect: QRectF) -> None:
        px, colours, plot = theme().px, theme().colours, frame.plot
        assert self._history is not None
        kind = self._history.list.form.kind
        painter.setFont(_small_font())
        height = QFontMetricsF(painter.font()).height()
        most = max(2, int(plot.height() / height / 1.8))
        for value, text in mark_ticks(frame.low, frame.high, kind, most):
            y = frame.y(value)
            painter.setPen(QPen(colours.line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.muted)
            label = QRectF(rect.left(), y - height / 2, plot.left() - rect.left() - px(8), height)
            painter.drawText(label, _RIGHT, text)

    def _paint_days(self, painter: QPainter, frame: Frame) -> None:
        px, colours, plot = theme().px, theme().colours, frame.plot
        painter.setFont(_small_font())
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QPen(colours.muted, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        top = plot.bottom() + px(5)
        now = self.tr("today") if frame.last == self._today.toordinal() else ""
        room = metrics.horizontalAdvance(now)
        painter.drawText(QPointF(plot.right() - room, top + metrics.ascent()), now)
        widest = metrics.horizontalAdvance(words.short_day("2026-12-30"))
        first, last = date.fromordinal(frame.first), date.fromordinal(frame.last)
        for day, text in day_ticks(first, last, plot.width() / (widest + px(12))):
            x, half = frame.x(day), metrics.horizontalAdvance(text) / 2
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + px(3)))
            if x + half < plot.right() - room - px(8):
                painter.drawText(QPointF(x - half, top + metrics.ascent()), text)

    def _paint_steps(self, painter: QPainter, frame: Frame, places: Places) -> None:
        """Along the mark that stood until the day it fell, and on to the right edge."""
        first, *others = (places[point.key] for point in self._points)
        path = QPainterPath(first)
        for at in others:
            path.lineTo(at.x(), path.currentPosition().y())
            path.lineTo(at)
        path.lineTo(frame.plot.right(), path.currentPosition().y())
        pen = QPen(theme().colours.accent, 1 + theme().px(1))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.strokePath(path, pen)

    def _paint_guides(self, painter: QPainter, frame: Frame, at: QPointF) -> None:
        painter.setPen(QPen(theme().colours.muted, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(frame.plot.left(), at.y()), at)
        painter.drawLine(QPointF(at.x(), frame.plot.bottom()), at)

    def _paint_dot(self, painter: QPainter, at: QPointF, point: Point, *, chosen: bool) -> None:
        """Small where it fell the same day, hollow where it equals, ringed where chosen.

        What was annulled is hollow and faint.
        """
        px, colours = theme().px, theme().colours
        ink: QColor = colours.record.text if point.current else colours.accent
        if point.annulled:
            ink = colours.muted
        radius = radius_of(point)
        if chosen:
            painter.setPen(QPen(ink, px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + px(4), radius + px(4))
        hollow = point.equalled or point.annulled
        painter.setPen(QPen(ink if hollow else colours.page, px(1.5)))
        painter.setBrush(colours.page if hollow else ink)
        painter.drawEllipse(at, radius, radius)

    def _paint_current(self, painter: QPainter, frame: Frame) -> None:
        """The mark that stands, on the empty side of its line."""
        assert self._history is not None
        row = self._history.current[-1]
        painter.setFont(theme().font(1.0, QFont.Weight.Bold))
        painter.setPen(theme().colours.record.text)
        metrics = QFontMetricsF(painter.font())
        text = format_mark(row.mark, self._history.list.form.kind)
        y = frame.y(row.mark.value)
        down = self._is_lower_better()
        base = y + metrics.ascent() + theme().px(5) if down else y - theme().px(8)
        painter.drawText(QPointF(frame.plot.right() - metrics.horizontalAdvance(text), base), text)


def _small_font() -> QFont:
    return theme().font(0.9)
