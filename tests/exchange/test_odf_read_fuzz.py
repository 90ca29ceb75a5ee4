"""Damaged messages: a plan that can be made true, or a sentence, never anything else.

MEDALDESK_FUZZ is how many damaged messages there are (100 where it is not set).
"""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.sheets import SheetError
from medaldesk.reports.sentences import sentence
from tests.exchange.odf_messages import (
    BOWE,
    KOK,
    LEERDAM,
    TAKAGI,
    body,
    medallists,
    participants,
    result,
    results,
    take,
)

NUMBER = int(os.environ.get("MEDALDESK_FUZZ", "100"))

TABLE = (
    '<MedalStandings><MedalsTable><MedalLine Organisation="NED" Rank="1" SortRank="1">'
    '<MedalNumber Type="TOT" Gold="1" Silver="1" Bronze="0" Total="2"/></MedalLine>'
    "</MedalsTable></MedalStandings>"
)
RECORD = (
    '<Record Code="SSKW1000M"><RecordType RecordType="OR"><RecordData ResultType="TIME" '
    'Result="1:13.19" Date="2022-02-17" Place="Beijing" Current="Y">'
    f"{TAKAGI.competitor()}</RecordData></RecordType></Record>"
)
VALID = (
    results("START_LIST", result(KOK, order=1), result(BOWE, order=2)),
    results("OFFICIAL", result(LEERDAM, "1:12.31", 1, 2), result(KOK, irm="DSQ", order=1)),
    medallists(("ME_GOLD", LEERDAM), ("ME_SILVER", KOK)),
    participants(KOK, LEERDAM, BOWE),
    body("DT_MEDALS", "GEN".ljust(34, "-"), TABLE),
    body("DT_RECORD", "SSKW1000M".ljust(34, "-"), RECORD),
)
VALUES = re.compile(r'(?<==")[^"]*(?=")')
ELEMENTS = re.compile(r"<(\w+)[^<>]*/>|<(Result|Competitor|Medal|Athlete)\b.*?</\2>")
ODD = [
    *["", "0", "-1", "999999999", "1e9", "NED", "QQQ", "Y", "T", "A", "1:72.31", "2026-02-30"],
    *["0001-01-01", "9999-12-31", "&#0;", "&lt;b&gt;", "&#x202e;", "=1+1", "x,y", "DNF"],
    *["OFFICIAL", "DT_RESULT", "DT_MEDALS", "DT_RECORD", "DT_PARTIC", "DT_CUMULATIVE_RESULT"],
    *["é" * 300, "-" * 34, "2" * 40],
]
"""Texts that some attribute cannot have, or that mean something else there."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A message of which values are others, elements gone or doubled, or letters changed."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.integers(0, 9))
        if kind < 6 and (spans := [match.span() for match in VALUES.finditer(text)]):
            start, end = draw(st.sampled_from(spans))
            text = (
                text[:start]
                + draw(st.sampled_from(ODD) | st.text("019.:-NFLW", max_size=9))
                + text[end:]
            )
        elif kind < 9 and (spans := [match.span() for match in ELEMENTS.finditer(text)]):
            start, end = draw(st.sampled_from(spans))
            text = text[:start] + text[start:end] * draw(st.sampled_from([0, 2, 3])) + text[end:]
        else:
            at = draw(st.integers(0, len(text)))
            text = text[:at] + draw(st.text(max_size=4)) + text[at + draw(st.integers(0, 4)) :]
    return text


@pytest.mark.timeout(120 + NUMBER)
def test_a_damaged_message_gives_a_plan_or_a_sentence(book: Book):
    @settings(max_examples=NUMBER, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(damaged(), min_size=1, max_size=3))
    def reads(messages: list[str]) -> None:
        before = book.reads.last_journal()
        refused = attempt(book, [VALID[1], *messages])
        assert refused is None or sentence(refused)
        assert book.check() == []
        if book.reads.last_journal() != before:
            book.edits.undo()

    reads()


def attempt(book: Book, messages: list[str]) -> SheetError | None:
    """Import messages, each problem of which has a sentence; why they could not be read."""
    try:
        plan = take(book, *messages)
    except SheetError as error:
        return error
    assert all(sentence(problem.error) for problem in plan.problems)
    return None
