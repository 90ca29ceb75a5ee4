"""`standings` of any scope, ranked any way, of any day, and two of them compared (R14-R20)."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.decided_games import create_games

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Games with decisions; for reading alone."""
    path = tmp_path_factory.mktemp("games") / "games.medaldesk"
    create_games(path)
    return path


def data(done: Done) -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def triples(found: Any) -> dict[str, tuple[int, int, int]]:
    return {row["nation"]: (row["gold"], row["silver"], row["bronze"]) for row in found["rows"]}


PLAIN_KEYS = [
    "rank", "rank_equal", "nation", "name", "gold", "silver", "bronze", "total", "rank_total",
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "bronze"),
    [
        ("2022-02-16", set()),
        ("2022-02-17", {"GER"}),
        ("2022-02-26", {"SUI"}),
        ("2022-12-13", {"GER", "SUI"}),
    ],
)
def test_r19_the_table_of_a_day(run: Run, games: Path, day: str, bronze: set[str]) -> None:
    options = ("--competition", "OWG2022", "--discipline", "frs", "--as-of", day)
    found = data(run("standings", games, *options, "--format", "json"))
    top = {"SWE": (1, 0, 0), "CAN": (0, 1, 0)} if bronze else {}
    assert triples(found) == top | dict.fromkeys(bronze, (0, 0, 1))
    assert (found["as_of"], found["disciplines"]) == (day, ["FRS"])
    printed = run("standings", games, *options).stdout
    assert "As of: " in printed
    assert "Discipline: Freestyle Skiing" in printed


def test_r18_a_series_and_several_competitions(run: Run, games: Path) -> None:
    series = data(run("standings", games, "--series", "owg", "--format", "json"))
    assert (series["competition"], series["series"]) == (None, "OWG")
    assert series["competitions"] == ["OWG2022", "OWG2026"]
    named = ("--competition", "og2000", "--competition", "OWG2022")
    both = data(run("standings", games, *named, "--format", "json"))
    assert both["competitions"] == ["OG2000", "OWG2022"]
    assert triples(both)["JAM"] == (0, 1, 1)
    assert triples(both)["CHN"] == (1, 0, 0)
    assert "Sydney 2000, Beijing 2022" in run("standings", games, *named).stdout
    assert "Olympic Winter Games" in run("standings", games, "--series", "OWG").stdout


def test_r18_gender_and_days(run: Run, games: Path) -> None:
    options = ("--competition", "OWG2022", "--format", "json")
    mixed = data(run("standings", games, *options, "--gender", "x"))
    assert triples(mixed) == {"CHN": (1, 0, 0), "ITA": (0, 1, 0)}
    assert mixed["genders"] == ["X"]
    late = data(run("standings", games, *options, "--from", "2022-02-06", "--to", "2022-02-20"))
    assert set(triples(late)) == {"SWE", "CAN", "GER", "SUI"}
    assert (late["from"], late["to"]) == ("2022-02-06", "2022-02-20")


def test_r15_who_is_left_out_is_in_the_sum_of_all(run: Run, games: Path) -> None:
    options = ("standings", games, "--competition", "OWG2022")
    found = data(run(*options, "--format", "json"))
    assert "HUN" not in triples(found)
    assert found["left_out"] == {"gold": 0, "silver": 0, "bronze": 1, "total": 1}
    assert found["world"] == {"gold": 2, "silver": 2, "bronze": 3, "total": 7}
    assert "Left out: HUN 0-0-1 · All medals 2-2-3" in run(*options).stdout


def test_r17_weights_are_exact(run: Run, games: Path) -> None:
    options = ("--competition", "OWG2022", "--rank-by", "weighted:5-5/2-1/3")
    found = data(run("standings", games, *options, "--format", "json"))
    assert (found["rank_by"], found["weights"]) == ("weighted", "5-5/2-1/3")
    assert {row["nation"]: row["points"] for row in found["rows"]} == {
        "CHN": "5", "SWE": "5", "CAN": "2 1/2", "ITA": "2 1/2", "GER": "1/3", "SUI": "1/3",
    }  # fmt: skip
    assert [row["rank_weighted"] for row in found["rows"]] == [1, 1, 3, 3, 5, 5]
    assert "Ranked by points: 5-5/2-1/3" in run("standings", games, *options).stdout


def test_r17_per_capita_with_its_populations(run: Run, games: Path) -> None:
    options = ("--competition", "OWG2022", "--rank-by", "per-capita")
    found = data(run("standings", games, *options, "--format", "json"))
    rows = {row["nation"]: row for row in found["rows"]}
    assert [row["nation"] for row in found["rows"]][:3] == ["SWE", "CAN", "GER"]
    assert (rows["SWE"]["rank"], rows["SWE"]["per_million"]) == (1, "0.095")
    assert (rows["SWE"]["population"], rows["SWE"]["population_date"]) == (10549000, "2023-07-01")
    assert (rows["CHN"]["rank"], rows["CHN"]["per_million"]) == (None, None)
    printed = run("standings", games, *options).stdout
    assert "n/a: no population is known of CHN, ITA, SUI." in printed
    assert "Population: UN WPP 2024, 1 July 2023." in printed
    gold = data(run("standings", games, *options[:3], "per-capita:gold", "--format", "json"))
    assert gold["per_capita_of"] == "gold"
    assert [row["per_million"] for row in gold["rows"]][:3] == ["0.095", "0.000", "0.000"]


def test_r17_all_four_ranks_side_by_side(run: Run, games: Path) -> None:
    options = ("standings", games, "--competition", "OWG2022", "--all-ranks")
    first = run(*options).stdout.splitlines()[3]
    for title in ("Rank", "By total", "Points", "By points", "Per million", "Per capita"):
        assert title in first
    rows = data(run(*options, "--format", "json"))["rows"]
    keys = {"rank_gold", "rank_total", "rank_weighted", "rank_per_capita"}
    assert keys <= set(rows[0])
    assert list(rows[0])[: len(PLAIN_KEYS)] == PLAIN_KEYS


def test_r18_the_breakdown_adds_up(run: Run, games: Path) -> None:
    options = ("standings", games, "--series", "OWG", "--breakdown")
    printed = run(*options, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert printed.partition("\n")[0].startswith(",".join(PLAIN_KEYS) + ",men_gold,")
    for row in rows:
        for cell in ("gold", "silver", "bronze", "total"):
            parts = (row[f"{gender}_{cell}"] for gender in ("men", "women", "mixed", "open"))
            assert sum(map(int, parts)) == int(row[cell])
    title = run(*options).stdout.splitlines()[3]
    assert "Women  Mixed" in title
    assert "Open" not in title


def test_r20_zero_rows(run: Run, games: Path) -> None:
    options = ("standings", games, "--competition", "OG2000", "--format", "json")
    assert "USA" not in triples(data(run(*options)))
    assert triples(data(run(*options, "--zeros")))["USA"] == (0, 0, 0)


def test_r14_a_grouping_says_so(run: Run, games: Path) -> None:
    options = ("standings", games, "--competition", "OWG2022", "--group", "successors")
    assert data(run(*options, "--format", "json"))["grouping"] == "SUCCESSORS"
    assert "Grouping: Successor states merged: GER (" in run(*options).stdout


def test_r19_the_difference_and_its_causes(run: Run, games: Path) -> None:
    options = ("--competition", "OWG2022", "--compare-to", "2022-02-20", "--as-of", "2022-03-01")
    found = data(run("standings", games, *options, "--format", "json"))
    assert [found[side]["as_of"] for side in ("before", "after")] == ["2022-02-20", "2022-03-01"]
    changes = {row["nation"]: row["bronze_change"] for row in found["rows"]}
    assert changes == {"SUI": 1, "GER": -1}
    (cause,) = found["causes"]
    assert (cause["why"], cause["day"], cause["body"]) == ("decision", "2022-02-26", "FIS")
    printed = run("standings", games, *options).stdout
    assert "Before: official, as of 20 February 2022\n" in printed
    assert (
        "Beijing 2022 · Women's ski cross: decision of FIS on 26 Feb 2022: "
        "Daniela Maier (GER) −bronze, Fanny Smith (SUI) +bronze."
    ) in printed
    assert printed.index("SUI   Switzerland") < printed.index("GER   Germany")


def test_r19_the_earlier_table_stands_first(run: Run, games: Path) -> None:
    options = ("--competition", "OWG2022", "--as-of", "2022-02-10", "--format", "json")
    found = data(run("standings", games, *options, "--compare-to", "2022-02-18"))
    assert [found[side]["as_of"] for side in ("before", "after")] == ["2022-02-10", "2022-02-18"]
    assert {cause["why"] for cause in found["causes"]} == {"official"}


def test_r19_official_against_as_it_stands(run: Run, games: Path) -> None:
    found = data(run("standings", games, "--compare-to", "as-it-stands", "--format", "json"))
    assert [found[side]["basis"] for side in ("before", "after")] == ["official", "as_it_stands"]
    assert [row["nation"] for row in found["rows"]] == ["NOR", "AUT", "SWE"]
    assert [cause["why"] for cause in found["causes"]] == ["running"]
    same = run("standings", games, "--competition", "OG2000", "--compare-to", "as-it-stands")
    assert "Nothing is different." in same.stdout


def test_a_table_goes_to_a_file(run: Run, games: Path, tmp_path: Path) -> None:
    options = ("standings", games, "--competition", "OWG2022", "--all-ranks", "--breakdown")
    for name in ("table.pdf", "table.csv", "table.json", "table.txt"):
        done = run(*options, "--output", tmp_path / name)
        assert (done.stdout, done.stderr) == (f"Wrote {tmp_path / name}.\n", "")
    page = PdfReader(tmp_path / "table.pdf").pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "Switzerland" in page.extract_text()
    assert json.loads((tmp_path / "table.json").read_text("utf-8"))["competition"] == "OWG2022"
    assert (tmp_path / "table.csv").read_text("utf-8") == run(*options, "--format", "csv").stdout
    assert (tmp_path / "table.txt").read_text("utf-8") == run(*options).stdout
    assert run(*options, "--format", "text").stdout == run(*options).stdout


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--as-of", "2022-13-01"], "“2022-13-01” is not a date: type one such as 2026-02-09."),
        (["--compare-to", "soon"], "“soon” is not a date: type one such as 2026-02-09."),
        (["--rank-by", "weighted:3-x"], "“3-x” are no weights: type three numbers such as 3-2-1."),
        (["--rank-by", "gold:3-2-1"], "“gold:3-2-1” is no order: type gold, total, "),
        (["--from", "2022-02-02", "--to", "2022-02-01"], "is before the first, 2 February 2022."),
        (["--gender", "F"], "'F' is not one of"),
        (["--as-of", "2022-02-01", "--as-it-stands"], "--as-it-stands is of now"),
        (["--compare-to", "2022-02-01", "--zeros", "--all-ranks"], "--compare-to goes by one rank"),
        (["--format", "pdf"], "A PDF goes to a file: say which with --output."),
    ],
)
def test_a_wrong_option_is_a_wrong_command_line(
    run: Run, games: Path, options: list[str], expected: str
) -> None:
    done = run("standings", games, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert expected in done.stderr


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--series", "OWC"], "There is no series OWC in this book; it has OG, OWG."),
        (["--discipline", "FRSX"], "There is no discipline FRSX in this book: is it FRS?"),
        (["--group", "X"], "There is no grouping X in this book; it has SUCCESSORS."),
        (
            ["-o", "table.doc"],
            "table.doc names no kind of report: end it in one of .txt, .json, .csv, .pdf.",
        ),
    ],
)
def test_what_is_not_there_is_one_sentence(
    run: Run, games: Path, options: list[str], expected: str
) -> None:
    done = run("standings", games, *options)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected + "\n")


def test_a_table_never_replaces_its_book(run: Run, games: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_bytes(games.read_bytes())
    before = book.read_bytes()
    done = run("standings", book, "-o", book)
    assert done.returncode == 1
    assert "exists already" in done.stderr
    assert book.read_bytes() == before
