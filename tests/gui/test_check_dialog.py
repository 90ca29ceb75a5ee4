"""Making an event official asks first, and only where there is something to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE
from medaldesk.gui.dialogs import check_dialog
from medaldesk.gui.dialogs.check_dialog import CheckDialog, confirm_official
from medaldesk.reports.official_check import official_warnings


@pytest.fixture
def book(sample: Path) -> Iterator[Book]:
    with Book.open(sample) as made:
        yield made


@pytest.fixture
def race(book: Book):
    event = book.reads.event_by_path(FOUNDING_RACE)
    return book.reads.event_head(event), book.reads.results(event)


def answer(qtbot, *keys):
    """Press keys in the dialog that is about to open."""

    def press() -> None:
        for key in keys:
            qtbot.keyClick(QApplication.activeWindow().focusWidget(), key)

    QTimer.singleShot(50, press)


def test_without_concerns_nothing_is_asked(qtbot, race, monkeypatch):
    head, rows = race
    monkeypatch.setattr(check_dialog, "CheckDialog", None)
    assert confirm_official(head, [row for row in rows if row.has_entry])


@pytest.mark.parametrize(
    ("keys", "official"),
    [
        ((Qt.Key.Key_Return,), False),
        ((Qt.Key.Key_Escape,), False),
        ((Qt.Key.Key_Backtab, Qt.Key.Key_Space), True),
        ((Qt.Key.Key_Backtab, Qt.Key.Key_Return), True),
    ],
)
def test_enter_leaves_the_event_as_it_is(qtbot, race, keys, official):
    answer(qtbot, *keys)
    assert confirm_official(*race) is official


def test_every_concern_is_a_sentence(qtbot, race):
    head, rows = race
    tied = [replace(row, rank=1, rank_equal=True) if row.rank == 2 else row for row in rows]
    dialog = CheckDialog(head, official_warnings(head, tied))
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.sentences]
    assert len(texts) == 2
    assert all(text.endswith(".") for text in texts)
    assert dialog.not_yet.isDefault()
