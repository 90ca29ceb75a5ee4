"""CSV of any dialect: the delimiter and the encoding are found out, quotes respected.

A file is looked through once, so that its encoding is certain and what is no text is refused
before anything is taken from it; its rows are then read as they are asked for, never as a whole.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from medaldesk.book.sheets import (
    CellTooLong,
    NoteKind,
    NotText,
    SheetNote,
    SheetUnreachable,
    TooManyColumns,
    TooManyRows,
)
from medaldesk.exchange.sheets.limits import LIMITS, Limits
from medaldesk.exchange.sheets.sheet import Numbered, Sheet
from medaldesk.exchange.sheets.spool import Source

DELIMITERS = "\t;|,"
"""In the order in which they are believed: a comma is also a part of names and numbers."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SAMPLE_ROWS = 200
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w"\' ])"?\s*', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text is cut into cells; `named` where its first line says so (`sep=;`)."""

    delimiter: str
    named: bool = False


def delimited_sheet(source: Source, name: str, limits: Limits) -> Sheet:
    """The table of a text file. Raises SheetError."""
    text = _look_through(source, limits)
    with source.content.open(encoding=text.encoding, newline="") as file:
        dialect = dialect_of(file.read(_SAMPLE))
    guessed = text.encoding not in ("utf-8", "utf-8-sig", "utf-16")
    notes = (SheetNote(NoteKind.ENCODING, text=text.printed),) if guessed else ()
    rows = partial(_rows, source, text.encoding, dialect, limits)
    return Sheet(name, rows, text.lines, text.printed, notes)


# The encoding


@dataclass(frozen=True, slots=True)
class _Text:
    encoding: str
    lines: int

    @property
    def printed(self) -> str:
        """The encoding as people call it."""
        names = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
        return names.get(self.encoding, self.encoding.upper())


def _look_through(source: Source, limits: Limits) -> _Text:
    """Read the whole text once, in the first encoding that fits all of it."""
    with source.content.open("rb") as file:
        encodings = _encodings(file.read(_SAMPLE))
    for encoding in encodings:
        try:
            return _Text(encoding, _lines(source, encoding, limits))
        except UnicodeError:
            continue
    raise NotText(path=source.path)


def _encodings(head: bytes) -> tuple[str, ...]:
    """What a text that begins so can be encoded in."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return (encoding,)
    # The letters of most tables are such that every other byte of UTF-16 is zero.
    if head[1::2].count(0) > len(head) // 4 and 0 not in head[::2]:
        return ("utf-16-le",)
    if head[::2].count(0) > len(head) // 4 and 0 not in head[1::2]:
        return ("utf-16-be",)
    return "utf-8", "cp1252"


def _lines(source: Source, encoding: str, limits: Limits) -> int:
    """The number of lines. Raises NotText, CellTooLong, TooManyRows, UnicodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    count, open_line = 1, 0
    with source.content.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if "\0" in text:
                raise NotText(path=source.path)
            ended = max(text.rfind("\n"), text.rfind("\r"))
            open_line = len(text) - ended - 1 if ended >= 0 else open_line + len(text)
            if open_line > limits.line:
                raise CellTooLong(path=source.path, row=count, limit=limits.cell)
            count += text.count("\n") or text.count("\r")
            if count > limits.lines:
                raise TooManyRows(path=source.path, limit=limits.rows)
            if not chunk:
                return count


# The delimiter


def dialect_of(sample: str) -> Dialect:
    """How a text is cut: as its first line says, else as most of its first rows agree."""
    start = sample.removeprefix("\ufeff")
    if named := _SEPARATOR_LINE.fullmatch(_LINE_END.split(start, maxsplit=1)[0]):
        return Dialect(named[1], named=True)
    # What is quoted counts for nothing, but its line is not blank for that.
    lines = _LINE_END.split(_QUOTED.sub("''", start))
    if len(sample) == _SAMPLE:
        lines.pop()
    filled = [line for line in lines if line.strip()][:_SAMPLE_ROWS]
    agreed = {delimiter: _agreement(filled, delimiter) for delimiter in DELIMITERS}
    best = max(agreed, key=agreed.__getitem__)
    return Dialect(best if agreed[best] > (False, 0.0) else ",")


def _agreement(lines: Sequence[str], delimiter: str) -> tuple[bool, float]:
    """Whether the first line is as wide as most lines, and the share of those, to a tenth."""
    widths = Counter(line.count(delimiter) for line in lines)
    width, number = widths.most_common(1)[0] if widths else (0, 0)
    if width == 0:
        return False, 0.0
    return lines[0].count(delimiter) == width, round(number / len(lines), 1)


# The rows


def cut(
    lines: Iterable[str], delimiter: str, first: int = 1, longest: int = LIMITS.line
) -> Iterator[Numbered]:
    """Lines into rows of cells, each with the line it begins at.

    Raises csv.Error where a cell, or a row of `longest` characters, has no end.
    """
    size = 0

    def watched() -> Iterator[str]:
        nonlocal size
        for line in lines:
            size += len(line)
            if size > longest:
                raise csv.Error
            yield line

    reader = csv.reader(watched(), delimiter=delimiter, skipinitialspace=True)
    begins = first
    for row in reader:
        yield begins, row
        begins, size = reader.line_num + first, 0


def _rows(source: Source, encoding: str, dialect: Dialect, limits: Limits) -> Iterator[Numbered]:
    try:
        with source.content.open(encoding=encoding, newline="") as file:
            if dialect.named:
                file.readline()
            first = 2 if dialect.named else 1
            rows = cut(file, dialect.delimiter, first, limits.line)
            yield from _checked(source.path, rows, limits)
    except OSError as error:
        raise SheetUnreachable(path=source.path, problem=error.strerror) from error
    except UnicodeError as error:
        raise NotText(path=source.path) from error


def _checked(path: Path, rows: Iterator[Numbered], limits: Limits) -> Iterator[Numbered]:
    """The rows that are not blank, padded to the width of the first."""
    width = count = line = 0
    try:
        for line, cells in rows:
            if not any(cells):
                continue
            if len(cells) != width:
                if len(cells) > limits.columns:
                    raise TooManyColumns(path=path, row=line, limit=limits.columns)
                width = width or len(cells)
                cells.extend([""] * (width - len(cells)))
            if len("".join(cells)) > limits.cell and max(map(len, cells)) > limits.cell:
                raise CellTooLong(path=path, row=line, limit=limits.cell)
            count += 1
            if count > limits.rows:
                raise TooManyRows(path=path, limit=limits.rows)
            yield line, cells
    except csv.Error as error:
        # The one thing that is refused is a cell or a row without an end.
        raise CellTooLong(path=path, row=line + 1, limit=limits.cell) from error
