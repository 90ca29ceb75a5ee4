"""Books that many tests begin with: made once in a process, copied for each test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.exchange.sample import create_sample


@cache
def _made(make: Callable[[Path], object]) -> Path:
    # In the home of the tests, which goes with them.
    path = Path(tempfile.mkdtemp(dir=os.environ["HOME"])) / "made.medaldesk"
    make(path)
    return path


def copied(make: Callable[[Path], object], path: Path) -> Path:
    """Copy to `path` the book that a function of a module makes, and leaves closed."""
    return Path(shutil.copy(_made(make), path))


def sample(path: Path) -> Path:
    """The sample book, complete, as a clerk made it."""
    return copied(_sample, path)


def empty(path: Path) -> Path:
    """A new book of a clerk."""
    return copied(_empty, path)


def _sample(path: Path) -> None:
    create_sample(path, who="clerk").close()


def _empty(path: Path) -> None:
    Book.create(path, name="Games", who="clerk").close()
