"""From marks by phase to one classification of the event (RULES R3–R5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from medaldesk.domain.marks import LARGEST, Better, best_of
from medaldesk.domain.ranking import (
    DEFAULT_IRM_ORDER,
    DISQUALIFICATIONS,
    NO_START_ORDER,
    IrmOrder,
    Line,
    Placing,
    rank_lines,
)


class Classification(StrEnum):
    """How an event is decided (RULES R4)."""

    FINAL = "final"
    TOTAL = "total"
    BEST = "best"
    MANUAL = "manual"


class Performance(NamedTuple):
    """One result: the `entry` that competed, its mark in millionths, or its IRM status.

    `tie_break` decides among equal marks, lower is better (RULES R3). Neither `value` nor
    `status`: still to come.
    """

    entry: int
    value: int | None = None
    tie_break: int | None = None
    status: str | None = None
    start_order: int | None = None


class Starter(NamedTuple):
    """An entry of the event: `name` orders equals, `typed_rank` is what `manual` goes by."""

    entry: int
    name: str = ""
    typed_rank: int | None = None


Phase = Sequence[Performance]
Values = tuple[int, ...]
"""What decides, the first first; lower is better."""


@dataclass(frozen=True, slots=True)
class _Score:
    """What an entry is ranked by, and whether its tie lacks a tie-break."""

    value: Values
    tie_open: bool


@dataclass(frozen=True, slots=True)
class Field:
    """All that decides an event: its entries and their results, phase by phase, first to last.

    `breaks_ties` is the rule of the event that every tie is broken (RULES R3).
    """

    starters: Sequence[Starter]
    phases: Sequence[Phase]
    better: Better = Better.LOWER
    irm_order: IrmOrder = field(default_factory=lambda: DEFAULT_IRM_ORDER)
    breaks_ties: bool = False


def classify(method: Classification, event: Field) -> list[Placing]:
    """Rank an event by its method, in the order of the sheet."""
    lines = _METHODS[method](event)
    return rank_lines(list(lines), event.irm_order)


def has_medals_yet(method: Classification, event: Field) -> bool:
    """Whether ranks say who holds the medals as it stands (RULES R10).

    Where the deciding phase is still to begin, a rank in the heats is nobody's medal.
    """
    if method is not Classification.FINAL or not event.phases:
        return True
    return any(line.value is not None or line.status for line in event.phases[-1])


def _final(event: Field) -> Iterable[Line]:
    """The deciding phase, then those who only reached the phase before, and so on down."""
    phases = [_one_each(phase, event) for phase in reversed(event.phases)]
    reached: dict[int, int] = {}
    for depth, phase in enumerate(phases):
        for entry in phase:
            reached.setdefault(entry, depth)
    bests = [_best_mark(phase.values(), event.better) for phase in phases]
    decided = [
        _decided([line for line in phase.values() if reached[line.entry] == depth], event)
        for depth, phase in enumerate(phases)
    ]
    for starter in event.starters:
        depth = reached.get(starter.entry, len(phases))
        if depth == len(phases):
            yield Line(starter.entry, depth=depth, name=starter.name)
            continue
        result = phases[depth][starter.entry]
        score = decided[depth].get(starter.entry)
        yield Line(
            starter.entry,
            score.value if score else None,
            depth,
            result.status,
            result.start_order,
            starter.name,
            _behind(_valid(result), bests[depth]),
            bool(score and score.tie_open),
        )


def _decided(lines: Iterable[Performance], event: Field) -> dict[int, _Score]:
    """The scores of one phase by its marks, ties broken."""
    scores: dict[int, Values] = {}
    tie_breaks: dict[int, int | None] = {}
    for line in lines:
        value = _valid(line)
        if value is not None:
            scores[line.entry] = (_lower(value, event.better),)
            tie_breaks[line.entry] = line.tie_break
    return _break_ties(scores, tie_breaks, demanded=event.breaks_ties)


def _total(event: Field) -> Iterable[Line]:
    """The sum over all phases under way; a missing run means no rank (RULES R4)."""
    runs = _begun(event)
    sums: dict[int, int] = {}
    statuses: dict[int, str] = {}
    for starter in event.starters:
        mine = [run[starter.entry] for run in runs if starter.entry in run]
        if status := _event_status(mine):
            statuses[starter.entry] = status
        values = [line.value for line in mine if line.value is not None]
        if values and len(values) == len(runs):
            sums[starter.entry] = sum(values)
    scores = {entry: (_lower(total, event.better),) for entry, total in sums.items()}
    return _overall(event, _Overall(runs, scores, statuses, sums))


def _best(event: Field) -> Iterable[Line]:
    """The best over the phases, ties by the second best, then the third (RULES R4).

    A phase without a valid mark counts for nothing, but a disqualification is one from the event.
    """
    runs = _begun(event)
    bests: dict[int, int] = {}
    scores: dict[int, Values] = {}
    statuses: dict[int, str] = {}
    for starter in event.starters:
        mine = [run[starter.entry] for run in runs if starter.entry in run]
        values = sorted(_lower(v, event.better) for v in map(_valid, mine) if v is not None)
        disqualified = [line for line in mine if line.status in DISQUALIFICATIONS]
        if values and not disqualified:
            missing = [LARGEST] * (len(runs) - len(values))
            scores[starter.entry] = (*values, *missing)
            bests[starter.entry] = _lower(values[0], event.better)
        elif status := _event_status(mine):
            statuses[starter.entry] = status
    return _overall(event, _Overall(runs, scores, statuses, bests))


@dataclass(frozen=True, slots=True)
class _Overall:
    """What the methods that look at all phases together found; all but `runs` by entry."""

    runs: Sequence[Mapping[int, Performance]]
    scores: Mapping[int, Values]
    statuses: Mapping[int, str]
    values: Mapping[int, int]


def _overall(event: Field, found: _Overall) -> Iterable[Line]:
    """One line an entry; a tie-break is that of the last phase an entry has one in."""
    counting = [value for entry, value in found.values.items() if entry not in found.statuses]
    lead = best_of(counting, event.better)
    scores = {e: score for e, score in found.scores.items() if e not in found.statuses}
    decided = _break_ties(scores, _last_tie_breaks(found.runs), demanded=event.breaks_ties)
    for starter in event.starters:
        entry = starter.entry
        orders = [run[entry].start_order for run in found.runs if entry in run]
        score = decided.get(entry)
        yield Line(
            key=entry,
            score=score.value if score else None,
            status=found.statuses.get(entry),
            start_order=orders[-1] if orders else None,
            name=starter.name,
            behind=_behind(found.values.get(entry), lead),
            tie_open=bool(score and score.tie_open),
        )


def _manual(event: Field) -> Iterable[Line]:
    """Ranks as typed, gaps included; a status still takes the rank away."""
    typed = {starter.entry: starter.typed_rank for starter in event.starters}
    for line in _final(event):
        rank = typed[line.key]
        score = None if rank is None else (rank,)
        yield Line(
            line.key, score, 0, line.status, line.start_order, line.name, line.behind, False, rank
        )


_METHODS: Mapping[Classification, Callable[[Field], Iterable[Line]]] = {
    Classification.FINAL: _final,
    Classification.TOTAL: _total,
    Classification.BEST: _best,
    Classification.MANUAL: _manual,
}


def _begun(event: Field) -> list[dict[int, Performance]]:
    """The phases in which somebody has a mark or a status already."""
    phases = [_one_each(phase, event) for phase in event.phases]
    return [
        phase
        for phase in phases
        if any(line.value is not None or line.status for line in phase.values())
    ]


def _one_each(phase: Phase, event: Field) -> dict[int, Performance]:
    """The result that counts for each entry, where somebody ran again: the best mark of theirs."""
    counting: dict[int, Performance] = {}
    for line in sorted(phase, key=lambda line: _precedence(line, event)):
        counting.setdefault(line.entry, line)
    return counting


def _precedence(line: Performance, event: Field) -> tuple[int, ...]:
    """A valid mark counts before a status, and a status before nothing at all."""
    order = NO_START_ORDER if line.start_order is None else line.start_order
    value = _valid(line)
    if value is not None:
        return (0, _lower(value, event.better), line.tie_break is None, line.tie_break or 0, order)
    if line.status is not None:
        return (1, event.irm_order.get(line.status, 0), order)
    return (2, order)


def _valid(line: Performance) -> int | None:
    """A mark that counts: a status takes it away."""
    return None if line.status else line.value


def _lower(value: int, better: Better) -> int:
    """Turn a value round where higher is better, so that lower always wins; its own inverse."""
    return value if better is Better.LOWER else -value


def _behind(value: int | None, best: int | None) -> int | None:
    return None if value is None or best is None else abs(value - best)


def _best_mark(lines: Iterable[Performance], better: Better) -> int | None:
    return best_of((value for value in map(_valid, lines) if value is not None), better)


def _event_status(lines: Sequence[Performance]) -> str | None:
    """The status of an entry over its runs: a disqualification, else the last one."""
    found = [line.status for line in lines if line.status]
    disqualified = [status for status in found if status in DISQUALIFICATIONS]
    return next(reversed(disqualified or found), None)


def _last_tie_breaks(runs: Iterable[Mapping[int, Performance]]) -> dict[int, int | None]:
    return {
        entry: line.tie_break
        for run in runs
        for entry, line in run.items()
        if line.tie_break is not None
    }


def _break_ties(
    scores: Mapping[int, Values], tie_breaks: Mapping[int, int | None], *, demanded: bool
) -> dict[int, _Score]:
    """Break equal scores by tie-break, lower first, only among themselves (RULES R3).

    A tie-break counts only where the whole tie has one; otherwise the tie stays. It is open where
    only some have one and, where tie-breaks are demanded, wherever a tie is left.
    """
    ties: dict[Values, list[int]] = defaultdict(list)
    for entry, score in scores.items():
        ties[score].append(entry)
    decided: dict[int, _Score] = {}
    for score, tied in ties.items():
        known = {entry: tie_breaks.get(entry) for entry in tied}
        missing = sum(value is None for value in known.values())
        broken = {
            entry: score if missing or value is None else (*score, value)
            for entry, value in known.items()
        }
        left = Counter(broken.values())
        for entry, values in broken.items():
            tie_open = 0 < missing < len(tied) or (demanded and left[values] > 1)
            decided[entry] = _Score(values, tie_open)
    return decided
