"""What a medal table goes by, and what made it different, in words (RULES R15, R17 to R19)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medaldesk.book.reads.difference import Cause, Why
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.reports import table_words


def cause(why: Why, day: str | None, body: str = "") -> Cause:
    return Cause(Medal.BRONZE, True, why, day, 1, body, 1, 1, "Ski cross", 1, "Maier", 1)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (cause(Why.OFFICIAL, "2022-02-17"), "official on 17 Feb 2022"),
        (cause(Why.DECISION, "2022-12-13", "CAS"), "decision of CAS on 13 Dec 2022"),
        (cause(Why.DECISION, "2022-12-13"), "decision on 13 Dec 2022"),
        (cause(Why.REVOKED, "2023-03-01", "FIS"), "decision of FIS revoked on 1 Mar 2023"),
        (cause(Why.REVOKED, "2023-03-01"), "decision revoked on 1 Mar 2023"),
        (cause(Why.RUNNING, None), "not official yet"),
        (cause(Why.SCOPE, None), "counted in one of the tables only"),
    ],
)
def test_r19_why_a_cell_changed(found: Cause, says: str) -> None:
    assert table_words.why(found) == says


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-02-08", "2026-02-12", "8–12 February 2026"),
        ("2026-02-08", None, "from 8 February 2026"),
        (None, "2026-02-12", "to 12 February 2026"),
        (None, None, ""),
    ],
)
def test_r18_days(first: str | None, last: str | None, says: str) -> None:
    assert table_words.span(first, last) == says


def test_r15_what_the_sum_lacks() -> None:
    nations = {"AIN": Tally(1, 0, 1), "EOR": Tally(0, 0, 1)}
    says = "Left out: AIN 1-0-1, EOR 0-0-1 · All medals 117-116-120"
    assert table_words.left_out(nations, Tally(117, 116, 120)) == says


def test_r17_numbers_are_exact_and_unknown_ones_say_so() -> None:
    assert table_words.points(Fraction(89)) == "89"
    assert table_words.points(Fraction(25, 2)) == "12 1/2"
    assert table_words.per_million(Fraction(2, 18)) == "0.11"
    assert table_words.per_million(None) == "n/a"
    assert [table_words.change(n) for n in (2, 0, -1)] == ["+2", "", "−1"]
