"""The sample book, read-only, for every test of words and documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.reads import Reads
from medaldesk.exchange.sample import create_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "sample.medaldesk"
    create_sample(path, who="clerk").close()
    return path


@pytest.fixture
def reads(sample: Path) -> Iterator[Reads]:
    with Book.open(sample, read_only=True) as book:
        yield book.reads
