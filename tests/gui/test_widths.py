"""The columns are wide enough for what they may have to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.pages.record_page import RecordPage
from medaldesk.gui.pages.standings_page import StandingsPage
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.table import Table
from medaldesk.gui.workspace import Tab

WIDEST = {
    "side": {"rank": "=10", "gold": "88", "silver": "88", "bronze": "88", "total": "888"},
    "standings": {"rank": "=10", "moved": "new", "gold": "88", "total": "888", "other_rank": "=10"},
    "event": {"rank": "=10", "mark": "1:11:43.21", "behind": "+1:11:43.21", "unit": "22 o"},
    "records": {"mark": "1:11:43.21", "day": "30 Sep 2026", "improvement": "−0.28"},
}


def tables(window: MainWindow) -> dict[str, Table]:
    workspace = window.workspace
    assert workspace is not None
    standings, records = workspace.page(Tab.STANDINGS), workspace.page(Tab.RECORDS)
    assert isinstance(standings, StandingsPage)
    assert isinstance(records, RecordPage)
    return {
        "side": workspace.side.table,
        "standings": standings.table,
        "event": workspace.event_page.view,
        "records": records.table,
    }


@pytest.mark.parametrize("zoom", [100, 200])
def test_nothing_usual_is_cut(
    qtbot: QtBot, open_window: Callable[[Path], MainWindow], sample: Path, zoom: int
) -> None:
    window = open_window(sample)
    window.resize(2600, 1400)
    theme().set_zoom(zoom)
    found = tables(window)
    assert window.workspace is not None
    for tab in Tab:
        window.workspace.show_tab(tab)
        qtbot.wait(1)
    plain = QFontMetrics(theme().font())
    strong = QFontMetrics(theme().font(1.05, QFont.Weight.Bold))
    for name, texts in WIDEST.items():
        table = found[name]
        for key, text in texts.items():
            number = table.rows.column_of(key)
            assert number is not None
            metrics = strong if table.rows.columns[number].weight == "strong" else plain
            needs = metrics.horizontalAdvance(text) + 2 * theme().px(table.cell_margin)
            assert table.columnWidth(number) >= needs, (name, key)
