"""A document as PDF: tagged (PDF/UA-1), the same on every system.

Typst sets it from one template; the content reaches the template as data, so that no name or
note can become markup. The fonts are those inside the typst package.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import Literal

import typst

from medaldesk.reports import words
from medaldesk.reports.document import (
    Align,
    Document,
    Json,
    missing_decimals,
    most_decimals,
)
from medaldesk.reports.language import language
from medaldesk.reports.text import plain
from medaldesk.reports.words import tr
from medaldesk.resources import resource


class Paper(StrEnum):
    """The size of a page."""

    A4 = "a4"
    LETTER = "letter"


_TYPST_PAPER = {Paper.A4: "a4", Paper.LETTER: "us-letter"}


def pdf(document: Document, *, paper: Paper = Paper.A4, printed_at: datetime) -> bytes:
    """The document as a PDF file; `printed_at` (with or without zone) is told in the footer."""
    at = printed_at.replace(microsecond=0).astimezone()
    inputs = {"document": json.dumps(_inputs(document, paper, at))}
    # Han, Hangul and what else the package's fonts lack is looked for on this system; where it
    # is not here either, Typst prints boxes for those letters, which PDF/UA does not allow.
    for own_fonts in (True, False):
        with suppress(typst.TypstError):
            return _compiled(inputs, at, own_fonts=own_fonts, standard="ua-1")
    return _compiled(inputs, at, own_fonts=False, standard=None)


def _compiled(
    inputs: dict[str, str], at: datetime, *, own_fonts: bool, standard: Literal["ua-1"] | None
) -> bytes:
    """The template filled with `inputs`. Raises TypstError."""
    return typst.compile(
        resource("reports", "document.typ"),
        format="pdf",
        sys_inputs=inputs,
        ignore_system_fonts=own_fonts,
        pdf_standards=standard,
        timestamp=at,
    )


def _inputs(document: Document, paper: Paper, printed_at: datetime) -> dict[str, Json]:
    """All that the template prints, as JSON."""
    return {
        "language": language(),
        "paper": _TYPST_PAPER[paper],
        "title": plain(document.title),
        "context": plain(document.context),
        "status": plain(document.status),
        "book": plain(document.book),
        "printed": _printed(document, printed_at),
        "page-label": tr("Page {page} of {pages}"),
        "facts": [
            {"label": plain(fact.label), "text": plain(fact.text)} for fact in document.facts
        ],
        "columns": [
            {"title": c.title, "align": c.align.value, "look": c.look.value, "wide": c.wide}
            for c in document.columns
        ],
        "rows": _rows(document),
        "totals": list(document.totals),
        "notes": [plain(note) for note in document.notes],
    }


def _rows(document: Document) -> list[list[Json]]:
    """The cells row by row, each with what paper needs: decimals to hide, the metal."""
    texts = [[plain(cell) for cell in row.cells] for row in document.rows]
    finest = [
        most_decimals(column) if document.columns[place].align is Align.DECIMAL else 0
        for place, column in enumerate(zip(*texts, strict=True))
    ]
    wide = next((place for place, column in enumerate(document.columns) if column.wide), 0)
    return [
        [
            {
                "text": cell,
                "pad": missing_decimals(cell, most),
                "medal": row.data.get("medal"),
                "below": plain(row.below) if place == wide else "",
            }
            for place, (cell, most) in enumerate(zip(cells, finest, strict=True))
        ]
        for row, cells in zip(document.rows, texts, strict=True)
    ]


def _printed(document: Document, at: datetime) -> str:
    """How far the content can be relied on, and when it was printed."""
    when = tr("Printed {day}, {time}").format(
        day=words.day(at.date().isoformat()), time=f"{at:%H:%M}"
    )
    return " · ".join(part for part in (document.status, when) if part)
