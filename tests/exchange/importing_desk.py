"""Tables typed in a test, and importing them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.book.schema import DERIVED_TABLES
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.sources import guesses_of

HEAD = "competition,start_date,end_date,discipline,event,event_name,gender,mark_kind"
RACE = "OWG1984,1984-02-08,1984-02-19,SSK,SSKW1000M,Women's 1000 m,W,time"


def table(text: str, name: str = "results.csv") -> Source:
    """A table as it is typed: commas between the cells, a line a row, the heading first."""
    lines = [line.strip() for line in text.strip().splitlines()]
    heading, *rest = [tuple(line.split(",")) for line in lines]

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        yield from enumerate(rest, start=2)

    return Source(name, heading, rows, len(rest))


def race(columns: str, *rows: str) -> Source:
    """Results of the women's 1000 m of 1984: `columns` and `rows` are what follows the event."""
    return table("\n".join([f"{HEAD},{columns}", *(f"{RACE},{row}" for row in rows)]))


def plan_of(book: Book, source: Source, mapping: ImportMapping | None = None) -> Plan:
    wanted = mapping or ImportMapping()
    wanted = wanted.completed(guesses_of(source, wanted.kind))
    return make_plan(book.reads, [(source, wanted)])


def take(book: Book, source: Source, mapping: ImportMapping | None = None) -> Plan:
    """Import a table; the plan that was made true."""
    plan = plan_of(book, source, mapping)
    apply_plan(book, plan)
    return plan


def startlist() -> ImportMapping:
    return ImportMapping(kind=ImportKind.STARTLIST)


def rows_of(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What any program sees in a book."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def derived(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The derived tables of a book."""
    return {name: rows_of(path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in DERIVED_TABLES}


def sheet(path: Path) -> list[tuple[object, ...]]:
    """Rank, name, mark, status and medal as they stand, in the order of the sheet."""
    return rows_of(
        path, "SELECT rank, name, mark, status, medal FROM v_results ORDER BY event, sort_order"
    )
