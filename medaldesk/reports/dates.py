"""Days and spans of time in words."""

from __future__ import annotations

from datetime import date

from medaldesk.domain.records import Stood
from medaldesk.reports.language import tr


def day(iso: str | None) -> str:
    """`9 February 2026`; empty where the day is not known, as it stands where it is no ISO day."""
    return _printed(iso, _months())


def short_day(iso: str | None) -> str:
    """`9 Feb 2026`."""
    return _printed(iso, _short_months())


def weekday(iso: str) -> str:
    """`Mon 9 February`."""
    when = _parsed(iso)
    if when is None:
        return iso
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return tr("{weekday} {day} {month}").format(
        weekday=names[when.weekday()], day=when.day, month=_months()[when.month - 1]
    )


def days(start: str, end: str) -> str:
    """`6–22 February 2026`, `29 January – 9 February 1964`, or one day where both are the same."""
    first, last = _parsed(start), _parsed(end)
    if first is None or last is None or first == last:
        return day(start)
    month, last_day = _months()[first.month - 1], day(end)
    if (first.year, first.month) == (last.year, last.month):
        return tr("{first}–{last_day}").format(first=first.day, last_day=last_day)
    if first.year == last.year:
        return tr("{first} {month} – {last_day}").format(
            first=first.day, month=month, last_day=last_day
        )
    return tr("{first_day} – {last_day}").format(first_day=day(start), last_day=last_day)


def years_and_days(count: int) -> str:
    """`3 years 357 days` for a number of days.

    A year counts as 365¼ days, in whole days as often as they fit: 365 days are 1 year, 1,095
    and 1,096 days are 3 years. On the calendar it may be one day more or less.
    """
    years = (4 * count + 3) // 1461
    rest = max(0, count - (1461 * years + 1) // 4)
    parts = [_years(years)] if years else []
    if rest or not years:
        parts.append(_days(rest))
    return " ".join(parts)


def days_stood(stood: Stood | None) -> str:
    """For how long a record stood that fell in another phase; empty where that is not known."""
    if stood is None or stood.days is None:
        return ""
    return years_and_days(stood.days) if stood.days else tr("less than a day")


def _years(count: int) -> str:
    return (tr("{n} year") if count == 1 else tr("{n} years")).format(n=count)


def _days(count: int) -> str:
    return (tr("{n} day") if count == 1 else tr("{n} days")).format(n=count)


def _printed(iso: str | None, months: tuple[str, ...]) -> str:
    when = _parsed(iso)
    if when is None:
        return iso or ""
    return tr("{day} {month} {year}").format(
        day=when.day, month=months[when.month - 1], year=when.year
    )


def _parsed(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _months() -> tuple[str, ...]:
    return (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )


def _short_months() -> tuple[str, ...]:
    return (
        tr("Jan"),
        tr("Feb"),
        tr("Mar"),
        tr("Apr"),
        tr("May"),
        tr("Jun"),
        tr("Jul"),
        tr("Aug"),
        tr("Sep"),
        tr("Oct"),
        tr("Nov"),
        tr("Dec"),
    )
