"""Where the records of a chart are: days to the right, marks upwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from PySide6.QtCore import QPointF, QRectF

from medaldesk.book.reads.records import RecordHistory
from medaldesk.gui.models.record_model import key_of
from medaldesk.gui.theme import theme


@dataclass(frozen=True, slots=True)
class Point:
    """A record as the chart draws it: on a day, at a mark in millionths of its base unit.

    `brief` tells that it fell on the day it was set, `annulled` that it never stood.
    """

    key: int
    day: date
    value: int
    equalled: bool
    current: bool
    brief: bool
    annulled: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where days and marks are in a picture of some size."""

    plot: QRectF
    first: int
    last: int
    low: int
    high: int

    def x(self, day: date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return self.plot.left() + share * self.plot.width()

    def y(self, value: int) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.plot.bottom() - share * self.plot.height()

    def at(self, point: Point) -> QPointF:
        return QPointF(self.x(point.day), self.y(point.value))


Places = dict[int, QPointF]
"""The dots of a chart by key."""


def points_of(history: RecordHistory) -> tuple[Point, ...]:
    """The lines of a history, oldest first; one of unknown day stands with the one after it."""
    known = [date.fromisoformat(row.day) if row.day else None for row in history.rows]
    first = next((day for day in known if day), None) or date.today()
    points: list[Point] = []
    for row, day in zip(history.rows, known, strict=True):
        stood = row.reign.stood
        brief = stood is not None and (stood.units is not None or stood.days == 0)
        on = day or (points[-1].day if points else first)
        points.append(
            Point(key_of(row), on, row.mark.value, row.equalled, row.reign.current, brief)
        )
    return tuple(points)


def annulled_of(history: RecordHistory) -> tuple[Point, ...]:
    """The marks that a ruling took out of a list, the oldest first (RULES R26)."""
    return tuple(
        Point(
            key_of(row),
            date.fromisoformat(row.day),
            row.mark.value,
            equalled=False,
            current=False,
            brief=False,
            annulled=True,
        )
        for row in history.annulled
        if row.day
    )


def places_of(points: Sequence[Point], frame: Frame) -> Places:
    """Where the dots are, by key: on one day the earlier one makes room to the left.

    It never goes back beyond the record of an earlier day, so that time still runs right.
    """
    days = sorted({point.day for point in points})
    before = dict(zip(days[1:], days, strict=False))
    places: Places = {}
    after: Point | None = None
    for point in reversed(points):
        at = frame.at(point)
        if after is not None and after.day == point.day:
            at.setX(min(at.x(), places[after.key].x() - _gap(point, after, frame)))
        if point.day in before:
            at.setX(max(at.x(), frame.x(before[point.day])))
        places[point.key] = at
        after = point
    return places


def _gap(point: Point, after: Point, frame: Frame) -> float:
    """How far apart two dots must be sideways, so as not to lie on each other."""
    apart = radius_of(point) + radius_of(after)
    up = abs(frame.y(point.value) - frame.y(after.value))
    return sqrt(max(0.0, apart**2 - up**2))


def radius_of(point: Point) -> float:
    """Pixels from the middle of a dot to its edge."""
    return (1 if point.brief else 3) + theme().px(1.5)


def with_room(low: int, high: int, rooms: tuple[float, float], height: float) -> tuple[int, int]:
    """The ends of a mark axis that leaves pixels free below the lowest and above the highest."""
    below, above = rooms
    span = max(high - low, high // 50, 10_000)
    each = span / max(height - below - above, height / 3)
    return max(0, low - round(each * below)), high + round(each * above)
