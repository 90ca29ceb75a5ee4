"""A file of Lenex as sources of rows, each with the mapping that says what its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.rows import Cells, Source
from medaldesk.exchange.lenex import meet as of_meet
from medaldesk.exchange.lenex import records as of_records


def lenex_sources(name: str, root: Element) -> list[Source]:
    """One source a meet, and one for all record lists; `root` is LENEX, `name` that of the file.

    Rows are numbered from 1 in their order. Empty where a file has neither results nor entries
    nor records.
    """
    found = []
    for meet in root.findall("MEETS/MEET"):
        rows = of_meet.meet_rows(meet)
        given = ImportMapping(
            columns={column: (column,) for column in of_meet.COLUMNS},
            name="lenex",
        )
        found.append(_source(name, of_meet.meet_name(meet), of_meet.HEADING, rows, given))
    given = ImportMapping(
        columns={column: (column,) for column in of_records.COLUMNS},
        kind=ImportKind.RECORDS,
        name="lenex",
    )
    found.append(_source(name, "", of_records.HEADING, of_records.record_rows(root), given))
    return [source for source in found if source.lines]


def _source(
    name: str,
    title: str,
    heading: tuple[str, ...],
    rows: Sequence[Cells],
    given: ImportMapping,
) -> Source:
    def numbered() -> Iterator[tuple[int, Cells]]:
        return enumerate(rows, start=1)

    return Source(name, heading, numbered, len(rows), given=given, sheet=title)
