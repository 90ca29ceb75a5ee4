"""What nations are in a medal table goes out and comes in (RULES R15)."""

from __future__ import annotations

from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.exchange.importing.matching import DoubtKind
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.exchange.tidy_export import export_tidy
from tests.exchange.importing_desk import race, rows_of, take

SAID = """SELECT n.name, cn.membership FROM competition_nation AS cn
JOIN nation AS n ON n.id = cn.nation_id ORDER BY n.name"""


def games(book: Book, *said: str) -> None:
    """Three nations of one event, and what they are."""
    names = ("Ann One,USA,1:20.00", "Bea Two,NED,1:21.00", "Cis Three,NOR,1:22.00")
    rows = [f"{name},{what},1984-02-13" for name, what in zip(names, said, strict=True)]
    plan = take(book, race("athlete,nation,mark,membership,official", *rows))
    assert not plan.problems


def names_of(book: Book, *codes: str) -> list[str]:
    found = [book.reads.nation_by_code(code, "1984-02-08") for code in codes]
    return [book.reads.nation_name(nation, "1984-02-08") for nation in found if nation]


def test_nations_are_what_their_rows_say(book: Book):
    games(book, "ranked", "unranked", "left_out")
    ned, nor = names_of(book, "NED", "NOR")
    assert rows_of(book.path, SAID) == [(ned, "unranked"), (nor, "left_out")]
    assert rows_of(book.path, "SELECT nation FROM v_standings ORDER BY 1") == [("NED",), ("USA",)]
    games(book, "", "ranked", "")
    assert rows_of(book.path, SAID) == [(ned, "ranked"), (nor, "left_out")]
    assert book.check() == []
    book.edits.undo()
    assert rows_of(book.path, SAID) == [(ned, "unranked"), (nor, "left_out")]


def test_they_go_out_and_come_in_and_change_nothing_again(tmp_path: Path, book: Book):
    games(book, "", "unranked", "left_out")
    export_tidy(book.reads, book.path, tmp_path / "out.csv")
    (out,) = sources_of_all([tmp_path / "out.csv"])
    assert not take(book, out).changes_anything
    with Book.create(tmp_path / "other.medaldesk", name="Other", who="clerk") as other:
        take(other, out)
        assert rows_of(other.path, SAID) == rows_of(book.path, SAID)
        assert not take(other, out).changes_anything


def test_rows_that_say_two_things_of_a_nation_are_told(book: Book):
    rows = ["Ann One,NED,1:20.00,left_out", "Bea Two,NED,1:21.00,unranked"]
    plan = take(book, race("athlete,nation,mark,membership", *rows))
    (doubt,) = plan.doubts
    assert (doubt.kind, doubt.row, doubt.text) == (
        DoubtKind.FACTS_DIFFER, 3, "left_out / unranked"
    )  # fmt: skip
    assert [said for _, said in rows_of(book.path, SAID)] == ["left_out"]


def test_what_a_nation_cannot_be_is_refused(book: Book):
    rows = ["Ann One,NED,1:20.00,away", "Bea Two,USA,xx,left_out"]
    plan = take(book, race("athlete,nation,mark,membership", *rows))
    assert [problem.column for problem in plan.problems] == ["membership", "mark"]
    assert rows_of(book.path, SAID) == []
