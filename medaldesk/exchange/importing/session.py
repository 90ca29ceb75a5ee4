"""An import from its files to its one edit: the same steps for the window and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from medaldesk.book.book import Book, user_name
from medaldesk.book.checked_table import NotCompared, TableCheck
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.preview import (
    COUNTED,
    SHOWN,
    Applied,
    Look,
    Preview,
    Reported,
    SourceLook,
)
from medaldesk.exchange.importing.report import write_report
from medaldesk.exchange.importing.rows import Problem, Source
from medaldesk.exchange.importing.sources import XmlKind, guesses_of, kind_of, sources_of_all
from medaldesk.exchange.importing.spellings import Spellings
from medaldesk.exchange.importing.watch import Stage, Watch
from medaldesk.exchange.odf.read_medals import check_medals

SAMPLE_ROWS = 20
"""So many rows of each table are shown."""


class ImportSession:
    """Look at files, plan, apply; a step may be done again before the next."""

    def __init__(
        self, book_path: Path, watch: Watch | None = None, *, who: str | None = None
    ) -> None:
        self._path = book_path
        self._who = who or user_name()
        self._watch = watch or Watch()
        self._sources: list[Source] = []
        self._plan: Plan | None = None
        self._mapped: Sequence[tuple[Source, ImportMapping]] = ()
        self._problems: Sequence[Problem] = ()

    def look(
        self,
        paths: Sequence[Path],
        kind: ImportKind | XmlKind | None = None,
        mapping: ImportMapping | None = None,
    ) -> Look:
        """Read the tables of files and guess what their columns are.

        A mapping that names no columns is completed by what the headings suggest. Raises
        SheetError, ImportCancelled.
        """
        self._watch.begins(Stage.OPEN)
        self._plan = None
        xml = kind if isinstance(kind, XmlKind) else None
        self._sources = sources_of_all(paths, xml, self._tick)
        if kind is None or isinstance(kind, XmlKind):
            kind = mapping.kind if mapping else self._kind()
        wanted = replace(mapping or ImportMapping(), kind=kind)
        looks = tuple(_look(source, wanted) for source in self._sources)
        return Look(looks, kind)

    def plan(self, mappings: Sequence[ImportMapping], *, with_spellings: bool = True) -> Preview:
        """Compare the files with the book, a mapping for each source; nothing is written.

        Without spellings the preview has no values and no marks, and takes a little less. Raises
        ColumnMissing, ImportCancelled, and what reading files or the book raises.
        """
        self._plan = None
        given = [
            (source, source.given or mapping)
            for source, mapping in zip(self._sources, mappings, strict=True)
        ]
        spellings = [Spellings(*pair) for pair in given] if with_spellings else []
        counted = [(spelling.source, spelling.mapping) for spelling in spellings]
        with Book.open(self._path, who=self._who, read_only=True) as book:
            plan = self._plan = make_plan(book.reads, counted or given, self._watch)
            self._mapped, self._problems = given, plan.problems
            preview = _preview(plan, book, spellings)
            checks, left = self._checks(plan, book)
        return replace(preview, checks=tuple(checks), left=left)

    def _checks(self, plan: Plan, book: Book) -> tuple[list[TableCheck], tuple[NotCompared, ...]]:
        """The medal tables of a feed against the book as it would be: a copy that has it all."""
        messages = [source.message for source in self._sources]
        if not any(message is not None and message.table for message in messages):
            return [], ()
        if not plan.changes_anything:
            return check_medals(book.reads, messages)
        with TemporaryDirectory(prefix="medaldesk-check-") as folder:
            copy = Path(folder) / self._path.name
            book.backup(copy)
            with Book.open(copy, who=self._who) as trial:
                apply_plan(trial, plan, self._watch)
                return check_medals(trial.reads, messages)

    def apply(self) -> Applied:
        """Make the plan true as one edit; it can be done once.

        Whoever has the book open for writing lends it meanwhile (`Book.lend`). Raises
        PlanOutdated, ImportCancelled, BookError; then nothing has happened.
        """
        plan, self._plan = self._plan, None
        assert plan is not None
        if not plan.changes_anything:
            return Applied(0)
        with Book.borrow(self._path, who=self._who) as book:
            apply_plan(book, plan, self._watch)
            last = book.reads.last_journal()
        return Applied(last if last != plan.journal else 0)

    def report(self, path: Path, sentence: Callable[[MedalDeskError], str]) -> Reported:
        """Write the rows that the last plan does not take, each with its reason.

        Raises BookExists, and what opening a file raises.
        """
        return write_report(path, self._mapped, self._problems, sentence)

    def _tick(self) -> None:
        self._watch.step(0, 0)

    def _kind(self) -> ImportKind:
        """What files say they are, else what the headings of the first table with any speak of."""
        for source in self._sources:
            if source.given is not None:
                return source.given.kind
        kinds = [kind for source in self._sources if (kind := kind_of(source)) is not None]
        if ImportKind.RESULTS in kinds or not kinds:
            return ImportKind.RESULTS
        return kinds[0]


def _look(source: Source, wanted: ImportMapping) -> SourceLook:
    guesses = guesses_of(source, wanted.kind)
    return SourceLook(
        path=source.path,
        name=source.name,
        sheet=source.sheet,
        heading=source.heading,
        guesses=tuple(guesses),
        mapping=source.given or wanted.completed(guesses),
        sample=tuple((row, tuple(cells)) for row, cells in islice(source.rows(), SAMPLE_ROWS)),
        lines=_rows_in(source),
        is_fixed=source.given is not None,
        notes=source.notes,
        is_report=source.is_report,
    )


def _rows_in(source: Source) -> int:
    """The rows below the heading; of very many, the lines of the file, which are counted fast."""
    return source.lines if source.lines > COUNTED else sum(1 for _ in source.rows())


def _preview(plan: Plan, book: Book, spellings: Sequence[Spellings]) -> Preview:
    values = [value for spelling in spellings for value in spelling.values(book.reads)]
    marks = [mark for spelling in spellings for mark in spelling.marks(book.reads, plan)]
    return Preview(
        titles=plan.titles,
        rows=plan.rows,
        counts=plan.counts,
        problems=tuple(plan.problems[:SHOWN]),
        problem_count=len(plan.problems),
        doubts=tuple(plan.doubts[:SHOWN]),
        doubt_count=len(plan.doubts),
        samples=tuple(plan.samples),
        values=tuple(values),
        marks=tuple(marks),
        changes_anything=plan.changes_anything,
    )
