"""Two athletes of the book are one person: both side by side, and the question who stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QWidget

from medaldesk.book.reads.search import AthleteChoice
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.delegates.completing import CompletingEdit
from medaldesk.gui.delegates.suggestions import known_athlete_source
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme
from medaldesk.reports import words

KEYS = ("name", "nations", "born", "results", "days")
"""What is shown of each of the two."""


class MergeDialog(FormDialog):
    """Enter takes the other athlete, and once more merges; `kept` is the one who stays."""

    def __init__(self, live: LiveBook, athlete: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._ids: list[int] = [athlete]
        self.entitle(self.tr("Merge athletes"), self.tr("Merge"))
        self.other = CompletingEdit(known_athlete_source(live.reads, without=athlete))
        name = live.reads.athlete_name(athlete)
        self.other.setPlaceholderText(self.tr("The other name of {name}").format(name=name))
        self.add_field(self.tr("&Other athlete"), self.other, needed=True)
        self.stays = [QRadioButton(), QRadioButton()]
        self.facts: list[dict[str, QLabel]] = [{}, {}]
        self._both = QWidget()
        self._lay_out()
        self.form.addRow(self._both)
        what = QLabel(wordWrap=True)
        what.setText(
            self.tr("All results, teams and records of both are then those of the one you keep.")
        )
        what.setProperty("role", "muted")
        self.form.addRow(what)
        self._results = self._show(0, athlete)
        self._show_other(None)
        self.other.picked.connect(self._on_picked)
        self.other.textEdited.connect(lambda: self._show_other(None))

    @property
    def kept(self) -> int:
        """The id of the one who stays."""
        return self._ids[self._place]

    @property
    def _place(self) -> int:
        return 1 if len(self._ids) > 1 and self.stays[1].isChecked() else 0

    # Showing

    def _lay_out(self) -> None:
        px = theme().px
        grid = QGridLayout(self._both)
        grid.setContentsMargins(0, px(6), 0, px(6))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        for row, title in enumerate(self._titles(), start=1):
            label = QLabel(title)
            label.setProperty("role", "muted")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        for column, (stays, facts) in enumerate(zip(self.stays, self.facts, strict=True), start=1):
            stays.setText(self.tr("Keep"))
            grid.addWidget(stays, 0, column)
            grid.setColumnStretch(column, 1)
            for row, key in enumerate(KEYS, start=1):
                facts[key] = QLabel(wordWrap=True)
                facts[key].setTextFormat(Qt.TextFormat.PlainText)
                facts[key].setMinimumWidth(px(110))
                grid.addWidget(facts[key], row, column, Qt.AlignmentFlag.AlignTop)

    def _titles(self) -> tuple[str, ...]:
        tr = self.tr
        return (tr("Name"), tr("Nations"), tr("Born"), tr("Results"), tr("Days"))

    def _show(self, place: int, athlete: int) -> int:
        """Show who one of the two is; returns how many results they have."""
        head = self.live.reads.athlete_page(athlete)
        days = sorted(row.day for row in self.live.reads.athlete_results(athlete))
        texts = (
            head.name,
            words.nations_in_time(head.nations) or self.tr("none"),
            words.day(head.birth_date) if head.birth_date else self.tr("not known"),
            str(len(days)),
            words.days(days[0], days[-1]) if days else self.tr("none"),
        )
        for key, text in zip(KEYS, texts, strict=True):
            self.facts[place][key].setText(text)
        self.stays[place].setAccessibleName(self.tr("Keep {name}").format(name=head.name))
        return len(days)

    def _show_other(self, athlete: int | None) -> None:
        """Show the two side by side; the one with more results stays if nobody says otherwise."""
        del self._ids[1:]
        self._both.setVisible(athlete is not None)
        if athlete is not None:
            self._ids.append(athlete)
            self._choose(int(self._show(1, athlete) > self._results))
        if self.isVisible():
            self._fit()

    def _choose(self, place: int) -> None:
        """Say who stays; Tab goes to that one, the arrows to the other."""
        self.stays[place].setChecked(True)
        self.stays[place].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stays[1 - place].setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _on_picked(self, choice: object) -> None:
        if isinstance(choice, AthleteChoice):
            self._show_other(choice.id)

    # Answering

    def making(self) -> Making:
        if len(self._ids) < 2:
            sentence = self.tr("“{text}” is nobody of this book: choose a name of the list.")
            raise FieldError(self.other, sentence.format(text=self.other.text().strip()))
        keep, other = self._ids[self._place], self._ids[1 - self._place]
        return lambda edits: edits.merge_athletes(keep, other)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.other
