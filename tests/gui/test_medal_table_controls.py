"""The controls of the medal table by key and mouse: RULES R14, R15, R17 to R20."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.reads import Reads
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.standings import PerCapitaOf, RankBy, Weights
from medaldesk.gui.export import page_document
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.difference_model import CausesModel
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.models.standings_model import StandingsModel
from medaldesk.gui.models.table_choice import Compare
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.choice_popup import ChoicePopup, DaysPopup
from medaldesk.gui.workspace import Tab
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


@pytest.fixture
def games(tmp_path: Path) -> Path:
    """Three Games: of 1988 with a nation that has a successor, of 2022 with decisions, of 2026."""
    path = tmp_path / "games.medaldesk"
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
    return path


OpenPage = Callable[[Path], StandingsPage]

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


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


# As of (R19)


def test_r19_the_slider_goes_day_by_day_and_the_table_with_it(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    assert milano.time.isHidden()
    click(qtbot, milano.controls.as_of)
    slider = milano.time.slider
    assert slider.hasFocus()
    assert slider.days[0] == "2026-02-06"
    assert slider.days[-1] == "2026-02-22"
    press(qtbot, slider, Qt.Key.Key_Home)
    assert context(milano).endswith("0 events decided · as of 6 Feb 2026")
    assert "No medal was decided by 6 February 2026" in milano._empty.text()
    press(qtbot, slider, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert milano.time.day.text() == "9 Feb 2026"
    assert texts(milano, "code", "total") == [("NED", "2"), ("JPN", "1")]
    press(qtbot, slider, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert texts(milano, "code", "moved") == [
        ("NED", ""),
        ("USA", "new"),
        ("JPN", "▼1"),
        ("NOR", "new"),
    ]
    assert cell(milano, "USA", "gold").data(Role.FLASH)
    press(qtbot, slider, Qt.Key.Key_End)
    assert milano._choice.scope.as_of is None
    assert "as of" not in context(milano)


def test_r19_brackets_step_from_anywhere_on_the_page(qtbot: QtBot, beijing: StandingsPage) -> None:
    beijing.table.setFocus()
    press(qtbot, beijing.table, Qt.Key.Key_BracketLeft)
    assert beijing.time.isVisible()
    assert context(beijing).endswith("as of 13 Dec 2022")
    press(qtbot, beijing.table, Qt.Key.Key_BracketLeft)
    assert context(beijing).endswith("as of 26 Feb 2022")
    assert ("SUI", "1") in texts(beijing, "code", "bronze")
    assert "GER" not in [code for (code,) in texts(beijing, "code")]
    press(qtbot, beijing.table, Qt.Key.Key_BracketLeft)
    assert texts(beijing, "code", "bronze")[-1] == ("GER", "1")
    press(qtbot, beijing.table, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight)
    assert context(beijing).endswith("as of 13 Dec 2022")


def test_r19_the_days_of_decisions_are_marked(qtbot: QtBot, beijing: StandingsPage) -> None:
    click(qtbot, beijing.controls.as_of)
    slider = beijing.time.slider
    assert slider.days[-2:] == ["2022-02-26", "2022-12-13"]
    assert slider._tip("2022-12-13") == "13 Dec 2022 · CAS: Event SKIW"
    at = slider.centre_of(slider.place_of("2022-02-26"))
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at)
    assert beijing._choice.scope.as_of == "2022-02-26"


def test_r19_any_day_can_be_typed_and_now_comes_back(qtbot: QtBot, beijing: StandingsPage) -> None:
    click(qtbot, beijing.controls.as_of)
    field = beijing.time.day
    field.setFocus()
    qtbot.keyClicks(field, "1 Oct 2022")
    press(qtbot, field, Qt.Key.Key_Return)
    assert context(beijing).endswith("as of 1 Oct 2022")
    click(qtbot, beijing.time.later)
    assert context(beijing).endswith("as of 13 Dec 2022")
    field.selectAll()
    qtbot.keyClicks(field, "31 February")
    press(qtbot, field, Qt.Key.Key_Return)
    assert beijing.time.problem.isVisible()
    assert field.text() == "31 February"
    click(qtbot, beijing.time.now)
    assert beijing._choice.scope.as_of is None


def test_r19_a_decision_taken_meanwhile_is_marked_and_moves_the_table(
    qtbot: QtBot, beijing: StandingsPage
) -> None:
    click(qtbot, beijing.controls.as_of)
    assert beijing.time.slider.accessibleDescription() == "now"
    first = min(row.id for row in beijing.live.reads.decisions())
    revoked = date(2023, 3, 1)
    beijing.live.edit(lambda edits: edits.revoke_decision(first, revoked))
    assert beijing.time.slider.days[-1] == "2023-03-01"
    assert "SUI" not in [code for (code,) in texts(beijing, "code")]
    press(qtbot, beijing.time.slider, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert ("SUI", "1") in texts(beijing, "code", "bronze")


def test_r19_a_day_of_another_games_is_not_kept(qtbot: QtBot, beijing: StandingsPage) -> None:
    beijing.set_day("2022-02-17")
    beijing.show_competition(beijing.live.reads.competition_by_code("OG2026").id)
    assert beijing._choice.scope.as_of is None


def test_the_plain_table_reads_no_decisions(
    open_page: OpenPage, games: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(name: str) -> Callable[..., Any]:
        known = getattr(Reads, name)

        def told(*given: Any, **named: Any) -> Any:
            asked.append(name)
            return known(*given, **named)

        return told

    for name in ("decisions", "difference", "competitions", "grouping_views", "medals_of"):
        monkeypatch.setattr(Reads, name, watched(name))
    page = open_page(games)
    page.show_competition(page.live.reads.competition_by_code("OG2022").id)
    # The nations left out of 2026, which is opened first.
    assert asked == ["medals_of"]


# Comparing (R19)


def test_r19_two_days_compared_with_the_cause_of_each_change(
    qtbot: QtBot, beijing: StandingsPage
) -> None:
    click(qtbot, beijing.controls.compare)
    assert context(beijing).endswith("now compared with 20 Feb 2022")
    assert beijing._heading.pill.text() == "difference"
    assert texts(beijing, "code", "moved", "bronze", "total") == [
        ("SWE", "", "0", "1"),
        ("CAN", "", "0", "1"),
        ("GER", "", "1", "1"),
        ("SUI", "new", "1 +1", "1 +1"),
    ]
    assert beijing.table.columnWidth(cell(beijing, "SUI", "gold").column()) >= theme().px(66)
    beijing.table.setFocus()
    beijing.table.setCurrentIndex(cell(beijing, "SUI", "silver"))
    assert beijing.causes.isHidden()
    press(qtbot, beijing.table, Qt.Key.Key_Right)
    assert beijing.causes.heading.text() == "Switzerland · 1 medal changed"
    (cause,) = beijing.causes.model.rows()
    assert beijing.causes.model.columns[-1].text(cause) == "decision of FIS on 26 Feb 2022"
    press(qtbot, beijing.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(beijing.go) as signal:
        press(qtbot, beijing.causes.table, Qt.Key.Key_Return)
    assert signal.args == [Target(Place.DECISION, cause.decision or 0)]
    press(qtbot, beijing.causes.table, Qt.Key.Key_Escape)
    assert beijing.table.hasFocus()


def test_r19_who_is_gone_stays_in_sight_and_an_event_is_a_cause(
    qtbot: QtBot, beijing: StandingsPage
) -> None:
    click(qtbot, beijing.controls.compare)
    other = beijing.time.other
    other.setFocus()
    other.selectAll()
    qtbot.keyClicks(other, "16 Feb 2022")
    press(qtbot, other, Qt.Key.Key_Return)
    beijing.set_day("2022-02-26")
    assert texts(beijing, "code", "moved", "bronze") == [
        ("SWE", "new", "0"),
        ("CAN", "new", "0"),
        ("SUI", "new", "1 +1"),
    ]
    beijing.table.setCurrentIndex(cell(beijing, "SWE", "gold"))
    (cause,) = beijing.causes.model.rows()
    assert beijing.causes.model.columns[-1].text(cause) == "official on 17 Feb 2022"
    beijing.set_compared_with("2022-02-17")
    assert texts(beijing, "code", "moved", "bronze")[-1] == ("GER", "gone", "0 −1")
    qtbot.keyClick(beijing.time.slider, Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert beijing._choice.compared_with == "2022-02-16"


def test_r19_a_table_of_a_day_is_compared_with_an_earlier_one(
    qtbot: QtBot, beijing: StandingsPage
) -> None:
    """Of the opening day with the eve, of a later day with the end, else with the day before."""
    for day, other in (
        ("2022-12-13", "2022-02-20"),
        ("2022-02-18", "2022-02-17"),
        ("2022-02-04", "2022-02-03"),
    ):
        beijing.set_day(day)
        click(qtbot, beijing.controls.compare)
        assert beijing._choice.compared_with == other
        click(qtbot, beijing.controls.compare)


def test_r19_the_earlier_of_two_days_is_the_first(qtbot: QtBot, beijing: StandingsPage) -> None:
    beijing.set_day("2022-02-17")
    click(qtbot, beijing.controls.compare)
    beijing.set_compared_with("2022-12-13")
    assert context(beijing).endswith("13 Dec 2022 compared with 17 Feb 2022")
    assert texts(beijing, "code", "bronze")[-1] == ("SUI", "1 +1")
    assert beijing.model.columns[1].tip == ("Places won or lost against the table of 17 Feb 2022")
    assert cell(beijing, "SUI", "moved").data(Qt.ItemDataRole.ToolTipRole).endswith("17 Feb 2022")


def test_r19_official_against_as_it_stands(qtbot: QtBot, milano: StandingsPage) -> None:
    book = milano.live.book
    known = {row.code: row.id for row in book.reads.event_types()}
    assert milano.competition_id is not None
    race = add_race(book, milano.competition_id, known["SKIW"], "2026-02-12")
    race.enter("Berta", "NED", mark="60.0")
    click(qtbot, milano.controls.compare)
    assert milano._choice.compare is Compare.STANDS
    assert context(milano).endswith("as it stands compared with official")
    assert texts(milano, "code", "gold")[0] == ("NED", "2 +1")
    milano.table.setCurrentIndex(cell(milano, "NED", "gold"))
    (cause,) = milano.causes.model.rows()
    assert milano.causes.model.columns[-1].text(cause) == "not official yet"
    race.mark("Berta", "")
    assert texts(milano, "code", "gold")[0] == ("NED", "1")
    click(qtbot, milano.controls.compare)
    assert not milano.model.compared


# Ranking (R15, R17)


def test_r17_weights_are_typed(qtbot: QtBot, milano: StandingsPage) -> None:
    click(qtbot, milano.controls.order.button(RankBy.WEIGHTED))
    assert texts(milano, "code", "points")[:2] == [("NED", "5"), ("USA", "3")]
    field = milano.controls.weights
    assert field.hasFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5-3-1")
    press(qtbot, field, Qt.Key.Key_Return)
    assert texts(milano, "code", "points")[0] == ("NED", "8")
    field.selectAll()
    qtbot.keyClicks(field, "3-x")
    press(qtbot, field, Qt.Key.Key_Return)
    assert milano._problem.isVisible()
    assert milano._problem.text() == "“3-x” are no weights: type three numbers such as 3-2-1."
    assert field.text() == "3-x"
    assert milano._choice.weights == Weights.parse("5-3-1")


def test_r17_per_capita_shows_the_population_it_goes_by(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    click(qtbot, milano.controls.order.button(RankBy.PER_CAPITA))
    assert texts(milano, "rank", "code", "per_million", "population") == [
        ("1", "NED", "0.11", "18,000,000"),
        ("2", "JPN", "0.01", "125,000,000"),
        ("–", "USA", "n/a", "n/a"),
        ("–", "NOR", "n/a", "n/a"),
    ]
    lines = milano.left_out.text.text().splitlines()
    assert lines[0].startswith("Left out: AIN")
    assert lines[1] == (
        "n/a: no population known of NOR, USA. Add it to the nation (Ctrl+4, Change nation…)."
    )
    tip = cell(milano, "USA", "per_million").data(Qt.ItemDataRole.ToolTipRole)
    assert "Change nation…" in tip
    click(qtbot, milano.controls.counted.button(PerCapitaOf.GOLD))
    assert texts(milano, "code", "per_million")[:2] == [("NED", "0.06"), ("JPN", "0.00")]
    tip = cell(milano, "NED", "per_million").data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "18,000,000 people on 1 January 2025 · CBS"


def test_r17_all_ranks_and_r18_the_breakdown_stand_beside_the_table(
    milano: StandingsPage,
) -> None:
    milano.controls.all_ranks.trigger()
    milano.controls.by_gender.trigger()
    ranks = ("rank_gold", "rank_total", "rank_weighted", "rank_per_capita")
    assert texts(milano, "code", *ranks) == [
        ("NED", "1", "1", "1", "1"),
        ("USA", "2", "=2", "2", "n/a"),
        ("JPN", "3", "=2", "3", "2"),
        ("NOR", "–", "–", "–", "n/a"),
    ]
    assert texts(milano, "men", "women", "mixed", "open")[:2] == [
        ("0", "2", "0", "0"),
        ("1", "0", "0", "0"),
    ]
    assert cell(milano, "NED", "women").data(Qt.ItemDataRole.ToolTipRole) == "1-1-0"
    assert milano.totals.text("men") == "2"
    milano._open_cell(cell(milano, "NED", "men"))
    assert milano.medals.heading.text() == "Netherlands · Men: 0"


def test_r15_unranked_and_left_out(qtbot: QtBot, milano: StandingsPage) -> None:
    assert texts(milano, "rank", "code")[-1] == ("–", "NOR")
    tip = cell(milano, "NOR", "rank").data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Listed without a rank"
    assert milano.left_out.text.text() == "Left out: AIN 0-1-0 · All medals 2-2-2"
    window = QMainWindow()
    qtbot.addWidget(window)
    asked: list[str] = []
    action = QAction("Place", window)
    action.setObjectName("membership")
    action.triggered.connect(lambda: asked.append("membership"))
    window.setCentralWidget(milano)
    click(qtbot, milano.left_out.link)
    assert asked == ["membership"]
    window.takeCentralWidget().setParent(None)


def test_where_it_is_narrow_the_code_stays_and_the_last_row_is_in_sight(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    milano.controls.all_ranks.trigger()
    milano.controls.by_gender.trigger()
    table = milano.table
    for width in (560, 700, 860, 1100):
        milano.resize(width, 800)
        qtbot.waitUntil(lambda wanted=width: milano.width() == wanted)
        hidden = {
            key: table.isColumnHidden(milano.model.column_of(key) or 0) for key in ("code", "name")
        }
        assert hidden == {"code": False, "name": width < 1100}
        last = table.visualRect(cell(milano, "NOR", "code")).bottom()
        qtbot.waitUntil(lambda below=last: below < table.viewport().height())
        assert table.horizontalScrollBar().isVisible() == (width < 800)
        assert table.horizontalHeader().length() >= table.viewport().width()
    assert cell(milano, "NOR", "code").data(Qt.ItemDataRole.ToolTipRole) == "Norway"


# Filters (R14, R18, R20)


def test_r18_a_chip_opens_shows_its_value_and_is_cleared(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    chip = milano.filters.gender
    assert not milano.filters.clear.isVisible()
    press(qtbot, chip, Qt.Key.Key_Return)
    pick(qtbot, milano, "Men")
    assert chip.accessibleName() == "Gender: Men"
    assert texts(milano, "code") == [("USA",), ("NOR",)]
    press(qtbot, chip, Qt.Key.Key_Down)
    pick(qtbot, milano, "Mixed")
    assert chip.accessibleName() == "Gender: Men, Mixed"
    press(qtbot, chip, Qt.Key.Key_Delete)
    assert chip.accessibleName() == "Gender"
    assert len(texts(milano, "code")) == 4
    press(qtbot, milano.filters.discipline, Qt.Key.Key_Return)
    press(qtbot, choices(milano).list, Qt.Key.Key_Return)
    assert milano.filters.discipline.accessibleName() == "Discipline: Speed Skating"
    right = QPoint(
        milano.filters.discipline.width() - theme().px(14), milano.filters.discipline.height() // 2
    )
    qtbot.mouseClick(milano.filters.discipline, Qt.MouseButton.LeftButton, pos=right)
    assert milano.filters.discipline.value == ""


def test_r18_days_from_and_to(qtbot: QtBot, milano: StandingsPage) -> None:
    press(qtbot, milano.filters.days, Qt.Key.Key_Return)
    popup = milano.filters.popup
    assert isinstance(popup, DaysPopup)
    qtbot.keyClicks(popup.first, "10")
    press(qtbot, popup.first, Qt.Key.Key_Return)
    qtbot.keyClicks(popup.last, "8 Feb 2026")
    press(qtbot, popup.last, Qt.Key.Key_Return)
    assert "before the first" in popup.problem.text()
    popup.last.selectAll()
    qtbot.keyClicks(popup.last, "12 Feb")
    press(qtbot, popup.last, Qt.Key.Key_Return)
    assert milano.filters.days.accessibleName() == "Days: 10–12 February 2026"
    assert texts(milano, "code") == [("USA",), ("NOR",)]
    click(qtbot, milano.filters.clear)
    assert milano.filters.days.value == ""


def test_r18_several_competitions_a_series_and_the_whole_book(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    press(qtbot, milano.filters.competitions, Qt.Key.Key_Return)
    pick(qtbot, milano, "Games OG2022")
    assert milano.competition_id is None
    assert context(milano).startswith("Games OG2022, Games OG2026 · ")
    assert len(texts(milano, "code")) == 8
    milano._open_cell(cell(milano, "SUI", "total"))
    (row,) = milano.medals.model.rows()
    assert milano.medals.model.columns[2].text(row) == "Games OG2022 · Event SKIW"
    for name, says in (("Series: Series OG", "Series OG · "), ("Whole book", "Whole book · ")):
        press(qtbot, milano.filters.competitions, Qt.Key.Key_Return)
        popup = choices(milano)
        names = [popup.list.item(n).text() for n in range(popup.list.count())]
        popup.list.setCurrentRow(names.index(name))
        press(qtbot, popup.list, Qt.Key.Key_Return)
        assert context(milano).startswith(says)
        assert len(texts(milano, "code")) == 11
    assert milano._choice.scope.whole_book


def test_r14_what_is_merged_is_said_and_its_medals_are_those_of_all(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    milano.show_competition(milano.live.reads.competition_by_code("OG1988").id)
    assert texts(milano, "code") == [("GDR",), ("FRG",), ("URS",)]
    press(qtbot, milano.filters.merged, Qt.Key.Key_Return)
    press(qtbot, choices(milano).list, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert context(milano).endswith("Grouping view: Successor states merged")
    assert texts(milano, "code", "gold", "silver") == [("GER", "1", "1"), ("RUS", "0", "0")]
    milano.table.setFocus()
    milano.table.setCurrentIndex(cell(milano, "GER", "total"))
    press(qtbot, milano.table, Qt.Key.Key_Return)
    assert [row.name for row in milano.medals.model.rows()] == ["Christa", "Erika"]
    press(qtbot, milano.filters.merged, Qt.Key.Key_Backspace)
    assert texts(milano, "code") == [("GDR",), ("FRG",), ("URS",)]


def test_r20_all_nations_entered(qtbot: QtBot, beijing: StandingsPage) -> None:
    beijing.set_day("2022-02-17")
    assert ("SUI", "0") not in texts(beijing, "code", "total")
    click(qtbot, beijing.filters.zeros)
    assert texts(beijing, "code", "total")[-1] == ("SUI", "0")
    assert beijing.filters.zeros.accessibleName() == "All nations entered"
    press(qtbot, beijing.filters.zeros, Qt.Key.Key_Delete)
    assert ("SUI", "0") not in texts(beijing, "code", "total")


def test_the_series_and_the_whole_book_come_before_the_competitions(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    press(qtbot, milano.filters.competitions, Qt.Key.Key_Return)
    popup = choices(milano)
    names = [popup.list.item(n).text() for n in range(popup.list.count())]
    assert names[:3] == ["Series: Series OG", "Whole book", "Games OG2026"]
    assert popup.list.currentRow() == 2
    popup.close()


def test_a_long_list_is_found_in_by_typing(qtbot: QtBot, milano: StandingsPage) -> None:
    for year in range(2030, 2038):
        add_competition(milano.live.book, f"W{year}", f"{year}-02-01", f"{year}-02-03")
    press(qtbot, milano.filters.competitions, Qt.Key.Key_Return)
    popup = choices(milano)
    qtbot.keyClicks(popup.finder, "og1988")
    press(qtbot, popup.finder, Qt.Key.Key_Return)
    assert context(milano).startswith("Games OG1988 · ")


# The medals behind a number, and what is kept


def test_the_decision_behind_a_medal_is_one_key_away(qtbot: QtBot, beijing: StandingsPage) -> None:
    beijing.table.setFocus()
    beijing.table.setCurrentIndex(cell(beijing, "SUI", "bronze"))
    press(qtbot, beijing.table, Qt.Key.Key_Return)
    model = beijing.medals.model
    column = model.column_of("decision")
    assert column is not None
    pill = model.index(0, column)
    assert pill.data(Role.PILLS)[0][0] == "decision"
    assert pill.data(Qt.ItemDataRole.ToolTipRole).startswith("FIS, 26 Feb 2022")
    press(qtbot, beijing.medals.table, *[Qt.Key.Key_Right] * column)
    with qtbot.waitSignal(beijing.go) as signal:
        press(qtbot, beijing.medals.table, Qt.Key.Key_Return)
    assert signal.args == [Target(Place.DECISION, model.row(0).decision or 0)]
    press(qtbot, beijing.medals.table, Qt.Key.Key_Left)
    with qtbot.waitSignal(beijing.go) as signal:
        press(qtbot, beijing.medals.table, Qt.Key.Key_Return)
    assert signal.args == [Target(Place.RESULT, model.row(0).result)]


def test_the_medals_are_those_of_the_day(beijing: StandingsPage) -> None:
    beijing.set_day("2022-02-17")
    beijing._open_cell(cell(beijing, "GER", "bronze"))
    assert [row.name for row in beijing.medals.model.rows()] == ["Daniela Maier"]
    assert beijing.medals.model.column_of("decision") is None
    beijing.set_day("2022-02-26")
    assert beijing.medals.isHidden()


def test_a_competition_that_is_deleted_leaves_the_others(milano: StandingsPage) -> None:
    reads = milano.live.reads
    held = [reads.competition_by_code(code).id for code in ("OG2022", "OG1988")]
    milano.show_scope(replace(milano._choice.scope, competitions=tuple(held)))
    milano.live.edit(lambda edits: edits.delete_competition(held[0]))
    assert milano.competition_id == held[1]
    milano.live.edit(lambda edits: edits.delete_competition(held[1]))
    assert context(milano).startswith("Games OG2026")
    milano.live.undo()
    assert context(milano).startswith("Games OG2026")


def test_choices_stay_while_the_page_is_out_of_sight(qtbot: QtBot, milano: StandingsPage) -> None:
    milano.set_rank_by(RankBy.TOTAL)
    milano.controls.by_gender.trigger()
    press(qtbot, milano.filters.gender, Qt.Key.Key_Return)
    pick(qtbot, milano, "Women")
    milano.hide()
    milano.show()
    assert milano.controls.order.button(RankBy.TOTAL).isChecked()
    assert milano.model.column_of("women") is not None
    assert milano.filters.gender.value == "Women"


# Little room


@pytest.mark.parametrize(("width", "height"), [(1024, 560), (560, 640)])
def test_where_there_is_little_room_one_menu_stands_for_the_controls(
    qtbot: QtBot, milano: StandingsPage, width: int, height: int
) -> None:
    theme().set_zoom(200)
    milano.resize(width, height)
    qtbot.waitUntil(lambda: milano.width() == width)
    assert milano.controls.order.isHidden()
    assert milano.filters.gender.isHidden()
    for part in (milano.filters.competitions, milano.filters.more, milano.controls.view):
        assert part.isVisible()
        assert part.parentWidget().rect().contains(part.geometry())
    press(qtbot, milano.filters.more, Qt.Key.Key_Space)
    press(qtbot, choices(milano).list, Qt.Key.Key_Down, Qt.Key.Key_Return)
    pick(qtbot, milano, "Men")
    assert milano.filters.gender.isVisible()
    milano.controls._orders[RankBy.TOTAL].trigger()
    assert milano.rank_by is RankBy.TOTAL
    milano.controls._menu_as_of.trigger()
    assert milano.time.isVisible()
    theme().set_zoom(100)
    milano.resize(1100, 800)
    qtbot.waitUntil(milano.controls.order.isVisible)


def test_where_the_segments_do_not_fit_they_are_a_list(qtbot: QtBot, milano: StandingsPage) -> None:
    theme().set_zoom(150)
    milano.resize(500, 1000)
    qtbot.waitUntil(lambda: milano.controls.order.button(RankBy.GOLD).isHidden())
    press(qtbot, milano.controls.order._list, Qt.Key.Key_Down)
    assert milano.rank_by is RankBy.TOTAL


def test_every_control_is_reached_by_tab(qtbot: QtBot, milano: StandingsPage) -> None:
    click(qtbot, milano.controls.as_of)
    milano.filters.competitions.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):
        here = QApplication.focusWidget()
        if here is None or here in seen:
            break
        seen.append(here)
        press(qtbot, here, Qt.Key.Key_Tab)
    time, filters, controls = milano.time, milano.filters, milano.controls
    wanted: list[QWidget] = [filters.competitions, filters.discipline, filters.gender, filters.days]
    wanted += [filters.merged, filters.zeros, controls.order.button(RankBy.GOLD)]
    wanted += [controls.as_of, controls.compare, controls.view, time.day, time.slider]
    places = [seen.index(part) for part in [*wanted, milano.table]]
    assert places == sorted(places)
    assert all(part.accessibleName() or getattr(part, "text", str)() for part in seen)


def test_tab_goes_to_the_segment_that_is_down_from_either_side(
    qtbot: QtBot, milano: StandingsPage
) -> None:
    order = milano.controls.order
    for held in (RankBy.GOLD, RankBy.WEIGHTED):
        milano.set_rank_by(held)
        for start, key in (
            (milano.filters.zeros, Qt.Key.Key_Tab),
            (milano.controls.basis.button(False), Qt.Key.Key_Backtab),
        ):
            start.setFocus()
            for _ in range(2 if key == Qt.Key.Key_Backtab and held is RankBy.WEIGHTED else 1):
                press(qtbot, QApplication.focusWidget() or milano, key)
            assert order.button(held).hasFocus()
    press(qtbot, order.button(RankBy.WEIGHTED), Qt.Key.Key_Left)
    press(qtbot, QApplication.focusWidget() or milano, Qt.Key.Key_Space)
    assert milano.rank_by is RankBy.TOTAL
    assert order.button(RankBy.TOTAL).hasFocus()


def test_names_have_room_where_the_event_leaves_some(
    qtbot: QtBot, open_page: OpenPage, games: Path
) -> None:
    name = "Pauline Davis-Thompson-Lawrence"
    with Book.open(games, who="clerk") as book:
        games2000 = add_competition(book, "OG2000", "2000-09-15", "2000-10-01", "OG")
        official(book, games2000, "RUNW", "2000-09-28", {name: ("BAH", "60.0")})
    page = open_page(games)
    page.show_competition(page.live.reads.competition_by_code("OG2000").id)
    page.set_compare(Compare.DAYS)
    page.set_compared_with("2000-09-15")
    for panel, open_panel in ((page.causes, page._open_cell), (page.medals, page._open_cell)):
        if panel is page.medals:
            page.set_compare(None)
        open_panel(cell(page, "BAH", "gold"))
        table = panel.table
        column = table.rows.column_of("athlete")
        assert column is not None
        needs = table.fontMetrics().horizontalAdvance(name) + 2 * theme().px(table.cell_margin)
        assert table.columnWidth(column) >= needs
        assert not table.horizontalScrollBar().isVisible()


def test_models(qtmodeltester: ModelTester, games: Path) -> None:
    with Book.open(games) as book:
        found = book.reads.difference(TableScope(as_of="2022-02-20"), TableScope())
        model, causes = StandingsModel(), CausesModel()
        qtmodeltester.check(model)
        qtmodeltester.check(causes)
        model.show_table(found.before)
        model.by_gender = model.all_ranks = True
        model.show_difference(found)
        model.show_table(found.after, moved=True)
        causes.show_causes("", [cause for line in found.lines for cause in line.causes])
        assert causes.rowCount() == 6


def test_the_export_is_of_what_is_in_sight(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], games: Path
) -> None:
    window = open_window(games)
    assert window.workspace is not None
    window.workspace.show_tab(Tab.STANDINGS)
    page = window.workspace.page(Tab.STANDINGS)
    assert isinstance(page, StandingsPage)
    page.show_competition(page.live.reads.competition_by_code("OG2022").id)
    page.set_day("2022-02-17")
    page.set_rank_by(RankBy.WEIGHTED)
    document = page_document(window.workspace)
    assert document is not None
    assert [row.data["nation"] for row in document.rows] == ["SWE", "CAN", "GER"]
    assert document.head["rank_by"] == "weighted"
    page.set_day(None)
    page.set_compare(Compare.DAYS)
    document = page_document(window.workspace)
    assert document is not None
    assert [row.data["nation"] for row in document.rows] == ["GER", "SUI"]
