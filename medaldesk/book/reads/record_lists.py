"""Reads of record lists: what stands, and the history of how it came to stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from medaldesk.book.connection import explained_sql
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.programme import ProgrammeReads, mark_format
from medaldesk.book.record_lists import POLICY, lists_of_event, record_policy
from medaldesk.domain.marks import Mark, MarkFormat, difference
from medaldesk.domain.records import (
    EVERY_BREAK,
    Achievement,
    Outcome,
    RecordPolicy,
    Reign,
    Ruling,
    reigns,
)


@dataclass(frozen=True, slots=True)
class RecordListRow:
    """A record list by name; `form` is that of its event type.

    `series` and `nation` (codes), `venue` (a name), `continent` and `age_class` (`U20`) narrow the
    list where they are there; `policy` says how it is judged.
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
    continent: str | None = None
    age_class: str | None = None
    policy: RecordPolicy = EVERY_BREAK


@dataclass(frozen=True, slots=True)
class RulingRow:
    """What holds of a mark in a list: an ISO day and a source, where it was ruled (RULES R26)."""

    ruling: Ruling
    day: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a record history, the baseline (without `result`) included.

    `improvement` is the difference to the record before it. `unit_kind` names the unit in which
    `reign.stood.units` counts. `ruling` is provisional, without a day, where the list needs
    ratification and nothing was ruled; None where nothing is asked.
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
    ruling: RulingRow | None = None

    @property
    def equalled(self) -> bool:
        return self.outcome is Outcome.EQUALLED


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """A record list with its lines, oldest first.

    `annulled` are the marks that a ruling took out of the list; they never stood.
    """

    list: RecordListRow
    rows: tuple[RecordRow, ...]
    annulled: tuple[RecordRow, ...] = ()

    @property
    def current(self) -> tuple[RecordRow, ...]:
        return tuple(row for row in self.rows if row.reign.current)


class RecordListReads(ProgrammeReads):
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
        rulings = self._rulings(record_list)
        if head.policy.needs_ratification:
            unruled = {line.result: _PROVISIONAL for line in marks if line.result}
            rulings = unruled | rulings
        lines = baseline + marks
        reigned = reigns([line.achievement for line in lines])
        rows: list[RecordRow] = []
        for line, reign in zip(lines, reigned, strict=True):
            before = rows[-1].mark if rows else None
            rows.append(self._record_row(line, reign, before, rulings))
        return RecordHistory(head, tuple(rows), self._annulled(rulings))

    def _annulled(self, rulings: Mapping[int, RulingRow]) -> tuple[RecordRow, ...]:
        """The marks that a ruling took out of a list, the oldest first."""
        out = [result for result, row in rulings.items() if row.ruling is Ruling.ANNULLED]
        return self._rows_of(out, Outcome.ANNULLED, _NEVER_STOOD, rulings)

    def _rows_of(
        self,
        results: Collection[int],
        outcome: Outcome,
        reign: Reign,
        rulings: Mapping[int, RulingRow],
    ) -> tuple[RecordRow, ...]:
        """Marks as lines of a history in which all have the same fate, the oldest first."""
        found = self._rows(_OF_RESULTS, outcome.value, json.dumps([*results])) if results else ()
        return tuple(self._record_row(line, reign, None, rulings) for line in map(_achieved, found))

    def _rulings(self, record_list: int) -> dict[int, RulingRow]:
        """The ruling that holds of each result: the latest."""
        rows = self._rows(
            """SELECT g.result_id, g.ruling, g.date, s.title FROM record_ruling AS g
            LEFT JOIN source AS s ON s.id = g.source_id
            WHERE g.record_list_id = ? ORDER BY g.date, g.id""",
            record_list,
        )
        return {result: RulingRow(Ruling(ruling), *row) for result, ruling, *row in rows}

    def standing_records(self, event: int) -> list[RecordHistory]:
        """The lists of an event with their histories: what the strip above the sheet tells."""
        return [self.record_history(found.id) for found in self.record_lists_of_event(event)]

    def _record_row(
        self, line: _Line, reign: Reign, before: Mark | None, rulings: Mapping[int, RulingRow]
    ) -> RecordRow:
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
            ruling=rulings.get(line.result) if line.result is not None else None,
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


_PROVISIONAL = RulingRow(Ruling.PROVISIONAL)
_NEVER_STOOD = Reign(current=False, stood=None)

_LISTS = f"""SELECT l.id, k.code, k.name, t.id, t.code, t.name, s.code,
    t.mark_kind, t.better, t.decimals,
    (SELECT code FROM nation_code WHERE nation_id = l.nation_id
        ORDER BY coalesce(valid_from, '') DESC, id DESC LIMIT 1), v.name,
    l.continent, l.age_class, {POLICY}
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

_ACHIEVED = f"""r.phase_id, u.position,
    {ENTRY_NAME}, n.nation_id, c.start_date, c.code, c.name,
    c.city, t.unit_kind, r.event_id, r.id"""

_WHOSE = """JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id"""

_MARKS = f"""SELECT r.mark, r.mark_decimals, m.outcome, m.moment, {_ACHIEVED}
FROM record_mark AS m
JOIN result AS r ON r.id = m.result_id
{_WHOSE}
WHERE m.record_list_id = ? ORDER BY m.moment, r.id"""

_OF_RESULTS = f"""SELECT r.mark, r.mark_decimals, ?,
    coalesce(u.date, p.date, e.date), {_ACHIEVED}
FROM json_each(?) AS wanted CROSS JOIN result AS r ON r.id = wanted.value
JOIN phase AS p ON p.id = r.phase_id
{_WHOSE}
WHERE r.mark IS NOT NULL ORDER BY 4, r.id"""


def _list(row: Row) -> RecordListRow:
    head, form, narrowed, policy = row[:7], mark_format(*row[7:10]), row[10:14], row[14:]
    values: Row = (*head, form, *narrowed, record_policy(policy))
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
