"""What was decided after the race, and every event whose medals are not 1-1-1 (R8, R9, R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLabel, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.decisions import AuditRow, LedgerRow
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.decisions_model import AuditModel, LedgerModel
from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.decision_card import DecisionCard
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.segments import Segments
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words

LEAST_ROWS = 3
"""Decisions that stay in sight above the decision in full."""

_SHOWN = {
    "decision", "decision_line", "source", "event", "event_type", "entry", "athlete", "nation",
    "nation_code", "competition", "result", "phase", "irm", "irm_order",
}  # fmt: skip
"""Tables whose facts stand on this page, or decide what does."""


class Part(StrEnum):
    """What the page shows."""

    LEDGER = "ledger"
    AUDIT = "audit"


class DecisionsPage(Page):
    """The ledger and the audit, of one competition or of all."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.part = Part.LEDGER
        self.competition_id: int | None = None
        self._heading = Heading(self)
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self.ledger = LedgerModel(self)
        self.audit = AuditModel(self)
        self._known: dict[int, LedgerRow] = {}
        self.audit.columns = [_told_by(column, self._why) for column in self.audit.columns]
        self.ledger_table = _one_row_table(self.ledger, self.tr("Decisions"), self)
        self.ledger_table.stretch_least = 110
        self.ledger_table.setToolTip(self.tr("Press Enter to change a decision"))
        self.audit_table = _one_row_table(self.audit, self.tr("Audit"), self)
        self.audit_table.stretch_least = 120
        self.audit_table.setToolTip(self.tr("Press Enter to see the event"))
        self.card = DecisionCard(self)
        self._build_controls()
        self._build_layout()
        self._connect()
        self._choose_table()

    def title(self) -> str:
        return self.tr("Decisions")

    # Choosing

    def show_decision(self, decision: int) -> None:
        """Show the ledger with the cursor on a decision."""
        try:
            row = self.live.reads.decision(decision)
        except UnknownCode:
            return
        if self.competition_id not in (None, row.competition):
            self.competition_id = None
        self.show_part(Part.LEDGER)
        self._stale = False
        self.refresh()
        self._select(self.ledger_table, decision)

    def show_part(self, part: Part) -> None:
        """Show the ledger or the audit."""
        self.part = part
        self._choose_table()
        self.mark_stale()

    def show_competition(self, competition: int | None) -> None:
        """Narrow the page to one competition; None shows all."""
        self.competition_id = competition
        self.mark_stale()

    def current(self) -> LedgerRow | None:
        """The decision under the cursor of the ledger."""
        index = self.ledger_table.currentIndex()
        return self.ledger.row(index.row()) if index.isValid() else None

    def event_in_sight(self) -> int | None:
        """The event of the row under the cursor, of the ledger or of the audit."""
        index = self._table.currentIndex()
        return self._table.rows.row(index.row()).event if index.isValid() else None

    # Showing

    def touches(self, change: Change) -> bool:
        """Decisions and all that places anybody."""
        return bool(change.tables & _SHOWN)

    def refresh(self, change: Change | None = None) -> None:
        self._show_competitions()
        if self.part is Part.LEDGER:
            self._show_ledger(self.live.reads.decisions(competition=self.competition_id))
        else:
            ledger = self.live.reads.decisions(competition=self.competition_id)
            self._known = {row.id: row for row in ledger}
            self._show_audit(self.live.reads.audit(self.competition_id))

    def _show_ledger(self, rows: Sequence[LedgerRow]) -> None:
        self.ledger.show_ledger(rows)
        self._keep_cursor(self.ledger_table)
        self._heading.show_text(self.title(), self._count(rows))
        text = self.tr("No decision in this competition.")
        if self.competition_id is None:
            text = self.tr(
                "No decisions yet: open the event and choose Take decision… (Ctrl+Shift+D)."
            )
        self._tell_empty("" if rows else text)
        self._show_card()

    def _show_audit(self, rows: list[AuditRow]) -> None:
        self.audit.show_findings(rows)
        self._keep_cursor(self.audit_table)
        self._heading.show_text(self.title(), words.audit_summary(rows) if rows else "")
        text = self.tr(
            "No official event is other than 1-1-1. Once an event is official, it is listed here "
            "if its medals are not one gold, one silver and one bronze, and why."
        )
        self._tell_empty("" if rows else text)

    def _why(self, row: AuditRow) -> str:
        return words.audit_why(row, self._known)

    def _count(self, rows: Sequence[LedgerRow]) -> str:
        if not rows:
            return ""
        revoked = sum(row.revoked_on is not None for row in rows)
        text = self.tr("1 decision") if len(rows) == 1 else self.tr("{n} decisions")
        if revoked:
            text = self.tr("{n} decisions, {revoked} of them revoked")
        if revoked and len(rows) == 1:
            text = self.tr("1 decision, revoked")
        return text.format(n=len(rows), revoked=revoked)

    def _tell_empty(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self._fit()

    def _keep_cursor(self, table: Table) -> None:
        """Stay where the cursor is; begin with the first row."""
        if not table.currentIndex().isValid() and table.rows.rowCount():
            table.setCurrentIndex(table.rows.index(0, 0))

    def _select(self, table: Table, key: int) -> None:
        row = table.rows.row_of(key)
        if row is not None:
            table.setCurrentIndex(table.rows.index(row, 0))
            table.scrollTo(table.currentIndex())

    def _show_card(self) -> None:
        row = self.current()
        if row is not None:
            self.card.show_decision(row, can_write=self.live.can_write)
        self._fit()

    def _show_competitions(self) -> None:
        """Stay with what is chosen; all, where it is gone."""
        combo = self.competitions
        shown: list[tuple[str, int | None]] = [(self.tr("All competitions"), None)]
        shown += [(row.name, row.id) for row in self.live.reads.competitions()]
        if shown != [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())]:
            combo.clear()
            for name, competition in shown:
                combo.addItem(name, competition)
        if self.competition_id not in {competition for _, competition in shown}:
            self.competition_id = None
        combo.setCurrentIndex(combo.findData(self.competition_id) if self.competition_id else 0)

    # Doing

    def change_decision(self) -> None:
        """Correct the decision under the cursor; a book that is only read shows its event."""
        from medaldesk.gui.dialogs.decision_dialog import DecisionDialog

        if (row := self.current()) is None:
            return
        if not self.live.can_write:
            self.go_to_event()
            return
        DecisionDialog(self.live, row.event, self.window(), decision=row.id).exec()

    def revoke(self) -> None:
        """Ask from which day on it holds no longer; a revoked one holds again."""
        from medaldesk.gui.dialogs.revoke_dialog import RevokeDialog

        if (row := self.current()) is None or not self.live.can_write:
            return
        if row.revoked_on is not None:
            self.live.edit(lambda edits: edits.revoke_decision(row.id, None))
        else:
            RevokeDialog(self.live, row, self.window()).exec()

    def delete(self) -> None:
        """No question first: the journal keeps it, and undo brings it back."""
        if (row := self.current()) is None or not self.live.can_write:
            return
        if self.live.edit(lambda edits: edits.delete_decision(row.id)):
            text = self.tr(
                "The decision of {body} about {event} was deleted. Ctrl+Z brings it back."
            )
            self.live.noted.emit(text.format(body=row.body, event=row.event_name))

    def go_to_event(self) -> None:
        """Show the event of the row under the cursor."""
        if (event := self.event_in_sight()) is not None:
            self.go.emit(Target(Place.EVENT, event))

    # Building

    @property
    def _table(self) -> Table:
        return self.ledger_table if self.part is Part.LEDGER else self.audit_table

    def _choose_table(self) -> None:
        self._parts.choose(self.part)
        self.setFocusProxy(self._table)

    def _build_controls(self) -> None:
        self._parts = Segments(
            self.tr("What is shown"),
            {Part.LEDGER: self.tr("&Ledger"), Part.AUDIT: self.tr("&Audit")},
            self,
        )
        self.competitions = QComboBox(self)
        self.competitions.setAccessibleName(self.tr("Competition"))
        self.competitions.setMinimumContentsLength(16)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.competitions.setSizeAdjustPolicy(policy)
        for control in (self._parts, self.competitions):
            self._heading.add_control(control)

    def _build_layout(self) -> None:
        self._body = QHBoxLayout()
        self._body.addWidget(self.ledger_table)
        self._body.addWidget(self.audit_table)
        for part in (self._heading, self._empty):
            self.layout_.addWidget(part)
        self.layout_.addLayout(self._body, 1)
        self.layout_.addWidget(self.card)
        self.layout_.addStretch(0)
        tables = (self.ledger_table, self.audit_table, self.card)
        for before, after in pairwise((self.competitions, *tables)):
            QWidget.setTabOrder(before, after)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        combo = self.competitions
        self._parts.chosen.connect(self.show_part)
        combo.activated.connect(lambda number: self.show_competition(combo.itemData(number)))
        self.ledger_table.selectionModel().currentRowChanged.connect(self._show_card)
        self.ledger_table.activated.connect(self.change_decision)
        self.audit_table.activated.connect(self.go_to_event)
        self.card.change.connect(self.change_decision)
        self.card.revoke.connect(self.revoke)
        self.card.delete.connect(self.delete)
        self.card.show_event.connect(self.go_to_event)
        self._on_key("F2", self.ledger_table, self.change_decision)
        self._on_key("Del", self.ledger_table, self.delete)
        for table in (self.ledger_table, self.audit_table):
            self._on_key("Ctrl+G", table, self.go_to_event)

    def _on_key(self, key: str, table: Table, do: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), table, do).setContext(Qt.ShortcutContext.WidgetShortcut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What has rows is in sight; the card too, where there is room for it."""
        is_ledger = self.part is Part.LEDGER
        has_rows = self.ledger.rowCount() > 0
        self.ledger_table.setVisible(is_ledger and has_rows)
        self.audit_table.setVisible(not is_ledger and self.audit.rowCount() > 0)
        room = self._room_below(LEAST_ROWS)
        fits = room >= self.card.least_height(self.width())
        self.card.setVisible(is_ledger and has_rows and fits)
        if fits:
            usual = min(room, round(self.height() * 0.45))
            self.card.fit_height(self.width(), max(usual, self._room_below(self.ledger.rowCount())))

    def _room_below(self, rows: int) -> int:
        """The height that so many rows of the ledger leave, or all of them."""
        rows = min(rows, self.ledger.rowCount())
        head = self.ledger_table.horizontalHeader().sizeHint().height()
        above = self._heading.heightForWidth(self.width())
        return self.height() - above - head - rows * theme().row_height

    def _restyle(self) -> None:
        px = theme().px
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self._empty.setContentsMargins(px(20), px(12), px(20), px(12))
        self.competitions.setMinimumHeight(self._parts.sizeHint().height())


def _told_by(column: Column[AuditRow], why: Callable[[AuditRow], str]) -> Column[AuditRow]:
    """The reasons of the audit in full: they take the room that names of events leave."""
    widths = {"event": 170, "why": 0}
    return replace(
        column,
        text=why if column.key == "why" else column.text,
        width=widths.get(column.key, column.width),
    )


def _one_row_table(model: RowModel[Any], name: str, parent: QWidget) -> Table:
    table = Table(model, name, parent)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    return table
