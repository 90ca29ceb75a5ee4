"""`medaldesk export`: a book as a table, for other programs."""

import csv
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE
from tests.decided_games import RELAY, SPRINT, create_games

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def games(tmp_path: Path) -> Path:
    path = tmp_path / "games.medaldesk"
    create_games(path)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_whole_book_as_csv(run: Run, sample: Path, tmp_path: Path) -> None:
    done = run("export", sample, "out.csv")
    rows = read(tmp_path / "out.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote out.csv, rows: {len(rows):,}.\n"
    race = [row for row in rows if f"{row['competition']}/{row['event']}" == FOUNDING_RACE]
    assert [(row["athlete"], row["mark"], row["medal"]) for row in race[:3]] == [
        ("Jutta Leerdam", "1:12.31", "gold"),
        ("Femke Kok", "1:12.59", "silver"),
        ("Miho Takagi", "1:13.95", "bronze"),
    ]


def test_some_of_a_book_as_xlsx(run: Run, games: Path, tmp_path: Path) -> None:
    options = ("--competition", "og2000", "--event", RELAY.lower())
    done = run("export", games, "out.xlsx", *options)
    assert (done.returncode, done.stderr) == (0, "")
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    header, *rows = book.get_sheet_by_index(0).to_python()
    at, event = header.index("competition"), header.index("event")
    assert list(dict.fromkeys(f"{row[at]}/{row[event]}" for row in rows)) == [SPRINT, RELAY]


def test_it_reads_beside_a_writer(run: Run, games: Path, tmp_path: Path) -> None:
    with Book.open(games) as book:
        assert book.can_write
        assert run("export", games, "out.csv", "--competition", "OG2000").returncode == 0
    results = [row for row in read(tmp_path / "out.csv") if not row["decision_date"]]
    assert len(results) == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["out.txt"], "out.txt names no kind of table: end it in one of .csv, .xlsx, .ods.\n"),
        (["games.medaldesk"], "games.medaldesk exists already and was left as it is"),
        (["missing/out.csv"], "missing/out.csv cannot be read or written"),
        (["out.csv", "--competition", "OG200"], "no competition OG200 in this book: is it OG2000?"),
        (["out.csv", "--event", "OG2000/X"], "There is no event OG2000/X in this book"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, games: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = run("export", games, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr.replace("\\", "/")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*out*"))


def test_a_cell_that_xlsx_cannot_hold(run: Run, games: Path, tmp_path: Path) -> None:
    with Book.open(games) as book:
        first, *_ = book.reads.results(book.reads.event_by_path(SPRINT))
        book.edits.write_note(first.id, "x" * 40_000)
    done = run("export", games, "out.xlsx")
    assert done.returncode == 1
    assert done.stderr == ("out.xlsx cannot hold all of this: write a CSV file, or fewer events.\n")
    assert not list(tmp_path.glob("*out*"))
    assert run("export", games, "out.csv").returncode == 0


def test_messages_in_a_folder_and_in_a_zip(run: Run, games: Path, tmp_path: Path) -> None:
    done = run("export", games, "out", "--as", "odf", "--event", SPRINT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Wrote out, messages: 3.\n"
    names = sorted(path.name.split("_", 1)[1][:12] for path in (tmp_path / "out").iterdir())
    assert names == ["DT_MEDALLIST", "DT_PARTIC_AT", "DT_RESULT_AT"]
    again = run("export", games, "out", "--as", "odf")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "out exists already and was left as it is: choose another name.\n"
    assert run("export", games, "out.zip", "--as", "odf").returncode == 0
    with ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None


def test_the_book_as_it_is(run: Run, games: Path, tmp_path: Path) -> None:
    done = run("export", games, "copy.medaldesk", "--as", "sqlite")
    assert (done.returncode, done.stdout) == (0, "Wrote copy.medaldesk.\n")
    with Book.open(tmp_path / "copy.medaldesk") as copy, Book.open(games) as book:
        assert copy.reads.competitions() == book.reads.competitions()
    part = run("export", games, "part.medaldesk", "--as", "sqlite", "--competition", "OG2000")
    assert (part.returncode, part.stdout) == (2, "")
    assert "--as sqlite writes the whole book." in part.stderr
    assert not (tmp_path / "part.medaldesk").exists()
