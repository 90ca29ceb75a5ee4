"""Days as people type them; without Qt."""

from __future__ import annotations

import re
from datetime import date

from medaldesk.book.errors import BadDate
from medaldesk.domain.names import fold
from medaldesk.reports import words

_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?:\. ?|[- ])(?P<m>\d{1,2})(?:(?:\. ?|[- ])(?P<y>\d{4}))?\.?"
)
_SLASHES = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?P<name>[a-z]{3,})\.?,?[ -]?(?P<y>\d{4})?"
)
_NAME_FIRST = re.compile(
    r"(?P<name>[a-z]{3,})\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<y>\d{4}))?"
)
_DAY_ALONE = re.compile(r"(?P<d>\d{1,2})\.?", re.ASCII)

_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def parse_day(text: str, near: date | None = None) -> date | None:
    """Read `2026-02-06`, `6.2.2026`, `6 Feb 2026`, `Feb 6, 2026`; nothing typed is no day.

    What is left out, the year or also the month, is that of `near`. Raises BadDate, also for
    `2/6/2026`, which is one day here and another one there.
    """
    clean = fold(text)
    if not clean:
        return None
    for spelling in (_YEAR_FIRST, _DAY_FIRST, _SLASHES, _NAMED, _NAME_FIRST, _DAY_ALONE):
        if match := spelling.fullmatch(clean):
            parts = match.groupdict()
            if spelling is _SLASHES:
                parts |= _slashed(int(match["d"]), int(match["m"]))
            return _assemble(parts, near, text)
    raise BadDate(text=text)


def _slashed(first: int, second: int) -> dict[str, str | None]:
    """Day and month of a day with slashes, where only one order is possible."""
    if first > 12 or first == second:
        return {"d": str(first), "m": str(second)}
    if second > 12:
        return {"d": str(second), "m": str(first)}
    return {"d": None}


def _assemble(parts: dict[str, str | None], near: date | None, text: str) -> date:
    day, year, month = parts.get("d"), parts.get("y"), parts.get("m")
    if near is not None:
        year = year or str(near.year)
    if "name" in parts:
        month = _month(parts["name"] or "")
    elif near is not None:
        month = month or str(near.month)
    if day is None or month is None or year is None:
        raise BadDate(text=text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadDate(text=text) from None


def _month(name: str) -> str | None:
    """The number of a month by the beginning of its name, English or in the reader's language."""
    own = (re.sub(r"[^a-z]", "", fold(words.day(f"2000-{n:02d}-01"))) for n in range(1, 13))
    for names in (_ENGLISH, tuple(own)):
        fitting = [n for n, month in enumerate(names, start=1) if month.startswith(name)]
        if len(fitting) == 1:
            return str(fitting[0])
    return None
