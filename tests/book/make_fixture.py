"""Write a small book of today's schema as SQL text: `python -m tests.book.make_fixture FILE`.

Once, when a schema is released; a fixture is never made again after that.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.records import NewBaseline
from tests.book.worlds import Race, one_race

PRAGMAS = ("application_id", "user_version")


def make_book(path: Path) -> None:
    """A race with a record, an athlete who did not finish, a split, and an edit undone."""
    at = datetime(2026, 2, 9, 17, 30, tzinfo=UTC)
    with Book.create(path, name="Fixture", who="Anna", clock=lambda: at) as book:
        race = one_race(book)
        book.edits.set_baseline(
            1, NewBaseline("Takagi", "1:13.19", day=date(2022, 2, 17), place="Beijing")
        )
        race.enter("Kok", unit="13 o", mark="1:12.59")
        race.enter("Leerdam", unit="15 o", mark="1:12.31")
        race.enter("Takagi", "JPN", unit="15 i", mark="1:13.95")
        race.enter("Bowe", "USA", unit="13 i", mark="dnf")
        book.edits.enter_split(race.results["Kok"], "200 m", "17.4")
        book.edits.make_official(race.event, date(2026, 2, 9))
        decided_and_revoked(race)
        race.mark("Bowe", "1:14.55")
        book.edits.undo()
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("nation_group_member", "nation_code", "nation"):
            column = "id" if table == "nation" else "nation_id"
            connection.execute(
                f"DELETE FROM {table} WHERE {column} NOT IN (SELECT nation_id FROM entry)"
            )
        connection.execute("DELETE FROM discipline WHERE code <> 'SSK'")


def decided_and_revoked(race: Race) -> None:
    """A decision that held for a month, so that a medal has a past."""
    lines = race.book.reads.propose_moving_up(race.event, {race.entries["Kok"]: "DSQ"})
    new = NewDecision("Jury", date(2026, 2, 10), "Protest", lines)
    decision = race.book.edits.take_decision(race.event, new)
    race.book.edits.revoke_decision(decision, date(2026, 3, 10))


def dump(path: Path) -> Iterator[str]:
    """A book as SQL text, with what marks the file as one."""
    with closing(sqlite3.connect(path)) as connection:
        for pragma in PRAGMAS:
            (value,) = connection.execute(f"PRAGMA {pragma}").fetchone()
            yield f"PRAGMA {pragma} = {value};"
        yield from connection.iterdump()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make_book(Path(folder, "fixture.medaldesk"))
        text = "\n".join(dump(Path(folder, "fixture.medaldesk")))
    Path(sys.argv[1]).write_text(f"{text}\n", encoding="utf-8")
