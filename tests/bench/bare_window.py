"""A window with a table and nothing else: what PySide6 itself costs."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from tests.bench.figures import report
from tests.bench.windows import FirstPaint, now, peak_memory

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class Numbers(QAbstractTableModel):
    """30 rows and 9 columns, like the sheet that MedalDesk opens with."""

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else 30

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else 9

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


def main() -> None:
    """Tell when the table was painted and how much memory it took."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    table = QTableView(window)
    table.setModel(Numbers(table))
    window.setCentralWidget(table)
    window.resize(1440, 860)

    def done() -> None:
        report({"painted": now(), "memory": peak_memory()})
        app.quit()

    watch = FirstPaint(table.viewport(), done)
    window.show()
    app.exec()
    del watch


if __name__ == "__main__":
    main()
