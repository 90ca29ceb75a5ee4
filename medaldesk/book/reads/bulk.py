"""Reads for whoever compares a whole file with a book: everything of a kind at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from medaldesk.book.connection import explained_sql
from medaldesk.book.derive import read_decisions
from medaldesk.book.reads.base import ReadBase, Row
from medaldesk.book.schema import FACT_TABLES
from medaldesk.domain.decisions import Decision


class KnownCode(NamedTuple):
    """A code and name of a nation on the days from first to last, both included."""

    nation: int
    code: str
    name: str
    first: str
    last: str


class KnownCompetition(NamedTuple):
    id: int
    code: str
    name: str
    start: str
    end: str


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


class KnownEvent(NamedTuple):
    id: int
    event_type: int
    venue: int | None
    date: str
    official_at: str | None
    classification: str
    breaks_ties: int
    status: str


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

    def known(self, table: str) -> list[tuple[int, str, str]]:
        """Id, code and name of the rows of `series` or `discipline`."""
        assert table in ("series", "discipline")
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
            for row in self._rows("SELECT id, code, name, start_date, end_date FROM competition")
        ]

    def known_event_types(self) -> list[KnownEventType]:
        return [
            KnownEventType(*row)
            for row in self._rows(
                """SELECT id, code, discipline_id, name, gender, mark_kind, better, decimals,
                    classification, bronzes FROM event_type ORDER BY id"""
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


_RESULTS = """SELECT id, entry_id, phase_id, unit_id, start_order, lane, mark, mark_decimals,
    score, status, tie_break, clock_time, wind, note, source_id
FROM result WHERE event_id = ? ORDER BY id"""
