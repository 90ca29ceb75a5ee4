"""Headings and spellings: what a column is taken for, and how a mapping is kept."""

from pathlib import Path

import pytest

from medaldesk.book.import_errors import MappingUnreadable
from medaldesk.exchange.importing.columns import CERTAIN, find_heading, recognise
from medaldesk.exchange.importing.mapping import (
    ImportKind,
    ImportMapping,
    TeamRule,
    ValueMap,
    load_mapping,
    save_mapping,
)
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.tidy import TIDY_COLUMNS


def test_every_column_of_the_exchange_table_is_recognised_for_certain():
    guesses = recognise(list(TIDY_COLUMNS), [])
    assert [(g.target, g.confidence) for g in guesses] == [(c, CERTAIN) for c in TIDY_COLUMNS]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("NOC", "nation"),
        ("Country", "nation"),
        ("NAT", "nation"),
        ("Athlete Name", "athlete"),
        ("Name", "athlete"),
        ("Rk.", "rank"),
        ("Pos", "rank"),
        ("Result", "mark"),
        ("Medal Type", "medal"),
        ("SEX", "gender"),
        ("Event_Date", "date"),
        ("Date of birth", "birth_date"),
        ("shoe size", None),
    ],
)
def test_headings_by_other_names(heading: str, target: str | None):
    assert recognise([heading], [])[0].target == target


def test_of_two_columns_the_one_with_codes_is_the_nation():
    rows = [["Netherlands", "NED"], ["Japan", "JPN"]]
    assert [g.target for g in recognise(["country", "country_code"], rows)] == [None, "nation"]


def test_examples_are_shown_and_titles_above_the_heading_are_passed_over():
    rows = [["Results of the day"], ["Name", "NOC"], ["Karin Enke", "GDR"]]
    assert find_heading(rows) == 1
    assert recognise(rows[1], rows[2:])[0].examples == ("Karin Enke",)


@pytest.mark.parametrize(
    ("pattern", "text", "printed"),
    [
        ("m.sscc", "1.2843", "1:28.43"),
        ("m.sscc", "13.3045", "13:30.45"),
        ("m.ssc", "2.314", "2:31.4"),
        ("sscc", "3783", "37.83"),
        ("h.mm.ss", "2.04.59", "2:04:59"),
        ("m.sscc", "37.83", "37.83"),
        ("m.sscc", "dnf", "dnf"),
    ],
)
def test_marks_in_odd_spellings(pattern: str, text: str, printed: str):
    assert MarkPatterns([pattern])(text) == printed


def test_a_pattern_of_other_letters_is_refused():
    with pytest.raises(ValueError, match=r"x\.ss"):
        MarkPatterns(["x.ss"])


@pytest.mark.parametrize(
    ("target", "text", "meaning"),
    [
        ("status", "dq", "DSQ"),
        ("status", "DISQ", "DSQ"),
        ("gender", "Women", "W"),
        ("gender", "men's", "M"),
        ("medal", "GOLD", "gold"),
        ("medal", "Silver", "silver"),
        ("medal", "3", "bronze"),
        ("nation", "Holland", "Holland"),
    ],
)
def test_words_that_mean_something_without_being_said(target: str, text: str, meaning: str):
    assert ValueMap(target, {})(text).lower() == meaning.lower()


def test_what_a_mapping_says_goes_before_and_patterns_are_searched_for():
    values = ValueMap("discipline", {"Skating": "SSK", "/^Cycling .*Road/": "CRD"})
    assert values("skating") == "SSK"
    assert values("Cycling Women's Road Race") == "CRD"
    assert values("Rowing") == "Rowing"


def test_a_mapping_is_read_back_as_it_was_written(tmp_path: Path):
    mapping = ImportMapping(
        columns={"athlete": ("Name",), "event": ("Sport", "Event")},
        constants={"competition": "OWG1984"},
        values={"nation": {"The “Oranje”": "NED", "/^Neth/": "NED"}},
        mark_patterns=("m.sscc", "sscc"),
        teams=TeamRule.SHARED_MEDALS,
        people={"Viktor An (RUS)": "Ahn Hyun-soo (KOR)"},
        left_out=("Shoe \\ size\x7f",),
        kind=ImportKind.MEDALLISTS,
        name='Results of "the" day',
    )
    save_mapping(tmp_path / "map.toml", mapping)
    assert load_mapping(tmp_path / "map.toml") == mapping


@pytest.mark.parametrize(
    "text",
    [
        "columns = 3",
        "[columns]\nshoe = 'Shoe'",
        "mark_patterns = ['q']",
        "kind = 'shoes'",
        "[values.nation]\n'/(/' = 'NED'",
        "shoes = 1",
        "[",
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(tmp_path: Path, text: str):
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(MappingUnreadable):
        load_mapping(tmp_path / "map.toml")


@pytest.mark.parametrize(
    ("cells", "target"), [(("1:12.31", "1:12.59"), "mark"), (("16:42", "16:51"), "time")]
)
def test_time_is_a_mark_unless_it_is_told_by_a_clock(cells: tuple[str, ...], target: str):
    (guess,) = recognise(["Time"], [[cell] for cell in cells])
    assert guess.target == target


def test_a_name_beside_a_given_name_is_the_family_name():
    guesses = recognise(["Name", "First name", "NOC"], [["Enke", "Karin", "GDR"]])
    assert [guess.target for guess in guesses] == ["family_name", "given_name", "nation"]


def test_headings_of_other_languages():
    guesses = recognise(["Rit", "Baan", "Rugnr", "Naam", "Voornaam", "Land", "Tijd"], [])
    assert [guess.target for guess in guesses] == [
        "unit",
        "lane",
        "bib",
        "family_name",
        "given_name",
        "nation",
        "mark",
    ]
