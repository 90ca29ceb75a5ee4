"""Take a decision, or correct one: who decided what, when and why, and what becomes of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.edits import Edits
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.errors import (
    DecisionBeforeEvent,
    EmptyField,
    MedalsUnusual,
    RevokedBeforeTaken,
)
from medaldesk.book.reads.decisions import DecisionPreview, LedgerRow
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.standings import Tally
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source
from medaldesk.gui.dialogs.form import DateField, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.decision_lines import DecisionLinesModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.decision_lines_view import DecisionLinesView
from medaldesk.reports import words

PROPOSED_STATUS = "DSQ"
"""What the selected entry gets where moving up is proposed and no status is typed yet."""

LEAST_ROWS, MOST_ROWS = 3, 10
"""Entries that are seen without scrolling, where the screen has room for them."""


class DecisionDialog(FormDialog):
    """A decision about one event; `taken` is its id once it is in the ledger.

    With `decision` that one is corrected. `entry` is where the cursor of the lines begins.
    """

    def __init__(
        self,
        live: LiveBook,
        event: int,
        parent: QWidget | None,
        *,
        decision: int | None = None,
        entry: int | None = None,
    ) -> None:
        super().__init__(live, parent)
        self.event_id = event
        self.decision = decision
        self.taken: int | None = None
        self._confirmed = False
        self._is_fitted = False
        self._bodies: list[Suggestion] | None = None
        self._event_day = date.fromisoformat(live.reads.event_row(event).day)
        self.body = CompletingEdit(choice_source(self._known_bodies, free=True))
        self.day = DateField(lambda: self._event_day)
        self.reason = QLineEdit()
        self.source = QLineEdit()
        self.model = DecisionLinesModel([row.code for row in live.reads.statuses()], self)
        self.table = DecisionLinesView(self.model, self.tr("What the decision sets"), self)
        self.outcome = QLabel(wordWrap=True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self._add_fields()
        self._add_lines()
        self._add_buttons()
        self._fill(entry)
        self.model.edited.connect(self._on_edited)
        self.day.textChanged.connect(self._show_outcome)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)

    # Building

    def _add_fields(self) -> None:
        self.body.setPlaceholderText(self.tr("Jury, IOC, CAS …"))
        self._prepare(self.tr("&Body"), self.body, needed=True, tip=self.tr("Who decided"))
        tip = self.tr("The day of the decision; from it on it decides")
        self._prepare(self.tr("Date"), self.day, needed=True, tip=tip)
        when = QLabel(self.tr("&Date"))
        when.setBuddy(self.day)
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        line.addWidget(self.body, 3)
        line.addWidget(when)
        line.addWidget(self.day, 2)
        who = QLabel(self.tr("&Body"))
        who.setBuddy(self.body)
        self.form.addRow(who, line)
        self.add_field(self.tr("&Reason"), self.reason, needed=True)
        self.source.setPlaceholderText(self.tr("Press release, minutes, page"))
        tip = self.tr("Where the decision can be read; may stay empty")
        self.add_field(self.tr("&Source"), self.source, tip=tip)

    def _add_lines(self) -> None:
        self.propose = QPushButton(self.tr("&Propose moving up"), self)
        self.propose.setAutoDefault(False)
        self.propose.setToolTip(
            self.tr(
                "Fills in the lines by which those behind move up, to be looked at and changed. "
                "Where no status is set yet, the selected entry gets DSQ."
            )
        )
        self.propose.clicked.connect(self.propose_moving_up)
        below = QHBoxLayout()
        below.setSpacing(theme().px(12))
        below.addWidget(self.propose)
        below.addWidget(self.outcome, 1)
        self._outside.insertWidget(1, self.table, 1)
        self._outside.insertLayout(2, below)

    def _add_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.all_the_same = self.buttons.addButton(self.tr("Take it &all the same"), role)
        self.all_the_same.setAutoDefault(False)
        self.all_the_same.clicked.connect(self.take_all_the_same)
        self.all_the_same.hide()
        hint = QLabel(self.tr("Ctrl+Enter takes it from any field."), self.buttons, wordWrap=True)
        hint.setProperty("role", "muted")
        between = self.buttons.layout()
        assert isinstance(between, QHBoxLayout)
        between.insertWidget(0, hint, 1)
        QWidget.setTabOrder(self.source, self.table)
        QWidget.setTabOrder(self.table, self.propose)
        QWidget.setTabOrder(self.propose, self.buttons)

    def _fill(self, entry: int | None) -> None:
        """Show what is known: the event, and the decision that is corrected."""
        name = self.live.reads.event_row(self.event_id).name
        if self.decision is None:
            title = self.tr("Decision about {event}").format(event=name)
            self.entitle(title, self.tr("Take decision"))
        else:
            row = self.live.reads.decision(self.decision)
            title = self.tr("Change decision about {event}").format(event=name)
            self.entitle(title, self.tr("Change decision"))
            self._fill_fields(row)
            self.model.set_lines(line.line for line in row.lines)
            entry = row.lines[0].line.entry if entry is None and row.lines else entry
        self._show_outcome()
        self.table.go_to(entry)

    def _fill_fields(self, row: LedgerRow) -> None:
        self.body.fill(row.body, row.body)
        self.day.fill(row.day)
        self.reason.setText(row.reason)
        self.source.setText(row.source or "")

    def _known_bodies(self) -> list[Suggestion]:
        """Who decided before in this book, the latest first."""
        if self._bodies is None:
            bodies = dict.fromkeys(row.body for row in self.live.reads.decisions())
            self._bodies = [Suggestion(body, body) for body in bodies]
        return self._bodies

    @property
    def _outside(self) -> QVBoxLayout:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    # The lines and what becomes of them

    def propose_moving_up(self) -> None:
        """Fill in the lines that take out who has a status, and move up those behind."""
        self.table.commit_open()
        struck = self.model.struck()
        current = self.table.currentIndex()
        if not struck and current.isValid():
            struck = {self.model.row(current.row()).entry: PROPOSED_STATUS}
        if not struck:
            return
        lines = self.live.reads.propose_moving_up(self.event_id, struck, self.decision)
        self.model.set_lines(lines)
        self.table.go_to(next(iter(struck)))
        self.table.setFocus()

    def _on_edited(self) -> None:
        """What was asked about is no longer what would be taken."""
        self._confirmed = False
        self.all_the_same.hide()
        self.problem.hide()
        self._show_outcome()

    def _show_outcome(self) -> None:
        day = (self.day.known() or date.today()).isoformat()
        preview = self.live.reads.preview_decision(
            self.event_id, self.model.lines(), day, self.decision
        )
        self.model.show_preview(preview)
        self._tell_outcome(preview)

    def _tell_outcome(self, preview: DecisionPreview) -> None:
        had = Tally.of(row.medal for row in preview.before if row.medal)
        triples = zip(preview.medals.triple, preview.usual.triple, had.triple, strict=True)
        is_unusual = any(have > max(usual, before) for have, usual, before in triples)
        template = self.tr("Medals after it: {medals} (gold-silver-bronze)")
        if is_unusual:
            template = self.tr(
                "Medals after it: {medals} (gold-silver-bronze); {usual} at most is usual"
            )
        medals, usual = words.medals_triple(preview.medals), words.medals_triple(preview.usual)
        self.outcome.setText(template.format(medals=medals, usual=usual))
        self.outcome.setProperty("role", "error" if is_unusual else "muted")
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)

    # Answering

    def accept(self) -> None:
        self.table.commit_open()
        super().accept()

    def take_all_the_same(self) -> None:
        """Take the decision though its medals are unusual."""
        self._confirmed = True
        self.accept()

    def settle(self) -> None:
        self._refuse_rejected()
        error = self.live.attempt(self.making())
        self.all_the_same.setVisible(isinstance(error, MedalsUnusual))
        self._confirmed = False
        if error is not None:
            raise FieldError(self.field_of(error), words.sentence(error))

    def _refuse_rejected(self) -> None:
        if (found := self.model.first_rejected()) is not None:
            index, sentence = found
            self.table.put(index)
            raise FieldError(self.table, sentence)

    def making(self) -> Making:
        new = NewDecision(
            body=self.body.text(),
            day=self.read(self.day, self.day.day),
            reason=self.reason.text(),
            lines=self.model.lines(),
            source=self.source.text().strip() or None,
        )

        def make(edits: Edits) -> None:
            if self.decision is None:
                self.taken = edits.take_decision(self.event_id, new, confirmed=self._confirmed)
            else:
                edits.change_decision(self.decision, new, confirmed=self._confirmed)
                self.taken = self.decision

        return make

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if isinstance(error, DecisionBeforeEvent | RevokedBeforeTaken):
            return self.day
        if isinstance(error, EmptyField):
            return self.reason if error.details.get("what") == "reason" else self.body
        return self.table

    # Size

    def _fit(self) -> None:
        """The lines get what the fields leave; never smaller than a person made it."""
        before = self.size() if self._is_fitted else QSize()
        super()._fit()
        self._is_fitted = True
        room = self.screen().availableGeometry().size() * 0.9
        wide = min(max(theme().px(820), self.minimumSizeHint().width()), room.width())
        margins = self.contentsMargins() + self._outside.contentsMargins()
        within = wide - margins.left() - margins.right()
        self.problem.setFixedHeight(max(self.problem.heightForWidth(within), 0))
        row = theme().row_height
        wanted = min(max(self.model.rowCount(), LEAST_ROWS), MOST_ROWS)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setMinimumHeight(head + LEAST_ROWS * row)
        self._outside.invalidate()
        high = self._outside.minimumSize().height() + (wanted - LEAST_ROWS) * row
        self.resize(QSize(wide, min(high, room.height())).expandedTo(before))
        if before.isEmpty():
            # The cursor was put while the grid had no size yet: who it is about is seen first.
            self.table.horizontalScrollBar().setValue(0)
