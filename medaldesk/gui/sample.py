"""Where the sample book of a person lives, and how it comes to be there."""

from __future__ import annotations

from pathlib import Path

from medaldesk.book.book import Book

NAME = "founding-race.medaldesk"


def sample_path() -> Path:
    """The sample book in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("MedalDesk", appauthor=False) / NAME


def sample_book() -> Book:
    """The sample book, made if it is not there. Raises a BookError where it cannot be."""
    from medaldesk.exchange.sample import create_sample

    path = sample_path()
    if path.exists():
        return Book.open(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return create_sample(path)
