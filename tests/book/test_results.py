"""Results, ranks and medals in a book: R1–R10, R13, R15–R17 and RULES 1 where they are typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import (
    BadNumber,
    BadRank,
)
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MarkError, MarkNotWanted, MarkTooPrecise
from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, SplitKind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import RankBy, Tally
from medaldesk.domain.units import UnitPlace
from tests.book.worlds import (
    POINTS,
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    nation,
    one_race,
)

DAY = date(2026, 2, 9)


@pytest.fixture
def race(book: Book) -> Race:
    return one_race(book)


def table(
    book: Book, rank_by: RankBy = RankBy.GOLD, *, as_it_stands: bool = False
) -> list[tuple[str, tuple[int, int, int], int]]:
    """Nation, medals and rank of each line of the one competition's table."""
    (competition,) = book.reads.competitions()
    lines = book.reads.medal_table(competition.id, rank_by=rank_by, as_it_stands=as_it_stands).lines
    return [
        (line.row.nation, line.row.tally.triple, line.row.rank(rank_by).number) for line in lines
    ]


def sheet(race: Race) -> list[str]:
    """The names of a sheet in its order."""
    return [row.name for row in race.book.reads.results(race.event)]


# Marks and statuses


def test_rules_1_what_was_typed_is_kept_exactly(race: Race) -> None:
    race.enter("Geijssen", mark="1:32.6")
    race.enter("Titova", mark="1'32\"60")
    rows = race.book.reads.results(race.event)
    assert {row.name: row.mark for row in rows} == {
        "Geijssen": Mark(92_600_000, 1),
        "Titova": Mark(92_600_000, 2),
    }
    assert race.ranks() == {"Geijssen": 1, "Titova": 1}


def test_rules_1_a_refused_mark_leaves_what_was_there(race: Race) -> None:
    result = race.enter("Kok", mark="1:12.59")
    for text in ("1:72.31", "abc", "-3", "1:12.3145"):
        with pytest.raises(MarkError):
            race.book.edits.enter_mark(result, text)
    (row,) = race.book.reads.results(race.event)
    assert row.mark == Mark(72_590_000, 2)


def test_rules_1_a_score_is_kept_as_text_and_ranked_by_hand(book: Book) -> None:
    form = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
    kind = add_event_type(book, "WFINAL", form, Classification.MANUAL)
    final = add_race(
        book, add_competition(book, "OG", "2026-02-06", "2026-02-22"), kind, "2026-02-09"
    )
    for name, code, score, rank in [("Canada", "CAN", "2-1 OT", "2"), ("USA", "USA", "3-2", "1")]:
        entry = book.edits.add_entry(final.event, nation(book, code), team=name)
        book.edits.enter_mark(book.edits.result_of(entry), score)
        book.edits.enter_rank(entry, rank)
    rows = book.reads.results(final.event)
    assert [(row.name, row.score, row.rank, row.medal) for row in rows] == [
        ("USA", "3–2", 1, Medal.GOLD),
        ("Canada", "2–1 OT", 2, Medal.SILVER),
    ]


def test_rules_1_an_event_of_ranks_wants_no_marks(book: Book) -> None:
    form = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)
    race = one_race(book, form)
    result = race.enter("Kok")
    with pytest.raises(MarkNotWanted):
        book.edits.enter_mark(result, "1")
    book.edits.enter_mark(result, "dns")
    assert book.reads.results(race.event)[0].status == "DNS"


def test_rules_1_splits_belong_to_a_result_in_order(race: Race) -> None:
    edits, result = race.book.edits, race.enter("Kok")
    edits.enter_split(result, "200 m", "17.6")
    edits.enter_split(result, "600 m", "26.25", SplitKind.LAP)
    edits.enter_split(result, "1000 m", "28.8", SplitKind.LAP)
    edits.enter_split(result, "200 m", "17.4")
    assert splits(race) == [
        ("200 m", "17.4", "17.4"),
        ("600 m", "43.65", "26.25"),
        ("1000 m", "1:12.45", "28.8"),
    ]
    edits.enter_split(result, "600 m", "")
    assert splits(race) == [("200 m", "17.4", "17.4"), ("1000 m", "", "28.8")]
    with pytest.raises(MarkTooPrecise):
        edits.enter_split(result, "200 m", "17.421")


def splits(race: Race) -> list[tuple[str, str, str]]:
    """Label, clock and lap of each split of the one result."""
    (row,) = race.book.reads.results(race.event)
    return [(s.label, printed(s.cumulative), printed(s.lap)) for s in row.splits]


def printed(mark: Mark | None) -> str:
    return format_mark(mark, MarkKind.TIME) if mark else ""


def test_rules_2_a_status_takes_the_mark_the_rank_and_the_medal(race: Race) -> None:
    for name, mark in [("Kok", "1:12.59"), ("Leerdam", "1:12.31"), ("Takagi", "1:13.95")]:
        race.enter(name, mark=mark)
    race.mark("Leerdam", "dsq")
    rows = {row.name: row for row in race.book.reads.results(race.event)}
    assert (rows["Leerdam"].mark, rows["Leerdam"].rank, rows["Leerdam"].medal) == (None, None, None)
    assert race.medals() == {"Kok": Medal.GOLD, "Takagi": Medal.SILVER}
    race.mark("Leerdam", "1:12.31")
    assert race.medals()["Leerdam"] is Medal.GOLD


def test_rules_2_statuses_stand_last_in_their_order(race: Race) -> None:
    for name, status in [("A", "DQB"), ("B", "DSQ"), ("C", "WDR"), ("D", "DNS"), ("E", "DNF"),
                         ("F", "OTL"), ("G", "1:15"), ("H", "")]:  # fmt: skip
        race.enter(name, mark=status)
    assert sheet(race) == ["G", "H", "F", "E", "D", "C", "B", "A"]


def test_rules_2_a_status_of_the_users_own_is_typed_like_the_others(race: Race) -> None:
    with closing(sqlite3.connect(race.book.path)) as other, other:
        other.execute("INSERT INTO irm VALUES (11, 'FELL', 'Fell', 3)")
    race.enter("Kok", mark="fell")
    assert race.book.reads.results(race.event)[0].status == "FELL"


# Ranks


def test_r02_equals_stand_by_pair_and_lane_then_by_name(race: Race) -> None:
    for name, unit in [("Zwart", "2"), ("Aalbers", "2"), ("Moor", "1/10"), ("Bos", "1/2")]:
        race.enter(name, unit=unit, mark="1:15")
    race.enter("Vink", mark="1:15")
    assert sheet(race) == ["Bos", "Moor", "Aalbers", "Zwart", "Vink"]


def test_r03_thousandths_break_a_tie_and_an_open_one_is_reported(race: Race) -> None:
    edits = race.book.edits
    for name in ("Kok", "Leerdam"):
        race.enter(name, mark="1:12.31")
    edits.enter_tie_break(race.results["Kok"], "315")
    rows = race.book.reads.results(race.event)
    assert [(row.rank, row.rank_equal, row.tie_open) for row in rows] == [(1, True, True)] * 2
    edits.enter_tie_break(race.results["Leerdam"], "311")
    assert race.ranks() == {"Leerdam": 1, "Kok": 2}
    with pytest.raises(BadNumber):
        edits.enter_tie_break(race.results["Kok"], "0.315")


def test_r04_a_new_phase_decides_and_the_mark_of_the_heat_stays(race: Race) -> None:
    book = race.book
    for name, mark in [("Kok", "1:12.59"), ("Leerdam", "1:13.00"), ("Bowe", "1:14.55")]:
        race.enter(name, mark=mark)
    final = book.edits.add_phase(race.event, "Final")
    for name, mark in [("Leerdam", "1:14.00"), ("Kok", "1:14.20")]:
        book.edits.enter_mark(book.edits.add_result(race.entries[name], final), mark)
    assert race.ranks() == {"Leerdam": 1, "Kok": 2, "Bowe": 3}
    heat = book.reads.results(race.event, book.reads.event_head(race.event).phases[0].id)
    assert [(row.name, row.rank, row.mark, row.medal, row.behind) for row in heat] == [
        ("Kok", 1, Mark(72_590_000, 2), None, None),
        ("Leerdam", 2, Mark(73_000_000, 2), None, Mark(410_000, 2)),
        ("Bowe", 3, Mark(74_550_000, 2), Medal.BRONZE, Mark(1_960_000, 2)),
    ]
    deciding = book.reads.results(race.event, final)
    assert [(row.name, row.medal, row.behind) for row in deciding] == [
        ("Leerdam", Medal.GOLD, None),
        ("Kok", Medal.SILVER, Mark(200_000, 2)),
    ]


@pytest.mark.parametrize(
    ("method", "ranks"),
    [
        (Classification.TOTAL, {"Kok": 2, "Leerdam": 1, "Bowe": None}),
        (Classification.BEST, {"Kok": 1, "Leerdam": 3, "Bowe": 2}),
    ],
)
def test_r04_total_and_best_over_the_phases(
    book: Book, method: Classification, ranks: dict[str, int]
) -> None:
    kind = add_event_type(book, "WRUNS", POINTS, method)
    race = add_race(
        book, add_competition(book, "OG", "2026-02-06", "2026-02-22"), kind, "2026-02-09"
    )
    for name, mark in [("Kok", "90"), ("Leerdam", "85"), ("Bowe", "89")]:
        race.enter(name, mark=mark)
    second = book.edits.add_phase(race.event, "Run 2")
    for name, mark in [("Kok", "70"), ("Leerdam", "86"), ("Bowe", "DNF")]:
        book.edits.enter_mark(book.edits.add_result(race.entries[name], second), mark)
    assert race.ranks() == ranks


def test_r04_typed_ranks_are_kept_with_their_gaps(book: Book) -> None:
    kind = add_event_type(book, "WBOUT", method=Classification.MANUAL)
    race = add_race(
        book, add_competition(book, "OG", "2026-02-06", "2026-02-22"), kind, "2026-02-09"
    )
    for name, rank in [("Kok", "1"), ("Bowe", "9"), ("Leerdam", "")]:
        race.enter(name)
        book.edits.enter_rank(race.entries[name], rank)
    assert race.ranks() == {"Kok": 1, "Bowe": 9, "Leerdam": None}
    for text in ("0", "first", "-1", "100000"):
        with pytest.raises(BadRank):
            book.edits.enter_rank(race.entries["Leerdam"], text)


def test_r05_a_start_list_knows_its_pairs_and_lanes(race: Race) -> None:
    race.enter("Kok", unit="13 outer")
    race.enter("Bowe", "USA", unit="13 i")
    race.enter("Leerdam", unit="15 o")
    rows = {row.name: row.place for row in race.book.reads.results(race.event)}
    assert rows == {
        "Kok": UnitPlace(13, "o"),
        "Bowe": UnitPlace(13, "i"),
        "Leerdam": UnitPlace(15, "o"),
    }
    race.mark("Kok", "1:12.59")
    head = race.book.reads.event_head(race.event)
    assert (head.units, head.units_done, head.entries, head.finished) == (15, 13, 3, 1)
    assert head.status == "running"


# Medals


def test_r07_two_thirds_of_a_bracket_are_two_bronzes(book: Book) -> None:
    kind = book.edits.add_event_type(
        NewEventType(
            "WJUDO", "JUD", "Judo", "W", TIME, classification=Classification.MANUAL, bronzes=2
        )
    )
    race = add_race(
        book, add_competition(book, "OG", "2026-02-06", "2026-02-22"), kind, "2026-02-09"
    )
    for code, rank in {"JPN": "1", "FRA": "2", "BRA": "3", "GEO": "3", "KOR": "5"}.items():
        race.enter(f"Judoka {code}", code)
        book.edits.enter_rank(race.entries[f"Judoka {code}"], rank)
    book.edits.make_official(race.event, DAY)
    assert table(book) == [
        ("JPN", (1, 0, 0), 1),
        ("FRA", (0, 1, 0), 2),
        ("BRA", (0, 0, 1), 3),
        ("GEO", (0, 0, 1), 3),
    ]
    assert book.reads.event_head(race.event).bronzes == 2


def test_r10_medals_count_when_the_event_is_official(race: Race) -> None:
    book = race.book
    race.enter("Kok", "NED", mark="1:12.59")
    race.enter("Takagi", "JPN", mark="1:13.95")
    assert table(book) == []
    standing = [("NED", (1, 0, 0), 1), ("JPN", (0, 1, 0), 2)]
    assert table(book, as_it_stands=True) == standing
    book.edits.make_official(race.event, DAY)
    assert table(book) == table(book, as_it_stands=True) == standing
    book.edits.reopen_event(race.event)
    assert table(book) == []
    head = book.reads.event_head(race.event)
    assert (head.status, head.official_at) == ("unofficial", None)
    assert_sound(book)


def test_r10_to_reopen_an_event_that_is_open_changes_nothing(race: Race) -> None:
    race.book.edits.reopen_event(race.event)
    assert race.book.reads.event_head(race.event).status == "scheduled"


def test_r21_the_table_is_what_the_events_gave(book: Book) -> None:
    competition = add_competition(book, "OG", "2026-02-06", "2026-02-22")
    for code, marks in [("W500", ["37.1", "37.1", "37.3", "37.4"]), ("W1000", ["72", "73", "73"])]:
        race = add_race(book, competition, add_event_type(book, code), "2026-02-09")
        for number, (mark, of) in enumerate(zip(marks, ["NED", "JPN", "USA", "NED"], strict=False)):
            race.enter(f"Skater {number}", of, mark=mark)
        book.edits.make_official(race.event, DAY)
    found = book.reads.medal_table(competition)
    assert found.totals == Tally(3, 2, 1)
    assert found.events == 2
    assert [(line.row.nation, line.row.tally.triple) for line in found.lines] == [
        ("NED", (2, 0, 0)),
        ("JPN", (1, 1, 0)),
        ("USA", (0, 1, 1)),
    ]
    medals = book.reads.medals_of(competition, nation(book, "JPN"))
    assert [(won.event_name, won.name, won.medal) for won in medals] == [
        ("Games OG · Event W1000", "Skater 1", Medal.SILVER),
        ("Games OG · Event W500", "Skater 1", Medal.GOLD),
    ]
    assert book.reads.tally(competition, nation(book, "USA"), as_it_stands=False) == Tally(0, 1, 1)


# Nations


def test_r13_a_code_is_that_of_the_day(book: Book) -> None:
    reads = book.reads
    china, russia = (
        reads.nation_by_code("ROC", "1952-07-20"),
        reads.nation_by_code("ROC", "2022-02-10"),
    )
    assert china != russia
    assert (reads.nation_code(china, "1952-07-20"), reads.nation_code(russia, "2022-02-10")) == (
        "ROC",
        "ROC",
    )
    taiwan = reads.nation_by_code("TPE")
    assert reads.nation_code(taiwan, "1974-01-01") == "ROC"
    assert reads.nation_code(taiwan, "2026-02-09") == "TPE"


def test_r13_two_nations_of_one_code_are_two_lines_of_the_table(race: Race) -> None:
    book = race.book
    with book.edits.together(Action.ADD_NATION, "twice") as writer:
        for name in ("One", "Other"):
            added = writer.insert("nation", name=name, kind="other")
            writer.insert("nation_code", nation_id=added, code="TWO", name=name)
            athlete = book.edits.add_athlete(name)
            entry = book.edits.add_entry(race.event, added, athlete=athlete)
            book.edits.enter_mark(book.edits.result_of(entry), "1:12")
    (competition,) = book.reads.competitions()
    lines = book.reads.medal_table(competition.id, as_it_stands=True).lines
    assert [(line.name, line.row.nation, line.row.by_gold.number) for line in lines] == [
        ("One", "TWO", 1),
        ("Other", "TWO", 1),
    ]


def test_r15_a_nation_left_out_is_not_in_the_table(race: Race) -> None:
    book = race.book
    race.enter("Neutral", "AIN", mark="1:12.00")
    race.enter("Kok", "NED", mark="1:12.59")
    book.edits.make_official(race.event, DAY)
    neutral = nation(book, "AIN")
    book.edits.set_membership(1, neutral, "left_out")
    assert table(book) == [("NED", (0, 1, 0), 1)]
    assert book.reads.tally(1, neutral, as_it_stands=False) == Tally(1, 0, 0)
    book.edits.set_membership(1, neutral, "ranked")
    assert [code for code, *_ in table(book)] == ["AIN", "NED"]


def test_r16_whom_an_entry_competes_for_is_a_fact_of_the_entry(book: Book) -> None:
    first, second = (
        add_race(book, add_competition(book, code, "2026-02-06", "2026-02-22"), kind, "2026-02-09")
        for code, kind in [
            ("ONE", add_event_type(book, "W500")),
            ("TWO", add_event_type(book, "W1000")),
        ]
    )
    first.enter("Kok", "NED", mark="37")
    second.enter("Kok", "BEL", mark="72")
    book.edits.change_entry_nation(second.entries["Kok"], nation(book, "GER"))
    nations = [book.reads.results(race.event)[0].nation for race in (first, second)]
    assert nations == ["NED", "GER"]
    assert len(book.reads.athletes_named("Kok")) == 1


def test_r17_the_table_by_total(race: Race) -> None:
    for name, code, mark in [("A", "NED", "72"), ("B", "JPN", "73"), ("C", "JPN", "74")]:
        race.enter(name, code, mark=mark)
    assert table(race.book, RankBy.TOTAL, as_it_stands=True) == [
        ("JPN", (0, 1, 1), 1),
        ("NED", (1, 0, 0), 2),
    ]


def test_r10_no_medals_as_it_stands_before_the_deciding_phase_begins(book: Book) -> None:
    race = one_race(book)
    final = book.reads.event_head(race.event).phases[0].id
    book.edits.add_phase(race.event, "Heats", 1)
    heats = book.reads.event_head(race.event).phases[0].id
    of = nation(book, "NED")
    entries = [
        book.edits.add_entry(race.event, of, athlete=book.edits.add_athlete(name), phase=heats)
        for name in ("Kok", "Leerdam")
    ]
    for entry, mark in zip(entries, ("1:13.00", "1:14.00"), strict=True):
        book.edits.enter_mark(book.edits.result_of(entry), mark)
    competition = book.reads.event_head(race.event).competition
    assert race.ranks() == {"Kok": 1, "Leerdam": 2}
    assert book.reads.medal_table(competition, as_it_stands=True).lines == ()
    in_final = book.edits.add_result(entries[1], final)
    assert book.reads.medal_table(competition, as_it_stands=True).lines == ()
    book.edits.enter_mark(in_final, "1:12.50")
    assert race.medals() == {"Leerdam": "gold", "Kok": "silver"}
    assert_sound(book)
