"""The history of a record list in rows and columns, the current record on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.domain.marks import Better, MarkFormat, format_mark
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words

BASELINE = 0
"""The key of what stood before the results of the book begin; all others are result ids."""


def key_of(row: RecordRow) -> int:
    """What names a line of a history while it changes."""
    return row.result or BASELINE


def flag_text(row: RecordRow, code: str) -> str:
    """`OR` for what stands, `=OR` for what was equalled, nothing for the rest."""
    if row.equalled:
        return f"={code}"
    return code if row.reign.current else ""


def improvement_text(row: RecordRow, form: MarkFormat) -> str:
    """`−0.28` where lower is better, `+0.28` where higher is; empty for the first and equals."""
    if row.improvement is None:
        return ""
    sign = "−" if form.better is Better.LOWER else "+"
    return f"{sign}{format_mark(row.improvement, form.kind)}"


def stood_text(row: RecordRow) -> str:
    """For how long it stood, or that it stands."""
    if row.reign.current:
        return QCoreApplication.translate("RecordModel", "stands")
    return words.stood_for(row.reign.stood, row.unit_kind)


def unit_text(row: RecordRow) -> str:
    """`pair 13`; empty where the unit is not known."""
    return "" if row.unit is None else words.unit_name(row.unit_kind, row.unit)


def where_text(row: RecordRow) -> str:
    """The competition, or the place where only that is known."""
    return row.competition_name or row.place or ""


def describe(row: RecordRow, form: MarkFormat) -> str:
    """A line of the history as it is told in a tooltip and read aloud."""
    mark = format_mark(row.mark, form.kind)
    if row.equalled:
        mark = QCoreApplication.translate("RecordModel", "{mark} (equalled)").format(mark=mark)
    stood = stood_text(row)
    if stood and not row.reign.current:
        stood = QCoreApplication.translate("RecordModel", "stood for {time}").format(time=stood)
    holder = f"{row.holder} {row.nation}".strip()
    parts = [mark, holder, where_text(row), words.day(row.day), unit_text(row), stood]
    return " · ".join(part for part in parts if part)


class RecordModel(RowModel[RecordRow]):
    """Lines of a record history, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), key_of, parent)
        self._code = ""

    def show_history(self, history: RecordHistory, *, again: bool = False) -> None:
        """Show a list; `again` where it is the one shown, and lines that changed flash."""
        rows = list(history.rows[::-1])
        self._code = history.list.code
        self.set_columns(self._columns(history.list.form))
        if not again:
            self.reset_rows(rows)
        elif rows != list(self.rows()):
            self.set_rows(rows, flash=True)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return self.columns[index.column()].text(self.row(index.row())) or None
        return super().data(index, role)

    def look(self, row: RecordRow, column: Column[RecordRow]) -> Look:
        look = super().look(row, column)
        if column.key == "record" and row.reign.current:
            look.pills = [(look.text, "record")]
        return look

    def _columns(self, form: MarkFormat) -> list[Column[RecordRow]]:
        tr = self.tr
        return [
            Column("mark", tr("Mark"), _mark(form), 98, RIGHT, "strong"),
            Column(
                "improvement",
                "±",
                lambda row: improvement_text(row, form),
                66,
                RIGHT,
                "muted",
                tip=tr("By how much it is better than the record before"),
                optional=True,
            ),
            Column("record", "", lambda row: flag_text(row, self._code), 56, weight="muted"),
            Column("holder", tr("Holder"), lambda row: row.holder, 0),
            Column("nation", tr("Nation"), lambda row: row.nation, 60),
            Column("where", tr("Competition"), where_text, 158, optional=True),
            Column("day", tr("Date"), lambda row: words.short_day(row.day), 96, RIGHT),
            Column("unit", tr("Unit"), unit_text, 66, weight="muted", optional=True),
            Column("stood", tr("Stood for"), stood_text, 136, weight="muted", optional=True),
        ]


def _mark(form: MarkFormat) -> Callable[[RecordRow], str]:
    return lambda row: format_mark(row.mark, form.kind)
