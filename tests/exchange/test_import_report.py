"""Rows that are not taken: written with the reason, corrected, imported again."""

from __future__ import annotations

from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.report import write_report
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.sources import guesses_of, sources_of
from medaldesk.reports.words import sentence

RESULTS = """Results of the day
competition,date,discipline,event,mark_kind,athlete,nation,mark,shoes
X1,2020-01-03,SSK,SSKW500M,time,Ann One,NED,38.10,=new
X1,2020-01-03,SSK,SSKW500M,time,Bea Two,QQQ,38.20,"old, blue"
X1,2020-01-03,SSK,SSKW500M,time,Cis Three,NOR,fast,
"""


def take(book: Book, path: Path) -> tuple[Plan, list[Source]]:
    sources = sources_of(path)
    mapped = [(source, ImportMapping().completed(guesses_of(source))) for source in sources]
    plan = make_plan(book.reads, mapped)
    apply_plan(book, plan)
    return plan, sources


def test_what_is_not_taken_can_be_corrected_and_taken(tmp_path: Path, book: Book):
    (tmp_path / "in.csv").write_text(RESULTS, encoding="utf-8")
    plan, sources = take(book, tmp_path / "in.csv")
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (4, "nation"),
        (5, "mark"),
    ]
    report = tmp_path / "left.csv"
    assert write_report(report, sources, plan.problems, sentence) == 2
    text = report.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith(",shoes,not taken because")
    assert "There is no nation QQQ" in text
    assert "“fast” is not a time" in text
    report.write_text(text.replace("QQQ", "NED").replace("fast", "39.00"), encoding="utf-8")
    again, _ = take(book, report)
    assert not again.problems
    assert again.rows == {Fate.NEW: 2}
    assert book.reads.athletes_named("Bea Two")


def test_formulas_are_none_in_a_report(tmp_path: Path, book: Book):
    text = RESULTS.replace("Cis Three", "=1+1").replace("fast", "@x")
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    plan, sources = take(book, tmp_path / "in.csv")
    write_report(tmp_path / "left.csv", sources, plan.problems, sentence)
    assert ",'=1+1,NOR,'@x," in (tmp_path / "left.csv").read_text(encoding="utf-8")
