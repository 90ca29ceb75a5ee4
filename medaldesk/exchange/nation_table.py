"""The table of nations: one row a code, or one a population, of a nation.

Header names say what a column is; their order does not matter, and a column that is not one of
these is left out. A code belongs to a nation for a span of days (RULES R13): a row without days
is about the last span of its code, and one with days that the book does not have adds a span.

A nation is found by `nation`, a code or name that it has, or by its `code` in these days, or by
`iso`. Rows with the same text in `nation` are of one nation. One that is not found by any of
these is new where the row has `code` and `name`; nations are never merged.
"""

from __future__ import annotations

from collections.abc import Mapping

NATION_COLUMNS: Mapping[str, str] = {
    "nation": "the nation as such: its own name, or a code or name that it has",
    "code": "code from valid_from until valid_to: NED",
    "name": "name in those days",
    "kind": "noc, historic, neutral, mixed, refugee or other",
    "continent": "africa, america, asia, europe or oceania: of its Olympic association",
    "valid_from": "first day of the code; empty is without beginning",
    "valid_to": "last day of the code; empty is without end",
    "iso": "code of ISO 3166 of three letters: NLD",
    "population": "number of people",
    "population_date": "the day of that number, or its year, which is the middle of the year",
    "source": "where the number comes from",
}
"""Name of a column to what stands in it; in the order in which a book is written."""

MID_YEAR = "07-01"
"""The day of a number that is of a year: what is published for a year is of its middle."""
