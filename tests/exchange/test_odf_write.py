"""A book as messages of the Olympic Data Feed (RULES 9)."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import BookExists, BookFull, BookUnreachable
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.records import RecordPolicy, Ruling
from medaldesk.domain.standings import RankBy
from medaldesk.exchange.odf.codes import Rsc
from medaldesk.exchange.odf.write import export_odf
from medaldesk.exchange.sample import create_sample
from tests.book.worlds import add_competition, add_event_type, nation
from tests.decided_games import RELAY, TIME, create_games
from tests.exchange.odf_written import book_facts, of_type, people, results, told, who, written

DAY = date(2026, 2, 9)
AT = datetime(2026, 2, 9, 17, 30, 15, 250_000, UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The sample book; for reading alone."""
    path = tmp_path_factory.mktemp("odf") / "sample.medaldesk"
    with create_sample(path, who="clerk") as book:
        yield book


@pytest.fixture(scope="module")
def messages(sample: Book, tmp_path_factory: pytest.TempPathFactory) -> list[Element]:
    return written(sample, tmp_path_factory.mktemp("odf") / "out")


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Decided games; for reading alone."""
    path = tmp_path_factory.mktemp("odf") / "games.medaldesk"
    create_games(path)
    with Book.open(path, read_only=True) as book:
        yield book


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "own.medaldesk", who="clerk") as book:
        add_competition(book, "OWG2026", "2026-02-06", "2026-02-22", "OWG")
        yield book


def held(book: Book, code: str = "SSKW1000M", method: Classification = Classification.FINAL) -> int:
    competition = book.reads.competition_by_code("OWG2026").id
    return book.edits.add_event(competition, add_event_type(book, code, method=method), DAY)


def enter(book: Book, event: int, name: str, mark: str, unit: str = "") -> int:
    athlete = book.edits.add_athlete(name)
    entry = book.edits.add_entry(event, nation(book, "NED"), athlete=athlete, unit=unit)
    book.edits.enter_mark(book.edits.result_of(entry), mark)
    return entry


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# The founding race


def test_the_founding_race(messages: list[Element]) -> None:
    pairs = of_type(messages, "DT_RESULT", "SSKW1000M-------------FNL-")
    pairs = [message for message in pairs if message.get("CompetitionCode") == "OWG2026"]
    units = [message.get("DocumentCode", "")[26:] for message in pairs]
    assert units == [*sorted(units[:-1]), "-" * 8]
    assert {"001300--", "001500--"} <= {*units}
    last = pairs[units.index("001500--")]
    assert results(last) == [
        ("1", None, "1:12.31", None, None, "1", "Jutta Leerdam"),
        ("3", None, "1:13.95", "+1.64", None, "2", "Miho Takagi"),
    ]
    assert told(last, "ResultStatus", "LogicalDate", "FeedFlag") == ("OFFICIAL", "2026-02-09", "P")
    indicator = last.find("Competition/Result/RecordIndicators/RecordIndicator")
    assert indicator is not None
    assert told(indicator, "RecordType", "Equalled") == ("OR", None)
    sport = last.find("Competition/ExtendedInfos/SportDescription")
    assert sport is not None
    assert told(sport, "DisciplineName", "EventName", "SubEventName", "Gender") == (
        "Speed Skating",
        "Women's 1000 m",
        "Final",
        "W",
    )


def test_its_medallists(messages: list[Element]) -> None:
    *_, message = of_type(messages, "DT_MEDALLISTS", "SSKW1000M")
    assert message.get("CompetitionCode") == "OWG2026"
    assert [
        (*told(medal, "Code", "Date", "Unit"), who(medal)) for medal in message.iter("Medal")
    ] == [
        ("ME_GOLD", "2026-02-09", "SSKW1000M-------------FNL-001500--", "Jutta Leerdam"),
        ("ME_SILVER", "2026-02-09", "SSKW1000M-------------FNL-001300--", "Femke Kok"),
        ("ME_BRONZE", "2026-02-09", "SSKW1000M-------------FNL-001500--", "Miho Takagi"),
    ]


def test_its_records(messages: list[Element]) -> None:
    (message,) = of_type(messages, "DT_RECORD", "SSKW1000M")
    record = message.find("Competition/Record")
    assert record is not None
    assert record.get("Code") == "SSKW1000M" + "-" * 25
    world, olympic = record.iterfind("RecordType")
    assert told(olympic, "RecordType") == ("OR",)
    columns = ("Result", "Place", "Country", "Date", "Current", "Historical")
    place = "Milano and Cortina d'Ampezzo"
    assert [(*told(data, *columns), *people(data)) for data in [*olympic][-2:]] == [
        ("1:12.59", place, "ITA", "2026-02-09", None, "Y", "Femke Kok"),
        ("1:12.31", place, "ITA", "2026-02-09", "Y", None, "Jutta Leerdam"),
    ]
    assert [(*told(data, *columns), *people(data)) for data in world] == [
        ("1:11.61", "Salt Lake City", None, "2019-03-09", "Y", None, "Brittany Bowe")
    ]


def test_who_takes_part(messages: list[Element]) -> None:
    *_, message = of_type(messages, "DT_PARTIC", "SSK-")
    columns = ("GivenName", "FamilyName", "PrintName", "Organisation")
    found = {told(each, *columns): each for each in message.iter("Participant")}
    leerdam = found["Jutta", "Leerdam", "Jutta Leerdam", "NED"]
    assert [each.get("Event", "")[:9] for each in leerdam.iter("RegisteredEvent")] == ["SSKW1000M"]
    codes = [each.get("Code") for each in message.iter("Participant")]
    assert len(set(codes)) == len(codes)


# Laws of any book


@pytest.mark.parametrize("name", ["sample", "games"])
def test_the_law_of_every_message(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    book: Book = request.getfixturevalue(name)
    stamps = []
    for message in written(book, tmp_path / "out"):
        assert str(Rsc.parse(message.get("DocumentCode", ""))) == message.get("DocumentCode")
        assert [child.tag for child in message] == ["Competition"]
        assert re.fullmatch(r"\d{9}", message.get("Time", ""))
        stamps.append(told(message, "Date", "Time"))
        order = [found.get("SortOrder") for found in message.iter("Result")]
        assert order == [str(place) for place in range(1, len(order) + 1)]
        without_rank = [found.get("Rank") is None for found in message.iter("Result")]
        assert without_rank == sorted(without_rank)
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize("name", ["sample", "games"])
def test_the_medals_table_is_that_of_the_book(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    book: Book = request.getfixturevalue(name)
    found = of_type(written(book, tmp_path / "out"), "DT_MEDALS")
    assert len(found) == len(book.reads.competitions())
    for message in found:
        competition = book.reads.competition_by_code(message.get("CompetitionCode", "")).id
        for rank_by, place, rank in (
            (RankBy.GOLD, "SortRank", "Rank"),
            (RankBy.TOTAL, "SortRankTotal", "RankTotal"),
        ):
            lines = book.reads.medal_table(competition, rank_by=rank_by).lines
            in_order = sorted(message.iter("MedalLine"), key=lambda row: int(row.get(place, "")))
            assert [told(row, "Organisation", rank) for row in in_order] == [
                (line.row.nation, str(line.row.rank(rank_by).number)) for line in lines
            ]
            assert [int(row.get(place, "")) for row in in_order] == [*range(1, len(lines) + 1)]


def test_numbers_by_gender_sum_up(games: Book, tmp_path: Path) -> None:
    columns = ("Gold", "Silver", "Bronze", "Total")
    for message in of_type(written(games, tmp_path / "out"), "DT_MEDALS"):
        for line in message.iter("MedalLine"):
            *parts, total = line
            kinds = [part.get("Type", "") for part in parts]
            assert kinds == sorted(set(kinds), key="MWXO".index)
            assert total.get("Type") == "TOT"
            for column in columns:
                assert sum(int(part.get(column, "")) for part in parts) == int(
                    total.get(column, "")
                )


# Decisions, ties, statuses, teams


def test_r8_what_stands_after_decisions(games: Book, tmp_path: Path) -> None:
    messages = written(games, tmp_path / "out")
    (sprint,) = of_type(messages, "DT_RESULT", "ATHW100")
    assert results(sprint) == [
        ("2", None, "11.12", None, None, "1", "Katerina Thanou"),
        ("3", "Y", "11.18", "+0.06", None, "2", "Tayna Lawrence"),
        ("3", "Y", "11.19", "+0.07", None, "3", "Merlene Ottey"),
        (None, None, "10.75", None, "DSQ", "4", "Marion Jones"),
    ]
    (medals,) = of_type(messages, "DT_MEDALLISTS", "ATHW100")
    assert [(*told(medal, "Code", "Date"), who(medal)) for medal in medals.iter("Medal")] == [
        ("ME_SILVER", "2000-09-23", "Katerina Thanou"),
        ("ME_SILVER", "2009-12-09", "Tayna Lawrence"),
        ("ME_BRONZE", "2009-12-09", "Merlene Ottey"),
    ]


def test_ties_of_an_event_that_is_not_official(games: Book, tmp_path: Path) -> None:
    messages = written(games, tmp_path / "out")
    (slalom,) = of_type(messages, "DT_RESULT", "ALPMSL")
    assert slalom.get("ResultStatus") == "LIVE"
    assert [(found[0], found[1], found[6]) for found in results(slalom)] == [
        ("1", None, "Arne First"),
        ("2", None, "Conrad Second"),
        ("3", None, "Bertil Third"),
        ("4", "Y", "Dario Fourth"),
        ("4", "Y", "Émile Fourth"),
    ]
    assert of_type(messages, "DT_MEDALLISTS", "ALPMSL") == []


def test_r11_a_team_with_its_members_in_order(games: Book, tmp_path: Path) -> None:
    messages = written(games, tmp_path / "out")
    for name in ("DT_RESULT", "DT_MEDALLISTS"):
        (relay,) = of_type(messages, name, "STKX2000R")
        china = next(found for found in relay.iter() if found.find("Competitor") is not None)
        (competitor,) = china.iterfind("Competitor")
        assert told(competitor, "Code", "Type", "Organisation") == (
            "STKX2000R-------------CHN01",
            "T",
            "CHN",
        )
        assert (who(china), people(china)) == (
            "Team CHN",
            ["Qu Chunyu", "Fan Kexin", "Wu Dajing", "Ren Ziwei"],
        )


def test_statuses_stand_last_and_marks_of_the_disqualified_stay(own: Book, tmp_path: Path) -> None:
    event = held(own)
    for name, mark in (("A Out", "DNS"), ("B Fell", "DNF"), ("C Done", "1:15.00")):
        enter(own, event, name, mark)
    (message,) = of_type(written(own, tmp_path / "out"), "DT_RESULT")
    assert results(message) == [
        ("1", None, "1:15.00", None, None, "1", "C Done"),
        (None, None, None, None, "DNF", "2", "B Fell"),
        (None, None, None, None, "DNS", "3", "A Out"),
    ]
    kinds = [found.get("ResultType") for found in message.iter("Result")]
    assert kinds == ["TIME", "IRM", "IRM"]


def test_an_event_over_its_phases_and_who_has_no_result(own: Book, tmp_path: Path) -> None:
    event = held(own)
    (heats,) = own.reads.event_head(event).phases
    own.edits.rename_phase(heats.id, "Heats")
    fast, slow = enter(own, event, "A Fast", "1:15.00"), enter(own, event, "B Slow", "1:16.00")
    enter(own, event, "C Out", "1:15.50")
    final = own.edits.add_phase(event, "Final")
    own.edits.enter_mark(own.edits.add_result(slow, final), "1:14.00")
    own.edits.enter_mark(own.edits.add_result(fast, final), "1:14.50")
    messages = written(own, tmp_path / "out")
    heat, decided = of_type(messages, "DT_RESULT")
    in_heat = [("1", "A Fast"), ("2", "C Out"), ("3", "B Slow")]
    assert [found[0::6] for found in results(heat)] == in_heat
    assert [found[0::6] for found in results(decided)] == [("1", "B Slow"), ("2", "A Fast")]
    (whole,) = of_type(messages, "DT_CUMULATIVE_RESULT")
    assert whole.get("DocumentCode") == "SSKW1000M" + "-" * 25
    in_event = [("1", "B Slow"), ("2", "A Fast"), ("3", "C Out")]
    assert [found[0::6] for found in results(whole)] == in_event


def test_medals_that_are_all_withheld_are_told_by_an_empty_message(
    own: Book, tmp_path: Path
) -> None:
    event = held(own)
    entry = enter(own, event, "A Only", "1:15.00")
    own.edits.make_official(event, DAY)
    (before,) = of_type(written(own, tmp_path / "before"), "DT_MEDALLISTS")
    assert [who(medal) for medal in before.iter("Medal")] == ["A Only"]
    line = DecisionLine(entry, medal=MedalRuling.WITHHELD)
    own.edits.take_decision(event, NewDecision("IOC", DAY, "pending", [line]), confirmed=True)
    (after,) = of_type(written(own, tmp_path / "after"), "DT_MEDALLISTS")
    assert [*after.iter("Medal")] == []
    assert int(after.get("Version", "")) > int(before.get("Version", ""))


def test_a_record_that_is_shared_and_one_that_waits(own: Book, tmp_path: Path) -> None:
    event = held(own)
    baseline = NewBaseline("Ada Old", "1:16.00", nation(own, "USA"), date(2020, 1, 1), "Oslo")
    kind = own.reads.event_type_by_code("SSKW1000M").id
    own.edits.set_baseline(own.edits.add_record_list("WR", kind), baseline)
    enter(own, event, "A First", "1:15.00", unit="1")
    enter(own, event, "B Second", "1:15.00", unit="2")
    (message,) = of_type(written(own, tmp_path / "out"), "DT_RECORD")
    columns = ("Result", "Current", "Historical", "Equalled")
    assert [(*told(data, *columns), *people(data)) for data in message.iter("RecordData")] == [
        ("1:16.00", None, "Y", None, "Ada Old"),
        ("1:15.00", "Y", None, None, "A First"),
        ("1:15.00", "Y", None, "Y", "B Second"),
    ]
    (list_,) = message.iter("RecordType")
    assert told(list_, "RecordType", "Shared") == ("WR", "Y")


def statuses(messages: list[Element]) -> list[tuple[str | None, ...]]:
    """Unit and status of the results, one after the other."""
    found = of_type(messages, "DT_RESULT")
    return [(each.get("DocumentCode", "")[26:], each.get("ResultStatus")) for each in found]


def test_every_status_that_an_event_can_have(own: Book, tmp_path: Path) -> None:
    event = held(own)
    first, _ = enter(own, event, "A First", "", "1"), enter(own, event, "B Second", "", "2")
    units = "000100--", "000200--"
    scheduled = written(own, tmp_path / "scheduled")
    assert statuses(scheduled) == [(unit, "START_LIST") for unit in units]
    own.edits.enter_mark(own.edits.result_of(first), "1:15.00")
    running = written(own, tmp_path / "running")
    assert statuses(running) == [(units[0], "LIVE"), (units[1], "START_LIST")]
    own.edits.make_official(event, DAY)
    official = written(own, tmp_path / "official")
    assert statuses(official) == [(unit, "OFFICIAL") for unit in units]
    own.edits.reopen_event(event)
    reopened = written(own, tmp_path / "reopened")
    assert statuses(reopened) == [(unit, "UNOFFICIAL") for unit in units]
    assert of_type(reopened, "DT_MEDALLISTS") == []


def test_start_orders_ties_and_records_that_wait(own: Book, tmp_path: Path) -> None:
    event = held(own)
    kind = own.reads.event_type_by_code("SSKW1000M").id
    own.edits.add_record_list("WR", kind, policy=RecordPolicy(needs_ratification=True))
    names = {"A First": "1:15.00", "B Equal": "1:15.00", "C Behind": "1:16.00"}
    for order, (name, mark) in enumerate(names.items(), start=1):
        result = own.edits.result_of(enter(own, event, name, mark, str(order)))
        own.edits.enter_start_order(result, str(order + 4))
        if order == 1:
            first = result
    messages = written(own, tmp_path / "out")
    found = [each for message in of_type(messages, "DT_RESULT") for each in message.iter("Result")]
    assert [(*told(each, "StartOrder", "Rank", "RankEqual"), who(each)) for each in found] == [
        ("5", "1", "Y", "A First"),
        ("6", "1", "Y", "B Equal"),
        ("7", "3", None, "C Behind"),
    ]
    flags = [flag.get("Equalled") for each in found for flag in each.iter("RecordIndicator")]
    assert flags == [None, "Y"]
    columns = ("Unconfirmed", "Equalled", "Current")
    (waiting,) = of_type(messages, "DT_RECORD")
    data = [told(each, *columns) for each in waiting.iter("RecordData")]
    assert data == [("Y", None, "Y"), ("Y", "Y", "Y")]
    (record_list,) = own.reads.record_lists()
    own.edits.rule_record(record_list.id, first, Ruling.RATIFIED, date(2026, 3, 1))
    (ratified,) = of_type(written(own, tmp_path / "later"), "DT_RECORD")
    data = [told(each, *columns) for each in ratified.iter("RecordData")]
    assert data == [(None, None, "Y"), ("Y", "Y", "Y")]


# Names and codes that are not the feed's


def test_every_message_says_what_its_competition_is_called(games: Book, tmp_path: Path) -> None:
    competitions = {row.code: row for row in games.reads.competitions()}
    for message in written(games, tmp_path / "out"):
        row, said = competitions[message.get("CompetitionCode", "")], book_facts(message)
        assert said["competition_name"] == row.name
        assert (said.get("series"), said.get("city")) == (row.series, row.city)
        assert (said["start_date"], said["end_date"]) == (row.start, row.end)
        if message.get("DocumentType") != "DT_MEDALS":
            sport = message.find("Competition/ExtendedInfos/SportDescription")
            assert sport is not None
            assert sport.get("DisciplineName")


def test_a_code_that_is_no_rsc_travels_beside_it(own: Book, tmp_path: Path) -> None:
    code = "WOMEN-S-CROSS-COUNTRY-RELAY-2"
    competition = own.reads.competition_by_code("OWG2026").id
    kind = own.edits.add_event_type(NewEventType(code, "CCS", "Relay", "W", TIME))
    enter(own, own.edits.add_event(competition, kind, DAY), "A B", "1:15.00")
    (message,) = of_type(written(own, tmp_path / "out"), "DT_RESULT")
    assert message.get("DocumentCode", "").startswith("CCSW")
    assert book_facts(message)["event"] == code


def test_any_text_is_well_formed(own: Book, tmp_path: Path) -> None:
    event = held(own)
    enter(own, event, '<b>A</b> & "B" ]]>', "1:15.00")
    # No edit takes a control character; a book of an earlier version may have one.
    with closing(sqlite3.connect(own.path)) as book, book:
        book.execute("UPDATE athlete SET family_name = char(1) || name")
    (message,) = of_type(written(own, tmp_path / "out"), "DT_RESULT")
    (found,) = message.iter("Result")
    assert "\ufffd" in who(found)


def test_it_is_well_formed_to_another_parser(games: Book, tmp_path: Path) -> None:
    program = which("xmllint")
    if program is None:
        pytest.skip("xmllint is not installed")
    written(games, tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    done = subprocess.run([program, "--noout", *files], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# Files


def test_the_same_book_gives_the_same_bytes(games: Book, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        export_odf(games.reads, games.path, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_holds_what_a_folder_does(games: Book, tmp_path: Path) -> None:
    count = export_odf(games.reads, games.path, tmp_path / "out.zip", at=AT)
    assert export_odf(games.reads, games.path, tmp_path / "out", at=AT) == count
    with ZipFile(tmp_path / "out.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert min(files) == f"20260209T173015250_DT_PARTIC_ATH{'-' * 31}.xml"
    assert all(content.startswith(b"<?xml") for content in files.values())


def test_a_part_of_a_book(games: Book, tmp_path: Path) -> None:
    reads = games.reads
    sydney = reads.competition_by_code("OG2000").id
    chosen = {"competitions": {sydney}, "events": {reads.event_by_path(RELAY)}}
    export_odf(reads, games.path, tmp_path / "out", **chosen)
    names = sorted(
        path.name.split("_", 1)[1].rstrip("-.xml") for path in (tmp_path / "out").iterdir()
    )
    assert names == [
        "DT_MEDALLISTS_ATHW100",
        "DT_MEDALLISTS_STKX2000R",
        "DT_MEDALS_GEN",
        "DT_PARTIC_ATH",
        "DT_PARTIC_STK",
        "DT_RESULT_ATHW100---------------FNL",
        "DT_RESULT_STKX2000R-------------FNL",
    ]


def test_a_folder_with_anything_in_it_is_left_alone(games: Book, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert export_odf(games.reads, games.path, tmp_path / "empty") > 0
    before = names_in(tmp_path / "empty")
    with pytest.raises(BookExists):
        export_odf(games.reads, games.path, tmp_path / "empty")
    assert names_in(tmp_path / "empty") == before
    with pytest.raises(BookExists):
        export_odf(games.reads, games.path, games.path)
    with pytest.raises(BookUnreachable):
        export_odf(games.reads, games.path, tmp_path / "missing" / "out")
    assert names_in(tmp_path) == ["empty"]


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_stops_half_way_leaves_nothing(
    games: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("medaldesk.exchange.odf.write.medal_standings", full)
    with pytest.raises(BookFull):
        export_odf(games.reads, games.path, tmp_path / name)
    assert names_in(tmp_path) == []


def test_an_empty_book(tmp_path: Path) -> None:
    with Book.create(tmp_path / "empty.medaldesk", who="clerk") as book:
        assert export_odf(book.reads, book.path, tmp_path / "out") == 0
    assert names_in(tmp_path / "out") == []
