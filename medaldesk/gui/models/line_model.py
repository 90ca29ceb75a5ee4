"""A short list in a dialog: put in order, renamed, struck out; nothing is taken before OK."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.row_model import EDITABLE, READ_ONLY, Index, Look, RowModel


@dataclass(frozen=True, slots=True)
class Line:
    """`key` names what is in the book, or what is to come; `gone` is taken out on OK.

    `name` can be typed where `open` says so; `code` stands before it, `detail` behind it.
    """

    key: Hashable
    name: str
    code: str = ""
    detail: str = ""
    open: bool = True
    gone: bool = False


class LineModel(RowModel[Line]):
    """Lines in their order; `edited` tells that they are others."""

    edited = Signal()

    def __init__(self, columns: Sequence[Column[Line]], parent: QObject | None = None) -> None:
        super().__init__(columns, lambda line: line.key, parent)

    @property
    def lines(self) -> list[Line]:
        """The lines that stay, in their order."""
        return [line for line in self._rows if not line.gone]

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.set_rows(lines)
        self.edited.emit()

    def move(self, at: int, to: int) -> None:
        """Put a line in another place."""
        lines = list(self._rows)
        lines.insert(to, lines.pop(at))
        self.show_lines(lines)

    def change(self, line: Line) -> None:
        """Show a line as it is now."""
        self.show_lines([line if line.key == row.key else row for row in self._rows])

    def drop(self, line: Line) -> None:
        """Take a line out at once."""
        self.show_lines([row for row in self._rows if row.key != line.key])

    def look(self, row: Line, column: Column[Line]) -> Look:
        look = super().look(row, column)
        if row.gone and column.key != "detail":
            look.struck, look.weight = True, "muted"
        return look

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if flags is not EDITABLE:
            return flags
        row = self._rows[index.row()]
        return EDITABLE if row.open and not row.gone else READ_ONLY

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name; an empty one leaves it as it was."""
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not name:
            return False
        self.change(replace(self._rows[index.row()], name=name))
        return True
