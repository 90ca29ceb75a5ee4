"""The medals behind a number of the medal table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from medaldesk.book.reads.standings import MedalTable
from medaldesk.domain.medals import Medal
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.standings_model import MedalsModel, Standing
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words


class MedalsPanel(QWidget):
    """Lists medals of a nation, each of which leads to its result through `go`."""

    go = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nation: int | None = None
        self._medals: tuple[Medal, ...] = ()
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.clicked.connect(self.close_panel)
        self.model = MedalsModel(self)
        self.table = Table(self.model, self.tr("Medals"), self)
        self.table.setToolTip(self.tr("Press Enter to see the result"))
        self.table.activated.connect(self._open)
        self._build_layout()
        self.hide()

    def show_medals(self, row: Standing, medals: tuple[Medal, ...]) -> None:
        """Be about some medals of a nation; `refresh` then reads them."""
        self._nation, self._medals = row.nation_id, medals
        self.model.set_rows(())
        self.show()

    def refresh(self, live: LiveBook, table: MedalTable, *, flash: bool = False) -> None:
        """Read the medals again; a nation that has left the table closes the panel."""
        if self.isHidden():
            return
        line = next((line for line in table.lines if line.nation_id == self._nation), None)
        if line is None:
            self.close_panel()
            return
        found = live.reads.medals_of(
            table.competition.id, line.nation_id, self._medals, as_it_stands=not table.official
        )
        self.heading.setText(self._heading_text(line.name, len(found)))
        self.model.show_medals(table.competition.name, found, flash=flash)

    def enter(self) -> None:
        """Put the cursor on the first medal."""
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()

    def close_panel(self) -> None:
        """Hide, and give the keyboard back to the table."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        medal = self.model.row(index.row())
        self.go.emit(Target(Place.RESULT, medal.result))

    def _heading_text(self, nation: str, count: int) -> str:
        if len(self._medals) == 1:
            return self.tr("{nation} · {medal}: {n}").format(
                nation=nation, medal=words.medal_name(self._medals[0]), n=count
            )
        return self.tr("{nation} · all medals: {n}").format(nation=nation, n=count)

    def _build_layout(self) -> None:
        strip = QWidget(self)
        strip.setObjectName("panel")
        self._head = QHBoxLayout(strip)
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        self.table.horizontalHeader().hide()
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        layout.addLayout(self._body, 1)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = theme().px
        self._head.setContentsMargins(px(20), px(8), px(12), px(8))
        self._body.setContentsMargins(px(12), 0, px(12), 0)
        self.heading.setFont(theme().font(1.05, QFont.Weight.DemiBold))
