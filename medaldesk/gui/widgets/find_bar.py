"""Finding a row of a table by any text in it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from medaldesk.domain.names import fold
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import UndoPassedOn
from medaldesk.gui.widgets.table import Table


class FindLine(QLineEdit):
    """Enter asks for the next row, Shift+Enter for the one before, Esc for the end."""

    stepped = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        # An Esc shortcut of the window must not come first.
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.stepped.emit(-1 if back or event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class FindBar(QWidget):
    """A line over a table that selects the rows containing a text, whatever its diacritics.

    Hidden until `open`, which also comes from Ctrl+F in the table.
    """

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._found: list[int] = []
        self.line = FindLine(self)
        self.line.setPlaceholderText(self.tr("Find in this table"))
        self.line.setAccessibleName(self.tr("Find"))
        self.line.setClearButtonEnabled(True)
        UndoPassedOn(self.line)
        self.told = QLabel(self)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        layout = QHBoxLayout(self)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.told)
        layout.addWidget(self._close)
        self.line.textEdited.connect(self._search)
        self.line.stepped.connect(self._step)
        self.line.left.connect(self.leave)
        self._close.clicked.connect(self.leave)
        table.installEventFilter(self)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def open(self) -> None:
        """Show the line with the cursor in it; what was looked for last can be typed over."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._search()

    def leave(self) -> None:
        """Hide, and go back to the table."""
        self.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            self.open()
            return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        """Select the first row from the current one on that has the text."""
        self._found = self._rows_with(self.line.text())
        here = max(self.table.currentIndex().row(), 0)
        self._show(next((row for row in self._found if row >= here), None))

    def _step(self, by: int) -> None:
        # The table may have changed since it was typed.
        self._found = self._rows_with(self.line.text())
        here = self.table.currentIndex().row()
        onward = self._found if by > 0 else self._found[::-1]
        self._show(next((row for row in onward if (row - here) * by > 0), None))

    def _rows_with(self, text: str) -> list[int]:
        wanted, model = fold(text), self.table.model()
        if not wanted:
            return []
        columns = [n for n in range(model.columnCount()) if not self.table.isColumnHidden(n)]
        return [
            row
            for row in range(model.rowCount())
            if any(wanted in fold(str(model.index(row, n).data() or "")) for n in columns)
        ]

    def _show(self, row: int | None) -> None:
        """Select a row, the first or last where None is left in that direction, and tell."""
        if row is None and self._found:
            here = self.table.currentIndex().row()
            row = self._found[0] if here >= self._found[-1] else self._found[-1]
        if row is not None:
            column = max(self.table.currentIndex().column(), 0)
            index = self.table.model().index(row, column)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
        self._tell(row)

    def _tell(self, row: int | None) -> None:
        text = ""
        if row is not None:
            place = self._found.index(row) + 1
            text = self.tr("{n} of {total}").format(n=place, total=len(self._found))
        elif self.line.text().strip():
            text = self.tr("not found")
        self.told.setText(text)
        self.told.setAccessibleName(text)
        self.told.setProperty("role", "muted" if row is not None else "error")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _restyle(self) -> None:
        px = theme().px
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(px(20), px(4), px(20), px(4))
        layout.setSpacing(px(8))
        self.told.setMinimumWidth(px(70))


@runtime_checkable
class HasFindField(Protocol):
    """A page with a line of its own in which one types to find."""

    @property
    def find_field(self) -> QLineEdit: ...


def show_find_bar(page: QWidget) -> None:
    """Go to the line of a page in which one types to find.

    A page without one gets a bar over the table that has the keyboard, or over its first one.
    """
    if isinstance(page, HasFindField):
        page.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.find_field.selectAll()
        return
    tables = [table for table in page.findChildren(Table) if table.isVisible()]
    tables.sort(key=lambda table: not table.hasFocus())
    if not tables:
        return
    bar = next((bar for bar in page.findChildren(FindBar) if bar.table is tables[0]), None)
    if bar is None:
        bar = FindBar(tables[0], page)
        _put_above(tables[0], bar)
    bar.open()


def _put_above(table: Table, bar: FindBar) -> None:
    """Give the bar the place above its table, in the box that the table stands in."""
    parent = table.parentWidget()
    boxes = [parent.layout(), *parent.findChildren(QVBoxLayout)] if parent else []
    for box in boxes:
        if isinstance(box, QVBoxLayout) and box.indexOf(table) >= 0:
            box.insertWidget(box.indexOf(table), bar)
            return
