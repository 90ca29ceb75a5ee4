"""Reads of medal tables and the medals behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.counting import CountingReads, NationCount
from medaldesk.book.reads.nations import GroupingView, NationGroup, Population, population_on
from medaldesk.book.reads.programme import CompetitionRow, NamedCode
from medaldesk.book.reads.table_scope import TableScope, scope_of
from medaldesk.domain.decisions import STANDS
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import (
    USUAL_WEIGHTS,
    Breakdown,
    Contender,
    PerCapitaOf,
    RankBy,
    StandingsRow,
    Tally,
    Weights,
    rank_nations,
    totals,
)


@dataclass(frozen=True, slots=True)
class NationLine:
    """A line of the table: a nation's id and name beside what the ranking engine said.

    `nations` are the ids counted in the line: more than one where a grouping view merges them;
    `nation_id` is then the first nation of the group. `ranked` is false for a nation that is
    listed unranked (RULES R15). A merged line has the population of the one nation of the group
    whose code it bears: states that followed one another have no population together.
    """

    nation_id: int
    name: str
    row: StandingsRow
    nations: tuple[int, ...]
    by_gender: Breakdown
    ranked: bool
    population: Population | None


@dataclass(frozen=True, slots=True)
class MedalTable:
    """A medal table: of a competition, of several, or of a series.

    `competition` is None where there are several, or none; `competitions` stand by first day.
    `official` tells the table of official events from the one as it stands (RULES R10);
    `events` counts the events in it; `totals` sums what is listed, `left_out` the medals of the
    nations left out (RULES R15). `merged` is the grouping view that the table goes by (RULES R14).
    """

    scope: TableScope
    competition: CompetitionRow | None
    competitions: tuple[CompetitionRow, ...]
    official: bool
    rank_by: RankBy
    weights: Weights
    per_capita_of: PerCapitaOf
    merged: NamedCode | None
    lines: tuple[NationLine, ...]
    totals: Tally
    left_out: Tally
    events: int

    @property
    def world(self) -> Tally:
        """All medals, those of nations left out too (RULES R15)."""
        return self.totals + self.left_out


@dataclass(frozen=True, slots=True)
class MedalRow:
    """One medal: who won it, where, and the id of the decision that gave it, if one did."""

    event: int
    event_name: str
    result: int
    name: str
    nation: str
    medal: Medal
    day: str
    official: bool
    entry: int
    decision: int | None
    nation_id: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is ranked."""

    nation_id: int
    code: str
    name: str
    nations: tuple[int, ...]
    by_gender: Breakdown
    ranked: bool
    population: Population | None


class StandingsReads(CountingReads):
    """Who won how many medals."""

    def medal_table(
        self,
        scope: TableScope | int,
        *,
        rank_by: RankBy = RankBy.GOLD,
        weights: Weights = USUAL_WEIGHTS,
        per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL,
        as_it_stands: bool = False,
    ) -> MedalTable:
        """The table of a scope, or of one competition by its id (RULES R17). Raises UnknownCode.

        Codes are those of the first day of the latest competition, as of a day of the latest
        that had begun (RULES R13); populations the latest not after the day of the table. A
        nation is unranked where it is so in every competition that it has medals from.
        """
        wanted = scope_of(scope, as_it_stands=as_it_stands)
        heads, counted = self.competitions_in(wanted), self.counted(wanted)
        counts, left_out = self.nation_counts(counted)
        view = None if wanted.grouping is None else self.grouping_view(wanted.grouping)
        day = _code_day(heads, wanted.as_of)
        lines = list(
            _ranked(self._lines(counts, view, day, wanted.as_of or ""), weights, per_capita_of)
        )
        return MedalTable(
            scope=wanted,
            competition=heads[0] if len(heads) == 1 else None,
            competitions=heads,
            official=not wanted.as_it_stands,
            rank_by=rank_by,
            weights=weights,
            per_capita_of=per_capita_of,
            merged=NamedCode(view.code, view.name) if view else None,
            lines=tuple(sorted(lines, key=lambda line: line.row.place(rank_by))),
            totals=totals(line.row for line in lines),
            left_out=left_out,
            events=self.events_in(counted),
        )

    def tally(self, competition: int, nation: int, *, as_it_stands: bool) -> Tally:
        """The medals of one nation at one competition."""
        where, values = self.counted(scope_of(competition, as_it_stands=as_it_stands)).awards()
        return self.sum_awards(
            f"FROM award AS w WHERE {where} AND w.nation_id = ?", *values, nation
        )

    def personal_tally(self, athlete: int, scope: TableScope | None = None) -> Tally:
        """All medals of an athlete; one of a team counts for every member (RULES R11)."""
        where, values = self.counted(scope or TableScope()).awards()
        return self.sum_awards(
            f"FROM award AS w WHERE w.entry_id IN ({_ENTRIES_OF}) AND {where}",
            *(athlete, athlete, *values),
        )

    def medals_of(
        self,
        scope: TableScope | int,
        nations: int | Sequence[int],
        medals: Sequence[Medal] = tuple(Medal),
        *,
        as_it_stands: bool = False,
        left_out: bool = False,
    ) -> list[MedalRow]:
        """The medals behind a number of the table, by day and medal.

        No nations are all of them; `left_out` asks for the medals left out of the table instead.
        """
        where, values = self.counted(scope_of(scope, as_it_stands=as_it_stands)).awards()
        wanted = [nations] if isinstance(nations, int) else list(nations)
        of_nations = f"AND w.nation_id IN ({_slots(wanted)})" if wanted else ""
        rows = self._rows(
            f"""{_MEDALS} WHERE {where} {of_nations} AND w.medal IN ({_slots(medals)})
            AND {"" if left_out else "NOT"} EXISTS ({LEFT_OUT})
            ORDER BY w.day, t.name, w.medal = 'bronze', w.medal = 'silver', n.id""",
            *(*values, *wanted, *medals),
        )
        return [self._medal(row) for row in rows]

    def career(self, athlete: int, event_type: int | None = None) -> list[MedalRow]:
        """An athlete's medals, of one event type or of all, the earliest first.

        The medals of the teams that the athlete was in are among them (RULES R11).
        """
        rows = self._rows(
            f"""{_MEDALS} WHERE w.entry_id IN ({_ENTRIES_OF}) AND w.until_day = ?
            AND (? IS NULL OR e.event_type_id = ?) ORDER BY e.date, e.id""",
            *(athlete, athlete, STANDS, event_type, event_type),
        )
        return [self._medal(row) for row in rows]

    def _lines(
        self, counts: Mapping[int, NationCount], view: GroupingView | None, day: str, as_of: str
    ) -> list[_Line]:
        """The lines of the table, not yet ranked; `day` is that of the codes."""
        groups = (
            {nation: group for group in view.groups for nation in group.nations} if view else {}
        )
        together: dict[int, list[NationCount]] = defaultdict(list)
        for nation, count in counts.items():
            group = groups.get(nation)
            together[group.nations[0] if group else nation].append(count)
        bearers = {line: self._bearer(line, groups.get(line), day) for line in together}
        figures = self.populations([nation for nation in bearers.values() if nation is not None])
        return [
            _Line(
                nation_id=line,
                code=group.code if group else self.nation_code(line, day),
                name=group.name if group else self.nation_name(line, day),
                nations=group.nations if group else (line,),
                by_gender=_together([count.by_gender for count in merged]),
                ranked=_any_ranked(merged),
                population=population_on(figures.get(bearers[line] or 0, ()), as_of or day),
            )
            for line, merged in together.items()
            for group in (groups.get(line),)
        ]

    def _bearer(self, line: int, group: NationGroup | None, day: str) -> int | None:
        """The nation whose code a line bears, if one of a group does."""
        if group is None:
            return line
        bearers = (n for n in group.nations if self.nation_code(n, day) == group.code)
        return next(bearers, None)

    def _medal(self, row: Row) -> MedalRow:
        event, event_name, result, name, nation, medal, day, official, entry, decision, start = row
        return MedalRow(
            event=event,
            event_name=str(event_name),
            result=result,
            name=str(name),
            nation=self.nation_code(nation, str(start)),
            medal=Medal(str(medal)),
            day=str(day),
            official=bool(official),
            entry=entry,
            decision=decision,
            nation_id=nation,
        )


def _code_day(heads: Sequence[CompetitionRow], as_of: str | None) -> str:
    """The day whose codes a table bears; empty where there is no competition."""
    begun = [head.start for head in heads if as_of is None or head.start <= as_of]
    return max(begun or [head.start for head in heads], default="")


def _together(parts: Sequence[Breakdown]) -> Breakdown:
    return parts[0] if len(parts) == 1 else sum(parts, Breakdown())


def _any_ranked(counts: Sequence[NationCount]) -> bool:
    """Whether a merged line is ranked: where a nation is that has medals, if any has."""
    if len(counts) == 1:
        return counts[0].ranked
    winners = [count for count in counts if count.by_gender.total.total]
    return any(count.ranked for count in winners or counts)


def _ranked(
    lines: Sequence[_Line], weights: Weights, per_capita_of: PerCapitaOf
) -> Iterator[NationLine]:
    """What the ranking engine says of the lines."""
    rows = rank_nations(
        (
            Contender(
                line.code,
                line.by_gender.total,
                line.ranked,
                line.population.people if line.population else None,
            )
            for line in lines
        ),
        weights=weights,
        per_capita_of=per_capita_of,
    )
    for line, row in zip(lines, rows, strict=True):
        yield NationLine(
            nation_id=line.nation_id,
            name=line.name,
            row=row,
            nations=line.nations,
            by_gender=line.by_gender,
            ranked=line.ranked,
            population=line.population,
        )


def _slots(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


_ENTRIES_OF = """SELECT id FROM entry WHERE athlete_id = ?
UNION SELECT entry_id FROM entry_member WHERE athlete_id = ?"""

LEFT_OUT = """SELECT 1 FROM competition_nation AS cn
WHERE cn.competition_id = w.competition_id AND cn.nation_id = w.nation_id
    AND cn.membership = 'left_out'"""

_MEDALS = f"""SELECT w.event_id, c.name || ' · ' || t.name,
    (SELECT r.id FROM result AS r JOIN phase AS p ON p.id = r.phase_id WHERE r.entry_id = n.id
        ORDER BY p.position DESC, r.id LIMIT 1),
    {ENTRY_NAME}, w.nation_id, w.medal, e.date, w.official,
    w.entry_id, w.decision_id, c.start_date
FROM award AS w
JOIN entry AS n ON n.id = w.entry_id
JOIN event AS e ON e.id = w.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = w.competition_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id"""
