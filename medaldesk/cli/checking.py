"""`medaldesk import --as standings-check`: published medal tables against those of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from medaldesk.book.checked_table import NotCompared, TableCheck, WhyNot
from medaldesk.book.reads import Reads
from medaldesk.book.table_check import check_table
from medaldesk.cli import codes
from medaldesk.cli.base import Refusal, for_reading, show
from medaldesk.exchange.standings_check import read_published
from medaldesk.reports import check_words
from medaldesk.reports.content import standings_check
from medaldesk.reports.save import Format, save
from medaldesk.reports.words import tr


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is asked of a check: codes of a competition and of a grouping view, and what to write.

    Without a format the differences are told in sentences.
    """

    competition: str | None = None
    group: str | None = None
    form: Format | None = None
    report: Path | None = None


def check_files(book: Path, files: Sequence[Path], options: CheckOptions) -> None:
    """Compare each file with the book and tell what differs. Raises Refusal where anything does."""
    with for_reading(book) as opened:
        reads = opened.reads
        checks, left = _checked(reads, files, options)
        document = standings_check(reads, checks, left)
        if options.form is None:
            tell(checks)
        else:
            show([document], options.form)
        for sentence in check_words.left_out(left):
            click.echo(sentence, err=True)
        if options.report is not None:
            save(document, options.report, Format.CSV)
            click.echo(tr("Wrote {path}.").format(path=options.report), err=bool(options.form))
    if any(check.differences for check in checks) or any(map(_is_open, left)):
        raise Refusal(tr("Not all rows agree; nothing was changed."))


def _checked(
    reads: Reads, files: Sequence[Path], options: CheckOptions
) -> tuple[list[TableCheck], list[NotCompared]]:
    """What came of each competition of each file. Raises Refusal."""
    wanted = codes.competition(reads, options.competition) if options.competition else None
    grouping = codes.grouping(reads, options.group) if options.group else None
    checks: list[TableCheck] = []
    left: list[NotCompared] = []
    for path in files:
        published = read_published(reads, path, wanted)
        if published.is_empty:
            raise Refusal(check_words.not_a_table(path))
        checks += [check_table(reads, held, rows, grouping) for held, rows in published.tables]
        left += published.left
    return checks, left


def _is_open(row: NotCompared) -> bool:
    """Whether a row should have been compared."""
    return row.why is not WhyNot.OTHER_COMPETITION


def tell(checks: Sequence[TableCheck]) -> None:
    """A line for each competition and each difference; several are summed up."""
    for check in checks:
        click.echo(check_words.check_summary(check))
        if said := check_words.balance(check):
            click.echo(f"  {said}")
        for row in check.differences:
            click.echo(f"  {check_words.difference_line(row)}")
    if len(checks) > 1:
        click.echo(check_words.all_counted(checks))
        for reason, rows in check_words.reasons_counted(checks).most_common():
            click.echo(f"  {check_words.reason_name(reason)}: {rows}")
