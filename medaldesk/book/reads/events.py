"""Reads of one event: its head, its results, its medals while it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from medaldesk.book.connection import explained_sql
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.programme import ProgrammeReads, mark_format
from medaldesk.book.statuses import irm_order
from medaldesk.domain.classification import Classification, Field, Performance, Starter
from medaldesk.domain.decisions import STANDS, Decision, DecisionLine, decide_event
from medaldesk.domain.marks import (
    Better,
    Mark,
    MarkFormat,
    Split,
    SplitKind,
    behind_mark,
    resolve_splits,
)
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import IrmOrder, Placing
from medaldesk.domain.records import BestScope, Outcome
from medaldesk.domain.units import UnitPlace


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase of an event, in its order."""

    id: int
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class EventHead:
    """All that stands above a result sheet.

    `units` is the highest unit of the phase in sight, `units_done` the highest with a mark or a
    status there; `finished` counts the results that have one. `breaks_ties`: its rules demand that
    ties are broken (RULES R3). `decisions` counts those taken, revoked ones too.
    """

    id: int
    path: str
    name: str
    discipline: str
    competition: int
    competition_name: str
    event_type: int
    day: str
    venue: str | None
    status: str
    official_at: str | None
    classification: str
    bronzes: int
    unit_kind: str
    breaks_ties: bool
    measures_wind: bool
    team: bool
    gender: str
    form: MarkFormat
    phases: tuple[PhaseRow, ...]
    entries: int
    units: int
    units_done: int
    finished: int
    decisions: int


@dataclass(frozen=True, slots=True)
class RecordFlag:
    """A record of a list at this result: `OR` set, or `=OR` equalled."""

    record_list: int
    code: str
    outcome: Outcome

    @property
    def text(self) -> str:
        return self.code if self.outcome is Outcome.SET else f"={self.code}"


@dataclass(frozen=True, slots=True)
class BestFlag:
    """A personal or season best at this result: `PB`, `SB`, or `=PB`, `=SB` (RULES R29)."""

    scope: BestScope
    outcome: Outcome

    @property
    def text(self) -> str:
        code = "PB" if self.scope is BestScope.PERSONAL else "SB"
        return code if self.outcome is Outcome.SET else f"={code}"


@dataclass(frozen=True, slots=True)
class SplitRow:
    """An intermediate as entered; of `cumulative` and `lap` one is that, the other derived."""

    label: str
    mark: Mark
    kind: SplitKind
    cumulative: Mark | None = None
    lap: Mark | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of a result sheet.

    `nation` is the code on the first day of the competition. `rank`, `sort_order` and `behind`
    are those of the event, and those of the phase on the sheet of a phase that does not decide
    it. `medal`, `behind` and `tie_open` stand with the last result of an entry. `behind` is None
    for the best and those without a rank. `status` is what a decision set, if it set one
    (`status_decided`), whatever was typed (`typed_status`). `decision` is the last one in force
    that names the entry, `medal_ruling` what it says in place of a medal: `none`, `withheld`,
    `pending`. `wind` is in millionths of a metre per second.
    """

    id: int
    entry: int
    athlete: int | None
    name: str
    nation_id: int
    nation: str
    place: UnitPlace
    start_order: int | None
    mark: Mark | None
    score: str | None
    status: str | None
    tie_break: int | None
    rank: int | None
    rank_equal: bool
    sort_order: int
    behind: Mark | None
    tie_open: bool
    medal: Medal | None
    records: tuple[RecordFlag, ...]
    splits: tuple[SplitRow, ...]
    note: str | None
    typed_rank: int | None
    typed_status: str | None
    status_decided: bool
    decision: int | None
    medal_ruling: str | None
    best: BestFlag | None
    wind: int | None
    assistance: str | None
    members: tuple[str, ...]

    @property
    def has_entry(self) -> bool:
        """Whether anything was entered: a mark, a score, a status or a rank."""
        entered = (self.mark, self.score, self.typed_status, self.typed_rank)
        return any(value is not None for value in entered)


class EventReads(ProgrammeReads):
    """What happened in an event."""

    def event_head(self, event: int, phase: int | None = None) -> EventHead:
        """The head of an event, its units those of a phase: the last one where none is named.

        Raises UnknownCode.
        """
        *head, ties, wind, team, gender, kind, better, decimals = self._needed(
            "event", event, _HEAD, event
        )
        phases = tuple(
            PhaseRow(*phase)
            for phase in self._rows(
                "SELECT id, position, name FROM phase WHERE event_id = ? ORDER BY position", event
            )
        )
        ids = [each.id for each in phases]
        in_sight = phase if phase in ids else next(reversed(ids), None)
        counts = self._needed("event", event, _COUNTS, in_sight, event, event, event)
        kinds: Row = (bool(ties), bool(wind), bool(team), gender)
        values: Row = (*head, *kinds, mark_format(kind, better, decimals), phases, *counts)
        return EventHead(*values)

    def results(self, event: int, phase: int | None = None) -> list[ResultRow]:
        """The result sheet of an event in the order of the sheet; of one phase where asked.

        A phase that does not decide the event is ranked by its own results (RULES R1, R5).
        """
        rows = self._rows(
            f"{_RESULTS} WHERE r.event_id = ? AND (? IS NULL OR r.phase_id = ?) "
            "ORDER BY pl.sort_order, p.position DESC, r.id",
            event,
            event,
            phase,
            phase,
        )
        parts = _Parts(
            self._record_flags(event),
            self._splits(event),
            self._member_names(event) if any(row[2] is None for row in rows) else {},
        )
        sheet = [self._result(row, parts) for row in rows]
        decides = phase is None or all(row[-1] for row in rows)
        return sheet if decides else self._ranked_alone(event, sheet)

    def _ranked_alone(self, event: int, sheet: Sequence[ResultRow]) -> list[ResultRow]:
        """The sheet of a phase as if there were no other; a typed rank is that of the event."""
        method, better = self._needed("event", event, _METHOD, event)
        if method == Classification.MANUAL:
            return list(sheet)
        with explained_sql(self._path):
            order = irm_order(self._connection, event)
        placings = _phase_placings(sheet, Better(better), order)
        last = {row.entry: row.id for row in sorted(sheet, key=lambda row: row.id)}
        ranked = (
            _placed(row, placings[row.entry], is_last=last[row.entry] == row.id) for row in sheet
        )
        return sorted(ranked, key=lambda row: (row.sort_order, row.id))

    def _result(self, row: Row, parts: _Parts) -> ResultRow:
        (
            result, entry, athlete, name, nation, day, unit, lane, start_order,
            mark, decimals, score, typed_status, tie_break, rank, equal, sort_order, tie_open,
            behind, medal, note, typed_rank, decided, decided_status, decision, medal_ruling,
            best_scope, best_outcome, wind, assistance, is_last, _,
        ) = row  # fmt: skip
        return ResultRow(
            id=result,
            entry=entry,
            athlete=athlete,
            name=name,
            nation_id=nation,
            nation=self.nation_code(nation, day),
            place=UnitPlace(unit, lane),
            start_order=start_order,
            mark=Mark(mark, decimals) if mark is not None else None,
            score=score,
            status=decided_status if decided else typed_status,
            tie_break=tie_break,
            rank=rank,
            rank_equal=bool(equal),
            sort_order=sort_order,
            behind=behind_mark(behind, decimals or 0) if is_last else None,
            tie_open=bool(tie_open and is_last),
            medal=Medal(medal) if medal and is_last else None,
            records=parts.records.get(result, ()),
            splits=parts.splits.get(result, ()),
            note=note,
            typed_rank=typed_rank,
            typed_status=typed_status,
            status_decided=bool(decided),
            decision=decision,
            medal_ruling=medal_ruling if is_last else None,
            best=best_flag(best_scope, best_outcome),
            wind=wind,
            assistance=assistance,
            members=parts.members.get(entry, ()),
        )

    def entry_of(self, event: int, athlete: int) -> int | None:
        """The entry of an athlete in an event, if there is one."""
        row = self._row(
            "SELECT id FROM entry WHERE event_id = ? AND athlete_id = ?", event, athlete
        )
        return int(row[0]) if row else None

    def event_of_result(self, result: int) -> int:
        """The event a result belongs to. Raises UnknownCode."""
        row = self._needed("result", result, "SELECT event_id FROM result WHERE id = ?", result)
        return int(row[0])

    def short_names(self, event: int) -> dict[int, str]:
        """Entry to the family name, or the team's name: as a speaker would say it."""
        return dict(self._rows(f"{_SHORT_NAMES} WHERE n.event_id = ?", event))

    def short_name_of_result(self, result: int) -> str:
        """The family name behind a result. Raises UnknownCode."""
        where = "WHERE n.id = (SELECT entry_id FROM result WHERE id = ?)"
        return str(self._needed("result", result, f"{_SHORT_NAMES} {where}", result)[1])

    def previous_edition(self, event: int) -> int | None:
        """The same event at the competition before, of the same series."""
        row = self._row(
            """SELECT p.id FROM event AS e
            JOIN competition AS c ON c.id = e.competition_id
            JOIN event AS p ON p.event_type_id = e.event_type_id AND p.date < e.date
            JOIN competition AS pc ON pc.id = p.competition_id AND pc.series_id IS c.series_id
            WHERE e.id = ? ORDER BY p.date DESC LIMIT 1""",
            event,
        )
        return int(row[0]) if row else None

    def _record_flags(self, event: int) -> dict[int, tuple[RecordFlag, ...]]:
        return record_flags(
            self._rows(
                """SELECT m.result_id, m.record_list_id, k.code, m.outcome FROM record_mark AS m
                JOIN record_list AS l ON l.id = m.record_list_id
                JOIN record_kind AS k ON k.id = l.record_kind_id
                WHERE m.event_id = ? ORDER BY k.id, l.id""",
                event,
            )
        )

    def _member_names(self, event: int) -> dict[int, tuple[str, ...]]:
        """Entry to the names of its team, in order (RULES R11)."""
        names: dict[int, list[str]] = defaultdict(list)
        for entry, name in self._rows(
            """SELECT m.entry_id, a.name FROM entry AS n
            JOIN entry_member AS m ON m.entry_id = n.id JOIN athlete AS a ON a.id = m.athlete_id
            WHERE n.event_id = ? ORDER BY m.position, m.id""",
            event,
        ):
            names[entry].append(name)
        return {entry: tuple(found) for entry, found in names.items()}

    def _splits(self, event: int) -> dict[int, tuple[SplitRow, ...]]:
        rows = self._rows(
            """SELECT s.result_id, s.position, s.label, s.kind, s.value, s.decimals
            FROM result AS r JOIN split AS s ON s.result_id = r.id
            WHERE r.event_id = ? ORDER BY s.result_id, s.position""",
            event,
        )
        return {
            result: tuple(_split_rows([row[1:] for row in found]))
            for result, found in groupby(rows, key=itemgetter(0))
        }


@dataclass(frozen=True, slots=True)
class _Parts:
    """What belongs to the lines of a sheet: records and splits by result, members by entry."""

    records: Mapping[int, tuple[RecordFlag, ...]]
    splits: Mapping[int, tuple[SplitRow, ...]]
    members: Mapping[int, tuple[str, ...]]


def _phase_placings(
    sheet: Sequence[ResultRow], better: Better, order: IrmOrder
) -> dict[int, Placing]:
    """Entry to where a phase alone puts it.

    A status that a decision set takes the rank away here, too, and nobody moves up (RULES R8).
    """
    places = {key: place for place, key in enumerate(sorted({_start_key(row) for row in sheet}))}
    performances = [
        Performance(
            row.entry,
            row.mark.value if row.mark else None,
            row.tie_break,
            row.typed_status,
            places[_start_key(row)] if _has_start(row) else None,
        )
        for row in sheet
    ]
    starters = [Starter(entry, name) for entry, name in {r.entry: r.name for r in sheet}.items()]
    lines = [
        DecisionLine(row.entry, sets_status=True, status=row.status)
        for row in sheet
        if row.status_decided
    ]
    field = Field(starters, [performances], better, order)
    found = decide_event(Classification.FINAL, field, [Decision(0, "", lines)] if lines else ())
    return {decided.entry: decided.placing for decided in found.decided}


def _start_key(row: ResultRow) -> tuple[object, ...]:
    """Unit, start order, lane: how equals stand (RULES R2)."""
    unit, start, lane = row.place.unit, row.start_order, row.place.lane or ""
    return (unit is None, unit or 0, start is None, start or 0, len(lane), lane)


def _has_start(row: ResultRow) -> bool:
    return row.place.unit is not None or row.start_order is not None


def _placed(row: ResultRow, placing: Placing, *, is_last: bool) -> ResultRow:
    decimals = row.mark.decimals if row.mark else 0
    return replace(
        row,
        rank=placing.rank,
        rank_equal=placing.equal,
        sort_order=placing.sort_order,
        behind=behind_mark(placing.behind, decimals) if is_last else None,
    )


def record_flags(rows: Iterable[Row]) -> dict[int, tuple[RecordFlag, ...]]:
    """Result to its flags, from rows of result, list, code of the kind and outcome."""
    flags: dict[int, list[RecordFlag]] = defaultdict(list)
    for result, record_list, code, outcome in rows:
        flags[result].append(RecordFlag(record_list, code, Outcome(outcome)))
    return {result: tuple(found) for result, found in flags.items()}


def best_flag(scope: str | None, outcome: str | None) -> BestFlag | None:
    """The flag of a row of `best_mark`, if there is one."""
    if scope is None or outcome is None:
        return None
    return BestFlag(BestScope(scope), Outcome(outcome))


def _split_rows(rows: Sequence[Row]) -> Iterator[SplitRow]:
    """The splits of one result, with the clock and the lap of each (RULES 1)."""
    known = {position: Split(value, SplitKind(kind)) for position, _, kind, value, _ in rows}
    resolved = resolve_splits([known.get(place) for place in range(1, max(known, default=0) + 1)])
    finest = 0
    for position, label, kind, value, decimals in rows:
        finest = max(finest, decimals)
        pair = resolved[position - 1]
        mark, cumulative = Mark(value, decimals), kind == SplitKind.CUMULATIVE
        yield SplitRow(
            label,
            mark,
            SplitKind(kind),
            mark if cumulative else _mark(pair.cumulative, finest),
            _mark(pair.lap, finest) if cumulative else mark,
        )


def _mark(value: int | None, decimals: int) -> Mark | None:
    return None if value is None else Mark(value, decimals)


_HEAD = """SELECT e.id, c.code || '/' || t.code, t.name, d.name, c.id, c.name, t.id, e.date,
    v.name, e.status, e.official_at, e.classification, e.bronzes, t.unit_kind,
    e.breaks_ties, t.measures_wind, t.team, t.gender, t.mark_kind, t.better, t.decimals
FROM event AS e
JOIN event_type AS t ON t.id = e.event_type_id
JOIN discipline AS d ON d.id = t.discipline_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN venue AS v ON v.id = e.venue_id
WHERE e.id = ?"""

_METHOD = """SELECT e.classification, t.better
FROM event AS e JOIN event_type AS t ON t.id = e.event_type_id WHERE e.id = ?"""

_COUNTS = """WITH sheet AS (
    SELECT r.entry_id, u.position AS unit, r.phase_id = ? AS last,
        coalesce(r.mark, r.score, r.status, n.typed_rank) IS NOT NULL AS done
    FROM result AS r JOIN entry AS n ON n.id = r.entry_id
    LEFT JOIN unit AS u ON u.id = r.unit_id WHERE r.event_id = ?)
SELECT (SELECT count(*) FROM entry WHERE event_id = ?), coalesce(max(unit) FILTER (WHERE last), 0),
    coalesce(max(unit) FILTER (WHERE last AND done), 0), coalesce(sum(done), 0),
    (SELECT count(*) FROM decision WHERE event_id = ?)
FROM sheet"""

IS_LAST = """NOT EXISTS (SELECT 1 FROM result AS later JOIN phase AS lp ON lp.id = later.phase_id
    WHERE later.entry_id = r.entry_id AND (lp.position, later.id) > (p.position, r.id))"""
"""Whether result r in phase p is the last one of its entry."""

_RESULTS = f"""SELECT r.id, n.id, n.athlete_id, {ENTRY_NAME},
    n.nation_id, c.start_date, u.position, r.lane, r.start_order, r.mark, r.mark_decimals,
    r.score, r.status, r.tie_break, pl.rank, pl.rank_equal, pl.sort_order, pl.tie_open,
    pl.behind, w.medal, r.note, n.typed_rank,
    pl.status_decided, pl.status, pl.decision_id, pl.medal_ruling,
    b.scope, b.outcome, r.wind, r.assistance, {IS_LAST},
    p.position = (SELECT max(position) FROM phase WHERE event_id = ?)
FROM result AS r
JOIN entry AS n ON n.id = r.entry_id
JOIN phase AS p ON p.id = r.phase_id
JOIN event AS e ON e.id = r.event_id
JOIN competition AS c ON c.id = e.competition_id
JOIN placing AS pl ON pl.entry_id = n.id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '{STANDS}'
LEFT JOIN best_mark AS b ON b.result_id = r.id"""

_SHORT_NAMES = """SELECT n.id, coalesce(iif(n.printed_name IS NULL, a.family_name, NULL),
    n.printed_name, n.team_name, a.name)
FROM entry AS n LEFT JOIN athlete AS a ON a.id = n.athlete_id"""
