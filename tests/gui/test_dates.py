"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.errors import BadDate
from medaldesk.gui.dialogs.dates import parse_day
from medaldesk.reports import words

OPENING = date(2026, 2, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-06",
        "2026-2-6",
        "2026/02/06",
        "2026.02.06",
        " 6.2.2026 ",
        "06.02.2026",
        "6. 2. 2026",
        "6-2-2026",
        "6 Feb 2026",
        "6 february 2026",
        "6. Feb. 2026",
        "6-Feb-2026",
        "6th Feb 2026",
        "Feb 6, 2026",
        "February 6 2026",
    ],
)
def test_spellings_of_one_day(text):
    assert parse_day(text) == OPENING


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/2/2026", date(2026, 2, 13)),
        ("2/13/2026", date(2026, 2, 13)),
        ("2/2/2026", date(2026, 2, 2)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_slashes_where_one_order_only_is_possible(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["22", "22.", "22.2.", "22.2", "22 Feb", "Feb 22", "22 feb."])
def test_what_is_left_out_is_that_of_the_day_nearby(text):
    assert parse_day(text, near=OPENING) == date(2026, 2, 22)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_is_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2/6/2026",
        "30 Feb 2026",
        "2026-13-01",
        "6.2.26",
        "6 Ju 2026",
        "ma 6 2026",
        "soon",
        "22",
        "0.2.2026",
    ],
)
def test_ambiguous_and_impossible_days_are_refused(text):
    with pytest.raises(BadDate) as refused:
        parse_day(text)
    assert refused.value.details["text"] == text


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_printed_day_is_read_back(day):
    for printed in (words.day, words.short_day, str):
        assert parse_day(printed(day.isoformat())) == day
