"""Doubtful matches of an import, and what the person says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medaldesk.book.reads import Reads
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.gui.delegates.suggestions import Suggestion
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import EDITABLE, READ_ONLY, Index, RowModel
from medaldesk.reports import import_words

SOMEBODY_ELSE = "somebody else"
"""The answer that two are two."""


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A doubt; `answer` is SOMEBODY_ELSE or whom the person took it for, as `Name (KOR)`."""

    doubt: Doubt
    answer: str = SOMEBODY_ELSE

    @property
    def is_open(self) -> bool:
        """Whether there is anything to say: two people in one event, or ranks, are only told."""
        return self.doubt.kind is DoubtKind.OTHER_NATION


class DoubtsModel(RowModel[DoubtLine]):
    """What was said stays in sight; `answered` carries a person, and whom they are, or None."""

    answered = Signal(str, object)

    def __init__(self, reads: Reads, parent: QObject | None = None) -> None:
        self._reads = reads
        super().__init__([], lambda line: line.doubt, parent)
        self.columns = [
            Column(
                "row",
                self.tr("Row"),
                # Row 0 is a file as a whole.
                lambda line: str(line.doubt.row or ""),
                76,
                RIGHT,
                "muted",
                optional=True,
            ),
            Column("name", self.tr("In the file"), self._who, 170, weight="strong"),
            Column("why", self.tr("Why it is doubtful"), self.why, 0, weight="muted"),
            Column("answer", self.tr("Is"), self._answer, 200, editable=True),
        ]

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show the doubts of a plan; what is settled by an answer stays behind them."""
        said = {line.doubt: line for line in self._rows if line.answer != SOMEBODY_ELSE}
        lines = [said.pop(doubt, DoubtLine(doubt)) for doubt in dict.fromkeys(doubts)]
        lines.sort(key=lambda line: not line.is_open)
        self.set_rows([*lines, *said.values()])

    def choices(self, row: int) -> list[Suggestion]:
        """What can be said of a doubt."""
        same = self.tr("the same as {person}")
        people = [self.person(name, nation) for name, nation, _ in self.row(row).doubt.others]
        return [
            Suggestion(self.tr("somebody else"), SOMEBODY_ELSE),
            *(Suggestion(same.format(person=p), p) for p in dict.fromkeys(people)),
        ]

    def person(self, name: str, nation: int) -> str:
        """`Name (KOR)`, as a mapping names somebody."""
        return f"{name} ({self._reads.nation_code(nation, None)})"

    def why(self, line: DoubtLine) -> str:
        """The doubt as a sentence."""
        doubt = line.doubt
        others = dict.fromkeys(self.person(name, nation) for name, nation, _ in doubt.others)
        code = self._reads.nation_code(doubt.nation, None) if doubt.nation else ""
        return import_words.doubt_sentence(
            doubt.kind, doubt.name, code, list(others), column=doubt.column, text=doubt.text
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if flags is EDITABLE and not self.row(index.row()).is_open:
            return READ_ONLY
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return self.why(self.row(index.row()))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take one of the choices; any other text leaves the answer as it was."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        choices = self.choices(index.row())
        texts = {fold(choice.text): choice.choice for choice in choices}
        known = {choice.choice for choice in choices}
        answer = str(value) if value in known else texts.get(fold(str(value)))
        line = self.row(index.row())
        if answer is None or answer == line.answer or not line.is_open:
            return False
        self._rows[index.row()] = replace(line, answer=str(answer))
        last = self.index(index.row(), len(self.columns) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        one = self.person(line.doubt.name, line.doubt.nation)
        self.answered.emit(one, None if answer == SOMEBODY_ELSE else answer)
        return True

    def _who(self, line: DoubtLine) -> str:
        if not line.doubt.nation or line.doubt.kind is DoubtKind.OTHER_RANK:
            return line.doubt.name
        return self.person(line.doubt.name, line.doubt.nation)

    def _answer(self, line: DoubtLine) -> str:
        if not line.is_open:
            return ""
        if line.answer == SOMEBODY_ELSE:
            return self.tr("somebody else")
        return self.tr("the same as {person}").format(person=line.answer)
