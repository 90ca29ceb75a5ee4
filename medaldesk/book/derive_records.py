"""From facts to `record_mark`: the record lists of an event type, from a moment on.

An edit in one event can change a list only from the first moment of that event until the moment
where the mark that stands is again what it was; that stretch, and no more, is judged again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medaldesk.book.changes import RecordMove
from medaldesk.domain.marks import Better, Mark, is_better
from medaldesk.domain.records import Candidate, Outcome, Verdict, judge

Connection = sqlite3.Connection
RecordRow = tuple[int, int, int, str, str, int]
"""record list, result, event, outcome, moment, mark: a row of `record_mark`."""

LAST_UNIT = 999_999
"""Where the unit is not known: behind the others of its phase, and all of them together."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """What a list is a list of, and what stood before the book's results begin (RULES R22)."""

    id: int
    event_type: int
    series: int | None
    better: Better
    shares_equal: bool
    baseline: Mark | None
    baseline_date: str | None


_LISTS = """SELECT l.id, l.event_type_id, l.series_id, et.better, l.shares_equal,
    b.mark, b.mark_decimals, b.date
FROM record_list AS l JOIN event_type AS et ON et.id = l.event_type_id
LEFT JOIN record_baseline AS b ON b.record_list_id = l.id"""


def _lists(connection: Connection, where: str, *values: object) -> list[RecordList]:
    rows = connection.execute(f"{_LISTS} {where} ORDER BY l.id", values)
    return [
        RecordList(
            id=list_id,
            event_type=event_type,
            series=series,
            better=Better(better),
            shares_equal=bool(shares),
            baseline=None if mark is None else Mark(mark, decimals),
            baseline_date=day,
        )
        for list_id, event_type, series, better, shares, mark, decimals, day in rows
    ]


def lists_of_event(connection: Connection, event: int) -> list[RecordList]:
    """The lists for which the results of an event are candidates."""
    return _lists(
        connection,
        """JOIN event AS e ON e.event_type_id = l.event_type_id
        JOIN competition AS c ON c.id = e.competition_id
        WHERE e.id = ? AND (l.series_id IS NULL OR l.series_id = c.series_id)""",
        event,
    )


def record_list(connection: Connection, list_id: int) -> RecordList | None:
    """One list; None where it does not exist (any more)."""
    found = _lists(connection, "WHERE l.id = ?", list_id)
    return found[0] if found else None


_CANDIDATES = f"""SELECT r.id, r.event_id, r.mark, r.mark_decimals,
    p.position, coalesce(u.position, {LAST_UNIT}), iif(u.id IS NULL, r.clock_time, NULL)
FROM event AS e
JOIN result AS r ON r.event_id = e.id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
WHERE r.mark IS NOT NULL AND r.status IS NULL"""

_UNITS = f"""SELECT r.event_id, p.position, coalesce(u.position, {LAST_UNIT}) AS unit,
    iif(u.id IS NULL, r.clock_time, NULL) AS own_clock,
    coalesce(u.date, p.date, e.date), coalesce(u.clock_time, min(r.clock_time))
FROM event AS e
JOIN result AS r ON r.event_id = e.id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id"""

UnitKey = tuple[int, int, int, str | None]
"""event, phase position, unit position, clock time of a mark without a unit."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate and the event it comes from."""

    candidate: Candidate
    event: int


def _moments(connection: Connection, where: str, values: Sequence[object]) -> dict[UnitKey, str]:
    """The moment of every unit (RULES R23), whether or not it has a valid mark.

    A clock time that is not known is that of the unit before it on the same day, so that a
    sheet with some clock times keeps the order of its units.
    """
    rows = connection.execute(
        f"{_UNITS} WHERE {where} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4", values
    )
    moments: dict[UnitKey, str] = {}
    day, clock = (0, ""), ""
    for event, phase, unit, own_clock, date, time in rows:
        clock = time or (clock if (event, date) == day else "")
        day = (event, date)
        moments[event, phase, unit, own_clock] = (
            f"{date} {clock:<8} {event:010d} {phase:03d} {unit:06d}"
        )
    return moments


def _candidates(connection: Connection, where: str, values: Sequence[object]) -> list[Placed]:
    """Valid marks of the events that `where` names, in the order of their moments."""
    return _challengers(connection, where, values, "1", ())


def _challengers(
    connection: Connection,
    where: str,
    values: Sequence[object],
    narrower: str,
    bounds: Sequence[object],
) -> list[Placed]:
    """Like `_candidates`, with marks narrowed further, which must not move any moment."""
    rows = connection.execute(
        f"{_CANDIDATES} AND {where} AND {narrower}", [*values, *bounds]
    ).fetchall()
    if not rows:
        return []
    moments = _moments(connection, where, values)
    placed = [
        Placed(Candidate(result, Mark(mark, decimals), moments[event, phase, unit, own]), event)
        for result, event, mark, decimals, phase, unit, own in rows
    ]
    return sorted(placed, key=lambda p: (p.candidate.moment, p.candidate.key))


def _scope(record_list: RecordList) -> tuple[str, list[object]]:
    """The part of WHERE that narrows candidates to a list."""
    where, values = "e.event_type_id = ?", [record_list.event_type]
    if record_list.series is not None:
        where += " AND e.competition_id IN (SELECT id FROM competition WHERE series_id = ?)"
        values.append(record_list.series)
    return where, list(values)


def _after_baseline(record_list: RecordList, placed: Iterable[Placed]) -> list[Placed]:
    """Marks up to the day of the baseline are what the baseline stands for."""
    day = record_list.baseline_date
    return [p for p in placed if day is None or p.candidate.moment[:10] > day]


def _rows(
    record_list: RecordList, verdicts: Iterable[Verdict], events: dict[int, int]
) -> list[RecordRow]:
    return [
        (
            record_list.id,
            verdict.candidate.key,
            events[verdict.candidate.key],
            verdict.outcome.value,
            verdict.candidate.moment,
            verdict.candidate.mark.value,
        )
        for verdict in verdicts
        if verdict.is_record
    ]


def derive_all_lists(connection: Connection, schema: str) -> None:
    """Judge every candidate of every list into the (empty) `record_mark` of a schema."""
    for record_list in _lists(connection, ""):
        where, values = _scope(record_list)
        connection.executemany(
            f"INSERT INTO {schema}.record_mark VALUES (?, ?, ?, ?, ?, ?)",
            _Judge(record_list, record_list.baseline).rows(_candidates(connection, where, values)),
        )


def derive_list(connection: Connection, record_list_id: int) -> list[RecordMove]:
    """Renew one list whole: its baseline or its scope changed."""
    record_list_now = record_list(connection, record_list_id)
    old = _old_rows(connection, record_list_id, "1")
    if record_list_now is None:
        return _write(connection, old, [])
    where, values = _scope(record_list_now)
    placed = _candidates(connection, where, values)
    return _write(connection, old, _Judge(record_list_now, record_list_now.baseline).rows(placed))


class _Judge:
    """Judges stretches of one list, carrying the mark that stands from one to the next."""

    def __init__(self, record_list: RecordList, stood: Mark | None) -> None:
        self.list = record_list
        self.stood = stood

    def rows(self, placed: Iterable[Placed]) -> list[RecordRow]:
        counting = _after_baseline(self.list, placed)
        verdicts = list(
            judge(
                self.stood,
                [p.candidate for p in counting],
                self.list.better,
                shares_equal=self.list.shares_equal,
            )
        )
        for verdict in verdicts:
            if verdict.outcome is Outcome.SET:
                self.stood = verdict.candidate.mark
        return _rows(self.list, verdicts, {p.candidate.key: p.event for p in counting})


def derive_event_records(connection: Connection, event: int) -> list[RecordMove]:
    """Renew what one event can have changed in every list it counts for (RULES R23, R24)."""
    moves: list[RecordMove] = []
    current = lists_of_event(connection, event)
    known = {row.id for row in current}
    dropped = connection.execute(
        "SELECT DISTINCT record_list_id FROM record_mark WHERE event_id = ?", (event,)
    ).fetchall()
    for (list_id,) in dropped:
        if list_id not in known:
            moves += derive_list(connection, list_id)
    mine = candidates_of(connection, event)
    for record_list in current:
        moves += _renew(connection, record_list, event, mine)
    return moves


def _renew(
    connection: Connection, record_list: RecordList, event: int, mine: Sequence[Placed]
) -> list[RecordMove]:
    old_mine = _old_rows(connection, record_list.id, "event_id = ?", event)
    moments = [p.candidate.moment for p in mine] + [row[4] for row in old_mine]
    if not moments:
        return []
    first, last = min(moments), max(moments)
    judging = _Judge(record_list, stood_before(connection, record_list, first))
    stood_last = _stood(connection, record_list, "moment <= ?", last) or record_list.baseline
    new = judging.rows(_between(connection, record_list, first, last, mine))
    old = _old_rows(connection, record_list.id, "moment BETWEEN ? AND ?", first, last)
    later = (
        _old_rows(connection, record_list.id, "moment > ?", last)
        if _differ(judging.stood, stood_last)
        else []
    )
    stretch, renewed = _rejoin(connection, record_list, judging, stood_last, last, later)
    return _write(connection, old + stretch, new + renewed)


def _differ(mark: Mark | None, other: Mark | None) -> bool:
    return (mark and mark.value) != (other and other.value)


def _rejoin(
    connection: Connection,
    record_list: RecordList,
    judging: _Judge,
    stood: Mark | None,
    last: str,
    later: list[RecordRow],
) -> tuple[list[RecordRow], list[RecordRow]]:
    """What follows the event until the list is again what it was: (old rows, new rows).

    Where the mark that stands became better, only marks that were records can still be. Where
    it became worse, marks that fell short of the old one may now be records, up to the next old
    record: that one beats every mark before it, so from there on nothing changes.
    """
    if not _differ(judging.stood, stood):
        return [], []
    improved = stood is None or (
        judging.stood is not None
        and is_better(judging.stood.value, stood.value, record_list.better)
    )
    if improved:
        return later, judging.rows([_as_placed(connection, row) for row in later])
    until = next((row[4] for row in later if row[3] == Outcome.SET), "9999")
    stretch = [row for row in later if row[4] < until]
    return stretch, judging.rows(
        _may_now_count(connection, record_list, judging.stood, last, until)
    )


def _as_placed(connection: Connection, row: RecordRow) -> Placed:
    (decimals,) = connection.execute(
        "SELECT mark_decimals FROM result WHERE id = ?", (row[1],)
    ).fetchone()
    return Placed(Candidate(row[1], Mark(row[5], decimals), row[4]), row[2])


def _stood(connection: Connection, record_list: RecordList, where: str, moment: str) -> Mark | None:
    """The last mark that the list holds as set up to a moment; only its value matters."""
    row = connection.execute(
        f"""SELECT mark FROM record_mark WHERE record_list_id = ? AND {where} AND outcome = 'set'
        ORDER BY moment DESC LIMIT 1""",
        (record_list.id, moment),
    ).fetchone()
    return Mark(row[0], 0) if row else None


def stood_before(connection: Connection, record_list: RecordList, moment: str) -> Mark | None:
    """The mark current before a moment: the last one set, or the baseline (RULES R24)."""
    return _stood(connection, record_list, "moment < ?", moment) or record_list.baseline


def candidates_of(connection: Connection, event: int) -> list[Placed]:
    """The valid marks of an event with their moments (RULES R23)."""
    return _candidates(connection, "e.id = ?", [event])


def _between(
    connection: Connection,
    record_list: RecordList,
    first: str,
    last: str,
    mine: Sequence[Placed],
) -> list[Placed]:
    """All candidates from one moment to another; those of other events only if they overlap."""
    others = _other_events(connection, record_list, first, last, {p.event for p in mine})
    if not others:
        return list(mine)
    slots = ", ".join("?" * len(others))
    found = [*mine, *_candidates(connection, f"e.id IN ({slots})", others)]
    found.sort(key=lambda p: (p.candidate.moment, p.candidate.key))
    return [p for p in found if first <= p.candidate.moment <= last]


def _other_events(
    connection: Connection, record_list: RecordList, first: str, last: str, mine: set[int]
) -> list[int]:
    """Events of the list whose competition was on between two moments."""
    where, values = _scope(record_list)
    rows = connection.execute(
        f"""SELECT e.id FROM event AS e JOIN competition AS c ON c.id = e.competition_id
        WHERE {where} AND c.start_date <= ? AND c.end_date >= ?""",
        [*values, last[:10], first[:10]],
    )
    return [event for (event,) in rows if event not in mine]


def _may_now_count(
    connection: Connection, record_list: RecordList, stood: Mark | None, after: str, until: str
) -> list[Placed]:
    """Candidates between two moments that are not worse than the mark that now stands."""
    where, values = _scope(record_list)
    where += """ AND e.competition_id IN
        (SELECT id FROM competition WHERE start_date <= ? AND end_date >= ?)"""
    values += [until[:10], after[:10]]
    narrower, bounds = "1", []
    if stood is not None:
        narrower = f"r.mark {'<=' if record_list.better is Better.LOWER else '>='} ?"
        bounds = [stood.value]
    placed = _challengers(connection, where, values, narrower, bounds)
    return [p for p in placed if after < p.candidate.moment < until]


def _old_rows(connection: Connection, list_id: int, where: str, *values: object) -> list[RecordRow]:
    rows = connection.execute(
        f"""SELECT * FROM record_mark WHERE record_list_id = ? AND {where}
        ORDER BY moment, result_id""",
        (list_id, *values),
    )
    return list(rows)


def _write(
    connection: Connection, old: Sequence[RecordRow], new: Sequence[RecordRow]
) -> list[RecordMove]:
    """Replace old rows by new ones, touching only what differs."""
    was = {row[:2]: row for row in old}
    now = {row[:2]: row for row in new}
    connection.executemany(
        "DELETE FROM record_mark WHERE record_list_id = ? AND result_id = ?",
        [key for key in was if key not in now],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO record_mark VALUES (?, ?, ?, ?, ?, ?)",
        [row for key, row in now.items() if was.get(key) != row],
    )
    moves = []
    for key in sorted(was.keys() | now.keys()):
        before = Outcome(was[key][3]) if key in was else None
        after = Outcome(now[key][3]) if key in now else None
        if before != after:
            moves.append(RecordMove(key[0], key[1], before, after))
    return moves
