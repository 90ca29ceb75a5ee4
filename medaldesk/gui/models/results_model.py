"""The result sheet of an event as a grid that is the form: what is typed is an edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.results import whole_number
from medaldesk.book.errors import BadNumber, EmptyField
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.units import UnitPlace, parse_unit
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.entrants import Entrants
from medaldesk.gui.models.pills import medal_pills, record_pills
from medaldesk.gui.models.row_model import EDITABLE, READ_ONLY, Index, Look, RowModel
from medaldesk.gui.models.sheet import (
    NEW,
    Draft,
    SheetOrder,
    SheetRow,
    row_key,
    sheet_columns,
    start_key,
)
from medaldesk.gui.models.sheet_tips import sheet_tip
from medaldesk.reports import words
from medaldesk.reports.language import tr


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was typed and not taken: it stays in its cell with the reason."""

    text: str
    error: MedalDeskError


_EDITS: dict[str, Callable[[Edits, ResultRow, str], None]] = {
    "mark": lambda edits, row, text: edits.enter_mark(row.id, text),
    "unit": lambda edits, row, text: edits.place_in_unit(row.id, text),
    "order": lambda edits, row, text: edits.enter_start_order(row.id, text),
    "rank": lambda edits, row, text: edits.enter_rank(row.entry, text),
    "tie_break": lambda edits, row, text: edits.enter_tie_break(row.id, text),
    "wind": lambda edits, row, text: edits.enter_wind(row.id, text),
    "note": lambda edits, row, text: edits.write_note(row.id, text),
}
"""The edit that a cell of text stands for, by its column."""


Cell = tuple[int | str, str]
"""The key of a row and that of a column."""

Unfinished = tuple[Draft, dict[Cell, Rejected]]
"""The line for the next entry, and what was not taken."""


@dataclass(slots=True)
class Sheet:
    """What the model shows: the head of an event, the phase, its rows, how they stand."""

    head: EventHead | None = None
    phase: int | None = None
    rows: list[ResultRow] = field(default_factory=list)
    order: SheetOrder = SheetOrder.START


class ResultsModel(RowModel[SheetRow]):
    """Rows of one event; setting a cell makes an edit, and keeps what could not be taken."""

    rejected = Signal(object, str)
    created = Signal(int)
    doubtful = Signal(str)

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__([], row_key, parent)
        self._live = live
        self._sheet = Sheet()
        self._draft = Draft()
        self._rejected: dict[Cell, Rejected] = {}
        self._extra_splits: list[str] = []
        self._taken_places: frozenset[UnitPlace] = frozenset()
        self._entrants = Entrants(live)
        self._unfinished: dict[tuple[int, int | None], Unfinished] = {}

    @property
    def head(self) -> EventHead | None:
        return self._sheet.head

    @property
    def phase(self) -> int | None:
        """The phase in which the next entry competes."""
        return self._sheet.phase

    @property
    def results(self) -> list[ResultRow]:
        """The rows without the line for the next entry."""
        return self._sheet.rows

    @property
    def order(self) -> SheetOrder:
        return self._sheet.order

    @property
    def result_column(self) -> str:
        """Where a result is typed: the mark, or the rank where ranks are typed."""
        head = self._sheet.head
        return "rank" if head and head.classification == Classification.MANUAL else "mark"

    def missing_in_draft(self) -> str | None:
        """The cell that the next entry still lacks; None where nothing of it is typed."""
        draft = self._draft
        if not (draft.unit or draft.order or draft.name.strip() or draft.nation):
            return None
        return "nation" if draft.name.strip() else "athlete"

    def refuse_draft(self, column: str) -> None:
        """Say that the next entry needs this cell."""
        key = (NEW, column)
        is_team = column == "athlete" and self.head is not None and self.head.team
        self._rejected[key] = Rejected("", EmptyField(what="team" if is_team else column))
        self._touch(key)

    def clear_draft(self) -> bool:
        """Empty the line for the next entry; returns whether something was typed there."""
        wrong = [key for key in self._rejected if key[0] == NEW]
        if self._draft == Draft() and not wrong:
            return False
        self._draft = Draft()
        self.set_rows(self._arranged())
        for key in wrong:
            del self._rejected[key]
            self._touch(key)
        return True

    # Showing

    def show_event(
        self,
        head: EventHead,
        phase: int | None,
        rows: Sequence[ResultRow],
        order: SheetOrder,
    ) -> None:
        """Show another sheet; what is half typed in this one is there when it is shown again."""
        if self._sheet.head is not None:
            self._unfinished[self._sheet.head.id, self.phase] = (self._draft, self._rejected)
        self._draft, self._rejected = self._unfinished.pop((head.id, phase), (Draft(), {}))
        self._sheet = Sheet(head, phase, list(rows), order)
        self._taken_places = _taken_places(rows)
        self._extra_splits.clear()
        self.set_columns(sheet_columns(head, rows))
        self.reset_rows(self._arranged())

    def update_event(self, head: EventHead, rows: Sequence[ResultRow]) -> None:
        """Show the event as it is now; rows whose rank moved flash."""
        ranks = {row.id: row.rank for row in self._sheet.rows}
        self._sheet = Sheet(head, self.phase, list(rows), self._sheet.order)
        self._taken_places = _taken_places(rows)
        self._set_columns(sheet_columns(head, rows, self._extra_splits))
        self.set_rows(self._arranged())
        moved = {row.id for row in rows if row.rank != ranks.get(row.id, row.rank)}
        self._flash(set(moved))

    def _set_columns(self, columns: list[Column[SheetRow]]) -> None:
        """Show other columns; who lays them out hears where only a width is another."""
        widths = [column.width for column in self.columns]
        self.set_columns(columns)
        if len(widths) == len(columns) and widths != [column.width for column in columns]:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def set_order(self, order: SheetOrder) -> None:
        """Stand as they start or as they rank."""
        self._sheet.order = order
        self.set_rows(self._arranged())

    def add_split(self, label: str) -> None:
        """Make room for an intermediate that nobody has a time for yet."""
        if self._sheet.head and label.strip():
            self._extra_splits.append(" ".join(label.split()))
            self.update_event(self._sheet.head, self._sheet.rows)

    def _arranged(self) -> list[SheetRow]:
        rows = list(self._sheet.rows)
        if self._sheet.order is SheetOrder.START:
            rows.sort(key=start_key)
        return [*rows, self._draft] if self._live.can_write else list(rows)

    # Reading

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.row() < self.rowCount():
            kept = self.rejection(index)
            if role == Qt.ItemDataRole.EditRole:
                return kept.text if kept else self._editable_text(index)
            if role == Qt.ItemDataRole.ToolTipRole:
                return words.sentence(kept.error) if kept else self._tip(index)
        return super().data(index, role)

    def look(self, row: SheetRow, column: Column[SheetRow]) -> Look:
        """What was not taken stays in its cell; the empty line says what it is for."""
        look = super().look(row, column)
        kept = self._rejected.get((row_key(row), column.key))
        if kept is not None:
            look.text, look.error = kept.text, True
        elif isinstance(row, Draft):
            if column.key == "athlete" and not row.name:
                look.text, look.weight = tr("Add an entry …"), "muted"
        elif column.key == "unit" and row.place in self._taken_places:
            look.error = True
        elif column.key == "rank" and row.tie_open:
            look.text, look.error = tr("{rank}?").format(rank=look.text), True
        elif column.key == "medal":
            look.pills = medal_pills(row)
        elif column.key == "records":
            look.pills = record_pills(row)
        return look

    def _editable_text(self, index: Index) -> str:
        """What an editor begins with: a rank as it was typed, without the sign of a tie."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        if column.key == "rank" and isinstance(row, ResultRow):
            return str(row.typed_rank or "")
        return column.text(row)

    def rejection(self, index: Index) -> Rejected | None:
        """What was typed into a cell and not taken."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        return self._rejected.get((row_key(row), column.key))

    def drop_rejection(self, index: Index) -> bool:
        """Take back what was typed; returns whether there was something."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        found = self._rejected.pop((row_key(row), column.key), None)
        if found is not None:
            self.dataChanged.emit(index, index)
        return found is not None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if flags is not EDITABLE:
            return flags
        if not self._live.can_write:
            return READ_ONLY
        typed_here = self.columns[index.column()].key in ("unit", "order", "athlete", "nation")
        draft = isinstance(self._rows[index.row()], Draft)
        return READ_ONLY if draft and not typed_here else EDITABLE

    def _tip(self, index: Index) -> str | None:
        row, column = self._rows[index.row()], self.columns[index.column()]
        if isinstance(row, Draft):
            return tr("Type here to add an entry")
        if column.key == "unit" and row.place in self._taken_places:
            return tr("Somebody else has this place, too")
        return sheet_tip(self._live.reads, row, column.key)

    # Typing

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = self._rows[index.row()], self.columns[index.column()]
        if value == self.data(index, Qt.ItemDataRole.EditRole) and self.rejection(index) is None:
            return True
        key = (row_key(row), column.key)
        was = self._rejected.pop(key, None)
        try:
            self._take(row, column.key, value)
        except MedalDeskError as error:
            text = value if isinstance(value, str) else getattr(value, "name", "")
            self._rejected[key] = Rejected(text, error)
            self._touch(key)
            self.rejected.emit(key, words.sentence(error))
            return False
        if was is not None:
            self._touch(key)
        if doubt := self._entrants.take_doubt():
            self.doubtful.emit(doubt)
        return True

    def paste(self, index: Index, grid: Sequence[Sequence[str]]) -> None:
        """Fill cells from a place on, as one undo step; what is wrong stays red in its cell."""
        columns = [n for n in range(index.column(), len(self.columns)) if self._typed(n)]
        first = index.row()
        rows = [row for row in self._rows[first : first + len(grid)] if isinstance(row, ResultRow)]
        with self._live.book.edits.together(Action.PASTE_MARKS, str(len(rows))):
            for row, line in zip(rows, grid, strict=False):
                for number, text in zip(columns, line, strict=False):
                    self._paste_cell(row, self.columns[number].key, text)

    def _paste_cell(self, row: ResultRow, column: str, text: str) -> None:
        key = (row.id, column)
        self._rejected.pop(key, None)
        try:
            self._take(row, column, text)
        except MedalDeskError as error:
            self._rejected[key] = Rejected(text, error)
            self._touch(key)

    def _typed(self, column: int) -> bool:
        return self.columns[column].editable

    def _touch(self, key: Cell) -> None:
        row, column = self.row_of(key[0]), self.column_of(key[1])
        if row is not None and column is not None:
            index = self.index(row, column)
            self.dataChanged.emit(index, index)

    def _take(self, row: SheetRow, column: str, value: Any) -> None:
        """Make the edit that a cell stands for. Raises MedalDeskError."""
        if isinstance(row, Draft):
            self._take_draft(column, value)
            return
        edits = self._live.book.edits
        if column in _EDITS:
            _EDITS[column](edits, row, value)
        elif column == "nation":
            edits.change_entry_nation(row.entry, self._entrants.nation(value, self._day()).id)
        elif column == "athlete" and self._sheet.head is not None:
            self._entrants.replace(self._sheet.head, row, value)
        elif column.startswith("split:"):
            edits.enter_split(row.id, column.removeprefix("split:"), value)

    def _take_draft(self, column: str, value: Any) -> None:
        draft, entrants, head = self._draft, self._entrants, self._sheet.head
        assert head is not None
        match column:
            case "unit":
                parse_unit(value)
                draft.unit = value.strip()
            case "order":
                whole_number(value, BadNumber)
                draft.order = value.strip()
            case "athlete":
                entrants.name_draft(head, draft, value)
            case "nation":
                entrants.send_draft(head, draft, value)
        if draft.name.strip() and draft.nation is not None:
            self._create(draft, draft.nation)
        self._touch((NEW, column))

    def _day(self) -> str | None:
        return self._sheet.head.day if self._sheet.head else None

    def _create(self, draft: Draft, nation: NationChoice) -> None:
        """Enter what was typed at the foot of the sheet."""
        head = self._sheet.head
        assert head is not None
        self._draft = Draft()
        try:
            result = self._entrants.enter(head, draft, nation, self.phase, self._sheet.rows)
        except MedalDeskError:
            self._draft = draft
            self._draft.nation = None
            raise
        self.created.emit(result)


def _taken_places(rows: Iterable[ResultRow]) -> frozenset[UnitPlace]:
    """The units with lanes that more than one has."""
    places = Counter(row.place for row in rows if row.place.unit and row.place.lane)
    return frozenset(place for place, count in places.items() if count > 1)
