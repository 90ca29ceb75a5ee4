"""Reads of medal tables and the medals behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medaldesk.book.reads.base import Row
from medaldesk.book.reads.programme import CompetitionRow, ProgrammeReads
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import RankBy, StandingsRow, Tally, rank_nations, totals


@dataclass(frozen=True, slots=True)
class NationLine:
    """A nation of the table: its id and name beside what the ranking engine said."""

    nation_id: int
    name: str
    row: StandingsRow


@dataclass(frozen=True, slots=True)
class MedalTable:
    """The medal table of a competition.

    `official` tells the table of official events from the one as it stands (RULES R10);
    `events` counts the events in it; `totals` sums what is listed.
    """

    competition: CompetitionRow
    official: bool
    rank_by: RankBy
    lines: tuple[NationLine, ...]
    totals: Tally
    events: int


@dataclass(frozen=True, slots=True)
class MedalRow:
    """One medal: who won it, where."""

    event: int
    event_name: str
    result: int
    name: str
    nation: str
    medal: Medal
    day: str
    official: bool


class StandingsReads(ProgrammeReads):
    """Who won how many medals."""

    def medal_table(
        self,
        competition: int,
        *,
        rank_by: RankBy = RankBy.GOLD,
        as_it_stands: bool = False,
    ) -> MedalTable:
        """The table of one competition (RULES R17). Raises UnknownCode.

        Nations left out of it by `set_membership` are not listed (RULES R15).
        """
        head = self.competition(competition)
        tallies = self._tallies(competition, as_it_stands=as_it_stands)
        rows = rank_nations((self.nation_code(n, head.start), tallies[n]) for n in tallies)
        lines = [
            NationLine(nation, self.nation_name(nation, head.start), row)
            for nation, row in zip(tallies, rows, strict=True)
        ]
        return MedalTable(
            competition=head,
            official=not as_it_stands,
            rank_by=rank_by,
            lines=tuple(sorted(lines, key=lambda line: line.row.place(rank_by))),
            totals=totals(rows),
            events=self._events_in_table(competition, as_it_stands=as_it_stands),
        )

    def _tallies(self, competition: int, *, as_it_stands: bool) -> dict[int, Tally]:
        rows = self._rows(
            """SELECT w.nation_id, sum(w.medal = 'gold'), sum(w.medal = 'silver'),
                sum(w.medal = 'bronze')
            FROM award AS w
            WHERE w.competition_id = ? AND w.official >= ? AND w.nation_id NOT IN (
                SELECT nation_id FROM competition_nation
                WHERE competition_id = w.competition_id AND membership = 'left_out')
            GROUP BY w.nation_id""",
            competition,
            0 if as_it_stands else 1,
        )
        return {nation: Tally(*medals) for nation, *medals in rows}

    def _events_in_table(self, competition: int, *, as_it_stands: bool) -> int:
        (count,) = self._needed(
            "competition",
            competition,
            "SELECT count(DISTINCT event_id) FROM award WHERE competition_id = ? AND official >= ?",
            competition,
            0 if as_it_stands else 1,
        )
        return int(count)

    def tally(self, competition: int, nation: int, *, as_it_stands: bool) -> Tally:
        """The medals of one nation at one competition."""
        row = self._needed(
            "nation",
            nation,
            """SELECT coalesce(sum(medal = 'gold'), 0), coalesce(sum(medal = 'silver'), 0),
                coalesce(sum(medal = 'bronze'), 0)
            FROM award WHERE competition_id = ? AND official >= ? AND nation_id = ?""",
            competition,
            0 if as_it_stands else 1,
            nation,
        )
        return Tally(*row)

    def medals_of(
        self,
        competition: int,
        nation: int,
        medals: Sequence[Medal] = tuple(Medal),
        *,
        as_it_stands: bool = False,
    ) -> list[MedalRow]:
        """The medals behind a number of the table, by day and medal."""
        wanted = ", ".join("?" * len(medals))
        rows = self._rows(
            f"""{_MEDALS} WHERE w.competition_id = ? AND w.official >= ? AND w.nation_id = ?
            AND w.medal IN ({wanted})
            ORDER BY e.date, t.name, w.medal = 'bronze', w.medal = 'silver', n.id""",
            competition,
            0 if as_it_stands else 1,
            nation,
            *medals,
        )
        return [self._medal(row) for row in rows]

    def career(self, athlete: int, event_type: int) -> list[MedalRow]:
        """An athlete's medals in one event type, the earliest first."""
        rows = self._rows(
            f"""{_MEDALS} WHERE n.athlete_id = ? AND e.event_type_id = ?
            ORDER BY e.date, e.id""",
            athlete,
            event_type,
        )
        return [self._medal(row) for row in rows]

    def _medal(self, row: Row) -> MedalRow:
        event, event_name, result, name, nation, medal, day, official, start = row
        return MedalRow(
            event=event,
            event_name=str(event_name),
            result=result,
            name=str(name),
            nation=self.nation_code(nation, str(start)),
            medal=Medal(str(medal)),
            day=str(day),
            official=bool(official),
        )


_MEDALS = """SELECT w.event_id, c.name || ' · ' || t.name,
    (SELECT r.id FROM result AS r JOIN phase AS p ON p.id = r.phase_id WHERE r.entry_id = n.id
        ORDER BY p.position DESC, r.id LIMIT 1),
    coalesce(n.printed_name, n.team_name, a.name), w.nation_id, w.medal, e.date, w.official,
    c.start_date
FROM award AS w
JOIN entry AS n ON n.id = w.entry_id
JOIN event AS e ON e.id = w.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = w.competition_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id"""
