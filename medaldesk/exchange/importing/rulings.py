"""Decisions that a file states themselves, one row an entry (RULES R8, R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from medaldesk.book.errors import (
    DecisionBeforeEvent,
    EmptyField,
    NotEntered,
    NothingDecided,
    RevokedBeforeTaken,
    SeveralOfThatName,
    UnknownCode,
)
from medaldesk.domain.decisions import Decision, DecisionLine, MedalRuling
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.desk import Desk, Fate
from medaldesk.exchange.importing.rows import RowError, RulingCells, TidyRow
from medaldesk.exchange.importing.states import EntryState, EventState
from medaldesk.exchange.tidy import NONE

Head = tuple[str, str, str]
"""Day, body and reason: what tells the decisions on an event apart."""


class Rulings:
    """Lays the decisions of a file over those of an event.

    `start` is the ISO day before which there was nothing to decide.
    """

    def __init__(self, desk: Desk, event: EventState, start: str) -> None:
        self._desk = desk
        self._event = event
        self._start = start
        self._heads: dict[int, Head] | None = None
        self._new: set[int] = set()
        self._told: set[tuple[int, int]] = set()

    def take(self, row: TidyRow, told: RulingCells, nation: int) -> Fate:
        """What a row says of an entry that other rows, or the book, have. Raises RowError."""
        self._refuse_wrong(told)
        line = self._line(told, self._entry(row, nation).id)
        head = (told.decision_date, told.decision_body, told.decision_reason)
        revoked_on = told.decision_revoked or None
        known = self._known(head, line, revoked_on)
        if known is not None:
            self._told.add((known, line.entry))
            return self._revoke(known, revoked_on)
        key = self._with_room(head, line.entry, revoked_on)
        if key is None:
            key = self._add(row, head, revoked_on)
        self._told.add((key, line.entry))
        self._add_line(key, line)
        return Fate.NEW

    def _refuse_wrong(self, told: RulingCells) -> None:
        for what in ("body", "reason"):
            if not getattr(told, f"decision_{what}"):
                raise RowError(f"decision_{what}", EmptyField(what=what))
        day, revoked = told.decision_date, told.decision_revoked
        if day < self._start:
            raise RowError("decision_date", DecisionBeforeEvent(date=day, start=self._start))
        if revoked and revoked < day:
            raise RowError("decision_revoked", RevokedBeforeTaken(date=revoked, start=day))
        status = told.decision_status
        if status not in ("", NONE) and status not in self._desk.statuses:
            raise RowError("decision_status", UnknownCode(what="status", code=status))

    def _line(self, told: RulingCells, entry: int) -> DecisionLine:
        status = told.decision_status
        line = DecisionLine(
            entry,
            sets_status=bool(status),
            status=None if status in ("", NONE) else status,
            sets_rank=told.decision_rank is not None,
            rank=told.decision_rank or None,
            medal=MedalRuling(told.decision_medal) if told.decision_medal else None,
        )
        if line.is_empty:
            raise RowError("decision_date", NothingDecided())
        return line

    def _entry(self, row: TidyRow, nation: int) -> EntryState:
        """Whom a row is about: by all that it says of them."""
        event, people = self._event, self._desk.people
        found: Sequence[EntryState | None]
        if row.athlete:
            born, gender = row.birth_date or None, row.athlete_gender or None
            named = people.of(row.athlete, nation)
            found = [event.by_athlete.get(p.id) for p in named if p.can_be(gender, born)]
        else:
            found = event.by_team.get((nation, fold(row.team)), ())
        fitting = [e for e in found if e is not None and (not row.bib or e.bib in (None, row.bib))]
        name = row.athlete or row.team
        if not fitting:
            raise RowError("athlete", NotEntered(name=name))
        if len(fitting) > 1:
            raise RowError("athlete", SeveralOfThatName(name=name))
        return fitting[0]

    # The decisions of the event, by their keys

    def _head_of(self, key: int) -> Head | None:
        if self._heads is None:
            known = self._desk.reads.known_decisions(self._event.id) if self._event.known else []
            self._heads = {head.id: (head.date, head.body, head.reason) for head in known}
        return self._heads.get(key)

    def _known(self, head: Head, line: DecisionLine, revoked_on: str | None) -> int | None:
        """A decision that says this very thing, and that no row before was about.

        One that was revoked on the same day comes first: the same may be decided twice.
        """
        fitting = [
            decision
            for decision in self._event.decisions
            if (decision.key, line.entry) not in self._told
            and line in decision.lines
            and self._head_of(decision.key) == head
        ]
        fitting.sort(key=lambda decision: decision.revoked_on != revoked_on)
        return fitting[0].key if fitting else None

    def _with_room(self, head: Head, entry: int, revoked_on: str | None) -> int | None:
        """A new decision of the same head that says nothing of an entry yet.

        It has to be the last one of its day: those of one day hold in the order of the file.
        """
        last = next((d for d in reversed(self._event.decisions) if d.day == head[0]), None)
        if last is None or last.key not in self._new or last.revoked_on != revoked_on:
            return None
        is_named = any(line.entry == entry for line in last.lines)
        return last.key if self._head_of(last.key) == head and not is_named else None

    def _revoke(self, key: int, revoked_on: str | None) -> Fate:
        """Of a decision that the book has, only when it was revoked may be news."""
        place, decision = self._find(key)
        if revoked_on is None or revoked_on == decision.revoked_on:
            return Fate.UNCHANGED
        self._event.decisions[place] = replace(decision, revoked_on=revoked_on)
        self._desk.pending.settle("decision", key, {"revoked_on": revoked_on})
        return Fate.CHANGED

    def _add(self, row: TidyRow, head: Head, revoked_on: str | None) -> int:
        source = self._desk.sources(row.from_source)
        key = self._desk.pending["decision"].add(self._event.id, *head, revoked_on, source)
        self._head_of(key)
        assert self._heads is not None
        self._heads[key] = head
        self._new.add(key)
        self._event.decisions.append(Decision(key, head[0], (), revoked_on))
        return key

    def _add_line(self, key: int, line: DecisionLine) -> None:
        place, decision = self._find(key)
        self._event.decisions[place] = replace(decision, lines=(*decision.lines, line))
        self._desk.pending["decision_line"].add(
            key,
            self._event.id,
            line.entry,
            int(line.sets_status),
            line.status,
            int(line.sets_rank),
            line.rank,
            line.medal.value if line.medal else None,
        )

    def _find(self, key: int) -> tuple[int, Decision]:
        decisions = enumerate(self._event.decisions)
        return next((place, decision) for place, decision in decisions if decision.key == key)
