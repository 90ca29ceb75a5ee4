"""A book of Games with decisions, a relay, nations left out and populations: RULES 4, R11, R15."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from tests.books import copied

TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
SPRINT, SKI_CROSS, RELAY, SLALOM = (
    "OG2000/ATHW100",
    "OWG2022/FRSWSX",
    "OWG2022/STKX2000R",
    "OWG2026/ALPMSL",
)


def create_games(path: Path) -> None:
    """Sydney 2000, Beijing 2022 and an event of 2026 under way, each official on its day."""
    copied(_create, path)


def _create(path: Path) -> None:
    with Book.create(path, name="Decided", who="clerk") as book:
        _sydney(book)
        _beijing(book)
        _cortina(book)
        for code, people in (("SWE", "10549000"), ("CAN", "40097000"), ("GER", "84482000")):
            book.edits.set_population(_nation(book, code), date(2023, 7, 1), people, "UN WPP 2024")


def _sydney(book: Book) -> None:
    games = _games(book, "OG2000", "Sydney 2000", "2000-09-15", "2000-10-01")
    new = NewEventType("ATHW100", "ATH", "Women's 100 m", "W", TIME, measures_wind=True)
    event = _event(book, games, new, "2000-09-23")
    entries = _enter(
        book,
        event,
        {
            "Marion Jones": ("USA", "10.75"),
            "Katerina Thanou": ("GRE", "11.12"),
            "Tayna Lawrence": ("JAM", "11.18"),
            "Merlene Ottey": ("JAM", "11.19"),
        },
    )
    book.edits.enter_wind(book.edits.result_of(entries["Marion Jones"]), "-0.4")
    book.edits.make_official(event, date(2000, 9, 23))
    _decide(
        book,
        event,
        ("IOC", "2009-12-09", "doping"),
        DecisionLine(
            entries["Marion Jones"],
            sets_status=True,
            status="DSQ",
            sets_rank=True,
            medal=MedalRuling.NONE,
        ),
        DecisionLine(entries["Tayna Lawrence"], medal=MedalRuling.SILVER),
        DecisionLine(entries["Merlene Ottey"], sets_rank=True, rank=3, medal=MedalRuling.BRONZE),
    )


def _beijing(book: Book) -> None:
    games = _games(book, "OWG2022", "Beijing 2022", "2022-02-04", "2022-02-20")
    _ski_cross(book, games)
    relay = NewEventType("STKX2000R", "STK", "Mixed relay", "X", TIME, team=True)
    event = _event(book, games, relay, "2022-02-05")
    for team, mark, *members in (
        ("CHN", "2:37.34", "Qu Chunyu", "Fan Kexin", "Wu Dajing", "Ren Ziwei"),
        ("ITA", "2:37.36", "Arianna Fontana", "Pietro Sighel"),
        ("HUN", "2:40.90", "Petra Jászapáti"),
    ):
        entry = book.edits.add_entry(event, _nation(book, team), team=f"Team {team}")
        book.edits.set_members(entry, [book.edits.add_athlete(name) for name in members])
        book.edits.enter_mark(book.edits.result_of(entry), mark)
    book.edits.make_official(event, date(2022, 2, 5))
    book.edits.set_membership(games, _nation(book, "HUN"), "left_out")


def _ski_cross(book: Book, games: int) -> None:
    new = NewEventType("FRSWSX", "FRS", "Women's ski cross", "W", TIME)
    event = _event(book, games, new, "2022-02-17")
    entries = _enter(
        book,
        event,
        {
            "Sandra Näslund": ("SWE", "1:00"),
            "Marielle Thompson": ("CAN", "1:01"),
            "Daniela Maier": ("GER", "1:02"),
            "Fanny Smith": ("SUI", "1:03"),
        },
    )
    book.edits.make_official(event, date(2022, 2, 17))
    smith, maier = entries["Fanny Smith"], entries["Daniela Maier"]
    _decide(
        book,
        event,
        ("FIS", "2022-02-26", "appeal upheld"),
        DecisionLine(smith, sets_rank=True, rank=3, medal=MedalRuling.BRONZE),
        DecisionLine(maier, sets_rank=True, rank=4, medal=MedalRuling.NONE),
    )
    _decide(
        book,
        event,
        ("CAS", "2022-12-13", "settlement"),
        DecisionLine(maier, sets_rank=True, rank=3, medal=MedalRuling.BRONZE),
    )


def _cortina(book: Book) -> None:
    """An event that is not official yet, with a tie that was broken and one that was not."""
    games = _games(book, "OWG2026", "Milano Cortina 2026", "2026-02-06", "2026-02-22")
    slalom = NewEventType("ALPMSL", "ALP", "Men's slalom", "M", TIME, breaks_ties=True)
    event = _event(book, games, slalom, "2026-02-16")
    entries = _enter(
        book,
        event,
        {
            "Arne First": ("NOR", "1:40.00"),
            "Bertil Third": ("SWE", "1:41.00"),
            "Conrad Second": ("AUT", "1:41.00"),
            "Dario Fourth": ("SUI", "1:42.00"),
            "Émile Fourth": ("FRA", "1:42.00"),
        },
    )
    for name, value in (("Conrad Second", "1"), ("Bertil Third", "2")):
        book.edits.enter_tie_break(book.edits.result_of(entries[name]), value)


def _games(book: Book, code: str, name: str, start: str, end: str) -> int:
    """Games whose name is city and year; the first letters of their code are the series."""
    series = code[:-4]
    if series not in {row.code for row in book.reads.series()}:
        book.edits.add_series(series, {"OG": "Olympic Games"}.get(series, "Olympic Winter Games"))
    days = date.fromisoformat(start), date.fromisoformat(end)
    new = NewCompetition(code, name, *days, series=series, city=name.rsplit(" ", 1)[0])
    return book.edits.add_competition(new)


def _event(book: Book, games: int, new: NewEventType, day: str) -> int:
    return book.edits.add_event(games, book.edits.add_event_type(new), date.fromisoformat(day))


def _enter(book: Book, event: int, starters: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Name to entry."""
    entries = {}
    for name, (code, mark) in starters.items():
        athlete = book.edits.add_athlete(name)
        entries[name] = book.edits.add_entry(event, _nation(book, code), athlete=athlete)
        book.edits.enter_mark(book.edits.result_of(entries[name]), mark)
    return entries


def _decide(book: Book, event: int, head: tuple[str, str, str], *lines: DecisionLine) -> int:
    body, day, reason = head
    new = NewDecision(body, date.fromisoformat(day), reason, lines)
    return book.edits.take_decision(event, new, confirmed=True)


def _nation(book: Book, code: str) -> int:
    found = book.reads.nation_by_code(code)
    assert found is not None
    return found
