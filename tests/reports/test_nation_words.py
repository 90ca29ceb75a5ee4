"""Nations in words: kinds, days of codes, places in the table."""

from __future__ import annotations

import pytest

from medaldesk.book.edits.nations import MEMBERSHIPS, NATION_KINDS
from medaldesk.reports import words


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, "always"),
        ("1932-01-01", "1955-12-31", "1932–1955"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("1993-01-01", None, "since 1993"),
        ("1990-10-03", None, "since 3 October 1990"),
        (None, "1979-11-25", "until 25 November 1979"),
        ("1972-01-01", "1979-11-25", "1 January 1972 – 25 November 1979"),
        ("2026-02-06", "2026-02-22", "6–22 February 2026"),
    ],
)
def test_r13_the_days_of_a_code(first: str | None, last: str | None, told: str) -> None:
    assert words.code_days(first, last) == told


def test_every_kind_and_every_place_has_a_word() -> None:
    for kind in NATION_KINDS:
        assert words.nation_kind(kind) != kind
    assert [words.membership_word(place) for place in MEMBERSHIPS] == [
        "Ranked", "Listed without a rank", "Left out",
    ]  # fmt: skip


def test_people_are_counted_in_thousands() -> None:
    assert words.people(17_900_000) == "17,900,000"
