"""The marks that rows of record lists are about: those of the book, and those of the same plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from medaldesk.book.reads.bulk import KnownMark
from medaldesk.domain.names import fold
from medaldesk.domain.progressions import same_name
from medaldesk.exchange.importing.planning import Planning
from medaldesk.exchange.importing.records_rows import RecordRow

Marks = Mapping[int, Sequence[KnownMark]]
"""The marks of an event type by their values, each by day."""


def marks_of(planning: Planning, types: Collection[int]) -> Mapping[int, Marks]:
    """Event type to the marks in it as they will be after the plan."""
    marks = [*_as_they_will_be(planning, types), *_new_marks(planning, types)]
    found: dict[int, dict[int, list[KnownMark]]] = defaultdict(dict)
    for mark in sorted(marks, key=lambda mark: (mark.day, mark.result)):
        found[mark.event_type].setdefault(mark.mark, []).append(mark)
    return found


def _as_they_will_be(planning: Planning, types: Collection[int]) -> Iterable[KnownMark]:
    """The marks of the book, with what the plan changes of them."""
    pending = planning.pending
    gone = {delete.row for delete in pending.deletes if delete.table == "result"}
    changed: dict[int, dict[str, Any]] = defaultdict(dict)
    for update in pending.updates:
        if update.table == "result":
            changed[update.row] |= update.values
    for mark in planning.reads.known_marks(types):
        values = changed.get(mark.result, {})
        if mark.result in gone or values.get("mark", mark.mark) is None:
            continue
        yield mark._replace(
            series=planning.programme.series_of(mark.competition),
            mark=values.get("mark", mark.mark),
            decimals=values.get("mark_decimals", mark.decimals),
            is_valid=mark.is_valid if "status" not in values else values["status"] is None,
        )


# Marks that the plan adds


class _Rows:
    """Rows of a table by id: those that are pending, else those that the book has."""

    def __init__(self, planning: Planning, table: str) -> None:
        inserts = planning.pending[table]
        self._found = {row[0]: dict(zip(inserts.columns, row, strict=True)) for row in inserts.rows}
        self._find = partial(planning.reads.known_row, table)

    def __getitem__(self, key: int) -> Mapping[str, Any]:
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]


def _new_marks(planning: Planning, types: Collection[int]) -> Iterable[KnownMark]:
    """The marks of results that the plan adds."""
    inserts = planning.pending["result"]
    rows = (dict(zip(inserts.columns, row, strict=True)) for row in inserts.rows)
    marked = [row for row in rows if row["mark"] is not None]
    names = ("event", "competition", "phase", "unit", "entry", "athlete", "nation")
    tables = {table: _Rows(planning, table) for table in names}
    for row in marked:
        event = tables["event"][row["event_id"]]
        if event["event_type_id"] in types:
            mark = _new_mark(row, event, tables)
            yield mark._replace(series=planning.programme.series_of(mark.competition))


def _new_mark(
    row: Mapping[str, Any], event: Mapping[str, Any], tables: Mapping[str, _Rows]
) -> KnownMark:
    competition = tables["competition"][event["competition_id"]]
    phase = tables["phase"][row["phase_id"]]
    unit = tables["unit"][row["unit_id"]] if row["unit_id"] else {"position": None, "date": None}
    entry = tables["entry"][row["entry_id"]]
    athlete = tables["athlete"][entry["athlete_id"]] if entry["athlete_id"] else None
    born = athlete["birth_date"] if athlete else None
    return KnownMark(
        result=row["id"],
        event=event["id"],
        event_type=event["event_type_id"],
        series=None,
        venue=event["venue_id"],
        competition=competition["code"],
        competition_name=competition["name"],
        city=competition["city"],
        day=unit["date"] or phase["date"] or event["date"],
        phase=phase["name"],
        unit=unit["position"],
        holder=entry["printed_name"] or entry["team_name"] or (athlete or {})["name"],
        mark=row["mark"],
        decimals=row["mark_decimals"],
        is_valid=row["status"] is None,
        nation=entry["nation_id"],
        continent=tables["nation"][entry["nation_id"]]["continent"],
        wind=row["wind"],
        eldest=born,
        youngest=born,
    )


# Which of them a row is about


def find_mark(row: RecordRow, nation: int | None, marks: Sequence[KnownMark]) -> KnownMark | None:
    """Of equal marks the one that a row is about: of the same day, and of the same holder or
    nation; of several, the one that is also of the competition, phase and unit that the row names.
    """
    found = [mark for mark in marks if not row.date or row.date == mark.day]
    named = [mark for mark in found if same_name(mark.holder, row.holder)]
    if not named and row.date and nation is not None:
        named = [mark for mark in found if mark.nation == nation]
    for fits in (_of_competition, _of_phase, _of_unit, _valid):
        if len(named) > 1:
            named = [mark for mark in named if fits(mark, row)] or named
    return next(iter(named), None)


def _of_competition(mark: KnownMark, row: RecordRow) -> bool:
    known = (mark.competition, mark.competition_name)
    return fold(row.competition) in map(fold, known)


def _of_phase(mark: KnownMark, row: RecordRow) -> bool:
    return fold(row.phase) == fold(mark.phase)


def _of_unit(mark: KnownMark, row: RecordRow) -> bool:
    return row.unit == mark.unit


def _valid(mark: KnownMark, _: RecordRow) -> bool:
    return mark.is_valid
