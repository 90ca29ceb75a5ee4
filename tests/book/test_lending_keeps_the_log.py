"""A borrower never takes the log away from under the lender."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from medaldesk.book.book import Book

BORROW = """
import sys
from pathlib import Path
from medaldesk.book.book import Book
with Book.borrow(Path(sys.argv[1]), who="Anna") as book:
    book.edits.add_athlete("Anna")
"""


def test_the_lender_sees_what_was_written_though_its_lock_was_dropped(path: Path) -> None:
    """POSIX drops all locks of a process on a file when it closes it once: a file dialog that
    looks what kind of file a book is does.
    """
    with Book.open(path, who="clerk") as book:
        book.edits.add_athlete("One")
        path.open("rb").close()
        book.lend()
        subprocess.run([sys.executable, "-c", BORROW, str(path)], check=True)
        book.take_back()
        book.poll()
        book.edits.add_athlete("Two")
        known = [athlete.name for athlete in book.reads.known_athletes()]
        with Book.open(path, read_only=True) as other:
            assert [athlete.name for athlete in other.reads.known_athletes()] == known
    assert known == ["One", "Anna", "Two"]
