"""Games with decisions, and the page of their medal table as a person works it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.widgets.choice_popup import ChoicePopup
from tests import books
from tests.book.worlds import TIME, Race, add_competition, add_race, nation

Starters = Mapping[str, tuple[str, str]]
"""Name to code and mark."""

MANY_POINTS: Starters = {
    "Anna": ("NED", "60.0"),
    "Berta": ("NED", "61.0"),
    "Chie": ("JPN", "62.0"),
}


def official(book: Book, competition: int, code: str, day: str, who: Starters) -> Race:
    """An event with everybody's mark, official on its day; its gender ends its code."""
    known = {row.code: row.id for row in book.reads.event_types()}
    new = NewEventType(code, "SSK", f"Event {code}", code[-1], TIME)
    event_type = known.get(code) or book.edits.add_event_type(new)
    race = add_race(book, competition, event_type, day)
    for name, (of, mark) in who.items():
        race.enter(name, of, mark=mark)
    book.edits.make_official(race.event, date.fromisoformat(day))
    return race


def decide(race: Race, body: str, day: str, medals: Mapping[str, MedalRuling]) -> int:
    lines = [DecisionLine(race.entries[name], medal=medal) for name, medal in medals.items()]
    new = NewDecision(body, date.fromisoformat(day), "Protest", lines)
    return race.book.edits.take_decision(race.event, new, confirmed=True)


def ski_cross(book: Book, beijing: int) -> None:
    """The bronze medal of RULES 4, which went one way, the other way, and to both."""
    race = official(
        book,
        beijing,
        "SKIW",
        "2022-02-17",
        {
            "Sandra Naeslund": ("SWE", "60.0"),
            "Marielle Thompson": ("CAN", "61.0"),
            "Daniela Maier": ("GER", "62.0"),
            "Fanny Smith": ("SUI", "63.0"),
        },
    )
    bronze, none = MedalRuling.BRONZE, MedalRuling.NONE
    decide(race, "FIS", "2022-02-26", {"Daniela Maier": none, "Fanny Smith": bronze})
    decide(race, "CAS", "2022-12-13", {"Daniela Maier": bronze})


def texts(page: StandingsPage, *columns: str) -> list[tuple[str, ...]]:
    """What stands in columns of the table, row by row."""
    model = page.model
    chosen = [column for key in columns for column in model.columns if column.key == key]
    assert len(chosen) == len(columns)
    return [tuple(column.text(row) for column in chosen) for row in model.rows()]


def cell(page: StandingsPage, code: str, key: str) -> QModelIndex:
    row = next(n for n, row in enumerate(page.model.rows()) if row.code == code)
    column = page.model.column_of(key)
    assert column is not None
    return page.model.index(row, column)


def context(page: StandingsPage) -> str:
    return page._heading.context.text()


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(qtbot: QtBot, widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


def choices(page: StandingsPage) -> ChoicePopup:
    popup = page.filters.popup
    assert isinstance(popup, ChoicePopup)
    return popup


def pick(qtbot: QtBot, page: StandingsPage, *names: str) -> None:
    """Tick choices of the open list with Space, and close it."""
    popup = choices(page)
    shown = [popup.list.item(n).text() for n in range(popup.list.count())]
    for name in names:
        popup.list.setCurrentRow(shown.index(name))
        press(qtbot, popup.list, Qt.Key.Key_Space)
    press(qtbot, popup.list, Qt.Key.Key_Escape)


@pytest.fixture
def games(tmp_path: Path) -> Path:
    """Three Games: of 1988 with a nation that has a successor, of 2022 with decisions, of 2026."""
    return books.copied(_games, tmp_path / "games.medaldesk")


def _games(path: Path) -> None:
    with Book.create(path, who="clerk") as book:
        calgary = add_competition(book, "OG1988", "1988-02-13", "1988-02-28", "OG")
        official(
            book,
            calgary,
            "RUNW",
            "1988-02-26",
            {"Christa": ("GDR", "60.0"), "Erika": ("FRG", "61.0"), "Olga": ("URS", "62.0")},
        )
        beijing = add_competition(book, "OG2022", "2022-02-04", "2022-02-20", "OG")
        ski_cross(book, beijing)
        milano = add_competition(book, "OG2026", "2026-02-06", "2026-02-22", "OG")
        official(book, milano, "RUNW", "2026-02-09", MANY_POINTS)
        men: Starters = {"Dirk": ("USA", "60.0"), "Egon": ("AIN", "61.0"), "Finn": ("NOR", "62.0")}
        official(book, milano, "RUNM", "2026-02-11", men)
        book.edits.set_membership(milano, nation(book, "AIN"), "left_out")
        book.edits.set_membership(milano, nation(book, "NOR"), "unranked")
        book.edits.set_population(nation(book, "NED"), date(2025, 1, 1), "18000000", "CBS")
        book.edits.set_population(nation(book, "JPN"), date(2024, 10, 1), "125000000")


OpenPage = Callable[[Path], StandingsPage]


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[OpenPage]:
    """A function that shows the page of a book."""
    lives: list[LiveBook] = []

    def make(path: Path) -> StandingsPage:
        live = LiveBook(Book.open(path, who="clerk"))
        lives.append(live)
        page = StandingsPage(live)
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        return page

    yield make
    for live in lives:
        live.close()


@pytest.fixture
def milano(open_page: OpenPage, games: Path) -> StandingsPage:
    """The table of 2026."""
    return open_page(games)


@pytest.fixture
def beijing(open_page: OpenPage, games: Path) -> StandingsPage:
    """The table of 2022."""
    page = open_page(games)
    page.show_competition(page.live.reads.competition_by_code("OG2022").id)
    return page
