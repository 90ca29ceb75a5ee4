"""The right of the window: what changed, in sentences, and the table as it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QListView, QVBoxLayout, QWidget

from medaldesk.book.changes import Change
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.standings import NationLine
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import LEFT, RIGHT, Column
from medaldesk.gui.models.row_model import RowModel
from medaldesk.gui.models.standings_columns import rank_text
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.sentence_list import SentenceDelegate, SentenceModel
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words
from medaldesk.reports.told import LinkKind
from medaldesk.reports.what_changed import what_changed

_PLACES = {
    LinkKind.RESULT: Place.RESULT,
    LinkKind.EVENT: Place.EVENT,
    LinkKind.STANDINGS: Place.STANDINGS,
    LinkKind.RECORDS: Place.RECORDS,
}


class WhatChanged(QListView):
    """The sentences of the last changes, the latest on top; a click or Enter goes there."""

    go = Signal(object)

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._model = SentenceModel(self)
        self.setModel(self._model)
        self.setItemDelegate(SentenceDelegate(self))
        self.setAccessibleName(self.tr("What changed"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)
        self._empty = QLabel(
            self.tr("Type a mark: the ranks, medals and records that move are told here."), self
        )
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        room = QVBoxLayout(self.viewport())
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._empty)
        room.addStretch(1)
        live.changed.connect(self.tell)
        self.restyle()
        for change in live.reads.changes_after(live.reads.last_journal() - 1):
            self.tell(change)

    def sentences(self) -> list[str]:
        """What is on screen, the latest first."""
        return [told.sentence.text for told in self._model.rows]

    def focus_first(self) -> None:
        """Give the keys to the latest sentence."""
        if self._model.rows:
            self.setCurrentIndex(self._model.index(0, 0))
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, change: Change) -> None:
        """Put the sentences of a change on top."""
        self._model.tell(what_changed(self._live.reads, change))
        self._empty.setVisible(not self._model.rows)
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        sentence = self._model.rows[index.row()].sentence if index.isValid() else None
        if sentence is not None and sentence.link is not None:
            self.go.emit(Target(_PLACES[sentence.link], sentence.link_id))

    def restyle(self) -> None:
        px = theme().px
        self.setStyleSheet(f"QListView {{ background: {theme().colours.panel.name()}; }}")
        self._empty.setContentsMargins(px(14), px(3), px(12), px(3))
        self._model.restyle()


def _columns() -> list[Column[NationLine]]:
    return [
        Column("rank", "", lambda n: rank_text(n.row.by_gold), 38, RIGHT, "muted"),
        Column("nation", "", lambda n: f"{n.row.nation}  {n.name}", 0, LEFT),
        Column("gold", words.tr("G"), lambda n: str(n.row.tally.gold), 28, RIGHT),
        Column("silver", words.tr("S"), lambda n: str(n.row.tally.silver), 28, RIGHT),
        Column("bronze", words.tr("B"), lambda n: str(n.row.tally.bronze), 28, RIGHT),
        Column("total", "Σ", lambda n: str(n.row.tally.total), 40, RIGHT, "strong"),
    ]


class StandingsTable(Table):
    """A table in little room."""

    stretch_least = 70
    cell_margin = 4


class SidePanel(QWidget):
    """What changed above, the medal table of the competition in sight below."""

    go = Signal(object)

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._live = live
        self._competition: int | None = None
        self.changes = WhatChanged(live, self)
        self.changes.go.connect(self.go)
        self._changes_title = _section(self.tr("What changed"), self)
        self._table_title = _section(self.tr("Medal table · as it stands"), self)
        self.model: RowModel[NationLine] = RowModel(_columns(), lambda n: n.nation_id, self)
        self.table = StandingsTable(self.model, self.tr("Medal table as it stands"), self)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(lambda _: self._open_table())
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._changes_title)
        self._layout.addWidget(self.changes, 3)
        self._layout.addWidget(self._table_title)
        self._layout.addWidget(self.table, 2)
        live.changed.connect(self._on_change)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_competition(self, competition: int | None) -> None:
        """Show the table of the competition that the page is about."""
        self._competition = competition
        self._read(flash=False)

    def _open_table(self) -> None:
        if self._competition is not None:
            self.go.emit(Target(Place.STANDINGS, self._competition))

    def _on_change(self, change: Change) -> None:
        if self._competition in change.competitions or {"competition", "nation"} & change.tables:
            self._read(flash=True)

    def _read(self, *, flash: bool) -> None:
        if self._competition is None:
            self.model.set_rows([])
            return
        try:
            table = self._live.reads.medal_table(self._competition, as_it_stands=True)
        except UnknownCode:
            self.model.set_rows([])
            return
        self.model.set_rows(table.lines, flash=flash)
        held = ", ".join(competition.name for competition in table.competitions)
        self._table_title.setToolTip(plain_tip(held))

    def _restyle(self) -> None:
        px = theme().px
        self._layout.setContentsMargins(0, px(14), 0, 0)
        self._layout.setSpacing(px(8))
        for title in (self._changes_title, self._table_title):
            title.setFont(theme().font(0.85, QFont.Weight.DemiBold))
            title.setContentsMargins(px(14), 0, px(14), 0)
        self.table.setStyleSheet(f"QTableView {{ padding-right: {px(8)}px; }}")
        self.changes.restyle()


def _section(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text.upper(), parent)
    label.setProperty("role", "muted")
    label.setAccessibleName(text)
    return label
