"""Reads of everything that tidy results carry, an event at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from medaldesk.book.connection import explained_sql
from medaldesk.book.reads.base import ReadBase
from medaldesk.book.reads.events import IS_LAST
from medaldesk.book.schema_001 import on_day
from medaldesk.book.schema_002 import STANDS


@dataclass(frozen=True, slots=True)
class TidyEvent:
    """An event and its competition; days are ISO, codes and enums as they are in the book.

    `official_at` is None while it is not official.
    """

    id: int
    series: str | None
    competition: str
    competition_name: str
    city: str | None
    start_date: str
    end_date: str
    discipline: str
    event: str
    event_name: str
    gender: str
    mark_kind: str
    better: str
    decimals: int
    classification: str
    bronzes: int
    venue: str | None
    date: str
    official_at: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class TidyLine:
    """An entry in a phase; all of the phase is None where it has no result yet.

    Either `athlete` or `team` is there, as printed. `mark` is in millionths, `wind` in those of a
    metre per second. `status` is that after decisions, on every result of the entry. `rank` is
    that of the event, `medal` the one that stands today, also while the event is not official;
    both stand, like `typed_rank` and `entry_note`, with the last result of the entry alone.
    `entered_status` is that of the result itself; `gender` and `birth_date` those of the person.
    """

    entry: int
    athlete: str | None
    family_name: str | None
    given_name: str | None
    team: str | None
    nation: int
    bib: str | None
    phase: str | None
    unit: int | None
    date: str | None
    clock_time: str | None
    start_order: int | None
    lane: str | None
    mark: int | None
    mark_decimals: int | None
    score: str | None
    status: str | None
    tie_break: int | None
    wind: int | None
    note: str | None
    source: str | None
    rank: int | None
    typed_rank: int | None
    medal: str | None
    entry_note: str | None
    entered_status: str | None
    is_decided: int
    gender: str | None
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class TidyMember:
    """An athlete of a team."""

    name: str
    family_name: str | None
    given_name: str | None
    gender: str | None
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class TidyRuling:
    """What a decision says of an entry: see `domain.decisions.DecisionLine`. Days are ISO."""

    entry: int
    date: str
    body: str
    reason: str
    revoked_on: str | None
    source: str | None
    sets_status: int
    status: str | None
    sets_rank: int
    rank: int | None
    medal: str | None


class TidyReads(ReadBase):
    """What a book holds, to be written row by row."""

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """All reads inside see the book as it is now, whoever writes it meanwhile.

        For a connection that does not write at the same time.
        """
        with explained_sql(self._path):
            self._connection.execute("BEGIN")
        self.forget_nations()
        self._only_reads = True
        try:
            yield
        finally:
            self._only_reads = False
            self.forget_nations()
            self._connection.execute("ROLLBACK")

    def tidy_events(
        self, competitions: Collection[int] = (), events: Collection[int] = ()
    ) -> list[int]:
        """Events in their order: competitions by first day, then events by date and name.

        Only those of some competitions, and some events, where any are asked for.
        """
        every = not competitions and not events
        return [
            event
            for event, competition in self._rows(_EVENTS)
            if every or competition in competitions or event in events
        ]

    def tidy_event(self, event: int) -> TidyEvent:
        """An event with its competition. Raises UnknownCode."""
        return TidyEvent(*self._needed("event", event, f"{_EVENT} WHERE e.id = ?", event))

    def tidy_lines(self, event: int) -> list[TidyLine]:
        """The lines of an event: phases from the first to the last, each in its sheet's order."""
        return [TidyLine(*row) for row in self._rows(_LINES, event)]

    def tidy_members(self, event: int) -> Mapping[int, list[TidyMember]]:
        """Entry to the members of its team, in order (RULES R11)."""
        members: dict[int, list[TidyMember]] = defaultdict(list)
        for entry, *names in self._rows(_MEMBERS, event):
            members[entry].append(TidyMember(*names))
        return members

    def tidy_rulings(self, event: int) -> list[TidyRuling]:
        """The lines of the decisions on an event, in the order in which they hold (RULES R9)."""
        return [TidyRuling(*row) for row in self._rows(_RULINGS, event)]

    def not_ranked(self, event: int) -> Mapping[int, str]:
        """Nation to what it is in the medal table of the competition where that is not `ranked`
        (RULES R15).
        """
        return dict(self._rows(_NOT_RANKED, event))

    def nations_on(self, day: str) -> Mapping[int, str]:
        """Nation to its code on an ISO day (RULES R13), its name where it has none."""
        return dict(self._rows(_NATIONS, day))


_EVENTS = """SELECT e.id, e.competition_id FROM event AS e
JOIN competition AS c ON c.id = e.competition_id
JOIN event_type AS t ON t.id = e.event_type_id
ORDER BY c.start_date, c.code, e.date, t.name, t.code"""

_EVENT = """SELECT e.id, s.code, c.code, c.name, c.city, c.start_date, c.end_date, d.code, t.code,
    t.name, t.gender, t.mark_kind, t.better, t.decimals, e.classification, e.bronzes, v.name,
    e.date, e.official_at, coalesce(o.title, co.title)
FROM event AS e
JOIN competition AS c ON c.id = e.competition_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN discipline AS d ON d.id = t.discipline_id
LEFT JOIN series AS s ON s.id = c.series_id
LEFT JOIN venue AS v ON v.id = e.venue_id
LEFT JOIN source AS o ON o.id = e.source_id
LEFT JOIN source AS co ON co.id = c.source_id"""

# An entry without a result is the last line of itself: what IS_LAST asks of a phase is unknown.
_LINES = f"""SELECT n.id, iif(n.athlete_id IS NULL, NULL, coalesce(n.printed_name, a.name)),
    a.family_name, a.given_name,
    iif(n.athlete_id IS NULL, coalesce(n.printed_name, n.team_name), NULL), n.nation_id, n.bib,
    p.name, u.position, coalesce(u.date, p.date), coalesce(r.clock_time, u.clock_time),
    r.start_order, r.lane, r.mark, r.mark_decimals, r.score,
    iif(pl.status_decided, pl.status, r.status), r.tie_break, r.wind, r.note, o.title,
    iif({IS_LAST}, pl.rank, NULL), iif({IS_LAST}, n.typed_rank, NULL),
    iif({IS_LAST}, w.medal, NULL), iif({IS_LAST}, n.note, NULL), r.status,
    coalesce(pl.status_decided, 0), a.gender, a.birth_date
FROM entry AS n
LEFT JOIN result AS r ON r.entry_id = n.id
LEFT JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN placing AS pl ON pl.entry_id = n.id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '{STANDS}'
LEFT JOIN source AS o ON o.id = r.source_id
WHERE n.event_id = ?
ORDER BY p.position IS NULL, p.position, pl.sort_order, u.position, r.id, n.id"""

_MEMBERS = """SELECT m.entry_id, a.name, a.family_name, a.given_name, a.gender, a.birth_date
FROM entry AS n
JOIN entry_member AS m ON m.entry_id = n.id JOIN athlete AS a ON a.id = m.athlete_id
WHERE n.event_id = ? ORDER BY m.entry_id, m.position, m.id"""

_RULINGS = """SELECT l.entry_id, d.date, d.body, d.reason, d.revoked_on, s.title, l.sets_status,
    l.status, l.sets_rank, l.rank, l.medal
FROM decision AS d JOIN decision_line AS l ON l.decision_id = d.id
LEFT JOIN source AS s ON s.id = d.source_id
WHERE d.event_id = ? ORDER BY d.date, d.id, l.id"""

_NOT_RANKED = """SELECT cn.nation_id, cn.membership FROM event AS e
JOIN competition_nation AS cn ON cn.competition_id = e.competition_id
WHERE e.id = ? AND cn.membership <> 'ranked'"""

_NATIONS = f"SELECT n.id, coalesce({on_day('code', 'n.id', '?1')}, n.name) FROM nation AS n"
