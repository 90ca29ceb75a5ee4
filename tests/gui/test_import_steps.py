"""Steps of an import that have nothing to ask, keys in their tables, and leaving them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.exporting import EXPORTERS, ExportKind, Part
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.dialogs import import_dialog
from medaldesk.gui.dialogs.import_frame import Step
from medaldesk.gui.live_book import LiveBook
from tests.gui.by_keys import ENTER, ESCAPE, F2, accepted
from tests.gui.importing_desk import ODD, OWN, ImportDesk, write

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    book = LiveBook(Book.open(sample))
    yield book
    book.close()


@pytest.fixture
def desk(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> Iterator[ImportDesk]:
    """Results in the form of the exchange table."""
    sat = ImportDesk(qtbot, live, tmp_path, [write(tmp_path, "own.csv", OWN)])
    yield sat
    sat.dialog.task.close()


def test_messages_of_a_new_event_ask_nothing(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> None:
    """A question of theirs would have no field for the answer."""
    messages = tmp_path / "feed.zip"
    EXPORTERS[ExportKind.ODF].write(live.book, messages, Part(), None)
    empty = LiveBook(Book.create(tmp_path / "empty.medaldesk"))
    desk = ImportDesk(qtbot, empty, tmp_path, [messages])
    desk.go_on()
    assert desk.step is Step.PREVIEW
    desk.go_on()
    assert accepted(desk.dialog)
    assert " files were imported. New: 18 competitions" in desk.dialog.outcome
    empty.close()


def test_f2_shows_what_a_column_can_be(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> None:
    desk = ImportDesk(qtbot, live, tmp_path, [write(tmp_path, "odd.csv", ODD)])
    desk.go_on()
    desk.dialog.columns.table.setFocus()
    desk.press(F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CompletingEdit)
    assert editor.listing
    desk.dialog.task.close()


def test_escape_asks_once_before_it_drops_what_took_long(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "COSTLY", -1.0)
    desk.go_on()
    assert desk.step is Step.PREVIEW
    desk.press(ESCAPE)
    assert desk.dialog.isVisible()
    assert desk.dialog.said.text() == "Nothing was imported yet: Esc again leaves without it."
    desk.press(ESCAPE)
    assert not desk.dialog.isVisible()
    assert not accepted(desk.dialog)


def test_a_quick_preview_is_left_by_one_escape(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "COSTLY", 3600.0)
    desk.go_on()
    desk.press(ESCAPE)
    assert not desk.dialog.isVisible()


def test_what_took_long_is_imported_without_asking(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "COSTLY", -1.0)
    desk.press(ENTER, ENTER)
    assert accepted(desk.dialog)
