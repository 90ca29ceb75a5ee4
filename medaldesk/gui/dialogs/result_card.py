"""All that the book knows of one result: who typed it, what was decided, which record it is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.events import EventHead, PhaseRow, ResultRow
from medaldesk.domain.marks import MarkKind, SplitKind, format_behind, format_mark
from medaldesk.domain.wind import format_wind
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.pills import medal_text
from medaldesk.gui.models.sheet import mark_text
from medaldesk.gui.models.sheet_tips import decision_line, typed_line
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import Pill, theme
from medaldesk.gui.widgets.fact_list import Fact, FactList
from medaldesk.gui.widgets.heading import Heading
from medaldesk.reports import words

LATEST_ENTRIES = 3
"""Of the edits of a result, so many are told; the History page has them all."""


class ResultCard(QDialog):
    """A result in full; `go` asks the window to show what a link leads to. Esc closes."""

    go = Signal(object)

    def __init__(self, live: LiveBook, result: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self._live = live
        self._result = result
        self._heading = Heading(self)
        self.facts = FactList(self.tr("About this result"), self)
        self.facts.go.connect(self._follow)
        self.assistance = QLineEdit(self)
        self.assistance.setAccessibleName(self.tr("Assistance"))
        self.assistance.setPlaceholderText(self.tr("A pacemaker, a motor … nothing if none"))
        self.assistance.setToolTip(
            self.tr("What helped this mark: an assisted mark is no record where that matters")
        )
        self.assistance.setEnabled(live.can_write)
        self.assistance.editingFinished.connect(self._take_assistance)
        self.problem = QLabel(self, wordWrap=True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.hide()
        self._build()
        self._read()
        live.changed.connect(self._read)
        self.facts.setFocus()

    def _build(self) -> None:
        px = theme().px
        label = QLabel(self.tr("&Assistance"), self)
        label.setBuddy(self.assistance)
        label.setProperty("role", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setText(self.tr("&Close"))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        for part, share in ((label, 0), (self.assistance, 1), (buttons, 0)):
            line.addWidget(part, share)
        line.setContentsMargins(px(20), px(4), px(20), px(14))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        middle = QVBoxLayout()
        middle.setContentsMargins(px(12), 0, px(12), 0)
        middle.addWidget(self.facts)
        layout.addLayout(middle, 1)
        layout.addWidget(self.problem)
        layout.addLayout(line)

    # Showing

    def _read(self) -> None:
        """Show the result as it is now; where it is gone, so is the card."""
        try:
            head = self._live.reads.event_head(self._live.reads.event_of_result(self._result))
        except UnknownCode:
            self.reject()
            return
        phase, row = self._find(head)
        self.setWindowTitle(self.tr("About this result"))
        mark = mark_text(row, head.form.kind)
        title = self.tr("{name} {nation}").format(name=row.name, nation=row.nation)
        self._heading.show_text(title, " · ".join(self._context(head, phase, row)))
        colours = theme().colours
        plain = Pill(colours.text, colours.panel)
        self._heading.pill.show_pill(mark, colours.pill(row.medal) if row.medal else plain)
        self.facts.show_facts(list(self._facts(head, row)))
        if not self.assistance.isModified():
            self.assistance.setText(row.assistance or "")

    def _find(self, head: EventHead) -> tuple[PhaseRow, ResultRow]:
        """The line of the sheet, and the phase in which it stands."""
        sheets = ((phase, self._live.reads.results(head.id, phase.id)) for phase in head.phases)
        return next((p, row) for p, rows in sheets for row in rows if row.id == self._result)

    def _context(self, head: EventHead, phase: PhaseRow, row: ResultRow) -> Iterator[str]:
        yield head.name
        yield head.competition_name
        if len(head.phases) > 1:
            yield phase.name
        if row.place.unit is not None:
            yield words.unit_name(head.unit_kind, row.place.unit)
        if row.place.lane:
            yield words.lane_name(row.place.lane)
        if row.rank is not None:
            rank = words.rank(row.rank, row.rank_equal)
            yield self.tr("rank {rank}").format(rank=rank)
        if row.behind is not None:
            yield format_behind(row.behind, head.form.kind)
        if row.medal:
            yield words.medal_name(row.medal)
        elif in_its_place := medal_text(row):
            yield self.tr("medal: {ruling}").format(ruling=in_its_place)

    def _facts(self, head: EventHead, row: ResultRow) -> Iterator[Fact]:
        yield from self._typed(row)
        if row.splits:
            yield Fact(self.tr("Splits"), _splits(row, head.form.kind))
        if head.measures_wind or row.wind is not None:
            yield Fact(self.tr("Wind"), self._wind(row))
        if row.note:
            yield Fact(self.tr("Note"), row.note)
        yield from self._decisions(row)
        for reason in self._live.reads.record_reasons(row.id):
            target = Target(Place.RECORDS, reason.list.id)
            yield Fact(self.tr("Records"), words.record_reason(reason), target)
        yield from self._best(head, row)
        yield from self._people(row)

    def _typed(self, row: ResultRow) -> Iterator[Fact]:
        entries = self._live.reads.journal_of_row("result", row.id)
        for entry in entries[:LATEST_ENTRIES]:
            yield Fact(self.tr("Typed"), typed_line(entry), Target(Place.HISTORY))

    def _wind(self, row: ResultRow) -> str:
        if row.wind is None:
            return self.tr("not known")
        return self.tr("{wind} m/s").format(wind=format_wind(row.wind))

    def _decisions(self, row: ResultRow) -> Iterator[Fact]:
        for decision in self._live.reads.decisions(entry=row.entry):
            lines = [line for line in decision.lines if line.line.entry == row.entry]
            said = "; ".join(words.line_says(line.line) for line in lines)
            template = self.tr("{said} · {decision}")
            if decision.revoked_on is not None:
                template = self.tr("revoked on {day}: {said} · {decision}")
            text = template.format(
                said=said, decision=decision_line(decision), day=words.day(decision.revoked_on)
            )
            yield Fact(self.tr("Decisions"), text, Target(Place.DECISION, decision.id))

    def _best(self, head: EventHead, row: ResultRow) -> Iterator[Fact]:
        """What this is in a career, and the best of it so far."""
        if row.athlete is None:
            return
        about = self.tr("Career")
        if row.best:
            yield Fact(about, words.best_says(row.best))
        for best in self._live.reads.athlete_bests(row.athlete):
            if best.event_type == head.event_type and best.result != row.id:
                mark = format_mark(best.mark, best.form.kind)
                text = self.tr("Personal best so far: {mark}, {competition}, {day}").format(
                    mark=mark, competition=best.competition_name, day=words.day(best.day)
                )
                yield Fact(about, text, Target(Place.RESULT, best.result))

    def _people(self, row: ResultRow) -> Iterator[Fact]:
        if row.athlete is not None:
            target = Target(Place.ATHLETE, row.athlete)
            yield Fact(self.tr("Athlete"), self.tr("All results of {name}").format(name=row.name),
                       target)  # fmt: skip
        for member in self._live.reads.members(row.entry) if row.members else ():
            yield Fact(self.tr("Members"), member.name, Target(Place.ATHLETE, member.athlete))

    # Doing

    def _follow(self, target: Target) -> None:
        self.go.emit(target)
        self.accept()

    def _take_assistance(self) -> None:
        """What was typed is an edit, once."""
        if not self.assistance.isModified():
            return
        text = self.assistance.text()
        self.assistance.setModified(False)
        error = self._live.attempt(lambda edits: edits.enter_assistance(self._result, text))
        self.problem.setVisible(error is not None)
        if error is not None:
            self.assistance.setModified(True)
            self.problem.setText(words.sentence(error))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what there is to say, but not higher than the screen."""
        super().showEvent(event)
        px, room = theme().px, self.screen().availableGeometry().size() * 0.9
        width = min(px(560), room.width())
        self.resize(width, self.height())
        around = self.sizeHint().height() - self.facts.sizeHint().height()
        height = around + self.facts.height_of_facts() + px(16)
        self.resize(width, min(max(height, px(240)), room.height()))


def _splits(row: ResultRow, kind: MarkKind) -> str:
    """`200 m 17.6 · 600 m 43.9 (26.3)`: the clock, and in brackets the lap where it is another."""
    parts = []
    for split in row.splits:
        text = f"{split.label} {format_mark(split.cumulative or split.mark, kind)}"
        if split.lap and split.cumulative and split.lap.value != split.cumulative.value:
            text = f"{text} ({format_mark(split.lap, kind)})"
        elif split.kind is SplitKind.LAP and split.cumulative is None:
            text = f"{split.label} ({format_mark(split.mark, kind)})"
        parts.append(text)
    return " · ".join(parts)
