"""Files made to do harm: refused in a sentence, or taken as the harmless text that they hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import BadDate
from medaldesk.book.import_errors import TooManyRefused
from medaldesk.book.sheets import SheetUnreachable, TooManyRows
from medaldesk.exchange.importing import planning
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import make_plan
from medaldesk.exchange.importing.sources import guesses_of, shown_sheets, sources_of_all
from medaldesk.exchange.sheets import LIMITS, read_sheets
from medaldesk.exchange.xml_files import read_xml
from medaldesk.reports.words import sentence
from tests.exchange.test_import_report import take

HEADING = "competition,date,discipline,event,mark_kind,athlete,nation,mark\n"


def row(name: str = "Ann One", nation: str = "NED", mark: str = "38.10") -> str:
    return f'X1,2020-01-03,SSK,SSKW500M,time,"{name}",{nation},{mark}\n'


def _sources(path: Path) -> object:
    return sources_of_all([path])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in its folders")
@pytest.mark.parametrize("read", [_sources, read_sheets, read_xml, shown_sheets])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, read: Callable[[Path], object]):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(SheetUnreachable) as caught:
            read(path)
        assert str(path) in sentence(caught.value)


def test_lines_without_an_end_are_refused(tmp_path: Path):
    path = tmp_path / "blank.csv"
    path.write_text("a,b\n1,2\n" + "\n" * 5_000, encoding="utf-8")
    assert [*read_sheets(path)[0].rows()] == [["a", "b"], ["1", "2"]]
    with pytest.raises(TooManyRows):
        read_sheets(path, replace(LIMITS, lines=4_000))


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("Ann\x1b[31m One\x07", "Ann[31m One"),
        ("Ann\x7f One\x9b", "Ann One"),
        ("Ann\ufffe One\uffff", "Ann One"),
        ("Ann\r\n\tOne", "Ann One"),
        ("<b>Ann</b> One", "<b>Ann</b> One"),
        ("=Ann+One", "=Ann+One"),
        ("آن واحد\u200f", "آن واحد\u200f"),
    ],
)
def test_a_name_has_no_control_characters(tmp_path: Path, book: Book, written: str, held: str):
    path = tmp_path / "in.csv"
    path.write_bytes((HEADING + row(written)).encode())
    plan, _ = take(book, path)
    assert not plan.problems
    assert [name[1] for name in plan.inserts["athlete"].rows] == [held]


def test_where_no_row_is_taken_nothing_is_added(tmp_path: Path, book: Book):
    path = tmp_path / "in.csv"
    path.write_text(HEADING + row(mark="nan") + row(nation="QQQ"), encoding="utf-8")
    sources = [(s, ImportMapping().completed(guesses_of(s))) for s in sources_of_all([path])]
    plan = make_plan(book.reads, sources)
    assert len(plan.problems) == 2
    assert not plan.changes_anything


def test_a_sentence_does_not_quote_a_whole_book():
    said = sentence(BadDate(text="9" * 30_000))
    assert "“999" in said
    assert "…” is not a date" in said
    assert len(said) < 400


def test_a_file_of_nothing_but_wrong_rows_is_another_file(
    tmp_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(planning, "MOST_REFUSED", 50)
    path = tmp_path / "in.csv"
    path.write_text(HEADING + row(nation="QQQ") * 51, encoding="utf-8")
    sources = [(s, ImportMapping().completed(guesses_of(s))) for s in sources_of_all([path])]
    with pytest.raises(TooManyRefused) as told:
        make_plan(book.reads, sources)
    assert "More than 50 rows" in sentence(told.value)
