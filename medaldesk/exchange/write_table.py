"""A table in a file that other programs open: CSV, XLSX or ODS, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# XlsxWriter has types, but not the mark that says so.
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from medaldesk.book.drafts import draft_of
from medaldesk.book.sheets import TableFormatUnknown, TableTooLarge
from medaldesk.domain.cells import safe
from medaldesk.exchange.write_ods import write_ods

SUFFIXES = (".csv", ".xlsx", ".ods")

XLSX_ROWS = 1_048_576
"""Rows of an XLSX sheet, the header among them (ECMA-376); programs show as many of an ODS one."""

XLSX_LETTERS = 32_767
"""Letters of an XLSX cell, in units of UTF-16."""

_EXACT = 10**15
"""Spreadsheets count in floats of 15 digits; a longer number is text."""

_TEXT = 49
"""The number of XLSX's own format for text, `@` (ECMA-376, 18.8.30)."""

Cell = str | int | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in letters, and whether its cells are plain numbers."""

    name: str
    width: int
    is_number: bool = False


def write_table(
    path: Path, columns: Sequence[Column], rows: Iterable[Row], sheet: str = "Results"
) -> int:
    """Write rows, each by the names of the columns, and say how many; none is held longer.

    `sheet` is its name in a workbook. A cell that a row lacks is empty. A file of that name is
    replaced; whatever stops the rows leaves it as it was. Raises TableFormatUnknown,
    TableTooLarge, BookUnreachable, BookFull.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableFormatUnknown(path=path, kinds=", ".join(SUFFIXES))
    with draft_of(path) as draft:
        if suffix == ".csv":
            return _write_csv(draft, columns, rows)
        write = _write_xlsx if suffix == ".xlsx" else _write_ods
        return write(draft, path, columns, rows, sheet)


def _write_csv(draft: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """UTF-8, quoted as RFC 4180 has it; no cell is a formula to a spreadsheet."""
    names = [column.name for column in columns]
    count = 0
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in rows:
            cells = map(row.get, names)
            writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in cells])
            count += 1
    return count


def _write_xlsx(
    draft: Path, path: Path, columns: Sequence[Column], rows: Iterable[Row], name: str
) -> int:
    """One sheet, written row by row; the parts of it that wait on the disk are taken away."""
    with TemporaryDirectory(prefix=f"{draft.name}.", dir=draft.parent) as parts:
        book = Workbook(draft, {"constant_memory": True, "tmpdir": parts})
        book.use_zip64()
        sheet = _Sheet(book, path, columns, name)
        with closing(sheet.unfinished):
            count = sheet.write(rows)
            try:
                book.close()
            except FileCreateError as error:
                raise error.args[0] from error
    return count


def _write_ods(
    draft: Path, path: Path, columns: Sequence[Column], rows: Iterable[Row], sheet: str
) -> int:
    names = [column.name for column in columns]

    def cells() -> Iterator[list[Cell]]:
        for number, row in enumerate(rows, start=1):
            if number == XLSX_ROWS:
                raise TableTooLarge(path=path)
            yield [_exact(row.get(name)) for name in names]

    heads = [(column.name, column.width, column.is_number) for column in columns]
    return write_ods(draft, heads, cells(), sheet)


def _exact(cell: Cell) -> Cell:
    """A number that a spreadsheet would round is text."""
    return str(cell) if isinstance(cell, int) and abs(cell) >= _EXACT else cell


class _Sheet:
    """The sheet of an XLSX file: a bold header that stays in sight, text, plain numbers."""

    def __init__(self, book: Any, path: Path, columns: Sequence[Column], name: str) -> None:
        self._path = path
        self._columns = list(enumerate(columns))
        self._sheet = book.add_worksheet(name)
        self._text = book.add_format({"num_format": _TEXT})
        self._lay_out(book.add_format({"bold": True}))

    @property
    def unfinished(self) -> Any:
        """The open file of rows on the disk, to be closed where the book is not."""
        return self._sheet.row_data_fh

    def write(self, rows: Iterable[Row]) -> int:
        """Raises TableTooLarge."""
        count = 0
        for count, row in enumerate(rows, start=1):
            if count == XLSX_ROWS:
                raise TableTooLarge(path=self._path)
            for place, column in self._columns:
                cell = row.get(column.name)
                if cell is not None and cell != "":
                    self._put(count, place, cell)
        return count

    def _lay_out(self, bold: Any) -> None:
        for place, column in self._columns:
            # What a person corrects there stays text: 1:12.31 is no time of day.
            form = None if column.is_number else self._text
            self._sheet.set_column(place, place, column.width, form)
            self._sheet.write_string(0, place, column.name, bold)
        self._sheet.freeze_panes(1, 0)
        everywhere = f"A1:XFD{XLSX_ROWS}"
        self._sheet.ignore_errors({"number_stored_as_text": everywhere})

    def _put(self, row: int, place: int, cell: str | int) -> None:
        if isinstance(cell, int) and abs(cell) < _EXACT:
            self._sheet.write_number(row, place, cell)
            return
        text = str(cell)
        if len(text) * 2 > XLSX_LETTERS and len(text.encode("utf-16-le")) // 2 > XLSX_LETTERS:
            raise TableTooLarge(path=self._path)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such text for markup that it made itself; in two runs it is text.
            self._sheet.write_rich_string(row, place, text[:1], self._text, text[1:])
        else:
            self._sheet.write_string(row, place, text)
