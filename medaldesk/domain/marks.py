"""Marks: the performances that people type, compare and print (RULES 1).

A mark is an integer number of millionths of its base unit (second, metre, kilogram, point),
never a float, together with the number of decimals it was entered with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.errors import (
    MarkImpossible,
    MarkNotUnderstood,
    MarkNotWanted,
    MarkTooPrecise,
)

MILLIONTHS = 1_000_000
MAX_DECIMALS = 6
LARGEST = 1_000_000_000 * MILLIONTHS
"""No mark reaches a thousand million seconds, metres, kilograms or points."""


class MarkKind(StrEnum):
    TIME = "time"
    DISTANCE = "distance"
    WEIGHT = "weight"
    POINTS = "points"
    SCORE = "score"
    PLACING = "placing"


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class MarkFormat:
    """What an event type fixes of its marks: kind, direction, decimals (0 to 6)."""

    kind: MarkKind
    better: Better
    decimals: int


@dataclass(frozen=True, slots=True)
class Mark:
    """`value` in millionths of the base unit, `decimals` as entered: 1:32.6, not 1:32.60."""

    value: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What a mark cell can hold: a mark, a score, an IRM status, or nothing at all."""

    mark: Mark | None = None
    score: str | None = None
    status: str | None = None


# Typed primes and quotation marks all mean minutes (') and seconds (").
_QUOTES = str.maketrans({"’": "'", "‘": "'", "′": "'", "`": "'", "”": '"', "“": '"', "″": '"'})


def _spelling(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


_HOURS = _spelling(r"(?P<h>\d+)[h:](?P<m>\d\d)[:'m](?P<s>\d\d)(?:[.,\"s](?P<f>\d+))?[\"s]?")
_HOURS_DOTTED = _spelling(r"(?P<h>\d+)\.(?P<m>\d\d)\.(?P<s>\d\d)")
_MINUTES = _spelling(r"(?P<m>\d+)[:'m](?P<s>\d\d)(?:[.,\"s](?P<f>\d+))?[\"s]?")
_MINUTES_DOTTED = _spelling(r"(?P<m>\d+)[.,](?P<s>\d\d)[.,](?P<f>\d+)")
_SECONDS = _spelling(r"(?P<s>\d+)(?:[.,\"](?P<f>\d+))? ?(?:\"|s|sec)?")

_PLAIN = {
    MarkKind.DISTANCE: _spelling(r"(?P<s>\d+)(?:(?:[.,]| ?m ?)(?P<f>\d+))? ?m?"),
    MarkKind.WEIGHT: _spelling(r"(?P<s>\d+)(?:[.,](?P<f>\d+))? ?(?:kg)?"),
    MarkKind.POINTS: _spelling(r"(?P<s>\d+)(?:[.,](?P<f>\d+))? ?(?:p|pts|points)?"),
}
_SCORE = _spelling(
    r"(?P<own>\d{1,4}) ?[-–:] ?(?P<other>\d{1,4})(?P<rest>(?: ?\([^()<>]{1,40}\)| [A-Z]{1,4})*)"
)


def _spellings(form: MarkFormat) -> tuple[re.Pattern[str], ...]:
    """The spellings of a kind of mark, the least ambiguous first."""
    if form.kind is not MarkKind.TIME:
        return (_PLAIN[form.kind],)
    times = (_HOURS, _MINUTES, _MINUTES_DOTTED, _SECONDS)
    # Where there are no decimals, 2.04.59 can only be hours; elsewhere it is 2:04.59.
    return (_HOURS_DOTTED, *times) if form.decimals == 0 else times


def parse_mark(text: str, form: MarkFormat) -> Mark:
    """Read a mark in any spelling of RULES 1.

    Raises MarkNotUnderstood, MarkImpossible or MarkTooPrecise, each with `text` and `format`.
    """
    if form.kind in (MarkKind.SCORE, MarkKind.PLACING):
        raise MarkNotWanted(text=text, format=form)
    clean = text.strip().translate(_QUOTES).replace("''", '"')
    for spelling in _spellings(form):
        if match := spelling.fullmatch(clean):
            return _assemble(match.groupdict(), text, form)
    raise MarkNotUnderstood(text=text, format=form)


def _assemble(parts: dict[str, str | None], text: str, form: MarkFormat) -> Mark:
    fraction = parts["f"] or "" if "f" in parts else ""
    if len(fraction) > form.decimals:
        raise MarkTooPrecise(text=text, format=form)
    hours, minutes = parts.get("h"), parts.get("m")
    whole = parts["s"] or "0"
    too_long = max(len(part) for part in (hours or "", minutes or "", whole)) > 12
    if too_long or _overflows(minutes, hours) or _overflows(whole, minutes):
        raise MarkImpossible(text=text, format=form)
    base = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(whole)
    value = base * MILLIONTHS + int(fraction.ljust(MAX_DECIMALS, "0"))
    if value > LARGEST or (value == 0 and form.kind is MarkKind.TIME):
        raise MarkImpossible(text=text, format=form)
    return Mark(value, len(fraction))


def _overflows(part: str | None, larger: str | None) -> bool:
    """Minutes under an hour and seconds under a minute stay below 60."""
    return part is not None and larger is not None and int(part) >= 60


def parse_score(text: str, form: MarkFormat) -> str:
    """Read a score, for–against, as it will be printed: `3-2 (4-3)` becomes `3–2 (4–3)`.

    Raises MarkNotUnderstood. Scores are text: they are ranked by hand or by a bracket.
    """
    match = _SCORE.fullmatch(text.strip())
    if match is None:
        raise MarkNotUnderstood(text=text, format=form)
    rest = match["rest"].replace("-", "–")
    return f"{match['own']}–{match['other']}{rest}"


def parse_entered(text: str, form: MarkFormat, statuses: Collection[str]) -> Entered:
    """Read a mark cell: a status code in any case, nothing, or a mark of the event's kind."""
    word = text.strip()
    if not word:
        return Entered()
    if word.upper() in statuses:
        return Entered(status=word.upper())
    if form.kind is MarkKind.SCORE:
        return Entered(score=parse_score(text, form))
    return Entered(mark=parse_mark(text, form))


def format_mark(mark: Mark, kind: MarkKind) -> str:
    """Print a mark strictly: `46.1`, `1:12.31`, `2:04:59`, `8.95`, with the decimals as entered."""
    whole, millionths = divmod(mark.value, MILLIONTHS)
    fraction = f".{millionths:06d}"[: mark.decimals + 1] if mark.decimals else ""
    if kind is not MarkKind.TIME or whole < 60:
        return f"{whole}{fraction}"
    minutes, seconds = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02d}{fraction}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{fraction}"


def is_better(value: int, other: int, better: Better) -> bool:
    """Whether `value` is strictly better than `other`."""
    return value < other if better is Better.LOWER else value > other


def best_of(values: Iterable[int], better: Better) -> int | None:
    """The best of some values, None where there are none."""
    choose = min if better is Better.LOWER else max
    return choose(values, default=None)


def difference(mark: Mark, other: Mark) -> Mark:
    """The distance between two marks, printed with the finer of their decimals."""
    return Mark(abs(mark.value - other.value), max(mark.decimals, other.decimals))


def format_behind(behind: Mark | None, kind: MarkKind) -> str:
    """`+0.28`; empty for the best and for those without a mark (RULES 1)."""
    return f"+{format_mark(behind, kind)}" if behind and behind.value else ""


def behind_mark(value: int | None, decimals: int) -> Mark | None:
    """A difference in millionths as a mark with at least `decimals`, more where it needs them."""
    if not value:
        return None
    while value % 10 ** (MAX_DECIMALS - decimals):
        decimals += 1
    return Mark(value, decimals)


class SplitKind(StrEnum):
    CUMULATIVE = "cumulative"
    LAP = "lap"


@dataclass(frozen=True, slots=True)
class Split:
    """One intermediate as published: `value` in millionths, the clock so far or this lap alone."""

    value: int
    kind: SplitKind


@dataclass(frozen=True, slots=True)
class SplitPair:
    """Both readings of a split; None where an earlier one is missing, or the clock ran back."""

    cumulative: int | None
    lap: int | None


def resolve_splits(splits: Sequence[Split | None]) -> list[SplitPair]:
    """Derive the lap from the clock or the clock from the lap, in order; None marks a gap."""
    resolved: list[SplitPair] = []
    clock: int | None = 0
    for split in splits:
        if split is None:
            clock = None
            resolved.append(SplitPair(None, None))
            continue
        if split.kind is SplitKind.CUMULATIVE:
            known = clock is not None and split.value > clock
            pair = SplitPair(split.value, split.value - (clock or 0) if known else None)
        else:
            pair = SplitPair(None if clock is None else clock + split.value, split.value)
        resolved.append(pair)
        clock = pair.cumulative
    return resolved
