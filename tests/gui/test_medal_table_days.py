"""The medal table of any day, two tables compared, and the medals behind them: RULES R19."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medaldesk.book.reads import Reads
from medaldesk.domain.standings import RankBy
from medaldesk.gui.models.row_model import Role
from medaldesk.gui.models.table_choice import Compare
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from tests.book.worlds import add_race
from tests.gui.medal_table_desk import (
    OpenPage,
    beijing,
    cell,
    click,
    context,
    games,
    milano,
    open_page,
    pick,
    press,
    texts,
)

__all__ = ["beijing", "games", "milano", "open_page"]

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


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
