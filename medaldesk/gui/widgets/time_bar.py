"""The day that the medal table is of, and the day it is compared with (RULES R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.gui.dialogs.dates import parse_day
from medaldesk.gui.models.table_choice import Compare
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.day_slider import DaySlider
from medaldesk.gui.widgets.filter_line import UndoPassedOn
from medaldesk.gui.widgets.segments import ControlFlow, Segments
from medaldesk.reports import words


class DayEdit(QLineEdit):
    """A day typed in any spelling; `taken` carries it as an ISO day, None for now.

    `wrong` carries a sentence about what cannot be read; what was typed stays.
    """

    taken = Signal(object)
    wrong = Signal(str)

    def __init__(self, name: str, parent: QWidget, *, may_be_now: bool) -> None:
        super().__init__(parent)
        UndoPassedOn(self)
        self._may_be_now = may_be_now
        self._day: str | None = None
        self.near: date | None = None
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Type any day, such as 17 Feb 2026"))
        if may_be_now:
            self.setPlaceholderText(self.tr("now"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._take)

    def show_day(self, day: str | None) -> None:
        """Show a day; one that is being typed stays, unless another day was chosen meanwhile."""
        typing = self.hasFocus() and self.isModified()
        if day != self._day or not typing:
            self.setText(words.short_day(day))
            self._mark(wrong=False)
        self._day = day

    def _take(self) -> None:
        if not self.isModified():
            return
        try:
            day = self._read()
        except MedalDeskError as error:
            self._mark(wrong=True)
            self.wrong.emit(words.sentence(error))
            return
        self._mark(wrong=False)
        self.setModified(False)
        self.setText(words.short_day(day))
        self.taken.emit(day)

    def _read(self) -> str | None:
        """The day; the one that was there where nothing is typed and it cannot be now."""
        text = self.text().strip()
        if self._may_be_now and fold(text) in ("", fold(self.tr("now"))):
            return None
        day = parse_day(text, self.near)
        return day.isoformat() if day else self._day

    def _mark(self, *, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().polish(self)


class TimeBar(QWidget):
    """Slider and fields; `day_chosen` and `other_chosen` carry ISO days, the first None for now.

    `compare_chosen` carries a Compare.
    """

    day_chosen = Signal(object)
    other_chosen = Signal(object)
    compare_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._day: str | None = None
        self.how = Segments(
            self.tr("Tables compared"),
            {
                Compare.DAYS: self.tr("Two days"),
                Compare.STANDS: self.tr("Official and as it stands"),
            },
            self,
        )
        self.how.chosen.connect(self.compare_chosen)
        self.other = DayEdit(self.tr("Compared with the day"), self, may_be_now=False)
        self._to = QLabel(self.tr("to"), self)
        self._of_day = QWidget(self)
        self.earlier = self._step("‹", self.tr("One day back  ["), -1)
        self.day = DayEdit(self.tr("Table of the day"), self, may_be_now=True)
        self.later = self._step("›", self.tr("One day on  ]"), 1)
        self.now = QToolButton(self)
        self.now.setText(self.tr("Now"))
        self.now.setToolTip(self.tr("Back to the table of now"))
        self.now.clicked.connect(lambda: self.day_chosen.emit(None))
        self.slider = DaySlider(self)
        self.problem = QLabel(self, wordWrap=True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.hide()
        self._build()

    def show_days(self, days: Sequence[str], marks: Mapping[str, str]) -> None:
        """The days of the competition, and after it those on which something was decided."""
        self.slider.show_days(days, marks)
        near = date.fromisoformat(days[0]) if days else None
        self.day.near = self.other.near = near

    def show_choice(self, day: str | None, other: str | None, compare: Compare | None) -> None:
        """Show the day of the table, and what it is compared with."""
        self._day = day
        self.problem.hide()
        self.day.show_day(day)
        self.other.show_day(other)
        self.slider.show_day(day, other if compare is Compare.DAYS else None)
        self.now.setEnabled(day is not None)
        self.how.setVisible(compare is not None)
        if compare is not None:
            self.how.choose(compare)
        for part in (self._of_day, self.slider):
            part.setVisible(compare is not Compare.STANDS)
        for part in (self.other, self._to):
            part.setVisible(compare is Compare.DAYS)
        self._flow.invalidate()

    def step(self, by: int) -> None:
        """Go to the next place of the slider (1) or the one before (-1)."""
        self.day_chosen.emit(self.slider.beside(self._day, by))

    def set_room(self, width: int) -> None:
        """Fit into a width in pixels."""
        self.how.set_room(width)

    def _step(self, sign: str, tip: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.step(by))
        return button

    def _build(self) -> None:
        line = QWidget(self)
        self._flow = ControlFlow(line)
        beside = QHBoxLayout(self._of_day)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        for part in (self.earlier, self.day, self.later, self.now):
            beside.addWidget(part)
        of_flow: tuple[QWidget, ...] = (self.how, self.other, self._to, self._of_day, self.slider)
        for each in of_flow:
            self._flow.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(line)
        whole.addWidget(self.problem)
        self.slider.picked.connect(self.day_chosen)
        self.slider.other_picked.connect(self.other_chosen)
        self.day.taken.connect(self.day_chosen)
        self.other.taken.connect(self.other_chosen)
        for field in (self.day, self.other):
            field.wrong.connect(self._complain)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _restyle(self) -> None:
        px = theme().px
        self._flow.setContentsMargins(px(20), 0, px(20), px(8))
        self._flow.setSpacing(px(6))
        self.problem.setContentsMargins(px(20), 0, px(20), px(8))
        width = self.day.fontMetrics().horizontalAdvance("30 September 2026") + px(12)
        for field in (self.day, self.other):
            field.setFixedWidth(width)
        tall = self.day.sizeHint().height()
        for part in (self.earlier, self.later, self.now, self._to):
            part.setFixedHeight(tall)
        self.slider.setFixedHeight(self.slider.sizeHint().height())
