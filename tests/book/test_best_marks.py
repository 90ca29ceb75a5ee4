"""R29: personal and season bests of athletes, derived as records are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action, Change
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.marks import Better
from tests.book.worlds import (
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    everything,
    nation,
)


def season_of(book: Book, *days: str, discipline: str = "SSK") -> list[Race]:
    """The same event on several days, each at a competition of its own."""
    event_type = book.edits.add_event_type(
        NewEventType("W1000", discipline, "1000 m", "W", TIME, keeps_bests=True)
    )
    races = []
    for day in days:
        competition = add_competition(book, f"C{day}", day, day)
        races.append(add_race(book, competition, event_type, day))
    return races


def bests(book: Book) -> dict[tuple[str, str], str]:
    """Day and mark of every best: `personal set`."""
    rows = book.reads._rows(
        """SELECT e.date, printf('%.2f', r.mark / 1e6), b.scope || ' ' || b.outcome
        FROM best_mark AS b JOIN result AS r ON r.id = b.result_id
        JOIN event AS e ON e.id = b.event_id ORDER BY e.date, r.id"""
    )
    return {(day, mark): best for day, mark, best in rows}


def undone(book: Book, edit: Callable[[], object]) -> None:
    """Whatever an edit did is taken back whole, and made again."""
    before = everything(book.path)
    edit()
    after = everything(book.path)
    book.edits.undo()
    assert everything(book.path) == before
    book.edits.redo()
    assert everything(book.path) == after
    assert_sound(book)


def test_r29_the_first_mark_in_the_book_is_where_a_career_begins(book: Book) -> None:
    races = season_of(book, "2024-11-01", "2025-01-10", "2025-12-05", "2026-02-09")
    for race, mark in zip(races, ["75.00", "74.00", "74.50", "74.20"], strict=True):
        race.enter("Kok", mark=mark)
    assert bests(book) == {
        ("2025-01-10", "74.00"): "personal set",
        ("2026-02-09", "74.20"): "season set",
    }
    assert_sound(book)


def test_r29_equal_to_the_best_is_equalled(book: Book) -> None:
    races = season_of(book, "2024-11-01", "2025-01-10", "2025-12-05", "2026-01-10", "2026-02-09")
    for race, mark in zip(races, ["75", "75.00", "76", "76.00", "75.00"], strict=True):
        race.enter("Kok", mark=mark)
    assert bests(book) == {
        ("2025-01-10", "75.00"): "personal equalled",
        ("2026-01-10", "76.00"): "season equalled",
        ("2026-02-09", "75.00"): "personal equalled",
    }


@pytest.mark.parametrize(
    ("discipline", "expected"),
    [
        ("SSK", {("2026-01-10", "76.00"): "season set", ("2026-07-01", "75.50"): None}),
        ("ATH", {("2026-01-10", "76.00"): None, ("2026-07-01", "75.50"): "season set"}),
    ],
)
def test_r29_a_winter_season_ends_in_june(
    book: Book, discipline: str, expected: dict[tuple[str, str], str | None]
) -> None:
    races = season_of(book, "2024-03-01", "2025-12-05", "2026-01-10", "2026-07-01",
                      discipline=discipline)  # fmt: skip
    for race, mark in zip(races, ["75", "77", "76", "75.50"], strict=True):
        race.enter("Kok", mark=mark)
    found = bests(book)
    assert {key: found.get(key) for key in expected} == expected


def test_r29_a_final_after_the_heat_of_the_day_is_the_later_mark(book: Book) -> None:
    (race,) = season_of(book, "2026-02-09")
    race.enter("Kok", unit="3", mark="75.00")
    final = book.edits.add_phase(race.event, "Final")
    result = book.edits.add_result(race.entries["Kok"], final, unit="1")
    book.edits.enter_mark(result, "74.00")
    book.edits.enter_clock_time(race.results["Kok"], "10:00")
    assert bests(book) == {("2026-02-09", "74.00"): "personal set"}
    undone(book, lambda: book.edits.enter_clock_time(result, "09:00"))
    assert bests(book) == {}


def test_r29_each_athlete_and_each_event_has_a_career_of_its_own(book: Book) -> None:
    one, two = season_of(book, "2025-12-05", "2026-01-10")
    other = add_race(book, 1, add_event_type(book, "W500"), "2025-12-05")
    one.enter("Kok", mark="75.00")
    one.enter("Leerdam", mark="76.00")
    other.enter("Bowe", "USA", mark="37.00")
    two.enter("Bowe", "USA", mark="74.00")
    two.enter("Leerdam", mark="75.50")
    assert bests(book) == {("2026-01-10", "75.50"): "personal set"}


def test_r29_what_comes_before_decides_what_follows(book: Book) -> None:
    """A mark that is corrected, moved or struck changes the bests of other events."""
    one, two, three = season_of(book, "2025-11-01", "2025-12-05", "2026-01-10")
    for race, mark in zip((one, two, three), ["75", "74", "73.50"], strict=True):
        race.enter("Kok", mark=mark)
    both = {("2025-12-05", "74.00"): "personal set", ("2026-01-10", "73.50"): "personal set"}
    assert bests(book) == both
    undone(book, lambda: one.mark("Kok", "73.80"))
    assert bests(book) == {("2026-01-10", "73.50"): "personal set"}
    undone(book, lambda: one.mark("Kok", "dsq"))
    assert bests(book) == {("2026-01-10", "73.50"): "personal set"}
    undone(book, lambda: one.mark("Kok", "75"))
    assert bests(book) == both
    with book.edits.together(Action.CHANGE_COMPETITION, "later") as writer:
        writer.update("competition", 1, end_date="2026-02-01")
    undone(book, lambda: book.edits.change_event(one.event, day=date(2026, 2, 1), venue=None))
    assert bests(book) == {("2026-01-10", "73.50"): "personal set"}


def test_r29_an_assisted_mark_is_no_best(book: Book) -> None:
    one, two = season_of(book, "2025-11-01", "2025-12-05")
    one.enter("Kok", mark="75")
    two.enter("Kok", mark="74")
    undone(book, lambda: book.edits.enter_assistance(two.results["Kok"], "pacemaker"))
    assert bests(book) == {}


def test_r29_a_disqualification_by_decision_takes_bests_away(book: Book) -> None:
    one, two = season_of(book, "2025-11-01", "2025-12-05")
    one.enter("Kok", mark="75")
    two.enter("Kok", mark="74")
    line = DecisionLine(two.entries["Kok"], sets_status=True, status="DSQ")
    new = NewDecision(body="IOC", day=date(2027, 1, 1), reason="doping", lines=[line])
    undone(book, lambda: book.edits.take_decision(two.event, new))
    assert bests(book) == {}
    undone(book, lambda: book.edits.revoke_decision(1, date(2028, 1, 1)))
    assert bests(book) == {("2025-12-05", "74.00"): "personal set"}


def test_r29_who_leaves_an_event_takes_the_mark_along(book: Book) -> None:
    """Also the first one, which has no flag of its own."""
    one, two, three = season_of(book, "2025-11-01", "2025-12-05", "2026-01-10")
    for race, mark in zip((one, two, three), ["75", "74", "73"], strict=True):
        race.enter("Kok", mark=mark)
    undone(book, lambda: book.edits.delete_entry(one.entries["Kok"]))
    assert bests(book) == {("2026-01-10", "73.00"): "personal set"}
    book.edits.undo()
    somebody = book.edits.add_athlete("Leerdam")
    undone(book, lambda: book.edits.change_entry_athlete(one.entries["Kok"], somebody))
    assert bests(book) == {("2026-01-10", "73.00"): "personal set"}
    book.edits.undo()
    undone(book, lambda: book.edits.delete_event(one.event))
    assert bests(book) == {("2026-01-10", "73.00"): "personal set"}


def test_r29_where_higher_becomes_better_every_best_is_another(book: Book) -> None:
    one, two = season_of(book, "2025-11-01", "2025-12-05")
    one.enter("Kok", mark="75")
    two.enter("Kok", mark="76")
    assert bests(book) == {}
    higher = replace(TIME, better=Better.HIGHER)
    turned = NewEventType("W1000", "SSK", "1000 m", "W", higher, keeps_bests=True)
    undone(book, lambda: book.edits.change_event_type(1, turned))
    assert bests(book) == {("2025-12-05", "76.00"): "personal set"}


def test_r29_the_events_in_which_a_best_came_or_went_are_told(book: Book) -> None:
    one, two, three = season_of(book, "2025-11-01", "2025-12-05", "2026-01-10")
    for race, mark in zip((one, two, three), ["75", "74", "76"], strict=True):
        race.enter("Kok", mark=mark)
    told: list[Change] = []
    book.subscribe(told.append)
    one.mark("Kok", "73")
    three.mark("Kok", "77")
    assert [change.events for change in told] == [{one.event, two.event}, {three.event}]


def test_r29_a_team_has_no_personal_best(book: Book) -> None:
    one, two = season_of(book, "2025-11-01", "2025-12-05")
    for race, mark in ((one, "75"), (two, "74")):
        entry = book.edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
        book.edits.enter_mark(book.edits.result_of(entry), mark)
    assert bests(book) == {}
    assert_sound(book)


def test_r29_the_bests_of_an_athlete_say_when_and_where(book: Book) -> None:
    one, two, three = season_of(book, "2025-11-01", "2025-12-05", "2026-01-10")
    for race, mark in zip((one, two, three), ["75", "74.00", "74"], strict=True):
        race.enter("Kok", mark=mark)
    sprint = add_race(book, 1, add_event_type(book, "W500"), "2025-11-01")
    sprint.enter("Kok", mark="37.05")
    one.enter("Leerdam", mark="dnf")
    (kok,), (leerdam,) = (book.reads.athletes_named(name) for name in ("Kok", "Leerdam"))
    found = [
        (best.event_type_code, best.mark.value, best.day, best.competition, best.nation)
        for best in book.reads.athlete_bests(kok.id)
    ]
    assert found == [
        ("W1000", 74_000_000, "2025-12-05", "C2025-12-05", "NED"),
        ("W500", 37_050_000, "2025-11-01", "C2025-11-01", "NED"),
    ]
    assert book.reads.athlete_bests(leerdam.id) == []


def test_a_mark_that_makes_a_later_best_touches_that_event_in_nothing_but_its_flags(
    book: Book,
) -> None:
    event_type = add_event_type(book, "W1000")
    races = []
    for year in (2018, 2022, 2026):
        held = add_competition(book, f"OG{year}", f"{year}-02-06", f"{year}-02-22")
        races.append(add_race(book, held, event_type, f"{year}-02-09"))
    for race, mark in zip(races, ("1:15.00", "1:14.00", "1:13.50"), strict=True):
        race.enter("Takagi", "JPN", mark=mark)
    told: list[Change] = []
    book.subscribe(told.append)
    races[0].mark("Takagi", "1:13.80")
    assert told[-1].events == {races[0].event, races[1].event}
    assert told[-1].flagged == {races[1].event}
    races[1].mark("Takagi", "1:13.70")
    assert told[-1].flagged == set()
    assert_sound(book)


def test_r29_where_the_book_does_not_hold_careers_no_best_is_told(book: Book) -> None:
    earlier, later = season_of(book, "2025-11-10", "2025-12-10")
    earlier.enter("Kok", mark="1:14.00")
    later.enter("Kok", mark="1:13.00")
    assert [row.best.text for row in book.reads.results(later.event) if row.best] == ["PB"]
    plain = NewEventType("W1000", "SSK", "1000 m", "W", TIME)
    book.edits.change_event_type(book.reads.event_head(later.event).event_type, plain)
    assert [row.best for row in book.reads.results(later.event)] == [None]
    assert_sound(book)
    book.edits.undo()
    assert [row.best.text for row in book.reads.results(later.event) if row.best] == ["PB"]
