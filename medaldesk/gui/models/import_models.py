"""The tables of an import: files, columns, values, marks, and what would come of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.columns import targets_of
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.mapping import ImportKind
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.importing.plan import Sample
from medaldesk.exchange.importing.preview import COUNTED, MarkLook, SourceLook, ValueLook
from medaldesk.exchange.importing.rows import Problem
from medaldesk.gui.import_draft import LEFT_OUT, NOTE, ColumnLine, Sure, is_odd, is_unknown
from medaldesk.gui.models.columns import RIGHT, Column
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.reports import import_preview_words, words

EDIT = Qt.ItemDataRole.EditRole


class FilesModel(RowModel[SourceLook]):
    """The tables that were found in the files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], lambda look: (look.path, look.sheet, look.name), parent)
        self.columns = self._all_columns = [
            Column("file", self.tr("File"), lambda look: look.name, 0),
            Column("sheet", self.tr("Table"), lambda look: look.sheet, 140, optional=True),
            Column("rows", self.tr("Rows"), self._rows_of, 120, RIGHT),
            Column("what", self.tr("What is what"), self.what, 240, weight="muted", optional=True),
        ]

    def show_sources(self, sources: Sequence[SourceLook]) -> None:
        """Show what was found; messages have no names of tables."""
        has_sheets = any(source.sheet for source in sources)
        self.set_columns([c for c in self._all_columns if c.key != "sheet" or has_sheets])
        self.set_rows(sources)

    def what(self, look: SourceLook) -> str:
        """Where it is known from what the columns are."""
        if look.is_fixed:
            return self.tr("says itself what is what")
        if look.mapping.name:
            return look.mapping.name
        return self.tr("guessed from the headings")

    def _rows_of(self, look: SourceLook) -> str:
        if look.lines > COUNTED:
            return self.tr("about {n}").format(n=f"{round(look.lines, -3):,}")
        return f"{look.lines:,}"


class ColumnsModel(RowModel[ColumnLine]):
    """The columns of a table; `answered` carries a heading and what it is taken for."""

    answered = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], lambda line: (line.number, line.heading), parent)
        self.kind = ImportKind.RESULTS
        self.columns = [
            Column("heading", self.tr("Column"), self._heading, 140, weight="strong"),
            Column(
                "examples",
                self.tr("For example"),
                lambda line: "  ·  ".join(line.examples),
                0,
                weight="muted",
            ),
            Column(
                "targets",
                self.tr("Is taken for"),
                self.taken_for,
                180,
                editable=True,
                tip=self.tr("Type to choose; Down lists everything"),
            ),
            Column("sure", self.tr("How sure"), self._sure, 100, weight="muted"),
        ]

    def target_word(self, target: str) -> str:
        """What a column can be, in words."""
        if target == NOTE:
            return self.tr("keep as note")
        if target == LEFT_OUT:
            return self.tr("leave out")
        return import_preview_words.column_word(target)

    def taken_for(self, line: ColumnLine) -> str:
        """Everything that a column is read for."""
        return ", ".join(map(self.target_word, line.targets))

    def choices(self) -> list[str]:
        """Everything that a column can be taken for."""
        return [*targets_of(self.kind), NOTE, LEFT_OUT]

    def look(self, row: ColumnLine, column: Column[ColumnLine]) -> Look:
        look = super().look(row, column)
        idle = row.targets in ((NOTE,), (LEFT_OUT,))
        if column.key == "heading" and idle:
            look.weight = ""
        elif column.key == "targets" and idle:
            look.weight = "muted"
        return look

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Take a column for something; a text that names nothing leaves it as it was."""
        if role != EDIT or not index.isValid():
            return False
        target = self._named(str(value))
        line = self.row(index.row())
        if target is None or (line.targets == (target,) and line.sure is Sure.SAID):
            return False
        self.answered.emit(line.heading, target)
        return True

    def _named(self, text: str) -> str | None:
        if text in self.choices():
            return text
        named = {fold(self.target_word(target)): target for target in self.choices()}
        return named.get(fold(text))

    def _heading(self, line: ColumnLine) -> str:
        return line.heading.strip() or self.tr("(without a heading)")

    def _sure(self, line: ColumnLine) -> str:
        return {
            Sure.CERTAIN: self.tr("certain"),
            Sure.LIKELY: self.tr("likely"),
            Sure.POSSIBLE: self.tr("possible"),
            Sure.SAID: self.tr("you said so"),
            Sure.PROFILE: self.tr("by profile"),
            Sure.NOTHING: "",
        }[line.sure]


Cells = tuple[int, tuple[str, ...]]
"""A row of a file: its number, and what stands in it."""


class CellsModel(RowModel[Cells]):
    """The first rows of a file as they stand there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], lambda row: row[0], parent)

    def show_cells(self, heading: Sequence[str], rows: Sequence[Cells]) -> None:
        """Show other rows below another heading."""
        number: Column[Cells] = Column(
            "number", self.tr("Row"), lambda row: str(row[0]), 60, RIGHT, weight="muted"
        )
        self.reset_rows([])
        self.set_columns([number, *(_cell(n, text) for n, text in enumerate(heading))])
        self.reset_rows(rows)


def _cell(number: int, heading: str) -> Column[Cells]:
    def text(row: Cells) -> str:
        return row[1][number] if number < len(row[1]) else ""

    return Column(f"cell{number}", heading.strip(), text, 120)


# Values and marks


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A text of the files and what it means; `is_said` by the person, and not planned for yet."""

    look: ValueLook
    meaning: str
    is_said: bool = False


class ValuesModel(RowModel[ValueLine]):
    """Texts that stand for something else; `answered` carries column, text and meaning."""

    answered = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], lambda line: (line.look.target, line.look.text), parent)
        self.columns = [
            Column("what", self.tr("What"), self._what, 100, weight="muted"),
            Column("text", self.tr("In the file"), lambda line: line.look.text, 0, weight="strong"),
            Column(
                "rows",
                self.tr("Rows"),
                lambda line: f"{line.look.rows:,}",
                60,
                RIGHT,
                optional=True,
            ),
            Column(
                "meaning",
                self.tr("Means"),
                lambda line: line.meaning,
                200,
                editable=True,
                tip=self.tr("Type what it stands for"),
            ),
            Column("known", self.tr("Is"), self._known, 100, weight="muted"),
        ]

    def show_values(self, looks: Sequence[ValueLook]) -> None:
        """Show values, unknown ones first, then those that mean something else."""
        merged: dict[tuple[str, str], ValueLook] = {}
        for look in looks:
            known = merged.get((look.target, look.text))
            rows = look.rows + (known.rows if known else 0)
            merged[look.target, look.text] = replace(look, rows=rows)
        order = sorted(merged.values(), key=_urgency)
        self.set_rows([ValueLine(look, look.meaning) for look in order])

    def look(self, row: ValueLine, column: Column[ValueLine]) -> Look:
        look = super().look(row, column)
        if column.key == "known" and is_unknown(row.look) and not row.is_said:
            look.error = True
        elif column.key == "meaning" and row.meaning == row.look.text:
            look.weight = "muted"
        return look

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Say what a text means; nothing typed leaves it as it was."""
        text = value.code if isinstance(value, NationChoice) else str(value)
        meaning = " ".join(text.split())
        if role != EDIT or not index.isValid() or not meaning:
            return False
        line = self.row(index.row())
        if meaning == line.meaning:
            return False
        said = ValueLine(line.look, meaning, is_said=True)
        self._rows[index.row()] = said
        self.dataChanged.emit(
            self.index(index.row(), 0), self.index(index.row(), len(self.columns) - 1)
        )
        self.answered.emit(line.look.target, line.look.text, meaning)
        return True

    def _what(self, line: ValueLine) -> str:
        return import_preview_words.column_word(line.look.target)

    def _known(self, line: ValueLine) -> str:
        if line.is_said:
            return self.tr("you said so")
        if line.look.is_known:
            return self.tr("known")
        return self.tr("not known") if is_unknown(line.look) else self.tr("new")


def _urgency(value: ValueLook) -> tuple[bool, bool, bool, str, int]:
    """What is to be said first is the least."""
    same = value.meaning == value.text
    return (not is_unknown(value), value.is_known, same, value.target, -value.rows)


class MarksModel(RowModel[MarkLook]):
    """Spellings of marks and what becomes of them, also by patterns not yet planned for."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._patterns = MarkPatterns(())
        self._planned: tuple[str, ...] = ()
        self._is_live = False
        super().__init__([], lambda mark: (mark.shape, mark.becomes), parent)
        self.columns = [
            Column("written", self.tr("In the file"), lambda m: m.written, 150, RIGHT, "strong"),
            Column("becomes", self.tr("Becomes"), self.becomes, 150, RIGHT),
            Column("rows", self.tr("Marks"), lambda m: f"{m.rows:,}", 90, RIGHT),
            Column("says", self.tr("Is"), self.says, 0, weight="muted"),
        ]

    def show_marks(self, marks: Sequence[MarkLook]) -> None:
        """Show spellings, refused ones first, then those read as something else."""
        self._is_live = False
        merged: dict[tuple[str, str], MarkLook] = {}
        for mark in marks:
            known = merged.get((mark.shape, mark.becomes))
            rows = mark.rows + (known.rows if known else 0)
            merged[mark.shape, mark.becomes] = replace(mark, rows=rows)
        order = sorted(merged.values(), key=lambda m: (bool(m.becomes), not is_odd(m), -m.rows))
        self.set_rows(order)

    def try_patterns(self, patterns: Sequence[str]) -> None:
        """Show what patterns would make of the marks. Raises ValueError for a bad one."""
        self._patterns = MarkPatterns(patterns)
        self._is_live = True
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def becomes(self, mark: MarkLook) -> str:
        """The mark as it will be printed."""
        return self._read(mark) or mark.becomes or self.tr("refused")

    def says(self, mark: MarkLook) -> str:
        """What is to be thought of it."""
        if self._read(mark):
            return self.tr("by your pattern")
        if not mark.becomes:
            return self.tr("no mark of its event: say the pattern, or correct the file")
        return self.tr("read as another mark: look at it") if is_odd(mark) else self.tr("clear")

    def look(self, row: MarkLook, column: Column[MarkLook]) -> Look:
        look = super().look(row, column)
        if column.key == "becomes" and not row.becomes and not self._read(row):
            look.error = True
        return look

    def _read(self, mark: MarkLook) -> str:
        """What the patterns being typed make of a mark; empty where none of them fits."""
        if not self._is_live:
            return ""
        read = self._patterns(mark.written)
        return read if read != mark.written else ""


# What would come of the rows


SHORT, LONG = 92, 170
"""Pixels at 100 % for a mark, and for a day and a number of people."""

MARK = 12
"""Letters of a long mark."""


class SamplesModel(RowModel[Sample]):
    """Rows as they will be, the new ones first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([], lambda sample: (sample.source, sample.row, sample.name), parent)
        self.columns = self._columns_for(SHORT)

    def _columns_for(self, width: int) -> list[Column[Sample]]:
        return [
            Column("row", self.tr("Row"), lambda s: str(s.row), 52, RIGHT, "muted"),
            Column("fate", self.tr("Will be"), _fate, 104, weight="muted"),
            Column(
                "event", self.tr("Event"), lambda s: s.event, 190, weight="muted", optional=True
            ),
            Column("name", self.tr("Who"), lambda s: s.name, 0, weight="strong"),
            Column("nation", self.tr("Nation"), lambda s: s.nation, 56),
            Column(
                "written",
                self.tr("In the file"),
                lambda s: s.written,
                width,
                RIGHT,
                "muted",
                optional=True,
            ),
            Column("result", self.tr("Result"), lambda s: s.result, width, RIGHT),
        ]

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Show rows by what becomes of them."""
        fates = list(Fate)
        longest = max((len(sample.result) for sample in samples), default=0)
        self.reset_rows([])
        self.set_columns(self._columns_for(SHORT if longest <= MARK else LONG))
        self.reset_rows(sorted(samples, key=lambda s: (fates.index(s.fate), s.source, s.row)))


def _fate(sample: Sample) -> str:
    return import_preview_words.fate_word(sample.fate.value)


class ProblemsModel(RowModel[Problem]):
    """Rows that are not taken, with the reason."""

    def __init__(
        self,
        titles: Callable[[], Sequence[str]],
        parent: QObject | None = None,
        sentence: Callable[[MedalDeskError], str] = words.sentence,
    ) -> None:
        self._titles = titles
        self._sentence = sentence
        super().__init__([], lambda p: (p.source, p.row, p.column), parent)
        self.columns = [
            Column("file", self.tr("File"), self._file, 170, weight="muted", optional=True),
            Column("row", self.tr("Row"), lambda p: str(p.row or ""), 60, RIGHT),
            Column("column", self.tr("What"), self._what, 120, weight="muted"),
            Column("why", self.tr("Is not taken because"), self.why, 0),
        ]

    def why(self, problem: Problem) -> str:
        """The reason as a sentence."""
        return self._sentence(problem.error)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return self.why(self.row(index.row()))
        return super().data(index, role)

    def _file(self, problem: Problem) -> str:
        return self._titles()[problem.source]

    def _what(self, problem: Problem) -> str:
        return import_preview_words.column_word(problem.column) if problem.column else ""
