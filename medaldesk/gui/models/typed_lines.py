"""Lines that a person types in a dialog, with an empty one below them to go on in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.models.columns import LEFT, Column
from medaldesk.gui.models.row_model import READ_ONLY, Index, Look, RowModel

Reading = Callable[[str], str]
"""What was typed as it is to stand in the cell. Raises a MedalDeskError where it cannot."""


@dataclass(eq=False)
class Line:
    """One line as it is typed: its cells, and the id in the book of what it stands for.

    `parts` are the lines of a grid beside it; `wrong` are the numbers of the cells that cannot be
    taken.
    """

    cells: list[str]
    origin: int | None = None
    parts: list[Line] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


def typed_column(
    key: str,
    title: str,
    place: int,
    width: int,
    *,
    align: Qt.AlignmentFlag = LEFT,
    weight: str = "",
    editable: bool = True,
    tip: str = "",
) -> Column[Line]:
    """A column of a grid, over one cell of its lines."""
    return Column(key, title, lambda line: line.cells[place], width, align, weight, editable, tip)


class LinesModel(RowModel[Line]):
    """Works on a list of lines in place; `edited` tells of each change.

    `refused` carries the error of a text that `readings`, by column, do not take: it stays in its
    cell, marked. The first cell of the empty line says `invite`.
    """

    edited = Signal()
    refused = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Line]],
        invite: str,
        readings: Mapping[str, Reading] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, lambda line: line, parent)
        self._invite = invite
        self._readings = readings or {}
        self._lines: list[Line] | None = None

    # Showing

    @property
    def lines(self) -> list[Line]:
        """The lines without the empty one."""
        return self._lines or []

    def show_lines(self, lines: list[Line] | None) -> None:
        """Show lines and change them in place; None where there is nothing to type in."""
        self._lines = lines
        self.reset_rows([] if lines is None else [*lines, self._blank()])

    def look(self, row: Line, column: Column[Line]) -> Look:
        look = super().look(row, column)
        place = self.columns.index(column)
        look.error = place in row.wrong
        if not place and row.is_empty and row is self._rows[-1]:
            return Look(self._invite, "muted")
        return look

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags if self._lines is not None else flags & READ_ONLY

    # Typing

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self._lines is None:
            return False
        line, place = self.row(index.row()), index.column()
        if value == line.cells[place] and place not in line.wrong:
            return True
        error = self.take(line, place, value)
        self._keep(line)
        self.tell(line)
        self.edited.emit()
        if error is not None:
            self.refused.emit(error)
        return True

    def take(self, line: Line, place: int, value: Any) -> MedalDeskError | None:
        """Write what was typed or chosen into a line; returns why it cannot be taken."""
        line.cells[place] = " ".join(str(value).split())
        line.wrong.discard(place)
        reading = self._readings.get(self.columns[place].key)
        if reading is None or not line.cells[place]:
            return None
        try:
            line.cells[place] = reading(line.cells[place])
        except MedalDeskError as error:
            line.wrong.add(place)
            return error
        return None

    def tell(self, line: Line) -> None:
        """Say that a line looks different."""
        row = self._rows.index(line)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def remove(self, row: int) -> None:
        """Take a line out; the empty one stays."""
        if self._lines is None or not 0 <= row < len(self._lines):
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        del self._rows[row]
        self.endRemoveRows()
        self.edited.emit()

    def _keep(self, line: Line) -> None:
        """The empty line becomes one of the others when something is typed in it."""
        if self._lines is None or line.is_empty or line is not self._rows[-1]:
            return
        self._lines.append(line)
        below = len(self._rows)
        self.beginInsertRows(QModelIndex(), below, below)
        self._rows.append(self._blank())
        self.endInsertRows()

    def _blank(self) -> Line:
        return Line([""] * len(self.columns))
