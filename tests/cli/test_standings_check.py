"""`medaldesk import --as standings-check`: a published table against the book."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
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
