"""Third step of an import: what texts stand for, and how marks are spelled."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from medaldesk.book.reads import Reads
from medaldesk.exchange.importing.preview import Preview
from medaldesk.gui.delegates.suggestions import Source
from medaldesk.gui.dialogs.import_step import ImportStep, say
from medaldesk.gui.import_choices import suggestions_for
from medaldesk.gui.import_draft import ImportDraft, asks_values, is_unknown
from medaldesk.gui.models.import_models import MarksModel, ValuesModel
from medaldesk.gui.models.row_model import Index, RowModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.answer_table import AnswerDelegate, AnswerTable
from medaldesk.gui.widgets.table import Table


class ValuesStep(ImportStep):
    """Values above, marks below; what is unknown or refused comes first."""

    def __init__(self, reads: Reads, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.line = self.add_sentence()
        self.values = ValuesModel(self)
        self.table = AnswerTable(self.values, self.tr("Values"), "meaning", self)
        self.table.setItemDelegateForColumn(3, ValueDelegate(reads, self.table))
        title = self.tr("&Values: what the texts of the file stand for")
        self._of_values = self.add_titled(title, self.table, 3)
        self.marks = MarksModel(self)
        self.mark_table = Table(self.marks, self.tr("Spellings of marks"), self)
        title = self.tr("&Marks: how they are spelled")
        self._of_marks = self.add_titled(title, self.mark_table, 2)
        self._add_pattern()
        for table in (self.table, self.mark_table):
            table.setMinimumHeight(theme().row_height * 4)
        self.values.answered.connect(self._on_value)

    def _add_pattern(self) -> None:
        self.pattern = QLineEdit(self)
        self.pattern.setAccessibleName(self.tr("Pattern of the marks"))
        self.pattern.setPlaceholderText(self.tr("m.sscc: 1.2843 is 1:28.43"))
        self.pattern.setToolTip(
            self.tr(
                "h, m and s are digits of hours, minutes and seconds, c those behind the seconds; "
                "several patterns have a blank between them"
            )
        )
        self.pattern.textEdited.connect(self._on_pattern)
        label = QLabel(self.tr("&Pattern"), self)
        label.setBuddy(self.pattern)
        self._of_pattern = QWidget(self)
        line = QHBoxLayout(self._of_pattern)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(12))
        line.addWidget(label)
        line.addWidget(self.pattern, 1)
        self.column.addWidget(self._of_pattern)
        self.wrong = self.add_sentence("error")

    # Showing

    def show_preview(self, preview: Preview) -> None:
        """Show the values and marks that a plan met."""
        self.values.show_values(preview.values)
        self.marks.show_marks(preview.marks)
        if not self.pattern.hasFocus():
            self.pattern.setText(" ".join(self._draft.patterns))
        self._of_values.setVisible(bool(preview.values))
        for part in (self._of_marks, self._of_pattern):
            part.setVisible(bool(preview.marks))
        say(self.wrong, "")
        text = ""
        if not asks_values(preview):
            text = self.tr("Every text and every mark is understood: there is nothing to say.")
        say(self.line, text)

    # Answering

    def _on_value(self, target: str, text: str, meaning: str) -> None:
        self._draft.say_value(target, text, meaning)
        self.edited.emit()

    def _on_pattern(self) -> None:
        """Show the effect while it is typed; what is no pattern yet has none."""
        patterns = tuple(self.pattern.text().split())
        try:
            self.marks.try_patterns(patterns)
        except ValueError:
            say(self.wrong, self._no_pattern())
            return
        say(self.wrong, "")
        self._draft.say_patterns(patterns)
        self.edited.emit()

    def _no_pattern(self) -> str:
        return self.tr("A pattern has the letters h, m, s and c, each in one place, and signs.")

    # Keys

    def enter(self) -> bool:
        open_value = any(is_unknown(line.look) for line in self.values.rows())
        if open_value or not self.marks.rowCount():
            if not self.values.rowCount():
                return False
            self.table.go_to(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pattern.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def settle(self) -> bool:
        self.table.commit_open()
        if not self.wrong.isHidden():
            self.pattern.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True


class ValueDelegate(AnswerDelegate):
    """Completes by the column that a value stands in; anything else may be typed."""

    def __init__(self, reads: Reads, parent: QObject | None = None) -> None:
        super().__init__(suggestions_for(reads, "nation"), parent)
        self._reads = reads

    def source_of(self, index: Index) -> Source:
        model = index.model()
        assert isinstance(model, RowModel)
        return suggestions_for(self._reads, model.row(index.row()).look.target)
