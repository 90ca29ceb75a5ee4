"""Rows that an import would add and change, with the ids they will have; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": ("title",),
    "nation": ("name", "kind", "continent"),
    "nation_code": ("nation_id", "code", "name", "valid_from", "valid_to"),
    "population": ("nation_id", "date", "people", "source_id"),
    "venue": ("name",),
    "series": ("code", "name"),
    "competition": ("code", "name", "series_id", "city", "start_date", "end_date"),
    "competition_nation": ("competition_id", "nation_id", "membership"),
    "event_type": (
        "code",
        "discipline_id",
        "name",
        "gender",
        "team",
        "mark_kind",
        "better",
        "decimals",
        "classification",
        "bronzes",
    ),
    "event": (
        "competition_id",
        "event_type_id",
        "venue_id",
        "date",
        "status",
        "official_at",
        "classification",
        "bronzes",
    ),
    "phase": ("event_id", "position", "name", "date"),
    "unit": ("phase_id", "position", "date"),
    "athlete": ("name", "family_name", "given_name", "gender", "birth_date", "search_name"),
    "entry": (
        "event_id",
        "nation_id",
        "athlete_id",
        "team_name",
        "printed_name",
        "bib",
        "typed_rank",
    ),
    "entry_member": ("entry_id", "athlete_id", "position"),
    "result": (
        "event_id",
        "entry_id",
        "phase_id",
        "unit_id",
        "start_order",
        "lane",
        "mark",
        "mark_decimals",
        "score",
        "status",
        "tie_break",
        "clock_time",
        "wind",
        "note",
        "source_id",
    ),
    "decision": ("event_id", "date", "body", "reason", "revoked_on", "source_id"),
    "decision_line": (
        "decision_id",
        "event_id",
        "entry_id",
        "sets_status",
        "status",
        "sets_rank",
        "rank",
        "medal",
    ),
    "record_kind": ("code", "name", "scope"),
    "record_list": (
        "record_kind_id",
        "event_type_id",
        "series_id",
        "nation_id",
        "venue_id",
        "continent",
        "age_class",
        "shares_equal",
        "minimum_margin",
        "day_best",
        "wind_limit",
        "allows_assistance",
        "needs_ratification",
    ),
    "record_baseline": (
        "record_list_id",
        "holder",
        "nation_id",
        "mark",
        "mark_decimals",
        "date",
        "place",
        "source_id",
    ),
    "record_ruling": ("record_list_id", "result_id", "ruling", "date", "source_id"),
    "published_record": (
        "record_list_id",
        "position",
        "mark",
        "mark_decimals",
        "holder",
        "nation_id",
        "date",
        "source_id",
    ),
}
"""What an import writes of each table, parents before children; `id` stands before these."""


@dataclass(slots=True)
class Inserts:
    """Rows to be added to a table, each with its id first."""

    columns: tuple[str, ...]
    next_id: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def take_id(self) -> int:
        """The id of a row that is added later; rows are added in the order of their ids."""
        key = self.next_id
        self.next_id += 1
        return key

    def put(self, key: int, **values: Any) -> None:
        """Add a row of an id that was taken before, column by column."""
        self.rows.append((key, *(values[column] for column in self.columns[1:])))

    def add(self, *values: Any) -> int:
        """Add a row and say its id."""
        key = self.take_id()
        self.rows.append((key, *values))
        return key


@dataclass(frozen=True, slots=True)
class Update:
    """Columns of a row that get other values."""

    table: str
    row: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delete:
    """A row that goes, with the rows that are part of it."""

    table: str
    row: int


class Pending:
    """All rows an import would write, and how many it leaves as they are, by table."""

    def __init__(self, next_ids: Mapping[str, int]) -> None:
        self.inserts = {
            table: Inserts(("id", *columns), next_ids[table]) for table, columns in COLUMNS.items()
        }
        self.updates: list[Update] = []
        self.deletes: list[Delete] = []
        self.unchanged: Counter[str] = Counter()

    def __getitem__(self, table: str) -> Inserts:
        return self.inserts[table]

    def settle(self, table: str, row: int, changes: Mapping[str, Any]) -> None:
        """A row that the book has: it is changed, or counted as unchanged."""
        if changes:
            self.updates.append(Update(table, row, dict(changes)))
        else:
            self.unchanged[table] += 1

    def finish(self) -> None:
        """Put the rows in the order of their ids, for they may have been added in another."""
        for inserts in self.inserts.values():
            inserts.rows.sort(key=_id)


def _id(row: tuple[Any, ...]) -> Any:
    return row[0]


class Named:
    """Sources by title or venues by name, added where they are new."""

    def __init__(self, known: Mapping[str, int], inserts: Inserts) -> None:
        self._known = dict(known)
        self._inserts = inserts

    def __call__(self, name: str) -> int | None:
        """The id of a name; None for no name."""
        if not name:
            return None
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._inserts.add(name)
        return found

    def find(self, name: str) -> int | None:
        """The id of a name; None for one that is new."""
        return self._known.get(name)


Ids = Callable[[str], int | None]
