"""What pasted lines mean to an event of a book, and taking them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.errors import AlreadyEntered, EmptyField, SeveralOfThatName, UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Entered
from medaldesk.domain.names import fold, printed_name
from medaldesk.domain.units import UnitPlace, parse_unit
from medaldesk.exchange.pasted import Pasted, PastedColumn, read_mark, recognise


class Fate(StrEnum):
    """What taking a line would do."""

    NEW_ATHLETE = "new_athlete"
    NEW_ENTRY = "new_entry"
    CHANGES = "changes"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A line as it was understood; `number` counts from 0 without the heading.

    `athlete`, `entry` and `result` are ids of what the book has already; `similar` is a known
    name that a new one may be a misspelling of; `error` says why a line is refused.
    """

    number: int
    fate: Fate
    name: str = ""
    nation: NationChoice | None = None
    unit: str = ""
    start_order: int | None = None
    mark: str = ""
    rank: str = ""
    athlete: int | None = None
    entry: int | None = None
    result: int | None = None
    similar: AthleteChoice | None = None
    error: MedalDeskError | None = None

    @property
    def is_taken(self) -> bool:
        """Whether taking the line changes the book."""
        return self.fate not in (Fate.SAME, Fate.REFUSED)


class Nations:
    """Finds nations by code or name on a day, without a query for each cell."""

    def __init__(self, reads: Reads, day: str | None) -> None:
        self._reads = reads
        self._day = day
        self._known: dict[str, NationChoice] = {}
        for choice in reads.nations_like("", day, limit=10_000):
            self._known.setdefault(choice.code.lower(), choice)
            self._known.setdefault(fold(choice.name), choice)

    def __contains__(self, text: str) -> bool:
        return fold(text) in self._known

    def find(self, text: str) -> NationChoice | None:
        """The nation of a code, also one of another time, or of a name."""
        found = self._known.get(fold(text))
        if found is None and (nation := self._reads.nation_by_code(text, self._day)) is not None:
            code, name = (
                self._reads.nation_code(nation, self._day),
                self._reads.nation_name(nation, self._day),
            )
            found = NationChoice(nation, code, name)
        return found


def recognise_for(reads: Reads, event: int, text: str) -> Pasted:
    """The columns of a text pasted into an event. Raises UnknownCode."""
    head = reads.event_head(event)
    return recognise(text, head.form, Nations(reads, head.day).__contains__)


def understand(
    reads: Reads, event: int, pasted: Pasted, phase: int | None = None
) -> list[PastedRow]:
    """What each line means to a phase of an event, the first where none is named."""
    return _Reader(reads, event, phase).rows(pasted)


def take(
    reads: Reads, edits: Edits, event: int, rows: Sequence[PastedRow], phase: int | None = None
) -> int:
    """Enter the lines that are right, as one undo step; returns how many.

    Nobody else can have written in between: there is one writer, and `rows` were read by it.
    """
    head = reads.event_head(event)
    taken = [row for row in rows if row.is_taken]
    subject = f"{head.name} ({len(taken)})"
    with edits.together(Action.IMPORT_RESULTS, subject):
        taker = _Taker(reads, edits, head, phase)
        for row in taken:
            taker.take(row)
    return len(taken)


# Reading


class _Reader:
    """Reads lines in order; a person can stand in one of them only."""

    def __init__(self, reads: Reads, event: int, phase: int | None) -> None:
        self._reads = reads
        self._head = reads.event_head(event)
        self._nations = Nations(reads, self._head.day)
        everybody = reads.results(event)
        here = reads.results(event, phase or self._head.phases[0].id)
        self._entries = {row.athlete: row.entry for row in everybody if row.athlete is not None}
        self._results = {row.athlete: row for row in here if row.athlete is not None}
        self._seen: set[Hashable] = set()

    def rows(self, pasted: Pasted) -> list[PastedRow]:
        units = _carried(pasted.column(PastedColumn.UNIT))
        rows = []
        for number, cells in enumerate(pasted.cells):
            line = dict(zip(pasted.columns, cells, strict=True))
            if units is not None:
                line[PastedColumn.UNIT] = units[number]
            try:
                rows.append(self._row(number, line))
            except MedalDeskError as error:
                name = _name(line)
                rows.append(PastedRow(number, Fate.REFUSED, name=name, error=error))
        return rows

    def _row(self, number: int, line: dict[PastedColumn, str]) -> PastedRow:
        name = _name(line)
        if not name:
            raise EmptyField(what="name")
        named = self._reads.athletes_named(name)
        nation = self._nation(line.get(PastedColumn.NATION, ""), named)
        athlete = self._athlete(name, nation, named)
        place, unit = _place(line)
        mark, entered = read_mark(line.get(PastedColumn.MARK, ""), self._head.form)
        self._only_once(athlete.id if athlete else (fold(name), nation.id), name)
        rank = line.get(PastedColumn.RANK, "").strip("=. ")
        row = PastedRow(
            number,
            Fate.NEW_ATHLETE,
            name,
            nation,
            unit,
            _whole(line.get(PastedColumn.ORDER, "")),
            mark,
            rank if self._head.classification == Classification.MANUAL else "",
        )
        if athlete is None:
            return replace(row, similar=self._similar(name, named))
        result = self._results.get(athlete.id)
        return replace(
            row,
            name=athlete.name,
            fate=_fate(row, place, entered, result) if result else Fate.NEW_ENTRY,
            athlete=athlete.id,
            entry=self._entries.get(athlete.id),
            result=result.id if result else None,
        )

    def _nation(self, text: str, named: Sequence[AthleteChoice]) -> NationChoice:
        """The nation of the cell, else that of the one athlete of the name."""
        if text.strip():
            found = self._nations.find(text)
            if found is None:
                raise UnknownCode(what="nation", code=text.strip())
            return found
        if len(named) == 1 and (found := self._nations.find(named[0].nation)) is not None:
            return found
        raise EmptyField(what="nation")

    def _athlete(
        self, name: str, nation: NationChoice, named: Sequence[AthleteChoice]
    ) -> AthleteChoice | None:
        """Who is meant: somebody of the name and nation, or who was never entered yet."""
        fitting = [athlete for athlete in named if athlete.nation_id in (None, nation.id)]
        entered = [athlete for athlete in fitting if athlete.id in self._entries]
        fitting = entered or fitting
        if len(fitting) > 1:
            raise SeveralOfThatName(name=name)
        return fitting[0] if fitting else None

    def _only_once(self, key: Hashable, name: str) -> None:
        if key in self._seen:
            raise AlreadyEntered(name=name)
        self._seen.add(key)

    def _similar(self, name: str, named: Sequence[AthleteChoice]) -> AthleteChoice | None:
        near = named or self._reads.athletes_similar(name, limit=1)
        return near[0] if near else None


def _fate(row: PastedRow, place: UnitPlace, entered: Entered, now: ResultRow) -> Fate:
    """Whether a line says anything of an entry that the book does not know."""
    moved = place not in (UnitPlace(), now.place)
    marked = entered not in (Entered(), Entered(now.mark, now.score, now.status))
    ranked = row.rank not in ("", str(now.typed_rank))
    return Fate.CHANGES if moved or marked or ranked else Fate.SAME


def _name(line: dict[PastedColumn, str]) -> str:
    """The name of a line, as it will be printed."""
    whole = line.get(PastedColumn.ATHLETE, "")
    if not whole and (family := line.get(PastedColumn.FAMILY_NAME, "").strip()):
        given = line.get(PastedColumn.GIVEN_NAME, "").strip()
        whole = f"{family}, {given}" if given else family
    return printed_name(whole) if whole.strip() else ""


def _place(line: dict[PastedColumn, str]) -> tuple[UnitPlace, str]:
    """Unit and lane of a line, and how they are typed. Raises UnitNotUnderstood."""
    unit = re.sub(r"^\D+(?=\d)", "", line.get(PastedColumn.UNIT, ""))
    text = f"{unit} {line.get(PastedColumn.LANE, '')}".strip()
    return parse_unit(text), text


def _carried(units: list[str] | None) -> list[str] | None:
    """The units of the lines, where each is written at its first line only: carried down."""
    if units is None or not units or not units[0] or all(units):
        return units
    numbers = [int(unit) if unit.isdecimal() else 0 for unit in units if unit]
    if not all(one < other for one, other in pairwise(numbers)):
        return units
    carried: list[str] = []
    for unit in units:
        carried.append(unit or carried[-1])
    return carried


def _whole(text: str) -> int | None:
    digits = text.strip("=. ")
    return int(digits) if re.fullmatch(r"[0-9]{1,6}", digits) else None


# Taking


class _Taker:
    """Makes the edits that lines stand for."""

    def __init__(self, reads: Reads, edits: Edits, head: EventHead, phase: int | None) -> None:
        self._edits = edits
        self._event = head.id
        self._phase = phase or head.phases[0].id
        self._enters_here = self._phase == head.phases[0].id
        gender = reads.event_type(head.event_type).gender
        self._gender = gender if gender in ("M", "W") else None

    def take(self, row: PastedRow) -> None:
        entry, result = row.entry, row.result
        if entry is None:
            entry = self._enter(row)
            result = self._edits.result_of(entry) if self._enters_here else None
        elif result is not None and row.unit:
            self._edits.place_in_unit(result, row.unit)
        if result is None:
            result = self._edits.add_result(entry, self._phase, unit=row.unit)
        if row.mark:
            self._edits.enter_mark(result, row.mark)
        if row.rank:
            self._edits.enter_rank(entry, row.rank)

    def _enter(self, row: PastedRow) -> int:
        athlete = row.athlete
        if athlete is None:
            athlete = self._edits.add_athlete(row.name, gender=self._gender)
        assert row.nation is not None
        return self._edits.add_entry(
            self._event,
            row.nation.id,
            athlete=athlete,
            unit=row.unit if self._enters_here else "",
            start_order=row.start_order,
        )
