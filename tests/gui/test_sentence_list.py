"""What changed, in sentences: kept up to a number, the latest on top, each leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.target import Place
from medaldesk.gui.widgets.sentence_list import KEPT, SentenceModel
from medaldesk.reports.told import LinkKind, Sentence, SentenceKind


def sentence(number: int) -> Sentence:
    return Sentence(SentenceKind.RACE, f"Sentence {number}.", link=LinkKind.EVENT, link_id=number)


def test_the_latest_change_is_on_top_and_the_one_before_is_old(qtmodeltester: object) -> None:
    model = SentenceModel()
    model.tell([sentence(1), sentence(2)])
    model.tell([sentence(3)])
    told = [(model.index(row).data(), model.rows[row].fresh) for row in range(model.rowCount())]
    assert told == [("Sentence 3.", True), ("Sentence 1.", False), ("Sentence 2.", False)]
    assert [row.ends for row in model.rows] == [True, False, True]
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_no_more_are_kept_than_can_be_read() -> None:
    model = SentenceModel()
    for number in range(KEPT + 5):
        model.tell([sentence(number)])
    assert model.rowCount() == KEPT
    assert model.index(0).data() == f"Sentence {KEPT + 4}."


def test_arrows_walk_the_sentences_and_return_goes_there(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    changes = window.workspace.side.changes
    changes.model().tell([sentence(1), sentence(2)])
    changes.focus_first()
    gone = []
    changes.go.disconnect()
    changes.go.connect(gone.append)
    qtbot.keyClick(changes, Qt.Key.Key_Down)
    qtbot.keyClick(changes, Qt.Key.Key_Return)
    around = changes.visualRect(changes.model().index(0))
    qtbot.mouseClick(changes.viewport(), Qt.MouseButton.LeftButton, pos=around.center())
    assert [(target.place, target.id) for target in gone] == [(Place.EVENT, 2), (Place.EVENT, 1)]
