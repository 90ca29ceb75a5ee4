"""Which record list is shown: a chip, and below it the lists by event, found by typing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from medaldesk.book.reads.records import RecordListRow
from medaldesk.domain.names import fold
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.choice_popup import LONGEST, Popup
from medaldesk.gui.widgets.filter_chip import FilterChip
from medaldesk.gui.widgets.filter_line import FilterLine
from medaldesk.reports import words

LIST = Qt.ItemDataRole.UserRole
"""The id of the list that a line stands for; None for the name of an event."""


def list_name(row: RecordListRow) -> str:
    """`Olympic record`, `National record · NED`: the kind, and to what it is narrowed.

    The kind of a record names its series.
    """
    scope = words.record_scope(replace(row, series=None))
    return " · ".join(part for part in (row.kind_name, scope) if part)


class ListChooser(FilterChip):
    """The list in sight; `picked` names another one that a person chose."""

    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Record list"), parent, clearable=False)
        self._lists: list[RecordListRow] = []
        self._shown: int | None = None
        self.opened.connect(self.open_lists)

    def show_lists(self, lists: Sequence[RecordListRow], shown: int | None) -> None:
        """Offer lists; the one that is shown stands on the chip."""
        self._lists, self._shown = list(lists), shown
        row = next((row for row in lists if row.id == shown), None)
        name = f"{row.code} · {row.event_type_name}" if row else ""
        self.show_value(name, name)
        self.setToolTip(self.tr("Choose another record list"))

    def open_lists(self) -> ListsPopup:
        """Show all lists below the chip."""
        popup = ListsPopup(self, self._lists, self._shown)
        popup.picked.connect(self.picked)
        popup.open_below()
        return popup


class ListsPopup(Popup):
    """The record lists under the names of their events; typing finds, Enter takes."""

    picked = Signal(int)

    def __init__(self, owner: QWidget, lists: Sequence[RecordListRow], shown: int | None) -> None:
        super().__init__(owner)
        self._rows = list(lists)
        self.finder = FilterLine(self.tr("Find by record, event or nation"), self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Record lists"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(f"QListView::item {{ height: {theme().row_height}px; }}")
        for part in (self.finder, self.list):
            self.body.addWidget(part)
        self.finder.textChanged.connect(self._narrow)
        self.finder.stepped.connect(self._step)
        self.finder.entered.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._fill(shown)
        self.setFocusProxy(self.finder)

    def open_below(self) -> None:
        super().open_below()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: LONGEST, Qt.Key.Key_PageUp: -LONGEST}
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _fill(self, shown: int | None) -> None:
        self._narrow("")
        px, rows = theme().px, min(max(self.list.count(), 1), LONGEST)
        self.list.setFixedHeight(rows * theme().row_height + px(4))
        bar = self.list.verticalScrollBar().sizeHint().width()
        widest = self.list.sizeHintForColumn(0) + bar + px(8)
        self.list.setMinimumWidth(min(max(widest, px(280)), px(460)))
        here = next((n for n in self._places() if self.list.item(n).data(LIST) == shown), None)
        if here is not None:
            self.list.setCurrentRow(here)

    def _narrow(self, text: str) -> None:
        """List what has every word of a text, and go to the first."""
        typed = fold(text).split()
        self.list.clear()
        fitting = [row for row in self._rows if _fits(row, typed)]
        for _, alike in groupby(fitting, key=lambda row: row.event_type):
            rows = list(alike)
            self._add_event(rows[0].event_type_name)
            for row in rows:
                item = QListWidgetItem(f"   {row.code}   {list_name(row)}", self.list)
                item.setData(LIST, row.id)
        self.list.setCurrentRow(next(self._places(), -1))

    def _add_event(self, name: str) -> None:
        head = QListWidgetItem(name, self.list)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setForeground(theme().colours.muted)

    def _places(self) -> Iterator[int]:
        """The lines that are lists."""
        return (n for n in range(self.list.count()) if self.list.item(n).data(LIST) is not None)

    def _step(self, by: int) -> None:
        """Go down or up, from list to list."""
        places = list(self._places())
        if places:
            here = self.list.currentRow()
            at = places.index(here) if here in places else 0
            self.list.setCurrentRow(places[min(max(at + by, 0), len(places) - 1)])

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(LIST) is not None:
            self.close()
            self.picked.emit(item.data(LIST))


def _fits(row: RecordListRow, typed: Sequence[str]) -> bool:
    """Whether each word is somewhere in what names a list."""
    told = fold(f"{row.event_type_name} {row.event_type_code} {row.code} {list_name(row)}")
    return all(word in f"{told} {fold(row.series or '')}" for word in typed)
