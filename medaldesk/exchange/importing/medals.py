"""From published medals to ranks and decisions (RULES R6, R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from medaldesk.domain.classification import Classification, Field, classify
from medaldesk.domain.decisions import (
    Decided,
    Decision,
    MedalRuling,
    decide_event,
    standing_decisions,
)
from medaldesk.domain.medals import MEDAL_OF_RANK, Medal

_PLACE = {medal: rank for rank, medal in MEDAL_OF_RANK.items()}


def ranks_of(medals: Mapping[int, Medal]) -> dict[int, int]:
    """Entry to the rank that gives its medal, where equal medals are ties (RULES R1).

    Two golds and a bronze are ranks 1, 1, 3. Where ties cannot account for the medals, as for
    one gold, two silvers and a bronze, the rank is that of the race: 1, 2, 2, 4. Where a medal
    was not given at all, its rank is left out.
    """
    count = Counter(medals.values())
    better = 0
    ranks: dict[Medal, int] = {}
    for medal in Medal:
        ranks[medal] = max(better + 1, _PLACE[medal])
        better += count[medal]
    return {entry: ranks[medal] for entry, medal in medals.items()}


def differing(
    published: Mapping[int, Medal | None], standing: Mapping[int, Medal | None]
) -> dict[int, MedalRuling]:
    """What a decision has to say so that the published medals stand; only where they differ."""
    return {
        entry: MedalRuling(medal.value) if medal else MedalRuling.NONE
        for entry, medal in published.items()
        if medal is not standing.get(entry)
    }


def standing(method: str, event: Field, decisions: Iterable[Decision]) -> dict[int, Decided]:
    """Entry to where it stands: by the race, then by the decisions that nobody revoked."""
    found = decide_event(Classification(method), event, standing_decisions(decisions))
    return {decided.entry: decided for decided in found.decided}


def method_for(event: Field, ranks: Mapping[int, int]) -> Classification:
    """The way of classifying that gives the published ranks, `manual` where none does.

    Ranks that leave out who was first are not enough to be typed: the marks rank then.
    """
    for method in (Classification.FINAL, Classification.TOTAL, Classification.BEST):
        placed = {placing.key: placing.rank for placing in classify(method, event)}
        if all(placed.get(entry) == rank for entry, rank in ranks.items()):
            return method
    return Classification.MANUAL if 1 in ranks.values() else Classification.FINAL
