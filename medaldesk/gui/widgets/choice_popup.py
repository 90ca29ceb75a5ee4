"""Lists and days that open under a chip, and close again with Esc."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.gui.dialogs.form import DateField
from medaldesk.gui.theme import theme
from medaldesk.reports import words

MANY = 10
"""From so many choices on there is a field to find one by typing."""

LONGEST = 12
"""So many lines of a list are in sight at once."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice; `alone` is one that goes with no other."""

    key: Hashable
    text: str
    alone: bool = False


class Popup(QFrame):
    """A small window under a control, which gets the keys back."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look, px = theme(), theme().px
        self.setStyleSheet(
            f"QFrame#popup {{ background: {look.colours.page.name()};"
            f"border: 1px solid {look.colours.line.name()}; border-radius: {px(6)}px; }}"
        )
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(8), px(8), px(8), px(8))
        self.body.setSpacing(px(6))

    def open_below(self) -> None:
        """Show under the owner, and wholly on its screen."""
        self.adjustSize()
        screen = self._owner.screen().availableGeometry()
        at = self._owner.mapToGlobal(QPoint(0, self._owner.height() + theme().px(2)))
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() - self.height())))
        self.move(at)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def hint(self, text: str) -> None:
        """Say below how it is used."""
        label = QLabel(text, self, wordWrap=True)
        label.setProperty("role", "muted")
        self.body.addWidget(label)


class ChoicePopup(Popup):
    """A list of choices: Enter or a click takes one alone, Space or its box one more.

    `chosen` has the keys of what is ticked; a list of which only one can be has no boxes.
    """

    chosen = Signal(list)

    def __init__(
        self,
        owner: QWidget,
        name: str,
        entries: Sequence[Entry],
        ticked: Sequence[Hashable],
        *,
        several: bool = True,
    ) -> None:
        super().__init__(owner)
        self._entries, self._several = list(entries), several
        self._ticked = [entry.key for entry in entries if entry.key in ticked]
        self.finder = QLineEdit(self, placeholderText=self.tr("Find"), clearButtonEnabled=True)
        self.finder.setAccessibleName(self.tr("Find"))
        self.finder.textChanged.connect(self._narrow)
        self.finder.setVisible(len(entries) >= MANY)
        self.list = _List(self, name)
        self.body.addWidget(self.finder)
        self.body.addWidget(self.list)
        self._fill()
        if several:
            self.hint(self.tr("Enter takes one, Space one more"))
        self.list.taken.connect(self._take)
        self.list.ticked.connect(self._tick)
        self.finder.returnPressed.connect(lambda: self._take(self.list.currentRow()))
        self.setFocusProxy(self.list if self.finder.isHidden() else self.finder)

    def open_below(self) -> None:
        super().open_below()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.finder.hasFocus():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _fill(self) -> None:
        for entry in self._entries:
            item = QListWidgetItem(entry.text, self.list)
            if self._several:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self._show_ticks()
        first = self._ticked[0] if self._ticked else self._entries[0].key
        self.list.setCurrentRow([entry.key for entry in self._entries].index(first))
        rows = min(len(self._entries), LONGEST)
        self.list.setFixedHeight(rows * theme().row_height + theme().px(4))
        bar = self.list.verticalScrollBar().sizeHint().width()
        widest = self.list.sizeHintForColumn(0) + bar + theme().px(8)
        self.list.setMinimumWidth(min(max(widest, theme().px(200)), theme().px(420)))

    def _show_ticks(self) -> None:
        if not self._several:
            return
        for number, entry in enumerate(self._entries):
            ticked = entry.key in self._ticked
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            self.list.item(number).setCheckState(state)

    def _narrow(self, text: str) -> None:
        """Show what has the text in it, without regard to accents, and go to the first."""
        wanted, shown = fold(text), []
        for number, entry in enumerate(self._entries):
            fits = wanted in fold(entry.text)
            self.list.item(number).setHidden(not fits)
            if fits:
                shown.append(number)
        self.list.setCurrentRow(shown[0] if shown else -1)

    def _take(self, number: int) -> None:
        """Take one alone, and close."""
        if number < 0:
            return
        self.close()
        self.chosen.emit([self._entries[number].key])

    def _tick(self, number: int) -> None:
        """Take one more, or one less."""
        if not self._several:
            self._take(number)
            return
        entry = self._entries[number]
        if entry.key in self._ticked:
            self._ticked.remove(entry.key)
        elif entry.alone:
            self._ticked = [entry.key]
        else:
            apart = {other.key for other in self._entries if other.alone}
            self._ticked = [key for key in self._ticked if key not in apart] + [entry.key]
        self._show_ticks()
        self.chosen.emit(list(self._ticked))


class _List(QListWidget):
    """Tells rows: `taken` by Enter or a click, `ticked` by Space or a click on the box."""

    taken = Signal(int)
    ticked = Signal(int)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._restyle()
        self._pressed_at = 0.0
        self.clicked.connect(self._click)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().x()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.taken.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.ticked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        px, colours = theme().px, theme().colours
        self.setStyleSheet(
            f"QListView::item {{ height: {theme().row_height}px; }}"
            f"QListView::indicator {{ width: {px(12)}px; height: {px(12)}px;"
            f"border: 1px solid {colours.muted.name()}; border-radius: {px(3)}px; }}"
            f"QListView::indicator:checked {{ background: {colours.accent.name()};"
            f"border-color: {colours.accent.name()}; }}"
        )

    def _click(self, index: QModelIndex) -> None:
        boxed = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        on_box = boxed and self._pressed_at < theme().px(26)
        (self.ticked if on_box else self.taken).emit(index.row())


class DaysPopup(Popup):
    """The first and the last day; `chosen` has both as ISO days, None where there is none."""

    chosen = Signal(object, object)

    def __init__(
        self,
        owner: QWidget,
        first: str | None,
        last: str | None,
        near: Callable[[], date | None],
    ) -> None:
        super().__init__(owner)
        self.first, self.last = DateField(near), DateField(near)
        self.first.fill(first)
        self.last.fill(last)
        form = QFormLayout()
        form.addRow(self.tr("From"), self.first)
        form.addRow(self.tr("To"), self.last)
        self.first.setAccessibleName(self.tr("From"))
        self.last.setAccessibleName(self.tr("To"))
        self.problem = QLabel(self, wordWrap=True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.hide()
        take = QPushButton(self.tr("Show these days"), self)
        take.clicked.connect(self._take)
        self.body.addLayout(form)
        self.body.addWidget(self.problem)
        self.body.addWidget(take)
        self.first.returnPressed.connect(self.last.setFocus)
        self.last.returnPressed.connect(self._take)
        self.setFocusProxy(self.first)

    def open_below(self) -> None:
        super().open_below()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self) -> None:
        try:
            first, last = self.first.day(), self.last.day()
        except MedalDeskError as error:
            self._complain(words.sentence(error))
            return
        if first and last and last < first:
            self._complain(self.tr("The last day is before the first: type them the other way."))
            return
        self.close()
        self.chosen.emit(first and first.isoformat(), last and last.isoformat())

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        self.adjustSize()
