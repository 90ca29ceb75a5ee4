"""`medaldesk demo`: the founding race typed in, in the terminal (RULES 8)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from medaldesk.book import files
from medaldesk.book.book import Book
from medaldesk.book.connection import explained
from medaldesk.book.errors import BookReadOnly
from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import ResultRow
from medaldesk.cli.base import Refusal
from medaldesk.domain.marks import format_behind, format_mark
from medaldesk.exchange.sample import FOUNDING_RACE, TypedMark, fill, sample_facts
from medaldesk.reports import content, text, words
from medaldesk.reports.document import Document
from medaldesk.reports.save import save
from medaldesk.reports.text import display_width
from medaldesk.reports.words import tr

_BOOK = "founding-race.medaldesk"
_PATIENCE = 120
"""Seconds that the window may take to be painted."""


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("medaldesk-demo"),
    show_default=True,
    help="The folder for what the demonstration writes.",
)
def demo(out: Path) -> None:
    """Show a race typed in, and all that follows.

    It is the women's 1000 m of Milano Cortina 2026. The folder gets the book, three documents
    and a picture of the window; a book of an earlier demonstration there is replaced.
    """
    with explained(out):
        out.mkdir(parents=True, exist_ok=True)
    path = out / _BOOK
    _clear(path)
    facts = sample_facts()
    with Book.create(path, name=facts["book"]["name"]) as book:
        typed = fill(book, facts, leave_open=FOUNDING_RACE)
        written = [path, *_play(book, typed, out)]
    picture = out / "window.png"
    pictured = _screenshot(path, picture)
    click.echo(tr("Written:"))
    for file in [*written, picture] if pictured else written:
        click.echo(f"  {file}")
    if not pictured:
        raise Refusal(tr("The window could not be painted here; all else is done."))


def _clear(path: Path) -> None:
    """Take away the book of an earlier demonstration. Raises BookReadOnly where it is in use."""
    if not path.exists():
        return
    with Book.open(path) as old:
        if not old.can_write:
            raise BookReadOnly(path=path, holder=old.holder)
    with explained(path):
        files.remove(path)


def _play(book: Book, typed: Sequence[TypedMark], out: Path) -> list[Path]:
    """Type the race, show what it changes, write the documents; returns their files."""
    reads = book.reads
    event = reads.event_by_path(FOUNDING_RACE)
    head = reads.event_head(event)
    _heading(tr("Before the race"))
    _tell(content.medal_table(reads, head.competition))
    _heading(tr("The race, typed in"))
    for mark in typed:
        book.edits.enter_mark(mark.result, mark.text)
        click.echo(_told(reads, event, mark, typed))
    book.edits.make_official(event, date.fromisoformat(head.day))
    click.echo()
    _heading(tr("After the race, made official"))
    table = content.medal_table(reads, head.competition)
    sheet = content.event_results(reads, event)
    olympic = next(kept for kept in reads.record_lists(head.event_type) if kept.code == "OR")
    history = content.record_history(reads, olympic.id)
    for document in (table, sheet, history):
        _tell(document)
    names = {"medal-table": table, "event-results": sheet, "record-history": history}
    return [_saved(document, out / f"{name}.pdf") for name, document in names.items()]


def _saved(document: Document, path: Path) -> Path:
    save(document, path)
    return path


def _heading(title: str) -> None:
    click.echo(f"== {title} ==\n")


def _tell(document: Document) -> None:
    click.echo(text.text(document))


def _told(reads: Reads, event: int, mark: TypedMark, typed: Sequence[TypedMark]) -> str:
    """What a mark did the moment it was typed: its rank, the time behind, the record it set."""
    form = reads.event_head(event).form
    row = next(row for row in reads.results(event) if row.id == mark.result)
    unit = words.unit_name("pair", mark.unit) if mark.unit else tr("pair ?")
    widest = max(display_width(other.name) for other in typed)
    name = mark.name + " " * (widest - display_width(mark.name))
    printed = format_mark(row.mark, form.kind) if row.mark else row.status or ""
    rank = words.rank(row.rank, row.rank_equal)
    behind = format_behind(row.behind, form.kind)
    line = f"{unit:7}  {name}  {row.nation}  {printed:>7}  {rank:>3}  {behind:>6}"
    return f"{line}  {_records(reads, row)}".rstrip()


def _records(reads: Reads, row: ResultRow) -> str:
    """Why a result is the record that its flags say it is."""
    codes = {flag.record_list: flag.text for flag in row.records}
    return " ".join(
        f"{codes[reason.list.id]}  {words.record_reason(reason)}"
        for reason in reads.record_reasons(row.id)
        if reason.list.id in codes
    )


def _screenshot(book: Path, picture: Path) -> bool:
    """Paint the window on a book in a process of its own, for a command knows nothing of Qt."""
    command = [sys.executable, "-m", "medaldesk.gui.screenshot", str(book), str(picture)]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and picture.exists()
