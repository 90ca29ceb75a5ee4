"""Reads of records: why a result is one or is not, and what others published of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from medaldesk.book.candidates import FACTS, PLACING, VALID, WHOSE, Placed, candidates
from medaldesk.book.connection import explained_sql
from medaldesk.book.derive_records import events_of_list, judged_whole, stood_before
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.bests import BestReads
from medaldesk.book.reads.record_lists import (
    RecordHistory,
    RecordListReads,
    RecordListRow,
    RecordRow,
    RulingRow,
)
from medaldesk.book.record_lists import RecordList, lists_of_event
from medaldesk.book.record_lists import record_list as kept_list
from medaldesk.domain.marks import Mark
from medaldesk.domain.progressions import ComparedLine, ProgressionLine, compare_progressions
from medaldesk.domain.records import DAY, Outcome, Reign, Ruling, judge

__all__ = [
    "PublishedComparison",
    "PublishedRow",
    "RecordHistory",
    "RecordListRow",
    "RecordReads",
    "RecordReason",
    "RecordRow",
    "RulingRow",
]


@dataclass(frozen=True, slots=True)
class RecordReason:
    """Why a result is, or is not, a record of a list (RULES R28); `stood` held it before.

    `ruling` is the one that annulled the mark, `wind` (millionths of a metre per second) and
    `assistance` are those of the mark.
    """

    list: RecordListRow
    outcome: Outcome
    mark: Mark | None
    stood: RecordRow | None
    margin: Mark | None
    status: str | None = None
    ruling: RulingRow | None = None
    wind: int | None = None
    assistance: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedComparison:
    """A list beside its published progression, the oldest mark first."""

    list: RecordListRow
    lines: tuple[ComparedLine, ...]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A line of a published progression as it is kept; `nation` is a code, `day` an ISO day."""

    mark: Mark
    holder: str
    nation: str
    day: str | None
    source: str | None

    @property
    def line(self) -> ProgressionLine:
        """The line as it is compared."""
        day = date.fromisoformat(self.day) if self.day else None
        return ProgressionLine(self.mark, self.holder, self.nation, day)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A result whose record is asked about; `placed` is there if its mark is valid."""

    id: int
    event: int
    nation: int
    continent: str | None
    mark: Mark | None
    status: str | None
    decided: bool
    wind: int | None
    assistance: str | None
    placed: Placed | None


class RecordReads(RecordListReads, BestReads):
    """Which records stand, which stood, and why."""

    def record_reasons(self, result: int) -> list[RecordReason]:
        """For each list of its event, why a result is or is not a record (RULES R28).

        The lists of other nations and continents are left out.
        """
        mine = self._judged(result)
        rows = {row.id: row for row in self.record_lists_of_event(mine.event)}
        with explained_sql(self._path):
            lists = {found.id: found for found in lists_of_event(self._connection, mine.event)}
        elsewhere = (Outcome.OTHER_NATION, Outcome.OTHER_CONTINENT)
        return [
            self._reason(row, lists[row.id], mine)
            for row in rows.values()
            if lists[row.id].elsewhere(mine.nation, mine.continent) not in elsewhere
        ]

    def published_comparison(self, record_list: int) -> PublishedComparison:
        """The history of a list beside the progression that was published. Raises UnknownCode."""
        published = [row.line for row in self.published(record_list)]
        return self.compared_with(record_list, published)

    def published(self, record_list: int) -> list[PublishedRow]:
        """The published progression that is kept beside a list, as it was typed."""
        return [
            PublishedRow(Mark(mark, decimals), holder, self.nation_code(nation, day), day, source)
            for mark, decimals, holder, nation, day, source in self._rows(_PUBLISHED, record_list)
        ]

    def compared_with(
        self, record_list: int, published: Sequence[ProgressionLine]
    ) -> PublishedComparison:
        """The history of a list beside any progression, kept or not. Raises UnknownCode."""
        history = self.record_history(record_list)
        races: dict[int, int] = dict(self._rows(_RACES, record_list))
        computed = [_computed(row, races) for row in history.rows]
        lines = compare_progressions(computed, published, history.list.form.better)
        return PublishedComparison(history.list, tuple(lines))

    def would_stand(self, record_list: int, result: int, ruling: Ruling) -> tuple[RecordRow, ...]:
        """What would stand in a list if a ruling on a mark held (RULES R26).

        Raises UnknownCode.
        """
        with explained_sql(self._path):
            found = kept_list(self._connection, record_list)
            if found is None:
                raise UnknownCode(what="record_list", code=record_list)
            ruled = frozenset({result})
            out = ruling is Ruling.ANNULLED
            annulled = found.annulled | ruled if out else found.annulled - ruled
            rows = judged_whole(self._connection, replace(found, annulled=annulled))
        last = next((row for row in reversed(rows) if row.outcome == Outcome.SET), None)
        standing = [row.result for row in rows if last is None or row.mark == last.mark]
        stood = self._rows_of(standing, Outcome.SET, _STANDS, {})
        baseline = self.record_history(record_list).rows[:1] if last is None else ()
        return (*(row for row in baseline if row.result is None), *stood)

    def _judged(self, result: int) -> _Judged:
        """What is known of a result. Raises UnknownCode."""
        event, mark, decimals, status, decided, valid, nation, continent, wind, assistance, *_ = (
            self._needed("result", result, _JUDGED, result)
        )
        placed = None
        if valid:
            with explained_sql(self._path):
                among = candidates(self._connection, [event])
            placed = next(p for p in among if p.candidate.key == result)
        return _Judged(
            id=result,
            event=event,
            nation=nation,
            continent=continent,
            mark=None if mark is None else Mark(mark, decimals),
            status=status,
            decided=bool(decided),
            wind=wind,
            assistance=assistance,
            placed=placed,
        )

    def _reason(self, row: RecordListRow, found: RecordList, mine: _Judged) -> RecordReason:
        """Why a result is or is not a record of one list."""
        outcome = _bar(found, mine)
        if outcome is None and mine.placed is not None:
            return self._verdict(row, found, mine.placed)
        assert outcome is not None
        annulled = self._rulings(row.id).get(mine.id) if outcome is Outcome.ANNULLED else None
        return RecordReason(
            row, outcome, mine.mark, None, None, mine.status, annulled, mine.wind, mine.assistance
        )

    def _verdict(self, row: RecordListRow, found: RecordList, mine: Placed) -> RecordReason:
        """Judge a mark with those at its side against what stood before them."""
        at = mine.candidate.moment[: DAY if found.policy.day_best else None]
        with explained_sql(self._path):
            stood = stood_before(self._connection, found, at)
            rivals = [p.candidate for p in self._rivals(found, mine) if found.counts(p)]
        verdicts = judge(stood, rivals, found.better, found.policy)
        verdict = next(v for v in verdicts if v.candidate == mine.candidate)
        # Who equalled a record comes behind whoever set it.
        rows = self.record_history(row.id).rows if verdict.stood else ()
        holder = next((r for r in rows if r.mark.value == _value(verdict.stood)), None)
        return RecordReason(row, verdict.outcome, verdict.candidate.mark, holder, verdict.margin)

    def _rivals(self, found: RecordList, mine: Placed) -> Iterator[Placed]:
        """The marks of the unit of a mark, or of its day where only the best of a day counts."""
        if found.policy.day_best:
            events: Sequence[int] = events_of_list(self._connection, found, mine.day, mine.day)
        else:
            events = [mine.event]
        for placed in candidates(self._connection, events):
            together = placed.candidate.moment == mine.candidate.moment
            if together or (found.policy.day_best and placed.day == mine.day):
                yield placed


def _bar(found: RecordList, mine: _Judged) -> Outcome | None:
    """What keeps a result out of a list, whatever stood in it."""
    if mine.status is not None:
        return Outcome.STATUS_DECIDED if mine.decided else Outcome.STATUS
    if mine.placed is None:
        return Outcome.NO_MARK
    return found.bar(mine.placed)


def _value(mark: Mark | None) -> int | None:
    return None if mark is None else mark.value


def _computed(row: RecordRow, races: dict[int, int]) -> ProgressionLine:
    """A line of a history as one of a progression."""
    day = date.fromisoformat(row.day) if row.day else None
    race = races.get(row.result) if row.result is not None else None
    return ProgressionLine(row.mark, row.holder, row.nation, day, race)


_JUDGED = f"""SELECT r.event_id, r.mark, r.mark_decimals,
    iif(pl.status_decided, pl.status, r.status), pl.status_decided, {VALID}, {FACTS}
FROM result AS r {WHOSE} {PLACING} WHERE r.id = ?"""

_RACES = """SELECT m.result_id, r.phase_id FROM record_mark AS m
JOIN result AS r ON r.id = m.result_id WHERE m.record_list_id = ?"""

_STANDS = Reign(current=True, stood=None)

_PUBLISHED = """SELECT p.mark, p.mark_decimals, p.holder, p.nation_id, p.date, s.title
FROM published_record AS p LEFT JOIN source AS s ON s.id = p.source_id
WHERE p.record_list_id = ? ORDER BY p.position"""
