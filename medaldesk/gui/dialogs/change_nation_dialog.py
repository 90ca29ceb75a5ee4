"""Change a nation: its codes and their days, what it is, how many people it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.nations import CONTINENTS, NATION_KINDS
from medaldesk.book.errors import BadPopulation, DatesReversed, EditError, EmptyField, UnknownCode
from medaldesk.book.reads.nations import NationCode, NationRow, Population
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.dialogs.dates import parse_day
from medaldesk.gui.dialogs.form import Choice, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import RIGHT
from medaldesk.gui.models.typed_lines import Line, LinesModel, typed_column
from medaldesk.gui.widgets.typed_lines_view import LinesView
from medaldesk.reports import words

CODE, NAME, FIRST, LAST = range(4)
DAY, PEOPLE, SOURCE = range(3)


@dataclass(frozen=True, slots=True)
class _Step:
    """One of the edits of the dialog, with the line and the cell that it is about."""

    grid: LinesView
    line: Line | None
    place: int
    run: Callable[[Edits], object]


class ChangeNationDialog(FormDialog):
    """The codes and the figures are typed in grids; all that changed is one undo step.

    The nation as such is called what its code of today, or its last, is called.
    """

    def __init__(self, live: LiveBook, nation: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._nation = _nation(live, nation)
        self._wrong: _Step | None = None
        self.entitle(
            self.tr("Change nation: {name}").format(name=self._nation.name), self.tr("Change")
        )
        self.codes = self._code_grid()
        self.kind = Choice([(words.nation_kind(kind), kind) for kind in NATION_KINDS])
        self.continent = Choice(
            [
                (self.tr("none"), None),
                *((words.continent_name(code), code) for code in CONTINENTS),
            ]
        )
        self.populations = self._population_grid()
        self._add_fields()
        self._fill()

    # Building

    def _code_grid(self) -> LinesView:
        tip = self.tr("Nothing where there is no such day; a year is its first or last day")
        columns = [
            typed_column("code", self.tr("Code"), CODE, 80, weight="strong"),
            typed_column("name", self.tr("Name"), NAME, 0),
            typed_column("first", self.tr("First day"), FIRST, 112, tip=tip),
            typed_column("last", self.tr("Last day"), LAST, 112, tip=tip),
        ]
        readings = {"code": str.upper, "first": _first_day, "last": _last_day}
        return self._grid(LinesModel(columns, self.tr("code…"), readings, self), self.tr("Codes"))

    def _population_grid(self) -> LinesView:
        tip = self.tr("A whole number above zero; separators between thousands are fine")
        columns = [
            typed_column("day", self.tr("Date"), DAY, 112),
            typed_column("people", self.tr("People"), PEOPLE, 132, align=RIGHT, tip=tip),
            typed_column("source", self.tr("Source"), SOURCE, 0),
        ]
        readings = {"day": _first_day, "people": _people}
        model = LinesModel(columns, self.tr("date…"), readings, self)
        return self._grid(model, self.tr("Population"))

    def _grid(self, model: LinesModel, name: str) -> LinesView:
        grid = LinesView(model, name)
        model.refused.connect(lambda error: self.show_problem(None, words.sentence(error)))
        model.edited.connect(self.problem.hide)
        return grid

    def _add_fields(self) -> None:
        hint = self.tr("Type in the last line to add one; Delete takes a line out.")
        self._add_grid(self.tr("&Codes, and the days they are of"), self.codes, hint)
        self.add_field(self.tr("&Kind"), self.kind)
        tip = self.tr("That of its Olympic association, for continental records")
        self.add_field(self.tr("C&ontinent"), self.continent, tip=tip)
        self._add_grid(self.tr("&Population"), self.populations, "")

    def _add_grid(self, title: str, grid: LinesView, hint: str) -> None:
        """A grid over the whole width, its title above it and a muted hint below."""
        label = QLabel(title)
        label.setBuddy(grid)
        self.form.addRow(label)
        self.form.addRow(grid)
        if hint:
            below = QLabel(hint, wordWrap=True)
            below.setProperty("role", "muted")
            self.form.addRow(below)

    def _fill(self) -> None:
        self.codes.show_lines([_code_line(span) for span in self._nation.codes])
        self.populations.show_lines([_figure_line(row) for row in self._nation.populations])
        self.codes.put_first()
        self.codes.fit_lines(3, 6)
        self.populations.fit_lines(3, 5)
        self.kind.choose(self._nation.kind)
        self.continent.choose(self._nation.continent)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.codes.setFocus(Qt.FocusReason.OtherFocusReason)

    # Answering

    def making(self) -> Making:
        for grid in (self.codes, self.populations):
            grid.commit_open()
        steps = [*self._code_steps(), *self._head_steps(), *self._figure_steps()]

        def make(edits: Edits) -> None:
            if steps:
                with edits.together(Action.CHANGE_NATION, self._nation.name):
                    self._in_any_order(edits, steps)

        return make

    def _in_any_order(self, edits: Edits, steps: Sequence[_Step]) -> None:
        """Make all edits; one that another stands in the way of waits for that one."""
        left = list(steps)
        while left:
            waiting: list[tuple[_Step, EditError]] = []
            for step in left:
                try:
                    step.run(edits)
                except EditError as error:
                    waiting.append((step, error))
            if len(waiting) == len(left):
                self._wrong, first = waiting[0]
                raise first
            left = [step for step, _ in waiting]

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        wrong = self._wrong
        if wrong is None or wrong.line is None:
            return self.codes
        place = wrong.place
        if isinstance(error, DatesReversed):
            place = LAST
        elif isinstance(error, EmptyField) and error.details.get("what") == "name":
            place = NAME
        wrong.grid.point_at(wrong.line, place)
        return wrong.grid

    # What changed

    def _head_steps(self) -> list[_Step]:
        """What the nation is, and the name of its latest code as its own."""
        lines = sorted(self.codes_typed(), key=lambda line: line.cells[LAST] or "9999")
        name = lines[-1].cells[NAME] if lines else ""
        kind, continent = self.kind.chosen(), self.continent.chosen()
        was = self._nation
        if (kind, continent, name) == (was.kind, was.continent, was.name):
            return []
        return [
            _Step(
                self.codes,
                lines[-1] if lines else None,
                NAME,
                lambda edits: edits.change_nation(
                    was.id, name=name, kind=kind, continent=continent
                ),
            )
        ]

    def codes_typed(self) -> list[Line]:
        """The lines of the codes that something is typed in."""
        return [line for line in _model(self.codes).lines if not line.is_empty]

    def _code_steps(self) -> list[_Step]:
        """A line that is new takes the row of one that was taken out, where there is one."""
        lines = self.codes_typed()
        kept = {line.origin for line in lines}
        free = [span.id for span in self._nation.codes if span.id not in kept]
        before = {span.id: _code_line(span).cells for span in self._nation.codes}
        steps = []
        for line in lines:
            origin = line.origin
            if origin is None and free:
                origin = free.pop(0)
            days = [self._read_day(self.codes, line, place) for place in (FIRST, LAST)]
            if origin is None or line.cells != before[origin]:
                steps.append(self._code_step(line, origin, days))
        return [*steps, *map(self._without_code, free)]

    def _without_code(self, row: int) -> _Step:
        return _Step(self.codes, None, CODE, lambda edits: edits.delete_nation_code(row))

    def _code_step(self, line: Line, origin: int | None, days: list[date | None]) -> _Step:
        code, name = line.cells[CODE], line.cells[NAME]
        return _Step(
            self.codes,
            line,
            CODE,
            lambda edits: edits.set_nation_code(
                self._nation.id, code, name, days[0], days[1], code_row=origin
            ),
        )

    def _figure_steps(self) -> list[_Step]:
        """Figures whose day is gone are taken away, the others set. Raises FieldError."""
        lines = [line for line in _model(self.populations).lines if not line.is_empty]
        before = {row.date: _figure_line(row).cells for row in self._nation.populations}
        seen: set[str] = set()
        steps = []
        for line in lines:
            day = self._figure_day(line, seen)
            if before.get(day.isoformat()) != line.cells:
                steps.append(self._figure_step(line, day, line.cells[PEOPLE], line.cells[SOURCE]))
        gone = [date.fromisoformat(day) for day in before if day not in seen]
        return [*(self._figure_step(None, day, "", "") for day in gone), *steps]

    def _figure_day(self, line: Line, seen: set[str]) -> date:
        """The day of a figure, which has to have one of its own. Raises FieldError."""
        day = self._read_day(self.populations, line, DAY)
        if day is None:
            self._refuse(line, DAY, self.tr("A population is of a day: type the date."))
        if day.isoformat() in seen:
            sentence = self.tr("There are two figures of {day}: keep one of them.")
            self._refuse(line, DAY, sentence.format(day=words.day(day.isoformat())))
        if not line.cells[PEOPLE]:
            sentence = self.tr("Type how many people there were on {day}, or delete the line.")
            self._refuse(line, PEOPLE, sentence.format(day=words.day(day.isoformat())))
        seen.add(day.isoformat())
        return day

    def _figure_step(self, line: Line | None, day: date, text: str, source: str) -> _Step:
        return _Step(
            self.populations,
            line,
            PEOPLE,
            lambda edits: edits.set_population(self._nation.id, day, text, source),
        )

    def _read_day(self, grid: LinesView, line: Line, place: int) -> date | None:
        """The day in a cell; None where nothing is typed. Raises FieldError."""
        try:
            return parse_day(line.cells[place])
        except MedalDeskError as error:
            grid.point_at(line, place)
            raise FieldError(grid, words.sentence(error)) from error

    def _refuse(self, line: Line, place: int, sentence: str) -> NoReturn:
        self.populations.point_at(line, place)
        raise FieldError(self.populations, sentence)


def _nation(live: LiveBook, nation: int) -> NationRow:
    """One nation by its id. Raises UnknownCode."""
    found = next((row for row in live.reads.nations() if row.id == nation), None)
    if found is None:
        raise UnknownCode(what="nation", code=nation)
    return found


def _model(grid: LinesView) -> LinesModel:
    model = grid.rows
    assert isinstance(model, LinesModel)
    return model


def _code_line(span: NationCode) -> Line:
    return Line([span.code, span.name, span.first or "", span.last or ""], span.id)


def _figure_line(row: Population) -> Line:
    return Line([row.date, words.people(row.people), row.source])


def _first_day(text: str) -> str:
    """A day as the book has it; a year is its first day. Raises BadDate."""
    if re.fullmatch(r"[0-9]{4}", text):
        text = f"{text}-01-01"
    return str(parse_day(text))


def _last_day(text: str) -> str:
    """A day as the book has it; a year is its last day. Raises BadDate."""
    return _first_day(f"{text}-12-31" if re.fullmatch(r"[0-9]{4}", text) else text)


def _people(text: str) -> str:
    """Digits alone with separators; where separators are typed, the book judges them.

    Raises BadPopulation.
    """
    figures = re.sub(r"[\s.,'’]", "", text)
    if not (figures.isascii() and figures.isdigit() and int(figures)):
        raise BadPopulation(text=text)
    return words.people(int(text)) if text == figures else text
