"""The ledger, the audit, rulings on records, and why a mark is one: R8, R12, R25, R26, R28."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewPublished
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.records import RecordPolicy, Ruling
from medaldesk.exchange.sample import FOUNDING_RACE
from tests.decided_games import SKI_CROSS, SPRINT, create_games

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture
def games(tmp_path: Path) -> Path:
    path = tmp_path / "games.medaldesk"
    create_games(path)
    return path


def data(done: Done) -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_r12_the_audit_has_every_unusual_event_and_why(run: Run, games: Path) -> None:
    found = data(run("audit", games, "--format", "json"))
    assert [(row["event"], row["reason"], row["decided_by"]) for row in found["rows"]] == [
        (SPRINT, "decision", ["IOC"]),
        (SKI_CROSS, "decision", ["FIS", "CAS"]),
    ]
    assert found["unexplained"] == 0
    assert [row["explained"] for row in found["rows"]] == [True, True]
    one = data(run("audit", games, "--competition", "og2000", "--format", "json"))
    assert [(row["gold"], row["silver"], row["bronze"]) for row in one["rows"]] == [(0, 2, 1)]
    printed = run("audit", games, "--format", "text").stdout
    assert "2 events are not 1-1-1; the reason of each is known." in printed


def test_r12_what_is_unexplained_ends_in_one(run: Run, games: Path, tmp_path: Path) -> None:
    with Book.open(games) as book:
        edits, games_id = book.edits, book.reads.competition_by_code("OWG2026").id
        form = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)
        method = Classification.MANUAL
        new = NewEventType("FSKW", "FSK", "Women's singles", "W", form, classification=method)
        event = edits.add_event(games_id, edits.add_event_type(new), date(2026, 2, 19))
        for name, rank in (("Anna", "1"), ("Berta", "2"), ("Carla", "4")):
            entry = edits.add_entry(event, 1, athlete=edits.add_athlete(name))
            edits.enter_rank(entry, rank)
        edits.make_official(event, date(2026, 2, 19))
    done = run("audit", games, "-o", tmp_path / "audit.pdf")
    assert done.returncode == 1
    assert done.stdout == f"Wrote {tmp_path / 'audit.pdf'}.\n"
    assert done.stderr == "Not all of these medals are explained: look at the events again.\n"
    assert "UNEXPLAINED" in PdfReader(tmp_path / "audit.pdf").pages[0].extract_text()


def test_r8_the_ledger_has_a_row_for_each_line(run: Run, games: Path, tmp_path: Path) -> None:
    printed = run("decisions", games, "--event", SKI_CROSS, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [(row["body"], row["name"], row["rank"], row["medal"]) for row in rows] == [
        ("CAS", "Daniela Maier", "3", "bronze"),
        ("FIS", "Fanny Smith", "3", "bronze"),
        ("FIS", "Daniela Maier", "4", "none"),
    ]
    found = data(run("decisions", games, "--competition", "OG2000", "--format", "json"))
    jones = found["rows"][0]
    assert (jones["sets_status"], jones["status"], jones["date"]) == (True, "DSQ", "2009-12-09")
    text = run("decisions", games).stdout
    assert "Marion Jones    USA     DSQ, no medal" in text
    assert run("decisions", games, "-o", tmp_path / "ledger.pdf").returncode == 0
    assert "Tayna Lawrence" in PdfReader(tmp_path / "ledger.pdf").pages[0].extract_text()


def test_a_revoked_decision_stays_in_the_ledger(run: Run, games: Path) -> None:
    with Book.open(games) as book:
        (decision, *_) = book.reads.decisions()
        book.edits.revoke_decision(decision.id, date(2023, 5, 1))
    rows = data(run("decisions", games, "--format", "json"))["rows"]
    assert [row["revoked_on"] for row in rows if row["body"] == "CAS"] == ["2023-05-01"]
    assert "Revoked on" in run("decisions", games).stdout


def test_no_decision_yet(run: Run, own_book: Path) -> None:
    assert "No decision yet." in run("decisions", own_book).stdout
    done = run("audit", own_book, "--competition", "OWG2026")
    assert done.returncode == 0
    assert "No official event is other than 1-1-1." in done.stdout


def test_a_cell_that_would_be_a_formula_is_quoted(run: Run, games: Path) -> None:
    with Book.open(games) as book:
        event = book.reads.event_by_path(SPRINT)
        entry = book.reads.results(event)[0].entry
        line = DecisionLine(entry, medal=MedalRuling.WITHHELD)
        new = NewDecision('=HYPERLINK("x")', date(2010, 1, 1), "@reason", [line])
        book.edits.take_decision(event, new)
    printed = run("decisions", games, "--event", SPRINT, "--format", "csv").stdout
    latest, *_ = csv.DictReader(io.StringIO(printed))
    assert (latest["body"], latest["reason"]) == ('\'=HYPERLINK("x")', "'@reason")


def olympic_record(book: Book) -> int:
    return next(kept.id for kept in book.reads.record_lists() if kept.code == "OR")


def test_r26_rulings_stand_beside_the_marks(run: Run, own_book: Path) -> None:
    with Book.open(own_book) as book:
        kept = olympic_record(book)
        book.edits.change_record_list(kept, RecordPolicy(needs_ratification=True))
        leerdam, kok, *_ = book.reads.results(book.reads.event_by_path(FOUNDING_RACE))
        book.edits.rule_record(kept, kok.id, Ruling.RATIFIED, date(2026, 3, 1), "ISU")
        book.edits.rule_record(kept, leerdam.id, Ruling.ANNULLED, date(2026, 3, 2))
    options = ("records", own_book, "--list", "OR")
    last = data(run(*options, "--format", "json"))["rows"][-1]
    assert (last["holder"], last["status"]) == ("Femke Kok", "ratified")
    assert (last["status_date"], last["status_source"]) == ("2026-03-01", "ISU")
    printed = run(*options).stdout
    assert "Women's 1000 m · to be ratified\n" in printed
    assert (
        "1:12.31 Jutta Leerdam (NED), Milano Cortina 2026, 9 Feb 2026: annulled, 2 March 2026."
    ) in printed
    kok_line = next(line for line in printed.splitlines() if line.startswith("1:12.59"))
    assert kok_line.split()[-2:] == ["stands", "Ratified"]


def test_the_published_progression_is_compared(run: Run, own_book: Path) -> None:
    with Book.open(own_book) as book:
        published = [
            NewPublished("Miho Takagi", "1:13.19", day=date(2022, 2, 17)),
            NewPublished("Jutta Leerdam", "1:12.31", day=date(2026, 2, 8)),
        ]
        book.edits.set_published(olympic_record(book), published)
    options = ("records", own_book, "--list", "OR", "--published")
    rows = {row["mark"]: row for row in data(run(*options, "--format", "json"))["rows"]}
    assert rows["1:13.19"]["comparison"] == "equal"
    assert rows["1:12.59"]["comparison"] == "short_lived"
    assert (rows["1:12.31"]["comparison"], rows["1:12.31"]["differs"]) == ("different", ["day"])
    assert rows["1:12.31"]["published_date"] == "2026-02-08"
    printed = run(*options).stdout
    assert "published with another date" in printed
    assert "1 of 24 lines are as published." in printed


def test_r28_why_it_is_a_record(run: Run, sample: Path) -> None:
    printed = run("why", sample, FOUNDING_RACE, "kok").stdout
    assert "Olympic record: 0.60 better than 1:13.19 of Miho Takagi (JPN)." in printed
    assert "World record not set: 0.98 short of 1:11.61 of Brittany Bowe (USA)." in printed
    assert "Leerdam" not in printed
    rows = data(run("why", sample, FOUNDING_RACE, "--format", "json"))["rows"]
    outcomes = {(row["name"], row["list"]): row["outcome"] for row in rows}
    assert outcomes["Jutta Leerdam", "OR"] == "set"
    assert outcomes["Miho Takagi", "OR"] == "not_better"
    done = run("why", sample, FOUNDING_RACE, "nobody")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Nobody called nobody is entered in this event.\n"


def test_records_of_several_nations_are_told_apart(run: Run, own_book: Path) -> None:
    with Book.open(own_book) as book:
        event_type = book.reads.event_type_by_code("SSKW1000M").id
        for code in ("NED", "JPN"):
            nation = book.reads.nation_by_code(code)
            book.edits.add_record_list("NR", event_type, nation=nation)
    rows = data(run("records", own_book, "--list", "NR", "--format", "json"))["rows"]
    assert {(row["of_nation"], row["holder"]) for row in rows} >= {
        ("NED", "Jutta Leerdam"),
        ("JPN", "Miho Takagi"),
    }
    printed = run("records", own_book, "--list", "NR").stdout
    assert "Women's 1000 m · NED" in printed
    assert "Women's 1000 m · JPN" in printed
