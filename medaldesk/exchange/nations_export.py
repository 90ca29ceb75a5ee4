"""The nations of a book as a table from which they can be made again.

Nation by nation: a row for each code with its days, then one for each population. The columns are
those of `nation_table`.

Not carried: grouping views, the place of nations in the tables of competitions, and `iso`, which
a book does not keep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from medaldesk.book.errors import BookExists
from medaldesk.book.reads import Reads
from medaldesk.book.reads.nations import NationRow
from medaldesk.domain.names import fold
from medaldesk.exchange.nation_table import NATION_COLUMNS
from medaldesk.exchange.write_table import Column, Row, write_table

_WIDTHS = {"nation": 30, "name": 30, "population_date": 16, "source": 30}

COLUMNS = tuple(
    Column(name, _WIDTHS.get(name, max(10, len(name) + 1)), name == "population")
    for name in NATION_COLUMNS
)


def export_nations(reads: Reads, book: Path, path: Path) -> int:
    """Write the nations of a book to a CSV, XLSX or ODS file; its rows.

    `reads` are of a connection that nothing is written through meanwhile. Raises BookExists
    where `path` is the book itself, TableFormatUnknown, TableTooLarge, a BookError.
    """
    if path.exists() and path.samefile(book):
        raise BookExists(path=path)
    with closing(nation_rows(reads)) as rows:
        return write_table(path, COLUMNS, rows, "Nations")


def nation_rows(reads: Reads) -> Generator[Row]:
    """The rows of all nations, as they were at the first row. Close what is not read to its end."""
    with reads.one_moment():
        nations = reads.nations()
        own = {known.id: known.name for known in reads.known_nations()}
        shared = Counter(fold(name) for name in own.values())
        for nation in nations:
            name = own[nation.id]
            # Two nations of one name are told apart by a code, or they would come back as one.
            is_shared = shared[fold(name)] > 1
            key = f"{name} ({nation.code}, {nation.id})" if is_shared else name
            yield from _nation(nation, key)


def _nation(nation: NationRow, key: str) -> Iterator[Row]:
    for code in nation.codes:
        yield {
            "nation": key,
            "code": code.code,
            "name": code.name,
            "kind": nation.kind,
            "continent": nation.continent,
            "valid_from": code.first,
            "valid_to": code.last,
        }
    for figure in nation.populations:
        yield {
            "nation": key,
            "population": figure.people,
            "population_date": figure.date,
            "source": figure.source,
        }
