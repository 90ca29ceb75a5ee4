"""The commands that print: results, records, why they are ones, history."""

from __future__ import annotations

from pathlib import Path

import click

from medaldesk.cli import codes
from medaldesk.cli.base import (
    Refusal,
    book_argument,
    for_reading,
    format_option,
    show,
)
from medaldesk.reports import content
from medaldesk.reports.save import Format
from medaldesk.reports.words import tr


@click.command()
@book_argument
@click.argument("event")
@format_option
def results(book: Path, event: str, form: Format) -> None:
    """Print the results of an event, such as OWG2026/SSKW1000M."""
    with for_reading(book) as opened:
        sheet = content.event_results(opened.reads, codes.event(opened.reads, event))
    show([sheet], form)


@click.command()
@book_argument
@click.option("--list", "kind", metavar="CODE", help="The kind of record, such as OR; else all.")
@click.option("--event-type", metavar="CODE", help="The event type, such as SSKW1000M; else all.")
@click.option("--published", is_flag=True, help="Compare with the progression that was published.")
@format_option
def records(
    book: Path, kind: str | None, event_type: str | None, published: bool, form: Format
) -> None:
    """Print how the records of a list were set, oldest first."""
    read = content.published_comparison if published else content.record_history
    with for_reading(book) as opened:
        lists = codes.record_lists(opened.reads, kind, event_type)
        histories = [read(opened.reads, kept.id) for kept in lists] or [
            content.no_records(opened.reads)
        ]
    narrowed = ("of_nation", "venue", "continent", "age_class")
    told = (name for name in narrowed if any(history.head.get(name) for history in histories))
    show(histories, form, "list", "event_type", *told)


@click.command()
@book_argument
@click.argument("event")
@click.argument("name", default="")
@format_option
def why(book: Path, event: str, name: str, form: Format) -> None:
    """Print why each result of an event is, or is not, a record.

    NAME, or a part of it, narrows that to somebody's results.
    """
    with for_reading(book) as opened:
        found = codes.event(opened.reads, event)
        if name and not codes.is_entered(opened.reads, found, name):
            raise Refusal(tr("Nobody called {name} is entered in this event.").format(name=name))
        reasons = content.record_reasons(opened.reads, found, name)
    show([reasons], form)


@click.command()
@book_argument
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="How many entries, from the latest back.",
)
@format_option
def history(book: Path, limit: int, form: Format) -> None:
    """Print what was done to a book, the latest first."""
    with for_reading(book) as opened:
        journal = content.journal(opened.reads, limit)
    show([journal], form)
