"""Rows that are not taken: written with the reason, corrected, imported again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import BookExists, BookUnreachable
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.columns import REASON
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.preview import Reported
from medaldesk.exchange.importing.report import refuse_report, write_report
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.session import ImportSession
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.reports.words import sentence
from tests.exchange.importing_desk import rows_of, sheet
from tests.exchange.odf_messages import LEERDAM, TAKAGI, result, results

RESULTS = """Results of the day
competition,date,discipline,event,mark_kind,athlete,nation,mark,shoes
X1,2020-01-03,SSK,SSKW500M,time,Ann One,NED,38.10,=new
X1,2020-01-03,SSK,SSKW500M,time,Bea Two,QQQ,38.20,"old, blue"
X1,2020-01-03,SSK,SSKW500M,time,Cis Three,NOR,fast,
"""


ROW = "X1,2020-01-03,SSK,SSKW500M,time,{},NED,{}"


def mapped(book: Book, *paths: Path) -> Sequence[tuple[Source, ImportMapping]]:
    """Files as the command line takes them: by what their headings suggest."""
    look = ImportSession(book.path).look(paths)
    sources = sources_of_all(paths)
    return [(s, found.mapping) for s, found in zip(sources, look.sources, strict=True)]


def take(book: Book, *paths: Path) -> tuple[Plan, Sequence[tuple[Source, ImportMapping]]]:
    pairs = mapped(book, *paths)
    plan = make_plan(book.reads, pairs)
    apply_plan(book, plan)
    return plan, pairs


def corrected(path: Path, wrong: str, right: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right), encoding="utf-8")


def notes(book: Book) -> set[object]:
    return {note for (note,) in rows_of(book.path, "SELECT note FROM v_results")}


def test_what_is_not_taken_can_be_corrected_and_taken(tmp_path: Path, book: Book):
    (tmp_path / "in.csv").write_text(RESULTS, encoding="utf-8")
    plan, pairs = take(book, tmp_path / "in.csv")
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (4, "nation"),
        (5, "mark"),
    ]
    report = tmp_path / "left.csv"
    assert write_report(report, pairs, plan.problems, sentence) == Reported(2, (report,))
    text = report.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith(",shoes,not taken because")
    assert "There is no nation QQQ" in text
    assert "“fast” is not a time" in text
    corrected(report, ",QQQ,", ",NED,")
    corrected(report, ",fast,", ",39.00,")
    again, _ = take(book, report)
    assert not again.problems
    assert again.rows == {Fate.NEW: 2}
    assert book.reads.athletes_named("Bea Two")
    assert notes(book) == {"shoes: =new", "shoes: old, blue", None}


def test_the_reason_is_no_column_wherever_it_stands(tmp_path: Path, book: Book):
    """Nor for somebody who chooses what the columns are."""
    path = tmp_path / "in.csv"
    path.write_text(f"{REASON},code,name,valid_from\nwrong day,QQQ,Quux,2020-01-01\n")
    (look,) = ImportSession(book.path).look([path]).sources
    assert look.heading == ("code", "name", "valid_from")
    assert look.sample == ((2, ("QQQ", "Quux", "2020-01-01")),)
    assert [guess.heading for guess in look.guesses] == [*look.heading]


def test_formulas_are_none_in_a_report(tmp_path: Path, book: Book):
    text = RESULTS.replace("Cis Three", "=1+1").replace("fast", "@x")
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    plan, pairs = take(book, tmp_path / "in.csv")
    write_report(tmp_path / "left.csv", pairs, plan.problems, sentence)
    assert ",'=1+1,NOR,'@x," in (tmp_path / "left.csv").read_text(encoding="utf-8")


# Several files


def test_files_with_other_headings_are_under_one(tmp_path: Path, book: Book):
    one, other, report = (tmp_path / name for name in ("one.csv", "other.csv", "left.csv"))
    head = "competition,date,discipline,event,mark_kind"
    one.write_text(f"{head},athlete,nation,mark\n{ROW.format('Ann One', 'slow')}\n")
    other.write_text(
        f"Lane,Skater,NOC,Time,Shoes,{head}\n"
        "I,Bea Two,QQQ,38.20,blue,X1,2020-01-03,SSK,SSKW500M,time\n"
        "O,Cis Three,NED,38.30,red,X1,2020-01-03,SSK,SSKW500M,time\n"
    )
    plan, pairs = take(book, one, other)
    assert write_report(report, pairs, plan.problems, sentence).rows == 2
    lines = report.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"{head},athlete,nation,mark,Lane,Shoes,{REASON}"
    assert lines[1].startswith(f"{ROW.format('Ann One', 'slow')},,,")
    assert lines[2].startswith(f"{ROW.format('Bea Two', '38.20').replace('NED', 'QQQ')},I,blue,")
    corrected(report, "slow", "38.10")
    corrected(report, "QQQ", "NED")
    again, _ = take(book, report)
    assert not again.problems
    assert again.rows == {Fate.NEW: 2}
    assert [row[1:3] for row in sheet(book.path)] == [
        ("Ann One", "38.10"),
        ("Bea Two", "38.20"),
        ("Cis Three", "38.30"),
    ]
    assert notes(book) == {None, "Shoes: blue", "Shoes: red"}


def test_of_two_columns_of_one_name_each_stays_itself(tmp_path: Path, book: Book):
    path = tmp_path / "in.csv"
    head = "competition,date,discipline,event,mark_kind,athlete,nation,mark,shoes,shoes"
    path.write_text(f"{head}\n{ROW.format('Ann One', 'slow')},left,right\n")
    plan, pairs = take(book, path)
    write_report(tmp_path / "left.csv", pairs, plan.problems, sentence)
    lines = (tmp_path / "left.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"{head},{REASON}"
    assert lines[1].startswith(f"{ROW.format('Ann One', 'slow')},left,right,")


def test_a_message_is_written_whole_as_a_table(tmp_path: Path, book: Book):
    """One wrong line keeps all of it out; what it says of the event stands in each row."""
    wrong = replace(TAKAGI, nation="QQQ")
    message = results("OFFICIAL", result(LEERDAM, "1:12.31", 1), result(wrong, "1:13.95", 2))
    path, report = tmp_path / "message.xml", tmp_path / "left.csv"
    path.write_text(message, encoding="utf-8")
    plan, pairs = take(book, path)
    assert sheet(book.path) == []
    assert write_report(report, pairs, plan.problems, sentence).rows == 2
    corrected(report, "QQQ", "JPN")
    again, _ = take(book, report)
    assert not again.problems
    assert [row[:3] for row in sheet(book.path)] == [
        (1, "Jutta Leerdam", "1:12.31"),
        (2, "Miho Takagi", "1:13.95"),
    ]


def test_records_are_in_a_file_of_their_own(tmp_path: Path, book: Book):
    """A record of a list would be taken for a result of its competition."""
    head = "competition,date,discipline,event,mark_kind,athlete,nation,mark"
    (tmp_path / "in.csv").write_text(f"{head}\n{ROW.format('Ann One', 'slow')}\n")
    record = "record,event,discipline,mark_kind,athlete,nation,mark,date,competition"
    row = "OR,SSKW500M,SSK,time,Ann One,NED,quick,2020-01-03,X1"
    (tmp_path / "records.csv").write_text(f"{record}\n{row}\n")
    pairs = [*mapped(book, tmp_path / "in.csv"), *mapped(book, tmp_path / "records.csv")]
    plan = make_plan(book.reads, pairs)
    report, beside = tmp_path / "left.csv", tmp_path / "left records.csv"
    done = write_report(report, pairs, plan.problems, sentence)
    assert done == Reported(2, (report, beside))
    assert report.read_text().startswith(f"{head},{REASON}\n{ROW.format('Ann One', 'slow')},")
    assert beside.read_text().startswith(f"{record},{REASON}\n{row},")


# Where it goes


def test_a_report_replaces_nothing_that_it_is_about(tmp_path: Path):
    book, other = tmp_path / "b.medaldesk", tmp_path / "left.csv"
    book.write_bytes(b"facts")
    link = tmp_path / "link.csv"
    os.link(book, link)
    refuse_report(other, [book])
    refuse_report(other, [tmp_path / "gone.csv"])
    for path in (book, link, tmp_path / "." / "b.medaldesk"):
        with pytest.raises(BookExists):
            refuse_report(path, [other, book])
    assert {*tmp_path.iterdir()} == {book, link}


def test_where_nothing_can_be_written_no_report_begins(tmp_path: Path):
    with pytest.raises(BookUnreachable):
        refuse_report(tmp_path / "nowhere" / "left.csv", [])
