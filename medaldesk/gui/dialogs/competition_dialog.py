"""Add a competition, or change one."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.programme import NewCompetition
from medaldesk.book.errors import DateOutsideCompetition, DatesReversed
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source
from medaldesk.gui.dialogs.form import DateField, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook


class CompetitionDialog(FormDialog):
    """Name, series, days, city; `created` is the id of what was added, or was changed."""

    def __init__(
        self, live: LiveBook, competition: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(live, parent)
        self.created = competition
        self._changes = competition is not None
        self.name = QLineEdit()
        self.series = CompletingEdit(choice_source(self._all_series))
        self.code = QLineEdit()
        self.start = DateField()
        self.end = DateField(self.start.known)
        self.city = QLineEdit()
        self._add_fields()
        if competition is None:
            self.entitle(self.tr("Add competition"), self.tr("Add"))
            self._suggest_series()
            for field in (self.name, self.series, self.start):
                field.textChanged.connect(self._suggest_code)
        else:
            self.entitle(self.tr("Change competition"), self.tr("Change"))
            self._fill(competition)

    def _add_fields(self) -> None:
        self.name.setPlaceholderText(self.tr("Milano Cortina 2026"))
        self.add_field(self.tr("&Name"), self.name, needed=True)
        tip = self.tr("A series of the book, or a code and a name for a new one")
        self.series.setPlaceholderText(self.tr("OWG Olympic Winter Games, or nothing"))
        self.add_field(self.tr("&Series"), self.series, tip=tip)
        tip = self.tr("What the command line calls it: without spaces and slashes")
        self.add_field(self.tr("&Code"), self.code, needed=True, tip=tip)
        self.add_field(self.tr("&First day"), self.start, needed=True)
        tip = self.tr("The month and the year of the first day need not be typed again")
        self.add_field(self.tr("&Last day"), self.end, needed=True, tip=tip)
        self.add_field(self.tr("C&ity"), self.city)

    def _fill(self, competition: int) -> None:
        known = self.live.reads.competition(competition)
        self.name.setText(known.name)
        self.series.fill(known.series or "")
        self.code.setText(known.code)
        self.start.fill(known.start)
        self.end.fill(known.end)
        self.city.setText(known.city or "")
        # Paths such as OWG2026/SSKW1000M are known outside the book: they do not change.
        self.series.setEnabled(False)
        self.code.setEnabled(False)

    # Suggesting

    def _all_series(self) -> list[Suggestion]:
        return [Suggestion(row.code, row.code, detail=row.name) for row in self.live.reads.series()]

    def _suggest_series(self) -> None:
        """The series of the competition that was held last."""
        latest = next(iter(self.live.reads.competitions()), None)
        if latest is not None and latest.series:
            self.series.fill(latest.series, latest.series)

    def _suggest_code(self) -> None:
        if self.code.isModified() and self.code.text():
            return
        start = self.start.known()
        year = re.search(r"\b(1[89]|20|21)\d\d\b", self.name.text())
        suffix = year[0] if year else str(start.year) if start else ""
        series = self.series.text().split()
        initials = series[0] if series else _initials(self.name.text())
        self.code.setText(f"{initials.upper()}{suffix}" if self.name.text().strip() else "")

    # Answering

    def making(self) -> Making:
        start = self.read(self.start, self.start.day)
        end = self.read(self.end, self.end.day)
        name, city = self.name.text(), self.city.text().strip() or None
        if self._changes and self.created is not None:
            changed = self.created
            return lambda edits: edits.change_competition(
                changed, name=name, start=start, end=end, city=city
            )
        series, new_series = self._chosen_series()
        new = NewCompetition(self.code.text(), name, start, end, series=series, city=city)

        def make(edits: Edits) -> None:
            with edits.together(Action.ADD_COMPETITION, name):
                if new_series is not None:
                    edits.add_series(*new_series)
                self.created = edits.add_competition(new)

        return make

    def _chosen_series(self) -> tuple[str | None, tuple[str, str] | None]:
        """The code of the series, and what a new one is made from. Raises FieldError."""
        code, _, name = " ".join(self.series.text().split()).partition(" ")
        if not code:
            return None, None
        known = {row.code for row in self.live.reads.series()}
        if code.upper() in known:
            return code.upper(), None
        if not name:
            sentence = self.tr(
                "There is no series {code} yet: type its code and its name, "
                "such as OWG Olympic Winter Games."
            )
            raise FieldError(self.series, sentence.format(code=code))
        return code.upper(), (code, name)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if isinstance(error, DatesReversed):
            return self.end
        if isinstance(error, DateOutsideCompetition):
            return self.start
        fields = {"code": self.code, "competition": self.code, "name": self.name}
        return fields.get(str(error.details.get("what")))


def _initials(name: str) -> str:
    """The first letters of the words of a name: `EC` for `European Championships 2026`."""
    return "".join(word[0] for word in fold(name).split() if word[0].isalpha())
