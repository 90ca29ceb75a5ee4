"""What a medal table goes by, and what made it different, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from medaldesk.book.reads.difference import Cause, Why
from medaldesk.domain.standings import PerCapitaOf, RankBy, Tally
from medaldesk.reports.dates import day, days, short_day
from medaldesk.reports.language import tr
from medaldesk.reports.numbers import decimal, fraction


def order_name(rank_by: RankBy) -> str:
    """`Gold first`: what decides the order of the table (RULES R17)."""
    return {
        RankBy.GOLD: tr("Gold first"),
        RankBy.TOTAL: tr("Total first"),
        RankBy.WEIGHTED: tr("Weighted"),
        RankBy.PER_CAPITA: tr("Per capita"),
    }[rank_by]


def rank_title(rank_by: RankBy) -> str:
    """`By gold`: the head of a column of ranks."""
    return {
        RankBy.GOLD: tr("By gold"),
        RankBy.TOTAL: tr("By total"),
        RankBy.WEIGHTED: tr("By points"),
        RankBy.PER_CAPITA: tr("Per capita"),
    }[rank_by]


def rank_explained(rank_by: RankBy) -> str:
    """What a rank goes by, in a few words."""
    return {
        RankBy.GOLD: tr("Rank by gold, then silver, then bronze"),
        RankBy.TOTAL: tr("Rank by the total of all medals"),
        RankBy.WEIGHTED: tr("Rank by points: medals by their weights"),
        RankBy.PER_CAPITA: tr("Rank by medals per million people"),
    }[rank_by]


def per_capita_name(counted: PerCapitaOf) -> str:
    """`All medals` or `Gold`: what is counted per million people."""
    return {PerCapitaOf.TOTAL: tr("All medals"), PerCapitaOf.GOLD: tr("Gold")}[counted]


def points(value: Fraction) -> str:
    """`47`, `12 1/2`: exact, whatever the weights."""
    return fraction(value)


def per_million(value: Fraction | None) -> str:
    """`1.12`, rounded for the eye; `n/a` where the population is not known (RULES R17)."""
    return tr("n/a") if value is None else decimal(value, 2)


def change(value: int) -> str:
    """`+1`, `−2`, nothing where nothing changed."""
    if value == 0:
        return ""
    return f"+{value}" if value > 0 else f"−{-value}"


def triple(tally: Tally) -> str:
    """`1-0-1`."""
    return "-".join(str(count) for count in tally.triple)


def left_out(nations: Mapping[str, Tally], world: Tally) -> str:
    """`Left out: AIN 1-0-1 · All medals 117-116-120`: what the sum of the table lacks (R15)."""
    each = ", ".join(f"{code} {triple(tally)}" for code, tally in nations.items())
    return tr("Left out: {nations} · All medals {world}").format(nations=each, world=triple(world))


def span(first: str | None, last: str | None) -> str:
    """`8–12 February 2026`, `from 8 February 2026`, `to 12 February 2026`; empty without days."""
    if first and last:
        return days(first, last)
    if first:
        return tr("from {day}").format(day=day(first))
    return tr("to {day}").format(day=day(last)) if last else ""


def why(cause: Cause) -> str:
    """`decision of CAS on 13 Dec 2022`: why a medal is in one table and not in the other (R19)."""
    when = short_day(cause.day)
    match cause.why:
        case Why.OFFICIAL:
            return tr("official on {day}").format(day=when)
        case Why.DECISION:
            return _of_body(cause, tr("decision of {body} on {day}"), tr("decision on {day}"))
        case Why.REVOKED:
            revoked = tr("decision of {body} revoked on {day}")
            return _of_body(cause, revoked, tr("decision revoked on {day}"))
        case Why.RUNNING:
            return tr("not official yet")
        case Why.SCOPE:
            return tr("counted in one of the tables only")


def _of_body(cause: Cause, known: str, unknown: str) -> str:
    template = known if cause.body else unknown
    return template.format(body=cause.body, day=short_day(cause.day))
