"""Names with markup in them are text wherever the window shows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.widgets.table import Table
from medaldesk.gui.workspace import Tab
from tests import books
from tests.decided_games import create_games

MARKUP = '<b onclick="x">%s</b><img src="http://example.org/x.png">'

_TEXTS = {
    "book": ("name",),
    "source": ("title",),
    "nation_code": ("name",),
    "series": ("name",),
    "competition": ("name", "city"),
    "venue": ("name",),
    "discipline": ("name",),
    "event_type": ("name",),
    "phase": ("name",),
    "athlete": ("name", "family_name", "given_name"),
    "entry": ("team_name", "printed_name", "bib", "note"),
    "result": ("lane", "note"),
    "decision": ("body", "reason"),
    "record_kind": ("name",),
    "record_baseline": ("holder", "place"),
    "journal": ("who", "subject"),
}
"""Every text of a book that a stranger may have written."""


def is_rich(text: str) -> bool:
    return bool(text) and QtGui.Qt.mightBeRichText(text)


def mark_up(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for table, columns in _TEXTS.items():
            for column in columns:
                connection.execute(
                    f"UPDATE {table} SET {column} = replace(?, '%s', {column})"
                    f" WHERE {column} IS NOT NULL",
                    (MARKUP,),
                )
    connection.close()


def _decided(path: Path) -> None:
    create_games(path)


def _sample(path: Path) -> None:
    books.sample(path)


@pytest.fixture(params=[_sample, _decided])
def window(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> Iterator[MainWindow]:
    make: Callable[[Path], None] = request.param
    path = tmp_path / "markup.medaldesk"
    make(path)
    mark_up(path)
    main = MainWindow(settings)
    qtbot.addWidget(main)
    main.open_book(path)
    main.show()
    yield main
    main.close()


def rich_texts(root: QWidget) -> list[str]:
    """What is shown as markup that a stranger wrote."""
    return [text for text in shown_texts(root) if "<img" in text]


def shown_texts(root: QWidget) -> Iterator[str]:
    """Every text of a window that Qt would read as markup."""
    for widget in root.findChildren(QWidget):
        if not isValid(widget):  # a tip that another one took the place of
            continue
        if is_rich(widget.toolTip()):
            yield widget.toolTip()
        if isinstance(widget, QLabel):
            form = widget.textFormat()
            plain = form == Qt.TextFormat.PlainText
            if not plain and (form == Qt.TextFormat.RichText or is_rich(widget.text())):
                yield widget.text()
        if isinstance(widget, Table | QTreeView) and widget.isVisible():
            yield from filter(is_rich, tips(widget))


def tips(view: QAbstractItemView) -> Iterator[str]:
    """The tips that the mouse brings up over the cells of a view, those with markup in them."""
    model = view.model()
    for index in indexes(model):
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if isinstance(tip, str) and "<img" in tip:
            spot = view.visualRect(index).center()
            ask = QHelpEvent(QEvent.Type.ToolTip, spot, view.viewport().mapToGlobal(spot))
            option = QStyleOptionViewItem()
            view.itemDelegateForIndex(index).helpEvent(ask, view, option, index)
            yield QToolTip.text()


def indexes(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        for column in range(_columns(model, parent)):
            yield model.index(row, column, parent)
        yield from indexes(model, model.index(row, 0, parent))


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


@pytest.mark.parametrize("tab", list(Tab))
def test_every_page_shows_markup_as_text(window: MainWindow, tab: Tab) -> None:
    assert window.workspace is not None
    window.workspace.show_tab(tab)
    assert rich_texts(window) == []
