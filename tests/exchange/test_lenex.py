"""Lenex: meets of swimming, with facts typed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.importing.sources import sources_of_all
from tests.exchange.importing_desk import derived, rows_of, sheet
from tests.exchange.lenex_files import (
    PARIS,
    entry,
    event,
    heat,
    heats,
    lenex,
    meet,
    nation,
    one_event,
    positions,
    relay,
    result,
    session,
    style,
    swimmer,
    swimmers,
    tag,
    take_lenex,
    told,
)
from tests.exchange.table_files import zipped


def test_the_400_m_freestyle_of_paris(book: Book):
    plan = take_lenex(book, PARIS)
    assert told(plan) == []
    assert sheet(book.path) == [
        (1, "Lukas Märtens", "3:44.13", None, None),
        (1, "Lukas Märtens", "3:41.78", None, "gold"),
        (2, "Elijah Winnington", "3:42.21", None, "silver"),
        (3, "Kim Woo-min", "3:42.50", None, "bronze"),
        (None, "Samuel Short", None, "DSQ", None),
    ]
    assert rows_of(book.path, "SELECT code, name, city, start_date, end_date FROM competition") == [
        (
            "OLYMPIC-GAMES-PARIS-2024",
            "Olympic Games Paris 2024",
            "Paris",
            "2024-07-27",
            "2024-07-27",
        )
    ]
    assert rows_of(
        book.path,
        "SELECT code, name, gender, mark_kind, better, decimals, classification FROM event_type",
    ) == [("SWMM400MFR", "Men's 400 m freestyle", "M", "time", "lower", 2, "final")]
    assert rows_of(book.path, "SELECT status, official_at FROM event") == [
        ("official", "2024-07-27")
    ]


def test_heats_lanes_and_times_of_day(book: Book):
    take_lenex(book, PARIS)
    assert rows_of(
        book.path,
        "SELECT p.name, u.position, r.lane, r.clock_time, r.note FROM result AS r "
        "JOIN phase AS p ON p.id = r.phase_id JOIN unit AS u ON u.id = r.unit_id "
        "ORDER BY p.position, u.position, r.lane",
    ) == [
        ("Heats", 4, "5", "11:57", None),
        ("Heats", 5, "4", "12:03", "reaction time: +0.64"),
        ("Final", 1, "1", "20:42", "splits: 50 m 25.40"),
        ("Final", 1, "5", "20:42", "reaction time: +0.62"),
        ("Final", 1, "7", "20:42", None),
    ]


def test_people_are_as_the_file_knows_them(book: Book):
    take_lenex(book, PARIS)
    # The first of January stands for a year of which no more is known.
    assert rows_of(
        book.path, "SELECT name, family_name, given_name, gender, birth_date FROM athlete"
    )[:3] == [
        ("Samuel Short", "Short", "Samuel", "M", None),
        ("Lukas Märtens", "Märtens", "Lukas", "M", "2001-12-28"),
        ("Elijah Winnington", "Winnington", "Elijah", "M", None),
    ]
    assert rows_of(
        book.path, "SELECT name, family_name, birth_date FROM athlete WHERE family_name = 'Kim'"
    ) == [("Kim Woo-min", "Kim", None)]


def test_the_same_file_again_changes_nothing(book: Book):
    take_lenex(book, PARIS)
    before, journal = derived(book.path), book.reads.last_journal()
    plan = take_lenex(book, PARIS)
    assert not plan.changes_anything
    assert derived(book.path) == before
    assert book.reads.last_journal() == journal


def test_lenex_is_packed_as_lxf(tmp_path: Path):
    path = tmp_path / "paris.lxf"
    path.write_bytes(zipped({"paris.lef": lenex(PARIS).encode()}))
    (source,) = sources_of_all([path])
    assert source.lines == 5


# Relays


def relays(*inside: str, **attributes: object) -> str:
    return meet(
        session(
            "2024-07-27",
            event(1, style(100, count=4), heats(heat(11)), round="PRE"),
            event(2, style(100, count=4), heats(heat(21)), round="FIN", preveventid=1),
        ),
        nation(
            "USA",
            swimmers(*(swimmer(n, f"Swimmer{n}", "Jo") for n in range(1, 6))),
            *inside,
            name="United States",
        ),
    )


def test_a_relay_has_its_swimmers_in_the_order_of_the_final(book: Book):
    plan = take_lenex(
        book,
        relays(
            relay(
                result(1, 1, "00:03:12.61", positions(5, 2, 3, 4), heatid=11),
                result(2, 2, "00:03:09.28", positions(1, 2, 3, 4), heatid=21),
                gender="M",
                number=1,
            )
        ),
    )
    assert told(plan) == []
    assert rows_of(
        book.path,
        "SELECT n.team_name, m.position, a.name FROM entry AS n "
        "JOIN entry_member AS m ON m.entry_id = n.id JOIN athlete AS a ON a.id = m.athlete_id "
        "ORDER BY m.position",
    ) == [
        ("United States", place, f"Jo Swimmer{n}")
        for place, n in enumerate((1, 2, 3, 4, 5), start=1)
    ]
    assert rows_of(book.path, "SELECT code, team FROM event_type") == [("SWMM4X100MFR", 1)]
    assert sheet(book.path)[-1][:3] == (1, "United States", "3:09.28")


def test_two_relays_of_a_club_are_two_teams(book: Book):
    take_lenex(
        book,
        relays(
            relay(result(1, 2, "00:03:12.00", positions(1, 2)), gender="M"),
            relay(result(2, 2, "00:03:13.00", positions(3, 4)), gender="M"),
        ),
    )
    names = rows_of(book.path, "SELECT team_name FROM entry ORDER BY id")
    assert names == [("United States",), ("United States 2",)]
    assert rows_of(book.path, "SELECT count(*) FROM entry_member") == [(4,)]


def test_a_swimmer_whom_the_file_does_not_have_is_told(book: Book):
    plan = take_lenex(
        book, relays(relay(result(1, 2, "00:03:12.00", positions(1, 99)), gender="M"))
    )
    assert [problem.column for problem in plan.problems] == ["athlete"]


# Start lists, statuses, odd things


def test_entries_are_a_start_list_that_results_fill(book: Book):
    plan = take_lenex(
        book,
        one_event(
            swimmer(1, "One", "A", entry(1, "00:03:50.00", heatid=11, lane=4)),
            swimmer(2, "Two", "B", entry(1, heatid=12, lane=5, status="SICK")),
        ),
    )
    assert told(plan) == []
    assert sheet(book.path) == [
        (None, "A One", None, None, None),
        (None, "B Two", None, "WDR", None),
    ]
    take_lenex(
        book,
        one_event(
            swimmer(
                1,
                "One",
                "A",
                entry(1, "00:03:50.00", heatid=11, lane=4),
                result(1, 1, "00:03:49.00", heatid=11, lane=4),
            )
        ),
    )
    assert sheet(book.path)[0][:3] == (1, "A One", "3:49.00")
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(2,)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("DNS", "DNS"), ("DNF", "DNF"), ("WDR", "WDR"), ("SICK", "DNS"), ("dsq", "DSQ")],
)
def test_statuses(said: str, expected: str, book: Book):
    assert (
        told(take_lenex(book, one_event(swimmer(1, "One", "A", result(1, 1, "NT", status=said)))))
        == []
    )
    assert sheet(book.path) == [(None, "A One", None, expected, None)]


def test_a_row_that_cannot_be_taken_is_told_and_the_others_are_taken(book: Book):
    unknown = tag(
        "CLUB",
        swimmers(swimmer(9, "Nine", "I", result(9, 1, "00:04:00.00"))),
        nation="QQQ",
        name="Club",
    )
    lines = (
        swimmer(1, "One", "A", result(1, 1, "00:03:49.00")),
        swimmer(2, "Two", "B", result(2, 1, "00:99:49.00")),
        swimmer(3, "Three", "C", result(3, 77, "00:03:49.00")),
        swimmer(4, "Four", "D", result(4, 1, "00:03:51.00", status="EXH")),
        swimmer(5, "", "", result(5, 1, "00:03:51.00")),
    )
    good = one_event(*lines)
    plan = take_lenex(book, good.replace("</CLUBS>", f"{unknown}</CLUBS>"))
    assert sorted(problem.column for problem in plan.problems) == [
        "athlete",
        "event",
        "mark",
        "nation",
        "status",
    ]
    assert all(told(plan))
    assert sheet(book.path) == [(1, "A One", "3:49.00", None, "gold")]


def test_odd_attributes_are_survived(book: Book):
    odd = swimmer(
        1, "One", "A",
        result(1, 1, "00:03:49.00", heatid=99, lane="  4 ", reactiontime="fast", points="x"),
        birthdate="yesterday", gender="?", license="7", swrid="x",
    )  # fmt: skip
    assert told(take_lenex(book, one_event(odd, course="?", type_="x", masters="T"))) == []
    assert sheet(book.path) == [(1, "A One", "3:49.00", None, "gold")]


def test_clubs_swim_for_their_nation_and_are_kept_as_notes(book: Book):
    club = tag(
        "CLUB",
        swimmers(swimmer(1, "One", "A", result(1, 1, "00:03:49.00"), nation="BEL")),
        name="De Dolfijn",
        nation="NED",
    )
    unattached = tag(
        "CLUB",
        swimmers(swimmer(2, "Two", "B", result(2, 1, "00:03:50.00"), nation="BEL")),
        type_="UNATTACHED",
    )
    clubs = one_event().replace("</CLUBS>", f"{club}{unattached}</CLUBS>")
    assert told(take_lenex(book, clubs)) == []
    assert rows_of(
        book.path,
        "SELECT a.name, k.code, r.note FROM entry AS n JOIN athlete AS a ON a.id = n.athlete_id "
        "JOIN nation_code AS k ON k.nation_id = n.nation_id JOIN result AS r ON r.entry_id = n.id "
        "ORDER BY n.id",
    ) == [("A One", "NED", "club: De Dolfijn"), ("B Two", "BEL", None)]


def test_several_meets_in_one_file(book: Book):
    lines = swimmer(1, "One", "A", result(1, 1, "00:03:49.00"))
    plan = take_lenex(
        book, one_event(lines, name="Spring"), one_event(lines, name="Summer", course="SCM")
    )
    assert told(plan) == []
    assert rows_of(book.path, "SELECT name FROM competition ORDER BY id") == [
        ("Spring 2024",),
        ("Summer 2024",),
    ]
    assert rows_of(book.path, "SELECT code FROM event_type ORDER BY id") == [
        ("SWMM400MFR",),
        ("SWMM400MFR-25M",),
    ]
