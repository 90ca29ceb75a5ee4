"""What caused a medal table to change, medal by medal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from medaldesk.book.reads.difference import Cause
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.gui.models.row_model import Look, RowModel
from medaldesk.reports import table_words, words


class CausesModel(RowModel[Cause]):
    """The medals won and lost between two tables, each with the reason (RULES R19)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.entry, row.medal, row.gained), parent)
        self._competition = ""
        self.columns = [
            Column("change", self.tr("+/−"), _change, 30, CENTRE, "strong"),
            Column("medal", self.tr("Medal"), lambda row: words.medal_name(row.medal), 40),
            Column("athlete", self.tr("Athlete"), lambda row: row.name, 130),
            Column("event", self.tr("Event"), self._event, 0),
            Column("why", self.tr("Cause"), table_words.why, 215, RIGHT, "muted"),
        ]

    def show_causes(self, competition: str, causes: Sequence[Cause]) -> None:
        """Show causes; where all are of one competition its name is left out of the cells."""
        self._competition = competition
        self.reset_rows(causes)

    def look(self, row: Cause, column: Column[Cause]) -> Look:
        look = super().look(row, column)
        if column.key == "medal":
            look.pills = [(words.medal_letter(row.medal), row.medal)]
        if column.key == "change":
            look.error = not row.gained
        return look

    def _event(self, row: Cause) -> str:
        return row.event_name.removeprefix(f"{self._competition} · ")


def _change(row: Cause) -> str:
    return table_words.change(1 if row.gained else -1)
