"""R11: who is in a team or a relay."""

from __future__ import annotations

from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import AlreadyEntered, NotATeam, UnknownCode
from tests.book.test_query_plans import walks
from tests.book.worlds import Race, assert_sound, everything, nation, one_race

NAMES = ("Kok", "Leerdam", "Wüst", "Groenewoud")


@pytest.fixture
def race(book: Book) -> Race:
    """A relay in which the Netherlands are entered, with four athletes to choose from."""
    race = one_race(book)
    for name in NAMES:
        book.edits.add_athlete(name)
    enter_team(race, "Netherlands")
    return race


def enter_team(race: Race, name: str, code: str = "NED") -> int:
    edits = race.book.edits
    race.entries[name] = edits.add_entry(race.event, nation(race.book, code), team=name)
    race.results[name] = edits.result_of(race.entries[name])
    return race.entries[name]


def athlete(race: Race, name: str) -> int:
    return race.book.reads.athletes_named(name)[0].id


def team(race: Race) -> tuple[str, ...]:
    (row,) = race.book.reads.results(race.event)
    assert [member.name for member in race.book.reads.members(row.entry)] == [*row.members]
    return row.members


def test_r11_members_are_added_moved_and_removed(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    before = everything(race.book.path)
    edits.add_member(entry, athlete(race, "Kok"))
    edits.add_member(entry, athlete(race, "Leerdam"))
    edits.add_member(entry, athlete(race, "Wüst"), position=1)
    edits.add_member(entry, athlete(race, "Groenewoud"), position=99)
    assert team(race) == ("Wüst", "Kok", "Leerdam", "Groenewoud")
    edits.move_member(entry, athlete(race, "Groenewoud"), 2)
    assert team(race) == ("Wüst", "Groenewoud", "Kok", "Leerdam")
    edits.move_member(entry, athlete(race, "Wüst"), 4)
    assert team(race) == ("Groenewoud", "Kok", "Leerdam", "Wüst")
    edits.remove_member(entry, athlete(race, "Kok"))
    assert team(race) == ("Groenewoud", "Leerdam", "Wüst")
    assert_sound(race.book)
    for _ in range(7):
        edits.undo()
    assert everything(race.book.path) == before


def test_r11_a_team_is_named_in_one_edit(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    edits.set_members(entry, [athlete(race, name) for name in ("Kok", "Leerdam")])
    before = everything(race.book.path)
    edits.set_members(entry, [athlete(race, name) for name in ("Wüst", "Leerdam", "Groenewoud")])
    after = everything(race.book.path)
    assert team(race) == ("Wüst", "Leerdam", "Groenewoud")
    edits.undo()
    assert everything(race.book.path) == before
    edits.redo()
    assert everything(race.book.path) == after


def test_r11_nobody_is_in_a_team_twice(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    edits.add_member(entry, athlete(race, "Kok"))
    before = everything(race.book.path)
    with pytest.raises(AlreadyEntered) as refused:
        edits.add_member(entry, athlete(race, "Kok"))
    assert refused.value.details == {"name": "Kok"}
    with pytest.raises(AlreadyEntered):
        edits.set_members(entry, [athlete(race, "Wüst")] * 2)
    assert everything(race.book.path) == before


def test_members_are_athletes_of_a_team(race: Race) -> None:
    edits = race.book.edits
    race.enter("Takagi", "JPN")
    before = everything(race.book.path)
    with pytest.raises(NotATeam) as refused:
        edits.add_member(race.entries["Takagi"], athlete(race, "Kok"))
    assert refused.value.details == {"name": "Takagi"}
    for act in (
        lambda: edits.add_member(race.entries["Netherlands"], 999),
        lambda: edits.add_member(999, athlete(race, "Kok")),
        lambda: edits.move_member(race.entries["Netherlands"], athlete(race, "Kok"), 1),
    ):
        with pytest.raises(UnknownCode):
            act()
    edits.remove_member(race.entries["Netherlands"], athlete(race, "Kok"))
    assert everything(race.book.path) == before


def test_members_go_with_their_team(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    edits.set_members(entry, [athlete(race, "Kok"), athlete(race, "Wüst")])
    before = everything(race.book.path)
    edits.delete_entry(entry)
    assert race.book.reads.members(entry) == []
    edits.undo()
    assert everything(race.book.path) == before
    edits.change_entry_athlete(entry, athlete(race, "Kok"))
    assert team(race) == ()
    edits.undo()
    assert everything(race.book.path) == before


def test_r11_a_team_medal_counts_once_for_the_nation_and_for_every_member(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    edits.set_members(entry, [athlete(race, name) for name in NAMES])
    race.mark("Netherlands", "2:55.12")
    edits.make_official(race.event, date(2026, 2, 9))
    tally = race.book.reads.tally(1, nation(race.book, "NED"), as_it_stands=False)
    assert tally.triple == (1, 0, 0)
    for name in NAMES:
        medals = race.book.reads.athlete_page(athlete(race, name)).medals
        assert medals.triple == (1, 0, 0)
    edits.remove_member(entry, athlete(race, "Kok"))
    assert race.book.reads.athlete_page(athlete(race, "Kok")).medals.total == 0
    assert_sound(race.book)


def test_no_edit_of_a_team_walks_through_a_table(race: Race) -> None:
    edits, entry = race.book.edits, race.entries["Netherlands"]
    people = [athlete(race, name) for name in NAMES]
    assert walks(race.book, lambda: edits.set_members(entry, people)) == []
    assert walks(race.book, lambda: edits.move_member(entry, people[0], 3)) == []
    assert walks(race.book, lambda: race.book.reads.members(entry)) == []
