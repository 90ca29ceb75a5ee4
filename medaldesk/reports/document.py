"""A document: the content of a report once, for every format that prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"


class Align(StrEnum):
    """How a column is set; `decimal` puts the decimal points under each other."""

    LEFT = "left"
    RIGHT = "right"
    DECIMAL = "decimal"


class Look(StrEnum):
    """How a column is printed where there is more than one weight of type."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    MEDAL = "medal"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the printed table; a `wide` one takes the room that the others leave."""

    title: str
    align: Align = Align.LEFT
    look: Look = Look.PLAIN
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a text a column, and the same as data, by the keys that JSON and CSV have.

    `below` is printed under the first wide cell: the members of a team under its name.
    """

    cells: tuple[str, ...]
    data: Mapping[str, Json]
    below: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line between heading and table: `Olympic record`, `1:13.19 Miho Takagi (JPN)`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Title, one line of context, what is worth knowing first, one table, notes below it.

    `status` says how far the content can be relied on (`Official`, `As it stands`), `book` the
    name of the book. `head` and `tail` are what identifies and what sums up the rows as data;
    `keys` are the keys of each row's data. `totals` has a text a column, or is empty.
    """

    title: str
    context: str
    status: str
    book: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...] = ()
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    head: Mapping[str, Json] = field(default_factory=dict)
    tail: Mapping[str, Json] = field(default_factory=dict)


def joined(documents: Sequence[Document], *names: str) -> Document:
    """Documents of one kind as one, for their data: each row tells by `names` whose it is."""
    rows = tuple(
        replace(row, data={name: document.head.get(name) for name in names} | dict(row.data))
        for document in documents
        for row in document.rows
    )
    keys = (*names, *documents[0].keys)
    return replace(documents[0], keys=keys, rows=rows, head={}, tail={})


def missing_decimals(text: str, most: int) -> str:
    """What a number lacks on its right to have `most` decimals, the point included."""
    if not text[-1:].isdigit():
        return ""
    whole, point, decimals = text.rpartition(".")
    have = len(decimals) if point and whole else -1
    return "" if most <= 0 else ("." if have < 0 else "") + "0" * (most - max(have, 0))


def most_decimals(texts: Sequence[str]) -> int:
    """The decimals of the finest number in a column."""
    numbers = (text.rpartition(".") for text in texts if text[-1:].isdigit())
    return max((len(decimals) for _, point, decimals in numbers if point), default=0)
