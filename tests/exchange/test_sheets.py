"""Tables of other programs as rows of text: dialects, workbooks, packed files, limits."""

import bz2
import csv
import datetime
import gzip
import io
import lzma
import sys
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.sheets import (
    CellTooLong,
    FileTooLarge,
    NoteKind,
    NotText,
    PackedBroken,
    PackedSeveral,
    SheetError,
    SheetNote,
    SheetUnreachable,
    TooManyColumns,
    TooManyRows,
    WorkbookBroken,
)
from medaldesk.exchange.sheets import LIMITS, read_sheets
from medaldesk.exchange.sheets.cells import cell_text
from medaldesk.reports.sentences import sentence
from medaldesk.reports.sheet_words import note
from tests.exchange.table_files import ods, ods_cell, ods_row, ods_text, xls, xlsx, zipped

TABLE = [["athlete", "nation", "mark"], ["Leerdam", "NED", "1:12.31"], ["Kok", "NED", "1:12.59"]]
PLAIN = "\n".join(",".join(row) for row in TABLE)


@pytest.fixture
def read(tmp_path):
    """Writes bytes or text to a file and reads its sheets."""

    def read(content, name="table.csv", **limits):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_sheets(path, replace(LIMITS, **limits))

    return read


@pytest.fixture
def rows(read):
    return lambda *args, **limits: [*read(*args, **limits)[0].rows()]


# Text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_and_line_end_gives_the_same_rows(rows, delimiter, end):
    assert rows(end.join(delimiter.join(row) for row in TABLE)) == TABLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name;mark\nKok, Femke;72,59\nBowe, B.;74,55\n", ["Kok, Femke", "72,59"]),
        ("a;b;c\n1,5;2,5;3,5\n1,6;2,6;3,6\n", ["1,5", "2,5", "3,5"]),
        ('name,note\n"Kok; Femke",x;y\n', ["Kok; Femke", "x;y"]),
        ("title\nname;mark\nKok;72,59\n", ["name", "mark"]),
        ("name\nKok\n", ["Kok"]),
    ],
)
def test_the_delimiter_is_what_the_rows_agree_on(rows, text, expected):
    assert rows(text)[1][: len(expected)] == expected


def test_excel_names_its_delimiter_in_the_first_line(read):
    sheet = read("sep=;\r\nname;mark\r\nA,B,C;1,2,3\r\n")[0]
    assert [*sheet.numbered()] == [(2, ["name", "mark"]), (3, ["A,B,C", "1,2,3"])]


def test_quotes_hold_delimiters_quotes_and_line_ends(rows):
    text = 'name,note\r\n"Kok, ""Femke""","two\r\nlines"\r\n'
    assert rows(text)[1] == ['Kok, "Femke"', "two\r\nlines"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_of_every_kind(read, encoding):
    sheet = read("name;nation\nJutta Leerdam;NED\nVěra Růžičková;TCH\n".encode(encoding))[0]
    assert sheet.first(9)[2] == ["Věra Růžičková", "TCH"]
    assert sheet.encoding == encoding.upper().removesuffix("-SIG")


def test_another_encoding_is_used_and_told(read):
    sheet = read("name;nation\nSchöne;GDR\n".encode("cp1252"))[0]
    assert sheet.first(2)[1] == ["Schöne", "GDR"]
    assert sheet.notes == (SheetNote(NoteKind.ENCODING, "Windows-1252"),)
    assert note(sheet.notes[0]).startswith("Read as Windows-1252")


def test_blank_rows_are_left_out_and_short_ones_padded(read):
    sheet = read("\na,b,c\n\n,,\n1\n1,2,3,4\n")[0]
    assert [*sheet.numbered()] == [
        (2, ["a", "b", "c"]),
        (5, ["1", "", ""]),
        (6, ["1", "2", "3", "4"]),
    ]


def test_rows_can_be_read_again_and_at_once(read):
    sheet = read(PLAIN, "results.2026.csv")[0]
    assert sheet.name == "results.2026"
    assert list(zip(sheet.rows(), sheet.rows(), strict=True)) == [(row, row) for row in TABLE]
    assert sheet.first(1) == TABLE[:1]
    assert sheet.lines == 3


def test_nothing_is_a_table_without_rows(rows):
    assert rows("") == rows("\ufeff\n\n") == []


@pytest.mark.parametrize("content", [b"a,b\0c\n", b"\x89PNG\r\n\x1a\n\0\0", b"a\x81b\n", b"\xff"])
def test_what_is_no_text_is_refused(read, content):
    if content == b"\xff":
        assert [*read(content)[0].rows()] == [["ÿ"]]
        return
    with pytest.raises(NotText):
        read(content)


letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@given(
    table=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(letters, min_size=width, max_size=width), min_size=1)
    ),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_python_writes_comes_back(tmp_path_factory, table, delimiter, end, encoding):
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL, doublequote=True
    )
    writer.writerows(table)
    path = tmp_path_factory.getbasetemp() / "law.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    assert [*read_sheets(path)[0].rows()] == [row for row in table if any(row)]


# Packed


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("medals.csv.gz", gzip.compress),
        ("medals.csv.xz", lzma.compress),
        ("medals.csv.bz2", bz2.compress),
        ("all.zip", lambda data: zipped({"x/": "", "x/medals.csv": data, "__MACOSX/._m": b"\0"})),
        ("misnamed.txt.csv", lambda data: zipped({"medals.csv": data})),
    ],
)
def test_a_packed_text_is_unpacked(read, name, pack):
    sheet = read(pack(PLAIN.encode()), name)[0]
    assert [*sheet.rows()] == [*sheet.rows()] == TABLE
    assert sheet.name in ("medals", "misnamed")


def test_what_was_unpacked_lasts_as_long_as_its_rows(read):
    rows = read(gzip.compress(PLAIN.encode()))[0].rows()
    assert [*rows] == TABLE


def test_a_packed_workbook_is_unpacked(rows):
    workbook = xlsx(lambda book: book.add_worksheet().write_row(0, 0, ["a", 1]))
    assert rows(zipped({"book.xlsx": workbook}), "book.zip") == [["a", "1"]]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_broken_packing_is_told(read, pack):
    with pytest.raises(PackedBroken):
        read(pack(PLAIN.encode() * 100)[:-20], "broken.csv")


def test_a_zip_holds_one_file(read):
    with pytest.raises(PackedSeveral) as caught:
        read(zipped({"a.csv": "", "b.csv": ""}), "two.zip")
    assert "holds 2 files" in sentence(caught.value)
    with pytest.raises(PackedBroken):
        read(b"PK\x03\x04 and nothing more", "no.zip")


def test_what_is_packed_twice_is_not_unpacked_again(read):
    with pytest.raises(SheetError):
        read(gzip.compress(gzip.compress(PLAIN.encode())))
    with pytest.raises(PackedSeveral):
        read(zipped({"inner.zip": zipped({"a.csv": PLAIN})}), "outer.zip")


# Workbooks


def filled(book):
    sheet, hidden = book.add_worksheet("Heats"), book.add_worksheet("Notes")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "hh:mm"})
    split = book.add_format({"num_format": "mm:ss.00"})
    sheet.write_row(1, 0, ["Leerdam", 15, 72.31, 0.1 + 0.2, True])
    sheet.write_datetime(2, 0, datetime.date(2026, 2, 9), day)
    sheet.write_datetime(2, 1, datetime.time(16, 42), clock)
    sheet.write_number(2, 2, 72.31 / 86_400, split)
    sheet.write_formula(3, 0, "=1+1", None, 2)
    sheet.write_formula(3, 1, "=NA()", None, "#N/A")
    sheet.write_string(3, 2, "=HYPERLINK(A1)")
    sheet.write_blank(9, 9, None, day)
    hidden.hide()
    hidden.write(0, 0, "draft")
    book.add_chartsheet("Chart")


def test_a_workbook_is_read_as_a_person_sees_it(read):
    heats, notes = read(xlsx(filled), "anything.csv")
    assert (heats.name, notes.name) == ("Heats", "Notes")
    assert [*heats.numbered()] == [
        (2, ["Leerdam", "15", "72.31", "0.3", "TRUE"]),
        (3, ["2026-02-09", "16:42", "1:12.31", "", ""]),
        (4, ["2", "", "=HYPERLINK(A1)", "", ""]),
    ]
    assert heats.notes == (SheetNote(NoteKind.ERRORS, count=1),)
    assert "1 cells" in note(heats.notes[0])
    assert notes.is_hidden
    assert not heats.is_hidden


def test_an_open_document_is_read_the_same(read):
    cells = (
        ods_text("Leerdam"),
        ods_cell("float", 15),
        ods_cell("date", "2026-02-09", attribute="date-value"),
        ods_cell("time", "PT16H42M00S", attribute="time-value"),
        ods_cell("time", "PT00H01M12,31S", attribute="time-value"),
        ods_cell("time", "PT72.31S", attribute="time-value"),
        ods_cell("boolean", "true", attribute="boolean-value"),
        ods_cell("percentage", "0.5", "50%"),
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
    )
    empty = '<table:table-cell table:number-columns-repeated="1000"/>'
    table = ods_row(*cells) + ods_row(empty, repeated=1_000_000)
    heats, notes = read(
        ods(("Heats", table, True), ("Notes", ods_row(ods_text("x"), repeated=3), False)), "a.ods"
    )
    assert [*heats.rows()] == [
        ["Leerdam", "15", "2026-02-09", "16:42", "1:12.31", "1:12.31", "TRUE", "0.5"]
    ]
    assert heats.notes == (SheetNote(NoteKind.ERRORS, count=1),)
    assert notes.is_hidden
    assert [*notes.rows()] == [["x"]] * 3


def test_an_old_workbook_is_read(read):
    sheet = read(xls("Heats", [["Kok", "NED", 72.59], ["Bowe", "USA", 3.0, False]]), "a.xls")[0]
    assert sheet.name == "Heats"
    assert [*sheet.rows()] == [["Kok", "NED", "72.59", ""], ["Bowe", "USA", "3", "FALSE"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-0.0, "0"),
        (72.30999999999999, "72.31"),
        (1e300, "1e+300"),
        (float("nan"), ""),
        (7, "7"),
        (datetime.datetime(2026, 2, 9, 16, 42), "2026-02-09 16:42"),
        (datetime.datetime(2026, 2, 9, 8, 5, 30), "2026-02-09 08:05:30"),
        (datetime.time(8, 5), "8:05"),
        (datetime.time(2, 5, 31, 500_000), "2:05:31.5"),
        (datetime.time(0, 0, 58, 209_999), "0:58.21"),
        (datetime.time(0, 59, 59, 999_999), "1:00"),
        (datetime.time(0, 5), "0:05:00"),
        (datetime.timedelta(minutes=5), "5:00"),
        (datetime.timedelta(hours=26, seconds=72.5), "26:01:12.5"),
        (datetime.timedelta(seconds=-1.5), "-0:01.5"),
        ("PT", "PT"),
        ("PTA", "PTA"),
        ("PT1H2M", "1:02:00"),
        ("#N/A", ""),
        ("#1", "#1"),
    ],
)
def test_a_cell_is_text_as_a_person_sees_it(value, text):
    assert cell_text(value) == text


def large():
    cell = '<table:table-cell office:value-type="float" office:value="1" '
    cell += 'table:number-columns-repeated="90"/>'
    return ods(("A", ods_row(cell, repeated=1_000_000), True))


def test_a_long_wait_can_be_stopped(tmp_path):
    path = tmp_path / "a.ods"
    path.write_bytes(large())

    class Stopped(Exception):
        pass

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        read_sheets(path, tick=stop)


# What is refused


def far_cell(book):
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")


@pytest.mark.skipif(sys.platform == "win32", reason="memory of a process is not limited there")
def test_cells_that_reach_too_far_end_only_their_reader(read):
    with pytest.raises(WorkbookBroken):
        read(xlsx(far_cell), "far.xlsx")


def test_a_workbook_that_takes_too_long_is_refused(read):
    with pytest.raises(WorkbookBroken):
        read(large(), "slow.ods", seconds=0, patience=0)


@pytest.mark.parametrize(
    "content",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), zipped({"[Content_Types].xml": "<Types"})],
)
def test_a_broken_workbook_is_told(read, content):
    with pytest.raises(WorkbookBroken) as caught:
        read(content, "broken.xlsx")
    assert "broken.xlsx cannot be read as a workbook" in sentence(caught.value)


def table_workbook(book):
    sheet = book.add_worksheet()
    for number, row in enumerate(TABLE):
        sheet.write_row(number, 0, row)


@pytest.mark.parametrize("content", [PLAIN.encode(), xlsx(table_workbook)])
@pytest.mark.parametrize(
    ("limits", "error"),
    [
        ({"rows": 2}, TooManyRows),
        ({"columns": 2}, TooManyColumns),
        ({"cell": 6}, CellTooLong),
        ({"file": 9}, FileTooLarge),
    ],
)
def test_absurd_sizes_are_refused(rows, content, limits, error):
    assert rows(content, rows=3, columns=3, cell=7) == TABLE
    with pytest.raises(error) as caught:
        rows(content, **limits)
    assert "table.csv" in sentence(caught.value)


def test_a_quote_that_is_never_closed_is_found(rows):
    with pytest.raises(CellTooLong):
        rows('a,b\n1,"2\n' + "3,4\n" * 50_000)
    with pytest.raises(CellTooLong):
        rows("x" * 5_000_000)
    with pytest.raises(CellTooLong):
        rows('"a\n",' * 1_000_000)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_packed_bomb_stops_at_the_limit(read, pack):
    bomb = pack(b"0,0\n" * 1_000_000)
    with pytest.raises(FileTooLarge):
        read(bomb, unpacked=3_000_000)


def test_the_text_of_a_workbook_is_limited(read):
    with pytest.raises(FileTooLarge):
        read(ods(("A", ods_row(ods_text("x" * 10_000), repeated=1_000), True)), unpacked=500_000)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "bomb.csv"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(read, name):
    bomb = zipped({name: b"0" * 11_000_000})
    with pytest.raises(FileTooLarge) as caught:
        read(bomb, "bomb.zip")
    assert "bomb.zip is too large" in sentence(caught.value)
    assert zipfile.is_zipfile(io.BytesIO(bomb))


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SheetUnreachable) as caught:
            read_sheets(path)
        assert str(path) in sentence(caught.value)


def test_a_file_that_goes_while_it_is_read(read, tmp_path):
    sheet = read(PLAIN)[0]
    (tmp_path / "table.csv").unlink()
    with pytest.raises(SheetUnreachable):
        sheet.first(1)
