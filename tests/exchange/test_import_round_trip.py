"""A book written as tidy results and read into a new one is the same book."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import make_plan
from medaldesk.exchange.importing.sources import guesses_of, sources_of_all
from medaldesk.exchange.sample import create_sample
from medaldesk.exchange.tidy_export import export_tidy, tidy_rows
from tests.book.test_world_sums import DAYS, Contest, contests, copied, write
from tests.book.worlds import assert_sound
from tests.decided_games import create_games
from tests.exchange.importing_desk import rows_of

STANDS = """SELECT c.code, t.code, coalesce(n.printed_name, n.team_name, a.name),
    p.rank, p.rank_equal, p.sort_order, p.behind, p.status, w.medal, w.from_day, w.official
FROM placing AS p JOIN entry AS n ON n.id = p.entry_id JOIN event AS e ON e.id = n.event_id
JOIN competition AS c ON c.id = e.competition_id JOIN event_type AS t ON t.id = e.event_type_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '9999-12-31'
ORDER BY 1, 2, p.sort_order"""

BESTS = """SELECT c.code, t.code, a.name, b.scope, b.outcome FROM best_mark AS b
JOIN event AS e ON e.id = b.event_id JOIN competition AS c ON c.id = e.competition_id
JOIN event_type AS t ON t.id = e.event_type_id JOIN athlete AS a ON a.id = b.athlete_id
WHERE b.athlete_id NOT IN (SELECT athlete_id FROM entry WHERE printed_name IS NOT NULL)
ORDER BY 1, 2, 3, 4"""
"""The table has names and no people: whoever is printed by two names comes back as two people."""

STANDINGS = "SELECT * FROM v_standings ORDER BY 1, 2, 3"


def read_in(path: Path, book: Book) -> dict[Fate, int]:
    sources = [(s, ImportMapping().completed(guesses_of(s))) for s in sources_of_all([path])]
    plan = make_plan(book.reads, sources)
    assert not plan.problems
    apply_plan(book, plan)
    return dict(plan.rows)


def test_the_sample_goes_out_and_comes_in(tmp_path: Path, book: Book):
    with create_sample(tmp_path / "sample.medaldesk") as sample:
        export_tidy(sample.reads, sample.path, tmp_path / "out.csv")
        read_in(tmp_path / "out.csv", book)
        assert list(tidy_rows(book.reads)) == list(tidy_rows(sample.reads))
        assert rows_of(book.path, STANDS) == rows_of(sample.path, STANDS)
        renamed = rows_of(sample.path, "SELECT printed_name FROM entry WHERE printed_name NOT NULL")
        bests = [row for row in rows_of(book.path, BESTS) if (row[2],) not in renamed]
        assert bests == rows_of(sample.path, BESTS)
    assert book.check() == []
    assert set(read_in(tmp_path / "out.csv", book)) == {Fate.UNCHANGED}


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_goes_out_and_comes_in(tmp_path: Path, book: Book, suffix: str):
    with create_sample(tmp_path / "sample.medaldesk") as sample:
        export_tidy(sample.reads, sample.path, tmp_path / f"out{suffix}")
        read_in(tmp_path / f"out{suffix}", book)
        assert list(tidy_rows(book.reads)) == list(tidy_rows(sample.reads))


def test_decided_games_go_out_and_come_in(tmp_path: Path, book: Book):
    create_games(tmp_path / "games-out.medaldesk")
    with Book.open(tmp_path / "games-out.medaldesk") as games:
        export_tidy(games.reads, games.path, tmp_path / "out.csv")
        read_in(tmp_path / "out.csv", book)
        assert list(tidy_rows(book.reads)) == list(tidy_rows(games.reads))
        assert rows_of(book.path, STANDINGS) == rows_of(games.path, STANDINGS)
    assert book.check() == []
    assert set(read_in(tmp_path / "out.csv", book)) == {Fate.UNCHANGED}


# Random Games, with decisions that are taken and revoked


def tables(book: Book) -> list[object]:
    """The medal table of every day, and of what stands; each line as it is shown."""
    competition = book.reads.competition_by_code("OWG2026").id
    scopes = [TableScope((competition,), as_of=day) for day in (*DAYS, None)]
    found = [book.reads.medal_table(scope) for scope in scopes]
    return [([line.row for line in table.lines], table.world) for table in found]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(games=st.lists(contests, min_size=1, max_size=3))
def test_random_games_go_out_and_come_in(empty_book: Path, games: Sequence[Contest]) -> None:
    """R9, R19: the same rows, ranks, statuses and medals, the same table of every day."""
    with copied(empty_book) as book, copied(empty_book) as other:
        with book.edits.together(Action.IMPORT_RESULTS, "games"):
            write(book, games, backwards=False)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.csv"
            export_tidy(book.reads, book.path, out)
            read_in(out, other)
            assert list(tidy_rows(other.reads)) == list(tidy_rows(book.reads))
            assert rows_of(other.path, STANDS) == rows_of(book.path, STANDS)
            assert tables(other) == tables(book)
            assert_sound(other)
            assert set(read_in(out, other)) == {Fate.UNCHANGED}
