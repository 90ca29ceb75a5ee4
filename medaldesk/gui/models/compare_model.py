"""A computed record progression beside a published one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from medaldesk.book.reads.records import PublishedComparison
from medaldesk.domain.marks import MarkFormat, format_mark
from medaldesk.domain.progressions import ComparedLine, Comparison, Differs, ProgressionLine
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words


class CompareModel(RowModel[ComparedLine]):
    """Both progressions line by line; what is the same in both is quiet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), _key, parent)

    def show_comparison(self, found: PublishedComparison) -> None:
        """Show a comparison with the latest line on top, as in a history."""
        lines = list(found.lines[::-1])
        self.set_columns(list(self._columns(found.list.form)))
        if lines != list(self.rows()):
            self.reset_rows(lines)

    def first_difference(self) -> QModelIndex:
        """The first line that is not as published; the one on top where all are.

        That short-lived lines are not published is usual, and no difference.
        """
        alike = (Comparison.EQUAL, Comparison.SHORT_LIVED)
        rows = enumerate(self.rows())
        return self.index(next((n for n, row in rows if row.comparison not in alike), 0), 0)

    def _columns(self, form: MarkFormat) -> Iterator[Column[ComparedLine]]:
        tr = self.tr
        kind = form.kind
        yield Column("mark", tr("Mark"), lambda row: format_mark(row.mark, kind), 90, RIGHT)
        yield Column("holder", tr("Holder"), lambda row: _shown(row).holder, 0)
        yield Column("nation", tr("Nation"), lambda row: _shown(row).nation, 60, optional=True)
        yield Column("day", tr("Date"), _shown_day, 96, RIGHT, optional=True)
        yield Column("said", tr("Compared"), words.compared_line, 240)
        tip = tr("What the published list has instead")
        yield Column("published", tr("Published"), _published, 150, tip=tip, optional=True)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            row = self.row(index.row())
            told = (words.compared_line(row), _published(row))
            return " · ".join(part for part in told if part)
        return super().data(index, role)

    def look(self, row: ComparedLine, column: Column[ComparedLine]) -> Look:
        look = super().look(row, column)
        if row.comparison is Comparison.EQUAL:
            look.weight = "muted"
        elif column.key == "mark":
            look.weight = "strong"
        return look

    def summary(self) -> str:
        """`13 lines as published, 11 short-lived, 1 different`."""
        count = Counter(row.comparison for row in self.rows())
        templates = {
            Comparison.EQUAL: self.tr("{n} as published"),
            Comparison.DIFFERENT: self.tr("{n} different"),
            Comparison.SHORT_LIVED: self.tr("{n} short-lived, not published"),
            Comparison.ONLY_COMPUTED: self.tr("{n} not published"),
            Comparison.ONLY_PUBLISHED: self.tr("{n} published, not in this book"),
        }
        told = (templates[each].format(n=count[each]) for each in templates if count[each])
        return " · ".join(told)


def _key(row: ComparedLine) -> tuple[ProgressionLine | None, ProgressionLine | None]:
    return row.computed, row.published


def _shown(row: ComparedLine) -> ProgressionLine:
    line = row.computed or row.published
    assert line is not None
    return line


def _shown_day(row: ComparedLine) -> str:
    return _day_text(_shown(row))


def _day_text(line: ProgressionLine) -> str:
    return words.short_day(line.day.isoformat() if line.day else None)


def _published(row: ComparedLine) -> str:
    """What the published line has in other words: `Karin Enke · 14 Feb 1984`."""
    line = row.published
    if line is None:
        return ""
    texts = {
        Differs.HOLDER: line.holder,
        Differs.NATION: line.nation,
        Differs.DAY: _day_text(line),
    }
    return " · ".join(text for differs, text in texts.items() if differs in row.differs)
