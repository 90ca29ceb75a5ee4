"""The tables of a file, told by what is in it: text, a workbook, or either of them packed."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import IO

from medaldesk.book.sheets import (
    FileTooLarge,
    PackedBroken,
    PackedSeveral,
    SheetUnreachable,
)
from medaldesk.exchange.sheets.delimited import delimited_sheet
from medaldesk.exchange.sheets.limits import LIMITS, Limits
from medaldesk.exchange.sheets.sheet import Sheet
from medaldesk.exchange.sheets.spool import Source, Spool
from medaldesk.exchange.sheets.workbook import Tick, workbook_sheets

Opener = Callable[[IO[bytes]], IO[bytes] | BufferedIOBase]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BZ2 = re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)")
_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
_CHUNK = 1 << 20


def read_sheets(path: Path, limits: Limits = LIMITS, tick: Tick = lambda: None) -> list[Sheet]:
    """The tables of a file: one of a text, each worksheet of a workbook, hidden ones too.

    CSV of any dialect (also inside .gz, .xz, .bz2 or a .zip of one file), XLSX, XLSB, XLS, ODS.
    Rows of a text are read as they are asked for; what is packed, and workbooks, lie in a
    temporary folder as long as anybody reads them. `tick` is called again and again while this
    takes its time; what it raises stops the reading. Raises SheetError.
    """
    try:
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
    if head.startswith(_ZIP):
        return _zip(source, limits, tick)
    opener = _opener(head)
    # Only once: what is packed again and again is packed to do harm.
    if opener is not None and source.spool is None:
        return _unpack(source, Path(name).stem, opener, limits, tick)
    return [delimited_sheet(source, name, limits)]


# ZIP: a workbook, or one file that was packed


def _zip(source: Source, limits: Limits, tick: Tick) -> list[Sheet]:
    import zipfile

    with _packing(source), zipfile.ZipFile(source.content) as packed:
        members = packed.infolist()
    size = sum(member.file_size for member in members)
    if size > limits.unpacked or _is_bomb(size, source.content.stat().st_size, limits):
        raise FileTooLarge(path=source.path, megabytes=limits.unpacked // 1_000_000)
    if _OF_WORKBOOKS & {member.filename for member in members}:
        return workbook_sheets(source, limits, tick)
    files = [member for member in members if not _is_hidden(member.filename)]
    if len(files) != 1 or source.spool is not None:
        raise PackedSeveral(path=source.path, count=len(files))

    def opener(file: IO[bytes]) -> IO[bytes]:
        return zipfile.ZipFile(file).open(files[0])

    return _unpack(source, Path(files[0].filename).stem, opener, limits, tick)


def _is_bomb(size: int, packed: int, limits: Limits) -> bool:
    return size > limits.harmless and size > limits.ratio * packed


def _is_hidden(name: str) -> bool:
    """Whether it is a folder, or what systems put into archives for themselves."""
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


# Packed texts


def _opener(head: bytes) -> Opener | None:
    """What undoes the packing of a file that begins so."""
    if head.startswith(b"\x1f\x8b"):
        import gzip

        return lambda file: gzip.GzipFile(fileobj=file)
    if head.startswith(b"\xfd7zXZ\0"):
        import lzma

        return lzma.LZMAFile
    if _BZ2.match(head):
        import bz2

        return bz2.BZ2File
    return None


def _unpack(source: Source, name: str, opener: Opener, limits: Limits, tick: Tick) -> list[Sheet]:
    """The tables of what was packed, once it lies unpacked in a folder of its own."""
    spool = Spool()
    unpacked = Source(source.path, spool.path / "unpacked", spool)
    size = 0
    with unpacked.content.open("wb") as out:
        for piece in _pieces(source, opener):
            tick()
            size += len(piece)
            if size > limits.unpacked:
                raise FileTooLarge(path=source.path, megabytes=limits.unpacked // 1_000_000)
            out.write(piece)
    return _sheets(unpacked, name, limits, tick)


def _pieces(source: Source, opener: Opener) -> Iterator[bytes]:
    with source.content.open("rb") as file, _packing(source), opener(file) as packed:
        while piece := packed.read(_CHUNK):
            yield piece


@contextmanager
def _packing(source: Source) -> Iterator[None]:
    """Whatever is wrong with how a file was packed, as PackedBroken."""
    import lzma
    import struct
    import zipfile
    import zlib

    try:
        yield
    # What a ZIP asks for and is not known, such as a password, is a RuntimeError.
    except (EOFError, ValueError, RuntimeError, MemoryError, struct.error) as error:
        raise PackedBroken(path=source.path, problem=str(error)) from error
    except (zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise PackedBroken(path=source.path, problem=str(error)) from error
    except OSError as error:
        # A ZIP whose directory points before its beginning is an invalid seek.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise PackedBroken(path=source.path, problem=str(error)) from error
