"""The command that takes results out of a book, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from medaldesk.cli import codes
from medaldesk.cli.base import book_argument, for_reading
from medaldesk.reports.words import tr


@click.command()
@book_argument
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
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
def export(book: Path, out: Path, competitions: tuple[str, ...], events: tuple[str, ...]) -> None:
    """Write a book as tidy results, one row a result.

    OUT ends in .csv or .xlsx; a file of that name is replaced. The same table can be imported.
    """
    # The writer of XLSX takes a while to import, and no other command needs it.
    from medaldesk.exchange.tidy_export import export_tidy

    with for_reading(book) as opened:
        reads = opened.reads
        chosen = {codes.competition(reads, code).id for code in competitions}
        of_events = {codes.event(reads, path) for path in events}
        count = export_tidy(reads, book, out, competitions=chosen, events=of_events)
    click.echo(tr("Wrote {path}, rows: {n}.").format(path=out, n=f"{count:,}"))
