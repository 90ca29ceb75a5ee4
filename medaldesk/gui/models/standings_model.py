"""The medal table and the medals behind its numbers, in rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from medaldesk.book.reads.standings import MedalRow, MedalTable, NationLine
from medaldesk.domain.medals import Medal
from medaldesk.domain.ranking import Rank
from medaldesk.domain.standings import RankBy, Tally
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words

MEDAL_COLUMNS = {medal.value: medal for medal in Medal}
"""The columns that count one medal each."""

_OTHER = {RankBy.GOLD: RankBy.TOTAL, RankBy.TOTAL: RankBy.GOLD}


@dataclass(frozen=True, slots=True)
class Standing:
    """A nation of the table; `rank` is what it goes by, `other_rank` the rank by the other rule."""

    nation_id: int
    code: str
    name: str
    tally: Tally
    rank: Rank
    other_rank: Rank

    @classmethod
    def of(cls, line: NationLine, rank_by: RankBy) -> Standing:
        row = line.row
        rank, other = row.rank(rank_by), row.rank(_OTHER[rank_by])
        return cls(line.nation_id, row.nation, line.name, row.tally, rank, other)


class StandingsModel(RowModel[Standing]):
    """The nations of a medal table, and by how many places the last change moved each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.nation_id, parent)
        self._moves: dict[int, str] = {}
        self.columns = self._columns(RankBy.GOLD)

    def show_table(self, table: MedalTable, *, moved: bool = False) -> None:
        """Show a table; `moved` where it is the one shown before, after a change.

        The rows that are different then flash, and the column of moves tells by how many places.
        """
        rows = [Standing.of(line, table.rank_by) for line in table.lines]
        self.set_columns(self._columns(table.rank_by))
        changed = rows != list(self.rows())
        if changed or not moved:
            self._moves = self._moves_to(rows) if moved else {}
        if changed:
            self.set_rows(rows, flash=moved)
        self._tell_moves()

    def move(self, nation: int) -> str:
        """`▲2`, `▼1`, `new`, or nothing."""
        return self._moves.get(nation, "")

    def medals_of_column(self, number: int) -> tuple[Medal, ...]:
        """The medals that a cell of a column counts: one, or all."""
        medal = MEDAL_COLUMNS.get(self.columns[number].key)
        return (medal,) if medal else tuple(Medal)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.row() < self.rowCount():
            column, row = self.columns[index.column()], self.row(index.row())
            if role == Qt.ItemDataRole.AccessibleTextRole and column.key in MEDAL_COLUMNS:
                return f"{column.tip}: {column.text(row)}"
        return super().data(index, role)

    def look(self, row: Standing, column: Column[Standing]) -> Look:
        look = super().look(row, column)
        if look.text == "0" and column.key in MEDAL_COLUMNS:
            look.weight = "muted"
        return look

    def _columns(self, rank_by: RankBy) -> list[Column[Standing]]:
        by_total = self.tr("By total"), self.tr("Rank by the total of all medals")
        by_gold = self.tr("By gold"), self.tr("Rank by gold, then silver, then bronze")
        other, other_tip = by_total if rank_by is RankBy.GOLD else by_gold
        moved_tip = self.tr("Places won or lost since the table was last different")
        return [
            Column("rank", self.tr("Rank"), _rank(lambda row: row.rank), 46, RIGHT),
            Column("moved", self.tr("+/−"), self._move, 48, CENTRE, "muted", tip=moved_tip),
            Column("code", self.tr("Code"), lambda row: row.code, 48),
            Column("name", self.tr("Nation"), lambda row: row.name, 0),
            *(self._medal_column(medal) for medal in Medal),
            Column("total", self.tr("Total"), _total, 50, RIGHT, "strong"),
            Column(
                "other_rank",
                other,
                _rank(_other_rank),
                64,
                RIGHT,
                "muted",
                tip=other_tip,
                optional=True,
            ),
        ]

    def _medal_column(self, medal: Medal) -> Column[Standing]:
        place = list(Medal).index(medal)
        return Column(
            medal.value,
            words.medal_letter(medal),
            lambda row: str(row.tally.triple[place]),
            40,
            RIGHT,
            tip=words.medal_name(medal),
        )

    def _move(self, row: Standing) -> str:
        return self.move(row.nation_id)

    def _moves_to(self, rows: Sequence[Standing]) -> dict[int, str]:
        before = {row.nation_id: row.rank.number for row in self.rows()}
        if not before:
            return {}
        return {row.nation_id: self._move_text(before, row) for row in rows}

    def _move_text(self, before: Mapping[int, int], row: Standing) -> str:
        if row.nation_id not in before:
            return self.tr("new")
        won = before[row.nation_id] - row.rank.number
        if won == 0:
            return ""
        return f"▲{won}" if won > 0 else f"▼{-won}"

    def _tell_moves(self) -> None:
        column = self.column_of("moved")
        if column is not None and self.rowCount():
            last = self.index(self.rowCount() - 1, column)
            self.dataChanged.emit(self.index(0, column), last)


class MedalsModel(RowModel[MedalRow]):
    """Medals one by one: what, who, in which event, on which day."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.event, row.result, row.name), parent)
        self._competition = ""
        self.columns = [
            Column("medal", self.tr("Medal"), lambda row: words.medal_name(row.medal), 48),
            Column("athlete", self.tr("Athlete"), lambda row: row.name, 180),
            Column("event", self.tr("Event"), self._event, 0),
            Column("day", self.tr("Date"), lambda row: words.short_day(row.day), 100, RIGHT),
        ]

    def show_medals(self, competition: str, medals: Sequence[MedalRow], *, flash: bool) -> None:
        """Show medals won at a competition, given by its name; it is left out of the cells."""
        self._competition = competition
        self.set_rows(medals, flash=flash)

    def look(self, row: MedalRow, column: Column[MedalRow]) -> Look:
        look = super().look(row, column)
        if column.key == "medal":
            look.pills = [(words.medal_letter(row.medal), row.medal)]
        return look

    def _event(self, row: MedalRow) -> str:
        name = row.event_name.removeprefix(f"{self._competition} · ")
        return name if row.official else self.tr("{event} · as it stands").format(event=name)


def _rank(rank: Callable[[Standing], Rank]) -> Callable[[Standing], str]:
    def text(row: Standing) -> str:
        found = rank(row)
        return words.rank(found.number, found.equal)

    return text


def _other_rank(row: Standing) -> Rank:
    return row.other_rank


def _total(row: Standing) -> str:
    return str(row.tally.total)
