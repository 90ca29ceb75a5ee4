"""Reads of records: why a result is one or is not, and what others published of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from medaldesk.book.candidates import FACTS, PLACING, VALID, WHOSE, Placed, candidates
from medaldesk.book.connection import explained_sql
from medaldesk.book.derive_records import events_of_list, stood_before
from medaldesk.book.reads.bests import BestReads
from medaldesk.book.reads.record_lists import (
    RecordHistory,
    RecordListReads,
    RecordListRow,
    RecordRow,
    RulingRow,
)
from medaldesk.book.record_lists import RecordList, lists_of_event
from medaldesk.domain.marks import Mark
from medaldesk.domain.progressions import ComparedLine, ProgressionLine, compare_progressions
from medaldesk.domain.records import DAY, Outcome, judge

__all__ = [
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
        history = self.record_history(record_list)
        races: dict[int, int] = dict(self._rows(_RACES, record_list))
        computed = [_computed(row, races) for row in history.rows]
        published = [
            ProgressionLine(
                Mark(mark, decimals),
                holder,
                self.nation_code(nation, day),
                date.fromisoformat(day) if day else None,
            )
            for mark, decimals, holder, nation, day in self._rows(_PUBLISHED, record_list)
        ]
        lines = compare_progressions(computed, published, history.list.form.better)
        return PublishedComparison(history.list, tuple(lines))

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

_PUBLISHED = """SELECT mark, mark_decimals, holder, nation_id, date FROM published_record
WHERE record_list_id = ? ORDER BY position"""
