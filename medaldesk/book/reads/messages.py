"""Reads of what messages of a results feed carry beside the result sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import ReadBase, Row
from medaldesk.book.schema_002 import STANDS
from medaldesk.domain.medals import Medal


@dataclass(frozen=True, slots=True)
class Person:
    """An athlete; `gender` is M, W or X, `birth_date` an ISO day; the id of a mere name is 0."""

    id: int
    name: str
    family_name: str | None
    given_name: str | None
    gender: str | None
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who is entered in an event: a `person`, or a team with its `members` in order.

    `name` is the printed one, `nation` an id.
    """

    entry: int
    name: str
    nation: int
    bib: str | None
    note: str | None
    person: Person | None
    members: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A unit in which there are results, or a phase (`unit` is None) for those without a unit.

    `day` is ISO, that of the event where neither unit nor phase has one.
    """

    phase: int
    phase_name: str
    unit: int | None
    day: str
    clock_time: str | None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a result sheet does not show of a result."""

    clock_time: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class HeldMedal:
    """A medal of an official event that stands, and the day since when it is held."""

    entry: int
    medal: Medal
    since: str


class MessageReads(ReadBase):
    """Who competed where and when, as a feed tells it."""

    def last_written(self) -> datetime:
        """When the book was last written (UTC)."""
        row = self._needed("journal", "", "SELECT at FROM journal ORDER BY id DESC LIMIT 1")
        return datetime.fromisoformat(row[0])

    def entrants(self, event: int) -> Mapping[int, Entrant]:
        """Entry to who is entered, in the order of the sheet (RULES R2, R11)."""
        members = self._members("n.event_id = ?", event)
        rows = self._rows(
            f"{_ENTRANTS} WHERE n.event_id = ? ORDER BY p.sort_order IS NULL, p.sort_order, n.id",
            event,
        )
        return {row[0]: _entrant(row, members) for row in rows}

    def record_holders(self, record_list: int) -> Mapping[int, Entrant]:
        """Result to who achieved it, of the marks in a record list."""
        held = """n.id IN (SELECT r.entry_id FROM result AS r
            JOIN record_mark AS m ON m.result_id = r.id WHERE m.record_list_id = ?)"""
        members = self._members(held, record_list)
        rows = self._rows(f"{_ENTRANTS} WHERE {held}", record_list)
        entrants = {row[0]: _entrant(row, members) for row in rows}
        marks = self._rows(
            """SELECT m.result_id, r.entry_id FROM record_mark AS m
            JOIN result AS r ON r.id = m.result_id WHERE m.record_list_id = ?""",
            record_list,
        )
        return {result: entrants[entry] for result, entry in marks}

    def baseline_holder(self, record_list: int) -> Person | None:
        """Whose mark stood before a record list begins, where it is an athlete of the book."""
        row = self._row(
            f"""SELECT {_PERSON} FROM record_baseline AS b JOIN athlete AS a ON a.id = b.athlete_id
            WHERE b.record_list_id = ?""",
            record_list,
        )
        return Person(*row) if row else None

    def host_nations(self) -> Mapping[str, str]:
        """The code of a competition to that of its host nation, where it is known."""
        return dict(self._rows("SELECT code, country FROM competition WHERE country IS NOT NULL"))

    def sheet_places(self, event: int) -> list[SheetPlace]:
        """Where there are results: phases from the first to the last, each with its units."""
        return [SheetPlace(*row) for row in self._rows(_PLACES, event)]

    def result_facts(self, event: int) -> Mapping[int, ResultFacts]:
        """Result to what its sheet does not show."""
        rows = self._rows(
            """SELECT r.id, r.clock_time, s.title FROM result AS r
            LEFT JOIN source AS s ON s.id = r.source_id WHERE r.event_id = ?""",
            event,
        )
        return {result: ResultFacts(*facts) for result, *facts in rows}

    def held_medals(self, event: int) -> list[HeldMedal]:
        """The medals of an official event as they stand, gold first (RULES R8, R10)."""
        rows = self._rows(
            """SELECT w.entry_id, w.medal, w.from_day FROM award AS w
            JOIN placing AS p ON p.entry_id = w.entry_id
            WHERE w.event_id = ? AND w.official = 1 AND w.until_day = ?
            ORDER BY w.medal = 'bronze', w.medal = 'silver', p.sort_order""",
            event,
            STANDS,
        )
        return [HeldMedal(entry, Medal(medal), since) for entry, medal, since in rows]

    def _members(self, where: str, value: int) -> Mapping[int, list[Person]]:
        """Entry to its members, in order; `where` chooses among rows of `entry AS n`."""
        members: dict[int, list[Person]] = defaultdict(list)
        for entry, *person in self._rows(
            f"""SELECT m.entry_id, {_PERSON} FROM entry AS n
            JOIN entry_member AS m ON m.entry_id = n.id JOIN athlete AS a ON a.id = m.athlete_id
            WHERE {where} ORDER BY m.entry_id, m.position, m.id""",
            value,
        ):
            members[entry].append(Person(*person))
        return members


def _entrant(row: Row, members: Mapping[int, list[Person]]) -> Entrant:
    entry, name, nation, bib, note, *person = row
    who = None if person[0] is None else Person(*person)
    return Entrant(entry, name, nation, bib, note, who, tuple(members.get(entry, ())))


_PERSON = "a.id, a.name, a.family_name, a.given_name, a.gender, a.birth_date"

_ENTRANTS = f"""SELECT n.id, {ENTRY_NAME}, n.nation_id, n.bib, n.note, {_PERSON}
FROM entry AS n
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN placing AS p ON p.entry_id = n.id"""

_PLACES = """SELECT p.id, p.name, u.position, coalesce(u.date, p.date, e.date), u.clock_time
FROM result AS r
JOIN phase AS p ON p.id = r.phase_id
JOIN event AS e ON e.id = r.event_id
LEFT JOIN unit AS u ON u.id = r.unit_id
WHERE r.event_id = ?
GROUP BY p.id, u.id
ORDER BY p.position, u.position IS NULL, u.position"""
