"""One nation: its medals, its codes and their days, its population, where it is merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.reads.nations import GroupingView, NationRow
from medaldesk.domain.medals import Medal
from medaldesk.gui.models.nations_model import (
    ALL,
    CodesModel,
    NationFacts,
    PopulationsModel,
    WonModel,
)
from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words


class NationPanel(QScrollArea):
    """`opened` names the competition of a line of medals, `change_wanted` asks for the dialog."""

    opened = Signal(int)
    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside = QWidget(self)
        inside.setObjectName("page")
        self._layout = QVBoxLayout(inside)
        self._titles: list[QLabel] = []
        self._notes: list[QLabel] = []
        self.heading = Heading(inside)
        self.change = QPushButton(self.tr("Change nation…"), inside)
        self.change.setToolTip(self.tr("Its codes and their days, its population (F2)"))
        self.change.clicked.connect(self.change_wanted)
        self.heading.add_control(self.change)
        self._layout.addWidget(self.heading)
        self._build_parts()
        self._layout.addStretch(1)
        self.setWidget(inside)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _build_parts(self) -> None:
        self._section(self.tr("Official medals"))
        self.won = WonModel(self)
        self.won_table = self._table(self.won, self.tr("Medals by competition"))
        self.won_table.setToolTip(self.tr("Press Enter to see the medal table"))
        self.won_table.activated.connect(self._open)
        self._no_medals = self._note()
        self._section(self.tr("Codes"))
        self.codes = CodesModel(self)
        self.codes_table = self._table(self.codes, self.tr("Codes and their days"))
        self.shared = self._note()
        self._section(self.tr("Population"))
        self.populations = PopulationsModel(self)
        self.populations_table = self._table(self.populations, self.tr("Population"))
        self._no_people = self._note()
        self._section(self.tr("Grouping views"))
        self.merged = self._note()

    def show_nation(self, nation: NationRow, facts: NationFacts, *, can_change: bool) -> None:
        """Show a nation as it is now."""
        self.change.setVisible(can_change)
        self._show_head(nation)
        won = facts.won(nation.id)
        self.won.show_won(won)
        self.codes.set_rows(nation.codes)
        self.populations.set_rows(nation.populations)
        self._say(
            self._no_medals, "" if won else self.tr("No entry of this book is for this nation.")
        )
        self._say(self.shared, self._shared_text(nation, facts))
        self._say(
            self._no_people,
            ""
            if nation.populations
            else self.tr("No figure is known: medals per million people are n/a."),
        )
        self._say(self.merged, self._merged_text(nation, facts))
        for table in self.findChildren(_Facts):
            table.fit_height()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A style sheet takes fonts and margins back where a widget gets another parent.
        self._restyle()

    def _show_head(self, nation: NationRow) -> None:
        parts = [words.nation_kind(nation.kind)]
        if nation.continent:
            parts.append(words.continent_name(nation.continent))
        if nation.population:
            count = words.people(nation.population.people)
            parts.append(self.tr("{n} people").format(n=count))
        self.heading.show_text(nation.name, " · ".join(parts))
        self.heading.pill.show_pill(nation.code, theme().colours.medals[Medal.SILVER])

    def _shared_text(self, nation: NationRow, facts: NationFacts) -> str:
        """Whose its codes are, or were, in other days."""
        lines = [
            self.tr("{code} is {name} in other days: {days}.").format(
                code=span.code, name=span.name, days=words.code_days(span.first, span.last)
            )
            for span, _ in facts.sharing(nation)
        ]
        return "\n".join(lines)

    def _merged_text(self, nation: NationRow, facts: NationFacts) -> str:
        lines = [text for view in facts.views if (text := self._merged_in(nation, view, facts))]
        return "\n".join(lines) or self.tr("No grouping view counts it together with another.")

    def _merged_in(self, nation: NationRow, view: GroupingView, facts: NationFacts) -> str:
        group = next((group for group in view.groups if nation.id in group.nations), None)
        if group is None:
            return ""
        codes = [row.code for other in group.nations if (row := facts.nation(other))]
        return self.tr("{view}: as {group} ({codes}). Nothing in the book changes by it.").format(
            view=view.name, group=f"{group.code} {group.name}", codes=", ".join(codes)
        )

    def _say(self, note: QLabel, text: str) -> None:
        note.setText(text)
        note.setVisible(bool(text))

    def _open(self, index: QModelIndex) -> None:
        row = self.won.row(index.row())
        if row.competition != ALL:
            self.opened.emit(row.competition)

    # Building

    def _section(self, text: str) -> None:
        title = QLabel(text.upper(), self)
        title.setAccessibleName(text)
        title.setProperty("role", "muted")
        self._titles.append(title)
        self._layout.addWidget(title)

    def _note(self) -> QLabel:
        note = QLabel(self, wordWrap=True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setProperty("role", "muted")
        self._notes.append(note)
        self._layout.addWidget(note)
        return note

    def _table(self, model: RowModel[Any], name: str) -> _Facts:
        table = _Facts(model, name, self)
        table.selectionModel().currentRowChanged.connect(lambda at: self._follow(table, at))
        box = QVBoxLayout()
        box.addWidget(table)
        self._layout.addLayout(box)
        return table

    def _follow(self, table: _Facts, index: QModelIndex) -> None:
        """Keep the line under the cursor in sight: the panel scrolls, its tables do not."""
        if index.isValid() and table.hasFocus():
            line = table.visualRect(index).translated(table.viewport().pos())
            at = table.mapTo(self._inside, line.center())
            self.ensureVisible(at.x(), at.y(), 0, line.height())

    def _restyle(self) -> None:
        px = theme().px
        self._layout.setContentsMargins(0, 0, 0, px(16))
        self._layout.setSpacing(px(4))
        for title in self._titles:
            title.setFont(theme().font(0.85, QFont.Weight.DemiBold))
            title.setContentsMargins(px(20), px(14), px(20), px(2))
        for note in self._notes:
            note.setContentsMargins(px(20), px(2), px(20), px(2))
        for table in self.findChildren(_Facts):
            table.restyle()


class _Facts(Table):
    """A few lines that stand there whole."""

    stretch_least = 120

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fit_height(self) -> None:
        """Be as high as the lines; without any there is nothing to see."""
        count = self.model().rowCount()
        self.setVisible(count > 0)
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + count * theme().row_height + below)

    def fit_columns(self) -> None:
        super().fit_columns()
        self.fit_height()

    def restyle(self) -> None:
        margin = theme().px(12)
        parent = self.parentWidget()
        boxes: Sequence[QVBoxLayout] = parent.findChildren(QVBoxLayout) if parent else []
        for box in boxes:
            if box.indexOf(self) >= 0:
                box.setContentsMargins(margin, 0, margin, 0)
        self.fit_height()
