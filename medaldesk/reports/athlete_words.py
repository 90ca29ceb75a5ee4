"""People in words: what they are, for whom they competed, what was their best (R11, R16, R29)."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book.reads.athletes import AthleteNation
from medaldesk.book.reads.events import BestFlag
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import BestScope, Outcome
from medaldesk.domain.standings import Tally
from medaldesk.reports.language import tr


def person_gender(gender: str | None) -> str:
    """`Man`, `Woman` or `Other` for `M`, `W`, `X`; empty where it is not known."""
    return {"M": tr("Man"), "W": tr("Woman"), "X": tr("Other")}.get(gender or "", "")


def nations_in_time(spans: Sequence[AthleteNation]) -> str:
    """`URS 1988, EUN 1992, GER 1994–1998`: for whom somebody competed in which years (R16)."""
    return ", ".join(f"{span.code} {_years(span)}".strip() for span in spans)


def _years(span: AthleteNation) -> str:
    first, last = span.first[:4], span.last[:4]
    return first if first == last else f"{first}–{last}"


def medals_of(tally: Tally) -> list[tuple[Medal, int]]:
    """The medals that there are any of, gold first."""
    counts = zip(Medal, tally.triple, strict=True)
    return [(medal, count) for medal, count in counts if count]


def best_says(flag: BestFlag) -> str:
    """`Personal best`, or `Season best equalled`."""
    equalled = flag.outcome is Outcome.EQUALLED
    if flag.scope is BestScope.PERSONAL:
        return tr("Personal best equalled") if equalled else tr("Personal best")
    return tr("Season best equalled") if equalled else tr("Season best")
