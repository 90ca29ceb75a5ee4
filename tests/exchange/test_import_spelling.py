"""What stands in the cells of a file, and what it is taken for: names, guards, shifted rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.import_errors import MappingUnreadable
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.mapping import ImportMapping, load_mapping, save_mapping
from medaldesk.exchange.importing.names import reader_of
from medaldesk.exchange.importing.parts import PartCounter
from medaldesk.exchange.importing.plan import make_plan
from medaldesk.exchange.importing.sources import guesses_of, sources_of_all
from medaldesk.exchange.write_table import Column, write_table
from tests.exchange.importing_desk import race, rows_of, sheet, take

ATHLETES = "SELECT name, family_name, given_name FROM athlete ORDER BY id"


def names(book: Book) -> list[str]:
    return [str(name) for (name,) in rows_of(book.path, "SELECT name FROM athlete ORDER BY id")]


# Names


def test_names_in_capitals_are_printed_where_a_file_writes_them_so(book: Book):
    take(
        book,
        race(
            "athlete,nation,mark",
            "LEERDAM Jutta,NED,1:20.00",
            "van der POEL Nils,SWE,1:20.10",
            "O'BRIEN Sam Jr.,USA,1:20.20",
            "VAN DIJK Ann,NED,1:20.30",
            "<b>HAX</b>,NED,1:20.40",
        ),
    )
    assert rows_of(book.path, ATHLETES) == [
        ("Jutta Leerdam", "Leerdam", "Jutta"),
        ("Nils van der Poel", "van der Poel", "Nils"),
        ("Sam O'Brien Jr.", "O'Brien", "Sam"),
        ("Ann Van Dijk", "Van Dijk", "Ann"),
        ("<b>HAX</b>", "<b>HAX</b>", None),
    ]


def test_one_name_in_capitals_among_others_stays_as_it_is(book: Book):
    rows = ["KC Boutiette,USA,1:20.00", "Ids Postma,NED,1:20.10", "Jutta LEERDAM,NED,1:20.20"]
    take(book, race("athlete,nation,mark", *rows, "Jan Bos,NED,1:20.30", "Li Na,CHN,1:20.40"))
    assert names(book)[:3] == ["KC Boutiette", "Ids Postma", "Jutta LEERDAM"]


def test_a_comma_before_a_suffix_is_no_comma_behind_a_family_name():
    printed = reader_of(["John Smith, Jr.", "Ann One"])
    assert printed("John Smith, Jr.").printed == "John Smith, Jr."
    turned = reader_of(["Smith, John, Jr.", "One, Ann"])
    assert turned("Smith, John, Jr.") == ("John Smith, Jr.", "Smith", "John")
    assert turned("Smith, Jr.").printed == "Smith, Jr."
    assert turned("Griffith III, Ken").printed == "Ken Griffith III"


def test_a_suffix_is_no_given_name(book: Book):
    take(book, race("athlete,nation,mark", "Con Smith Jr.,GBR,1:20.00"))
    assert rows_of(book.path, ATHLETES) == [("Con Smith Jr.", "Smith", "Con")]


def test_names_given_in_parts_are_kept_and_printed(book: Book):
    rows = ["van der POEL,Nils,SWE,1:20.10", '"Smith",John,USA,1:20.20', "O'BRIEN,Sam,USA,1:20.30"]
    take(book, race("family_name,given_name,nation,mark", *rows))
    assert rows_of(book.path, ATHLETES) == [
        ("Nils van der Poel", "van der POEL", "Nils"),
        ('John "Smith"', '"Smith"', "John"),
        ("Sam O'Brien", "O'BRIEN", "Sam"),
    ]


def test_a_name_beside_its_parts_is_as_it_is_to_be_printed(book: Book):
    row = "LEERDAM Jutta,Leerdam,Jutta,NED,1:20.00"
    take(book, race("athlete,family_name,given_name,nation,mark", row))
    assert rows_of(book.path, ATHLETES) == [("LEERDAM Jutta", "Leerdam", "Jutta")]


# Apostrophes before what looks like a formula


COLUMNS = [Column(name, 10) for name in ("competition", "start_date", "discipline", "event")]
COLUMNS += [Column(name, 10) for name in ("athlete", "nation", "medal", "note")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_apostrophe_is_a_guard_in_csv_and_text_in_a_workbook(
    tmp_path: Path, book: Book, suffix: str
):
    path = tmp_path / f"out.{suffix}"
    cells = ("X1", "2020-01-01", "SSK", "SSKW500M", "'=Ann", "NED", "gold", "'+remark")
    row = {column.name: cell for column, cell in zip(COLUMNS, cells, strict=True)}
    write_table(path, COLUMNS, [row])
    sources = [(s, ImportMapping().completed(guesses_of(s))) for s in sources_of_all([path])]
    apply_plan(book, make_plan(book.reads, sources))
    assert rows_of(book.path, "SELECT a.name, r.note FROM athlete AS a, result AS r") == [
        ("'=Ann", "'+remark")
    ]


# Meanings that take parts of what is there


def test_a_pattern_gives_its_groups_to_the_meaning(book: Book):
    mapping = ImportMapping(
        columns={
            "competition": ("competition",),
            "start_date": ("start_date",),
            "discipline": ("discipline",),
            "event": ("event",),
            "mark_kind": ("mark_kind",),
            "athlete": ("who",),
            "nation": ("who",),
            "mark": ("event", "mark"),
        },
        values={
            "athlete": {r"/^(.+) \(.*$/": r"\1"},
            "nation": {r"/^.+ \((\w+)\)$/": r"\1"},
            "mark": {r"/^SSKW1000M \((\d)\.(\d+)/(\d+)\)$/": r"\1:\2.\3"},
        },
    )
    take(book, race("who,mark", "Karin Enke (GDR),(1.21/61)"), mapping)
    lines = rows_of(book.path, "SELECT name, nation, mark FROM v_results")
    assert lines == [("Karin Enke", "GDR", "1:21.61")]


@pytest.mark.parametrize("meaning", [r"\\2", r"\\n", r"\\", r"\\g<1>"])
def test_a_meaning_takes_groups_that_are_there(tmp_path: Path, meaning: str):
    path = tmp_path / "map.toml"
    path.write_text(f'[values.mark]\n"/^(a)$/" = "{meaning}"\n', encoding="utf-8")
    with pytest.raises(MappingUnreadable):
        load_mapping(path)


# Parts of an event, one below the other


def test_a_rank_of_one_below_others_begins_another_part():
    count = PartCounter(lambda cells: cells[0], 1)
    ranks = [("A", ""), ("A", "4."), ("A", "1."), ("A", "=1"), ("A", "3."), ("A", "01")]
    found = [count(cells) for cells in [*ranks, ("B", "1"), ("B", "1"), ("B", "2"), ("B", "11")]]
    parts = ["1 1", "1 2", "2 1", "2 2", "2 3", "3 1", "1 1", "1 2", "1 3", "1 4"]
    assert [" ".join(place) for place in found] == parts


def test_heats_stand_below_the_final_of_a_file(tmp_path: Path, book: Book):
    mapping = ImportMapping(
        columns={
            "competition": ("competition",),
            "start_date": ("start_date",),
            "discipline": ("discipline",),
            "event": ("event",),
            "mark_kind": ("mark_kind",),
            "phase": ("(part)",),
            "unit": ("(part)",),
            "athlete": ("who",),
            "nation": ("noc",),
            "mark": ("mark",),
        },
        values={
            "phase": {"1": "Final", "/./": "Heats"},
            "unit": {"1": "", "2": "1", "3": "2"},
        },
        left_out=("place",),
        parts_by="place",
    )
    path = tmp_path / "map.toml"
    save_mapping(path, mapping)
    assert load_mapping(path) == mapping
    source = race(
        "place,who,noc,mark",
        "1,Ann One,USA,1:20.00",
        "2,Bea Two,NED,1:21.00",
        "1,Bea Two,NED,1:22.00",
        "2,Cis Three,GDR,1:23.00",
        "1,Ann One,USA,1:24.00",
    )
    plan = take(book, source, mapping)
    assert not plan.problems
    lines = rows_of(book.path, "SELECT phase, unit, name, mark FROM v_results ORDER BY mark")
    assert lines == [
        ("Final", None, "Ann One", "1:20.00"),
        ("Final", None, "Bea Two", "1:21.00"),
        ("Heats", 1, "Bea Two", "1:22.00"),
        ("Heats", 1, "Cis Three", "1:23.00"),
        ("Heats", 2, "Ann One", "1:24.00"),
    ]
    assert take(book, source, mapping).changes_anything is False


# Ranks that do not tell who was first


def test_ranks_without_the_first_one_are_not_typed_over_the_marks(book: Book):
    """Of a file that leaves out the ranks of the medallists one wrong rank would take them all."""
    source = race(
        "athlete,nation,mark,rank",
        "Ann One,USA,1:20.00,",
        "Bea Two,NED,1:21.00,",
        "Cis Three,GDR,1:22.00,",
        "Dora Four,URS,1:23.00,4",
        "Eva Five,URS,1:23.00,5",
    )
    plan = take(book, source)
    assert [rank for rank, *_ in sheet(book.path)] == [1, 2, 3, 4, 4]
    assert [doubt.kind for doubt in plan.doubts] == ["other_rank"]
