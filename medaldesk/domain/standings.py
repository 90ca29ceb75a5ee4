"""Medal tables (RULES R17, R20, R21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank, shared_ranks


class RankBy(StrEnum):
    """What decides the order of the table (RULES R17)."""

    GOLD = "gold"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many medals: a nation's, an athlete's or a whole table's."""

    gold: int = 0
    silver: int = 0
    bronze: int = 0

    @property
    def total(self) -> int:
        return self.gold + self.silver + self.bronze

    @property
    def triple(self) -> tuple[int, int, int]:
        return (self.gold, self.silver, self.bronze)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.gold + other.gold, self.silver + other.silver, self.bronze + other.bronze)

    @classmethod
    def of(cls, medals: Iterable[Medal]) -> Tally:
        counted = list(medals)
        return cls(*(counted.count(medal) for medal in Medal))


@dataclass(frozen=True, slots=True)
class StandingsRow:
    """One nation of a medal table with both ranks; `nation` is its code."""

    nation: str
    tally: Tally
    by_gold: Rank
    by_total: Rank

    def rank(self, rank_by: RankBy) -> Rank:
        return self.by_gold if rank_by is RankBy.GOLD else self.by_total


def standings(tallies: Mapping[str, Tally], rank_by: RankBy = RankBy.GOLD) -> list[StandingsRow]:
    """Build a medal table from code to tally, best first.

    Gold first goes by gold, silver, bronze; total first by the total alone. Equals share a rank
    (1-2-2-4); within a rank the list goes by gold, silver, bronze, then by code (RULES R17).
    """
    by_gold = _ranks({code: tally.triple for code, tally in tallies.items()})
    by_total = _ranks({code: (tally.total,) for code, tally in tallies.items()})
    rows = [
        StandingsRow(code, tally, by_gold[code], by_total[code]) for code, tally in tallies.items()
    ]
    return sorted(rows, key=lambda row: (row.rank(rank_by).number, row.by_gold.number, row.nation))


def _ranks(scores: Mapping[str, tuple[int, ...]]) -> dict[str, Rank]:
    best_first = sorted(scores, key=lambda code: scores[code], reverse=True)
    ranks = shared_ranks([scores[code] for code in best_first])
    return dict(zip(best_first, ranks, strict=True))


def totals(rows: Iterable[StandingsRow]) -> Tally:
    """The sum over all nations listed."""
    return sum((row.tally for row in rows), Tally())
