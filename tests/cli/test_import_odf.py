"""`medaldesk import` of messages of the Olympic Data Feed, said or recognised, and their check."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.exchange.importing_desk import rows_of
from tests.exchange.odf_messages import KOK, LEERDAM, TAKAGI, body, medallists, result, results
from tests.exchange.table_files import zipped

RACE = results(
    "OFFICIAL",
    result(LEERDAM, "1:12.31", 1, 2),
    result(KOK, "1:12.59", 2, 1),
    result(TAKAGI, "1:13.95", 3, 3),
)
MEDALS = medallists(("ME_GOLD", LEERDAM), ("ME_SILVER", KOK), ("ME_BRONZE", TAKAGI))


def standings(*lines: tuple[str, int, int, int, int]) -> str:
    """Medal standings: nation, rank, gold, silver, bronze."""
    rows = "".join(
        f'<MedalLine Organisation="{nation}" Rank="{rank}"><MedalNumber Type="TOT" Gold="{gold}" '
        f'Silver="{silver}" Bronze="{bronze}" Total="{gold + silver + bronze}"/></MedalLine>'
        for nation, rank, gold, silver, bronze in lines
    )
    payload = f"<MedalStandings><MedalsTable>{rows}</MedalsTable></MedalStandings>"
    return body("DT_MEDALS", "GEN".ljust(34, "-"), payload)


AGREEING = standings(("NED", 1, 1, 1, 0), ("JPN", 2, 0, 0, 1))


def new_book(run: Run, tmp_path: Path, **files: str) -> None:
    assert run("new", "b.medaldesk").returncode == 0
    for name, text in files.items():
        (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")


def test_messages_are_recognised_and_their_medal_table_is_checked(run: Run, tmp_path: Path):
    new_book(run, tmp_path, race=RACE, medals=MEDALS, table=AGREEING)
    done = run("import", "b.medaldesk", "table.xml", "medals.xml", "race.xml")
    assert done.returncode == 0, done.stderr
    assert "6 rows" not in done.stderr
    assert "OWG2026: 2 rows agree" in done.stdout
    assert "1:12.31" in run("results", "b.medaldesk", "OWG2026/SSKW1000M").stdout
    again = run("import", "b.medaldesk", "race.xml", "medals.xml", "--as", "odf")
    assert "0 rows new, 0 changed, 6 unchanged, 0 not taken." in again.stdout


def test_a_zip_of_messages(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    packed = {"a/1.xml": RACE.encode(), "a/2.xml": MEDALS.encode()}
    (tmp_path / "feed.zip").write_bytes(zipped(packed))
    done = run("import", "b.medaldesk", "feed.zip", "--as", "odf")
    assert done.returncode == 0, done.stderr
    assert run("check", "b.medaldesk").returncode == 0


def test_medal_standings_against_a_book(run: Run, tmp_path: Path):
    wrong = standings(("NED", 1, 2, 0, 0), ("JPN", 2, 0, 0, 1))
    new_book(run, tmp_path, race=RACE, agreeing=AGREEING, wrong=wrong)
    run("import", "b.medaldesk", "race.xml")
    done = run("import", "b.medaldesk", "agreeing.xml", "--as", "standings-check")
    assert done.returncode == 0, done.stderr
    done = run("import", "b.medaldesk", "wrong.xml", "--as", "standings-check")
    assert done.returncode != 0
    assert "NED" in done.stdout


def test_what_cannot_be_taken_is_told_by_message(run: Run, tmp_path: Path):
    new_book(run, tmp_path, race=RACE, test=RACE.replace('FeedFlag="P"', 'FeedFlag="T"'))
    done = run("import", "b.medaldesk", "race.xml", "test.xml")
    assert done.returncode == 0
    assert "test.xml: The message is a test; nothing of it is taken." in done.stderr
    (tmp_path / "short.xml").write_text(body("DT_RESULT", "SSKW1000M", ""), encoding="utf-8")
    done = run("import", "b.medaldesk", "short.xml")
    assert done.returncode != 0
    assert "short.xml: Its DocumentCode is “SSKW1000M”, which no message can have." in done.stderr


def test_the_rows_of_a_message_that_is_not_taken_can_be_saved(run: Run, tmp_path: Path):
    new_book(run, tmp_path, race=RACE.replace('Organisation="JPN"', 'Organisation="QQQ"'))
    done = run("import", "b.medaldesk", "race.xml", "--report", "out.csv")
    assert done.returncode != 0
    assert "race.xml: The message is taken whole or not at all" in done.stderr
    heading, *lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert heading.endswith("not taken because")
    # The whole message is there, to be taken whole; only the wrong row has a reason.
    wrong = [line for line in lines if "QQQ" in line]
    assert len(lines) > len(wrong) == 1
    assert "Miho Takagi" in wrong[0]
    assert "There is no nation" in wrong[0]
    assert rows_of(tmp_path / "b.medaldesk", "SELECT count(*) FROM event") == [(0,)]
