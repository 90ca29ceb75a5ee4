"""Tables of records: lists, baselines, published progressions and rulings (RULES R22–R26)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import (
    BadDate,
    DecisionBeforeEvent,
    EmptyField,
    UnknownCode,
)
from medaldesk.book.import_errors import ColumnMissing, NotInBook, NotOneOf
from medaldesk.domain.errors import MarkNotUnderstood
from medaldesk.domain.progressions import Comparison
from medaldesk.domain.records import RecordPolicy
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.columns import recognise
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import (
    ImportKind,
    ImportMapping,
    load_mapping,
    save_mapping,
)
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.rows import Source
from medaldesk.exchange.importing.sources import guesses_of
from medaldesk.exchange.sample import create_sample
from tests.exchange.importing_desk import race, rows_of, table
from tests.exchange.importing_desk import take as take_as

RECORDS = ImportMapping(kind=ImportKind.RECORDS)

HEAD = "record,series,event,athlete,nation,mark,date,place"
PUBLISHED = [
    "OR,OWG,SSKW1000M,Klara Guseva,URS,1:34.1,1960-02-22,Squaw Valley",
    "OR,OWG,SSKW1000M,Lidiya Skoblikova,URS,1:33.2,1964-02-01,Innsbruck",
    "OR,OWG,SSKW1000M,Carry Geijssen,NED,1:32.6,1968-02-11,Grenoble",
    "OR,OWG,SSKW1000M,Monika Pflug,FRG,1:31.40,1972-02-11,Sapporo",
    "OR,OWG,SSKW1000M,Tatyana Averina,URS,1:28.43,1976-02-07,Innsbruck",
    "OR,OWG,SSKW1000M,Natalya Petrusyova,URS,1:24.10,1980-02-17,Lake Placid",
    "OR,OWG,SSKW1000M,Karin Enke,GDR,1:21.61,1984-02-13,Sarajevo",
    "OR,OWG,SSKW1000M,Karin Kania,GDR,1:17.70,1988-02-26,Calgary",
    "OR,OWG,SSKW1000M,Christa Rothenburger,GDR,1:17.65,1988-02-26,Calgary",
    "OR,OWG,SSKW1000M,Marianne Timmer,NED,1:16.51,1998-02-19,Nagano",
    "OR,OWG,SSKW1000M,Chris Witty,USA,1:13.83,2002-02-17,Salt Lake City",
    "OR,OWG,SSKW1000M,Jorien ter Mors,NED,1:13.56,2018-02-14,Gangneung",
    "OR,OWG,SSKW1000M,Miho Takagi,JPN,1:13.19,2022-02-17,Beijing",
    "OR,OWG,SSKW1000M,Jutta Leerdam,NED,1:12.31,2026-02-09,Milano",
]
NEW_TYPE = "discipline,event_name,gender,mark_kind"
NEW = "SSK,Women's 1000 m,W,time"


def records(*rows: str, head: str = HEAD) -> Source:
    return table("\n".join([head, *rows]), "records.csv")


def take(book: Book, *rows: str, head: str = HEAD) -> Plan:
    return take_as(book, records(*rows, head=head), RECORDS)


def error_of(plan: Plan) -> tuple[type, str]:
    (problem,) = plan.problems
    return type(problem.error), problem.column


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    with create_sample(tmp_path / "sample.medaldesk") as book:
        yield book


@pytest.fixture
def typed(book: Book) -> Book:
    """A book that knows the event, and no result."""
    take(book, f"{NEW},WR,SSKW1000M,2,list,", head=f"{NEW_TYPE},record,event,decimals,line,mark")
    return book


def list_of(book: Book, code: str) -> int:
    (found,) = [row.id for row in book.reads.record_lists() if row.code == code]
    return found


def baseline(book: Book, code: str) -> list[tuple[object, ...]]:
    return rows_of(
        book.path,
        f"""SELECT b.holder, b.mark / 10000, b.date, b.place FROM record_baseline AS b
        JOIN record_list AS l ON l.id = b.record_list_id
        JOIN record_kind AS k ON k.id = l.record_kind_id WHERE k.code = '{code}'""",
    )


def published(book: Book, code: str) -> list[tuple[str, int, str | None]]:
    return [
        (row.holder, row.mark.value // 10_000, row.day)
        for row in book.reads.published(list_of(book, code))
    ]


# The women's 1000 m (RULES 7)


def test_r22_the_published_progression_agrees_but_for_the_short_lived(sample: Book):
    plan = take(sample, *PUBLISHED)
    assert (plan.problems, plan.rows) == ([], {Fate.NEW: 14})
    lines = sample.reads.published_comparison(list_of(sample, "OR")).lines
    differing = {
        line.computed.holder: line.comparison
        for line in lines
        if line.comparison is not Comparison.EQUAL and line.computed
    }
    assert set(differing.values()) == {Comparison.SHORT_LIVED}
    assert len(lines) == 24
    assert len(differing) == 10
    assert "Femke Kok" in differing
    assert baseline(sample, "OR") == []
    assert sample.check() == []


def test_importing_twice_changes_nothing(sample: Book):
    take(sample, *PUBLISHED)
    plan = take(sample, *PUBLISHED)
    assert plan.rows == {Fate.UNCHANGED: 14}
    assert not plan.changes_anything


def test_a_changed_row_changes_its_line_and_one_undo_takes_it_back(sample: Book):
    take(sample, *PUBLISHED)
    before = published(sample, "OR")
    plan = take(sample, PUBLISHED[5].replace("1:24.10", "1:24.11"))
    assert plan.rows == {Fate.CHANGED: 1}
    assert published(sample, "OR")[5] == ("Natalya Petrusyova", 8411, "1980-02-17")
    sample.edits.undo()
    assert published(sample, "OR") == before


def test_lines_come_oldest_first_whatever_the_order_of_the_file(sample: Book):
    take(sample, *PUBLISHED[::-2])
    take(sample, *PUBLISHED[::2])
    days = [day for _, _, day in published(sample, "OR")]
    assert len(days) == 14
    assert days == sorted(days, key=str)


# The baseline (RULES R22)


def test_r22_the_baseline_is_what_stood_before_the_first_result_of_a_series(book: Book):
    take_as(
        book,
        race(
            "series,date,athlete,nation,mark",
            "OWG,1984-02-13,Karin Enke,GDR,1:21.61",
            "OWG,1984-02-13,Andrea Schöne,GDR,1:22.83",
        ),
    )
    take(book, *PUBLISHED[:9])
    assert baseline(book, "OR") == [("Natalya Petrusyova", 8410, "1980-02-17", "Lake Placid")]
    history = book.reads.record_history(list_of(book, "OR"))
    assert [row.holder for row in history.rows] == ["Natalya Petrusyova", "Karin Enke"]


def test_r22_a_world_record_from_elsewhere_is_a_baseline_though_the_book_has_older_marks(
    sample: Book,
):
    plan = take(
        sample,
        "WR,,SSKW1000M,Christa Rothenburger,GDR,1:17.65,1988-02-26,Calgary",
        "WR,,SSKW1000M,Brittany Bowe,USA,1:11.61,2019-03-09,Salt Lake City",
    )
    assert plan.rows == {Fate.NEW: 2}
    assert "record_baseline" not in {t for t, count in plan.counts.items() if count.changed}
    assert baseline(sample, "WR") == [("Brittany Bowe", 7161, "2019-03-09", "Salt Lake City")]


def test_r22_without_results_the_baseline_is_the_last_line(typed: Book):
    take(typed, *PUBLISHED[:3])
    assert baseline(typed, "OR") == [("Carry Geijssen", 9260, "1968-02-11", "Grenoble")]
    plan = take(typed, *PUBLISHED[:4])
    assert plan.rows == {Fate.NEW: 1, Fate.UNCHANGED: 3}
    assert baseline(typed, "OR") == [("Monika Pflug", 9140, "1972-02-11", "Sapporo")]


def test_of_one_day_the_best_line_is_the_baseline(typed: Book):
    take(typed, PUBLISHED[8], PUBLISHED[7])
    assert baseline(typed, "OR") == [("Christa Rothenburger", 7765, "1988-02-26", "Calgary")]


def test_a_row_can_say_that_it_is_the_baseline(sample: Book):
    head = f"{HEAD},line"
    row = "WR,,SSKW1000M,Miho Takagi,JPN,1:11.71,2019-03-09,Salt Lake City,baseline"
    plan = take(sample, row, head=head)
    assert plan.rows == {Fate.CHANGED: 1}
    assert baseline(sample, "WR") == [("Miho Takagi", 7171, "2019-03-09", "Salt Lake City")]
    assert published(sample, "WR") == []


def test_results_of_the_same_plan_come_before_the_baseline(book: Book):
    results = race("series,date,athlete,nation,mark", "OWG,1984-02-13,Karin Enke,GDR,1:21.61")
    lines = records(*PUBLISHED[:8])
    plan = make_plan(
        book.reads,
        [
            (lines, RECORDS.completed(guesses_of(lines, "records"))),
            (results, ImportMapping().completed(guesses_of(results))),
        ],
    )
    assert plan.problems == []
    apply_plan(book, plan)
    assert baseline(book, "OR") == [("Natalya Petrusyova", 8410, "1980-02-17", "Lake Placid")]
    assert book.check() == []
    book.edits.undo()
    assert book.reads.record_lists() == []


def test_r26_a_mark_that_the_same_plan_corrects_is_ruled_on(sample: Book):
    head = "competition,event,athlete,nation,mark"
    results = table(f"{head}\nOWG2026,SSKW1000M,Jutta Leerdam,NED,1:12.30")
    lines = records(f"{LAST.replace('12.31', '12.30')},ratified,2026-03-01,", head=RULED)
    plan = make_plan(
        sample.reads,
        [
            (results, ImportMapping().completed(guesses_of(results))),
            (lines, RECORDS.completed(guesses_of(lines, "records"))),
        ],
    )
    assert plan.problems == []
    apply_plan(sample, plan)
    assert rulings(sample) == [("ratified", "2026-03-01", None)]
    last = sample.reads.record_history(list_of(sample, "OR")).rows[-1]
    assert (last.holder, last.mark.value) == ("Jutta Leerdam", 72_300_000)
    assert sample.check() == []


# Lists


def test_a_list_is_found_by_what_the_file_says_of_it(sample: Book):
    """Where nothing is said of the series, the only list of the kind and event is meant."""
    take(sample, PUBLISHED[0].replace("OWG,", ""), head=HEAD.replace("series,", ""))
    take(sample, PUBLISHED[1].replace("OWG", ""))
    assert len(published(sample, "OR")) == 2
    take(sample, PUBLISHED[0].replace("OWG", ""), PUBLISHED[0].replace("OWG", "WCH"))
    assert [(row.code, row.series) for row in sample.reads.record_lists()] == [
        ("WR", None),
        ("OR", "OWG"),
        ("OR", None),
        ("OR", "WCH"),
    ]


def test_a_record_of_games_is_of_the_series_of_all_results(sample: Book):
    """Where the table has no column for it: else every line would be one from elsewhere."""
    head = "record,event,athlete,nation,mark,date"
    take(sample, "OB,SSKW1000M,Kok,NED,1:12.59,2026-02-09", head=head)
    take(sample, "WB,SSKW1000M,Bowe,USA,1:11.61,2019-03-09", head=head)
    take(sample, "GR,,SSKW1000M,Kok,NED,1:12.59,2026-02-09,Milano")
    of = {row.code: row.series for row in sample.reads.record_lists()}
    assert (of["OB"], of["WB"], of["GR"]) == ("OWG", None, None)


def test_a_national_list_is_only_that_of_the_holder(sample: Book):
    head = "record,of_nation,event,athlete,nation,mark"
    take(sample, "NR,NED,SSKW1000M,Jutta Leerdam,NED,1:12.31", head=head)
    take(sample, "NR,SSKW1000M,Femke Kok,NED,1:12.59", head=head.replace("of_nation,", ""))
    take(sample, "NR,SSKW1000M,Miho Takagi,JPN,1:13.19", head=head.replace("of_nation,", ""))
    lists = [(row.nation, len(sample.reads.published(row.id)))
             for row in sample.reads.record_lists() if row.code == "NR"]  # fmt: skip
    assert lists == [("NED", 2), (None, 1)]


def test_a_new_list_brings_its_policy_its_scope_and_its_event_type(book: Book):
    head = (
        f"record,{NEW_TYPE},event,decimals,series,of_nation,continent,of_venue,age_class,"
        "shares_equal,minimum_margin,day_best,wind_limit,needs_ratification,line,mark"
    )
    plan = take(
        book,
        f"NJR,{NEW},SSKW1000M,2,,NED,,Thialf,u19@07-01,no,0.02,yes,+2.0,1,list,",
        head=head,
    )
    assert (plan.problems, plan.rows) == ([], {Fate.NEW: 1})
    (row,) = book.reads.record_lists()
    assert (row.code, row.event_type_code, row.nation) == ("NJR", "SSKW1000M", "NED")
    assert (row.venue, row.age_class, row.form.decimals) == ("Thialf", "U19@07-01", 2)
    assert row.policy == RecordPolicy(
        shares_equal=False, minimum_margin=20_000, day_best=True, wind_limit=2_000_000,
        needs_ratification=True,
    )  # fmt: skip


def test_a_policy_changes_where_a_file_says_so(sample: Book):
    plan = take(
        sample, "OR,OWG,SSKW1000M,no,list,", head="record,series,event,shares_equal,line,mark"
    )
    assert plan.rows == {Fate.CHANGED: 1}
    policies = {row.code: row.policy.shares_equal for row in sample.reads.record_lists()}
    assert policies == {"WR": True, "OR": False}


def test_a_kind_that_nobody_knows_is_added_where_it_has_a_name(sample: Book):
    row = "XR,SSKW1000M,Jutta Leerdam,1:12.31"
    head = "record,event,athlete,mark"
    assert error_of(take(sample, row, head=head)) == (UnknownCode, "record")
    take(sample, f"{row},Club record", head=f"{head},record_name")
    assert [row.kind_name for row in sample.reads.record_lists() if row.code == "XR"] == [
        "Club record"
    ]


def test_kinds_are_known_by_name_and_in_any_case(sample: Book):
    head = "record,series,event,athlete,mark"
    take(sample, "olympic record,OWG,SSKW1000M,Klara Guseva,1:34.1", head=head)
    take(sample, "or,OWG,sskw1000m,Lidiya Skoblikova,1:33.2", head=head)
    assert len(published(sample, "OR")) == 2


# Rulings (RULES R26)

RULED = f"{HEAD},ruling,ruled_on,source"
LAST = "OR,OWG,SSKW1000M,Jutta Leerdam,NED,1:12.31,2026-02-09,Milano"


def rulings(book: Book) -> list[tuple[object, ...]]:
    return rows_of(
        book.path,
        """SELECT g.ruling, g.date, s.title FROM record_ruling AS g
        LEFT JOIN source AS s ON s.id = g.source_id ORDER BY g.id""",
    )


def test_r26_a_row_that_is_a_result_is_ruled_on(sample: Book):
    take(sample, f"{LAST},ratified,2026-03-01,ISU", head=RULED)
    assert rulings(sample) == [("ratified", "2026-03-01", "ISU")]
    plan = take(sample, f"{LAST},ratified,,ISU", head=RULED)
    assert plan.rows == {Fate.UNCHANGED: 1}


def test_r26_what_was_annulled_is_in_no_progression(sample: Book):
    take(sample, *PUBLISHED[11:])
    assert len(published(sample, "OR")) == 3
    take(sample, f"{LAST},annulled,2026-03-01,ISU", head=RULED)
    assert [holder for holder, *_ in published(sample, "OR")] == ["Jorien ter Mors", "Miho Takagi"]
    assert sample.reads.record_history(list_of(sample, "OR")).current[0].holder == "Femke Kok"
    plan = take(sample, f"{LAST},annulled,2026-03-01,ISU", head=RULED)
    assert plan.rows == {Fate.UNCHANGED: 1}
    take(sample, f"{LAST},reinstated,2026-04-01,ISU", head=RULED)
    assert [ruling for ruling, *_ in rulings(sample)] == ["annulled", "reinstated"]
    assert sample.reads.record_history(list_of(sample, "OR")).current[0].holder == "Jutta Leerdam"


@pytest.mark.parametrize(
    ("ruled", "wanted"),
    [
        ("ratified,2026-02-08,", (DecisionBeforeEvent, "ruled_on")),
        ("approved,,", (NotOneOf, "ruling")),
        ("ratified,soon,", (BadDate, "ruled_on")),
    ],
)
def test_a_ruling_that_cannot_be_is_refused(sample: Book, ruled: str, wanted: tuple[type, str]):
    plan = take(sample, f"{LAST},{ruled}", head=RULED)
    assert error_of(plan) == wanted
    assert not plan.changes_anything


def test_an_annulled_mark_that_is_no_result_is_told(sample: Book):
    plan = take(sample, f"{LAST.replace('12.31', '12.30')},annulled,,", head=RULED)
    assert error_of(plan) == (NotInBook, "mark")
    assert not plan.changes_anything


# What is refused


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("OR,OWG,SSKW1000M,Jutta Leerdam,NED,fast,2026-02-09,", (MarkNotUnderstood, "mark")),
        ("OR,OWG,SSKW1000M,Jutta Leerdam,XXX,1:12.31,2026-02-09,", (UnknownCode, "nation")),
        ("OR,OWG,SSKW1000M,,NED,1:12.31,2026-02-09,", (EmptyField, "athlete")),
        ("OR,OWG,SSKW1000M,Jutta Leerdam,NED,,2026-02-09,", (EmptyField, "mark")),
        ("OR,OWG,SSKW999M,Jutta Leerdam,NED,1:12.31,2026-02-09,", (EmptyField, "discipline")),
        (",OWG,SSKW1000M,Jutta Leerdam,NED,1:12.31,2026-02-09,", (EmptyField, "record")),
        ("OR,OWG,SSKW1000M,Jutta Leerdam,NED,1:12.31,3/4/2026,", (BadDate, "date")),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_are(
    sample: Book, row: str, wanted: tuple[type, str]
):
    plan = take(sample, row, PUBLISHED[0])
    assert error_of(plan) == wanted
    assert plan.rows == {Fate.NEW: 1}
    assert published(sample, "OR") == [("Klara Guseva", 9410, "1960-02-22")]


def test_a_table_without_the_columns_that_are_needed_is_refused(book: Book):
    with pytest.raises(ColumnMissing) as caught:
        take(book, "OR,1:12.31", head="record,mark")
    assert caught.value.details["what"] == "event"


# Columns and mappings


def test_columns_of_a_table_of_records_are_guessed_as_such():
    guesses = recognise(["Type", "Event", "Holder", "NOC", "Time", "Date", "City"], [], "records")
    assert [guess.target for guess in guesses] == [
        "record", "event", "athlete", "nation", "mark", "date", "place",
    ]  # fmt: skip


def test_a_mapping_of_records_is_kept_as_a_file(tmp_path: Path):
    mapping = ImportMapping(
        columns={"record": ("List",), "age_class": ("Ages",)},
        constants={"line": "published"},
        values={"record": {"Olympic": "OR"}},
        kind=ImportKind.RECORDS,
        name="My records",
    )
    save_mapping(tmp_path / "mine.toml", mapping)
    assert load_mapping(tmp_path / "mine.toml") == mapping
