"""Say of an athlete what is known: the name, the gender, the date of birth."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.errors import BadDate
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.dialogs.form import Choice, DateField, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words


class AthleteDialog(FormDialog):
    """One person as the book knows them; what is not known stays empty."""

    def __init__(self, live: LiveBook, athlete: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._athlete = live.reads.athlete_page(athlete)
        self.entitle(self.tr("Describe athlete"), self.tr("Change"))
        self.name = QLineEdit()
        unknown: tuple[str, object] = (self.tr("not known"), None)
        self.gender = Choice([unknown, *((words.person_gender(g), g) for g in ("W", "M", "X"))])
        self.birth_date = DateField()
        self.birth_date.setPlaceholderText("1998-12-30")
        tip = self.tr("As it is printed; corrected in every event of the book")
        self.add_field(self.tr("&Name"), self.name, needed=True, tip=tip)
        self.add_field(self.tr("&Gender"), self.gender)
        tip = self.tr("Junior records count only for those whose date of birth is known")
        self.add_field(self.tr("&Born"), self.birth_date, tip=tip)
        self.name.setText(self._athlete.name)
        self.gender.choose(self._athlete.gender)
        self.birth_date.fill(self._athlete.birth_date)

    def making(self) -> Making:
        athlete, name = self._athlete, " ".join(self.name.text().split())
        born = self.read(self.birth_date, self.birth_date.day)
        gender = self.gender.chosen()

        def make(edits: Edits) -> None:
            with edits.together(Action.DESCRIBE_ATHLETE, name):
                if name != athlete.name:
                    edits.rename_athlete(athlete.id, name)
                edits.describe_athlete(athlete.id, gender=gender, birth_date=born)

        return make

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.birth_date if isinstance(error, BadDate) else self.name
