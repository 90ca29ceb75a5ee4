"""R1, R3, R4, R8: the sheet of a phase that does not decide the event."""

from __future__ import annotations

from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.marks import Mark, MarkKind, format_behind
from tests.book.worlds import (
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    nation,
    one_race,
)

DAY = date(2026, 2, 9)


@pytest.fixture
def race(book: Book) -> Race:
    return one_race(book)


def heats_and_final(race: Race) -> tuple[int, int]:
    """A phase of heats before the one that decides; their ids."""
    race.book.edits.add_phase(race.event, "Heats", 1)
    heats, final = race.book.reads.event_head(race.event).phases
    return heats.id, final.id


def in_heat(race: Race, heats: int, name: str, unit: str, mark: str) -> int:
    edits = race.book.edits
    athlete = edits.add_athlete(name)
    of = nation(race.book, "AUS")
    entry = edits.add_entry(race.event, of, athlete=athlete, phase=heats, unit=unit)
    race.entries[name] = entry
    edits.enter_mark(edits.result_of(entry), mark)
    return entry


def ranking(race: Race, phase: int) -> list[tuple[str, int | None, bool, int]]:
    rows = race.book.reads.results(race.event, phase)
    return [(row.name, row.rank, row.rank_equal, row.sort_order) for row in rows]


def test_r01_a_heat_is_ranked_by_itself_and_the_final_is_as_it_was(race: Race) -> None:
    edits, reads = race.book.edits, race.book.reads
    heats, final = heats_and_final(race)
    for name, unit, mark in [
        ("Freeman", "1 4", "50.99"), ("Merry", "2 4", "50.30"), ("Guevara", "2 5", "50.99"),
        ("Graham", "1 5", "51.50"), ("Seyerling", "2 6", "dns"),
    ]:  # fmt: skip
        in_heat(race, heats, name, unit, mark)
    for name, mark in [("Freeman", "49.11"), ("Merry", "49.72"), ("Graham", "49.58")]:
        result = edits.add_result(race.entries[name], final, unit="1")
        edits.enter_mark(result, mark)
    assert ranking(race, heats) == [
        ("Merry", 1, False, 1),
        ("Freeman", 2, True, 2),
        ("Guevara", 2, True, 3),
        ("Graham", 4, False, 4),
        ("Seyerling", None, False, 5),
    ]
    rows = reads.results(race.event, heats)
    behind = [format_behind(row.behind, MarkKind.TIME) for row in rows]
    assert behind == ["", "+0.69", "+0.69", "+1.20", ""]
    assert [name for name, *_ in ranking(race, final)] == ["Freeman", "Graham", "Merry"]
    assert race.medals() == {"Freeman": "gold", "Graham": "silver", "Merry": "bronze"}
    heads = [reads.event_head(race.event, phase) for phase in (None, final, heats)]
    assert [(head.units, head.units_done) for head in heads] == [(1, 1), (1, 1), (2, 2)]


def test_r08_who_is_struck_by_a_decision_has_no_rank_in_a_heat_and_nobody_moves_up(
    race: Race,
) -> None:
    edits = race.book.edits
    heats, final = heats_and_final(race)
    for name, mark in [("Jones", "10.75"), ("Thanou", "11.12"), ("Lawrence", "11.18")]:
        entry = in_heat(race, heats, name, "1", mark)
        edits.enter_mark(edits.add_result(entry, final), mark)
    line = DecisionLine(race.entries["Jones"], sets_status=True, status="DSQ")
    edits.take_decision(race.event, NewDecision("IOC", DAY, "Doping", [line]), confirmed=True)
    assert ranking(race, heats) == [
        ("Thanou", 2, False, 1),
        ("Lawrence", 3, False, 2),
        ("Jones", None, False, 3),
    ]
    thanou, lawrence, _ = race.book.reads.results(race.event, heats)
    assert thanou.behind is None, "the best whose mark counts"
    assert lawrence.behind == Mark(60_000, 2)


def test_r03_a_tie_in_a_heat_is_asked_about_only_where_the_heat_decides(book: Book) -> None:
    edits = book.edits
    kind = edits.add_event_type(NewEventType("W400", "ATH", "400 m", "W", TIME, breaks_ties=True))
    competition = add_competition(book, "OG", "2026-02-06", "2026-02-22")
    race = add_race(book, competition, kind, "2026-02-09")
    heats, final = heats_and_final(race)
    for name, mark in [("A", "50.10"), ("B", "50.10"), ("C", "51.20"), ("D", "51.20")]:
        in_heat(race, heats, name, "1", mark)
    for name, mark in [("A", "49.50"), ("B", "49.60")]:
        edits.enter_mark(edits.add_result(race.entries[name], final), mark)
    rows = race.book.reads.results(race.event, heats)
    assert [(row.name, row.rank, row.tie_open) for row in rows] == [
        ("A", 1, False),
        ("B", 1, False),
        ("C", 3, True),
        ("D", 3, True),
    ]


def test_r04_a_typed_rank_is_that_of_the_event_in_every_phase(book: Book) -> None:
    kind = add_event_type(book, "WBOUT", method=Classification.MANUAL)
    competition = add_competition(book, "OG", "2026-02-06", "2026-02-22")
    race = add_race(book, competition, kind, "2026-02-09")
    heats, _ = heats_and_final(race)
    for name, rank, mark in [("Kok", "2", "1:12.00"), ("Bowe", "1", "1:13.00")]:
        book.edits.enter_rank(in_heat(race, heats, name, "1", mark), rank)
    assert [(name, rank) for name, rank, *_ in ranking(race, heats)] == [("Bowe", 1), ("Kok", 2)]


def test_a_key_press_on_the_deciding_phase_costs_the_reads_it_cost(race: Race) -> None:
    heats, final = heats_and_final(race)
    entry = in_heat(race, heats, "Freeman", "1", "50.99")
    race.book.edits.add_result(entry, final)
    race.book.reads.results(race.event, final)
    statements: list[str] = []
    connection = race.book._connection
    connection.set_trace_callback(statements.append)
    race.book.reads.results(race.event, final)
    connection.set_trace_callback(None)
    assert len(statements) == 3, "the sheet, its records, its splits"
