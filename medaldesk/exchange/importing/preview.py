"""What an import shows before it is made: plain values that pass from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from medaldesk.book.checked_table import NotCompared, TableCheck
from medaldesk.book.sheets import SheetNote
from medaldesk.exchange.importing.columns import Guess
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.matching import Doubt
from medaldesk.exchange.importing.plan import Count, Sample
from medaldesk.exchange.importing.rows import Problem

SHOWN = 500
"""So many problems, doubts and values are passed on; how many there are is counted."""


COUNTED = 20_000
"""Up to so many rows are counted one by one."""


@dataclass(frozen=True, slots=True)
class SourceLook:
    """A table of a file as it is found: `guesses` has one for each column of its heading.

    `sample` are its first rows, each a number and its cells. `is_fixed`: the file says itself
    what is what, and `mapping` cannot be changed. `lines` are the rows below the heading, about so
    many where they are more than COUNTED. `notes` tell what is good to know of the sheet.
    """

    path: Path
    name: str
    sheet: str
    heading: tuple[str, ...]
    guesses: tuple[Guess, ...]
    mapping: ImportMapping
    sample: tuple[tuple[int, tuple[str, ...]], ...]
    lines: int
    is_fixed: bool = False
    notes: tuple[SheetNote, ...] = ()
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The files of an import; `kind` is what they are taken for."""

    sources: tuple[SourceLook, ...]
    kind: ImportKind


@dataclass(frozen=True, slots=True)
class ValueLook:
    """A text of a column that stands for something else: `rows` times; what it is taken for.

    `meaning` is what the mapping, or usage, makes of it; for a nation its code. `is_known` says
    whether that is something the book or the program knows.
    """

    target: str
    text: str
    rows: int
    meaning: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class MarkLook:
    """A spelling of marks: one of them as it stands in the file and as it will be printed.

    `shape` has every digit as 9: `9.9999`; `rows` is how many marks are of that shape. `becomes`
    is empty where the mark is refused.
    """

    shape: str
    written: str
    becomes: str
    rows: int
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What one edit would do; `problem_count` and `doubt_count` count also what is not shown.

    `checks` are the medal tables that the files publish, compared with the book as it would be;
    `left` are rows of these that are compared with nothing.
    """

    titles: tuple[str, ...]
    rows: Mapping[Fate, int]
    counts: Mapping[str, Count]
    problems: tuple[Problem, ...]
    problem_count: int
    doubts: tuple[Doubt, ...]
    doubt_count: int
    samples: tuple[Sample, ...]
    values: tuple[ValueLook, ...]
    marks: tuple[MarkLook, ...]
    changes_anything: bool
    checks: tuple[TableCheck, ...] = field(default=())
    left: tuple[NotCompared, ...] = field(default=())

    @property
    def taken(self) -> int:
        """How many rows of the files are taken, those that change nothing among them."""
        return sum(self.rows.values())


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of an import, an undo or a redo: its entry in the journal, 0 for none."""

    journal: int


@dataclass(frozen=True, slots=True)
class Reported:
    """How many rows were written down that were not taken, and into which files."""

    rows: int
    paths: tuple[Path, ...]
