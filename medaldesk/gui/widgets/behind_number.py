"""What is behind a number of the medal table: its medals, or why it changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medaldesk.book.reads.difference import Cause
from medaldesk.book.reads.standings import MedalRow
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.standings_model import StandingsModel
from medaldesk.gui.models.table_choice import TableShown
from medaldesk.gui.widgets.causes_panel import CausesPanel
from medaldesk.gui.widgets.medals_panel import MedalsPanel


class BehindNumber(QWidget):
    """The medals where one table is shown, the causes where two are compared; else hidden."""

    go = Signal(object)
    closed = Signal()

    def __init__(self, live: LiveBook, model: StandingsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._live, self._model = live, model
        self.medals = MedalsPanel(self)
        self.causes = CausesPanel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for panel in (self.medals, self.causes):
            layout.addWidget(panel)
            panel.go.connect(self.go)
            panel.closed.connect(self._close)
        self.hide()

    def show_cell(self, shown: TableShown, index: QModelIndex) -> None:
        """Tell about a cell of the table that is shown."""
        if self._model.compared:
            self._tell_causes(shown, index)
        else:
            column = index.column()
            self.medals.show_medals(
                self._model.row(index.row()),
                self._model.medals_of_column(column),
                self._model.gender_of_column(column),
            )
            self.medals.refresh(self._live, shown.table)
        self._fit()

    def refresh(self, shown: TableShown, index: QModelIndex, *, flash: bool) -> None:
        """Tell the same of the table as it is now; `index` is where the cursor is."""
        if shown.difference is not None:
            self.medals.hide()
            self._tell_causes(shown, index)
        else:
            self.causes.hide()
            self.medals.refresh(self._live, shown.table, flash=flash)
        self._fit()

    def current_medal(self) -> MedalRow | None:
        """The medal under the cursor of those behind a number."""
        index = self.medals.table.currentIndex()
        shown = not self.medals.isHidden() and index.isValid()
        return self.medals.model.row(index.row()) if shown else None

    def current_cause(self) -> Cause | None:
        """The medal won or lost under the cursor of the causes."""
        index = self.causes.table.currentIndex()
        shown = not self.causes.isHidden() and index.isValid()
        return self.causes.model.row(index.row()) if shown else None

    def clear(self) -> None:
        """Tell of nothing."""
        for panel in (self.medals, self.causes):
            panel.hide()
        self._fit()

    def enter(self) -> None:
        """Give the keys to what is in sight."""
        for panel in (self.medals, self.causes):
            if not panel.isHidden():
                panel.enter()

    def _tell_causes(self, shown: TableShown, index: QModelIndex) -> None:
        if not index.isValid():
            self.causes.hide()
            return
        competition = shown.table.competition
        name = competition.name if competition else ""
        nation = self._model.row(index.row()).name
        self.causes.show_causes(nation, name, self._model.causes_at(index))

    def _close(self) -> None:
        self._fit()
        self.closed.emit()

    def _fit(self) -> None:
        self.setHidden(self.medals.isHidden() and self.causes.isHidden())
