"""The journal: one edit, one entry, one undo step; what is told of it, and to whom."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change, MedalMove, Moves, RankMove, RecordMove
from medaldesk.book.errors import (
    AlreadyEntered,
    NothingToRedo,
    NothingToUndo,
    UndoConflict,
    UnknownCode,
)
from medaldesk.domain.errors import MarkNotUnderstood
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome
from tests.book.worlds import Race, assert_sound, everything, nation, one_race


@pytest.fixture
def race(book: Book) -> Race:
    race = one_race(book)
    race.enter("Kok", unit="13")
    race.enter("Leerdam", unit="15")
    return race


def journal(book: Book) -> list[tuple[str, Action, str]]:
    """Kind, action and subject of each entry, the oldest first."""
    return [(line.kind, line.action, line.subject) for line in reversed(book.reads.journal())]


def write_elsewhere(path: Path, sql: str) -> None:
    """What another program does to the file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


# Entries


def test_an_edit_is_one_entry_with_its_author_and_its_time(path: Path) -> None:
    at = datetime(2026, 2, 9, 17, 30, tzinfo=UTC)
    with Book.open(path, who="Anna", clock=lambda: at) as book:
        race = one_race(book)
        result = race.enter("Kok", unit="13")
        book.edits.enter_mark(result, "1:12.59")
        line = book.reads.journal(limit=1)[0]
    assert (line.at, line.who, line.kind) == ("2026-02-09T17:30:00.000+00:00", "Anna", "edit")
    assert (line.action, line.subject) == (Action.ENTER_MARK, "Kok 1:12.59")
    assert line.rows == 2, "the mark, and the event that is running now"


def test_an_edit_that_changes_nothing_leaves_no_entry(race: Race) -> None:
    book, result = race.book, race.results["Kok"]
    race.mark("Kok", "1:12.59")
    before = journal(book)
    told: list[Change] = []
    book.subscribe(told.append)
    race.mark("Kok", "1:12,59")
    book.edits.enter_split(result, "200 m", "")
    book.edits.reopen_event(race.event)
    book.edits.rename_book("Games")
    with book.edits.together(Action.PASTE_MARKS, "nothing"):
        pass
    assert (journal(book), told) == (before, [])


def test_an_edit_that_takes_itself_back_leaves_no_entry(race: Race) -> None:
    book = race.book
    before = journal(book)
    with book.edits.together(Action.PASTE_MARKS, "there and back") as writer:
        race.mark("Kok", "1:12.59")
        race.mark("Kok", "")
        writer.update("event", race.event, status="scheduled")
        book.edits.delete_entry(
            book.edits.add_entry(race.event, nation(book, "USA"), team="United States")
        )
    assert journal(book) == before
    assert_sound(book)


def test_the_history_of_a_row_tells_who_wrote_it(race: Race) -> None:
    race.mark("Kok", "1:12.59")
    race.book.edits.undo()
    lines = race.book.reads.journal_of_row("result", race.results["Kok"])
    assert [(line.kind, line.action) for line in lines] == [
        ("undo", Action.ENTER_MARK),
        ("edit", Action.ENTER_MARK),
        ("edit", Action.ADD_ENTRY),
    ]
    assert [line.undone for line in lines] == [False, True, False]


def test_a_page_of_the_journal_ends_before_an_entry(race: Race) -> None:
    lines = race.book.reads.journal()
    assert race.book.reads.journal(before=lines[1].id, limit=2) == lines[2:4]


# Together


def test_edits_made_together_are_one_step(race: Race) -> None:
    book = race.book
    before = everything(book.path)
    with book.edits.together(Action.PASTE_MARKS, "2"):
        race.mark("Kok", "1:12.59")
        with book.edits.together(Action.ENTER_MARK, "inside"):
            race.mark("Leerdam", "1:12.31")
    assert journal(book)[-1] == ("edit", Action.PASTE_MARKS, "2")
    assert race.ranks() == {"Leerdam": 1, "Kok": 2}
    book.edits.undo()
    assert everything(book.path) == before


def test_of_a_paste_with_a_wrong_mark_nothing_is_kept(race: Race) -> None:
    before = everything(race.book.path)
    with pytest.raises(MarkNotUnderstood):
        race.book.edits.enter_marks(
            [(race.results["Kok"], "1:12.59"), (race.results["Leerdam"], "fast")]
        )
    assert everything(race.book.path) == before


def test_an_edit_that_fails_inside_another_leaves_nothing_of_itself(race: Race) -> None:
    """The one outside may go on: it holds what it did, and nothing half done."""
    book = race.book

    def fail_half_way() -> None:
        with book.edits.together(Action.IMPORT_RESULTS, "inside"):
            race.enter("Bowe", "USA")
            race.enter("Kok")

    with book.edits.together(Action.IMPORT_RESULTS, "outside"):
        race.mark("Leerdam", "1:12.31")
        with pytest.raises(AlreadyEntered):
            fail_half_way()
    assert {row.name for row in book.reads.results(race.event)} == {"Kok", "Leerdam"}
    assert book.reads.athletes_named("Bowe") == []
    assert race.ranks()["Leerdam"] == 1
    before = everything(book.path)
    book.edits.undo()
    book.edits.redo()
    assert everything(book.path) == before
    assert_sound(book)


def test_an_interrupted_edit_is_taken_back(race: Race) -> None:
    before = everything(race.book.path)

    def interrupt() -> None:
        with race.book.edits.together(Action.PASTE_MARKS, "2"):
            race.mark("Kok", "1:12.59")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert everything(race.book.path) == before
    race.mark("Kok", "1:12.59")
    assert race.ranks()["Kok"] == 1


def test_a_failure_of_somebody_elses_file_is_not_one_of_the_book(race: Race) -> None:
    def read_a_missing_file() -> None:
        with race.book.edits.together(Action.IMPORT_RESULTS, "file"):
            race.book.path.with_name("missing.csv").read_text()

    with pytest.raises(FileNotFoundError):
        read_a_missing_file()


def test_an_edit_of_what_is_not_there_is_refused(race: Race) -> None:
    for edit in (
        lambda: race.book.edits.enter_mark(999, "1:12"),
        lambda: race.book.edits.rename_athlete(999, "Nobody"),
        lambda: race.book.edits.delete_event(999),
        lambda: race.book.edits.add_entry(999, nation(race.book, "NED"), team="Nobody"),
    ):
        with pytest.raises(UnknownCode):
            edit()


# Undo and redo


def test_undo_and_redo_give_back_every_row(race: Race) -> None:
    book = race.book
    before = everything(book.path)
    race.mark("Kok", "1:12.59")
    after = everything(book.path)
    step = book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.ENTER_MARK, "Kok 1:12.59")
    book.edits.undo()
    assert everything(book.path) == before
    assert book.edits.next_redo() == step
    book.edits.redo()
    assert everything(book.path) == after
    assert [kind for kind, *_ in journal(book)][-3:] == ["edit", "undo", "redo"]


def test_a_deleted_event_comes_back_whole(race: Race) -> None:
    book = race.book
    race.mark("Kok", "1:12.59")
    book.edits.enter_split(race.results["Kok"], "200 m", "17.4")
    book.edits.make_official(race.event, date(2026, 2, 9))
    before = everything(book.path)
    book.edits.delete_competition(book.reads.competition_by_code("OG2026").id)
    assert book.reads.competitions() == []
    assert everything(book.path)["result"] == []
    book.edits.undo()
    assert everything(book.path) == before


def test_undo_and_redo_survive_closing(path: Path) -> None:
    with Book.open(path) as book:
        race = one_race(book)
        result = race.enter("Kok")
        before = everything(path)
        book.edits.enter_mark(result, "1:12.59")
    after = everything(path)
    with Book.open(path) as book:
        book.edits.undo()
    assert everything(path) == before
    with Book.open(path) as book:
        book.edits.redo()
    assert everything(path) == after


def test_there_is_nothing_to_undo_in_a_new_book(book: Book) -> None:
    assert book.edits.next_undo() is None
    with pytest.raises(NothingToUndo):
        book.edits.undo()
    with pytest.raises(NothingToRedo):
        book.edits.redo()


def test_a_new_edit_forgets_what_was_undone(race: Race) -> None:
    """Also when it is undone itself: redo must not reach behind it."""
    book = race.book
    race.mark("Kok", "1:12.59")
    race.mark("Leerdam", "1:12.31")
    book.edits.undo()
    book.edits.undo()
    race.mark("Kok", "1:13.00")
    with pytest.raises(NothingToRedo):
        book.edits.redo()
    book.edits.undo()
    step = book.edits.next_redo()
    assert step is not None
    assert step.subject == "Kok 1:13.00"
    book.edits.redo()
    assert book.edits.next_redo() is None
    book.edits.undo()
    book.edits.undo()
    steps = book.edits.next_undo(), book.edits.next_redo()
    assert [step.action for step in steps if step] == [Action.ADD_ATHLETE, Action.ADD_ENTRY]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "UPDATE result SET note = 'moved' WHERE id = 1",
        "UPDATE result SET mark = 73000000, mark_decimals = 2 WHERE id = 1",
        "DELETE FROM result WHERE id = 1",
    ],
)
def test_undo_does_not_overwrite_what_another_program_changed(race: Race, elsewhere: str) -> None:
    race.mark("Kok", "1:12.59")
    write_elsewhere(race.book.path, elsewhere)
    before = everything(race.book.path)
    with pytest.raises(UndoConflict):
        race.book.edits.undo()
    assert everything(race.book.path) == before
    step = race.book.edits.next_undo()
    assert step is not None
    assert step.subject == "Kok 1:12.59"


def test_undo_does_not_take_away_what_another_program_needs(book: Book) -> None:
    athlete = book.edits.add_athlete("Kok")
    write_elsewhere(book.path, f"INSERT INTO record_baseline VALUES (1, 1, 'Kok', {athlete}, NULL, "
                    "1, 0, NULL, NULL, NULL)")  # fmt: skip
    with pytest.raises(UndoConflict):
        book.edits.undo()
    assert len(book.reads.athletes_named("Kok")) == 1


def test_redo_does_not_double_what_another_program_added(book: Book) -> None:
    book.edits.add_series("OG", "Games")
    book.edits.undo()
    write_elsewhere(book.path, "INSERT INTO series (id, code, name) VALUES (7, 'OG', 'Other')")
    with pytest.raises(UndoConflict):
        book.edits.redo()
    assert [row.id for row in book.reads.series()] == [7]


# Changes


def test_a_change_tells_what_was_touched_and_what_moved(race: Race) -> None:
    told: list[Change] = []
    race.book.subscribe(told.append)
    race.mark("Kok", "1:12.59")
    (change,) = told
    assert change.events == {race.event}
    assert change.results == {race.results["Kok"]}
    assert change.tables == {"result", "event"}
    assert change.record_lists == {1}
    assert change.moves.ranks == (RankMove(race.entries["Kok"], None, 1),)
    assert change.moves.records == (RecordMove(1, race.results["Kok"], None, Outcome.SET),)
    assert change.moves.medals == (
        MedalMove(
            race.entries["Kok"],
            nation(race.book, "NED"),
            1,
            before=None,
            after=Medal.GOLD,
            was_official=False,
            is_official=False,
        ),
    )


def test_a_medal_that_changes_its_nation_is_lost_by_one_and_won_by_the_other(race: Race) -> None:
    book, entry = race.book, race.entries["Kok"]
    race.mark("Kok", "1:12.59")
    told: list[Change] = []
    book.subscribe(told.append)
    book.edits.change_entry_nation(entry, nation(book, "NOR"))
    moves = [(move.nation, move.before, move.after) for move in told[0].moves.medals]
    assert moves == [
        (nation(book, "NED"), Medal.GOLD, None),
        (nation(book, "NOR"), None, Medal.GOLD),
    ]


def test_a_change_is_told_once_it_is_in_the_file(race: Race) -> None:
    seen: list[int] = []

    def look(change: Change) -> None:
        with closing(sqlite3.connect(race.book.path)) as other:
            seen.extend(row[0] for row in other.execute("SELECT max(id) FROM journal"))

    race.book.subscribe(look)
    race.mark("Kok", "1:12.59")
    assert seen == [race.book.reads.last_journal()]


def test_one_listener_that_fails_keeps_nothing_from_the_others(race: Race) -> None:
    told: list[int] = []

    def fail(change: Change) -> None:
        raise ZeroDivisionError

    race.book.subscribe(fail)
    race.book.subscribe(lambda change: told.append(change.journal))
    with pytest.raises(ZeroDivisionError):
        race.mark("Kok", "1:12.59")
    assert told == [race.book.reads.last_journal()]
    assert race.ranks()["Kok"] == 1
    assert race.book.poll() == []
    with pytest.raises(ZeroDivisionError):
        race.mark("Leerdam", "1:12.31")
    assert race.ranks() == {"Leerdam": 1, "Kok": 2}


def test_a_listener_may_edit(race: Race) -> None:
    def note(change: Change) -> None:
        if change.action is Action.ENTER_MARK:
            race.book.edits.write_note(min(change.results), "typed")

    race.book.subscribe(note)
    race.mark("Kok", "1:12.59")
    assert [action for _, action, _ in journal(race.book)][-2:] == [
        Action.ENTER_MARK,
        Action.WRITE_NOTE,
    ]


def test_what_an_opener_wrote_itself_is_not_told_again(race: Race) -> None:
    told: list[int] = []
    race.book.subscribe(lambda change: told.append(change.journal))
    race.mark("Kok", "1:12.59")
    race.book.edits.undo()
    race.book.edits.redo()
    assert race.book.poll() == []
    assert told == sorted(set(told))
    assert len(told) == 3


ids = st.frozensets(st.integers(1, 9), max_size=3)
outcomes = st.none() | st.sampled_from([Outcome.SET, Outcome.EQUALLED])
medals = st.none() | st.sampled_from(Medal)
ranks = st.none() | st.integers(1, 9)
number = st.integers(1, 9)
changes = st.builds(
    Change,
    journal=number,
    kind=st.sampled_from(["edit", "undo", "redo"]),
    action=st.sampled_from(Action),
    subject=st.text(),
    tables=st.frozensets(st.sampled_from(["result", "event"])),
    events=ids,
    competitions=ids,
    record_lists=ids,
    results=ids,
    moves=st.builds(
        Moves,
        ranks=st.lists(st.builds(RankMove, number, ranks, ranks), max_size=2).map(tuple),
        medals=st.lists(
            st.builds(
                MedalMove, number, number, number, medals, medals, st.booleans(), st.booleans()
            ),
            max_size=2,
        ).map(tuple),
        records=st.lists(st.builds(RecordMove, number, number, outcomes, outcomes), max_size=2).map(
            tuple
        ),
    ),
)


@given(changes)
def test_a_change_is_read_back_as_it_was_written(change: Change) -> None:
    head = (change.journal, change.kind, change.action.value, change.subject)
    back = Change.loads(*head, change.dumps())
    assert back == change
    assert {type(move.after) for move in back.moves.medals} <= {Medal, type(None)}
    assert replace(back, journal=0).dumps() == change.dumps()


# Nations


def test_a_nation_just_added_is_known_at_once(book: Book) -> None:
    """By everybody who has read nations before: nothing needs to be told to forget."""
    assert book.reads.nation_code(nation(book, "NED"), None) == "NED"
    with Book.open(book.path, read_only=True) as other:
        assert other.reads.nations_like("XKX") == []
        added = book.edits.add_nation("xkx", "Exkland")
        assert book.reads.nation_code(added, "2026-02-09") == "XKX"
        other.poll()
        assert other.reads.nation_name(added, None) == "Exkland"
        book.edits.undo()
        assert book.reads.nation_code(added, None) == ""
        other.poll()
        assert other.reads.nations_like("Exkland") == []


def test_a_nation_of_an_edit_that_fails_is_not_remembered(book: Book) -> None:
    def fail() -> None:
        with book.edits.together(Action.ADD_NATION, "XKX"):
            added = book.edits.add_nation("XKX", "Exkland")
            assert book.reads.nation_code(added, None) == "XKX"
            assert [found.id for found in book.reads.nations_like("Exkland")] == [added]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert book.reads.nations_like("Exkland") == []
