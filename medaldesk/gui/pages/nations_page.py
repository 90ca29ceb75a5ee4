"""The nations: a list to find one in, and beside it all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.changes import Change
from medaldesk.book.reads.nations import NationRow
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.nations_model import NationFacts, NationsModel, fits
from medaldesk.gui.pages.page import Page
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import FilterLine, is_text
from medaldesk.gui.widgets.nation_panel import NationPanel
from medaldesk.gui.widgets.table import Table

ROOM_FOR_BOTH = 620
"""The width of the page, at 100 %, from which list and nation stand side by side."""

_SHOWN = {
    "nation", "nation_code", "population", "grouping_view", "nation_group", "nation_group_member",
    "competition", "competition_nation", "entry",
}  # fmt: skip
"""Tables whose facts stand on this page whatever the results are."""


class NationsPage(Page):
    """Shows one nation, chosen in the list or with `show_nation`."""

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.nation_id: int | None = None
        self._asked_for = False
        self._settling = self._moved = False
        self._facts = NationFacts(live.reads)
        self.model = NationsModel(self)
        self.filter = FilterLine(self.tr("Find a nation by code or name"), self)
        self.all = QCheckBox(self.tr("All nations"), self)
        self.all.setToolTip(self.tr("List also the nations that have no entry in this book"))
        self.table = _List(self.model, self.tr("Nations"), self)
        self.table.setToolTip(self.tr("Type to find; F2 changes the nation"))
        self.panel = NationPanel(self)
        self._empty = QLabel(self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self._build_layout()
        self._connect()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._show_list)
        self.filter.stepped.connect(self._step)
        self.filter.entered.connect(self._enter_list)
        self.all.toggled.connect(self._show_list)
        self.table.typed.connect(self._find)
        self.table.change_wanted.connect(self.change_nation)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.panel.change_wanted.connect(self.change_nation)
        self.panel.opened.connect(self._open_table)

    @property
    def find_field(self) -> QLineEdit:
        """Where one types to find a nation."""
        return self.filter

    def title(self) -> str:
        return self.tr("Nations")

    # Showing

    def show_nation(self, nation: int) -> None:
        """Show a nation, whether or not it has entries."""
        self.nation_id = nation
        self._asked_for = True
        self.mark_stale()

    def change_nation(self) -> None:
        """Correct the nation in sight: its codes, what it is, its population."""
        if self.nation_id is None or not self.live.can_write:
            return
        from medaldesk.gui.dialogs.change_nation_dialog import ChangeNationDialog

        ChangeNationDialog(self.live, self.nation_id, self).exec()

    def touches(self, change: Change) -> bool:
        """Whatever stands here, and medals."""
        return bool(_SHOWN & change.tables or change.moves.medals)

    def refresh(self, change: Change | None = None) -> None:
        self._facts.read(change.competitions if change else None)
        if self._asked_for:
            self._asked_for = False
            self._make_room_for_asked()
        self._show_list()

    def _make_room_for_asked(self) -> None:
        """Whoever goes to a nation sees it, whatever the list was narrowed to."""
        for control in (self.filter, self.all):
            control.blockSignals(True)
        self.filter.clear()
        if self.nation_id not in self._facts.entered():
            self.all.setChecked(True)
        for control in (self.filter, self.all):
            control.blockSignals(False)

    def _show_list(self) -> None:
        """Narrow the list, and stay with the nation in sight where it is still there.

        Where what is typed fits none of the nations entered, it is looked for among all.
        """
        found = [row for row in self._facts.nations if fits(row, self.filter.text())]
        entered = [row for row in found if row.id in self._facts.entered()]
        beyond = bool(found and self.filter.text().strip() and not entered)
        rows = found if self.all.isChecked() or beyond else entered
        kept = self.nation_id
        self._settling = True
        self.model.set_rows(rows)
        self._settling = False
        if kept not in {row.id for row in rows}:
            kept = rows[0].id if rows else None
        self.nation_id = kept
        number = None if kept is None else self.model.row_of(kept)
        if number is not None:
            self.table.setCurrentIndex(self.model.index(number, 0))
        self._show_shown()
        self._tell(self._hint(rows, beyond=beyond and not self.all.isChecked()))

    def _tell(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    def _hint(self, rows: Sequence[NationRow], *, beyond: bool) -> str:
        """What is to be said of the list; nothing, where it speaks for itself."""
        if beyond:
            return self.tr("No nation with entries fits; these have none.")
        if rows:
            return ""
        if self.all.isChecked() or self.filter.text().strip():
            return self.tr("No nation has a code or name that begins so; Esc clears the line.")
        return self.tr(
            "No entries yet. Nations are listed here as soon as athletes are entered for them; "
            "“All nations” lists every one that can be."
        )

    def _show_shown(self) -> None:
        nation = self._facts.nation(self.nation_id)
        self.panel.setVisible(nation is not None)
        if nation is not None:
            self.panel.show_nation(nation, self._facts, can_change=self.live.can_write)

    # Choosing

    def _choose(self, index: QModelIndex) -> None:
        if self._settling or not index.isValid():
            return
        nation = self.model.row(index.row())
        if nation.id != self.nation_id:
            self.nation_id = nation.id
            self._show_shown()
            self.panel.verticalScrollBar().setValue(0)

    def _find(self, text: str) -> None:
        """What is typed on the list goes into the line above it."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    def _enter_list(self) -> None:
        """The keys go to the list where there is something in it, and stay in the line else."""
        if self.model.rowCount():
            self.table.setFocus()

    def _step(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _open_table(self, competition: int) -> None:
        self.go.emit(Target(Place.STANDINGS, competition))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.change_nation()
        elif event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    # Building

    def _build_layout(self) -> None:
        left = QWidget(self)
        self._left = QVBoxLayout(left)
        self._controls = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._controls.addWidget(self.filter)
        self._controls.addWidget(self.all)
        self._left.addLayout(self._controls)
        self._left.addWidget(self._empty)
        self.table.horizontalHeader().hide()
        self._body = QVBoxLayout()
        self._body.addWidget(self.table)
        self._left.addLayout(self._body, 1)
        self.splitter = QSplitter(self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.splitterMoved.connect(self._keep)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.layout_.addWidget(self.splitter)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._left.setContentsMargins(0, px(12), 0, 0)
        self._left.setSpacing(px(6))
        self._controls.setContentsMargins(px(12), 0, px(12), 0)
        self._controls.setSpacing(px(4))
        self._body.setContentsMargins(px(4), 0, 0, 0)
        self._empty.setContentsMargins(px(14), 0, px(14), 0)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Side by side where there is room, the list above the nation where there is not."""
        px, ways = theme().px, QBoxLayout.Direction
        wide = self.width() >= px(ROOM_FOR_BOTH)
        self._controls.setDirection(ways.TopToBottom if wide else ways.LeftToRight)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() is not wanted:
            self.splitter.setOrientation(wanted)
            self._moved = False
        if not self._moved:
            room = self.width() if wide else self.height()
            first = min(px(340), round(room * 0.38))
            self.splitter.setSizes([first, room - first])
        self.table.scrollTo(self.table.currentIndex())

    def _keep(self) -> None:
        """A person moved the border between them."""
        self._moved = True


class _List(Table):
    """`typed` tells of a letter that is meant for finding, `change_wanted` of Enter."""

    stretch_least = 150

    typed = Signal(str)
    change_wanted = Signal()

    def __init__(self, model: NationsModel, name: str, parent: QWidget) -> None:
        super().__init__(model, name, parent)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.change_wanted.emit()
        elif is_text(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.change_wanted.emit()
