"""Whatever is done to a book, in whatever order: R21 and the promises of undo.

After every edit the derived tables are what a full derivation makes of the facts; undo gives
back every fact and every derived row as it was, and redo every one as it had become, also
after the book was closed and opened again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from tests.book.desk import a_world
from tests.book.desk_results import ResultsDesk
from tests.book.desk_rules import RulesDesk


class WholeDesk(ResultsDesk, RulesDesk):
    """Every edit there is."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, empty_book: Path) -> Path:
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("world") / "world.medaldesk"))
    with Book.open(path, who="clerk") as book, book.edits.together(Action.IMPORT_RESULTS, "world"):
        a_world(book)
    return path


def test_r21_every_edit_leaves_the_book_as_a_full_derivation_would(world: Path) -> None:
    class DeskOfThisWorld(WholeDesk):
        template = world

    run_state_machine_as_test(
        DeskOfThisWorld, settings=settings(stateful_step_count=50, max_examples=250, deadline=None)
    )
