"""Keep a record list, and say what stood before the book begins."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.records import RecordListRow, RecordRow
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.errors import MarkError, MedalDeskError
from medaldesk.domain.marks import format_mark
from medaldesk.domain.names import fold
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import (
    Suggestion,
    athlete_source,
    choice_source,
    nation_source,
)
from medaldesk.gui.dialogs.form import DateField, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words

OF_A_SERIES = frozenset({"OR", "OB", "GR", "PR", "CR", "MR"})
"""Kinds of record that count within one series of competitions."""


class RecordDialog(FormDialog):
    """A kind of record of an event type, and the mark that stood.

    A list that is kept already has its mark set; `created` is the id of the list.
    """

    def __init__(
        self,
        live: LiveBook,
        event_type: int,
        competition: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(live, parent)
        self.created: int | None = None
        self._type = live.reads.event_type(event_type)
        self._kinds = {row.code: row.name for row in live.reads.record_kinds()}
        held = live.reads.competition(competition) if competition is not None else None
        self._series_of_competition = held.series if held else None
        self.entitle(
            self.tr("Record in {event}").format(event=self._type.name), self.tr("Keep record")
        )
        self.kind = CompletingEdit(choice_source(self._known_kinds))
        self.series = CompletingEdit(choice_source(self._known_series))
        self.mark = QLineEdit()
        self.holder = CompletingEdit(athlete_source(live.reads))
        self.day = DateField()
        self.nation = CompletingEdit(nation_source(live.reads, self._iso_day))
        self.place = QLineEdit()
        self._add_fields()
        self.kind.textChanged.connect(self._suggest_series)
        self.kind.textChanged.connect(self._show_what_stands)
        self.series.textChanged.connect(self._show_what_stands)
        self.holder.picked.connect(self._suggest_nation)
        self._suggest_kind()

    def _add_fields(self) -> None:
        self.kind.setPlaceholderText(self.tr("OR, WR, NR …"))
        self.add_field(self.tr("&Kind"), self.kind, needed=True)
        tip = self.tr("The record counts in this series only; nothing for a record of the world")
        self.add_field(self.tr("&Series"), self.series, tip=tip)
        tip = self.tr("What stood before the results of this book; nothing, if that is not known")
        self.add_field(self.tr("&Mark"), self.mark, tip=tip)
        self.add_field(self.tr("&Holder"), self.holder)
        self.add_field(self.tr("&Nation"), self.nation)
        self.add_field(self.tr("&Date"), self.day)
        self.add_field(self.tr("&Place"), self.place)

    # Suggesting

    def _known_kinds(self) -> list[Suggestion]:
        return [Suggestion(code, code, detail=name) for code, name in self._kinds.items()]

    def _known_series(self) -> list[Suggestion]:
        return [Suggestion(row.code, row.code, detail=row.name) for row in self.live.reads.series()]

    def _suggest_kind(self) -> None:
        """The first of the usual kinds that is not kept yet."""
        kept = {row.code for row in self.live.reads.record_lists(self._type.id)}
        usual = ("OR", "WR") if self._series_of_competition else ("WR",)
        kind = next((code for code in usual if code not in kept), None)
        if kind is not None:
            self.kind.fill(kind, kind)
            self.kind.selectAll()

    def _suggest_series(self) -> None:
        if not self.series.isModified():
            series = self._series_of_competition if self._kind() in OF_A_SERIES else None
            self.series.fill(series or "", series)

    def _suggest_nation(self, holder: object) -> None:
        """The nation of an athlete that was picked, on the day where one is known."""
        if not isinstance(holder, AthleteChoice) or self.nation.text() or holder.nation_id is None:
            return
        code = self.live.reads.nation_code(holder.nation_id, self._iso_day())
        self.nation.fill(code, NationChoice(holder.nation_id, code, holder.nation))

    def _show_what_stands(self) -> None:
        """Fill in the mark of a list that is kept already, unless something is typed."""
        fields = (self.mark, self.holder, self.nation, self.day, self.place)
        if any(field.isModified() for field in fields):
            return
        kept = self._kept()
        stands = self._baseline(kept) if kept else None
        self.mark.setText(format_mark(stands.mark, self._type.form.kind) if stands else "")
        self.holder.fill(stands.holder if stands else "")
        self.nation.fill(stands.nation if stands else "")
        self.day.fill(stands.day if stands else None)
        self.place.setText((stands.place if stands else None) or "")

    # What is typed

    def _iso_day(self) -> str | None:
        day = self.day.known()
        return day.isoformat() if day else None

    def _kind(self) -> str | None:
        """The code of the kind that was typed, in any case."""
        typed = fold(self.kind.text())
        return next((code for code in self._kinds if fold(code) == typed), None)

    def _kept(self) -> RecordListRow | None:
        """The list of this kind and series, where there is one."""
        kind, series = self._kind(), self.series.text().strip().upper() or None
        lists = self.live.reads.record_lists(self._type.id)
        return next((row for row in lists if (row.code, row.series) == (kind, series)), None)

    def _baseline(self, kept: RecordListRow) -> RecordRow | None:
        rows = self.live.reads.record_history(kept.id).rows
        return rows[0] if rows and rows[0].result is None else None

    # Answering

    def making(self) -> Making:
        kind = self._kind()
        if kind is None:
            sentence = words.sentence(UnknownCode(what="record_kind", code=self.kind.text()))
            raise FieldError(self.kind, sentence)
        series, kept, stood = (
            self.series.text().strip().upper() or None,
            self._kept(),
            self._stood(),
        )
        if kept is not None and stood is None:
            sentence = self.tr("This list is kept already: type the mark that stood.")
            raise FieldError(self.mark, sentence)
        subject = f"{kind} {self._type.name}"

        def make(edits: Edits) -> None:
            action = Action.SET_BASELINE if kept else Action.ADD_RECORD_LIST
            with edits.together(action, subject):
                found = (
                    kept.id if kept else edits.add_record_list(kind, self._type.id, series=series)
                )
                if stood is not None:
                    edits.set_baseline(found, stood)
                self.created = found

        return make

    def _stood(self) -> NewBaseline | None:
        """What stood before the book; None where nothing of it is typed. Raises FieldError."""
        fields = (self.mark, self.holder, self.nation, self.day, self.place)
        if not any(field.text().strip() for field in fields):
            return None
        for field in (self.mark, self.holder):
            if not field.text().strip():
                sentence = self.tr("{field} is empty: type it.")
                raise FieldError(field, sentence.format(field=field.accessibleName()))
        return NewBaseline(
            holder=self.holder.text(),
            mark=self.mark.text(),
            nation=self._nation(),
            day=self.read(self.day, self.day.day),
            place=" ".join(self.place.text().split()) or None,
        )

    def _nation(self) -> int | None:
        """The nation picked, or of the code typed. Raises FieldError."""
        chosen = self.nation.value()
        if isinstance(chosen, NationChoice):
            return chosen.id
        if not chosen.strip():
            return None
        found = self.live.reads.nation_by_code(chosen, self._iso_day())
        if found is None:
            sentence = words.sentence(UnknownCode(what="nation", code=chosen.strip()))
            raise FieldError(self.nation, sentence)
        return found

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if isinstance(error, MarkError):
            return self.mark
        fields = {"series": self.series, "record_kind": self.kind, "record_list": self.kind}
        return fields.get(str(error.details.get("what")), self.holder)
