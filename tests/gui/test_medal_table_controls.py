"""The controls of the medal table by key and mouse: RULES R14, R15, R17 to R20."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.standings import PerCapitaOf, RankBy, Weights
from medaldesk.gui.export import page_document
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.difference_model import CausesModel
from medaldesk.gui.models.standings_model import StandingsModel
from medaldesk.gui.models.table_choice import Compare
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.choice_popup import DaysPopup
from medaldesk.gui.workspace import Tab
from tests.book.worlds import add_competition
from tests.gui.medal_table_desk import (
    OpenPage,
    beijing,
    cell,
    choices,
    click,
    context,
    games,
    milano,
    official,
    open_page,
    pick,
    press,
    texts,
)

__all__ = ["beijing", "games", "milano", "open_page"]

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


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
