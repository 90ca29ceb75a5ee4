"""From facts to derived tables: `placing`, `award` (this module) and `record_mark`.

`derive_event` renews what one event decides; `derive_all` renews everything. Both call the same
functions on the same rows, so that they cannot disagree; `check` compares them all the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from medaldesk.book import derive_records
from medaldesk.book.changes import MedalMove, Moves, RankMove
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
Award = tuple[int, int, int, int, str, int]
"""entry, event, competition, nation, medal, official: a row of `award`."""

PlacingRow = tuple[int, int, int | None, int, int, int | None, int]
"""entry, event, rank, rank_equal, sort_order, behind, tie_open: a row of `placing`."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All facts that decide one event, read at once."""

    event: int
    competition: int
    official: bool
    method: Classification
    field: Field
    nations: dict[int, int]


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
            phases=read_phases(connection, event),
            better=Better(better),
            irm_order=order,
        ),
        nations={entry: nation for entry, _, _, nation in entries},
    )


def read_phases(connection: Connection, event: int) -> list[list[Performance]]:
    """The results of an event by phase; empty phases are left out."""
    rows = connection.execute(
        """SELECT p.position, r.entry_id, r.mark, r.tie_break, r.status,
            u.position, r.start_order, r.lane
        FROM result AS r JOIN phase AS p ON p.id = r.phase_id
        LEFT JOIN unit AS u ON u.id = r.unit_id
        WHERE r.event_id = ?
        ORDER BY p.position, u.position IS NULL, u.position,
            r.start_order IS NULL, r.start_order, r.lane, r.id""",
        (event,),
    )
    return [
        [
            Performance(
                entry,
                mark,
                tie_break,
                status,
                None if unit is None and start is None else place,
            )
            for place, (_, entry, mark, tie_break, status, unit, start, _) in enumerate(phase)
        ]
        for _, phase in groupby(rows, key=itemgetter(0))
    ]


def placing_rows(event: int, placings: Iterable[Placing]) -> dict[int, PlacingRow]:
    return {
        p.key: (p.key, event, p.rank, int(p.equal), p.sort_order, p.behind, int(p.tie_open))
        for p in placings
    }


def award_rows(facts: EventFacts, placings: Sequence[Placing]) -> dict[int, Award]:
    """Medals follow the shared rank; they count once the event is official (RULES R6, R10)."""
    return {
        entry: (
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
    old_placings = _keyed(connection, "SELECT * FROM placing WHERE event_id = ?", event)
    old_awards = _keyed(connection, "SELECT * FROM award WHERE event_id = ?", event)
    _replace(connection, "placing", old_placings, new_placings)
    _replace(connection, "award", old_awards, new_awards)
    return Moves(
        ranks=tuple(_rank_moves(old_placings, new_placings)),
        medals=tuple(_medal_moves(old_awards, new_awards)),
    )


def _keyed(connection: Connection, sql: str, event: int) -> dict[int, tuple[object, ...]]:
    return {row[0]: row for row in connection.execute(sql, (event,))}


def _replace(
    connection: Connection,
    table: str,
    old: dict[int, tuple[object, ...]],
    new: dict[int, PlacingRow] | dict[int, Award],
) -> None:
    gone = [(key,) for key in old if key not in new]
    changed = [row for key, row in new.items() if old.get(key) != row]
    if gone:
        connection.executemany(f"DELETE FROM {table} WHERE entry_id = ?", gone)
    if changed:
        slots = ", ".join("?" * len(changed[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({slots})", changed)


def _rank_moves(
    old: dict[int, tuple[object, ...]], new: dict[int, PlacingRow]
) -> Iterable[RankMove]:
    for entry in sorted(old.keys() | new.keys()):
        before = old[entry][2] if entry in old else None
        after = new[entry][2] if entry in new else None
        if before != after:
            yield RankMove(entry, before, after)  # type: ignore[arg-type]


def _medal_moves(old: dict[int, tuple[object, ...]], new: dict[int, Award]) -> Iterable[MedalMove]:
    for entry in sorted(old.keys() | new.keys()):
        was, now = old.get(entry), new.get(entry)
        if was == now:
            continue
        row = now or was
        assert row is not None
        yield MedalMove(
            entry=entry,
            competition=row[2],  # type: ignore[arg-type]
            nation=row[3],  # type: ignore[arg-type]
            before=Medal(was[4]) if was else None,
            after=Medal(now[4]) if now else None,
            was_official=bool(was and was[5]),
            is_official=bool(now and now[5]),
        )


def derive_all(connection: Connection, schema: str = "main") -> None:
    """Derive everything from nothing into the tables of `schema` (`main`, or `temp` for `check`).

    The tables are emptied first. Must run inside a transaction.
    """
    order = irm_order(connection)
    for table in ("placing", "award", "record_mark"):
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
