"""Who is in a team, in order: typed one after the other, moved and taken out (RULES R11)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.search import AthleteChoice
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Around, athlete_source
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.entrants import Entrants
from medaldesk.gui.models.line_model import Line, LineModel
from medaldesk.gui.widgets.line_table import LineTable


class MembersDialog(FormDialog):
    """The members of a team on a sheet; Enter adds the name that was typed, or takes all."""

    def __init__(
        self, live: LiveBook, head: EventHead, team: ResultRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(live, parent)
        self._gender = head.gender
        self._team = team
        self._entrants = Entrants(live)
        self.entitle(self.tr("Members of {team}").format(team=team.name), self.tr("Change"))
        self.model = LineModel(
            [
                Column("place", "", self._place, 34, RIGHT, "muted"),
                Column("name", "", lambda line: line.name, 0),
                Column("detail", "", lambda line: line.detail, 120, weight="muted", optional=True),
            ],
            self,
        )
        self.table = LineTable(self.model, self.tr("Members"))
        around = Around(nation=team.nation_id)
        self.name = CompletingEdit(athlete_source(live.reads, around, adds=True))
        self._add_fields()
        self.model.show_lines(
            [Line(row.athlete, row.name, open=False) for row in live.reads.members(team.entry)]
        )
        self.table.deleting.connect(self.model.drop)
        self.name.picked.connect(self._on_picked)

    def _add_fields(self) -> None:
        self.name.setPlaceholderText(self.tr("Type a name and press Enter"))
        self.add_field(self.tr("&Add"), self.name)
        self.add_field(self.tr("&Members"), self.table)
        keys = QLabel(self.tr("Alt+Up and Alt+Down move a member, Del takes one out."))
        keys.setWordWrap(True)
        keys.setProperty("role", "muted")
        self.form.addRow("", keys)

    def _place(self, line: Line) -> str:
        return str(self.model.rows().index(line) + 1)

    # Adding

    def _on_picked(self, choice: object) -> None:
        if isinstance(choice, AthleteChoice | str):
            self._try_to_add(choice)

    def add(self, choice: AthleteChoice | str) -> None:
        """Put somebody at the end of the team; nobody is in it twice. Raises FieldError."""
        known = self.read(self.name, lambda: self._entrants.known(choice))
        if isinstance(known, AthleteChoice):
            line = Line(known.id, known.name, detail=known.nation, open=False)
        else:
            name = " ".join(known.split())
            line = Line(fold(name), name, detail=self.tr("new in the book"), open=False)
        if self.model.row_of(line.key) is not None:
            sentence = self.tr("{name} is in the team already.").format(name=line.name)
            raise FieldError(self.name, sentence)
        self.problem.hide()
        self.model.show_lines([*self.model.rows(), line])
        self.table.go_to(self.model.rowCount() - 1)
        self.name.fill("")
        self._fit()

    def _try_to_add(self, choice: AthleteChoice | str) -> None:
        try:
            self.add(choice)
        except FieldError as wrong:
            self.show_problem(wrong.field, wrong.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.name.hasFocus() and self.name.text().strip():
            self._try_to_add(self.name.value())
            return
        super().keyPressEvent(event)

    # Answering

    def making(self) -> Making:
        if self.name.text().strip():
            self.add(self.name.value())
        team, lines = self._team, self.model.lines

        def make(edits: Edits) -> None:
            with edits.together(Action.CHANGE_TEAM, team.name):
                edits.set_members(team.entry, [self._person(edits, line) for line in lines])

        return make

    def _person(self, edits: Edits, line: Line) -> int:
        """The id of a member, added to the book where the name is new."""
        if isinstance(line.key, int):
            return line.key
        return self._entrants.add_person(edits, line.name, self._team.nation, self._gender)

    def settle(self) -> None:
        super().settle()
        if doubt := self._entrants.take_doubt():
            self.live.noted.emit(doubt)
