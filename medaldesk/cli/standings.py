"""`medaldesk standings`: the medal table of any scope, and two of them compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from medaldesk.book.errors import DatesReversed
from medaldesk.book.reads import Reads
from medaldesk.book.reads.counting import GENDERS
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.cli import codes
from medaldesk.cli.base import book_argument, document_options, for_reading, put
from medaldesk.cli.options import AS_IT_STANDS, Day, DayOrNow, Order, OrderType
from medaldesk.reports import content, words
from medaldesk.reports.document import Document
from medaldesk.reports.save import Format
from medaldesk.reports.words import tr


class Asked(TypedDict):
    """The options of the table."""

    competition: tuple[str, ...]
    series: str | None
    rank_by: Order
    group: str | None
    discipline: tuple[str, ...]
    gender: tuple[str, ...]
    first: str | None
    last: str | None
    as_of: str | None
    as_it_stands: bool
    compare_to: str | None
    zeros: bool
    breakdown: bool
    all_ranks: bool


@click.command()
@book_argument
@click.option(
    "--competition",
    metavar="CODE",
    multiple=True,
    help="A competition, such as OWG2026, or several; else the latest.",
)
@click.option("--series", metavar="CODE", help="All competitions of a series, such as OWG.")
@click.option(
    "--rank-by",
    type=OrderType(),
    metavar="ORDER",
    default="gold",
    show_default=True,
    help="gold, total, weighted:3-2-1, per-capita or per-capita:gold.",
)
@click.option("--group", metavar="VIEW", help="Merge nations by a grouping view.")
@click.option(
    "--discipline", metavar="CODE", multiple=True, help="Only events of a discipline, or several."
)
@click.option(
    "--gender",
    type=click.Choice(GENDERS, case_sensitive=False),
    multiple=True,
    help="Only events of men, women, mixed or open ones.",
)
@click.option("--from", "first", type=Day(), help="Only events from this day on.")
@click.option("--to", "last", type=Day(), help="Only events until this day.")
@click.option("--as-of", type=Day(), help="By the results and decisions of this day.")
@click.option(
    "--as-it-stands", is_flag=True, help="Count the events under way too, not the official alone."
)
@click.option(
    "--compare-to",
    type=DayOrNow(),
    metavar="DATE|as-it-stands",
    help="What is different from the table of another day, and why.",
)
@click.option("--zeros", is_flag=True, help="List nations without a medal too.")
@click.option("--breakdown", is_flag=True, help="Tell men, women, mixed and open events apart.")
@click.option("--all-ranks", is_flag=True, help="Print all four ranks side by side.")
@document_options
def standings(book: Path, form: Format | None, output: Path | None, **asked: Unpack[Asked]) -> None:
    """Print the medal table of a competition, of several, or of a series."""
    _refuse_contradictions(asked)
    with for_reading(book) as opened:
        scope = _scope(opened.reads, asked)
        table = _table if asked["compare_to"] is None else _difference
        document = table(opened.reads, scope, asked)
    put(document, book, form, output)


def _refuse_contradictions(asked: Asked) -> None:
    """Raise UsageError for options that do not go together."""
    first, last = asked["first"], asked["last"]
    if first and last and last < first:
        raise click.UsageError(words.sentence(DatesReversed(start=first, end=last)))
    if asked["as_of"] and asked["as_it_stands"]:
        raise click.UsageError(tr("--as-it-stands is of now: leave it out, or leave out --as-of."))
    if asked["compare_to"] and (asked["breakdown"] or asked["all_ranks"]):
        raise click.UsageError(
            tr("--compare-to goes by one rank: leave out --breakdown and --all-ranks.")
        )


def _scope(reads: Reads, asked: Asked) -> TableScope:
    """What the table counts. Raises Refusal."""
    named = asked["competition"]
    competitions = [codes.competition(reads, code).id for code in named]
    if not named and asked["series"] is None:
        competitions = [codes.competition(reads, None).id]
    return TableScope(
        competitions=tuple(dict.fromkeys(competitions)),
        series=codes.series(reads, asked["series"]) if asked["series"] else None,
        disciplines=tuple(codes.discipline(reads, code) for code in asked["discipline"]),
        genders=tuple(dict.fromkeys(asked["gender"])),
        first=asked["first"],
        last=asked["last"],
        grouping=codes.grouping(reads, asked["group"]) if asked["group"] else None,
        as_of=asked["as_of"],
        as_it_stands=asked["as_it_stands"],
        zeros=asked["zeros"],
    )


def _table(reads: Reads, scope: TableScope, asked: Asked) -> Document:
    order = asked["rank_by"]
    return content.medal_table(
        reads,
        scope,
        rank_by=order.rank_by,
        weights=order.weights,
        per_capita_of=order.per_capita_of,
        as_of=date.today().isoformat(),
        all_ranks=asked["all_ranks"],
        breakdown=asked["breakdown"],
    )


def _difference(reads: Reads, scope: TableScope, asked: Asked) -> Document:
    """The table beside that of another day; the earlier of the two is the first."""
    day = asked["compare_to"]
    now = day == AS_IT_STANDS
    other = replace(scope, as_it_stands=now, as_of=None if now else day)
    before, after = sorted([other, scope], key=_time)
    order = asked["rank_by"]
    return content.table_difference(
        reads,
        before,
        after,
        rank_by=order.rank_by,
        weights=order.weights,
        per_capita_of=order.per_capita_of,
        today=date.today().isoformat(),
    )


def _time(scope: TableScope) -> tuple[bool, str]:
    """Sorts tables by time: those of a day, that of all that is known, as it stands."""
    return (scope.as_it_stands, scope.as_of or "9999")
