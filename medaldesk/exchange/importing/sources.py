"""Files as sources of rows, told by what is in them: tables, ODF messages, Lenex."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from medaldesk.book.sheets import NothingToTake, NotOfKind, XmlOfAnotherKind
from medaldesk.exchange.importing.columns import Guess, find_heading, recognise
from medaldesk.exchange.importing.rows import Cells, Source
from medaldesk.exchange.sheets import NoteKind, Sheet, SheetNote, read_sheets
from medaldesk.exchange.xml_files import Allowance, Document, XmlLimits, xml_documents

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Tick = Callable[[], None]

LOOKED_AT = 200
"""So many rows are looked at to recognise the columns."""

HEADING_WITHIN = 20
"""The heading is among so many rows; titles may stand above it."""


class XmlKind(StrEnum):
    """What XML can be; each says itself what of it is what."""

    ODF = "odf"
    LENEX = "lenex"


_ROOTS = {"OdfBody": XmlKind.ODF, "LENEX": XmlKind.LENEX}
_LIMITS = XmlLimits(roots=frozenset(_ROOTS))


def sources_of(path: Path, tick: Tick = lambda: None) -> list[Source]:
    """The sources of one file; see `sources_of_all`."""
    return sources_of_all([path], tick=tick)


def sources_of_all(
    paths: Sequence[Path], kind: XmlKind | None = None, tick: Tick = lambda: None
) -> list[Source]:
    """The sources of files that are imported together; messages of ODF are read as one sequence.

    Tables come in the order of the files, and messages after them. `kind` is what each file has
    to be, if anything. `tick` is called again and again; what it raises stops the reading. Raises
    SheetError.
    """
    allowance = Allowance(_LIMITS)
    found: list[Source] = []
    messages: list[tuple[str, Element]] = []
    for path in paths:
        before = len(found) + len(messages)
        documents = xml_documents(path, allowance, tick)
        if documents is None:
            if kind is not None:
                raise NotOfKind(path=path, kind=kind.upper())
            found += _tables(path, tick)
        for document in documents or ():
            if _kind(path, document, kind) is XmlKind.ODF:
                messages.append(document)
            else:
                found += _lenex(document)
        if before == len(found) + len(messages):
            raise NothingToTake(path=path)
    return found + (_odf(messages) if messages else [])


def _kind(path: Path, document: Document, wanted: XmlKind | None) -> XmlKind:
    """What a document is. Raises NotOfKind."""
    kind = _ROOTS[document.root.tag]
    if wanted not in (None, kind):
        raise NotOfKind(path=path, kind=wanted.upper())
    return kind


def _lenex(document: Document) -> list[Source]:
    from medaldesk.exchange.lenex import lenex_sources

    return lenex_sources(*document)


def _odf(messages: Sequence[tuple[str, Element]]) -> list[Source]:
    from medaldesk.exchange.odf.read import odf_sources

    return odf_sources(messages)


# Tables


def shown_sheets(path: Path, tick: Tick = lambda: None) -> tuple[list[Sheet], list[SheetNote]]:
    """The tables of a file that the program that made it shows, and notes on those left out.

    Raises SheetError, also where the file is XML.
    """
    documents = xml_documents(path, Allowance(_LIMITS), tick)
    if documents is not None:
        raise XmlOfAnotherKind(path=path, name=documents[0].root.tag)
    return _shown(path, tick)


def _shown(path: Path, tick: Tick) -> tuple[list[Sheet], list[SheetNote]]:
    sheets = read_sheets(path, tick=tick)
    notes = [SheetNote(NoteKind.LEFT_OUT, sheet.name) for sheet in sheets if sheet.is_hidden]
    return [sheet for sheet in sheets if not sheet.is_hidden], notes


def _tables(path: Path, tick: Tick) -> list[Source]:
    """The tables of a file that have rows; the first bears the notes on those left out."""
    sheets, notes = _shown(path, tick)
    found = [source for sheet in sheets if (source := source_of(sheet, path.name)) is not None]
    found[:1] = [replace(first, notes=(*first.notes, *notes)) for first in found[:1]]
    return found


def source_of(sheet: Sheet, name: str) -> Source | None:
    """A table as a source; None where it has no row below a heading."""
    top = list(islice(sheet.numbered(), HEADING_WITHIN))
    if len(top) < 2:
        return None
    place = find_heading([cells for _, cells in top])

    def rows() -> Iterator[tuple[int, Cells]]:
        return islice(sheet.numbered(), place + 1, None)

    return Source(
        name,
        tuple(top[place][1]),
        rows,
        sheet.lines,
        notes=sheet.notes,
        sheet=sheet.name,
        guarded=bool(sheet.encoding),
    )


def guesses_of(source: Source, kind: str = "results") -> list[Guess]:
    """What the columns of a source of a kind (an `ImportKind`) are taken for."""
    sample = [cells for _, cells in islice(source.rows(), LOOKED_AT)]
    return recognise(source.heading, sample, kind)
