"""Tables for other programs: whole or not there, and never a formula."""

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from medaldesk.book.errors import BookUnreachable
from medaldesk.book.sheets import TableFormatUnknown, TableTooLarge
from medaldesk.domain.cells import plain
from medaldesk.exchange import write_table as module
from medaldesk.exchange.write_table import (
    Column,
    Row,
    write_table,
)

COLUMNS = (Column("name", 20), Column("rank", 8, is_number=True))

ODD = [
    '=HYPERLINK("http://example.org")',
    "+1+2",
    "-x",
    "@SUM(A1)",
    "{=1}",
    "'=quoted already",
    "''=twice",
    "'t Hart",
    'The "Rocket", again',
    "two\nlines",
    "two\r\nlines",
    "\rstarts anew",
    "\tindented",
    "  spaces  ",
    "Đặng 王 😀",
    "http://example.org",
    "0012",
    "1:12.31",
    "1e5",
    "TRUE",
    "<b>bold</b>",
    "<r>run</r>",
    "<r><t>run</t></r>",
    "<r>&</r>",
    "_x0041_",
    "bell\a",
    "nul\0",
]
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EACH = pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "table.ods"])


def rows_of(names: list[str]) -> list[Row]:
    return [{"name": name, "rank": number} for number, name in enumerate(names, start=1)]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def read_workbook(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def sheet_xml(path: Path) -> ElementTree.Element:
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]
        return ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))


def test_csv_gives_every_text_back_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    assert write_table(path, COLUMNS, rows_of(ODD)) == len(ODD)
    header, *rows = read_csv(path)
    assert header == ["name", "rank"]
    assert [plain(name) for name, _ in rows] == ODD
    assert not [name for name, _ in rows if name.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_is_utf8_and_rfc_4180(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    write_table(path, COLUMNS, [{"name": 'a "b", c'}, {"name": "two\nlines", "rank": 2}, {}])
    assert path.read_bytes() == b'name,rank\r\n"a ""b"", c",\r\n"two\nlines",2\r\n,\r\n'


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_sheet_has_the_name_of_what_it_holds(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"odd{suffix}"
    write_table(path, COLUMNS, [], "R & D")
    assert CalamineWorkbook.from_path(path).sheet_names == ["R & D"]


def test_xlsx_gives_every_text_back(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    assert write_table(path, COLUMNS, rows_of(ODD)) == len(ODD)
    header, *rows = read_workbook(path)
    assert header == ["name", "rank"]
    assert [name for name, _ in rows] == ODD


def test_xlsx_has_text_and_plain_numbers_but_no_formula_and_no_link(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    write_table(path, COLUMNS, [*rows_of(ODD), {"name": 46, "rank": 10**15}, {"name": ""}])
    sheet = sheet_xml(path)
    assert not list(sheet.iter(f"{SPREADSHEET}f"))
    assert not list(sheet.iter(f"{SPREADSHEET}hyperlink"))
    kinds = {cell.get("r"): cell.get("t") for cell in sheet.iter(f"{SPREADSHEET}c")}
    assert (kinds["A2"], kinds["B2"]) == ("inlineStr", None)
    last = len(ODD) + 2
    assert (kinds[f"A{last}"], kinds[f"B{last}"]) == (None, "inlineStr")
    assert f"A{last + 1}" not in kinds


def test_xlsx_has_a_bold_header_that_stays_and_columns_of_a_width(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    write_table(path, COLUMNS, rows_of(["Anna"]))
    sheet = sheet_xml(path)
    pane = sheet.find(f".//{SPREADSHEET}pane")
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    widths = [int(float(col.get("width", 0))) for col in sheet.iter(f"{SPREADSHEET}col")]
    assert widths == [20, 8]
    styles = {cell.get("r"): cell.get("s") for cell in sheet.iter(f"{SPREADSHEET}c")}
    with zipfile.ZipFile(path) as parts:
        looks = ElementTree.fromstring(parts.read("xl/styles.xml"))
    fonts = looks.findall(f"{SPREADSHEET}fonts/{SPREADSHEET}font")
    forms = looks.findall(f"{SPREADSHEET}cellXfs/{SPREADSHEET}xf")
    header, cell = (forms[int(styles[place] or 0)] for place in ("A1", "A2"))
    assert fonts[int(header.get("fontId", 0))].find(f"{SPREADSHEET}b") is not None
    # 49 is the format of text: what a person corrects there is not made a date.
    assert (cell.get("numFmtId"), styles["B2"]) == ("49", None)


def content_xml(path: Path) -> ElementTree.Element:
    with zipfile.ZipFile(path) as parts:
        first = parts.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert parts.read("mimetype").decode() == "application/vnd.oasis.opendocument.spreadsheet"
        return ElementTree.fromstring(parts.read("content.xml"))


def test_ods_gives_text_back_and_has_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "odd.ods"
    # Programs tell lines apart, not what ends them; a control letter is no XML; python-calamine
    # leaves out a tab at the beginning.
    told = {"two\r\nlines": "two\nlines", "\rstarts anew": "\nstarts anew"}
    told |= {"bell\a": "bell\ufffd", "nul\0": "nul\ufffd", "\tindented": "indented"}
    assert write_table(path, COLUMNS, rows_of(ODD)) == len(ODD)
    header, *rows = read_workbook(path)
    assert header == ["name", "rank"]
    assert [name for name, _ in rows] == [told.get(name, name) for name in ODD]
    assert [rank for _, rank in rows] == list(range(1, len(ODD) + 1))
    cells = [cell for cell in content_xml(path).iter() if cell.tag.endswith("}table-cell")]
    assert not [cell for cell in cells if any("formula" in name for name in cell.attrib)]


def test_ods_keeps_long_numbers_and_leaves_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "numbers.ods"
    write_table(path, COLUMNS, [{"name": "a", "rank": 10**15}, {}, {"name": "b", "rank": 46}])
    assert read_workbook(path)[1:] == [["a", str(10**15)], ["", ""], ["b", 46.0]]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=5))
def test_whatever_is_in_a_cell_makes_an_ods_well_formed(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.ods"
    write_table(path, COLUMNS, rows_of(names))
    rows = [row for row in content_xml(path).iter() if row.tag.endswith("}table-row")]
    assert len(rows) == len(names) + 1


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=5))
def test_whatever_is_in_a_cell_comes_back_from_csv(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    write_table(path, COLUMNS, rows_of(names))
    assert [plain(name) for name, _ in read_csv(path)[1:]] == names


@EACH
def test_a_file_of_that_name_is_replaced(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")
    assert write_table(path, COLUMNS, []) == 0
    read = read_csv if path.suffix == ".csv" else read_workbook
    assert read(path) == [["name", "rank"]]
    assert list(tmp_path.iterdir()) == [path]


class Stopped(Exception):
    pass


@EACH
def test_what_stops_half_way_leaves_the_file_as_it_was(tmp_path: Path, name: str) -> None:
    def stopping() -> Iterator[Row]:
        yield from rows_of(["Anna", "Berta"])
        raise Stopped

    path = tmp_path / name
    path.write_text("old", encoding="utf-8")
    with pytest.raises(Stopped):
        write_table(path, COLUMNS, stopping())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@EACH
def test_no_more_than_a_row_is_held(tmp_path: Path, name: str) -> None:
    alive: set[int] = set()
    most = 0

    class Watched(dict[str, str | int | None]):
        def __init__(self, number: int) -> None:
            super().__init__(name="Anna", rank=number)
            self.number = number
            alive.add(number)

        def __del__(self) -> None:
            alive.discard(self.number)

    def watched() -> Iterator[Row]:
        nonlocal most
        for number in range(100):
            yield Watched(number)
            most = max(most, len(alive))

    assert write_table(tmp_path / name, COLUMNS, watched()) == 100
    assert most <= 2


def test_the_name_says_the_format(tmp_path: Path) -> None:
    with pytest.raises(TableFormatUnknown) as error:
        write_table(tmp_path / "table.txt", COLUMNS, [])
    assert error.value.details["kinds"] == ".csv, .xlsx, .ods"
    assert write_table(tmp_path / "TABLE.CSV", COLUMNS, []) == 0


@EACH
def test_a_folder_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(BookUnreachable):
        write_table(tmp_path / "missing" / name, COLUMNS, [])


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_sheet_that_is_full_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(module, "XLSX_ROWS", 3)
    full, over = tmp_path / f"full{suffix}", tmp_path / f"over{suffix}"
    assert write_table(full, COLUMNS, rows_of(["Anna", "Berta"])) == 2
    with pytest.raises(TableTooLarge):
        write_table(over, COLUMNS, rows_of(["Anna", "Berta", "Carla"]))
    assert list(tmp_path.iterdir()) == [full]


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_cell_that_is_full_is_refused_and_never_cut(tmp_path: Path, letter: str) -> None:
    width = len(letter.encode("utf-16-le")) // 2
    longest = letter * (module.XLSX_LETTERS // width)
    path = tmp_path / "long.xlsx"
    write_table(path, COLUMNS, rows_of([longest]))
    assert read_workbook(path)[1][0] == longest
    with pytest.raises(TableTooLarge):
        write_table(path, COLUMNS, rows_of([longest + letter]))
    assert write_table(tmp_path / "long.csv", COLUMNS, rows_of([longest + letter])) == 1
