"""Small books to try edits on, and how to look at everything that is in one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from medaldesk.book import derive
from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.schema import DERIVED_TABLES, FACT_TABLES
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind

TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
POINTS = MarkFormat(MarkKind.POINTS, Better.HIGHER, 2)

Tables = dict[str, list[tuple[object, ...]]]


def read_tables(connection: sqlite3.Connection, *tables: str) -> Tables:
    """Every row of tables, in the order of their keys."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in tables
    }


def everything(path: Path) -> Tables:
    """All facts and all that is derived, as another program reads them."""
    with closing(sqlite3.connect(path)) as connection:
        return read_tables(connection, *FACT_TABLES, *DERIVED_TABLES)


def derived_from_nothing(path: Path) -> tuple[Tables, Tables]:
    """The derived tables of a book, and what a full derivation would make of them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        kept = read_tables(connection, *DERIVED_TABLES)
        derive.derive_all(connection)
        renewed = read_tables(connection, *DERIVED_TABLES)
        connection.execute("ROLLBACK")
    return kept, renewed


def assert_sound(book: Book) -> None:
    """Nothing is wrong with a book, and what is derived is what follows from the facts."""
    kept, renewed = derived_from_nothing(book.path)
    assert kept == renewed
    assert book.check() == []


def add_competition(book: Book, code: str, start: str, end: str, series: str | None = None) -> int:
    if series and series not in {row.code for row in book.reads.series()}:
        book.edits.add_series(series, f"Series {series}")
    return book.edits.add_competition(
        NewCompetition(
            code, f"Games {code}", date.fromisoformat(start), date.fromisoformat(end), series
        )
    )


def add_event_type(
    book: Book,
    code: str,
    form: MarkFormat = TIME,
    method: Classification = Classification.FINAL,
) -> int:
    return book.edits.add_event_type(
        NewEventType(
            code, "SSK", f"Event {code}", "W", form, classification=method, keeps_bests=True
        )
    )


def nation(book: Book, code: str) -> int:
    found = book.reads.nation_by_code(code)
    assert found is not None
    return found


@dataclass
class Race:
    """An event with its entries; `results` by the name of the athlete."""

    book: Book
    event: int
    results: dict[str, int] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)

    def enter(self, name: str, code: str = "NED", *, unit: str = "", mark: str = "") -> int:
        """Put an athlete on the start list, and a mark in where there is one; the result."""
        edits = self.book.edits
        known = self.book.reads.athletes_named(name)
        athlete = known[0].id if known else edits.add_athlete(name)
        self.entries[name] = edits.add_entry(
            self.event, nation(self.book, code), athlete=athlete, unit=unit
        )
        self.results[name] = edits.result_of(self.entries[name])
        if mark:
            edits.enter_mark(self.results[name], mark)
        return self.results[name]

    def mark(self, name: str, text: str) -> None:
        self.book.edits.enter_mark(self.results[name], text)

    def ranks(self) -> dict[str, int | None]:
        return {row.name: row.rank for row in self.book.reads.results(self.event)}

    def medals(self) -> dict[str, str]:
        return {row.name: row.medal for row in self.book.reads.results(self.event) if row.medal}

    def flags(self) -> dict[str, list[str]]:
        rows = self.book.reads.results(self.event)
        return {row.name: [flag.text for flag in row.records] for row in rows if row.records}


def add_race(
    book: Book, competition: int, event_type: int, day: str, venue: str | None = None
) -> Race:
    event = book.edits.add_event(competition, event_type, date.fromisoformat(day), venue=venue)
    return Race(book, event)


def one_race(book: Book, form: MarkFormat = TIME) -> Race:
    """A competition of the series OG with one event and its Olympic record."""
    event_type = add_event_type(book, "W1000", form)
    competition = add_competition(book, "OG2026", "2026-02-06", "2026-02-22", "OG")
    book.edits.add_record_list("OR", event_type, series="OG")
    return add_race(book, competition, event_type, "2026-02-09")


def keep_bests(book: Book) -> None:
    """Say of every event type that the book holds whole careers of it."""
    with book.edits.together(Action.CHANGE_EVENT_TYPE, "careers") as writer:
        for event_type in book.reads.event_types():
            writer.update("event_type", event_type.id, keeps_bests=1)
