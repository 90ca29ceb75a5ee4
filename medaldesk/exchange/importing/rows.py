"""One row of a file into typed facts, or into what is wrong with it.

Marks stay text until it is known what their event is measured in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any

from medaldesk.book.errors import BadDate, BadNumber, BadRank, BadTime, EmptyField
from medaldesk.book.import_errors import ColumnMissing, NotOneOf, RowEmpty
from medaldesk.domain.cells import plain
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Better, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import printed_name
from medaldesk.domain.wind import parse_wind
from medaldesk.exchange.importing.columns import TARGETS
from medaldesk.exchange.importing.mapping import USUAL, ImportKind, ImportMapping, ValueMap
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.tidy import GIVES, NEEDED

Cells = Sequence[str]

MOST_KEPT = 10_000
"""So many texts of notes are kept, to be known when they come again."""


class Replaces(StrEnum):
    """What a source is the whole of: what the book has of it and the source does not, goes.

    `UNITS`: the results of each unit it names. `MEDALS`: the medals of each event it names.
    `ENTRIES`: the entries of each event it names (RULES 9).
    """

    NOTHING = "nothing"
    UNITS = "units"
    MEDALS = "medals"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of a file: `rows` gives those below the heading with their numbers, each time anew.

    `name` is what a decision quotes; a number is the one that a spreadsheet shows beside the
    row. `lines` is how many rows there are, or a few more. `given` is the mapping of a file that
    says itself what is what, as a message does.
    """

    name: str
    heading: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[int, Cells]]]
    lines: int = 0
    given: ImportMapping | None = None
    replaces: Replaces = Replaces.NOTHING


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row of a source is not taken; `column` is a tidy column, empty for the row itself."""

    source: int
    row: int
    column: str
    error: MedalDeskError


class RowError(Exception):
    """Carries what is wrong and the column to the place where problems are kept."""

    def __init__(self, column: str, error: MedalDeskError) -> None:
        super().__init__(column, error)
        self.column = column
        self.error = error


@dataclass(slots=True, eq=False)
class EventFacts:
    """What the rows of an event share, as typed; empty or None where a file does not say.

    Days are ISO. One object is shared by the rows whose cells are the same.
    """

    series: str = ""
    competition: str = ""
    competition_name: str = ""
    city: str = ""
    start_date: str = ""
    end_date: str = ""
    discipline: str = ""
    event: str = ""
    event_name: str = ""
    gender: str = ""
    mark_kind: str = ""
    better: str = ""
    decimals: int | None = None
    classification: str = ""
    bronzes: int | None = None
    venue: str = ""
    official: str = ""


@dataclass(slots=True, eq=False)
class TidyRow:
    """A row; `number` as a spreadsheet shows it. Empty or None where the file does not say.

    `wind` in millionths of a metre per second; `status` in capitals, known or not; `written` is
    the mark as it stands in the file.
    """

    source: int
    number: int
    facts: EventFacts
    date: str = ""
    time: str = ""
    phase: str = ""
    unit: int | None = None
    order: int | None = None
    bib: str = ""
    lane: str = ""
    athlete: str = ""
    family_name: str = ""
    given_name: str = ""
    team: str = ""
    member_of: str = ""
    nation: str = ""
    written: str = ""
    mark: str = ""
    status: str = ""
    tie_break: int | None = None
    wind: int | None = None
    rank: int | None = None
    medal: str = ""
    note: str = ""
    from_source: str = ""
    athlete_gender: str = ""
    birth_date: str = ""


_SHARED = tuple(part.name for part in fields(EventFacts))
_KEPT_AS = {"source": "from_source"}


# Cells


_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DOTTED = re.compile(r"([0-9]{1,2})[.-]([0-9]{1,2})[.-]([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WORDED = re.compile(r"([0-9]{1,2})[. -]+([A-Za-z]{3})[a-z]*[. ,-]+([0-9]{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])(?:[:.]([0-5][0-9]))?")
_WHOLE = re.compile(r"[0-9]{1,9}(?:\.0+)?")


def read_day(text: str) -> str:
    """A day in ISO: from `2026-02-09`, `9.2.2026`, `9 Feb 2026`. Raises BadDate.

    `3/4/2026` is refused: nobody can know which is the month.
    """
    year = month = day = ""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
    elif match := _WORDED.fullmatch(text):
        day, name, year = match.groups()
        known = name.lower() in _MONTHS
        month = str(_MONTHS.index(name.lower()) + 1) if known else ""
    elif match := _SLASHED.fullmatch(text):
        one, other, year = match.groups()
        if int(one) > 12 or one == other:
            day, month = one, other
        elif int(other) > 12:
            month, day = one, other
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise BadDate(text=text) from error


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise BadTime(text=text)
    hours, minutes, seconds = match.groups()
    return f"{hours:0>2}:{minutes}" + (f":{seconds}" if seconds else "")


def _whole(what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise BadNumber(what=what, text=text)
        return int(text.split(".", maxsplit=1)[0])

    return read


def _rank(text: str) -> int | None:
    """`5`, `5.`, `=5`, `T5`; a dash is none."""
    word = text.strip("=.Tt ")
    if not word.strip("-–"):
        return None
    if not _WHOLE.fullmatch(word) or not 1 <= int(float(word)) <= 99_999:
        raise BadRank(text=text)
    return int(float(word))


def _one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = text if text in known else text.lower()
        if word not in known:
            raise NotOneOf(what=what, text=text, known=", ".join(filter(None, known)))
        return word

    return read


_PARTICLES = re.compile(r"((?:[a-z'’]+ )+(?:[^\W\d_a-z][^\Wa-z]+ ?)+) (\S.*)")


def _with_comma(name: str) -> str:
    """`von ALLMEN Franjo` becomes `von ALLMEN, Franjo`: what is small before capitals is theirs."""
    match = _PARTICLES.fullmatch(name)
    if match is None or not match[1].split()[-1].isupper():
        return name
    return f"{match[1].strip()}, {match[2]}"


def _printed(name: str) -> str:
    """The name as it is printed."""
    is_printed = name.istitle() and "," not in name
    return name if is_printed else printed_name(_with_comma(name))


_READ: dict[str, Callable[[str], Any]] = {
    "start_date": read_day,
    "end_date": read_day,
    "date": read_day,
    "official": read_day,
    "birth_date": read_day,
    "time": _clock,
    "athlete": _printed,
    "decimals": _one_of("decimals", list("0123456")),
    "bronzes": _one_of("bronzes", ["1", "2"]),
    "unit": _whole("unit"),
    "order": _whole("order"),
    "tie_break": _whole("tie_break"),
    "wind": parse_wind,
    "rank": _rank,
    "gender": _one_of("gender", ["M", "W", "X", "O"]),
    "athlete_gender": _one_of("gender", ["M", "W", "X", ""]),
    "mark_kind": _one_of("mark_kind", list(MarkKind)),
    "better": _one_of("better", list(Better)),
    "classification": _one_of("classification", list(Classification)),
    "medal": _one_of("medal", [*Medal, ""]),
    "status": str.upper,
}
_ALL_DIFFERENT = frozenset({"mark", "note"})
_NUMBERS = frozenset({"decimals", "bronzes"})


class _Column:
    """Reads one tidy column out of the cells of a row."""

    def __init__(self, target: str, places: Sequence[int], mapping: ImportMapping) -> None:
        self.target = target
        self.places = places
        self._constant = mapping.constants.get(target, "")
        values = mapping.values.get(target, {})
        self._meaning = ValueMap(target, values) if values or target in USUAL else None
        self._read = _READ.get(target)
        self._known: dict[str, Any] = {}

    def __call__(self, cells: Cells) -> Any:
        """What stands there, read; empty or None where nothing does. Raises RowError."""
        text = cells[self.places[0]] if len(self.places) == 1 else self._joined(cells)
        known = self._known.get(text)
        if known is None:
            known = self._find(text)
            if self.target not in _ALL_DIFFERENT:
                self._known[text] = known
        return known

    def _joined(self, cells: Cells) -> str:
        return " ".join(filter(None, (cells[place] for place in self.places)))

    def _find(self, text: str) -> Any:
        word = " ".join(plain(text).split())
        if word and self._meaning is not None:
            word = self._meaning(word)
        word = word or self._constant
        if not word:
            return ""
        try:
            found = word if self._read is None else self._read(word)
        except MedalDeskError as error:
            raise RowError(self.target, error) from error
        return int(found) if self.target in _NUMBERS else found


class RowReader:
    """Reads the rows of a source by a mapping. Raises ColumnMissing for what every row needs."""

    def __init__(self, number: int, source: Source, mapping: ImportMapping) -> None:
        self.number = number
        self._width = len(source.heading)
        self._kind = mapping.kind
        place = _places(source.heading)
        mapped = {
            target: [
                place[heading] for heading in mapping.columns.get(target, ()) if heading in place
            ]
            for target in TARGETS
        }
        columns = [
            _Column(target, places, mapping)
            for target, places in mapped.items()
            if places or target in mapping.constants
        ]
        self.targets = frozenset(column.target for column in columns)
        self._refuse_incomplete()
        self._shared = [column for column in columns if column.target in _SHARED]
        self._own = [
            (_KEPT_AS.get(column.target, column.target), column)
            for column in columns
            if column.target not in _SHARED
        ]
        self._shared_places = sorted({p for column in self._shared for p in column.places})
        self._shared_key = _getter(self._shared_places)
        used = {p for places in mapped.values() for p in places}
        left_out = {place[heading] for heading in mapping.left_out if heading in place}
        self._extra = [
            (number, heading.strip())
            for number, heading in enumerate(source.heading)
            if number not in used | left_out and heading.strip()
        ]
        self._cleaned: dict[str, str] = {}
        self.gives = self.targets | ({"note"} if self._extra else set())
        self._facts: dict[Any, EventFacts] = {}
        self._mark = MarkPatterns(mapping.mark_patterns)
        self._status = ValueMap("status", mapping.values.get("status", {}))

    def read(self, number: int, cells: Cells) -> TidyRow:
        """The facts of a row. Raises RowError."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        values = {}
        for name, column in self._own:
            value = column(cells)
            if value is not None and value != "":
                values[name] = value
        row = TidyRow(self.number, number, self._shared_facts(cells), **values)
        self._name(row)
        self._read_mark(row)
        if self._extra:
            self._note(row, cells)
        self._refuse_empty(row)
        return row

    def _refuse_incomplete(self) -> None:
        for column in NEEDED:
            if column not in self.targets:
                raise ColumnMissing(what=column)
        if not self.targets & {"athlete", "family_name", "team"}:
            raise ColumnMissing(what="athlete")
        if self._kind is ImportKind.MEDALLISTS and "medal" not in self.targets:
            raise ColumnMissing(what="medal")
        if self._kind is ImportKind.RESULTS and not self.targets & set(GIVES):
            raise ColumnMissing(what="mark")

    def _shared_facts(self, cells: Cells) -> EventFacts:
        key = self._shared_key(cells)
        facts = self._facts.get(key)
        if facts is None:
            values = {column.target: column(cells) for column in self._shared}
            facts = EventFacts(**{k: v for k, v in values.items() if v not in ("", None)})
            self._facts[key] = facts
        return facts

    def _name(self, row: TidyRow) -> None:
        if not row.athlete and row.family_name:
            given = row.given_name
            row.athlete = _printed(f"{row.family_name}, {given}" if given else row.family_name)

    def _read_mark(self, row: TidyRow) -> None:
        """A mark cell may hold a status, in the spelling of the file."""
        if not row.mark:
            return
        row.written = row.mark
        if self._status.knows(row.mark):
            row.status, row.mark = row.status or self._status(row.mark).upper(), ""
        else:
            row.mark = self._mark(row.mark)

    def _note(self, row: TidyRow, cells: Cells) -> None:
        extra = [
            f"{heading}: {text}"
            for place, heading in self._extra
            if cells[place] and (text := self._clean(cells[place]))
        ]
        if extra:
            row.note = "; ".join([row.note, *extra] if row.note else extra)

    def _clean(self, text: str) -> str:
        """A cell that is kept as a note; the same few stand in many rows."""
        known = self._cleaned.get(text)
        if known is None:
            known = " ".join(plain(text).split())
            if len(self._cleaned) < MOST_KEPT:
                self._cleaned[text] = known
        return known

    def _refuse_empty(self, row: TidyRow) -> None:
        facts = row.facts
        for what, text in zip(NEEDED, (facts.competition, facts.event, row.nation), strict=True):
            if not text:
                raise RowError(what, EmptyField(what=what))
        if not (row.athlete or row.team):
            raise RowError("athlete", EmptyField(what="athlete"))
        if self._kind is ImportKind.MEDALLISTS and not row.medal:
            raise RowError("medal", RowEmpty(what="medal"))


def _getter(places: Sequence[int]) -> Callable[[Cells], Any]:
    """Takes some cells out of a row, as something that can be looked up."""
    return itemgetter(*places) if places else lambda _: ()


def _places(heading: Sequence[str]) -> dict[str, int]:
    """Heading to the number of its column; the first of those named the same."""
    places: dict[str, int] = {}
    for number, text in enumerate(heading):
        places.setdefault(text, number)
    return places
