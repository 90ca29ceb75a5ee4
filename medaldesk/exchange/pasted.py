"""Start lists and results as people paste them: lines of text whose columns are recognised.

`recognise` finds the columns by a heading or by what stands in them. What the lines mean to a
book is the matter of `medaldesk.exchange.pasted_rows`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Better, Entered, MarkFormat, MarkKind, parse_entered
from medaldesk.domain.names import fold
from medaldesk.domain.ranking import IRM_ORDER
from medaldesk.exchange.sheets.delimited import cut, dialect_of

MOST = 0.6
"""The share of the cells of a column that must look like what the column is taken for."""

MOST_LANES = 12
"""What stands behind a unit and is larger is no lane."""


class PastedColumn(StrEnum):
    """What a column is taken for; `rank` counts only where ranks are typed, `bib` never."""

    UNIT = "unit"
    LANE = "lane"
    ORDER = "order"
    BIB = "bib"
    ATHLETE = "athlete"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    NATION = "nation"
    MARK = "mark"
    RANK = "rank"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Lines of as many cells as there are columns, without a heading.

    `lines` holds each as it was pasted, so that those that are not taken can be given back.
    """

    columns: tuple[PastedColumn, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    heading: str | None = None

    def with_column(self, number: int, kind: PastedColumn) -> Pasted:
        """The same lines with a column taken for something else; only one can be that."""
        columns = [
            PastedColumn.OTHER if old is kind and kind is not PastedColumn.OTHER else old
            for old in self.columns
        ]
        columns[number] = kind
        return replace(self, columns=tuple(columns))

    def column(self, kind: PastedColumn) -> list[str] | None:
        """The cells of the column of a kind, None where there is no such column."""
        if kind not in self.columns:
            return None
        number = self.columns.index(kind)
        return [line[number] for line in self.cells]


IsNation = Callable[[str], bool]


def recognise(text: str, form: MarkFormat, is_nation: IsNation) -> Pasted:
    """Take pasted text apart: tabs, semicolons, bars, commas, or spaces between the columns."""
    split = _split([line for line in text.splitlines() if line.strip()], is_nation)
    width = max((len(line) for _, line in split), default=0)
    cells = [tuple(line + [""] * (width - len(line))) for _, line in split]
    lines = [pasted for pasted, _ in split]
    named = _heading(cells[0], is_nation) if cells else None
    if named is None:
        columns = _Guess(cells, form, is_nation).columns
        return Pasted(columns, tuple(cells), tuple(lines))
    rest = cells[1:]
    if rest and not {PastedColumn.ATHLETE, PastedColumn.FAMILY_NAME} & set(named):
        guessed = _Guess(rest, form, is_nation).columns
        named = tuple(
            other if kind is PastedColumn.OTHER and other not in named else kind
            for kind, other in zip(named, guessed, strict=True)
        )
    return Pasted(named, tuple(rest), tuple(lines[1:]), lines[0])


_FLAGS = re.compile(r"(\s+(=?[A-Za-z]{1,3}|\([=A-Za-z0-9]{1,4}\)))+$", re.ASCII)
"""What result sheets print behind a mark: `OR`, `=PB`, `(1)`."""


def read_mark(text: str, form: MarkFormat) -> tuple[str, Entered]:
    """A mark cell without the record flags printed behind it, and what it says.

    Raises MarkError for the text as it was pasted.
    """
    clean = text.strip()
    try:
        return clean, parse_entered(clean, form, IRM_ORDER)
    except MedalDeskError:
        bare = _FLAGS.sub("", clean)
        if bare == clean or not any(letter.isdigit() for letter in bare):
            raise
        return bare, parse_entered(bare, form, IRM_ORDER)


# Lines into cells


_Line = tuple[str, list[str]]
"""A line as it was pasted, and its cells; several lines where a quoted cell has line ends."""


def _split(lines: list[str], is_nation: IsNation) -> list[_Line]:
    """Cells of each line, by the one delimiter that most lines agree on."""
    delimiter = dialect_of("\n".join(lines)).delimiter
    if delimiter != ",":
        return _separated(lines, delimiter)
    if _mostly(lines, lambda line: re.search(r"\S {2,}\S", line) is not None):
        return [(line, re.split(r" {2,}", line.strip())) for line in lines]
    commas = _separated(lines, ",")
    if _mostly(commas, lambda line: len(line[1]) > 2 or is_nation(line[1][-1])):
        return commas
    return [(line, _spaced(line, is_nation)) for line in lines]


def _mostly(items: Sequence[object], test: Callable[..., bool]) -> bool:
    return bool(items) and sum(map(test, items)) >= MOST * len(items)


def _separated(lines: list[str], delimiter: str) -> list[_Line]:
    try:
        rows = [*cut((f"{line}\n" for line in lines), delimiter)]
    except csv.Error:
        # A quote that is never closed is no quote.
        rows = [(number, line.split(delimiter)) for number, line in enumerate(lines, 1)]
    begins = [*(number - 1 for number, _ in rows), len(lines)]
    return [
        ("\n".join(lines[first:after]), [" ".join(cell.split()) for cell in cells])
        for (first, after), (_, cells) in zip(pairwise(begins), rows, strict=True)
    ]


def _spaced(line: str, is_nation: IsNation) -> list[str]:
    """A line of single spaces, as from a PDF: what is no name at both ends is a cell each."""
    words = line.split()
    if _known_headings(words) == len(words):
        return words

    def is_cell(word: str) -> bool:
        return (
            any(letter.isdigit() for letter in word)
            or fold(word) in _LANES
            or word.upper() in IRM_ORDER
            or (word.isupper() and is_nation(word))
        )

    first = next((n for n, word in enumerate(words) if not is_cell(word)), len(words))
    last = next((n for n in range(len(words), first, -1) if not is_cell(words[n - 1])), first)
    name = [" ".join(words[first:last])] if last > first else []
    return [*words[:first], *name, *words[last:]]


# Columns by their heading

_HEADINGS = {
    PastedColumn.UNIT: "unit pair heat run group race series serie paar rit lauf batterie",
    PastedColumn.LANE: "lane track baan bahn couloir",
    PastedColumn.ORDER: "order start startorder startnummer so",
    PastedColumn.BIB: "bib nr no number dossard",
    PastedColumn.ATHLETE: "athlete name skater competitor naam nom rijder sportler athlete/team",
    PastedColumn.FAMILY_NAME: "family familyname surname lastname achternaam nachname",
    PastedColumn.GIVEN_NAME: "given givenname firstname voornaam prenom vorname",
    PastedColumn.NATION: "nation noc nat country land pays code team",
    PastedColumn.MARK: "mark time result distance points score weight tijd temps zeit finish",
    PastedColumn.RANK: "rank rk pos position place rang plaats",
}
_COLUMN_OF_HEADING = {word: kind for kind, words in _HEADINGS.items() for word in words.split()}


def _heading(cells: Sequence[str], is_nation: IsNation) -> tuple[PastedColumn, ...] | None:
    """The columns that a first line names, None where it is a line like the others."""
    filled = [cell for cell in cells if cell.strip()]
    if any(map(is_nation, filled)) or 2 * _known_headings(filled) < len(filled):
        return None
    columns: list[PastedColumn] = []
    for cell in cells:
        kind = _COLUMN_OF_HEADING.get(_heading_key(cell), PastedColumn.OTHER)
        columns.append(PastedColumn.OTHER if kind in columns else kind)
    return tuple(columns)


def _known_headings(cells: Iterable[str]) -> int:
    return sum(_heading_key(cell) in _COLUMN_OF_HEADING for cell in cells)


def _heading_key(cell: str) -> str:
    return re.sub(r"[ .:_-]", "", fold(cell))


# Columns by what stands in them

_LANES = frozenset({"i", "o", "inner", "outer", "inside", "outside"})
_NUMBER = re.compile(r"=?(\d{1,5})\.?", re.ASCII)
_PLACE = re.compile(
    r"\d{1,4} ?[-/. ]? ?(i|o|inner|outer)|\d{1,3}/\d{1,2}", re.ASCII | re.IGNORECASE
)


class _Guess:
    """Finds out what each column is, the plainest first; what is left over is OTHER."""

    def __init__(
        self, cells: Sequence[Sequence[str]], form: MarkFormat, is_nation: IsNation
    ) -> None:
        self._form = form
        self._is_nation = is_nation
        self._columns = [list(column) for column in zip(*cells, strict=True)]
        self._kinds: dict[int, PastedColumn] = {}
        self._find_nation()
        self._find_names()
        self._find_mark()
        self._find_places()
        self._find_numbers()

    @property
    def columns(self) -> tuple[PastedColumn, ...]:
        return tuple(
            self._kinds.get(number, PastedColumn.OTHER) for number in range(len(self._columns))
        )

    def _free(self, test: Callable[[str], bool]) -> Iterator[int]:
        """Columns still unknown in which most cells that are filled pass a test."""
        for number, column in enumerate(self._columns):
            if number not in self._kinds and _mostly([cell for cell in column if cell], test):
                yield number

    def _find_nation(self) -> None:
        found = list(self._free(self._is_nation))
        codes = [number for number in found if _mostly(self._columns[number], _is_short)]
        for number in found:
            self._kinds[number] = PastedColumn.OTHER
        if found:
            self._kinds[(codes or found)[0]] = PastedColumn.NATION

    def _find_names(self) -> None:
        found = list(self._free(_is_name))
        whole = [n for n in found if _mostly(self._columns[n], lambda cell: len(cell.split()) > 1)]
        beside = next((pair for pair in pairwise(found) if pair[1] == pair[0] + 1), None)
        if whole or (found and beside is None):
            self._kinds[(whole or found)[0]] = PastedColumn.ATHLETE
        elif beside is not None:
            names = (PastedColumn.GIVEN_NAME, PastedColumn.FAMILY_NAME)
            if _mostly(self._columns[beside[0]], str.isupper):
                names = (PastedColumn.FAMILY_NAME, PastedColumn.GIVEN_NAME)
            self._kinds |= dict(zip(beside, names, strict=True))

    def _find_mark(self) -> None:
        """The marks: where intermediates stand beside them, they are the largest."""
        found = [number for number in self._free(self._is_mark) if self._values(number)]
        if self._form.kind not in (MarkKind.PLACING, MarkKind.SCORE):
            found = [n for n in found if self._measured(n)]
        best = max(found, key=lambda number: median(self._values(number)), default=None)
        if best is not None:
            self._kinds[best] = PastedColumn.MARK

    def _find_places(self) -> None:
        """A unit and its lane in one column, or a column of lanes in words."""
        for number in self._free(lambda cell: _PLACE.fullmatch(cell) is not None):
            self._kinds[number] = PastedColumn.UNIT
            break
        for number in self._free(lambda cell: fold(cell) in _LANES):
            self._kinds[number] = PastedColumn.LANE
            break

    def _find_numbers(self) -> None:
        for number in self._free(lambda cell: _NUMBER.fullmatch(cell) is not None):
            kind = self._kind_of_numbers(number)
            taken = kind in self._kinds.values()
            self._kinds[number] = PastedColumn.OTHER if taken else kind

    def _kind_of_numbers(self, number: int) -> PastedColumn:
        column, known = self._columns[number], self._kinds.values()
        values = [int(match[1]) for cell in column if (match := _NUMBER.fullmatch(cell))]
        rising = all(one <= other for one, other in pairwise(values))
        from_one = rising and values[0] == 1
        if from_one and self._in_order_of_marks():
            return PastedColumn.RANK
        if PastedColumn.UNIT not in known:
            if len(column) == 1 or (rising and len(set(values)) < len(column)):
                return PastedColumn.UNIT
        elif self._kinds.get(number - 1) is PastedColumn.UNIT and max(values) <= MOST_LANES:
            return PastedColumn.BIB if PastedColumn.LANE in known else PastedColumn.LANE
        return PastedColumn.ORDER if from_one else PastedColumn.BIB

    def _in_order_of_marks(self) -> bool:
        """Whether the lines stand from the best mark down: then their numbers are ranks."""
        marks = next((n for n, k in self._kinds.items() if k is PastedColumn.MARK), None)
        values = self._values(marks) if marks is not None else []
        if self._form.better is Better.HIGHER:
            values = values[::-1]
        return len(values) > 1 and all(one <= other for one, other in pairwise(values))

    def _is_mark(self, cell: str) -> bool:
        try:
            return read_mark(cell, self._form)[1] != Entered()
        except MedalDeskError:
            return False

    def _values(self, number: int) -> list[int]:
        """The marks of a column in millionths; 0 for a score."""
        cells = [cell for cell in self._columns[number] if cell and self._is_mark(cell)]
        entered = [read_mark(cell, self._form)[1] for cell in cells]
        return [e.mark.value if e.mark else 0 for e in entered if e.mark or e.score]

    def _measured(self, number: int) -> bool:
        """Whether a column holds marks rather than plain numbers such as bibs."""
        filled = [cell for cell in self._columns[number] if cell]
        if _mostly(filled, lambda cell: not cell.isdigit()):
            return True
        return self._form.kind is not MarkKind.TIME and self._after_names(number)

    def _after_names(self, number: int) -> bool:
        names = (PastedColumn.ATHLETE, PastedColumn.FAMILY_NAME, PastedColumn.NATION)
        return all(other < number for other, kind in self._kinds.items() if kind in names)


def _is_name(cell: str) -> bool:
    letters = re.search(r"[^\W\d_]{2,}", cell) is not None
    no_name = cell.upper() in IRM_ORDER or fold(cell) in _LANES
    return letters and not no_name and not any(letter.isdigit() for letter in cell)


def _is_short(cell: str) -> bool:
    return len(cell) <= 4
