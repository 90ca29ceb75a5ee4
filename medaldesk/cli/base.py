"""What all commands share: refusing in one sentence, opening a book, printing a document."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import click

from medaldesk.book.book import Book
from medaldesk.domain.errors import MedalDeskError
from medaldesk.reports import csv_file, json_file, text, words
from medaldesk.reports.document import Document, joined
from medaldesk.reports.words import tr


class Refusal(click.ClickException):
    """A person's error: one sentence on stderr, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


class Commands(click.Group):
    """Commands whose errors of a person are sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except MedalDeskError as error:
            raise Refusal(words.sentence(error)) from error
        except OSError as error:
            # A reader that goes away, as `head` does, has had enough: click ends without a word.
            if error.errno == errno.EPIPE:
                raise
            template = tr("That stopped half way ({problem}); no book was changed.")
            raise Refusal(template.format(problem=error.strerror or error)) from error


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the system's habit, and stop at no letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Command = Callable[..., None]

book_argument = click.argument("book", type=click.Path(path_type=Path))

competition_option = click.option(
    "--competition", metavar="CODE", help="The competition, such as OWG2026; else the latest."
)

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(Format, case_sensitive=False),
    default="table",
    show_default=True,
    help="What is printed.",
)


def for_reading(path: Path) -> Book:
    """Open a book beside whoever writes it. Raises a BookError."""
    return Book.open(path, read_only=True)


def show(documents: Sequence[Document], form: Format, *names: str) -> None:
    """Print documents of one kind; several become one set of rows, told apart by `names`."""
    if form is Format.TABLE:
        click.echo("\n".join(text.text(document) for document in documents), nl=False)
        return
    document = documents[0] if len(documents) == 1 else joined(documents, *names)
    printed = json_file.text(document) if form is Format.JSON else csv_file.text(document)
    click.echo(printed, nl=False)
