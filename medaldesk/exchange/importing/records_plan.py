"""A table of records laid over the lists of the book (RULES R22, R26)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.bulk import KnownMark
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Mark, parse_mark
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.planning import Mapped, Planning, Sample
from medaldesk.exchange.importing.programme import TypeState
from medaldesk.exchange.importing.records_lists import ListState, Scope, TakenRow, check_ruling
from medaldesk.exchange.importing.records_marks import Marks, find_mark, marks_of
from medaldesk.exchange.importing.records_rows import RecordLine, RecordReader, RecordRow
from medaldesk.exchange.importing.rows import RowError
from medaldesk.exchange.importing.watch import Stage

LATEST = "9998-12-31"

NO_MARK = Mark(0, 0)
"""That of a row that tells of its list alone; nobody reads it."""

OF_GAMES = ("OR", "OB", "GR", "PR", "CR")
"""Codes of the kinds that count in a series of competitions."""

OWN_SCOPE = "own"
"""The scope of a kind of record that a file brings."""


class RecordsPlanner:
    """Reads all rows, then settles list by list."""

    def __init__(self, planning: Planning, mapped: Sequence[Mapped]) -> None:
        self._planning = planning
        self._mapped = mapped
        reads = planning.reads
        self._kinds: dict[str, int] = {}
        known = reads.known("record_kind")
        for key, code, name in known:
            self._kinds.setdefault(fold(name), key)
            self._kinds.setdefault(fold(code), key)
        # Codes may differ by case alone: AR is no AsR, and ar is none of them.
        self._kinds |= {code: key for key, code, _ in known}
        self._of_games = {self._kinds.get(code) for code in OF_GAMES}
        self._names_series: set[int] = set()
        self._lists: list[ListState] = []

    def run(self) -> None:
        """Add to the plan what the rows come to. Raises ColumnMissing, ImportCancelled."""
        planning = self._planning
        by_type = self._read()
        planning.watch.begins(Stage.MATCH)
        self._load(by_type)
        marks = marks_of(planning, {state.id for state in by_type if state.id})
        for done, (event_type, rows) in enumerate(by_type.items()):
            planning.watch.step(done, len(by_type))
            groups: dict[ListState, list[TakenRow]] = defaultdict(list)
            known = marks.get(event_type.id, {})
            for row in self._settled(event_type, rows):
                self._take(row, event_type, known, groups)
            for found, taken in groups.items():
                self._settle(found, taken, event_type, known)

    def _read(self) -> dict[TypeState, list[RecordRow]]:
        planning = self._planning
        readers = {mapped[0]: RecordReader(mapped) for mapped in self._mapped}
        self._names_series = {n for n, reader in readers.items() if reader.names_series}
        by_type: dict[TypeState, list[RecordRow]] = defaultdict(list)
        planning.watch.begins(Stage.READ)
        for number, place, cells in planning.rows_of(self._mapped):
            try:
                row = readers[number].read(place, cells)
                self._refuse_unknown(row)
                by_type[planning.programme.event_type(row.facts)].append(row)
            except RowError as error:
                planning.refuse(number, place, error)
        _forget_untold([row for rows in by_type.values() for row in rows])
        return by_type

    def _refuse_unknown(self, row: RecordRow) -> None:
        """Raises RowError for a kind that nobody knows and the row does not name."""
        if self._kind(row) is None and not row.kind_name:
            raise RowError("record", UnknownCode(what="record_kind", code=row.kind))
        of = row.narrows.get("of_nation", "")
        if of and self._planning.nations.find(of, LATEST) is None:
            raise RowError("of_nation", UnknownCode(what="nation", code=of))

    def _kind(self, row: RecordRow) -> int | None:
        return self._kinds.get(row.kind) or self._kinds.get(fold(row.kind))

    def _load(self, types: Mapping[TypeState, Sequence[RecordRow]]) -> None:
        """The lists of the book for some event types, with all that stands beside them."""
        reads = self._planning.reads
        forms = {state.id: state.form for state in types if state.known}
        found = {
            known.id: ListState.of(known, forms[known.event_type])
            for known in reads.known_record_lists()
            if known.event_type in forms
        }
        for baseline in reads.known_baselines():
            if baseline.record_list in found:
                found[baseline.record_list].baseline = baseline
        for line in reads.known_published():
            if line.record_list in found:
                found[line.record_list].published.append(line)
        for ruling in reads.known_rulings():
            if ruling.record_list in found:
                found[ruling.record_list].rulings.append(ruling)
        self._lists = [*found.values()]

    def _settled(self, event_type: TypeState, rows: Sequence[RecordRow]) -> Sequence[RecordRow]:
        """The rows of an event type, which is added where it is new; none where it cannot be."""
        programme = self._planning.programme
        try:
            if event_type.known is None and not event_type.id:
                is_team = any(row.is_team for row in rows)
                marks = [row.mark for row in rows if row.mark]
                programme.settle_type(event_type, marks, (), is_team=is_team)
            programme.measure(event_type, rows, of_feed=False)
            if event_type.known is None and not event_type.is_added:
                programme.add_type(event_type)
        except RowError as error:
            for row in rows:
                self._planning.refuse(row.source, row.number, error)
            return []
        return rows

    def _take(
        self,
        row: RecordRow,
        event_type: TypeState,
        marks: Marks,
        groups: dict[ListState, list[TakenRow]],
    ) -> None:
        """Read the mark of a row and rule on it; a row that is refused changes nothing."""
        try:
            _policy_said(row, event_type)
            taken = self._taken(row, event_type, marks)
            check_ruling(taken)
        except RowError as error:
            self._planning.refuse(row.source, row.number, error)
            return
        named = self._planning.named_sources
        source = named(row.from_source)
        taken.sources = (source, named(row.ruling_source) or source)
        found = self._list(taken, event_type, marks)
        found.rule(taken, self._planning.pending)
        groups[found].append(taken)

    def _taken(self, row: RecordRow, event_type: TypeState, marks: Marks) -> TakenRow:
        """The mark and nation of a row, and the result that it is about. Raises RowError."""
        if row.line is RecordLine.LIST:
            return TakenRow(row, NO_MARK, None, None)
        try:
            mark = parse_mark(row.mark, event_type.form)
        except MedalDeskError as error:
            raise RowError("mark", error) from error
        nation = None
        if row.nation:
            nation = self._planning.nations.find(row.nation, row.date or LATEST)
            if nation is None:
                raise RowError("nation", UnknownCode(what="nation", code=row.nation))
        covered = [m for m in marks.get(mark.value, ()) if self._covers(row, m)]
        return TakenRow(row, mark, nation, find_mark(row, nation, covered))

    def _covers(self, row: RecordRow, mark: KnownMark) -> bool:
        """Whether a mark is of the series and the venue that a row narrows its list by."""
        series, venue = row.narrows.get("series"), row.narrows.get("of_venue")
        if series and self._planning.programme.find_series(series) != mark.series:
            return False
        return not venue or self._planning.named_venues.find(venue) == mark.venue

    # Which list

    def _list(self, taken: TakenRow, event_type: TypeState, marks: Marks) -> ListState:
        """The list of a row, made where there is none: what its file says nothing of is as it is
        in the only list that fits, else not narrowed but for the series of a record of Games.
        """
        row, told = taken.row, self._told(taken.row)
        kind = self._kind(row) or self._new_kind(row)
        plain = dict.fromkeys(("series", "nation", "venue", "continent", "age_class"))
        scope = Scope(kind=kind, event_type=event_type.id, **(plain | told))
        fitting = [
            known
            for known in self._lists
            if known.scope[:2] == scope[:2]
            and all(getattr(known.scope, name) == value for name, value in told.items())
            and known.scope.nation in (scope.nation, taken.nation)
            and known.scope.continent == scope.continent
        ]
        exact = [known for known in fitting if known.scope == scope]
        if len(fitting) == 1 or exact:
            return (exact or fitting)[0]
        if row.source not in self._names_series and kind in self._of_games:
            scope = scope._replace(series=_only_series(marks))
        key = self._planning.pending["record_list"].take_id()
        new = ListState(key, scope, event_type.form, is_new=True)
        self._lists.append(new)
        return new

    def _told(self, row: RecordRow) -> dict[str, Any]:
        """What a row says of its list, named as in `Scope`, as far as its file says anything."""
        planning, texts = self._planning, row.narrows
        told: dict[str, Any] = {}
        if "series" in texts:
            told["series"] = planning.programme.series(texts["series"])
        if "of_nation" in texts:
            of = texts["of_nation"]
            told["nation"] = planning.nations.find(of, LATEST) if of else None
        if "of_venue" in texts:
            told["venue"] = planning.named_venues(texts["of_venue"])
        for name in ("continent", "age_class"):
            if name in texts:
                told[name] = texts[name] or None
        return told

    def _new_kind(self, row: RecordRow) -> int:
        key = self._planning.pending["record_kind"].add(row.kind, row.kind_name, OWN_SCOPE)
        self._kinds[row.kind] = key
        self._kinds.setdefault(fold(row.kind), key)
        return key

    # What its rows come to

    def _settle(
        self, found: ListState, rows: Sequence[TakenRow], event_type: TypeState,
        marks: Marks,
    ) -> None:  # fmt: skip
        pending = self._planning.pending
        said: dict[str, Any] = {}
        for taken in rows:
            said = _policy_said(taken.row, event_type) | said
        rows[0].raise_to(found.settle_policy(replace(found.policy, **said), pending))
        found.settle_baseline(rows, marks, pending)
        found.settle_published(rows, pending)
        for taken in rows:
            if self._planning.settle(taken.fate):
                self._planning.samples.append(_sample(taken, event_type))


def _only_series(marks: Marks) -> int | None:
    """The series of all marks of an event type; None where there are several."""
    held = {mark.series for equal in marks.values() for mark in equal}
    return held.pop() if len(held) == 1 else None


def _forget_untold(rows: Sequence[RecordRow]) -> None:
    """A column that is empty in all rows of a file says nothing of any list."""
    told: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        told[row.source] |= {column for column, text in row.narrows.items() if text}
    for row in rows:
        row.narrows = {c: text for c, text in row.narrows.items() if c in told[row.source]}


def _policy_said(row: RecordRow, event_type: TypeState) -> dict[str, Any]:
    """What a row says of how its list judges, as in `RecordPolicy`. Raises RowError."""
    said = dict(row.policy)
    if margin := said.get("minimum_margin"):
        try:
            said["minimum_margin"] = parse_mark(margin, event_type.form).value or None
        except MedalDeskError as error:
            raise RowError("minimum_margin", error) from error
    return said


def _sample(taken: TakenRow, event_type: TypeState) -> Sample:
    row = taken.row
    told = " ".join(filter(None, (row.kind, row.mark, row.ruling)))
    return Sample(
        row.source, row.number, taken.fate, event_type.name, row.holder, row.nation,
        row.written, told,
    )  # fmt: skip
