"""The medal table of a competition, and behind each number the medals it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyleOptionHeader,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import MedalTable
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import RankBy, Tally
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.standings_model import (
    MEDAL_COLUMNS,
    StandingsModel,
)
from medaldesk.gui.pages.page import Page
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.medals_panel import MedalsPanel
from medaldesk.gui.widgets.records_strip import FlowLayout
from medaldesk.gui.widgets.table import Table, paint_pills
from medaldesk.reports import words

ROOM_FOR_BOTH = 400
"""The height of the page, at 100 %, from which table and medals fit under each other."""


class StandingsPage(Page):
    """Shows the medal table of one competition, chosen with `show_competition`.

    Until somebody chooses, it is the table as it stands while an event runs, and the official
    one otherwise (RULES R10).
    """

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.competition_id: int | None = None
        self.rank_by = RankBy.GOLD
        self.as_it_stands: bool | None = None
        self.model = StandingsModel(self)
        self._table_shown: MedalTable | None = None
        self._heading = Heading(self)
        self._competitions = QComboBox(self)
        self._build_controls()
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self.table = _StandingsTable(self.model, self.tr("Medal table"), self)
        self.totals = _TotalsLine(self.table, self)
        self.medals = MedalsPanel(self)
        self._build_layout()
        self.table.clicked.connect(self._show_medals)
        self.table.activated.connect(self._enter_medals)
        self.medals.go.connect(self.go)
        self.medals.closed.connect(self._after_medals)
        self.setFocusProxy(self.table)

    def title(self) -> str:
        return self.tr("Medal table")

    # Choosing

    @property
    def table_shown(self) -> MedalTable | None:
        """The table in sight; None in an empty book."""
        return self._table_shown

    def show_competition(self, competition: int) -> None:
        """Show the table of a competition."""
        if competition != self.competition_id:
            self.competition_id = competition
            self._table_shown = None
            self.medals.hide()
        self.mark_stale()

    def select_nation(self, nation: int) -> None:
        """Put the cursor on the total of a nation, if it is in the table."""
        self.mark_stale()
        row, column = self.model.row_of(nation), self.model.column_of("total")
        if row is not None and column is not None:
            index = self.model.index(row, column)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    def set_rank_by(self, rank_by: RankBy) -> None:
        """Let gold or the total decide the order (RULES R17)."""
        self.rank_by = rank_by
        self._table_shown = None
        self.mark_stale()

    def set_as_it_stands(self, as_it_stands: bool | None) -> None:
        """Show official medals only, or those of running events too; None follows the events."""
        self.as_it_stands = as_it_stands
        self._table_shown = None
        self.mark_stale()

    # Showing

    def touches(self, change: Change) -> bool:
        """Its competition, and names of competitions and nations."""
        named = {"competition", "nation", "nation_code", "athlete"}
        return self.competition_id in change.competitions or bool(named & change.tables)

    def refresh(self, change: Change | None = None) -> None:
        if change is None or change.tables & {"competition", "event"}:
            self._select_competition(self._read_competitions())
        if self.competition_id is None:
            self._show_empty_book()
            return
        official, standing = self._read_tables(self.competition_id)
        running = standing.events - official.events
        as_it_stands = running > 0 if self.as_it_stands is None else self.as_it_stands
        self._show_table(standing if as_it_stands else official)
        self._tell_head(official, running, as_it_stands=as_it_stands)

    def _read_tables(self, competition: int) -> tuple[MedalTable, MedalTable]:
        read = self.live.reads.medal_table
        return (
            read(competition, rank_by=self.rank_by),
            read(competition, rank_by=self.rank_by, as_it_stands=True),
        )

    def _show_table(self, table: MedalTable) -> None:
        """Rows that moved flash where the same table was shown before."""
        moved = self._table_shown is not None
        self._table_shown = table
        self.model.show_table(table, moved=moved)
        self.totals.show_totals(table.totals, len(table.lines))
        self.table.fit_height()
        self.medals.refresh(self.live, table, flash=moved)
        self._fit()

    def _tell_head(self, official: MedalTable, running: int, *, as_it_stands: bool) -> None:
        competition = official.competition
        self._heading.show_text(
            self.title(), " · ".join(self._context(competition, official.events, running))
        )
        colours = theme().colours
        if as_it_stands:
            self._heading.pill.show_pill(self.tr("as it stands"), colours.running)
        else:
            self._heading.pill.show_pill(self.tr("official"), colours.medals[Medal.SILVER])
        self._controls.setVisible(True)
        self._by_rule.choose(self.rank_by)
        self._by_basis.choose(as_it_stands)
        self._empty.setText(self._empty_text(running, as_it_stands=as_it_stands))
        self._empty.setVisible(not self.model.rowCount())

    def _context(self, competition: CompetitionRow, decided: int, running: int) -> list[str]:
        parts = [competition.name, words.days(competition.start, competition.end)]
        if decided == 1:
            parts.append(self.tr("1 event decided"))
        else:
            parts.append(self.tr("{n} events decided").format(n=decided))
        if running:
            parts.append(self.tr("{n} under way").format(n=running))
        return parts

    def _empty_text(self, running: int, *, as_it_stands: bool) -> str:
        if running and not as_it_stands:
            return self.tr(
                "No event of this competition is official yet. Choose “As it stands” to see the "
                "medals of what is under way."
            )
        return self.tr(
            "No medals yet. The table fills as soon as marks are typed in an event of this "
            "competition."
        )

    def _show_empty_book(self) -> None:
        self._table_shown = None
        self._heading.show_text(self.title(), "")
        self._heading.pill.show_pill("", None)
        self._empty.setText(
            self.tr(
                "No competition yet. Add a competition and an event first; the medal table "
                "follows the marks that are typed."
            )
        )
        self._empty.setVisible(True)
        for part in (self._controls, self.table, self.totals, self.medals):
            part.setVisible(False)

    def _read_competitions(self) -> list[CompetitionRow]:
        competitions = self.live.reads.competitions()
        shown = [(row.name, row.id) for row in competitions]
        combo = self._competitions
        if shown != [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())]:
            combo.clear()
            for name, competition in shown:
                combo.addItem(name, competition)
        return competitions

    def _select_competition(self, competitions: list[CompetitionRow]) -> None:
        """Stay with what is shown, or take the latest where it is gone."""
        if self.competition_id not in {row.id for row in competitions}:
            latest = self.live.reads.latest_competition()
            self.competition_id = latest.id if latest else None
            self._table_shown = None
            self.medals.hide()
        self._competitions.setCurrentIndex(self._competitions.findData(self.competition_id))

    # The medals behind a number

    def _show_medals(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        self.medals.show_medals(row, self.model.medals_of_column(index.column()))
        assert self._table_shown is not None
        self.medals.refresh(self.live, self._table_shown)

        self._fit()

    def _enter_medals(self, index: QModelIndex) -> None:
        self._show_medals(index)
        self.medals.enter()

    def _after_medals(self) -> None:
        self._fit()
        self.table.setFocus()

    def _fit(self) -> None:
        """Where there is no room for both, the medals take the place of the table."""
        room = self.medals.isHidden() or self.height() >= theme().px(ROOM_FOR_BOTH)
        had_focus = self.table.hasFocus()
        for part in (self.table, self.totals):
            part.setVisible(room and self.model.rowCount() > 0)
        if had_focus and not room:
            self.medals.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Building

    def _build_controls(self) -> None:
        combo = self._competitions
        combo.setAccessibleName(self.tr("Competition"))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(22)
        combo.activated.connect(lambda number: self.show_competition(combo.itemData(number)))
        self._by_rule = Segments(
            self.tr("Order"),
            {RankBy.GOLD: self.tr("Gold first"), RankBy.TOTAL: self.tr("Total first")},
            self,
        )
        self._by_rule.chosen.connect(self.set_rank_by)
        self._by_basis = Segments(
            self.tr("Medals counted"),
            {False: self.tr("Official"), True: self.tr("As it stands")},
            self,
        )
        self._by_basis.chosen.connect(self.set_as_it_stands)
        self._controls = QWidget(self)
        self._flow = FlowLayout(self._controls)
        for control in (combo, self._by_rule, self._by_basis):
            self._flow.addWidget(control)

    def _build_layout(self) -> None:
        for part in (self._heading, self._controls, self._empty):
            self.layout_.addWidget(part)
        self.layout_.addWidget(self.table, 3)
        self.layout_.addWidget(self.totals)
        self.layout_.addWidget(self.medals, 2)
        self.layout_.addStretch(0)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._flow.setContentsMargins(px(20), px(2), px(20), px(10))
        self._flow.setSpacing(px(12))
        self._empty.setContentsMargins(px(20), px(12), px(20), px(12))
        self._competitions.setMinimumHeight(self._by_rule.sizeHint().height())


class Segments(QWidget):
    """Buttons side by side of which one is down; `chosen` tells what a person picked."""

    chosen = Signal(object)

    def __init__(
        self, name: str, choices: Mapping[Any, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = QButtonGroup(self)
        self._buttons: dict[Any, QPushButton] = {}
        for choice, text in choices.items():
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.clicked.connect(lambda _=False, picked=choice: self.chosen.emit(picked))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[choice] = button

    def choose(self, choice: object) -> None:
        """Show which one is down."""
        self._buttons[choice].setChecked(True)

    def button(self, choice: object) -> QPushButton:
        """The button of a choice."""
        return self._buttons[choice]


class _MedalHeader(QHeaderView):
    """Column heads where G, S and B stand on the colour of their medal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme().px(24))

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        if self._medal(section):
            option.text = ""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if medal := self._medal(section):
            look, letter = theme(), words.medal_letter(medal)
            metrics = QFontMetrics(look.font(0.9, QFont.Weight.Bold))
            width = max(metrics.horizontalAdvance(letter), metrics.height() - look.px(8))
            box = rect.adjusted(rect.width() - width - look.px(22), 0, 0, 0)
            paint_pills(painter, box, [(letter, medal)])

    def _medal(self, section: int) -> Medal | None:
        model = self.model()
        assert isinstance(model, StandingsModel)
        return MEDAL_COLUMNS.get(model.columns[section].key)


class _StandingsTable(Table):
    """The table by cells, since each number leads to its medals; as high as its rows."""

    frames_cell = True

    def __init__(self, model: StandingsModel, name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        self.setHorizontalHeader(_MedalHeader(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setToolTip(self.tr("Click a number, or press Enter, to see the medals behind it"))
        self.fit_columns()

    def fit_height(self) -> None:
        """Leave no empty room below the last row, so that the totals follow it."""
        rows = self.model().rowCount() * theme().row_height
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.isVisible() else 0
        self.setMaximumHeight(self.horizontalHeader().sizeHint().height() + rows + below)

    def fit_columns(self) -> None:
        super().fit_columns()
        self.fit_height()


class _TotalsLine(QWidget):
    """The sum of the table under its columns."""

    def __init__(self, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._texts: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(0, theme().row_height)

    def show_totals(self, tally: Tally, nations: int) -> None:
        """Show the sum over the nations listed."""
        counted = {medal.value: str(n) for medal, n in zip(Medal, tally.triple, strict=True)}
        of_nations = self.tr("{n} nations").format(n=nations)
        name = self.tr("1 nation") if nations == 1 else of_nations
        self._texts = {"name": name, **counted, "total": str(tally.total)}
        self.setAccessibleName(
            self.tr("All: {gold} gold, {silver} silver, {bronze} bronze, {total} medals").format(
                **counted, total=tally.total
            )
        )
        self.updateGeometry()
        self.update()

    def text(self, column: str) -> str:
        """What stands under a column."""
        return self._texts.get(column, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setPen(look.colours.line)
        painter.drawLine(0, 0, self.width(), 0)
        for number, column in enumerate(self._table.rows.columns):
            strong = column.key == "total"
            painter.setFont(
                look.font(1.05, QFont.Weight.Bold)
                if strong
                else look.font(weight=QFont.Weight.DemiBold)
            )
            painter.setPen(look.colours.muted if column.key == "name" else look.colours.text)
            left = self._table.columnViewportPosition(number)
            box = QRect(left, 0, self._table.columnWidth(number), self.height())
            inner = box.adjusted(look.px(8), 0, -look.px(8), 0)
            painter.drawText(inner, column.align, self.text(column.key))
