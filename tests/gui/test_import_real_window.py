"""A file comes into a book in a real window, by keyboard alone, and goes again by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.reads import Reads
from tests.gui.desk import Desk
from tests.gui.importing_desk import OWN, write

NEW = "Nikola Zdrahalova"


@pytest.mark.real_window
@pytest.mark.timeout(300)
def test_a_file_is_imported_undone_and_imported_again(sample: Path, tmp_path: Path) -> None:
    """The second time, too: a file dialog has looked at the book by then."""
    file = write(tmp_path, "own.csv", OWN)
    home = tmp_path / "home"
    home.mkdir()

    def look(question: Callable[[Reads], bool]) -> Callable[[], bool]:
        def ask() -> bool:
            with Book.open(sample, read_only=True) as book:
                return question(book.reads)

        return ask

    is_there = look(lambda reads: bool(reads.athletes_named(NEW)))
    is_gone = look(lambda reads: not reads.athletes_named(NEW))
    with Desk(sample, home) as desk:
        for _ in range(2):
            before = desk.presses
            desk.key("ctrl+shift+i")
            desk.wait(lambda: "Import files" in desk.title(), "the question for files")
            desk.type(str(file))
            desk.key("Return")
            desk.wait(lambda: "Import: files" in desk.title(), "the assistant")
            desk.key("Return")
            desk.wait(lambda: "Import: preview" in desk.title(), "the preview")
            desk.key("Return")
            desk.wait(is_there, "the import")
            # Ctrl+Shift+I, the name of the file, Enter; then two keys in the assistant.
            assert desk.presses - before == 1 + len(str(file)) + 1 + 2
            desk.wait(lambda: "1000 m" in desk.title(), "the way back to the window")
            desk.key("ctrl+z")
            desk.wait(is_gone, "the undoing")
        assert desk.close() == 0
