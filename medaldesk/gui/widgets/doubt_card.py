"""Somebody of a file beside those of the book whom they may be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.athletes import AthleteResult
from medaldesk.exchange.importing.matching import Doubt
from medaldesk.exchange.importing.plan import Sample
from medaldesk.gui.theme import theme
from medaldesk.reports import words

MOST_BESIDE = 3
"""So many of the book stand beside somebody of the file."""

MOST_RESULTS = 2

Facts = tuple[str, str, str, str]
"""Name, nation, date of birth, and what they competed in."""


class DoubtCard(QScrollArea):
    """Titles at the left, the person of the file, then those of the book, side by side."""

    def __init__(self, reads: Reads, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._reads = reads
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, theme().px(4), 0, 0)
        self._grid = QGridLayout()
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._grid.setHorizontalSpacing(theme().px(20))
        self._grid.setVerticalSpacing(theme().px(4))
        self.setWidget(inside)
        self.setMinimumHeight(theme().row_height * 3)

    def show_doubt(self, doubt: Doubt, sample: Sample | None) -> None:
        """Show somebody of the file, and whom they may be."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        titles = ("", self.tr("Name"), self.tr("Nation"), self.tr("Born"), self.tr("Competes in"))
        self._add_column(0, titles, role="muted")
        in_file = self.tr("In the file, row {row}").format(row=doubt.row)
        self._add_column(1, (in_file, *self._of_file(doubt, sample)))
        seen: set[tuple[str, int, int]] = set()
        for other in doubt.others[:MOST_BESIDE]:
            if other not in seen:
                seen.add(other)
                self._add_column(1 + len(seen), self._of_book(*other))

    def texts(self) -> list[str]:
        """Everything that is shown, from left to right and down."""
        places = [
            self._grid.itemAtPosition(row, column)
            for row in range(self._grid.rowCount())
            for column in range(self._grid.columnCount())
        ]
        widgets = [place.widget() for place in places if place is not None]
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]

    def _add_column(self, column: int, texts: Sequence[str], role: str = "") -> None:
        for row, text in enumerate(texts):
            label = QLabel(text, wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role or ("muted" if not row else ""))
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(column, int(not role))

    def _of_file(self, doubt: Doubt, sample: Sample | None) -> Facts:
        nation = self._reads.nation_code(doubt.nation, None)
        what = " · ".join(filter(None, (sample.event, sample.result))) if sample else ""
        return (doubt.name, nation, self.tr("not known"), what)

    def _of_book(self, name: str, nation: int, athlete: int) -> tuple[str, ...]:
        unknown = self.tr("not known")
        try:
            head = self._reads.athlete_page(athlete)
        except UnknownCode:
            # Somebody of the same files, who is not in the book yet.
            code = self._reads.nation_code(nation, None)
            return (self.tr("New from these files"), name, code, unknown, "")
        results = self._reads.athlete_results(athlete)
        return (
            self.tr("In the book"),
            head.name,
            words.nations_in_time(head.nations) or self._reads.nation_code(nation, None),
            words.day(head.birth_date) if head.birth_date else unknown,
            self._career(results),
        )

    def _career(self, results: Sequence[AthleteResult]) -> str:
        told = [
            self.tr("{event}, {competition}").format(
                event=row.event_name, competition=row.competition_name
            )
            for row in results
        ]
        told = list(dict.fromkeys(told))
        more = len(told) - MOST_RESULTS
        lines = told[:MOST_RESULTS]
        if more > 0:
            lines.append(self.tr("and {n} more").format(n=more))
        return "\n".join(lines)
