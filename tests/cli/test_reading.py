"""The commands that print: their keys, their numbers, and that they read beside a writer."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE

Run = Callable[..., CompletedProcess[str]]


def data(done: CompletedProcess[str]) -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_standings_as_json(run: Run, sample: Path) -> None:
    found = data(run("standings", sample, "--format", "json"))
    assert list(found) == ["competition", "basis", "as_of", "rank_by", "rows", "totals"]
    assert found["competition"] == "OWG2026"
    assert found["basis"] == "official"
    assert date.fromisoformat(found["as_of"])
    assert found["rank_by"] == "gold"
    assert found["rows"] == [
        {
            "rank": 1,
            "rank_equal": False,
            "nation": "NED",
            "name": "Netherlands",
            "gold": 1,
            "silver": 1,
            "bronze": 0,
            "total": 2,
            "rank_total": 1,
        },
        {
            "rank": 2,
            "rank_equal": False,
            "nation": "JPN",
            "name": "Japan",
            "gold": 0,
            "silver": 0,
            "bronze": 1,
            "total": 1,
            "rank_total": 2,
        },
    ]
    assert found["totals"] == {
        "gold": 1,
        "silver": 1,
        "bronze": 1,
        "total": 3,
        "nations": 2,
        "events": 1,
    }


def test_standings_by_total(run: Run, sample: Path) -> None:
    options = ("--competition", "owg1998", "--rank-by", "total", "--format", "json")
    found = data(run("standings", sample, *options))
    assert found["rank_by"] == "total"
    ranks = [(row["rank"], row["rank_equal"], row["rank_total"]) for row in found["rows"]]
    assert ranks == [(1, True, 1)] * 3
    assert [row["nation"] for row in found["rows"]] == ["NED", "USA", "CAN"]


def test_results_as_json(run: Run, sample: Path) -> None:
    found = data(run("results", sample, FOUNDING_RACE, "--format", "json"))
    assert (found["event"], found["competition"]) == (FOUNDING_RACE, "OWG2026")
    assert found["rows"][:2] == [
        {
            "rank": 1,
            "rank_equal": False,
            "sort_order": 1,
            "name": "Jutta Leerdam",
            "nation": "NED",
            "unit": 15,
            "mark": "1:12.31",
            "behind": "",
            "status": None,
            "medal": "gold",
            "records": ["OR"],
            "lane": "o",
            "wind": None,
            "bests": [],
            "members": [],
            "medal_ruling": None,
            "decided_by": None,
        },
        {
            "rank": 2,
            "rank_equal": False,
            "sort_order": 2,
            "name": "Femke Kok",
            "nation": "NED",
            "unit": 13,
            "mark": "1:12.59",
            "behind": "+0.28",
            "status": None,
            "medal": "silver",
            "records": ["OR"],
            "lane": "o",
            "wind": None,
            "bests": [],
            "members": [],
            "medal_ruling": None,
            "decided_by": None,
        },
    ]
    assert [row["sort_order"] for row in found["rows"]] == list(range(1, 15))
    unmarked = found["rows"][-1]
    assert (unmarked["rank"], unmarked["mark"], unmarked["medal"]) == (None, "", None)


def test_records_of_one_list_as_json(run: Run, sample: Path) -> None:
    found = data(run("records", sample, "--list", "or", "--format", "json"))
    assert list(found) == ["list", "event_type", "series", "rows"]
    assert (found["list"], found["event_type"], found["series"]) == ("OR", "SSKW1000M", "OWG")
    assert found["rows"][-2:] == [
        {
            "mark": "1:12.59",
            "holder": "Femke Kok",
            "nation": "NED",
            "date": "2026-02-09",
            "competition": "OWG2026",
            "unit": 13,
            "equalled": False,
            "current": False,
            "stood_for": "2 pairs",
            "status": None,
            "status_date": None,
            "status_source": None,
        },
        {
            "mark": "1:12.31",
            "holder": "Jutta Leerdam",
            "nation": "NED",
            "date": "2026-02-09",
            "competition": "OWG2026",
            "unit": 15,
            "equalled": False,
            "current": True,
            "stood_for": "",
            "status": None,
            "status_date": None,
            "status_source": None,
        },
    ]
    assert found["rows"][0]["date"] == "1960-02-22"


def test_records_of_several_lists_tell_each_row_apart(run: Run, sample: Path) -> None:
    found = data(run("records", sample, "--event-type", "sskw1000m", "--format", "json"))
    assert list(found) == ["rows"]
    assert {(row["list"], row["event_type"]) for row in found["rows"]} == {
        ("WR", "SSKW1000M"),
        ("OR", "SSKW1000M"),
    }
    printed = run("records", sample).stdout
    assert "World record\n" in printed
    assert "Olympic record\n" in printed


def test_history_as_json(run: Run, sample: Path) -> None:
    found = data(run("history", sample, "--format", "json"))
    assert list(found) == ["book", "rows"]
    assert [(row["id"], row["action"]) for row in found["rows"]] == [
        (2, "create_book"),
        (1, "create_book"),
    ]
    assert "Create book" in run("history", sample).stdout
    assert len(data(run("history", sample, "--limit", 1, "--format", "json"))["rows"]) == 1


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["standings"], "rank,rank_equal,nation,name,gold,silver,bronze,total,rank_total"),
        (
            ["results", FOUNDING_RACE],
            "rank,rank_equal,sort_order,name,nation,unit,mark,behind,status,medal,records,"
            "lane,wind,bests,members,medal_ruling,decided_by",
        ),
        (
            ["records", "--list", "OR"],
            "mark,holder,nation,date,competition,unit,equalled,current,stood_for,"
            "status,status_date,status_source",
        ),
        (["history"], "id,at,who,kind,action,subject,undone"),
    ],
)
def test_csv_has_the_keys_of_the_json(
    run: Run, sample: Path, arguments: list[str], first: str
) -> None:
    command, *rest = arguments
    printed = run(command, sample, *rest, "--format", "csv").stdout
    as_json = data(run(command, sample, *rest, "--format", "json"))
    assert printed.splitlines()[0] == first
    assert first.split(",") == list(as_json["rows"][0])
    assert len(list(csv.DictReader(io.StringIO(printed)))) == len(as_json["rows"])


def test_tables_are_aligned(run: Run, sample: Path) -> None:
    lines = run("results", sample, "SSKW1000M").stdout.splitlines()
    kok = next(line for line in lines if "Femke Kok" in line)
    leerdam = next(line for line in lines if "Jutta Leerdam" in line)
    assert kok.index("1:12.59") == leerdam.index("1:12.31")
    assert kok.endswith("Silver")
    assert not any(line.endswith(" ") for line in lines)


def test_it_reads_beside_a_writer(run: Run, own_book: Path) -> None:
    with Book.open(own_book) as book:
        assert book.can_write
        event = book.reads.event_by_path(FOUNDING_RACE)
        book.edits.reopen_event(event)
        official = data(run("standings", own_book, "--format", "json"))
        standing = data(run("standings", own_book, "--as-it-stands", "--format", "json"))
        assert (official["basis"], official["rows"]) == ("official", [])
        assert (standing["basis"], standing["rows"][0]["nation"]) == ("as_it_stands", "NED")
        winner = book.reads.results(event)[0]
        book.edits.enter_mark(winner.id, "dsq")
        rows = data(run("results", own_book, FOUNDING_RACE, "--format", "json"))["rows"]
        assert rows[0]["name"] == "Femke Kok"
        assert (rows[-1]["name"], rows[-1]["status"]) == ("Jutta Leerdam", "DSQ")


def test_without_a_code_it_is_the_latest_competition_with_events(run: Run, own_book: Path) -> None:
    from medaldesk.book.edits.programme import NewCompetition

    with Book.open(own_book) as book:
        days = (date(2030, 2, 1), date(2030, 2, 17))
        book.edits.add_competition(NewCompetition("OWG2030", "French Alps 2030", *days))
    assert data(run("standings", own_book, "--format", "json"))["competition"] == "OWG2026"


def test_an_empty_book_has_empty_rows(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "empty.medaldesk"
    assert run("new", book).returncode == 0
    assert data(run("records", book, "--format", "json")) == {"rows": []}
    assert "There is no record list yet." in run("records", book).stdout
    done = run("standings", book)
    assert (done.returncode, done.stderr) == (1, "There is no competition in this book yet.\n")
