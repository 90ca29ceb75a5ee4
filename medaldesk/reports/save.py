"""A document in a file: whole or not at all."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from medaldesk.book.connection import explained
from medaldesk.reports import csv_file
from medaldesk.reports.document import Document
from medaldesk.reports.errors import ReportFormatUnknown
from medaldesk.reports.pdf import Paper, pdf

__all__ = ["Paper", "save", "write_whole"]


def save(
    document: Document,
    path: Path,
    *,
    paper: Paper = Paper.A4,
    printed_at: datetime | None = None,
) -> None:
    """Write a document in the format that the file's name ends in; a file of that name is replaced.

    Raises ReportFormatUnknown, BookUnreachable, BookFull; nothing is left or changed then.
    """
    match path.suffix.lower():
        case ".pdf":
            content = pdf(
                document, paper=paper, printed_at=printed_at or datetime.now().astimezone()
            )
        case ".csv":
            content = csv_file.text(document).encode()
        case _:
            raise ReportFormatUnknown(path=path)
    write_whole(path, content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name and give it its own when it is whole.

    Raises BookUnreachable, BookFull.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    with explained(path):
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
