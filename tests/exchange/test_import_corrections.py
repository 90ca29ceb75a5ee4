"""What an exchange table says of competitions and event types that the book has already."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportMapping
from medaldesk.exchange.importing.matching import DoubtKind
from medaldesk.exchange.importing.plan import Plan
from tests.exchange.importing_desk import rows_of, table, take

HEAD = (
    "series,competition,competition_name,city,start_date,end_date,discipline,event,event_name,"
    "gender,mark_kind,decimals,date,athlete,nation,mark"
)
ROW = (
    "OWG,OWG1984,Sarajevo 1984,Sarajevo,1984-02-08,1984-02-19,SSK,SSKW1000M,Women's 1000 m,"
    "W,time,2,1984-02-13,Karin Enke,GDR,1:21.61"
)


@pytest.fixture
def filled(book: Book) -> Book:
    take(book, table(f"{HEAD}\n{ROW}"))
    return book


def changed(book: Book, *pairs: tuple[str, str]) -> Plan:
    row = ROW
    for old, new in pairs:
        assert old in row
        row = row.replace(old, new, 1)
    return take(book, table(f"{HEAD}\n{row}"))


def competition(path: Path) -> tuple[object, ...]:
    sql = "SELECT name, city, start_date, end_date FROM competition"
    return rows_of(path, sql)[0]


def test_names_city_and_days_are_corrected(filled: Book):
    plan = changed(
        filled,
        ("Sarajevo 1984", "XIV Olympic Winter Games"),
        ("Sarajevo,", "Sarajevo (Zetra),"),
        ("1984-02-08", "1984-02-07"),
        ("Women's 1000 m", "1000 m women"),
    )
    assert plan.rows == {Fate.UNCHANGED: 1}
    assert (plan.counts["competition"].changed, plan.counts["event_type"].changed) == (1, 1)
    assert competition(filled.path) == (
        "XIV Olympic Winter Games", "Sarajevo (Zetra)", "1984-02-07", "1984-02-19",
    )  # fmt: skip
    assert filled.reads.event_type_by_code("SSKW1000M").name == "1000 m women"
    assert filled.check() == []
    filled.edits.undo()
    assert competition(filled.path)[0] == "Sarajevo 1984"


def test_days_that_a_table_corrects_count_for_its_own_rows(filled: Book):
    plan = changed(
        filled, ("1984-02-19", "1984-02-20"), ("1984-02-13", "1984-02-20"), ("Enke", "Kania")
    )
    assert plan.problems == []
    assert competition(filled.path)[3] == "1984-02-20"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("1984-02-08", "1984-02-14", "start_date"),
        ("1984-02-19", "1984-02-01", "end_date"),
        (",time,", ",points,", "mark_kind"),
        (",W,", ",M,", "gender"),
        (",2,", ",3,", "decimals"),
    ],
)
def test_what_does_not_fit_the_book_is_told_and_left(filled: Book, old: str, new: str, column: str):
    plan = changed(filled, (old, new))
    (doubt,) = [d for d in plan.doubts if d.kind is DoubtKind.BOOK_DIFFERS]
    assert (doubt.column, doubt.text) == (column, new.strip(","))
    assert not plan.changes_anything


def test_the_same_table_changes_nothing(filled: Book):
    plan = changed(filled)
    assert (plan.doubts, plan.changes_anything) == ([], False)


def test_names_of_other_files_are_spellings(filled: Book):
    head = HEAD.replace("event_name", "Race").replace("competition_name", "Games")
    mapping = ImportMapping(
        columns={
            column: ({"event_name": "Race", "competition_name": "Games"}.get(column, column),)
            for column in HEAD.split(",")
        }
    )
    row = ROW.replace("Women's 1000 m", "1000 metres ladies").replace("Sarajevo 1984", "YUG 84")
    assert not take(filled, table(f"{head}\n{row}"), mapping).changes_anything
