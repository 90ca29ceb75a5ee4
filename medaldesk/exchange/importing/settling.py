"""What the rows of an event come to: its days, ranks, medals, and the rows to be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from medaldesk.domain.classification import Classification
from medaldesk.domain.medals import MEDAL_OF_RANK, Medal
from medaldesk.exchange.importing.desk import Desk
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.medals import differing, method_for, ranks_of, standing
from medaldesk.exchange.importing.pending import COLUMNS
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.rows import Replaces, TidyRow
from medaldesk.exchange.importing.states import (
    EntryState,
    EventState,
    ResultState,
    UnitState,
    set_to,
)


@dataclass(slots=True)
class Said:
    """What rows say of their event, each time the first that says it.

    `official` is a day, `method` a way of classifying; `gives_medals` tells that there are medals
    and nothing that says when they were official. `day` is one that is not that of a result,
    `medals` the first row that gives one, `sources` those that say anything.
    """

    first: TidyRow
    official: str = ""
    method: str = ""
    venue: str = ""
    gives_medals: bool = False
    day: str = ""
    medals: TidyRow | None = None
    sources: set[int] = field(default_factory=set)


class Settlement:
    """Settles one event after all its rows."""

    def __init__(
        self,
        desk: Desk,
        competition: CompetitionState,
        event_type: TypeState,
        event: EventState,
        said: Said,
    ) -> None:
        self._desk = desk
        self._competition = competition
        self._type = event_type
        self.event = event
        self._said = said
        self._state = desk.feed.state_of(sorted(said.sources))
        self._is_of_feed = any(desk.feed.messages[number] for number in said.sources)

    def finish(self) -> None:
        """Settle days, classification, ranks and medals, and pass on what is to be written."""
        self._settle_days()
        self._settle_method()
        self._settle_ranks()
        lines = self._decided_lines()
        self._emit_event()
        self._emit_phases()
        for entry in self.event.entries:
            self._emit_entry(entry)
        if lines:
            self._emit_decision(lines)

    def _settle_days(self) -> None:
        event = self.event
        last = event.last_phase
        day = max(last.days.values(), default="")
        event.date = day or event.date or self._any_day() or self._competition.end
        if self._state is not None:
            event.official_at = self._state[1] or None
        elif self._said.official:
            event.official_at = self._said.official
        elif self._said.gives_medals and event.official_at is None:
            event.official_at = event.date

    def _any_day(self) -> str:
        days = [day for phase in self.event.phases.values() for day in phase.days.values()]
        return max(days, default="") or self._said.day or self._official_inside()

    def _official_inside(self) -> str:
        inside = self._competition.start <= self._said.official <= self._competition.end
        return self._said.official if inside else ""

    def _settle_method(self) -> None:
        """How the event is classified: as it is, as the file says, or as its ranks show."""
        event = self.event
        usual = self._type.classification or Classification.FINAL.value
        if event.known is None:
            event.method = self._said.method or self._method(usual)
        published = any(e.rank or e.medal for e in event.entries)
        has_marks = event.is_measured if self._is_of_feed else event.has_marks
        if published and not has_marks and not self._said.method:
            event.method = Classification.MANUAL.value
        elif self._is_of_feed and event.known is not None and self._is_measured_now():
            event.method = self._said.method or Classification.FINAL.value
            for entry in event.entries:
                set_to(entry, "typed_rank", None)
        self._type.classification = self._type.classification or event.method

    def _is_measured_now(self) -> bool:
        """Whether medals or ranks were all that was known, and now there are marks."""
        event = self.event
        is_new = event.is_measured and not event.was_measured
        return event.method == Classification.MANUAL and is_new

    def _method(self, usual: str) -> str:
        """The usual way, unless another one gives the published ranks.

        Messages come one by one, and what they come to must not depend on which came first.
        """
        ranks = {e.id: e.rank for e in self.event.entries if e.rank is not None}
        if self._is_of_feed and usual == Classification.MANUAL and self.event.is_measured:
            return Classification.FINAL.value
        if self._is_of_feed or not ranks or not self.event.has_marks:
            return usual
        return method_for(self.event.as_field(self._desk.statuses), ranks).value

    def _settle_ranks(self) -> None:
        """Typed ranks of a manual event: as published, else those that give the medals."""
        if self.event.method != Classification.MANUAL:
            return
        for entry in self.event.entries:
            if entry.rank is not None or entry.unranked:
                set_to(entry, "typed_rank", entry.rank)
        ranked = any(e.rank is not None for e in self.event.entries)
        unranked = [e for e in self.event.entries if e.medal and e.typed_rank is None]
        if unranked and not ranked:
            held = {e.id: m for e in self.event.entries if (m := e.medal or _by_rank(e))}
            ranks = ranks_of(held)
            for entry in unranked:
                set_to(entry, "typed_rank", ranks[entry.id])

    def _decided_lines(self) -> dict[int, tuple[int | None, str | None]]:
        """Entry to rank and medal of the file that differ from what ranks and decisions give.

        A rank differs where the file itself says how the event is classified; elsewhere it is a
        doubt, for the event may be classified in another way. Ranks that are typed are the race.
        """
        event = self.event
        published = {e.id: e.medal for e in event.entries if e.claims}
        if not any(published.values()) and not self._is_whole:
            published = {}
        is_typed = event.method == Classification.MANUAL
        ranks = {e.id: e.rank for e in event.entries if e.rank is not None and not is_typed}
        if is_typed and not event.decisions and not event.has_marks:
            have = {e.id: _by_rank(e) for e in event.entries}
            return {key: (None, ruling) for key, ruling in differing(published, have).items()}
        if not published and not ranks:
            return {}
        found = standing(event.method, event.as_field(self._desk.statuses), event.decisions)
        medals = differing(published, {key: decided.medal for key, decided in found.items()})
        other = {key: rank for key, rank in ranks.items() if found[key].placing.rank != rank}
        if other and not self._said.method:
            self._doubt(DoubtKind.OTHER_RANK)
            other = {}
        return {key: (other.get(key), medals.get(key)) for key in {**other, **medals}}

    @property
    def _is_whole(self) -> bool:
        """Whether a message names all medallists: then no medals are none."""
        replaces = {self._desk.of[number].replaces for number in self._said.sources}
        return Replaces.MEDALS in replaces

    def _doubt(self, kind: DoubtKind) -> None:
        row = self._said.first
        self._desk.doubts.append(Doubt(kind, row.source, row.number, self._type.name, 0))

    def _emit_event(self) -> None:
        event, known, pending = self.event, self.event.known, self._desk.pending
        wanted = {
            "venue_id": self._desk.venues(self._said.venue) or (known and known.venue),
            "date": event.date,
            "status": self._status(),
            "official_at": event.official_at,
            "classification": event.method,
        }
        if known is None:
            pending["event"].put(
                event.id,
                competition_id=self._competition.id,
                event_type_id=self._type.id,
                bronzes=self._type.bronzes,
                **wanted,
            )
            return
        had = {
            "venue_id": known.venue,
            "date": known.date,
            "status": known.status,
            "official_at": known.official_at,
            "classification": known.classification,
        }
        changes = {name: value for name, value in wanted.items() if value != had[name]}
        pending.settle("event", event.id, changes)

    def _status(self) -> str:
        """As a feed says; else as the facts show, and never less than the book has."""
        event, known = self.event, self.event.known
        if self._state is not None:
            return self._state[0]
        begun = event.has_marks or any(e.typed_rank for e in event.entries)
        status = "official" if event.official_at else "running" if begun else "scheduled"
        if known is None:
            return status
        is_less = status == "scheduled" or (known.status != "scheduled" and status == "running")
        return known.status if is_less or self._is_of_feed else status

    def _emit_phases(self) -> None:
        """Phases and units, each with a day of its own where it is not that of the event."""
        event, pending = self.event, self._desk.pending
        days: dict[int, str | None] = {}
        for phase in event.phases.values():
            given = set(phase.days.values())
            day = phase.date
            if len(given) == 1 and (phase.date or given != {event.date}):
                (day,) = given
            days[phase.id] = day or event.date
            if phase.is_new:
                row = (phase.id, event.id, phase.position, phase.name, day)
                pending["phase"].rows.append(row)
            else:
                changes: dict[str, object] = {"date": day} if day != phase.date else {}
                if phase.position != phase.had:
                    changes["position"] = phase.position
                pending.settle("phase", phase.id, changes)
        by_id = {phase.id: phase for phase in event.phases.values()}
        for unit in event.units.values():
            self._emit_unit(unit, by_id[unit.phase].days.get(unit.position), days[unit.phase])

    def _emit_unit(self, unit: UnitState, given: str | None, usual: str | None) -> None:
        day = given if given and (unit.date or given != usual) else unit.date
        if unit.is_new:
            self._desk.pending["unit"].rows.append((unit.id, unit.phase, unit.position, day))
        else:
            changes = {"date": day} if day != unit.date else {}
            self._desk.pending.settle("unit", unit.id, changes)

    def _emit_entry(self, entry: EntryState) -> None:
        pending, event = self._desk.pending, self.event.id
        if entry.changes is None:
            pending["entry"].rows.append((entry.id, event, *_ENTRY_VALUES(entry)))
        elif entry.given or entry.changes:
            pending.settle("entry", entry.id, _columns(entry.changes))
        for position, (athlete, is_new) in enumerate(entry.members.items(), start=1):
            if is_new:
                pending["entry_member"].add(entry.id, athlete, position)
            elif entry.given:
                pending.unchanged["entry_member"] += 1
        for result in entry.results.values():
            self._emit_result(entry.id, result)

    def _emit_result(self, entry: int, result: ResultState) -> None:
        if result.changes is None:
            row = (result.id, self.event.id, entry, *_RESULT_VALUES(result))
            self._desk.pending["result"].rows.append(row)
        elif result.given or result.changes:
            self._desk.pending.settle("result", result.id, _columns(result.changes))

    def _emit_decision(self, lines: Mapping[int, tuple[int | None, str | None]]) -> None:
        """RULES R8: what the file says against the ranks is a decision that quotes it."""
        row = self._said.medals or self._said.first
        title = row.from_source or self._desk.of[row.source].title
        day = max(self.event.official_at or "", self.event.date)
        if message := self._desk.feed.messages[row.source]:
            title, day = message.title, max(day, message.day)
        self._doubt(DoubtKind.DECIDED)
        reason = f"Medal as published in {title}"
        head = (self.event.id, day, title, reason, None, None)
        decision = self._desk.pending["decision"].add(*head)
        for entry, (rank, medal) in sorted(lines.items()):
            sets_rank = int(rank is not None)
            line = (decision, self.event.id, entry, 0, None, sets_rank, rank, medal)
            self._desk.pending["decision_line"].add(*line)


_COLUMN_OF = {
    "phase": "phase_id",
    "unit": "unit_id",
    "nation": "nation_id",
    "athlete": "athlete_id",
    "team": "team_name",
    "printed": "printed_name",
}
"""What a state calls a thing to the column that has it, where the names differ."""


def _columns(changes: Mapping[str, object]) -> dict[str, object]:
    return {_COLUMN_OF.get(name, name): value for name, value in changes.items()}


def _values(columns: Iterable[str]) -> attrgetter[tuple[Any, ...]]:
    """Takes what some columns have out of a state, in their order."""
    name_of = {column: name for name, column in _COLUMN_OF.items()}
    return attrgetter(*(name_of.get(column, column) for column in columns))


# Before these are the event, and the entry of a result.
_ENTRY_VALUES = _values(COLUMNS["entry"][1:])
_RESULT_VALUES = _values(COLUMNS["result"][2:])


def _by_rank(entry: EntryState) -> Medal | None:
    return MEDAL_OF_RANK.get(entry.typed_rank or 0)
