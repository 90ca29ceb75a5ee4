"""One record list: what the book has of it, and what the rows of a file make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from medaldesk.book.candidates import Placed
from medaldesk.book.errors import DecisionBeforeEvent
from medaldesk.book.import_errors import NotInBook
from medaldesk.book.reads.bulk import (
    KnownBaseline,
    KnownMark,
    KnownPublished,
    KnownRecordList,
    KnownRuling,
)
from medaldesk.book.record_lists import RecordList
from medaldesk.domain.age_classes import parse_age_class
from medaldesk.domain.marks import Mark, MarkFormat, is_better
from medaldesk.domain.names import fold
from medaldesk.domain.progressions import same_name
from medaldesk.domain.records import EVERY_BREAK, Candidate, RecordPolicy, Ruling
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.pending import Delete, Pending
from medaldesk.exchange.importing.records_marks import Marks
from medaldesk.exchange.importing.records_rows import RecordLine, RecordRow
from medaldesk.exchange.importing.rows import RowError


class Scope(NamedTuple):
    """What a list is a list of: ids, a continent, an age class; None where it is not narrowed."""

    kind: int
    event_type: int
    series: int | None
    nation: int | None
    venue: int | None
    continent: str | None
    age_class: str | None


@dataclass(slots=True, eq=False)
class TakenRow:
    """A row with its mark and nation read; `result` is the mark it is about, if there is one.

    `sources` are the ids of what it comes from: of the mark, and of the ruling.
    """

    row: RecordRow
    mark: Mark
    nation: int | None
    result: KnownMark | None
    sources: tuple[int | None, int | None] = (None, None)
    fate: Fate = Fate.UNCHANGED

    def raise_to(self, fate: Fate) -> None:
        order = list(Fate)
        self.fate = min(self.fate, fate, key=order.index)

    @property
    def is_annulled(self) -> bool:
        """Whether it is a line that stands in no progression, published or not."""
        return self.row.line is RecordLine.ANY and self.row.ruling == Ruling.ANNULLED

    @property
    def is_published(self) -> bool:
        """Whether it is a line of a published progression."""
        any_line = self.row.line in (RecordLine.ANY, RecordLine.PUBLISHED)
        return any_line and not self.is_annulled


@dataclass(slots=True, eq=False)
class _Line:
    """A line of the published progression; `row` is its id in the book, `position` its place."""

    mark: Mark
    holder: str
    nation: int | None
    day: str | None
    source: int | None

    @property
    def columns(self) -> tuple[Any, ...]:
        """As they stand in `published_record` behind the position."""
        mark = self.mark
        return (mark.value, mark.decimals, self.holder, self.nation, self.day, self.source)


_RULED = (RecordLine.ANY, RecordLine.COMPUTED, RecordLine.RULING)
"""Rows that may be about a result of the book."""

_PUBLISHED = ("mark", "mark_decimals", "holder", "nation_id", "date", "source_id")


@dataclass(slots=True, eq=False)
class ListState:
    """A list of the book or a new one, with what stands beside it."""

    id: int
    scope: Scope
    form: MarkFormat
    is_new: bool
    policy: RecordPolicy = EVERY_BREAK
    baseline: KnownBaseline | None = None
    published: list[KnownPublished] = field(default_factory=list)
    rulings: list[KnownRuling] = field(default_factory=list)

    @classmethod
    def of(cls, known: KnownRecordList, form: MarkFormat) -> ListState:
        return cls(known.id, Scope(*known[1:8]), form, False, known.policy)

    @property
    def is_set_anywhere(self) -> bool:
        """Whether its records may be made anywhere, not only where the book has the results."""
        return self.scope.series is None and self.scope.venue is None

    def covers(self, mark: KnownMark) -> bool:
        """Whether a mark is one of the events of this list."""
        series, venue = self.scope.series, self.scope.venue
        return series in (None, mark.series) and venue in (None, mark.venue)

    def first_day(self, marks: Marks) -> str | None:
        """The day of the first mark of the book that could count; None where there is none."""
        scope = self.scope
        ages = parse_age_class(scope.age_class) if scope.age_class else None
        judge = RecordList(
            self.id, scope.event_type, scope.series, scope.nation, scope.venue, scope.continent,
            ages, self.form.better, self.policy, None, None, frozenset(),
        )  # fmt: skip
        days = [
            mark.day
            for equal in marks.values()
            for mark in equal
            if mark.is_valid and self.covers(mark) and judge.counts(_placed(mark))
        ]
        return min(days, default=None)

    # What its rows say

    def settle_policy(self, policy: RecordPolicy, pending: Pending) -> Fate:
        """Judge as a file says; a new list is added with it."""
        was, self.policy = self.policy, policy
        if self.is_new:
            pending["record_list"].rows.append(
                (self.id, *self.scope, *_policy_columns(policy).values())
            )
            return Fate.NEW
        columns = _policy_columns(policy)
        old = _policy_columns(was)
        changes = {name: value for name, value in columns.items() if value != old[name]}
        pending.settle("record_list", self.id, changes)
        return Fate.CHANGED if changes else Fate.UNCHANGED

    def settle_baseline(self, rows: Sequence[TakenRow], marks: Marks, pending: Pending) -> None:
        """What stood before the results of the book begin (RULES R22), where rows tell it."""
        said = [taken for taken in rows if taken.row.line is RecordLine.BASELINE]
        chosen = said[0] if said else self._stood_before(rows, marks)
        if chosen is None:
            return
        known = self.baseline
        values = _baseline_columns(chosen)
        if known is None:
            values["place"] = values["place"] or chosen.row.competition or None
            pending["record_baseline"].add(self.id, *values.values())
            chosen.raise_to(Fate.NEW)
            return
        pairs = zip(values.items(), known[2:], strict=True)
        changes = {name: new for (name, new), old in pairs if new != old}
        if known.mark == chosen.mark.value or (
            known.date == chosen.row.date and same_name(known.holder, chosen.row.holder)
        ):
            changes = {name: new for name, new in changes.items() if new is not None}
        pending.settle("record_baseline", known.id, changes)
        if changes:
            chosen.raise_to(Fate.CHANGED)

    def _stood_before(self, rows: Sequence[TakenRow], marks: Marks) -> TakenRow | None:
        """The last line before the first result that could count, of one day the best.

        Where a list is of all the world, the book has not all marks that could count: there it is
        the last line that is none of its results.
        """
        lines = [t for t in rows if t.row.line is RecordLine.ANY and t.is_published]
        first = self.first_day(marks)
        if first is not None and self.is_set_anywhere:
            lines = [taken for taken in lines if taken.result is None]
        elif first is not None:
            lines = [taken for taken in lines if taken.row.date < first]
        last: TakenRow | None = None
        for taken in lines:
            if last is None or taken.row.date > last.row.date:
                last = taken
            elif taken.row.date == last.row.date:
                better = is_better(taken.mark.value, last.mark.value, self.form.better)
                last = taken if better else last
        return last

    def settle_published(self, rows: Sequence[TakenRow], pending: Pending) -> None:
        """Keep the lines that rows give beside those that are kept, the oldest first."""
        kept = [_kept(known) for known in self.published]
        before = [line.columns for line in kept]
        lines, free = list(kept), list(kept)
        met: set[tuple[int, str, str]] = set()
        for taken in rows:
            key = (taken.mark.value, fold(taken.row.holder), taken.row.date)
            if not (taken.is_published or taken.is_annulled) or key in met:
                continue
            met.add(key)
            line = _same_line(taken, free)
            if line is not None:
                free.remove(line)
            if taken.is_annulled:
                lines = [other for other in lines if other is not line]
                taken.raise_to(Fate.CHANGED if line else Fate.UNCHANGED)
            elif line is not None:
                taken.raise_to(_laid_over(line, taken))
            else:
                lines.append(_new_line(taken))
                taken.raise_to(Fate.NEW)
        if any(line not in kept for line in lines):
            lines = oldest_first(lines)
        self._emit_published(lines, before, pending)

    def _emit_published(
        self, lines: Sequence[_Line], before: Sequence[tuple[Any, ...]], pending: Pending
    ) -> None:
        """Positions stay; what stands at them moves on, as an edit of the progression does it."""
        behind = self.published[-1].position + 1 if self.published else 0
        for known in self.published[len(lines) :]:
            pending.deletes.append(Delete("published_record", known.id))
        for number, line in enumerate(lines):
            if number >= len(self.published):
                position = behind + number - len(self.published)
                pending["published_record"].add(self.id, position, *line.columns)
                continue
            pairs = zip(_PUBLISHED, line.columns, before[number], strict=True)
            changes = {name: new for name, new, old in pairs if new != old}
            pending.settle("published_record", self.published[number].id, changes)

    def rule(self, taken: TakenRow, pending: Pending) -> None:
        """What was ruled on a mark; the latest ruling holds (RULES R26). It has been checked."""
        row, mark = taken.row, taken.result
        if mark is None or row.line not in _RULED:
            return
        if not row.ruling:
            return
        ruled = [ruling for ruling in self.rulings if ruling.result == mark.result]
        if any(r.ruling == row.ruling and r.date == row.ruled_on for r in ruled):
            return
        last = max(ruled, key=lambda ruling: ruling.date, default=None)
        if last is not None and last.ruling == row.ruling and not row.ruled_on:
            return
        day = row.ruled_on or (last.date if last else mark.day)
        source = taken.sources[1]
        columns = (self.id, mark.result, row.ruling, day, source)
        self.rulings.append(KnownRuling(pending["record_ruling"].add(*columns), *columns))
        taken.raise_to(Fate.NEW)


def check_ruling(taken: TakenRow) -> None:
    """Raises RowError where a row rules on what is no result, or before it was made."""
    row, mark = taken.row, taken.result
    if row.line not in _RULED:
        return
    if mark is not None:
        if row.ruling and row.ruled_on and row.ruled_on < mark.day:
            error = DecisionBeforeEvent(date=row.ruled_on, start=mark.day)
            raise RowError("ruled_on", error)
        return
    if row.line is not RecordLine.ANY or row.ruling == Ruling.ANNULLED:
        raise RowError("mark", NotInBook(name=row.holder))


def _placed(mark: KnownMark) -> Placed:
    candidate = Candidate(mark.result, Mark(mark.mark, mark.decimals), mark.day)
    facts = (mark.nation, mark.continent, mark.wind, mark.assistance, mark.eldest, mark.youngest)
    return Placed(candidate, mark.event, *facts)


def _baseline_columns(taken: TakenRow) -> dict[str, Any]:
    """A row as columns of `record_baseline`, in the order in which these are added."""
    row, mark = taken.row, taken.mark
    return {
        "holder": row.holder,
        "nation_id": taken.nation,
        "mark": mark.value,
        "mark_decimals": mark.decimals,
        "date": row.date or None,
        "place": row.place or None,
        "source_id": taken.sources[0],
    }


def _policy_columns(policy: RecordPolicy) -> Mapping[str, Any]:
    """A policy as columns of `record_list`, in the order in which these are added."""
    return {
        "shares_equal": int(policy.shares_equal),
        "minimum_margin": policy.minimum_margin,
        "day_best": int(policy.day_best),
        "wind_limit": policy.wind_limit,
        "allows_assistance": int(policy.allows_assistance),
        "needs_ratification": int(policy.needs_ratification),
    }


# Lines of a published progression


def _kept(known: KnownPublished) -> _Line:
    mark = Mark(known.mark, known.decimals)
    return _Line(mark, known.holder, known.nation, known.date, known.source)


def _new_line(taken: TakenRow) -> _Line:
    row = taken.row
    return _Line(taken.mark, row.holder, taken.nation, row.date or None, taken.sources[0])


def _same_line(taken: TakenRow, free: Sequence[_Line]) -> _Line | None:
    """The line that a row is about: of the same holder, with the same mark or of the same day."""
    row = taken.row
    mine = [line for line in free if same_name(line.holder, row.holder)]
    marked = [line for line in mine if line.mark.value == taken.mark.value]
    exact = [line for line in marked if line.day == (row.date or None)]
    dated = [line for line in mine if row.date and line.day == row.date]
    return next(iter(exact or marked or dated), None)


def _laid_over(line: _Line, taken: TakenRow) -> Fate:
    """Write what a row says into a line; what it does not say stays."""
    before, new = line.columns, _new_line(taken)
    line.mark, line.holder = new.mark, new.holder
    line.nation = line.nation if new.nation is None else new.nation
    line.day = new.day or line.day
    line.source = line.source if new.source is None else new.source
    return Fate.UNCHANGED if line.columns == before else Fate.CHANGED


def oldest_first(lines: Sequence[_Line]) -> list[_Line]:
    """Lines by day; one without a day stays behind the line before it."""
    days: list[str] = []
    for line in lines:
        days.append(line.day or (days[-1] if days else ""))
    order = sorted(range(len(lines)), key=days.__getitem__)
    return [lines[number] for number in order]
