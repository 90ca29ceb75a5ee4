"""Tidy results into a book: marks, medals, teams, people; what is refused and what is asked."""

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import BadRank, DateOutsideCompetition, EmptyField, UnknownCode
from medaldesk.book.import_errors import (
    ColumnMissing,
    DaysUnknown,
    ImportCancelled,
    MarksUnknown,
    NotOneOf,
    PlanOutdated,
    RowEmpty,
)
from medaldesk.domain.errors import MarkImpossible, MarkTooPrecise
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping, TeamRule
from medaldesk.exchange.importing.matching import DoubtKind
from medaldesk.exchange.importing.plan import Plan
from medaldesk.exchange.importing.watch import Watch
from tests.exchange.importing_desk import (
    HEAD,
    derived,
    plan_of,
    race,
    rows_of,
    sheet,
    startlist,
    table,
    take,
)

OF_1984 = race(
    "date,phase,unit,athlete,nation,mark,status",
    "1984-02-13,Final,3,Karin Enke,GDR,1:21.61,",
    "1984-02-13,Final,2,Andrea Schöne,GDR,1:22.83,",
    "1984-02-13,Final,1,Natalya Petrusyova,URS,1:23.21,",
    "1984-02-13,Final,4,Christa Rothenburger,GDR,1:23.98,",
    "1984-02-13,Final,5,Nobody Atall,USA,,dnf",
)


def only_error(plan: Plan) -> type[BaseException]:
    (problem,) = plan.problems
    return type(problem.error)


# The way of a file


def test_results_become_a_competition_an_event_and_ranks(book: Book):
    plan = take(book, OF_1984)
    assert plan.rows == {Fate.NEW: 5}
    assert not plan.problems
    assert sheet(book.path) == [
        (1, "Karin Enke", "1:21.61", None, "gold"),
        (2, "Andrea Schöne", "1:22.83", None, "silver"),
        (3, "Natalya Petrusyova", "1:23.21", None, "bronze"),
        (4, "Christa Rothenburger", "1:23.98", None, None),
        (None, "Nobody Atall", None, "DNF", None),
    ]
    assert book.check() == []


def test_a_plan_writes_nothing_and_counts_what_would_be_new(book: Book):
    before = rows_of(book.path, "SELECT count(*) FROM journal")
    plan = plan_of(book, OF_1984)
    assert rows_of(book.path, "SELECT count(*) FROM journal") == before
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(0,)]
    new = {name: count.new for name, count in plan.counts.items() if count.new}
    assert new == {
        "competition": 1,
        "event_type": 1,
        "event": 1,
        "phase": 1,
        "unit": 5,
        "athlete": 5,
        "entry": 5,
        "result": 5,
    }
    assert [(s.row, s.name, s.result) for s in plan.samples][:1] == [(2, "Karin Enke", "1:21.61")]


def test_the_same_file_again_changes_nothing(book: Book):
    take(book, OF_1984)
    journal = book.reads.last_journal()
    again = take(book, OF_1984)
    assert again.rows == {Fate.UNCHANGED: 5}
    assert not again.changes_anything
    assert book.reads.last_journal() == journal


def test_an_import_is_one_step_that_is_undone_and_done_again(book: Book):
    before = derived(book.path)
    take(book, OF_1984)
    after = derived(book.path)
    book.edits.undo()
    assert derived(book.path) == before
    for facts in ("competition", "event", "athlete", "entry", "result", "unit", "phase"):
        assert rows_of(book.path, f"SELECT * FROM {facts}") == []
    book.edits.redo()
    assert derived(book.path) == after
    assert book.check() == []


def test_the_journal_has_every_row(book: Book):
    take(book, OF_1984)
    assert rows_of(
        book.path,
        """SELECT table_name, count(*) FROM journal_row AS r
        JOIN journal AS j ON j.id = r.journal_id
        WHERE j.action = 'import_results' GROUP BY 1 ORDER BY 1""",
    ) == [
        ("athlete", 5),
        ("competition", 1),
        ("entry", 5),
        ("event", 1),
        ("event_type", 1),
        ("phase", 1),
        ("result", 5),
        ("unit", 5),
    ]


def test_a_corrected_mark_changes_one_result(book: Book):
    take(book, OF_1984)
    plan = take(
        book,
        race(
            "date,phase,unit,athlete,nation,mark",
            "1984-02-13,Final,4,ROTHENBURGER Christa,GDR,1:20.98",
        ),
    )
    assert plan.rows == {Fate.CHANGED: 1}
    assert sheet(book.path)[0] == (1, "Christa Rothenburger", "1:20.98", None, "gold")
    book.edits.undo()
    assert sheet(book.path)[0] == (1, "Karin Enke", "1:21.61", None, "gold")
    assert book.check() == []


def test_stopped_half_way_nothing_has_happened(book: Book):
    plan = plan_of(book, OF_1984)
    told: list[tuple[int, int]] = []

    def cancelled() -> bool:
        return len(told) > 5

    with pytest.raises(ImportCancelled):
        apply_plan(book, plan, Watch(lambda done, total: told.append((done, total)), cancelled))
    assert len(told) > 5
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(0,)]
    assert book.check() == []


def test_stopped_while_deriving_nothing_has_happened(book: Book):
    plan = plan_of(book, OF_1984)

    def deriving(done: int, total: int) -> None:
        if total == 1:
            raise ImportCancelled

    with pytest.raises(ImportCancelled):
        apply_plan(book, plan, Watch(deriving))
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(0,)]


def test_a_plan_of_a_book_that_was_written_since_is_refused(book: Book):
    plan = plan_of(book, OF_1984)
    book.edits.add_series("OWG", "Olympic Winter Games")
    with pytest.raises(PlanOutdated):
        apply_plan(book, plan)
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(0,)]


# Refusals, row by row


@pytest.mark.parametrize(
    ("columns", "row", "error"),
    [
        ("athlete,nation,mark", "Karin Enke,QQQ,1:21.61", UnknownCode),
        ("athlete,nation,mark", "Karin Enke,,1:21.61", EmptyField),
        ("athlete,nation,mark", ",GDR,1:21.61", EmptyField),
        ("athlete,nation,mark", "Karin Enke,GDR,1:72.61", MarkImpossible),
        ("athlete,nation,status", "Karin Enke,GDR,LOST", UnknownCode),
        ("athlete,nation,rank", "Karin Enke,GDR,first", BadRank),
        ("athlete,nation,medal", "Karin Enke,GDR,platinum", NotOneOf),
        ("athlete,nation,mark,date", "Karin Enke,GDR,1:21.61,1984-03-01", DateOutsideCompetition),
    ],
)
def test_a_row_that_is_wrong_is_left_and_the_others_are_taken(
    book: Book, columns: str, row: str, error: type[BaseException]
):
    good = {"athlete": "Andrea Schöne", "nation": "GDR", "mark": "1:22.83", "rank": "2"}
    other = ",".join(good.get(column, "") for column in columns.split(","))
    plan = take(book, race(columns, row, other))
    assert only_error(plan) is error
    assert plan.problems[0].row == 2
    assert plan.rows == {Fate.NEW: 1}
    assert book.check() == []


def test_marks_of_an_event_of_the_book_keep_its_precision(book: Book):
    take(book, OF_1984)
    plan = take(book, race("athlete,nation,mark", "Karin Enke,GDR,1:21.614"))
    assert only_error(plan) is MarkTooPrecise


def test_an_unknown_discipline_is_told(book: Book):
    plan = take(
        book,
        table(
            """competition,date,discipline,event,nation,athlete,medal
            X1,2020-01-01,ZZZ,ZZZ1,NED,Ann One,gold
            X1,2020-01-01,SSK,SSKW500M,NED,Ann One,gold"""
        ),
    )
    assert only_error(plan) is UnknownCode
    assert plan.rows == {Fate.NEW: 1}


def test_a_competition_without_a_day_is_refused(book: Book):
    plan = take(
        book,
        table(
            """competition,discipline,event,nation,athlete,medal
            X1,SSK,SSKW500M,NED,Ann One,gold"""
        ),
    )
    assert only_error(plan) is DaysUnknown


def test_a_competition_has_the_days_of_its_rows(book: Book):
    take(
        book,
        table(
            """competition,date,discipline,event,nation,athlete,medal
            X1,2020-01-03,SSK,SSKW500M,NED,Ann One,gold
            X1,2020-01-01,SSK,SSKW1500M,NED,Ann One,gold"""
        ),
    )
    days = rows_of(book.path, "SELECT start_date, end_date FROM competition")
    assert days == [("2020-01-01", "2020-01-03")]


def test_marks_of_nobody_knows_what_are_refused(book: Book):
    plan = take(
        book,
        table(
            """competition,date,discipline,event,nation,athlete,mark
            X1,2020-01-03,SJP,SJPW1,NED,Ann One,123.5"""
        ),
    )
    assert only_error(plan) is MarksUnknown


def test_a_file_without_a_needed_column_is_refused(book: Book):
    with pytest.raises(ColumnMissing) as refused:
        plan_of(book, table("competition,event,athlete,mark\nX1,SSKW500M,Ann,1:02.1"))
    assert refused.value.details == {"what": "nation"}


def test_a_start_list_needs_no_result(book: Book):
    source = race("athlete,nation,unit,lane,bib", "Karin Enke,GDR,3,i,12")
    with pytest.raises(ColumnMissing):
        plan_of(book, source)
    take(book, source, startlist())
    assert rows_of(book.path, "SELECT name, unit, lane, mark FROM v_results") == [
        ("Karin Enke", 3, "i", None)
    ]
    assert rows_of(book.path, "SELECT bib FROM entry") == [("12",)]
    assert rows_of(book.path, "SELECT status FROM event") == [("scheduled",)]


def test_medallists_need_a_medal(book: Book):
    mapping = ImportMapping(kind=ImportKind.MEDALLISTS)
    plan = take(book, race("athlete,nation,medal", "Karin Enke,GDR,gold", "Ann One,USA,"), mapping)
    assert only_error(plan) is RowEmpty


# Marks as files spell them


def test_odd_marks_and_statuses_are_read_by_the_mapping(book: Book):
    mapping = ImportMapping(mark_patterns=("m.sscc",), values={"status": {"overtaken": "LAP"}})
    take(
        book,
        race(
            "athlete,nation,mark",
            "Karin Enke,GDR,1.2161",
            "Andrea Schöne,GDR,dq",
            "Ann One,USA,overtaken",
        ),
        mapping,
    )
    assert {(name, mark, status) for _, name, mark, status, _ in sheet(book.path)} == {
        ("Karin Enke", "1:21.61", None),
        ("Andrea Schöne", None, "DSQ"),
        ("Ann One", None, "LAP"),
    }


def test_extra_columns_are_kept_as_notes(book: Book):
    take(book, race("athlete,nation,mark,note,skates", "Karin Enke,GDR,1:21.61,fast,Viking"))
    assert rows_of(book.path, "SELECT note FROM result") == [("fast; skates: Viking",)]


def test_extra_columns_are_kept_where_there_are_no_notes(book: Book):
    take(book, race("athlete,nation,mark,skates", "Karin Enke,GDR,1:21.61,Viking"))
    assert rows_of(book.path, "SELECT note FROM result") == [("skates: Viking",)]


def test_results_without_units_are_those_that_have_one(book: Book):
    take(book, OF_1984)
    plan = take(book, race("athlete,nation,mark", "Karin Enke,GDR,1:20.61"))
    assert plan.rows == {Fate.CHANGED: 1}
    assert plan.counts["result"].new == 0
    assert sheet(book.path)[0] == (1, "Karin Enke", "1:20.61", None, "gold")


def test_a_drawn_start_list_puts_entries_into_units(book: Book):
    take(book, race("athlete,nation", "Karin Enke,GDR"), startlist())
    take(book, race("athlete,nation,unit,lane", "Karin Enke,GDR,3,i"), startlist())
    drawn = rows_of(book.path, "SELECT name, unit, lane FROM v_results")
    assert drawn == [("Karin Enke", 3, "i")]


# Medals


MEDALS = "date,athlete,nation,medal"


def medals(*rows: str) -> list[str]:
    return [f"1984-02-13,{row}" for row in rows]


def test_medals_alone_make_a_manual_event_with_ties(book: Book):
    take(
        book,
        race(
            MEDALS,
            *medals(
                "Ann One,USA,Gold", "Bea Two,NED,Gold", "Cis Three,GDR,Bronze", "Dora Four,URS,"
            ),
        ),
    )
    assert sheet(book.path) == [
        (1, "Ann One", None, None, "gold"),
        (1, "Bea Two", None, None, "gold"),
        (3, "Cis Three", None, None, "bronze"),
        (None, "Dora Four", None, None, None),
    ]
    assert rows_of(book.path, "SELECT classification, official_at FROM event") == [
        ("manual", "1984-02-13")
    ]
    assert rows_of(book.path, "SELECT count(*) FROM decision") == [(0,)]


def test_medals_that_no_tie_accounts_for_are_a_decision_that_quotes_the_file(book: Book):
    rows = medals("Ann One,USA,gold", "Bea Two,NED,silver", "Cis Three,GDR,silver")
    source = race(MEDALS, *rows, *medals("Dora Four,URS,bronze"))
    take(book, source)
    assert [(rank, medal) for rank, *_, medal in sheet(book.path)] == [
        (1, "gold"),
        (2, "silver"),
        (2, "silver"),
        (4, "bronze"),
    ]
    assert rows_of(book.path, "SELECT date, body, reason FROM decision") == [
        ("1984-02-13", "results.csv", "Medal as published in results.csv")
    ]
    assert rows_of(book.path, "SELECT sets_rank, medal FROM decision_line") == [(0, "bronze")]
    assert take(book, source).rows == {Fate.UNCHANGED: 4}
    assert book.check() == []


def test_a_medal_against_the_marks_is_a_decision(book: Book):
    source = race(
        "date,athlete,nation,mark,medal,official",
        "1984-02-13,Ann One,USA,1:20.00,,1984-02-13",
        "1984-02-13,Bea Two,NED,1:21.00,gold,1984-02-13",
        "1984-02-13,Cis Three,GDR,1:22.00,bronze,1984-02-13",
    )
    take(book, source)
    assert [(name, medal) for _, name, *_, medal in sheet(book.path)] == [
        ("Ann One", None),
        ("Bea Two", "gold"),
        ("Cis Three", "bronze"),
    ]
    assert rows_of(book.path, "SELECT medal FROM decision_line ORDER BY entry_id") == [
        ("none",),
        ("gold",),
    ]
    assert take(book, source).rows == {Fate.UNCHANGED: 3}


def test_published_ranks_choose_how_an_event_is_classified(book: Book):
    take(
        book,
        race(
            "phase,athlete,nation,mark,rank",
            "Run 1,Ann One,USA,1:20.00,",
            "Run 1,Bea Two,NED,1:22.00,",
            "Run 2,Ann One,USA,1:23.00,1",
            "Run 2,Bea Two,NED,1:22.00,2",
        ),
    )
    assert rows_of(book.path, "SELECT classification FROM event") == [("total",)]
    assert [name for _, name, *_ in sheet(book.path)][::2] == ["Ann One", "Bea Two"]


def test_rounds_stand_in_their_order_however_the_file_has_them(book: Book):
    take(
        book,
        race(
            "phase,athlete,nation,mark",
            "Final,Ann One,USA,1:20.00",
            "Semifinals,Ann One,USA,1:22.00",
            "Heats,Ann One,USA,1:23.00",
        ),
    )
    names = rows_of(book.path, "SELECT name FROM phase ORDER BY position")
    assert names == [("Heats",), ("Semifinals",), ("Final",)]


def test_days_of_rounds_stand_with_them(book: Book):
    take(
        book,
        race(
            "phase,date,athlete,nation,mark",
            "Heats,1984-02-10,Ann One,USA,1:23.00",
            "Final,1984-02-11,Ann One,USA,1:20.00",
        ),
    )
    assert rows_of(book.path, "SELECT date FROM event") == [("1984-02-11",)]
    assert rows_of(book.path, "SELECT name, date FROM phase ORDER BY position") == [
        ("Heats", "1984-02-10"),
        ("Final", None),
    ]


# Teams


def test_athletes_with_the_name_of_a_team_are_its_members(book: Book):
    take(
        book,
        race(
            "team,athlete,nation,medal",
            "Netherlands,Ann One,NED,gold",
            "Netherlands,Bea Two,NED,gold",
            "Norway,Cis Three,NOR,silver",
        ),
    )
    assert sheet(book.path) == [
        (1, "Netherlands", None, None, "gold"),
        (2, "Norway", None, None, "silver"),
    ]
    assert rows_of(
        book.path,
        """SELECT n.team_name, a.name, m.position FROM entry_member AS m
        JOIN entry AS n ON n.id = m.entry_id JOIN athlete AS a ON a.id = m.athlete_id
        ORDER BY 1, 3""",
    ) == [("Netherlands", "Ann One", 1), ("Netherlands", "Bea Two", 2), ("Norway", "Cis Three", 1)]


def test_two_teams_of_one_name_have_other_medals(book: Book):
    source = race(
        "team,athlete,nation,medal",
        "Germany,Ann One,GER,gold",
        "Germany,Bea Two,GER,silver",
        "Germany,Cis Three,GER,gold",
    )
    take(book, source)
    assert [row[0] for row in sheet(book.path)] == [1, 2]
    assert take(book, source).rows == {Fate.UNCHANGED: 3}


def test_members_are_put_into_the_team_of_their_event(book: Book):
    source = race(
        "team,athlete,member_of,nation,mark",
        "NED 1,,,NED,3:00.02",
        ",Ann One,NED 1,NED,",
        ",Bea Two,NED 1,NED,",
    )
    take(book, source)
    assert rows_of(book.path, "SELECT team_name, athlete_id FROM entry") == [("NED 1", None)]
    assert rows_of(book.path, "SELECT count(*) FROM entry_member") == [(2,)]
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(1,)]
    assert take(book, source).rows == {Fate.UNCHANGED: 3}


def test_rows_that_share_medals_are_teams_where_most_do(book: Book):
    mapping = ImportMapping(teams=TeamRule.SHARED_MEDALS)
    rows = [
        "BOBM2,Ann One,GER,gold",
        "BOBM2,Bea Two,GER,gold",
        "BOBM2,Cis Three,GER,silver",
        "BOBM2,Dora Four,GER,silver",
        "SKNM,Eva Five,GBR,gold",
        "SKNM,Fay Six,LAT,silver",
        "SKNM,Gil Seven,LAT,silver",
    ]
    lines = [f"X1,2020-01-03,BOB,{row}" for row in rows]
    source = table("\n".join(["competition,date,discipline,event,athlete,nation,medal", *lines]))
    take(book, source, mapping)
    assert rows_of(
        book.path, "SELECT event, medal, name FROM v_medallists ORDER BY event, medal, name"
    ) == [
        ("BOBM2", "gold", "GER"),
        ("BOBM2", "silver", "GER"),
        ("SKNM", "gold", "Eva Five"),
        ("SKNM", "silver", "Fay Six"),
        ("SKNM", "silver", "Gil Seven"),
    ]
    assert take(book, source, mapping).rows == {Fate.UNCHANGED: 7}


# People


def test_a_person_is_found_without_diacritics_and_order_of_names(book: Book):
    take(book, OF_1984)
    plan = take(
        book,
        table(
            f"""{HEAD},athlete,nation,mark
            OWG1988,1988-02-13,1988-02-28,SSK,SSKW1000M,,,,SCHONE Andrea,GDR,1:18.31"""
        ),
    )
    assert plan.counts["athlete"].new == 0
    assert not plan.doubts


def test_somebody_of_another_nation_is_another_person_and_a_doubt(book: Book):
    source = "OWG1988,1988-02-13,1988-02-28,SSK,SSKW1000M,,,,Karin Enke,FRG,1:18.31"
    take(book, OF_1984)
    plan = plan_of(book, table(f"{HEAD},athlete,nation,mark\n{source}"))
    assert plan.counts["athlete"].new == 1
    (doubt,) = plan.doubts
    assert (doubt.kind, doubt.name) == (DoubtKind.OTHER_NATION, "Karin Enke")
    same = ImportMapping(people={"Karin Enke (FRG)": "Karin Enke (GDR)"})
    plan = plan_of(book, table(f"{HEAD},athlete,nation,mark\n{source}"), same)
    assert plan.counts["athlete"].new == 0
    assert not plan.doubts


def test_a_man_and_a_woman_of_one_name_are_two_people(book: Book):
    take(book, OF_1984)
    row = "OWG1988,1988-02-13,1988-02-28,SSK,SSKM1000M,Men's 1000 m,M,time,Karin Enke,GDR,1:18.31"
    assert take(book, table(f"{HEAD},athlete,nation,mark\n{row}")).counts["athlete"].new == 1


def test_two_rows_of_an_event_that_cannot_be_one_person_are_two(book: Book):
    source = race("bib,athlete,nation,mark", "1,Li Na,CHN,1:21.61", "2,Li Na,CHN,1:22.61")
    plan = take(book, source)
    assert [doubt.kind for doubt in plan.doubts] == [DoubtKind.SAME_NAME]
    assert rows_of(book.path, "SELECT count(*) FROM athlete") == [(2,)]
    assert take(book, source).rows == {Fate.UNCHANGED: 2}


def test_another_born_on_another_day_is_another_person(book: Book):
    take(book, race("athlete,nation,mark,birth_date", "Li Na,CHN,1:21.61,1960-01-01"))
    row = "X1,1988-02-13,1988-02-28,SSK,SSKW1000M,,,,Li Na,CHN,1:18.31,1970-01-01"
    plan = take(book, table(f"{HEAD},athlete,nation,mark,birth_date\n{row}"))
    assert plan.counts["athlete"].new == 1


# Nations


@pytest.mark.parametrize(
    ("nation", "day", "code"),
    [
        ("NED", "2020-01-03", "NED"),
        ("Netherlands", "2020-01-03", "NED"),
        ("Holland", "2020-01-03", "NED"),
        ("NLD", "2020-01-03", "NED"),
        ("ROC", "2022-02-10", "ROC"),
        ("ger", "2020-01-03", "GER"),
    ],
)
def test_nations_by_code_name_and_other_spellings(book: Book, nation: str, day: str, code: str):
    take(
        book,
        table(
            f"""competition,date,discipline,event,athlete,nation,medal
            X1,{day},SSK,SSKW500M,Ann One,{nation},gold"""
        ),
    )
    assert rows_of(book.path, "SELECT nation FROM v_medallists") == [(code,)]


def test_html_in_a_name_is_a_name(book: Book):
    take(book, race("athlete,nation,mark", "<b>Karin</b> Enke,GDR,1:21.61"))
    assert Path(book.path).exists()
    assert rows_of(book.path, "SELECT name FROM athlete") == [("<b>Karin</b> Enke",)]
