"""Tables of nations: codes and names by days, populations (RULES R13, R17)."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.errors import (
    BadDate,
    BadPopulation,
    CodeTaken,
    DatesReversed,
    EmptyField,
    UnknownCode,
)
from medaldesk.book.import_errors import CodeOfSeveral, ColumnMissing, NotOneOf
from medaldesk.book.reads.nations import NationRow
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.columns import recognise
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import (
    ImportKind,
    ImportMapping,
    load_mapping,
    profile,
    save_mapping,
)
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.sources import guesses_of, sources_of_all
from tests.exchange.importing_desk import race, sheet, table
from tests.exchange.importing_desk import take as take_as
from tests.exchange.test_import_real_data import data

NATIONS = ImportMapping(kind=ImportKind.NATIONS)


def take(book: Book, head: str, *rows: str) -> Plan:
    return take_as(book, table("\n".join([head, *rows]), "nations.csv"), NATIONS)


def nation(book: Book, code: str, day: str = "2026-02-06") -> NationRow:
    found = book.reads.nation_by_code(code, day)
    return next(row for row in book.reads.nations() if row.id == found)


def error_of(plan: Plan) -> tuple[type, str]:
    (problem,) = plan.problems
    assert not plan.changes_anything
    return type(problem.error), problem.column


def spans(row: NationRow) -> list[tuple[str, str, str | None, str | None]]:
    return [(code.code, code.name, code.first, code.last) for code in row.codes]


# Codes and names


def test_a_new_nation_has_what_the_file_says(book: Book):
    head = "code,name,kind,continent,valid_from,valid_to"
    plan = take(book, head, "zza,Atlantis,historic,oceania,1900-01-01,31.12.1950")
    assert plan.rows == {Fate.NEW: 1}
    row = nation(book, "ZZA", "1920-01-01")
    assert (row.kind, row.continent) == ("historic", "oceania")
    assert spans(row) == [("ZZA", "Atlantis", "1900-01-01", "1950-12-31")]
    assert book.check() == []
    again = take(book, head, "ZZA,Atlantis,historic,oceania,1900-01-01,1950-12-31")
    assert again.rows == {Fate.UNCHANGED: 1}
    book.edits.undo()
    assert book.reads.nation_by_code("ZZA", "1920-01-01") is None


def test_r13_a_nation_gets_another_code_from_a_day_on(book: Book):
    plan = take(
        book,
        "nation,code,name,valid_from,valid_to",
        "Netherlands,NED,,,2026-12-31",
        "Netherlands,NLD,The Netherlands,2027-01-01,",
    )
    assert plan.rows == {Fate.CHANGED: 1, Fate.NEW: 1}
    row = nation(book, "NED")
    assert spans(row) == [
        ("NED", "Netherlands", None, "2026-12-31"),
        ("NLD", "The Netherlands", "2027-01-01", None),
    ]
    assert book.reads.nation_code(row.id, "2027-02-01") == "NLD"


def test_r13_a_code_that_another_nation_has_on_these_days_is_refused(book: Book):
    plan = take(book, "nation,code,name,valid_from", "Germany,ROC,Germany,2021-01-01")
    assert error_of(plan) == (CodeTaken, "code")


def test_r13_a_nation_has_one_code_on_a_day(book: Book):
    plan = take(book, "nation,code,name,valid_from", "NED,HOL,Holland,2021-01-01")
    assert error_of(plan) == (CodeTaken, "code")


def test_r13_a_code_means_who_had_it_in_the_days_of_the_row(book: Book):
    head = "code,name,valid_from,valid_to"
    take(book, head, "ROC,China (Taipei),1932-01-01,1955-12-31")
    assert nation(book, "ROC", "1952-07-19").name == "China (Taipei)"
    assert nation(book, "ROC", "2022-02-04").name == "Russian Olympic Committee"


def test_without_days_a_code_of_several_needs_a_name_that_tells_which(book: Book):
    assert error_of(take(book, "code,name", "ROC,Somebody")) == (CodeOfSeveral, "code")
    plan = take(book, "code,name", "ROC,Russian Olympic Committee")
    assert plan.rows == {Fate.UNCHANGED: 1}


def test_a_code_of_iso_is_a_spelling_and_no_new_nation(book: Book):
    before = len(book.reads.nations())
    plan = take(book, "code,name", "DEU,Deutschland")
    assert plan.rows == {Fate.UNCHANGED: 1}
    assert len(book.reads.nations()) == before
    assert nation(book, "GER").name == "Germany"


def test_results_find_a_nation_of_the_same_plan(book: Book):
    nations = table("code,name\nZZA,Atlantis", "nations.csv")
    results = race("date,athlete,nation,mark", "1984-02-13,Karin Enke,ZZA,1:21.61")
    plan = make_plan(
        book.reads,
        [
            (results, ImportMapping().completed(guesses_of(results))),
            (nations, NATIONS.completed(guesses_of(nations, "nations"))),
        ],
    )
    assert plan.problems == []
    apply_plan(book, plan)
    assert [row[1] for row in sheet(book.path)] == ["Karin Enke"]
    book.edits.undo()
    assert book.reads.nation_by_code("ZZA", None) is None


# Populations


def test_populations_are_those_of_days_or_of_the_middle_of_years(book: Book):
    head = "iso,population,population_date,source"
    plan = take(book, head, "NLD,17.993.485,2024,UN", "NLD,17900000.0,1.1.2023,")
    assert plan.rows == {Fate.NEW: 2}
    told = [(p.people, p.date, p.source) for p in nation(book, "NED").populations]
    assert told == [(17_900_000, "2023-01-01", ""), (17_993_485, "2024-07-01", "UN")]
    assert take(book, head, "NLD,18000000,2024,").rows == {Fate.CHANGED: 1}
    figure = nation(book, "NED").population
    assert figure is not None
    assert (figure.people, figure.source) == (18_000_000, "UN")


def test_iso_codes_are_not_those_of_olympic_committees(book: Book):
    """BRN is Brunei to ISO and Bahrain to the Olympic committees; VNM was South Vietnam."""
    take(book, "iso,population,population_date", "BRN,1,2024", "BHR,2,2024", "VNM,3,2024")
    for code, people in (("BRU", 1), ("BRN", 2), ("VIE", 3)):
        (figure,) = nation(book, code).populations
        assert figure.people == people


def test_a_name_does_where_an_iso_code_is_unknown(book: Book):
    head = "iso,name,population,population_date"
    plan = take(book, head, "QZZ,Netherlands,17993485,2024")
    assert plan.rows == {Fate.NEW: 1}
    (figure,) = nation(book, "NED").populations
    assert figure.people == 17_993_485
    assert error_of(take(book, head, "QZZ,Atlantis,1,2024")) == (UnknownCode, "iso")


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("iso,population,population_date", "WLD,8000000000,2024", (UnknownCode, "iso")),
        ("nation,population,population_date", "Nowhere,1,2024", (UnknownCode, "nation")),
        ("code,population,population_date", "ZZA,1,2024", (EmptyField, "name")),
        ("code,population,population_date", "NED,many,2024", (BadPopulation, "population")),
        ("code,population,population_date", "NED,1,", (EmptyField, "population_date")),
        ("code,population,population_date", "NED,1,yesterday", (BadDate, "population_date")),
        ("code,name", "N,Nowhere", (EmptyField, "code")),
        ("code,name", ",Nowhere", (EmptyField, "code")),
        ("code,kind", "NED,kingdom", (NotOneOf, "kind")),
        ("code,continent", "NED,atlantis", (NotOneOf, "continent")),
        ("code,valid_from,valid_to", "NED,2026-01-01,2025-01-01", (DatesReversed, "valid_to")),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(
    book: Book, head: str, row: str, wanted: tuple[type, str]
):
    assert error_of(take(book, head, row)) == wanted


def test_a_table_that_names_no_nation_is_refused(book: Book):
    with pytest.raises(ColumnMissing):
        take(book, "population,population_date", "1,2024")


# Columns, mappings, real files


def test_columns_of_a_table_of_nations_are_guessed_as_such():
    heading = ["NOC", "Country", "Continent", "From", "To", "Population", "Year"]
    guesses = recognise(heading, [], "nations")
    assert [guess.target for guess in guesses] == [
        "code", "name", "continent", "valid_from", "valid_to", "population", "population_date",
    ]  # fmt: skip


def test_a_mapping_of_nations_is_kept_as_a_file(tmp_path: Path):
    mapping = ImportMapping(
        columns={"iso": ("Country Code",)}, kind=ImportKind.NATIONS, name="My nations"
    )
    save_mapping(tmp_path / "mine.toml", mapping)
    assert load_mapping(tmp_path / "mine.toml") == mapping


def test_the_codes_of_olympic_committees_are_all_known(book: Book):
    before = len(book.reads.nations())
    source = sources_of_all([data("noc_codes.csv")])[0]
    plan = make_plan(book.reads, [(source, profile("noc-codes"))])
    assert (plan.problems, plan.taken) == ([], 223)
    apply_plan(book, plan)
    assert len(book.reads.nations()) == before
    assert book.check() == []


def test_populations_of_countries_come_in_and_those_of_regions_are_told(book: Book):
    source = sources_of_all([data("population.csv")])[0]
    plan = make_plan(book.reads, [(source, profile("population"))])
    assert plan.rows == {Fate.NEW: 13_360}
    assert {type(problem.error) for problem in plan.problems} == {UnknownCode}
    assert len(plan.problems) == 17_195 - 13_360
    apply_plan(book, plan)
    figure = nation(book, "CHI").population
    assert figure is not None
    assert figure.people > 19_000_000
    assert not make_plan(book.reads, [(source, profile("population"))]).changes_anything
