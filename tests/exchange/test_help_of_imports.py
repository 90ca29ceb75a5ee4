"""What the help says of tables and profiles is true."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.exchange.importing.mapping import load_mapping
from medaldesk.exchange.tidy import TIDY_COLUMNS
from medaldesk.resources import resource
from tests.exchange.importing_desk import rows_of, sheet, table, take

TIMING = """
First,Last,Club,Race,Day,Time,Rank,Shoes
Jutta,Leerdam,Holland,1000 m women,2026-01-17,1.1231,7,blue
Miho,Takagi,JPN,1000 m women,2026-01-17,1.1395,8,
Ann,Late,NOR,1000 m women,2026-01-17,out,,
"""


def said(name: str) -> str:
    return resource("help", "en", name).read_text(encoding="utf-8")


def test_the_exchange_table_has_each_column_once():
    rows = [line.split("|")[1] for line in said("30-exchange-table.md").splitlines() if "|" in line]
    told = Counter(column for row in rows for column in re.findall("`([a-z_]+)`", row))
    assert told == Counter(TIDY_COLUMNS.keys())


def test_the_example_of_a_profile_reads_a_table(tmp_path: Path, book: Book):
    """All that it names, and nothing else: a rank that it does not name is a note."""
    path = tmp_path / "timing.toml"
    path.write_text(said("40-profiles.md").split("```")[1], encoding="utf-8")
    plan = take(book, table(TIMING), load_mapping(path))
    assert not plan.problems
    assert sheet(book.path) == [
        (1, "Jutta Leerdam", "1:12.31", None, "gold"),
        (2, "Miho Takagi", "1:13.95", None, "silver"),
        (None, "Ann Late", None, "DNF", None),
    ]
    notes = rows_of(book.path, "SELECT nation, note FROM v_results ORDER BY sort_order")
    assert notes == [("NED", "Rank: 7; Shoes: blue"), ("JPN", "Rank: 8"), ("NOR", None)]
