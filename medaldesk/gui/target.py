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
    NATIONS = "nations"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Target:
    """`id` is that of what the place shows: an event, a result, an athlete, a decision."""

    place: Place
    id: int = 0
