"""The commands about what was decided: the ledger of decisions, and the audit of medals."""

from __future__ import annotations

from pathlib import Path

import click

from medaldesk.cli import codes
from medaldesk.cli.base import (
    Refusal,
    book_argument,
    document_options,
    for_reading,
    put,
)
from medaldesk.reports import content
from medaldesk.reports.save import Format
from medaldesk.reports.words import tr

competition_option = click.option(
    "--competition", metavar="CODE", help="A competition, such as OWG2026; else all."
)


@click.command()
@book_argument
@competition_option
@document_options
def audit(book: Path, competition: str | None, form: Format | None, output: Path | None) -> None:
    """List official events that are not 1-1-1.

    Each has its medals and the reason; the exit code is 1 where one of them has none.
    """
    with for_reading(book) as opened:
        reads = opened.reads
        found = codes.competition(reads, competition).id if competition else None
        document = content.audit(reads, found)
    put(document, book, form, output)
    if document.tail["unexplained"]:
        raise Refusal(tr("Not all of these medals are explained: look at the events again."))


@click.command()
@book_argument
@competition_option
@click.option("--event", metavar="PATH", help="An event, such as OWG2026/SSKW1000M; else all.")
@document_options
def decisions(
    book: Path,
    competition: str | None,
    event: str | None,
    form: Format | None,
    output: Path | None,
) -> None:
    """Print the ledger of decisions, the latest first."""
    with for_reading(book) as opened:
        reads = opened.reads
        found = codes.competition(reads, competition).id if competition else None
        of_event = codes.event(reads, event) if event else None
        document = content.decisions(reads, event=of_event, competition=found)
    put(document, book, form, output)
