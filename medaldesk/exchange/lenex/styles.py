"""Swim styles as event types of a book: one each for distance, stroke, gender and pool."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from medaldesk.domain.names import fold
from medaldesk.exchange.lenex.values import number, text

_STROKES = {
    "FREE": ("FR", "freestyle"),
    "BACK": ("BA", "backstroke"),
    "BREAST": ("BR", "breaststroke"),
    "FLY": ("BF", "butterfly"),
    "MEDLEY": ("IM", "individual medley"),
    "IMRELAY": ("IM", "individual medley"),
}
"""Strokes to the letters of the Olympic Data Feed for them, and their names."""

_OF_GENDER = {"M": "Men's", "W": "Women's", "X": "Mixed"}
GENDERS = {"M": "M", "F": "W", "X": "X"}
"""Genders of Lenex to those of a book; any other is open."""

_COURSE = re.compile(r"([SL])C([MY])([0-9]*)")
_USUAL = ("", "LCM", "OPEN")


@dataclass(frozen=True, slots=True)
class Style:
    """What is swum where; `distance` in metres (or yards) of one swimmer."""

    distance: int
    swimmers: int
    stroke: str
    technique: str
    own_name: str
    own_code: str
    course: str

    @property
    def is_relay(self) -> bool:
        return self.swimmers > 1

    @property
    def discipline(self) -> str:
        return "OWS" if self.course == "OPEN" else "SWM"

    def code(self, gender: str) -> str:
        """The code of the event type, as the Olympic Data Feed has it for pools of 50 m.

        What the feed has no code for is told by what follows a dash: `SWMM400MFR-25M`.
        """
        what = self._length("").upper() + self._stroke_code()
        pool = "".join(self._pool()).upper()
        rest = filter(None, (self.technique, pool))
        return "-".join([f"{self.discipline}{gender}{what}", *rest])

    def name(self, gender: str) -> str:
        """Its name: `Men's 4 x 100 m freestyle relay (25 m)`."""
        words = [_OF_GENDER.get(gender, ""), self._length(" ") if self.distance else ""]
        words.append(self._stroke_name())
        pool = " ".join(self._pool())
        extra = ", ".join(filter(None, (self.technique.lower(), pool)))
        return " ".join(filter(None, words)) + (f" ({extra})" if extra else "")

    def _length(self, blank: str) -> str:
        size, unit = self.distance, "yd" if self._pool()[1:] == ("yd",) else "m"
        if self.course == "OPEN" and size % 1000 == 0:
            size, unit = size // 1000, "km"
        if not blank:
            unit = unit[0] if unit != "km" else unit
        times = f"{self.swimmers}{blank}x{blank}" if self.is_relay else ""
        return f"{times}{size}{blank}{unit}"

    def _stroke_code(self) -> str:
        if self.course == "OPEN" and self.stroke == "FREE":
            return ""
        if self.stroke == "MEDLEY" and self.is_relay:
            return "MD"
        own = self.own_code or self.own_name or self.stroke
        known = _STROKES.get(self.stroke)
        return known[0] if known else re.sub(r"[^A-Z0-9]", "", fold(own).upper())[:10]

    def _stroke_name(self) -> str:
        known = _STROKES.get(self.stroke)
        name = known[1] if known else self.own_name or self.stroke.replace("_", " ").lower()
        if self.course == "OPEN" and self.stroke == "FREE":
            name = "open water"
        if not self.is_relay:
            return name
        return "medley relay" if self.stroke == "MEDLEY" else f"{name} relay"

    def _pool(self) -> tuple[str, ...]:
        """Length and unit of a pool that is not the usual one of 50 m."""
        match = _COURSE.fullmatch(self.course)
        if self.course in _USUAL:
            return ()
        if match is None:
            return (self.course.lower(),)
        size = match[3] or ("50" if match[1] == "L" else "25")
        return (size, "m" if match[2] == "M" else "yd")


def style_of(element: Element | None, course: str) -> Style:
    """The style of an event or a record that is swum on a course."""
    return Style(
        max(number(element, "distance") or 0, 0),
        max(number(element, "relaycount") or 1, 1),
        text(element, "stroke").upper() or "UNKNOWN",
        re.sub(r"[^A-Z]", "", text(element, "technique").upper())[:10],
        text(element, "name")[:60],
        text(element, "code")[:6],
        re.sub(r"[^A-Z0-9]", "", course.upper())[:6],
    )


# Age groups and classes


@dataclass(frozen=True, slots=True)
class Group:
    """An age group, or a class of handicap, in which an event is ranked; -1 is no bound."""

    id: str
    low: int
    high: int
    gender: str
    handicap: str
    name: str

    @property
    def is_open(self) -> bool:
        return self.low < 0 and self.high < 0 and not self.handicap

    def includes(self, age: int | None, gender: str) -> bool:
        """Whether somebody of an age and a gender can be in it."""
        fits = age is not None and self.low <= age and (self.high < 0 or age <= self.high)
        return (fits or self.is_open) and (not self.gender or self.gender == gender)

    def overlaps(self, other: Group) -> bool:
        """Whether somebody can be in both."""
        if self.handicap != other.handicap or (
            self.gender and other.gender and self.gender != other.gender
        ):
            return False
        return self.low <= (other.high if other.high >= 0 else 999) and other.low <= (
            self.high if self.high >= 0 else 999
        )

    @property
    def ages(self) -> str:
        """`U17`, `35+`, `11-12`; empty where it is open."""
        if self.low < 0:
            return f"U{self.high + 1}" if self.high >= 0 else ""
        if self.high < 0:
            return f"{self.low}+"
        return f"{self.low}-{self.high}" if self.low != self.high else str(self.low)

    def suffix(self, style: Style) -> tuple[str, str]:
        """What tells an event type of the group from that of all, in its code and its name."""
        parts = [sport_class(self.handicap, style), self.ages]
        code = "-".join(filter(None, parts))
        names = [parts[0], self.name[:40] or self.ages] if self.ages else parts[:1]
        name = ", ".join(filter(None, names))
        return code, name


def sport_class(handicap: str, style: Style) -> str:
    """A class of handicap as it is printed: S5, SB4, SM10; of a relay, its points."""
    known = re.fullmatch(r"0*([1-9][0-9]?)", handicap)
    if known is None:
        return ""
    if int(known[1]) in (20, 34, 49):
        return f"{known[1]}PTS"
    if style.stroke == "BREAST":
        return f"SB{known[1]}"
    return f"SM{known[1]}" if style.stroke == "MEDLEY" and not style.is_relay else f"S{known[1]}"


def group_of(element: Element) -> Group:
    """What an AGEGROUP says."""
    low, high = number(element, "agemin"), number(element, "agemax")
    return Group(
        text(element, "agegroupid"),
        -1 if low is None or low <= 0 else min(low, 999),
        -1 if high is None or high < 0 or high >= 99 else high,
        GENDERS.get(text(element, "gender").upper(), "").replace("X", ""),
        text(element, "handicap"),
        text(element, "name"),
    )
