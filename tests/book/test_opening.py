"""What is no book, or cannot be written, is told in one error, and left exactly as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book import schema
from medaldesk.book.book import SUFFIX, Book
from medaldesk.book.changes import Action
from medaldesk.book.errors import (
    BookBusy,
    BookDamaged,
    BookError,
    BookExists,
    BookFull,
    BookMissing,
    BookReadOnly,
    BookTooNew,
    BookUnreachable,
    NotABook,
)
from tests.book import children
from tests.book.worlds import assert_sound, everything, one_race

Contents = dict[str, bytes]


def contents(folder: Path) -> Contents:
    """Every file of a folder, byte for byte."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def assert_refused(path: Path, error: type[BookError]) -> BookError:
    """A file cannot be opened, for writing or for reading, and its folder is as it was."""
    before = contents(path.parent)
    for read_only in (False, True):
        with pytest.raises(error) as caught:
            Book.open(path, read_only=read_only)
        assert type(caught.value) is error
        assert caught.value.details["path"] == path
    assert contents(path.parent) == before
    return caught.value


# What is no book


def test_a_missing_file(tmp_path: Path) -> None:
    assert_refused(tmp_path / "none.medaldesk", BookMissing)


@pytest.mark.parametrize("text", [b"", b"Kok,1:12.59\n", b"SQLite format 3", b"\x00" * 4_096])
def test_a_file_that_is_no_database(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "notes.medaldesk"
    path.write_bytes(text)
    assert_refused(path, NotABook)


def test_a_folder(tmp_path: Path) -> None:
    assert_refused(tmp_path, NotABook)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in this file system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.medaldesk")
    with pytest.raises(NotABook):
        Book.open(tmp_path / "pipe.medaldesk")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("CREATE TABLE result (id INTEGER)")
    assert_refused(path, NotABook)


def test_a_book_of_a_newer_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 999")
    error = assert_refused(path, BookTooNew)
    assert (error.details["found"], error.details["known"]) == (999, schema.SCHEMA_VERSION)


def test_a_book_that_a_newer_program_has_just_upgraded(path: Path) -> None:
    """Its version may stand in the write-ahead log only, not yet in the file's first bytes."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 999")
        with pytest.raises(BookTooNew):
            Book.open(path)


@pytest.mark.parametrize("part", [0.001, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_book_that_is_cut_off(tmp_path: Path, sample_book: Path, part: float) -> None:
    whole = sample_book.read_bytes()
    path = tmp_path / "cut.medaldesk"
    path.write_bytes(whole[: max(20, int(len(whole) * part))])
    assert_refused(path, BookDamaged)


def test_a_book_without_one_of_its_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE record_mark")
    error = assert_refused_after_lock(path, BookDamaged)
    assert error.details["problem"] == "the table record_mark is missing"


def assert_refused_after_lock(path: Path, error: type[BookError]) -> BookError:
    """Like `assert_refused`, where the file had to be opened: the lock file stays, empty."""
    before = contents(path.parent)
    with pytest.raises(error) as caught:
        Book.open(path)
    after = contents(path.parent)
    assert after.pop(f".{path.name}.lock", b"") == b""
    assert after == before
    return caught.value


@given(start=st.floats(0.002, 0.99), length=st.integers(1, 3_000), byte=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_a_book_that_is_damaged_inside_is_a_known_error(
    tmp_path: Path, sample_book: Path, start: float, length: int, byte: int
) -> None:
    damaged = bytearray(sample_book.read_bytes())
    at = max(100, int(len(damaged) * start))
    damaged[at : at + length] = bytes([byte]) * len(damaged[at : at + length])
    path = tmp_path / "damaged.medaldesk"
    path.write_bytes(damaged)
    known = True
    try:
        with Book.open(path, read_only=True) as book:
            known = look_everywhere(book)
    except BookError as error:
        known = error.details["path"] == path
    assert known
    assert path.read_bytes() == damaged


def look_everywhere(book: Book) -> bool:
    """Whether `check` finds what is wrong, or nothing is and everything can be read."""
    if book.check():
        return True
    tables = [book.reads.medal_table(row.id) for row in book.reads.competitions()]
    histories = [book.reads.record_history(row.id) for row in book.reads.record_lists()]
    sheets = [book.reads.results(row) for row in range(1, 19)]
    return bool(tables and histories and all(sheets))


def test_text_that_is_none_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE book SET name = CAST(x'80' AS TEXT)")
    with Book.open(path) as book, pytest.raises(BookDamaged):
        book.reads.title()


# A new book


def test_a_new_book_does_not_overwrite_a_file(tmp_path: Path) -> None:
    path = tmp_path / f"games{SUFFIX}"
    path.write_text("mine")
    with pytest.raises(BookExists):
        Book.create(path)
    assert contents(tmp_path) == {path.name: b"mine"}


def test_a_new_book_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(BookUnreachable):
        Book.create(tmp_path / "none" / "games.medaldesk")
    assert contents(tmp_path) == {}


def test_a_new_book_is_empty_sound_and_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "games.medaldesk"
    with Book.create(path, who="Anna") as book:
        assert book.can_write
        assert book.reads.title() == "games"
        assert book.reads.competitions() == []
        assert_sound(book)
    with closing(sqlite3.connect(path)) as other:
        (mode,) = other.execute("PRAGMA journal_mode").fetchone()
        (application,) = other.execute("PRAGMA application_id").fetchone()
        (version,) = other.execute("PRAGMA user_version").fetchone()
        loose = other.execute(
            """SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND NOT strict AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"""
        ).fetchall()
    assert (mode, application, version, loose) == ("wal", 0x4D44534B, schema.SCHEMA_VERSION, [])
    assert sorted(contents(tmp_path)) == [".games.medaldesk.lock", "games.medaldesk"]


def test_a_book_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "Gämes #1 100% & mode=ro;'x'.medaldesk"
    with Book.create(path) as book:
        book.edits.rename_book("Games")
    with Book.open(path, read_only=True) as book:
        assert book.reads.title() == "Games"
    assert path.exists()


def test_every_commit_is_synced_and_foreign_keys_hold(book: Book) -> None:
    (synchronous,) = book._connection.execute("PRAGMA synchronous").fetchone()
    (foreign_keys,) = book._connection.execute("PRAGMA foreign_keys").fetchone()
    assert (synchronous, foreign_keys) == (2, 1)


# A place that cannot be written


def test_a_folder_that_cannot_be_written(tmp_path: Path, sample_book: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights of a folder are tested where there are POSIX ones")
    folder = tmp_path / "archive"
    folder.mkdir()
    path = Path(shutil.copy(sample_book, folder / "games.medaldesk"))
    let_others_look(folder)
    before = contents(folder)
    try:
        said = children.run(children.open_as_nobody, path)
    finally:
        folder.chmod(0o755)
    assert said == [
        "can read Women's 1000 m speed skating at the Olympic Winter Games",
        "BookReadOnly",
        "problems 0",
        "BookUnreachable",
        "BookUnreachable",
    ]
    assert contents(folder) == before


def test_what_stands_in_a_log_that_cannot_be_read_is_not_left_out(
    tmp_path: Path, sample_book: Path
) -> None:
    if os.name != "posix":
        pytest.skip("rights of a folder are tested where there are POSIX ones")
    folder = tmp_path / "archive"
    folder.mkdir()
    path = Path(shutil.copy(sample_book, tmp_path / "games.medaldesk"))
    with Book.open(path) as book:
        book.edits.rename_book("In the log alone")
        for name in (path.name, f"{path.name}-wal"):
            shutil.copy(tmp_path / name, folder / name)
    let_others_look(folder)
    try:
        said = children.run(children.open_as_nobody_once, folder / path.name)
    finally:
        folder.chmod(0o755)
    assert said == ["BookUnreachable"]


def let_others_look(folder: Path) -> None:
    """Everybody may read what is in a folder, and nobody may write there."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and parent.stat().st_mode & 0o055 != 0o055:
            parent.chmod(parent.stat().st_mode | 0o055)


def test_a_full_book_takes_the_edit_back_and_keeps_the_rest(path: Path) -> None:
    with Book.open(path) as book:
        race = one_race(book)
        result = race.enter("Kok", mark="1:12.59")
        (pages,) = book._connection.execute("PRAGMA page_count").fetchone()
        book._connection.execute(f"PRAGMA max_page_count = {pages}")
        before = everything(path)
        with pytest.raises(BookFull) as caught:
            book.edits.write_note(result, "long " * 10_000)
        assert caught.value.details["path"] == path
        assert everything(path) == before
        with pytest.raises(BookFull):
            write_too_much(book, result)
        assert everything(path) == before
        book._connection.execute("PRAGMA max_page_count = 1000000")
        book.edits.write_note(result, "long " * 10_000)
        assert_sound(book)


def write_too_much(book: Book, result: int) -> None:
    with book.edits.together(Action.IMPORT_RESULTS, "much"):
        book.edits.enter_mark(result, "1:12.31")
        book.edits.write_note(result, "long " * 10_000)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "medaldesk-test", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_takes_the_edit_back_and_keeps_the_rest(small_disk: Path, path: Path) -> None:
    with Book.open(path) as book:
        one_race(book).enter("Kok", mark="1:12.59")
    book_path = Path(shutil.copy(path, small_disk / "games.medaldesk"))
    ready, error, last = children.run(children.fill_the_disk, book_path)
    assert (ready, error) == ("ready", "BookFull")
    entries, problems = map(int, last.split())
    assert problems == 0
    with Book.open(book_path, read_only=True) as book:
        assert book.reads.last_journal() == entries
        (row,) = book.reads.results(book.reads.event_by_path("OG2026/W1000"))
        assert row.note is not None
        assert book.check() == []


def test_a_new_book_that_finds_no_room_is_not_left(small_disk: Path) -> None:
    (small_disk / "other").write_bytes(b"x" * 900_000)
    with pytest.raises(BookFull):
        Book.create(small_disk / "games.medaldesk")
    assert [file.name for file in small_disk.iterdir()] == ["other"]


def test_a_backup_that_finds_no_room_is_not_left(small_disk: Path, book: Book) -> None:
    (small_disk / "other").write_bytes(b"x" * 900_000)
    with pytest.raises(BookFull):
        book.backup(small_disk / "copy.medaldesk")
    assert [file.name for file in small_disk.iterdir()] == ["other"]


def test_a_book_that_another_program_keeps_locked(book: Book) -> None:
    book._connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookBusy):
            book.edits.rename_book("Other")
        other.execute("ROLLBACK")
    book.edits.rename_book("Other")
    assert book.reads.title() == "Other"


def test_a_book_open_for_reading_refuses_every_edit(path: Path) -> None:
    before = path.read_bytes()
    with Book.open(path, read_only=True) as book:
        with pytest.raises(BookReadOnly):
            book.edits.rename_book("Other")
        for step in (book.edits.undo, book.edits.redo):
            with pytest.raises(BookReadOnly):
                step()
        assert (book.edits.next_undo(), book.edits.next_redo()) == (None, None)
        book.checkpoint()
    assert path.read_bytes() == before


# Backup


def test_a_backup_of_a_book_that_is_written_is_whole(book: Book, tmp_path: Path) -> None:
    race = one_race(book)
    race.enter("Kok", mark="1:12.59")
    target = tmp_path / "copy.medaldesk"
    book.backup(target)
    race.enter("Leerdam", mark="1:12.31")
    with Book.open(target) as copy:
        assert [row.name for row in copy.reads.results(race.event)] == ["Kok"]
        assert_sound(copy)
        copy.edits.undo()
        assert_sound(copy)


def test_a_backup_does_not_overwrite_a_file(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "copy.medaldesk"
    target.write_text("mine")
    with pytest.raises(BookExists):
        book.backup(target)
    assert target.read_text() == "mine"
    with pytest.raises(BookUnreachable):
        book.backup(tmp_path / "none" / "copy.medaldesk")
