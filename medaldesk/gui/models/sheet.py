"""The columns of a result sheet, and the line at its foot where the next entry is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import MarkKind, format_behind, format_mark
from medaldesk.domain.names import FAMILY_FIRST, split_name
from medaldesk.domain.units import format_unit
from medaldesk.domain.wind import format_wind
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.gui.models.pills import (
    medal_pills,
    medal_text,
    record_pills,
    records_text,
    width_of_pills,
)
from medaldesk.reports import words
from medaldesk.reports.language import tr

LAST = 1 << 31
"""Where somebody stands whose unit or start order is not known."""

ONE_BY_ONE = ("race", "run")
"""Units in which the order of start says who is where, and the unit itself little."""


class SheetOrder(StrEnum):
    """How the sheet stands: as they start, or as they rank."""

    START = "start"
    RANK = "rank"


@dataclass(slots=True)
class Draft:
    """The line at the foot of the sheet where the next entry is typed."""

    unit: str = ""
    order: str = ""
    athlete: AthleteChoice | str = ""
    nation: NationChoice | None = None

    @property
    def name(self) -> str:
        return self.athlete if isinstance(self.athlete, str) else self.athlete.name


SheetRow = ResultRow | Draft
NEW = "new"


def row_key(row: SheetRow) -> int | str:
    """The id of a result; the line for the next entry has a key of its own."""
    return NEW if isinstance(row, Draft) else row.id


def _of_result(read: Callable[[ResultRow], str]) -> Callable[[SheetRow], str]:
    """A cell that the line for the next entry leaves empty."""
    return lambda row: "" if isinstance(row, Draft) else read(row)


def _unit_text(row: SheetRow) -> str:
    return row.unit if isinstance(row, Draft) else format_unit(row.place)


def _order_text(row: SheetRow) -> str:
    if isinstance(row, Draft):
        return row.order
    return "" if row.start_order is None else str(row.start_order)


def _nation_text(row: SheetRow) -> str:
    if isinstance(row, Draft):
        return row.nation.code if row.nation else ""
    return row.nation


def _split_text(label: str, kind: MarkKind) -> Callable[[ResultRow], str]:
    def text(row: ResultRow) -> str:
        marks = (split.mark for split in row.splits if split.label == label)
        mark = next(marks, None)
        return format_mark(mark, kind) if mark else ""

    return text


def mark_text(row: ResultRow, kind: MarkKind) -> str:
    """What stands in the mark cell: the mark, the score, or the status."""
    if row.status:
        return row.status
    return format_mark(row.mark, kind) if row.mark else row.score or ""


def _shown_rank(row: ResultRow) -> str:
    return words.rank(row.rank, row.rank_equal)


def open_tie(rows: Iterable[ResultRow]) -> list[ResultRow]:
    """The foremost of those level for want of a tie-break (RULES R3), once each."""
    level = {row.entry: row for row in rows if row.tie_open and row.rank is not None}
    first = min((row.rank or LAST for row in level.values()), default=None)
    return [row for row in level.values() if row.rank == first]


def tied_for_medals(rows: Iterable[ResultRow]) -> list[ResultRow]:
    """The foremost of those that share a medal, whether or not their tie should be broken."""
    sharing = [row for row in rows if row.medal and row.rank_equal]
    first = min((row.rank or LAST for row in sharing), default=None)
    return [row for row in sharing if row.rank == first]


def tie_question(head: EventHead, rows: Iterable[ResultRow]) -> str:
    """Which tie-break is wanted, in one sentence; empty where none is."""
    level = open_tie(rows)
    if not level:
        return ""
    *others, last = (_spoken_name(row) for row in level)
    names = tr("{names} and {last}").format(names=", ".join(others), last=last) if others else last
    if head.breaks_ties:
        text = tr("{names} are level and the event breaks ties: type the tie-break.")
    else:
        text = tr("{names} are level, and only some have a tie-break: type it for all of them.")
    return text.format(names=names)


def _spoken_name(row: ResultRow) -> str:
    """The family name as a speaker says it; a team by its whole name."""
    if row.athlete is None:
        return row.name
    return split_name(row.name, family_first=row.nation in FAMILY_FIRST)[1]


def sheet_columns(
    head: EventHead, rows: Sequence[ResultRow], extra_splits: Sequence[str] = ()
) -> list[Column[SheetRow]]:
    """The columns that this event needs; those that nobody uses are left out."""
    kind = head.form.kind
    who = tr("Team") if head.team else tr("Athlete")
    typed_ranks = head.classification == Classification.MANUAL
    labels = dict.fromkeys([*(s.label for row in rows for s in row.splits), *extra_splits])
    columns: list[Column[SheetRow]] = [
        Column("rank", tr("Rank"), _of_result(_shown_rank), 56, RIGHT, editable=typed_ranks),
        *_place_columns(head, rows),
        Column("athlete", who, lambda row: row.name, 0, editable=True),
        Column("nation", tr("Nation"), _nation_text, 72, CENTRE, editable=True),
    ]
    columns += [
        Column(
            f"split:{label}", label, _of_result(_split_text(label, kind)), 76, RIGHT, "muted", True
        )
        for label in labels
    ]
    columns.append(_mark_column(kind))
    if _needs_tie_breaks(rows):
        tie = _of_result(lambda row: "" if row.tie_break is None else str(row.tie_break))
        tip = tr("Tie-break among equal marks, e.g. the thousandths; lower is better")
        columns.append(Column("tie_break", tr("Tie"), tie, 56, RIGHT, "muted", True, tip))
    if head.measures_wind or any(row.wind is not None for row in rows):
        columns.append(_wind_column())
    columns += [
        Column(
            "behind",
            tr("Behind"),
            _of_result(lambda row: format_behind(row.behind, kind)),
            96,
            RIGHT,
            "muted",
            optional=True,
        ),
        Column(
            "records",
            tr("Record"),
            _of_result(records_text),
            width_of_pills(map(record_pills, rows), 96),
        ),
        Column(
            "medal",
            tr("Medal"),
            _of_result(medal_text),
            width_of_pills(map(medal_pills, rows), 64),
        ),
    ]
    if any(row.note for row in rows):
        note = _of_result(lambda row: row.note or "")
        columns.append(
            Column("note", tr("Note"), note, 130, weight="muted", editable=True, optional=True)
        )
    return columns


def _place_columns(head: EventHead, rows: Sequence[ResultRow]) -> list[Column[SheetRow]]:
    """The unit, the order of start, or both: where and when somebody competes."""
    in_order = head.unit_kind in ONE_BY_ONE
    columns: list[Column[SheetRow]] = []
    if not in_order or any(row.place.unit is not None for row in rows):
        title = words.unit_kind_word(head.unit_kind)
        columns.append(Column("unit", title, _unit_text, 66, CENTRE, "muted", True))
    if in_order or any(row.start_order is not None for row in rows):
        columns.append(Column("order", tr("Order"), _order_text, 60, CENTRE, "muted", True))
    return columns


def _wind_column() -> Column[SheetRow]:
    wind = _of_result(lambda row: format_wind(row.wind))
    tip = tr("Wind in metres per second, e.g. +1.8; in a race it is that of the whole unit")
    return Column("wind", tr("Wind"), wind, 64, RIGHT, "muted", True, tip)


def _mark_column(kind: MarkKind) -> Column[SheetRow]:
    """The heaviest column; where there are no marks, statuses are typed in it all the same."""
    bare = kind is MarkKind.PLACING
    tip = tr("A status: DNF, DSQ, DNS …")
    return Column(
        "mark",
        tr("Status") if bare else tr("Mark"),
        _of_result(lambda row: mark_text(row, kind)),
        100,
        RIGHT,
        "strong",
        True,
        tip if bare else tr("A mark in any spelling, or a status: DNF, DSQ, DNS …"),
    )


def _needs_tie_breaks(rows: Iterable[ResultRow]) -> bool:
    marks = [row.mark.value for row in rows if row.mark and not row.status]
    asked = any(row.tie_open or row.tie_break is not None for row in rows)
    return asked or len(marks) != len(set(marks))


def start_key(row: ResultRow) -> tuple[object, ...]:
    """Unit, start order, lane, then as entered; those without a unit come last."""
    return (
        row.place.unit or LAST,
        LAST if row.start_order is None else row.start_order,
        row.place.lane or "",
        row.id,
    )
