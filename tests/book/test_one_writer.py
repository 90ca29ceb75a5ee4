"""One writer a book: whoever comes later reads, knows who writes, follows live, and may be next."""

from __future__ import annotations

import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.book.errors import BookReadOnly
from medaldesk.book.lock import Holder, WriterLock, lock_path
from medaldesk.domain.marks import Mark
from tests.book import children
from tests.book.worlds import assert_sound, everything

BURSTS = 200
KILLS = 6


@pytest.fixture
def writer(path: Path) -> Iterator[Popen[str]]:
    """Another process, Anna's, that has the book open for writing."""
    with children.start(children.hold, path) as child:
        assert listen(child) == "ready"
        yield child
        child.kill()


def listen(child: Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def type_mark(child: Popen[str], mark: str) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{mark}\n")
    child.stdin.flush()
    assert listen(child) == "typed"


def test_the_second_reads_and_knows_who_writes(path: Path, writer: Popen[str]) -> None:
    with Book.open(path, who="Bert") as book:
        assert not book.can_write
        assert book.holder is not None
        assert book.holder.who == "Anna"
        assert book.holder.since is not None
        with pytest.raises(BookReadOnly) as caught:
            book.edits.rename_book("Mine")
        assert caught.value.details["holder"] == book.holder
        assert book.reads.title() == "Games"


def test_the_second_follows_live(path: Path, writer: Popen[str]) -> None:
    with Book.open(path) as book:
        told: list[Change] = []
        book.subscribe(told.append)
        assert book.poll() == []
        type_mark(writer, "1:12.59")
        type_mark(writer, "1:12.31")
        changes = book.poll()
        assert [change.subject for change in changes] == ["Kok 1:12.59", "Kok 1:12.31"]
        assert told == changes
        assert book.poll() == []
        (row,) = book.reads.results(min(changes[0].events))
        assert (row.mark, row.rank) == (Mark(72_310_000, 2), 1)
        assert book.check() == []


def test_the_second_may_write_when_the_first_has_closed(path: Path, writer: Popen[str]) -> None:
    type_mark(writer, "1:12.59")
    writer.communicate()
    with Book.open(path) as book:
        assert book.can_write
        book.edits.undo()
        assert_sound(book)


def test_the_second_may_write_when_the_first_was_killed(path: Path, writer: Popen[str]) -> None:
    type_mark(writer, "1:12.59")
    writer.kill()
    writer.wait()
    with Book.open(path) as book:
        assert book.can_write
        assert book.reads.journal(limit=1)[0].subject == "Kok 1:12.59"
        assert_sound(book)


def test_two_windows_of_one_program_are_two_openers(path: Path) -> None:
    with Book.open(path, who="Anna") as first, Book.open(path, who="Bert") as second:
        assert (first.can_write, second.can_write) == (True, False)
        assert second.holder is not None
        assert second.holder.who == "Anna"
        first.edits.rename_book("Ours")
        assert [change.subject for change in second.poll()] == ["Ours"]
        assert first.poll() == []
    with Book.open(path, who="Bert") as second:
        assert second.can_write


def test_a_link_to_a_book_is_that_book(path: Path) -> None:
    link = path.with_name("link.medaldesk")
    try:
        link.symlink_to(path)
    except OSError as error:
        pytest.skip(f"no links here: {error}")
    with Book.open(path, who="Anna") as first, Book.open(link, who="Bert") as second:
        assert (first.can_write, second.can_write) == (True, False)
        first.edits.rename_book("Ours")
        assert second.reads.title() == "Ours"


def test_a_reader_by_choice_leaves_the_book_to_others(path: Path) -> None:
    with Book.open(path, read_only=True) as reader, Book.open(path) as writer:
        assert (reader.can_write, writer.can_write) == (False, True)
        assert reader.holder is None


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '{"who": null}'])
def test_a_holder_that_left_no_word_is_unknown(path: Path, text: str) -> None:
    lock_path(path).write_text(text)
    assert WriterLock(path).holder() == Holder()


def test_a_lock_holds_without_its_word_where_the_disk_is_full(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", no_room)
    with Book.open(path) as book, Book.open(path) as second:
        assert (book.can_write, second.can_write) == (True, False)
        assert second.holder == Holder()


# kill -9


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("seed", range(KILLS))
def test_whatever_was_acknowledged_survives_kill_9(path: Path, seed: int) -> None:
    """A process makes 200 bursts of edits and is killed at a random moment among them."""
    edits = random.Random(seed).randint(1, 5 * BURSTS)
    with children.start(children.write_in_bursts, path, BURSTS, seed) as child:
        acknowledged = [listen(child) for _ in range(edits)]
        child.send_signal(signal.SIGKILL)
        assert child.stdout is not None
        acknowledged += [line.strip() for line in child.stdout]
    assert child.returncode == -signal.SIGKILL
    # The pipe may end in the middle of a word, which was then not acknowledged whole.
    told = [line.split() for line in acknowledged if line.endswith(";")]
    with Book.open(path) as book:
        assert book.can_write
        kept = {line.id: line for line in book.reads.journal(limit=100_000)}
        for entry, kind, subject in told:
            line = kept[int(entry)]
            assert (line.kind, line.subject.replace(" ", "_")) == (kind, subject.rstrip(";"))
        assert len(kept) - int(told[-1][0]) <= 1, "only the edit under way is not told"
        assert_sound(book)
        before = everything(path)
        book.edits.undo()
        book.edits.redo()
        assert everything(path) == before
