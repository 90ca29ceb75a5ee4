"""Last step of an import: what would happen, row by row, before anything does."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from medaldesk.book.reads import Reads
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.matching import DoubtKind
from medaldesk.exchange.importing.preview import Preview
from medaldesk.gui.delegates.suggestions import Source, choice_source
from medaldesk.gui.dialogs.import_step import ImportStep, say, sentence_label
from medaldesk.gui.import_draft import ImportDraft
from medaldesk.gui.models.doubts_model import DoubtsModel
from medaldesk.gui.models.import_models import ProblemsModel, SamplesModel
from medaldesk.gui.models.row_model import Index
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.answer_table import AnswerDelegate, AnswerTable
from medaldesk.gui.widgets.doubt_card import DoubtCard
from medaldesk.gui.widgets.segments import Segments
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import check_words
from medaldesk.reports.import_preview_words import fate_word, outlook, rows, what_comes


class Part(StrEnum):
    """What of a preview is in sight."""

    ROWS = "rows"
    PROBLEMS = "problems"
    DOUBTS = "doubts"


class PreviewStep(ImportStep):
    """One sentence, the numbers, and three tables of which one is in sight."""

    report_wanted = Signal()

    def __init__(self, reads: Reads, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.preview: Preview | None = None
        self.sentence = self.add_sentence("")
        self.sentence.setFont(theme().font(1.1, QFont.Weight.DemiBold))
        self.numbers = self.add_sentence()
        self.checks = self.add_sentence()
        self.samples = SamplesModel(self)
        self.problems = ProblemsModel(self._titles, self)
        self.doubts = DoubtsModel(reads, self)
        self.parts = self._build_parts()
        self.column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack = QStackedWidget(self)
        self.sample_table = Table(self.samples, self.tr("Rows as they will be"), self)
        self.sample_table.stretch_least = 110
        self.problem_table = Table(self.problems, self.tr("Rows that are not taken"), self)
        self.problem_table.stretch_least = 260
        self.problem_table.selectionModel().currentRowChanged.connect(self._tell_problem)
        self.stack.addWidget(self.sample_table)
        self.stack.addWidget(self._build_problems())
        self.stack.addWidget(self._build_doubts(reads))
        self.column.addWidget(self.stack, 1)
        self.doubts.answered.connect(self._on_person)

    def _build_parts(self) -> Segments:
        names = {
            Part.ROWS: self.tr("&Rows as they will be"),
            Part.PROBLEMS: self.tr("&Not taken"),
            Part.DOUBTS: self.tr("&Doubtful"),
        }
        parts = Segments(self.tr("What is shown"), names, self)
        parts.chosen.connect(self._choose_part)
        return parts

    def _build_problems(self) -> QWidget:
        page, column = _page(self)
        self.save = QPushButton(self.tr("&Save these rows…"), page)
        self.save.setToolTip(
            self.tr("As CSV with the reasons: correct them there and import that file")
        )
        self.save.clicked.connect(self.report_wanted)
        self.problem_said = sentence_label(page, "")
        column.addWidget(self.problem_table, 1)
        column.addWidget(self.problem_said)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _build_doubts(self, reads: Reads) -> QWidget:
        page, column = _page(self)
        self.doubt_table = AnswerTable(self.doubts, self.tr("Doubtful athletes"), "answer", self)
        self.doubt_table.setItemDelegateForColumn(3, DoubtDelegate(self.doubt_table))
        self.card = DoubtCard(reads, page)
        self.doubt_said = sentence_label(page, "")
        column.addWidget(self.doubt_table, 2)
        column.addWidget(self.doubt_said)
        column.addWidget(self.card, 1)
        self.doubt_table.selectionModel().currentRowChanged.connect(lambda _: self._show_doubt())
        return page

    # Showing

    def show_preview(self, preview: Preview) -> None:
        """Show what a plan would do."""
        self.preview = preview
        self.samples.show_samples(preview.samples)
        self.problems.reset_rows(preview.problems)
        self.problem_table.setCurrentIndex(self.problems.index(0, 0))
        self._tell_problem(self.problem_table.currentIndex())
        self.doubts.show_doubts(preview.doubts)
        refused = preview.problem_count
        say(self.sentence, outlook(taken=preview.taken, refused=refused, comes=comes(preview)))
        say(self.numbers, self._tell_numbers(preview))
        told = [
            *check_words.checks_told(preview.checks),
            *check_words.left_out(preview.left),
        ]
        say(self.checks, "\n".join(told))
        self._label(Part.PROBLEMS, self.tr("&Not taken ({n})"), refused)
        self._label(Part.DOUBTS, self.tr("&Doubtful ({n})"), preview.doubt_count)
        first = Part.ROWS
        if preview.problems:
            first = Part.PROBLEMS
        elif any(line.is_open for line in self.doubts.rows()):
            first = Part.DOUBTS
        self.show_part(first)

    def _label(self, part: Part, text: str, count: int) -> None:
        button = self.parts.button(part)
        button.setText(text.format(n=f"{count:,}"))
        button.setEnabled(count > 0 or (part is Part.DOUBTS and self.doubts.rowCount() > 0))

    def _tell_numbers(self, preview: Preview) -> str:
        parts = [
            self.tr("{rows} {fate}").format(rows=rows(preview.rows[fate]), fate=fate_word(fate))
            for fate in Fate
            if preview.rows.get(fate)
        ]
        if preview.problem_count:
            parts.append(self.tr("{rows} not taken").format(rows=rows(preview.problem_count)))
        shown = len(preview.problems)
        if shown < preview.problem_count:
            parts.append(self.tr("the first {n} are listed").format(n=f"{shown:,}"))
        if len(preview.doubts) < preview.doubt_count:
            text = self.tr("the first {n} doubtful ones are listed")
            parts.append(text.format(n=f"{len(preview.doubts):,}"))
        return " · ".join(parts)

    def show_part(self, part: Part) -> None:
        """Bring one of the tables into sight."""
        self.parts.choose(part)
        self.stack.setCurrentIndex(list(Part).index(part))
        if part is Part.DOUBTS:
            self.doubt_table.go_to(max(self.doubt_table.currentIndex().row(), 0))
            self._show_doubt()

    def _choose_part(self, part: Part) -> None:
        """Whoever asks for a table goes into it."""
        self.show_part(part)
        tables = {
            Part.ROWS: self.sample_table,
            Part.PROBLEMS: self.problem_table,
            Part.DOUBTS: self.doubt_table,
        }
        tables[part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_doubt(self) -> None:
        index = self.doubt_table.currentIndex()
        if not index.isValid() or self.preview is None:
            return
        line = self.doubts.row(index.row())
        doubt = line.doubt
        say(self.doubt_said, self.doubts.why(line))
        key = (doubt.source, doubt.row)
        found = (s for s in self.preview.samples if (s.source, s.row) == key)
        has_card = bool(doubt.others) and doubt.kind is not DoubtKind.KEPT
        self.card.setVisible(has_card)
        if has_card:
            self.card.show_doubt(doubt, next(found, None))

    def _tell_problem(self, current: Index) -> None:
        """The reason of the row in sight, which a narrow table cuts off."""
        problem = self.problems.row(current.row()) if current.isValid() else None
        say(self.problem_said, self.problems.why(problem) if problem else "")

    def _titles(self) -> tuple[str, ...]:
        return self.preview.titles if self.preview else ()

    # Answering

    def _on_person(self, one: str, other: str | None) -> None:
        self._draft.say_person(one, other)
        self.edited.emit()

    def settle(self) -> bool:
        self.doubt_table.commit_open()
        return True

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.parts.set_room(self.width())


def comes(preview: Preview) -> str:
    """What an import adds, changes and takes out, in words; empty for nothing."""
    counts = preview.counts.items()
    return what_comes(
        {table: count.new for table, count in counts},
        {table: count.changed for table, count in counts},
        {table: count.gone for table, count in counts},
    )


def _page(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(8))
    return page, column


class DoubtDelegate(AnswerDelegate):
    """Completes whom somebody is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(choice_source(list), parent)

    def source_of(self, index: Index) -> Source:
        model = index.model()
        assert isinstance(model, DoubtsModel)
        return choice_source(lambda: model.choices(index.row()))
