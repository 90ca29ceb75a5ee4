"""From facts to `record_mark`: the record lists of an event type, from a moment on.

An edit can change a list only from the first moment of the events it touched until the moment
where the mark that stands is again what it was; that stretch, and no more, is judged again. A
list with a minimum margin is judged anew as a whole: what stands in it is not the best of all
marks before, but depends on the order in which they came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from medaldesk.book.candidates import Placed, candidates
from medaldesk.book.changes import RecordMove
from medaldesk.book.record_lists import (
    FIRST_DAY,
    LAST_DAY,
    RecordList,
    all_lists,
    lists_of_event,
    record_list,
)
from medaldesk.domain.marks import Better, Mark, is_better
from medaldesk.domain.records import DAY, Candidate, Outcome, judge

Connection = sqlite3.Connection


class RecordRow(NamedTuple):
    """A row of `record_mark`; `mark` in millionths."""

    record_list: int
    result: int
    event: int
    outcome: str
    moment: str
    mark: int


def events_of_list(
    connection: Connection, found: RecordList, first: str = FIRST_DAY, last: str = LAST_DAY
) -> list[int]:
    """The events of a list with anything on the days from first to last."""
    values = {
        "type": found.event_type,
        "series": found.series,
        "venue": found.venue,
        "first": first,
        "last": last,
    }
    return [event for (event,) in connection.execute(_EVENTS, values)]


# A unit may be on another day than its phase, and a phase on another than its event.
_EVENTS = """WITH dated AS (
    SELECT id FROM event WHERE event_type_id = :type AND date BETWEEN :first AND :last
    UNION SELECT event_id FROM phase WHERE date BETWEEN :first AND :last
    UNION SELECT p.event_id FROM unit AS u JOIN phase AS p ON p.id = u.phase_id
        WHERE u.date BETWEEN :first AND :last)
SELECT e.id FROM dated CROSS JOIN event AS e ON e.id = dated.id
JOIN competition AS c ON c.id = e.competition_id
WHERE e.event_type_id = :type AND (:series IS NULL OR c.series_id = :series)
AND (:venue IS NULL OR e.venue_id = :venue)"""


# Derivation


def derive_touched(
    connection: Connection, events: Collection[int], lists: Collection[int]
) -> dict[int, list[RecordMove]]:
    """Renew whole lists, and what events can have changed in all other lists they count for.

    The events of one list are judged in one go: until then its rows tell of the facts before.
    Returns the lists that have changed, each with its moves; a record may change without one.
    """
    renewed: dict[int, list[RecordMove] | None] = {}
    placed = candidates(connection, events)
    whole = set(lists)
    for found, counting in _lists_of(connection, events):
        if found.policy.minimum_margin is not None:
            whole.add(found.id)
        elif found.id not in whole:
            mine = [p for p in placed if p.event in counting and found.counts(p)]
            renewed[found.id] = _renew(connection, found, events, mine)
    for list_id in sorted(whole):
        renewed[list_id] = _renew_whole(connection, list_id)
    return {list_id: moves for list_id, moves in renewed.items() if moves is not None}


def derive_all_lists(connection: Connection, schema: str) -> None:
    """Judge every candidate of every list into the (empty) `record_mark` of a schema."""
    for found in all_lists(connection):
        connection.executemany(
            f"INSERT INTO {schema}.record_mark VALUES (?, ?, ?, ?, ?, ?)",
            judged_whole(connection, found),
        )


def judged_whole(connection: Connection, found: RecordList) -> list[RecordRow]:
    """All records of a list, from its baseline on."""
    placed = candidates(connection, events_of_list(connection, found))
    return _judged(found, found.baseline, filter(found.counts, placed))


def _renew_whole(connection: Connection, list_id: int) -> list[RecordMove] | None:
    """Renew one list from its baseline on; one that was deleted loses its rows."""
    old = _rows(connection, "record_list_id = ?", list_id)
    found = record_list(connection, list_id)
    return _write(connection, old, judged_whole(connection, found) if found else [])


def _lists_of(
    connection: Connection, events: Iterable[int]
) -> list[tuple[RecordList, Collection[int]]]:
    """The lists that events count for, each with those events; also lists they no longer do."""
    counting: dict[int, set[int]] = {}
    lists: dict[int, RecordList | None] = {}
    for event in events:
        for found in lists_of_event(connection, event):
            lists[found.id] = found
            counting.setdefault(found.id, set()).add(event)
        for (list_id,) in connection.execute(
            "SELECT DISTINCT record_list_id FROM record_mark WHERE event_id = ?", (event,)
        ).fetchall():
            if list_id not in lists:
                lists[list_id] = record_list(connection, list_id)
    ordered = sorted(lists.items())
    return [(found, counting.get(list_id, ())) for list_id, found in ordered if found]


def _renew(
    connection: Connection, found: RecordList, events: Collection[int], mine: Sequence[Placed]
) -> list[RecordMove] | None:
    """Judge a list again over the moments of events, and after them as far as that matters.

    `mine` are the candidates of these events as they are now; their rows are as they were before.
    """
    was_mine = _rows(
        connection,
        "event_id IN (SELECT value FROM json_each(?)) AND record_list_id = ?",
        json.dumps([*events]),
        found.id,
    )
    moments = [p.candidate.moment for p in mine] + [row.moment for row in was_mine]
    if not moments:
        return None
    first, last = _stretch(found, min(moments), max(moments))
    others = [
        p
        for p in candidates(connection, _others(connection, found, (first, last), events))
        if first <= p.candidate.moment <= last and found.counts(p)
    ]
    stood = stood_before(connection, found, first)
    old = _rows(connection, "record_list_id = ? AND moment BETWEEN ? AND ?", found.id, first, last)
    new = _judged(found, stood, [*others, *mine])
    was_left, left = _last_set(old, stood), _last_set(new, stood)
    if (was_left and was_left.value) != (left and left.value):
        was_after, after = _rejoin(connection, found, last, was_left, left)
        old, new = old + was_after, new + after
    return _write(connection, old, new)


def _stretch(found: RecordList, first: str, last: str) -> tuple[str, str]:
    """The moments to be judged together: whole days where only the best of a day counts."""
    return (first[:DAY], _end(last[:DAY])) if found.policy.day_best else (first, last)


def _end(day: str) -> str:
    """Behind every moment of a day."""
    return f"{day}~"


def _others(
    connection: Connection, found: RecordList, span: tuple[str, str], events: Collection[int]
) -> list[int]:
    first, last = span
    return [e for e in events_of_list(connection, found, first[:10], last[:10]) if e not in events]


def _rejoin(
    connection: Connection, found: RecordList, last: str, was_left: Mark | None, left: Mark | None
) -> tuple[list[RecordRow], list[RecordRow]]:
    """What follows a moment until the list is again what it was: (old rows, new rows).

    That is the next record better than the mark that is left now: it beats every mark before it,
    so nothing changes from there on. Where the mark left is better than the one before, only
    marks that were records can still be; where it is worse, marks that fell short may be now.
    """
    until = _next_better(connection, found, last, left)
    if found.policy.day_best:
        until = until[:DAY]
    old = _rows(
        connection, "record_list_id = ? AND moment > ? AND moment < ?", found.id, last, until
    )
    if left and (was_left is None or is_better(left.value, was_left.value, found.better)):
        return old, _judged(found, left, map(_placed, old))
    limit = (found.better, left.value) if left else None
    placed = candidates(connection, events_of_list(connection, found, last[:10], until[:10]), limit)
    return old, _judged(
        found,
        left,
        (p for p in placed if last < p.candidate.moment < until and found.counts(p)),
    )


def _placed(row: RecordRow) -> Placed:
    """A record as a candidate: its list judges by the value alone."""
    return Placed(Candidate(row.result, Mark(row.mark, 0), row.moment), row.event, 0)


def _judged(found: RecordList, stood: Mark | None, placed: Iterable[Placed]) -> list[RecordRow]:
    """The rows of a stretch of a list that begins with the mark that stood."""
    events = {p.candidate: p.event for p in placed}
    return [
        RecordRow(
            found.id,
            verdict.candidate.key,
            events[verdict.candidate],
            verdict.outcome.value,
            verdict.candidate.moment,
            verdict.candidate.mark.value,
        )
        for verdict in judge(stood, events, found.better, found.policy)
        if verdict.is_record
    ]


# What stands


def stood_before(connection: Connection, found: RecordList, moment: str) -> Mark | None:
    """The mark current before a moment: the last one set, or the baseline (RULES R24)."""
    row = connection.execute(
        """SELECT m.mark, r.mark_decimals FROM record_mark AS m
        JOIN result AS r ON r.id = m.result_id
        WHERE m.record_list_id = ? AND m.moment < ? AND m.outcome = 'set'
        ORDER BY m.moment DESC LIMIT 1""",
        (found.id, moment),
    ).fetchone()
    return Mark(*row) if row else found.baseline


def _last_set(rows: Sequence[RecordRow], stood: Mark | None) -> Mark | None:
    """The mark that stands after rows in order, where `stood` did before them."""
    return next((Mark(row.mark, 0) for row in reversed(rows) if row.outcome == Outcome.SET), stood)


def _next_better(connection: Connection, found: RecordList, after: str, left: Mark | None) -> str:
    """The moment of the next record better than a mark, or after all moments."""
    better = "1" if left is None else f"mark {'<' if found.better is Better.LOWER else '>'} ?"
    row = connection.execute(
        f"""SELECT moment FROM record_mark WHERE record_list_id = ? AND moment > ?
        AND outcome = 'set' AND {better} ORDER BY moment LIMIT 1""",
        [found.id, after, *([left.value] if left else [])],
    ).fetchone()
    return row[0] if row else LAST_DAY


# Rows


def _rows(connection: Connection, where: str, *values: object) -> list[RecordRow]:
    rows = connection.execute(
        f"SELECT * FROM record_mark WHERE {where} ORDER BY moment, result_id", values
    )
    return [RecordRow(*row) for row in rows]


def _write(
    connection: Connection, old: Sequence[RecordRow], new: Sequence[RecordRow]
) -> list[RecordMove] | None:
    """Replace old rows by new ones, touching only what differs; None where nothing does."""
    was = {(row.record_list, row.result): row for row in old}
    now = {(row.record_list, row.result): row for row in new}
    if was == now:
        return None
    connection.executemany(
        "DELETE FROM record_mark WHERE record_list_id = ? AND result_id = ?",
        [key for key in was if key not in now],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO record_mark VALUES (?, ?, ?, ?, ?, ?)",
        [row for key, row in now.items() if was.get(key) != row],
    )
    return list(_moves(was, now))


def _moves(
    was: Mapping[tuple[int, int], RecordRow], now: Mapping[tuple[int, int], RecordRow]
) -> Iterable[RecordMove]:
    for key in sorted(was.keys() | now.keys()):
        before = Outcome(was[key].outcome) if key in was else None
        after = Outcome(now[key].outcome) if key in now else None
        if before != after:
            yield RecordMove(*key, before, after)
