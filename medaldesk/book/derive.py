"""From facts to derived tables: `placing` and `award` here, `record_mark` in `derive_records`.

`derive_event` renews what one event decides; `derive_all` renews everything. Both call the same
functions on the same rows, so that they cannot disagree; `check` compares them all the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from medaldesk.book import derive_records
from medaldesk.book.changes import MedalMove, Moves, RankMove
from medaldesk.book.schema import DERIVED_TABLES
from medaldesk.domain.classification import (
    Classification,
    Field,
    Performance,
    Starter,
    classify,
)
from medaldesk.domain.marks import Better
from medaldesk.domain.medals import Medal, medals_by_rank
from medaldesk.domain.ranking import IrmOrder, Placing

Connection = sqlite3.Connection


class PlacingRow(NamedTuple):
    """A row of `placing`."""

    entry: int
    event: int
    rank: int | None
    rank_equal: int
    sort_order: int
    behind: int | None
    tie_open: int


class AwardRow(NamedTuple):
    """A row of `award`."""

    entry: int
    event: int
    competition: int
    nation: int
    medal: str
    official: int


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All facts that decide one event, read at once; `nations` by entry."""

    event: int
    competition: int
    official: bool
    method: Classification
    field: Field
    nations: Mapping[int, int]


def irm_order(connection: Connection) -> IrmOrder:
    """Status code to its place after the ranked (RULES 2)."""
    return dict(connection.execute("SELECT code, position FROM irm"))


def read_event(connection: Connection, event: int, order: IrmOrder) -> EventFacts | None:
    """The facts of one event; None where it does not exist (any more)."""
    head = connection.execute(
        """SELECT e.competition_id, e.status = 'official', e.classification, et.better
        FROM event AS e JOIN event_type AS et ON et.id = e.event_type_id WHERE e.id = ?""",
        (event,),
    ).fetchone()
    if head is None:
        return None
    competition, official, method, better = head
    entries = connection.execute(
        """SELECT n.id, coalesce(n.printed_name, n.team_name, a.name), n.typed_rank, n.nation_id
        FROM entry AS n LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.event_id = ?""",
        (event,),
    ).fetchall()
    return EventFacts(
        event=event,
        competition=competition,
        official=bool(official),
        method=Classification(method),
        field=Field(
            starters=[Starter(entry, name, rank) for entry, name, rank, _ in entries],
            phases=_read_phases(connection, event),
            better=Better(better),
            irm_order=order,
        ),
        nations={entry: nation for entry, _, _, nation in entries},
    )


_PHASES = """SELECT p.position, u.position, r.start_order, r.lane,
    r.entry_id, r.mark, r.tie_break, r.status
FROM result AS r JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
WHERE r.event_id = ?
ORDER BY p.position, u.position IS NULL, u.position, r.start_order IS NULL, r.start_order,
    length(r.lane), r.lane"""


def _read_phases(connection: Connection, event: int) -> list[list[Performance]]:
    """The results of an event by phase; phases without results are left out."""
    rows = connection.execute(_PHASES, (event,)).fetchall()
    return [list(_read_phase(results)) for _, results in groupby(rows, key=itemgetter(0))]


def _read_phase(rows: Iterable[tuple[Any, ...]]) -> Iterator[Performance]:
    """The results of a phase, which stand in the order of unit, start order and lane.

    Those of one place have the same start order, so that the name parts them (RULES R2).
    """
    for place, (start, results) in enumerate(groupby(rows, key=itemgetter(1, 2, 3))):
        unit, start_order, _ = start
        known = unit is not None or start_order is not None
        for *_, entry, mark, tie_break, status in results:
            yield Performance(entry, mark, tie_break, status, place if known else None)


def placing_rows(event: int, placings: Iterable[Placing]) -> dict[int, PlacingRow]:
    """Entry to its row of `placing`."""
    return {
        p.key: PlacingRow(
            p.key, event, p.rank, int(p.equal), p.sort_order, p.behind, int(p.tie_open)
        )
        for p in placings
    }


def award_rows(facts: EventFacts, placings: Sequence[Placing]) -> dict[int, AwardRow]:
    """Entry to its row of `award`: medals follow the shared rank (RULES R6).

    They count once the event is official, and stand apart until then (RULES R10).
    """
    return {
        entry: AwardRow(
            entry,
            facts.event,
            facts.competition,
            facts.nations[entry],
            medal.value,
            int(facts.official),
        )
        for entry, medal in medals_by_rank(placings).items()
    }


def derive_event(connection: Connection, event: int, order: IrmOrder) -> Moves:
    """Renew the placings and awards of one event, writing only the rows that differ."""
    facts = read_event(connection, event, order)
    placings = classify(facts.method, facts.field) if facts else []
    new_placings = placing_rows(event, placings)
    new_awards = award_rows(facts, placings) if facts else {}
    old_placings = _old_rows(connection, "placing", event, PlacingRow)
    old_awards = _old_rows(connection, "award", event, AwardRow)
    _replace(connection, "placing", old_placings, new_placings)
    _replace(connection, "award", old_awards, new_awards)
    return Moves(
        ranks=tuple(_rank_moves(old_placings, new_placings)),
        medals=tuple(_medal_moves(old_awards, new_awards)),
    )


R = TypeVar("R")


def _old_rows(
    connection: Connection, table: str, event: int, row_type: Callable[..., R]
) -> dict[int, R]:
    rows = connection.execute(f"SELECT * FROM {table} WHERE event_id = ?", (event,))
    return {row[0]: row_type(*row) for row in rows}


def _replace(
    connection: Connection,
    table: str,
    old: Mapping[int, tuple[object, ...]],
    new: Mapping[int, tuple[object, ...]],
) -> None:
    gone = [(key,) for key in old if key not in new]
    changed = [row for key, row in new.items() if old.get(key) != row]
    if gone:
        connection.executemany(f"DELETE FROM {table} WHERE entry_id = ?", gone)
    if changed:
        slots = ", ".join("?" * len(changed[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({slots})", changed)


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
        if was == now:
            continue
        if was and now and was.nation != now.nation:
            yield _medal_move(was, was, None)
            yield _medal_move(now, None, now)
        elif row := now or was:
            yield _medal_move(row, was, now)


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
    order = irm_order(connection)
    for table in DERIVED_TABLES:
        connection.execute(f"DELETE FROM {schema}.{table}")
    for (event,) in connection.execute("SELECT id FROM event ORDER BY id").fetchall():
        facts = read_event(connection, event, order)
        if facts is None:
            continue
        placings = classify(facts.method, facts.field)
        connection.executemany(
            f"INSERT INTO {schema}.placing VALUES (?, ?, ?, ?, ?, ?, ?)",
            placing_rows(event, placings).values(),
        )
        connection.executemany(
            f"INSERT INTO {schema}.award VALUES (?, ?, ?, ?, ?, ?)",
            award_rows(facts, placings).values(),
        )
    derive_records.derive_all_lists(connection, schema)
