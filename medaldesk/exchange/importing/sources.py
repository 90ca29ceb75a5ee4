"""Files as sources of rows, told by what is in them: tables, ODF messages, Lenex."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from medaldesk.book.sheets import NothingToTake, NotOfKind, XmlOfAnotherKind
from medaldesk.exchange.importing.columns import REASON, Guess, find_heading, likely, recognise
from medaldesk.exchange.importing.mapping import ImportKind
from medaldesk.exchange.importing.rows import Cells, Source
from medaldesk.exchange.sheets import NoteKind, Sheet, SheetNote, read_sheets
from medaldesk.exchange.tidy import GIVES
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
    of_messages: list[Path] = []
    for path in paths:
        before = len(found) + len(messages)
        documents = xml_documents(path, allowance, tick)
        if documents is None:
            if kind is not None:
                raise NotOfKind(path=path, kind=kind.upper())
            found += _at(path, _tables(path, tick))
        for document in documents or ():
            if _kind(path, document, kind) is XmlKind.ODF:
                messages.append(document)
                of_messages.append(path)
            else:
                found += _at(path, _lenex(document))
        if before == len(found) + len(messages):
            raise NothingToTake(path=path)
    told = _odf(messages) if messages else []
    return found + [replace(of, path=path) for of, path in zip(told, of_messages, strict=True)]


def _at(path: Path, sources: Sequence[Source]) -> list[Source]:
    return [replace(source, path=path) for source in sources]


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
    heading = top[place][1]
    kept = [number for number, cell in enumerate(heading) if cell.strip() != REASON]

    def rows() -> Iterator[tuple[int, Cells]]:
        below = islice(sheet.numbered(), place + 1, None)
        return below if len(kept) == len(heading) else _only(kept, below)

    return Source(
        name,
        tuple([heading[number] for number in kept]),
        rows,
        sheet.lines,
        notes=sheet.notes,
        sheet=sheet.name,
        guarded=bool(sheet.encoding),
        is_report=len(kept) < len(heading),
    )


def _only(kept: Sequence[int], rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """Some of the columns of rows."""
    for number, cells in rows:
        yield number, [cells[place] for place in kept if place < len(cells)]


def guesses_of(source: Source, kind: str = "results") -> list[Guess]:
    """What the columns of a source of a kind (an `ImportKind`) are taken for."""
    sample = [cells for _, cells in islice(source.rows(), LOOKED_AT)]
    return recognise(source.heading, sample, kind)


_OF_A_START = {"bib", "lane", "order", "rank", "medal"}
"""What is said of somebody in a race, and neither of a record nor of a nation."""

_OF_SOMEBODY = {*_OF_A_START, "athlete", "family_name", "given_name", "event", "mark"}

_OF_A_NATION = {"code", "name", "iso", "continent", "valid_from", "valid_to"}


def kind_of(source: Source) -> ImportKind | None:
    """What the headings of a table speak of; None where they say nothing.

    Records have a kind and a mark, nations a population or several things that only nations
    have. Any other table has results, or is a start list where nothing is a result.
    """
    guesses = guesses_of(source)
    if not any(guess.target for guess in guesses):
        return None
    if _is_of_records(source, guesses):
        return ImportKind.RECORDS
    if _is_of_nations(source, guesses):
        return ImportKind.NATIONS
    has_results = any(guess.target in GIVES for guess in guesses)
    return ImportKind.RESULTS if has_results else ImportKind.STARTLIST


def _is_of_records(source: Source, usual: Sequence[Guess]) -> bool:
    guesses = guesses_of(source, ImportKind.RECORDS)
    has_marks = any(guess.target == "mark" for guess in guesses)
    return has_marks and "record" in likely(guesses) and not likely(usual) & _OF_A_START


def _is_of_nations(source: Source, usual: Sequence[Guess]) -> bool:
    """`Name` stands above a nation in a table of nations, and above somebody beside a nation."""
    guesses = guesses_of(source, ImportKind.NATIONS)
    told = likely(guesses)
    unexplained = {guess.number for guess in guesses if guess.target is None}
    people = {g.number for g in usual if g.target in _OF_SOMEBODY | {"nation"}} & unexplained
    has_facts = "population" in told or len(told & _OF_A_NATION) > 1
    return has_facts and not people and not likely(usual) & _OF_SOMEBODY
