"""The command that takes facts out of a book, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from medaldesk.cli import codes
from medaldesk.cli.base import book_argument, for_reading
from medaldesk.exchange.exporting import EXPORTERS, ExportKind, Part
from medaldesk.reports.export_words import written
from medaldesk.reports.words import tr


@click.command()
@book_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice([kind.value for kind in EXPORTERS]),
    default=ExportKind.RESULTS.value,
    show_default=True,
    help="What is written.",
)
@click.option(
    "--competition",
    "competitions",
    metavar="CODE",
    multiple=True,
    help="Only this competition, such as OWG2026; again for several.",
)
@click.option(
    "--event",
    "events",
    metavar="PATH",
    multiple=True,
    help="Only this event, such as OWG2026/SSKW1000M; again for several.",
)
def export(
    book: Path, out: Path, kind: str, competitions: tuple[str, ...], events: tuple[str, ...]
) -> None:
    """Write a book, or a part of it, for other programs.

    Results, records and nations are tables: OUT ends in .csv, .xlsx or .ods. The same tables can
    be imported, and so can ODF messages, which go into a folder or a .zip, one file a message.
    SQLite is the book as it is. A file of that name is replaced, but no book and no folder that
    has anything in it.
    """
    chosen = ExportKind(kind)
    exporter = EXPORTERS[chosen]
    if (competitions or events) and not exporter.takes_parts:
        raise click.UsageError(tr("--as {kind} writes the whole book.").format(kind=kind))
    with for_reading(book) as opened:
        reads = opened.reads
        part = Part(
            frozenset(codes.competition(reads, code).id for code in competitions),
            frozenset(codes.event(reads, path) for path in events),
        )
        count = exporter.write(opened, out, part, None)
    click.echo(written(out, chosen.value, count))
