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
    BEATEN_ON_DAY = "beaten_on_day"
    MARGIN_TOO_SMALL = "margin_too_small"
    NOT_BETTER = "not_better"
    NO_MARK = "no_mark"
    STATUS = "status"
    STATUS_DECIDED = "status_decided"
    BEFORE_BASELINE = "before_baseline"
    ANNULLED = "annulled"
    WIND_UNKNOWN = "wind_unknown"
    WIND_TOO_STRONG = "wind_too_strong"
    ASSISTED = "assisted"
    AGE_UNKNOWN = "age_unknown"
    OUTSIDE_AGE_CLASS = "outside_age_class"
    OTHER_NATION = "other_nation"
    OTHER_CONTINENT = "other_continent"
    CONTINENT_UNKNOWN = "continent_unknown"


class Ruling(StrEnum):
    """What was ruled on a mark in a list; the latest ruling holds (RULES R26)."""

    PROVISIONAL = "provisional"
    RATIFIED = "ratified"
    ANNULLED = "annulled"
    REINSTATED = "reinstated"


class BestScope(StrEnum):
    """Over what time a mark is the best of an athlete (RULES R29)."""

    PERSONAL = "personal"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class RecordPolicy:
    """How a list judges the marks that count for it (RULES R25).

    `minimum_margin` is in millionths of the base unit, `wind_limit` in millionths of a metre per
    second; None is no such rule.
    """

    shares_equal: bool = True
    minimum_margin: int | None = None
    day_best: bool = False
    wind_limit: int | None = None
    allows_assistance: bool = False
    needs_ratification: bool = False


EVERY_BREAK = RecordPolicy()
"""Better is a record, equal shares it, as often as it happens."""

DAY = 10
"""The length of an ISO day, with which a moment begins."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A valid mark, of any phase (RULES R23, R27).

    `key` names the result; `moment` begins with the ISO day and sorts by day, clock time, phase
    and unit; marks of one moment happened together: the same heat, the same pair.
    """

    key: int
    mark: Mark
    moment: str

    @property
    def day(self) -> str:
        """The ISO day on which the mark was made."""
        return self.moment[:DAY]


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


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The best of a unit, and of all that can become the record at its side."""

    in_unit: int
    in_all: int


def judge(
    stood: Mark | None,
    candidates: Iterable[Candidate],
    better: Better,
    policy: RecordPolicy = EVERY_BREAK,
) -> Iterator[Verdict]:
    """Walk candidates in order of their moment and say of each whether it is a record.

    `stood` is the mark current before the first of them, None for an empty list. Only the best
    of a unit, or of a day where the list says so, can become the record (R23, R25); strictly
    better than the mark current at that moment is set, equal is equalled where the list shares
    records (R24).
    """
    ordered = sorted(candidates, key=lambda c: (c.moment, c.key))
    span = DAY if policy.day_best else None
    for _, together in groupby(ordered, key=lambda c: c.moment[:span]):
        rivals = list(together)
        best = _best(rivals, better)
        for _, at_once in groupby(rivals, key=lambda c: c.moment):
            unit = list(at_once)
            lead = _best(unit, better)
            before, beaten = stood, _Rivals(lead.value, best.value)
            for candidate in unit:
                outcome = _outcome(candidate.mark.value, beaten, before, better, policy)
                if outcome is Outcome.SET:
                    stood = candidate.mark
                yield Verdict(candidate, outcome, before)


def _best(unit: Sequence[Candidate], better: Better) -> Mark:
    choose = min if better is Better.LOWER else max
    return choose((candidate.mark for candidate in unit), key=lambda mark: mark.value)


def _outcome(
    value: int, best: _Rivals, stood: Mark | None, better: Better, policy: RecordPolicy
) -> Outcome:
    """What a value is against the best at its side and the mark that stood before it."""
    if stood is not None and is_better(stood.value, value, better):
        return Outcome.NOT_BETTER
    if value != best.in_all:
        return Outcome.BEATEN_IN_UNIT if value != best.in_unit else Outcome.BEATEN_ON_DAY
    if stood is None:
        return Outcome.SET
    if value == stood.value:
        return Outcome.EQUALLED if policy.shares_equal else Outcome.NOT_SHARED
    enough = abs(value - stood.value) >= (policy.minimum_margin or 0)
    return Outcome.SET if enough else Outcome.MARGIN_TOO_SMALL


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
