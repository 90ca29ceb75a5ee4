"""What a cell of a result sheet says when it is asked; read only then: typing stays fast."""

from __future__ import annotations

from collections.abc import Iterator

from medaldesk.book.reads import Reads
from medaldesk.book.reads.decisions import LedgerRow
from medaldesk.book.reads.events import ResultRow
from medaldesk.book.reads.history import JournalEntry
from medaldesk.reports import words
from medaldesk.reports.language import tr

DECIDED = ("rank", "mark", "medal")
"""Columns that a decision can set (RULES R8)."""


def sheet_tip(reads: Reads, row: ResultRow, column: str) -> str | None:
    """The tooltip of a cell, a line for each thing to say; None where there is nothing."""
    return "\n".join(_lines(reads, row, column)) or None


def _lines(reads: Reads, row: ResultRow, column: str) -> Iterator[str]:
    if column == "athlete":
        yield from row.members
        if row.note:
            yield row.note
    elif column == "records":
        for reason in reads.record_reasons(row.id):
            yield words.record_reason(reason)
    elif column == "mark":
        yield from map(typed_line, reads.journal_of_row("result", row.id)[:1])
    if column == "rank" and row.tie_open:
        yield tr("Level with another: type the tie-break")
    if column in DECIDED and row.decision is not None:
        yield decision_line(reads.decision(row.decision))


def typed_line(entry: JournalEntry) -> str:
    """`Enter mark: Jutta Leerdam 1:12.31 · clerk · 9 Feb 2026 17:58 UTC`."""
    line = words.journal_line(entry.action, entry.subject, entry.kind)
    return f"{line} · {entry.who} · {words.day(entry.at)} {entry.at[11:16]} UTC"


def decision_line(decision: LedgerRow) -> str:
    """`CAS, 13 Dec 2022: the fifth rule was read otherwise`."""
    text = tr("{body}, {day}: {reason}")
    return text.format(body=decision.body, day=words.day(decision.day), reason=decision.reason)
