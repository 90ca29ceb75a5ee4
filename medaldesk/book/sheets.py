"""What there is to say of a table of another program: why it is not read, what to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.errors import MedalDeskError


class SheetError(MedalDeskError):
    """A file that is no table, or none that is safe to read. `details`: path."""


class SheetUnreachable(SheetError):
    """There is no such file, or it may not be read. `details`: path, problem."""


class NotText(SheetError):
    """Neither a workbook nor text in an encoding that is known. `details`: path."""


class PackedBroken(SheetError):
    """What a file was packed with cannot be undone. `details`: path, problem."""


class PackedSeveral(SheetError):
    """A ZIP holds another number of files than one. `details`: path, count."""


class PackedMixed(SheetError):
    """A ZIP of XML holds something else too. `details`: path, name (of the other file)."""


class XmlBroken(SheetError):
    """XML that cannot be read to its end. `details`: path, row (line, from 1), problem."""


class XmlEncodingUnknown(SheetError):
    """XML is not in the encoding it says, or in none that is known. `details`: path, text."""


class XmlRefused(SheetError):
    """XML with a document type or entities, which no results need. `details`: path."""


class XmlTooLarge(SheetError):
    """More elements or attributes, or deeper in each other, than results are. `details`: path."""


class XmlOfAnotherKind(SheetError):
    """XML, and neither messages of results nor Lenex. `details`: path, name (of the root)."""


class NotOfKind(SheetError):
    """A file is something else than it is said to be. `details`: path, kind."""


class NothingToTake(SheetError):
    """A file has no results, and no rows below a heading but hidden ones. `details`: path."""


class TableFormatUnknown(SheetError):
    """The name of a file to write ends in no format of tables. `details`: path, kinds."""


class TableTooLarge(SheetError):
    """A sheet of XLSX cannot hold all the rows, or all of a cell; CSV can. `details`: path."""


class WorkbookBroken(SheetError):
    """A workbook is damaged, or takes more time or memory than one should. `details`: path,
    problem: what the reader of workbooks said, in its own words.
    """


class WorkbookLocked(SheetError):
    """A workbook opens with a password only. `details`: path."""


class FileTooLarge(SheetError):
    """A file is too large, or would be once it is unpacked. `details`: path, megabytes."""


class TooManyRows(SheetError):
    """`details`: path, limit."""


class TooManyColumns(SheetError):
    """`details`: path, row (counted from 1 as a spreadsheet does), limit."""


class CellTooLong(SheetError):
    """More text in one place than a cell of a spreadsheet can hold. `details`: path, row, limit."""


class NoteKind(StrEnum):
    """What a person should know of a sheet before its rows are taken."""

    ENCODING = "encoding"
    """It is text in `SheetNote.text`, which was guessed: neither UTF-8 nor announced."""
    HIDDEN = "hidden"
    """The program that made the workbook does not show this sheet."""
    LEFT_OUT = "left_out"
    """A hidden sheet of the workbook, by the name `SheetNote.text`, is not taken."""
    ERRORS = "errors"
    """`SheetNote.count` cells of the workbook are an error such as #N/A, taken as empty."""


@dataclass(frozen=True, slots=True)
class SheetNote:
    kind: NoteKind
    text: str = ""
    count: int = 0
