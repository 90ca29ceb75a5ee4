"""How much a file of somebody else may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, rows, columns and characters beyond which a file is refused.

    `lines` are those of a text, blank ones too; `ratio` is how many times smaller than its content
    a ZIP may be, where that is above `harmless` bytes; `seconds` is what a workbook may take, and
    `patience` more for each megabyte.
    """

    file: int = 500_000_000
    unpacked: int = 500_000_000
    ratio: int = 200
    harmless: int = 10_000_000
    rows: int = 2_000_000
    lines: int = 4_000_000
    columns: int = 1_000
    cell: int = 32_767
    line: int = 4_000_000
    seconds: float = 8.0
    patience: float = 3.0
    memory: int = 4_000_000_000


LIMITS = Limits()
