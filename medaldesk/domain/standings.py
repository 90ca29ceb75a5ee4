"""Medal tables (RULES R15, R17, R19, R20, R21)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm
from operator import itemgetter
from typing import Generic, Self, TypeVar

from medaldesk.domain.errors import BadWeights
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank, shared_ranks

Key = TypeVar("Key", bound=Hashable)
Score = tuple[int | Fraction, ...]


class RankBy(StrEnum):
    """What decides the order of the table (RULES R17)."""

    GOLD = "gold"
    TOTAL = "total"
    WEIGHTED = "weighted"
    PER_CAPITA = "per_capita"


class PerCapitaOf(StrEnum):
    """What is counted per million people (RULES R17)."""

    TOTAL = "total"
    GOLD = "gold"


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

    def of_medal(self, medal: Medal) -> int:
        """How many of one kind."""
        return self.triple[tuple(Medal).index(medal)]

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.gold + other.gold, self.silver + other.silver, self.bronze + other.bronze)

    def __sub__(self, other: Tally) -> Tally:
        """What was won, or below zero lost, since another tally."""
        return Tally(self.gold - other.gold, self.silver - other.silver, self.bronze - other.bronze)

    @classmethod
    def of(cls, medals: Iterable[Medal]) -> Tally:
        counted = list(medals)
        return cls(*(counted.count(medal) for medal in Medal))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The medals of a nation by the gender of the event (RULES R18)."""

    men: Tally = Tally()
    women: Tally = Tally()
    mixed: Tally = Tally()
    open: Tally = Tally()

    @classmethod
    def of(cls, by_gender: Mapping[str, Tally]) -> Self:
        """From the letters of the genders, M, W, X and O; those that are missing have none."""
        return cls(*(by_gender.get(gender, Tally()) for gender in "MWXO"))

    @property
    def total(self) -> Tally:
        men, women, mixed, open_ = self.men, self.women, self.mixed, self.open
        return Tally(
            men.gold + women.gold + mixed.gold + open_.gold,
            men.silver + women.silver + mixed.silver + open_.silver,
            men.bronze + women.bronze + mixed.bronze + open_.bronze,
        )

    def __add__(self, other: Breakdown) -> Breakdown:
        return Breakdown(
            self.men + other.men,
            self.women + other.women,
            self.mixed + other.mixed,
            self.open + other.open,
        )

    def __sub__(self, other: Breakdown) -> Breakdown:
        return Breakdown(
            self.men - other.men,
            self.women - other.women,
            self.mixed - other.mixed,
            self.open - other.open,
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """The points of a gold, a silver and a bronze medal, exact (RULES R17)."""

    gold: Fraction
    silver: Fraction
    bronze: Fraction

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `3-2-1`, `5:3:1`, `1-1/2-1/4` or `1 0.5 0.25`. Raises BadWeights."""
        parts = _BETWEEN.split(text.strip())
        if len(parts) != len(Medal) or not all(_WEIGHT.fullmatch(part) for part in parts):
            raise BadWeights(text=text)
        weights = [Fraction(part) for part in parts]
        if not any(weights):
            raise BadWeights(text=text)
        return cls(*weights)

    @property
    def whole(self) -> tuple[tuple[int, int, int], int]:
        """The weights as whole numbers, and by what their sum is to be divided."""
        unit = lcm(self.gold.denominator, self.silver.denominator, self.bronze.denominator)
        gold, silver, bronze = (int(w * unit) for w in (self.gold, self.silver, self.bronze))
        return (gold, silver, bronze), unit

    def points(self, tally: Tally) -> Fraction:
        """What a tally is worth."""
        (gold, silver, bronze), unit = self.whole
        return Fraction(gold * tally.gold + silver * tally.silver + bronze * tally.bronze, unit)

    def __str__(self) -> str:
        return f"{self.gold}-{self.silver}-{self.bronze}"


_BETWEEN = re.compile(r"\s*[-–:]\s*|\s+")
_WEIGHT = re.compile(r"[0-9]{1,6}(/0*[1-9][0-9]{0,5}|\.[0-9]{1,6})?")

USUAL_WEIGHTS = Weights.parse("3-2-1")

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Contender:
    """A nation to be ranked; `nation` is its code.

    Who is not `ranked` is listed without a rank (RULES R15); `people` is None where unknown.
    """

    nation: str
    tally: Tally
    ranked: bool = True
    people: int | None = None


@dataclass(frozen=True, slots=True)
class StandingsRow:
    """One nation of a medal table with all four ranks side by side; `nation` is its code.

    `points` is the weighted sum; `per_capita` the medals, or the golds, per million people, None
    where the population is unknown. A rank is None where the nation is listed unranked (RULES
    R15), that per capita also where the population is unknown.
    """

    nation: str
    tally: Tally
    by_gold: Rank | None
    by_total: Rank | None
    by_weight: Rank | None
    by_capita: Rank | None
    points: Fraction
    per_capita: Fraction | None

    def rank(self, rank_by: RankBy) -> Rank | None:
        match rank_by:
            case RankBy.GOLD:
                return self.by_gold
            case RankBy.TOTAL:
                return self.by_total
            case RankBy.WEIGHTED:
                return self.by_weight
            case RankBy.PER_CAPITA:
                return self.by_capita

    def score(self, rank_by: RankBy) -> Score | None:
        """What the rank goes by, higher is better; None where there is nothing to go by."""
        match rank_by:
            case RankBy.GOLD:
                return self.tally.triple
            case RankBy.TOTAL:
                return (self.tally.total,)
            case RankBy.WEIGHTED:
                return (self.points,)
            case RankBy.PER_CAPITA:
                return None if self.per_capita is None else (self.per_capita,)

    def place(self, rank_by: RankBy) -> tuple[bool, tuple[int | Fraction, ...], str]:
        """What the table is listed by: the score, then gold, silver, bronze, then the code.

        An unranked nation has the place that its medals would have; one of unknown population
        stands behind all others of a table per capita.
        """
        score = self.score(rank_by)
        best_first = tuple(-number for number in (*(score or ()), *self.tally.triple))
        return (score is None, best_first, self.nation)


def rank_nations(
    contenders: Iterable[Contender],
    *,
    weights: Weights = USUAL_WEIGHTS,
    per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL,
) -> list[StandingsRow]:
    """All four ranks of each nation, in the order given; two of them may have the same code.

    Gold first goes by gold, silver, bronze; total first by the total alone; weighted by the sum of
    points; per capita by medals or golds per million people. Equals share a rank, 1-2-2-4 (RULES
    R17). An unranked nation takes no rank from others (RULES R15). List it by `place`.
    """
    listed = list(contenders)
    tallies, counts = [c.tally for c in listed], [c.ranked for c in listed]
    (gold, silver, bronze), unit = weights.whole
    points = [gold * t.gold + silver * t.silver + bronze * t.bronze for t in tallies]
    per_capita = [_per_million(contender, per_capita_of) for contender in listed]
    ranks = zip(
        _ranks([tally.triple for tally in tallies], counts),
        _ranks([(tally.total,) for tally in tallies], counts),
        _ranks([(worth,) for worth in points], counts),
        _ranks([None if share is None else (share,) for share in per_capita], counts),
        strict=True,
    )
    return [
        StandingsRow(c.nation, c.tally, *four, Fraction(worth, unit), share)
        for c, four, worth, share in zip(listed, ranks, points, per_capita, strict=True)
    ]


def _per_million(contender: Contender, counted: PerCapitaOf) -> Fraction | None:
    if not contender.people:
        return None
    tally = contender.tally
    medals = tally.gold if counted is PerCapitaOf.GOLD else tally.total
    return Fraction(medals * MILLION, contender.people)


def _ranks(scores: Sequence[Score | None], counts: Sequence[bool]) -> list[Rank | None]:
    """The rank of each score; None for one that does not count, or is none."""
    counted = {
        place: score
        for place, (score, counts_too) in enumerate(zip(scores, counts, strict=True))
        if counts_too and score is not None
    }
    best_first = sorted(counted.items(), key=itemgetter(1), reverse=True)
    # Ranked by the place of the first of its equals: to compare fractions is cheap, to hash dear.
    firsts: list[int] = []
    for place, score in best_first:
        equal = firsts and score == counted[firsts[-1]]
        firsts.append(firsts[-1] if equal else place)
    ranked = shared_ranks(firsts)
    ranks = {place: rank for (place, _), rank in zip(best_first, ranked, strict=True)}
    return [ranks.get(place) for place in range(len(scores))]


def totals(rows: Iterable[StandingsRow]) -> Tally:
    """The sum over all nations listed."""
    return sum((row.tally for row in rows), Tally())


@dataclass(frozen=True, slots=True)
class DifferenceRow(Generic[Key]):
    """A nation in two tables; None where it is not in one of them (RULES R19)."""

    key: Key
    before: StandingsRow | None
    after: StandingsRow | None

    @property
    def change(self) -> Tally:
        """What was won in each cell, below zero where lost."""
        return _tally(self.after) - _tally(self.before)

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def moved(self) -> bool:
        """Whether a cell or any of the four ranks is different."""
        return self.before != self.after

    def rank_before(self, rank_by: RankBy) -> Rank | None:
        return self.before.rank(rank_by) if self.before else None

    def rank_after(self, rank_by: RankBy) -> Rank | None:
        return self.after.rank(rank_by) if self.after else None


def _tally(row: StandingsRow | None) -> Tally:
    return row.tally if row else Tally()


def difference(
    before: Mapping[Key, StandingsRow], after: Mapping[Key, StandingsRow]
) -> list[DifferenceRow[Key]]:
    """Every nation of two tables: as the second lists them, then those gone, as the first does."""
    gone = [key for key in before if key not in after]
    return [DifferenceRow(key, before.get(key), after.get(key)) for key in (*after, *gone)]
