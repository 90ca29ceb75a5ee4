"""What is known of an athlete: name, gender, date of birth, as one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.dialogs.athlete_dialog import AthleteDialog
from medaldesk.gui.live_book import LiveBook
from tests import books
from tests.gui.by_keys import DOWN, ENTER, TAB, press, shown


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "cup.medaldesk"), who="clerk"))
    yield made
    made.close()


@pytest.fixture
def athlete(live: LiveBook) -> int:
    return live.book.edits.add_athlete("Jutta Leerdamm")


@pytest.fixture
def dialog(qtbot: QtBot, live: LiveBook, athlete: int) -> AthleteDialog:
    made = AthleteDialog(live, athlete)
    shown(qtbot, made)
    return made


def known(live: LiveBook, athlete: int) -> tuple[str, str | None, str | None]:
    head = live.reads.athlete_page(athlete)
    return (head.name, head.gender, head.birth_date)


def test_all_of_it_is_one_undo_step(
    qtbot: QtBot, live: LiveBook, athlete: int, dialog: AthleteDialog
) -> None:
    press(qtbot, "Jutta Leerdam", TAB, DOWN, TAB, "30 Dec 1998", ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert known(live, athlete) == ("Jutta Leerdam", "W", "1998-12-30")
    live.undo()
    assert known(live, athlete) == ("Jutta Leerdamm", None, None)


def test_a_day_without_a_year_is_not_guessed(
    qtbot: QtBot, live: LiveBook, athlete: int, dialog: AthleteDialog
) -> None:
    press(qtbot, TAB, TAB, "30 Dec", ENTER)
    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    assert dialog.birth_date.text() == "30 Dec"


def test_nobody_is_born_tomorrow(
    qtbot: QtBot, live: LiveBook, athlete: int, dialog: AthleteDialog
) -> None:
    press(qtbot, TAB, TAB, "2999-01-01", ENTER)
    assert dialog.birth_date.property("wrong")
    assert known(live, athlete) == ("Jutta Leerdamm", None, None)
