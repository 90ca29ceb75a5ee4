"""Damaged files of Lenex: rows and problems or a sentence, never anything else.

MEDALDESK_FUZZ is how many damaged files there are of each kind (100 where it is not set).
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.exchange.importing.plan import make_plan
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.exchange.sheets import SheetError
from medaldesk.reports.sentences import sentence
from tests.exchange.lenex_files import PARIS, WORLD, lenex
from tests.exchange.table_files import zipped
from tests.exchange.test_sheets_fuzz import damage

NUMBER = int(os.environ.get("MEDALDESK_FUZZ", "100"))
VALID = lenex(PARIS, WORLD)
VALUES = re.compile(r'="([^"<&]*)"')
ODD = ["", "0", "-1", "1", "999999999", "NT", "00:00:00.00", "2024-02-30", "A", "F", "X", "FIN"]


@st.composite
def odd_values(draw: st.DrawFn) -> bytes:
    """A file that is whole, and in which attributes say something else."""
    spans = [match.span(1) for match in VALUES.finditer(VALID)]
    others = [VALID[start:end] for start, end in spans]
    text = VALID
    places = draw(st.lists(st.integers(0, len(spans) - 1), min_size=1, max_size=12, unique=True))
    for place in sorted(places, reverse=True):
        start, end = spans[place]
        written = draw(
            st.sampled_from(ODD)
            | st.sampled_from(others)
            | st.text(st.characters(codec="utf-8", exclude_characters='<&"\0'), max_size=6)
        )
        text = text[:start] + written + text[end:]
    return text.encode()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    content = damage(draw, VALID.encode())
    return zipped({"a.lef": content}) if draw(st.booleans()) else content


@pytest.mark.parametrize("files", [odd_values(), damaged()], ids=["odd values", "damaged"])
@pytest.mark.timeout(120 + NUMBER)
def test_a_damaged_file_gives_rows_or_a_sentence(
    files: st.SearchStrategy[bytes], empty_book: Path, tmp_path_factory: pytest.TempPathFactory
):
    path = tmp_path_factory.mktemp("damaged") / "in.lef"
    book = Book.open(empty_book, read_only=True)

    @settings(max_examples=NUMBER, suppress_health_check=list(HealthCheck), deadline=None)
    @given(files)
    def reads(content: bytes) -> None:
        path.write_bytes(content)
        sources, refused = read(path)
        assert refused is None or str(path) in sentence(refused)
        pairs = [(source, source.given) for source in sources if source.given is not None]
        plan = make_plan(book.reads, pairs)
        assert all(sentence(problem.error) for problem in plan.problems)
        assert plan.taken + len(plan.problems) == sum(source.lines for source, _ in pairs)

    with book:
        reads()


def read(path: Path) -> tuple[list[Source], SheetError | None]:
    """The sources of a file, or why there are none."""
    try:
        return sources_of_all([path]), None
    except SheetError as error:
        return [], error
