"""The rows of one event laid over what the book has of it."""

from __future__ import annotations

from collections.abc import Iterable

from medaldesk.book.errors import DateOutsideCompetition, UnknownCode
from medaldesk.book.reads.bulk import KnownEvent
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Entered, parse_entered
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.desk import Desk, Fate, TeamsBy
from medaldesk.exchange.importing.entrants import Entrants
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.replacing import Replacing
from medaldesk.exchange.importing.rows import Replaces, RowError, TidyRow
from medaldesk.exchange.importing.rulings import Rulings
from medaldesk.exchange.importing.settling import Said, Settlement
from medaldesk.exchange.importing.states import (
    EntryState,
    EventState,
    PhaseState,
    Place,
    ResultState,
    UnitState,
    put,
    set_to,
)

FINAL = "Final"

NOTHING = Entered()
"""What a row without a mark and a status enters."""

_ROUNDS = (
    ("qualification", "qualifying", "qualifications", "preliminary round", "preliminaries"),
    ("round 1", "first round", "heats", "heat"),
    ("round 2", "second round"),
    ("repechage", "repechages"),
    ("quarterfinal", "quarterfinals", "quarter-finals", "quarter-final"),
    ("semifinal", "semifinals", "semi-finals", "semi-final"),
    ("final b", "b final", "small final"),
    ("final", "finals", "final a", "a final"),
)
_ROUND = {name: place for place, names in enumerate(_ROUNDS) for name in names}
"""Rounds in their order, for a file may start with the final."""

_FINALS = {*_ROUNDS[-1]}

_WEIGHT = {Fate.UNCHANGED: 0, Fate.CHANGED: 1, Fate.NEW: 2}
"""Of two fates of a row the greater one is told."""


class EventMerge:
    """Takes the rows of one event one by one; `finish` then settles what they come to."""

    def __init__(
        self,
        desk: Desk,
        competition: CompetitionState,
        event_type: TypeState,
        known: KnownEvent | None,
        teams_by: TeamsBy,
    ) -> None:
        self._desk = desk
        self._competition = competition
        self._type = event_type
        inserts = desk.pending["event"]
        self.event = EventState(
            known.id if known else inserts.take_id(),
            event_type.form,
            known,
            known.classification if known else "",
            date=known.date if known else "",
            official_at=known.official_at if known else None,
        )
        if known is not None:
            self.event.load(desk.reads.known_field(known.id))
        self._entrants = Entrants(desk, self.event, event_type, teams_by)
        self._replacing = Replacing(desk, self.event)
        self._rulings = Rulings(desk, self.event, competition.start)
        self._said: Said | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything was said of the event."""
        return self._said is not None

    def finish(self) -> None:
        """Settle what the rows that were taken come to."""
        self._replacing.finish()
        if self._said is not None:
            parts = (self._desk, self._competition, self._type, self.event, self._said)
            Settlement(*parts).finish()

    def expect(self, rows: Iterable[TidyRow]) -> None:
        """Look at the rows that are to be taken, before any of them is."""
        self._entrants.expect(rows, self._competition.start)

    def order_phases(self, rows: Iterable[TidyRow]) -> None:
        """Add the phases that rows name: in the order of rounds where all are rounds."""
        rows = list(rows)
        names = dict.fromkeys(row.phase for row in rows if row.phase)
        if self._lacks_final(rows, names):
            names[FINAL] = None
        new = [name for name in names if fold(name) not in self.event.phases]
        if all(fold(name) in _ROUND for name in names):
            new.sort(key=lambda name: _ROUND[fold(name)])
        for name in new:
            self._add_phase(name)
        if new and self._desk.has_message(rows):
            self._reorder_phases()

    def _lacks_final(self, rows: Iterable[TidyRow], names: Iterable[str]) -> bool:
        """Whether a feed that names entries or medals is about rounds before a final: there will
        be one, in whichever order its messages come. A message of a book names all phases.
        """
        if not any(self._desk.of[number].enters_only for number in {row.source for row in rows}):
            return False
        is_of_book = any(row.facts.classification for row in rows)
        phases = {*self.event.phases, *map(fold, names)}
        return not is_of_book and phases <= _ROUND.keys() - _FINALS

    def _reorder_phases(self) -> None:
        """Put the rounds of a feed in their order: the final may be known before the heats."""
        phases = self.event.phases
        if not all(name in _ROUND for name in phases):
            return
        wanted = sorted(phases, key=_ROUND.__getitem__)
        first = next(n for n, name in enumerate(wanted) if phases[name].is_new)
        # Behind all positions that are taken, so that no two are the same on the way.
        free = 1 + max(phase.position for phase in phases.values())
        for position, name in enumerate(wanted[first:], start=free):
            phases[name].position = position

    def replace(self, scope: TidyRow) -> None:
        """What a message is about as a whole, before its rows are taken."""
        place = None
        if self._desk.of[scope.source].replaces is Replaces.UNITS:
            phase = self._phase(scope)
            place = (phase.id, self._unit(phase, scope))
            self._remember(scope, phase)
        self._replacing.begin(scope, place)
        self._said = self._said or Said(scope)
        self._said.sources.add(scope.source)
        if self._desk.of[scope.source].replaces is Replaces.MEDALS:
            self._said.medals = scope

    def take(self, row: TidyRow) -> Fate:
        """Lay one row over the event. Raises RowError, and changes nothing then."""
        desk, day = self._desk, self._competition.start
        nation = desk.nations.find(row.nation, day)
        if nation is None:
            raise RowError("nation", desk.nations.unknown(row.nation))
        if row.ruling is not None:
            return self._rulings.take(row, row.ruling, nation)
        entered = self._entered(row)
        self._refuse_outside(row)
        if self._is_of_team(row):
            return Fate.UNCHANGED
        is_member = row.member_of and not (entered != NOTHING or row.rank or row.medal)
        if is_member:
            self._entrants.refuse_unknown(row, nation)
        phase = self._phase(row)
        unit = self._unit(phase, row)
        place = (phase.id, unit)
        if team := self._entrants.team_name(row):
            entry, fate = self._entrants.team(row, nation, team, place, entered)
        else:
            entry, fate = self._entrants.single(row, nation, place, entered)
        self._remember(row, phase)
        desk.memberships.take(row, self._competition, nation)
        if is_member:
            return fate
        if self._desk.of[row.source].enters_only:
            return max(fate, self._enter(entry, row), key=_WEIGHT.__getitem__)
        return max(fate, self._give(entry, row, place, entered), key=_WEIGHT.__getitem__)

    def _is_of_team(self, row: TidyRow) -> bool:
        """Whether somebody is named among the entries who only is in a team of the event."""
        is_entry = self._desk.of[row.source].replaces is Replaces.ENTRIES
        is_team = self._type.is_team or self.event.by_team
        return is_entry and bool(is_team) and not (row.team or row.member_of)

    def _entered(self, row: TidyRow) -> Entered:
        if row.status and row.status not in self._desk.statuses:
            raise RowError("status", UnknownCode(what="status", code=row.status))
        if not row.mark:
            return Entered(status=row.status) if row.status else NOTHING
        try:
            entered = parse_entered(row.mark, self.event.form, self._desk.statuses)
        except MedalDeskError as error:
            raise RowError("mark", error) from error
        return Entered(entered.mark, entered.score, row.status or entered.status)

    def _refuse_outside(self, row: TidyRow) -> None:
        start, end = self._competition.start, self._competition.end
        if row.date and not (start <= row.date <= end or self._desk.of[row.source].enters_only):
            error = DateOutsideCompetition(date=row.date, start=start, end=end)
            raise RowError("date", error)

    def _phase(self, row: TidyRow) -> PhaseState:
        if row.phase:
            return self.event.phases[fold(row.phase)]
        return self.event.last_phase if self.event.phases else self._add_phase(FINAL)

    def _add_phase(self, name: str) -> PhaseState:
        position = 1 + max((p.position for p in self.event.phases.values()), default=0)
        key = self._desk.pending["phase"].take_id()
        phase = self.event.phases[fold(name)] = PhaseState(key, position, name, None, True)
        return phase

    def _unit(self, phase: PhaseState, row: TidyRow) -> int | None:
        if row.unit is None:
            return None
        key = (phase.id, row.unit)
        if key not in self.event.units:
            new = self._desk.pending["unit"].take_id()
            self.event.units[key] = UnitState(new, phase.id, row.unit, None, True)
        return self.event.units[key].id

    def _remember(self, row: TidyRow, phase: PhaseState) -> None:
        """What a row says of its event."""
        said = self._said = self._said or Said(row)
        said.sources.add(row.source)
        if row.medal and said.medals is None:
            said.medals = row
        if row.date and self._desk.of[row.source].enters_only:
            said.day = max(said.day, min(row.date, self._competition.end))
        elif row.date:
            phase.days[row.unit] = max(row.date, phase.days.get(row.unit, ""))
        said.official = said.official or row.facts.official
        said.method = said.method or row.facts.classification
        said.venue = said.venue or row.facts.venue
        tells_state = self._desk.of[row.source].says_official or self._desk.is_message(row)
        if row.medal and not tells_state:
            said.gives_medals = True

    def _give(self, entry: EntryState, row: TidyRow, place: Place, entered: Entered) -> Fate:
        """The facts of a row to its entry and result."""
        changed = self._enter(entry, row) is Fate.CHANGED
        place = entry.place(row.phase, place)
        result = entry.results.get(place) or self._elsewhere(entry, place, row)
        fate = Fate.UNCHANGED
        if result is None:
            result = entry.results[place] = ResultState(
                self._desk.pending["result"].take_id(), *place
            )
            fate = Fate.NEW
        changed |= self._write(result, row, entered)
        if result.expected and not result.given:
            changed = bool(result.changes)
        result.given = True
        return Fate.CHANGED if changed and fate is Fate.UNCHANGED else fate

    def _enter(self, entry: EntryState, row: TidyRow) -> Fate:
        """What a row says of an entry itself."""
        changed = bool(row.bib) and put(entry, "bib", row.bib)
        entry.claims = entry.claims or self._desk.of[row.source].says_medals
        if row.medal and entry.medal is None:
            entry.medal = Medal(row.medal)
        if self._desk.feed.decides(row.source):
            entry.rank = entry.rank or row.rank
            entry.unranked = entry.unranked or self._desk.is_message(row)
        entry.given = True
        return Fate.CHANGED if changed else Fate.UNCHANGED

    def _elsewhere(self, entry: EntryState, place: Place, row: TidyRow) -> ResultState | None:
        """A result that a row is about though it was in no unit yet, or in another."""
        phase, unit = place
        result = entry.results.get((phase, None))
        if unit is None or result is None or result.given:
            result = self._replacing.find(entry, phase, row)
        if result is None or unit is None or (result.unit and self._replacing.stays(row)):
            return result
        del entry.results[phase, result.unit]
        set_to(result, "unit", unit)
        entry.results[place] = result
        return result

    def _write(self, result: ResultState, row: TidyRow, entered: Entered) -> bool:
        changed = False
        if (mark := entered.mark) and (not result.given or result.mark is None):
            changed |= put(result, "mark", mark.value)
            changed |= put(result, "mark_decimals", mark.decimals)
        if entered.score:
            changed |= put(result, "score", entered.score)
        if entered.status:
            changed |= put(result, "status", entered.status)
        for column, name in self._desk.of[row.source].columns:
            changed |= put(result, name, getattr(row, column))
        source = self._desk.sources(row.from_source) or self._desk.feed.row_of.get(row.source)
        return changed | (source is not None and put(result, "source_id", source))
