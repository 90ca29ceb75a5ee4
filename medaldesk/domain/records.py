"""Record lists: what was broken, by whom, when, and for how long it stood (RULES R22–R28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from medaldesk.domain.marks import Better, Mark, difference, is_better


class Outcome(StrEnum):
    """Why a result is, or is not, a record of a list (RULES R28)."""

    SET = "set"
    EQUALLED = "equalled"
    NOT_SHARED = "not_shared"
    BEATEN_IN_UNIT = "beaten_in_unit"
    NOT_BETTER = "not_better"
    NO_MARK = "no_mark"
    STATUS = "status"
    BEFORE_BASELINE = "before_baseline"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A valid mark, of any phase (RULES R23, R27).

    `key` names the result; `moment` sorts by date, clock time, phase and unit; marks of one
    moment happened together: the same heat, the same pair.
    """

    key: int
    mark: Mark
    moment: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the list says of one candidate, and the mark that stood before its unit."""

    candidate: Candidate
    outcome: Outcome
    stood: Mark | None

    @property
    def is_record(self) -> bool:
        return self.outcome in (Outcome.SET, Outcome.EQUALLED)

    @property
    def margin(self) -> Mark | None:
        """The distance to the mark that stood; None for the first of a list."""
        return None if self.stood is None else difference(self.candidate.mark, self.stood)


def judge(
    stood: Mark | None,
    candidates: Iterable[Candidate],
    better: Better,
    *,
    shares_equal: bool = True,
) -> Iterator[Verdict]:
    """Walk candidates in order of their moment and say of each whether it is a record.

    `stood` is the mark current before the first of them, None for an empty list. Only the best
    of a unit can become the record (R23); strictly better than the mark current at that moment
    is set, equal is equalled where the list shares records (R24).
    """
    ordered = sorted(candidates, key=lambda c: (c.moment, c.key))
    for _, together in groupby(ordered, key=lambda c: c.moment):
        unit = list(together)
        best = _best(unit, better)
        for candidate in unit:
            outcome = _outcome(candidate.mark.value, best.value, stood, better)
            if outcome is Outcome.EQUALLED and not shares_equal:
                outcome = Outcome.NOT_SHARED
            yield Verdict(candidate, outcome, stood)
        if stood is None or is_better(best.value, stood.value, better):
            stood = best


def _best(unit: Sequence[Candidate], better: Better) -> Mark:
    choose = min if better is Better.LOWER else max
    return choose((candidate.mark for candidate in unit), key=lambda mark: mark.value)


def _outcome(value: int, best: int, stood: Mark | None, better: Better) -> Outcome:
    """What a value is against the best of its unit and the mark that stood before it."""
    if stood is not None and is_better(stood.value, value, better):
        return Outcome.NOT_BETTER
    if value != best:
        return Outcome.BEATEN_IN_UNIT
    if stood is None or value != stood.value:
        return Outcome.SET
    return Outcome.EQUALLED


@dataclass(frozen=True, slots=True)
class Achievement:
    """One line of a record history: the baseline or a record set or equalled.

    `day` is the date where known; `race` and `unit` place it within one phase of one event
    (both None for a baseline).
    """

    mark: Mark
    outcome: Outcome
    day: date | None
    race: int | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """For how long a record stood: in days, or in units where it fell in the same phase."""

    days: int | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Reign:
    """Whether a line of the history is current and, if it is not, how long it stood (R24)."""

    current: bool
    stood: Stood | None


def reigns(history: Sequence[Achievement]) -> list[Reign]:
    """For each line of a history, oldest first: is it current, and how long did it stand?

    A line falls to the next record *set*; those equalled share the fate of what they equalled.
    Records set by equal marks in one unit stand together.
    """
    result: list[Reign] = []
    successor: Achievement | None = None
    upcoming: Achievement | None = None
    for line in reversed(history):
        if upcoming is not None and upcoming.mark.value != line.mark.value:
            successor = upcoming
        upcoming = line
        stood = None if successor is None else time_stood(line, successor)
        result.append(Reign(successor is None, stood))
    return result[::-1]


def time_stood(line: Achievement, successor: Achievement) -> Stood:
    """Units within one phase, days otherwise, nothing where a date is missing (RULES R24)."""
    if line.race is not None and line.race == successor.race:
        if line.unit is None or successor.unit is None:
            return Stood()
        return Stood(units=successor.unit - line.unit)
    if line.day is None or successor.day is None:
        return Stood()
    return Stood(days=(successor.day - line.day).days)
