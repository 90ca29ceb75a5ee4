"""The page of an athlete: medals, every result, personal bests, records held."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.athletes import AthleteHead
from medaldesk.book.reads.search import AthleteChoice
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import known_athlete_source
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.athlete_model import CareerModel, LaurelModel, laurels
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import UndoPassedOn, is_text
from medaldesk.gui.widgets.heading import Heading, PillLabel
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words

_NAMED = {
    "athlete", "entry", "entry_member", "nation", "nation_code", "event_type", "competition",
    "phase", "irm",
}  # fmt: skip
"""Tables whose facts stand on this page whatever the results are."""

MOST_LAURELS = 6
"""Lines of records and bests that are seen without scrolling."""


class AthletePage(Page):
    """Shows one athlete, chosen with `show_athlete` or by typing a name above."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.athlete_id: int | None = None
        self._shown: int | None = None
        self._events: frozenset[int] = frozenset()
        self._heading = Heading(self)
        self.search = AthleteSearch(live, self)
        self.search.picked.connect(self._on_picked)
        UndoPassedOn(self.search)
        self._heading.add_control(self.search)
        self._medals = QWidget(self)
        self._pills = [PillLabel(self._medals) for _ in range(3)]
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self.model = CareerModel(live, self)
        self.table = _Lines(self.model, self.tr("Results"), self)
        self.table.setToolTip(self.tr("Press Enter to see the result in its event"))
        self.laurels = LaurelModel(self)
        self.bests = _Lines(self.laurels, self.tr("Records and personal bests"), self)
        self.bests.setToolTip(self.tr("Press Enter to see the record list, or the result"))
        for table in (self.table, self.bests):
            table.typed.connect(self._find)
        self.table.activated.connect(self._open_result)
        self.bests.activated.connect(self._open_laurel)
        self._build_layout()

    @property
    def find_field(self) -> QLineEdit:
        """Where one types to find an athlete."""
        return self.search

    def title(self) -> str:
        return self.tr("Athlete")

    def current_result(self) -> int | None:
        """The result under the cursor of the career."""
        index = self.table.currentIndex()
        shown = self.athlete_id is not None and index.isValid()
        return self.model.row(index.row()).result if shown else None

    # Showing

    def show_athlete(self, athlete: int) -> None:
        """Show an athlete with every result."""
        self.athlete_id = athlete
        self.search.fill("")
        self.mark_stale()
        self.table.setFocus()

    def touches(self, change: Change) -> bool:
        """The events of the athlete, the record lists, and names."""
        return (
            bool(self._events & change.events)
            or bool(change.record_lists)
            or bool(_NAMED & change.tables)
        )

    def refresh(self, change: Change | None = None) -> None:
        try:
            head = self._read_head()
        except UnknownCode:
            self.athlete_id = head = None
        for part in (self.table, self._laurels_part):
            part.setVisible(head is not None)
        if head is None:
            self._show_nobody()
        else:
            self._show_career(head)
        self._shown = self.athlete_id

    def _read_head(self) -> AthleteHead | None:
        if self.athlete_id is None:
            return None
        return self.live.reads.athlete_page(self.athlete_id)

    def _show_nobody(self) -> None:
        self._events = frozenset()
        self._heading.show_text(self.title(), "")
        self._show_medals(None)
        self._say(
            self.tr(
                "Type the name of an athlete above, or a part of it, and press Enter: all results, "
                "medals, personal bests and records are then shown here."
            )
        )
        self.setFocusProxy(self.search)

    def _show_career(self, head: AthleteHead) -> None:
        again = self._shown == head.id
        results = self.live.reads.athlete_results(head.id)
        self._events = frozenset(row.event for row in results)
        self._heading.show_text(head.name, " · ".join(self._context(head)))
        self._show_medals(head)
        self.model.show_results(results, again=again)
        self.laurels.show_laurels(laurels(self.live.reads, head.id, results))
        self._laurels_part.setVisible(self.laurels.rowCount() > 0)
        self._fit()
        self._say("" if results else self.tr("No result yet: enter {name} in an event (Ctrl+I).")
                  .format(name=head.name))  # fmt: skip
        self.setFocusProxy(self.table)
        if not again and results:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.scrollToTop()

    def _context(self, head: AthleteHead) -> Iterator[str]:
        if nations := words.nations_in_time(head.nations):
            yield nations
        if gender := words.person_gender(head.gender):
            yield gender
        if head.birth_date:
            yield self.tr("born {day}").format(day=words.day(head.birth_date))

    def _show_medals(self, head: AthleteHead | None) -> None:
        """How many of each medal there are, those of teams too (RULES R11)."""
        won = words.medals_of(head.medals) if head else []
        self._medals.setVisible(bool(won))
        for number, pill in enumerate(self._pills):
            pill.setVisible(number < len(won))
            if number < len(won):
                medal, count = won[number]
                text = self.tr("{n} {medal}").format(n=count, medal=words.medal_name(medal))
                pill.show_pill(text, theme().colours.pill(medal))

    def _say(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    # Going

    def _on_picked(self, choice: object) -> None:
        if isinstance(choice, AthleteChoice):
            self.show_athlete(choice.id)

    def _find(self, event: QKeyEvent) -> None:
        """What is typed on a table goes into the line above it."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.clear()
        QApplication.sendEvent(self.search, event)

    def _open_result(self, index: QModelIndex) -> None:
        self.go.emit(Target(Place.RESULT, self.model.row(index.row()).result))

    def _open_laurel(self, index: QModelIndex) -> None:
        self.go.emit(self.laurels.row(index.row()).target)

    # Building

    def _build_layout(self) -> None:
        self._medal_row = QHBoxLayout(self._medals)
        for pill in self._pills:
            self._medal_row.addWidget(pill)
        self._medal_row.addStretch(1)
        self._laurels_title = QLabel(self.tr("Records and personal bests"), self)
        self._laurels_title.setProperty("role", "muted")
        as_high = QSizePolicy.Policy.Fixed
        self._laurels_title.setSizePolicy(QSizePolicy.Policy.Preferred, as_high)
        self._laurels_part = QWidget(self)
        self._laurels_body = QVBoxLayout(self._laurels_part)
        self._laurels_body.addWidget(self._laurels_title)
        self._laurels_body.addWidget(self.bests)
        self._body = QVBoxLayout()
        self._body.addWidget(self.table, 1)
        self._body.addWidget(self._laurels_part)
        self._body.addStretch(0)
        for widget in (self._heading, self._medals, self._empty):
            self.layout_.addWidget(widget)
        self.layout_.addLayout(self._body, 1)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._medal_row.setContentsMargins(px(20), px(2), px(20), px(6))
        self._medal_row.setSpacing(px(6))
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self._empty.setContentsMargins(px(20), px(12), px(20), px(12))
        self._laurels_body.setContentsMargins(0, px(10), 0, 0)
        self._laurels_body.setSpacing(px(2))
        self._laurels_title.setIndent(px(8))
        self.search.setMinimumWidth(px(220))
        self._fit()

    def _fit(self) -> None:
        """Each table as high as its lines where there is room; the results have most of it."""
        _fit(self.table, self.model.rowCount(), least=2)
        _fit(self.bests, min(self.laurels.rowCount(), MOST_LAURELS), least=1)


def _fit(table: Table, lines: int, least: int) -> None:
    header = table.horizontalHeader().sizeHint().height()
    row, rest = theme().row_height, theme().px(14)
    table.setMinimumHeight(header + min(lines, least) * row)
    table.setMaximumHeight(header + lines * row + rest)


class _Lines(Table):
    """`typed` tells of a key that is meant for finding somebody."""

    typed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_text(event):
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)


class AthleteSearch(CompletingEdit):
    """Finds an athlete of the book by any part of the name; Enter takes the first."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(known_athlete_source(live.reads), parent)
        self.setPlaceholderText(self.tr("Find an athlete"))
        self.setAccessibleName(self.tr("Find an athlete"))
        self.setToolTip(self.tr("Any part of the name; Enter shows the athlete"))
        self.setClearButtonEnabled(True)
