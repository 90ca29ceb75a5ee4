"""A document as JSON: what identifies it, its rows by key, what sums it up."""

from __future__ import annotations

import json

from medaldesk.reports.document import Document


def text(document: Document) -> str:
    """One JSON object with the list `rows`, ending in a line end."""
    rows = [{key: row.data[key] for key in document.keys} for row in document.rows]
    content = {**document.head, "rows": rows, **document.tail}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
