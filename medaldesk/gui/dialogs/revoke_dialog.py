"""From which day on a decision holds no longer."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from medaldesk.book.reads.decisions import LedgerRow
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.dialogs.form import DateField, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words


class RevokeDialog(FormDialog):
    """Asks for the day on which a decision was revoked (RULES R9)."""

    def __init__(self, live: LiveBook, row: LedgerRow, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._row = row
        self.entitle(self.tr("Revoke decision"), self.tr("Revoke"))
        about = QLabel(wordWrap=True)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setText(
            self.tr(
                "{body}, {day}, about {event}: from the day of the revocation on, what was there "
                "before it is there again."
            ).format(body=row.body, day=words.day(row.day), event=row.event_name)
        )
        self.form.addRow(about)
        self.day = DateField(date.today)
        tip = self.tr("The first day on which the decision holds no longer")
        self.add_field(self.tr("&Revoked on"), self.day, needed=True, tip=tip)

    def making(self) -> Making:
        day = self.read(self.day, self.day.day)
        return lambda edits: edits.revoke_decision(self._row.id, day)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.day
