"""What all reads share: running a query, and the code of a nation on a day."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from medaldesk.book.connection import explained_sql
from medaldesk.book.errors import UnknownCode

Row = tuple[Any, ...]
Span = tuple[str, str, str, str]
"""First day, last day, code and name of a nation on these days."""


class ReadBase:
    """Runs queries on the connection of a book."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._codes: dict[int, list[Span]] | None = None
        self._only_reads = False

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with explained_sql(self._path):
            return self._connection.execute(sql, values).fetchall()

    def _row(self, sql: str, *values: object) -> Row | None:
        with explained_sql(self._path):
            row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def _needed(self, what: str, code: object, sql: str, *values: object) -> Row:
        """The one row that must be there. Raises UnknownCode."""
        row = self._row(sql, *values)
        if row is None:
            raise UnknownCode(what=what, code=code)
        return row

    def forget_nations(self) -> None:
        """Read the nations anew: one was added or changed. The book does so by itself."""
        self._codes = None

    def nation_code(self, nation: int | None, day: str | None) -> str:
        """The code of a nation on an ISO day, today's where no day is known (RULES R13).

        Where no span covers the day it is the latest code; empty for no nation.
        """
        return self._nation_span(nation, day)[2]

    def nation_name(self, nation: int | None, day: str | None) -> str:
        """The name of a nation on an ISO day."""
        return self._nation_span(nation, day)[3]

    def _nation_span(self, nation: int | None, day: str | None) -> Span:
        spans = self._nations().get(nation) if nation is not None else None
        if not spans:
            return ("", "", "", "")
        on = day or "9998-12-31"
        return next((span for span in spans if span[0] <= on <= span[1]), spans[0])

    def _nations(self) -> dict[int, list[Span]]:
        """Nation to its spans, the latest first; kept, but not what an open edit may take back."""
        if self._connection.in_transaction and not self._only_reads:
            return self._read_nations()
        if self._codes is None:
            self._codes = self._read_nations()
        return self._codes

    def _read_nations(self) -> dict[int, list[Span]]:
        codes: dict[int, list[Span]] = {}
        for nation, start, end, code, name in self._rows(
            """SELECT nation_id, coalesce(valid_from, ''), coalesce(valid_to, '9999'), code, name
            FROM nation_code ORDER BY nation_id, 2 DESC, id DESC"""
        ):
            codes.setdefault(nation, []).append((start, end, code, name))
        return codes
