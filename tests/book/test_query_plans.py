"""The cost of an edit does not grow with the book: no query on its way walks through a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.book.schema import TABLES
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.records import RecordPolicy, Ruling
from tests.book.worlds import TIME, Race, add_competition, add_race, nation, one_race

SMALL = {
    "book",
    "discipline",
    "grouping_view",
    "irm",
    "irm_order",
    "nation",
    "nation_code",
    "nation_group",
    "nation_group_member",
    "population",
    "record_baseline",
    "record_kind",
    "record_list",
    "series",
    "source",
    "venue",
}
"""Tables that do not grow with the results."""

LARGE = set(TABLES) - SMALL
SCAN = re.compile(r"\bSCAN (\w+)")


@pytest.fixture
def race(book: Book) -> Race:
    """Two races of a list without bounds and one of a series, each with something in it.

    In the first a decision is taken on its second entry, and a team is its last.
    """
    race = one_race(book)
    edits = book.edits
    edits.add_record_list("WR", 1)
    edits.add_record_list("ER", 1, continent="europe")
    edits.add_record_list("WJR", 1, age_class="U20")
    edits.set_baseline(1, NewBaseline("Takagi", "1:13.19", day=date(2022, 2, 17)))
    cup = add_race(book, add_competition(book, "CUP", "2026-02-01", "2026-02-28"), 1, "2026-02-10")
    for each in (race, cup):
        for name in ("Kok", "Leerdam", "Takagi"):
            each.enter(name, unit="13 o", mark="1:12.59")
    race.entries["team"] = edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
    edits.take_decision(race.event, withheld(race, "Leerdam"))
    edits.set_status_order("SSK", ["DNS", "DSQ"])
    return race


def withheld(race: Race, name: str) -> NewDecision:
    line = DecisionLine(race.entries[name], medal=MedalRuling.WITHHELD)
    return NewDecision("Jury", date(2026, 2, 12), "Protest", [line])


def struck(race: Race, name: str) -> NewDecision:
    line = DecisionLine(race.entries[name], sets_status=True, status="DSQ")
    return NewDecision("Jury", date(2026, 2, 13), "Protest", [line])


def reopen(race: Race) -> None:
    race.book.edits.make_official(race.event, date(2026, 2, 9))
    race.book.edits.reopen_event(race.event)


def add_and_delete_phase(race: Race) -> None:
    edits = race.book.edits
    phase = edits.add_phase(race.event, "Final")
    edits.add_result(race.entries["Kok"], phase)
    edits.delete_phase(phase)


def add_and_delete_status(race: Race) -> None:
    race.book.edits.add_status("ABD", "Abandoned", after="DNF")
    race.book.edits.delete_status("ABD")


def walks(book: Book, act: Callable[[], object]) -> list[str]:
    """The statements of an act that walk through a table that grows, with their plans."""
    statements: list[str] = []
    connection = book._connection
    connection.set_trace_callback(statements.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    found = []
    for statement in dict.fromkeys(statements):
        if statement.lstrip().split()[0].upper() in {"SELECT", "WITH", "UPDATE", "DELETE"}:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            names = aliases(statement)
            found += [
                f"{line} in {statement}"
                for *_, line in plan
                for name in SCAN.findall(line)
                if names.get(name, name) in LARGE
            ]
    assert statements
    return found


def aliases(statement: str) -> dict[str, str]:
    """Alias to table: `FROM result AS r`."""
    return {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}


EDITS: dict[str, Callable[[Race], object]] = {
    "enter_mark": lambda race: race.mark("Kok", "1:11.00"),
    "worsen_a_record": lambda race: race.mark("Kok", "1:19.00"),
    "clear_mark": lambda race: race.mark("Kok", ""),
    "enter_status": lambda race: race.mark("Kok", "dsq"),
    "enter_marks": lambda race: race.book.edits.enter_marks([(1, "1:12"), (2, "1:11")]),
    "enter_tie_break": lambda race: race.book.edits.enter_tie_break(1, "3"),
    "enter_split": lambda race: race.book.edits.enter_split(1, "200 m", "17.6"),
    "enter_rank": lambda race: race.book.edits.enter_rank(1, "1"),
    "enter_clock_time": lambda race: race.book.edits.enter_clock_time(1, "17:30"),
    "enter_start_order": lambda race: race.book.edits.enter_start_order(1, "3"),
    "write_note": lambda race: race.book.edits.write_note(1, "fell"),
    "place_in_unit": lambda race: race.book.edits.place_in_unit(1, "15 i"),
    "add_entry": lambda race: race.enter("Bowe", "USA", unit="1"),
    "delete_entry": lambda race: race.book.edits.delete_entry(1),
    "change_entry_nation": lambda race: race.book.edits.change_entry_nation(1, 5),
    "rename_athlete": lambda race: race.book.edits.rename_athlete(1, "Femke Kok"),
    "change_event": lambda race: race.book.edits.change_event(
        race.event, day=date(2026, 2, 11), venue="Oval"
    ),
    "make_official": lambda race: race.book.edits.make_official(race.event, date(2026, 2, 9)),
    "add_phase": lambda race: race.book.edits.add_phase(race.event, "Final"),
    "add_phase_before": lambda race: race.book.edits.add_phase(race.event, "Heats", 1),
    "change_event_type": lambda race: race.book.edits.change_event_type(
        1, NewEventType("W1000", "SSK", "1000 m", "W", replace(TIME, decimals=3))
    ),
    "delete_event": lambda race: race.book.edits.delete_event(race.event),
    "reopen_event": reopen,
    "rename_phase": lambda race: race.book.edits.rename_phase(1, "Semi-final"),
    "delete_phase": add_and_delete_phase,
    "describe_athlete": lambda race: race.book.edits.describe_athlete(
        1, gender="W", birth_date=date(2007, 3, 1)
    ),
    "change_entry_athlete": lambda race: race.book.edits.change_entry_athlete(
        1, race.book.edits.add_athlete("Bowe")
    ),
    "set_members": lambda race: race.book.edits.set_members(race.entries["team"], [1, 2]),
    "enter_wind": lambda race: race.book.edits.enter_wind(1, "+1.8"),
    "enter_assistance": lambda race: race.book.edits.enter_assistance(1, "paced"),
    "add_status": add_and_delete_status,
    "set_status_order": lambda race: race.book.edits.set_status_order("SSK", ["DSQ"]),
    "take_decision": lambda race: race.book.edits.take_decision(race.event, struck(race, "Kok")),
    "change_decision": lambda race: race.book.edits.change_decision(1, struck(race, "Kok")),
    "revoke_decision": lambda race: race.book.edits.revoke_decision(1, date(2026, 2, 20)),
    "delete_decision": lambda race: race.book.edits.delete_decision(1),
    "rule_record": lambda race: race.book.edits.rule_record(
        1, race.results["Kok"], Ruling.ANNULLED, date(2026, 2, 20)
    ),
    "change_record_list": lambda race: race.book.edits.change_record_list(
        1, RecordPolicy(minimum_margin=10_000, day_best=True)
    ),
    "set_membership": lambda race: race.book.edits.set_membership(
        1, nation(race.book, "NED"), "left_out"
    ),
    "set_population": lambda race: race.book.edits.set_population(
        nation(race.book, "NED"), date(2026, 1, 1), "18,000,000"
    ),
    "change_nation": lambda race: race.book.edits.change_nation(
        nation(race.book, "NED"), name="Netherlands", kind="noc", continent="asia"
    ),
    "add_grouping": lambda race: race.book.edits.add_grouping(
        "MINE", "Mine", [("LOW", "Low countries", [nation(race.book, "NED"), 1])]
    ),
    "set_series": lambda race: race.book.edits.set_series(2, "OG"),
    "set_baseline": lambda race: race.book.edits.set_baseline(1, NewBaseline("Takagi", "1:12")),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_walks_through_no_table(race: Race, name: str) -> None:
    assert walks(race.book, lambda: EDITS[name](race)) == []


@pytest.mark.parametrize("name", EDITS)
def test_undo_and_redo_walk_through_no_table(race: Race, name: str) -> None:
    EDITS[name](race)
    assert walks(race.book, race.book.edits.undo) == []
    assert walks(race.book, race.book.edits.redo) == []


READS: dict[str, Callable[[Race], object]] = {
    "event_head": lambda race: race.book.reads.event_head(race.event),
    "results": lambda race: race.book.reads.results(race.event),
    "medal_table": lambda race: race.book.reads.medal_table(1, as_it_stands=True),
    "difference": lambda race: race.book.reads.difference(
        TableScope((1,), as_of="2026-02-01"), TableScope((1,), as_it_stands=True)
    ),
    "decisions_of_event": lambda race: race.book.reads.decisions(event=race.event),
    "decisions_of_athlete": lambda race: race.book.reads.decisions(athlete=1),
    "preview_decision": lambda race: race.book.reads.preview_decision(
        race.event, struck(race, "Kok").lines, "2026-02-20"
    ),
    "athlete": lambda race: (
        race.book.reads.athlete_page(1),
        race.book.reads.athlete_results(1),
        race.book.reads.athlete_bests(1),
    ),
    "tally": lambda race: race.book.reads.tally(1, 5, as_it_stands=True),
    "standing_records": lambda race: race.book.reads.standing_records(race.event),
    "record_history": lambda race: race.book.reads.record_history(1),
    "record_reasons": lambda race: race.book.reads.record_reasons(1),
    "events": lambda race: race.book.reads.events(1),
    "career": lambda race: race.book.reads.career(1, 1),
    "short_names": lambda race: race.book.reads.short_names(race.event),
    "previous_edition": lambda race: race.book.reads.previous_edition(race.event),
    "journal": lambda race: race.book.reads.journal(),
    "journal_of_row": lambda race: race.book.reads.journal_of_row("result", 1),
    "next_undo": lambda race: (race.book.edits.next_undo(), race.book.edits.next_redo()),
    "poll": lambda race: race.book.poll(),
}


@pytest.mark.parametrize("name", READS)
def test_what_is_read_after_an_edit_walks_through_no_table(race: Race, name: str) -> None:
    found = walks(race.book, lambda: READS[name](race))
    # A page of the journal goes backwards along its key and stops.
    assert [line for line in found if name != "journal"] == []


def test_a_walk_is_seen(race: Race) -> None:
    walk = race.book._connection.execute
    assert walks(race.book, lambda: walk("SELECT count(*) FROM result AS r WHERE note = ''"))
    assert walks(race.book, lambda: walk("DELETE FROM placing WHERE sort_order = 7"))
    assert not walks(race.book, lambda: walk("SELECT * FROM result AS r WHERE r.id = 1"))


def test_every_reference_to_a_table_that_shrinks_is_indexed(book: Book) -> None:
    """Whoever deletes a row makes SQLite look for rows that refer to it."""
    connection = book._connection
    missing = []
    for table in LARGE - {"journal", "journal_row"}:
        indexed = [
            [row[0] for row in connection.execute("SELECT name FROM pragma_index_info(?)", (name,))]
            for (name,) in connection.execute(
                "SELECT name FROM pragma_index_list(?) WHERE NOT partial", (table,)
            )
        ]
        for column, parent in connection.execute(
            'SELECT "from", "table" FROM pragma_foreign_key_list(?) WHERE seq = 0', (table,)
        ):
            if parent in LARGE and not any(columns[0] == column for columns in indexed):
                missing.append(f"{table}.{column}")
    assert missing == []
