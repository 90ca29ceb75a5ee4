"""A start list first, then the results of the same event."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.import_errors import MarksUnknown
from medaldesk.domain.errors import MarkTooPrecise
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.plan import Plan
from tests.exchange.importing_desk import rows_of, startlist, table, take

EVENT = "competition,start_date,end_date,discipline,event,gender"
RACE = "OWG1984,1984-02-08,1984-02-19,SSK,Sprint,W"


def take_list(book: Book) -> None:
    rows = [f"{RACE},1,Karin Enke,GDR", f"{RACE},2,Andrea Schöne,GDR"]
    take(book, table("\n".join([f"{EVENT},lane,athlete,nation", *rows])), startlist())


def take_results(book: Book, *marks: str, heading: str = "mark") -> Plan:
    names = ["Karin Enke,GDR", "Andrea Schöne,GDR"]
    rows = [f"{RACE},{name},{mark}" for name, mark in zip(names, marks, strict=True)]
    return take(book, table("\n".join([f"{EVENT},athlete,nation,{heading}", *rows])))


def kinds(path: Path) -> list[tuple[object, ...]]:
    return rows_of(path, "SELECT mark_kind, better, decimals FROM event_type")


def test_times_make_an_event_timed_of_which_only_the_start_list_was_known(book: Book):
    take_list(book)
    assert kinds(book.path) == [("placing", "lower", 0)]
    plan = take_results(book, "1:21.61", "1:22.83")
    assert not plan.problems
    assert kinds(book.path) == [("time", "lower", 2)]
    assert rows_of(book.path, "SELECT mark FROM result ORDER BY mark") == [
        (81_610_000,),
        (82_830_000,),
    ]


def test_marks_that_may_be_anything_have_to_be_named(book: Book):
    take_list(book)
    plan = take_results(book, "36.49", "37.04")
    assert {(p.column, type(p.error)) for p in plan.problems} == {("mark_kind", MarksUnknown)}
    plan = take_results(book, "time,36.49", "time,37.04", heading="mark_kind,mark")
    assert not plan.problems
    assert kinds(book.path) == [("time", "lower", 2)]


def take_timed_list(book: Book, said: str = "mark_kind", value: str = "time") -> None:
    text = "\n".join([f"{EVENT},{said},athlete,nation", f"{RACE},{value},Karin Enke,GDR"])
    take(book, table(text), startlist())


def test_decimals_are_those_of_the_first_marks(book: Book):
    take_timed_list(book)
    assert kinds(book.path) == [("time", "lower", 0)]
    plan = take_results(book, "1:21.61", "1:22.83")
    assert not plan.problems
    assert kinds(book.path) == [("time", "lower", 2)]
    plan = take_results(book, "1:21.614", "1:22.83")
    assert [type(p.error) for p in plan.problems] == [MarkTooPrecise]


def test_decimals_of_a_start_list_hold(book: Book):
    take_timed_list(book, "mark_kind,decimals", "time,1")
    assert len(take_results(book, "1:21.61", "1:22.83").problems) == 2
    assert kinds(book.path) == [("time", "lower", 1)]


def test_records_can_be_of_an_event_without_marks(book: Book):
    take_timed_list(book)
    head = "record,line,discipline,event,gender,athlete,nation,date,mark"
    line = "WR,baseline,SSK,Sprint,W,Karin Enke,GDR,1983-12-10,1:19.31"
    plan = take(book, table(f"{head}\n{line}"), ImportMapping(kind=ImportKind.RECORDS))
    assert not plan.problems
    assert kinds(book.path) == [("time", "lower", 2)]


@pytest.mark.parametrize("heading", ["rank", "status"])
def test_results_without_marks_leave_the_event_as_it_is(book: Book, heading: str):
    take_list(book)
    plan = take_results(
        book, *{"rank": ("1", "2"), "status": ("DNF", "DNS")}[heading], heading=heading
    )
    assert not plan.problems
    assert kinds(book.path) == [("placing", "lower", 0)]


def test_an_event_with_ranks_stays_one_without_marks(book: Book):
    take_list(book)
    take_results(book, "1", "2", heading="rank")
    plan = take_results(book, "1:21.61", "1:22.83")
    assert len(plan.problems) == 2
    assert kinds(book.path) == [("placing", "lower", 0)]


def test_the_new_measure_is_taken_back_with_the_results(book: Book):
    take_list(book)
    take_results(book, "1:21.61", "1:22.83")
    book.edits.undo()
    assert kinds(book.path) == [("placing", "lower", 0)]
