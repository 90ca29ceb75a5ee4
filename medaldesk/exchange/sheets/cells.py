"""A cell of a workbook as the text that a person sees in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

Value = str | int | float | bool | date | datetime | time | timedelta

_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
)
"""What stands in a cell whose formula failed."""

_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:[.,]\d{1,9})?)S)?", re.ASCII)


def cell_text(value: Value) -> str:
    """The text of a value; the cached value of a formula, never the formula.

    Whole numbers without decimals, others with the fifteen digits that spreadsheets show; days as
    2026-02-09; times of day as 16:42; durations, and times under an hour with seconds, as 1:12.31;
    an error as nothing.
    """
    return _TEXT_OF[type(value)](value)


def _text(value: str) -> str:
    """Text as it is, but for durations, which ODS has in the spelling of ISO 8601."""
    if value[:1] == "#":
        return "" if value in _ERRORS else value
    if value[:2] != "PT" or (parts := _DURATION.fullmatch(value)) is None or len(value) == 2:
        return value
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.groups())
    return _duration(round(((hours * 60 + minutes) * 60 + seconds) * 1000))


def _number(value: float) -> str:
    if not isfinite(value):
        return ""
    if abs(value) < 1e15 and (whole := int(value)) == value:
        return str(whole)
    return repr(float(f"{value:.15g}"))


def _day_and_time(value: datetime) -> str:
    return f"{value.date().isoformat()} {_clock(_milliseconds(value.time()), '02d')}"


def _timedelta(value: timedelta) -> str:
    return _duration(round(value.total_seconds() * 1000))


def _time(value: time) -> str:
    """A time of day; or how long something took, which looks the same to a workbook."""
    milliseconds = _milliseconds(value)
    if value.hour == 0 and milliseconds % 60_000:
        return _duration(milliseconds)
    return _clock(milliseconds)


def _milliseconds(value: time) -> int:
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * 1000 + round(value.microsecond / 1000)


def _clock(milliseconds: int, hours: str = "d") -> str:
    """16:42, 16:42:30 or 16:42:30.5; a whole number of minutes below an hour is 0:05:00."""
    minutes, rest = divmod(milliseconds, 60_000)
    text = f"{minutes // 60:{hours}}:{minutes % 60:02d}"
    return text if not rest and (minutes >= 60 or hours != "d") else f"{text}:{_seconds(rest)}"


def _duration(milliseconds: int) -> str:
    """72.31 s is 1:12.31, below a minute 0:58.2."""
    sign, milliseconds = ("-" if milliseconds < 0 else ""), abs(milliseconds)
    minutes, rest = divmod(milliseconds, 60_000)
    if minutes < 60:
        return f"{sign}{minutes}:{_seconds(rest)}"
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{_seconds(rest)}"


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole:02d}.{rest:03d}".rstrip("0") if rest else f"{whole:02d}"


_TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: _text,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: _number,
    date: date.isoformat,
    datetime: _day_and_time,
    time: _time,
    timedelta: _timedelta,
}
