"""What can be wrong with a book, found without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book import derive
from medaldesk.book.schema import DERIVED_TABLES


class ProblemKind(StrEnum):
    INTEGRITY = "integrity"
    REFERENCE = "reference"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` is a table, `detail` what SQLite or the comparison says of it."""

    kind: ProblemKind
    where: str
    detail: str


def find_problems(connection: sqlite3.Connection) -> list[Problem]:
    """Integrity of the file, references between rows, derived tables against a full derivation.

    Each is looked at only where the one before it is sound.
    """
    for look in (_integrity, _references, _compare_derived):
        if problems := list(look(connection)):
            return problems
    return []


def _integrity(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(ProblemKind.INTEGRITY, "file", line)


def _references(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(ProblemKind.REFERENCE, table, f"row {row} refers to a missing {parent}")


def _compare_derived(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Derive everything into temporary tables and compare row by row."""
    connection.execute("BEGIN")
    try:
        for table in DERIVED_TABLES:
            connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} LIMIT 0")
        derive.derive_all(connection, "temp")
        for table in DERIVED_TABLES:
            stale = _difference(connection, f"main.{table}", f"temp.{table}")
            missing = _difference(connection, f"temp.{table}", f"main.{table}")
            if stale or missing:
                detail = f"{stale} rows too many, {missing} rows missing"
                yield Problem(ProblemKind.DERIVED, table, detail)
    finally:
        connection.execute("ROLLBACK")


def _difference(connection: sqlite3.Connection, one: str, other: str) -> int:
    (count,) = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other})"
    ).fetchone()
    return int(count)
