"""Messages one by one come to the same as all of them together (RULES 9).

MEDALDESK_FUZZ is how many sequences there are (15 where it is not set).
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.edits.programme import NewEventType
from tests.exchange.importing_desk import rows_of
from tests.exchange.odf_messages import (
    EVENT,
    LEERDAM,
    Skater,
    body,
    participants,
    result,
    results,
    take,
)

PEOPLE = [
    Skater("LEERDAM", "Jutta", "NED"),
    Skater("KOK", "Femke", "NED"),
    Skater("TAKAGI", "Miho", "JPN"),
    Skater("BOWE", "Brittany", "USA"),
]
UNITS = [f"{EVENT}HEAT000100--", f"{EVENT}HEAT000200--", f"{EVENT}FNL-000100--"]
STATUSES = ["START_LIST", "LIVE", "INTERMEDIATE", "UNOFFICIAL", "OFFICIAL", "PROTESTED"]

FACTS = (
    """SELECT v.event, v.date, v.phase, v.unit, v.lane, v.start_order, v.rank, v.rank_equal,
    v.sort_order, v.name, v.nation, v.mark, v.score, v.status, r.tie_break, r.clock_time,
    s.title FROM v_results AS v JOIN result AS r ON r.id = v.result_id
    LEFT JOIN source AS s ON s.id = r.source_id ORDER BY v.phase, v.unit, v.sort_order, v.name""",
    "SELECT date, status, official_at, classification FROM event",
    "SELECT name FROM phase ORDER BY position",
    """SELECT a.name, n.nation_id, n.typed_rank FROM entry AS n
    JOIN athlete AS a ON a.id = n.athlete_id ORDER BY 1""",
    """SELECT a.name, w.medal, w.from_day, w.until_day, w.official FROM award AS w
    JOIN entry AS n ON n.id = w.entry_id JOIN athlete AS a ON a.id = n.athlete_id ORDER BY 1, 3""",
    "SELECT title FROM source ORDER BY title",
    "SELECT count(*) FROM decision",
    """SELECT c.code, c.name, c.city, c.start_date, c.end_date, s.code FROM competition AS c
    LEFT JOIN series AS s ON s.id = c.series_id""",
    "SELECT code, name, gender FROM event_type",
)


def infos(*said: str) -> str:
    """What a unit says of its event, with when it begins."""
    start = '<UnitDateTime StartDate="2026-02-09T17:30:00+01:00"/>'
    return f"<ExtendedInfos>{start}{''.join(said)}</ExtendedInfos>"


def own_info(code: str, value: str) -> str:
    return f'<ExtendedInfo Type="MEDALDESK" Code="{code}" Value="{value}"/>'


NAMES = (
    infos(),
    infos('<SportDescription EventName="Women\'s 1000 m" Gender="W"/>'),
    infos(own_info("series", "OWG"), own_info("competition_name", "Milano Cortina 2026")),
    infos(
        own_info("city", "Milano"),
        own_info("start_date", "2026-02-06"),
        own_info("end_date", "2026-02-22"),
    ),
)
"""What messages say of what things are called: nothing, or one or the other."""


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[int, str, str]]:
    """Who is in a unit, each with a mark or a status or neither; often with equal marks."""
    who = draw(st.permutations(range(len(PEOPLE))))[: draw(st.integers(0, len(PEOPLE)))]
    found = []
    for place in who:
        kind = draw(st.sampled_from(["mark", "mark", "mark", "irm", "none"]))
        mark = draw(st.sampled_from(["1:12.31", "1:12.59", "1:13.95"])) if kind == "mark" else ""
        irm = draw(st.sampled_from(["DNF", "DSQ", "DNS"])) if kind == "irm" else ""
        found.append((place, mark, irm))
    return found


@st.composite
def sequences(draw: st.DrawFn) -> list[str]:
    """Messages in the order of their time; some ties are broken by their ranks.

    Where there are participants, everybody is one: who starts is entered. Messages about one unit
    say the same of what things are called, others not.
    """
    found = []
    names = {unit: draw(st.sampled_from(NAMES)) for unit in UNITS}
    for number in range(draw(st.integers(1, 6))):
        unit = draw(st.sampled_from(UNITS))
        breaks = draw(st.booleans())
        rows = sorted(draw(lines()), key=lambda line: (not line[1], line[1]))
        marks = [mark for _, mark, _ in rows if mark]
        rows_text = [
            result(
                PEOPLE[place],
                mark,
                (at if breaks else 1 + marks.index(mark)) if mark else None,
                order=1 + place,
                irm=irm,
                sort=at,
            )
            for at, (place, mark, irm) in enumerate(rows, start=1)
        ]
        status = draw(st.sampled_from(STATUSES))
        day = f"2026-02-{9 + number // 3:02}"
        if draw(st.integers(0, 3)) == 0:
            found.append(participants(*PEOPLE, time=f"18{number:02}00000", version=0, Date=day))
        found.append(
            body(
                "DT_RESULT",
                unit,
                names[unit] + "".join(rows_text),
                ResultStatus=status,
                time=f"18{number:02}00001",
                version=number,
                Date=day,
                LogicalDate=day,
            )
        )
    return found


def facts_of(path: Path) -> list[list[tuple[object, ...]]]:
    return [rows_of(path, sql) for sql in FACTS]


def imported(path: Path, *batches: list[str]) -> list[list[tuple[object, ...]]]:
    with Book.open(path, who="clerk") as book:
        for batch in batches:
            assert not take(book, *batch).problems
        assert book.check() == []
        assert not take(book, *[text for batch in batches for text in batch]).changes_anything
    return facts_of(path)


@settings(
    max_examples=int(os.environ.get("MEDALDESK_FUZZ", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(messages=sequences(), cut=st.integers(0, 6))
def test_one_by_one_is_the_same_as_together(
    messages: list[str], cut: int, empty_book: Path, tmp_path: Path
):
    books = [Path(shutil.copy(empty_book, tmp_path / f"{name}.medaldesk")) for name in "abc"]
    together = imported(books[0], messages)
    assert imported(books[1], *[[message] for message in messages]) == together
    parts = [part for part in (messages[:cut], messages[cut:]) if part]
    assert imported(books[2], *parts) == together
    for book in books:
        for file in tmp_path.glob(f"{book.name}*"):
            file.unlink()


CALLED = """SELECT c.name, c.city, c.start_date, c.end_date, s.code, t.name FROM competition AS c
LEFT JOIN series AS s ON s.id = c.series_id JOIN event_type AS t"""

LATER = (
    results("LIVE", result(LEERDAM, "1:12.31", 1), time="180100000"),
    *(
        body(
            "DT_RESULT",
            unit,
            names + result(LEERDAM, "1:12.31", 1),
            ResultStatus="LIVE",
            time="180200000",
        )
        for unit, names in zip((UNITS[0], f"{EVENT}SFNL000100--"), NAMES[2:], strict=True)
    ),
)


def test_later_messages_name_what_the_first_knows_by_its_code(book: Book) -> None:
    take(book, participants(LEERDAM))
    assert rows_of(book.path, CALLED) == [
        ("OWG2026", None, "2026-02-09", "2026-02-09", None, "SSKW1000M")
    ]
    for message in LATER:
        take(book, message)
    named = [("Milano Cortina 2026", "Milano", "2026-02-06", "2026-02-22", "OWG", "Women's 1000 m")]
    assert rows_of(book.path, CALLED) == named
    assert not take(book, *LATER).changes_anything
    assert book.check() == []


def test_a_name_that_a_person_gave_stays(book: Book) -> None:
    take(book, participants(LEERDAM))
    competition = book.reads.competition_by_code("OWG2026").id
    days = {"start": date(2026, 2, 6), "end": date(2026, 2, 22)}
    book.edits.change_competition(competition, name="Our Games", city="Bormio", **days)
    event_type = book.reads.event_type_by_code("SSKW1000M")
    sprint = NewEventType(event_type.code, "SSK", "Sprint", "W", event_type.form)
    book.edits.change_event_type(event_type.id, sprint)
    take(book, *LATER)
    ((name, city, *_, event_name),) = rows_of(book.path, CALLED)
    assert (name, city, event_name) == ("Our Games", "Bormio", "Sprint")
