"""What all commands share: refusing in one sentence, opening a book, printing a document."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

import click

from medaldesk.book.book import Book
from medaldesk.book.errors import BookExists
from medaldesk.domain.errors import MedalDeskError
from medaldesk.reports import text, words
from medaldesk.reports.document import Document, joined
from medaldesk.reports.save import Format, printed, save
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


class _Formats(click.Choice[Format]):
    """The formats by name; `text` is another name of the table."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Format:
        is_text = isinstance(value, str) and value.lower() == "text"
        return super().convert("table" if is_text else value, param, ctx)


def formats(*known: Format) -> click.Choice[Format]:
    """Some of the formats by name."""
    return _Formats(known, case_sensitive=False)


Command = Callable[..., None]

book_argument = click.argument("book", type=click.Path(path_type=Path))

competition_option = click.option(
    "--competition", metavar="CODE", help="The competition, such as OWG2026; else the latest."
)

format_option = click.option(
    "--format",
    "form",
    type=_Formats([Format.TABLE, Format.JSON, Format.CSV], case_sensitive=False),
    default="table",
    show_default=True,
    help="What is printed.",
)


def document_options(command: Command) -> Command:
    """`--format` with PDF among the formats, and `--output`: what `put` takes."""
    form = click.option(
        "--format",
        "form",
        type=_Formats(list(Format), case_sensitive=False),
        help="What is printed; else what the name of the file ends in, else a table.",
    )
    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write to a file; one of that name is replaced.",
    )
    return form(output(command))


def for_reading(path: Path) -> Book:
    """Open a book beside whoever writes it. Raises a BookError."""
    return Book.open(path, read_only=True)


def show(documents: Sequence[Document], form: Format, *names: str) -> None:
    """Print documents of one kind; several become one set of rows, told apart by `names`."""
    if form is Format.TABLE:
        click.echo("\n".join(text.text(document) for document in documents), nl=False)
        return
    document = documents[0] if len(documents) == 1 else joined(documents, *names)
    click.echo(printed(document, form), nl=False)


def put(document: Document, book: Path, form: Format | None, output: Path | None) -> None:
    """Print a document, or write it to a file that is not the book itself.

    Raises UsageError, BookExists, ReportFormatUnknown.
    """
    if output is None:
        if form is Format.PDF:
            raise click.UsageError(tr("A PDF goes to a file: say which with --output."))
        show([document], form or Format.TABLE)
        return
    if output.exists() and output.samefile(book):
        raise BookExists(path=output)
    save(document, output, form)
    click.echo(tr("Wrote {path}.").format(path=output))
