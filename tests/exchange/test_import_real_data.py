"""Real files of others, where they lie beside the checkout: nothing of them is in the project."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from medaldesk.book.book import Book
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.marks import Mark, MarkKind, format_mark
from medaldesk.domain.standings import StandingsRow
from medaldesk.exchange.importing.apply import apply_plan
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import profile
from medaldesk.exchange.importing.plan import Plan, make_plan
from medaldesk.exchange.importing.sources import sources_of_all
from medaldesk.exchange.tidy_export import export_tidy
from tests.exchange.importing_desk import plan_of, rows_of, take

DATA = Path(__file__).parents[3] / "shared" / "data"


def data(*parts: str) -> Path:
    """A file of the data, or the test is skipped."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"there is no {'/'.join(parts)} beside this checkout")
    return path


def read_in(book: Book, path: Path, name: str) -> Plan:
    mapping = profile(name)
    plan = make_plan(book.reads, [(source, mapping) for source in sources_of_all([path])])
    apply_plan(book, plan)
    return plan


def _line(row: StandingsRow) -> tuple[str, int, int, int, int, int]:
    assert row.by_gold is not None
    assert row.by_total is not None
    return (row.nation, *row.tally.triple, row.by_gold.number, row.by_total.number)


def medal_lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def games(book: Book) -> int:
    """Milano Cortina 2026 from its medallists; its profile leaves the neutral athletes out."""
    read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    return book.reads.competition_by_code("OWG2026").id


def test_milano_cortina_has_the_official_table_in_both_ranks(book: Book, games: int):
    wanted = [
        (line["country_code"], *(int(line[key]) for key in ("gold", "silver", "bronze")),
         int(line["rank"]), int(line["rank_total"]))
        for line in medal_lines(data("milano2026", "medals.csv"))
    ]  # fmt: skip
    table = book.reads.medal_table(TableScope((games,)))
    found = [_line(line.row) for line in table.lines]
    assert len(book.reads.events(games)) == 116
    assert len(found) == 29
    assert sorted(found) == sorted(wanted)
    assert book.check() == []


def test_milano_cortina_has_a_table_of_each_day(book: Book, games: int):
    """As of each day: the medals of the events that were over, a team once (RULES R11, R19).

    Three bronzes were won a day before the final; an event is official with its last medal.
    """
    rows = medal_lines(data("milano2026", "medallists.csv"))
    last_day: dict[tuple[str, str], str] = {}
    for row in rows:
        event = (row["discipline"], row["event_name"])
        last_day[event] = max(row["date"], last_day.get(event, ""))
    medals: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        event = (row["discipline"], row["event_name"])
        medals[last_day[event]].add((*event, row["medal"], row["country_code"]))
    days = sorted(medals)
    assert len(days) == 16
    total = 0
    for number in range(17):
        day = (date(2026, 2, 6) + timedelta(number)).isoformat()
        total += len(medals.get(day, ()))
        table = book.reads.medal_table(TableScope((games,), as_of=day))
        assert table.world.total == total
    assert total == table.world.total == 349


def test_milano_cortina_again_changes_nothing(book: Book, games: int):
    plan = read_in(book, data("milano2026", "medallists.csv"), "milano2026-medallists")
    assert plan.rows == {Fate.UNCHANGED: 709}
    assert not plan.changes_anything


# All Games


STOOD = """SELECT competition, event, name, nation, rank, mark, status, medal FROM v_results
ORDER BY 1, 2, 3, 4, 5"""

HELD = "SELECT code, name, gender, mark_kind, classification FROM event_type ORDER BY code"


def test_all_games_go_out_and_come_in(tmp_path: Path, book: Book):
    """Events whose names are longer than a code can be are the same events again."""
    read_in(book, data("olympic_medals_1896_2022.csv.gz"), "olympic-medals")
    export_tidy(book.reads, book.path, tmp_path / "games.csv")
    with Book.create(tmp_path / "other.medaldesk", name="Games", who="clerk") as other:
        (out,) = sources_of_all([tmp_path / "games.csv"])
        plan = take(other, out)
        assert set(plan.rows) == {Fate.NEW}
        assert not plan.problems
        assert rows_of(other.path, HELD) == rows_of(book.path, HELD)
        assert rows_of(other.path, STOOD) == rows_of(book.path, STOOD)
        assert not plan_of(other, out).changes_anything


# Olympic speed skating 1924 to 2018

SKATING = ("speedskating_olympic_1924_2018.csv", "speedskating-olympic")
RECORD_NOTES = {"OR", "WR", "EOR", "EWR"}
MISPRINTED = {
    ("1956", "SSKM1500M", "1.110"): "2:11.0",
    ("1968", "SSKW1500M", "2.145"): "2:24.5",
    ("1976", "SSKW3000M", "4.4523"): "4:45.24",
    ("1980", "SSKM1500M", "2.5983"): "1:59.83",
    ("1980", "SSKM5000M", "7.1709"): "7:14.09",
    ("1980", "SSKM10000M", "15.0041"): "16:00.41",
    ("1984", "SSKM1500M", "1.5936"): "1:58.36",
    ("1984", "SSKM1500M", "1.5989"): "1:58.89",
    ("1994", "SSKW1000M", "1.4140"): "1:21.40",
    ("1998", "SSKM2X500M", "2278"): "1:12.78",
    ("2006", "SSKW1500M", "1.5787"): "1:58.87",
    ("2018", "SSKW500M", "3734"): "36.94",
}
"""Marks that the profile corrects, as ranks and neighbours of the row tell them."""

RESULTS = """SELECT substr(c.code, 4), t.gender, t.code, r.id, r.mark, r.mark_decimals, r.status,
    r.note
FROM result AS r JOIN event AS e ON e.id = r.event_id
JOIN competition AS c ON c.id = e.competition_id JOIN event_type AS t ON t.id = e.event_type_id
ORDER BY r.id"""

EVENTS = {"Mass Start": "MASS", "Team pursuit": "TPURS", "Combined": "ALLR"}


class Skated(NamedTuple):
    """A row of the file beside the result that became of it; `raw` is its mark as printed."""

    event: tuple[str, str, str]
    raw: str
    result: int
    mark: int | None
    decimals: int | None
    status: str | None
    note: str


def skated(book: Book) -> list[Skated]:
    """All rows and results: within an event both are in the order of the file."""
    lines: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in medal_lines(data(SKATING[0])):
        year, sex, distance = line["year"], line["sex"][0], line["distance"]
        code = EVENTS.get(distance, distance.replace(" m", "M"))
        if distance == "500 m" and year in {"1998", "2002", "2006", "2010", "2014"}:
            code = "2X500M"
        shifted = distance == "Team pursuit" and line["name"].isupper()
        lines[year, sex, f"SSK{sex}{code}"].append(line["noc" if shifted else "result_raw"])
    results = defaultdict(list)
    for *event, result, mark, decimals, status, note in rows_of(book.path, RESULTS):
        results[tuple(event)].append((result, mark, decimals, status, note or ""))
    return [
        Skated(event, raw, *result)
        for event, marks in lines.items()
        for raw, result in zip(marks, results[event], strict=True)
    ]


def spellings(row: Skated) -> set[str]:
    """The digits of a mark with minutes and without."""
    assert row.mark is not None
    assert row.decimals is not None
    unit = 10 ** (6 - row.decimals)
    minutes, rest = divmod(row.mark // unit, 60 * 10**row.decimals)
    seconds = f"{row.mark // unit:0{row.decimals + 2}}"
    return {
        f"{minutes}{rest:0{row.decimals + 2}}",
        seconds,
        seconds.removesuffix("0"),
        seconds.lstrip("0"),
    }


def printed(row: Skated) -> str:
    assert row.mark is not None
    assert row.decimals is not None
    return format_mark(Mark(row.mark, row.decimals), MarkKind.TIME)


def is_as_printed(row: Skated) -> bool:
    """Whether a result says what is printed, read here by its digits alone."""
    statuses = {"dnf": "DNF", "dns": "DNS", "dq": "DSQ"}
    if row.raw in statuses:
        return row.mark is None and row.status == statuses[row.raw]
    if not any(letter.isdigit() for letter in row.raw):
        return row.mark is None and row.status is None
    if row.status is not None and not row.raw.startswith("("):
        return False
    if row.event[2].endswith("MASS"):
        points, _, time = row.raw.rpartition(" - ")
        points = points or ("0" if "." in time else time)
        return row.mark == int(points) * 10**6
    digits = "".join(letter for letter in row.raw if letter.isdigit())
    return digits in spellings(row) or digits.removesuffix("0") in spellings(row)


def test_all_rows_of_olympic_speed_skating_come_in(book: Book):
    plan = read_in(book, data(SKATING[0]), SKATING[1])
    assert not plan.problems
    assert plan.rows == {Fate.NEW: 5730}
    assert read_in(book, data(SKATING[0]), SKATING[1]).rows == {Fate.UNCHANGED: 5730}
    rows = skated(book)
    assert len(rows) == 5730
    wrong = [row for row in rows if not is_as_printed(row)]
    corrected = {(r.event[0], r.event[2], r.raw): printed(r) for r in wrong}
    assert corrected == MISPRINTED
    # The same digits could be read in another way: no mark is far from the best of its event.
    best: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.mark:
            best[row.event] = min(row.mark, best.get(row.event, row.mark))
    timed = [row for row in rows if row.mark and not row.event[2].endswith(("MASS", "ALLR"))]
    assert max(row.mark / best[row.event] for row in timed if row.mark) < 2.5


def test_the_medals_of_olympic_speed_skating_are_those_of_the_other_file(book: Book):
    """Gold, silver and bronze of each Games and nation."""
    read_in(book, data(SKATING[0]), SKATING[1])
    found = Counter(
        rows_of(
            book.path,
            """SELECT competition, nation, medal FROM v_medallists WHERE official
            AND event LIKE 'SSK%' AND until_day IS NULL""",
        )
    )
    with Book.create(book.path.with_name("medals.medaldesk"), name="Medals", who="clerk") as other:
        read_in(other, data("olympic_medals_1896_2022.csv.gz"), "olympic-medals")
        wanted = Counter(
            rows_of(
                other.path,
                """SELECT competition, nation, medal FROM v_medallists AS m
                WHERE event LIKE 'SSK%' AND competition <> 'OWG2022' AND until_day IS NULL""",
            )
        )
    assert found.total() == 569
    assert found == wanted


def test_olympic_records_are_those_that_the_notes_tell_and_those_they_leave_out(book: Book):
    """Every mark with a note is a record; which computed ones have none, and why.

    The file has no pairs: of a Games only the best mark can be the record (RULES R23). Without a
    note are: the first mark of an event (1924 combined, 1960 women), all records of 2002, which the
    file does not note, some of 1932, 1968, 2014 and 2018, those of heats that fell in the final,
    and points of mass starts, which nobody keeps records of.
    """
    read_in(book, data(SKATING[0]), SKATING[1])
    for event_type in book.reads.event_types():
        book.edits.add_record_list("OR", event_type.id, series="OWG")
    records = {result for (result,) in rows_of(book.path, "SELECT result_id FROM record_mark")}
    rows = skated(book)
    noted = {row.result for row in rows if row.note.split(" ")[0] in RECORD_NOTES}
    assert len(noted) == 98
    assert noted <= records
    assert len(records) == 128
    unnoted = Counter(row.event[0] for row in rows if row.result in records - noted)
    assert unnoted == {
        "1924": 1, "1932": 2, "1960": 3, "1968": 1, "2002": 6,
        "2006": 3, "2010": 3, "2014": 4, "2018": 7,
    }  # fmt: skip
