"""What stands around the steps of an import: their names, one sentence, progress, buttons."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from medaldesk.gui.dialogs.import_step import ImportStep, say, sentence_label
from medaldesk.gui.theme import theme
from medaldesk.reports.import_preview_words import stage_word


class Step(IntEnum):
    """The steps, in their order."""

    FILES = 0
    COLUMNS = 1
    VALUES = 2
    PREVIEW = 3


class ImportFrame(QDialog):
    """Shows one of its steps at a time, and how far what is under way has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[ImportStep, ...] = ()
        self.setAcceptDrops(True)
        self.bar = QTabBar(self)
        self.bar.setAccessibleName(self.tr("Steps"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.stack = QStackedWidget(self)
        self.problem = sentence_label(self, "error")
        self.said = sentence_label(self, "muted")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _build_buttons(self) -> None:
        self.keep = QPushButton(self.tr("&Keep as a profile…"), self)
        self.keep.setToolTip(self.tr("Give these answers a name, for the next file of the kind"))
        self.back_button = QPushButton(self.tr("&Back"), self)
        self.next_button = QPushButton(self)
        self.next_button.setDefault(True)
        self.cancel_button = QPushButton(self)

    def _lay_out(self) -> None:
        px = theme().px
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        for button in (self.back_button, self.next_button, self.cancel_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(14), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        for part in (self.problem, self.said, self.progress):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.progress.hide()
        room = self.screen().availableGeometry().size() * 0.94
        self.resize(min(px(1060), room.width()), min(px(720), room.height()))

    def add_steps(self, *steps: ImportStep) -> None:
        """Say what is shown, in the order of `Step`."""
        self.steps = steps
        titles = (
            self.tr("1  Files"),
            self.tr("2  Columns"),
            self.tr("3  Values and marks"),
            self.tr("4  Preview"),
        )
        for title, step in zip(titles, steps, strict=True):
            self.bar.addTab(title)
            self.stack.addWidget(_scrolling(step))
        # Tab goes through a step before it comes to the buttons.
        self._build_buttons()
        self._lay_out()

    @property
    def step(self) -> Step:
        return Step(self.stack.currentIndex())

    def show_step(self, step: Step) -> None:
        """Bring a step into sight."""
        self.stack.setCurrentIndex(step)
        titles = {
            Step.FILES: self.tr("Import: files"),
            Step.COLUMNS: self.tr("Import: columns"),
            Step.VALUES: self.tr("Import: values and marks"),
            Step.PREVIEW: self.tr("Import: preview"),
        }
        self.setWindowTitle(titles[step])
        self.bar.blockSignals(True)
        self.bar.setCurrentIndex(step)
        self.bar.blockSignals(False)

    def allow_steps(self, *allowed: bool) -> None:
        """Say which steps can be gone to."""
        for number, is_allowed in enumerate(allowed):
            # A tab bar leaves a tab that is switched off for another one.
            self.bar.setTabEnabled(number, number == self.step or is_allowed)

    def enter_step(self) -> None:
        """Put the keyboard where the step in sight begins."""
        if not self.steps[self.step].enter():
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, text: str) -> None:
        """Say what is wrong, in a sentence; nothing takes away what was said."""
        say(self.problem, text)

    def tell_stage(self, stage: str, finished: int, total: int) -> None:
        """Say how far what is under way has come."""
        say(self.said, stage_word(stage))
        self.progress.setRange(0, total)
        self.progress.setValue(finished)

    def show_progress(self, *, busy: bool, takes_keys: bool) -> None:
        """Show that something is under way; where it `takes_keys`, Enter must not stop it."""
        self.progress.setVisible(busy)
        if not busy:
            say(self.said, "")
            return
        self.progress.setRange(0, 0)
        if not self.said.text():
            say(self.said, stage_word("open"))
        if takes_keys:
            self.progress.setFocus(Qt.FocusReason.OtherFocusReason)


def _scrolling(step: ImportStep) -> QScrollArea:
    """A step that scrolls where the screen is too small for its text."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(step)
    return area
