"""Start lists and results as people paste them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.errors import AlreadyEntered, EmptyField, SeveralOfThatName, UnknownCode
from medaldesk.domain.errors import MarkImpossible
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.units import UnitNotUnderstood
from medaldesk.exchange.pasted import PastedColumn, recognise
from medaldesk.exchange.pasted_rows import (
    Fate,
    recognise_for,
    take,
    understand,
)
from medaldesk.exchange.sample import FOUNDING_RACE
from tests import books

TIMES = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
JUMPS = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)
NATIONS = frozenset({"ned", "jpn", "usa", "kor", "netherlands", "japan", "united states"})
UNIT, LANE, ORDER, BIB = (
    PastedColumn.UNIT,
    PastedColumn.LANE,
    PastedColumn.ORDER,
    PastedColumn.BIB,
)
ATHLETE, NATION, MARK, RANK, OTHER = (
    PastedColumn.ATHLETE,
    PastedColumn.NATION,
    PastedColumn.MARK,
    PastedColumn.RANK,
    PastedColumn.OTHER,
)


def columns(text, form=TIMES):
    return recognise(text, form, lambda cell: cell.lower() in NATIONS).columns


@pytest.fixture
def book(tmp_path):
    with Book.open(books.sample(tmp_path / "b.medaldesk")) as made:
        yield made


@pytest.fixture
def event(book):
    return book.reads.event_by_path(FOUNDING_RACE)


def understood(book, event, text):
    return understand(book.reads, event, recognise_for(book.reads, event, text))


SHEET = [
    ("13", "o", "214", "Femke Kok", "NED", "1:12.59"),
    ("13", "i", "301", "Brittany Bowe", "USA", "1:14.55"),
    ("15", "o", "215", "Jutta Leerdam", "NED", "1:12.31"),
    ("15", "i", "118", "Takagi, Miho", "JPN", "dnf"),
]


@pytest.mark.parametrize("separator", ["\t", ";", " ; ", "    "])
def test_columns_by_what_stands_in_them(separator):
    text = "\n".join(separator.join(line) for line in SHEET)
    assert columns(text) == (UNIT, LANE, BIB, ATHLETE, NATION, MARK)


def test_a_quoted_cell_may_hold_line_ends():
    text = 'Jutta Leerdam\t"NED\nNetherlands"\t1:12.31\nFemke Kok\tNED\t1:12.59'
    pasted = recognise(text, TIMES, lambda cell: cell.lower() in NATIONS)
    assert pasted.cells[0] == ("Jutta Leerdam", "NED Netherlands", "1:12.31")
    assert pasted.lines == (text[: text.rindex("\n")], "Femke Kok\tNED\t1:12.59")


def test_a_quote_that_is_never_closed_is_no_quote():
    text = 'Femke Kok\t"NED\t1:12.59\n' + "Femke Kok\tNED\t1:12.59\n" * 9_999
    assert len(recognise(text, TIMES, lambda cell: cell == "NED").lines) == 10_000


def test_bars_separate_as_in_tables_of_text():
    assert columns("15 | Jutta Leerdam | NED | 1:12.31\n15 | Miho Takagi | JPN | 1:13.95") == (
        UNIT,
        ATHLETE,
        NATION,
        MARK,
    )


def test_commas_separate_where_they_are_no_part_of_a_name():
    assert columns("15,Jutta Leerdam,NED,1:12.31\n15,Miho Takagi,JPN,1:13.95") == (
        UNIT,
        ATHLETE,
        NATION,
        MARK,
    )
    assert columns("Leerdam, Jutta\tNED\nTakagi, Miho\tJPN") == (ATHLETE, NATION)
    assert columns('15,"Leerdam, Jutta",NED\n15,"Takagi, Miho",JPN') == (UNIT, ATHLETE, NATION)


def test_single_spaces_as_from_a_pdf():
    text = "15 o Jutta Leerdam NED 1:12.31\n15 i Miho Takagi JPN 1:13.95"
    pasted = recognise(text, TIMES, lambda cell: cell.lower() in NATIONS)
    assert pasted.columns == (UNIT, LANE, ATHLETE, NATION, MARK)
    assert pasted.cells[1] == ("15", "i", "Miho Takagi", "JPN", "1:13.95")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Pair\tLane\tName\tNOC\tTime", (UNIT, LANE, ATHLETE, NATION, MARK)),
        ("Rank\tBib\tName\tNation\tResult", (RANK, BIB, ATHLETE, NATION, MARK)),
        ("Rit\tBaan\tNaam\tLand\tTijd", (UNIT, LANE, ATHLETE, NATION, MARK)),
        ("Start order\tx\tAthlete\tNation\ty", (ORDER, OTHER, ATHLETE, NATION, OTHER)),
    ],
)
def test_columns_by_their_heading(heading, expected):
    pasted = recognise(f"{heading}\n1\t1\tJutta Leerdam\tNED\t1:12.31", TIMES, NATIONS.__contains__)
    assert pasted.columns == expected
    assert (pasted.heading, len(pasted.cells)) == (heading, 1)


def test_numbers_beside_sorted_marks_are_ranks_others_are_the_order_of_the_start():
    ranked = "1\tA Kok\tNED\t1:12.59\n2\tB Bowe\tUSA\t1:14.55\n2\tC Lee\tKOR\t1:14.55"
    started = "1\tA Kok\tNED\n2\tB Bowe\tUSA\n3\tC Lee\tKOR"
    assert columns(ranked) == (RANK, ATHLETE, NATION, MARK)
    assert columns(started) == (ORDER, ATHLETE, NATION)
    far = "1\tA Kok\tNED\t8.95\n2\tB Bowe\tUSA\t8.90"
    assert columns(far, JUMPS) == (RANK, ATHLETE, NATION, MARK)


def test_the_finish_is_the_largest_of_the_times():
    text = "A Kok\tNED\t17.40\t44.01\t1:12.59\t+0.28\nB Bowe\tUSA\t17.90\t45.00\t1:14.55\t+2.24"
    assert columns(text) == (ATHLETE, NATION, OTHER, OTHER, MARK, OTHER)


def test_names_in_two_columns():
    assert columns("KOK\tFemke\tNED\nBOWE\tBrittany\tUSA") == (
        PastedColumn.FAMILY_NAME,
        PastedColumn.GIVEN_NAME,
        NATION,
    )


def test_a_nation_in_words_and_a_place_in_one_cell():
    assert columns("15 o\tJutta Leerdam\tNetherlands\n3/5\tMiho Takagi\tJapan") == (
        UNIT,
        ATHLETE,
        NATION,
    )


def test_a_column_can_be_taken_for_something_else():
    pasted = recognise("1\tA Kok\tNED\n2\tB Bowe\tUSA", TIMES, lambda cell: cell.lower() in NATIONS)
    changed = pasted.with_column(0, UNIT)
    assert changed.columns == (UNIT, ATHLETE, NATION)
    assert changed.with_column(1, UNIT).columns == (OTHER, UNIT, NATION)


def test_a_heading_alone_is_no_line():
    pasted = recognise("Rank", TIMES, NATIONS.__contains__)
    assert pasted.cells == ()
    assert pasted.columns == (PastedColumn.RANK,)


@given(st.text(max_size=200))
def test_any_text_is_taken_apart_without_losing_a_line(text):
    pasted = recognise(text, TIMES, lambda cell: cell.lower() in NATIONS)
    filled = [line for line in text.splitlines() if line.strip()]
    assert len(pasted.cells) + (pasted.heading is not None) == len(filled)
    assert all(len(line) == len(pasted.columns) for line in pasted.cells)


# Against a book


def test_known_athletes_are_found_in_any_spelling_and_new_ones_are_told(book, event):
    rows = understood(
        book,
        event,
        "15 o\tLEERDAM Jutta\tNED\t1:12.31\n"
        "14 i\tNew Skater\tNorway\n"
        "15 i\ttakagi, miho\tJPN\t1:14.00",
    )
    assert [row.fate for row in rows] == [Fate.SAME, Fate.NEW_ATHLETE, Fate.CHANGES]
    assert [row.name for row in rows] == ["Jutta Leerdam", "New Skater", "Miho Takagi"]
    assert rows[1].nation is not None
    assert rows[1].nation.code == "NOR"


def test_taking_enters_the_good_lines_as_one_edit(book, event):
    rows = understood(
        book,
        event,
        "14 i\tNew Skater\tNOR\t1:13.00\n"
        "15 i\tMiho Takagi\tJPN\t1:14.00\n"
        "14 o\tAda Two\tXXX\t1:15.00",
    )
    before = {row.name: row.mark for row in book.reads.results(event)}
    assert take(book.reads, book.edits, event, rows) == 2
    sheet = {row.name: row for row in book.reads.results(event)}
    assert (sheet["New Skater"].mark.value, sheet["New Skater"].place.unit) == (73_000_000, 14)
    assert sheet["Miho Takagi"].mark.value == 74_000_000
    assert "Ada Two" not in sheet
    book.edits.undo()
    assert {row.name: row.mark for row in book.reads.results(event)} == before


def test_a_start_list_first_and_its_results_later(book):
    competition = book.reads.competition_by_code("OWG2026")
    names = [("Jutta Leerdam", "NED"), ("Femke Kok", "NED"), ("Erin Jackson", "USA")]
    event_type = book.reads.event_type_by_code("SSKW1000M").id
    book.edits.delete_event(book.reads.event_by_path(FOUNDING_RACE))
    event = book.edits.add_event(competition.id, event_type, date(2026, 2, 9))
    start_list = "\n".join(f"{n}\t{name}\t{code}" for n, (name, code) in enumerate(names, 1))
    rows = understood(book, event, start_list)
    assert [row.fate for row in rows] == [Fate.NEW_ENTRY] * 3
    take(book.reads, book.edits, event, rows)
    assert [row.start_order for row in book.reads.results(event)] == [1, 2, 3]
    results = "\n".join(f"{name}\t{code}\t1:1{n}.00" for n, (name, code) in enumerate(names))
    rows = understood(book, event, results)
    assert [row.fate for row in rows] == [Fate.CHANGES] * 3
    take(book.reads, book.edits, event, rows)
    assert [row.rank for row in book.reads.results(event)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("14 i\tNew Skater\tXXX\t1:13.00", UnknownCode),
        ("14 i\tNew Skater\t\t1:13.00", EmptyField),
        ("14 i\t\tNED\t1:13.00", EmptyField),
        ("14 i\tNew Skater\tNOR\t1:73.00", MarkImpossible),
        ("0 i\tNew Skater\tNOR\t1:13.00", UnitNotUnderstood),
        ("13 o\tJutta Leerdam\tNED\t1:12.00", AlreadyEntered),
    ],
)
def test_what_cannot_be_taken_says_why(book, event, line, error):
    others = "15 o\tJutta Leerdam\tNED\t1:12.31\n15 i\tMiho Takagi\tJPN\t1:13.95"
    *good, last = understood(book, event, f"{others}\n{line}")
    assert [row.error for row in good] == [None, None]
    assert (last.fate, type(last.error)) == (Fate.REFUSED, error)
    assert take(book.reads, book.edits, event, [last]) == 0


def test_two_athletes_of_one_name_and_nation_are_not_guessed(book, event):
    book.edits.add_athlete("Anna Twin")
    book.edits.add_athlete("Anna Twin")
    (row,) = understood(book, event, "14 i\tAnna Twin\tNOR")
    assert isinstance(row.error, SeveralOfThatName)


def test_a_namesake_of_another_nation_is_somebody_else(book, event):
    (row,) = understood(book, event, "14 i\tJutta Leerdam\tGER")
    assert row.fate is Fate.NEW_ATHLETE
    assert row.similar is not None
    assert (row.similar.name, row.similar.nation) == ("Jutta Leerdam", "NED")


def test_a_probable_misspelling_is_pointed_out(book, event):
    (row,) = understood(book, event, "14 i\tJuta Leerdam\tNED")
    assert row.fate is Fate.NEW_ATHLETE
    assert row.similar is not None
    assert row.similar.name == "Jutta Leerdam"


def test_without_a_nation_the_known_athlete_has_one(book, event):
    pasted = recognise_for(book.reads, event, "Jutta Leerdam\t1:12.31\nMiho Takagi\t1:13.95")
    assert pasted.columns == (ATHLETE, MARK)
    rows = understand(book.reads, event, pasted)
    assert [row.nation.code for row in rows if row.nation] == ["NED", "JPN"]


def test_a_unit_written_once_counts_for_the_lines_below(book, event):
    text = "14\ti\tNew One\tNOR\n\to\tNew Two\tNOR\n16\ti\tNew Three\tNOR\n\to\tNew Four\tNOR"
    rows = understood(book, event, text)
    assert [row.unit for row in rows] == ["14 i", "14 o", "16 i", "16 o"]


def test_record_flags_printed_behind_a_mark_are_left_out(book, event):
    rows = understood(book, event, "Miho Takagi\tJPN\t1:14.00 PB\nFemke Kok\tNED\t1:12.58 OR (1)")
    assert [row.mark for row in rows] == ["1:14.00", "1:12.58"]
