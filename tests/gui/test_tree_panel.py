"""How the lines of the tree are painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.models.tree_model import TreeRole
from medaldesk.gui.theme import LIGHT, theme
from medaldesk.gui.widgets import tree_panel
from medaldesk.gui.widgets.tree_panel import TreePanel

STATUSES = ("scheduled", "running", "unofficial", "official")


def dot(status: str) -> QImage:
    """A dot, ten times as large, in one colour: only its shape is left."""
    theme().set_zoom(300)
    picture = QImage(QSize(60, 60), QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    tree_panel._paint_dot(painter, picture.rect(), status)
    painter.end()
    return picture


def inked(picture: QImage, part: QRect) -> float:
    """The share of a part that is painted."""
    points = [
        QPoint(x, y)
        for x in range(part.left(), part.right() + 1)
        for y in range(part.top(), part.bottom() + 1)
    ]
    return sum(picture.pixelColor(point).lightness() < 250 for point in points) / len(points)


def test_every_status_has_a_shape_of_its_own(qapp: QApplication) -> None:
    left, right = QRect(18, 28, 3, 5), QRect(25, 28, 3, 5)
    halves = {s: (inked(dot(s), left) > 0.5, inked(dot(s), right) > 0.5) for s in STATUSES}
    assert halves["scheduled"] == halves["unofficial"] == (False, False)
    assert halves["running"] == (True, False)
    assert halves["official"] == (True, True)
    whole = QRect(0, 0, 60, 60)
    assert inked(dot("unofficial"), whole) > 1.3 * inked(dot("scheduled"), whole)


@pytest.fixture
def panel(qtbot: QtBot, sample: Path) -> TreePanel:
    live = LiveBook(Book.open(sample))
    made = TreePanel(live)
    qtbot.addWidget(made, before_close_func=lambda _: live.close())
    made.resize(220, 400)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_a_name_ends_before_the_count(panel: TreePanel) -> None:
    model = QStandardItemModel(panel)
    item = QStandardItem("Women's 3000 m relay")
    item.setData("official", TreeRole.STATUS)
    item.setData(128, TreeRole.COUNT)
    model.appendRow(item)
    line = QRect(0, 0, 200, 26)
    room = tree_panel._text_room(line, model.index(0, 0))
    count = panel.fontMetrics().horizontalAdvance("128") * 0.9
    assert room.left() >= theme().px(12)
    assert room.right() <= line.right() - theme().px(tree_panel.COUNT_MARGIN) - count


def test_the_line_that_has_the_keys_is_ringed(panel: TreePanel) -> None:
    tree = panel.tree
    tree.setCurrentIndex(tree.model().index(0, 0))
    line = tree.visualRect(tree.currentIndex())
    edge = QPoint(line.center().x(), line.top() + 1)

    def colour() -> QColor:
        return tree.viewport().grab().toImage().pixelColor(edge)

    tree.setFocus(Qt.FocusReason.TabFocusReason)
    assert colour() == LIGHT.accent
    panel.box.setFocus(Qt.FocusReason.TabFocusReason)
    assert colour() != LIGHT.accent


def test_a_sentence_that_has_the_keys_is_ringed_and_whole(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path
) -> None:
    window = open_window(sample)
    assert window.workspace is not None
    changes = window.workspace.side.changes
    with qtbot.waitActive(window):
        window.activateWindow()
    changes.focus_first()
    assert QApplication.focusWidget() is changes
    around = changes.visualRect(changes.currentIndex())
    assert around.height() > 2 * changes.fontMetrics().height()
    edge = QPoint(around.center().x(), around.top() + 1)
    assert changes.viewport().grab().toImage().pixelColor(edge) == LIGHT.accent
