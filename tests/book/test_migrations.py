"""Books of every released schema open; the one before an upgrade is kept; an upgrade is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medaldesk.book import schema
from medaldesk.book.book import Book
from medaldesk.book.errors import BookDamaged, BookFull, BookNeedsUpgrade
from medaldesk.domain.marks import Mark
from tests.book.worlds import assert_sound, everything

if TYPE_CHECKING:
    from sqlite_utils.db import Database

TODAY = schema.SCHEMA_VERSION
FIXTURES = Path(__file__).parent / "fixtures"
RELEASED = sorted(FIXTURES.glob("schema-*.sql"))


def load(fixture: Path, folder: Path) -> Path:
    """Make a book from its SQL text."""
    path = folder / "old.medaldesk"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def names_and_sql(path: Path) -> set[tuple[str, str]]:
    """Every table, index and view of a book as it was created."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            """SELECT name, sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT LIKE '%\\_migrations%' ESCAPE '\\'"""
        )
        return {(name, " ".join(sql.replace('"', "").split())) for name, sql in rows}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A book of today's schema, which the tests look at as one to come finds it."""
    return load(FIXTURES / f"schema-{TODAY}.sql", tmp_path)


def weather(db: Database) -> None:
    """A step that may come: a new column, and a table made anew while others refer to it."""
    db.execute("ALTER TABLE result ADD COLUMN weather TEXT")
    db.table("athlete").transform(column_order=["id", "search_name"])


def that_fails(db: Database) -> None:
    """A step that fails half way."""
    db.execute("ALTER TABLE result ADD COLUMN weather TEXT")
    db.execute("INSERT INTO result (id) VALUES ('no number')")


def that_orphans(db: Database) -> None:
    """A step that leaves rows without what they refer to."""
    db.execute("DELETE FROM athlete")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A program with one more schema than this one."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, weather))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    return monkeypatch


def test_there_is_a_migration_and_a_fixture_for_every_version() -> None:
    assert len(schema.MIGRATIONS) == schema.SCHEMA_VERSION
    versions = range(1, schema.SCHEMA_VERSION + 1)
    assert [file.name for file in RELEASED] == [f"schema-{version}.sql" for version in versions]


@pytest.mark.parametrize("fixture", RELEASED, ids=lambda file: file.stem)
def test_a_book_of_every_released_schema_opens(fixture: Path, tmp_path: Path) -> None:
    with Book.open(load(fixture, tmp_path)) as book:
        assert_sound(book)
        rows = book.reads.results(book.reads.event_by_path("OG2026/W1000"))
        assert [(row.name, row.rank, row.mark, row.status) for row in rows] == [
            ("Leerdam", 1, Mark(72_310_000, 2), None),
            ("Kok", 2, Mark(72_590_000, 2), None),
            ("Takagi", 3, Mark(73_950_000, 2), None),
            ("Bowe", None, None, "DNF"),
        ]
        assert [row.holder for row in book.reads.record_history(1).rows] == [
            "Takagi",
            "Kok",
            "Leerdam",
        ]
        book.edits.redo()
        assert book.reads.results(1)[3].mark == Mark(74_550_000, 2)
        for _ in range(3):
            book.edits.undo()
        assert_sound(book)


@pytest.mark.parametrize("fixture", RELEASED, ids=lambda file: file.stem)
def test_an_upgraded_book_has_the_schema_of_a_new_one(
    fixture: Path, tmp_path: Path, path: Path
) -> None:
    old = load(fixture, tmp_path)
    Book.open(old).close()
    assert names_and_sql(old) == names_and_sql(path)


# What a new book starts with


def test_a_book_of_the_first_schema_gets_the_continents_of_its_nations(tmp_path: Path) -> None:
    with Book.open(load(FIXTURES / "schema-1.sql", tmp_path)) as book:
        assert {row.code: row.continent for row in book.reads.nations()} == {
            "JPN": "asia",
            "NED": "europe",
            "USA": "america",
        }
        assert book.reads.grouping_views() == []


def test_a_book_of_the_first_schema_gets_the_groupings_of_the_nations_it_has(
    tmp_path: Path,
) -> None:
    old = load(FIXTURES / "schema-1.sql", tmp_path)
    add_old_nation(old, 1, "Sovjet-Unie", "URS", "1951-01-01", "1991-12-31")
    add_old_nation(old, 2, "Rusland", "RUS", "1993-01-01", None)
    add_old_nation(old, 3, "ROC", "ROC", "2020-01-01", "2022-12-31")
    add_old_nation(old, 4, "China", "ROC", "1932-01-01", "1955-12-31")
    add_old_nation(old, 5, "DDR", "GDR", "1968-01-01", "1990-10-02")
    with Book.open(old) as book:
        (view,) = book.reads.grouping_views()
        assert (view.code, [(group.code, group.nations) for group in view.groups]) == (
            "SUCCESSORS",
            [("RUS", (2, 1, 3))],
        )
        continents = {row.id: row.continent for row in book.reads.nations()}
        assert [continents[nation] for nation in range(1, 6)] == [
            *("europe", "europe", "europe", "asia", "europe")
        ]
        assert_sound(book)
        book.edits.delete_grouping(view.id)
        book.edits.change_nation(1, name="URS", kind="historic", continent=None)
    with Book.open(old) as book:
        assert book.reads.grouping_views() == []
        assert {row.id: row.continent for row in book.reads.nations()}[1] is None


def add_old_nation(path: Path, nation: int, name: str, *code: str | None) -> None:
    """A nation in a book of the first schema: its code, and from which to which day."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO nation VALUES (?, ?, 'noc')", (nation, name))
        connection.execute(
            """INSERT INTO nation_code (nation_id, code, name, valid_from, valid_to)
            VALUES (?, ?, ?, ?, ?)""",
            (nation, code[0], name, *code[1:]),
        )


# To come


def test_an_upgrade_keeps_every_fact_and_the_book_before_it(
    old: Path, newer: pytest.MonkeyPatch
) -> None:
    before = facts(old)
    with Book.open(old) as book:
        (version,) = book._connection.execute("PRAGMA user_version").fetchone()
        assert version == TODAY + 1
        assert_sound(book)
    after = facts(old)
    assert {row.pop("weather") for row in after["result"]} == {None}
    assert after == before
    kept = old.with_name(f"old before upgrade from {TODAY}.medaldesk")
    assert facts(kept) == before
    newer.undo()
    with Book.open(kept) as book:
        assert_sound(book)


def facts(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of facts by the names of its columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            for table in schema.FACT_TABLES
        }


def test_an_edit_from_before_an_upgrade_can_still_be_undone(
    old: Path, newer: pytest.MonkeyPatch
) -> None:
    with Book.open(old) as book:
        book.edits.redo()
        assert book.reads.results(1)[3].mark == Mark(74_550_000, 2)
        while book.edits.next_undo():
            book.edits.undo()
            assert_sound(book)
        assert book.reads.competitions() == []
        while book.edits.next_redo():
            book.edits.redo()
        assert_sound(book)
        assert [row.name for row in book.reads.results(1)] == ["Leerdam", "Kok", "Takagi", "Bowe"]


def test_a_backup_never_overwrites_another(old: Path, newer: pytest.MonkeyPatch) -> None:
    taken = old.with_name(f"old before upgrade from {TODAY}.medaldesk")
    taken.write_text("mine")
    Book.open(old).close()
    assert taken.read_text() == "mine"
    assert old.with_name(f"old before upgrade from {TODAY} (2).medaldesk").exists()


def test_a_book_that_is_written_is_backed_up_whole(old: Path, newer: pytest.MonkeyPatch) -> None:
    """What stands in the write-ahead log only is in the backup, and in the book."""
    with closing(sqlite3.connect(old)) as other:
        with other:
            other.execute("UPDATE book SET name = 'In the log'")
        assert old.with_name("old.medaldesk-wal").stat().st_size > 0
        with Book.open(old) as book:
            assert book.reads.title() == "In the log"
    kept = everything(old.with_name(f"old before upgrade from {TODAY}.medaldesk"))
    assert [row[1] for row in kept["book"]] == ["In the log"]


@pytest.mark.parametrize(
    ("step", "error"), [(that_fails, BookDamaged), (that_orphans, BookDamaged)]
)
def test_an_upgrade_that_fails_leaves_the_book_as_it_was(
    old: Path, newer: pytest.MonkeyPatch, step: schema.Migration, error: type[Exception]
) -> None:
    newer.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:TODAY], step))
    before, tables = names_and_sql(old), everything(old)
    with pytest.raises(error):
        Book.open(old)
    assert (names_and_sql(old), everything(old)) == (before, tables)
    newer.undo()
    with Book.open(old) as book:
        assert book.can_write
        assert_sound(book)


def test_a_book_that_cannot_be_backed_up_is_not_upgraded(
    old: Path, newer: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise BookFull(path=old)

    newer.setattr("medaldesk.book.files.backup", no_room)
    before = old.read_bytes()
    with pytest.raises(BookFull):
        Book.open(old)
    assert old.read_bytes() == before


def test_an_older_book_that_is_only_read_is_not_upgraded(
    old: Path, newer: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    with pytest.raises(BookNeedsUpgrade) as caught:
        Book.open(old, read_only=True)
    assert (caught.value.details["found"], caught.value.details["known"]) == (TODAY, TODAY + 1)
    assert old.read_bytes() == before
