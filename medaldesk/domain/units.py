"""Where somebody competes: the unit (heat, pair, group) and the lane, as typed in one cell (R5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from medaldesk.domain.errors import MedalDeskError

LARGEST_UNIT = 9_999
_LANES = {"inner": "i", "outer": "o", "inside": "i", "outside": "o", "in": "i", "out": "o"}
_PLACE = re.compile(r"(?P<unit>[0-9]{1,5})(?: ?[-/ ] ?)?(?P<lane>[0-9]{1,3}|[a-z]{1,8})?", re.ASCII)


class UnitNotUnderstood(MedalDeskError):
    """What was typed is not a unit with or without a lane. `details`: text."""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Unit from 1, and the lane: `i` and `o` on ice, a number on a track or in a pool."""

    unit: int | None = None
    lane: str | None = None


def parse_unit(text: str) -> UnitPlace:
    """Read `15`, `15 o`, `15 outer`, `3/5`, `3-5`; nothing typed is no unit.

    Raises UnitNotUnderstood.
    """
    word = text.strip().lower()
    if not word:
        return UnitPlace()
    match = _PLACE.fullmatch(word)
    if match is None or not 1 <= int(match["unit"]) <= LARGEST_UNIT:
        raise UnitNotUnderstood(text=text)
    lane = match["lane"]
    return UnitPlace(int(match["unit"]), _LANES.get(lane, lane) if lane else None)


def format_unit(place: UnitPlace) -> str:
    """`15 o`, `3/5`, `15`, or nothing."""
    if place.unit is None:
        return ""
    if place.lane is None:
        return str(place.unit)
    return f"{place.unit}{'/' if place.lane.isdigit() else ' '}{place.lane}"
