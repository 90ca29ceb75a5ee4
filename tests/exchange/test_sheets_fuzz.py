"""Damaged files of every kind: rows or a sentence, never anything else.

MEDALDESK_FUZZ is how many damaged files each reader gets. Where it is not set they are 200, and 40
workbooks of each kind, which are read in a process of their own.
"""

import bz2
import datetime
import gzip
import io
import lzma
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.exchange.sheets import SheetError, read_sheets
from medaldesk.reports.sentences import sentence
from tests.exchange.table_files import ods, ods_cell, ods_row, ods_text, xls, xlsx, zipped

WORKBOOKS = ("xlsx", "ods", "xls")
TEXT = 'sep=;\r\nname;mark;note\r\n"Kok; ""F.""";1:12,59;\r\n\r\nŠéf;;"a\nb"\r\n'


def workbook(book):
    sheet = book.add_worksheet("Heats")
    sheet.write_row(0, 0, ["name", "mark", 1.5, True, -3])
    sheet.write_datetime(1, 0, datetime.date(2026, 2, 9), book.add_format({"num_format": 14}))
    sheet.write_number(2, 3, 0.5, book.add_format({"num_format": "[h]:mm:ss"}))
    sheet.write_formula(2, 4, "=NA()", None, "#N/A")
    book.add_worksheet("Other").hide()


VALID = {
    "utf-8": TEXT.encode(),
    "utf-16": TEXT.encode("utf-16"),
    "gz": gzip.compress(TEXT.encode()),
    "xz": lzma.compress(TEXT.encode()),
    "bz2": bz2.compress(TEXT.encode()),
    "zip": zipped({"a.csv": TEXT.encode()}),
    "xlsx": xlsx(workbook),
    "ods": ods(
        ("A", ods_row(ods_text("name"), ods_cell("float", "1.5"), repeated=2), True),
        ("B", ods_row(ods_cell("time", "PT00H01M12.31S", attribute="time-value")), False),
    ),
    "xls": xls("Heats", [["Kok", 72.59, True], ["Bowe", 3.0, "x"]]),
}


def damage(draw, valid):
    """A file of which bytes are changed, cut out or put in."""
    data = bytearray(valid)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        end = at + draw(st.integers(0, 8))
        if draw(st.integers(0, 9)) == 0:
            end = draw(st.integers(at, len(data)))
        data[at:end] = draw(st.binary(max_size=8))
    return bytes(data)


@st.composite
def damaged(draw, kind):
    """Damage to the file itself, or to a part of it before it is packed."""
    valid = VALID[kind]
    if kind not in ("xlsx", "ods", "zip") or draw(st.booleans()):
        return damage(draw, valid)
    with zipfile.ZipFile(io.BytesIO(valid)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    return zipped(members | {name: damage(draw, members[name])})


def number(kind):
    return int(os.environ.get("MEDALDESK_FUZZ", "40" if kind in WORKBOOKS else "200"))


@pytest.mark.parametrize("kind", VALID)
@pytest.mark.timeout(120 + number(""))
def test_a_damaged_file_gives_rows_or_a_sentence(kind, tmp_path_factory):
    path = tmp_path_factory.mktemp("damaged") / f"table.{kind}"

    @settings(max_examples=number(kind), suppress_health_check=list(HealthCheck))
    @given(damaged(kind))
    def reads(content):
        path.write_bytes(content)
        cells, refused = read(path)
        assert all(isinstance(cell, str) for cell in cells)
        assert refused is None or str(path) in sentence(refused)

    reads()


def read(path):
    """Every cell of a file until it is refused, and why."""
    cells = []
    try:
        for sheet in read_sheets(path):
            for row in sheet.rows():
                cells += row
    except SheetError as error:
        return cells, error
    return cells, None
