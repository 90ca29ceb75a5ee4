"""Counting medals by nation, gender and kind, for a table of any scope (RULES R15, R18-R20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.nations import NationReads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.table_scope import Counted, TableScope
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Breakdown, Tally

GENDERS = ("M", "W", "X", "O")


@dataclass(frozen=True, slots=True)
class NationCount:
    """What a nation counts for; `ranked` where it is so in a competition that counts."""

    by_gender: Breakdown
    ranked: bool


class CountingReads(NationReads):
    """How many medals count for whom."""

    def counted(self, scope: TableScope) -> Counted:
        """A scope with its codes looked up. Raises UnknownCode."""
        for gender in scope.genders:
            if gender not in GENDERS:
                raise UnknownCode(what="gender", code=gender)
        disciplines = tuple(self._discipline(code) for code in scope.disciplines)
        heads = None if scope.whole_book else self.competitions_in(scope)
        competitions = None if heads is None else tuple(head.id for head in heads)
        return Counted(scope, competitions, disciplines or None)

    def _discipline(self, code: str) -> int:
        where = "SELECT id FROM discipline WHERE code = ?"
        return int(self._needed("discipline", code, where, code.upper())[0])

    def competitions_in(self, scope: TableScope) -> tuple[CompetitionRow, ...]:
        """The competitions of a scope by first day. Raises UnknownCode."""
        if len(scope.competitions) == 1 and scope.series is None:
            return (self.competition(scope.competitions[0]),)
        every = sorted(self.competitions(), key=lambda row: (row.start, row.id))
        if unknown := set(scope.competitions) - {row.id for row in every}:
            raise UnknownCode(what="competition", code=min(unknown))
        if scope.whole_book:
            return tuple(every)
        series = scope.series
        if series is not None:
            where = "SELECT code FROM series WHERE code = ?"
            (series,) = self._needed("series", series, where, series.upper())
        return tuple(
            row
            for row in every
            if row.id in scope.competitions or (series is not None and row.series == series)
        )

    def nation_counts(self, counted: Counted) -> tuple[dict[int, NationCount], Tally]:
        """What each nation of the table counts for, and the medals left out of it."""
        won, apart = self._won(counted), self._won_apart(counted)
        left_out, unranked = apart["left_out"], apart["unranked"]
        counts = self._entered(counted) if counted.scope.zeros else {}
        for nation, medals in won.items():
            listed = medals - left_out[nation] if nation in left_out else medals
            if listed.total.total:
                ranked = nation not in unranked or listed != unranked[nation]
                counts[nation] = NationCount(listed, ranked)
        return counts, sum((medals.total for medals in left_out.values()), Tally())

    def _won(self, counted: Counted) -> dict[int, Breakdown]:
        """Nation to all the medals it won, left out or not: one pass over an index.

        The whole book is read in the order of `award_by_nation`. Some competitions are read from
        theirs, and then sorted by a number, which is faster than by what it is made of.
        """
        where, values = counted.awards()
        by_nation = counted.competitions is None and counted.disciplines is None
        group = "1, 2" if by_nation else "w.nation_id << 7 | unicode(w.gender)"
        sql = (
            f"SELECT w.nation_id, w.gender, {_SUMS} FROM award AS w WHERE {where} GROUP BY {group}"
        )
        return _by_nation(self._rows(sql, *values))

    def _won_apart(self, counted: Counted) -> dict[str, dict[int, Breakdown]]:
        """Of these, the medals won where the nation is left out or unranked, by membership."""
        where, values = counted.awards()
        return {
            membership: _by_nation(
                self._rows(
                    f"""SELECT w.nation_id, w.gender, {_SUMS}
                    FROM competition_nation AS cn CROSS JOIN award AS w
                        ON w.competition_id = cn.competition_id AND w.nation_id = cn.nation_id
                    WHERE cn.membership = ? AND {where} GROUP BY 1, 2""",
                    *(membership, *values),
                )
            )
            for membership in ("left_out", "unranked")
        }

    def _entered(self, counted: Counted) -> dict[int, NationCount]:
        """The nations with entries that are not left out, with no medal yet (RULES R20)."""
        where, values = counted.entries()
        rows = self._rows(
            f"""SELECT n.nation_id, max(coalesce(cn.membership, 'ranked') = 'ranked')
            FROM event AS e
            JOIN event_type AS t ON t.id = e.event_type_id
            JOIN entry AS n ON n.event_id = e.id
            LEFT JOIN competition_nation AS cn
                ON cn.competition_id = e.competition_id AND cn.nation_id = n.nation_id
            WHERE coalesce(cn.membership, 'ranked') <> 'left_out' {"AND " + where if where else ""}
            GROUP BY n.nation_id""",
            *values,
        )
        return {nation: NationCount(Breakdown(), bool(ranked)) for nation, ranked in rows}

    def events_in(self, counted: Counted) -> int:
        """The events that a table counts: the official ones, or as it stands those with medals."""
        if counted.scope.as_it_stands:
            where, values = counted.awards()
            sql = f"SELECT count(DISTINCT w.event_id) FROM award AS w WHERE {where}"
        else:
            where, values = counted.official_events()
            sql = f"""SELECT count(*) FROM event AS e
                JOIN event_type AS t ON t.id = e.event_type_id WHERE {where}"""
        return int(self._needed("event", "", sql, *values)[0])

    def sum_awards(self, source: str, *values: object) -> Tally:
        """The medals of the awards that a FROM clause picks."""
        return Tally(*self._needed("award", "", f"SELECT {_SUMS} {source}", *values))


_SUMS = ", ".join(f"count(*) FILTER (WHERE w.medal = '{medal}')" for medal in Medal)


def _by_nation(rows: Iterable[Row]) -> dict[int, Breakdown]:
    """From nation, gender and how many of each medal."""
    tallies: dict[int, dict[str, Tally]] = defaultdict(dict)
    for nation, gender, *medals in rows:
        tallies[nation][gender] = Tally(*medals)
    return {nation: Breakdown.of(by_gender) for nation, by_gender in tallies.items()}
