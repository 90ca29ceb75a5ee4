"""XML of somebody else: read within limits, without document types, entities or network."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from medaldesk.book.sheets import (
    FileTooLarge,
    PackedMixed,
    SheetUnreachable,
    XmlBroken,
    XmlEncodingUnknown,
    XmlOfAnotherKind,
    XmlRefused,
    XmlTooLarge,
)
from medaldesk.exchange.sheets.files import is_workbook
from medaldesk.exchange.sheets.limits import LIMITS
from medaldesk.exchange.sheets.packing import (
    ZIP,
    is_hidden,
    members_of,
    opener_of,
    packing,
    pieces,
    refuse_special,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile, ZipInfo

Tick = Callable[[], None]

HEAD = 1024
"""So many bytes of a file tell what it is, and in which encoding."""

_PIECE = 1 << 16
_OPENING = re.compile(r"<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w.:-]*[\s/>])")
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark these begin with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_KNOWN = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp932|cp949|koi8-[rtu]|mac-roman|gb2312|gbk|gb18030|big5"
    r"|shift_jis|euc_(jp|kr)|iso2022_(jp|kr)"
)
"""Encodings of text by Python's names; UTF-7 and the like hide what is written."""
_WIDE = re.compile(r"utf-?(16|32)|ucs-?[24]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """Beyond these XML is refused.

    `unpacked`: bytes of all files of an import together; `parts`: their elements and attributes;
    `depth`: of elements in elements; `attributes`: of one element; `tag`: bytes of one tag;
    `files`: in an archive. `roots` are the outermost elements that are read; any where empty.
    """

    unpacked: int = 200_000_000
    parts: int = 6_000_000
    depth: int = 100
    attributes: int = 200
    tag: int = 1_000_000
    files: int = 50_000
    roots: frozenset[str] = frozenset()


XML_LIMITS = XmlLimits()


@dataclass(slots=True)
class Allowance:
    """What the files of one import may still hold together."""

    limits: XmlLimits = XML_LIMITS
    unpacked: int = field(init=False)
    parts: int = field(init=False)

    def __post_init__(self) -> None:
        self.unpacked, self.parts = self.limits.unpacked, self.limits.parts


class Document(NamedTuple):
    """A file of XML, or one in an archive, by the name that a person knows it by."""

    name: str
    root: Element


def looks_like_xml(head: bytes) -> bool:
    """Whether a file that begins so is XML, in whichever encoding."""
    encoding = _by_mark(head) or "ascii"
    text = head[:HEAD].decode(encoding, "ignore")
    return _OPENING.match(text.lstrip()) is not None


def read_xml(
    source: Path | bytes,
    allowance: Allowance | None = None,
    tick: Tick = lambda: None,
    name: str = "XML",
) -> Element:
    """The root of one document; names are without their namespaces. Raises SheetError.

    `name` is how errors call what has no path.
    """
    allowance = allowance or Allowance()
    if isinstance(source, bytes):
        return _parse([source], Path(name), allowance, tick)
    try:
        refuse_special(source)
        if source.stat().st_size > allowance.unpacked:
            raise FileTooLarge(path=source, megabytes=allowance.limits.unpacked // 1_000_000)
        with source.open("rb") as file:
            return _parse(_read(file), source, allowance, tick)
    except OSError as error:
        raise SheetUnreachable(path=source, problem=error.strerror or str(error)) from error


def xml_documents(
    path: Path, allowance: Allowance | None = None, tick: Tick = lambda: None
) -> list[Document] | None:
    """What XML a file holds: plain, in .gz, .xz or .bz2, or as many as there are in a ZIP.

    None where it holds none. No path is ever taken from an archive. Raises SheetError.
    """
    allowance = allowance or Allowance()
    try:
        refuse_special(path)
        return _documents(path, allowance, tick)
    except OSError as error:
        raise SheetUnreachable(path=path, problem=error.strerror or str(error)) from error


def _documents(path: Path, allowance: Allowance, tick: Tick) -> list[Document] | None:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        return _archive(path, allowance, tick)
    if opener := opener_of(head):
        unpack = partial(pieces, path, path, opener, replace(LIMITS, unpacked=allowance.unpacked))
        if not looks_like_xml(next(unpack(size=HEAD), b"")):
            return None
        return [Document(path.name, _parse(unpack(size=_PIECE), path, allowance, tick))]
    if not looks_like_xml(head):
        return None
    return [Document(path.name, read_xml(path, allowance, tick))]


# Archives of messages


def _archive(path: Path, allowance: Allowance, tick: Tick) -> list[Document] | None:
    from zipfile import ZipFile

    limits = replace(LIMITS, unpacked=allowance.unpacked)
    members = members_of(path, path, LIMITS)
    if is_workbook(member.filename for member in members):
        return None
    files = [member for member in members if not is_hidden(member.filename)]
    with packing(path), ZipFile(path) as packed:
        if not any(_is_xml(packed, member) for member in files):
            return None
        if sum(member.file_size for member in files) > limits.unpacked:
            raise FileTooLarge(path=path, megabytes=limits.unpacked // 1_000_000)
        if len(files) > allowance.limits.files:
            raise XmlTooLarge(path=path)
        return [_member(path, packed, member, allowance, tick) for member in files]


def _is_xml(packed: ZipFile, member: ZipInfo) -> bool:
    with packed.open(member) as file:
        return looks_like_xml(file.read(HEAD))


def _member(
    path: Path, packed: ZipFile, member: ZipInfo, allowance: Allowance, tick: Tick
) -> Document:
    name = _shown(PurePosixPath(member.filename).name)
    if not _is_xml(packed, member):
        raise PackedMixed(path=path, name=name)
    shown = Path(f"{path}: {name}")
    with packed.open(member) as file:
        return Document(f"{path.name}: {name}", _parse(_read(file), shown, allowance, tick))


def _shown(name: str) -> str:
    """A name out of a file, as it may stand in a sentence."""
    return "".join(sign for sign in name if sign.isprintable())[:80]


# Text


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _by_mark(head: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def _encoding(head: bytes, path: Path) -> str:
    """How a document is encoded. Raises XmlEncodingUnknown."""
    if encoding := _by_mark(head):
        return encoding
    declared = _DECLARED.match(head.lstrip())
    # Programs that build a text in UTF-16 and save it as UTF-8 leave the former's name in it.
    if declared is None or _WIDE.match(declared[1].decode()):
        return "utf-8"
    try:
        encoding = codecs.lookup(declared[1].decode()).name
    except LookupError as error:
        raise XmlEncodingUnknown(path=path, text=declared[1].decode()) from error
    if not _KNOWN.fullmatch(encoding):
        raise XmlEncodingUnknown(path=path, text=declared[1].decode())
    return encoding


def _as_utf8(source: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """The text anew, in the one encoding that the parser is told. Raises XmlEncodingUnknown."""
    parts = iter(source)
    first = next(parts, b"")
    encoding = _encoding(first[:HEAD], path)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        yield decoder.decode(first).lstrip().encode()
        for piece in parts:
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise XmlEncodingUnknown(path=path, text=encoding) from error


# Elements


class _Tree:
    """Builds the elements of a document; what is too much is refused while it is read."""

    def __init__(self, path: Path, allowance: Allowance) -> None:
        from xml.etree.ElementTree import TreeBuilder

        self._path = path
        self._allowance = allowance
        self._depth = 0
        self._names: dict[str, str] = {}
        builder = TreeBuilder()
        self._start, self._end = builder.start, builder.end
        self.data, self.close = builder.data, builder.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        allowance = self._allowance
        if not self._depth:
            self._refuse_other(self._bare(tag))
        self._depth += 1
        allowance.parts -= 1 + len(attributes)
        if (
            self._depth > allowance.limits.depth
            or len(attributes) > allowance.limits.attributes
            or allowance.parts < 0
        ):
            raise XmlTooLarge(path=self._path)
        if any(name[0] == "{" for name in attributes):
            attributes = {self._bare(name): text for name, text in attributes.items()}
        self._start(self._bare(tag), attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(self._bare(tag))

    def _refuse_other(self, root: str) -> None:
        roots = self._allowance.limits.roots
        if roots and root not in roots:
            raise XmlOfAnotherKind(path=self._path, name=root[:40])

    def _bare(self, name: str) -> str:
        if name[0] != "{":
            return name
        bare = self._names.get(name)
        if bare is None:
            bare = self._names[name] = name.rpartition("}")[2]
        return bare


def _parse(source: Iterable[bytes], path: Path, allowance: Allowance, tick: Tick) -> Element:
    """Raises SheetError."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_Tree(path, allowance), encoding="utf-8", forbid_dtd=True)
    try:
        fed = 0
        for piece in _as_utf8(_counted(source, path, allowance), path):
            tick()
            for start in range(0, len(piece), _PIECE):
                part = piece[start : start + _PIECE]
                parser.feed(part)
                fed += len(part)
                # What does not end is kept by the parser, and looked through again and again.
                if fed - parser.parser.CurrentByteIndex > allowance.limits.tag:
                    raise XmlTooLarge(path=path)
        root: Element = parser.close()
    except ParseError as error:
        raise XmlBroken(path=path, row=error.position[0], problem=str(error)) from error
    except DefusedXmlException as error:
        raise XmlRefused(path=path) from error
    return root


def _counted(source: Iterable[bytes], path: Path, allowance: Allowance) -> Iterator[bytes]:
    for piece in source:
        allowance.unpacked -= len(piece)
        if allowance.unpacked < 0:
            megabytes = allowance.limits.unpacked // 1_000_000
            raise FileTooLarge(path=path, megabytes=megabytes)
        yield piece
