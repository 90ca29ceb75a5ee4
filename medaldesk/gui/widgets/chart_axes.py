"""Where the axes of a chart have their ticks, and what is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from medaldesk.domain.marks import MAX_DECIMALS, MILLIONTHS, Mark, MarkKind, format_mark
from medaldesk.reports import words

_CLOCK_STEPS = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000)
"""Seconds: from a quarter of a minute on, people count by the clock and not by tens."""

_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
_MONTH_STEPS = (1, 2, 3, 6)
_DAY_STEPS = (1, 2, 7, 14)


def mark_ticks(low: int, high: int, kind: MarkKind, most: int) -> list[tuple[int, str]]:
    """Round marks between two, in millionths, as they are printed; at most `most` of them."""
    step = next(step for step in _mark_steps(kind) if high // step - (low - 1) // step <= most)
    first = -(-low // step) * step
    decimals = _decimals(step)
    return [
        (value, format_mark(Mark(value, decimals), kind)) for value in range(first, high + 1, step)
    ]


def _mark_steps(kind: MarkKind) -> Iterator[int]:
    """1, 2, 5, 10 … millionths of the base unit; for long times those of the clock."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if kind is MarkKind.TIME and step > 10 * MILLIONTHS:
                yield from (seconds * MILLIONTHS for seconds in _CLOCK_STEPS)
            yield step
        power *= 10


def _decimals(step: int) -> int:
    """The decimals without which two ticks would look the same."""
    return next(
        digits for digits in range(MAX_DECIMALS + 1) if step % 10 ** (MAX_DECIMALS - digits) == 0
    )


def day_ticks(first: date, last: date, most: float) -> list[tuple[date, str]]:
    """Beginnings of years, months or days between two days; as many as there is room for."""
    for ticks in _day_scales(first, last):
        if len(ticks) <= most:
            return ticks
    return []


def _day_scales(first: date, last: date) -> Iterator[list[tuple[date, str]]]:
    """The ticks of each scale, the finest first; scales that are far too fine are left out."""
    span = (last - first).days
    if span < 120:
        for step in _DAY_STEPS:
            yield [(day, words.short_day(day.isoformat())) for day in _days(first, last, step)]
    if span < 1_500:
        for step in _MONTH_STEPS:
            yield [(day, words.short_day(day.isoformat())) for day in _months(first, last, step)]
    for step in _YEAR_STEPS:
        yield [(day, str(day.year)) for day in _years(first, last, step)]


def _days(first: date, last: date, step: int) -> list[date]:
    start = first.toordinal() + -first.toordinal() % step
    return [date.fromordinal(day) for day in range(start, last.toordinal() + 1, step)]


def _months(first: date, last: date, step: int) -> list[date]:
    begin = first.replace(day=1) + timedelta(days=32 if first.day > 1 else 0)
    numbers = range(begin.year * 12 + begin.month - 1, last.year * 12 + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers if n % 12 % step == 0]


def _years(first: date, last: date, step: int) -> list[date]:
    begin = first.year + (0 if (first.month, first.day) == (1, 1) else 1)
    return [date(year, 1, 1) for year in range(begin, last.year + 1) if year % step == 0]
