"""The audit: every event that is not one gold, one silver, one bronze, and why (RULES R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.decisions import EventOutcome, medal_count
from medaldesk.domain.medals import MEDAL_OF_RANK, medals_by_rank
from medaldesk.domain.ranking import Placing
from medaldesk.domain.standings import Tally

PLAIN = Tally(1, 1, 1)


class AuditReason(StrEnum):
    """Why the medals of an event are not 1-1-1; `unexplained` is for a person to look at."""

    TIE = "tie"
    FORMAT = "format"
    DECISION = "decision"
    FEW_RANKED = "few_ranked"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the audit says of one event; `decisions` are those that changed its medals."""

    medals: Tally
    reason: AuditReason
    decisions: tuple[int, ...] = ()


def audit(outcome: EventOutcome, bronzes: int) -> Finding | None:
    """Look at the medals of one official event; None where they are 1-1-1 and should be.

    A colour that a decision changed is accounted for by it. One that is as the race left it must
    be so by the format, by shared ranks, or because too few were ranked; otherwise a person has
    to look, whatever was decided about other colours. One bronze where the format has two is
    looked into as well.
    """
    medals, expected = medal_count(outcome.decided), Tally(1, 1, bronzes)
    if medals == expected == PLAIN:
        return None
    race = Tally.of(medals_by_rank(outcome.placings).values())
    reason = _reason(medals, race, expected, _by_rank(outcome.placings, bronzes))
    return Finding(medals, reason, _medal_decisions(outcome))


def _reason(medals: Tally, race: Tally, expected: Tally, by_rank: AuditReason) -> AuditReason:
    colours = list(zip(medals.triple, race.triple, expected.triple, strict=True))
    left_odd = any(now == before != usual for now, before, usual in colours)
    if left_odd and by_rank is AuditReason.UNEXPLAINED:
        return AuditReason.UNEXPLAINED
    if medals != race:
        return AuditReason.DECISION
    return AuditReason.FORMAT if medals == expected else by_rank


def _medal_decisions(outcome: EventOutcome) -> tuple[int, ...]:
    """The decisions that changed who holds a medal, or keep one back."""
    found = {d.medal_decision for d in outcome.decided if d.medal_decision is not None}
    return tuple(sorted(found))


def _by_rank(placings: Sequence[Placing], bronzes: int) -> AuditReason:
    """What the ranks alone explain: 1-2-2-4 leaves no bronze, two starters leave none either."""
    ranks = sorted(p.rank for p in placings if p.rank is not None)
    follow = [1 + sum(other < rank for other in ranks) for rank in ranks]
    medal_ranks = [rank for rank in ranks if rank in MEDAL_OF_RANK]
    if medal_ranks != [rank for rank in follow if rank in MEDAL_OF_RANK]:
        return AuditReason.UNEXPLAINED
    if any(p.equal and p.rank in MEDAL_OF_RANK for p in placings):
        return AuditReason.TIE
    if len(ranks) < 2 + bronzes:
        return AuditReason.FEW_RANKED
    return AuditReason.UNEXPLAINED
