"""Why a number differs between two medal tables (RULES R19)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from medaldesk.book.reads.difference import Cause
from medaldesk.gui.models.difference_model import CausesModel
from medaldesk.gui.target import Place, Target
from medaldesk.gui.widgets.panel_below import PanelBelow
from medaldesk.reports.language import tr


class CausesPanel(PanelBelow):
    """Lists the medals won and lost; each leads to the decision behind it, or to its event."""

    def __init__(self, parent: QWidget | None = None) -> None:
        model = CausesModel()
        super().__init__(model, tr("Causes"), parent)
        model.setParent(self)
        self.model = model
        self.table.setToolTip(self.tr("Press Enter to see the decision, or the event"))

    def show_causes(self, nation: str, competition: str, causes: Sequence[Cause]) -> None:
        """Tell why numbers of a nation changed; without causes, hide."""
        template = self.tr("{nation} · 1 medal changed")
        if len(causes) != 1:
            template = self.tr("{nation} · {n} medals changed")
        self.heading.setText(template.format(nation=nation, n=len(causes)))
        self.model.show_causes(competition, causes)
        self.setVisible(bool(causes))

    def open_row(self, index: QModelIndex) -> None:
        cause = self.model.row(index.row())
        if cause.decision is not None:
            self.go.emit(Target(Place.DECISION, cause.decision))
        else:
            self.go.emit(Target(Place.EVENT, cause.event))
