"""The founding race, typed in, in the terminal (RULES 8)."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from medaldesk.book.book import Book
from medaldesk.cli import demo
from medaldesk.cli.main import main
from medaldesk.exchange.sample import FOUNDING_RACE

Run = Callable[..., CompletedProcess[str]]

FILES = [
    "event-results.pdf",
    "founding-race.medaldesk",
    "medal-table.pdf",
    "record-history.pdf",
    "window.png",
]


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A window that is painted at once: what the child process would do is tested with it."""
    calls: list[list[str]] = []

    def paint(command: list[str], **options: object) -> SimpleNamespace:
        calls.append(command)
        Path(command[-1]).write_bytes(b"picture")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(demo.subprocess, "run", paint)
    return calls


def play(out: Path) -> Result:
    return CliRunner().invoke(main, ["demo", "--out", str(out)])


@pytest.mark.usefixtures("painted")
def test_every_mark_shows_what_it_did(tmp_path: Path) -> None:
    done = play(tmp_path / "demo")
    assert done.exit_code == 0, done.output
    before, race, after = done.output.split("\n== ")[0:3]
    assert "No medals yet." in before
    assert "Netherlands" not in before
    lines = race.splitlines()
    kok = next(line for line in lines if "Femke Kok" in line)
    leerdam = next(line for line in lines if "Jutta Leerdam" in line)
    takagi = next(line for line in lines if "Miho Takagi  " in line)
    assert lines.index(kok) < lines.index(leerdam) < lines.index(takagi)
    assert kok.startswith("pair 13")
    assert kok.endswith("Olympic record: 0.60 better than 1:13.19 of Miho Takagi (JPN).")
    assert leerdam.endswith("Olympic record: 0.28 better than 1:12.59 of Femke Kok (NED).")
    assert takagi.split()[-2:] == ["3", "+1.64"]
    assert "NED   Netherlands" in after
    assert "3 years 357 days" in after


def test_it_ends_with_the_files_it_wrote(tmp_path: Path, painted: list[list[str]]) -> None:
    out = tmp_path / "demo"
    done = play(out)
    told = done.output.split("Written:\n")[1].split()
    assert sorted(told) == [str(out / name) for name in FILES]
    assert files_in(out) == FILES
    assert painted[0][1:3] == ["-m", "medaldesk.gui.screenshot"]
    sheet = PdfReader(out / "event-results.pdf").pages[0].extract_text()
    assert "OFFICIAL" in sheet
    with Book.open(out / "founding-race.medaldesk", read_only=True) as book:
        assert book.check() == []
        rows = book.reads.results(book.reads.event_by_path(FOUNDING_RACE))
        assert [row.name for row in rows[:3]] == ["Jutta Leerdam", "Femke Kok", "Miho Takagi"]


@pytest.mark.usefixtures("painted")
def test_it_replaces_the_book_of_the_time_before(tmp_path: Path) -> None:
    first, second = play(tmp_path), play(tmp_path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.output == first.output


@pytest.mark.usefixtures("painted")
def test_it_leaves_a_book_alone_that_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "founding-race.medaldesk"
    with Book.create(path, name="In use", who="Eva"):
        done = play(tmp_path)
    assert done.exit_code == 1
    assert done.output == f"Eva has {path} open for writing: nothing was changed.\n"
    with Book.open(path, read_only=True) as book:
        assert book.reads.title() == "In use"


@pytest.mark.usefixtures("painted")
def test_it_leaves_a_file_alone_that_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "founding-race.medaldesk"
    path.write_text("mine", encoding="utf-8")
    assert play(tmp_path).exit_code == 1
    assert path.read_text(encoding="utf-8") == "mine"


def test_without_a_window_all_else_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = SimpleNamespace(returncode=1)
    monkeypatch.setattr(demo.subprocess, "run", lambda command, **options: failed)
    done = play(tmp_path)
    assert done.exit_code == 1
    assert done.output.endswith("The window could not be painted here; all else is done.\n")
    assert files_in(tmp_path) == [name for name in FILES if name != "window.png"]


def test_as_a_process_with_the_real_window(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert files_in(tmp_path / "medaldesk-demo") == FILES
    picture = (tmp_path / "medaldesk-demo" / "window.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
