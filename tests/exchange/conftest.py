"""Books for the tests of facts in and out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from medaldesk.book.book import Book


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "empty.medaldesk"
    Book.create(path, name="Games", who="clerk").close()
    return path


@pytest.fixture
def book(tmp_path: Path, empty_book: Path) -> Iterator[Book]:
    """An empty book, open for writing."""
    path = Path(shutil.copy(empty_book, tmp_path / "games.medaldesk"))
    with Book.open(path, who="clerk") as opened:
        yield opened
