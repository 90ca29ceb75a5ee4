"""Books for the tests of the book: made once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.sample import create_sample


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "empty.medaldesk"
    Book.create(
        path, name="Games", who="clerk", clock=lambda: datetime(2026, 2, 9, tzinfo=UTC)
    ).close()
    return path


@pytest.fixture(scope="session")
def sample_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "sample.medaldesk"
    create_sample(path, who="clerk").close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_book: Path) -> Path:
    """A book of its own for a test, closed."""
    return Path(shutil.copy(empty_book, tmp_path / "games.medaldesk"))


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.open(path, who="clerk") as opened:
        yield opened


@pytest.fixture
def sample(tmp_path: Path, sample_book: Path) -> Iterator[Book]:
    """The sample book, open for writing."""
    copy = Path(shutil.copy(sample_book, tmp_path / "sample.medaldesk"))
    with Book.open(copy, who="clerk") as opened:
        yield opened
