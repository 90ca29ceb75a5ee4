"""The help: it opens, turns pages by keys, and tells of everything that it promises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from medaldesk.exchange.importing.mapping import load_mapping
from medaldesk.exchange.nation_table import NATION_COLUMNS
from medaldesk.exchange.record_table import RECORD_COLUMNS
from medaldesk.exchange.tidy import TIDY_COLUMNS
from medaldesk.gui.command_specs import Command
from medaldesk.gui.dialogs.help_window import HelpWindow, topics
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.theme import theme
from medaldesk.resources import resource


def page(name: str) -> str:
    (topic,) = [topic for topic in topics() if topic.name == name]
    return topic.path.read_text(encoding="utf-8")


@pytest.fixture
def help_window(qtbot: QtBot) -> HelpWindow:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_arrow_keys_turn_the_pages(qtbot: QtBot, help_window: HelpWindow) -> None:
    help_window.list.setFocus()
    titles = []
    for _ in topics():
        titles.append(help_window.text.document().firstBlock().text())
        qtbot.keyClick(help_window.list, Qt.Key.Key_Down)
    assert titles == [topic.title for topic in topics()]


def test_esc_closes_it(qtbot: QtBot, help_window: HelpWindow) -> None:
    with qtbot.waitSignal(help_window.finished):
        qtbot.keyClick(help_window.list, Qt.Key.Key_Escape)


def test_a_page_is_found_by_its_name(help_window: HelpWindow) -> None:
    help_window.show_topic("exchange-table")
    assert help_window.text.document().firstBlock().text() == "The exchange table"


def test_a_table_of_a_page_is_a_table(help_window: HelpWindow) -> None:
    help_window.show_topic("exchange-table")
    tables = [
        frame
        for frame in help_window.text.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    ]
    assert [table.columns() for table in tables] == [2]


def test_the_text_grows_with_the_zoom(help_window: HelpWindow) -> None:
    small = help_window.text.document().defaultFont().pointSizeF()
    theme().set_zoom(200)
    try:
        assert help_window.text.document().defaultFont().pointSizeF() > small * 1.8
    finally:
        theme().set_zoom(100)


def test_every_column_of_the_exchange_table_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", page("exchange-table")))
    assert TIDY_COLUMNS.keys() <= told


def test_every_profile_is_told_and_can_be_read() -> None:
    names = sorted(path.stem for path in resource("profiles").glob("*.toml"))
    told = set(re.findall(r"`([\w-]+)`", page("profiles")))
    assert set(names) <= told
    assert all(load_mapping(resource("profiles", f"{name}.toml")).name for name in names)


def test_the_profile_that_the_help_shows_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```\n(.*?)```", page("profiles"), re.DOTALL)
    path = tmp_path / "shown.toml"
    path.write_text(shown, encoding="utf-8")
    assert load_mapping(path).columns["athlete"] == ("First", "Last")


@pytest.mark.parametrize("columns", [RECORD_COLUMNS, NATION_COLUMNS])
def test_every_column_of_records_and_nations_is_told(columns: Mapping[str, str]) -> None:
    told = set(re.findall(r"`(\w+)`", page("records-and-nations")))
    assert columns.keys() <= told


def test_f1_opens_it_once_beside_the_window(qtbot: QtBot, settings: Settings, sample: Path) -> None:
    main = MainWindow(settings)
    qtbot.addWidget(main)
    main.open_book(sample)
    main.show()
    for _ in range(2):
        main.actions_[Command.HELP].trigger()
    (window,) = main.findChildren(HelpWindow)
    assert window.isVisible()
    assert not window.isModal()
    assert main.isEnabled()
