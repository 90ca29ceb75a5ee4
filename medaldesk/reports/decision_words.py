"""Decisions and the audit in words (RULES R8, R9, R12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medaldesk.book.reads.decisions import AuditRow, LedgerLine, LedgerRow
from medaldesk.domain.audit import AuditReason
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.standings import Tally
from medaldesk.reports.dates import short_day
from medaldesk.reports.language import tr


def ruling_word(ruling: MedalRuling) -> str:
    """`gold`, `none`, `withheld`: what is typed of a medal, and shown where it was typed."""
    return {
        MedalRuling.GOLD: tr("gold"),
        MedalRuling.SILVER: tr("silver"),
        MedalRuling.BRONZE: tr("bronze"),
        MedalRuling.NONE: tr("none"),
        MedalRuling.WITHHELD: tr("withheld"),
        MedalRuling.PENDING: tr("pending"),
    }[ruling]


def ruling_says(ruling: MedalRuling) -> str:
    """`gold`, `no medal`, `medal withheld`: the same inside a line."""
    return {
        MedalRuling.NONE: tr("no medal"),
        MedalRuling.WITHHELD: tr("medal withheld"),
        MedalRuling.PENDING: tr("medal pending"),
    }.get(ruling) or ruling_word(ruling)


def line_says(line: DecisionLine) -> str:
    """`DSQ, no medal`, `rank 3, bronze`: what a line sets, and nothing that follows from it."""
    parts = []
    if line.sets_status:
        parts.append(line.status or tr("no status"))
    if line.sets_rank and line.rank is not None:
        parts.append(tr("rank {n}").format(n=line.rank))
    elif line.sets_rank and line.status is None:
        parts.append(tr("no rank"))
    if line.medal is not None:
        parts.append(ruling_says(line.medal))
    return ", ".join(parts)


def decision_says(lines: Sequence[LedgerLine]) -> str:
    """`Marion Jones: DSQ, no medal · Tayna Lawrence: silver`: a decision in one line."""
    return " · ".join(
        tr("{name}: {what}").format(name=line.name, what=line_says(line.line)) for line in lines
    )


def medals_triple(tally: Tally) -> str:
    """`1-3-0`: gold, silver, bronze."""
    return "-".join(map(str, tally.triple))


def audit_reason(reason: AuditReason, bronzes: int = 1) -> str:
    """Why an event with so many bronzes by its format is not 1-1-1."""
    return {
        AuditReason.TIE: tr("tie"),
        AuditReason.FORMAT: tr("format: two bronzes"),
        AuditReason.DECISION: tr("decision"),
        AuditReason.FEW_RANKED: (
            tr("fewer than four ranked") if bronzes > 1 else tr("fewer than three ranked")
        ),
        AuditReason.UNEXPLAINED: tr("unexplained"),
    }[reason]


def audit_why(row: AuditRow, ledger: Mapping[int, LedgerRow] | None = None) -> str:
    """The reason of an event: `tie`, or for a decision also who took it, `decision: CAS`.

    With the decisions of a book by their id it is told whole: `IOC, 9 Dec 2009: Doping`.
    """
    word = audit_reason(row.finding.reason, row.bronzes)
    if row.finding.reason is not AuditReason.DECISION or not row.bodies:
        return word
    known = [ledger[key] for key in row.finding.decisions if key in ledger] if ledger else []
    if known:
        return "; ".join(map(decision_head, known))
    bodies = ", ".join(dict.fromkeys(row.bodies))
    return tr("{reason}: {bodies}").format(reason=word, bodies=bodies)


def decision_head(row: LedgerRow) -> str:
    """`IOC, 9 Dec 2009: Doping`: who decided, when and why."""
    return tr("{body}, {day}: {reason}").format(
        body=row.body, day=short_day(row.day), reason=row.reason
    )


def is_unexplained(row: AuditRow) -> bool:
    """Whether a person has to look at an event."""
    return row.finding.reason is AuditReason.UNEXPLAINED


def audit_summary(rows: Sequence[AuditRow]) -> str:
    """`12 events are not 1-1-1, 1 of them unexplained.`: the audit in one line."""
    open_ones = sum(map(is_unexplained, rows))
    if not rows:
        return tr("No official event is other than 1-1-1.")
    if len(rows) == 1:
        return (
            tr("1 event is not 1-1-1, and unexplained.")
            if open_ones
            else tr("1 event is not 1-1-1; the reason is known.")
        )
    template = (
        tr("{n} events are not 1-1-1, {open} of them unexplained.")
        if open_ones
        else tr("{n} events are not 1-1-1; the reason of each is known.")
    )
    return template.format(n=len(rows), open=open_ones)


def decision_line(row: LedgerRow) -> str:
    """`IOC, 9 Dec 2009: Marion Jones: DSQ, no medal (doping)`: a decision below a sheet."""
    template = (
        tr("{body}, {day}, revoked on {revoked}: {what} ({reason})")
        if row.revoked_on
        else tr("{body}, {day}: {what} ({reason})")
    )
    return template.format(
        body=row.body,
        day=short_day(row.day),
        revoked=short_day(row.revoked_on),
        what=decision_says(row.lines),
        reason=row.reason,
    )
