"""(e) The medal table as of any date, and a decision, in a book of all Games."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.connection import connect
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.standings import RankBy
from tests.bench.figures import Figures, copied, report, run, spread, table
from tests.bench.games import SERIES, TODAY
from tests.bench.marks import raw_commits

DATES = 200
PAIRS = 50
AUDITS = 20
DECISIONS = 200
WARM_UP = 5

FLOOR = """SELECT nation_id, medal, count(*) FROM award
WHERE official AND from_day <= ? AND ? < until_day GROUP BY 1, 2"""
"""What no table can do without, in one statement."""

FLOOR_OF_AUDIT = """SELECT event_id, medal, count(*) FROM award
WHERE official AND until_day = '9999-12-31' GROUP BY 1, 2"""

Work = Callable[[str], object]
"""Something done for a day."""

T = TypeVar("T")


def measure(books: Sequence[Path]) -> list[Figures]:
    """Each book of all Games: its tables, what is different between two of them, a decision."""
    rows = []
    for book in books:
        for name, figures in run(__name__, book).items():
            taken, floor = figures["taken"], figures["floor"]
            rows.append(
                {
                    "e all Games": name,
                    "count": taken["count"],
                    "p50 ms": taken["p50"],
                    "p99 ms": taken["p99"],
                    "floor p50 ms": floor["p50"],
                    "floor p99 ms": floor["p99"],
                    "ratio": taken["p50"] / floor["p50"],
                }
            )
    table("Medal tables and decisions in a book of all Games", rows)
    return rows


def main(book: str) -> None:
    """Measure one book on a copy; the raw commits before and after the edits."""
    with copied(Path(book)) as copy:
        with Book.open(copy, who="bench") as opened, closing(connect(copy, "ro")) as raw:
            figures = _tables(opened.reads, raw) | _differences(opened.reads, raw)
            figures |= _audit(opened.reads, raw)
        commits = raw_commits(copy, DECISIONS // 2)
        with Book.open(copy, who="bench") as opened:
            taken, undone = _decisions(opened)
        commits += raw_commits(copy, DECISIONS // 2)
    floor = spread(commits)
    report(
        figures
        | {"take a decision": {"taken": spread(taken), "floor": floor}}
        | {"undo it": {"taken": spread(undone), "floor": floor}}
    )


def _tables(reads: Reads, raw: sqlite3.Connection) -> Figures:
    """Tables of many days and of today, each with the floor of its day."""

    def floor(day: str) -> object:
        return raw.execute(FLOOR, (day, day)).fetchall()

    now = {"all, now": lambda _: reads.medal_table(TableScope())}
    today = [TODAY.isoformat()] * (DATES + WARM_UP)
    return _side_by_side(_dated(reads), floor, _days(reads, DATES)) | _side_by_side(
        now, floor, today
    )


def _dated(reads: Reads) -> dict[str, Work]:
    """Tables as of a date."""
    chance = random.Random(DATES)
    held = sorted(reads.competitions(), key=lambda row: row.start)
    view = reads.grouping_views()[0].id

    def series(day: str) -> object:
        return reads.medal_table(TableScope(series=chance.choice(SERIES).code, as_of=day))

    def competition(day: str) -> object:
        one = chance.choice(_begun(held, day))
        return reads.medal_table(TableScope((one.id,), as_of=day))

    def weighted(day: str) -> object:
        return reads.medal_table(TableScope(as_of=day), rank_by=RankBy.WEIGHTED)

    def per_capita(day: str) -> object:
        return reads.medal_table(TableScope(as_of=day), rank_by=RankBy.PER_CAPITA)

    return {
        "all, as of a date": lambda day: reads.medal_table(TableScope(as_of=day)),
        "one series, as of a date": series,
        "one competition, as of a date": competition,
        "weighted, as of a date": weighted,
        "per capita, as of a date": per_capita,
        "nations merged, as of a date": lambda day: reads.medal_table(
            TableScope(as_of=day, grouping=view)
        ),
        "with zero rows, as of a date": lambda day: reads.medal_table(
            TableScope(as_of=day, zeros=True)
        ),
    }


def _differences(reads: Reads, raw: sqlite3.Connection) -> Figures:
    """Two tables of the whole book; the floor is that of both."""
    days = _days(reads, PAIRS)
    others = dict(zip(days, reversed(days), strict=True))

    def floor(day: str) -> object:
        both = (day, others[day])
        return [raw.execute(FLOOR, (each, each)).fetchall() for each in both]

    def difference(day: str, other: str) -> object:
        return reads.difference(TableScope(as_of=day), TableScope(as_of=other))

    return _side_by_side(
        {
            "difference, a year": lambda day: difference(day, _year_later(day)),
            "difference, any two dates": lambda day: difference(day, others[day]),
        },
        floor,
        days,
    )


def _audit(reads: Reads, raw: sqlite3.Connection) -> Figures:
    """Every event that is not 1-1-1, against counting the medals of every event."""
    return _side_by_side(
        {"audit": lambda _: reads.audit()},
        lambda _: raw.execute(FLOOR_OF_AUDIT).fetchall(),
        [TODAY.isoformat()] * (AUDITS + WARM_UP),
    )


def _side_by_side(works: Mapping[str, Work], floor: Work, days: Iterable[str]) -> Figures:
    """Every work and the floor, in turns, for each day; the first are left out as a warm-up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    floors = []
    for day in days:
        floors.append(_taken(floor, day))
        for name, work in works.items():
            taken[name].append(_taken(work, day))
    below = spread(floors[WARM_UP:])
    return {
        name: {"taken": spread(seconds[WARM_UP:]), "floor": below}
        for name, seconds in taken.items()
    }


def _taken(work: Callable[[T], object], of: T) -> float:
    began = time.perf_counter()
    work(of)
    return time.perf_counter() - began


def _days(reads: Reads, count: int) -> list[str]:
    """So many days, and some to warm up, from the end of the first Games until today."""
    first = date.fromisoformat(min(row.end for row in reads.competitions()))
    later = random.Random(count).sample(range((TODAY - first).days), count + WARM_UP)
    return [(first + timedelta(days=days)).isoformat() for days in later]


def _year_later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=365)).isoformat()


def _begun(held: Iterable[CompetitionRow], day: str) -> list[CompetitionRow]:
    return [row for row in held if row.start <= day]


# Decisions


def _decisions(book: Book) -> tuple[list[float], list[float]]:
    """Seconds of each decision and of undoing it."""
    chance, told = random.Random(DECISIONS), list[Change]()
    book.subscribe(told.append)
    events = [event.id for row in book.reads.competitions() for event in book.reads.events(row.id)]
    taken: list[float] = []
    undone: list[float] = []
    for event in chance.sample(events, DECISIONS + WARM_UP):
        new = _struck(book.reads, event, chance)
        if not taken:
            _look_at_awards(book, event, new)
        taken.append(_taken(partial(book.edits.take_decision, event, confirmed=True), new))
        undone.append(_taken(lambda _: book.edits.undo(), new))
        _look_at_changes(book.reads, event, told[-2:])
    return taken[WARM_UP:], undone[WARM_UP:]


def _struck(reads: Reads, event: int, chance: random.Random) -> NewDecision:
    """A medallist is struck and the others move up, as the program proposes it."""
    medallists = [row.entry for row in reads.event_standing(event) if row.medal]
    lines = reads.propose_moving_up(event, {chance.choice(medallists): "DSQ"})
    return NewDecision("Federation", TODAY, "Doping", lines)


def _look_at_awards(book: Book, event: int, new: NewDecision) -> None:
    """A decision changes the awards of its own event and of no other; undone, of none at all."""
    with closing(connect(book.path, "ro")) as raw:
        before = _awards(raw, event)
        book.edits.take_decision(event, new)
        during = _awards(raw, event)
        book.edits.undo()
        after = _awards(raw, event)
    own, others = zip(before, during, after, strict=True)
    assert own[0] == own[2] != own[1]
    assert len(set(others)) == 1


def _look_at_changes(reads: Reads, event: int, changes: Sequence[Change]) -> None:
    """Ranks and medals moved in the event alone, which is the only one touched.

    But where who is struck has a mark: a later mark of that athlete may now be a personal best,
    or no more, and is shown anew (RULES R29).
    """
    entries = {row.entry for row in reads.event_standing(event)}
    marked = any(row.mark for row in reads.results(event))
    for change in changes:
        moves = change.moves
        assert {move.entry for move in moves.ranks} <= entries
        assert {move.entry for move in moves.medals} <= entries
        assert len(change.competitions) == 1
        assert change.events == {event} or (marked and event in change.events)


def _awards(raw: sqlite3.Connection, event: int) -> tuple[str, str]:
    """What the awards of one event are, and those of all others, as digests."""
    of_event, of_others = (
        raw.execute(f"SELECT * FROM award WHERE event_id {which} ? ORDER BY 1, 2", (event,))
        for which in ("=", "<>")
    )
    return _digest(of_event), _digest(of_others)


def _digest(rows: Iterable[object]) -> str:
    found = list(rows)
    return f"{len(found)} {hashlib.sha256(repr(found).encode()).hexdigest()}"


if __name__ == "__main__":
    main(*sys.argv[1:])
