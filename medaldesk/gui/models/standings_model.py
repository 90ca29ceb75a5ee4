"""The medal table and the medals behind its numbers, in rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt

from medaldesk.book.reads.decisions import LedgerRow
from medaldesk.book.reads.difference import Cause, TableDifference
from medaldesk.book.reads.standings import MedalRow, MedalTable
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.gui.models.standings_columns import (
    GENDER_COLUMNS,
    MEDAL_COLUMNS,
    NUMBER_COLUMNS,
    Columns,
    Standing,
    count,
    moved_explained,
    of_gender,
    standings_columns,
)
from medaldesk.reports import table_words, words


class StandingsModel(RowModel[Standing]):
    """The nations of a medal table, and by how many places the last change moved each.

    `all_ranks` and `by_gender` are set by whoever wants these columns, before a table is shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.nation_id, parent)
        self.all_ranks = self.by_gender = False
        self._moves: dict[int, str] = {}
        self._wanted = Columns()
        self.columns = standings_columns(self._wanted, self._move)

    @property
    def compared(self) -> bool:
        """Whether each number stands beside its change."""
        return self._wanted.compared

    def show_table(self, table: MedalTable, *, moved: bool = False) -> None:
        """Show a table; `moved` where it is the one shown before, after a change.

        The rows that are different then flash, and the column of moves tells by how many places.
        """
        rows = [Standing.of(line, table.rank_by) for line in table.lines]
        moved = moved and not self.compared
        self._want(Columns(table.rank_by))
        changed = rows != list(self.rows())
        if changed or not moved:
            self._moves = self._moves_to(rows) if moved else {}
        if changed:
            self.set_rows(rows, flash=moved)
        self._tell_moves()

    def show_difference(self, difference: TableDifference) -> None:
        """Show the second of two tables, each number with its change since the first."""
        rank_by = difference.after.rank_by
        lines = {line.nation_id: line for line in difference.after.lines}
        rows = [
            Standing.compared(line, lines.get(line.nation_id), rank_by) for line in difference.lines
        ]
        flash = self.compared
        self._want(Columns(rank_by, compared=True, since=self._name_of(difference.before)))
        before = (line.row.rank_before(rank_by) for line in difference.lines)
        self._moves = {
            row.nation_id: self.tr("gone")
            if row.after is None
            else self._move_text(rank, row, known=row.before is not None)
            for row, rank in zip(rows, before, strict=True)
        }
        self.set_rows(rows, flash=flash)
        self._tell_moves()

    def move(self, nation: int) -> str:
        """`▲2`, `▼1`, `new`, or nothing."""
        return self._moves.get(nation, "")

    def medals_of_column(self, number: int) -> tuple[Medal, ...]:
        """The medals that a cell of a column counts: one, or all."""
        medal = MEDAL_COLUMNS.get(self.columns[number].key)
        return (medal,) if medal else tuple(Medal)

    def gender_of_column(self, number: int) -> str | None:
        """The gender of the events that a cell of a column counts; None is any."""
        return GENDER_COLUMNS.get(self.columns[number].key)

    def change_of(self, row: Standing, key: str) -> int | None:
        """What is won or lost in a cell; None where it stands without a change beside it."""
        return count(row.change, key) if self.compared and key in NUMBER_COLUMNS else None

    def causes_at(self, index: Index) -> Sequence[Cause]:
        """Why a cell is not what it was: the medals won and lost that it counts."""
        row, medals = self.row(index.row()), self.medals_of_column(index.column())
        return [cause for cause in row.causes if cause.medal in medals]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.row() < self.rowCount():
            column, row = self.columns[index.column()], self.row(index.row())
            if role == Qt.ItemDataRole.AccessibleTextRole and column.key in MEDAL_COLUMNS:
                return f"{column.tip}: {column.text(row)}"
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column.key) or None
        return super().data(index, role)

    def look(self, row: Standing, column: Column[Standing]) -> Look:
        look = super().look(row, column)
        if look.text == "0" and column.key in (*MEDAL_COLUMNS, *GENDER_COLUMNS):
            look.weight = "muted"
        return look

    def _want(self, wanted: Columns) -> None:
        wanted = replace(wanted, all_ranks=self.all_ranks, by_gender=self.by_gender)
        self.set_columns(standings_columns(wanted, self._move))
        if wanted != self._wanted:
            # Columns that stay may have another width.
            self._wanted = wanted
            last = len(self.columns) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def _name_of(self, table: MedalTable) -> str:
        """`9 Feb 2026`, or that it is the official one: the first of two tables."""
        day = table.scope.as_of
        return words.short_day(day) if day else self.tr("what is official")

    def _tip(self, row: Standing, key: str) -> str:
        if key == "moved":
            return moved_explained(self._wanted) if self.move(row.nation_id) else ""
        if key == "code":
            return row.name
        if key in GENDER_COLUMNS:
            return table_words.triple(of_gender(row, key))
        if key in ("rank", "name") and row.after is not None and row.after.by_gold is None:
            return self.tr("Listed without a rank")
        if key in ("per_million", "population", "rank_per_capita"):
            return self._population_tip(row)
        return ""

    def _population_tip(self, row: Standing) -> str:
        figure = row.population
        if figure is None:
            return self.tr(
                "The population is not known: add it to the nation (Ctrl+4, Change nation…)"
            )
        people = self.tr("{people} people on {day}").format(
            people=f"{figure.people:,}", day=words.day(figure.date)
        )
        return f"{people} · {figure.source}" if figure.source else people

    def _move(self, row: Standing) -> str:
        return self.move(row.nation_id)

    def _moves_to(self, rows: Sequence[Standing]) -> dict[int, str]:
        before: Mapping[int, Rank | None] = {row.nation_id: row.rank for row in self.rows()}
        if not before:
            return {}
        return {
            row.nation_id: self._move_text(
                before.get(row.nation_id), row, known=row.nation_id in before
            )
            for row in rows
        }

    def _move_text(self, before: Rank | None, row: Standing, *, known: bool) -> str:
        if not known:
            return self.tr("new")
        if before is None or row.rank is None or before.number == row.rank.number:
            return ""
        won = before.number - row.rank.number
        return f"▲{won}" if won > 0 else f"▼{-won}"

    def _tell_moves(self) -> None:
        column = self.column_of("moved")
        if column is not None and self.rowCount():
            last = self.index(self.rowCount() - 1, column)
            self.dataChanged.emit(self.index(0, column), last)


class MedalsModel(RowModel[MedalRow]):
    """Medals one by one: what, who, in which event, on which day, by which decision."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.event, row.entry, row.medal), parent)
        self._competition = ""
        self._decisions: Mapping[int, LedgerRow] = {}
        self.columns = self._columns()

    def show_medals(
        self,
        competition: str,
        medals: Sequence[MedalRow],
        *,
        flash: bool,
        decisions: Mapping[int, LedgerRow] | None = None,
    ) -> None:
        """Show medals; where all are of one competition its name is left out of the cells.

        `decisions` are those that gave some of the medals, by id.
        """
        self._competition, self._decisions = competition, decisions or {}
        self.set_columns(self._columns())
        self.set_rows(medals, flash=flash)

    def look(self, row: MedalRow, column: Column[MedalRow]) -> Look:
        look = super().look(row, column)
        if column.key == "medal":
            look.pills = [(words.medal_letter(row.medal), row.medal)]
        if column.key == "decision" and look.text:
            look.pills = [(self.tr("decision"), Medal.SILVER)]
        return look

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            text = self._decision(self.row(index.row()))
            if self.columns[index.column()].key == "decision" and text:
                return self.tr("{decision}: press Enter to see it").format(decision=text)
        return super().data(index, role)

    def _columns(self) -> list[Column[MedalRow]]:
        columns = [
            Column("medal", self.tr("Medal"), lambda row: words.medal_name(row.medal), 48),
            Column("athlete", self.tr("Athlete"), lambda row: row.name, 180),
            Column("event", self.tr("Event"), self._event, 0),
            Column("decision", self.tr("Decision"), self._decision, 96),
            Column(
                "day",
                self.tr("Date"),
                lambda row: words.short_day(row.day),
                100,
                RIGHT,
                optional=True,
            ),
        ]
        if not self._decisions:
            del columns[-2]
        return columns

    def _event(self, row: MedalRow) -> str:
        name = row.event_name.removeprefix(f"{self._competition} · ")
        return name if row.official else self.tr("{event} · as it stands").format(event=name)

    def _decision(self, row: MedalRow) -> str:
        """`CAS, 13 Dec 2022`; empty for a medal that was won as the marks say."""
        found = self._decisions.get(row.decision) if row.decision is not None else None
        if found is None:
            return ""
        return self.tr("{body}, {day}").format(body=found.body, day=words.short_day(found.day))
