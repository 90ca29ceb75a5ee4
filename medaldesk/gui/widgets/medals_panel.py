"""The medals behind a number of the medal table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from medaldesk.book.reads.standings import MedalTable
from medaldesk.domain.medals import Medal
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.standings_columns import Standing
from medaldesk.gui.models.standings_model import MedalsModel
from medaldesk.gui.target import Place, Target
from medaldesk.gui.widgets.panel_below import PanelBelow
from medaldesk.reports import words
from medaldesk.reports.language import tr


class MedalsPanel(PanelBelow):
    """Lists medals of a nation, each of which leads to its result, or to its decision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        model = MedalsModel()
        super().__init__(model, tr("Medals"), parent)
        model.setParent(self)
        self.model = model
        self._nation: int | None = None
        self._medals: tuple[Medal, ...] = ()
        self._gender: str | None = None
        self.table.frames_cell = True
        self.table.setToolTip(self.tr("Press Enter to see the result"))

    def show_medals(
        self, row: Standing, medals: tuple[Medal, ...], gender: str | None = None
    ) -> None:
        """Be about some medals of a nation; `refresh` then reads them."""
        self._nation, self._medals, self._gender = row.nation_id, medals, gender
        self.model.set_rows(())
        self.show()

    def refresh(self, live: LiveBook, table: MedalTable, *, flash: bool = False) -> None:
        """Read the medals again; a nation that has left the table closes the panel."""
        if self.isHidden():
            return
        line = next((line for line in table.lines if line.nation_id == self._nation), None)
        if line is None:
            self.close_panel()
            return
        scope = table.scope
        if self._gender is not None:
            scope = replace(scope, genders=(self._gender,))
        found = live.reads.medals_of(scope, line.nations, self._medals)
        given = {row.decision for row in found if row.decision is not None}
        decisions = {decision: live.reads.decision(decision) for decision in given}
        self.heading.setText(self._heading_text(line.name, len(found)))
        competition = table.competition.name if table.competition else ""
        self.model.show_medals(competition, found, flash=flash, decisions=decisions)

    def open_row(self, index: QModelIndex) -> None:
        medal = self.model.row(index.row())
        column = self.model.columns[index.column()].key
        if column == "decision" and medal.decision is not None:
            self.go.emit(Target(Place.DECISION, medal.decision))
        else:
            self.go.emit(Target(Place.RESULT, medal.result))

    def _heading_text(self, nation: str, count: int) -> str:
        if self._gender is not None:
            return self.tr("{nation} · {gender}: {n}").format(
                nation=nation, gender=words.gender_word(self._gender), n=count
            )
        if len(self._medals) == 1:
            return self.tr("{nation} · {medal}: {n}").format(
                nation=nation, medal=words.medal_name(self._medals[0]), n=count
            )
        return self.tr("{nation} · all medals: {n}").format(nation=nation, n=count)
