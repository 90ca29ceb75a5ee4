"""Results, start lists and medallists: the rows of each event laid over the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.bulk import KnownEvent
from medaldesk.exchange.importing.corrections import Corrections
from medaldesk.exchange.importing.desk import Desk, Fate, SourceFacts, TeamsBy
from medaldesk.exchange.importing.disagreements import disagreements
from medaldesk.exchange.importing.entrants import count_shared
from medaldesk.exchange.importing.mapping import TeamRule
from medaldesk.exchange.importing.matching import Nations, People, folded
from medaldesk.exchange.importing.memberships import Memberships
from medaldesk.exchange.importing.merging import EventMerge
from medaldesk.exchange.importing.messages import ENTERS_ONLY
from medaldesk.exchange.importing.planning import Mapped, Planning, Sample
from medaldesk.exchange.importing.programme import CompetitionState, TypeState
from medaldesk.exchange.importing.rows import Replaces, RowError, RowReader, TidyRow
from medaldesk.exchange.importing.watch import Stage

_AS_THEY_ARE = {
    "order": "start_order",
    "lane": "lane",
    "tie_break": "tie_break",
    "time": "clock_time",
    "wind": "wind",
    "note": "note",
}
"""Columns of a row to those of `result` that they are written to."""


Key = tuple[CompetitionState, TypeState]


@dataclass(slots=True)
class ResultsPlanner:
    """Reads all rows, then settles event by event."""

    planning: Planning
    mapped: Sequence[Mapped]
    found: dict[int, Key | RowError] = field(default_factory=dict)
    scopes: dict[Key, list[TidyRow]] = field(default_factory=lambda: defaultdict(list))
    corrections: Corrections = field(init=False)
    desk: Desk = field(init=False)

    def run(self) -> None:
        """Add to the plan what the rows come to."""
        self.corrections = Corrections(self.planning)
        readers = {mapped[0]: RowReader(*mapped) for mapped in self.mapped}
        groups = self._read(readers)
        self.corrections.settle()
        self.desk = self._desk(readers)
        self._merge(groups)
        self._complete_athletes()

    def _desk(self, readers: Mapping[int, RowReader]) -> Desk:
        planning = self.planning
        reads, nations = planning.reads, planning.nations
        same: dict[tuple[str, int], tuple[str, int]] = {}
        people = People(reads, same)
        for _, _, mapping in self.mapped:
            for one, other in mapping.people.items():
                same[_person_key(one, nations, people)] = _person_key(other, nations, people)
        return Desk(
            reads=reads,
            pending=planning.pending,
            nations=nations,
            people=people,
            statuses={c: n for n, c in enumerate(reads.known_statuses(), start=1)},
            sources=planning.named_sources,
            venues=planning.named_venues,
            of=[self._facts(mapped, readers.get(mapped[0])) for mapped in planning.sources],
            doubts=planning.doubts,
            memberships=Memberships(reads, planning.pending, planning.doubts),
            feed=planning.feed,
        )

    def _facts(self, mapped: Mapped, reader: RowReader | None) -> SourceFacts:
        """What rows have to know of a source; it has no rows here without a reader."""
        number, source, mapping = mapped
        targets = reader.targets if reader else frozenset[str]()
        gives = reader.gives if reader else targets
        return SourceFacts(
            title=source.name,
            replaces=source.replaces,
            columns=[pair for pair in _AS_THEY_ARE.items() if pair[0] in gives],
            says_official="official" in targets,
            says_medals="medal" in targets,
            says_gender="athlete_gender" in targets,
            names_units="unit" in mapping.columns,
            enters_only=self._enters_only(number),
        )

    # First all rows are read, for what an event is shows only in all of them.

    def _read(self, readers: Mapping[int, RowReader]) -> dict[Key, list[TidyRow]]:
        groups: dict[Key, list[TidyRow]] = defaultdict(list)
        self.planning.watch.begins(Stage.READ)
        for number, place, cells in self.planning.rows_of(self.mapped):
            try:
                row = readers[number].read(place, cells)
                key = self._key(row)
            except RowError as error:
                self.planning.refuse(number, place, error)
                continue
            groups[key].append(row)
            if row.date:
                self._add_day(key[0], row)
        for number, source, _ in self.mapped:
            if source.replaces is not Replaces.NOTHING:
                self._add_scope(readers[number], source.replaces, groups)
        return groups

    def _add_day(self, competition: CompetitionState, row: TidyRow) -> None:
        """Note a day of a competition; that of entries or medals says little of when it is."""
        if row.date and (competition.is_new or not self._enters_only(row.source)):
            competition.days.add(row.date)

    def _enters_only(self, number: int) -> bool:
        """Whether a source is a message that knows of entries, but of no results."""
        message = self.planning.feed.messages[number]
        return message is not None and message.subject.tells in ENTERS_ONLY

    def _add_scope(
        self, reader: RowReader, replaces: Replaces, groups: dict[Key, list[TidyRow]]
    ) -> None:
        """Note which events a source is the whole of something of, even if no row names them."""
        try:
            row = reader.scope()
            if replaces is not Replaces.ENTRIES:
                keys = [self._key(row)]
            else:
                competition = self.planning.programme.competition(row.facts)
                keys = [(competition, found) for found in self._held(competition, row)]
        except RowError as error:
            self.planning.refuse(reader.number, 1, error)
            return
        for key in keys:
            self.scopes[key].append(row)
            groups[key] = groups.get(key, [])
            self._add_day(key[0], row)

    def _held(self, competition: CompetitionState, row: TidyRow) -> list[TypeState]:
        """The events of a discipline that the book has of a competition. Raises RowError."""
        types = {found.id: found for found in self.planning.programme.types_of(row.facts)}
        if competition.is_new:
            return []
        events = self.planning.reads.known_events(competition.id)
        return [types[event.event_type] for event in events if event.event_type in types]

    def _key(self, row: TidyRow) -> Key:
        """Competition and event type of a row. Raises RowError."""
        known = self.found.get(id(row.facts))
        if known is None:
            try:
                event_type = self.planning.programme.event_type(row.facts)
                known = (self.planning.programme.competition(row.facts), event_type)
                self.corrections.note(row, *known)
            except RowError as error:
                known = error
            self.found[id(row.facts)] = known
        if isinstance(known, RowError):
            raise known
        return known

    # Then event by event

    def _merge(self, groups: dict[Key, list[TidyRow]]) -> None:
        by_type: dict[TypeState, list[Key]] = defaultdict(list)
        for key in groups:
            by_type[key[1]].append(key)
        known = self._known_events({key[0] for key in groups})
        self.planning.watch.begins(Stage.MATCH)
        done, total = 0, len(groups)
        for event_type, keys in by_type.items():
            teams_by = self._settle_type(event_type, keys, groups)
            for key in keys:
                rows = groups.pop(key)
                done += 1
                self.planning.watch.step(done, total)
                said = rows or self.scopes[key]
                if teams_by is not None and self._settle_competition(key[0], said):
                    event = known.get((key[0].id, event_type.id))
                    self._event(EventMerge(self.desk, *key, event, teams_by), key, rows)
            if teams_by is not None and event_type.known is None and event_type.is_held:
                self.planning.programme.add_type(event_type)

    def _known_events(
        self, competitions: Iterable[CompetitionState]
    ) -> dict[tuple[int, int], KnownEvent]:
        return {
            (competition.id, event.event_type): event
            for competition in competitions
            if not competition.is_new
            for event in self.planning.reads.known_events(competition.id)
        }

    def _settle_type(
        self, event_type: TypeState, keys: Sequence[Key], groups: Mapping[Key, list[TidyRow]]
    ) -> TeamsBy | None:
        """What the type is, and what makes teams in it; None where its rows are refused."""
        rows = [row for key in keys for row in groups[key] or self.scopes[key]]
        rule = self.planning.sources[rows[0].source][2].teams
        if rule is TeamRule.NAMED:
            teams_by = TeamsBy.NAME
            is_team = any(row.team or row.member_of for row in rows)
        else:
            is_team = count_shared((id(key[0]), row) for key in keys for row in groups[key])
            teams_by = TeamsBy.MEDAL if is_team else TeamsBy.NOTHING
        try:
            marks = [row.mark for row in rows if row.mark]
            genders = {row.athlete_gender for row in rows} - {""}
            self.planning.programme.settle_type(event_type, marks, genders, is_team=is_team)
            of_feed = self.desk.has_message(rows)
            self.planning.programme.measure(event_type, rows, of_feed=of_feed)
            if of_feed:
                self.planning.programme.name_type(event_type)
        except RowError as error:
            self._refuse_all(rows, error)
            return None
        return teams_by

    def _settle_competition(self, competition: CompetitionState, rows: Sequence[TidyRow]) -> bool:
        try:
            self.planning.programme.settle_competition(competition)
            if self.desk.has_message(rows):
                self.planning.programme.lengthen(competition)
                self.planning.programme.complete(competition)
        except RowError as error:
            self._refuse_all(rows, error)
            return False
        return True

    def _refuse_all(self, rows: Iterable[TidyRow], error: RowError) -> None:
        for row in rows:
            self.planning.refuse(row.source, row.number, error)

    def _event(self, merge: EventMerge, key: Key, rows: Sequence[TidyRow]) -> None:
        scopes = self.scopes.get(key, [])
        merge.order_phases([*rows, *scopes])
        merge.expect(rows)
        for scope in scopes:
            merge.replace(scope)
        # What decisions are about has to be there first.
        for row in sorted(rows, key=_is_ruling):
            try:
                fate = merge.take(row)
            except RowError as error:
                self.planning.refuse(row.source, row.number, error)
                continue
            if self.planning.settle(fate):
                self._sample(row, fate, key[1])
        merge.finish()
        self.planning.doubts.extend(disagreements(rows, key[1].name))
        if merge.is_begun:
            key[1].is_held = True
            self.planning.programme.add_competition(key[0])

    def _sample(self, row: TidyRow, fate: Fate, event_type: TypeState) -> None:
        raw = row.written or row.mark
        self.planning.samples.append(
            Sample(
                row.source,
                row.number,
                fate,
                event_type.name,
                row.athlete or row.team,
                row.nation,
                raw,
                " ".join(filter(None, (row.mark, row.status, row.medal))),
            )
        )

    def _complete_athletes(self) -> None:
        """New people as they are known after all rows."""
        athletes = self.planning.pending["athlete"]
        athletes.rows = [
            (key, p.name, family, given, p.gender, p.birth_date, folded(p.name))
            for key, p, family, given in athletes.rows
        ]


def _is_ruling(row: TidyRow) -> bool:
    return row.ruling is not None


def _person_key(text: str, nations: Nations, people: People) -> tuple[str, int]:
    """`Name (RUS)` as people are known by. Raises UnknownCode."""
    name, _, code = text.rstrip(") ").rpartition("(")
    nation = nations.find(code, "9998-12-31")
    if nation is None:
        raise UnknownCode(what="nation", code=code)
    return (people.key(name.strip()), nation)
