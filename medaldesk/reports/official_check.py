"""What should be looked at before an event is made official; a person decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import median

from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.domain.marks import MarkKind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.reports.language import tr

LAST_MEDAL_RANK = 3

FAR = Fraction(3, 2)
"""A mark more than so many times the middle one, or less than its inverse, is far outside."""

FAR_DEVIATIONS = 4
"""So is one this many median absolute deviations away from the middle one …"""

FAR_SHARE = Fraction(1, 20)
"""… if it is also further than this share of it: in a close race everybody is near."""

ANOTHER_SIZE = 5
"""How many times the middle mark no mark of one event is."""

FEWEST_TO_COMPARE = 4
"""Marks, below which nothing is said about what is usual among them."""


class Concern(StrEnum):
    NO_RESULTS = "no_results"
    MISSING_MARKS = "missing_marks"
    OPEN_TIE = "open_tie"
    UNUSUAL_MEDALS = "unusual_medals"
    FAR_MARK = "far_mark"


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """One concern: how many results or ranks it is about, who, and the marks or medals behind it.

    `count` is the number of missing marks, or the rank that is tied. `medals` are gold, silver
    and bronze as they stand; `mark` and `middle` are printed marks.
    """

    concern: Concern
    count: int = 0
    names: tuple[str, ...] = ()
    medals: tuple[int, int, int] = (0, 0, 0)
    mark: str = ""
    middle: str = ""


def official_warnings(head: EventHead, rows: Sequence[ResultRow]) -> list[Warning_]:
    """What is unusual about the results of an event, all its phases in one; none is an error."""
    if not any(row.has_entry or row.rank for row in rows):
        return [Warning_(Concern.NO_RESULTS)]
    ties = _open_ties(rows)
    return [*_missing_marks(head, rows), *ties, *_medals(head, rows, ties), *_far_marks(head, rows)]


def warning_sentence(warning: Warning_) -> str:
    """A concern in one sentence."""
    template = {
        Concern.NO_RESULTS: tr("There are no results yet: nobody will have a medal."),
        Concern.MISSING_MARKS: tr("{count} marks are missing: {names}."),
        Concern.OPEN_TIE: tr("{names} share rank {count}, and there is no tie-break."),
        Concern.UNUSUAL_MEDALS: tr("The medals are {medals}: gold, silver, bronze."),
        Concern.FAR_MARK: tr(
            "{mark} of {names} is far from the others, whose middle is {middle}: a typing error?"
        ),
    }[warning.concern]
    if warning.concern is Concern.MISSING_MARKS and warning.count == 1:
        template = tr("One mark is missing: {names}.")
    return template.format(
        count=warning.count,
        names=_listed(warning.names),
        medals="-".join(map(str, warning.medals)),
        mark=warning.mark,
        middle=warning.middle,
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    """`A, B, C and 4 more`."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    return tr("{names} and {n} more").format(names=shown, n=rest) if rest > 0 else shown


def _missing_marks(head: EventHead, rows: Sequence[ResultRow]) -> list[Warning_]:
    ranked = head.form.kind is MarkKind.PLACING
    names = tuple(row.name for row in rows if not (row.has_entry or (ranked and row.rank)))
    return [Warning_(Concern.MISSING_MARKS, len(names), names)] if names else []


def _open_ties(rows: Sequence[ResultRow]) -> list[Warning_]:
    """Ranks with a medal that are shared by entries without a tie-break (RULES R3)."""
    shared: dict[int, dict[int, ResultRow]] = defaultdict(dict)
    for row in rows:
        if row.rank is not None and row.rank <= LAST_MEDAL_RANK and row.rank_equal:
            shared[row.rank].setdefault(row.entry, row)
    return [
        Warning_(Concern.OPEN_TIE, rank, tuple(row.name for row in tied.values()))
        for rank, tied in sorted(shared.items())
        if any(row.tie_open or row.tie_break is None for row in tied.values())
    ]


def _medals(head: EventHead, rows: Sequence[ResultRow], ties: Sequence[Warning_]) -> list[Warning_]:
    """Medals that are neither what the format gives nor explained by a tie told already (R12)."""
    won = Counter({row.entry: row.medal for row in rows if row.medal}.values())
    medals = (won[Medal.GOLD], won[Medal.SILVER], won[Medal.BRONZE])
    if ties or medals == (1, 1, head.bronzes):
        return []
    return [Warning_(Concern.UNUSUAL_MEDALS, medals=medals)]


def _far_marks(head: EventHead, rows: Sequence[ResultRow]) -> list[Warning_]:
    """Marks far outside the field of the event; heats and finals are alike enough for that."""
    marked = [(row.name, row.mark) for row in rows if row.mark is not None and not row.status]
    if len(marked) < 2:
        return []
    values = [mark.value for _, mark in marked]
    middle = sorted(marked, key=lambda entry: entry[1].value)[len(marked) // 2][1]
    spread = median(abs(value - middle.value) for value in values)
    printed = format_mark(middle, head.form.kind)
    return [
        Warning_(
            Concern.FAR_MARK,
            names=(name,),
            mark=format_mark(mark, head.form.kind),
            middle=printed,
        )
        for name, mark in marked
        if _is_another_size(mark.value, middle.value)
        or (len(marked) >= FEWEST_TO_COMPARE and _is_far(mark.value, middle.value, spread))
    ]


def _is_another_size(value: int, middle: int) -> bool:
    """A decimal point forgotten: 706 among 7.06 and 6.98; seen in the smallest field."""
    return value > middle * ANOTHER_SIZE or value * ANOTHER_SIZE < middle


def _is_far(value: int, middle: int, spread: float) -> bool:
    distance = abs(value - middle)
    many_times = value > middle * FAR or value * FAR < middle
    return many_times or (distance > FAR_DEVIATIONS * spread and distance > middle * FAR_SHARE)
