"""What of an event is replaced whole: what the book has and a message has no longer, goes."""

from __future__ import annotations

from functools import cached_property

from medaldesk.exchange.importing.desk import Desk
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.pending import Delete
from medaldesk.exchange.importing.rows import Replaces, TidyRow
from medaldesk.exchange.importing.states import (
    EntryState,
    EventState,
    Place,
    ResultState,
    set_to,
)

_MARKED = ("mark", "mark_decimals", "score", "status")


class Replacing:
    """Marks what messages are about before their rows are taken; what is left over then goes.

    Who a decision or a note is about stays, though without a mark, and a result with a ruling
    stays as it is; both are told. A message knows nothing of them and cannot take them away.
    """

    def __init__(self, desk: Desk, event: EventState) -> None:
        self._desk = desk
        self._event = event
        self._scopes: list[TidyRow] = []

    def begin(self, scope: TidyRow, place: Place | None) -> None:
        """Note what a message is the whole of; `place` is its unit, where it is that of one."""
        self._scopes.append(scope)
        replaces = self._desk.of[scope.source].replaces
        if replaces is Replaces.UNITS and place is not None:
            self._expect_unit(scope, place)

    def _expect_unit(self, scope: TidyRow, place: Place) -> None:
        """The results of the unit, or of all units of the phase where the rows name them, and
        those that such a message gave before, wherever.
        """
        feed = self._desk.feed
        message = feed.row_of.get(scope.source)
        of_phase = self._desk.of[scope.source].names_units
        for entry in self._event.entries:
            for key, result in entry.results.items():
                is_here = key == place or (of_phase and key[0] == place[0])
                is_mine = result.source_id == message or (
                    is_here and (key == place or not feed.gave(result.source_id))
                )
                if is_mine and result.changes is not None and not result.expected:
                    self._expect(result, scope)

    def _expect(self, result: ResultState, row: TidyRow) -> None:
        columns = [name for _, name in self._desk.of[row.source].columns]
        result.expect([*_MARKED, *columns])

    def find(self, entry: EntryState, phase: int, row: TidyRow) -> ResultState | None:
        """The result of somebody that a row of a message is about though it is in another unit.

        A message of the first unit that names no other is often one of the whole phase: there a
        result stays in the unit in which the book has it, as those of pairs that were typed.
        """
        feed = self._desk.feed
        message = feed.row_of.get(row.source)
        if message is None or self._desk.of[row.source].replaces is not Replaces.UNITS:
            return None
        stays = row.unit == 1 and not self._desk.of[row.source].names_units
        for key, result in entry.results.items():
            if key[0] != phase or result.given or result.changes is None:
                continue
            if result.source_id == message or (stays and not feed.gave(result.source_id)):
                if not result.expected:
                    self._expect(result, row)
                return result
        return None

    def stays(self, row: TidyRow) -> bool:
        """Whether a result that `find` found keeps its unit."""
        return row.unit == 1 and not self._desk.of[row.source].names_units

    # After all rows

    def finish(self) -> None:
        """Take away what nothing was said of."""
        kinds = {self._desk.of[scope.source].replaces for scope in self._scopes}
        if Replaces.MEDALS in kinds:
            for entry in self._event.entries:
                entry.claims = True
        if self._event.known is None:
            return
        names_teams = any(self._desk.feed.names_teams(scope.source) for scope in self._scopes)
        for entry in list(self._event.entries):
            if names_teams and entry.team is not None and entry.named:
                self._drop_members(entry)
            self._drop_results(entry)
            if self._may_go(entry):
                self._drop(entry)

    def _drop_members(self, entry: EntryState) -> None:
        for athlete, is_new in list(entry.members.items()):
            if not is_new and athlete not in entry.named:
                del entry.members[athlete]
                row = self._desk.reads.membership(entry.id, athlete)
                self._desk.pending.deletes.append(Delete("entry_member", row))

    def _drop_results(self, entry: EntryState) -> None:
        for place, result in list(entry.results.items()):
            if not result.expected or result.given:
                continue
            note = result.had.get("note", result.note)
            if result.id in self._held[0]:
                result.restore()
                self._keep(entry)
            elif note:
                set_to(result, "note", note)
                self._keep(entry)
            else:
                del entry.results[place]
                entry.lost = True
                self._desk.pending.deletes.append(Delete("result", result.id))

    def _may_go(self, entry: EntryState) -> bool:
        """Whether nothing is left of an entry, and it is for these messages to say so."""
        if entry.results or entry.given or entry.changes is None:
            return False
        scopes = [s for s in self._scopes if self._desk.of[s.source].replaces is Replaces.ENTRIES]
        if scopes:
            return entry.team is None
        facts = self._scopes[0].facts if self._scopes else None
        return (
            entry.lost
            and facts is not None
            and not self._desk.feed.has_entries(facts.competition, facts.discipline)
        )

    def _drop(self, entry: EntryState) -> None:
        decided = any(line.entry == entry.id for d in self._event.decisions for line in d.lines)
        if decided or entry.id in self._held[1]:
            self._keep(entry)
            return
        self._event.remove(entry)
        self._desk.pending.deletes.append(Delete("entry", entry.id))

    def _keep(self, entry: EntryState) -> None:
        scope = self._scopes[0]
        name = self._desk.reads.name_of_entry(entry.id)
        doubt = Doubt(DoubtKind.KEPT, scope.source, 0, name, entry.nation)
        if doubt not in self._desk.doubts:
            self._desk.doubts.append(doubt)

    @cached_property
    def _held(self) -> tuple[set[int], set[int]]:
        """Results with a ruling, and entries with a note."""
        return self._desk.reads.held(self._event.id)
