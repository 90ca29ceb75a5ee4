"""A document in a file: whole or not at all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from medaldesk.book.drafts import draft_of
from medaldesk.reports import csv_file, json_file, text
from medaldesk.reports.document import Document
from medaldesk.reports.errors import ReportFormatUnknown
from medaldesk.reports.pdf import Paper, pdf

__all__ = ["Format", "Paper", "printed", "save", "write_whole"]


class Format(StrEnum):
    """What a document is written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


_SUFFIXES = {".txt": Format.TABLE, ".json": Format.JSON, ".csv": Format.CSV, ".pdf": Format.PDF}


def save(
    document: Document,
    path: Path,
    form: Format | None = None,
    *,
    paper: Paper = Paper.A4,
    printed_at: datetime | None = None,
) -> None:
    """Write a document, in the format that the file's name ends in where none is asked for.

    A file of that name is replaced. Raises ReportFormatUnknown, BookUnreachable, BookFull;
    nothing is left or changed then.
    """
    wanted = form or _SUFFIXES.get(path.suffix.lower())
    if wanted is None:
        raise ReportFormatUnknown(path=path, kinds=", ".join(_SUFFIXES))
    if wanted is Format.PDF:
        at = printed_at or datetime.now().astimezone()
        write_whole(path, pdf(document, paper=paper, printed_at=at))
    else:
        write_whole(path, printed(document, wanted).encode())


def printed(document: Document, form: Format) -> str:
    """A document as text: what a terminal shows, and what is not a PDF is written as."""
    return {Format.JSON: json_file.text, Format.CSV: csv_file.text}.get(form, text.text)(document)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name and give it its own when it is whole.

    Raises BookUnreachable, BookFull.
    """
    with draft_of(path) as draft:
        draft.write_bytes(content)
