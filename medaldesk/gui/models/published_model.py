"""A published progression as it is typed or pasted from a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject

from medaldesk.book.edits.records import NewPublished
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.records import PublishedRow
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Better, MarkFormat, format_mark, parse_mark
from medaldesk.domain.progressions import ProgressionLine
from medaldesk.exchange.pasted import read_mark
from medaldesk.exchange.pasted_rows import Nations
from medaldesk.gui.dialogs.dates import parse_day
from medaldesk.gui.models.columns import RIGHT
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.models.typed_lines import Line, LinesModel, typed_column

MARK, HOLDER, NATION, DAY, SOURCE = range(5)

MOST = 0.6
"""The share of the filled cells of a column that must look like what it is taken for."""


class PublishedModel(LinesModel):
    """The lines of a published progression; a line that is wholly typed can be compared."""

    def __init__(self, reads: Reads, form: MarkFormat, parent: QObject | None = None) -> None:
        super().__init__([], "", None, parent)
        self._form = form
        self._nations = Nations(reads, None)
        self._invite = self.tr("mark…")
        self.columns = [
            typed_column("mark", self.tr("Mark"), MARK, 90, align=RIGHT, weight="strong"),
            typed_column("holder", self.tr("Holder"), HOLDER, 0),
            typed_column("nation", self.tr("Nation"), NATION, 66),
            typed_column("day", self.tr("Date"), DAY, 100),
            typed_column("source", self.tr("Source"), SOURCE, 110, weight="muted"),
        ]
        self._readings = {"mark": self._mark, "nation": self._nation, "day": _day}

    def show_published(self, rows: Sequence[PublishedRow]) -> None:
        """Show a progression that is kept."""
        self.show_lines([Line(_cells(row, self._form)) for row in rows])

    # Reading

    def take(self, line: Line, place: int, value: Any) -> MedalDeskError | None:
        if isinstance(value, NationChoice):
            return super().take(line, place, value.code)
        if isinstance(value, AthleteChoice):
            if not line.cells[NATION]:
                line.cells[NATION] = value.nation
            value = value.name
        return super().take(line, place, value)

    def _mark(self, text: str) -> str:
        """Without the flags that lists print behind a mark. Raises MarkError."""
        bare, entered = read_mark(text, self._form)
        mark = entered.mark or parse_mark(bare, self._form)
        return format_mark(mark, self._form.kind)

    def _nation(self, text: str) -> str:
        found = self._nations.find(text)
        if found is None:
            raise UnknownCode(what="nation", code=text)
        return found.code

    def whole(self) -> list[Line]:
        """The lines that have a mark and a holder, and nothing that cannot be taken."""
        return [line for line in self.lines if not line.wrong and all(line.cells[:NATION])]

    def compared(self) -> list[ProgressionLine]:
        """The whole lines as they are compared."""
        return [self._progression_line(line) for line in self.whole()]

    def _progression_line(self, line: Line) -> ProgressionLine:
        mark = parse_mark(line.cells[MARK], self._form)
        day = parse_day(line.cells[DAY])
        return ProgressionLine(mark, line.cells[HOLDER], line.cells[NATION], day)

    def published(self, nation: Callable[[str, str | None], int | None]) -> list[NewPublished]:
        """The lines as the book takes them, the first record first.

        `nation` finds the id of a code on an ISO day.
        """
        sign = -1 if self._form.better is Better.LOWER else 1
        pairs = [(line, self._progression_line(line)) for line in self.whole()]
        pairs.sort(key=lambda pair: (sign * pair[1].mark.value, str(pair[1].day or "")))
        return [
            NewPublished(
                holder=line.cells[HOLDER],
                mark=line.cells[MARK],
                nation=nation(line.cells[NATION], line.cells[DAY] or None)
                if line.cells[NATION]
                else None,
                day=read.day,
                source=line.cells[SOURCE] or None,
            )
            for line, read in pairs
        ]

    # Pasting

    def paste(self, text: str, at: Index) -> MedalDeskError | None:
        """Take lines of a spreadsheet in as lines below the others.

        What is one cell wide goes down from the cell at an index instead. Returns why the first
        cell that is wrong cannot be taken.
        """
        rows = _split(text)
        width = max(map(len, rows), default=0)
        errors: list[MedalDeskError] = []
        if width == 1 and at.isValid():
            for number, (cell,) in enumerate(rows, start=at.row()):
                self._put(min(number, len(self._rows) - 1), {at.column(): cell}, errors)
        else:
            for cells in self.recognise(rows):
                self._put(len(self._rows) - 1, cells, errors)
        self.edited.emit()
        return errors[0] if errors else None

    def _put(self, row: int, cells: dict[int, str], errors: list[MedalDeskError]) -> None:
        line = self._rows[row]
        for place, cell in sorted(cells.items()):
            error = self.take(line, place, cell)
            if error is not None:
                errors.append(error)
        self._keep(line)
        self.tell(line)

    def recognise(self, rows: Sequence[Sequence[str]]) -> Iterator[dict[int, str]]:
        """Pasted rows with their cells where they belong; a heading is left out."""
        width = max(map(len, rows), default=0)
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        places = self._places(list(zip(*padded, strict=True)))
        for number, row in enumerate(padded):
            cells = {place: row[column] for place, column in places.items()}
            if number or not self._is_heading(cells):
                yield cells

    def _places(self, columns: Sequence[Sequence[str]]) -> dict[int, int]:
        """For each column of the grid the pasted one that looks like it, the plainest first."""
        found: dict[int, int] = {}
        for place, test in (
            (DAY, self._is(_day)),
            (NATION, self._is(self._nation)),
            (MARK, self._is(self._mark)),
            (HOLDER, _is_name),
            (SOURCE, bool),
        ):
            free = [n for n in range(len(columns)) if n not in found.values()]
            fits = [n for n in free if _mostly(columns[n], test)]
            if place == MARK:
                # Where ranks or years stand beside the marks, they are plain numbers.
                fits.sort(key=lambda n: _mostly(columns[n], str.isdigit))
            if place == HOLDER:
                fits.sort(key=lambda n: not _mostly(columns[n], lambda cell: " " in cell))
            if place == SOURCE:
                fits = [n for n in fits if n > max(found.values(), default=0)]
            if fits:
                found[place] = fits[0]
        return found

    def _is(self, reading: Callable[[str], str]) -> Callable[[str], bool]:
        def test(cell: str) -> bool:
            try:
                return bool(reading(cell))
            except MedalDeskError:
                return False

        return test

    def _is_heading(self, cells: dict[int, str]) -> bool:
        """A first line in which nothing is a mark, a day or a nation."""
        tests = {MARK: self._mark, DAY: _day, NATION: self._nation}
        known = [self._is(tests[place])(cells[place]) for place in tests if place in cells]
        return not any(known)


def _cells(row: PublishedRow, form: MarkFormat) -> list[str]:
    mark = format_mark(row.mark, form.kind)
    return [mark, row.holder, row.nation, row.day or "", row.source or ""]


def _day(text: str) -> str:
    day = parse_day(text)
    return day.isoformat() if day else ""


def _split(text: str) -> list[list[str]]:
    """Cells of pasted lines, by tabs; where there are none, by semicolons or double spaces."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in "\t;":
        if any(separator in line for line in lines):
            reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
            return [[" ".join(cell.split()) for cell in row] for row in reader]
    return [re.split(r" {2,}", line.strip()) for line in lines]


def _mostly(column: Sequence[str], test: Callable[[str], object]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and sum(bool(test(cell)) for cell in filled) >= MOST * len(filled)


def _is_name(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell) and not any(c.isdigit() for c in cell)
