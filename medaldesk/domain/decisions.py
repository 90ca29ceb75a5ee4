"""Decisions: what a jury, a federation, CAS or the IOC changed (RULES R8, R9).

The race gives ranks, and ranks give medals. A decision changes a status, a rank and a medal of
an entry, each by itself; nobody moves up unless a line says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from medaldesk.domain.classification import Classification, Field, classify
from medaldesk.domain.medals import MEDAL_OF_RANK, Medal, medals_by_rank
from medaldesk.domain.ranking import Group, IrmOrder, Placing
from medaldesk.domain.standings import Tally

STANDS = "9999-12-31"
"""The last day of what nothing has taken away."""


class MedalRuling(StrEnum):
    """What a line says of a medal: which one, that there is none, or none for now."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    NONE = "none"
    WITHHELD = "withheld"
    PENDING = "pending"

    @property
    def medal(self) -> Medal | None:
        return Medal(self.value) if self.value in set(Medal) else None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a decision says of one entry; what it does not set stays as it is (RULES R8).

    `status` and `rank` are set only where `sets_status` and `sets_rank` say so: None then takes
    the status or the rank away. A status takes rank and medal with it unless the line sets them.
    """

    entry: int
    sets_status: bool = False
    status: str | None = None
    sets_rank: bool = False
    rank: int | None = None
    medal: MedalRuling | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.sets_status or self.sets_rank or self.medal)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a `day` (ISO); in force until the day it was revoked, if it was (RULES R9)."""

    key: int
    day: str
    lines: Sequence[DecisionLine]
    revoked_on: str | None = None

    def holds(self, on: str) -> bool:
        """Whether it is in force on a day."""
        return self.day <= on and (self.revoked_on is None or on < self.revoked_on)


class Decided(NamedTuple):
    """Where an entry stands after the decisions in force.

    `ruling` is what the last of them said of the medal, `decision` the last that names the
    entry, `medal_decision` the last that changed its medal.
    """

    placing: Placing
    medal: Medal | None
    status_decided: bool = False
    ruling: MedalRuling | None = None
    decision: int | None = None
    medal_decision: int | None = None

    @property
    def entry(self) -> int:
        return self.placing.key


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """What an event comes to: the race alone, then the decisions in force."""

    placings: Sequence[Placing]
    decided: Sequence[Decided]


def decide_event(
    method: Classification, event: Field, decisions: Iterable[Decision]
) -> EventOutcome:
    """Classify an event and apply decisions to it.

    The distance to the best is to the best of those whose marks still count.
    """
    placings = classify(method, event)
    decided = decide(placings, decisions, event.irm_order)
    statuses = {d.entry: d.placing.status for d in decided if d.status_decided}
    if statuses:
        decided = _measured(decided, classify(method, _with_statuses(event, statuses)))
    return EventOutcome(placings, decided)


def _with_statuses(event: Field, statuses: Mapping[int, str | None]) -> Field:
    """An event as if decided statuses had been typed."""
    phases = [
        [p._replace(status=statuses[p.entry]) if p.entry in statuses else p for p in phase]
        for phase in event.phases
    ]
    return replace(event, phases=phases)


def _measured(decided: Sequence[Decided], anew: Iterable[Placing]) -> list[Decided]:
    behind = {placing.key: placing.behind for placing in anew}
    return [
        d._replace(placing=d.placing._replace(behind=behind[d.entry]))
        if d.placing.rank is not None
        else d
        for d in decided
    ]


def decide(
    placings: Sequence[Placing], decisions: Iterable[Decision], irm_order: IrmOrder
) -> list[Decided]:
    """Apply decisions to what the race gave, in the order of their days (RULES R9).

    Medals follow the rank of the race and then the lines: never a rank that a line gave.
    """
    medals = medals_by_rank(placings)
    standing = {p.key: Decided(p, medals.get(p.key)) for p in placings}
    touched = False
    for decision in sorted(decisions, key=lambda d: (d.day, d.key)):
        for line in decision.lines:
            if line.entry in standing:
                standing[line.entry] = _after(standing[line.entry], line, decision.key)
                touched = True
    return _ordered(list(standing.values()), irm_order) if touched else list(standing.values())


def _after(was: Decided, line: DecisionLine, decision: int) -> Decided:
    """An entry after one more line."""
    placing, medal, ruling = was.placing, was.medal, was.ruling
    if line.sets_status:
        placing = placing._replace(status=line.status)
        if line.status is not None:
            placing, medal = placing._replace(rank=None, behind=None), None
            ruling = MedalRuling.NONE if was.medal else ruling
    if line.sets_rank:
        placing = placing._replace(rank=line.rank, behind=placing.behind if line.rank else None)
    if line.medal is not None:
        medal = line.medal.medal
        # That there is none is said only of a medal that there was.
        is_news = line.medal is not MedalRuling.NONE or was.medal or was.ruling
        ruling = line.medal if is_news else None
    changed = medal is not was.medal or ruling is not was.ruling
    return Decided(
        placing=placing,
        medal=medal,
        status_decided=was.status_decided or line.sets_status,
        ruling=ruling,
        decision=decision,
        medal_decision=decision if changed else was.medal_decision,
    )


def _ordered(standing: Sequence[Decided], irm_order: IrmOrder) -> list[Decided]:
    """The sheet anew: shared ranks and order as they follow from the decided ranks."""
    sheet = sorted(standing, key=lambda decided: _sheet_key(decided.placing, irm_order))
    shared = Counter(decided.placing.rank for decided in sheet)
    return [
        decided._replace(placing=_shared(decided.placing, shared, place))
        for place, decided in enumerate(sheet, start=1)
    ]


def _shared(placing: Placing, shared: Mapping[int | None, int], place: int) -> Placing:
    equal = placing.rank is not None and shared[placing.rank] > 1
    return placing._replace(equal=equal, sort_order=place, tie_open=placing.tie_open and equal)


def _sheet_key(placing: Placing, irm_order: IrmOrder) -> tuple[int, int, int]:
    if placing.rank is not None:
        return (Group.RANKED, placing.rank, placing.sort_order)
    if placing.status is None:
        return (Group.TO_COME, 0, placing.sort_order)
    place = irm_order.get(placing.status, len(irm_order) + 1)
    return (Group.STATUS, place, placing.sort_order)


# Medals by day


@dataclass(frozen=True, slots=True)
class MedalSpan:
    """A medal from a day on until another day, on which it no longer is held (RULES R19).

    `decision` gave it; None where it follows from the rank.
    """

    entry: int
    medal: Medal
    first: str
    until: str
    decision: int | None


def medal_spans(
    placings: Sequence[Placing],
    decisions: Sequence[Decision],
    irm_order: IrmOrder,
    official_on: str,
) -> list[MedalSpan]:
    """Who held which medal when: from the day the event was official, by the decisions since."""
    turns = {decision.day for decision in decisions}
    turns |= {decision.revoked_on for decision in decisions if decision.revoked_on}
    days = [official_on, *sorted(day for day in turns if day > official_on), STANDS]
    open_spans: dict[int, MedalSpan] = {}
    spans: list[MedalSpan] = []
    for day, until in pairwise(days):
        held = {d.entry: d for d in decide(placings, _in_force(decisions, day), irm_order)}
        spans += _close(open_spans, held)
        for entry, decided in held.items():
            if decided.medal is None:
                continue
            span = open_spans.get(entry)
            if span is None:
                span = MedalSpan(entry, decided.medal, day, until, decided.medal_decision)
            open_spans[entry] = replace(span, until=until)
    return spans + list(open_spans.values())


def _close(open_spans: dict[int, MedalSpan], held: Mapping[int, Decided]) -> Iterator[MedalSpan]:
    """The spans that end where another medal is held, or the same by another decision."""
    for entry, span in list(open_spans.items()):
        now = held[entry]
        if now.medal is not span.medal or now.medal_decision != span.decision:
            yield open_spans.pop(entry)


def _in_force(decisions: Iterable[Decision], on: str) -> list[Decision]:
    return [decision for decision in decisions if decision.holds(on)]


def standing_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that nobody has revoked: what stands after all that is known."""
    return [decision for decision in decisions if decision.revoked_on is None]


# Proposals and questions


def propose_moving_up(
    standing: Sequence[Decided], struck: Mapping[int, str | None]
) -> list[DecisionLine]:
    """The lines that take entries out, by entry and status, and let those behind move up.

    A proposal, which a person edits before it is taken (RULES R8). Rank and medal are proposed
    only where they change.
    """
    gone = [d.placing.rank for d in standing if d.entry in struck and d.placing.rank is not None]
    lines = [
        DecisionLine(
            d.entry,
            sets_status=True,
            status=struck[d.entry],
            sets_rank=True,
            medal=MedalRuling.NONE if d.medal else None,
        )
        for d in standing
        if d.entry in struck
    ]
    for decided in standing:
        rank = decided.placing.rank
        if rank is None or decided.entry in struck:
            continue
        moved = rank - sum(before < rank for before in gone)
        if moved != rank:
            medal = MEDAL_OF_RANK.get(moved)
            ruling = MedalRuling(medal.value) if medal and medal is not decided.medal else None
            lines.append(DecisionLine(decided.entry, sets_rank=True, rank=moved, medal=ruling))
    return lines


def medal_count(standing: Iterable[Decided]) -> Tally:
    """The medals of one event."""
    return Tally.of(decided.medal for decided in standing if decided.medal)


def usual_medals(placings: Collection[Placing], bronzes: int) -> Tally:
    """The most medals that the race and the format account for (RULES R6, R7).

    `placings` are those of the race: what a decision says is no reason for itself.
    """
    by_rank = Tally.of(medals_by_rank(placings).values())
    most = (max(a, b) for a, b in zip(by_rank.triple, (1, 1, bronzes), strict=True))
    return Tally(*most)
