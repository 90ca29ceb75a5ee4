"""The tables of a file, told by what is in it: text, a workbook, or either of them packed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from medaldesk.book.sheets import FileTooLarge, PackedSeveral, SheetUnreachable
from medaldesk.exchange.sheets.delimited import delimited_sheet
from medaldesk.exchange.sheets.limits import LIMITS, Limits
from medaldesk.exchange.sheets.packing import (
    ZIP,
    Opener,
    is_hidden,
    member_opener,
    members_of,
    opener_of,
    pieces,
    refuse_special,
)
from medaldesk.exchange.sheets.sheet import Sheet
from medaldesk.exchange.sheets.spool import Source, Spool
from medaldesk.exchange.sheets.workbook import Tick, workbook_sheets

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})


def read_sheets(path: Path, limits: Limits = LIMITS, tick: Tick = lambda: None) -> list[Sheet]:
    """The tables of a file: one of a text, each worksheet of a workbook, hidden ones too.

    CSV of any dialect (also inside .gz, .xz, .bz2 or a .zip of one file), XLSX, XLSB, XLS, ODS.
    Rows of a text are read as they are asked for; what is packed, and workbooks, lie in a
    temporary folder as long as anybody reads them. `tick` is called again and again while this
    takes its time; what it raises stops the reading. Raises SheetError.
    """
    try:
        refuse_special(path)
        return _sheets(Source(path, path), path.stem, limits, tick)
    except OSError as error:
        raise SheetUnreachable(path=path, problem=error.strerror or str(error)) from error


def _sheets(source: Source, name: str, limits: Limits, tick: Tick) -> list[Sheet]:
    if source.content.stat().st_size > limits.file:
        raise FileTooLarge(path=source.path, megabytes=limits.file // 1_000_000)
    with source.content.open("rb") as file:
        head = file.read(16)
    if head.startswith(_OLE):
        return workbook_sheets(source, limits, tick)
    if head.startswith(ZIP):
        return _zip(source, limits, tick)
    opener = opener_of(head)
    # Only once: what is packed again and again is packed to do harm.
    if opener is not None and source.spool is None:
        return _unpack(source, Path(name).stem, opener, limits, tick)
    return [delimited_sheet(source, name, limits)]


# ZIP: a workbook, or one file that was packed


def _zip(source: Source, limits: Limits, tick: Tick) -> list[Sheet]:
    members = members_of(source.path, source.content, limits)
    if is_workbook(member.filename for member in members):
        return workbook_sheets(source, limits, tick)
    files = [member for member in members if not is_hidden(member.filename)]
    if len(files) != 1 or source.spool is not None:
        raise PackedSeveral(path=source.path, count=len(files))
    name = Path(files[0].filename).stem
    return _unpack(source, name, member_opener(files[0]), limits, tick)


def is_workbook(names: Iterable[str]) -> bool:
    """Whether a ZIP that holds these is a workbook."""
    return not _OF_WORKBOOKS.isdisjoint(names)


def _unpack(source: Source, name: str, opener: Opener, limits: Limits, tick: Tick) -> list[Sheet]:
    """The tables of what was packed, once it lies unpacked in a folder of its own."""
    spool = Spool()
    unpacked = Source(source.path, spool.path / "unpacked", spool)
    with unpacked.content.open("wb") as out:
        for piece in pieces(source.path, source.content, opener, limits):
            tick()
            out.write(piece)
    return _sheets(unpacked, name, limits, tick)
