"""To what a record list is narrowed, with what its kind suggests (RULES R22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medaldesk.book.edits.nations import CONTINENTS
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import EventTypeRow
from medaldesk.book.reads.records import RecordListRow
from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.age_classes import parse_age_class
from medaldesk.domain.errors import BadAgeClass, MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import Suggestion, choice_source, nation_source
from medaldesk.gui.dialogs.form import Choice, FieldError, Form
from medaldesk.reports import words

OF_A_SERIES = frozenset({"OR", "OB", "GR", "PR", "CR", "MR"})
OF_A_NATION = frozenset({"NR", "NB", "NJR"})
OF_A_VENUE = frozenset({"TR"})
OF_AN_AGE = frozenset({"WJR", "EJR", "NJR"})
CONTINENT_OF: Mapping[str, str | None] = {
    "AR": None, "AfR": "africa", "AsR": "asia", "ER": "europe", "NAR": "america",
    "OcR": "oceania", "SAR": "america", "EJR": "europe",
}  # fmt: skip
"""Continental kinds, with their continent where there is one of the Olympic associations."""

JUNIORS, JUNIORS_ON_SKATES = "U20", "U19@07-01"


@dataclass(frozen=True, slots=True)
class Scope:
    """`series` (a code), `nation` (an id), `venue` (a name), `continent` and `age_class`."""

    series: str | None = None
    nation: int | None = None
    venue: str | None = None
    continent: str | None = None
    age_class: str | None = None

    def is_of(self, row: RecordListRow, nation: int | None) -> bool:
        """Whether a list, which is one of `nation`, is narrowed to the same."""
        mine = (self.series, self.nation, fold(self.venue or ""), self.continent, self.age_class)
        theirs = (row.series, nation, fold(row.venue or ""), row.continent, row.age_class)
        return mine == theirs


class ScopeFields(QObject):
    """The fields that narrow a list; `changed` tells of each change."""

    changed = Signal()

    def __init__(
        self, reads: Reads, event_type: EventTypeRow, competition: int | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reads, self._type = reads, event_type
        held = reads.competition(competition) if competition is not None else None
        self.series_of_competition = held.series if held else None
        self._venue_of_competition = self._find_venue(held.code if held else None)
        self._continent_chosen = False
        self.series = CompletingEdit(choice_source(self._known_series))
        self.nation = CompletingEdit(nation_source(reads, lambda: None))
        self.venue = CompletingEdit(choice_source(self._known_venues, free=True))
        continents = [(words.continent_name(code), code) for code in CONTINENTS]
        self.continent = Choice([(self.tr("any"), None), *continents])
        self.age_class = QLineEdit(placeholderText=self.tr("U20, U19@07-01, 35+ …"))
        self.age_rule = QLabel(wordWrap=True)
        self.age_rule.setProperty("role", "muted")
        self._connect()

    def _connect(self) -> None:
        for field in (self.series, self.nation, self.venue, self.age_class):
            field.textChanged.connect(self.changed)
        self.nation.picked.connect(self.changed)
        self.continent.currentIndexChanged.connect(self.changed)
        self.continent.activated.connect(self._keep_continent)
        self.age_class.textChanged.connect(self._tell_age_rule)

    def add_to(self, form: Form) -> None:
        """Put the fields below those of a form."""
        tip = self.tr("The record counts in this series only; nothing for a record of the world")
        form.add_field(self.tr("&Series"), self.series, tip=tip)
        tip = self.tr("Only marks of athletes of this nation count")
        form.add_field(self.tr("O&f nation"), self.nation, tip=tip)
        tip = self.tr("Only marks of athletes of this continent count")
        form.add_field(self.tr("Of cont&inent"), self.continent, tip=tip)
        form.add_field(self.tr("&Venue"), self.venue, tip=self.tr("Only marks made here count"))
        tip = self.tr("Only marks of athletes of this age count")
        form.add_field(self.tr("Age c&lass"), self.age_class, tip=tip)
        form.form.addRow("", self.age_rule)

    # What a kind suggests

    def of_kind(self, kind: str | None) -> list[QWidget]:
        """The fields that matter for a kind of record, from the top."""
        narrowed = {
            self.nation: OF_A_NATION,
            self.continent: CONTINENT_OF,
            self.venue: OF_A_VENUE,
            self.age_class: OF_AN_AGE,
        }
        return [field for field, kinds in narrowed.items() if kind in kinds] or [self.series]

    def filled(self) -> list[QWidget]:
        """The fields that hold something."""
        texts = (self.series, self.nation, self.venue, self.age_class)
        full: list[QWidget] = [field for field in texts if field.text().strip()]
        return [*full, self.continent] if self.continent.chosen() else full

    def suggest(self, kind: str | None) -> None:
        """Fill in what a kind of record is usually narrowed to, unless somebody typed."""
        code = kind or ""
        for field, wanted in (
            (self.series, self.series_of_competition if code in OF_A_SERIES else None),
            (self.nation, self._last_nation() if code in OF_A_NATION else None),
            (self.venue, self._venue_of_competition if code in OF_A_VENUE else None),
        ):
            if not field.isModified() and field.text() != (wanted or ""):
                field.fill(wanted or "", None)
        if not self.age_class.isModified():
            self.age_class.setText(self._juniors() if code in OF_AN_AGE else "")
        if not self._continent_chosen:
            self.continent.choose(CONTINENT_OF.get(code))

    def _keep_continent(self) -> None:
        self._continent_chosen = True

    def _find_venue(self, competition: str | None) -> str | None:
        """Where an event of this type is held at a competition."""
        if competition is None:
            return None
        try:
            event = self._reads.event_by_path(f"{competition}/{self._type.code}")
        except UnknownCode:
            return None
        return self._reads.event_head(event).venue

    def _last_nation(self) -> str | None:
        """The nation of the last national list of the book."""
        lists = sorted(self._reads.record_lists(), key=lambda row: -row.id)
        return next((row.nation for row in lists if row.nation), None)

    def _juniors(self) -> str:
        is_skating = "skating" in fold(self._type.discipline)
        return JUNIORS_ON_SKATES if is_skating else JUNIORS

    def _known_series(self) -> list[Suggestion]:
        return [Suggestion(row.code, row.code, detail=row.name) for row in self._reads.series()]

    def _known_venues(self) -> list[Suggestion]:
        return [Suggestion(name, name) for name in self._reads.venues()]

    def _tell_age_rule(self) -> None:
        """Say in words what the age class means, as soon as it can be read."""
        text = self.age_class.text().strip()
        try:
            rule = words.age_class_rule(text) if text else ""
        except BadAgeClass:
            rule = self.tr("U20 for the young, U19@07-01 with a day of the year, 35+ for masters")
        self.age_rule.setText(rule)

    # What is typed

    def known(self) -> Scope | None:
        """The scope as far as it is typed; None while it cannot be read."""
        try:
            return self.scope()
        except FieldError:
            return None

    def scope(self) -> Scope:
        """The scope that is typed. Raises FieldError."""
        return Scope(
            series=self.series.text().strip().upper() or None,
            nation=self._nation(),
            venue=" ".join(self.venue.text().split()) or None,
            continent=self.continent.chosen(),
            age_class=self._age_class(),
        )

    def _nation(self) -> int | None:
        chosen = self.nation.value()
        if isinstance(chosen, NationChoice):
            return chosen.id
        if not chosen.strip():
            return None
        found = self._reads.nation_by_code(chosen)
        if found is None:
            sentence = words.sentence(UnknownCode(what="nation", code=chosen.strip()))
            raise FieldError(self.nation, sentence)
        return found

    def _age_class(self) -> str | None:
        text = self.age_class.text().strip()
        try:
            return str(parse_age_class(text)) if text else None
        except MedalDeskError as error:
            raise FieldError(self.age_class, words.sentence(error)) from error
