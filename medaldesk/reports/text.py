"""A document as aligned text for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from medaldesk.reports.document import (
    Align,
    Column,
    Document,
    missing_decimals,
    most_decimals,
)

_GAP = "  "
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Unicode's invisible marks that turn the direction of text."""


def text(document: Document) -> str:
    """The whole document, ending in a line end; no line has blanks at its end."""
    context = " · ".join(part for part in (document.context, document.status) if part)
    parts = [
        [document.title, context],
        [f"{fact.label}: {fact.text}" for fact in document.facts],
        list(_table(document)),
        list(document.notes),
    ]
    blocks = ("\n".join(line for line in part if line) for part in parts)
    return "\n\n".join(plain(block, keep="\n") for block in blocks if block) + "\n"


def table(document: Document) -> str:
    """The table alone."""
    return "\n".join(_table(document)) + "\n"


def _table(document: Document) -> Iterable[str]:
    if not document.rows:
        return
    columns = [
        _column(column, [plain(row.cells[place]) for row in document.rows])
        for place, column in enumerate(document.columns)
    ]
    heads = [plain(column.title) for column in document.columns]
    totals = [plain(total) for total in document.totals]
    footers = totals or [""] * len(heads)
    widths = [
        max(map(display_width, (head, total, *cells)))
        for head, total, cells in zip(heads, footers, columns, strict=True)
    ]
    rule = _GAP.join("-" * width for width in widths)
    yield _aligned(heads, document.columns, widths)
    yield rule
    indent = _below(document.columns, widths)
    for row, cells in zip(document.rows, zip(*columns, strict=True), strict=True):
        yield _aligned(cells, document.columns, widths)
        if row.below:
            yield indent + plain(row.below)
    if totals:
        yield rule
        yield _aligned(totals, document.columns, widths)


def _below(columns: Sequence[Column], widths: Sequence[int]) -> str:
    """The blanks before a text that stands under the first wide cell, and a little more."""
    place = next((place for place, column in enumerate(columns) if column.wide), 0)
    return " " * (sum(widths[:place]) + len(_GAP) * (place + 1))


def _column(column: Column, cells: Sequence[str]) -> list[str]:
    """The texts of a column, with blanks for decimals that are not there."""
    if column.align is not Align.DECIMAL:
        return list(cells)
    most = most_decimals(cells)
    return [cell + " " * len(missing_decimals(cell, most)) for cell in cells]


def _aligned(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    padded = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        blanks = " " * (width - display_width(cell))
        padded.append(cell + blanks if column.align is Align.LEFT else blanks + cell)
    return _GAP.join(padded).rstrip()


def display_width(line: str) -> int:
    """How many cells of a terminal a line takes: Han and Hangul two a letter, marks none."""
    return sum(_width(letter) for letter in unicodedata.normalize("NFC", line))


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def plain(line: str, keep: str = "") -> str:
    """The line without what would command a terminal or turn its text round."""
    return "".join(letter for letter in line if letter in keep or not _commands(letter))


def _commands(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter in _DIRECTIONS
