"""Second step of an import: what each column is, and what is the same in every row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from medaldesk.book.reads import Reads
from medaldesk.book.reads.search import NationChoice
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source
from medaldesk.gui.dialogs.form import Choice
from medaldesk.gui.dialogs.import_step import ImportStep, say
from medaldesk.gui.import_choices import suggestions_for
from medaldesk.gui.import_draft import ASKED, LEFT_OUT, NOTE, ImportDraft, Shape, Sure
from medaldesk.gui.models.import_models import CellsModel, ColumnsModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.answer_table import AnswerDelegate, AnswerTable
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import import_preview_words

WIDE = 700
"""From so many pixels at 100 % on, two fields stand beside each other."""

UNSURE = (Sure.POSSIBLE, Sure.LIKELY)


class ColumnsStep(ImportStep):
    """A table of columns, fields for what every row needs and none gives, the first rows below."""

    def __init__(self, reads: Reads, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._draft = draft
        self._shape: Shape | None = None
        self.fields: dict[str, CompletingEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self.line = self.add_sentence()
        self.shapes = Choice([], self)
        self.shapes.setAccessibleName(self.tr("Table"))
        self.shapes.activated.connect(lambda: self._show(self.shapes.chosen()))
        self.column.addWidget(self.shapes)
        self.model = ColumnsModel(self)
        self.table = AnswerTable(self.model, self.tr("Columns of the file"), "targets", self)
        self.table.setItemDelegateForColumn(2, ColumnDelegate(self._choices, self.table))
        self._of_columns = self.add_titled(self.tr("C&olumns"), self.table, 3)
        self._questions = QWidget(self)
        self._form = QGridLayout(self._questions)
        self._lay_out()
        self.cells = CellsModel(self)
        self.rows = Table(self.cells, self.tr("First rows of the file"), self)
        self.rows.horizontalHeader().setStretchLastSection(True)
        self._of_rows = self.add_titled(self.tr("First &rows of the file"), self.rows, 2)
        for table, least in ((self.table, 4), (self.rows, 2)):
            table.setMinimumHeight(theme().row_height * (least + 1))
        self.model.answered.connect(self._on_answered)

    def _lay_out(self) -> None:
        px = theme().px
        self._form.setContentsMargins(0, px(4), 0, px(4))
        self._form.setHorizontalSpacing(px(12))
        self._form.setVerticalSpacing(px(6))
        self.missing = self.add_sentence("error")
        self.column.addWidget(self._questions)

    # Showing

    def refresh(self) -> None:
        """Show the draft as it is."""
        shapes = self._draft.open_shapes
        self.shapes.refill([(self._shape_word(shape), shape) for shape in shapes])
        self.shapes.setVisible(len(shapes) > 1)
        number = self._shape.number if self._shape else -1
        shape = next((s for s in shapes if s.number == number), shapes[0] if shapes else None)
        self.shapes.choose(shape)
        say(self.line, self._tell(shapes))
        for part in (self._of_columns, self._of_rows):
            part.setVisible(bool(shapes))
        self._show(shape)
        self._refresh_questions()

    def _tell(self, shapes: list[Shape]) -> str:
        if not shapes:
            return self.tr("The files say themselves what is what: there is nothing to choose.")
        draft = self._draft
        if draft.unnamed:
            text = self.tr("Nothing is known of {headings}: choose what they are, or keep them.")
            return text.format(headings=", ".join(draft.unnamed))
        if draft.old_event:
            return self.tr("The profile says which event it was: look whether it still is.")
        if not draft.asks_columns and all(map(draft.constant, draft.questions())):
            return self.tr("Every column is known; look at the preview, or choose otherwise here.")
        return ""

    def _shape_word(self, shape: Shape) -> str:
        return ", ".join(
            dict.fromkeys(
                f"{look.path.name} · {look.sheet}" if look.sheet else look.path.name
                for look in shape.looks
            )
        )

    def _show(self, shape: Shape | None) -> None:
        self._shape = shape
        self.model.kind = self._draft.kind
        self.model.set_rows(self._draft.lines(shape) if shape else [])
        if shape is not None:
            self.cells.show_cells(shape.first.heading, shape.first.sample)

    def _on_answered(self, heading: str, target: str) -> None:
        if self._shape is not None:
            self._draft.say_column(self._shape, heading, target)
            self.model.set_rows(self._draft.lines(self._shape))
            for what in self._draft.missing():
                self._draft.ask(what)
            self._refresh_questions()
            self.edited.emit()

    def _choices(self) -> list[Suggestion]:
        return [
            Suggestion(self.model.target_word(target), target, _hint(target))
            for target in self.model.choices()
        ]

    # What is the same in every row

    def _refresh_questions(self) -> None:
        wanted = self._draft.questions() if self._draft.open_shapes else []
        if list(self.fields) != wanted:
            while (item := self._form.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self.fields, self._labels = {}, {}
            for target in wanted:
                self._add_field(target)
            self._arrange()
            self._order_tabs()
        for target, field in self.fields.items():
            if not field.hasFocus():
                field.fill(self._draft.constant(target))
        self._questions.setVisible(bool(self.fields))
        missing = [what for what in self._draft.missing() if what not in ASKED]
        nouns = ", ".join(map(import_preview_words.column_word, missing))
        text = (
            self.tr("Choose the column that holds: {nouns}.").format(nouns=nouns) if nouns else ""
        )
        say(self.missing, text)

    def _add_field(self, target: str) -> None:
        field = CompletingEdit(suggestions_for(self._reads, target), self._questions)
        word = import_preview_words.column_word(target)
        field.setAccessibleName(word)
        field.setPlaceholderText(self.tr("the same in every row"))
        field.textChanged.connect(lambda: self._say_constant(target))
        field.picked.connect(lambda choice: self._pick(target, choice))
        label = QLabel(word[:1].upper() + word[1:], self._questions)
        label.setBuddy(field)
        self._labels[target] = label
        self.fields[target] = field
        # A layout shows it later; until then it takes no keyboard, and Enter would go to Cancel.
        field.show()

    def _arrange(self) -> None:
        """One below the other, or two beside each other where there is room."""
        across = 2 if self.width() >= theme().px(WIDE) else 1
        for number, (target, field) in enumerate(self.fields.items()):
            row, column = divmod(number, across)
            self._form.addWidget(self._labels[target], row, 2 * column)
            self._form.addWidget(field, row, 2 * column + 1)
        for column in range(2):
            self._form.setColumnStretch(2 * column + 1, int(column < across))

    def _order_tabs(self) -> None:
        """Tab goes from the columns through the fields to the rows of the file."""
        parts = [self.table, *self.fields.values(), self.rows]
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _pick(self, target: str, choice: object) -> None:
        if isinstance(choice, NationChoice):
            self.fields[target].fill(choice.code, choice)

    def _say_constant(self, target: str) -> None:
        text = " ".join(self.fields[target].text().split())
        if text != self._draft.constant(target):
            self._draft.said.constants[target] = text
            self.edited.emit()

    # Keys

    def enter(self) -> bool:
        empty = self._empty()
        event = self.fields.get("event")
        self.table.go_to(self._first_open())
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._draft.old_event and event is not None and not self._draft.unnamed:
            event.setFocus(Qt.FocusReason.OtherFocusReason)
            event.selectAll()
        elif self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def _first_open(self) -> int:
        """The column about which something should be said: an unsure one, else an unknown one."""
        lines = list(enumerate(self.model.rows()))
        unsure = [n for n, line in lines if line.sure in UNSURE]
        unknown = [n for n, line in lines if line.sure is Sure.NOTHING and line.examples]
        return next(iter(unsure or unknown), 0)

    def settle(self) -> bool:
        """Take what is typed; the first empty field that is needed gets the keyboard."""
        self.table.commit_open()
        for field in self.fields.values():
            field.settle()
        missing = self._draft.missing()
        if not missing:
            return True
        needed = self.fields.get(missing[0])
        (needed or self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        if needed is not None:
            word = import_preview_words.column_word(missing[0])
            text = self.tr("No column is the {noun}: type it, or choose a column.")
            say(self.missing, text.format(noun=word))
        return False

    def _empty(self) -> CompletingEdit | None:
        return next((field for field in self.fields.values() if not field.text().strip()), None)


def _hint(target: str) -> str:
    """The name of the column in the exchange table, for those who know it."""
    return "" if target in (NOTE, LEFT_OUT) else target


class ColumnDelegate(AnswerDelegate):
    """Completes what a column can be."""

    def __init__(
        self, choices: Callable[[], list[Suggestion]], parent: QObject | None = None
    ) -> None:
        super().__init__(choice_source(choices), parent)
