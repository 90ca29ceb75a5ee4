"""A document's rows as CSV: UTF-8, commas, the keys of the JSON as the first line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from medaldesk.domain.cells import safe
from medaldesk.reports.document import Document, Json


def text(document: Document) -> str:
    """The rows, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(document.keys)
    for row in document.rows:
        writer.writerow([safe(_printed(row.data[key])) for key in document.keys])
    return out.getvalue()


def _printed(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _listed(value) if isinstance(value, list) else str(value)
    # The csv module leaves a lone carriage return unquoted, and readers take it for a line end.
    return text.replace("\r", " ")


def _listed(values: Sequence[Json]) -> str:
    """Codes with blanks between them; names, which have blanks themselves, with semicolons."""
    texts = [str(value) for value in values]
    return ("; " if any(" " in text for text in texts) else " ").join(texts)
