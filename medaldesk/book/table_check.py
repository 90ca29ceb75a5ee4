"""A published medal table against that of the book: what differs, and the likely reason.

Nothing is written. A reason is what would make the published numbers, not a proof.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, chain

from medaldesk.book.reads import Reads
from medaldesk.book.reads.difference import Cause, Why
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import MedalRow
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import StandingsRow, Tally

NONE = Tally()

ART_COMPETITIONS = (1912, 1948)
"""The first and the last year of Games with medals in the arts."""


class Reason(StrEnum):
    """Why a nation is not the same in both tables, the surest first."""

    UNKNOWN_NATION = "unknown_nation"
    LEFT_OUT = "left_out"
    DECISION = "decision"
    """Published before (or without) decisions that the book has."""
    RUNNING = "running"
    """Published with events that are not official in the book."""
    PER_MEMBER = "per_member"
    TIE = "tie"
    ART = "art"
    ONLY_THERE = "only_there"
    ONLY_HERE = "only_here"
    TOTAL = "total"
    """The published total is not the sum of its medals."""
    RANK_FOLLOWS = "rank_follows"
    """The medals agree; the rank does not, and medals of other nations do not either."""
    RANK_RULE = "rank_rule"
    """All medals agree: only the way of ranking is another."""
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A nation as published; `number` is the row of the file, `nation` the id where it is known.

    What the file does not say is None.
    """

    number: int
    name: str
    nation: int | None
    tally: Tally
    total: int | None = None
    rank: int | None = None
    rank_total: int | None = None


@dataclass(frozen=True, slots=True)
class MedalInvolved:
    """A medal behind a difference; `here` is whether the book counts it."""

    medal: Medal
    event_name: str
    name: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class TableDifferenceRow:
    """A nation that differs; `day` and `body` are those of the decision behind it, if one is."""

    name: str
    published: PublishedRow | None
    here: StandingsRow | None
    reason: Reason
    medals: tuple[MedalInvolved, ...] = ()
    day: str | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What came of one competition: how many rows agree, and each that does not."""

    competition: CompetitionRow
    agreeing: int
    differences: tuple[TableDifferenceRow, ...]


def check_table(
    reads: Reads, competition: CompetitionRow, rows: Sequence[PublishedRow]
) -> TableCheck:
    """Compare a published table with the official one of a competition. Raises UnknownCode.

    Medals decide; a rank or a total is compared where the file gives one. A nation without a
    medal in either table agrees.
    """
    book = _BookTable(reads, competition, rows)
    medals = [found for row in rows if (found := book.medals_differ(row))]
    named = {row.nation for row in rows}
    medals += [
        book.only_here(nation, line) for nation, line in book.lines.items() if nation not in named
    ]
    reason = Reason.RANK_FOLLOWS if medals else Reason.RANK_RULE
    ranks = [found for row in rows if (found := book.rank_differs(row, reason))]
    differing = sum(found.published is not None for found in (*medals, *ranks))
    return TableCheck(competition, len(rows) - differing, (*medals, *ranks))


class _BookTable:
    """The table of the book, and what can have made another one of it."""

    def __init__(
        self, reads: Reads, competition: CompetitionRow, rows: Sequence[PublishedRow]
    ) -> None:
        self._reads = reads
        self._competition = competition
        self._scope = TableScope((competition.id,))
        self.lines = {line.nation_id: line.row for line in reads.medal_table(self._scope).lines}
        self._medals = _by_nation(reads.medals_of(self._scope, ()))
        self._left_out = _by_nation(reads.medals_of(self._scope, (), left_out=True))
        self._agreeing = {row.nation for row in rows if row.tally == self._tally(row.nation)}
        self._causes: dict[str, dict[int, tuple[Cause, ...]]] = {}

    def medals_differ(self, row: PublishedRow) -> TableDifferenceRow | None:
        """A nation whose medals are others, and why."""
        if row.tally == self._tally(row.nation):
            return None
        if row.nation is None:
            return TableDifferenceRow(row.name, row, None, Reason.UNKNOWN_NATION)
        return self._explained(row.nation, row.name, row)

    def only_here(self, nation: int, line: StandingsRow) -> TableDifferenceRow:
        """A nation that the published table does not list, and why."""
        return self._explained(nation, line.nation, None)

    def rank_differs(self, row: PublishedRow, reason: Reason) -> TableDifferenceRow | None:
        """Where the medals agree: a total that is no sum, or another rank for a reason."""
        here = self.lines.get(row.nation or 0)
        if row.tally != self._tally(row.nation):
            return None
        if row.total not in (None, row.tally.total):
            return TableDifferenceRow(row.name, row, here, Reason.TOTAL)
        if here is None:
            return None
        ranks = (row.rank, here.by_gold), (row.rank_total, here.by_total)
        if all(there is None or (rank and rank.number == there) for there, rank in ranks):
            return None
        return TableDifferenceRow(row.name, row, here, reason)

    def _tally(self, nation: int | None) -> Tally:
        line = self.lines.get(nation or 0)
        return line.tally if line else NONE

    def _explained(self, nation: int, name: str, row: PublishedRow | None) -> TableDifferenceRow:
        """The first reason that makes the published numbers."""
        here, published = self.lines.get(nation), row.tally if row else NONE
        causes = self._by_decisions(nation, published)
        if causes:
            # The earliest of them is the one that the published table did not know yet.
            first, medals = causes[0], tuple(map(_of_cause, causes))
            return TableDifferenceRow(
                name, row, here, Reason.DECISION, medals, first.day, first.body
            )
        reason, involved = next(self._reasons(nation, published))
        return TableDifferenceRow(name, row, here, reason, tuple(map(_involved, involved)))

    def _reasons(
        self, nation: int, published: Tally
    ) -> Iterator[tuple[Reason, Sequence[MedalRow]]]:
        own, here = self._medals.get(nation, []), self._tally(nation)
        if left_out := self._left_out.get(nation):
            yield Reason.LEFT_OUT, left_out
        if running := self._running(nation, published):
            yield Reason.RUNNING, running
        teams = self._teams(own, published)
        if teams and not self._counts_teams_once:
            yield Reason.PER_MEMBER, teams
        tied = self._tied(own)
        if _tie_explains(here, published, Tally.of(medal.medal for medal in tied)):
            yield Reason.TIE, _of_colours(tied, here - published)
        if self._lacks_art and all(more >= 0 for more in (published - here).triple):
            yield Reason.ART, ()
        if teams:
            yield Reason.PER_MEMBER, teams
        if here == NONE:
            yield Reason.ONLY_THERE, ()
        if published == NONE:
            yield Reason.ONLY_HERE, own
        yield Reason.UNEXPLAINED, _of_colours(own, here - published)

    # Decisions

    def _by_decisions(self, nation: int, published: Tally) -> tuple[Cause, ...]:
        """What was decided since a day, where the nation without it is as published."""
        here = self._tally(nation)
        for day in self._days_before_decisions():
            causes = self._decided_since(day).get(nation, ())
            gained = Tally.of(cause.medal for cause in causes if cause.gained)
            lost = Tally.of(cause.medal for cause in causes if not cause.gained)
            if here - gained + lost == published:
                return causes
        return ()

    def _days_before_decisions(self) -> list[str]:
        """The days before something was decided or revoked, the latest first."""
        ledger = self._reads.decisions(competition=self._competition.id)
        turns = {day for row in ledger for day in (row.day, row.revoked_on) if day}
        return [_day_before(day) for day in sorted(turns, reverse=True)]

    def _decided_since(self, day: str) -> dict[int, tuple[Cause, ...]]:
        """Nation to the medals that decisions gave or took since a day."""
        if day not in self._causes:
            then = TableScope((self._competition.id,), as_of=day)
            self._causes[day] = {
                line.nation_id: tuple(
                    cause for cause in line.causes if cause.why in (Why.DECISION, Why.REVOKED)
                )
                for line in self._reads.difference(then, self._scope).lines
            }
        return self._causes[day]

    # Events under way, teams, ties, the arts

    def _running(self, nation: int, published: Tally) -> list[MedalRow]:
        """The medals of events that are not official, where they make the difference."""
        standing = self._reads.medals_of(self._scope, nation, as_it_stands=True)
        if Tally.of(medal.medal for medal in standing) != published:
            return []
        return [medal for medal in standing if not medal.official]

    def _teams(self, own: Sequence[MedalRow], published: Tally) -> list[MedalRow]:
        """The medals of teams, where counting each member makes the difference (RULES R11)."""
        members = {medal.entry: self._members(medal) for medal in own}
        counted = [medal.medal for medal in own for _ in range(max(1, members[medal.entry]))]
        if Tally.of(counted) != published:
            return []
        return [medal for medal in own if members[medal.entry] > 1]

    @cached_property
    def _counts_teams_once(self) -> bool:
        """Whether a nation agrees that has medals of teams: then a pair elsewhere is chance."""
        return any(
            self._members(medal) > 1
            for nation in self._agreeing
            for medal in self._medals.get(nation or 0, ())
        )

    def _members(self, medal: MedalRow) -> int:
        return len(self._reads.members(medal.entry))

    def _tied(self, own: Sequence[MedalRow]) -> list[MedalRow]:
        """The medals of a nation that more had than the format gives (RULES R6, R7)."""
        return [
            medal
            for medal in own
            if (count := self._shared[medal.event, medal.medal]) > 1
            and (medal.medal is not Medal.BRONZE or not self._is_format(medal.event, count))
        ]

    @cached_property
    def _shared(self) -> Mapping[tuple[int, Medal], int]:
        """Event and medal to how many had it."""
        everybody = chain(*self._medals.values(), *self._left_out.values())
        return Counter((medal.event, medal.medal) for medal in everybody)

    def _is_format(self, event: int, bronzes: int) -> bool:
        """Whether so many bronzes are usual: by the format, or in most events of the sport.

        Who imported only medallists need not have said how many the format gives.
        """
        if bronzes <= self._reads.event_head(event).bronzes:
            return True
        sport = self._sports[event]
        events = [other for other, discipline in self._sports.items() if discipline == sport]
        several = sum(self._shared[other, Medal.BRONZE] > 1 for other in events)
        return bronzes == 2 and len(events) > 1 and 2 * several > len(events)

    @cached_property
    def _sports(self) -> Mapping[int, str]:
        """Event to discipline."""
        return {row.id: row.discipline for row in self._reads.events(self._competition.id)}

    @property
    def _lacks_art(self) -> bool:
        """Whether it is Games of the summer with medals in the arts that the book does not have."""
        year, month = (int(part) for part in self._competition.start.split("-")[:2])
        first, last = ART_COMPETITIONS
        if not first <= year <= last or month < 4:
            return False
        return not self._reads.medals_of(
            TableScope((self._competition.id,), disciplines=("ART",)), ()
        )


def _tie_explains(here: Tally, published: Tally, tied: Tally) -> bool:
    """Whether tied medals left out, or counted as those of the ranks below, make the difference."""
    less = (here - published).triple
    never_upwards = all(left >= 0 for left in accumulate(less))
    enough = all(count <= most for count, most in zip(less, tied.triple, strict=True))
    return any(less) and never_upwards and enough


def _of_colours(medals: Iterable[MedalRow], more: Tally) -> list[MedalRow]:
    """The medals of the colours that the book has more of."""
    return [medal for medal in medals if more.of_medal(medal.medal) > 0]


def _by_nation(medals: Iterable[MedalRow]) -> dict[int, list[MedalRow]]:
    found: dict[int, list[MedalRow]] = defaultdict(list)
    for medal in medals:
        found[medal.nation_id].append(medal)
    return dict(found)


def _involved(medal: MedalRow) -> MedalInvolved:
    return MedalInvolved(medal.medal, medal.event_name, medal.name)


def _of_cause(cause: Cause) -> MedalInvolved:
    return MedalInvolved(cause.medal, cause.event_name, cause.name, here=cause.gained)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()
