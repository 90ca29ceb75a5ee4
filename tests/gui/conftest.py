"""What the tests of the window share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.sample import (
    FOUNDING_RACE,
    TypedMark,
    fill,
    sample_facts,
)
from medaldesk.gui.app import application
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.theme import ThemeChoice, theme
from tests import books


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
    return books.sample(tmp_path / "sample.medaldesk")


@pytest.fixture(scope="session")
def made_evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[TypedMark]]:
    path = tmp_path_factory.mktemp("books") / "evening.medaldesk"
    with Book.create(path, who="clerk") as book:
        return path, fill(book, sample_facts(), leave_open=FOUNDING_RACE)


@pytest.fixture
def evening(
    tmp_path: Path, made_evening: tuple[Path, list[TypedMark]]
) -> tuple[Path, list[TypedMark]]:
    """The sample book on the evening of the race: the start list is there, no mark is."""
    made, marks = made_evening
    return Path(shutil.copy(made, tmp_path)), [*marks]


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
