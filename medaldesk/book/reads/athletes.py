"""Reads of one athlete: who it is, and everything they achieved, alone and in teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from medaldesk.book.reads.base import Row
from medaldesk.book.reads.events import IS_LAST, BestFlag, RecordFlag, best_flag, record_flags
from medaldesk.book.reads.standings import StandingsReads
from medaldesk.domain.decisions import STANDS
from medaldesk.domain.marks import Mark, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a team."""

    athlete: int
    name: str


@dataclass(frozen=True, slots=True)
class AthleteNation:
    """A nation that somebody competed for, and from which to which day (RULES R16)."""

    nation: int
    code: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class AthleteHead:
    """What stands above an athlete's results; `medals` are the official ones, those of teams too.

    `gender` is M, W or X, `birth_date` an ISO day. A nation comes again where somebody returned.
    """

    id: int
    name: str
    nations: tuple[AthleteNation, ...]
    gender: str | None
    birth_date: str | None
    medals: Tally


@dataclass(frozen=True, slots=True)
class AthleteResult:
    """One result of an athlete, or of a team they are in (`team` is its name then).

    `day` is that of the unit, the phase or the event; `nation` the code competed under. Rank and
    medal stand with the last result of an entry. `medal` is official where `official` is set.
    """

    result: int
    event: int
    path: str
    event_name: str
    competition_name: str
    phase: str
    day: str
    nation_id: int
    nation: str
    team: str | None
    kind: MarkKind
    mark: Mark | None
    score: str | None
    status: str | None
    rank: int | None
    rank_equal: bool
    medal: Medal | None
    medal_ruling: str | None
    decision: int | None
    official: bool
    records: tuple[RecordFlag, ...]
    best: BestFlag | None


class AthleteReads(StandingsReads):
    """What somebody achieved."""

    def athlete_page(self, athlete: int) -> AthleteHead:
        """Who an athlete is. Raises UnknownCode."""
        name, gender, birth_date = self._needed(
            "athlete",
            athlete,
            "SELECT name, gender, birth_date FROM athlete WHERE id = ?",
            athlete,
        )
        nations = self._athlete_nations(athlete)
        medals = self.personal_tally(athlete)
        return AthleteHead(athlete, name, nations, gender, birth_date, medals)

    def athlete_results(self, athlete: int) -> list[AthleteResult]:
        """Every result of an athlete and of the teams they are in, the latest first."""
        records = record_flags(self._rows(_FLAGS, athlete, athlete))
        return [
            self._athlete_result(row, records) for row in self._rows(_RESULTS, athlete, athlete)
        ]

    def members(self, entry: int) -> list[MemberRow]:
        """Who is in a team, in order (RULES R11)."""
        return [
            MemberRow(*row)
            for row in self._rows(
                """SELECT a.id, a.name FROM entry_member AS m
                JOIN athlete AS a ON a.id = m.athlete_id
                WHERE m.entry_id = ? ORDER BY m.position, m.id""",
                entry,
            )
        ]

    def _athlete_nations(self, athlete: int) -> tuple[AthleteNation, ...]:
        """The nations in the order of competing for them, neighbours that are the same as one."""
        spans: list[AthleteNation] = []
        for nation, start, day in self._rows(_NATIONS, athlete, athlete):
            code = self.nation_code(nation, start)
            if spans and (spans[-1].nation, spans[-1].code) == (nation, code):
                spans[-1] = replace(spans[-1], last=day)
            else:
                spans.append(AthleteNation(nation, code, day, day))
        return tuple(spans)

    def _athlete_result(
        self, row: Row, records: Mapping[int, tuple[RecordFlag, ...]]
    ) -> AthleteResult:
        (
            result, event, path, event_name, competition_name, phase, day, nation, start, team,
            kind, mark, decimals, score, status, is_last, rank, rank_equal, medal, ruling,
            decision, official, scope, outcome,
        ) = row  # fmt: skip
        return AthleteResult(
            result=result,
            event=event,
            path=path,
            event_name=event_name,
            competition_name=competition_name,
            phase=phase,
            day=day,
            nation_id=nation,
            nation=self.nation_code(nation, start),
            team=team,
            kind=MarkKind(kind),
            mark=Mark(mark, decimals) if mark is not None else None,
            score=score,
            status=status,
            rank=rank if is_last else None,
            rank_equal=bool(is_last and rank_equal),
            medal=Medal(medal) if medal and is_last else None,
            medal_ruling=ruling if is_last else None,
            decision=decision,
            official=bool(official),
            records=records.get(result, ()),
            best=best_flag(scope, outcome),
        )


_OWN = """WITH own AS (
    SELECT id, NULL AS team FROM entry WHERE athlete_id = ?
    UNION ALL
    SELECT n.id, coalesce(n.printed_name, n.team_name)
    FROM entry_member AS m JOIN entry AS n ON n.id = m.entry_id WHERE m.athlete_id = ?)"""
"""The entries of an athlete; `team` is the name of one they are a member of."""

_NATIONS = f"""{_OWN} SELECT n.nation_id, c.start_date, e.date
FROM own CROSS JOIN entry AS n ON n.id = own.id
JOIN event AS e ON e.id = n.event_id
JOIN competition AS c ON c.id = e.competition_id
ORDER BY e.date, e.id, n.id"""

_FLAGS = f"""{_OWN} SELECT m.result_id, m.record_list_id, k.code, m.outcome
FROM own CROSS JOIN result AS r ON r.entry_id = own.id
CROSS JOIN record_mark AS m ON m.event_id = r.event_id AND m.result_id = r.id
JOIN record_list AS l ON l.id = m.record_list_id
JOIN record_kind AS k ON k.id = l.record_kind_id
ORDER BY k.id, l.id"""

_RESULTS = f"""{_OWN} SELECT r.id, e.id, c.code || '/' || t.code, t.name, c.name, p.name,
    coalesce(u.date, p.date, e.date) AS day, n.nation_id, c.start_date, own.team,
    t.mark_kind, r.mark, r.mark_decimals, r.score, iif(pl.status_decided, pl.status, r.status),
    {IS_LAST}, pl.rank, pl.rank_equal, w.medal, pl.medal_ruling, pl.decision_id,
    e.status = 'official', b.scope, b.outcome
FROM own CROSS JOIN entry AS n ON n.id = own.id
CROSS JOIN result AS r ON r.entry_id = n.id
JOIN phase AS p ON p.id = r.phase_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
JOIN placing AS pl ON pl.entry_id = n.id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '{STANDS}'
LEFT JOIN best_mark AS b ON b.result_id = r.id
ORDER BY day DESC, e.id DESC, p.position DESC, r.id DESC"""
