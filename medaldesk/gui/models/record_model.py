"""The history of a record list in rows and columns, the current record on top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.domain.marks import Better, MarkFormat, format_mark
from medaldesk.domain.records import Ruling
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words

BASELINE = 0
"""The key of what stood before the results of the book begin; all others are result ids."""


def key_of(row: RecordRow) -> int:
    """What names a line of a history while it changes."""
    return row.result or BASELINE


def is_annulled(row: RecordRow) -> bool:
    """Whether a ruling took the mark out of its list (RULES R26)."""
    return row.ruling is not None and row.ruling.ruling is Ruling.ANNULLED


def status_text(row: RecordRow) -> str:
    """`Ratified`; empty where nothing was ruled and nothing is asked."""
    return words.record_ruling(row.ruling.ruling) if row.ruling else ""


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
    ruled = words.record_ruling_line(row.ruling)
    parts = [mark, holder, where_text(row), words.day(row.day), unit_text(row), stood, ruled]
    return " · ".join(part for part in parts if part)


class RecordModel(RowModel[RecordRow]):
    """Lines of a record history, the latest first; below them, struck, what was annulled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), key_of, parent)
        self._code = ""

    def show_history(self, history: RecordHistory, *, again: bool = False) -> None:
        """Show a list; `again` where it is the one shown, and lines that changed flash."""
        rows = [*history.rows[::-1], *history.annulled[::-1]]
        self._code = history.list.code
        ruled = any(row.ruling is not None for row in rows)
        self.set_columns(list(self._columns(history.list.form, ruled=ruled)))
        if not again:
            self.reset_rows(rows)
        elif rows != list(self.rows()):
            self.set_rows(rows, flash=True)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            row, column = self.row(index.row()), self.columns[index.column()]
            if column.key == "status" or is_annulled(row):
                return words.record_ruling_line(row.ruling) or None
            return column.text(row) or None
        return super().data(index, role)

    def look(self, row: RecordRow, column: Column[RecordRow]) -> Look:
        look = super().look(row, column)
        if column.key == "record" and row.reign.current:
            look.pills = [(look.text, "record")]
        if column.key == "status" and row.ruling and row.ruling.day is None:
            look.weight = "muted"
        if is_annulled(row):
            look.weight, look.struck = "muted", column.key != "status"
        return look

    def _columns(self, form: MarkFormat, *, ruled: bool) -> Iterator[Column[RecordRow]]:
        tr = self.tr
        yield Column("mark", tr("Mark"), _mark(form), 98, RIGHT, "strong")
        tip = tr("By how much it is better than the record before")
        yield Column("improvement", "±", _improvement(form), 66, RIGHT, "muted", False, tip, True)
        yield Column("record", "", lambda row: flag_text(row, self._code), 56, weight="muted")
        yield Column("holder", tr("Holder"), lambda row: row.holder, 0)
        yield Column("nation", tr("Nation"), lambda row: row.nation, 60)
        if ruled:
            yield Column("status", tr("Status"), status_text, 96, optional=True)
        yield Column("where", tr("Competition"), where_text, 158, optional=True)
        yield Column("day", tr("Date"), lambda row: words.short_day(row.day), 96, RIGHT)
        yield Column("unit", tr("Unit"), unit_text, 66, weight="muted", optional=True)
        yield Column("stood", tr("Stood for"), stood_text, 136, weight="muted", optional=True)


def _mark(form: MarkFormat) -> Callable[[RecordRow], str]:
    return lambda row: format_mark(row.mark, form.kind)


def _improvement(form: MarkFormat) -> Callable[[RecordRow], str]:
    return lambda row: improvement_text(row, form)
