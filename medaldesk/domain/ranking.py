"""The one ranking engine (RULES R1–R3): every rank in the program is given here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

IRM_ORDER = ("LAP", "OTL", "DNF", "RET", "NM", "NH", "DNS", "WDR", "DSQ", "DQB")
"""The place of a status after the ranked, unless the discipline says otherwise (RULES 2)."""

DISQUALIFICATIONS = frozenset({"DSQ", "DQB"})
"""Who is disqualified in one phase is so in the event (RULES 2)."""

IrmOrder = Mapping[str, int]
DEFAULT_IRM_ORDER: IrmOrder = {code: place for place, code in enumerate(IRM_ORDER, start=1)}

NO_START_ORDER = 1 << 31
"""Without a start order a line stands behind those that have one."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank and whether others share it."""

    number: int
    equal: bool


def shared_ranks(scores: Sequence[Hashable]) -> list[Rank]:
    """Rank scores that stand best first: 1 + the number strictly better, 1-2-2-4 (RULES R1)."""
    sizes = Counter(scores)
    first: dict[Hashable, int] = {}
    for place, score in enumerate(scores, start=1):
        first.setdefault(score, place)
    return [Rank(first[score], sizes[score] > 1) for score in scores]


class Group(IntEnum):
    """How a sheet is ordered: ranked first, those still to come, then the statuses (RULES R2)."""

    RANKED = 0
    TO_COME = 1
    STATUS = 2


class Line(NamedTuple):
    """One entry, ready to be ranked.

    `depth` is 0 for the deciding phase and grows by one for each phase before it. `score` is
    lower-is-better and only compared within a depth; None where there is nothing to rank.
    `status` is an IRM code: whoever has one keeps no rank, whatever the mark (RULES 2).
    `typed_rank` stands as a person typed it, gaps in the list included.
    """

    key: int
    score: tuple[int, ...] | None = None
    depth: int = 0
    status: str | None = None
    start_order: int | None = None
    name: str = ""
    behind: int | None = None
    tie_open: bool = False
    typed_rank: int | None = None

    @property
    def group(self) -> Group:
        if self.status is not None:
            return Group.STATUS
        return Group.TO_COME if self.score is None else Group.RANKED


class Placing(NamedTuple):
    """What the engine says of one entry.

    `sort_order` is unique and counts from 1. `behind` is in millionths, None for the best and
    for those without a rank. `tie_open` tells of a tie that lacks a tie-break it should have: it
    stays and is reported (RULES R3). `depth` is 0 where the deciding phase placed the entry.
    """

    key: int
    rank: int | None
    equal: bool
    sort_order: int
    behind: int | None
    tie_open: bool
    depth: int = 0
    status: str | None = None


def rank_lines(lines: Sequence[Line], irm_order: IrmOrder = DEFAULT_IRM_ORDER) -> list[Placing]:
    """Rank entries and order their sheet (RULES R1, R2); the order of `lines` does not matter.

    Whoever reached a later phase is better than all who did not, also before they compete there.
    """
    sheet = sorted(lines, key=lambda line: _sheet_key(line, irm_order))
    ranked = [line for line in sheet if line.group is Group.RANKED]
    to_come = Counter(line.depth for line in sheet if line.group is Group.TO_COME)
    ranks = shared_ranks([(line.depth, line.score) for line in ranked])
    rank_of = {line.key: rank for line, rank in zip(ranked, ranks, strict=True)}
    placings = []
    for sort_order, line in enumerate(sheet, start=1):
        key, depth, status = line.key, line.depth, line.status
        rank = rank_of.get(key)
        if rank is None:
            placings.append(Placing(key, None, False, sort_order, None, False, depth, status))
            continue
        ahead = sum(count for before, count in to_come.items() if before < depth)
        number = line.typed_rank or rank.number + ahead
        behind = line.behind or None
        placings.append(
            Placing(key, number, rank.equal, sort_order, behind, line.tie_open, depth, status)
        )
    return placings


def _sheet_key(line: Line, irm_order: IrmOrder) -> tuple[object, ...]:
    """Equals stand by start order, then by name; the entry's key makes the order unique."""
    order = NO_START_ORDER if line.start_order is None else line.start_order
    equals = (order, line.name, line.key)
    if line.group is Group.STATUS:
        place = irm_order.get(line.status or "", len(irm_order) + 1)
        return (line.group, place, line.depth, (), *equals)
    return (line.group, line.depth, 0, line.score or (), *equals)
