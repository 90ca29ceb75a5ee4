"""Places in the window that links, the tree and Ctrl+K lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    EVENT = "event"
    RESULT = "result"
    STANDINGS = "standings"
    RECORDS = "records"
    HISTORY = "history"
    ATHLETE = "athlete"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Target:
    """`id` is that of an event, a result, a competition, a record list, an athlete, a nation."""

    place: Place
    id: int = 0
