"""A computed record progression beside a published one, line by line (RULES 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medaldesk.domain.marks import Better, Mark, is_better
from medaldesk.domain.names import fold


class Comparison(StrEnum):
    """What becomes of a line when both progressions are laid side by side."""

    EQUAL = "equal"
    DIFFERENT = "different"
    SHORT_LIVED = "short_lived"
    ONLY_COMPUTED = "only_computed"
    ONLY_PUBLISHED = "only_published"


class Differs(StrEnum):
    """In what a line of the same mark is not the same."""

    HOLDER = "holder"
    NATION = "nation"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ProgressionLine:
    """One line of a progression; `nation` is a code, empty where it is not known.

    `race` names the phase of an event in which the mark was made; None where it is not known.
    """

    mark: Mark
    holder: str
    nation: str = ""
    day: date | None = None
    race: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of one progression with that of the other, None where it has none."""

    comparison: Comparison
    computed: ProgressionLine | None
    published: ProgressionLine | None
    differs: frozenset[Differs] = frozenset()

    @property
    def mark(self) -> Mark:
        line = self.computed or self.published
        assert line is not None
        return line.mark


def compare_progressions(
    computed: Sequence[ProgressionLine], published: Sequence[ProgressionLine], better: Better
) -> list[ComparedLine]:
    """Both progressions as one, the oldest mark first; each oldest first, with equalled marks.

    Lines belong together by their mark. A computed line that is not published and that fell on
    its own day, or in its own phase, was short-lived: lists leave such lines out.
    """
    values = {line.mark.value for line in (*computed, *published)}
    compared: list[ComparedLine] = []
    for value in sorted(values, reverse=better is Better.LOWER):
        mine = [line for line in computed if line.mark.value == value]
        theirs = [line for line in published if line.mark.value == value]
        after = (line for line in computed if is_better(line.mark.value, value, better))
        compared += _compare_equal_marks(mine, theirs, next(after, None))
    return compared


def _compare_equal_marks(
    computed: Sequence[ProgressionLine],
    published: Sequence[ProgressionLine],
    successor: ProgressionLine | None,
) -> Iterator[ComparedLine]:
    """The lines of one mark: each with the published line most like it."""
    likest = sorted(
        (_unlikeness(one, other), number, of)
        for number, one in enumerate(computed)
        for of, other in enumerate(published)
    )
    pairs: dict[int, int] = {}
    for _, number, of in likest:
        if number not in pairs and of not in pairs.values():
            pairs[number] = of
    for number, line in enumerate(computed):
        if number in pairs:
            other = published[pairs[number]]
            differs = _differences(line, other)
            comparison = Comparison.DIFFERENT if differs else Comparison.EQUAL
            yield ComparedLine(comparison, line, other, differs)
        else:
            short = successor is not None and _fell_at_once(line, successor)
            comparison = Comparison.SHORT_LIVED if short else Comparison.ONLY_COMPUTED
            yield ComparedLine(comparison, line, None)
    for of, line in enumerate(published):
        if of not in pairs.values():
            yield ComparedLine(Comparison.ONLY_PUBLISHED, None, line)


def _unlikeness(one: ProgressionLine, other: ProgressionLine) -> tuple[bool, int]:
    """How little two lines are the same; another holder weighs more than all else."""
    differs = _differences(one, other)
    return Differs.HOLDER in differs, len(differs)


def _differences(one: ProgressionLine, other: ProgressionLine) -> frozenset[Differs]:
    """In what two lines differ; what one of them does not know is no difference."""
    found = set()
    if not same_name(one.holder, other.holder):
        found.add(Differs.HOLDER)
    if one.nation and other.nation and one.nation != other.nation:
        found.add(Differs.NATION)
    if one.day and other.day and one.day != other.day:
        found.add(Differs.DAY)
    return frozenset(found)


def same_name(one: str, other: str) -> bool:
    """Whether names are the same in any order, or one is the family name of the other."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return words <= others or others <= words


def _fell_at_once(line: ProgressionLine, successor: ProgressionLine) -> bool:
    same_race = line.race is not None and line.race == successor.race
    return same_race or (line.day is not None and line.day == successor.day)
