"""Nations in words: what they are, the days of their codes, their place in the medal table."""

from __future__ import annotations

from medaldesk.reports.dates import day, days
from medaldesk.reports.language import tr


def nation_kind(kind: str) -> str:
    """`National Olympic committee`, `Historic`, `Neutral` and so on."""
    return {
        "noc": tr("National Olympic committee"),
        "historic": tr("Historic"),
        "neutral": tr("Neutral"),
        "mixed": tr("Mixed team"),
        "refugee": tr("Refugee team"),
        "other": tr("Other"),
    }.get(kind, kind)


def membership_word(membership: str) -> str:
    """Whether a nation is in the table of a competition (RULES R15)."""
    return {
        "ranked": tr("Ranked"),
        "unranked": tr("Listed without a rank"),
        "left_out": tr("Left out"),
    }.get(membership, membership)


def code_days(first: str | None, last: str | None) -> str:
    """The days of a code (RULES R13): `1932–1955`, `since 1993`, `until 25 November 1979`.

    Whole years are told as years; an end that is open is left out, and both are `always`.
    """
    start = _year(first, "-01-01") or day(first)
    end = _year(last, "-12-31") or day(last)
    if not start or not end:
        template = tr("since {day}") if start else tr("until {day}") if end else tr("always")
        return template.format(day=start or end)
    if start == end:
        return start
    if len(start) == len(end) == len("1932"):
        return tr("{first}–{last}").format(first=start, last=end)
    return days(first or "", last or "")


def people(count: int) -> str:
    """`17,900,000`."""
    return f"{count:,}"


def _year(iso: str | None, bound: str) -> str:
    """The year of a day that begins or ends one; empty for any other."""
    return iso.removesuffix(bound) if iso and iso.endswith(bound) else ""
