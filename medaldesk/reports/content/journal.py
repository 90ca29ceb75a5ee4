"""The journal of a book as a document."""

from __future__ import annotations

from medaldesk.book.reads import Reads
from medaldesk.book.reads.history import JournalEntry
from medaldesk.reports import words
from medaldesk.reports.document import Align, Column, Document, Look, Row
from medaldesk.reports.words import tr

JOURNAL_KEYS = ("id", "at", "who", "kind", "action", "subject", "undone")


def journal(reads: Reads, limit: int) -> Document:
    """The last `limit` entries of the book's journal, the latest first."""
    entries = reads.journal(limit=limit)
    return Document(
        title=tr("History"),
        context="",
        status="",
        book=reads.title(),
        columns=(
            Column(tr("No."), Align.RIGHT, Look.MUTED),
            Column(tr("When (UTC)")),
            Column(tr("Who")),
            Column(tr("What"), wide=True),
        ),
        keys=JOURNAL_KEYS,
        rows=tuple(_journal_row(entry) for entry in entries),
        head={"book": reads.title()},
    )


def _journal_row(entry: JournalEntry) -> Row:
    what = words.journal_line(entry.action, entry.subject, entry.kind)
    return Row(
        cells=(
            str(entry.id),
            f"{words.short_day(entry.at)} {entry.at[11:19]}",
            entry.who,
            tr("{what} (taken back)").format(what=what) if entry.undone else what,
        ),
        data={
            "id": entry.id,
            "at": entry.at,
            "who": entry.who,
            "kind": entry.kind,
            "action": entry.action.value,
            "subject": entry.subject,
            "undone": entry.undone,
        },
    )
