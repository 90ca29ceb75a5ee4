"""Messages that were written, opened by a parser that did not write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from medaldesk.book.book import Book
from medaldesk.exchange.odf.write import export_odf


def written(book: Book, folder: Path) -> list[Element]:
    """The messages of a whole book, in the order of the names of their files."""
    export_odf(book.reads, book.path, folder)
    return [defusedxml.ElementTree.parse(path).getroot() for path in sorted(folder.iterdir())]


def of_type(messages: Sequence[Element], name: str, code: str = "") -> list[Element]:
    """The messages of a type whose RSC begins so."""
    return [
        message
        for message in messages
        if message.get("DocumentType") == name and message.get("DocumentCode", "").startswith(code)
    ]


def told(found: Element, *names: str) -> tuple[str | None, ...]:
    """Attributes of an element."""
    return tuple(found.get(name) for name in names)


def results(message: Element) -> list[tuple[str | None, ...]]:
    """Rank, whether it is shared, mark, difference, status and who, line by line."""
    columns = ("Rank", "RankEqual", "Result", "Diff", "IRM", "SortOrder")
    return [(*told(found, *columns), who(found)) for found in message.iter("Result")]


def who(found: Element) -> str:
    """The name of the team, or that of the athlete."""
    competitor = found.find("Competitor")
    assert competitor is not None
    team = competitor.find("Description")
    if team is not None:
        return team.get("TeamName", "")
    (name,) = people(found)
    return name


def people(found: Element) -> list[str]:
    """Everybody who makes up the competitor."""
    return [
        " ".join(filter(None, told(description, "GivenName", "FamilyName")))
        for description in found.iterfind("Competitor/Composition/Athlete/Description")
    ]


def book_facts(message: Element) -> dict[str | None, str | None]:
    """What the feed has no attribute for."""
    return {
        info.get("Code"): info.get("Value")
        for info in message.iter("ExtendedInfo")
        if info.get("Type") == "MEDALDESK" and info.get("Pos") is None
    }
