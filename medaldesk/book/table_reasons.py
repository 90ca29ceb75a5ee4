"""What alone makes the published numbers of a nation: decisions, running events, teams, ties."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate, chain

from medaldesk.book.checked_table import NONE, MedalInvolved, Part, Reason
from medaldesk.book.reads import Reads
from medaldesk.book.reads.difference import Cause, Why
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import MedalRow
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.book.table_balance import involved
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.resources import resource

ART = "art"
"""The kind of the medals for works of art, and in capitals the discipline."""


class OwnReasons:
    """The reasons that a nation has by itself, whatever the others have.

    `lines` has each nation that counts to the one in whose line it stands (RULES R14).
    """

    def __init__(self, reads: Reads, competition: CompetitionRow, scope: TableScope) -> None:
        self._reads = reads
        self._competition = competition
        self._scope = scope
        self._causes: dict[str, Mapping[int, tuple[Cause, ...]]] = {}
        table = reads.medal_table(scope)
        self.lines = {nation: line for line in table.lines for nation in line.nations}
        self.medals = self._by_line()
        self._left_out = self._by_line(left_out=True)

    def line_of(self, nation: int) -> int:
        """The nation in whose line another is counted: mostly itself."""
        line = self.lines.get(nation)
        return line.nation_id if line else nation

    def here(self, line: int) -> Tally:
        """The medals that the book counts in a line."""
        found = self.lines.get(line)
        return found.row.tally if found else NONE

    def code(self, line: int) -> str:
        """The code of a line; where it has no medal, that of the nation at the time."""
        found = self.lines.get(line)
        return found.row.nation if found else self._reads.nation_code(line, self._competition.start)

    def parts(self, line: int, published: Tally, *, teams_once: bool) -> Iterator[Part]:
        """What accounts for the published medals, or for some of them.

        `teams_once` says that a nation with teams agrees: the published table counts them once.
        """
        beside = self._beside_sport(self.code(line), published - self.here(line))
        yield from beside
        aim = published - sum((part.change for part in beside), NONE)
        if aim != self.here(line):
            yield from self._first(line, aim, teams_once=teams_once)

    def _first(self, line: int, published: Tally, *, teams_once: bool) -> Iterator[Part]:
        """The first reason that makes the published numbers, if one does."""
        own, here = self.medals.get(line, []), self.here(line)
        change = published - here
        left_out = self._left_out.get(line, [])
        if left_out and _tally(left_out) == change:
            yield Part(Reason.LEFT_OUT, change, tuple(map(involved, left_out)))
        elif causes := self._by_decisions(line, published):
            # The earliest of them is the one that the published table did not know yet.
            first, medals = causes[0], tuple(map(_of_cause, causes))
            yield Part(Reason.DECISION, change, medals, day=first.day, body=first.body)
        elif running := self._running(line, published):
            yield Part(Reason.RUNNING, change, tuple(map(involved, running)))
        elif (teams := self._teams(own, published)) and (
            # One more may be chance where the teams of others are counted once.
            not teams_once or change.total > 1
        ):
            yield Part(Reason.PER_MEMBER, change, tuple(map(involved, teams)))
        else:
            tied = self._tied(own)
            if _tie_explains(here, published, _tally(tied)):
                medals = tuple(involved(row) for row in tied if change.of_medal(row.medal) < 0)
                yield Part(Reason.TIE, change, medals)

    def _by_line(self, *, left_out: bool = False) -> dict[int, list[MedalRow]]:
        found: dict[int, list[MedalRow]] = defaultdict(list)
        for medal in self._reads.medals_of(self._scope, (), left_out=left_out):
            found[self.line_of(medal.nation_id)].append(medal)
        return dict(found)

    # Art, alpinism, aeronautics

    def _beside_sport(self, code: str, more: Tally) -> list[Part]:
        """The medals that a nation won in these Games without sport, where it has as many more."""
        return [
            Part(reason, tally)
            for reason, tally in self._won_beside_sport.get(code, {}).items()
            if all(won <= left for won, left in zip(tally.triple, more.triple, strict=True))
        ]

    @cached_property
    def _won_beside_sport(self) -> Mapping[str, Mapping[Reason, Tally]]:
        """Code to reason to medals; none where the book has the art competitions."""
        games = self._competition.series or "", self._competition.start[:4]
        arts = TableScope((self._competition.id,), disciplines=(ART.upper(),))
        won = medals_beside_sport().get(games, {})
        return {} if won and self._reads.medals_of(arts, ()) else won

    # Decisions

    def _by_decisions(self, line: int, published: Tally) -> tuple[Cause, ...]:
        """What was decided since a day, where the nation without it is as published."""
        here = self.here(line)
        for day in self._days_before_decisions:
            causes = self._decided_since(day).get(line, ())
            gained = Tally.of(cause.medal for cause in causes if cause.gained)
            lost = Tally.of(cause.medal for cause in causes if not cause.gained)
            if here - gained + lost == published:
                return causes
        return ()

    @cached_property
    def _days_before_decisions(self) -> list[str]:
        """The days before something was decided or revoked, the latest first."""
        ledger = self._reads.decisions(competition=self._competition.id)
        turns = {day for row in ledger for day in (row.day, row.revoked_on) if day}
        return [_day_before(day) for day in sorted(turns, reverse=True)]

    def _decided_since(self, day: str) -> Mapping[int, tuple[Cause, ...]]:
        """Line to the medals that decisions gave or took since a day."""
        if day not in self._causes:
            then = TableScope((self._competition.id,), as_of=day)
            self._causes[day] = {
                line.nation_id: tuple(
                    cause for cause in line.causes if cause.why in (Why.DECISION, Why.REVOKED)
                )
                for line in self._reads.difference(then, self._scope).lines
            }
        return self._causes[day]

    # Events under way, teams, ties

    def _running(self, line: int, published: Tally) -> list[MedalRow]:
        """The medals of events that are not official, where they make the difference."""
        found = self.lines.get(line)
        nations = found.nations if found else (line,)
        standing = self._reads.medals_of(self._scope, nations, as_it_stands=True)
        if _tally(standing) != published:
            return []
        return [medal for medal in standing if not medal.official]

    def _teams(self, own: Sequence[MedalRow], published: Tally) -> list[MedalRow]:
        """The medals of teams, where counting each member makes the difference (RULES R11)."""
        members = {medal.entry: self._members(medal) for medal in own}
        counted = [medal.medal for medal in own for _ in range(max(1, members[medal.entry]))]
        if Tally.of(counted) != published:
            return []
        return [medal for medal in own if members[medal.entry] > 1]

    def has_teams(self, lines: Iterable[int]) -> bool:
        """Whether one of some nations has a medal of a team."""
        return any(
            self._members(medal) > 1 for line in lines for medal in self.medals.get(line, ())
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
        everybody = chain(*self.medals.values(), *self._left_out.values())
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


@cache
def medals_beside_sport() -> Mapping[tuple[str, str], Mapping[str, Mapping[Reason, Tally]]]:
    """Series and year to code to reason to the medals that not all tables count."""
    found: dict[tuple[str, str], dict[str, dict[Reason, Tally]]] = {}
    with resource("reference", "medals_beside_sport.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            games = found.setdefault((row["series"], row["year"]), {})
            tally = Tally(*(int(row[medal]) for medal in Medal))
            won = games.setdefault(row["nation"], {})
            reason = Reason.ART if row["kind"] == ART else Reason.PRIZE
            won[reason] = won.get(reason, NONE) + tally
    return found


def _tie_explains(here: Tally, published: Tally, tied: Tally) -> bool:
    """Whether tied medals left out, or counted as those of the ranks below, make the difference."""
    less = (here - published).triple
    never_upwards = all(left >= 0 for left in accumulate(less))
    enough = all(count <= most for count, most in zip(less, tied.triple, strict=True))
    return any(less) and never_upwards and enough


def _tally(medals: Iterable[MedalRow]) -> Tally:
    return Tally.of(medal.medal for medal in medals)


def _of_cause(cause: Cause) -> MedalInvolved:
    return MedalInvolved(
        cause.medal, cause.event, cause.event_name, cause.entry, cause.name, here=cause.gained
    )


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()
