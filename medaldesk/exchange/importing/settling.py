"""What the rows of an event come to: its days, ranks, medals, and the rows to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from medaldesk.domain.classification import Classification
from medaldesk.domain.medals import MEDAL_OF_RANK, Medal
from medaldesk.exchange.importing.desk import Desk
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.medals import differing, method_for, ranks_of, standing
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.rows import TidyRow
from medaldesk.exchange.importing.states import EntryState, EventState, ResultState, UnitState


@dataclass(slots=True)
class Said:
    """What rows say of their event, each time the first that says it.

    `official` is a day, `method` a way of classifying; `gives_medals` tells that there are medals
    and nothing that says when they were official.
    """

    first: TidyRow
    official: str = ""
    method: str = ""
    venue: str = ""
    gives_medals: bool = False


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
        if self._said.official:
            event.official_at = self._said.official
        elif self._said.gives_medals and event.official_at is None:
            event.official_at = event.date

    def _any_day(self) -> str:
        days = [day for phase in self.event.phases.values() for day in phase.days.values()]
        return max(days, default="") or self._official_inside()

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
        if published and not event.has_marks and not self._said.method:
            event.method = Classification.MANUAL.value
        self._type.classification = self._type.classification or event.method

    def _method(self, usual: str) -> str:
        """The usual way, unless another one gives the published ranks."""
        ranks = {e.id: e.rank for e in self.event.entries if e.rank is not None}
        if not ranks or not self.event.has_marks:
            return usual
        return method_for(self.event.as_field(self._desk.statuses), ranks).value

    def _settle_ranks(self) -> None:
        """Typed ranks of a manual event: as published, else those that give the medals."""
        if self.event.method != Classification.MANUAL:
            return
        for entry in self.event.entries:
            if entry.rank is not None:
                _set_rank(entry, entry.rank)
        ranked = any(e.rank is not None for e in self.event.entries)
        unranked = [e for e in self.event.entries if e.medal and e.typed_rank is None]
        if unranked and not ranked:
            held = {e.id: m for e in self.event.entries if (m := e.medal or _by_rank(e))}
            ranks = ranks_of(held)
            for entry in unranked:
                _set_rank(entry, ranks[entry.id])

    def _decided_lines(self) -> dict[int, tuple[int | None, str | None]]:
        """Entry to rank and medal of the file that differ from what ranks and decisions give.

        A rank differs where the file itself says how the event is classified; elsewhere it is a
        doubt, for the event may be classified in another way.
        """
        event = self.event
        published = {e.id: e.medal for e in event.entries if e.claims}
        if not any(published.values()):
            published = {}
        ranks = {e.id: e.rank for e in event.entries if e.rank is not None}
        if event.method == Classification.MANUAL and not event.decisions and not event.has_marks:
            have = {e.id: _by_rank(e) for e in event.entries}
            return {key: (None, ruling) for key, ruling in differing(published, have).items()}
        if not published and not ranks:
            return {}
        found = standing(event.method, event.as_field(self._desk.statuses), event.decisions)
        medals = differing(published, {key: decided.medal for key, decided in found.items()})
        other = {key: rank for key, rank in ranks.items() if found[key].placing.rank != rank}
        if other and not self._said.method:
            self._doubt_ranks(other)
            other = {}
        return {key: (other.get(key), medals.get(key)) for key in {**other, **medals}}

    def _doubt_ranks(self, ranks: Mapping[int, int]) -> None:
        row = self._said.first
        name = row.facts.event_name or row.facts.event
        nation = next(e.nation for e in self.event.entries if e.id in ranks)
        self._desk.doubts.append(Doubt(DoubtKind.OTHER_RANK, row.source, row.number, name, nation))

    def _emit_event(self) -> None:
        event, pending = self.event, self._desk.pending
        venue = self._desk.venues(self._said.venue)
        begun = event.has_marks or any(e.typed_rank for e in event.entries)
        status = "official" if event.official_at else "running" if begun else "scheduled"
        if event.known is None:
            pending["event"].rows.append(
                (
                    event.id,
                    self._competition.id,
                    self._type.id,
                    venue,
                    event.date,
                    status,
                    event.official_at,
                    event.method,
                    self._type.bronzes,
                )
            )
            return
        known = event.known
        if status == "scheduled" or (known.status != "scheduled" and status == "running"):
            status = known.status
        wanted = {
            "venue_id": venue or known.venue,
            "date": event.date,
            "status": status,
            "official_at": event.official_at,
            "classification": event.method,
        }
        had = (known.venue, known.date, known.status, known.official_at, known.classification)
        changes = {
            name: value
            for (name, value), old in zip(wanted.items(), had, strict=True)
            if value != old
        }
        pending.settle("event", event.id, changes)

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
                pending.settle("phase", phase.id, {"date": day} if day != phase.date else {})
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
            pending["entry"].rows.append(
                (
                    entry.id,
                    event,
                    entry.nation,
                    entry.athlete,
                    entry.team,
                    entry.printed,
                    entry.bib,
                    entry.typed_rank,
                )
            )
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
            row = (result.id, self.event.id, entry, *_VALUES(result))
            self._desk.pending["result"].rows.append(row)
        elif result.given:
            self._desk.pending.settle("result", result.id, _columns(result.changes))

    def _emit_decision(self, lines: Mapping[int, tuple[int | None, str | None]]) -> None:
        """RULES R8: what the file says against the ranks is a decision that quotes it."""
        title = self._said.first.from_source or self._desk.titles[self._said.first.source]
        day = max(self.event.official_at or "", self.event.date)
        reason = f"Medal as published in {title}"
        decision = self._desk.pending["decision"].add(self.event.id, day, title, reason)
        for entry, (rank, medal) in sorted(lines.items()):
            sets_rank = int(rank is not None)
            line = (decision, self.event.id, entry, sets_rank, rank, medal)
            self._desk.pending["decision_line"].add(*line)


_RENAMED = {"unit": "unit_id", "nation": "nation_id"}

_VALUES = attrgetter(
    "phase",
    "unit",
    "start_order",
    "lane",
    "mark",
    "mark_decimals",
    "score",
    "status",
    "tie_break",
    "clock_time",
    "wind",
    "note",
    "source_id",
)


def _columns(changes: Mapping[str, object]) -> dict[str, object]:
    return {_RENAMED.get(name, name): value for name, value in changes.items()}


def _by_rank(entry: EntryState) -> Medal | None:
    return MEDAL_OF_RANK.get(entry.typed_rank or 0)


def _set_rank(entry: EntryState, rank: int) -> None:
    if entry.typed_rank == rank:
        return
    entry.typed_rank = rank
    if entry.changes is not None:
        entry.changes["typed_rank"] = rank
