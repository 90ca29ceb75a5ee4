"""From facts to derived tables: `placing` and `award` here, `record_mark` in `derive_records`.

`derive_event` renews what one event decides; `derive_all` renews everything. Both call the same
functions on the same rows, so that they cannot disagree; `check` compares them all the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from medaldesk.book import derive_bests, derive_records
from medaldesk.book.changes import MedalMove, Moves, RankMove
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.schema import DERIVED_TABLES
from medaldesk.book.statuses import irm_order
from medaldesk.domain.classification import (
    Classification,
    Field,
    Performance,
    Starter,
    has_medals_yet,
)
from medaldesk.domain.decisions import (
    STANDS,
    Decided,
    Decision,
    DecisionLine,
    EventOutcome,
    MedalRuling,
    MedalSpan,
    decide_event,
    medal_spans,
    standing_decisions,
)
from medaldesk.domain.marks import Better
from medaldesk.domain.medals import Medal

Connection = sqlite3.Connection


class PlacingRow(NamedTuple):
    """A row of `placing`: where an entry stands after the decisions in force."""

    entry: int
    event: int
    rank: int | None
    rank_equal: int
    sort_order: int
    behind: int | None
    tie_open: int
    status: str | None
    status_decided: int
    medal_ruling: str | None
    decision: int | None


class AwardRow(NamedTuple):
    """A row of `award`: a medal and the days on which it is held, the last one excluded."""

    entry: int
    first: str
    until: str
    event: int
    competition: int
    nation: int
    discipline: int
    gender: str
    day: str
    medal: str
    official: int
    decision: int | None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All facts that decide one event, read at once; `nations` by entry."""

    event: int
    competition: int
    discipline: int
    gender: str
    day: str
    official_on: str | None
    method: Classification
    bronzes: int
    field: Field
    nations: Mapping[int, int]
    decisions: Sequence[Decision]


def read_event(connection: Connection, event: int) -> EventFacts | None:
    """The facts of one event; None where it does not exist (any more)."""
    head = connection.execute(
        """SELECT e.competition_id, t.discipline_id, t.gender, e.date, e.official_at,
            e.classification, e.bronzes, e.breaks_ties, t.better,
            (SELECT max(position) FROM phase WHERE event_id = e.id)
        FROM event AS e JOIN event_type AS t ON t.id = e.event_type_id WHERE e.id = ?""",
        (event,),
    ).fetchone()
    if head is None:
        return None
    (
        competition, discipline, gender, day, official_on, method, bronzes, breaks_ties, better,
        deciding,
    ) = head  # fmt: skip
    entries = connection.execute(
        f"""SELECT n.id, {ENTRY_NAME}, n.typed_rank, n.nation_id
        FROM entry AS n LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.event_id = ?""",
        (event,),
    ).fetchall()
    return EventFacts(
        event=event,
        competition=competition,
        discipline=discipline,
        gender=gender,
        day=day,
        official_on=official_on,
        method=Classification(method),
        bronzes=bronzes,
        field=Field(
            starters=[Starter(*row[:3]) for row in entries],
            phases=_read_phases(connection, event, deciding),
            better=Better(better),
            irm_order=irm_order(connection, event),
            breaks_ties=bool(breaks_ties),
        ),
        nations={entry: nation for entry, _, _, nation in entries},
        decisions=read_decisions(connection, event),
    )


def read_decisions(connection: Connection, event: int) -> list[Decision]:
    """The decisions of an event with their lines, revoked ones included (RULES R9)."""
    rows = connection.execute(
        """SELECT d.id, d.date, d.revoked_on, l.entry_id, l.sets_status, l.status, l.sets_rank,
            l.rank, l.medal
        FROM decision AS d JOIN decision_line AS l ON l.decision_id = d.id
        WHERE d.event_id = ? ORDER BY d.date, d.id, l.id""",
        (event,),
    ).fetchall()
    return [
        Decision(key, day, [decision_line(row[3:]) for row in lines], revoked_on)
        for (key, day, revoked_on), lines in groupby(rows, key=itemgetter(0, 1, 2))
    ]


def decision_line(row: Sequence[Any]) -> DecisionLine:
    """A row of `decision_line`, from its entry to its medal, as what it says."""
    entry, sets_status, status, sets_rank, rank, medal = row
    ruling = MedalRuling(medal) if medal else None
    return DecisionLine(entry, bool(sets_status), status, bool(sets_rank), rank, ruling)


def outcome(facts: EventFacts) -> EventOutcome:
    """The race, then the decisions that nobody has revoked."""
    return decide_event(facts.method, facts.field, standing_decisions(facts.decisions))


_PHASES = """SELECT p.position, u.position, r.start_order, r.lane,
    r.entry_id, r.mark, r.tie_break, r.status
FROM result AS r JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
WHERE r.event_id = ?
ORDER BY p.position, u.position IS NULL, u.position, r.start_order IS NULL, r.start_order,
    length(r.lane), r.lane"""


def _read_phases(
    connection: Connection, event: int, deciding: int | None
) -> list[list[Performance]]:
    """The results of an event by phase, the deciding one last, also where it has none yet.

    Other phases without results are left out.
    """
    rows = connection.execute(_PHASES, (event,)).fetchall()
    phases = [list(_read_phase(results)) for _, results in groupby(rows, key=itemgetter(0))]
    return phases if rows and rows[-1][0] == deciding else [*phases, []]


def _read_phase(rows: Iterable[tuple[Any, ...]]) -> Iterator[Performance]:
    """The results of a phase, which stand in the order of unit, start order and lane.

    Those of one place have the same start order, so that the name parts them (RULES R2).
    """
    for place, (start, results) in enumerate(groupby(rows, key=itemgetter(1, 2, 3))):
        unit, start_order, _ = start
        known = unit is not None or start_order is not None
        for *_, entry, mark, tie_break, status in results:
            yield Performance(entry, mark, tie_break, status, place if known else None)


LATEST = 1 << 62
"""The key of a decision that is not taken yet: the last of its day."""


def with_decision(
    facts: EventFacts, lines: Sequence[DecisionLine], day: str, replacing: int | None
) -> EventFacts:
    """The facts of an event with one decision more, or with one corrected, which stays revoked."""
    others = [decision for decision in facts.decisions if decision.key != replacing]
    was = next((decision for decision in facts.decisions if decision.key == replacing), None)
    new = Decision(was.key if was else LATEST, day, lines, was.revoked_on if was else None)
    return replace(facts, decisions=[*others, new])


def placing_rows(event: int, decided: Iterable[Decided]) -> dict[int, PlacingRow]:
    """Entry to its row of `placing`."""
    return {
        d.entry: PlacingRow(
            d.entry,
            event,
            d.placing.rank,
            int(d.placing.equal),
            d.placing.sort_order,
            d.placing.behind,
            int(d.placing.tie_open),
            d.placing.status,
            int(d.status_decided),
            d.ruling.value if d.ruling else None,
            d.decision,
        )
        for d in decided
    }


def award_rows(facts: EventFacts, found: EventOutcome) -> dict[tuple[int, str], AwardRow]:
    """Entry and first day to the row of `award` (RULES R6, R8, R19).

    Medals count from the day the event was official, and stand apart until then (RULES R10).
    """
    rows = [
        AwardRow(
            span.entry,
            span.first,
            span.until,
            facts.event,
            facts.competition,
            facts.nations[span.entry],
            facts.discipline,
            facts.gender,
            facts.day,
            span.medal.value,
            int(facts.official_on is not None),
            span.decision,
        )
        for span in _spans(facts, found)
    ]
    return {(row.entry, row.first): row for row in rows}


def _spans(facts: EventFacts, found: EventOutcome) -> Iterable[MedalSpan]:
    """Medals by day; while the event runs, those as it stands once the deciding phase does."""
    if facts.official_on is None and not has_medals_yet(facts.method, facts.field):
        return []
    if facts.official_on is not None and facts.decisions:
        return medal_spans(
            found.placings, facts.decisions, facts.field.irm_order, facts.official_on
        )
    return [
        MedalSpan(d.entry, d.medal, facts.official_on or "", STANDS, d.medal_decision)
        for d in found.decided
        if d.medal is not None
    ]


def derive_event(connection: Connection, event: int) -> Moves:
    """Renew the placings and awards of one event, writing only the rows that differ."""
    facts = read_event(connection, event)
    found = outcome(facts) if facts else None
    new_placings = placing_rows(event, found.decided) if found else {}
    new_awards = award_rows(facts, found) if facts and found else {}
    old_placings = {row.entry: row for row in _old_rows(connection, "placing", event, PlacingRow)}
    old_awards = {
        (row.entry, row.first): row for row in _old_rows(connection, "award", event, AwardRow)
    }
    gone = [(key,) for key in old_placings if key not in new_placings]
    connection.executemany("DELETE FROM placing WHERE entry_id = ?", gone)
    connection.executemany(
        "DELETE FROM award WHERE entry_id = ? AND from_day = ?",
        [key for key in old_awards if key not in new_awards],
    )
    _write(connection, "placing", old_placings, new_placings)
    _write(connection, "award", old_awards, new_awards)
    return Moves(
        ranks=tuple(_rank_moves(old_placings, new_placings)),
        medals=tuple(_medal_moves(_standing(old_awards), _standing(new_awards))),
    )


def _standing(awards: Mapping[tuple[int, str], AwardRow]) -> dict[int, AwardRow]:
    """Entry to the medal that it holds after all that is known."""
    return {row.entry: row for row in awards.values() if row.until == STANDS}


R = TypeVar("R")
K = TypeVar("K")


def _old_rows(
    connection: Connection, table: str, event: int, row_type: Callable[..., R]
) -> list[R]:
    rows = connection.execute(f"SELECT * FROM {table} WHERE event_id = ?", (event,))
    return [row_type(*row) for row in rows]


def _write(
    connection: Connection,
    table: str,
    old: Mapping[K, tuple[object, ...]],
    new: Mapping[K, tuple[object, ...]],
) -> None:
    """Write the rows that are not as they were; their keys replace what was there."""
    _insert(connection, table, [row for key, row in new.items() if old.get(key) != row])


def _rank_moves(old: Mapping[int, PlacingRow], new: Mapping[int, PlacingRow]) -> Iterator[RankMove]:
    for entry in sorted(old.keys() | new.keys()):
        before = old[entry].rank if entry in old else None
        after = new[entry].rank if entry in new else None
        if before != after:
            yield RankMove(entry, before, after)


def _medal_moves(old: Mapping[int, AwardRow], new: Mapping[int, AwardRow]) -> Iterator[MedalMove]:
    """One move an entry, or two where the medal went from one nation to another."""
    for entry in sorted(old.keys() | new.keys()):
        was, now = old.get(entry), new.get(entry)
        if _told(was) == _told(now):
            continue
        if was and now and was.nation != now.nation:
            yield _medal_move(was, was, None)
            yield _medal_move(now, None, now)
        elif row := now or was:
            yield _medal_move(row, was, now)


def _told(row: AwardRow | None) -> object:
    """What of an award a person is told when it is different."""
    return row and (row.nation, row.medal, row.official)


def _medal_move(row: AwardRow, was: AwardRow | None, now: AwardRow | None) -> MedalMove:
    return MedalMove(
        entry=row.entry,
        nation=row.nation,
        competition=row.competition,
        before=Medal(was.medal) if was else None,
        after=Medal(now.medal) if now else None,
        was_official=bool(was and was.official),
        is_official=bool(now and now.official),
    )


def derive_all(connection: Connection, schema: str = "main") -> None:
    """Derive everything from nothing into the tables of `schema` (`main`, or `temp` for `check`).

    The tables are emptied first. Must run inside a transaction.
    """
    for table in DERIVED_TABLES:
        connection.execute(f"DELETE FROM {schema}.{table}")
    for (event,) in connection.execute("SELECT id FROM event ORDER BY id").fetchall():
        facts = read_event(connection, event)
        if facts is None:
            continue
        found = outcome(facts)
        _insert(connection, f"{schema}.placing", placing_rows(event, found.decided).values())
        _insert(connection, f"{schema}.award", award_rows(facts, found).values())
    derive_records.derive_all_lists(connection, schema)
    derive_bests.derive_all(connection, schema)


def _insert(connection: Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    written = list(rows)
    if written:
        slots = ", ".join("?" * len(written[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({slots})", written)
