"""RULES 7 typed into a book: the Olympic record of the women's 1000 m, short-lived ones too."""

from __future__ import annotations

import random
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.records import NewPublished
from medaldesk.domain.marks import format_mark
from medaldesk.domain.progressions import Comparison
from medaldesk.domain.records import Stood
from tests.book.worlds import Race, add_competition, add_event_type, add_race, assert_sound, nation

# Date, holder, nation, mark, pair.
OLYMPIC_RECORD = """
1960-02-22 Guseva URS 1:34.1 -
1964-02-01 Skoblikova URS 1:33.2 -
1968-02-11 Geijssen NED 1:32.6 -
1972-02-11 Pflug FRG 1:31.40 -
1976-02-07 Averina URS 1:28.43 -
1980-02-17 Filipsson SWE 1:28.18 1
1980-02-17 Petrusyova URS 1:24.10 2
1984-02-13 Rothenburger GDR 1:23.98 1
1984-02-13 Schöne GDR 1:22.83 2
1984-02-13 Enke GDR 1:21.61 3
1988-02-26 Ehrig GDR 1:19.32 1
1988-02-26 Blair USA 1:18.31 3
1988-02-26 Kania GDR 1:17.70 4
1988-02-26 Rothenburger GDR 1:17.65 5
1998-02-19 LeMay_Doan CAN 1:17.37 17
1998-02-19 Timmer NED 1:16.51 19
2002-02-17 Barysheva RUS 1:16.49 6
2002-02-17 Kotyuga BLR 1:15.03 7
2002-02-17 Timmer NED 1:14.45 11
2002-02-17 Witty USA 1:13.83 15
2018-02-14 ter_Mors NED 1:13.56 12
2022-02-17 Takagi JPN 1:13.19 13
2026-02-09 Kok NED 1:12.59 13
2026-02-09 Leerdam NED 1:12.31 15
"""

OTHERS = """
1980-02-17 Mueller USA 1:25.41 5
1980-02-17 Albrecht GDR 1:26.46 6
1980-02-17 Enke GDR 1:26.66 7
1980-02-17 Heiden USA 1:27.01 8
1980-02-17 Borckink NED 1:27.24 9
1980-02-17 Burka CAN 1:27.50 10
1980-02-17 Järnström SWE 1:28.10 11
1980-02-17 Karlsson SWE 1:28.25 12
1992-02-14 Blair USA 1:21.90 -
1994-02-23 Blair USA 1:18.74 -
2014-02-13 Zhang CHN 1:14.02 -
2026-02-09 Takagi JPN 1:13.95 15
2026-02-09 Bowe USA 1:14.55 13
"""


def lines(text: str) -> list[list[str]]:
    return [line.replace("_", " ").rsplit(" ", 3) for line in text.strip().splitlines()]


@pytest.fixture
def games(book: Book) -> dict[str, Race]:
    """Every Games by its day; the marks typed in an order of their own."""
    event_type = add_event_type(book, "W1000")
    book.edits.add_series("OG", "Olympic Games")
    book.edits.add_record_list("OR", event_type, series="OG")
    races: dict[str, Race] = {}
    typed = lines(OLYMPIC_RECORD) + lines(OTHERS)
    random.Random(7).shuffle(typed)
    for who, code, mark, pair in typed:
        day, name = who.split(" ", 1)
        if day not in races:
            competition = add_competition(book, f"OG{day[:4]}", day, day, "OG")
            races[day] = add_race(book, competition, event_type, day)
        races[day].enter(name, code, unit=pair.strip("-"), mark=mark)
    return races


def test_rules_7_the_history_is_the_table(book: Book, games: dict[str, Race]) -> None:
    history = book.reads.record_history(1)
    assert [
        [f"{row.day} {row.holder}", row.nation, format_mark(row.mark, history.list.form.kind),
         str(row.unit or "-")]
        for row in history.rows
    ] == lines(OLYMPIC_RECORD)  # fmt: skip
    assert_sound(book)


def test_rules_7_filipsson_1980_is_a_record_and_ninth(book: Book, games: dict[str, Race]) -> None:
    lake_placid = games["1980-02-17"]
    assert lake_placid.ranks()["Filipsson"] == 9
    assert lake_placid.flags() == {"Filipsson": ["OR"], "Petrusyova": ["OR"]}
    row = next(row for row in book.reads.record_history(1).rows if row.holder == "Filipsson")
    assert row.reign.stood == Stood(units=1)


def test_rules_7_what_published_lists_leave_out(book: Book, games: dict[str, Race]) -> None:
    """A list that keeps the last record of each Games, as many do."""
    last = {who.split(" ", 1)[0]: (who, code, mark) for who, code, mark, _ in lines(OLYMPIC_RECORD)}
    book.edits.set_published(
        1,
        [
            NewPublished(who[11:], mark, nation(book, code), date.fromisoformat(day))
            for day, (who, code, mark) in last.items()
        ],
    )
    found = book.reads.published_comparison(1).lines
    short = [one.computed.holder for one in found if one.comparison is Comparison.SHORT_LIVED]
    assert short == [
        "Filipsson", "Rothenburger", "Schöne", "Ehrig", "Blair", "Kania", "LeMay Doan",
        "Barysheva", "Kotyuga", "Timmer", "Kok",
    ]  # fmt: skip
    assert len(found) == 24
    assert {one.comparison for one in found} == {Comparison.SHORT_LIVED, Comparison.EQUAL}
