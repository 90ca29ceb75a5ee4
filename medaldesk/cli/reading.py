"""The commands that print: medal table, results, records, history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from medaldesk.cli import codes
from medaldesk.cli.base import (
    Format,
    book_argument,
    competition_option,
    for_reading,
    format_option,
    show,
)
from medaldesk.domain.standings import RankBy
from medaldesk.reports import content


@click.command()
@book_argument
@competition_option
@click.option(
    "--rank-by",
    type=click.Choice(RankBy, case_sensitive=False),
    default="gold",
    show_default=True,
    help="What decides the order.",
)
@click.option(
    "--as-it-stands", is_flag=True, help="Count the events under way too, not the official alone."
)
@format_option
def standings(
    book: Path, competition: str | None, rank_by: RankBy, as_it_stands: bool, form: Format
) -> None:
    """Print the medal table of a competition."""
    with for_reading(book) as opened:
        table = content.medal_table(
            opened.reads,
            codes.competition(opened.reads, competition).id,
            rank_by=rank_by,
            as_it_stands=as_it_stands,
            as_of=date.today().isoformat(),
        )
    show([table], form)


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
@format_option
def records(book: Path, kind: str | None, event_type: str | None, form: Format) -> None:
    """Print how the records of a list were set, oldest first."""
    with for_reading(book) as opened:
        lists = codes.record_lists(opened.reads, kind, event_type)
        histories = [content.record_history(opened.reads, kept.id) for kept in lists] or [
            content.no_records(opened.reads)
        ]
    show(histories, form, "list", "event_type")


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
