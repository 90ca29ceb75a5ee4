"""Real files of others, where they lie beside the checkout: nothing of them is in the project."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.standings import StandingsRow
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import profile
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.sources import sources_of

DATA = Path(__file__).parents[3] / "shared" / "data"


def data(*parts: str) -> Path:
    """A file of the data, or the test is skipped."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"there is no {'/'.join(parts)} beside this checkout")
    return path


def read_in(book: Book, path: Path, name: str) -> Plan:
    mapping = profile(name)
    plan = make_plan(book.reads, [(source, mapping) for source in sources_of(path)])
    apply_plan(book, plan)
    return plan


def _line(row: StandingsRow) -> tuple[str, int, int, int, int, int]:
    assert row.by_gold is not None
    assert row.by_total is not None
    return (row.nation, *row.tally.triple, row.by_gold.number, row.by_total.number)


def medal_lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def games(book: Book) -> int:
    """Milano Cortina 2026 from its medallists; the neutral athletes left out of the table."""
    read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    competition = book.reads.competition_by_code("OWG2026").id
    neutral = book.reads.nation_by_code("AIN", "2026-02-06")
    assert neutral is not None
    book.edits.set_membership(competition, neutral, "left_out")
    return competition


def test_milano_cortina_has_the_official_table_in_both_ranks(book: Book, games: int):
    wanted = [
        (line["country_code"], *(int(line[key]) for key in ("gold", "silver", "bronze")),
         int(line["rank"]), int(line["rank_total"]))
        for line in medal_lines(data("milano2026", "medals.csv"))
    ]  # fmt: skip
    table = book.reads.medal_table(TableScope((games,)))
    found = [_line(line.row) for line in table.lines]
    assert len(book.reads.events(games)) == 116
    assert len(found) == 29
    assert sorted(found) == sorted(wanted)
    assert book.check() == []


def test_milano_cortina_has_a_table_of_each_day(book: Book, games: int):
    """As of each day: the medals of the events that were over, a team once (RULES R11, R19).

    Three bronzes were won a day before the final; an event is official with its last medal.
    """
    rows = medal_lines(data("milano2026", "medallists.csv"))
    last_day: dict[tuple[str, str], str] = {}
    for row in rows:
        event = (row["discipline"], row["event_name"])
        last_day[event] = max(row["date"], last_day.get(event, ""))
    medals: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        event = (row["discipline"], row["event_name"])
        medals[last_day[event]].add((*event, row["medal"], row["country_code"]))
    days = sorted(medals)
    assert len(days) == 16
    total = 0
    for number in range(17):
        day = (date(2026, 2, 6) + timedelta(number)).isoformat()
        total += len(medals.get(day, ()))
        table = book.reads.medal_table(TableScope((games,), as_of=day))
        assert table.world.total == total
    assert total == table.world.total == 349


def test_milano_cortina_again_changes_nothing(book: Book, games: int):
    plan = read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    assert plan.rows == {Fate.UNCHANGED: 709}
    assert not plan.changes_anything
