"""Who competes in an event: the people and the teams of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from medaldesk.book.import_errors import TeamUnknown
from medaldesk.domain.marks import Entered
from medaldesk.exchange.importing.desk import Desk, Fate, TeamsBy
from medaldesk.exchange.importing.matching import Doubt, DoubtKind, Person, folded
from medaldesk.exchange.importing.names import parts_of
from medaldesk.exchange.importing.programme import TypeState
from medaldesk.exchange.importing.rows import RowError, TidyRow
from medaldesk.exchange.importing.states import (
    EntryState,
    EventState,
    Place,
    ResultState,
    put,
)


class Entrants:
    """Finds the entry that a row is about, or enters somebody; nobody is merged by a guess."""

    def __init__(
        self, desk: Desk, event: EventState, event_type: TypeState, teams_by: TeamsBy
    ) -> None:
        self._desk = desk
        self.event = event
        self._type = event_type
        self._teams_by = teams_by
        self._teams: dict[tuple[int, str], list[EntryState]] = {}
        self._named: set[tuple[int | None, str]] = set()

    def expect(self, rows: Iterable[TidyRow], day: str) -> None:
        """Note which teams rows are about, for a member may stand before its team."""
        find = self._desk.nations.find
        self._named |= {(find(row.nation, day), folded(row.team)) for row in rows if row.team}

    def refuse_unknown(self, row: TidyRow, nation: int) -> None:
        """A member of a team that is nowhere makes none. Raises RowError."""
        team = (nation, folded(row.member_of))
        if team not in self._named and team not in self.event.by_team:
            error = TeamUnknown(name=row.member_of, event=self._type.name)
            raise RowError("member_of", error)

    def team_name(self, row: TidyRow) -> str:
        """The team that a row is about, or that its athlete is in; empty for one alone."""
        if self._teams_by is TeamsBy.NAME:
            return row.member_of or row.team
        if self._teams_by is TeamsBy.MEDAL:
            return row.member_of or row.team or row.nation
        return row.member_of or ("" if row.athlete else row.team)

    def single(
        self, row: TidyRow, nation: int, place: Place, entered: Entered
    ) -> tuple[EntryState, Fate]:
        """The entry of an athlete, entered where they are not yet."""
        person = self._person(row, nation, place, entered)
        entry = self.event.by_athlete.get(person.id)
        if entry is not None:
            if not entry.given and entry.nation != nation:
                put(entry, "nation", nation)
            return entry, Fate.UNCHANGED
        key = self._desk.pending["entry"].take_id()
        printed = row.athlete if row.athlete != person.name else None
        return self.event.add(EntryState(key, nation, person.id, None, printed)), Fate.NEW

    def _person(self, row: TidyRow, nation: int, place: Place, entered: Entered) -> Person:
        """Who it is: somebody of the name and nation whom nothing contradicts, else a new one."""
        desk = self._desk
        gender = self._gender(row)
        fitting = [
            p for p in desk.people.of(row.athlete, nation) if p.can_be(gender, row.birth_date)
        ]
        if len(fitting) > 1:
            fitting = self._likeliest(fitting, row, nation)
        for person in fitting:
            entry = self.event.by_athlete.get(person.id)
            if entry is None or _agrees(entry, row, place, entered):
                return self._described(person, row)
        if fitting:
            self._doubt(DoubtKind.SAME_NAME, row, nation, fitting)
        elif namesakes := desk.people.elsewhere(row.athlete, nation):
            self._doubt(DoubtKind.OTHER_NATION, row, nation, namesakes)
        return self._newcomer(row, nation)

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

    def _told_gender(self, row: TidyRow) -> str | None:
        """What is kept of a new person: where a file says genders, no event says one for it."""
        says = self._desk.of[row.source].says_gender
        return row.athlete_gender or None if says else self._gender(row)

    def _described(self, person: Person, row: TidyRow) -> Person:
        """A new person is completed by what later rows say."""
        if person.is_new:
            person.gender = person.gender or self._told_gender(row)
            person.birth_date = person.birth_date or row.birth_date or None
        return person

    def _newcomer(self, row: TidyRow, nation: int) -> Person:
        desk, gender = self._desk, self._told_gender(row)
        key = desk.pending["athlete"].take_id()
        person = Person(key, row.athlete, gender, row.birth_date or None, nation, is_new=True)
        desk.people.add(person)
        family, given = row.family_name or None, row.given_name or None
        if family is None:
            given, family = parts_of(row.athlete)
        desk.pending["athlete"].rows.append((key, person, family, given))
        return person

    def _doubt(self, kind: DoubtKind, row: TidyRow, nation: int, others: Iterable[Person]) -> None:
        listed = tuple((p.name, p.nation, 0 if p.is_new else p.id) for p in others)
        self._desk.doubts.append(Doubt(kind, row.source, row.number, row.athlete, nation, listed))

    def team(
        self, row: TidyRow, nation: int, name: str, place: Place, entered: Entered
    ) -> tuple[EntryState, Fate]:
        """The team of a row, and its athlete as a member."""
        athlete = self._member(row, nation) if row.athlete else None
        met = self._teams.setdefault((nation, folded(name)), [])
        same = (e for e in met if self._same_team(e, row, place, entered))
        entry, fate = next(same, None), Fate.UNCHANGED
        if entry is None:
            if any(_results_differ(e, row, place, entered) for e in met):
                self._desk.doubts.append(
                    Doubt(DoubtKind.TWO_TEAMS, row.source, row.number, name, nation)
                )
            entry = self._known_team(
                nation, name, athlete, lambda e: _is_like(e, row, place, entered)
            )
            if entry is None:
                new = EntryState(self._desk.pending["entry"].take_id(), nation, None, name)
                entry, fate = self.event.add(new), Fate.NEW
            met.append(entry)
        if athlete is not None:
            entry.named.add(athlete)
        if athlete is not None and athlete not in entry.members:
            entry.members[athlete] = True
            fate = Fate.NEW
        return entry, fate

    def _same_team(self, entry: EntryState, row: TidyRow, place: Place, entered: Entered) -> bool:
        """Whether a row can be about a team that rows before it were about.

        Where a medal is what makes a team, those without one are one team.
        """
        if self._teams_by is TeamsBy.MEDAL:
            return (entry.medal or "") == row.medal
        return _agrees(entry, row, place, entered)

    def _known_team(
        self, nation: int, name: str, athlete: int | None, is_like: Callable[[EntryState], bool]
    ) -> EntryState | None:
        """A team of the book that no other rows stand for: the one the athlete is in, else the
        one that is like the row.
        """
        taken = {id(entry) for entry in self._teams[nation, folded(name)]}
        free = [
            entry
            for entry in self.event.by_team.get((nation, folded(name)), ())
            if id(entry) not in taken
        ]
        mine = [entry for entry in free if athlete in entry.members]
        empty = [entry for entry in free if athlete is None or not entry.members]
        empty.sort(key=is_like, reverse=True)
        return next(iter(mine or empty or (free if len(free) == 1 else ())), None)

    def _member(self, row: TidyRow, nation: int) -> int:
        people, gender = self._desk.people, self._gender(row)
        fitting = [p for p in people.of(row.athlete, nation) if p.can_be(gender, row.birth_date)]
        if len(fitting) > 1:
            members = {m for entry in self.event.entries for m in entry.members}
            here = [p for p in fitting if p.id in members]
            fitting = here or self._likeliest(fitting, row, nation)
        if fitting:
            return self._described(fitting[0], row).id
        if namesakes := people.elsewhere(row.athlete, nation):
            self._doubt(DoubtKind.OTHER_NATION, row, nation, namesakes)
        return self._newcomer(row, nation).id


Pair = tuple[object, object]
"""The same of two things that may be one."""


def _agrees(entry: EntryState, row: TidyRow, place: Place, entered: Entered) -> bool:
    """Whether a row can be about an entry that a row before it was about.

    The bib of a member of a team is not that of the team.
    """
    if not entry.given:
        return True
    bib = row.bib if entry.athlete is not None or not row.athlete else ""
    pairs: list[Pair] = [(entry.bib, bib), (entry.rank, row.rank), (entry.medal, row.medal)]
    differ = any(one and other and one != other for one, other in pairs)
    return not differ and not _results_differ(entry, row, place, entered)


def _results_differ(entry: EntryState, row: TidyRow, place: Place, entered: Entered) -> bool:
    """Whether a row before gave the entry another result in the phase of a row."""
    result = entry.results.get(entry.place(row.phase, place))
    if result is None or not result.given:
        return False
    pairs = _results(result, entered)
    return any(one and other and one != other for one, other in pairs)


def _is_like(entry: EntryState, row: TidyRow, place: Place, entered: Entered) -> bool:
    """Whether an entry of the book has the bib, the rank or the result of a row."""
    result = entry.results.get(entry.place(row.phase, place))
    pairs: list[Pair] = [(entry.bib, row.bib), (entry.typed_rank, row.rank)]
    pairs += _results(result, entered) if result is not None else []
    return any(one and one == other for one, other in pairs)


def _results(result: ResultState, entered: Entered) -> list[Pair]:
    return [
        (result.mark, entered.mark.value if entered.mark else None),
        (result.score, entered.score),
        (result.status, entered.status),
    ]


def count_shared(rows: Iterable[tuple[int, TidyRow]]) -> bool:
    """Whether most medals of a nation in an event went to several rows: a team event."""
    groups = Counter((key, row.nation, row.medal) for key, row in rows if row.medal)
    shared = sum(count > 1 for count in groups.values())
    return 2 * shared > len(groups)
