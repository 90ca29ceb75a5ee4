"""Commands that make, check, copy and report; what they refuse, and that none loads Qt."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from pypdf import PdfReader

from medaldesk import __version__
from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE

Run = Callable[..., CompletedProcess[str]]


def test_help_tells_of_the_window_too(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "medaldesk [BOOK]" in done.stdout
    listed = [line.split()[0] for line in done.stdout.split("Commands:\n")[1].splitlines()]
    assert listed == [
        "audit",
        "backup",
        "check",
        "decisions",
        "demo",
        "export",
        "history",
        "import",
        "new",
        "records",
        "report",
        "results",
        "standings",
        "why",
    ]
    assert run("-h").stdout == done.stdout


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"MedalDesk, version {__version__}\n"


def test_a_new_book(run: Run, tmp_path: Path) -> None:
    done = run("new", tmp_path / "games", "--name", "My Games")
    assert done.stdout == f"Made {tmp_path / 'games.medaldesk'}.\n"
    with Book.open(tmp_path / "games.medaldesk", read_only=True) as book:
        assert book.reads.title() == "My Games"
    again = run("new", tmp_path / "games.medaldesk")
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_a_whole_book_is_ok(run: Run, sample: Path) -> None:
    done = run("check", sample)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{sample} is ok" in done.stdout


def test_a_book_with_wrong_ranks_is_not(run: Run, own_book: Path) -> None:
    connection = sqlite3.connect(own_book)
    connection.execute("UPDATE placing SET rank = 7 WHERE rank = 1")
    connection.commit()
    connection.close()
    done = run("check", own_book)
    assert done.returncode == 1
    assert done.stdout.startswith("placing is not what follows from the facts")
    assert done.stderr == f"{own_book} is not ok; nothing was changed: go back to a backup of it.\n"


def test_a_backup_is_a_book_and_replaces_nothing(run: Run, own_book: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.medaldesk"
    with Book.open(own_book):
        assert run("backup", own_book, target).returncode == 0
    assert run("check", target).returncode == 0
    done = run("backup", own_book, target)
    assert done.returncode == 1
    assert done.stderr == f"{target} exists already and was left as it is: choose another name.\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["medal-table"], ["Medal table", "Netherlands"]),
        (["event-results", "--event", FOUNDING_RACE.lower()], ["Women's 1000 m", "Femke Kok"]),
        (["event-results"], ["Women's 1000 m", "1:12.31"]),
        (["event-results", "--competition", "OWG2022"], ["Women's 1000 m", "1:13.19"]),
        (["record-history", "--list", "or"], ["Olympic record", "Skoblikova"]),
    ],
)
def test_reports_as_pdf(
    run: Run, sample: Path, tmp_path: Path, arguments: list[str], expected: list[str]
) -> None:
    target = tmp_path / "report.pdf"
    done = run("report", sample, *arguments, "-o", target, "--paper", "letter")
    assert (done.returncode, done.stderr) == (0, "")
    page = PdfReader(target).pages[0]
    assert float(page.mediabox.height) == 792
    heading, within = expected
    assert page.extract_text().startswith(heading)
    assert within in page.extract_text()


def test_a_report_as_csv_replaces_the_old_one(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("old", encoding="utf-8")
    assert run("report", sample, "medal-table", "-o", target).returncode == 0
    printed = run("standings", sample, "--format", "csv").stdout
    assert target.read_text(encoding="utf-8") == printed


def test_a_report_as_it_stands(run: Run, own_book: Path, tmp_path: Path) -> None:
    with Book.open(own_book) as book:
        book.edits.reopen_event(book.reads.event_by_path(FOUNDING_RACE))
    target = tmp_path / "table.pdf"
    assert run("report", own_book, "medal-table", "--as-it-stands", "-o", target).returncode == 0
    assert "AS IT STANDS" in PdfReader(target).pages[0].extract_text()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["standings", "--competition", "OWG2206"],
            "There is no competition OWG2206 in this book: is it OWG2026 or OWG2006 or OWG2022?",
        ),
        (
            ["standings", "--competition", "x"],
            "There is no competition x in this book; it has OWG2026, OWG2022, OWG2018, OWG2014, "
            "OWG2010, OWG2006, OWG2002, OWG1998 and 10 more.",
        ),
        (
            ["results", "OWG2026/SSKW1000"],
            "There is no event OWG2026/SSKW1000 in this book: is it OWG2026/SSKW1000M?",
        ),
        (
            ["records", "--list", "NR"],
            "There is no record list NR in this book; it has WR, OR.",
        ),
        (
            ["records", "--event-type", "SSKM500M"],
            "There is no event type SSKM500M in this book: is it SSKW1000M?",
        ),
        (
            ["report", "record-history", "-o", "x.pdf"],
            "Say which record list with --list and --event-type: WR SSKW1000M, OR SSKW1000M.",
        ),
        (
            ["report", "medal-table", "-o", "x.doc"],
            "x.doc names no kind of report: end it in one of .txt, .json, .csv, .pdf.",
        ),
        (
            ["report", "medal-table", "-o", "no/x.pdf"],
            f"{Path('no', 'x.pdf')} cannot be read or written (No such file or directory); "
            "nothing was changed.",
        ),
    ],
)
def test_a_persons_error_is_one_sentence(
    run: Run, sample: Path, tmp_path: Path, arguments: list[str], expected: str
) -> None:
    command, *rest = arguments
    done = run(command, sample, *rest)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected + "\n")
    assert list(tmp_path.iterdir()) == []


def missing(sample: Path, folder: Path) -> Path:
    return folder / "missing.medaldesk"


def other(sample: Path, folder: Path) -> Path:
    path = folder / "other.medaldesk"
    path.write_text("something else\n" * 100, encoding="utf-8")
    return path


def cut_off(sample: Path, folder: Path) -> Path:
    path = folder / "cut-off.medaldesk"
    path.write_bytes(sample.read_bytes()[:20_000])
    return path


def garbled(sample: Path, folder: Path) -> Path:
    path = folder / "garbled.medaldesk"
    content = sample.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    return path


def newer(sample: Path, folder: Path) -> Path:
    path = folder / "newer.medaldesk"
    shutil.copy(sample, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    return path


@pytest.mark.parametrize("bad", [missing, other, cut_off, garbled, newer])
@pytest.mark.parametrize("command", ["standings", "check", "history"])
def test_a_book_that_is_none_is_told_of_and_left_alone(
    run: Run, sample: Path, tmp_path: Path, bad: Callable[[Path, Path], Path], command: str
) -> None:
    path = bad(sample, tmp_path)
    before = path.read_bytes() if path.exists() else None
    done = run(command, path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert str(path) in done.stderr
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["standings"],
        ["standings", "x", "--rank-by", "silver"],
        ["standings", "x", "--format", "xml"],
        ["report", "x", "medal-table"],
        ["report", "x", "medals", "-o", "x.pdf"],
        ["nonsense", "x"],
        ["--nonsense"],
    ],
)
def test_a_wrong_command_line_is_two(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: medaldesk" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_nothing_to_speak_of(sample: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "medaldesk", "records", str(sample), "--format", "json"]
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_behind_a_pipe_is_one_sentence(sample: Path) -> None:
    command = [sys.executable, "-m", "medaldesk", "records", str(sample)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "No space left" in done.stderr.decode()


def test_a_report_never_replaces_its_book(run: Run, own_book: Path, tmp_path: Path) -> None:
    book = own_book.rename(tmp_path / "book.pdf")
    before = book.read_bytes()
    done = run("report", book, "medal-table", "-o", book)
    assert done.returncode == 1
    assert "exists already" in done.stderr
    assert book.read_bytes() == before


def test_letters_are_utf_8_in_a_pipe_whatever_the_system(sample: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    command = [sys.executable, "-m", "medaldesk", "results", str(sample), "SSKW1000M"]
    done = subprocess.run(command, env=environ, capture_output=True, check=True)
    assert "Béatrice Lamarche" in done.stdout.decode("utf-8")


LOADED = """
import sys
from medaldesk.cli.main import main
for arguments in {lines!r}:
    main(arguments, standalone_mode=False)
print(sorted(name for name in sys.modules if name.startswith(("PySide", "shiboken"))))
"""


def test_no_command_loads_qt(sample: Path, tmp_path: Path) -> None:
    book = str(sample)
    lines = [
        ["standings", book],
        ["results", book, FOUNDING_RACE, "--format", "json"],
        ["records", book, "--format", "csv"],
        ["why", book, FOUNDING_RACE],
        ["decisions", book],
        ["audit", book],
        ["history", book],
        ["check", book],
        ["new", str(tmp_path / "new.medaldesk")],
        ["backup", book, str(tmp_path / "copy.medaldesk")],
        ["report", book, "medal-table", "-o", str(tmp_path / "table.pdf")],
    ]
    child = [sys.executable, "-c", LOADED.format(lines=lines)]
    done = subprocess.run(child, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
