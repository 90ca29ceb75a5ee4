"""The commands for a book as a whole: make, check, back up."""

from __future__ import annotations

from pathlib import Path

import click

from medaldesk.book.book import SUFFIX, Book
from medaldesk.cli.base import Refusal, book_argument, for_reading
from medaldesk.reports import words
from medaldesk.reports.words import tr


@click.command()
@book_argument
@click.option("--name", default="", help="The title of the book; else its file's name.")
def new(book: Path, name: str) -> None:
    """Make an empty book."""
    path = book if book.suffix else book.with_name(f"{book.name}{SUFFIX}")
    Book.create(path, name=name).close()
    click.echo(tr("Made {path}.").format(path=path))


@click.command()
@book_argument
def check(book: Path) -> None:
    """Look for what is wrong with a book."""
    with for_reading(book) as opened:
        problems = opened.check()
    if not problems:
        click.echo(
            tr("{path} is ok: the file is whole, every reference leads somewhere, and ranks, "
               "medals and records are those of its facts.").format(path=book)
        )  # fmt: skip
        return
    for problem in problems:
        click.echo(words.problem_line(problem))
    raise Refusal(
        tr("{path} is not ok; nothing was changed: go back to a backup of it.").format(path=book)
    )


@click.command()
@book_argument
@click.argument("target", type=click.Path(path_type=Path))
def backup(book: Path, target: Path) -> None:
    """Copy a book to TARGET, also while it is written."""
    with for_reading(book) as opened:
        opened.backup(target)
    click.echo(tr("Copied {path} to {target}.").format(path=book, target=target))
