"""Reads of the ledger of decisions, what a new one would change, and the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from medaldesk.book import derive
from medaldesk.book.connection import explained_sql
from medaldesk.book.errors import UnknownCode
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.book.reads.base import Row
from medaldesk.book.reads.programme import ProgrammeReads
from medaldesk.domain.audit import Finding, audit
from medaldesk.domain.decisions import (
    STANDS,
    Decided,
    DecisionLine,
    MedalRuling,
    medal_count,
    propose_moving_up,
    usual_medals,
)
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What a decision says of one entry; `nation` is the code at the competition."""

    name: str
    nation: str
    line: DecisionLine


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One decision; `day` and `revoked_on` are ISO days, `event_day` that of the event."""

    id: int
    event: int
    path: str
    event_name: str
    competition: int
    competition_name: str
    event_day: str
    day: str
    body: str
    reason: str
    source: str | None
    revoked_on: str | None
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """An entry of an event before or after a decision; its rank, status and medal."""

    entry: int
    name: str
    nation: str
    rank: int | None
    rank_equal: bool
    status: str | None
    medal: Medal | None
    ruling: MedalRuling | None


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """What the event is and what it would be; `usual` are the most medals nobody would ask about.

    `before` and `after` are whole sheets, each in its own order.
    """

    before: tuple[StandingRow, ...]
    after: tuple[StandingRow, ...]
    medals: Tally
    usual: Tally


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An official event that is not 1-1-1, and why (RULES R12); `bodies` decided about it."""

    event: int
    path: str
    event_name: str
    competition: int
    competition_name: str
    day: str
    bronzes: int
    finding: Finding
    bodies: tuple[str, ...]


class DecisionReads(ProgrammeReads):
    """What was decided, and what is unusual."""

    def decisions(
        self,
        *,
        event: int | None = None,
        competition: int | None = None,
        entry: int | None = None,
        athlete: int | None = None,
    ) -> list[LedgerRow]:
        """The ledger, the latest first; narrowed to one event, competition, entry or athlete."""
        wanted = {
            "d.event_id = ?": event,
            "e.competition_id = ?": competition,
            "d.id IN (SELECT decision_id FROM decision_line WHERE entry_id = ?)": entry,
            _OF_ATHLETE: athlete,
        }
        chosen = {clause: value for clause, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(chosen)}" if chosen else ""
        rows = self._rows(f"{_LEDGER} {where} {_LATEST_FIRST}", *chosen.values())
        return self._ledger(rows)

    def decision(self, decision: int) -> LedgerRow:
        """One decision. Raises UnknownCode."""
        row = self._needed("decision", decision, f"{_LEDGER} WHERE d.id = ?", decision)
        return self._ledger([row])[0]

    def _ledger(self, rows: Sequence[Row]) -> list[LedgerRow]:
        lines: dict[int, list[LedgerLine]] = defaultdict(list)
        for row in rows:
            decision, start = row[0], row[-1]
            for name, nation, *line in self._rows(_LINES, decision):
                code = self.nation_code(nation, start)
                lines[decision].append(LedgerLine(name, code, derive.decision_line(line)))
        told: list[Row] = [(*row[:-1], tuple(lines[row[0]])) for row in rows]
        return [LedgerRow(*values) for values in told]

    def preview_decision(
        self, event: int, lines: Sequence[DecisionLine], day: str, replacing: int | None = None
    ) -> DecisionPreview:
        """What a decision of a day would make of an event; `replacing` is the one it corrects.

        Raises UnknownCode.
        """
        facts = self._facts(event)
        others = [decision for decision in facts.decisions if decision.key != replacing]
        before = derive.outcome(replace(facts, decisions=others))
        after = derive.outcome(derive.with_decision(facts, lines, day, replacing))
        names = self._entrants(event)
        return DecisionPreview(
            tuple(_standing(decided, names) for decided in before.decided),
            tuple(_standing(decided, names) for decided in after.decided),
            medal_count(after.decided),
            usual_medals(after.placings, facts.bronzes),
        )

    def propose_moving_up(
        self, event: int, struck: Mapping[int, str | None], replacing: int | None = None
    ) -> list[DecisionLine]:
        """The lines that take entries out, by entry and status, and move the others up (R8).

        Raises UnknownCode.
        """
        facts = self._facts(event)
        others = [decision for decision in facts.decisions if decision.key != replacing]
        return propose_moving_up(derive.outcome(replace(facts, decisions=others)).decided, struck)

    def event_standing(self, event: int) -> list[StandingRow]:
        """The entries of an event as they stand now, in the order of the sheet."""
        names = self._entrants(event)
        return [_standing(d, names) for d in derive.outcome(self._facts(event)).decided]

    def _facts(self, event: int) -> derive.EventFacts:
        with explained_sql(self._path):
            facts = derive.read_event(self._connection, event)
        if facts is None:
            raise UnknownCode(what="event", code=event)
        return facts

    def _entrants(self, event: int) -> dict[int, tuple[str, str]]:
        """Entry to name and code."""
        return {
            entry: (name, self.nation_code(nation, start))
            for entry, name, nation, start in self._rows(_ENTRANTS, event)
        }

    # The audit

    def audit(self, competition: int | None = None) -> list[AuditRow]:
        """Every official event that is not 1-1-1, by day, each with its reason (RULES R12)."""
        found = []
        where, chosen = ("AND e.competition_id = ?", (competition,)) if competition else ("", ())
        for *head, bronzes in self._rows(_NOT_PLAIN.format(where=where), *chosen):
            event, *_ = head
            finding = audit(derive.outcome(self._facts(event)), bronzes)
            if finding is not None:
                bodies = tuple(dict.fromkeys(map(self._body, finding.decisions)))
                values: Row = (*head, bronzes, finding, bodies)
                found.append(AuditRow(*values))
        return found

    def _body(self, decision: int) -> str:
        (body,) = self._needed(
            "decision", decision, "SELECT body FROM decision WHERE id = ?", decision
        )
        return str(body)


def _standing(decided: Decided, names: Mapping[int, tuple[str, str]]) -> StandingRow:
    placing = decided.placing
    name, code = names[decided.entry]
    return StandingRow(
        decided.entry,
        name,
        code,
        placing.rank,
        placing.equal,
        placing.status,
        decided.medal,
        decided.ruling,
    )


_LEDGER = """SELECT d.id, e.id, c.code || '/' || t.code, t.name, c.id, c.name, e.date,
    d.date, d.body, d.reason, s.title, d.revoked_on, c.start_date
FROM decision AS d
JOIN event AS e ON e.id = d.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN source AS s ON s.id = d.source_id"""
_LATEST_FIRST = "ORDER BY d.date DESC, d.id DESC"

_OF_ATHLETE = """d.id IN (WITH own (athlete) AS (VALUES (?))
    SELECT l.decision_id FROM decision_line AS l WHERE l.entry_id IN (
        SELECT n.id FROM own JOIN entry AS n ON n.athlete_id = own.athlete
        UNION SELECT m.entry_id FROM own JOIN entry_member AS m ON m.athlete_id = own.athlete))"""

_LINES = f"""SELECT {ENTRY_NAME}, n.nation_id, l.entry_id, l.sets_status, l.status, l.sets_rank,
    l.rank, l.medal
FROM decision_line AS l
JOIN entry AS n ON n.id = l.entry_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
WHERE l.decision_id = ? ORDER BY l.id"""

_ENTRANTS = f"""SELECT n.id, {ENTRY_NAME}, n.nation_id, c.start_date
FROM entry AS n
JOIN event AS e ON e.id = n.event_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.event_id = ?"""

_NOT_PLAIN = f"""SELECT e.id, c.code || '/' || t.code, t.name, c.id, c.name, e.date, e.bronzes
FROM event AS e
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN award AS w ON w.event_id = e.id AND w.until_day = '{STANDS}'
WHERE e.status = 'official' {{where}}
GROUP BY e.id
HAVING NOT (e.bronzes = 1 AND sum(w.medal IS 'gold') = 1 AND sum(w.medal IS 'silver') = 1
    AND sum(w.medal IS 'bronze') = 1)
ORDER BY e.date, t.name, e.id"""
