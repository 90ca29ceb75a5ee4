"""Keep a record list, and say what stood before the book begins."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.records import NewBaseline, RecordPolicy
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
from medaldesk.gui.dialogs.policy_dialog import PolicyFields
from medaldesk.gui.dialogs.record_scope import Scope, ScopeFields
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words


class RecordDialog(FormDialog):
    """A kind of record of an event type, to what it is narrowed, and the mark that stood.

    How the list judges is folded behind More…. A list that is kept already has its mark set and
    its policy changed; `created` is the id of the list.
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
        self._policy_of: int | None = None
        self._type = live.reads.event_type(event_type)
        self._kinds = {row.code: row.name for row in live.reads.record_kinds()}
        self.entitle(
            self.tr("Record in {event}").format(event=self._type.name), self.tr("Keep record")
        )
        self.kind = CompletingEdit(choice_source(self._known_kinds))
        self.scope = ScopeFields(live.reads, self._type, competition, self)
        self.mark = QLineEdit()
        self.holder = CompletingEdit(athlete_source(live.reads))
        self.day = DateField()
        self.nation = CompletingEdit(nation_source(live.reads, self._iso_day))
        self.place = QLineEdit()
        self.policy = PolicyFields(self._type)
        self.more = QPushButton(self.tr("M&ore…"))
        self._add_fields()
        self.kind.textChanged.connect(self._follow_kind)
        self.scope.changed.connect(self._show_what_stands)
        self.holder.picked.connect(self._suggest_nation)
        self.more.toggled.connect(self._fold)
        self.policy.show(self.policy.usual())
        self._fold()
        self._suggest_kind()

    def _add_fields(self) -> None:
        self.kind.setPlaceholderText(self.tr("OR, WR, NR …"))
        self.add_field(self.tr("&Kind"), self.kind, needed=True)
        self.scope.add_to(self)
        tip = self.tr("What stood before the results of this book; nothing, if that is not known")
        self.add_field(self.tr("&Mark"), self.mark, tip=tip)
        self.add_field(self.tr("&Holder"), self.holder)
        self.add_field(self.tr("&Nation"), self.nation)
        self.add_field(self.tr("&Date"), self.day)
        self.add_field(self.tr("&Place"), self.place)
        self.more.setAutoDefault(False)
        self.more.setCheckable(True)
        self.more.setToolTip(self.tr("What else the list can be narrowed to, and how it judges"))
        beside = QHBoxLayout()
        beside.addWidget(self.more)
        beside.addStretch(1)
        self.form.addRow("", beside)
        self.policy.add_to(self)

    def _fold(self) -> None:
        """Show what matters for the kind, and the rest where it is wanted or says something."""
        scope, is_open = self.scope, self.more.isChecked()
        self.more.setText(self.tr("&Only the usual") if is_open else self.tr("M&ore…"))
        fields = (scope.series, scope.nation, scope.continent, scope.venue, scope.age_class)
        wanted = {*scope.of_kind(self._kind()), *scope.filled()}
        for field in fields:
            self.form.setRowVisible(field, is_open or field in wanted)
        self.form.setRowVisible(scope.age_rule, is_open or scope.age_class in wanted)
        for rule in self.policy.all:
            self.form.setRowVisible(rule, is_open)
        if self.isVisible():
            self._fit()

    def show_problem(self, field: QWidget | None, sentence: str) -> None:
        """What is wrong is in sight."""
        if field is not None and field.isHidden():
            self.more.setChecked(True)
        super().show_problem(field, sentence)

    # Suggesting

    def _known_kinds(self) -> list[Suggestion]:
        return [Suggestion(code, code, detail=name) for code, name in self._kinds.items()]

    def _suggest_kind(self) -> None:
        """The first of the usual kinds that is not kept yet."""
        kept = {row.code for row in self.live.reads.record_lists(self._type.id)}
        usual = ("OR", "WR") if self.scope.series_of_competition else ("WR",)
        kind = next((code for code in usual if code not in kept), None)
        if kind is not None:
            self.kind.fill(kind, kind)
            self.kind.selectAll()

    def _follow_kind(self) -> None:
        """Narrow the list as its kind usually is; what a kind is never without must be typed."""
        kind = self._kind()
        self.scope.suggest(kind)
        for field in (self.scope.nation, self.scope.venue, self.scope.age_class):
            self._needed.pop(field, None)
            if field in self.scope.of_kind(kind):
                self._needed[field] = field.accessibleName()
        self._fold()
        self._show_what_stands()

    def _suggest_nation(self, holder: object) -> None:
        """The nation of an athlete that was picked, on the day where one is known."""
        if not isinstance(holder, AthleteChoice) or self.nation.text() or holder.nation_id is None:
            return
        code = self.live.reads.nation_code(holder.nation_id, self._iso_day())
        self.nation.fill(code, NationChoice(holder.nation_id, code, holder.nation))

    def _show_what_stands(self) -> None:
        """Fill in the mark of a list that is kept already, unless something is typed."""
        kept = self._kept(self.scope.known())
        self._show_policy(kept)
        fields = (self.mark, self.holder, self.nation, self.day, self.place)
        if any(field.isModified() for field in fields):
            return
        stands = self._baseline(kept) if kept else None
        self.mark.setText(format_mark(stands.mark, self._type.form.kind) if stands else "")
        self.holder.fill(stands.holder if stands else "")
        self.nation.fill(stands.nation if stands else "")
        self.day.fill(stands.day if stands else None)
        self.place.setText((stands.place if stands else None) or "")

    def _show_policy(self, kept: RecordListRow | None) -> None:
        """How a kept list judges; another one leaves alone what is typed for a new one."""
        if (kept and kept.id) != self._policy_of:
            self._policy_of = kept.id if kept else None
            self.policy.show(kept.policy if kept else self.policy.usual())

    # What is typed

    def _iso_day(self) -> str | None:
        day = self.day.known()
        return day.isoformat() if day else None

    def _kind(self) -> str | None:
        """The code of the kind that was typed, in any case."""
        typed = fold(self.kind.text())
        return next((code for code in self._kinds if fold(code) == typed), None)

    def _kept(self, scope: Scope | None) -> RecordListRow | None:
        """The list of this kind and scope, where there is one."""
        kind, reads = self._kind(), self.live.reads
        for row in reads.record_lists(self._type.id) if scope else ():
            nation = reads.nation_by_code(row.nation) if row.nation else None
            if scope and row.code == kind and scope.is_of(row, nation):
                return row
        return None

    def _baseline(self, kept: RecordListRow) -> RecordRow | None:
        rows = self.live.reads.record_history(kept.id).rows
        return rows[0] if rows and rows[0].result is None else None

    # Answering

    def making(self) -> Making:
        kind = self._kind()
        if kind is None:
            sentence = words.sentence(UnknownCode(what="record_kind", code=self.kind.text()))
            raise FieldError(self.kind, sentence)
        scope = self.scope.scope()
        kept, stood, policy = self._kept(scope), self._stood(scope), self.policy.policy(self)
        if kept is not None and stood is None and policy == kept.policy:
            sentence = self.tr("This list is kept already: type the mark that stood.")
            raise FieldError(self.mark, sentence)
        action = Action.ADD_RECORD_LIST
        if kept:
            action = Action.SET_BASELINE if stood else Action.CHANGE_RECORD_LIST

        def make(edits: Edits) -> None:
            with edits.together(action, f"{kind} {self._type.name}"):
                found = kept.id if kept else self._add(edits, kind, scope, policy)
                if kept and policy != kept.policy:
                    edits.change_record_list(found, policy)
                if stood is not None:
                    edits.set_baseline(found, stood)
                self.created = found

        return make

    def _add(self, edits: Edits, kind: str, scope: Scope, policy: RecordPolicy) -> int:
        return edits.add_record_list(
            kind,
            self._type.id,
            series=scope.series,
            nation=scope.nation,
            venue=scope.venue,
            continent=scope.continent,
            age_class=scope.age_class,
            policy=policy,
        )

    def _stood(self, scope: Scope) -> NewBaseline | None:
        """What stood before the book; None where nothing of it is typed. Raises FieldError.

        Who holds the record of a nation is of this nation.
        """
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
            nation=self._nation() or scope.nation,
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
        fields = {"series": self.scope.series, "record_kind": self.kind, "record_list": self.kind}
        return fields.get(str(error.details.get("what")), self.holder)
