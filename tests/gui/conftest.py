"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.sample import (
    FOUNDING_RACE,
    TypedMark,
    create_sample,
    fill,
    sample_facts,
)
from medaldesk.gui.app import application
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.theme import ThemeChoice, theme


@pytest.fixture(scope="session")
def qapp_cls() -> object:
    return application


@pytest.fixture(autouse=True)
def plain_look(qapp: object) -> Iterator[None]:
    """Every test starts light and at 100 %, whatever the one before it chose."""
    yield
    if theme().choice is not ThemeChoice.SYSTEM or theme().zoom != 100:
        theme().choice = ThemeChoice.SYSTEM
        theme().set_zoom(100)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample book, complete."""
    path = tmp_path / "sample.medaldesk"
    create_sample(path, who="clerk").close()
    return path


@pytest.fixture
def evening(tmp_path: Path) -> tuple[Path, list[TypedMark]]:
    """The sample book on the evening of the race: the start list is there, no mark is."""
    path = tmp_path / "evening.medaldesk"
    with Book.create(path, who="clerk") as book:
        marks = fill(book, sample_facts(), leave_open=FOUNDING_RACE)
    return path, marks


@pytest.fixture
def open_window(qtbot: QtBot, settings: Settings) -> Iterator[object]:
    """A function that opens a window on a book and shows it."""
    windows: list[MainWindow] = []

    def make(path: Path | None = None) -> MainWindow:
        window = MainWindow(settings)
        qtbot.addWidget(window)
        windows.append(window)
        if path is not None:
            assert window.open_book(path)
        window.resize(1440, 860)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        window.close()
