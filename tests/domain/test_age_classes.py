"""R22: who is of an age class on the day of a mark."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.age_classes import AgeClass, parse_age_class
from medaldesk.domain.errors import BadAgeClass

DAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    ("text", "ages", "written"),
    [
        ("U20", AgeClass(20), "U20"),
        (" u 20 ", AgeClass(20), "U20"),
        ("U19@07-01", AgeClass(19, key_day=(7, 1)), "U19@07-01"),
        ("u19 @ 07-01", AgeClass(19, key_day=(7, 1)), "U19@07-01"),
        ("35+", AgeClass(35, masters=True), "35+"),
        ("35 +", AgeClass(35, masters=True), "35+"),
        ("U18@02-29", AgeClass(18, key_day=(2, 29)), "U18@02-29"),
    ],
)
def test_r22_an_age_class_is_read_and_written(text: str, ages: AgeClass, written: str) -> None:
    assert parse_age_class(text) == ages
    assert str(ages) == written
    assert parse_age_class(written) == ages


@pytest.mark.parametrize(
    "text", ["", "junior", "20", "U", "U0", "0+", "+35", "U20+", "U19@13-01", "U19@02-30",
             "U19@7-1", "U1999", "35+@07-01", "U²0"],
)  # fmt: skip
def test_r22_what_is_no_age_class_is_refused(text: str) -> None:
    with pytest.raises(BadAgeClass) as raised:
        parse_age_class(text)
    assert raised.value.details == {"text": text}


@pytest.mark.parametrize(
    ("text", "born", "day", "included"),
    [
        ("U20", date(2007, 1, 1), DAY, True),
        ("U20", date(2006, 12, 31), DAY, False),
        ("U20", date(2006, 12, 31), date(2025, 12, 31), True),
        # The rule of skating: not 19 before the 1 July that precedes; on it is not before it.
        ("U19@07-01", date(2006, 7, 2), DAY, True),
        ("U19@07-01", date(2006, 7, 1), DAY, True),
        ("U19@07-01", date(2006, 6, 30), DAY, False),
        ("U19@07-01", date(2006, 6, 30), date(2025, 6, 30), True),
        ("U19@07-01", date(2006, 6, 30), date(2025, 7, 1), False),
        ("U19@07-01", date(2006, 7, 1), date(2025, 7, 1), True),
        ("U19@07-01", date(2006, 7, 1), date(2026, 6, 30), True),
        ("U19@07-01", date(2006, 7, 1), date(2026, 7, 1), False),
        ("U19@01-01", date(2007, 1, 1), DAY, True),
        ("U19@01-01", date(2006, 12, 31), DAY, False),
        ("35+", date(1991, 2, 9), DAY, True),
        ("35+", date(1991, 2, 10), DAY, False),
        ("26+", date(2000, 2, 29), date(2026, 2, 28), False),
        ("26+", date(2000, 2, 29), date(2026, 3, 1), True),
        ("U18@02-29", date(2008, 2, 29), date(2026, 2, 28), True),
        ("U18@02-29", date(2008, 2, 29), date(2026, 3, 1), True),
        ("U18@02-29", date(2008, 2, 28), date(2026, 3, 1), False),
    ],
)
def test_r22_who_is_of_an_age_class(text: str, born: date, day: date, included: bool) -> None:
    assert parse_age_class(text).includes(born, day) is included


days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(st.integers(1, 40), days, days)
def test_r22_nobody_is_young_enough_and_later_too_young(age: int, born: date, day: date) -> None:
    """Once out of a class for the young one stays out; masters stay in."""
    later = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day
    for young in (AgeClass(age), AgeClass(age, key_day=(7, 1))):
        assert young.includes(born, day) or not young.includes(born, later)
    masters = AgeClass(age, masters=True)
    assert masters.includes(born, later) or not masters.includes(born, day)
