"""Who is in the medal table of a competition, as it is being chosen (RULES R15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from medaldesk.book.edits.nations import MEMBERSHIPS
from medaldesk.domain.names import fold
from medaldesk.domain.standings import Tally
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Look, RowModel
from medaldesk.reports import words


@dataclass(frozen=True, slots=True)
class PlaceInTable:
    """A nation of a competition with its official medals, and its place in the table."""

    nation_id: int
    code: str
    name: str
    tally: Tally
    membership: str


class MembershipModel(RowModel[PlaceInTable]):
    """`edited` tells that a nation has another place."""

    edited = Signal()

    def __init__(self, places: Sequence[PlaceInTable], parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.nation_id, parent)
        self._places = {place.nation_id: place for place in places}
        self._typed = ""
        self.columns = [
            Column("code", self.tr("Code"), lambda row: row.code, 58, weight="strong"),
            Column("name", self.tr("Nation"), lambda row: row.name, 0),
            Column("total", self.tr("Medals"), _total, 60, RIGHT),
            Column("membership", self.tr("In the table"), _membership, 190),
        ]
        self._show()

    def places(self) -> list[PlaceInTable]:
        """All nations, those that are not listed at the moment too."""
        return list(self._places.values())

    def narrow(self, typed: str) -> None:
        """List the nations with these words in code or name."""
        self._typed = typed
        self._show()

    def choose(self, rows: Iterable[int], membership: str) -> None:
        """Give the nations in these rows another place."""
        for nation in [self.row(row).nation_id for row in rows]:
            self._places[nation] = replace(self._places[nation], membership=membership)
        self._show()
        self.edited.emit()

    def step(self, rows: Sequence[int], by: int) -> None:
        """The next (1) or previous (-1) choice after that of the first of these rows."""
        if rows:
            at = MEMBERSHIPS.index(self.row(rows[0]).membership) + by
            self.choose(rows, MEMBERSHIPS[min(max(at, 0), len(MEMBERSHIPS) - 1)])

    def changed(self, before: Mapping[int, str]) -> list[PlaceInTable]:
        """The nations whose place is another than it was."""
        return [row for row in self.places() if before[row.nation_id] != row.membership]

    def look(self, row: PlaceInTable, column: Column[PlaceInTable]) -> Look:
        look = super().look(row, column)
        if column.key == "membership":
            look.weight = "muted" if row.membership == "ranked" else "strong"
        elif look.text == "0":
            look.weight = "muted"
        return look

    def _show(self) -> None:
        wanted = fold(self._typed).split()
        self.set_rows(
            [
                row
                for row in self._places.values()
                if all(f" {word}" in f" {fold(f'{row.code} {row.name}')}" for word in wanted)
            ]
        )


def _total(row: PlaceInTable) -> str:
    return str(row.tally.total)


def _membership(row: PlaceInTable) -> str:
    return words.membership_word(row.membership)
