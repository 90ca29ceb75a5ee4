"""The rows of one event laid over what the book has of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from medaldesk.book.errors import DateOutsideCompetition, UnknownCode
from medaldesk.book.reads.bulk import BulkReads, KnownEvent
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Entered, parse_entered
from medaldesk.domain.medals import MEDAL_OF_RANK, Medal
from medaldesk.domain.names import fold, split_name
from medaldesk.exchange.importing.matching import Doubt, DoubtKind, Nations, People, Person
from medaldesk.exchange.importing.medals import differing, method_for, ranks_of, standing
from medaldesk.exchange.importing.pending import Named, Pending
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.rows import RowError, TidyRow
from medaldesk.exchange.importing.states import (
    EntryState,
    EventState,
    PhaseState,
    ResultState,
    UnitState,
    put,
)

FINAL = "Final"

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


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class TeamsBy(StrEnum):
    """What makes rows of athletes members of one team: its name, its medal, or nothing."""

    NAME = "name"
    MEDAL = "medal"
    NOTHING = "nothing"


@dataclass(slots=True)
class Desk:
    """What the rows of all events share while a plan is made.

    By number of the source: `says_official` and `says_medals`, whether it has such a column, and
    `titles`, its name. Where none says which events are official, one is so on the day of its
    medals.
    """

    reads: BulkReads
    pending: Pending
    nations: Nations
    people: People
    statuses: Mapping[str, int]
    sources: Named
    venues: Named
    says_official: Sequence[bool]
    says_medals: Sequence[bool]
    titles: Sequence[str]
    doubts: list[Doubt]


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
        self._teams: dict[tuple[int, str, str], EntryState] = {}
        self._teams_by = teams_by
        self._first: TidyRow | None = None
        self._official = ""
        self._method_given = ""
        self._venue = ""
        self._starts_medals = False

    def order_phases(self, rows: Iterable[TidyRow]) -> None:
        """Add the phases that rows name: in the order of rounds where all are rounds."""
        names = dict.fromkeys(row.phase for row in rows if row.phase)
        new = [name for name in names if fold(name) not in self.event.phases]
        if all(fold(name) in _ROUND for name in names):
            new.sort(key=lambda name: _ROUND[fold(name)])
        for name in new:
            self._add_phase(name)

    def take(self, row: TidyRow) -> Fate:
        """Lay one row over the event. Raises RowError, and changes nothing then."""
        desk, day = self._desk, self._competition.start
        nation = desk.nations.find(row.nation, day)
        if nation is None:
            raise RowError("nation", UnknownCode(what="nation", code=row.nation))
        entered = self._entered(row)
        self._refuse_outside(row)
        phase = self._phase(row)
        unit = self._unit(phase, row)
        place = (phase.id, unit)
        if team := self._team_name(row):
            entry, fate = self._team(row, nation, team, place)
        else:
            entry, fate = self._single(row, nation, place)
        self._remember(row, phase)
        if row.member_of and not (entered != Entered() or row.rank or row.medal):
            return fate
        return max(fate, self._give(entry, row, place, entered), key=_WEIGHT.__getitem__)

    def _team_name(self, row: TidyRow) -> str:
        """The team that a row is about, or that its athlete is in; empty for one alone."""
        if self._teams_by is TeamsBy.NAME:
            return row.member_of or row.team
        if self._teams_by is TeamsBy.MEDAL:
            return row.member_of or row.team or row.nation
        return row.member_of or ("" if row.athlete else row.team)

    # Rows

    def _entered(self, row: TidyRow) -> Entered:
        if row.status and row.status not in self._desk.statuses:
            raise RowError("status", UnknownCode(what="status", code=row.status))
        if not row.mark:
            return Entered(status=row.status or None)
        try:
            entered = parse_entered(row.mark, self.event.form, self._desk.statuses)
        except MedalDeskError as error:
            raise RowError("mark", error) from error
        return Entered(entered.mark, entered.score, row.status or entered.status)

    def _refuse_outside(self, row: TidyRow) -> None:
        start, end = self._competition.start, self._competition.end
        if row.date and not start <= row.date <= end:
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
        self._first = self._first or row
        if row.date:
            phase.days[row.unit] = max(row.date, phase.days.get(row.unit, ""))
        self._official = self._official or row.facts.official
        self._method_given = self._method_given or row.facts.classification
        self._venue = self._venue or row.facts.venue
        if row.medal and not self._desk.says_official[row.source]:
            self._starts_medals = True

    def _give(
        self, entry: EntryState, row: TidyRow, place: tuple[int, int | None], entered: Entered
    ) -> Fate:
        """The facts of a row to its entry and result."""
        changed = put(entry, "bib", row.bib)
        entry.claims = entry.claims or self._desk.says_medals[row.source]
        if row.medal and entry.medal is None:
            entry.medal = Medal(row.medal)
        entry.rank = entry.rank or row.rank
        entry.given = True
        result = entry.results.get(place)
        fate = Fate.UNCHANGED
        if result is None:
            result = self._result(entry, place)
            fate = Fate.NEW
        changed |= self._write(result, row, entered)
        result.given = True
        return Fate.CHANGED if changed and fate is Fate.UNCHANGED else fate

    def _result(self, entry: EntryState, place: tuple[int, int | None]) -> ResultState:
        """A result of an entry in a place; one that was in no unit yet is put into it."""
        phase, unit = place
        loose = entry.results.get((phase, None))
        if unit is not None and loose is not None and not loose.given and not loose.has_mark:
            del entry.results[phase, None]
            put(loose, "unit", unit)
            entry.results[place] = loose
            return loose
        result = entry.results[place] = ResultState(
            self._desk.pending["result"].take_id(), phase, unit
        )
        return result

    def _write(self, result: ResultState, row: TidyRow, entered: Entered) -> bool:
        changed = False
        if mark := entered.mark:
            if not result.given or result.mark is None:
                changed |= put(result, "mark", mark.value)
                changed |= put(result, "mark_decimals", mark.decimals)
        for name, value in (
            ("score", entered.score),
            ("status", entered.status),
            ("start_order", row.order),
            ("lane", row.lane),
            ("tie_break", row.tie_break),
            ("clock_time", row.time),
            ("wind", row.wind),
            ("note", row.note),
        ):
            if value is not None and value != "":
                changed |= put(result, name, value)
        if row.from_source:
            changed |= put(result, "source_id", self._desk.sources(row.from_source))
        return changed

    # Who

    def _single(
        self, row: TidyRow, nation: int, place: tuple[int, int | None]
    ) -> tuple[EntryState, Fate]:
        person = self._person(row, nation, place)
        entry = self.event.by_athlete.get(person.id)
        if entry is not None:
            if not entry.given and entry.nation != nation:
                put(entry, "nation", nation)
            return entry, Fate.UNCHANGED
        key = self._desk.pending["entry"].take_id()
        printed = row.athlete if row.athlete != person.name else None
        return self.event.add(EntryState(key, nation, person.id, None, printed)), Fate.NEW

    def _person(self, row: TidyRow, nation: int, place: tuple[int, int | None]) -> Person:
        desk = self._desk
        gender = self._gender(row)
        fitting = [
            p for p in desk.people.of(row.athlete, nation) if p.can_be(gender, row.birth_date)
        ]
        if len(fitting) > 1:
            fitting = self._likeliest(fitting, row, nation)
        for person in fitting:
            entry = self.event.by_athlete.get(person.id)
            if entry is None or _agrees(entry, row, place, self._entered(row)):
                return self._described(person, gender, row)
        if fitting:
            self._doubt(DoubtKind.SAME_NAME, row, nation, fitting)
        elif namesakes := desk.people.elsewhere(row.athlete, nation):
            self._doubt(DoubtKind.OTHER_NATION, row, nation, namesakes)
        return self._newcomer(row, nation, gender)

    def _likeliest(self, people: list[Person], row: TidyRow, nation: int) -> list[Person]:
        """Those entered here, then those who did this event before."""
        career = list(self._desk.people.by_career(people, self._type.id))
        here = [p for p in career if p.id in self.event.by_athlete]
        if not here and not all(p.is_new for p in people):
            self._doubt(DoubtKind.SEVERAL, row, nation, people)
        return here + [p for p in career if p.id not in self.event.by_athlete]

    def _gender(self, row: TidyRow) -> str | None:
        gender = row.athlete_gender or self._type.gender
        return gender if gender in ("M", "W") or row.athlete_gender else None

    def _described(self, person: Person, gender: str | None, row: TidyRow) -> Person:
        """A new person is completed by what later rows say."""
        if person.is_new:
            person.gender = person.gender or gender
            person.birth_date = person.birth_date or row.birth_date or None
        return person

    def _newcomer(self, row: TidyRow, nation: int, gender: str | None) -> Person:
        desk = self._desk
        key = desk.pending["athlete"].take_id()
        person = Person(key, row.athlete, gender, row.birth_date or None, nation, is_new=True)
        desk.people.add(person)
        family, given = row.family_name or None, row.given_name or None
        if family is None:
            given, family = split_name(row.athlete)
        desk.pending["athlete"].rows.append((key, person, family, given))
        return person

    def _doubt(self, kind: DoubtKind, row: TidyRow, nation: int, others: Iterable[Person]) -> None:
        listed = tuple((p.name, p.nation, 0 if p.is_new else p.id) for p in others)
        self._desk.doubts.append(Doubt(kind, row.source, row.number, row.athlete, nation, listed))

    def _team(
        self, row: TidyRow, nation: int, name: str, place: tuple[int, int | None]
    ) -> tuple[EntryState, Fate]:
        """The team of a row, and its athlete as a member."""
        athlete = self._member(row, nation) if row.athlete else None
        medal = row.medal if self._teams_by is TeamsBy.MEDAL else ""
        key = (nation, fold(name), medal)
        entry, fate = self._teams.get(key), Fate.UNCHANGED
        if entry is None:
            entry = self._known_team(nation, name, athlete)
            if entry is None:
                new = EntryState(self._desk.pending["entry"].take_id(), nation, None, name)
                entry, fate = self.event.add(new), Fate.NEW
            self._teams[key] = entry
        if athlete is not None and athlete not in entry.members:
            entry.members[athlete] = True
            fate = Fate.NEW
        return entry, fate

    def _known_team(self, nation: int, name: str, athlete: int | None) -> EntryState | None:
        """A team of the book that no other rows stand for: the one the athlete is in."""
        taken = {id(entry) for entry in self._teams.values()}
        free = [
            entry
            for entry in self.event.by_team.get((nation, fold(name)), ())
            if id(entry) not in taken
        ]
        mine = [entry for entry in free if athlete in entry.members]
        empty = [entry for entry in free if athlete is None or not entry.members]
        return next(iter(mine or empty or (free if len(free) == 1 else ())), None)

    def _member(self, row: TidyRow, nation: int) -> int:
        people, gender = self._desk.people, self._gender(row)
        fitting = [p for p in people.of(row.athlete, nation) if p.can_be(gender, row.birth_date)]
        if len(fitting) > 1:
            members = {m for entry in self.event.entries for m in entry.members}
            here = [p for p in fitting if p.id in members]
            fitting = here or self._likeliest(fitting, row, nation)
        if fitting:
            return self._described(fitting[0], gender, row).id
        if namesakes := people.elsewhere(row.athlete, nation):
            self._doubt(DoubtKind.OTHER_NATION, row, nation, namesakes)
        return self._newcomer(row, nation, gender).id

    # The end

    @property
    def is_begun(self) -> bool:
        """Whether any row was taken."""
        return self._first is not None

    def finish(self) -> None:
        """Settle days, classification, ranks and medals, and pass on what is to be written."""
        if self._first is None:
            return
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
        if self._official:
            event.official_at = self._official
        elif self._starts_medals and event.official_at is None:
            event.official_at = event.date

    def _any_day(self) -> str:
        days = [day for phase in self.event.phases.values() for day in phase.days.values()]
        return max(days, default="") or self._official_inside()

    def _official_inside(self) -> str:
        inside = self._competition.start <= self._official <= self._competition.end
        return self._official if inside else ""

    def _settle_method(self) -> None:
        """How the event is classified: as it is, as the file says, or as its ranks show."""
        event = self.event
        usual = self._type.classification or Classification.FINAL.value
        if event.known is None:
            event.method = self._method_given or self._method(usual)
        published = any(e.rank or e.medal for e in event.entries)
        if published and not event.has_marks and not self._method_given:
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
        if other and not self._method_given:
            self._doubt_ranks(other)
            other = {}
        return {key: (other.get(key), medals.get(key)) for key in {**other, **medals}}

    def _doubt_ranks(self, ranks: Mapping[int, int]) -> None:
        assert self._first is not None
        row = self._first
        name = row.facts.event_name or row.facts.event
        nation = next(e.nation for e in self.event.entries if e.id in ranks)
        self._desk.doubts.append(Doubt(DoubtKind.OTHER_RANK, row.source, row.number, name, nation))

    def _emit_event(self) -> None:
        event, pending = self.event, self._desk.pending
        venue = self._desk.venues(self._venue)
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
        assert self._first is not None
        title = self._first.from_source or self._desk.titles[self._first.source]
        day = max(self.event.official_at or "", self.event.date)
        reason = f"Medal as published in {title}"
        decision = self._desk.pending["decision"].add(self.event.id, day, title, reason)
        for entry, (rank, medal) in sorted(lines.items()):
            sets_rank = int(rank is not None)
            line = (decision, self.event.id, entry, sets_rank, rank, medal)
            self._desk.pending["decision_line"].add(*line)


_WEIGHT = {Fate.UNCHANGED: 0, Fate.CHANGED: 1, Fate.NEW: 2}

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


def _agrees(
    entry: EntryState, row: TidyRow, place: tuple[int, int | None], entered: Entered
) -> bool:
    """Whether a row can be about an entry that a row before it was about."""
    if not entry.given:
        return True
    pairs: list[tuple[object, object]] = [
        (entry.bib, row.bib),
        (entry.rank, row.rank),
        (entry.medal, row.medal),
    ]
    result = entry.results.get(place)
    if result is not None and result.given:
        pairs.append((result.mark, entered.mark.value if entered.mark else None))
        pairs.append((result.score, entered.score))
        pairs.append((result.status, entered.status))
    return all(not one or not other or one == other for one, other in pairs)


def count_shared(rows: Iterable[tuple[int, TidyRow]]) -> bool:
    """Whether most medals of a nation in an event went to several rows: a team event."""
    groups = Counter((key, row.nation, row.medal) for key, row in rows if row.medal)
    shared = sum(count > 1 for count in groups.values())
    return 2 * shared > len(groups)
