"""Reads for whoever compares a whole file with a book: everything of a kind at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from medaldesk.book.candidates import FACTS, PLACING, VALID, WHOSE
from medaldesk.book.connection import explained_sql
from medaldesk.book.derive import read_decisions
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import ReadBase, Row
from medaldesk.book.record_lists import POLICY, record_policy
from medaldesk.book.schema import FACT_TABLES
from medaldesk.domain.decisions import Decision
from medaldesk.domain.records import RecordPolicy


class KnownCode(NamedTuple):
    """A code and name of a nation on the days from first to last, both included."""

    nation: int
    code: str
    name: str
    first: str
    last: str


class KnownNation(NamedTuple):
    id: int
    name: str
    kind: str
    continent: str | None


class KnownSpan(NamedTuple):
    """A code and name of a nation; None is without beginning or end."""

    id: int
    nation: int
    code: str
    name: str
    first: str | None
    last: str | None


class KnownCompetition(NamedTuple):
    id: int
    code: str
    name: str
    start: str
    end: str
    series: int | None
    city: str | None


class KnownEventType(NamedTuple):
    id: int
    code: str
    discipline: int
    name: str
    gender: str
    mark_kind: str
    better: str
    decimals: int
    classification: str
    bronzes: int
    is_team: int


class KnownEvent(NamedTuple):
    id: int
    event_type: int
    venue: int | None
    date: str
    official_at: str | None
    classification: str
    breaks_ties: int
    status: str


class KnownMark(NamedTuple):
    """A mark of the book, valid or not, and whose, when and where it was.

    `day` is an ISO day, `phase` a name, `unit` a position; what follows `is_valid` is as in
    `Placed`.
    """

    result: int
    event: int
    event_type: int
    series: int | None
    venue: int | None
    competition: str
    competition_name: str
    city: str | None
    day: str
    phase: str
    unit: int | None
    holder: str
    mark: int
    decimals: int
    is_valid: bool
    nation: int
    continent: str | None = None
    wind: int | None = None
    assistance: str | None = None
    eldest: str | None = None
    youngest: str | None = None


class KnownRecordList(NamedTuple):
    """A record list; what stands between `id` and `policy` is what it is a list of."""

    id: int
    kind: int
    event_type: int
    series: int | None
    nation: int | None
    venue: int | None
    continent: str | None
    age_class: str | None
    policy: RecordPolicy


class KnownBaseline(NamedTuple):
    id: int
    record_list: int
    holder: str
    nation: int | None
    mark: int
    decimals: int
    date: str | None
    place: str | None
    source: int | None


class KnownPublished(NamedTuple):
    id: int
    record_list: int
    position: int
    mark: int
    decimals: int
    holder: str
    nation: int | None
    date: str | None
    source: int | None


class KnownRuling(NamedTuple):
    id: int
    record_list: int
    result: int
    ruling: str
    date: str
    source: int | None


class KnownAthlete(NamedTuple):
    id: int
    name: str
    gender: str | None
    birth_date: str | None


class KnownEntry(NamedTuple):
    id: int
    nation: int
    athlete: int | None
    team: str | None
    bib: str | None
    typed_rank: int | None


class KnownResult(NamedTuple):
    id: int
    entry: int
    phase: int
    unit: int | None
    start_order: int | None
    lane: str | None
    mark: int | None
    mark_decimals: int | None
    score: str | None
    status: str | None
    tie_break: int | None
    clock_time: str | None
    wind: int | None
    note: str | None
    source: int | None


class KnownDecision(NamedTuple):
    """The head of a decision; days are ISO."""

    id: int
    date: str
    body: str
    reason: str


@dataclass(frozen=True, slots=True)
class KnownField:
    """All that is known of one event: phases as (id, position, name, date), units as
    (id, phase, position, date), members as entry to athletes in their order.
    """

    phases: Sequence[Row]
    units: Sequence[Row]
    entries: Sequence[KnownEntry]
    results: Sequence[KnownResult]
    members: Mapping[int, Sequence[int]]
    decisions: Sequence[Decision]


class BulkReads(ReadBase):
    """What a book has already, by the lists in which a file is looked up."""

    def next_ids(self) -> dict[str, int]:
        """Fact table to the first id that is free behind all others."""
        ids = {}
        for table in FACT_TABLES:
            row = self._row(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
            assert row is not None
            ids[table] = int(row[0])
        return ids

    def known_codes(self) -> list[KnownCode]:
        """Every code that any nation has or had."""
        return [
            KnownCode(*row)
            for row in self._rows(
                """SELECT nation_id, code, name, coalesce(valid_from, ''),
                    coalesce(valid_to, '9999') FROM nation_code ORDER BY id"""
            )
        ]

    def known_nations(self) -> list[KnownNation]:
        return [
            KnownNation(*row)
            for row in self._rows("SELECT id, name, kind, continent FROM nation ORDER BY id")
        ]

    def known_spans(self) -> list[KnownSpan]:
        """Every code that any nation has or had, those of a nation in the order of their days."""
        return [
            KnownSpan(*row)
            for row in self._rows(
                """SELECT id, nation_id, code, name, valid_from, valid_to FROM nation_code
                ORDER BY nation_id, coalesce(valid_from, ''), id"""
            )
        ]

    def known_populations(self) -> dict[tuple[int, str], tuple[int, int, int | None]]:
        """Nation and day to the id of a population, its people, and its source."""
        rows = self._rows("SELECT nation_id, date, id, people, source_id FROM population")
        return {(nation, day): (key, people, source) for nation, day, key, people, source in rows}

    def known_memberships(self) -> dict[tuple[int, int], tuple[int, str]]:
        """Competition and nation to the id of what is said of them, and what it is (RULES R15)."""
        rows = self._rows(
            "SELECT competition_id, nation_id, id, membership FROM competition_nation"
        )
        return {(competition, nation): (key, said) for competition, nation, key, said in rows}

    def known(self, table: str) -> list[tuple[int, str, str]]:
        """Id, code and name of the rows of `series`, `discipline` or `record_kind`."""
        assert table in ("series", "discipline", "record_kind")
        return [(key, code, name) for key, code, name in self._rows(
            f"SELECT id, code, name FROM {table} ORDER BY id"
        )]  # fmt: skip

    def known_names(self, table: str) -> dict[str, int]:
        """Title of a `source`, or name of a `venue`, to its id."""
        column = {"source": "title", "venue": "name"}[table]
        return dict(self._rows(f"SELECT {column}, id FROM {table}"))

    def known_statuses(self) -> list[str]:
        """The codes of all statuses in their order."""
        return [code for (code,) in self._rows("SELECT code FROM irm ORDER BY position, id")]

    def known_competitions(self) -> list[KnownCompetition]:
        return [
            KnownCompetition(*row)
            for row in self._rows(
                """SELECT id, code, name, start_date, end_date, series_id, city
                FROM competition ORDER BY id"""
            )
        ]

    def known_event_types(self) -> list[KnownEventType]:
        return [
            KnownEventType(*row)
            for row in self._rows(
                """SELECT id, code, discipline_id, name, gender, mark_kind, better, decimals,
                    classification, bronzes, team FROM event_type ORDER BY id"""
            )
        ]

    def known_events(self, competition: int) -> list[KnownEvent]:
        """The events of a competition."""
        return [
            KnownEvent(*row)
            for row in self._rows(
                """SELECT id, event_type_id, venue_id, date, official_at, classification,
                    breaks_ties, status FROM event WHERE competition_id = ?""",
                competition,
            )
        ]

    def has_results(self, event_type: int) -> bool:
        """Whether anybody has a mark, a score or a typed rank in the events of a type."""
        return self._row(_HAS_RESULTS, event_type) is not None

    def known_marks(self, event_types: Collection[int]) -> list[KnownMark]:
        """Every mark of some event types, by day."""
        rows = self._rows(_KNOWN_MARKS, json.dumps([*event_types]))
        return [KnownMark._make((*row[:14], bool(row[14]), *row[15:])) for row in rows]

    def known_row(self, table: str, key: int) -> dict[str, Any]:
        """A row of a fact table, column by column. Raises UnknownCode."""
        assert table in FACT_TABLES
        columns = [name for _, name, *_ in self._rows(f"PRAGMA table_info({table})")]
        row = self._needed(table, key, f"SELECT * FROM {table} WHERE id = ?", key)
        return dict(zip(columns, row, strict=True))

    def known_record_lists(self) -> list[KnownRecordList]:
        rows = self._rows(
            f"""SELECT l.id, l.record_kind_id, l.event_type_id, l.series_id, l.nation_id,
                l.venue_id, l.continent, l.age_class, {POLICY}
            FROM record_list AS l ORDER BY l.id"""
        )
        return [KnownRecordList._make((*row[:8], record_policy(row[8:]))) for row in rows]

    def known_baselines(self) -> list[KnownBaseline]:
        return [
            KnownBaseline(*row)
            for row in self._rows(
                """SELECT id, record_list_id, holder, nation_id, mark, mark_decimals, date, place,
                    source_id FROM record_baseline"""
            )
        ]

    def known_published(self) -> list[KnownPublished]:
        """Every line of every published progression, each in its order."""
        return [
            KnownPublished(*row)
            for row in self._rows(
                """SELECT id, record_list_id, position, mark, mark_decimals, holder, nation_id,
                    date, source_id FROM published_record ORDER BY record_list_id, position"""
            )
        ]

    def known_rulings(self) -> list[KnownRuling]:
        """Every ruling, the one that holds of a mark behind all others on it."""
        return [
            KnownRuling(*row)
            for row in self._rows(
                """SELECT id, record_list_id, result_id, ruling, date, source_id
                FROM record_ruling ORDER BY date, id"""
            )
        ]

    def known_athletes(self) -> list[KnownAthlete]:
        return [
            KnownAthlete(*row)
            for row in self._rows("SELECT id, name, gender, birth_date FROM athlete ORDER BY id")
        ]

    def known_allegiances(self) -> list[tuple[int, int]]:
        """Athlete and nation, for every nation that somebody ever competed for."""
        return [(athlete, nation) for athlete, nation in self._rows(
            """SELECT athlete_id, nation_id FROM entry WHERE athlete_id IS NOT NULL
            UNION SELECT m.athlete_id, n.nation_id FROM entry_member AS m
            JOIN entry AS n ON n.id = m.entry_id"""
        )]  # fmt: skip

    def known_careers(self, athletes: Collection[int]) -> set[tuple[int, int]]:
        """Athlete and event type, for all that some athletes ever competed in."""
        rows = self._rows(
            """SELECT n.athlete_id, e.event_type_id FROM json_each(?) AS wanted
            CROSS JOIN entry AS n ON n.athlete_id = wanted.value
            JOIN event AS e ON e.id = n.event_id
            UNION SELECT m.athlete_id, e.event_type_id FROM json_each(?) AS wanted
            CROSS JOIN entry_member AS m ON m.athlete_id = wanted.value
            JOIN entry AS n ON n.id = m.entry_id JOIN event AS e ON e.id = n.event_id""",
            *[json.dumps([*athletes])] * 2,
        )
        return {(athlete, event_type) for athlete, event_type in rows}

    def known_decisions(self, event: int) -> list[KnownDecision]:
        """The decisions on an event, in the order in which they hold (RULES R9)."""
        return [
            KnownDecision(*row)
            for row in self._rows(
                "SELECT id, date, body, reason FROM decision WHERE event_id = ? ORDER BY date, id",
                event,
            )
        ]

    def known_field(self, event: int) -> KnownField:
        """Phases, units, entries, results, members and decisions of one event."""
        members: dict[int, list[int]] = defaultdict(list)
        for entry, athlete in self._rows(
            """SELECT m.entry_id, m.athlete_id FROM entry AS n
            JOIN entry_member AS m ON m.entry_id = n.id
            WHERE n.event_id = ? ORDER BY m.entry_id, m.position, m.id""",
            event,
        ):
            members[entry].append(athlete)
        with explained_sql(self._path):
            decisions = read_decisions(self._connection, event)
        return KnownField(
            phases=self._rows(
                "SELECT id, position, name, date FROM phase WHERE event_id = ? ORDER BY position",
                event,
            ),
            units=self._rows(
                """SELECT u.id, u.phase_id, u.position, u.date FROM phase AS p
                JOIN unit AS u ON u.phase_id = p.id WHERE p.event_id = ?""",
                event,
            ),
            entries=[
                KnownEntry(*row)
                for row in self._rows(
                    """SELECT id, nation_id, athlete_id, team_name, bib, typed_rank
                    FROM entry WHERE event_id = ? ORDER BY id""",
                    event,
                )
            ],
            results=[KnownResult(*row) for row in self._rows(_RESULTS, event)],
            members=members,
            decisions=decisions,
        )

    def held(self, event: int) -> tuple[set[int], set[int]]:
        """Results of an event that a ruling is about, and entries that have a note."""
        rulings = self._rows(
            """SELECT DISTINCT g.result_id FROM result AS r
            JOIN record_ruling AS g ON g.result_id = r.id WHERE r.event_id = ?""",
            event,
        )
        notes = self._rows(
            "SELECT id FROM entry WHERE event_id = ? AND coalesce(note, '') <> ''", event
        )
        return {row[0] for row in rulings}, {row[0] for row in notes}

    def membership(self, entry: int, athlete: int) -> int:
        """The row of `entry_member` of somebody who is in a team."""
        row = self._row(
            "SELECT id FROM entry_member WHERE entry_id = ? AND athlete_id = ?", entry, athlete
        )
        assert row is not None
        return int(row[0])

    def name_of_entry(self, entry: int) -> str:
        """The printed name of an athlete or a team in an event."""
        row = self._row(
            f"""SELECT {ENTRY_NAME} FROM entry AS n
            LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.id = ?""",
            entry,
        )
        assert row is not None
        return str(row[0])


_HAS_RESULTS = """
    SELECT 1 FROM event JOIN entry ON entry.event_id = event.id
    LEFT JOIN result ON result.entry_id = entry.id
    WHERE event.event_type_id = ? AND (
        typed_rank IS NOT NULL OR mark IS NOT NULL OR score IS NOT NULL)
    LIMIT 1
"""

_KNOWN_MARKS = f"""SELECT r.id, r.event_id, e.event_type_id, c.series_id, e.venue_id, c.code,
    c.name, c.city, coalesce(u.date, p.date, e.date) AS day, p.name, u.position, {ENTRY_NAME},
    r.mark, r.mark_decimals, {VALID}, {FACTS}
FROM json_each(?) AS wanted
CROSS JOIN event AS e ON e.event_type_id = wanted.value
JOIN competition AS c ON c.id = e.competition_id
JOIN result AS r ON r.event_id = e.id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
{WHOSE} {PLACING}
WHERE r.mark IS NOT NULL ORDER BY day, r.id"""


_RESULTS = """SELECT id, entry_id, phase_id, unit_id, start_order, lane, mark, mark_decimals,
    score, status, tie_break, clock_time, wind, note, source_id
FROM result WHERE event_id = ? ORDER BY id"""
