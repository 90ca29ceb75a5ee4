"""Lenex: which events, phases and ranks its rounds, styles and groups are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.lenex_files import (
    FREE400,
    cells,
    event,
    group,
    groups,
    heat,
    heats,
    lenex,
    one_event,
    programme,
    read_lenex,
    result,
    style,
    swimmer,
)


@pytest.mark.parametrize(
    ("what", "course", "code", "name"),
    [
        (style(50, "FLY"), "LCM", "SWMM50MBF", "Men's 50 m butterfly"),
        (style(200, "MEDLEY"), "LCM", "SWMM200MIM", "Men's 200 m individual medley"),
        (style(100, "MEDLEY", 4), "SCM", "SWMM4X100MMD-25M",
         "Men's 4 x 100 m medley relay (25 m)"),
        (style(500), "SCY", "SWMM500YFR-25YD", "Men's 500 yd freestyle (25 yd)"),
        (style(100, "BREAST"), "SCM33", "SWMM100MBR-33M", "Men's 100 m breaststroke (33 m)"),
        (style(10000), "OPEN", "OWSM10KM", "Men's 10 km open water"),
        (style(50, technique="KICK"), "LCM", "SWMM50MFR-KICK", "Men's 50 m freestyle (kick)"),
        (style(60, "UNKNOWN", name="Frog"), "LCM", "SWMM60MFROG", "Men's 60 m Frog"),
    ],
)  # fmt: skip
def test_styles_are_event_types(what: str, course: str, code: str, name: str, tmp_path: Path):
    line = swimmer(1, "One", "A", result(1, 1, "00:03:49.00"))
    (source,) = read_lenex(tmp_path, lenex(one_event(line, what=what, course=course)))
    assert cells(source, "event", "event_name") == [(code, name)]


def test_rounds_are_phases_of_one_event(tmp_path: Path):
    lines = swimmer(
        1, "One", "A",
        *(result(n, n, "00:03:49.00") for n in (1, 2, 3)),
        result(4, 3, "00:03:49.00", heatid=32),
    )  # fmt: skip
    (source,) = read_lenex(
        tmp_path,
        lenex(
            programme(
                event(3, FREE400, heats(heat(31, 1, final="A"), heat(32, 2, final="B")),
                      round="FIN", preveventid=2),
                event(2, FREE400, round="SEM", preveventid=1),
                event(1, FREE400, round="PRE", preveventid=-1),
                lines=lines,
            )
        )
    )  # fmt: skip
    assert cells(source, "event", "phase") == [
        ("SWMM400MFR", "Heats"),
        ("SWMM400MFR", "Semifinals"),
        ("SWMM400MFR", "Final B"),
        ("SWMM400MFR", "Final"),
    ]


def test_a_final_that_names_no_round_before_it_joins_the_heats(tmp_path: Path):
    lines = swimmer(1, "One", "A", *(result(n, n, "00:03:49.00") for n in (1, 2)))
    (source,) = read_lenex(
        tmp_path,
        lenex(
            programme(event(1, FREE400, round="PRE"), event(2, FREE400, round="FIN"), lines=lines)
        ),
    )
    assert cells(source, "event", "phase") == [("SWMM400MFR", "Heats"), ("SWMM400MFR", "Final")]


def test_rounds_that_name_each_other_are_survived(tmp_path: Path):
    lines = swimmer(1, "One", "A", *(result(n, n, "00:03:49.00") for n in (1, 2)))
    (source,) = read_lenex(
        tmp_path,
        lenex(
            programme(
                event(1, FREE400, round="FIN", preveventid=2),
                event(2, FREE400, round="PRE", preveventid=1),
                lines=lines,
            )
        ),
    )
    assert cells(source, "event", "phase") == [("SWMM400MFR", "Heats"), ("SWMM400MFR", "Final")]


def test_events_of_one_style_are_told_apart(tmp_path: Path):
    lines = swimmer(1, "One", "A", *(result(n, n, "00:03:49.00") for n in (1, 2, 3)))
    (source,) = read_lenex(
        tmp_path,
        lenex(
            programme(
                event(1, FREE400, groups(group(1, {}, 11, 12)), round="TIM"),
                event(2, FREE400, groups(group(1, {}, 13, 14)), round="TIM"),
                event(3, FREE400, round="TIMETRIAL"),
                lines=lines,
            )
        ),
    )
    assert cells(source, "event", "event_name") == [
        ("SWMM400MFR-11-12", "Men's 400 m freestyle, 11-12"),
        ("SWMM400MFR-13-14", "Men's 400 m freestyle, 13-14"),
        ("SWMM400MFR-TT", "Men's 400 m freestyle, time trial"),
    ]


def test_age_groups_in_which_nobody_is_twice_are_events(tmp_path: Path):
    lines = (
        swimmer(1, "One", "A", result(1, 1, "00:04:49.00"), birthdate="2012-05-05"),
        swimmer(2, "Two", "B", result(2, 1, "00:04:09.00"), birthdate="2009-05-05"),
        swimmer(3, "Three", "C", result(3, 1, "NT", status="DSQ"), birthdate="2012-06-06"),
    )
    ages = groups(group(1, {1: 1}, 11, 12), group(2, {2: 1}, 13, 15, name="Youth"))
    (source,) = read_lenex(
        tmp_path, lenex(programme(event(1, FREE400, ages), lines="".join(lines)))
    )
    assert cells(source, "event", "event_name", "rank") == [
        ("SWMM400MFR-11-12", "Men's 400 m freestyle, 11-12", "1"),
        ("SWMM400MFR-13-15", "Men's 400 m freestyle, Youth", "1"),
        ("SWMM400MFR-11-12", "Men's 400 m freestyle, 11-12", ""),
    ]


def test_age_groups_that_overlap_are_one_event(tmp_path: Path):
    lines = swimmer(1, "One", "A", result(1, 1, "00:04:49.00"), birthdate="2012-05-05")
    ages = groups(group(1, {1: 1}, -1, 18), group(2, {1: 3}))
    (source,) = read_lenex(tmp_path, lenex(programme(event(1, FREE400, ages), lines=lines)))
    assert cells(source, "event", "rank") == [("SWMM400MFR", "")]


def test_classes_of_handicap_are_events(tmp_path: Path):
    lines = swimmer(1, "One", "A", result(1, 1, "00:04:49.00"))
    ages = groups(group(1, {1: 1}, handicap=4))
    (source,) = read_lenex(
        tmp_path, lenex(programme(event(1, style(100, "BREAST"), ages), lines=lines))
    )
    assert cells(source, "event", "event_name") == [
        ("SWMM100MBR-SB4", "Men's 100 m breaststroke, SB4")
    ]


def test_an_event_for_all_is_that_of_the_gender_of_its_groups(tmp_path: Path):
    lines = (
        swimmer(1, "One", "A", result(1, 1, "00:04:49.00")),
        swimmer(2, "Two", "B", result(2, 1, "00:04:50.00"), gender="F"),
    )
    ages = groups(group(1, {1: 1}, gender="M"), group(2, {2: 1}, gender="F"))
    (source,) = read_lenex(
        tmp_path, lenex(programme(event(1, FREE400, ages, gender="A"), lines="".join(lines)))
    )
    assert cells(source, "event", "gender") == [("SWMM400MFR", "M"), ("SWMW400MFR", "W")]


def test_ranks_of_a_part_of_an_event_are_left_out(tmp_path: Path):
    lines = swimmer(1, "One", "A", result(1, 1, "00:04:49.00"))
    ages = groups(group(1, {1: 5}))
    (source,) = read_lenex(tmp_path, lenex(programme(event(1, FREE400, ages), lines=lines)))
    assert cells(source, "rank") == [("",)]


@pytest.mark.parametrize(
    ("status", "places", "expected"),
    [
        ("OFFICIAL", {}, "2024-03-02"),
        ("INOFFICIAL", {1: 1}, ""),
        ("", {1: 1}, "2024-03-02"),
        ("", {}, ""),
    ],
)
def test_an_event_is_official_as_its_heats_or_rankings_say(
    status: str, places: dict[int, int], expected: str, tmp_path: Path
):
    lines = swimmer(1, "One", "A", result(1, 1, "00:04:49.00", heatid=11))
    what = event(1, FREE400, groups(group(1, places)), heats(heat(11, status=status)))
    (source,) = read_lenex(tmp_path, lenex(programme(what, lines=lines)))
    assert cells(source, "official") == [(expected,)]


def test_an_event_may_have_a_day_of_its_own(tmp_path: Path):
    lines = swimmer(1, "One", "A", result(1, 1, "00:03:49.00"))
    (source,) = read_lenex(
        tmp_path, lenex(programme(event(1, FREE400, date="2024-03-05"), lines=lines))
    )
    assert cells(source, "date", "start_date", "end_date") == [
        ("2024-03-05", "2024-03-02", "2024-03-05")
    ]
