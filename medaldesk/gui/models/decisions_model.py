"""The ledger of decisions and the audit, in rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from medaldesk.book.reads.decisions import AuditRow, LedgerRow
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words
from medaldesk.reports.decision_words import is_unexplained


class LedgerModel(RowModel[LedgerRow]):
    """Decisions, the latest first; a revoked one is struck through and says since when."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.id, parent)
        self.columns = self._columns(with_revoked=False)

    def show_ledger(self, rows: Sequence[LedgerRow]) -> None:
        """Show decisions; a column of revocations where there are any."""
        has_revoked = any(row.revoked_on is not None for row in rows)
        self.set_columns(self._columns(with_revoked=has_revoked))
        if self.rowCount():
            self.set_rows(rows)
        else:
            self.reset_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[index.column()].text(self.row(index.row()))
        return super().data(index, role)

    def look(self, row: LedgerRow, column: Column[LedgerRow]) -> Look:
        look = super().look(row, column)
        if row.revoked_on is not None:
            look.weight, look.struck = "muted", column.key != "revoked"
        return look

    def _columns(self, *, with_revoked: bool) -> list[Column[LedgerRow]]:
        competition = self.tr("Competition")
        columns: list[Column[LedgerRow]] = [
            Column("day", self.tr("Date"), _day, 100),
            Column("body", self.tr("Body"), lambda row: row.body, 110, weight="strong"),
            Column("event", self.tr("Event"), _event, 136, optional=True),
            Column("competition", competition, _competition, 126, weight="muted", optional=True),
            Column("what", self.tr("What it did"), _what, 0),
        ]
        if with_revoked:
            columns.append(Column("revoked", self.tr("Revoked"), _revoked, 100))
        return columns


class AuditModel(RowModel[AuditRow]):
    """Official events that are not 1-1-1; those without a reason first, in red."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.event, parent)
        tip, competition = self.tr("Gold, silver, bronze"), self.tr("Competition")
        self.columns = [
            Column("medals", self.tr("Medals"), _medals, 76, weight="strong", tip=tip),
            Column("event", self.tr("Event"), _event, 0),
            Column("why", self.tr("Why"), words.audit_why, 190),
            Column(
                "day", self.tr("Date"), lambda row: words.short_day(row.day), 104, optional=True
            ),
            Column("competition", competition, _competition, 126, weight="muted", optional=True),
        ]

    def show_findings(self, rows: Sequence[AuditRow]) -> None:
        """Show what the audit found, what nobody can explain on top."""
        found = sorted(rows, key=lambda row: not is_unexplained(row))
        if self.rowCount():
            self.set_rows(found)
        else:
            self.reset_rows(found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[index.column()].text(self.row(index.row()))
        return super().data(index, role)

    def look(self, row: AuditRow, column: Column[AuditRow]) -> Look:
        look = super().look(row, column)
        look.error = is_unexplained(row) and column.key in ("medals", "why")
        return look


def _day(row: AuditRow | LedgerRow) -> str:
    return words.short_day(row.day)


def _event(row: AuditRow | LedgerRow) -> str:
    return row.event_name


def _competition(row: AuditRow | LedgerRow) -> str:
    return row.competition_name


def _what(row: LedgerRow) -> str:
    return words.decision_says(row.lines)


def _revoked(row: LedgerRow) -> str:
    return words.short_day(row.revoked_on)


def _medals(row: AuditRow) -> str:
    return words.medals_triple(row.finding.medals)
