"""The medal table: of one competition or several, of now or of any day, alone or compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.standings import MedalTable
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import RankBy, Weights
from medaldesk.gui.actions import Command
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.standings_model import StandingsModel
from medaldesk.gui.models.table_choice import (
    Compare,
    TableChoice,
    TableShown,
    days_of,
    mended,
    nations_left_out,
    read_table,
    without_population,
)
from medaldesk.gui.models.table_context import context_parts, empty_text
from medaldesk.gui.pages.page import Page
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.behind_number import BehindNumber
from medaldesk.gui.widgets.heading import Heading
from medaldesk.gui.widgets.left_out_line import LeftOutLine, trigger
from medaldesk.gui.widgets.segments import ControlFlow
from medaldesk.gui.widgets.standings_table import StandingsTable, TotalsLine
from medaldesk.gui.widgets.table_controls import TableControls
from medaldesk.gui.widgets.table_filters import TableFilters
from medaldesk.gui.widgets.time_bar import TimeBar

ROOM_FOR_BOTH = 460
"""The height of the page, at 100 %, from which table and medals fit under each other."""

ROOM_FOR_ALL = 420
"""The height of the page, at 100 %, from which all controls are in sight."""

_NAMED = frozenset(
    {
        "competition",
        "series",
        "nation",
        "nation_code",
        "athlete",
        "population",
        "grouping_view",
        "nation_group",
        "nation_group_member",
        "competition_nation",
    }
)
"""Tables that a change of which can be seen, whatever the competition."""


class StandingsPage(Page):
    """Shows a medal table, of the competition chosen with `show_competition` to begin with.

    Until somebody chooses, it is the table as it stands while an event runs, and the official
    one otherwise (RULES R10). `choice` is what a person wants to see, None in an empty book.
    """

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._choice = TableChoice(TableScope())
        self._chosen = False
        self._shown: TableShown | None = None
        self._still = False
        self._days_known: tuple[int, ...] | None = None
        self._timed = False
        self.model = StandingsModel(self)
        self._heading = Heading(self)
        self._controls = QWidget(self)
        self.filters = TableFilters(live, self._controls)
        self.controls = TableControls(self._controls)
        self.time = TimeBar(self)
        self._problem = QLabel(self, wordWrap=True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setProperty("role", "error")
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setProperty("role", "muted")
        self.table = StandingsTable(self.model, self.tr("Medal table"), self)
        self.totals = TotalsLine(self.table, self)
        self.left_out = LeftOutLine(self)
        self.behind = BehindNumber(live, self.model, self)
        self.medals, self.causes = self.behind.medals, self.behind.causes
        self._build_layout()
        self._connect()
        self.setFocusProxy(self.table)

    def title(self) -> str:
        return self.tr("Medal table")

    # Choosing

    @property
    def choice(self) -> TableChoice | None:
        """What a person wants to see; None in an empty book."""
        return self._choice if self._shown is not None else None

    @property
    def table_shown(self) -> MedalTable | None:
        """The table in sight; None in an empty book."""
        return self._shown.table if self._shown else None

    @property
    def competition_id(self) -> int | None:
        """The competition that the table is of, where it is of one."""
        scope = self._choice.scope
        alone = self._chosen and len(scope.competitions) == 1 and scope.series is None
        return scope.competitions[0] if alone else None

    @property
    def rank_by(self) -> RankBy:
        return self._choice.rank_by

    def current_result(self) -> int | None:
        """The result of the medal under the cursor, of those behind a number."""
        if (medal := self.behind.current_medal()) is not None:
            return medal.result
        if (cause := self.behind.current_cause()) is None:
            return None
        rows = self.live.reads.results(cause.event)
        return next((row.id for row in rows if row.entry == cause.entry), None)

    def show_competition(self, competition: int) -> None:
        """Show the table of one competition."""
        if competition != self.competition_id:
            scope = replace(self._choice.scope, competitions=(competition,), series=None)
            self.show_scope(replace(scope, first=None, last=None))
        else:
            self.mark_stale()

    def show_scope(self, scope: TableScope) -> None:
        """Show what a scope counts; the day of the table stays while the competitions do."""
        held = self._choice.scope
        same = (held.competitions, held.series) == (scope.competitions, scope.series)
        as_of = held.as_of if same else None
        scope = replace(scope, as_of=as_of, as_it_stands=False)
        choice = replace(self._choice, scope=scope)
        if not same:
            choice = replace(choice, compare=None, compared_with=None)
        self._chosen = True
        self._choose(choice)

    def select_nation(self, nation: int) -> None:
        """Put the cursor on the total of a nation, if it is in the table."""
        self.mark_stale()
        row, column = self.model.row_of(nation), self.model.column_of("total")
        if row is not None and column is not None:
            index = self.model.index(row, column)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    def set_rank_by(self, rank_by: RankBy) -> None:
        """Let gold, the total, points or the population decide the order (RULES R17)."""
        self._choose(replace(self._choice, rank_by=rank_by))
        if rank_by is RankBy.WEIGHTED:
            self.controls.weights.setFocus()

    def set_as_it_stands(self, as_it_stands: bool | None) -> None:
        """Show official medals only, or those of running events too; None follows the events."""
        scope = replace(self._choice.scope, as_of=None)
        self._choose(replace(self._choice, scope=scope, as_it_stands=as_it_stands))

    def set_day(self, day: str | None) -> None:
        """Show the table of an ISO day, or with None that of now (RULES R19)."""
        self._timed = True
        scope = replace(self._choice.scope, as_of=day)
        self._choose(replace(self._choice, scope=scope), flash=True)

    def step_day(self, by: int) -> None:
        """Show the table of the next day (1) or the day before (-1)."""
        if self._shown is None or self._choice.compare is Compare.STANDS:
            return
        self._timed = True
        self._show_time()
        self.time.step(by)

    def set_compare(self, compare: Compare | None) -> None:
        """Show the change in each number beside it, or with None the table alone."""
        choice = replace(self._choice, compare=compare)
        if compare is Compare.DAYS and not choice.compares_forwards:
            choice = replace(choice, compared_with=self._usual_day())
        self._choose(choice)

    def set_compared_with(self, day: str) -> None:
        """Compare with the table of an ISO day."""
        self._choose(replace(self._choice, compared_with=day), flash=True)

    def set_timed(self, timed: bool) -> None:
        """Bring the days into sight, or go back to now."""
        self._timed = timed
        if not timed:
            self._choose(
                replace(self._choice, scope=replace(self._choice.scope, as_of=None)), flash=True
            )
        self._show_time()
        if timed:
            self.time.slider.setFocus()

    def set_compared(self, compared: bool) -> None:
        """Compare with an earlier day, or while an event runs with what is official."""
        running = self._shown is not None and self._shown.running > 0
        by_day = self._choice.scope.as_of is not None or not running
        self.set_compare((Compare.DAYS if by_day else Compare.STANDS) if compared else None)
        if self._choice.compare is Compare.DAYS:
            self.time.other.setFocus()

    def _set_weights(self, weights: Weights) -> None:
        self._choose(replace(self._choice, weights=weights))

    def _usual_day(self) -> str | None:
        """The end of the competition where the table is of a later day, else the day before."""
        self._know_days()
        end = self._last_day()
        if not self.time.slider.days or end is None:
            return None
        shown = self._choice.scope.as_of or self.time.slider.days[-1]
        before = self.time.slider.beside(shown, -1)
        if before == shown:
            before = (date.fromisoformat(shown) - timedelta(1)).isoformat()
        return end if end < shown else before

    def _last_day(self) -> str | None:
        competitions = self._shown.table.competitions if self._shown else ()
        return max((row.end for row in competitions), default=None)

    def _choose(self, choice: TableChoice, *, flash: bool = False) -> None:
        """Show another table; `flash` where what is different in it should."""
        self._choice = choice
        self._still = not flash
        self._problem.hide()
        self.mark_stale()

    # Showing

    def touches(self, change: Change) -> bool:
        """Its competitions, and names of competitions and nations."""
        shown = self._shown.table.competitions if self._shown else ()
        return any(row.id in change.competitions for row in shown) or bool(_NAMED & change.tables)

    def refresh(self, change: Change | None = None) -> None:
        flash, self._still = self._shown is not None and not self._still, False
        if change is not None and change.tables & {"decision", "competition"}:
            self._days_known = None
        shown = self._read()
        if shown is None or not shown.table.competitions:
            self._show_empty_book()
            return
        before = self._shown.table.scope if self._shown else None
        if before is None or shown.table.scope.competitions != before.competitions:
            flash = False
            self.behind.clear()
        self._shown = shown
        self._show_table(shown, flash=flash)
        self._tell_head(shown)
        self._show_time()

    def _read(self) -> TableShown | None:
        """Stay with what is shown, or take the latest competition where that is gone."""
        reads = self.live.reads
        if self._chosen:
            with suppress(UnknownCode):
                return read_table(reads, self._choice)
            scope = mended(reads, self._choice.scope)
            if scope is not None:
                self._choice = replace(self._choice, scope=scope)
                return read_table(reads, self._choice)
        latest = reads.latest_competition()
        self._chosen = latest is not None
        if latest is None:
            return None
        self._choice = replace(self._choice, scope=TableScope((latest.id,)), compare=None)
        return read_table(reads, self._choice)

    def _show_table(self, shown: TableShown, *, flash: bool) -> None:
        """Rows that moved flash where the same table was shown before."""
        table, difference = shown.table, shown.difference
        self.model.all_ranks = self.controls.all_ranks.isChecked()
        self.model.by_gender = self.controls.by_gender.isChecked()
        if difference is not None:
            self.model.show_difference(difference)
        else:
            self.model.show_table(table, moved=flash)
        self.totals.show_totals(table, difference.before if difference else None)
        out = nations_left_out(self.live.reads, table)
        self.left_out.show_left_out(out, table.world, without_population(table))
        self.table.fit_height()
        self.behind.refresh(shown, self.table.currentIndex(), flash=flash)
        self._fit()

    def _tell_head(self, shown: TableShown) -> None:
        table = shown.table
        series = self._series_name(table.scope.series)
        self._heading.show_text(
            self.title(), " · ".join(context_parts(shown, self._choice, series))
        )
        colours = theme().colours
        if shown.difference is not None:
            self._heading.pill.show_pill(self.tr("difference"), colours.medals[Medal.SILVER])
        elif table.official:
            self._heading.pill.show_pill(self.tr("Official"), colours.medals[Medal.SILVER])
        else:
            self._heading.pill.show_pill(self.tr("as it stands"), colours.running)
        self._controls.setVisible(True)
        self.controls.view.setVisible(True)
        self.filters.show_scope(table, series)
        self.controls.show_choice(
            table.rank_by, table.per_capita_of, as_it_stands=not table.official
        )
        self._empty.setText(empty_text(shown))
        self._empty.setVisible(not self.model.rowCount())

    def _series_name(self, code: str | None) -> str | None:
        if code is None:
            return None
        return next((row.name for row in self.live.reads.series() if row.code == code), code)

    def _show_empty_book(self) -> None:
        self._shown = None
        self._heading.show_text(self.title(), "")
        self._heading.pill.show_pill("", None)
        self._empty.setText(
            self.tr(
                "No competition yet. Add a competition and an event first; the medal table "
                "follows the marks that are typed."
            )
        )
        self._empty.setVisible(True)
        below = (self._controls, self.time, self.table, self.totals, self.left_out)
        for part in (*self.controls.beside, *below):
            part.setVisible(False)
        self.behind.clear()

    def _show_time(self) -> None:
        """The days are read when they are first in sight."""
        choice = self._choice
        visible = self._timed or choice.compare is not None
        if visible:
            self._know_days()
            other = choice.compared_with if choice.compare is Compare.DAYS else None
            self.time.show_choice(choice.scope.as_of, other, choice.compare)
        self.time.setVisible(visible)
        self._fit_controls()
        self.controls.show_time(day=self._timed, compared=choice.compare is not None)

    def _know_days(self) -> None:
        competitions = self._shown.table.competitions if self._shown else ()
        held = tuple(row.id for row in competitions)
        if held != self._days_known:
            self._days_known = held
            self.time.show_days(*days_of(self.live.reads, competitions))

    # What is behind a number

    def _open_cell(self, index: QModelIndex) -> None:
        """Show the medals behind a number, or why it changed."""
        if self._shown is not None:
            self.behind.show_cell(self._shown, index)
            self._fit()

    def _enter_cell(self, index: QModelIndex) -> None:
        self._open_cell(index)
        self.behind.enter()

    def _follow_cursor(self, index: QModelIndex) -> None:
        """Where two tables are compared, the causes follow the cursor."""
        if self.model.compared and self._room_for_both():
            self._open_cell(index)

    def _after_panel(self) -> None:
        self._fit()
        self.table.setFocus()

    def _room_for_both(self) -> bool:
        return self.height() >= theme().px(ROOM_FOR_BOTH)

    def _fit(self) -> None:
        """Where there is no room for both, the medals take the place of the table."""
        room = self.behind.isHidden() or self._room_for_both()
        had_focus = self.table.hasFocus()
        shown = room and self.model.rowCount() > 0
        for part in (self.table, self.totals):
            part.setVisible(shown)
        self.left_out.setVisible(shown and bool(self.left_out.text.text()))
        if had_focus and not room:
            self.behind.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_controls()
        self._fit()

    def _fit_controls(self) -> None:
        tight = self.height() < theme().px(ROOM_FOR_ALL)
        room = self.width() - theme().px(40)
        self.filters.set_tight(tight)
        self.controls.set_room(room, tight=tight)
        self.time.set_room(0 if tight else room)
        # The bar says the same as the context, which is in the way where there is no room.
        context = self._heading.context
        context.setVisible(bool(context.text()) and not (tight and self.time.isVisibleTo(self)))
        self._flow.start_lines_at(*(() if tight else (self.controls.order,)))

    # Building

    def _build_layout(self) -> None:
        self._flow = ControlFlow(self._controls)
        for part in (*self.filters.parts, *self.controls.parts):
            self._flow.addWidget(part)
        for part in self.controls.beside:
            self._heading.add_control(part)
        for part in (self._heading, self._controls, self.time, self._problem, self._empty):
            self.layout_.addWidget(part)
        self.layout_.addWidget(self.table, 3)
        self.layout_.addWidget(self.totals)
        self.layout_.addWidget(self.left_out)
        self.layout_.addWidget(self.behind, 2)
        self.layout_.addStretch(0)
        for hidden in (self.time, self._problem):
            hidden.hide()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        self.table.clicked.connect(self._open_cell)
        self.table.activated.connect(self._enter_cell)
        self.table.selectionModel().currentChanged.connect(self._follow_cursor)
        self.behind.go.connect(self.go)
        self.behind.closed.connect(self._after_panel)
        self.filters.chosen.connect(self.show_scope)
        self.filters.wants_views.connect(lambda: trigger(self, Command.GROUPINGS))
        controls = self.controls
        controls.order_chosen.connect(self.set_rank_by)
        controls.weights_chosen.connect(self._set_weights)
        controls.weights_wrong.connect(self._complain)
        controls.per_capita_chosen.connect(
            lambda counted: self._choose(replace(self._choice, per_capita_of=counted))
        )
        controls.basis_chosen.connect(self.set_as_it_stands)
        controls.columns_chosen.connect(lambda _: self.mark_stale())
        controls.day_wanted.connect(self.set_timed)
        controls.compare_wanted.connect(self.set_compared)
        self.time.day_chosen.connect(self.set_day)
        self.time.other_chosen.connect(self.set_compared_with)
        self.time.compare_chosen.connect(self.set_compare)
        self._shortcut("[", lambda: self.step_day(-1))
        self._shortcut("]", lambda: self.step_day(1))

    def _shortcut(self, keys: str, run: Callable[[], object]) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), self, context=context).activated.connect(run)

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _restyle(self) -> None:
        px = theme().px
        self._flow.setContentsMargins(px(20), px(2), px(20), px(10))
        self._flow.setSpacing(px(8))
        self._empty.setContentsMargins(px(20), px(12), px(20), px(12))
        self._problem.setContentsMargins(px(20), 0, px(20), px(8))
        tall = self.controls.order.button(RankBy.GOLD).sizeHint().height()
        for part in (*self.filters.parts, *self.controls.parts, *self.controls.beside):
            part.setFixedHeight(tall)
        self._fit_controls()
