"""What differs between published medal tables and the book, and the medals behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from medaldesk.book.checked_table import MedalInvolved, Reason, TableCheck, TableDifferenceRow
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Look, RowModel
from medaldesk.reports import check_words, words


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that differs, and of which competition."""

    competition: CompetitionRow
    row: TableDifferenceRow


class DifferencesModel(RowModel[Difference]):
    """The rows that differ, of all competitions or for one reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.competition.id, row.row.name), parent)
        self._all: list[Difference] = []
        self.columns = [
            Column("competition", self.tr("Competition"), lambda row: row.competition.name, 140),
            Column("nation", self.tr("Nation"), lambda row: row.row.name, 64, weight="strong"),
            Column("there", self.tr("Published"), lambda row: _sides(row)[0], 92, RIGHT),
            Column("here", self.tr("Here"), lambda row: _sides(row)[1], 92, RIGHT),
            Column("change", self.tr("Difference"), _change, 120, RIGHT, optional=True),
            Column("why", self.tr("Why"), lambda row: check_words.reasons_say(row.row), 0),
        ]

    def show_checks(self, checks: Sequence[TableCheck], reason: Reason | None = None) -> None:
        """Show what differs; for a reason the rows that it is one of."""
        self.reset_rows(
            [
                Difference(check.competition, row)
                for check in checks
                for row in check.differences
                if reason is None or any(part.reason is reason for part in row.parts)
            ]
        )

    def look(self, row: Difference, column: Column[Difference]) -> Look:
        look = super().look(row, column)
        look.error = column.key == "why" and row.row.reason is Reason.UNEXPLAINED
        return look


class InvolvedModel(RowModel[MedalInvolved]):
    """The medals behind a difference; where nobody has one here, its event."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.event, row.entry, row.medal, row.here), parent)
        self._competition = ""
        self.columns = [
            Column("medal", self.tr("Medal"), lambda row: words.medal_name(row.medal), 56),
            Column("name", self.tr("Here"), self._name, 230),
            Column("nation", self.tr("Nation"), lambda row: row.nation, 64),
            Column("event", self.tr("Event"), self._event, 0),
        ]

    def show_medals(self, competition: str, medals: Sequence[MedalInvolved]) -> None:
        """Show medals; the name of their competition is left out of the cells."""
        self._competition = competition
        self.reset_rows(medals)

    def look(self, row: MedalInvolved, column: Column[MedalInvolved]) -> Look:
        look = super().look(row, column)
        if column.key == "medal":
            look.pills = [(words.medal_letter(row.medal), row.medal if row.here else "quiet")]
        if column.key == "name" and row.entry is None:
            look.weight = "muted"
        return look

    def _name(self, row: MedalInvolved) -> str:
        if row.entry is None:
            return self.tr("vacant")
        template = "{name}" if row.here else self.tr("{name}: no more")
        return template.format(name=row.name)

    def _event(self, row: MedalInvolved) -> str:
        return row.event_name.removeprefix(f"{self._competition} · ")


def _sides(row: Difference) -> tuple[str, str]:
    return check_words.both_sides(row.row)


def _change(row: Difference) -> str:
    return check_words.signed(row.row.change)
