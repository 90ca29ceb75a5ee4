"""Medals from ranks (RULES R6, R7, R10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from medaldesk.domain.ranking import Placing


class Medal(StrEnum):
    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"


MEDAL_OF_RANK: Mapping[int, Medal] = {1: Medal.GOLD, 2: Medal.SILVER, 3: Medal.BRONZE}


def medals_by_rank(placings: Iterable[Placing]) -> dict[int, Medal]:
    """Entry to medal by the shared rank: two first are two golds and no silver (RULES R6).

    The same engine gives the medals of an official event and those that stand while it runs
    (RULES R10). Two thirds, where the format has two bronzes, are both of rank 3 (RULES R7).
    """
    medals = ((placing.key, MEDAL_OF_RANK.get(placing.rank or 0)) for placing in placings)
    return {key: medal for key, medal in medals if medal is not None}
