"""Reads of record lists: what stands, and the history of how it came to stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from medaldesk.book.candidates import Placed, candidates
from medaldesk.book.connection import explained_sql
from medaldesk.book.derive_records import RecordList, lists_of_event, stood_before
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.programme import ProgrammeReads, mark_format
from medaldesk.domain.marks import Mark, MarkFormat, difference
from medaldesk.domain.records import Achievement, Outcome, Reign, judge, reigns


@dataclass(frozen=True, slots=True)
class RecordListRow:
    """A record list by name; `form` is that of its event type.

    `series` and `nation` (codes) and `venue` (a name) narrow the list where they are there.
    """

    id: int
    code: str
    kind_name: str
    event_type: int
    event_type_code: str
    event_type_name: str
    series: str | None
    form: MarkFormat
    nation: str | None = None
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a record history, the baseline (without `result`) included.

    `improvement` is the difference to the record before it. `unit_kind` names the unit in which
    `reign.stood.units` counts.
    """

    mark: Mark
    outcome: Outcome | None
    holder: str
    nation: str
    day: str | None
    competition: str | None
    competition_name: str | None
    place: str | None
    unit: int | None
    unit_kind: str
    event: int | None
    result: int | None
    improvement: Mark | None
    reign: Reign

    @property
    def equalled(self) -> bool:
        return self.outcome is Outcome.EQUALLED


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """A record list with its lines, oldest first."""

    list: RecordListRow
    rows: tuple[RecordRow, ...]

    @property
    def current(self) -> tuple[RecordRow, ...]:
        return tuple(row for row in self.rows if row.reign.current)


@dataclass(frozen=True, slots=True)
class RecordReason:
    """Why a result is, or is not, a record of a list (RULES R28); `stood` held it before."""

    list: RecordListRow
    outcome: Outcome
    mark: Mark | None
    stood: RecordRow | None
    margin: Mark | None
    status: str | None = None


class RecordReads(ProgrammeReads):
    """Which records stand, and which stood."""

    def record_lists(self, event_type: int | None = None) -> list[RecordListRow]:
        """All lists, or those of one event type, in the order of their kinds."""
        where = "WHERE ? IS NULL OR t.id = ? ORDER BY t.name, t.id, k.id, l.id"
        return [_list(row) for row in self._rows(f"{_LISTS} {where}", event_type, event_type)]

    def record_lists_of_event(self, event: int) -> list[RecordListRow]:
        """The lists for which the results of an event count."""
        with explained_sql(self._path):
            lists = lists_of_event(self._connection, event)
        ids = {found.id for found in lists}
        return (
            [row for row in self.record_lists(lists[0].event_type) if row.id in ids] if ids else []
        )

    def record_history(self, record_list: int) -> RecordHistory:
        """A list with its whole history (RULES R24). Raises UnknownCode."""
        head = _list(
            self._needed("record_list", record_list, f"{_LISTS} WHERE l.id = ?", record_list)
        )
        baseline = [_baseline(row) for row in self._rows(_BASELINE, record_list)]
        marks = [_achieved(row) for row in self._rows(_MARKS, record_list)]
        lines = baseline + marks
        ruled = reigns([line.achievement for line in lines])
        rows: list[RecordRow] = []
        for line, reign in zip(lines, ruled, strict=True):
            before = rows[-1].mark if rows else None
            rows.append(self._record_row(line, reign, before))
        return RecordHistory(head, tuple(rows))

    def standing_records(self, event: int) -> list[RecordHistory]:
        """The lists of an event with their histories: what the strip above the sheet tells."""
        return [self.record_history(found.id) for found in self.record_lists_of_event(event)]

    def record_reasons(self, result: int) -> list[RecordReason]:
        """For each list of its event, why a result is or is not a record (RULES R28)."""
        event, mark, decimals, status = self._needed(
            "result",
            result,
            "SELECT event_id, mark, mark_decimals, status FROM result WHERE id = ?",
            result,
        )
        own = Mark(mark, decimals) if mark is not None else None
        if status or own is None:
            outcome = Outcome.STATUS if status else Outcome.NO_MARK
            return [
                RecordReason(found, outcome, own, None, None, status)
                for found in self.record_lists_of_event(event)
            ]
        placed = candidates(self._connection, [event])
        mine = next(p for p in placed if p.candidate.key == result)
        together = [p for p in placed if p.candidate.moment == mine.candidate.moment]
        lists = {found.id: found for found in lists_of_event(self._connection, event)}
        return [
            self._reason(found, lists[found.id], mine, together)
            for found in self.record_lists_of_event(event)
            if lists[found.id].nation in (None, mine.nation)
        ]

    def _reason(
        self, found: RecordListRow, scope: RecordList, mine: Placed, together: Sequence[Placed]
    ) -> RecordReason:
        """Judge the unit of a mark against what stood before it."""
        if not scope.counts(mine):
            return RecordReason(found, Outcome.BEFORE_BASELINE, mine.candidate.mark, None, None)
        stood = stood_before(self._connection, scope, mine.candidate.moment)
        unit = [p.candidate for p in together if scope.counts(p)]
        verdicts = judge(stood, unit, scope.better, shares_equal=scope.shares_equal)
        verdict = next(verdict for verdict in verdicts if verdict.candidate == mine.candidate)
        # Who equalled a record comes behind whoever set it.
        rows = self.record_history(found.id).rows if stood else ()
        holder = next((row for row in rows if stood and row.mark.value == stood.value), None)
        return RecordReason(found, verdict.outcome, verdict.candidate.mark, holder, verdict.margin)

    def _record_row(self, line: _Line, reign: Reign, before: Mark | None) -> RecordRow:
        mark = line.achievement.mark
        improvement = difference(mark, before) if before and mark.value != before.value else None
        return RecordRow(
            mark=mark,
            outcome=None if line.result is None else line.achievement.outcome,
            holder=line.holder,
            nation=self.nation_code(line.nation, line.code_day),
            day=line.day,
            competition=line.competition,
            competition_name=line.competition_name,
            place=line.place,
            unit=line.achievement.unit,
            unit_kind=line.unit_kind,
            event=line.event,
            result=line.result,
            improvement=improvement,
            reign=reign,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a history before its reign is known."""

    achievement: Achievement
    holder: str
    nation: int | None
    code_day: str | None
    day: str | None
    unit_kind: str
    competition: str | None = None
    competition_name: str | None = None
    place: str | None = None
    event: int | None = None
    result: int | None = None


_LISTS = """SELECT l.id, k.code, k.name, t.id, t.code, t.name, s.code,
    t.mark_kind, t.better, t.decimals,
    (SELECT code FROM nation_code WHERE nation_id = l.nation_id
        ORDER BY coalesce(valid_from, '') DESC, id DESC LIMIT 1), v.name
FROM record_list AS l
JOIN record_kind AS k ON k.id = l.record_kind_id
JOIN event_type AS t ON t.id = l.event_type_id
LEFT JOIN series AS s ON s.id = l.series_id
LEFT JOIN venue AS v ON v.id = l.venue_id"""

_BASELINE = """SELECT b.mark, b.mark_decimals, b.holder, b.nation_id, b.date, b.place, t.unit_kind
FROM record_baseline AS b
JOIN record_list AS l ON l.id = b.record_list_id
JOIN event_type AS t ON t.id = l.event_type_id
WHERE l.id = ?"""

_MARKS = """SELECT r.mark, r.mark_decimals, m.outcome, m.moment, r.phase_id, u.position,
    coalesce(n.printed_name, n.team_name, a.name), n.nation_id, c.start_date, c.code, c.name,
    c.city, t.unit_kind, r.event_id, r.id
FROM record_mark AS m
JOIN result AS r ON r.id = m.result_id
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
WHERE m.record_list_id = ? ORDER BY m.moment, r.id"""


def _list(row: Row) -> RecordListRow:
    *head, kind, better, decimals, nation, venue = row
    values: Row = (*head, mark_format(kind, better, decimals), nation, venue)
    return RecordListRow(*values)


def _baseline(row: Row) -> _Line:
    mark, decimals, holder, nation, day, place, unit_kind = row
    on = date.fromisoformat(day) if day else None
    achievement = Achievement(Mark(mark, decimals), Outcome.SET, on)
    return _Line(achievement, holder, nation, day, day, unit_kind, place=place)


def _achieved(row: Row) -> _Line:
    (
        mark, decimals, outcome, moment, phase, unit, holder, nation, start,
        competition, competition_name, city, unit_kind, event, result,
    ) = row  # fmt: skip
    day = moment[:10]
    achievement = Achievement(
        Mark(mark, decimals), Outcome(outcome), date.fromisoformat(day), race=phase, unit=unit
    )
    return _Line(
        achievement, holder, nation, start, day, unit_kind,
        competition, competition_name, city, event, result,
    )  # fmt: skip
