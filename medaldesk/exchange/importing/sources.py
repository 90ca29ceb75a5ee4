"""The tables of files as sources of rows: where the heading is, and what it is taken for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from medaldesk.exchange.importing.columns import Guess, find_heading, recognise
from medaldesk.exchange.importing.rows import Cells, Source
from medaldesk.exchange.sheets import Sheet, read_sheets

LOOKED_AT = 200
"""So many rows are looked at to recognise the columns."""

HEADING_WITHIN = 20
"""The heading is among so many rows; titles may stand above it."""


def sources_of(path: Path) -> list[Source]:
    """The tables of a file that have rows; hidden ones are left out. Raises SheetError."""
    sheets = [sheet for sheet in read_sheets(path) if not sheet.is_hidden]
    found = [source_of(sheet, path.name) for sheet in sheets]
    return [source for source in found if source is not None]


def source_of(sheet: Sheet, name: str) -> Source | None:
    """A table as a source; None where it has no row below a heading."""
    top = list(islice(sheet.numbered(), HEADING_WITHIN))
    if len(top) < 2:
        return None
    place = find_heading([cells for _, cells in top])

    def rows() -> Iterator[tuple[int, Cells]]:
        return islice(sheet.numbered(), place + 1, None)

    return Source(name, tuple(top[place][1]), rows, sheet.lines)


def guesses_of(source: Source) -> list[Guess]:
    """What the columns of a source are taken for."""
    sample = [cells for _, cells in islice(source.rows(), LOOKED_AT)]
    return recognise(source.heading, sample)
