"""The audit: every event that is not one gold, one silver, one bronze, and why (RULES R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.decisions import Decided, medal_count
from medaldesk.domain.medals import MEDAL_OF_RANK
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


def audit(standing: Sequence[Decided], bronzes: int) -> Finding | None:
    """Look at the medals of one official event; None where they are 1-1-1 and should be.

    Each colour that is not as the format has it must be accounted for: by a decision about a
    medal, by shared ranks, or by too few who were ranked. One bronze where the format has two
    is looked into as well.
    """
    medals = medal_count(standing)
    expected = Tally(1, 1, bronzes)
    if medals == expected == PLAIN:
        return None
    decisions = tuple(sorted({d.medal_decision for d in standing if d.medal_decision is not None}))
    if medals == expected:
        reason = AuditReason.FORMAT
    elif decisions:
        reason = AuditReason.DECISION
    else:
        reason = _by_rank(standing, bronzes)
    return Finding(medals, reason, decisions)


def _by_rank(standing: Sequence[Decided], bronzes: int) -> AuditReason:
    """What the ranks alone explain: 1-2-2-4 leaves no bronze, two starters leave none either."""
    ranks = sorted(d.placing.rank for d in standing if d.placing.rank is not None)
    follow = [1 + sum(other < rank for other in ranks) for rank in ranks]
    medal_ranks = [rank for rank in ranks if rank in MEDAL_OF_RANK]
    if medal_ranks != [rank for rank in follow if rank in MEDAL_OF_RANK]:
        return AuditReason.UNEXPLAINED
    if _is_tied(standing):
        return AuditReason.TIE
    if len(ranks) < 2 + bronzes:
        return AuditReason.FEW_RANKED
    return AuditReason.UNEXPLAINED


def _is_tied(standing: Sequence[Decided]) -> bool:
    return any(d.placing.equal and d.placing.rank in MEDAL_OF_RANK for d in standing)
