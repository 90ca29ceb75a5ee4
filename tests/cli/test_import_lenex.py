"""`medaldesk import` of Lenex, said or recognised, and what is told of the files themselves."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.exchange.lenex_files import PARIS, WORLD, lenex
from tests.exchange.table_files import ods, ods_row, ods_text, zipped

OFFICIAL = ["Lukas Märtens", "Elijah Winnington", "Kim Woo-min"]


def new_book(run: Run, tmp_path: Path, content: str = "") -> None:
    assert run("new", "b.medaldesk").returncode == 0
    (tmp_path / "paris.lef").write_text(content or lenex(PARIS, WORLD), encoding="utf-8")


def test_lenex_is_taken_as_what_it_says_it_is(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    done = run("import", "b.medaldesk", "paris.lef")
    assert done.returncode == 0, done.stderr
    assert "6 rows new, 0 changed, 0 unchanged, 0 not taken." in done.stdout
    printed = run("results", "b.medaldesk", "OLYMPIC-GAMES-PARIS-2024/SWMM400MFR").stdout
    places = [printed.index(name) for name in OFFICIAL]
    assert places == sorted(places)
    assert run("check", "b.medaldesk").returncode == 0


def test_it_may_be_said_and_packed(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    (tmp_path / "paris.lxf").write_bytes(zipped({"a.lef": lenex(PARIS).encode()}))
    assert run("import", "b.medaldesk", "paris.lef", "--as", "lenex").returncode == 0
    again = run("import", "b.medaldesk", "paris.lxf", "--as", "lenex")
    assert "0 rows new, 0 changed, 5 unchanged, 0 not taken." in again.stdout


def test_what_is_no_lenex_is_refused_in_a_sentence(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    (tmp_path / "in.csv").write_text("athlete,mark\nOne,1\n", encoding="utf-8")
    (tmp_path / "in.xml").write_text("<Workbook/>", encoding="utf-8")
    (tmp_path / "bad.lef").write_text("<LENEX>\n<MEETS>", encoding="utf-8")
    for name, words in (
        ("in.csv", "in.csv is no LENEX"),
        ("in.xml", "neither an ODF message nor Lenex"),
        ("bad.lef", "bad.lef cannot be read from line 2 on"),
    ):
        done = run("import", "b.medaldesk", name, "--as", "lenex")
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_rows_that_are_not_taken_can_be_corrected_and_imported_again(run: Run, tmp_path: Path):
    new_book(run, tmp_path, lenex(PARIS).replace('nation="KOR"', 'nation="QQQ"'))
    done = run("import", "b.medaldesk", "paris.lef", "--report", "left.csv")
    assert "4 rows new, 0 changed, 0 unchanged, 1 not taken." in done.stdout
    assert "There is no nation QQQ" in done.stderr
    left = tmp_path / "left.csv"
    left.write_text(left.read_text(encoding="utf-8").replace("QQQ", "KOR"), encoding="utf-8")
    again = run("import", "b.medaldesk", "left.csv")
    assert "1 rows new, 0 changed, 0 unchanged, 0 not taken." in again.stdout


def test_a_hidden_sheet_that_was_left_out_is_told(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    heading = [ods_text(text) for text in ("competition", "event", "nation", "athlete", "mark")]
    row = [ods_text(text) for text in ("X1", "SSKW500M", "NED", "Ann One", "38.10")]
    rows = ods_row(*heading) + ods_row(*row)
    content = ods(("Shown", rows, True), ("Secret", rows, False))
    (tmp_path / "in.ods").write_bytes(content)
    done = run("import", "b.medaldesk", "in.ods", "--dry-run")
    assert "in.ods: The sheet Secret was left out" in done.stderr
