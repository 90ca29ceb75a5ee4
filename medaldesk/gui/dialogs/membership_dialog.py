"""Say for each nation of a competition whether it is in the medal table (RULES R15)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.nations import MEMBERSHIPS
from medaldesk.domain.standings import Tally
from medaldesk.gui.dialogs.form import FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.membership_model import MembershipModel, PlaceInTable
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import FilterLine
from medaldesk.gui.widgets.records_strip import FlowLayout
from medaldesk.gui.widgets.table import Table
from medaldesk.reports import words

LEAST_LINES, MOST_LINES = 4, 10
"""Nations that are seen without scrolling."""

MANY = 3
"""More nations than this are told in a number."""

LINES_BESIDE = 8
"""What else stands in the dialog, in lines."""


class MembershipDialog(FormDialog):
    """The nations entered in a competition; R, U, L or the arrows choose for those selected.

    All that changed is one undo step.
    """

    def __init__(self, live: LiveBook, competition: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._competition = live.reads.competition(competition)
        self.entitle(
            self.tr("Medal table of {name}").format(name=self._competition.name),
            self.tr("Set places"),
        )
        places = _places(live, competition)
        self._before = {place.nation_id: place.membership for place in places}
        self.model = MembershipModel(places, self)
        self.filter = FilterLine(self.tr("Find a nation by code or name"))
        self.table = _Places(self.model, self.tr("Nations of this competition"))
        self.buttons_of = {choice: self._button(choice) for choice in MEMBERSHIPS}
        self.meaning = QLabel(wordWrap=True)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self._tell()

    def _button(self, choice: str) -> QPushButton:
        """A choice for whoever has a mouse, with the key of whoever has not."""
        key = {"ranked": "R", "unranked": "U", "left_out": "L"}[choice]
        text = self.tr("{choice} ({key})").format(choice=words.membership_word(choice), key=key)
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(self.tr("For the nations that are selected"))
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _lay_out(self) -> None:
        px = theme().px
        choices = QWidget()
        flow = FlowLayout(choices)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(px(8))
        for button in self.buttons_of.values():
            flow.addWidget(button)
        screen = self.screen().availableGeometry().size() * 0.9
        self.table.setMinimumWidth(min(px(430), screen.width() - px(64)))
        room = round(screen.height() / theme().row_height)
        lines = min(max(room - LINES_BESIDE, LEAST_LINES), MOST_LINES)
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + lines * theme().row_height
        )
        for part in (self.filter, self.table, choices, self.meaning):
            self.form.addRow(part)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.filter.stepped.connect(lambda _: self.table.setFocus())
        self.filter.entered.connect(self.table.setFocus)
        self.table.chosen.connect(self._choose)
        self.table.stepped.connect(self._step)
        self.model.edited.connect(self._tell)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._select_first()

    # Choosing

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._select_first()

    def _select_first(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)

    def _choose(self, membership: str) -> None:
        self.model.choose(self.table.selected(), membership)

    def _step(self, by: int) -> None:
        self.model.step(self.table.selected(), by)

    def _tell(self) -> None:
        """What the choices mean for the sums."""
        places = self.model.places()
        if not places:
            self._say(self.tr("Nobody is entered in this competition yet."))
            return
        unranked = sum(place.membership == "unranked" for place in places)
        out = [place.tally for place in places if place.membership == "left_out"]
        if not unranked and not out:
            self._say(self.tr("Every nation is ranked, and every medal is in the table."))
            return
        medals = sum(out, Tally()).total
        parts = [self.tr("Without a rank: {unranked}."), self.tr("Left out: {out}.")]
        if not out:
            parts.pop()
        elif medals == 1:
            parts.append(self.tr("Its official medal still counts in the sum of all medals."))
        elif medals:
            parts.append(
                self.tr("Its {medals} official medals still count in the sum of all medals.")
                if len(out) == 1
                else self.tr("Their {medals} official medals still count in the sum of all medals.")
            )
        sentence = " ".join(parts if unranked else parts[1:])
        self._say(sentence.format(unranked=unranked, out=len(out), medals=medals))

    def _say(self, text: str) -> None:
        """Tell it whole: the dialog grows where a sentence needs another line."""
        self.meaning.setText(text)
        if self.isVisible():
            self._fit()

    # Answering

    def making(self) -> Making:
        changed = self.model.changed(self._before)
        competition = self._competition
        subject = self._subject(changed)

        def make(edits: Edits) -> None:
            if changed:
                with edits.together(Action.SET_MEMBERSHIP, subject):
                    for place in changed:
                        edits.set_membership(competition.id, place.nation_id, place.membership)

        return make

    def _subject(self, changed: Sequence[PlaceInTable]) -> str:
        """`Japan left out: Milano Cortina 2026`; many nations in a number."""
        what = ", ".join(
            self.tr("{nation} {place}").format(
                nation=place.name, place=words.membership_word(place.membership).lower()
            )
            for place in changed[:MANY]
        )
        if len(changed) > MANY:
            what = self.tr("{nations} nations").format(nations=len(changed))
        return self.tr("{what}: {competition}").format(
            what=what, competition=self._competition.name
        )


class _Places(Table):
    """`chosen` and `stepped` tell of keys that are meant for the nations selected."""

    stretch_least = 110

    chosen = Signal(str)
    stepped = Signal(int)

    def selected(self) -> list[int]:
        """The rows selected, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choices = {
            Qt.Key.Key_R: "ranked",
            Qt.Key.Key_U: "unranked",
            Qt.Key.Key_L: "left_out",
        }
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and event.key() in choices:
            self.chosen.emit(choices[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


def _places(live: LiveBook, competition: int) -> list[PlaceInTable]:
    """The nations entered in a competition, with the medals they have whether listed or not."""
    reads = live.reads
    won = {line.nation_id: line.row.tally for line in reads.medal_table(competition).lines}
    return [
        PlaceInTable(
            row.nation_id,
            row.code,
            row.name,
            reads.tally(competition, row.nation_id, as_it_stands=False)
            if row.membership == "left_out"
            else won.get(row.nation_id, Tally()),
            row.membership,
        )
        for row in reads.memberships(competition)
    ]
