"""What a book is written as, for other programs: one table for the command and the window.

An exporter takes an open book, where to write, which part, and whom to tell how far it is; it says
how many things it wrote.
Its imports are its own: the writer of XLSX takes a while, and no other export needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from medaldesk.book import drafts, files
from medaldesk.book.book import Book
from medaldesk.book.replay import Progress


class ExportKind(StrEnum):
    RESULTS = "results"
    RECORDS = "records"
    NATIONS = "nations"
    ODF = "odf"
    SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class Part:
    """The competitions and events (ids) to write; none of either is the whole book."""

    competitions: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Exporter:
    """How a kind is written.

    `write` says how many rows or messages it wrote and raises a MedalDeskError; it tells how many
    events, or lists of records, are done, if anybody is to be told. `suffixes` are what its files
    end in, the usual one first. `takes_parts`: it can write some events alone.
    """

    write: Callable[[Book, Path, Part, Progress | None], int]
    suffixes: tuple[str, ...]
    takes_parts: bool = True


def _results(book: Book, out: Path, part: Part, progress: Progress | None) -> int:
    from medaldesk.exchange.tidy_export import export_tidy

    return export_tidy(
        book.reads,
        book.path,
        out,
        competitions=part.competitions,
        events=part.events,
        progress=progress,
    )


def _records(book: Book, out: Path, _: Part, progress: Progress | None) -> int:
    from medaldesk.exchange.records_export import export_records

    return export_records(book.reads, book.path, out, progress)


def _nations(book: Book, out: Path, _: Part, __: Progress | None) -> int:
    from medaldesk.exchange.nations_export import export_nations

    return export_nations(book.reads, book.path, out)


def _odf(book: Book, out: Path, part: Part, progress: Progress | None) -> int:
    from medaldesk.exchange.odf.write import export_odf

    return export_odf(
        book.reads,
        book.path,
        out,
        competitions=part.competitions,
        events=part.events,
        progress=progress,
    )


def _sqlite(book: Book, out: Path, _: Part, __: Progress | None) -> int:
    book.backup(out)
    return 1


def clear_away(out: Path, process: int) -> None:
    """Take away what a process that was killed had written of a file; its number names it."""
    drafts.clear(out, process)
    files.remove(files.draft_name(out))


EXPORTERS: Mapping[ExportKind, Exporter] = {
    ExportKind.RESULTS: Exporter(_results, (".csv", ".xlsx", ".ods")),
    ExportKind.RECORDS: Exporter(_records, (".csv", ".xlsx", ".ods"), takes_parts=False),
    ExportKind.NATIONS: Exporter(_nations, (".csv", ".xlsx", ".ods"), takes_parts=False),
    ExportKind.ODF: Exporter(_odf, (".zip", "")),
    ExportKind.SQLITE: Exporter(_sqlite, (".medaldesk",), takes_parts=False),
}
