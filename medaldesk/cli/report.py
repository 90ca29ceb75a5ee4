"""The command that writes documents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import click

from medaldesk.book.errors import BookExists
from medaldesk.book.reads import Reads
from medaldesk.cli import codes
from medaldesk.cli.base import book_argument, competition_option, for_reading
from medaldesk.reports import content
from medaldesk.reports.save import Paper, save
from medaldesk.reports.words import tr


class Kind(StrEnum):
    MEDAL_TABLE = "medal-table"
    EVENT_RESULTS = "event-results"
    RECORD_HISTORY = "record-history"


@click.command()
@book_argument
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to: a name ending in .pdf or .csv; a file there is replaced.",
)
@competition_option
@click.option("--event", metavar="CODE", help="For event-results: such as OWG2026/SSKW1000M.")
@click.option("--list", "record_list", metavar="CODE", help="For record-history: such as OR.")
@click.option("--event-type", metavar="CODE", help="For record-history: such as SSKW1000M.")
@click.option("--as-it-stands", is_flag=True, help="For medal-table: count events under way too.")
@click.option(
    "--paper",
    type=click.Choice(Paper, case_sensitive=False),
    default="a4",
    show_default=True,
    help="The size of a PDF's pages.",
)
def report(
    *,
    book: Path,
    kind: str,
    output: Path,
    competition: str | None,
    event: str | None,
    record_list: str | None,
    event_type: str | None,
    as_it_stands: bool,
    paper: Paper,
) -> None:
    """Write a document about a book to a file."""
    with for_reading(book) as opened:
        reads = opened.reads
        match Kind(kind):
            case Kind.MEDAL_TABLE:
                held = codes.competition(reads, competition)
                document = content.medal_table(reads, held.id, as_it_stands=as_it_stands)
            case Kind.EVENT_RESULTS:
                document = content.event_results(reads, _event(reads, competition, event))
            case Kind.RECORD_HISTORY:
                kept = codes.only_record_list(reads, record_list, event_type)
                document = content.record_history(reads, kept.id)
    if output.exists() and output.samefile(book):
        raise BookExists(path=output)
    save(document, output, paper=paper)
    click.echo(tr("Wrote {path}.").format(path=output))


def _event(reads: Reads, competition: str | None, event: str | None) -> int:
    """The event asked for: by its whole code, by its code at a competition, or the only one."""
    held = codes.competition(reads, competition)
    if event is None:
        return codes.only_event(reads, held)
    return codes.event(reads, event if "/" in event else f"{held.code}/{event}")
