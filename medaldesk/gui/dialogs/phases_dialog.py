"""The phases of an event: renamed in place, or deleted with what is told before (RULES R5)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.reads.events import PhaseRow
from medaldesk.gui.dialogs.form import FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.line_model import Line, LineModel
from medaldesk.gui.widgets.line_table import LineTable


class PhasesDialog(FormDialog):
    """F2 renames, Del strikes out and says what goes with it; Enter takes it all as one edit."""

    def __init__(self, live: LiveBook, event: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._head = live.reads.event_head(event)
        title = self.tr("Phases of {event}").format(event=self._head.name)
        self.entitle(title, self.tr("Change"))
        self.model = LineModel(
            [
                Column("name", "", lambda line: line.name, 0, editable=True),
                Column("detail", "", lambda line: line.detail, 150, weight="muted"),
            ],
            self,
        )
        self.table = LineTable(self.model, self.tr("Phases"))
        self.table.may_move = False
        self.add_field(self.tr("&Phases"), self.table)
        self.said = QLabel(wordWrap=True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "muted")
        self.form.addRow("", self.said)
        self.model.show_lines([self._line(phase) for phase in self._head.phases])
        self.table.deleting.connect(self._strike)
        self.table.go_to(0)
        self._say()

    def _line(self, phase: PhaseRow) -> Line:
        count = len(self.live.reads.results(self._head.id, phase.id))
        results = self.tr("{n} result") if count == 1 else self.tr("{n} results")
        return Line(phase.id, phase.name, detail=results.format(n=count))

    def _strike(self, line: Line) -> None:
        """Strike a phase out, or keep it again; the last one that is left has to stay."""
        if not line.gone and len(self.model.lines) == 1:
            sentence = self.tr("An event cannot be without a phase: {phase} stays.")
            self.show_problem(self.table, sentence.format(phase=line.name))
            return
        self.problem.hide()
        self.model.change(replace(line, gone=not line.gone))
        self._say()

    def _say(self) -> None:
        """What the keys do, or what goes with the phases that are struck out."""
        gone = [line for line in self.model.rows() if line.gone]
        if not gone:
            self.said.setText(self.tr("F2 renames a phase, Del strikes it out."))
        else:
            told = (
                self.tr("{phase} ({results})").format(phase=line.name, results=line.detail)
                for line in gone
            )
            self.said.setText(
                self.tr(
                    "Deleted with all their results: {phases}. Who competed in no other phase "
                    "stays entered. Del keeps a phase."
                ).format(phases=", ".join(told))
            )
        self._fit()

    def _enter_first_field(self) -> None:
        self.table.setFocus()

    def making(self) -> Making:
        was = {phase.id: phase.name for phase in self._head.phases}
        lines = list(self.model.rows())
        event = self._head.name

        def make(edits: Edits) -> None:
            with edits.together(Action.CHANGE_EVENT, event):
                for line in lines:
                    assert isinstance(line.key, int)
                    if line.gone:
                        edits.delete_phase(line.key)
                    elif line.name != was[line.key]:
                        edits.rename_phase(line.key, line.name)

        return make
