"""Reads of two medal tables side by side: what is different, and what caused it (RULES R19)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.standings import LEFT_OUT, MedalTable, NationLine, StandingsReads
from medaldesk.book.reads.table_scope import Counted, TableScope, either
from medaldesk.domain.decisions import STANDS
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import (
    USUAL_WEIGHTS,
    DifferenceRow,
    PerCapitaOf,
    RankBy,
    Weights,
    difference,
)


class Why(StrEnum):
    """Why a medal counts in one table and not in the other."""

    OFFICIAL = "official"
    """The event became official on that day."""
    DECISION = "decision"
    """A decision of that day."""
    REVOKED = "revoked"
    """A decision was revoked on that day."""
    RUNNING = "running"
    """The event is not official yet: the medal counts only as it stands."""
    SCOPE = "scope"
    """The two tables do not count the same competitions, events or nations."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A medal that one of two tables counts, and why the other does not.

    `gained` is whether the second counts it. `day` is when it became different, None where no day
    did that; `decision` and `body` tell of the decision behind it, where there is one.
    """

    medal: Medal
    gained: bool
    why: Why
    day: str | None
    decision: int | None
    body: str
    competition: int
    event: int
    event_name: str
    entry: int
    name: str
    nation_id: int


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A nation in two tables: both rows, and what caused each change, in the order of days."""

    nation_id: int
    name: str
    nations: tuple[int, ...]
    row: DifferenceRow[int]
    causes: tuple[Cause, ...]

    @property
    def code(self) -> str:
        """The code of the second table, or where the nation is gone, of the first."""
        row = self.row.after or self.row.before
        return row.nation if row else ""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Two tables and every nation of either; `changed` are those with another cell or rank."""

    before: MedalTable
    after: MedalTable
    lines: tuple[DifferenceLine, ...]

    @property
    def changed(self) -> tuple[DifferenceLine, ...]:
        return tuple(line for line in self.lines if line.row.moved)


@dataclass(frozen=True, slots=True)
class _Award:
    """A medal that only one of the two tables counts: the second, where `gained`.

    `given_by` is the decision by which it is held on the first of its days, `held_by` on the last.
    """

    gained: bool
    medal: Medal
    official: bool
    from_day: str
    until_day: str
    given_by: int | None
    held_by: int | None
    official_at: str | None
    entry: int
    nation: int
    competition: int
    event: int
    event_name: str
    name: str


@dataclass(frozen=True, slots=True)
class _Turn:
    """A day on which a decision about an entry began to count, or with `revoked` ceased to."""

    day: str
    decision: int
    body: str
    revoked: bool


class DifferenceReads(StandingsReads):
    """What is different between two tables."""

    def difference(
        self,
        before: TableScope,
        after: TableScope,
        *,
        rank_by: RankBy = RankBy.GOLD,
        weights: Weights = USUAL_WEIGHTS,
        per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL,
    ) -> TableDifference:
        """Two tables, cell by cell, with the events and decisions behind each change.

        Both go by the grouping view of the second. Raises UnknownCode.
        """
        first, second = (
            self.medal_table(
                replace(scope, grouping=after.grouping),
                rank_by=rank_by,
                weights=weights,
                per_capita_of=per_capita_of,
            )
            for scope in (before, after)
        )
        lines_before, lines_after = _by_id(first), _by_id(second)
        causes = self._causes(first, second)
        lines = []
        for row in difference(
            {key: line.row for key, line in lines_before.items()},
            {key: line.row for key, line in lines_after.items()},
        ):
            line = lines_after.get(row.key) or lines_before[row.key]
            found = tuple(causes.get(row.key, ()))
            lines.append(DifferenceLine(row.key, line.name, line.nations, row, found))
        return TableDifference(first, second, tuple(lines))

    def _causes(self, before: MedalTable, after: MedalTable) -> Mapping[int, list[Cause]]:
        """Line to the medals that only one of the tables counts, the earliest change first."""
        line_of = {
            nation: line.nation_id
            for table in (before, after)
            for line in table.lines
            for nation in line.nations
        }
        counted = self.counted(before.scope), self.counted(after.scope)
        causes: dict[int, list[Cause]] = defaultdict(list)
        for award in self._only_in_one(*counted):
            # It is the table that does not count a medal which knows why.
            cause = self._cause(award, counted[0] if award.gained else counted[1])
            causes[line_of[award.nation]].append(cause)
        for found in causes.values():
            found.sort(key=lambda cause: (cause.day or "9999", cause.event, cause.gained))
        return causes

    def _only_in_one(self, before: Counted, after: Counted) -> list[_Award]:
        """The medals that are counted in one of the two tables only, those left out aside."""
        (was, was_values), (now, now_values) = before.awards(), after.awards()
        somewhere, ids = either(before, after)
        awards = [
            _Award(bool(gained), Medal(medal), bool(official), *row)
            for gained, medal, official, *row in self._rows(
                _ONLY_IN_ONE.format(was=was, now=now, somewhere=somewhere),
                *(*now_values, *ids, *was_values, *now_values),
            )
        ]
        # Who lost a medal and has it again is in both tables, by two rows.
        sides = Counter((award.entry, award.medal) for award in awards)
        return [self._whole(award) for award in awards if sides[award.entry, award.medal] == 1]

    def _whole(self, award: _Award) -> _Award:
        """A medal for all the days on which it was held without a break, by whatever decisions."""
        if award.from_day == award.official_at and award.until_day == STANDS:
            return award
        spans = self._rows(_SPANS, award.entry, award.medal)
        for first, until, decision in reversed(spans):
            if until == award.from_day:
                award = replace(award, from_day=first, given_by=decision)
        for first, until, decision in spans:
            if first == award.until_day:
                award = replace(award, until_day=until, held_by=decision)
        return award

    def _cause(self, award: _Award, other: Counted) -> Cause:
        """Why the other table does not count a medal."""
        day = other.edge(official=award.official, first=award.from_day, until=award.until_day)
        turn = None
        if not award.official and not other.scope.as_it_stands:
            why = Why.RUNNING
        elif day is None:
            why = Why.SCOPE
        else:
            why, turn = self._turned(award, day)
        return Cause(
            medal=award.medal,
            gained=award.gained,
            why=why,
            day=day,
            decision=turn.decision if turn else None,
            body=turn.body if turn else "",
            competition=award.competition,
            event=award.event,
            event_name=award.event_name,
            entry=award.entry,
            name=award.name,
            nation_id=award.nation,
        )

    def _turned(self, award: _Award, day: str) -> tuple[Why, _Turn | None]:
        """What happened to the entry on the day on which the medal was won or lost.

        A decision taken before the event was official counts from that day on.
        """
        if day == award.official_at:
            turns = self._turns(award.entry) if award.given_by is not None else []
            given = (turn for turn in turns if turn.decision == award.given_by)
            return Why.OFFICIAL, next(given, None)
        turn = _turn(award, day, self._turns(award.entry))
        return (Why.REVOKED if turn and turn.revoked else Why.DECISION), turn

    def _turns(self, entry: int) -> list[_Turn]:
        """The days on which decisions that can change its medal began or ceased to count.

        The last taken are first, each before its revocation.
        """
        turns = []
        for decision, body, taken, revoked in self._rows(_DECISIONS, entry):
            turns.append(_Turn(taken, decision, body, revoked=False))
            if revoked:
                turns.append(_Turn(revoked, decision, body, revoked=True))
        return turns


def _by_id(table: MedalTable) -> dict[int, NationLine]:
    return {line.nation_id: line for line in table.lines}


def _turn(award: _Award, day: str, turns: Sequence[_Turn]) -> _Turn | None:
    """Of what was decided about an entry on a day, what won it a medal, or took it.

    It is the decision that the medal is by. A medal by none comes with a revocation, and goes with
    a decision.
    """
    won = day == award.from_day
    by = award.given_by if won else award.held_by
    return min(
        (turn for turn in turns if turn.day == day),
        key=lambda turn: (turn.decision != by, turn.revoked is not won),
        default=None,
    )


_ONLY_IN_ONE = f"""SELECT ({{now}}), w.medal, w.official, w.from_day, w.until_day, w.decision_id,
    w.decision_id, e.official_at, w.entry_id, w.nation_id, w.competition_id, w.event_id,
    c.name || ' · ' || t.name, {ENTRY_NAME}
FROM award AS w
CROSS JOIN event AS e ON e.id = w.event_id
CROSS JOIN event_type AS t ON t.id = e.event_type_id
CROSS JOIN competition AS c ON c.id = w.competition_id
CROSS JOIN entry AS n ON n.id = w.entry_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
WHERE {{somewhere}} AND ({{was}}) <> ({{now}}) AND NOT EXISTS ({LEFT_OUT})
ORDER BY w.event_id, w.entry_id, w.from_day"""
"""Awards first, as the joins are only for the few that differ."""

_SPANS = """SELECT from_day, until_day, decision_id FROM award
WHERE entry_id = ? AND medal = ? ORDER BY from_day"""

_DECISIONS = """SELECT d.id, d.body, d.date, d.revoked_on
FROM decision_line AS l CROSS JOIN decision AS d ON d.id = l.decision_id
WHERE l.entry_id = ? AND (l.medal IS NOT NULL OR l.sets_status)
ORDER BY d.date DESC, d.id DESC"""
