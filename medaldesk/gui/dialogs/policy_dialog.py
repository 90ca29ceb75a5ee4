"""How a record list judges the marks that count for it (RULES R25)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from medaldesk.book.edits.records import RecordPolicy
from medaldesk.book.reads.programme import EventTypeRow
from medaldesk.book.reads.records import RecordListRow
from medaldesk.domain.errors import BadWind, MarkError, MedalDeskError
from medaldesk.domain.marks import MILLIONTHS, Mark, format_mark, parse_mark
from medaldesk.domain.records import EVERY_BREAK
from medaldesk.domain.wind import format_wind, parse_wind
from medaldesk.gui.dialogs.form import Choice, Form, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.reports import words
from medaldesk.reports.language import tr

USUAL_WIND_LIMIT = 2 * MILLIONTHS
"""In millionths of a metre per second: what athletics allows, where an event measures wind."""


class PolicyFields:
    """The fields of a policy, in a form to add a list as in one to change it."""

    def __init__(self, event_type: EventTypeRow) -> None:
        self._type = event_type
        self.margin = QLineEdit()
        self.breaks = Choice([(tr("every break"), False), (tr("only the best of a day"), True)])
        self.wind = QLineEdit()
        self.equals = QCheckBox(tr("&Equal marks share the record"))
        self.assisted = QCheckBox(tr("&Assisted marks count"))
        self.ratified = QCheckBox(tr("Records are to be ra&tified"))
        example = tr("any better mark; or one such as {mark}")
        self.margin.setPlaceholderText(example.format(mark=self._least_margin()))
        self.wind.setPlaceholderText(tr("no limit; or one such as +2.0"))

    @property
    def all(self) -> tuple[QWidget, ...]:
        """The fields that this type of event has, from the top."""
        wind = (self.wind,) if self._type.measures_wind else ()
        boxes = (self.equals, self.assisted, self.ratified)
        return (self.margin, self.breaks, *wind, *boxes)

    def usual(self) -> RecordPolicy:
        """How a new list of this type of event judges."""
        limit = USUAL_WIND_LIMIT if self._type.measures_wind else None
        return RecordPolicy(wind_limit=limit) if limit else EVERY_BREAK

    def add_to(self, form: Form) -> None:
        """Put the fields below those of a form."""
        tip = tr("The least by which a mark must be better to be a record; nothing for any")
        form.add_field(tr("&Better by"), self.margin, tip=tip)
        tip = tr("Whether a record that fell again on the same day was one")
        form.add_field(tr("&Counted"), self.breaks, tip=tip)
        if self._type.measures_wind:
            tip = tr("In metres per second; a mark without a known wind does not count then")
            form.add_field(tr("&Wind up to"), self.wind, tip=tip)
        for box, tip in (
            (self.equals, tr("Whether somebody who equals a record holds it, too")),
            (self.assisted, tr("Whether a mark with a pacemaker or the like counts")),
            (self.ratified, tr("Records are provisional until somebody ruled on them")),
        ):
            form.add_field("", box, tip=tip)
            box.setAccessibleName(box.text().replace("&", ""))

    def show(self, policy: RecordPolicy) -> None:
        """Show a policy."""
        least = policy.minimum_margin
        self.margin.setText(self._margin_text(least) if least else "")
        self.breaks.choose(policy.day_best)
        self.wind.setText(format_wind(policy.wind_limit))
        self.equals.setChecked(policy.shares_equal)
        self.assisted.setChecked(policy.allows_assistance)
        self.ratified.setChecked(policy.needs_ratification)

    def policy(self, form: Form) -> RecordPolicy:
        """The policy that is typed. Raises FieldError."""
        return RecordPolicy(
            shares_equal=self.equals.isChecked(),
            minimum_margin=form.read(self.margin, self._margin),
            day_best=self.breaks.chosen(),
            wind_limit=form.read(self.wind, lambda: parse_wind(self.wind.text())),
            allows_assistance=self.assisted.isChecked(),
            needs_ratification=self.ratified.isChecked(),
        )

    def _margin(self) -> int | None:
        text = self.margin.text().strip()
        return parse_mark(text, self._type.form).value or None if text else None

    def _least_margin(self) -> str:
        """The smallest difference between two marks of this type: `0.01`."""
        return self._margin_text(MILLIONTHS // 10**self._type.form.decimals)

    def _margin_text(self, value: int) -> str:
        form = self._type.form
        return format_mark(Mark(value, form.decimals), form.kind)


class PolicyDialog(FormDialog):
    """Judge a record list in another way."""

    def __init__(self, live: LiveBook, row: RecordListRow, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._list = row
        self.entitle(self.tr("Change record list"), self.tr("Change"))
        about = QLabel(self._about(), wordWrap=True)
        about.setTextFormat(Qt.TextFormat.PlainText)
        self.form.addRow(about)
        self.fields = PolicyFields(live.reads.event_type(row.event_type))
        self.fields.add_to(self)
        self.fields.show(row.policy)

    def _about(self) -> str:
        named = self.tr("{record} in {event}").format(
            record=self._list.kind_name, event=self._list.event_type_name
        )
        scope = words.record_scope(self._list)
        return self.tr("{list} ({scope})").format(list=named, scope=scope) if scope else named

    def making(self) -> Making:
        policy = self.fields.policy(self)
        return lambda edits: edits.change_record_list(self._list.id, policy)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if isinstance(error, BadWind):
            return self.fields.wind
        return self.fields.margin if isinstance(error, MarkError) else None
