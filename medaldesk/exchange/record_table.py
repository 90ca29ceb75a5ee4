"""The table of records: one row a record of a list, in a file that goes out of a book or into one.

Header names say what a column is; their order does not matter, and a column that is not one of
these is left out. What is said of a list or an event need not stand in each of its rows.

A row needs `record`, `event`, and, but for a row that tells of the list alone, `mark` and
`athlete` or `team`. A list, and an event type with its discipline, is made where the book has
none; where a file says nothing of series, venue or age class, the only list of its kind, event
and nation is meant. What `line` says a row is:

- nothing: a line of a progression as others publish it. All of them are kept beside the list, to
  be compared with what is computed, and one that is a result of the book may say what was ruled
  on it. Where no row is the `baseline`, one of them is (RULES R22): in a list of a series or a
  venue the last one before the first result that the book has for it, in a list that records
  from anywhere count for the last one that is no result of the book.
- `published`: such a line, and nothing else.
- `baseline`: what stood before the results of the book.
- `computed`: a record that comes of a result; only its ruling is read, the rest is computed.
- `ruling`: what else was ruled on a result.
- `list`: a list with nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping

RECORD_COLUMNS: Mapping[str, str] = {
    "record": "code, or name, of the kind: WR, OR, NR",
    "record_name": "name of a kind that the book does not have, which is added",
    "series": "code of the series that the list is of",
    "of_nation": "code of the nation that the list is of",
    "continent": "africa, america, asia, europe or oceania, that the list is of",
    "of_venue": "the venue that the list is of",
    "age_class": "U20, U19@07-01, 35+",
    "discipline": "code of the discipline",
    "event": "code of the event type, or its name",
    "event_name": "its name",
    "gender": "M, W, X or O",
    "mark_kind": "time, distance, weight or points",
    "better": "lower or higher",
    "decimals": "decimals of its marks",
    "shares_equal": "yes or no: equal is a record too",
    "minimum_margin": "by how much a record has to be better: 0.01",
    "day_best": "yes or no: only the best of a day counts",
    "wind_limit": "metres per second, +2.0",
    "allows_assistance": "yes or no: assisted marks count",
    "needs_ratification": "yes or no",
    "line": "what the row is: published, baseline, computed, ruling or list; or empty",
    "athlete": "printed name of the holder",
    "family_name": "family name",
    "given_name": "given name",
    "team": "name of a team that holds the record",
    "nation": "code, or name, of the nation of the holder on that day",
    "mark": "as printed: 1:12.31",
    "date": "the day of the mark",
    "place": "where it was, as printed",
    "competition": "code, or name, of the competition",
    "phase": "name of the phase",
    "unit": "number of the heat, pair or group",
    "ruling": "provisional, ratified, annulled or reinstated",
    "ruled_on": "the day of the ruling, else that of the mark",
    "ruling_source": "where the ruling comes from, else the source of the row",
    "outcome": "set or equalled; computed, not read",
    "stood_days": "for how many days it stood; computed, not read",
    "stood_units": "for how many units of one phase it stood; computed, not read",
    "source": "where the row comes from",
}
"""Name of a column to what stands in it; in the order in which a book is written."""

NEEDED = ("record", "event")
"""Every row needs these."""
