"""The card of a result: who typed it, what was decided, why it is or is not a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.gui.dialogs.result_card import ResultCard
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.pages.athlete_page import AthletePage
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import theme
from medaldesk.gui.workspace import Tab
from tests.book.worlds import keep_bests
from tests.gui.by_keys import DOWN, ENTER, ESCAPE, TAB, Meet, press, shown

OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


def result_of(live: LiveBook, name: str) -> int:
    event = live.reads.event_by_path(FOUNDING_RACE)
    return next(row.id for row in live.reads.results(event) if row.name == name)


def card_of(qtbot: QtBot, live: LiveBook, result: int) -> ResultCard:
    card = ResultCard(live, result)
    card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    shown(qtbot, card)
    return card


def facts(card: ResultCard, about: str) -> list[str]:
    return [fact.text for fact in card.facts.facts.facts if fact.about == about]


def test_it_says_all_of_a_record(qtbot: QtBot, live: LiveBook, qtmodeltester: ModelTester) -> None:
    keep_bests(live.book)
    live.book.edits.enter_mark(result_of(live, "Jutta Leerdam"), "1:12.30")
    card = card_of(qtbot, live, result_of(live, "Jutta Leerdam"))
    text = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "Jutta Leerdam NED" in text
    assert "1:12.30" in text
    assert "rank 1" in text
    assert facts(card, "Typed")[0].startswith("Enter mark: Jutta Leerdam 1:12.30 · clerk · ")
    assert facts(card, "Splits") == ["200 m 17.6"]
    assert facts(card, "Records") == [
        "World record not set: 0.69 short of 1:11.61 of Brittany Bowe (USA).",
        "Olympic record: 0.29 better than 1:12.59 of Femke Kok (NED).",
    ]
    assert facts(card, "Career") == ["Personal best"]
    qtmodeltester.check(card.facts.facts)


def test_a_result_that_is_no_record_says_why(qtbot: QtBot, live: LiveBook) -> None:
    """RULES R28: every result."""
    keep_bests(live.book)
    card = card_of(qtbot, live, result_of(live, "Miho Takagi"))
    assert facts(card, "Records") == [
        "World record not set: 2.34 short of 1:11.61 of Brittany Bowe (USA).",
        "Olympic record not set: 1.36 short of 1:12.59 of Femke Kok (NED).",
    ]
    assert facts(card, "Career") == [
        "Personal best so far: 1:13.19, Beijing 2022, 17 February 2022"
    ]


def test_arrows_move_and_enter_follows_a_link(qtbot: QtBot, live: LiveBook) -> None:
    card = card_of(qtbot, live, result_of(live, "Miho Takagi"))
    places = [fact.target and fact.target.place for fact in card.facts.facts.facts]
    press(qtbot, *[DOWN] * places.index(Place.RECORDS))
    with qtbot.waitSignal(card.go) as gone:
        press(qtbot, ENTER)
    lists = {row.id: row.code for row in live.reads.record_lists()}
    target = gone.args[0]
    assert target.place is Place.RECORDS
    assert lists[target.id] == "WR"
    assert not card.isVisible()


def test_enter_on_a_fact_without_a_link_stays(qtbot: QtBot, live: LiveBook) -> None:
    card = card_of(qtbot, live, result_of(live, "Jutta Leerdam"))
    targets = [fact.target for fact in card.facts.facts.facts]
    press(qtbot, *[DOWN] * targets.index(None), ENTER)
    assert card.isVisible()
    press(qtbot, ESCAPE)
    assert not card.isVisible()


def test_a_decision_is_told_with_what_it_set_and_leads_to_the_ledger(
    qtbot: QtBot, live: LiveBook
) -> None:
    meet = Meet.at(live.book)
    event = meet.event("W800")
    result = meet.enter(event, "Ann First", "NED", "2:00.10")
    entry = meet.entry(event, "Ann First")
    decision = meet.decide(event, DecisionLine(entry, medal=MedalRuling.WITHHELD))
    card = card_of(qtbot, live, result)
    assert facts(card, "Decisions") == ["medal withheld · Jury, 12 July 2026: Lane infringement"]
    targets = [fact.target for fact in card.facts.facts.facts]
    assert Target(Place.DECISION, decision) in targets


def test_members_of_a_team_are_links(qtbot: QtBot, live: LiveBook) -> None:
    meet = Meet.at(live.book)
    event = meet.event("W4X100", team=True)
    result = meet.enter(event, "Netherlands", "NED", "42.10", team=True)
    meet.members(event, "Netherlands", "Ann First", "Bea Second")
    card = card_of(qtbot, live, result)
    assert facts(card, "Members") == ["Ann First", "Bea Second"]
    assert Target(Place.ATHLETE, meet.athlete("Bea Second")) in [
        fact.target for fact in card.facts.facts.facts
    ]


def test_assistance_is_typed_and_is_one_undo_step(qtbot: QtBot, live: LiveBook) -> None:
    result = result_of(live, "Jutta Leerdam")
    event = live.reads.event_of_result(result)
    card = card_of(qtbot, live, result)
    press(qtbot, TAB, "Pacemaker", ENTER)
    assert card.isVisible()
    row = next(row for row in live.reads.results(event) if row.id == result)
    assert row.assistance == "Pacemaker"
    assert facts(card, "Typed")[0].startswith("Enter assistance: Jutta Leerdam")
    live.undo()
    assert card.assistance.text() == ""


def test_wind_is_told_where_it_is_measured(qtbot: QtBot, live: LiveBook) -> None:
    meet = Meet.at(live.book)
    event = meet.event("W100", measures_wind=True)
    result = meet.enter(event, "Ann First", "NED", "11.20")
    card = card_of(qtbot, live, result)
    assert facts(card, "Wind") == ["not known"]
    live.book.edits.enter_wind(result, "-0.4")
    assert facts(card, "Wind") == ["-0.4 m/s"]


def test_a_book_that_is_read_lets_nothing_be_typed(qtbot: QtBot, live: LiveBook) -> None:
    reader = LiveBook(Book.open(live.path))
    assert not reader.can_write
    card = card_of(qtbot, reader, result_of(reader, "Jutta Leerdam"))
    assert not card.assistance.isEnabled()
    reader.close()


def test_a_card_of_what_was_deleted_goes(qtbot: QtBot, live: LiveBook) -> None:
    result = result_of(live, "Jutta Leerdam")
    event = live.reads.event_of_result(result)
    card = card_of(qtbot, live, result)
    live.book.edits.delete_event(event)
    assert not card.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_fact_is_seen_whole(qtbot: QtBot, live: LiveBook, zoom: int) -> None:
    theme().set_zoom(zoom)
    card = card_of(qtbot, live, result_of(live, "Miho Takagi"))
    room = card.screen().availableGeometry()
    assert card.height() <= room.height()
    facts_high, seen = card.facts.height_of_facts(), card.facts.viewport().height()
    assert seen >= facts_high or card.height() >= room.height() * 0.89


def test_ctrl_j_shows_the_card_and_a_link_of_it_leads_into_the_window(
    qtbot: QtBot, sample: Path, open_window: OpenWindow
) -> None:
    window = open_window(sample)
    workspace = window.workspace
    assert workspace is not None
    view, control = workspace.event_page.view, Qt.KeyboardModifier.ControlModifier
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_J, control)
    card = window.findChild(ResultCard)
    assert card is not None
    qtbot.waitUntil(card.isVisible)
    targets = [fact.target for fact in card.facts.facts.facts]
    to_athlete = next(n for n, to in enumerate(targets) if to and to.place is Place.ATHLETE)
    for _ in range(to_athlete):
        qtbot.keyClick(card.facts, DOWN)
    qtbot.keyClick(card.facts, ENTER)
    assert workspace.tab is Tab.ATHLETE
    page = workspace.page(Tab.ATHLETE)
    assert isinstance(page, AthletePage)
    assert page.isVisible()
    assert page.model.rowCount() > 0
