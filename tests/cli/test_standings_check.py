"""`medaldesk import --as standings-check`: a published table against the book."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Done, Run
from tests.decided_games import create_games

TABLE = """noc,gold,silver,bronze
CHN,1,0,0
SWE,1,0,0
CAN,0,1,0
ITA,0,1,0
SUI,0,0,1
"""


def test_differences_are_told_and_nothing_is_written(run: Run, tmp_path: Path):
    book = tmp_path / "b.medaldesk"
    create_games(book)
    before = book.read_bytes()
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    check = ("import", book, "t.csv", "--as", "standings-check", "--competition", "OWG2022")
    done = run(*check)
    assert done.returncode == 1
    summary, line = done.stdout.splitlines()
    assert summary == "Beijing 2022: 5 rows agree, 1 differ."
    assert "GER: published nothing, here 0-0-1: as before the decision of CAS" in line
    assert "Not all rows agree; nothing was changed." in done.stderr
    (tmp_path / "t.csv").write_text(f"{TABLE}GER,0,0,1\n", encoding="utf-8")
    done = run(*check)
    assert (done.returncode, done.stdout) == (0, "Beijing 2022: 6 rows agree, 0 differ.\n")
    assert book.read_bytes() == before


def test_what_cannot_be_compared_is_refused(run: Run, tmp_path: Path):
    run("new", "b.medaldesk")
    (tmp_path / "t.csv").write_text("who,where\nAnn,There\n", encoding="utf-8")
    done = run("import", "b.medaldesk", "t.csv", "--as", "standings-check")
    assert done.returncode == 1
    assert "has no medal table to compare" in done.stderr
    done = run("import", "b.medaldesk", "t.csv", "--competition", "OWG2022")
    assert done.returncode == 2


SEVERAL = """competition,noc,gold,silver,bronze
OWG2022,CHN,1,0,0
OWG2022,SWE,1,0,0
OWG2022,CAN,0,1,0
OWG2022,ITA,0,1,0
OWG2022,SUI,0,0,1
OG2000,GRE,1,0,0
OG1906,GRE,8,14,13
"""


def check_of(run: Run, tmp_path: Path, *options: str) -> Done:
    create_games(tmp_path / "b.medaldesk")
    (tmp_path / "t.csv").write_text(SEVERAL, encoding="utf-8")
    return run("import", "b.medaldesk", "t.csv", "--as", "standings-check", *options)


def test_rows_of_other_competitions_are_counted(run: Run, tmp_path: Path):
    done = check_of(run, tmp_path, "--competition", "OWG2022")
    assert done.stdout.startswith("Beijing 2022: 5 rows agree, 1 differ.\n")
    assert "2 rows of other competitions are left aside." in done.stderr
    assert "1906" not in done.stderr


def test_several_competitions_are_summed_up(run: Run, tmp_path: Path):
    done = check_of(run, tmp_path)
    lines = done.stdout.splitlines()
    assert "2 competitions: 5 rows agree, 3 differ." in lines
    assert "No one competition of this book is “OG1906”: 1 row is not compared." in done.stderr


def test_every_row_is_written_with_what_came_of_it(run: Run, tmp_path: Path):
    done = check_of(run, tmp_path, "--report", "out.csv")
    assert "Wrote out.csv." in done.stdout
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["competition"], row["nation"]): row for row in rows}
    assert found["OWG2022", "CHN"]["result"] == "agrees"
    assert found["OG1906", "GRE"]["result"] == "unknown_competition"
    german = found["OWG2022", "GER"]
    assert (german["row"], german["result"], german["reasons"]) == ("", "differs", "decision")
    assert (german["published_bronze"], german["bronze"], german["more_bronze"]) == ("", "1", "-1")
    assert "as before the decision of CAS" in german["sentence"]


def test_the_check_as_data(run: Run, tmp_path: Path):
    done = check_of(run, tmp_path, "--format", "json", "--report", "out.csv")
    content = json.loads(done.stdout)
    assert (content["agreeing"], content["differing"], content["not_compared"]) == (5, 3, 1)
    assert {row["result"] for row in content["rows"]} == {
        "agrees",
        "differs",
        "unknown_competition",
    }
    assert "Wrote out.csv." in done.stderr


def test_successors_merged(run: Run, tmp_path: Path):
    done = check_of(run, tmp_path, "--competition", "OWG2022", "--group", "SUCCESSORS")
    assert done.stdout.startswith("Beijing 2022: 5 rows agree, 1 differ.\n")
    done = run("import", "b.medaldesk", "t.csv", "--as", "standings-check", "--group", "NONE")
    assert "There is no grouping" in done.stderr


def test_options_of_a_check_are_for_a_check(run: Run, tmp_path: Path):
    create_games(tmp_path / "b.medaldesk")
    for option in (("--group", "SUCCESSORS"), ("--format", "csv")):
        done = run("import", "b.medaldesk", "t.csv", *option)
        assert (done.returncode, "standings-check" in done.stderr) == (2, True)
