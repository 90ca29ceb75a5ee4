"""The journal in rows and columns, the latest entry first, read page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, Qt

from medaldesk.book.reads.history import JournalEntry
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words

PAGE = 200
"""Entries that are read at a time."""


class ReadJournal(Protocol):
    """A page of the journal from before an entry on, as `Reads.journal` reads it."""

    def __call__(self, before: int | None = None, limit: int = 200) -> list[JournalEntry]: ...


class JournalModel(RowModel[JournalEntry]):
    """Loads older entries as a view asks for them, and newer ones when told to."""

    def __init__(
        self,
        read: ReadJournal,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__((), lambda row: row.id, parent)
        self._read = read
        self._now = now
        self._complete = False
        self.loads_itself = True
        self.columns = [
            Column("when", self.tr("When"), self._when, 130),
            Column("who", self.tr("Who"), lambda row: row.who, 104, weight="muted", optional=True),
            Column("what", self.tr("What"), _what, 0),
        ]

    # Loading

    @property
    def complete(self) -> bool:
        """Whether the first entry of the journal is loaded."""
        return self._complete

    def reload(self) -> None:
        """Read again all that is loaded: an undo changes entries far down."""
        self._merge(max(PAGE, self.rowCount() + 1))

    def load_newest(self) -> None:
        """Put new entries on top."""
        self._merge(PAGE)

    def load_older(self) -> None:
        """Add the page before the oldest entry that is loaded."""
        if self._complete or not self.rowCount():
            return
        older = self._read(self.rows()[-1].id, PAGE)
        self._complete = len(older) < PAGE
        if older:
            first = self.rowCount()
            self.beginInsertRows(QModelIndex(), first, first + len(older) - 1)
            self._rows.extend(older)
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.loads_itself and self._has_older()

    def fetchMore(self, parent: Index) -> None:
        self.load_older()

    def _has_older(self) -> bool:
        return self.rowCount() > 0 and not self._complete

    def _merge(self, limit: int) -> None:
        """Show the latest entries, and those below that are loaded, if nothing lies between."""
        latest = self._read(None, limit)
        known = list(self.rows())
        if len(latest) < limit:
            self._complete = True
            kept: Sequence[JournalEntry] = ()
        elif known and latest[-1].id <= known[0].id:
            kept = [row for row in known if row.id < latest[-1].id]
        else:
            self._complete, kept = False, ()
        if known:
            self.set_rows([*latest, *kept], flash=True)
        else:
            self.reset_rows(latest)

    # Cells

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row(index.row()), self.columns[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{_local(row):%Y-%m-%d %H:%M:%S}" if column.key == "when" else column.text(row)
        if row.undone and role == Qt.ItemDataRole.AccessibleTextRole and column.key == "what":
            return self.tr("{what}, taken back").format(what=column.text(row))
        return super().data(index, role)

    def look(self, row: JournalEntry, column: Column[JournalEntry]) -> Look:
        look = super().look(row, column)
        if row.undone:
            look.weight, look.struck = "muted", column.key == "what"
        return look

    def _when(self, row: JournalEntry) -> str:
        """Local time, with words for today and the day before."""
        at = _local(row)
        clock, today = at.strftime("%H:%M"), self._now().date()
        if at.date() == today:
            return self.tr("today {time}").format(time=clock)
        if at.date() == today - timedelta(days=1):
            return self.tr("yesterday {time}").format(time=clock)
        return self.tr("{day} {time}").format(day=_day(at.date()), time=clock)


def _local(row: JournalEntry) -> datetime:
    return datetime.fromisoformat(row.at).astimezone()


def _day(on: date) -> str:
    return words.short_day(on.isoformat())


def _what(row: JournalEntry) -> str:
    return words.journal_line(row.action, row.subject, row.kind)
