"""The command that brings files into a book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from medaldesk.book.book import Book
from medaldesk.book.reads import Reads
from medaldesk.cli.base import Refusal, book_argument, formats
from medaldesk.cli.checking import CheckOptions, check_files, tell
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import (
    ImportKind,
    ImportMapping,
    load_mapping,
    profile,
)
from medaldesk.exchange.importing.matching import Doubt
from medaldesk.exchange.importing.preview import Look, Preview
from medaldesk.exchange.importing.report import refuse_report
from medaldesk.exchange.importing.rows import Problem
from medaldesk.exchange.importing.session import ImportSession
from medaldesk.exchange.importing.sources import XmlKind
from medaldesk.reports import check_words, sheet_words, words
from medaldesk.reports.import_words import doubt_sentence, table_noun
from medaldesk.reports.save import Format
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
    type=click.Choice([*(k.value for kinds in (ImportKind, XmlKind) for k in kinds), CHECK]),
    help="What the files are; else what the mapping says, else what their headings do.",
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
@click.option(
    "--group", metavar="VIEW", help="Of a standings check: merge nations by a grouping view."
)
@click.option(
    "--format",
    "form",
    type=formats(Format.JSON, Format.CSV),
    help="Of a standings check: what is printed; else a sentence for each difference.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.csv",
    help="Write the rows that are not taken, each with the reason, to be corrected; of a "
    "standings check all rows, each with what came of it.",
)
def import_(
    *,
    book: Path,
    files: Sequence[Path],
    kind: str | None,
    mapping: str | None,
    competition: str | None,
    group: str | None,
    form: Format | None,
    dry_run: bool,
    report: Path | None,
) -> None:
    """Take results, a start list, medallists, records or nations from CSV, XLSX, XLS or ODS, ODF
    messages or Lenex.

    A standings check takes nothing: it compares published medal tables with those of the book.
    """
    if report is not None:
        refuse_report(report, [book, *files, *([Path(mapping)] if mapping else [])])
    if kind == CHECK:
        if mapping or dry_run:
            raise click.UsageError(tr("A standings check takes no --map and no --dry-run."))
        check_files(book, files, CheckOptions(competition, group, form, report))
        return
    if competition or group or form:
        raise click.UsageError(
            tr("--competition, --group and --format are for --as standings-check.")
        )
    session = ImportSession(book)
    with Book.open(book, read_only=dry_run) as opened:
        look = session.look(files, *_wanted(kind, mapping))
        _tell_notes(look)
        mappings = [source.mapping for source in look.sources]
        preview = session.plan(mappings, with_spellings=False)
        # Before the edit: the rows that it leaves out must not be lost.
        written = session.report(report, words.sentence).paths if report else ()
        if not dry_run:
            _apply(opened, session)
        _tell(opened.reads, preview, dry_run=dry_run)
        _tell_medals(preview)
    for path in written:
        click.echo(tr("Wrote {path}.").format(path=path))
    if preview.problem_count and not preview.taken:
        raise Refusal(tr("No row was taken."))


def _wanted(
    kind: str | None, name: str | None
) -> tuple[ImportKind | XmlKind | None, ImportMapping | None]:
    """What files are said to be, and by which mapping. Raises MappingUnreadable."""
    mapping = None if name is None else _mapping(name)
    if kind is None:
        return None, mapping
    xml = next((known for known in XmlKind if known == kind), None)
    return xml or ImportKind(kind), mapping


def _apply(book: Book, session: ImportSession) -> None:
    """The one edit, made by the session in place of this opener. Raises BookReadOnly."""
    book.lend()
    try:
        session.apply()
    finally:
        book.take_back()
    book.poll()


def _mapping(name: str) -> ImportMapping:
    """Raises MappingUnreadable."""
    path = Path(name)
    try:
        return profile(name) if not path.suffix and not path.exists() else load_mapping(path)
    except FileNotFoundError:
        return load_mapping(path)


def _tell_notes(look: Look) -> None:
    """What to know of the files before what came of them."""
    for source in look.sources:
        for said in source.notes:
            click.echo(f"{source.name}: {sheet_words.note(said)}", err=True)


def _tell(reads: Reads, preview: Preview, *, dry_run: bool) -> None:
    """What came, or would come, of the rows; what was not taken goes to stderr."""
    rows = [preview.rows.get(fate, 0) for fate in Fate]
    click.echo(
        tr("{new} rows new, {changed} changed, {unchanged} unchanged, {refused} not taken.").format(
            new=rows[0], changed=rows[1], unchanged=rows[2], refused=preview.problem_count
        )
    )
    for table, count in preview.counts.items():
        if count.new or count.changed or count.gone:
            template = tr("  {noun}: {new} new, {changed} changed")
            if count.gone:
                template = tr("  {noun}: {new} new, {changed} changed, {gone} gone")
            values = {"new": count.new, "changed": count.changed, "gone": count.gone}
            click.echo(template.format(noun=table_noun(table, 2), **values))
    _list(
        [_problem(preview, problem) for problem in preview.problems[:SHOWN]], preview.problem_count
    )
    _list([_doubt(reads, preview, doubt) for doubt in preview.doubts[:SHOWN]], preview.doubt_count)
    if dry_run:
        click.echo(tr("Nothing was changed."))


def _tell_medals(preview: Preview) -> None:
    """How the medal standings of a feed agree with the book that has the rest of it."""
    tell(preview.checks)
    for sentence in check_words.left_out(preview.left):
        click.echo(sentence, err=True)


def _list(lines: Sequence[str], total: int) -> None:
    for line in lines:
        click.echo(line, err=True)
    if total > len(lines):
        click.echo(tr("… and {count} more.").format(count=total - len(lines)), err=True)


def _problem(preview: Preview, problem: Problem) -> str:
    return _of_row(preview.titles[problem.source], problem.row, words.sentence(problem.error))


def _of_row(title: str, row: int, sentence: str) -> str:
    """A sentence about a row; 0 is the file as a whole."""
    template = tr("{title}, row {row}: {sentence}") if row else tr("{title}: {sentence}")
    return template.format(title=title, row=row, sentence=sentence)


def _doubt(reads: Reads, preview: Preview, doubt: Doubt) -> str:
    others = [f"{name} ({reads.nation_code(nation, None)})" for name, nation, _ in doubt.others]
    nation = reads.nation_code(doubt.nation, None)
    others = list(dict.fromkeys(others))
    sentence = doubt_sentence(
        doubt.kind, doubt.name, nation, others, column=doubt.column, text=doubt.text
    )
    return _of_row(preview.titles[doubt.source], doubt.row, sentence)
