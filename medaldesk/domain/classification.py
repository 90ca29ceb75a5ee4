"""From marks by phase to one classification of the event (RULES R3–R5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from medaldesk.domain.marks import LARGEST, Better, best_of, is_better
from medaldesk.domain.ranking import DEFAULT_IRM_ORDER, IrmOrder, Line, Placing, rank_lines


class Classification(StrEnum):
    """How an event is decided (RULES R4)."""

    FINAL = "final"
    TOTAL = "total"
    BEST = "best"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Performance:
    """One result: the `entry` that competed, its mark in millionths, or its IRM status.

    `tie_break` decides among equal marks, lower is better (RULES R3). Neither `value` nor
    `status`: still to come.
    """

    entry: int
    value: int | None = None
    tie_break: int | None = None
    status: str | None = None
    start_order: int | None = None


@dataclass(frozen=True, slots=True)
class Starter:
    """An entry of the event: `name` orders equals, `typed_rank` is what `manual` goes by."""

    entry: int
    name: str = ""
    typed_rank: int | None = None


Phase = Sequence[Performance]


@dataclass(frozen=True, slots=True)
class Field:
    """All that decides an event: its entries and their results, phase by phase, first to last."""

    starters: Sequence[Starter]
    phases: Sequence[Phase]
    better: Better = Better.LOWER
    irm_order: IrmOrder = field(default_factory=lambda: DEFAULT_IRM_ORDER)


def classify(method: Classification, event: Field) -> list[Placing]:
    """Rank an event by its method, in the order of the sheet."""
    lines = _METHODS[method](event)
    return rank_lines(list(lines), event.irm_order)


def rank_phase(event: Field) -> list[Placing]:
    """Rank the last phase alone, as a heat sheet prints it."""
    last = Field(event.starters, event.phases[-1:], event.better, event.irm_order)
    competing = {performance.entry for performance in last.phases[0]} if last.phases else set()
    lines = [line for line in _final(last) if line.key in competing]
    return rank_lines(lines, event.irm_order)


def _final(event: Field) -> Iterable[Line]:
    """The deciding phase, then those who only reached the phase before, and so on down."""
    results = [_one_each(phase, event.better) for phase in event.phases]
    reached: dict[int, int] = {}
    for depth, phase in enumerate(reversed(results)):
        for entry in phase:
            reached.setdefault(entry, depth)
    scores = [_scores(phase.values(), event.better) for phase in reversed(results)]
    bests = [
        best_of((v for v in map(_valid, phase.values()) if v is not None), event.better)
        for phase in reversed(results)
    ]
    for starter in event.starters:
        depth = reached.get(starter.entry, len(results))
        if depth == len(results):
            yield Line(starter.entry, depth=depth, name=starter.name)
            continue
        result = results[-1 - depth][starter.entry]
        score, tie_open = scores[depth].get(starter.entry, (None, False))
        yield Line(
            key=starter.entry,
            score=score,
            depth=depth,
            status=result.status,
            start_order=result.start_order,
            name=starter.name,
            behind=_behind(_valid(result), bests[depth]),
            tie_open=tie_open,
        )


def _total(event: Field) -> Iterable[Line]:
    """The sum over all phases under way; a missing run means no rank (RULES R4)."""
    runs = _begun(event)
    sums: dict[int, int] = {}
    statuses: dict[int, str] = {}
    for starter in event.starters:
        mine = [run[starter.entry] for run in runs if starter.entry in run]
        for performance in mine:
            if performance.status:
                statuses[starter.entry] = performance.status
        values = [line.value for line in mine if line.value is not None]
        if values and len(values) == len(runs):
            sums[starter.entry] = sum(values)
    scores = {entry: (_lower(total, event.better),) for entry, total in sums.items()}
    return _overall(event, runs, scores, statuses, sums)


def _best(event: Field) -> Iterable[Line]:
    """The best over the phases, ties by the second best, then the third (RULES R4)."""
    runs = _begun(event)
    bests: dict[int, int] = {}
    scores: dict[int, tuple[int, ...]] = {}
    statuses: dict[int, str] = {}
    for starter in event.starters:
        mine = [run[starter.entry] for run in runs if starter.entry in run]
        values = sorted(_lower(v, event.better) for v in map(_valid, mine) if v is not None)
        if values:
            missing = [LARGEST] * (len(runs) - len(values))
            scores[starter.entry] = (*values, *missing)
            bests[starter.entry] = _lower(values[0], event.better)
        elif any(line.status for line in mine):
            statuses[starter.entry] = next(line.status for line in reversed(mine) if line.status)
    return _overall(event, runs, scores, statuses, bests)


def _overall(
    event: Field,
    runs: Sequence[Mapping[int, Performance]],
    scores: Mapping[int, tuple[int, ...]],
    statuses: Mapping[int, str],
    values: Mapping[int, int],
) -> Iterable[Line]:
    """One line an entry for the methods that look at all phases together."""
    lead = best_of((v for entry, v in values.items() if entry not in statuses), event.better)
    for starter in event.starters:
        entry = starter.entry
        orders = [run[entry].start_order for run in runs if entry in run]
        yield Line(
            key=entry,
            score=scores.get(entry),
            status=statuses.get(entry),
            start_order=orders[-1] if orders else None,
            name=starter.name,
            behind=_behind(values.get(entry), lead),
        )


def _manual(event: Field) -> Iterable[Line]:
    """Ranks as typed, gaps included; a status still takes the rank away."""
    typed = {starter.entry: starter.typed_rank for starter in event.starters}
    for line in _final(event):
        rank = typed[line.key]
        score = None if rank is None else (rank,)
        yield replace(line, depth=0, score=score, typed_rank=rank, tie_open=False)


_METHODS: Mapping[Classification, Callable[[Field], Iterable[Line]]] = {
    Classification.FINAL: _final,
    Classification.TOTAL: _total,
    Classification.BEST: _best,
    Classification.MANUAL: _manual,
}


def _begun(event: Field) -> list[dict[int, Performance]]:
    """The phases in which somebody has a mark or a status already."""
    phases = [_one_each(phase, event.better) for phase in event.phases]
    return [
        phase
        for phase in phases
        if any(line.value is not None or line.status for line in phase.values())
    ]


def _one_each(phase: Phase, better: Better) -> dict[int, Performance]:
    """The result that counts for each entry: the best mark, where somebody ran again."""
    counting: dict[int, Performance] = {}
    for line in phase:
        held = counting.get(line.entry)
        if held is None or _replaces(line, held, better):
            counting[line.entry] = line
    return counting


def _replaces(line: Performance, held: Performance, better: Better) -> bool:
    value, other = _valid(line), _valid(held)
    if value is None or other is None:
        return value is not None
    return is_better(value, other, better)


def _valid(line: Performance) -> int | None:
    """A mark that counts: a status takes it away."""
    return None if line.status else line.value


def _lower(value: int, better: Better) -> int:
    """Turn a value round where higher is better, so that lower always wins; its own inverse."""
    return value if better is Better.LOWER else -value


def _behind(value: int | None, best: int | None) -> int | None:
    return None if value is None or best is None else abs(value - best)


def _scores(
    lines: Iterable[Performance], better: Better
) -> dict[int, tuple[tuple[int, ...], bool]]:
    """Entry to its score and whether a tie-break is missing.

    A tie-break counts only where the whole tie has one; otherwise the tie stays (RULES R3).
    """
    ties: dict[int, list[Performance]] = defaultdict(list)
    for line in lines:
        value = _valid(line)
        if value is not None:
            ties[_lower(value, better)].append(line)
    scores: dict[int, tuple[tuple[int, ...], bool]] = {}
    for value, tied in ties.items():
        missing = sum(line.tie_break is None for line in tied)
        for line in tied:
            score = (value,) if missing else (value, line.tie_break or 0)
            scores[line.entry] = (score, 0 < missing < len(tied))
    return scores
