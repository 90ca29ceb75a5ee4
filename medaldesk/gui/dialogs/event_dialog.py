"""Add an event to a competition, of a type that recurs or of a new one; or change one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QSpinBox, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import (
    DateOutsideCompetition,
    EventAfterItsDecision,
    EventAfterOfficial,
    MarksDoNotFit,
)
from medaldesk.book.reads.events import EventHead
from medaldesk.book.reads.programme import EventTypeRow
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import MAX_DECIMALS, Better, MarkFormat, MarkKind
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source
from medaldesk.gui.dialogs.event_types import (
    FORMS,
    GENDER_WORDS,
    GENDERS,
    UNITS_OF_DISCIPLINE,
    is_of_teams,
    letters_of,
    suggested_code,
    words_of,
)
from medaldesk.gui.dialogs.form import Choice, DateField, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words


class EventDialog(FormDialog):
    """The event and, where it is new, what it is measured in; `created` is the id of the event.

    Name, discipline and gender say which event type it is; one that the book has is taken as it
    is, and the fields that describe it are closed. With an `event`, that one is changed: its day
    and venue, and what describes it unless other competitions hold the same.
    """

    def __init__(
        self,
        live: LiveBook,
        competition: int,
        parent: QWidget | None = None,
        *,
        event: int | None = None,
    ) -> None:
        super().__init__(live, parent)
        self.created = event
        self._competition = live.reads.competition(competition)
        self._types = live.reads.event_types()
        self._disciplines = {row.code: row.name for row in live.reads.disciplines()}
        self._told = False
        self._team_told = False
        self._changed = live.reads.event_head(event) if event is not None else None
        self.name = CompletingEdit(choice_source(self._known_types, free=True))
        self.discipline = CompletingEdit(choice_source(self._known_disciplines))
        self._make_choices()
        self.code = QLineEdit()
        self.day = DateField(lambda: date.fromisoformat(self._competition.start))
        self.venue = CompletingEdit(choice_source(self._known_venues, free=True))
        self._add_fields()
        if self._changed is None:
            self.entitle(self.tr("Add event"), self.tr("Add"))
            self._fill()
            self._connect()
        else:
            self.entitle(self.tr("Change event"), self.tr("Change"))
            self._fill_changed(self._changed)
            self.kind.activated.connect(self._suggest_form)

    def _make_choices(self) -> None:
        self.gender = Choice([(words.gender_word(gender), gender) for gender in GENDERS])
        self.unit_kind = Choice(
            [
                (self.tr("heats"), "heat"),
                (self.tr("pairs"), "pair"),
                (self.tr("runs"), "run"),
                (self.tr("groups"), "group"),
                (self.tr("races"), "race"),
                (self.tr("flights"), "flight"),
            ]
        )
        self.team = Choice([(self.tr("athletes"), False), (self.tr("teams"), True)])
        self.kind = Choice([(words.mark_kind_word(kind), kind) for kind in MarkKind])
        self.better = Choice(
            [(self.tr("lower wins"), Better.LOWER), (self.tr("higher wins"), Better.HIGHER)]
        )
        self.decimals = QSpinBox(maximum=MAX_DECIMALS)
        self.decimals.setSuffix(self.tr(" decimals"))
        self.classification = Choice(
            [
                (self.tr("the final decides"), Classification.FINAL),
                (self.tr("sum of the phases"), Classification.TOTAL),
                (self.tr("best of the phases"), Classification.BEST),
                (self.tr("ranks are typed"), Classification.MANUAL),
            ]
        )
        self.bronzes = Choice([(self.tr("one bronze"), 1), (self.tr("two bronzes"), 2)])
        self.breaks_ties = QCheckBox(self.tr("Equal marks are broken by a tie-break"))
        self.measures_wind = QCheckBox(self.tr("Wind is measured"))
        self.keeps_bests = QCheckBox(self.tr("Personal and season bests are told"))

    def _add_fields(self) -> None:
        tr = self.tr
        self.name.setPlaceholderText(tr("Women's 1000 m"))
        self.add_field(tr("&Event"), self.name, needed=True)
        self.add_field(tr("D&iscipline"), self.discipline, needed=True)
        self.add_fields(
            tr("&Gender"),
            [
                (tr("Gender"), self.gender),
                (tr("Entrants"), self.team),
                (tr("Compete in"), self.unit_kind),
            ],
        )
        decimals = (tr("Decimals"), self.decimals)
        self.add_fields(
            tr("&Mark"), [(tr("Mark"), self.kind), (tr("What wins"), self.better), decimals]
        )
        self.add_fields(
            tr("&Result"),
            [(tr("Classification"), self.classification), (tr("Bronze medals"), self.bronzes)],
        )
        tip = tr("Where a tie-break is missing the tie stays, and the sheet asks for it")
        self.add_field("", self.breaks_ties, tip=tip)
        tip = tr("The sheet has a column for it, and record lists can have a limit")
        self.add_field("", self.measures_wind, tip=tip)
        tip = tr("Where this book holds whole careers: a book of some Games knows nobody's best")
        self.add_field("", self.keeps_bests, tip=tip)
        for box in (self.breaks_ties, self.measures_wind, self.keeps_bests):
            box.setAccessibleName(box.text())
        self.add_field(tr("&Code"), self.code, needed=True)
        self.add_field(tr("&Day"), self.day, needed=True)
        self.add_field(tr("&Venue"), self.venue)

    def _fill(self) -> None:
        """The day and the discipline of the event added last, else the first day."""
        last = max(
            self.live.reads.events(self._competition.id), key=lambda event: event.id, default=None
        )
        self.day.fill(last.day if last else self._competition.start)
        names = {name: code for code, name in self._disciplines.items()}
        code = names.get(last.discipline) if last else None
        if code is not None:
            self.discipline.fill(self._disciplines[code], code)
        self._suggest_units()
        self._suggest_form()

    def _fill_changed(self, head: EventHead) -> None:
        """The event as it is; what other competitions share, and the code, are closed."""
        own = self.live.reads.event_type(head.event_type)
        self.name.fill(own.name)
        self._adopt(own)
        self._show_type(own)
        self.classification.choose(Classification(head.classification))
        self.bronzes.choose(head.bronzes)
        self.breaks_ties.setChecked(head.breaks_ties)
        self.day.fill(head.day)
        self.venue.fill(head.venue or "")
        # Paths such as OWG2026/SSKW1000M are known outside the book: they do not change.
        self.code.setEnabled(False)
        if self._is_held_elsewhere(own.code):
            self._close_type()

    def _is_held_elsewhere(self, code: str) -> bool:
        reads = self.live.reads
        others = (row for row in reads.competitions() if row.id != self._competition.id)
        return any(
            event.path == f"{other.code}/{code}"
            for other in others
            for event in reads.events(other.id)
        )

    def _close_type(self) -> None:
        """Leave open what is this event's alone, and say why."""
        for field in (self.name, self.discipline, self.gender, *self._describing()):
            field.setEnabled(False)
        why = QLabel(wordWrap=True)
        why.setProperty("role", "muted")
        why.setText(
            self.tr(
                "Other competitions hold this event too: here only its day and venue can change."
            )
        )
        self.form.insertRow(0, why)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_name)
        self.name.picked.connect(self._on_picked)
        self.discipline.textEdited.connect(self._tell_apart)
        self.discipline.textChanged.connect(self._on_discipline)
        self.gender.activated.connect(self._tell_apart)
        self.gender.currentIndexChanged.connect(self._look_up)
        self.kind.activated.connect(self._suggest_form)
        self.team.activated.connect(self._tell_team)

    # Suggesting

    def _known_types(self) -> list[Suggestion]:
        if self._changed is not None:
            return []
        return [
            Suggestion(row.name, row, detail=row.discipline, trailing=row.code)
            for row in self._types
        ]

    def _known_disciplines(self) -> list[Suggestion]:
        return [Suggestion(name, code, detail=code) for code, name in self._disciplines.items()]

    def _known_venues(self) -> list[Suggestion]:
        return [Suggestion(venue, venue) for venue in self.live.reads.venues()]

    def _on_picked(self, found: EventTypeRow) -> None:
        self._adopt(found)
        self._look_up()

    def _on_name(self) -> None:
        for word in words_of(self.name.text()):
            if word in GENDER_WORDS and not self._told:
                self.gender.choose(GENDER_WORDS[word])
        named = self._named()
        if len(named) == 1 and not self._told:
            self._adopt(named[0])
        self._suggest_team()
        self._look_up()

    def _on_discipline(self) -> None:
        self._suggest_units()
        self._look_up()

    def _tell_apart(self) -> None:
        """From now on the person says which discipline and gender it is, not the name."""
        self._told = True

    def _tell_team(self) -> None:
        """From now on the person says who competes, not the name."""
        self._team_told = True

    def _suggest_team(self) -> None:
        if not self._team_told:
            self.team.choose(is_of_teams(self.name.text()))

    def _adopt(self, found: EventTypeRow) -> None:
        self.discipline.fill(found.discipline)
        self.gender.choose(found.gender)

    def _suggest_units(self) -> None:
        self.unit_kind.choose(UNITS_OF_DISCIPLINE.get(self._discipline() or "", "heat"))

    def _suggest_form(self) -> None:
        better, decimals = FORMS[self.kind.chosen() or MarkKind.TIME]
        self.better.choose(better)
        self.decimals.setValue(decimals)
        # What no clock or tape measures is ranked by hand or by a bracket (RULES 1).
        by_hand = self.kind.chosen() in (MarkKind.SCORE, MarkKind.PLACING)
        self.classification.choose(Classification.MANUAL if by_hand else Classification.FINAL)

    # Which event type it is

    def _named(self) -> list[EventTypeRow]:
        wanted = letters_of(self.name.text())
        return [row for row in self._types if wanted and letters_of(row.name) == wanted]

    def _known(self) -> EventTypeRow | None:
        """The event type of this name, discipline and gender, where the book has it."""
        discipline = self._disciplines.get(self._discipline() or "")
        gender = self.gender.chosen()
        found = (r for r in self._named() if (r.discipline, r.gender) == (discipline, gender))
        return next(found, None)

    def _discipline(self) -> str | None:
        """The code of the discipline that was typed, by code or name."""
        typed = fold(self.discipline.text())
        for code, name in self._disciplines.items():
            if typed in (fold(code), fold(name)):
                return code
        return None

    def _look_up(self) -> None:
        """Show what a known event type is like and close its fields, or open them for a new one."""
        known = self._known()
        was_known = not self.kind.isEnabled()
        for field in self._describing():
            field.setEnabled(known is None)
        if known is not None:
            self._show_type(known)
            return
        if was_known:
            self._show_new()
        if not (self.code.isModified() and self.code.text()):
            self.code.setText(
                suggested_code(self.name.text(), self._discipline(), self.gender.chosen())
            )

    def _describing(self) -> tuple[QWidget, ...]:
        measured = (self.kind, self.better, self.decimals)
        decided = (self.team, self.unit_kind, self.classification, self.bronzes)
        asked = (self.breaks_ties, self.measures_wind, self.keeps_bests)
        return (*measured, *decided, *asked, self.code)

    def _show_type(self, known: EventTypeRow) -> None:
        self.kind.choose(known.form.kind)
        self.better.choose(known.form.better)
        self.decimals.setValue(known.form.decimals)
        self.team.choose(known.team)
        self.unit_kind.choose(known.unit_kind)
        self.classification.choose(Classification(known.classification))
        self.bronzes.choose(known.bronzes)
        self.breaks_ties.setChecked(known.breaks_ties)
        self.measures_wind.setChecked(known.measures_wind)
        self.keeps_bests.setChecked(known.keeps_bests)
        self.code.setText(known.code)

    def _show_new(self) -> None:
        self.kind.choose(MarkKind.TIME)
        self.team.choose(is_of_teams(self.name.text()))
        self.classification.choose(Classification.FINAL)
        self.bronzes.choose(1)
        self.breaks_ties.setChecked(False)
        self.measures_wind.setChecked(False)
        self.keeps_bests.setChecked(False)
        self._suggest_form()
        self._suggest_units()

    # Answering

    def making(self) -> Making:
        day = self.read(self.day, self.day.day)
        venue = self.venue.text().strip() or None
        name = " ".join(self.name.text().split())
        if self._changed is not None:
            return self._changing(self._changed, name, day, venue)
        event_type = self._event_type()

        def make(edits: Edits) -> None:
            with edits.together(Action.ADD_EVENT, name):
                held = event_type(edits)
                self.created = edits.add_event(self._competition.id, held, day, venue=venue)

        return make

    def _changing(self, head: EventHead, name: str, day: date, venue: str | None) -> Making:
        """Day and venue, and where it is open what describes the event. Raises FieldError."""
        new = self._new_type() if self.name.isEnabled() else None
        twin = self._known() if new is not None else None
        if twin is not None and twin.id != head.event_type:
            sentence = self.tr(
                "The book has such an event already, {code}: type another name, or delete this "
                "event and add that one."
            )
            raise FieldError(self.name, sentence.format(code=twin.code))

        def make(edits: Edits) -> None:
            with edits.together(Action.CHANGE_EVENT, name):
                edits.change_event(head.id, day=day, venue=venue)
                if new is not None:
                    edits.change_event_type(head.event_type, new)

        return make

    def _event_type(self) -> Callable[[Edits], int]:
        """The id of the event type, added if it is new. Raises FieldError."""
        known = self._known()
        if known is not None:
            return lambda _: known.id
        new = self._new_type()
        return lambda edits: edits.add_event_type(new)

    def _new_type(self) -> NewEventType:
        discipline = self._discipline()
        if discipline is None:
            sentence = self.tr(
                "There is no discipline “{text}”: type the beginning of its code or name."
            )
            raise FieldError(self.discipline, sentence.format(text=self.discipline.text().strip()))
        form = MarkFormat(self.kind.chosen(), self.better.chosen(), self.decimals.value())
        return NewEventType(
            code=self.code.text(),
            discipline=discipline,
            name=self.name.text(),
            gender=self.gender.chosen(),
            form=form,
            team=self.team.chosen(),
            classification=self.classification.chosen(),
            bronzes=self.bronzes.chosen(),
            unit_kind=self.unit_kind.chosen(),
            breaks_ties=self.breaks_ties.isChecked(),
            measures_wind=self.measures_wind.isChecked(),
            keeps_bests=self.keeps_bests.isChecked(),
        )

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if isinstance(error, DateOutsideCompetition | EventAfterItsDecision | EventAfterOfficial):
            return self.day
        if isinstance(error, MarksDoNotFit):
            return self.kind
        fields = {"event": self.name, "name": self.name, "discipline": self.discipline}
        other = self.code if self.code.isEnabled() else None
        return fields.get(str(error.details.get("what")), other)
