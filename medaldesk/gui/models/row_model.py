"""A table model over rows with keys that changes only what changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont

from medaldesk.domain.medals import Medal
from medaldesk.gui.models.columns import Column

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
"""No parent: the index of what stands at the top of a model."""

FLASH_MILLISECONDS = 900


class Role(IntEnum):
    """What delegates ask a model besides Qt's own roles."""

    WEIGHT = Qt.ItemDataRole.UserRole + 1
    FLASH = Qt.ItemDataRole.UserRole + 2
    PILLS = Qt.ItemDataRole.UserRole + 3
    ERROR = Qt.ItemDataRole.UserRole + 4
    ROW = Qt.ItemDataRole.UserRole + 5


@dataclass(slots=True)
class Look:
    """All that a delegate paints of a cell, in one answer; `pills` take the place of the text.

    A pill is a text and what it stands for, a medal or `record`; `error` tells of text that was
    not taken.
    """

    text: str
    weight: str = ""
    flash: bool = False
    error: bool = False
    struck: bool = False
    pills: Sequence[tuple[str, Medal | str]] = ()


_OF_LOOK: Mapping[int, Callable[[Look], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda look: look.text,
    Qt.ItemDataRole.FontRole: lambda look: _struck_font() if look.struck else None,
    Role.WEIGHT: lambda look: look.weight,
    Role.FLASH: lambda look: look.flash,
    Role.PILLS: lambda look: look.pills,
    Role.ERROR: lambda look: look.error or None,
}

_OF_CELL: Mapping[int, Callable[[Any, Column[Any]], object]] = {
    Qt.ItemDataRole.EditRole: lambda row, column: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda _, column: column.align,
    Qt.ItemDataRole.AccessibleTextRole: lambda row, column: f"{column.title}: {column.text(row)}",
    Role.ROW: lambda row, _: row,
}


def _struck_font() -> QFont:
    font = QFont()
    font.setStrikeOut(True)
    return font


READ_ONLY = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
EDITABLE = READ_ONLY | Qt.ItemFlag.ItemIsEditable


class RowModel(QAbstractTableModel, Generic[RowT]):
    """Rows of any kind, each with a key that stays the same while the row changes.

    `set_rows` compares the new rows with the old and signals inserts, removals, moves and
    changed cells, so that selection, an open editor and the scroll position stay where they are.
    Rows that changed flash for a moment, if asked.
    """

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        key: Callable[[RowT], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._key = key
        self._rows: list[RowT] = []
        self._flashing: set[Hashable] = set()
        self._flash_timer = QTimer(self, singleShot=True, interval=FLASH_MILLISECONDS)
        self._flash_timer.timeout.connect(self._end_flash)

    # Reading

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def row(self, number: int) -> RowT:
        """The row at a place."""
        return self._rows[number]

    def rows(self) -> Sequence[RowT]:
        return self._rows

    def row_of(self, key: Hashable) -> int | None:
        """The place of a row by its key."""
        for number, row in enumerate(self._rows):
            if self._key(row) == key:
                return number
        return None

    def column_of(self, key: str) -> int | None:
        """The place of a column by its key."""
        return next((n for n, column in enumerate(self.columns) if column.key == key), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in _OF_LOOK:
            return _OF_LOOK[role](self.look(row, column))
        if role in _OF_CELL:
            return _OF_CELL[role](row, column)
        return None

    def look(self, row: RowT, column: Column[RowT]) -> Look:
        """How a cell is painted: where a model shows more than the column says, it says so here."""
        return Look(column.text(row), column.weight, self._key(row) in self._flashing)

    def look_at(self, index: Index) -> Look:
        """How the cell at an index is painted."""
        return self.look(self._rows[index.row()], self.columns[index.column()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.align
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return EDITABLE if self.columns[index.column()].editable else READ_ONLY

    # Changing

    def set_columns(self, columns: Sequence[Column[RowT]]) -> None:
        """Show other columns; those that stay keep the cursor and an open editor."""
        keys = [column.key for column in columns]
        stay = [column.key for column in self.columns if column.key in keys]
        if not stay or stay != [key for key in keys if key in stay]:
            self.beginResetModel()
            self.columns = list(columns)
            self.endResetModel()
            return
        self._remove_columns(set(keys))
        self._insert_columns(columns, set(stay))
        titles = [column.title for column in self.columns]
        self.columns = list(columns)
        if titles != [column.title for column in columns]:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def _remove_columns(self, keys: set[str]) -> None:
        """Take out the columns of other keys."""
        for number in reversed(range(len(self.columns))):
            if self.columns[number].key not in keys:
                self.beginRemoveColumns(QModelIndex(), number, number)
                del self.columns[number]
                self.endRemoveColumns()

    def _insert_columns(self, columns: Sequence[Column[RowT]], have: set[str]) -> None:
        """Put in the columns that are not there."""
        for number, column in enumerate(columns):
            if column.key not in have:
                self.beginInsertColumns(QModelIndex(), number, number)
                self.columns.insert(number, column)
                self.endInsertColumns()

    def reset_rows(self, rows: Sequence[RowT]) -> None:
        """Show something else altogether."""
        self.beginResetModel()
        self._rows = list(rows)
        self._flashing.clear()
        self.endResetModel()

    def set_rows(self, rows: Sequence[RowT], *, flash: bool = False) -> None:
        """Show the rows as they are now, signalling only what is different."""
        before = {self._key(row): row for row in self._rows}
        self._remove(set(before) - {self._key(row) for row in rows})
        self._insert(rows)
        self._reorder(rows)
        changed = [n for n, row in enumerate(rows) if before.get(self._key(row)) != row]
        for number in changed:
            self._rows[number] = rows[number]
        if flash:
            self._flash({self._key(rows[n]) for n in changed})
        for first, last in _stretches(changed):
            self.dataChanged.emit(
                self.index(first, 0), self.index(last, max(0, len(self.columns) - 1))
            )

    def _remove(self, keys: set[Hashable]) -> None:
        for number in reversed(range(len(self._rows))):
            if self._key(self._rows[number]) in keys:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()

    def _insert(self, rows: Sequence[RowT]) -> None:
        have = {self._key(row) for row in self._rows}
        for number, row in enumerate(rows):
            if self._key(row) not in have:
                at = min(number, len(self._rows))
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()

    def _reorder(self, rows: Sequence[RowT]) -> None:
        wanted = [self._key(row) for row in rows]
        now = [self._key(row) for row in self._rows]
        if wanted == now:
            return
        self.layoutAboutToBeChanged.emit()
        place = {key: number for number, key in enumerate(wanted)}
        old = self.persistentIndexList()
        new = [self.index(place[now[index.row()]], index.column()) for index in old]
        held = {self._key(row): row for row in self._rows}
        self._rows = [held[key] for key in wanted]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _flash(self, keys: set[Hashable]) -> None:
        self._flashing = keys
        if keys:
            self._flash_timer.start()

    def _end_flash(self) -> None:
        self._flashing = set()
        if self._rows:
            last = self.index(len(self._rows) - 1, max(0, len(self.columns) - 1))
            self.dataChanged.emit(self.index(0, 0), last, [Role.FLASH])


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of each stretch without a gap."""
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return stretches
