"""An event while a file is laid over it: entries and results of the book, and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from medaldesk.book.reads.bulk import KnownEntry, KnownEvent, KnownField, KnownResult
from medaldesk.domain.classification import Field, Performance, Starter
from medaldesk.domain.decisions import Decision
from medaldesk.domain.marks import MarkFormat
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import fold

Place = tuple[int, int | None]
"""Where a result is: the ids of its phase and its unit."""


@dataclass(slots=True, eq=False)
class ResultState:
    """A result; `given` once a row of the file was about it, `changes` where the book has it.

    `had` is what was changed of it; `expected` that it goes unless a row is about it.
    """

    id: int
    phase: int
    unit: int | None
    start_order: int | None = None
    lane: str | None = None
    mark: int | None = None
    mark_decimals: int | None = None
    score: str | None = None
    status: str | None = None
    tie_break: int | None = None
    clock_time: str | None = None
    wind: int | None = None
    note: str | None = None
    source_id: int | None = None
    given: bool = False
    expected: bool = False
    changes: dict[str, Any] | None = None
    had: dict[str, Any] = field(default_factory=dict)

    @property
    def has_mark(self) -> bool:
        return self.mark is not None or self.score is not None

    def expect(self, names: Iterable[str]) -> None:
        """Let a message say all that it can say of a result, from nothing."""
        self.expected = True
        for name in names:
            set_to(self, name, None)

    def restore(self) -> None:
        """Leave it as the book has it."""
        for name, value in self.had.items():
            setattr(self, name, value)
        if self.changes is not None:
            self.changes.clear()


@dataclass(slots=True, eq=False)
class EntryState:
    """An entry; `medal` and `rank` are what the file says, `claims` that it says of the medal.

    `members` are athletes, each with whether the book does not have them yet, `named` those whom
    rows name. `unranked`: a message that ranks the event gives it no rank. `lost`: a result went.
    """

    id: int
    nation: int
    athlete: int | None
    team: str | None
    printed: str | None = None
    bib: str | None = None
    typed_rank: int | None = None
    results: dict[Place, ResultState] = field(default_factory=dict)
    members: dict[int, bool] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    medal: Medal | None = None
    rank: int | None = None
    given: bool = False
    claims: bool = False
    unranked: bool = False
    lost: bool = False
    changes: dict[str, Any] | None = None
    had: dict[str, Any] = field(default_factory=dict)

    def place(self, phase: str, place: Place) -> Place:
        """Where the result is that a row is about: a row that names no unit, or not even a
        phase, is about the last result that is there.
        """
        if place[1] is not None or place in self.results:
            return place
        there = [key for key in self.results if not phase or key[0] == place[0]]
        return there[-1] if there else place


State = ResultState | EntryState


def put(state: State, name: str, value: Any) -> bool:
    """Set a column; returns whether a row of the book is different for it.

    What one row of a file gave is not overwritten by a later one, only completed.
    """
    old = getattr(state, name)
    if value is None or value in ("", old) or (state.given and old is not None):
        return False
    set_to(state, name, value)
    return state.changes is not None


def set_to(state: State, name: str, value: Any) -> None:
    """Set a column; what a row of the book had anyway is no change."""
    old = getattr(state, name)
    setattr(state, name, value)
    if state.changes is None or old == value:
        return
    if value == state.had.setdefault(name, old):
        state.changes.pop(name, None)
    else:
        state.changes[name] = value


@dataclass(slots=True, eq=False)
class PhaseState:
    """A phase; `days` are those that the rows of the file give by unit, `had` its position in the
    book.
    """

    id: int
    position: int
    name: str
    date: str | None
    is_new: bool
    days: dict[int | None, str] = field(default_factory=dict)
    had: int | None = None


_POSITION = attrgetter("position")


@dataclass(slots=True, eq=False)
class UnitState:
    """A unit of a phase at a position."""

    id: int
    phase: int
    position: int
    date: str | None
    is_new: bool


@dataclass(slots=True, eq=False)
class EventState:
    """One event: what the book knows of it, and what the file adds."""

    id: int
    form: MarkFormat
    known: KnownEvent | None
    method: str
    date: str = ""
    official_at: str | None = None
    phases: dict[str, PhaseState] = field(default_factory=dict)
    units: dict[tuple[int, int], UnitState] = field(default_factory=dict)
    entries: list[EntryState] = field(default_factory=list)
    by_athlete: dict[int, EntryState] = field(default_factory=dict)
    by_team: dict[tuple[int, str], list[EntryState]] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    was_measured: bool = False

    def add(self, entry: EntryState) -> EntryState:
        """Enter somebody."""
        self.entries.append(entry)
        if entry.athlete is not None:
            self.by_athlete[entry.athlete] = entry
        else:
            self.by_team.setdefault((entry.nation, fold(entry.team or "")), []).append(entry)
        return entry

    def remove(self, entry: EntryState) -> None:
        """Take somebody out again."""
        self.entries.remove(entry)
        if entry.athlete is not None:
            del self.by_athlete[entry.athlete]
        else:
            self.by_team[entry.nation, fold(entry.team or "")].remove(entry)

    def load(self, found: KnownField) -> None:
        """Take over what the book has."""
        for key, position, name, day in found.phases:
            self.phases[fold(name)] = PhaseState(key, position, name, day, False, had=position)
        for key, of, place, day in found.units:
            self.units[of, place] = UnitState(key, of, place, day, False)
        entries = {known.id: self.add(_entry(known)) for known in found.entries}
        for known in found.results:
            entries[known.entry].results[known.phase, known.unit] = _result(known)
        for entry, members in found.members.items():
            entries[entry].members = dict.fromkeys(members, False)
        self.decisions = list(found.decisions)
        self.was_measured = self.is_measured

    @property
    def has_marks(self) -> bool:
        return any(r.has_mark or r.status for e in self.entries for r in e.results.values())

    @property
    def is_measured(self) -> bool:
        """Whether anybody has a mark; a status alone is none."""
        return any(r.has_mark for e in self.entries for r in e.results.values())

    def _in_order(self) -> list[PhaseState]:
        return sorted(self.phases.values(), key=_POSITION)

    @property
    def last_phase(self) -> PhaseState:
        """The deciding phase."""
        return max(self.phases.values(), key=_POSITION)

    def as_field(self, order: Mapping[str, int]) -> Field:
        """What decides the event, as the engine wants it."""
        phases: dict[int, list[Performance]] = {p.id: [] for p in self._in_order()}
        for entry in self.entries:
            for (phase, _), result in entry.results.items():
                line = Performance(
                    entry.id, result.mark, result.tie_break, result.status, result.start_order
                )
                phases[phase].append(line)
        deciding = [*phases][-1:]
        return Field(
            starters=[Starter(e.id, "", e.typed_rank) for e in self.entries],
            phases=[lines for key, lines in phases.items() if lines or key in deciding],
            better=self.form.better,
            irm_order=order,
            breaks_ties=bool(self.known and self.known.breaks_ties),
        )


def _entry(known: KnownEntry) -> EntryState:
    return EntryState(
        known.id,
        known.nation,
        known.athlete,
        known.team,
        bib=known.bib,
        typed_rank=known.typed_rank,
        changes={},
    )


def _result(known: KnownResult) -> ResultState:
    return ResultState(known.id, known.phase, known.unit, *known[4:], changes={})
