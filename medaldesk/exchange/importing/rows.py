"""One row of a file into typed facts, or into what is wrong with it.

Marks stay text until it is known what their event is measured in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from medaldesk.book.errors import EmptyField
from medaldesk.book.import_errors import ColumnMissing, RowEmpty
from medaldesk.book.sheets import SheetNote
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.columns import TARGETS
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping, ValueMap
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.importing.messages import Message
from medaldesk.exchange.importing.names import Name, NameReader, family_reader_of, reader_of
from medaldesk.exchange.importing.parts import PARTS, PartCounter
from medaldesk.exchange.importing.values import Column, cleaned
from medaldesk.exchange.tidy import GIVES, NEEDED, NONE

Cells = Sequence[str]

LOOKED_AT = 200
"""So many rows are looked at to know how a file writes names."""

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
    says itself what is what, as a message does. `notes` are what a person should know of it,
    `sheet` is the name of the table in its file. `guarded` tells that a cell may have an
    apostrophe before what a spreadsheet would take for a formula, as those of our CSV have.
    `message` is there where the source is one of a feed. `path` is the file that was asked for,
    be it an archive that this is in. `is_report`: rows that an import did not take, corrected.
    """

    name: str
    heading: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[int, Cells]]]
    lines: int = 0
    given: ImportMapping | None = None
    replaces: Replaces = Replaces.NOTHING
    notes: tuple[SheetNote, ...] = ()
    sheet: str = ""
    guarded: bool = False
    message: Message | None = None
    path: Path = Path()
    is_report: bool = False


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
class RulingCells:
    """What a decision sets of the entry of a row; days are ISO, what it does not set is empty.

    `decision_rank` 0 and `decision_status` `none` take one away.
    """

    decision_date: str
    decision_body: str = ""
    decision_reason: str = ""
    decision_status: str = ""
    decision_rank: int | None = None
    decision_medal: str = ""
    decision_revoked: str = ""


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
    entered_status: str = ""
    membership: str = ""
    ruling: RulingCells | None = None


_SHARED = tuple(part.name for part in fields(EventFacts))
_KEPT_AS = {"source": "from_source"}
_OF_RULING = tuple(part.name for part in fields(RulingCells))

_PRINTED = {"athlete", "family_name", "given_name"}
"""Where a table has all of these, as ours has, `athlete` is a name as it is to be printed."""


class RowReader:
    """Reads the rows of a source by a mapping. Raises ColumnMissing for what every row needs."""

    def __init__(self, number: int, source: Source, mapping: ImportMapping) -> None:
        self.number = number
        self._kind = mapping.kind
        heading = (*source.heading, *PARTS) if mapping.parts_by else source.heading
        self._width = len(source.heading)
        self._guarded = source.guarded
        place = _places(heading)
        mapped = {
            target: [place[name] for name in mapping.columns.get(target, ()) if name in place]
            for target in TARGETS
        }
        columns = [
            Column(target, places, mapping, guarded=source.guarded)
            for target, places in mapped.items()
            if places or target in mapping.constants
        ]
        self.targets = frozenset(column.target for column in columns)
        self._refuse_incomplete()
        self._shared = [(c.target, c) for c in columns if c.target in _SHARED]
        self._own = [
            (_KEPT_AS.get(column.target, column.target), column)
            for column in columns
            if column.target not in (*_SHARED, *_OF_RULING)
        ]
        ruling = [(c.target, c) for c in columns if c.target in _OF_RULING]
        self._ruling = ruling if "decision_date" in self.targets else []
        self._shared_key = _getter(sorted({p for _, column in self._shared for p in column.places}))
        self._parts = _counter(place, mapped, mapping)
        used = {p for places in mapped.values() for p in places}
        left_out = {place[name] for name in mapping.left_out if name in place}
        self._extra = [
            (number, name.strip())
            for number, name in enumerate(source.heading)
            if number not in used | left_out and name.strip()
        ]
        self._cleaned: dict[str, str] = {}
        self.gives = self.targets | ({"note"} if self._extra else set())
        self._facts: dict[Any, EventFacts] = {}
        self._mark = MarkPatterns(mapping.mark_patterns)
        self._status = ValueMap("status", mapping.values.get("status", {}))
        self._names: dict[str, Name] = {}
        self._read_name, self._read_family = self._name_readers(source)

    def _name_readers(self, source: Source) -> tuple[NameReader, Callable[[str], str]]:
        """How the names of a source are read, by its first rows."""
        if set(source.heading) >= _PRINTED:
            return Name, str
        rows = [self._padded(cells) for _, cells in islice(source.rows(), LOOKED_AT)]
        columns = dict(self._own)
        names, families = (
            [name for cells in rows if (name := columns[target](cells))]
            if target in columns
            else []
            for target in ("athlete", "family_name")
        )
        return reader_of(names), family_reader_of(families)

    def _padded(self, cells: Cells) -> Cells:
        """A row as wide as its heading; it is in no part of an event."""
        cells = [*cells[: self._width], *[""] * (self._width - len(cells))]
        return cells if self._parts is None else [*cells, *[""] * len(PARTS)]

    def scope(self) -> TidyRow:
        """What every row of the source is about. Raises RowError."""
        cells = [""] * self._width
        return TidyRow(self.number, 1, self._shared_facts(cells), **_read(cells, self._own))

    def read(self, number: int, cells: Cells) -> TidyRow:
        """The facts of a row; rows are read in the order of their file. Raises RowError."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        if self._parts is not None:
            cells = [*cells[: self._width], *self._parts(cells)]
        row = TidyRow(self.number, number, self._shared_facts(cells), **_read(cells, self._own))
        self._name(row)
        self._read_mark(row)
        if self._ruling and (told := _read(cells, self._ruling)).get("decision_date"):
            row.ruling = RulingCells(**told)
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
            facts = self._facts[key] = EventFacts(**_read(cells, self._shared))
        return facts

    def _name(self, row: TidyRow) -> None:
        """The name as it is printed, and its parts where only the spelling told them."""
        if not row.athlete:
            family = self._read_family(row.family_name)
            row.athlete = " ".join(filter(None, (row.given_name, family)))
            return
        if self._read_name is Name:
            return
        name = self._names.get(row.athlete)
        if name is None:
            name = self._names[row.athlete] = self._read_name(row.athlete)
        row.athlete = name.printed
        if not row.family_name:
            row.family_name, row.given_name = name.family, row.given_name or name.given

    def _read_mark(self, row: TidyRow) -> None:
        """A mark cell may hold a status, in the spelling of the file."""
        if row.entered_status:
            row.status = "" if row.entered_status == NONE else row.entered_status
        if not row.mark:
            return
        row.written = row.mark
        if self._status.knows(row.mark):
            row.status, row.mark = row.status or self._status(row.mark).upper(), ""
        else:
            row.mark = self._mark(row.mark)

    def _note(self, row: TidyRow, cells: Cells) -> None:
        known = self._cleaned
        extra = [
            f"{heading}: {text}"
            for place, heading in self._extra
            if (cell := cells[place]) and (text := known.get(cell) or self._clean(cell))
        ]
        if extra:
            row.note = "; ".join([row.note, *extra] if row.note else extra)

    def _clean(self, text: str) -> str:
        """A cell that is kept as a note; the same few stand in many rows."""
        known = cleaned(text, guarded=self._guarded)
        if len(self._cleaned) < MOST_KEPT:
            self._cleaned[text] = known
        return known

    def _refuse_empty(self, row: TidyRow) -> None:
        facts = row.facts
        if not (facts.competition and facts.event and row.nation):
            texts = (facts.competition, facts.event, row.nation)
            what = next(what for what, text in zip(NEEDED, texts, strict=True) if not text)
            raise RowError(what, EmptyField(what=what))
        if not (row.athlete or row.team):
            raise RowError("athlete", EmptyField(what="athlete"))
        if self._kind is ImportKind.MEDALLISTS and not (row.medal or row.ruling):
            raise RowError("medal", RowEmpty(what="medal"))


def _read(cells: Cells, columns: Iterable[tuple[str, Column]]) -> dict[str, Any]:
    """What columns of a row say, by name, where they say something. Raises RowError."""
    values = {}
    for name, column in columns:
        try:
            value = column(cells)
        except MedalDeskError as error:
            raise RowError(column.target, error) from error
        if value is not None and value != "":
            values[name] = value
    return values


def _counter(
    place: Mapping[str, int], mapped: Mapping[str, Sequence[int]], mapping: ImportMapping
) -> PartCounter | None:
    """What counts the parts of events, where a mapping says how they begin."""
    rank = place.get(mapping.parts_by)
    if rank is None:
        return None
    event = {*mapped["competition"], *mapped["event"]} - {place[name] for name in PARTS}
    return PartCounter(_getter(sorted(event)), rank)


def _getter(places: Sequence[int]) -> Callable[[Cells], Any]:
    """Takes some cells out of a row, as something that can be looked up."""
    return itemgetter(*places) if places else lambda _: ()


def _places(heading: Sequence[str]) -> dict[str, int]:
    """Heading to the number of its column; the first of those named the same."""
    places: dict[str, int] = {}
    for number, text in enumerate(heading):
        places.setdefault(text, number)
    return places
