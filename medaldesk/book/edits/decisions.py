"""Edits of the ledger of decisions (RULES R8, R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from medaldesk.book import derive
from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import (
    BadRank,
    DecisionBeforeEvent,
    MedalsUnusual,
    NamedTwice,
    NotEntered,
    NothingDecided,
    RevokedBeforeTaken,
    UnknownCode,
)
from medaldesk.book.journal import Writer
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.domain.decisions import DecisionLine, medal_count, usual_medals


@dataclass(frozen=True, slots=True)
class NewDecision:
    """Who decided what, when, why, and where that can be read."""

    body: str
    day: date
    reason: str
    lines: Sequence[DecisionLine]
    source: str | None = None


class DecisionEdits(EditBase):
    """What changed after the race, and why."""

    def take_decision(self, event: int, new: NewDecision, *, confirmed: bool = False) -> int:
        """Put a decision into the ledger; from its day on it decides.

        Raises EmptyField, NothingDecided, NamedTwice, NotEntered, BadRank, UnknownCode,
        DecisionBeforeEvent, and MedalsUnusual where more medals of a colour would result than
        ranks and format account for, unless that is `confirmed`.
        """
        lines = self._weighed(event, new, None, confirmed=confirmed)
        with self.together(Action.TAKE_DECISION, self._subject(event, new.body)) as writer:
            decision = writer.insert("decision", event_id=event, **self._head(writer, new))
            self._write_lines(writer, decision, event, lines)
            return decision

    def change_decision(self, decision: int, new: NewDecision, *, confirmed: bool = False) -> None:
        """Correct a decision and its lines. Raises as `take_decision` and RevokedBeforeTaken."""
        event, revoked_on = self._one(
            "SELECT event_id, revoked_on FROM decision WHERE id = ?", decision
        )
        lines = self._weighed(event, new, decision, confirmed=confirmed)
        _refuse_before(revoked_on, new.day.isoformat())
        with self.together(Action.CHANGE_DECISION, self._subject(event, new.body)) as writer:
            writer.update("decision", decision, **self._head(writer, new))
            for (line,) in self._all_of(decision):
                writer.delete("decision_line", line)
            self._write_lines(writer, decision, event, lines)

    def revoke_decision(self, decision: int, on: date | None) -> None:
        """Say that a decision holds no longer from a day on, or, with None, that it does again.

        What was there before it is there again (RULES R9). Raises RevokedBeforeTaken.
        """
        event, body, taken = self._one(
            "SELECT event_id, body, date FROM decision WHERE id = ?", decision
        )
        revoked_on = on.isoformat() if on else None
        _refuse_before(revoked_on, taken)
        with self.together(Action.REVOKE_DECISION, self._subject(event, body)) as writer:
            writer.update("decision", decision, revoked_on=revoked_on)

    def delete_decision(self, decision: int) -> None:
        """Take a decision out of the ledger: it was never taken."""
        event, body = self._one("SELECT event_id, body FROM decision WHERE id = ?", decision)
        with self.together(Action.DELETE_DECISION, self._subject(event, body)) as writer:
            writer.delete("decision", decision)

    def _weighed(
        self, event: int, new: NewDecision, replacing: int | None, *, confirmed: bool
    ) -> list[DecisionLine]:
        """The lines that say something, after all that can be wrong with them was looked at."""
        needed("body", new.body)
        needed("reason", new.reason)
        facts = derive.read_event(self._connection, event)
        if facts is None:
            raise UnknownCode(what="event", code=event)
        day = new.day.isoformat()
        if day < (first := self._first_day(event)):
            raise DecisionBeforeEvent(date=day, start=first)
        lines = [line for line in new.lines if not line.is_empty]
        if not lines:
            raise NothingDecided
        self._refuse_bad_lines(lines, facts)
        if not confirmed:
            self._ask_about_medals(facts, derive.with_decision(facts, lines, day, replacing))
        return lines

    def _first_day(self, event: int) -> str:
        """The first day on which anything was held in an event."""
        (day,) = self._one(
            """SELECT min(e.date, coalesce((SELECT min(coalesce(u.date, p.date)) FROM phase AS p
                LEFT JOIN unit AS u ON u.phase_id = p.id WHERE p.event_id = e.id), e.date))
            FROM event AS e WHERE e.id = ?""",
            event,
        )
        return str(day)

    def _refuse_bad_lines(self, lines: Sequence[DecisionLine], facts: derive.EventFacts) -> None:
        known = facts.field.irm_order
        names = {starter.entry: starter.name for starter in facts.field.starters}
        seen: set[int] = set()
        for line in lines:
            if line.entry not in names:
                raise NotEntered(name=self._name_of_entry(line.entry))
            if line.entry in seen:
                raise NamedTwice(what="entry", name=names[line.entry])
            seen.add(line.entry)
            if line.status is not None and line.status not in known:
                raise UnknownCode(what="status", code=line.status)
            if line.rank is not None and line.rank < 1:
                raise BadRank(text=str(line.rank))

    def _ask_about_medals(self, facts: derive.EventFacts, weighed: derive.EventFacts) -> None:
        """More medals of a colour than there is a reason for are asked about, once."""
        before = medal_count(derive.outcome(facts).decided)
        found = derive.outcome(weighed)
        medals = medal_count(found.decided)
        usual = usual_medals(found.placings, facts.bronzes)
        pairs = zip(medals.triple, usual.triple, before.triple, strict=True)
        if any(have > max(normal, had) for have, normal, had in pairs):
            _, name = self._event_head(facts.event)
            raise MedalsUnusual(
                medals=_triple(medals.triple), usual=_triple(usual.triple), name=name
            )

    def _head(self, writer: Writer, new: NewDecision) -> dict[str, object]:
        return {
            "date": new.day.isoformat(),
            "body": needed("body", new.body),
            "reason": needed("reason", new.reason),
            "source_id": self._source(writer, new.source),
        }

    def _write_lines(
        self, writer: Writer, decision: int, event: int, lines: Sequence[DecisionLine]
    ) -> None:
        for line in lines:
            writer.insert(
                "decision_line",
                decision_id=decision,
                event_id=event,
                entry_id=line.entry,
                sets_status=int(line.sets_status),
                status=line.status,
                sets_rank=int(line.sets_rank),
                rank=line.rank,
                medal=line.medal.value if line.medal else None,
            )

    def _all_of(self, decision: int) -> list[tuple[int]]:
        return self._all("SELECT id FROM decision_line WHERE decision_id = ? ORDER BY id", decision)

    def _subject(self, event: int, body: str) -> str:
        """`IOC: Women's 100 m`."""
        _, name = self._event_head(event)
        return f"{' '.join(body.split())}: {name}"

    def _name_of_entry(self, entry: int) -> str:
        row = self._find(
            f"""SELECT {ENTRY_NAME} FROM entry AS n
            LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.id = ?""",
            entry,
        )
        return str(row[0]) if row else "?"


def _refuse_before(revoked_on: str | None, taken: str) -> None:
    if revoked_on is not None and revoked_on < taken:
        raise RevokedBeforeTaken(date=revoked_on, start=taken)


def _triple(counts: tuple[int, int, int]) -> str:
    return "-".join(map(str, counts))
