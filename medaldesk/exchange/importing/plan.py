"""What an import would do to a book: read, recognised, matched; nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.bulk import KnownEvent
from medaldesk.exchange.importing.desk import Desk, Fate, TeamsBy
from medaldesk.exchange.importing.entrants import count_shared
from medaldesk.exchange.importing.mapping import ImportMapping, TeamRule
from medaldesk.exchange.importing.matching import Doubt, Nations, People, folded
from medaldesk.exchange.importing.merging import EventMerge
from medaldesk.exchange.importing.pending import Delete, Inserts, Named, Pending, Update
from medaldesk.exchange.importing.programme import CompetitionState, Programme, TypeState
from medaldesk.exchange.importing.rows import (
    Problem,
    RowError,
    RowReader,
    Source,
    TidyRow,
)
from medaldesk.exchange.importing.watch import Watch, without_collector

SAMPLES = 200
"""A plan shows so many rows of each fate."""

EVERY = 1_000
"""After so many rows somebody is told, and asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table are new, changed, found as they are, or gone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of a file and what becomes of it: who, in which event, and the mark as it will be."""

    source: int
    row: int
    fate: Fate
    event: str
    name: str
    nation: str
    written: str
    result: str


@dataclass(slots=True)
class Plan:
    """What one edit would make of files; `journal` is the state of the book it was made for.

    `counts` are by table, `rows` those of the files by fate. `problems` are rows that are not
    taken, `doubts` rows that are, but should be looked at.
    """

    journal: int
    titles: tuple[str, ...]
    inserts: Mapping[str, Inserts]
    updates: Sequence[Update]
    deletes: Sequence[Delete]
    counts: Mapping[str, Count]
    rows: Mapping[Fate, int]
    problems: Sequence[Problem]
    doubts: Sequence[Doubt]
    samples: Sequence[Sample]

    @property
    def changes_anything(self) -> bool:
        return bool(self.updates or self.deletes) or any(
            inserts.rows for inserts in self.inserts.values()
        )

    @property
    def taken(self) -> int:
        """How many rows of the files are taken, those that change nothing among them."""
        return sum(self.rows.values())

    @property
    def total(self) -> int:
        """How many rows would be written."""
        changed = len(self.updates) + len(self.deletes)
        return changed + sum(len(inserts.rows) for inserts in self.inserts.values())


def make_plan(
    reads: Reads,
    sources: Sequence[tuple[Source, ImportMapping]],
    watch: Watch | None = None,
) -> Plan:
    """Read sources by their mappings and compare them with a book.

    Raises ColumnMissing, ImportCancelled, and what reading the files raises.
    """
    with without_collector():
        return _Planner(reads, sources, watch or Watch()).plan()


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
class _Planner:
    reads: Reads
    sources: Sequence[tuple[Source, ImportMapping]]
    watch: Watch
    problems: list[Problem] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)
    pending: Pending = field(init=False)
    programme: Programme = field(init=False)
    desk: Desk = field(init=False)

    def plan(self) -> Plan:
        journal = self.reads.last_journal()
        self.pending = Pending(self.reads.next_ids())
        self.programme = Programme(self.reads, self.pending)
        readers = [
            RowReader(number, source, mapping)
            for number, (source, mapping) in enumerate(self.sources)
        ]
        groups = self._read(readers)
        self.desk = self._desk(readers)
        self._merge(groups)
        self._complete_athletes()
        self.pending.finish()
        return Plan(
            journal,
            tuple(source.name for source, _ in self.sources),
            self.pending.inserts,
            self.pending.updates,
            self.pending.deletes,
            _counts(self.pending),
            dict(self.fates),
            sorted(self.problems, key=lambda p: (p.source, p.row)),
            self.desk.doubts,
            self.samples,
        )

    def _desk(self, readers: Sequence[RowReader]) -> Desk:
        nations = Nations(self.reads.known_codes())
        same: dict[tuple[str, int], tuple[str, int]] = {}
        people = People(self.reads, same)
        for _, mapping in self.sources:
            for one, other in mapping.people.items():
                same[_person_key(one, nations, people)] = _person_key(other, nations, people)
        return Desk(
            reads=self.reads,
            pending=self.pending,
            nations=nations,
            people=people,
            statuses={c: n for n, c in enumerate(self.reads.known_statuses(), start=1)},
            sources=Named(self.reads.known_names("source"), self.pending["source"]),
            venues=Named(self.reads.known_names("venue"), self.pending["venue"]),
            says_official=["official" in reader.targets for reader in readers],
            says_medals=["medal" in reader.targets for reader in readers],
            titles=[source.name for source, _ in self.sources],
            columns=[
                [pair for pair in _AS_THEY_ARE.items() if pair[0] in reader.gives]
                for reader in readers
            ],
            doubts=[],
        )

    # First all rows are read, for what an event is shows only in all of them.

    def _read(self, readers: Sequence[RowReader]) -> dict[Key, list[TidyRow]]:
        groups: dict[Key, list[TidyRow]] = defaultdict(list)
        found: dict[int, Key | RowError] = {}
        done, total = 0, sum(source.lines for source, _ in self.sources)
        for reader, (source, _) in zip(readers, self.sources, strict=True):
            for number, cells in source.rows():
                done += 1
                if not done % EVERY:
                    self.watch.step(done, max(done, total))
                try:
                    row = reader.read(number, cells)
                    key = self._key(row, found)
                except RowError as error:
                    self._refuse(reader.number, number, error)
                    continue
                groups[key].append(row)
                if row.date:
                    key[0].days.add(row.date)
        return groups

    def _key(self, row: TidyRow, found: dict[int, Key | RowError]) -> Key:
        """Competition and event type of a row. Raises RowError."""
        known = found.get(id(row.facts))
        if known is None:
            try:
                event_type = self.programme.event_type(row.facts)
                known = (self.programme.competition(row.facts), event_type)
            except RowError as error:
                known = error
            found[id(row.facts)] = known
        if isinstance(known, RowError):
            raise known
        return known

    def _refuse(self, source: int, row: int, error: RowError) -> None:
        self.problems.append(Problem(source, row, error.column, error.error))

    # Then event by event

    def _merge(self, groups: dict[Key, list[TidyRow]]) -> None:
        by_type: dict[TypeState, list[Key]] = defaultdict(list)
        for key in groups:
            by_type[key[1]].append(key)
        known = self._known_events({key[0] for key in groups})
        done, total = 0, len(groups)
        for event_type, keys in by_type.items():
            teams_by = self._settle_type(event_type, keys, groups)
            for key in keys:
                rows = groups.pop(key)
                done += 1
                self.watch.step(done, total)
                if teams_by is not None and self._settle_competition(key[0], rows):
                    event = known.get((key[0].id, event_type.id))
                    self._event(EventMerge(self.desk, *key, event, teams_by), key, rows)
            if teams_by is not None and event_type.known is None and event_type.is_held:
                self.programme.add_type(event_type)

    def _known_events(
        self, competitions: Iterable[CompetitionState]
    ) -> dict[tuple[int, int], KnownEvent]:
        return {
            (competition.id, event.event_type): event
            for competition in competitions
            if not competition.is_new
            for event in self.reads.known_events(competition.id)
        }

    def _settle_type(
        self, event_type: TypeState, keys: Sequence[Key], groups: Mapping[Key, list[TidyRow]]
    ) -> TeamsBy | None:
        """What the type is, and what makes teams in it; None where its rows are refused."""
        rows = [row for key in keys for row in groups[key]]
        rule = self.sources[rows[0].source][1].teams
        if rule is TeamRule.NAMED:
            teams_by = TeamsBy.NAME
            is_team = any(row.team or row.member_of for row in rows)
        else:
            is_team = count_shared((id(key[0]), row) for key in keys for row in groups[key])
            teams_by = TeamsBy.MEDAL if is_team else TeamsBy.NOTHING
        try:
            self.programme.settle_type(event_type, rows, is_team=is_team)
        except RowError as error:
            self._refuse_all(rows, error)
            return None
        return teams_by

    def _settle_competition(self, competition: CompetitionState, rows: Sequence[TidyRow]) -> bool:
        try:
            self.programme.settle_competition(competition)
        except RowError as error:
            self._refuse_all(rows, error)
            return False
        return True

    def _refuse_all(self, rows: Iterable[TidyRow], error: RowError) -> None:
        for row in rows:
            self._refuse(row.source, row.number, error)

    def _event(self, merge: EventMerge, key: Key, rows: Sequence[TidyRow]) -> None:
        merge.order_phases(rows)
        for row in rows:
            try:
                fate = merge.take(row)
            except RowError as error:
                self._refuse(row.source, row.number, error)
                continue
            self.fates[fate] += 1
            if self.fates[fate] <= SAMPLES:
                self._sample(row, fate, key[1])
        merge.finish()
        key[1].is_held = key[1].is_held or merge.is_begun

    def _sample(self, row: TidyRow, fate: Fate, event_type: TypeState) -> None:
        raw = row.written or row.mark
        self.samples.append(
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
        athletes = self.pending["athlete"]
        athletes.rows = [
            (key, p.name, family, given, p.gender, p.birth_date, folded(p.name))
            for key, p, family, given in athletes.rows
        ]


def _person_key(text: str, nations: Nations, people: People) -> tuple[str, int]:
    """`Name (RUS)` as people are known by. Raises UnknownCode."""
    name, _, code = text.rstrip(") ").rpartition("(")
    nation = nations.find(code, "9998-12-31")
    if nation is None:
        raise UnknownCode(what="nation", code=code)
    return (people.key(name.strip()), nation)


def _counts(pending: Pending) -> dict[str, Count]:
    changed = Counter(update.table for update in pending.updates)
    gone = Counter(delete.table for delete in pending.deletes)
    return {
        table: Count(len(inserts.rows), changed[table], pending.unchanged[table], gone[table])
        for table, inserts in pending.inserts.items()
    }
