"""Lenex: record lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.importing.mapping import ImportKind
from tests.exchange.importing_desk import rows_of
from tests.exchange.lenex_files import (
    FREE400,
    PARIS,
    WORLD,
    cells,
    lenex,
    one_event,
    read_lenex,
    records,
    result,
    style,
    swimmer,
    tag,
    take_lenex,
    told,
)


def test_a_record_list_is_rows_of_the_table_of_records(tmp_path: Path):
    (source,) = read_lenex(tmp_path, lenex(WORLD))
    assert source.given is not None
    assert source.given.kind is ImportKind.RECORDS
    assert cells(
        source, "record", "event", "athlete", "nation", "mark", "date", "place", "competition"
    ) == [
        (
            "WR",
            "SWMM400MFR",
            "Paul Biedermann",
            "GER",
            "3:40.07",
            "2009-07-26",
            "Rome",
            "Rome 2009",
        )
    ]


def test_a_record_list_is_taken_and_its_record_stands(book: Book):
    plan = take_lenex(book, PARIS, WORLD)
    assert told(plan) == []
    assert rows_of(
        book.path, "SELECT record, event_type, date, outcome, mark, holder FROM v_record_history"
    ) == [("WR", "SWMM400MFR", "2009-07-26", "baseline", "3:40.07", "Paul Biedermann")]
    assert not take_lenex(book, PARIS, WORLD).changes_anything


def test_a_faster_time_than_the_list_is_a_record(book: Book):
    faster = result(1, 1, "00:03:39.96", heatid=11)
    take_lenex(book, WORLD)
    take_lenex(book, one_event(swimmer(1, "Märtens", "Lukas", faster)))
    assert rows_of(book.path, "SELECT mark, holder, outcome FROM v_record_history") == [
        ("3:40.07", "Paul Biedermann", "baseline"),
        ("3:39.96", "Lukas Märtens", "set"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"type": "WR"}, ("WR", "", "", "")),
        ({"type": "ER"}, ("ER", "", "europe", "")),
        ({"type": "AR"}, ("AsR", "", "asia", "")),
        ({"type": "AFR"}, ("AfR", "", "africa", "")),
        ({"type": "WJR"}, ("WJR", "", "", "")),
        ({"type": "GER"}, ("NR", "GER", "", "")),
        ({"type": "GER", "nation": "GER"}, ("NR", "GER", "", "")),
        ({"type": "", "nation": "GER"}, ("NR", "GER", "", "")),
        ({"type": "SUI.RZW", "nation": "SUI"}, ("SUI.RZW", "SUI", "", "")),
    ],
)
def test_types_of_record_lists(said: dict[str, str], expected: tuple[str, ...], tmp_path: Path):
    lines = tag("RECORD", FREE400, tag("ATHLETE", lastname="One"), swimtime="00:03:40.07")
    (source,) = read_lenex(tmp_path, lenex(records(lines, **said)))
    assert cells(source, "record", "of_nation", "continent", "age_class") == [expected]


def test_a_record_of_a_relay_and_one_to_aim_at(tmp_path: Path):
    swam = [
        tag("RELAYPOSITION", tag("ATHLETE", lastname=name, firstname="A."), number=n)
        for n, name in ((2, "Two"), (1, "One"))
    ]
    held = tag("RELAY", tag("CLUB", name="United States", nation="USA"),
               tag("RELAYPOSITIONS", *swam))  # fmt: skip
    lines = (
        tag("RECORD", style(100, count=4), held, swimtime="00:03:08.24", status="PENDING"),
        tag("RECORD", FREE400, swimtime="00:03:39.00", status="TARGETTIME"),
    )
    (source,) = read_lenex(tmp_path, lenex(records(*lines)))
    assert cells(source, "event", "team", "nation", "members", "ruling") == [
        ("SWMM4X100MFR", "United States", "USA", "A. One, A. Two", "provisional")
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-1, -1, ""), (-1, 18, "U19"), (14, 18, "U19"), (35, -1, "35+"), (35, 39, "35-39")],
)
def test_age_groups_of_record_lists(low: int, high: int, expected: str, tmp_path: Path):
    line = tag("RECORD", FREE400, tag("ATHLETE", lastname="One"), swimtime="00:03:40.07")
    ages = tag("AGEGROUP", agemin=low, agemax=high)
    of = tag("RECORDLIST", ages, tag("RECORDS", line), type_="WR", gender="F", course="SCM")
    (source,) = read_lenex(tmp_path, lenex(tag("RECORDLISTS", of)))
    assert cells(source, "age_class", "event", "event_name") == [
        (expected, "SWMW400MFR-25M", "Women's 400 m freestyle (25 m)")
    ]
