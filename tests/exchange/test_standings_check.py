"""Published medal tables against those of a book: what agrees, and the reason where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.table_check import Reason, TableCheck, TableDifferenceRow, check_table
from medaldesk.exchange.standings_check import read_published
from medaldesk.reports.check_words import check_summary, difference_line
from tests.decided_games import create_games
from tests.exchange.importing_desk import HEAD, table, take
from tests.exchange.test_import_real_data import data, read_in

BEIJING = """Rank,NOC,Gold,Silver,Bronze,Total
1,CHN,1,0,0,1
1,Sweden (SWE),1,0,0,1
3,Canada*,0,1,0,1
3,ITA,0,1,-,1
5,GER,0,0,1,1
5,SUI,0,0,1,1
Totals (6 nations),,2,2,2,6
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "decided.medaldesk"
    create_games(path)
    return path


def checks(book: Book, folder: Path, text: str, code: str | None = None) -> list[TableCheck]:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    wanted = book.reads.competition_by_code(code) if code else None
    published = read_published(book.reads, path, wanted)
    assert not published.unknown
    assert not published.unread
    return [check_table(book.reads, held, rows) for held, rows in published.tables]


def beijing(decided: Path, folder: Path, old: str = "", new: str = "") -> TableCheck:
    assert old in BEIJING
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, folder, BEIJING.replace(old, new), "OWG2022")
    return check


def only(check: TableCheck) -> TableDifferenceRow:
    (row,) = [row for row in check.differences if row.reason is not Reason.RANK_FOLLOWS]
    return row


def test_a_table_that_agrees(decided: Path, tmp_path: Path):
    check = beijing(decided, tmp_path)
    assert (check.agreeing, check.differences) == (6, ())
    assert check_summary(check) == "Beijing 2022: 6 rows agree, 0 differ."


def test_a_table_from_before_a_decision_names_it(decided: Path, tmp_path: Path):
    """As after the first decision and before the second, then as before both."""
    check = beijing(decided, tmp_path, "5,GER,0,0,1,1\n")
    row = only(check)
    assert (row.reason, row.body, row.day) == (Reason.DECISION, "CAS", "2022-12-13")
    assert difference_line(row) == (
        "GER: published nothing, here 0-0-1: as before the decision of CAS on 13 Dec 2022 "
        "(bronze of Daniela Maier, Beijing 2022 · Women's ski cross)"
    )
    row = only(beijing(decided, tmp_path, "5,SUI,0,0,1,1", "7,SUI,0,0,0,0"))
    assert (row.reason, row.body, row.day) == (Reason.DECISION, "FIS", "2022-02-26")


def test_a_table_that_does_not_know_who_lost_a_medal(decided: Path, tmp_path: Path):
    text = "Country,Gold,Silver,Bronze\nUSA,1,0,0\nGRE,0,1,0\nJAM,0,1,1\n"
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, tmp_path, text, "OG2000")
    row = only(check)
    assert (row.name, row.reason, row.body) == ("USA", Reason.DECISION, "IOC")
    assert [(medal.name, medal.here) for medal in row.medals] == [("Marion Jones", False)]
    assert "no more gold of Marion Jones" in difference_line(row)


@pytest.mark.parametrize(
    ("change", "name", "reason"),
    [
        (("1,CHN,1,0,0,1", "1,CHN,4,0,0,4"), "CHN", Reason.PER_MEMBER),
        (("5,GER", "5,HUN,0,0,1,1\n5,GER"), "HUN", Reason.LEFT_OUT),
        (("5,GER", "5,XYZ,0,0,1,1\n5,GER"), "XYZ", Reason.UNKNOWN_NATION),
        (("5,GER", "5,NOR,0,0,1,1\n5,GER"), "NOR", Reason.ONLY_THERE),
        (("1,CHN,1,0,0,1\n", ""), "CHN", Reason.ONLY_HERE),
        (("1,CHN,1,0,0,1", "1,CHN,1,0,2,3"), "CHN", Reason.UNEXPLAINED),
        (("1,CHN,1,0,0,1", "1,CHN,1,0,0,2"), "CHN", Reason.TOTAL),
        (("1,CHN,1,0,0,1", "2,CHN,1,0,0,1"), "CHN", Reason.RANK_RULE),
    ],
)
def test_each_difference_has_a_reason(
    decided: Path, tmp_path: Path, change: tuple[str, str], name: str, reason: Reason
):
    row = only(beijing(decided, tmp_path, *change))
    assert (row.name, row.reason) == (name, reason)


def test_ranks_that_follow_from_other_medals_say_so(decided: Path, tmp_path: Path):
    check = beijing(decided, tmp_path, "3,ITA,0,1,-,1", "1,ITA,1,1,-,2")
    assert [row.reason for row in check.differences] == [Reason.UNEXPLAINED]
    check = beijing(decided, tmp_path, "3,ITA,0,1,-,1\n5,GER", "1,ITA,1,1,-,2\n6,GER")
    assert [row.reason for row in check.differences] == [Reason.UNEXPLAINED, Reason.RANK_FOLLOWS]
    assert check.agreeing == 4
    assert "published rank 6, here 5: the medals agree" in difference_line(check.differences[1])


def test_events_that_are_not_official(decided: Path, tmp_path: Path):
    text = "Year;Season;Nation;G;S;B\n2026;Winter;Norway;1;0;0\n"
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, tmp_path, text)
    assert only(check).reason is Reason.RUNNING


def race(book: Book, code: str, day: str) -> None:
    """A race with a gold and two silvers."""
    rows = "\n".join(
        f"{code},{day},{day},SSK,X500M,500 m,M,time,{result},{day}"
        for result in ("Ann One,NED,40.10", "Bea Two,NOR,40.20", "Cea Two,SWE,40.20")
    )
    take(book, table(f"{HEAD},athlete,nation,mark,official\n{rows}"))


def test_a_tie_that_was_counted_in_another_way(book: Book, tmp_path: Path):
    race(book, "OWG1984", "1984-02-08")
    text = "noc,gold,silver,bronze\nNED,1,0,0\nNOR,0,1,0\nSWE,0,0,1\n"
    (check,) = checks(book, tmp_path, text)
    row = only(check)
    assert (check.agreeing, row.name, row.reason) == (2, "SWE", Reason.TIE)
    assert [medal.name for medal in row.medals] == ["Cea Two"]


def test_a_tied_medal_that_is_a_better_one_there_is_no_tie(book: Book, tmp_path: Path):
    race(book, "OWG1984", "1984-02-08")
    text = "noc,gold,silver,bronze\nNED,1,0,0\nNOR,0,1,0\nSWE,1,0,0\n"
    (check,) = checks(book, tmp_path, text)
    assert only(check).reason is Reason.UNEXPLAINED


def test_medals_in_the_arts(book: Book, tmp_path: Path):
    race(book, "OG1928", "1928-08-01")
    text = "noc,gold,silver,bronze\nNED,2,0,0\nNOR,0,1,0\nSWE,0,1,0\nLUX,1,0,0\n"
    (check,) = checks(book, tmp_path, text)
    assert [row.reason for row in check.differences] == [Reason.ART, Reason.ART]


def test_competitions_of_one_file_are_told_apart(decided: Path, tmp_path: Path):
    path = tmp_path / "all.csv"
    path.write_text(
        "edition,country_noc,gold,silver,bronze\n2000 Summer Olympics,GRE,0,1,0\n"
        "2022 Winter Olympics,SWE,1,0,0\n1906 Games,GRE,8,14,13\nOWG2022,CAN,0,one,0\n",
        encoding="utf-8",
    )
    with Book.open(decided, read_only=True) as book:
        published = read_published(book.reads, path)
        wanted = book.reads.competition_by_code("OG2000")
        narrowed = read_published(book.reads, path, wanted)
    assert [held.code for held, _ in published.tables] == ["OG2000", "OWG2022"]
    assert published.unknown == {"1906 Games": 1}
    assert published.unread == ((5, "0-one-0"),)
    assert [held.code for held, _ in narrowed.tables] == ["OG2000"]


def test_milano_cortina_agrees_with_the_official_table(book: Book):
    read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    games = book.reads.competition_by_code("OWG2026")
    published = read_published(book.reads, data("milano2026", "medals.csv"))
    ((held, rows),) = published.tables
    check = check_table(book.reads, held, rows)
    assert ("AIN", Reason.ONLY_HERE) in [(row.name, row.reason) for row in check.differences]
    neutral = book.reads.nation_by_code("AIN", games.start)
    assert neutral is not None
    book.edits.set_membership(games.id, neutral, "left_out")
    check = check_table(book.reads, held, rows)
    assert (check.agreeing, check.differences) == (29, ())
