"""Reads of the journal: who did what, when, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass

from medaldesk.book.changes import Action, Change
from medaldesk.book.reads.base import ReadBase


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal; `at` is UTC, `undone` tells of an edit that was taken back."""

    id: int
    at: str
    who: str
    kind: str
    action: Action
    subject: str
    undone: bool
    rows: int


class JournalReads(ReadBase):
    """What happened to the book itself."""

    def last_journal(self) -> int:
        """The id of the last journal entry, 0 in an empty journal."""
        row = self._row("SELECT coalesce(max(id), 0) FROM journal")
        return int(row[0]) if row else 0

    def journal(self, before: int | None = None, limit: int = 200) -> list[JournalEntry]:
        """A page of the journal, the latest first, from before an entry on."""
        rows = self._rows(
            """SELECT j.id, j.at, j.who, j.kind, j.action, j.subject, j.undone,
                (SELECT count(*) FROM journal_row AS r WHERE r.journal_id = j.id)
            FROM journal AS j WHERE ? IS NULL OR j.id < ? ORDER BY j.id DESC LIMIT ?""",
            before,
            before,
            limit,
        )
        return [
            JournalEntry(entry, at, who, kind, Action(action), subject, bool(undone), count)
            for entry, at, who, kind, action, subject, undone, count in rows
        ]

    def journal_of_row(self, table: str, row: int) -> list[JournalEntry]:
        """The journal entries that wrote a row, the latest first: who typed it, and when."""
        rows = self._rows(
            """SELECT DISTINCT j.id, j.at, j.who, j.kind, j.action, j.subject, j.undone, 1
            FROM journal_row AS r JOIN journal AS j ON j.id = r.journal_id
            WHERE r.table_name = ? AND r.row_id = ? ORDER BY j.id DESC""",
            table,
            row,
        )
        return [
            JournalEntry(entry, at, who, kind, Action(action), subject, bool(undone), count)
            for entry, at, who, kind, action, subject, undone, count in rows
        ]

    def changes_after(self, journal: int) -> list[Change]:
        """Every change after a journal entry, oldest first."""
        rows = self._rows(
            "SELECT id, kind, action, subject, change FROM journal WHERE id > ? ORDER BY id",
            journal,
        )
        return [Change.loads(*row) for row in rows]
