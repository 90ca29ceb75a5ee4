"""The reference data every new book starts with: nations, disciplines, statuses, record kinds."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator

from medaldesk.domain.ranking import IRM_ORDER
from medaldesk.resources import resource

IRM_NAMES = {
    "LAP": "Lapped",
    "OTL": "Over the time limit",
    "DNF": "Did not finish",
    "RET": "Retired",
    "NM": "No mark",
    "NH": "No height",
    "DNS": "Did not start",
    "WDR": "Withdrawn",
    "DSQ": "Disqualified",
    "DQB": "Disqualified for behaviour",
}


def _rows(name: str) -> Iterator[dict[str, str | None]]:
    with resource("reference", name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: value or None for column, value in row.items()}


def fill(connection: sqlite3.Connection) -> None:
    """Put the reference data into an empty book. Must run inside a transaction."""
    _fill_nations(connection)
    connection.executemany(
        "INSERT INTO discipline (code, name, sport, season) VALUES (:code, :name, :sport, :season)",
        _rows("disciplines.csv"),
    )
    connection.executemany(
        "INSERT INTO record_kind (code, name, scope) VALUES (:code, :name, :scope)",
        _rows("record_kinds.csv"),
    )
    connection.executemany(
        "INSERT INTO irm (code, name, position) VALUES (?, ?, ?)",
        [(code, IRM_NAMES[code], place) for place, code in enumerate(IRM_ORDER, start=1)],
    )


def _fill_nations(connection: sqlite3.Connection) -> None:
    ids: dict[str | None, int] = {}
    for row in _rows("nations.csv"):
        nation = row["nation"]
        if nation not in ids:
            cursor = connection.execute(
                "INSERT INTO nation (name, kind) VALUES (:name, :kind)", row
            )
            assert cursor.lastrowid is not None
            ids[nation] = cursor.lastrowid
        connection.execute(
            "INSERT INTO nation_code (nation_id, code, name, valid_from, valid_to) "
            "VALUES (:id, :code, :name, :valid_from, :valid_to)",
            {**row, "id": ids[nation]},
        )
