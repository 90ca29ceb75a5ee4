"""Age classes of record lists: juniors under an age, masters from an age on (RULES R22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from medaldesk.domain.errors import BadAgeClass

_CLASS = re.compile(
    r"(?:U ?(?P<under>\d{1,3})(?: ?@ ?(?P<month>\d\d)-(?P<day>\d\d))?|(?P<from>\d{1,3}) ?\+)",
    re.ASCII,
)
_LEAP_YEAR = 2000
_YEAR_END = (12, 31)


@dataclass(frozen=True, slots=True)
class AgeClass:
    """Those who have not reached an age by some day, or those who have, where `masters`.

    `key_day` is the (month, day) before whose last return up to the mark the young must not have
    reached it; None is the end of the year of the mark. For masters it is the day of the mark.
    """

    age: int
    masters: bool = False
    key_day: tuple[int, int] | None = None

    def includes(self, born: date, day: date) -> bool:
        """Whether a mark of a day was made by somebody of this age class."""
        if self.masters:
            return _age(born, day.year, (day.month, day.day)) >= self.age
        if self.key_day is None:
            return _age(born, day.year, _YEAR_END) < self.age
        year = day.year if self.key_day <= (day.month, day.day) else day.year - 1
        return _age_before(born, year, self.key_day) < self.age

    def __str__(self) -> str:
        """As it is written: `U20`, `U19@07-01`, `35+`."""
        if self.masters:
            return f"{self.age}+"
        return f"U{self.age}" + (
            f"@{self.key_day[0]:02}-{self.key_day[1]:02}" if self.key_day else ""
        )


def parse_age_class(text: str) -> AgeClass:
    """Read `U20`: who turns 20 in a later year than that of the mark; `U19@07-01`: who had not
    reached the age of 19 before the last 1 July up to the day of the mark, so that whoever turns
    19 on that 1 July still is a junior (the rule of skating); `35+`: 35 or older on the day of the
    mark. Raises BadAgeClass.
    """
    match = _CLASS.fullmatch(text.strip().upper())
    if match is None:
        raise BadAgeClass(text=text)
    age = int(match["under"] or match["from"])
    if age == 0:
        raise BadAgeClass(text=text)
    if match["month"] is None:
        return AgeClass(age, masters=match["from"] is not None)
    try:
        on = date(_LEAP_YEAR, int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise BadAgeClass(text=text) from error
    return AgeClass(age, key_day=(on.month, on.day))


def _age(born: date, year: int, day: tuple[int, int]) -> int:
    """Whole years on a day of a year; negative before the birth."""
    return year - born.year - (day < (born.month, born.day))


def _age_before(born: date, year: int, day: tuple[int, int]) -> int:
    """Whole years reached before a day of a year: a birthday on it is not before it."""
    return year - born.year - (day <= (born.month, born.day))
