"""Documents as text, CSV, JSON, and as files that are whole or not there."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.errors import BookError, BookUnreachable
from medaldesk.book.reads import Reads
from medaldesk.domain.cells import plain
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.reports import content, csv_file, json_file, text
from medaldesk.reports.document import Align, Column, Document, Row
from medaldesk.reports.errors import ReportFormatUnknown
from medaldesk.reports.save import save


def small(*rows: tuple[str, ...], align: Align = Align.DECIMAL) -> Document:
    return Document(
        title="Small",
        context="",
        status="",
        book="Book",
        columns=(Column("Name"), Column("Mark", align)),
        keys=("name", "mark"),
        rows=tuple(Row(cells, dict(zip(("name", "mark"), cells, strict=True))) for cells in rows),
    )


def test_the_table_is_aligned_and_no_line_ends_in_blanks(reads: Reads) -> None:
    printed = text.text(content.event_results(reads, reads.event_by_path(FOUNDING_RACE)))
    lines = printed.splitlines()
    assert printed.endswith("\n")
    assert all(line == line.rstrip() for line in lines)
    rows = [line for line in lines if " NED " in line or " JPN " in line]
    assert len({line.index("1:1") for line in rows}) == 1
    assert "Béatrice Lamarche  CAN" in printed


def test_decimal_points_stand_under_each_other() -> None:
    assert text.table(small(("Anna", "1:34.1"), ("Bo", "46"), ("Cy", "9.25"))).splitlines() == [
        "Name     Mark",
        "----  -------",
        "Anna  1:34.1",
        "Bo      46",
        "Cy       9.25",
    ]


def test_wide_letters_and_combining_marks_are_aligned() -> None:
    rows = [("高木 美帆", "1"), ("이나현", "2"), ("Lamarche\u0301", "3"), ("Jo", "4")]
    lines = text.table(small(*rows)).splitlines()[2:]
    assert [text.display_width(line) for line in lines] == [15, 15, 15, 15]
    assert text.display_width("Z\u0308\u200d") == 1


def test_a_name_cannot_command_the_terminal() -> None:
    printed = text.text(small(("A\x1b[2Jnna\u202e\n", "1")))
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "A[2Jnna" in printed


def test_csv_reads_back_what_json_says(reads: Reads) -> None:
    document = content.event_results(reads, reads.event_by_path(FOUNDING_RACE))
    read = list(csv.DictReader(io.StringIO(csv_file.text(document))))
    rows = json.loads(json_file.text(document))["rows"]
    assert [row["name"] for row in read] == [row["name"] for row in rows]
    assert [row["behind"] for row in read] == [row["behind"] for row in rows]
    assert read[0]["records"] == "OR"
    assert read[0]["rank_equal"] == "false"
    assert read[-1]["rank"] == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=OR", "'=OR"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+0.28", "+0.28"),
        ("+1:04.50", "+1:04.50"),
        ("+1+2", "'+1+2"),
        ("-3", "-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("'=OR", "''=OR"),
        ("'t Hart", "'t Hart"),
        ("＝1+1", "'＝1+1"),
        ("x;=1+1;y", "x;'=1+1;y"),
        ("x\n@SUM(A1)", "x\n'@SUM(A1)"),
        ("x;-5;+0.28", "x;-5;+0.28"),
        ("x;'=1", "x;''=1"),
        ("+1;x", "'+1;x"),
        ("time: 25:00; lap: -1", "time: 25:00; lap: -1"),
        ("Jutta Leerdam", "Jutta Leerdam"),
        ("", ""),
    ],
)
def test_no_cell_of_a_csv_is_a_formula(cell: str, expected: str) -> None:
    assert csv_file.safe(cell) == expected


@given(st.text())
def test_whatever_is_in_a_cell_a_spreadsheet_takes_it_for_text(cell: str) -> None:
    safe = csv_file.safe(cell)
    assert plain(safe) == cell
    harmless = set("+-0123456789:.")
    assert not safe.startswith(("=", "@", "\t", "\r", "\n"))
    assert not safe.startswith(("+", "-")) or set(safe) <= harmless


@given(st.text("'=+-@;|\t\r\n1.:x＝"))
def test_no_part_of_a_cell_is_a_formula_either(cell: str) -> None:
    safe = csv_file.safe(cell)
    assert plain(safe) == cell
    for part in re.split(r"[;|\t\r\n]", safe):
        assert not part.startswith(("=", "@", "＝"))
        assert not part.startswith(("+", "-")) or set(part) <= set("+-0123456789:.")


@given(st.text(), st.text())
def test_csv_and_json_read_back(name: str, mark: str) -> None:
    document = small((name, mark))
    assert json.loads(json_file.text(document))["rows"] == [{"name": name, "mark": mark}]
    cells = [csv_file.safe(cell.replace("\r", " ")) for cell in (name, mark)]
    (read,) = csv.DictReader(io.StringIO(csv_file.text(document), newline=""))
    assert list(read.values()) == cells


def test_a_report_replaces_the_file_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    save(small(("Ünal", "1")), path)
    assert path.read_text(encoding="utf-8") == "name,mark\nÜnal,1\n"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


def test_a_report_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    document = small(("Anna", "1"))
    (tmp_path / "folder.csv").mkdir()
    for path in (tmp_path / "missing" / "table.csv", tmp_path / "folder.csv"):
        with pytest.raises(BookUnreachable):
            save(document, path)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.csv"]


def test_a_report_that_fails_half_way_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BookError):
        save(small(("Anna", "1")), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


def test_a_name_without_a_known_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportFormatUnknown):
        save(small(("Anna", "1")), tmp_path / "table.doc")
    assert list(tmp_path.iterdir()) == []


def test_the_ending_counts_in_any_case(tmp_path: Path) -> None:
    save(replace(small(("Anna", "1")), title="T"), tmp_path / "TABLE.CSV")
    assert (tmp_path / "TABLE.CSV").exists()
