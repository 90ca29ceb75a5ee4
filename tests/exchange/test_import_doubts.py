"""Rows that do not agree, with each other or with the book: what is made of them, what is told."""

from __future__ import annotations

import pytest

from medaldesk.book.book import Book
from medaldesk.book.import_errors import NationUnlike
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.reports import words
from medaldesk.reports.import_words import doubt_sentence
from tests.exchange.importing_desk import HEAD, plan_of, race, rows_of, sheet, table, take

# Two teams of one name


@pytest.mark.parametrize(
    ("columns", "one", "other"),
    [
        ("rank", "1", "2"),
        ("medal", "gold", "silver"),
        ("bib", "3", "4"),
        ("mark", "3:00.10", "3:01.20"),
        ("status", "DNF", "DSQ"),
        ("phase,unit,mark", "Final,1,3:00.10", "Final,1,3:00.20"),
    ],
)
def test_two_teams_of_one_name_and_nation_are_two(book: Book, columns: str, one: str, other: str):
    needed = "" if "mark" in columns else ",mark"
    empty = "" if "mark" in columns else ","
    heading = f"team,nation,{columns}{needed}"
    rows = [f"GER,GER,{one}{empty}", f"GER,GER,{other}{empty}"]
    source = race(heading, *rows)
    take(book, source)
    assert rows_of(book.path, "SELECT team_name FROM entry") == [("GER",), ("GER",)]
    assert take(book, source).rows == {Fate.UNCHANGED: 2}
    if columns != "medal":
        assert take(book, race(heading, *reversed(rows))).rows == {Fate.UNCHANGED: 2}


def test_two_results_of_a_team_in_one_phase_are_a_doubt(book: Book):
    source = race("team,nation,mark", "GER,GER,3:00.10", "GER,GER,3:01.20")
    (doubt,) = plan_of(book, source).doubts
    assert (doubt.kind, doubt.name) == (DoubtKind.TWO_TEAMS, "GER")
    told = doubt_sentence(doubt.kind, doubt.name, "GER", [])
    assert told == "GER (GER) has rows in this event that cannot be one team: taken as two."


def test_rows_of_a_team_in_several_phases_are_one_team(book: Book):
    source = race(
        "team,nation,phase,mark,rank",
        "NED,NED,Quarterfinals,3:02.10,",
        "NED,NED,Semifinals,3:01.10,",
        "NED,NED,Final,3:00.10,1",
    )
    plan = take(book, source)
    assert not plan.doubts
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(1,)]
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(3,)]


def test_bibs_of_its_members_make_no_two_teams(book: Book):
    rows = ["NED,Ann One,NED,11,3:00.10", "NED,Bea Two,NED,12,3:00.10"]
    take(book, race("team,athlete,nation,bib,mark", *rows))
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(1,)]
    assert rows_of(book.path, "SELECT count(*) FROM entry_member") == [(2,)]


# Rows that disagree about their event


def test_two_venues_and_two_official_days_of_an_event_are_told(book: Book):
    plan = take(
        book,
        race(
            "athlete,nation,mark,venue,official",
            "Ann One,USA,1:20.00,Oslo,1984-02-13",
            "Bea Two,NED,1:21.00,Hamar,1984-02-13",
            "Cis Three,NED,1:22.00,,1984-02-14",
        ),
    )
    assert not plan.problems
    told = [(doubt.kind, doubt.row, doubt.column, doubt.text) for doubt in plan.doubts]
    assert told == [
        (DoubtKind.FACTS_DIFFER, 3, "venue", "Oslo / Hamar"),
        (DoubtKind.FACTS_DIFFER, 4, "official", "1984-02-13 / 1984-02-14"),
    ]
    assert _told(plan.doubts[0]) == (
        "The rows of Women's 1000 m do not agree about the venue: Oslo / Hamar; the first was "
        "taken."
    )
    assert rows_of(book.path, "SELECT name FROM venue") == [("Oslo",)]


def _told(doubt: Doubt) -> str:
    return doubt_sentence(doubt.kind, doubt.name, "", [], column=doubt.column, text=doubt.text)


def test_rows_that_only_leave_facts_out_agree(book: Book):
    rows = ["Ann One,USA,1:20.00,Oslo,", "Bea Two,NED,1:21.00,,1984-02-13"]
    assert not plan_of(book, race("athlete,nation,mark,venue,official", *rows)).doubts


# Medals of a file that are not those of its ranks


def test_a_bronze_that_a_file_does_not_give_is_taken_away_by_a_decision_and_told(book: Book):
    source = race(
        "athlete,nation,mark,medal,official",
        "Ann One,USA,1:20.00,gold,1984-02-13",
        "Bea Two,NED,1:21.00,silver,1984-02-13",
        "Cis Three,GDR,1:22.00,,1984-02-13",
    )
    plan = take(book, source)
    assert [medal for *_, medal in sheet(book.path)] == ["gold", "silver", None]
    assert rows_of(book.path, "SELECT medal FROM decision_line") == [("none",)]
    assert plan.counts["decision"].new == 1
    (doubt,) = plan.doubts
    assert (doubt.kind, doubt.name) == (DoubtKind.DECIDED, "Women's 1000 m")
    assert _told(doubt) == (
        "In Women's 1000 m the medals of the file are not those that marks and ranks give: a "
        "decision that quotes the file says so."
    )
    again = take(book, source)
    assert again.rows == {Fate.UNCHANGED: 3}
    assert not again.doubts


# Nations


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NDE", "No nation is known by “NDE”; those most like it are DEN, NED"),
        ("Netherland", "No nation is known by “Netherland”; those most like it are NED"),
        ("Frace", "No nation is known by “Frace”; those most like it are FRA"),
    ],
)
def test_an_unknown_nation_is_told_with_those_it_may_be(book: Book, text: str, told: str):
    plan = plan_of(book, race("athlete,nation,mark", f"Ann One,{text},1:20.00"))
    (problem,) = plan.problems
    assert isinstance(problem.error, NationUnlike)
    assert problem.column == "nation"
    assert words.sentence(problem.error).startswith(told)


def test_a_nation_like_none_is_told_as_it_was_read(book: Book):
    row = "X1,1988-02-13,1988-02-28,SSK,SSKW1000M,Women's 1000 m,W,time,Ann,3.0125,1:18.31"
    plan = plan_of(book, table(f"{HEAD},athlete,nation,mark\n{row}"))
    (problem,) = plan.problems
    assert words.sentence(problem.error) == (
        "There is no nation 3.0125 in this book: type another code or name, or add it with Add "
        "nation (Ctrl+K)."
    )


# Members of teams


def test_a_member_of_a_team_that_is_nowhere_makes_none(book: Book):
    rows = ["NED,,,NED,3:00.10", ",Ann One,NED,NED,", ",Bea Two,Nowhere,NED,", ",Cis Ri,NED,AUT,"]
    plan = take(book, race("team,athlete,member_of,nation,mark", *rows))
    assert [(p.row, p.column) for p in plan.problems] == [(4, "member_of"), (5, "member_of")]
    assert words.sentence(plan.problems[0].error) == (
        "There is no team Nowhere of this nation in Women's 1000 m: give the team a row of its own."
    )
    assert rows_of(book.path, "SELECT team_name FROM entry") == [("NED",)]
    assert rows_of(book.path, "SELECT name FROM athlete") == [("Ann One",)]


def test_a_member_can_stand_before_its_team_or_come_in_another_file(book: Book):
    columns = "team,athlete,member_of,nation,mark"
    plan = take(book, race(columns, ",Ann One,NED,NED,", "NED,,,Netherlands,3:00.10"))
    assert not plan.problems
    assert not take(book, race(columns, ",Bea Two,NED,NED,")).problems
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(1,)]
    assert rows_of(book.path, "SELECT count(*) FROM entry_member") == [(2,)]


def test_a_doubt_about_an_event_of_the_book_names_it(book: Book):
    take(book, race("athlete,nation,mark", "Ann One,USA,1:20.00", "Bea Two,NED,1:21.00"))
    head = "competition,event,athlete,nation,medal,official"
    lines = ["Ann One,USA,silver", "Bea Two,NED,gold"]
    text = [head, *(f"OWG1984,SSKW1000M,{line},1984-02-13" for line in lines)]
    plan = take(book, table("\n".join(text)))
    assert [(d.kind, d.name) for d in plan.doubts] == [(DoubtKind.DECIDED, "Women's 1000 m")]
