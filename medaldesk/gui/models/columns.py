"""A column of a table, described in one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt

RowT = TypeVar("RowT")

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """`text` is what is shown and copied, `sort` what is compared (the text where None).

    `width` is in pixels at 100 %; one column of a table has 0 and takes what is left.
    `optional` columns give way, the last first, where the table is too narrow for all.
    `weight` is `strong` for the heaviest column of a table and `muted` for the secondary.
    """

    key: str
    title: str
    text: Callable[[RowT], str]
    width: int
    align: Qt.AlignmentFlag = LEFT
    weight: str = ""
    editable: bool = False
    tip: str = ""
    optional: bool = False
    sort: Callable[[RowT], object] | None = None
