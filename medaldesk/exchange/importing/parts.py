"""Tables in which the parts of an event stand one below the other: a final, then its heats."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

PART, LINE = "(part)", "(line)"

PARTS = (PART, LINE)
"""Headings that a mapping with `parts_by` can read from, besides those of the file: the number of
the part of the event that a row is in, and the number of the row in its part.
"""

_FIRST = re.compile(r"\W*0*1\W*")


class PartCounter:
    """Counts the parts of events: one begins where a rank is 1 below another row of the event.

    `event` takes what names the event out of the cells of a row, `rank` is the number of the
    column of ranks. Those who share the first rank are in one part.
    """

    def __init__(self, event: Callable[[Sequence[str]], Any], rank: int) -> None:
        self._event = event
        self._rank = rank
        self._last: Any = None
        self._was_first = False
        self._part = self._line = 0

    def __call__(self, cells: Sequence[str]) -> tuple[str, str]:
        """Part and line of the next row of the file, both from 1."""
        event = self._event(cells)
        is_first = _FIRST.fullmatch(cells[self._rank]) is not None
        if event != self._last:
            self._last, self._part, self._line = event, 1, 0
        elif is_first and not self._was_first:
            self._part, self._line = self._part + 1, 0
        self._line += 1
        self._was_first = is_first
        return str(self._part), str(self._line)
