"""A workbook into lines of JSON, in a process of its own: `convert SOURCE FOLDER LIMITS`.

A workbook of somebody else can ask its reader for more memory than there is, or make it stop
dead; then only this process ends. It also leaves the window free while a large one is read.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from medaldesk.book.sheets import (
    CellTooLong,
    FileTooLarge,
    SheetError,
    TooManyColumns,
    TooManyRows,
    WorkbookBroken,
    WorkbookLocked,
)
from medaldesk.exchange.sheets.cells import cell_text
from medaldesk.exchange.sheets.limits import Limits
from medaldesk.exchange.sheets.spool import SUMMARY

_ERROR_CELLS = (
    (re.compile(r"xl/worksheets/[^/]+\.xml"), re.compile(rb'<(?:\w+:)?c [^>]*\bt="e"')),
    (re.compile(r"content\.xml"), re.compile(rb'\bcalcext:value-type="error"')),
)
"""The parts of XLSX and ODS in which cells stand, and what a cell with an error looks like."""


@dataclass(slots=True)
class Converted:
    """A sheet of which `file` has the rows, each `[number, [cell, ...]]`."""

    name: str
    file: str
    is_hidden: bool
    rows: int = 0
    width: int = 0
    characters: int = 0
    errors: int = 0


def main(arguments: Sequence[str]) -> None:
    """Convert, and write what came of it into `FOLDER/summary.json`."""
    source, folder = Path(arguments[0]), Path(arguments[1])
    limits = Limits(**json.loads(arguments[2]))
    _confine(limits.memory)
    try:
        sheets = convert(source, folder, limits)
        summary: dict[str, object] = {"sheets": [asdict(sheet) for sheet in sheets]}
        summary["errors"] = sum(sheet.errors for sheet in sheets) + _error_cells(source)
    except SheetError as error:
        details = {name: str(value) for name, value in error.details.items()}
        summary = {"error": type(error).__name__, "details": details}
    (folder / SUMMARY).write_text(json.dumps(summary), encoding="utf-8")


def convert(source: Path, folder: Path, limits: Limits) -> list[Converted]:
    """The worksheets of a workbook, in its order. Raises SheetError."""
    try:
        with source.open("rb") as file, load_workbook(file) as workbook:
            return list(_sheets(workbook, source, folder, limits))
    except PasswordError as error:
        raise WorkbookLocked(path=source) from error
    except (CalamineError, OSError, MemoryError) as error:
        raise WorkbookBroken(path=source, problem=str(error)) from error


def _confine(memory: int) -> None:
    """No more memory than that, where the system can hold a process to it."""
    if sys.platform != "win32":
        import resource

        for kind, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(kind)[1]
            limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (limit, hard))


def _sheets(
    workbook: CalamineWorkbook, source: Path, folder: Path, limits: Limits
) -> Iterator[Converted]:
    characters = 0
    for number, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(number)
        done = Converted(
            about.name, f"{number}.jsonl", about.visible is not SheetVisibleEnum.Visible
        )
        _check_size(sheet, source, limits)
        with (folder / done.file).open("w", encoding="utf-8") as out:
            for line in _lines(sheet, done, source, limits):
                out.write(line)
                if characters + done.characters > limits.unpacked:
                    raise FileTooLarge(path=source, megabytes=limits.unpacked // 1_000_000)
        characters += done.characters
        yield done


def _check_size(sheet: CalamineSheet, source: Path, limits: Limits) -> None:
    last_row, last_column = sheet.end or (-1, -1)
    if last_row >= limits.rows:
        raise TooManyRows(path=source, limit=limits.rows)
    if last_column >= limits.columns:
        raise TooManyColumns(path=source, row=1, limit=limits.columns)


def _lines(sheet: CalamineSheet, done: Converted, source: Path, limits: Limits) -> Iterator[str]:
    """The rows with anything in them as JSON, without the empty cells at their ends."""
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [cell_text(value) for value in values]
        done.errors += cells.count("") - values.count("")
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        characters = len("".join(cells))
        if characters > limits.cell and max(map(len, cells)) > limits.cell:
            raise CellTooLong(path=source, row=number, limit=limits.cell)
        done.rows += 1
        done.width = max(done.width, len(cells))
        done.characters += characters
        yield json.dumps([number, cells]) + "\n"


# Errors in cells: the reader of workbooks gives empty cells for them


def _error_cells(source: Path) -> int:
    if not zipfile.is_zipfile(source):
        return 0
    with zipfile.ZipFile(source) as packed:
        return sum(
            _count(packed.open(name), looks)
            for name in packed.namelist()
            for part, looks in _ERROR_CELLS
            if part.fullmatch(name)
        )


def _count(part: IO[bytes], looks: re.Pattern[bytes]) -> int:
    """How often a tag looks so; a tag may lie across the pieces that are read."""
    count, kept = 0, b""
    with part:
        while piece := part.read(1 << 20):
            whole, _, kept = (kept + piece).rpartition(b">")
            # Most files have none, and to look for the word alone is ten times as fast.
            if b'="e' in whole:
                count += len(looks.findall(whole))
    return count


if __name__ == "__main__":
    main(sys.argv[1:])
