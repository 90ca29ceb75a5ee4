"""What files are packed with, and what of it is refused."""

from __future__ import annotations

import errno
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING

from medaldesk.book.sheets import FileTooLarge, PackedBroken, SheetUnreachable
from medaldesk.exchange.sheets.limits import Limits

if TYPE_CHECKING:
    from zipfile import ZipInfo

Opener = Callable[[IO[bytes]], IO[bytes] | BufferedIOBase]

ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_BZ2 = re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)")
_CHUNK = 1 << 20


def refuse_special(path: Path) -> None:
    """See that reading can come to an end: a pipe waits for somebody, a device gives for ever.

    A folder is left to whoever opens it. Raises SheetUnreachable, OSError.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SheetUnreachable(path=path, problem="Not a regular file")


def members_of(path: Path, content: Path, limits: Limits) -> list[ZipInfo]:
    """What a ZIP holds. Raises PackedBroken, or FileTooLarge where it would be once unpacked."""
    import zipfile

    with packing(path), zipfile.ZipFile(content) as packed:
        members = packed.infolist()
    size = sum(member.file_size for member in members)
    if size > limits.unpacked or is_bomb(size, content.stat().st_size, limits):
        raise FileTooLarge(path=path, megabytes=limits.unpacked // 1_000_000)
    return members


def is_bomb(size: int, packed: int, limits: Limits) -> bool:
    """Whether so much came out of so little that it was packed to do harm."""
    return size > limits.harmless and size > limits.ratio * packed


def is_hidden(name: str) -> bool:
    """Whether it is a folder, or what systems put into archives for themselves."""
    parts = [part for part in name.split("/") if part.strip(".")]
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in parts)


def member_opener(member: ZipInfo) -> Opener:
    """What opens one file of a ZIP."""
    import zipfile

    return lambda file: zipfile.ZipFile(file).open(member)


def opener_of(head: bytes) -> Opener | None:
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


def pieces(
    path: Path, content: Path, opener: Opener, limits: Limits, size: int = _CHUNK
) -> Iterator[bytes]:
    """What was packed, piece by piece. Raises PackedBroken and FileTooLarge."""
    done = 0
    with content.open("rb") as file, packing(path), opener(file) as packed:
        while piece := packed.read(size):
            done += len(piece)
            if done > limits.unpacked:
                raise FileTooLarge(path=path, megabytes=limits.unpacked // 1_000_000)
            yield piece


@contextmanager
def packing(path: Path) -> Iterator[None]:
    """Whatever is wrong with how a file was packed, as PackedBroken."""
    import lzma
    import struct
    import zipfile
    import zlib

    try:
        yield
    # What a ZIP asks for and is not known, such as a password, is a RuntimeError.
    except (EOFError, ValueError, RuntimeError, MemoryError, struct.error) as error:
        raise PackedBroken(path=path, problem=str(error)) from error
    except (zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise PackedBroken(path=path, problem=str(error)) from error
    except OSError as error:
        # A ZIP whose directory points before its beginning is an invalid seek.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise PackedBroken(path=path, problem=str(error)) from error
