"""The wind at a result: what is typed, and what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.errors import BadWind
from medaldesk.domain.wind import format_wind, parse_wind


@pytest.mark.parametrize(
    ("text", "wind", "printed"),
    [
        ("+1.8", 1_800_000, "+1.8"),
        ("1,8", 1_800_000, "+1.8"),
        ("1.8 m/s", 1_800_000, "+1.8"),
        (" + 1.80 ", 1_800_000, "+1.8"),
        ("-0,4", -400_000, "-0.4"),
        ("−0.4", -400_000, "-0.4"),
        ("–12.3M/S", -12_300_000, "-12.3"),
        ("2", 2_000_000, "+2.0"),
        ("0.0", 0, "0.0"),
        ("-0.0", 0, "0.0"),
        ("nwi", None, ""),
        ("NWI", None, ""),
        ("  ", None, ""),
    ],
)
def test_r25_a_wind_is_read_in_any_spelling(text: str, wind: int | None, printed: str) -> None:
    assert parse_wind(text) == wind
    assert format_wind(wind) == printed


@pytest.mark.parametrize("text", ["abc", "1.85", "+-1", "1.", "100", "1.8 km/h", "1:2", "++1", "²"])
def test_r25_what_is_no_wind_is_refused(text: str) -> None:
    with pytest.raises(BadWind) as refused:
        parse_wind(text)
    assert refused.value.details == {"text": text}


@given(st.integers(-999, 999))
def test_r25_a_wind_reads_as_it_is_printed(tenths: int) -> None:
    assert parse_wind(format_wind(tenths * 100_000)) == tenths * 100_000
