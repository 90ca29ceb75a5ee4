"""The wind at a result, in millionths of a metre per second; with its sign (RULES R25)."""

from __future__ import annotations

import re

from medaldesk.domain.errors import BadWind
from medaldesk.domain.marks import MILLIONTHS

NO_WIND = "nwi"
"""No wind information, as sheets print it."""

_WIND = re.compile(
    r"(?P<sign>[-+−–]?) ?(?P<whole>\d{1,2})(?:[.,](?P<tenth>\d)0*)? ?(?:m/s)?", re.ASCII
)


def parse_wind(text: str) -> int | None:
    """Read `+1.8`, `-0,4`, `1.8 m/s`; nothing typed, or `nwi`, is no wind information.

    Gauges are read to tenths, so more decimals are refused. Raises BadWind.
    """
    word = text.strip().lower()
    if word in ("", NO_WIND):
        return None
    match = _WIND.fullmatch(word)
    if match is None:
        raise BadWind(text=text)
    tenths = int(match["whole"]) * 10 + int(match["tenth"] or 0)
    return (tenths if match["sign"] in ("", "+") else -tenths) * (MILLIONTHS // 10)


def format_wind(wind: int | None) -> str:
    """`+1.8`, `-0.4`, `0.0`, or nothing where it is not known."""
    if wind is None:
        return ""
    whole, rest = divmod(abs(wind), MILLIONTHS)
    sign = "-" if wind < 0 else "+" if wind else ""
    return f"{sign}{whole}.{rest * 10 // MILLIONTHS}"
