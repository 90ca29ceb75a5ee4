"""R5: the unit and lane of a start list, typed in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.units import (
    LARGEST_UNIT,
    UnitNotUnderstood,
    UnitPlace,
    format_unit,
    parse_unit,
)

places = st.builds(
    UnitPlace,
    st.integers(1, LARGEST_UNIT),
    st.none() | st.sampled_from("io") | st.integers(0, 999).map(str),
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("15", UnitPlace(15)),
        ("15 o", UnitPlace(15, "o")),
        ("15o", UnitPlace(15, "o")),
        ("15 Outer", UnitPlace(15, "o")),
        ("15 inside", UnitPlace(15, "i")),
        ("3/5", UnitPlace(3, "5")),
        ("3-5", UnitPlace(3, "5")),
        (" 3 / 5 ", UnitPlace(3, "5")),
        ("", UnitPlace()),
        ("  ", UnitPlace()),
    ],
)
def test_r05_every_spelling_of_a_unit_and_a_lane(text: str, place: UnitPlace) -> None:
    assert parse_unit(text) == place


@pytest.mark.parametrize("text", ["0", "o", "-1", "15 o 3", "10000", "fifteen", "1.5.2"])
def test_r05_what_is_no_unit_is_refused_and_what_was_typed_is_kept(text: str) -> None:
    with pytest.raises(UnitNotUnderstood) as caught:
        parse_unit(text)
    assert caught.value.details == {"text": text}


@given(places | st.just(UnitPlace()))
def test_r05_what_is_printed_is_read_back_the_same(place: UnitPlace) -> None:
    assert parse_unit(format_unit(place)) == place


@given(st.text() | st.text("0123456789 io/-.", max_size=8))
def test_r05_a_unit_cell_never_crashes(text: str) -> None:
    try:
        place = parse_unit(text)
    except UnitNotUnderstood:
        place = UnitPlace()
    assert place.unit is None or 1 <= place.unit <= LARGEST_UNIT
