"""(c) Deriving everything a book holds from its facts."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from medaldesk.book import derive
from medaldesk.book.connection import connect
from tests.bench.figures import Figures, copied, report, run, table


def measure(books: Sequence[Path]) -> list[Figures]:
    """Each book derived as a whole, and the floor."""
    rows = []
    for book in books:
        found = run(__name__, book)
        rows.append(
            {
                "c full derivation": book.name.partition("-")[0],
                "results": found["results"],
                "s": found["derived"],
                "floor s": found["floor"],
                "ratio": found["derived"] / found["floor"],
            }
        )
    table("Full derivation, and the floor: read all results, insert as many placings", rows)
    return rows


def main(book: str) -> None:
    """Measure one book on a copy; the floor before and after, the lower one counts."""
    with copied(Path(book)) as copy, closing(connect(copy, "rw")) as connection:
        (results,) = connection.execute("SELECT count(*) FROM result").fetchone()
        placings = connection.execute("SELECT * FROM placing").fetchall()
        before = _taken(connection, lambda: _floor(connection, placings))
        derived = _taken(connection, lambda: derive.derive_all(connection))
        after = _taken(connection, lambda: _floor(connection, placings))
    report({"results": results, "derived": derived, "floor": min(before, after)})


def _taken(connection: sqlite3.Connection, work: Callable[[], None]) -> float:
    """Seconds of a transaction."""
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    work()
    connection.execute("COMMIT")
    return time.perf_counter() - began


def _floor(connection: sqlite3.Connection, placings: Sequence[tuple[object, ...]]) -> None:
    """What no derivation can do without, in two statements."""
    connection.execute(
        """SELECT r.id, r.entry_id, r.event_id, n.nation_id, u.position, r.mark, r.status
        FROM result AS r JOIN entry AS n ON n.id = r.entry_id
        LEFT JOIN unit AS u ON u.id = r.unit_id"""
    ).fetchall()
    connection.execute("DELETE FROM placing")
    slots = ", ".join("?" * len(placings[0]))
    connection.executemany(f"INSERT INTO placing VALUES ({slots})", placings)


if __name__ == "__main__":
    main(*sys.argv[1:])
