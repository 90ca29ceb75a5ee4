"""The reference data a book starts with: nations, groupings, disciplines, statuses, records."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping

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
    _fill_groupings(connection, _fill_nations(connection))
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


def _fill_nations(connection: sqlite3.Connection) -> dict[str | None, int]:
    """Returns the key of each nation in the reference data to its id."""
    ids: dict[str | None, int] = {}
    for row in _rows("nations.csv"):
        nation = row["nation"]
        if nation not in ids:
            ids[nation] = _insert(
                connection,
                "INSERT INTO nation (name, kind, continent) VALUES (:name, :kind, :continent)",
                row,
            )
        connection.execute(
            "INSERT INTO nation_code (nation_id, code, name, valid_from, valid_to) "
            "VALUES (:id, :code, :name, :valid_from, :valid_to)",
            {**row, "id": ids[nation]},
        )
    return ids


def fill_upgraded(connection: sqlite3.Connection) -> None:
    """Give a book of the first schema what it came too early for: continents and groupings.

    Nations are found by a code that they have in the same days, whatever they are called there.
    Must run inside a transaction.
    """
    nations = _nations_by_code(connection)
    connection.executemany(
        "UPDATE nation SET continent = ? WHERE id = ?",
        [(row["continent"], nations.get(row["nation"])) for row in _rows("nations.csv")],
    )
    _fill_groupings(connection, nations)


def _nations_by_code(connection: sqlite3.Connection) -> dict[str | None, int]:
    """The key of each nation in the reference data to its id, for those that the book has."""
    ids: dict[str | None, int] = {}
    for row in _rows("nations.csv"):
        found = connection.execute(
            """SELECT nation_id FROM nation_code
            WHERE code = :code AND coalesce(valid_from, '') <= coalesce(:valid_to, '9999')
                AND coalesce(:valid_from, '') <= coalesce(valid_to, '9999')""",
            row,
        ).fetchone()
        if found is not None and found[0] not in ids.values():
            ids.setdefault(row["nation"], found[0])
    return ids


def _fill_groupings(connection: sqlite3.Connection, nations: Mapping[str | None, int]) -> None:
    """The grouping views a book starts with (RULES R14), each to be changed or deleted.

    A group needs two nations that the book has.
    """
    rows = [row for row in _rows("grouping_views.csv") if row["nation"] in nations]
    sizes = Counter((row["view"], row["group"]) for row in rows)
    ids: dict[tuple[str | None, ...], int] = {}
    for row in rows:
        view, group = (row["view"],), (row["view"], row["group"])
        if sizes[group] < 2:
            continue
        if view not in ids:
            ids[view] = _insert(
                connection,
                "INSERT INTO grouping_view (code, name) VALUES (:view, :view_name)",
                row,
            )
        if group not in ids:
            ids[group] = _insert(
                connection,
                "INSERT INTO nation_group (grouping_view_id, code, name) "
                "VALUES (:view_id, :group, :group_name)",
                {**row, "view_id": ids[view]},
            )
        connection.execute(
            "INSERT INTO nation_group_member (grouping_view_id, nation_group_id, nation_id) "
            "VALUES (?, ?, ?)",
            (ids[view], ids[group], nations[row["nation"]]),
        )


def _insert(connection: sqlite3.Connection, sql: str, row: Mapping[str, object]) -> int:
    """Add a row; returns its id."""
    added = connection.execute(sql, row).lastrowid
    assert added is not None
    return added
