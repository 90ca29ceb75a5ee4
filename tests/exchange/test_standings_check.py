"""Published medal tables against those of a book: what agrees, and the reason where not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.checked_table import Reason, TableCheck, TableDifferenceRow, WhyNot
from medaldesk.book.table_check import check_table
from medaldesk.book.table_reasons import medals_beside_sport
from medaldesk.domain.standings import Tally
from medaldesk.exchange.standings_check import read_published
from medaldesk.reports.check_words import (
    balance,
    check_summary,
    difference_line,
    reason_name,
)
from medaldesk.resources import resource
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


ALL_GAMES = {
    Reason.ART: 66,
    Reason.MISSING_EVENTS: 15,
    Reason.MIXED_TEAM: 10,
    Reason.NATIONALITY: 8,
    Reason.MOVED_UP: 6,
    Reason.REALLOCATED: 5,
    Reason.VACANT: 2,
    Reason.WITHDRAWN: 2,
    Reason.TIE: 2,
    Reason.PRIZE: 1,
    Reason.RECOLOURED: 1,
    Reason.SHARED: 1,
    Reason.OTHER_CODE: 1,
}
"""The first reason of each of the 120 rows that differ."""


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
    assert not published.left
    return [check_table(book.reads, held, rows) for held, rows in published.tables]


def beijing(decided: Path, folder: Path, old: str = "", new: str = "") -> TableCheck:
    assert old in BEIJING
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, folder, BEIJING.replace(old, new), "OWG2022")
    return check


def only(check: TableCheck) -> TableDifferenceRow:
    (row,) = [row for row in check.differences if row.reason is not Reason.RANK_FOLLOWS]
    return row


def decided_by(row: TableDifferenceRow) -> tuple[str, str | None]:
    (part,) = row.parts
    assert part.reason is Reason.DECISION
    return part.body, part.day


def test_a_table_that_agrees(decided: Path, tmp_path: Path):
    check = beijing(decided, tmp_path)
    assert (check.agreeing, check.differences) == (6, ())
    assert check_summary(check) == "Beijing 2022: 6 rows agree, 0 differ."


def test_a_table_from_before_a_decision_names_it(decided: Path, tmp_path: Path):
    """As after the first decision and before the second, then as before both."""
    check = beijing(decided, tmp_path, "5,GER,0,0,1,1\n")
    row = only(check)
    assert decided_by(row) == ("CAS", "2022-12-13")
    assert difference_line(row) == (
        "GER: published nothing, here 0-0-1: as before the decision of CAS on 13 Dec 2022 "
        "(bronze of Daniela Maier, Beijing 2022 · Women's ski cross)"
    )
    row = only(beijing(decided, tmp_path, "5,SUI,0,0,1,1", "7,SUI,0,0,0,0"))
    assert decided_by(row) == ("FIS", "2022-02-26")


def test_a_table_that_does_not_know_who_lost_a_medal(decided: Path, tmp_path: Path):
    text = "Country,Gold,Silver,Bronze\nUSA,1,0,0\nGRE,0,1,0\nJAM,0,1,1\n"
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, tmp_path, text, "OG2000")
    row = only(check)
    assert (row.name, decided_by(row)[0]) == ("USA", "IOC")
    assert [(medal.name, medal.here) for medal in row.medals] == [("Marion Jones", False)]
    assert "no more gold of Marion Jones" in difference_line(row)


@pytest.mark.parametrize(
    ("change", "name", "reason"),
    [
        (("1,CHN,1,0,0,1", "1,CHN,4,0,0,4"), "CHN", Reason.PER_MEMBER),
        (("5,GER", "5,HUN,0,0,1,1\n5,GER"), "HUN", Reason.LEFT_OUT),
        (("5,GER", "5,XYZ,0,0,1,1\n5,GER"), "XYZ", Reason.UNKNOWN_NATION),
        (("5,GER", "5,NOR,0,0,1,1\n5,GER"), "NOR", Reason.VACANT),
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
    assert [row.reason for row in check.differences] == [Reason.SHARED]
    check = beijing(decided, tmp_path, "3,ITA,0,1,-,1\n5,GER", "1,ITA,1,1,-,2\n6,GER")
    assert [row.reason for row in check.differences] == [Reason.SHARED, Reason.RANK_FOLLOWS]
    assert check.agreeing == 4
    assert "published rank 6, here 5: the medals agree" in difference_line(check.differences[1])


def test_events_that_are_not_official(decided: Path, tmp_path: Path):
    text = "Year;Season;Nation;G;S;B\n2026;Winter;Norway;1;0;0\n"
    with Book.open(decided, read_only=True) as book:
        (check,) = checks(book, tmp_path, text)
    assert only(check).reason is Reason.RUNNING


def race(book: Book, code: str, day: str, series: str = "") -> None:
    """A race with a gold and two silvers."""
    rows = "\n".join(
        f"{code},{day},{day},SSK,X500M,500 m,M,time,{series},{result},{day}"
        for result in ("Ann One,NED,40.10", "Bea Two,NOR,40.20", "Cea Two,SWE,40.20")
    )
    take(book, table(f"{HEAD},series,athlete,nation,mark,official\n{rows}"))


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
    row = only(check)
    assert row.reason is Reason.RECOLOURED
    assert difference_line(row) == (
        "SWE: published 1-0-0, here 0-1-0: the same medals in another colour "
        "(silver of Cea Two, OWG1984 · 500 m)"
    )


def test_medals_in_the_arts(book: Book, tmp_path: Path):
    """Three nations as they won some in 1928, one that won none: an event is missing."""
    race(book, "OG1928", "1928-08-01", series="OG")
    text = "noc,gold,silver,bronze\nNED,3,1,1\nNOR,0,2,0\nSWE,1,1,0\nLUX,1,0,0\nFIN,0,0,1\n"
    (check,) = checks(book, tmp_path, text)
    assert {row.name: row.reason for row in check.differences} == {
        "NED": Reason.ART,
        "LUX": Reason.ART,
        "NOR": Reason.MISSING_EVENTS,
        "SWE": Reason.MISSING_EVENTS,
        "FIN": Reason.MISSING_EVENTS,
    }
    assert check_summary(check) == "OG1928: 0 rows agree, 5 differ."
    assert balance(check) == "In all +4 gold +2 silver +2 bronze there."


def test_prizes_that_nobody_competed_for(book: Book, tmp_path: Path):
    race(book, "OG1932", "1932-08-01", series="OG")
    text = "noc,gold,silver,bronze\nNED,1,0,1\nNOR,0,1,0\nSWE,1,1,0\nGER,2,0,2\n"
    (check,) = checks(book, tmp_path, text)
    german = check.differences[-1]
    assert [(part.reason, part.change) for part in german.parts] == [
        (Reason.ART, Tally(1, 0, 2)),
        (Reason.PRIZE, Tally(1, 0, 0)),
    ]
    assert difference_line(german) == (
        "GER: published 2-0-2, here 0-0-0: +1 gold +2 bronze: the art competitions, which are not "
        "in this book; +1 gold: the prizes for alpinism and aeronautics, which are not in this book"
    )


def test_the_medals_in_the_arts_are_as_many_as_were_given():
    """Five golds in 1912, then silvers and bronzes too; 147 in all. And four prizes."""
    sums: dict[str, Tally] = {}
    prizes = Tally()
    for (_, year), nations in medals_beside_sport().items():
        for won in nations.values():
            sums[year] = sums.get(year, Tally()) + won.get(Reason.ART, Tally())
            prizes += won.get(Reason.PRIZE, Tally())
    assert sums == {
        "1912": Tally(5, 1, 0),
        "1920": Tally(3, 5, 3),
        "1924": Tally(3, 5, 6),
        "1928": Tally(9, 10, 10),
        "1932": Tally(8, 9, 6),
        "1936": Tally(9, 12, 11),
        "1948": Tally(8, 11, 13),
    }
    assert sum(tally.total for tally in sums.values()) == 147
    assert prizes == Tally(4)


@pytest.mark.parametrize(
    ("line", "reason"),
    [("ROX,1,0,0", Reason.OTHER_CODE), ("RUS,1,0,0", Reason.REALLOCATED)],
)
def test_a_team_under_another_code(book: Book, tmp_path: Path, line: str, reason: Reason):
    """One medal of a nation that is known under both codes may be another's by chance."""
    race(book, "OWG2018", "2018-02-14")
    (check,) = checks(book, tmp_path, f"noc,gold,silver,bronze\n{line}\nNOR,0,1,0\nSWE,0,1,0\n")
    assert check.differences[0].reason is reason
    assert len(check.differences) == (1 if reason is Reason.OTHER_CODE else 2)


def test_every_reason_is_told_in_the_help():
    told = resource("help", "en", "50-table-check.md").read_text(encoding="utf-8").lower()
    names = [name for reason in Reason for name in reason_name(reason).split(", ")]
    assert [name for name in names if name.lower() not in told] == []


def test_a_nation_in_several_rows(book: Book, tmp_path: Path):
    """The same table twice, as on two sheets, is one; rows of men and women are summed."""
    race(book, "OWG1984", "1984-02-08")
    table_once = "NED,1,0,0\nNOR,0,1,0\nSWE,0,1,0\n"
    (check,) = checks(book, tmp_path, f"noc,gold,silver,bronze\n{table_once}{table_once}")
    assert (check.agreeing, check.differences) == (3, ())
    (check,) = checks(
        book, tmp_path, "noc,gold,silver,bronze\nNED,0,0,0\nNED,1,0,0\nNOR,0,1,0\nSWE,0,1,0\n"
    )
    assert (check.agreeing, check.differences) == (3, ())


def test_a_table_that_merges_successors(book: Book, tmp_path: Path):
    rows = "\n".join(
        f"OWG1992,1992-02-08,1992-02-23,SSK,X500M,500 m,M,time,{result},1992-02-08"
        for result in ("Ann One,EUN,40.10", "Bea Two,NOR,40.20", "Cea Two,GER,40.30")
    )
    take(book, table(f"{HEAD},athlete,nation,mark,official\n{rows}"))
    path = tmp_path / "t.csv"
    path.write_text("noc,gold,silver,bronze\nRUS,1,0,0\nNOR,0,1,0\nGER,0,0,1\n", encoding="utf-8")
    ((held, found),) = read_published(book.reads, path).tables
    apart = check_table(book.reads, held, found)
    assert [row.name for row in apart.differences] == ["RUS", "EUN"]
    merged = book.reads.grouping_by_code("SUCCESSORS").id
    assert check_table(book.reads, held, found, merged).differences == ()


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
    assert [(row.number, row.competition, row.nation, row.why) for row in published.left] == [
        (4, "1906 Games", "GRE", WhyNot.UNKNOWN_COMPETITION),
        (5, "OWG2022", "CAN", WhyNot.UNREAD),
    ]
    assert published.left[1].medals == "0-one-0"
    assert [held.code for held, _ in narrowed.tables] == ["OG2000"]
    assert [row.why for row in narrowed.left] == [WhyNot.OTHER_COMPETITION] * 3


def test_milano_cortina_agrees_with_the_official_table(book: Book):
    read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    games = book.reads.competition_by_code("OWG2026")
    published = read_published(book.reads, data("milano2026", "medals.csv"))
    ((held, rows),) = published.tables
    check = check_table(book.reads, held, rows)
    assert (check.agreeing, check.differences) == (29, ())
    assert book.reads.medal_table(games.id).world.gold == 116
    neutral = book.reads.nation_by_code("AIN", games.start)
    assert neutral is not None
    book.edits.set_membership(games.id, neutral, "ranked")
    check = check_table(book.reads, held, rows)
    assert ("AIN", Reason.ONLY_HERE) in [(row.name, row.reason) for row in check.differences]


def test_all_games_are_equal_or_explained(book: Book):
    """The published table is of another source: nothing of it stays without a reason."""
    read_in(book, data("olympic_medals_1896_2022.csv.gz"), "olympic-medals")
    published = read_published(book.reads, data("olympedia_medal_tally_1896_2022.csv"))
    left = Counter(row.competition for row in published.left)
    assert left == {"1956 Equestrian": 7, "1906 Intercalated": 18}
    checks = [check_table(book.reads, held, rows) for held, rows in published.tables]
    rows = [row for check in checks for row in check.differences]
    assert sum(check.agreeing for check in checks) >= 1669
    assert Counter(row.reason for row in rows) == ALL_GAMES
    for row in rows:
        if row.reason is not Reason.OTHER_CODE:
            assert sum((part.change for part in row.parts), Tally()) == row.change
    by_code = {check.competition.code: check for check in checks}
    assert by_code["OG1952"].more == Tally(4, 4, 4)
    assert by_code["OG1904"].more == Tally()
    assert sum("10000m" in name for name in by_code["OG1952"].lacking) == 4
