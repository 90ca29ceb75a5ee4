"""Undo and redo of many rows at once: the same as one by one, and refused where that is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from medaldesk.book import replay
from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.errors import UndoConflict
from tests.book.worlds import (
    Race,
    add_competition,
    add_race,
    assert_sound,
    everything,
    nation,
    one_race,
)

SKATERS = 60
NEW = "Skater 30"


@pytest.fixture
def race(book: Book) -> Race:
    """A race with sixty skaters of one edit; Kok, who has a best elsewhere, is one of them."""
    race = one_race(book)
    (event_type,) = book.reads.event_types()
    before = add_competition(book, "WC2025", "2025-12-12", "2025-12-14")
    earlier = add_race(book, before, event_type.id, "2025-12-13")
    earlier.enter("Kok", mark="1:13.00")
    earlier.enter("Leerdam", mark="1:13.50")
    after = add_competition(book, "WC2026", "2026-03-05", "2026-03-08")
    add_race(book, after, event_type.id, "2026-03-06").enter("Kok", mark="1:12.80")
    many_skaters(race)
    return race


def many_skaters(race: Race) -> None:
    """Everything about them is new but Kok and the event; one is changed in the same edit."""
    book, ids = race.book, race.book.reads.next_ids()
    people = [(ids["athlete"] + n, f"Skater {n}", f"skater {n}") for n in range(1, SKATERS)]
    kok = book.reads.athletes_named("Kok")[0].id
    dutch = nation(book, "NED")
    athletes = [kok, *(key for key, *_ in people)]
    entries = [(ids["entry"] + n, race.event, dutch, key) for n, key in enumerate(athletes)]
    results = [
        (ids["result"] + n, race.event, entry, ids["phase"], 72_000_000 + 10_000 * n, 2)
        for n, (entry, *_) in enumerate(entries)
    ]
    with book.edits.together(Action.IMPORT_RESULTS, "many") as writer:
        writer.insert_many("athlete", ("id", "name", "search_name"), people)
        writer.insert("phase", event_id=race.event, position=2, name="Final")
        writer.insert_many("entry", ("id", "event_id", "nation_id", "athlete_id"), entries)
        columns = ("id", "event_id", "entry_id", "phase_id", "mark", "mark_decimals")
        writer.insert_many("result", columns, results)
        writer.update("athlete", people[0][0], name="Bea", search_name="bea")
    race.results = {NEW: results[30][0]}
    race.entries = {NEW: entries[30][0]}


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(replay, "LONG", 10**9)


def written_by(path: Path, entry: int) -> list[tuple[object, ...]]:
    """The rows of an entry of the journal, in their order."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            """SELECT table_name, row_id, before, after FROM journal_row
            WHERE journal_id = ? ORDER BY id""",
            (entry,),
        ).fetchall()


def elsewhere(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_many_rows_go_and_come_back(race: Race):
    book = race.book
    after = everything(book.path)
    assert len(after["result"]) == SKATERS + 3
    book.edits.undo()
    assert len(everything(book.path)["result"]) == 3
    assert_sound(book)
    book.edits.redo()
    assert everything(book.path) == after
    assert_sound(book)
    book.edits.undo()
    book.edits.redo()
    assert everything(book.path) == after


def test_bests_elsewhere_are_others_without_what_went(race: Race):
    """Kok's 1:12.80 is a best again when the 1:12.00 of the month before has gone."""

    def bests() -> set[object]:
        return {row[0] for row in everything(race.book.path)["best_mark"]}

    with_many = bests()
    race.book.edits.undo()
    assert bests() - with_many
    race.book.edits.redo()
    assert bests() == with_many


def test_one_by_one_it_is_the_same(race: Race, tmp_path: Path, one_by_one: Callable[[], None]):
    """Facts, derived tables, the journal's own rows, and what listeners are told."""
    race.book.close()
    other = Path(shutil.copy(race.book.path, tmp_path / "other.medaldesk"))
    found = []
    for path in (race.book.path, other):
        told: list[Change] = []
        with Book.open(path, who="clerk") as book:
            book.subscribe(told.append)
            book.edits.undo()
            gone = everything(path)
            book.edits.redo()
        rows = [written_by(path, change.journal) for change in told]
        found.append((gone, everything(path), told, rows))
        one_by_one()
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE athlete SET name = 'Ann' WHERE name = '{NEW}'",
        "DELETE FROM result WHERE mark = 72300000",
        "INSERT INTO split (result_id, position, label, value, decimals, kind) "
        "SELECT id, 1, '200 m', 17400000, 1, 'cumulative' FROM result WHERE mark = 72300000",
    ],
)
def test_what_another_program_did_to_one_of_them_is_a_conflict(
    race: Race, sql: str, one_by_one: Callable[[], None]
):
    elsewhere(race.book.path, sql)
    before = everything(race.book.path)
    with pytest.raises(UndoConflict) as many:
        race.book.edits.undo()
    assert everything(race.book.path) == before
    one_by_one()
    with pytest.raises(UndoConflict) as single:
        race.book.edits.undo()
    assert many.value.details == single.value.details


def test_what_took_the_place_of_one_of_them_is_a_conflict(race: Race):
    book, key = race.book, race.entries[NEW]
    book.edits.undo()
    dutch = nation(book, "NED")
    elsewhere(
        book.path,
        "INSERT INTO entry (id, event_id, nation_id, team_name) "
        f"VALUES ({key}, {race.event}, {dutch}, 'Team')",
    )
    before = everything(book.path)
    with pytest.raises(UndoConflict) as many:
        book.edits.redo()
    assert everything(book.path) == before
    assert many.value.details == {"table": "entry", "row": key}


def test_somebody_may_stop_it(race: Race):
    before = everything(race.book.path)

    class Stopped(Exception):
        pass

    for last in range(5):
        told: list[tuple[int, int]] = []

        def stop(done: int, total: int, told: list[tuple[int, int]] = told, last: int = last):
            told.append((done, total))
            if len(told) > last:
                raise Stopped

        with pytest.raises(Stopped):
            race.book.edits.undo(stop)
        assert everything(race.book.path) == before
    assert told[0][1] == 3 * SKATERS + 1


@pytest.mark.parametrize("last", [1, 2])
def test_an_edit_may_be_stopped_before_records_and_before_bests(race: Race, last: int):
    """All events are derived when the record lists are, and again when the bests are."""
    book = race.book
    before = everything(book.path)
    told: list[int] = []

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        told.append(done)
        if told.count(total) == last:
            raise Stopped

    def edit() -> None:
        with book.edits.together(Action.PASTE_MARKS, "1") as writer:
            book.edits.enter_mark(race.results[NEW], "1:11.00")
            writer.deriving = stop

    with pytest.raises(Stopped):
        edit()
    assert everything(book.path) == before
    assert_sound(book)
