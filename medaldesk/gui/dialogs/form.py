"""What every dialog has in common: fields, one sentence when something is wrong, two buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from medaldesk.book.edits import Edits
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.dialogs.dates import parse_day
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme
from medaldesk.reports import words

_NO_LIMIT = 16_777_215
"""What Qt takes for no greatest height."""

Making = Callable[[Edits], object]


class FieldError(Exception):
    """What a field holds cannot be taken; `sentence` says why."""

    def __init__(self, field: QWidget | None, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class DateField(QLineEdit):
    """A day, typed in any spelling; what is left out is that of the day that `near` tells."""

    def __init__(self, near: Callable[[], date | None] = lambda: None) -> None:
        super().__init__()
        self._near = near
        self.setPlaceholderText("2026-02-06")
        self.editingFinished.connect(self._spell_out)

    def day(self) -> date | None:
        """The day; None where nothing is typed. Raises BadDate."""
        return parse_day(self.text(), self._near())

    def known(self) -> date | None:
        """The day as far as it can be read already."""
        try:
            return self.day()
        except MedalDeskError:
            return None

    def fill(self, day: date | str | None) -> None:
        self.setText(str(day or ""))

    def _spell_out(self) -> None:
        if (day := self.known()) is not None:
            self.setText(day.isoformat())


class Choice(QComboBox):
    """One of a few; `choose` and `chosen` speak of values, not of words."""

    def __init__(
        self, choices: Sequence[tuple[str, object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self.refill(choices)

    def refill(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer other choices."""
        self.clear()
        # Qt would hand an enum back as a plain str.
        self._values = [value for _, value in choices]
        self.addItems([text for text, _ in choices])

    def chosen(self) -> Any:
        number = self.currentIndex()
        return self._values[number] if number >= 0 else None

    def choose(self, value: object) -> None:
        """Show a value; nothing, where it is not among the choices."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class Form(QDialog):
    """A few fields and two buttons.

    Enter goes to the next field that must be filled, and accepts once there is none.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._needed: dict[QWidget, str] = {}
        self._inside = QWidget()
        self.form = QFormLayout(self._inside)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self.problem = QLabel(wordWrap=True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.hide()
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        for part in (self._scroll, self.problem, self.buttons):
            outside.addWidget(part)
        self._space()

    def _space(self) -> None:
        px, outside = theme().px, self.layout()
        assert outside is not None
        outside.setContentsMargins(px(20), px(18), px(20), px(16))
        outside.setSpacing(px(12))
        between = self.buttons.layout()
        assert between is not None
        between.setSpacing(px(8))
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(px(12))
        self.form.setVerticalSpacing(px(8))

    # Building

    def entitle(self, title: str, verb: str) -> None:
        """Say what the form is for, and on the button what Enter does."""
        self.setWindowTitle(title)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(verb)

    def add_field(self, label: str, field: QWidget, *, needed: bool = False, tip: str = "") -> None:
        """Add a field below the others; `&` in the label is its key with Alt."""
        self._prepare(label, field, needed=needed, tip=tip)
        self.form.addRow(label, field)

    def add_fields(self, label: str, fields: Sequence[tuple[str, QWidget]]) -> None:
        """Add fields side by side under one label, each with a name of its own."""
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        for name, field in fields:
            self._prepare(name, field, tip=name)
            line.addWidget(field, 1)
        title = QLabel(label)
        title.setBuddy(fields[0][1])
        self.form.addRow(title, line)

    def _prepare(self, label: str, field: QWidget, *, needed: bool = False, tip: str = "") -> None:
        name = label.replace("&", "")
        field.setAccessibleName(name)
        field.setToolTip(tip)
        if needed:
            self._needed[field] = name
        if isinstance(field, QLineEdit):
            field.textChanged.connect(lambda: self._mark(field, wrong=False))
        else:
            field.setMinimumHeight(self.line_height)
        if isinstance(field, QAbstractSpinBox):
            # Of the padding in a style sheet, its text takes no notice.
            field.lineEdit().setTextMargins(theme().px(6), 0, 0, 0)

    @property
    def line_height(self) -> int:
        """The height of a line of text, for what stands beside one."""
        return QLineEdit().sizeHint().height()

    # Answering

    def read(self, field: QWidget, reading: Callable[[], Any]) -> Any:
        """What a field says; where it cannot be read, it is marked. Raises FieldError."""
        try:
            return reading()
        except MedalDeskError as error:
            raise FieldError(field, words.sentence(error)) from error

    def settle(self) -> None:
        """Do what the form is for. Raises FieldError."""

    def accept(self) -> None:
        """Do what the form is for and close, or say what is wrong and stay."""
        try:
            self._refuse_empty()
            self.settle()
        except FieldError as wrong:
            self.show_problem(wrong.field, wrong.sentence)
            return
        super().accept()

    def show_problem(self, field: QWidget | None, sentence: str) -> None:
        """Mark a field, put the cursor into it, and say what is wrong."""
        for other in self._inside.findChildren(QLineEdit):
            self._mark(other, wrong=other is field)
        self.problem.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.show()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(field)
        if isinstance(field, QLineEdit):
            field.setAccessibleDescription(sentence)
            field.selectAll()
        self._fit()

    def _refuse_empty(self) -> None:
        for field in self._empty():
            sentence = self.tr("{field} is empty: type it.").format(field=self._needed[field])
            raise FieldError(field, sentence)

    def _empty(self) -> list[QWidget]:
        """The fields that must be filled and are not."""
        return [
            field
            for field in self._needed
            if isinstance(field, QLineEdit) and field.isEnabled() and not field.text().strip()
        ]

    def _mark(self, field: QLineEdit, *, wrong: bool) -> None:
        if bool(field.property("wrong")) != wrong:
            field.setProperty("wrong", wrong)
            field.style().unpolish(field)
            field.style().polish(field)
            field.setAccessibleDescription("")

    # Keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
            return
        others = [field for field in self._empty() if field is not focus]
        if others:
            others[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._enter_first_field()

    def _enter_first_field(self) -> None:
        """What is typed first goes into the first field, not onto a button."""
        fields = (field for field in self._inside.findChildren(QLineEdit) if field.isEnabled())
        first = next(fields, None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            first.selectAll()

    def _fit(self) -> None:
        """As high as the form, but never higher than the screen: then the form scrolls."""
        px, inside = theme().px, self._inside.sizeHint()
        room = self.screen().availableGeometry().size() * 0.9
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        width = min(max(inside.width() + bar, px(420)), room.width())
        self._scroll.setMinimumWidth(width)
        self.problem.setFixedHeight(max(self.problem.heightForWidth(width), 0))
        # What the scrolled part was fixed to the last time would count as the rest.
        self._scroll.setMinimumHeight(0)
        self._scroll.setMaximumHeight(_NO_LIMIT)
        rest = self.sizeHint().height() - self._scroll.sizeHint().height()
        height = self._inside.heightForWidth(width)
        height = max(height, inside.height())
        least = min(px(60), height)
        self._scroll.setFixedHeight(max(least, min(height, room.height() - max(rest, 0))))
        self.adjustSize()


class FormDialog(Form):
    """A form over an open book.

    Its edit is one undo step; if it cannot be made, the field is marked, one sentence says why,
    and all that was typed stays.
    """

    def __init__(self, live: LiveBook, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.live = live

    def making(self) -> Making:
        """What the form asks for, as an edit. Raises FieldError."""
        raise AssertionError("every form makes something")

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        """The field that an edit was refused for."""
        return None

    def settle(self) -> None:
        error = self.live.attempt(self.making())
        if error is not None:
            raise FieldError(self.field_of(error), words.sentence(error))
