"""Rule on a record: ratified, annulled, reinstated or provisional, and since when (RULES R26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import format_mark
from medaldesk.domain.records import Ruling
from medaldesk.gui.dialogs.form import DateField, FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.record_model import key_of
from medaldesk.gui.theme import theme
from medaldesk.reports import words

USUAL_NEXT = {Ruling.RATIFIED: Ruling.ANNULLED, Ruling.REINSTATED: Ruling.ANNULLED,
              Ruling.ANNULLED: Ruling.REINSTATED}  # fmt: skip
"""What is ruled after a ruling; at first a record is ratified."""


class RulingDialog(FormDialog):
    """One ruling on one mark of a list; `row` is a line of its history, or an annulled mark."""

    def __init__(
        self, live: LiveBook, history: RecordHistory, row: RecordRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(live, parent)
        assert row.result is not None
        self._history, self._row, self._result = history, row, row.result
        self.entitle(self.tr("Rule on record"), self.tr("Rule"))
        self.rulings = RulingChoice()
        now = row.ruling.ruling if row.ruling else Ruling.PROVISIONAL
        self.rulings.choose(USUAL_NEXT.get(now, Ruling.RATIFIED))
        self.day = DateField(date.today)
        self.source = QLineEdit()
        self.outlook = QLabel(wordWrap=True)
        self.outlook.setTextFormat(Qt.TextFormat.PlainText)
        self._add_fields()
        self.rulings.chosen.connect(self._show_outlook)
        self.day.textChanged.connect(self._show_outlook)
        self._show_outlook()

    def _add_fields(self) -> None:
        mark = QLabel(self._marked(), wordWrap=True)
        mark.setFont(theme().font(1.05, QFont.Weight.DemiBold))
        about = QLabel(" · ".join(self._about()), wordWrap=True)
        about.setProperty("role", "muted")
        for label in (mark, about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.form.addRow(label)
        tip = self.tr("The arrow keys, or the first letter")
        self.add_field(self.tr("Ruling"), self.rulings, tip=tip)
        tip = self.tr("The day of the ruling; the latest ruling on a mark holds")
        self.add_field(self.tr("&Date"), self.day, needed=True, tip=tip)
        self.source.setPlaceholderText(self.tr("Press release, minutes, page"))
        tip = self.tr("Where the ruling can be read; may stay empty")
        self.add_field(self.tr("&Source"), self.source, tip=tip)
        self.form.addRow(self.outlook)

    def _marked(self) -> str:
        day = words.day(self._row.day)
        return ", ".join(part for part in (self._held(self._row), day) if part)

    def _about(self) -> Iterator[str]:
        found = self._history.list
        yield self.tr("{record} in {event}").format(
            record=found.kind_name, event=found.event_type_name
        )
        if self._row.ruling and self._row.ruling.day:
            now = words.record_ruling_line(self._row.ruling)
            yield self.tr("Until now: {ruling}").format(ruling=now)

    def _held(self, row: RecordRow) -> str:
        """`1:12.59 Femke Kok NED`."""
        mark = format_mark(row.mark, self._history.list.form.kind)
        return f"{mark} {row.holder} {row.nation}".rstrip()

    def _enter_first_field(self) -> None:
        self.rulings.setFocus(Qt.FocusReason.TabFocusReason)

    # What becomes of the list

    def _show_outlook(self) -> None:
        self.outlook.setText(self._outlook())
        self.outlook.setAccessibleName(self.outlook.text())

    def _outlook(self) -> str:
        now, day = self._row.ruling, self.day.known()
        if now and now.day and day and day.isoformat() < now.day:
            later = words.record_ruling_line(now)
            return self.tr("A later ruling holds all the same: {ruling}.").format(ruling=later)
        standing = self.live.reads.would_stand(
            self._history.list.id, self._result, self.rulings.value()
        )
        if not standing:
            return self.tr("After it there is no record in this list.")
        keys = [key_of(row) for row in standing]
        same = sorted(keys) == sorted(key_of(row) for row in self._history.current)
        template = self.tr("The record is then {record}.")
        if same:
            template = self.tr("The record stays {record}.")
        return template.format(record=self._all_held(standing))

    def _all_held(self, rows: Sequence[RecordRow]) -> str:
        return ", ".join(self._held(row) for row in rows)

    # Answering

    def making(self) -> Making:
        day, ruling = self.read(self.day, self.day.day), self.rulings.value()
        if self._row.day and day.isoformat() < self._row.day:
            sentence = self.tr("The mark was made on {day}: a ruling on it came then or later.")
            raise FieldError(self.day, sentence.format(day=words.day(self._row.day)))
        source = " ".join(self.source.text().split()) or None
        return lambda edits: edits.rule_record(
            self._history.list.id, self._result, ruling, day, source
        )

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.day


class RulingChoice(QWidget):
    """The four rulings below each other; the arrows or a letter choose, `chosen` tells which."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Ruling, QRadioButton] = {}
        self._keys = {
            Qt.Key.Key_R: Ruling.RATIFIED,
            Qt.Key.Key_A: Ruling.ANNULLED,
            Qt.Key.Key_I: Ruling.REINSTATED,
            Qt.Key.Key_P: Ruling.PROVISIONAL,
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(4))
        for key, ruling in self._keys.items():
            word = words.record_ruling(ruling)
            text = self.tr("{ruling} ({key})").format(ruling=word, key=key.name[-1])
            button = QRadioButton(text, self)
            button.toggled.connect(self._tell)
            self._group.addButton(button)
            self._buttons[ruling] = button
            layout.addWidget(button)

    def value(self) -> Ruling:
        """The ruling that is chosen."""
        return next(ruling for ruling, button in self._buttons.items() if button.isChecked())

    def choose(self, ruling: Ruling) -> None:
        """Choose a ruling, and give it the keys."""
        self._buttons[ruling].setChecked(True)
        self.setFocusProxy(self._buttons[ruling])
        if self.isVisible():
            self._buttons[ruling].setFocus()

    def _tell(self, on: bool) -> None:
        """Of the two buttons that change at once, the one that is on speaks."""
        if on:
            self.chosen.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        picked = self._keys.get(Qt.Key(event.key()))
        if picked is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.choose(picked)
