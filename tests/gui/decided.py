"""Events that were decided after the race, for the dialog and the page (RULES 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from tests.book.worlds import TIME, Race

Row = tuple[str, str, str]
"""Athlete, nation, mark or typed rank."""


def official_race(
    book: Book,
    games: tuple[str, str, str],
    event: tuple[str, str, str],
    rows: Sequence[Row],
    method: Classification = Classification.FINAL,
) -> Race:
    """An official event: `games` are code, name and day, `event` code, discipline and name."""
    code, name, day = games
    on = date.fromisoformat(day)
    competition = book.edits.add_competition(NewCompetition(code, name, on, on))
    event_type = book.edits.add_event_type(
        NewEventType(event[0], event[1], event[2], "W", TIME, classification=method)
    )
    race = Race(book, book.edits.add_event(competition, event_type, on))
    for athlete, nation, result in rows:
        is_mark = method is not Classification.MANUAL
        race.enter(athlete, nation, mark=result if is_mark else "")
        if not is_mark:
            book.edits.enter_rank(race.entries[athlete], result)
    book.edits.make_official(race.event, on)
    return race


def sydney(book: Book) -> Race:
    """The women's 100 m of 2000 as it was run."""
    return official_race(
        book,
        ("OG2000", "Sydney 2000", "2000-09-23"),
        ("ATHW100M", "ATH", "Women's 100 m"),
        [
            ("Marion Jones", "USA", "10.75"),
            ("Ekaterini Thanou", "GRE", "11.12"),
            ("Tayna Lawrence", "JAM", "11.18"),
            ("Merlene Ottey", "JAM", "11.19"),
        ],
    )


def ski_cross(book: Book) -> Race:
    """The ski cross final of Beijing as it stood on the day."""
    return official_race(
        book,
        ("OWG2022", "Beijing 2022", "2022-02-17"),
        ("FRSWSX", "FRS", "Women's ski cross"),
        [
            ("Sandra Näslund", "SWE", "1"),
            ("Marielle Thompson", "CAN", "2"),
            ("Daniela Maier", "GER", "3"),
            ("Fanny Smith", "SUI", "4"),
        ],
        Classification.MANUAL,
    )


def grenoble(book: Book) -> Race:
    """Three silver medals by a tie."""
    return official_race(
        book,
        ("OWG1968", "Grenoble 1968", "1968-02-09"),
        ("SSKW500M", "SSK", "Women's 500 m"),
        [
            ("Ljudmila Titova", "URS", "46.1"),
            ("Jennifer Fish", "USA", "46.3"),
            ("Dianne Holum", "USA", "46.3"),
            ("Mary Meyers", "USA", "46.3"),
        ],
    )


def without_jones(race: Race) -> NewDecision:
    """The decision of 2009: nobody gets the gold medal."""
    entries = race.entries
    lines = (
        DecisionLine(entries["Marion Jones"], sets_status=True, status="DSQ"),
        DecisionLine(entries["Tayna Lawrence"], medal=MedalRuling.SILVER),
        DecisionLine(entries["Merlene Ottey"], medal=MedalRuling.BRONZE),
    )
    return NewDecision("IOC", date(2009, 12, 9), "Doping", lines, source="Press release")


def both_bronze(race: Race) -> NewDecision:
    """The agreement of December 2022: two bronze medals."""
    lines = (
        DecisionLine(race.entries["Fanny Smith"], sets_rank=True, rank=3, medal=MedalRuling.BRONZE),
    )
    return NewDecision("CAS", date(2022, 12, 13), "Agreement of the parties", lines)
