"""Medal tables (RULES R17, R20, R21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

    def place(self, rank_by: RankBy) -> tuple[int, int, str]:
        """What the table is listed by: the rank, then gold, silver, bronze, then the code."""
        return (self.rank(rank_by).number, self.by_gold.number, self.nation)


def standings(tallies: Mapping[str, Tally], rank_by: RankBy = RankBy.GOLD) -> list[StandingsRow]:
    """Build a medal table from code to tally, best first.

    Gold first goes by gold, silver, bronze; total first by the total alone. Equals share a rank
    (1-2-2-4); within a rank the list goes by gold, silver, bronze, then by code (RULES R17).
    """
    return sorted(rank_nations(tallies.items()), key=lambda row: row.place(rank_by))


def rank_nations(nations: Iterable[tuple[str, Tally]]) -> list[StandingsRow]:
    """Both ranks of each nation, in the order given; two of them may have the same code."""
    listed = list(nations)
    by_gold = _ranks([tally.triple for _, tally in listed])
    by_total = _ranks([(tally.total,) for _, tally in listed])
    return [
        StandingsRow(code, tally, by_gold[tally.triple], by_total[tally.total,])
        for code, tally in listed
    ]


def _ranks(scores: Sequence[tuple[int, ...]]) -> dict[tuple[int, ...], Rank]:
    best_first = sorted(scores, reverse=True)
    return dict(zip(best_first, shared_ranks(best_first), strict=True))


def totals(rows: Iterable[StandingsRow]) -> Tally:
    """The sum over all nations listed."""
    return sum((row.tally for row in rows), Tally())
