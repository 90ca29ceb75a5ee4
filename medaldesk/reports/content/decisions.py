"""The ledger of decisions and the audit as documents (RULES R8, R9, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from medaldesk.book.reads import Reads
from medaldesk.book.reads.decisions import AuditRow, LedgerLine, LedgerRow
from medaldesk.reports import words
from medaldesk.reports.content.common import line as context_line
from medaldesk.reports.decision_words import is_unexplained
from medaldesk.reports.document import Align, Column, Document, Json, Look, Row
from medaldesk.reports.words import tr

DECISION_KEYS = (
    "decision", "date", "body", "event", "event_name", "event_date", "reason", "source",
    "revoked_on", "name", "nation", "sets_status", "status", "sets_rank", "rank", "medal",
)  # fmt: skip
AUDIT_KEYS = (
    "event", "name", "date", "gold", "silver", "bronze", "bronzes", "reason", "decided_by",
    "explained",
)  # fmt: skip


def decisions(
    reads: Reads, *, event: int | None = None, competition: int | None = None
) -> Document:
    """The ledger, the latest decision first, a row for each of its lines."""
    ledger = reads.decisions(event=event, competition=competition)
    revoked = any(decision.revoked_on for decision in ledger)
    return Document(
        title=tr("Decisions"),
        context=_about(reads, event, competition),
        status="",
        book=reads.title(),
        columns=(
            Column(tr("Date"), Align.RIGHT),
            Column(tr("Body"), wide=True),
            Column(tr("Event"), wide=True),
            Column(tr("Reason"), look=Look.MUTED, wide=True),
            *((Column(tr("Revoked on"), Align.RIGHT),) if revoked else ()),
            Column(tr("Name")),
            Column(tr("Nation")),
            Column(tr("Decided"), look=Look.STRONG),
        ),
        keys=DECISION_KEYS,
        rows=tuple(row for decision in ledger for row in _decision_rows(decision, revoked)),
        notes=() if ledger else (tr("No decision yet."),),
        head=_head(reads, event, competition),
    )


def _about(reads: Reads, event: int | None, competition: int | None) -> str:
    """Of what the ledger or the audit is: an event, a competition, or all of the book."""
    if event is not None:
        head = reads.event_head(event)
        return context_line(head.name, head.competition_name, words.day(head.day))
    if competition is None:
        return tr("All competitions")
    held = reads.competition(competition)
    return context_line(held.name, words.days(held.start, held.end))


def _head(reads: Reads, event: int | None, competition: int | None) -> dict[str, Json]:
    if event is not None:
        return {"event": reads.event_head(event).path}
    return {"competition": reads.competition(competition).code if competition else None}


def _decision_rows(decision: LedgerRow, with_revoked: bool) -> Iterator[Row]:
    """The lines of a decision; what is the same for all stands at the first."""
    revoked = (words.short_day(decision.revoked_on),) if with_revoked else ()
    event = context_line(decision.event_name, decision.competition_name)
    reason = context_line(decision.reason, decision.source)
    told = (words.short_day(decision.day), decision.body, event, reason, *revoked)
    for number, line in enumerate(decision.lines):
        shared = told if number == 0 else ("",) * len(told)
        cells = (*shared, line.name, line.nation, words.line_says(line.line))
        yield Row(cells=cells, data=_decision_data(decision, line))


def _decision_data(decision: LedgerRow, line: LedgerLine) -> dict[str, Json]:
    sets = line.line
    return {
        "decision": decision.id,
        "date": decision.day,
        "body": decision.body,
        "event": decision.path,
        "event_name": decision.event_name,
        "event_date": decision.event_day,
        "reason": decision.reason,
        "source": decision.source,
        "revoked_on": decision.revoked_on,
        "name": line.name,
        "nation": line.nation,
        "sets_status": sets.sets_status,
        "status": sets.status,
        "sets_rank": sets.sets_rank,
        "rank": sets.rank,
        "medal": sets.medal.value if sets.medal else None,
    }


def audit(reads: Reads, competition: int | None = None) -> Document:
    """Every official event that is not 1-1-1, with its medals and the reason (RULES R12)."""
    rows = reads.audit(competition)
    ledger = {row.id: row for row in reads.decisions(competition=competition)}
    return Document(
        title=tr("Audit of medals"),
        context=_about(reads, None, competition),
        status=_audit_status(rows),
        book=reads.title(),
        columns=(
            Column(tr("Event"), wide=True),
            *((Column(tr("Competition"), wide=True),) if competition is None else ()),
            Column(tr("Date"), Align.RIGHT),
            Column(tr("Medals"), Align.RIGHT, Look.STRONG),
            Column(tr("Why"), wide=True),
        ),
        keys=AUDIT_KEYS,
        rows=tuple(_audit_row(row, ledger, with_competition=competition is None) for row in rows),
        notes=(words.audit_summary(rows),),
        head=_head(reads, None, competition),
        tail={"unexplained": sum(map(is_unexplained, rows))},
    )


def _audit_status(rows: Iterable[AuditRow]) -> str:
    return tr("Unexplained") if any(map(is_unexplained, rows)) else ""


def _audit_row(row: AuditRow, ledger: Mapping[int, LedgerRow], *, with_competition: bool) -> Row:
    medals = row.finding.medals
    where: Sequence[str] = (row.competition_name,) if with_competition else ()
    return Row(
        cells=(
            row.event_name,
            *where,
            words.short_day(row.day),
            words.medals_triple(medals),
            words.audit_why(row, ledger),
        ),
        data={
            "event": row.path,
            "name": row.event_name,
            "date": row.day,
            "gold": medals.gold,
            "silver": medals.silver,
            "bronze": medals.bronze,
            "bronzes": row.bronzes,
            "reason": row.finding.reason.value,
            "decided_by": list(dict.fromkeys(row.bodies)),
            "explained": not is_unexplained(row),
        },
    )
