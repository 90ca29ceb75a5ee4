"""Record lists in a book: R22–R24, R27 and R28, derived incrementally from the facts."""

from __future__ import annotations

from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change, RecordMove
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import BadTime, DuplicateCode
from medaldesk.domain.marks import Mark
from medaldesk.domain.records import Outcome
from tests.book.worlds import (
    POINTS,
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    nation,
    one_race,
)

OR_2022 = NewBaseline("Takagi", "1:13.19", day=date(2022, 2, 17), place="Beijing")


@pytest.fixture
def race(book: Book) -> Race:
    """The women's 1000 m of a Games, with the Olympic record that stood before it."""
    race = one_race(book)
    (found,) = book.reads.record_lists()
    book.edits.set_baseline(found.id, OR_2022)
    return race


def editions(book: Book, *years: int) -> list[Race]:
    """The same event at Games of one series, four years apart, with an Olympic record."""
    event_type = add_event_type(book, "W1000")
    book.edits.add_series("OG", "Games")
    book.edits.add_record_list("OR", event_type, series="OG")
    races = []
    for year in years:
        competition = add_competition(
            book, f"OG{year}", f"{year}-02-06", f"{year}-02-22", series="OG"
        )
        races.append(add_race(book, competition, event_type, f"{year}-02-09"))
    return races


def history(book: Book, number: int = 1) -> list[tuple[str, str]]:
    """Holder and outcome of each line of a list, the oldest first."""
    rows = book.reads.record_history(number).rows
    return [(row.holder, row.outcome or "baseline") for row in rows]


def flags(*races: Race) -> list[tuple[str, str]]:
    return [
        (name, text) for race in races for name, texts in race.flags().items() for text in texts
    ]


# What counts


def test_r22_the_baseline_is_what_stood_before_the_book(race: Race) -> None:
    race.enter("Bowe", "USA", unit="13", mark="1:14.55")
    race.enter("Kok", unit="13", mark="1:12.59")
    assert history(race.book) == [("Takagi", "baseline"), ("Kok", "set")]
    baseline = race.book.reads.record_history(1).rows[0]
    assert (baseline.day, baseline.place, baseline.mark) == (
        "2022-02-17",
        "Beijing",
        Mark(73_190_000, 2),
    )


def test_r22_marks_up_to_the_day_of_the_baseline_are_what_it_stands_for(book: Book) -> None:
    before, after = editions(book, 2018, 2026)
    before.enter("ter Mors", mark="1:12.00")
    after.enter("Kok", mark="1:12.59")
    book.edits.set_baseline(1, OR_2022)
    assert history(book) == [("Takagi", "baseline"), ("Kok", "set")]
    (reason,) = book.reads.record_reasons(before.results["ter Mors"])
    assert reason.outcome is Outcome.BEFORE_BASELINE
    assert_sound(book)


def test_r22_the_day_of_the_baseline_is_still_its_own(race: Race) -> None:
    edits = race.book.edits
    race.enter("Kok", mark="1:12.59")
    edits.set_baseline(1, NewBaseline("Leerdam", "1:14.00", day=date(2026, 2, 9)))
    assert race.flags() == {}
    edits.set_baseline(1, NewBaseline("Leerdam", "1:14.00", day=date(2026, 2, 8)))
    assert race.flags() == {"Kok": ["OR"]}
    edits.set_baseline(1, NewBaseline("Leerdam", "1:14.00"))
    assert race.flags() == {"Kok": ["OR"]}


def test_r22_a_list_of_a_series_takes_its_competitions_alone(race: Race) -> None:
    book = race.book
    (event_type,) = book.reads.event_types()
    book.edits.add_record_list("WR", event_type.id)
    cup = add_race(
        book, add_competition(book, "CUP", "2026-01-01", "2026-01-31"), event_type.id, "2026-01-10"
    )
    cup.enter("Bowe", "USA", mark="1:11.61")
    race.enter("Kok", mark="1:12.59")
    assert flags(cup, race) == [("Bowe", "WR"), ("Kok", "OR")]
    (row,) = [c for c in book.reads.competitions() if c.code == "CUP"]
    book.edits.set_series(row.id, "OG")
    assert flags(cup, race) == [("Bowe", "WR"), ("Bowe", "OR")]
    book.edits.set_series(row.id, None)
    assert flags(cup, race) == [("Bowe", "WR"), ("Kok", "OR")]
    assert_sound(book)


def test_r22_a_national_and_a_track_record_are_lists_of_their_own(race: Race) -> None:
    book = race.book
    (event_type,) = book.reads.event_types()
    national = book.edits.add_record_list("NR", event_type.id, nation=nation(book, "NED"))
    track = book.edits.add_record_list("TR", event_type.id, venue="Oval")
    race.enter("Bowe", "USA", unit="1", mark="1:14.00")
    race.enter("Kok", "NED", unit="1", mark="1:14.50")
    assert race.flags() == {"Kok": ["NR"]}
    book.edits.change_event(race.event, day=date(2026, 2, 9), venue="Oval")
    assert race.flags() == {"Kok": ["NR"], "Bowe": ["TR"]}
    book.edits.change_entry_nation(race.entries["Kok"], nation(book, "NOR"))
    assert race.flags() == {"Bowe": ["TR"]}
    lists = {row.id: (row.nation, row.venue) for row in book.reads.record_lists()}
    assert lists == {1: (None, None), national: ("NED", None), track: (None, "Oval")}
    assert_sound(book)


def test_r22_the_same_list_is_not_kept_twice(race: Race) -> None:
    (event_type,) = race.book.reads.event_types()
    with pytest.raises(DuplicateCode):
        race.book.edits.add_record_list("OR", event_type.id, series="OG")


def test_r27_a_heat_counts_and_so_does_whoever_wins_nothing(race: Race) -> None:
    book = race.book
    race.enter("Kok", unit="1", mark="1:12.59")
    race.enter("Leerdam", unit="2", mark="1:14.00")
    final = book.edits.add_phase(race.event, "Final")
    book.edits.enter_mark(book.edits.add_result(race.entries["Leerdam"], final), "1:13.00")
    assert race.ranks() == {"Leerdam": 1, "Kok": 2}
    assert history(book) == [("Takagi", "baseline"), ("Kok", "set")]


def test_rules_2_a_status_is_no_record_and_sets_no_mark_to_beat(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", unit="15", mark="1:12.70")
    assert race.flags() == {"Kok": ["OR"]}
    race.mark("Kok", "dsq")
    assert race.flags() == {"Leerdam": ["OR"]}


# Which comes first


def test_r23_pairs_go_before_the_order_of_typing(race: Race) -> None:
    race.enter("Leerdam", unit="15 o", mark="1:12.31")
    assert race.flags() == {"Leerdam": ["OR"]}
    race.enter("Kok", unit="13 o", mark="1:12.59")
    assert race.flags() == {"Leerdam": ["OR"], "Kok": ["OR"]}


def test_r23_of_one_pair_only_the_better_is_a_record(race: Race) -> None:
    race.enter("Kok", unit="15 o", mark="1:12.59")
    race.enter("Leerdam", unit="15 i", mark="1:12.31")
    assert race.flags() == {"Leerdam": ["OR"]}
    race.book.edits.place_in_unit(race.results["Kok"], "14")
    assert race.flags() == {"Leerdam": ["OR"], "Kok": ["OR"]}


def test_r23_marks_without_a_pair_come_last_and_together(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", mark="1:12.31")
    race.enter("Takagi", mark="1:12.40")
    assert race.flags() == {"Kok": ["OR"], "Leerdam": ["OR"]}


def test_r23_a_clock_time_goes_before_the_number_of_the_pair(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", unit="15", mark="1:12.31")
    edits = race.book.edits
    edits.enter_clock_time(race.results["Leerdam"], "17:30")
    edits.enter_clock_time(race.results["Kok"], "18.05")
    assert race.flags() == {"Leerdam": ["OR"]}
    edits.enter_clock_time(race.results["Kok"], "9:05:30")
    assert race.flags() == {"Kok": ["OR"], "Leerdam": ["OR"]}
    assert_sound(race.book)


def test_r23_a_pair_without_a_clock_time_keeps_its_place_among_those_with_one(race: Race) -> None:
    for name, pair, mark in [("Kok", "1", "1:13"), ("Leerdam", "2", "1:12"), ("Bowe", "3", "1:11")]:
        race.enter(name, unit=pair, mark=mark)
    race.book.edits.enter_clock_time(race.results["Kok"], "17:30")
    race.book.edits.enter_clock_time(race.results["Bowe"], "17:40")
    assert [holder for holder, _ in history(race.book)] == ["Takagi", "Kok", "Leerdam", "Bowe"]


@pytest.mark.parametrize("text", ["25:00", "12", "12:60", "noon", "1:2:3"])
def test_r23_what_is_no_time_of_day_is_refused(race: Race, text: str) -> None:
    result = race.enter("Kok")
    with pytest.raises(BadTime):
        race.book.edits.enter_clock_time(result, text)


def test_r23_a_phase_goes_before_the_next_phase_of_the_day(race: Race) -> None:
    book = race.book
    race.enter("Kok", unit="9", mark="1:12.59")
    final = book.edits.add_phase(race.event, "Final")
    book.edits.enter_mark(book.edits.add_result(race.entries["Kok"], final, unit="1"), "1:12.31")
    rows = book.reads.record_history(1).rows
    assert [row.mark.value for row in rows[1:]] == [72_590_000, 72_310_000]


def test_r23_the_day_of_a_unit_goes_before_that_of_its_event(race: Race) -> None:
    book = race.book
    race.enter("Kok", unit="1", mark="1:12.59")
    race.enter("Leerdam", unit="2", mark="1:12.31")
    assert race.flags() == {"Kok": ["OR"], "Leerdam": ["OR"]}
    with book.edits.together(Action.CHANGE_EVENT, "rain") as writer:
        writer.update("unit", 1, date="2026-02-10")
    assert race.flags() == {"Leerdam": ["OR"]}
    assert_sound(book)


def test_r23_competitions_of_one_day_take_turns_by_the_clock(book: Book) -> None:
    event_type = add_event_type(book, "W1000")
    book.edits.add_record_list("WR", event_type)
    races = [
        add_race(
            book, add_competition(book, code, "2026-02-06", "2026-02-22"), event_type, "2026-02-09"
        )
        for code in ("ONE", "TWO")
    ]
    for race, pair, clock, name, mark in [
        (races[0], "1", "10:00", "Kok", "1:13.00"),
        (races[1], "1", "10:30", "Bowe", "1:12.50"),
        (races[0], "2", "11:00", "Leerdam", "1:12.00"),
        (races[1], "2", "11:30", "Takagi", "1:11.50"),
    ]:
        result = race.enter(name, unit=pair, mark=mark)
        book.edits.enter_clock_time(result, clock)
    assert [holder for holder, _ in history(book)] == ["Kok", "Bowe", "Leerdam", "Takagi"]
    races[0].mark("Leerdam", "1:13")
    assert [holder for holder, _ in history(book)] == ["Kok", "Bowe", "Takagi"]
    assert_sound(book)


@pytest.mark.parametrize("table", ["event", "phase", "unit"])
def test_r23_another_event_is_between_by_the_day_of_its_unit_or_phase(
    book: Book, table: str
) -> None:
    """A day that is not that of the event itself is looked for where it stands."""
    event_type = add_event_type(book, "W1000")
    book.edits.add_record_list("WR", event_type)
    one, two = (
        add_race(book, add_competition(book, code, "2026-02-06", "2026-02-22"), event_type, day)
        for code, day in [("ONE", "2026-02-09"), ("TWO", "2026-02-20")]
    )
    for race, name, pair, clock, mark in [
        (one, "Kok", "1", "10:00", "1:13.00"),
        (two, "Bowe", "1", "10:30", "1:12.50"),
        (one, "Leerdam", "2", "11:00", "1:12.00"),
    ]:
        book.edits.enter_clock_time(race.enter(name, unit=pair, mark=mark), clock)
    with book.edits.together(Action.CHANGE_EVENT, "earlier") as writer:
        writer.update(table, 2, date="2026-02-09")
    assert [holder for holder, _ in history(book)] == ["Kok", "Bowe", "Leerdam"]
    one.mark("Kok", "1:12.20")
    assert [holder for holder, _ in history(book)] == ["Kok", "Leerdam"]
    one.mark("Kok", "1:12.90")
    assert [holder for holder, _ in history(book)] == ["Kok", "Bowe", "Leerdam"]
    assert_sound(book)


# What changes when a mark does


def test_r24_an_equal_mark_is_equalled_and_flagged_so(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", unit="15", mark="1:12.59")
    assert race.flags() == {"Kok": ["OR"], "Leerdam": ["=OR"]}
    assert [row.reign.current for row in race.book.reads.record_history(1).rows] == [
        False,
        True,
        True,
    ]


def test_r24_a_list_may_not_share(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    result = race.enter("Leerdam", unit="15", mark="1:12.59")
    with race.book.edits.together(Action.ADD_RECORD_LIST, "OR") as writer:
        writer.update("record_list", 1, shares_equal=0)
    assert race.flags() == {"Kok": ["OR"]}
    (reason,) = race.book.reads.record_reasons(result)
    assert reason.outcome is Outcome.NOT_SHARED


def test_r24_correcting_an_old_record_brings_back_those_that_fell_short(book: Book) -> None:
    """A standing record in the middle of a history becomes worse, then better, then goes."""
    first, middle, later, last = editions(book, 2014, 2018, 2022, 2026)
    first.enter("Zhang", "CHN", mark="1:14.02")
    middle.enter("ter Mors", mark="1:12.00")
    later.enter("Takagi", "JPN", mark="1:13.19")
    later.enter("Bowe", "USA", unit="1", mark="1:13.83")
    last.enter("Kok", unit="13", mark="1:12.59")
    last.enter("Leerdam", unit="15", mark="1:11.90")
    assert [holder for holder, _ in history(book)] == ["Zhang", "ter Mors", "Leerdam"]
    told: list[RecordMove] = []
    book.subscribe(lambda change: told.extend(change.moves.records))
    middle.mark("ter Mors", "1:13.56")
    everyone = ["Zhang", "ter Mors", "Takagi", "Kok", "Leerdam"]
    assert [holder for holder, _ in history(book)] == everyone
    assert {(move.result, move.after) for move in told} == {
        (later.results["Takagi"], Outcome.SET),
        (last.results["Kok"], Outcome.SET),
    }
    middle.mark("ter Mors", "1:12.59")
    assert history(book)[1:] == [("ter Mors", "set"), ("Kok", "equalled"), ("Leerdam", "set")]
    middle.mark("ter Mors", "1:14.02")
    assert history(book)[:4] == [
        ("Zhang", "set"),
        ("ter Mors", "equalled"),
        ("Bowe", "set"),
        ("Takagi", "set"),
    ]
    middle.mark("ter Mors", "")
    assert [holder for holder, _ in history(book)][0:2] == ["Zhang", "Bowe"]
    assert_sound(book)


def test_r24_a_record_that_is_corrected_stays_one_and_its_list_has_changed(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", unit="15", mark="1:13.50")
    told: list[Change] = []
    race.book.subscribe(told.append)
    race.mark("Kok", "1:12.58")
    race.mark("Leerdam", "1:13.40")
    assert [change.moves.records for change in told] == [(), ()]
    assert [change.record_lists for change in told] == [{1}, frozenset()]


def test_r24_taking_the_first_record_away_opens_the_list_anew(book: Book) -> None:
    first, second = editions(book, 2022, 2026)
    first.enter("Takagi", "JPN", mark="1:13.19")
    second.enter("Kok", unit="13", mark="1:14.00")
    second.enter("Leerdam", unit="15", mark="1:14.50")
    assert history(book) == [("Takagi", "set")]
    book.edits.delete_event(first.event)
    assert history(book) == [("Kok", "set")]
    book.edits.undo()
    assert history(book) == [("Takagi", "set")]
    assert_sound(book)


def test_r24_events_of_one_list_may_change_places_in_one_edit(book: Book) -> None:
    """Each is looked for where it was before, also when the other has moved there."""
    event_type = add_event_type(book, "W1000")
    book.edits.add_record_list("WR", event_type)
    races = [
        add_race(book, add_competition(book, code, "2026-02-01", "2026-02-28"), event_type, day)
        for code, day in [("ONE", "2026-02-05"), ("TWO", "2026-02-20"), ("MID", "2026-02-10")]
    ]
    one, two, middle = races
    one.enter("Kok", mark="1:12.00")
    two.enter("Leerdam", mark="1:14.00")
    middle.enter("Bowe", "USA", mark="1:13.00")
    assert history(book) == [("Kok", "set")]
    with book.edits.together(Action.CHANGE_EVENT, "days"):
        book.edits.change_event(one.event, day=date(2026, 2, 20), venue=None)
        book.edits.change_event(two.event, day=date(2026, 2, 5), venue=None)
    assert [holder for holder, _ in history(book)] == ["Leerdam", "Bowe", "Kok"]
    book.edits.undo()
    assert history(book) == [("Kok", "set")]
    assert_sound(book)


def test_r24_where_higher_is_better_the_history_goes_up(book: Book) -> None:
    race = one_race(book, POINTS)
    for pair, (name, mark) in enumerate([("Kok", "80"), ("Leerdam", "79"), ("Bowe", "85.5")], 1):
        race.enter(name, unit=str(pair), mark=mark)
    assert [holder for holder, _ in history(book)] == ["Kok", "Bowe"]
    race.mark("Kok", "78")
    assert [holder for holder, _ in history(book)] == ["Kok", "Leerdam", "Bowe"]


# Why


def test_r28_every_result_knows_why_it_is_or_is_not_a_record(race: Race) -> None:
    marks = {
        "Schulting": ("1", "1:15.46"),
        "Bowe": ("13 i", "1:14.55"),
        "Kok": ("13 o", "1:12.59"),
        "Takagi": ("15 i", "1:12.40"),
        "Leerdam": ("15 o", "1:12.31"),
        "Lollobrigida": ("15", ""),
        "Jackson": ("14", "dnf"),
    }
    for name, (unit, mark) in marks.items():
        race.enter(name, unit=unit, mark=mark)
    reasons = {name: race.book.reads.record_reasons(race.results[name])[0] for name in marks}
    assert {name: reason.outcome for name, reason in reasons.items()} == {
        "Schulting": Outcome.NOT_BETTER,
        "Bowe": Outcome.NOT_BETTER,
        "Kok": Outcome.SET,
        "Takagi": Outcome.BEATEN_IN_UNIT,
        "Leerdam": Outcome.SET,
        "Lollobrigida": Outcome.NO_MARK,
        "Jackson": Outcome.STATUS,
    }
    assert reasons["Jackson"].status == "DNF"
    stood = {name: reason.stood.holder for name, reason in reasons.items() if reason.stood}
    assert stood == {
        "Schulting": "Takagi",
        "Bowe": "Takagi",
        "Kok": "Takagi",
        "Takagi": "Kok",
        "Leerdam": "Kok",
    }
    assert reasons["Leerdam"].margin == Mark(280_000, 2)


def test_r28_the_one_to_beat_is_who_set_the_record_not_who_equalled_it_since(race: Race) -> None:
    race.enter("Kok", unit="13", mark="1:12.59")
    result = race.enter("Bowe", "USA", unit="14", mark="1:12.60")
    race.enter("Leerdam", unit="15", mark="1:12.59")
    (reason,) = race.book.reads.record_reasons(result)
    assert reason.stood is not None
    assert reason.stood.holder == "Kok"
    (equalled,) = race.book.reads.record_reasons(race.results["Leerdam"])
    assert equalled.outcome is Outcome.EQUALLED
    assert equalled.stood is not None
    assert equalled.stood.holder == "Kok"


def test_r28_a_national_list_asks_nothing_of_other_nations(race: Race) -> None:
    book = race.book
    (event_type,) = book.reads.event_types()
    book.edits.add_record_list("NR", event_type.id, nation=nation(book, "NED"))
    foreign = race.enter("Bowe", "USA", unit="1", mark="1:14.00")
    own = race.enter("Kok", unit="2", mark="1:12.00")
    assert [reason.list.code for reason in book.reads.record_reasons(foreign)] == ["OR"]
    assert [reason.list.code for reason in book.reads.record_reasons(own)] == ["OR", "NR"]
