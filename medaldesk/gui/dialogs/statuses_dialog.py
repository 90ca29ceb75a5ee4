"""The statuses of a book: those of one's own, and their order in a discipline (RULES 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.errors import StatusInUse
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.ranking import IRM_ORDER
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.line_model import Line, LineModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.line_table import LineTable
from medaldesk.reports import words


class StatusesDialog(FormDialog):
    """Code and name of what stands in place of a mark, as the sheets of a discipline list it.

    Without an event type there is no discipline: the order is the default one and stays.
    """

    def __init__(
        self, live: LiveBook, event_type: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(live, parent)
        self._named = {row.code: row.name for row in live.reads.statuses()}
        self._discipline = self._discipline_of(event_type)
        self.entitle(self.tr("Statuses"), self.tr("Change"))
        self.model = LineModel(
            [
                Column("code", "", lambda line: line.code, 76, weight="strong"),
                Column("name", "", lambda line: line.name, 0, editable=True),
                Column("detail", "", lambda line: line.detail, 90, weight="muted", optional=True),
            ],
            self,
        )
        self.table = LineTable(self.model, self.tr("Statuses"))
        self.table.may_move = self._discipline is not None
        self.code = QLineEdit()
        self.name = QLineEdit()
        self.default = QPushButton(self.tr("&Default order"))
        self._add_fields()
        self._was = self._order()
        self.model.show_lines([self._line(code) for code in self._was])
        self.table.deleting.connect(self._delete)
        self.default.clicked.connect(self._put_in_default_order)
        self.table.go_to(0)

    def _discipline_of(self, event_type: int | None) -> str | None:
        """The code of the discipline of an event type."""
        if event_type is None:
            return None
        name = self.live.reads.event_type(event_type).discipline
        codes = {row.name: row.code for row in self.live.reads.disciplines()}
        return codes[name]

    def _order(self) -> list[str]:
        if self._discipline is None:
            return list(self._named)
        return self.live.reads.status_order(self._discipline)

    def _line(self, code: str) -> Line:
        if code in IRM_ORDER:
            return Line(code, words.irm_name(code), code, open=False)
        return Line(code, self._named[code], code, self.tr("your own"))

    def _add_fields(self) -> None:
        tr = self.tr
        self.code.setPlaceholderText(tr("DNA"))
        self.code.setMaxLength(8)
        self.code.setMaximumWidth(theme().px(96))
        self.name.setPlaceholderText(tr("What it means; Enter adds it"))
        self.add_fields(tr("&Add"), [(tr("Code"), self.code), (tr("Name"), self.name)])
        self.add_field(tr("&Statuses"), self.table)
        keys = QLabel(self._said(), wordWrap=True)
        keys.setTextFormat(Qt.TextFormat.PlainText)
        keys.setProperty("role", "muted")
        self.form.addRow("", keys)
        tip = tr("As the rules of most federations list them")
        self.default.setAutoDefault(False)
        self.default.setEnabled(self._discipline is not None)
        self.add_field("", self.default, tip=tip)
        self.default.setAccessibleName(tr("Default order"))

    def _said(self) -> str:
        if self._discipline is None:
            return self.tr(
                "F2 renames a status of your own, Del deletes it. Open an event to say in which "
                "order its discipline lists them."
            )
        names = {row.code: row.name for row in self.live.reads.disciplines()}
        return self.tr(
            "The order is that of {discipline}: Alt+Up and Alt+Down move a status. F2 renames one "
            "of your own, Del deletes it."
        ).format(discipline=names[self._discipline])

    # Changing

    def add(self) -> None:
        """Add the status that was typed, behind all others. Raises FieldError."""
        code, name = self.code.text().strip().upper(), " ".join(self.name.text().split())
        if self.model.row_of(code) is not None:
            sentence = self.tr("There is a status {code} already: type another code.")
            raise FieldError(self.code, sentence.format(code=code))
        if not name:
            raise FieldError(self.name, self.tr("Type what {code} means.").format(code=code))
        self.problem.hide()
        line = Line(code, name, code, self.tr("new"))
        self.model.show_lines([*self.model.rows(), line])
        self.table.go_to(self.model.rowCount() - 1)
        self.code.clear()
        self.name.clear()
        self.code.setFocus()

    def _try_to_add(self) -> None:
        try:
            self.add()
        except FieldError as wrong:
            self.show_problem(wrong.field, wrong.sentence)

    def _delete(self, line: Line) -> None:
        if line.code in IRM_ORDER:
            self.show_problem(self.table, words.sentence(StatusInUse(code=line.code)))
        elif line.code not in self._named:
            self.model.drop(line)
        else:
            self.problem.hide()
            self.model.change(replace(line, gone=not line.gone))

    def _put_in_default_order(self) -> None:
        place = {code: number for number, code in enumerate(self._named)}
        last = len(place)
        rows = sorted(self.model.rows(), key=lambda line: place.get(line.code, last))
        self.model.show_lines(rows)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the fields above adds what is typed there; elsewhere it takes all."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        typed = bool(self.code.text().strip())
        if enter and typed and self.code.hasFocus():
            self.name.setFocus()
        elif enter and typed and self.name.hasFocus():
            self._try_to_add()
        else:
            super().keyPressEvent(event)

    # Answering

    def making(self) -> Making:
        if self.code.text().strip():
            self.add()
        rows = list(self.model.rows())
        order = [line.code for line in rows if not line.gone]
        moved = order != [code for code in self._was if code in order] + [
            line.code for line in rows if line.code not in self._named
        ]
        action = Action.SET_STATUS_ORDER if moved else Action.ADD_STATUS

        def make(edits: Edits) -> None:
            with edits.together(action, " ".join(line.code for line in self._changed(rows))):
                for line in self._changed(rows):
                    self._make(edits, line)
                if moved and self._discipline is not None:
                    default = [*self._named, *(c for c in order if c not in self._named)]
                    same = order == [code for code in default if code in order]
                    edits.set_status_order(self._discipline, [] if same else order)

        return make

    def _changed(self, rows: Sequence[Line]) -> list[Line]:
        """The lines that are not as the book has them."""
        return [
            line
            for line in rows
            if line.gone or (line.open and self._named.get(line.code) != line.name)
        ]

    def _make(self, edits: Edits, line: Line) -> None:
        if line.gone:
            edits.delete_status(line.code)
        elif line.code in self._named:
            edits.rename_status(line.code, line.name)
        else:
            edits.add_status(line.code, line.name)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.table if isinstance(error, StatusInUse) else self.code
