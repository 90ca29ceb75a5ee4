"""The lines of a decision while they are typed: each entry before, what is set, and after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medaldesk.book.errors import BadRank, UnknownCode
from medaldesk.book.reads.decisions import DecisionPreview, StandingRow
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.names import fold
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import words
from medaldesk.reports.language import tr

_NO_MEDAL_YET = (MedalRuling.WITHHELD, MedalRuling.PENDING)


class NotTakenError(Exception):
    """What was typed into a cell cannot be taken; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class LineRow:
    """An entry without the decision, what the decision sets of it, and with it."""

    before: StandingRow
    line: DecisionLine
    after: StandingRow

    @property
    def entry(self) -> int:
        return self.before.entry


class DecisionLinesModel(RowModel[LineRow]):
    """Typing in a cell sets a line; `edited` asks for a new preview, `refused` tells of a cell.

    What is being typed counts already in `lines`; a cell that could not be taken keeps its text.
    """

    edited = Signal()
    refused = Signal()

    def __init__(self, statuses: Collection[str], parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.entry, parent)
        self._readers: dict[str, Callable[[DecisionLine, str], DecisionLine]] = {
            "status": lambda line, text: _with_status(line, text, statuses),
            "rank": _with_rank,
            "medal": _with_medal,
        }
        self._lines: dict[int, DecisionLine] = {}
        self._typed: DecisionLine | None = None
        self._rejected: dict[tuple[int, str], tuple[str, str]] = {}
        self.columns = self._columns()

    # Showing

    def show_preview(self, preview: DecisionPreview) -> None:
        """Show the entries in the order they had, each before and after."""
        after = {row.entry: row for row in preview.after}
        rows = [LineRow(row, self.line_of(row.entry), after[row.entry]) for row in preview.before]
        self.set_rows(rows)

    def look(self, row: LineRow, column: Column[LineRow]) -> Look:
        look = super().look(row, column)
        if (kept := self._rejected.get((row.entry, column.key))) is not None:
            return Look(kept[0], error=True)
        if column.key in ("medal_before", "medal_after"):
            standing = row.before if column.key == "medal_before" else row.after
            if standing.medal is not None:
                look.pills = [(words.medal_letter(standing.medal), standing.medal)]
        elif column.key == "after":
            look.weight = "strong" if _is_moved(row) else "muted"
        return look

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.EditRole:
            key = (self.row(index.row()).entry, self.columns[index.column()].key)
            if key in self._rejected:
                return self._rejected[key][0]
        return super().data(index, role)

    # Lines

    def line_of(self, entry: int) -> DecisionLine:
        """What is set of an entry: nothing, where nothing was typed."""
        return self._lines.get(entry) or DecisionLine(entry)

    def lines(self) -> list[DecisionLine]:
        """The lines that say something, in the order of the rows; `consider`ed text among them."""
        found = dict(self._lines)
        if self._typed is not None:
            found[self._typed.entry] = self._typed
        order = {row.entry: place for place, row in enumerate(self.rows())}
        said = [line for line in found.values() if not line.is_empty]
        return sorted(said, key=lambda line: order.get(line.entry, len(order)))

    def struck(self) -> dict[int, str | None]:
        """The entries that are given a status, with it."""
        return {
            line.entry: line.status
            for line in self._lines.values()
            if line.sets_status and line.status is not None
        }

    def set_lines(self, lines: Iterable[DecisionLine]) -> None:
        """Let these be the lines, in place of all that was typed."""
        self._lines = {line.entry: line for line in lines}
        self._typed = None
        self._rejected.clear()
        self.edited.emit()

    # Typing

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        entry, column = self._place(index)
        text = " ".join(str(value).split())
        self._typed = None
        try:
            self._lines[entry] = self._readers[column](self.line_of(entry), text)
            self._rejected.pop((entry, column), None)
        except NotTakenError as error:
            self._rejected[entry, column] = (text, error.sentence)
        self.edited.emit()
        self.dataChanged.emit(index, index)
        if (entry, column) in self._rejected:
            self.refused.emit()
        return (entry, column) not in self._rejected

    def consider(self, index: Index, text: str) -> None:
        """Count what an open editor holds, as far as it can be read, until it is taken or left."""
        entry, column = self._place(index)
        try:
            self._typed = self._readers[column](self.line_of(entry), " ".join(text.split()))
        except NotTakenError:
            self._typed = None
        self.edited.emit()

    def stop_considering(self) -> None:
        """The editor was left."""
        if self._typed is not None:
            self._typed = None
            self.edited.emit()

    def rejection(self, index: Index) -> str:
        """Why the text of a cell was not taken; empty where it was."""
        return self._rejected.get(self._place(index), ("", ""))[1]

    def first_rejected(self) -> tuple[Index, str] | None:
        """The first cell that was not taken, and why."""
        for number, row in enumerate(self.rows()):
            for place, column in enumerate(self.columns):
                if (kept := self._rejected.get((row.entry, column.key))) is not None:
                    return self.index(number, place), kept[1]
        return None

    def _place(self, index: Index) -> tuple[int, str]:
        return self.row(index.row()).entry, self.columns[index.column()].key

    def _columns(self) -> list[Column[LineRow]]:
        without, with_it = self.tr("Without this decision"), self.tr("With this decision")
        status_tip = self.tr("DSQ, DNF …; none takes a status away, nothing leaves it")
        rank_tip = self.tr("A whole number; none takes the rank away, nothing leaves it")
        medal_tip = self.tr(
            "gold, silver, bronze, none, withheld or pending: the first letter will do"
        )
        return [
            Column(
                "before", self.tr("Before"), _standing_before, 54, RIGHT, tip=without, optional=True
            ),
            Column("medal_before", self.tr("Medal"), _medal_before, 60, tip=without, optional=True),
            Column("name", self.tr("Athlete"), lambda row: row.before.name, 0),
            Column("nation", self.tr("Nation"), _nation, 58, CENTRE, "muted", optional=True),
            self._cell("status", self.tr("Set status"), _set_status, 78, status_tip),
            self._cell("rank", self.tr("Set rank"), _set_rank, 70, rank_tip),
            self._cell("medal", self.tr("Set medal"), _set_medal, 80, medal_tip),
            Column("after", self.tr("After"), _standing_after, 54, RIGHT, tip=with_it),
            Column("medal_after", self.tr("Medal"), _medal_after, 70, tip=with_it),
        ]

    def _cell(
        self, key: str, title: str, text: Callable[[LineRow], str], width: int, tip: str
    ) -> Column[LineRow]:
        return Column(key, title, text, width, editable=True, tip=tip)


# What is shown


def _nation(row: LineRow) -> str:
    return row.before.nation


def _standing_before(row: LineRow) -> str:
    return _standing(row.before)


def _standing_after(row: LineRow) -> str:
    return _standing(row.after)


def _standing(row: StandingRow) -> str:
    """`3`, `=2` or `DSQ`; both, where a decision gives both."""
    return " ".join(filter(None, (words.rank(row.rank, row.rank_equal), row.status)))


def _medal_before(row: LineRow) -> str:
    return _medal(row.before)


def _medal_after(row: LineRow) -> str:
    return _medal(row.after)


def _medal(row: StandingRow) -> str:
    if row.medal is not None:
        return words.medal_name(row.medal)
    return words.ruling_word(row.ruling) if row.ruling in _NO_MEDAL_YET else ""


def _is_moved(row: LineRow) -> bool:
    was, is_now = row.before, row.after
    return (was.rank, was.status, was.medal, was.ruling) != (
        is_now.rank,
        is_now.status,
        is_now.medal,
        is_now.ruling,
    )


def _set_status(row: LineRow) -> str:
    return (row.line.status or _none()) if row.line.sets_status else ""


def _set_rank(row: LineRow) -> str:
    if not row.line.sets_rank:
        return ""
    return _none() if row.line.rank is None else str(row.line.rank)


def _set_medal(row: LineRow) -> str:
    return words.ruling_word(row.line.medal) if row.line.medal else ""


def _none() -> str:
    return words.ruling_word(MedalRuling.NONE)


# What is typed


def _with_status(line: DecisionLine, text: str, statuses: Collection[str]) -> DecisionLine:
    """A status by its code or the beginning of it; `none` takes it away. Raises NotTakenError."""
    if not text:
        return replace(line, sets_status=False, status=None)
    exact = [code for code in statuses if fold(code) == fold(text)]
    if not exact and _is_none(text):
        return replace(line, sets_status=True, status=None)
    begun = exact or [code for code in statuses if fold(code).startswith(fold(text))]
    if len(begun) > 1:
        sentence = tr("“{text}” begins several statuses ({codes}): type one of them.")
        raise NotTakenError(sentence.format(text=text, codes=", ".join(begun)))
    if not begun:
        raise NotTakenError(words.sentence(UnknownCode(what="status", code=text)))
    return replace(line, sets_status=True, status=begun[0])


def _with_rank(line: DecisionLine, text: str) -> DecisionLine:
    """A rank from 1, `=2` as well; `none` takes it away. Raises NotTakenError."""
    if not text:
        return replace(line, sets_rank=False, rank=None)
    if _is_none(text):
        return replace(line, sets_rank=True, rank=None)
    figures = text.removeprefix("=").strip()
    if not (figures.isascii() and figures.isdigit()) or not 1 <= int(figures) <= 9999:
        raise NotTakenError(words.sentence(BadRank(text=text)))
    return replace(line, sets_rank=True, rank=int(figures))


def _with_medal(line: DecisionLine, text: str) -> DecisionLine:
    """A medal by the beginning of its word, in English or the reader's language.

    Raises NotTakenError.
    """
    if not text:
        return replace(line, medal=None)
    typed = fold(text)
    for ruling in MedalRuling:
        spoken = (fold(words.ruling_word(ruling)), ruling.value)
        if any(word.startswith(typed) for word in spoken):
            return replace(line, medal=ruling)
    vacant = (fold(tr("vacant")), "vacant")
    if typed in _DASHES or any(word.startswith(typed) for word in vacant):
        return replace(line, medal=MedalRuling.NONE)
    sentence = tr("“{text}” is not a medal: type gold, silver, bronze, none, withheld or pending.")
    raise NotTakenError(sentence.format(text=text))


_DASHES = ("-", "–", "—")


def _is_none(text: str) -> bool:
    """`none`, its beginning, or a dash."""
    typed = fold(text)
    return typed in _DASHES or any(
        word.startswith(typed) for word in (fold(_none()), MedalRuling.NONE.value)
    )
