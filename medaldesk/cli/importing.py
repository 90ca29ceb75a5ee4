"""The command that brings files into a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from medaldesk.book.book import Book
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.table_check import TableCheck, check_table
from medaldesk.cli import codes
from medaldesk.cli.base import Refusal, book_argument, for_reading
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import (
    ImportKind,
    ImportMapping,
    load_mapping,
    profile,
)
from medaldesk.exchange.importing.matching import Doubt
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.report import write_report
from medaldesk.exchange.importing.sources import guesses_of, sources_of
from medaldesk.exchange.standings_check import read_published
from medaldesk.reports import check_words, words
from medaldesk.reports.import_words import doubt_sentence, table_noun
from medaldesk.reports.words import tr

CHECK = "standings-check"

SHOWN = 20
"""So many problems, and so many doubts, are listed on the screen."""


@click.command("import")
@book_argument
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--as",
    "kind",
    type=click.Choice([*(kind.value for kind in ImportKind), CHECK]),
    help="What the files are; else what the mapping says, else results.",
)
@click.option(
    "--map",
    "mapping",
    metavar="MAP.toml",
    help="Which column is what: a file, or the name of a mapping that comes with the program.",
)
@click.option(
    "--competition",
    metavar="CODE",
    help="Of a standings check: the competition, where the file does not say it; else the latest.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.csv",
    help="Write the rows that are not taken, each with the reason, to be corrected.",
)
def import_(
    *,
    book: Path,
    files: Sequence[Path],
    kind: str | None,
    mapping: str | None,
    competition: str | None,
    dry_run: bool,
    report: Path | None,
) -> None:
    """Take results, a start list or medallists from CSV, XLSX, XLS or ODS.

    A standings check takes nothing: it compares published medal tables with those of the book.
    """
    if kind == CHECK:
        if mapping or report:
            raise click.UsageError(tr("A standings check takes no --map and no --report."))
        _check(book, files, competition)
        return
    if competition:
        raise click.UsageError(tr("--competition is for --as standings-check."))
    wanted = _mapping(mapping, kind)
    with Book.open(book, read_only=dry_run) as opened:
        sources = [
            (source, wanted.completed(guesses_of(source)))
            for path in files
            for source in sources_of(path)
        ]
        plan = make_plan(opened.reads, sources)
        if not dry_run:
            apply_plan(opened, plan)
        _tell(opened.reads, plan, dry_run=dry_run)
    if report is not None:
        write_report(report, [source for source, _ in sources], plan.problems, words.sentence)
        click.echo(tr("Wrote {path}.").format(path=report))
    if plan.problems and not plan.taken:
        raise Refusal(tr("No row was taken."))


def _check(book: Path, files: Sequence[Path], code: str | None) -> None:
    """Compare each file with the book. Raises Refusal where anything differs."""
    with for_reading(book) as opened:
        reads = opened.reads
        wanted = codes.competition(reads, code) if code else None
        agrees = [_checked(reads, path, wanted) for path in files]
    if not all(agrees):
        raise Refusal(tr("Not all rows agree; nothing was changed."))


def _checked(reads: Reads, path: Path, wanted: CompetitionRow | None) -> bool:
    """Print what came of the tables of a file; whether every row agrees. Raises Refusal."""
    published = read_published(reads, path, wanted)
    if not (published.tables or published.unknown or published.unread):
        raise Refusal(check_words.not_a_table(path))
    checks = [check_table(reads, held, rows) for held, rows in published.tables]
    for check in checks:
        _tell_check(check)
    for text, rows in published.unknown.items():
        click.echo(check_words.unknown_competition(text, rows), err=True)
    for number, text in published.unread:
        click.echo(check_words.unread_row(number, text), err=True)
    differ = any(check.differences for check in checks)
    return not (differ or published.unknown or published.unread)


def _tell_check(check: TableCheck) -> None:
    click.echo(check_words.check_summary(check))
    for row in check.differences:
        click.echo(f"  {check_words.difference_line(row)}")


def _mapping(name: str | None, kind: str | None) -> ImportMapping:
    """Raises MappingUnreadable."""
    mapping = ImportMapping()
    if name is not None:
        path = Path(name)
        try:
            mapping = profile(name) if not path.suffix and not path.exists() else load_mapping(path)
        except FileNotFoundError:
            mapping = load_mapping(path)
    return replace(mapping, kind=ImportKind(kind)) if kind else mapping


def _tell(reads: Reads, plan: Plan, *, dry_run: bool) -> None:
    """What came, or would come, of the rows; what was not taken goes to stderr."""
    rows = [plan.rows.get(fate, 0) for fate in Fate]
    click.echo(
        tr("{new} rows new, {changed} changed, {unchanged} unchanged, {refused} not taken.").format(
            new=rows[0], changed=rows[1], unchanged=rows[2], refused=len(plan.problems)
        )
    )
    for table, count in plan.counts.items():
        if count.new or count.changed:
            template = tr("  {noun}: {new} new, {changed} changed")
            noun = table_noun(table, 2)
            click.echo(template.format(noun=noun, new=count.new, changed=count.changed))
    _list([_problem(plan, number) for number in range(min(SHOWN, len(plan.problems)))],
          len(plan.problems))  # fmt: skip
    _list([_doubt(reads, plan, doubt) for doubt in plan.doubts[:SHOWN]], len(plan.doubts))
    if dry_run:
        click.echo(tr("Nothing was changed."))


def _list(lines: Sequence[str], total: int) -> None:
    for line in lines:
        click.echo(line, err=True)
    if total > len(lines):
        click.echo(tr("… and {count} more.").format(count=total - len(lines)), err=True)


def _problem(plan: Plan, number: int) -> str:
    problem = plan.problems[number]
    title = plan.titles[problem.source]
    sentence = words.sentence(problem.error)
    return tr("{title}, row {row}: {sentence}").format(
        title=title, row=problem.row, sentence=sentence
    )


def _doubt(reads: Reads, plan: Plan, doubt: Doubt) -> str:
    others = [f"{name} ({reads.nation_code(nation, None)})" for name, nation, _ in doubt.others]
    nation = reads.nation_code(doubt.nation, None)
    sentence = doubt_sentence(doubt.kind, doubt.name, nation, list(dict.fromkeys(others)))
    template = tr("{title}, row {row}: {sentence}")
    return template.format(title=plan.titles[doubt.source], row=doubt.row, sentence=sentence)
