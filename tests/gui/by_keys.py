"""Pressing keys as a person does, and a small book with a team event to press them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.gui.dialogs.form import FormDialog

ENTER, TAB, ESCAPE, DELETE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
)
UP, DOWN, F2 = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F2
ALT = Qt.KeyboardModifier.AltModifier
TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
DAY = date(2026, 7, 11)


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    """Show a dialog with the keyboard in it."""
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()


def press(qtbot: QtBot, *keys: str | Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    """Press keys one after another, wherever the keyboard is."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key, held or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()


def accepted(dialog: QDialog) -> bool:
    """Whether a dialog was left by taking what it says."""
    return dialog.result() == QDialog.DialogCode.Accepted


def wrong_fields(dialog: FormDialog) -> list[str]:
    """The fields that are marked as wrong, by name."""
    fields = dialog.findChildren(QWidget)
    return [field.accessibleName() for field in fields if field.property("wrong")]


@dataclass
class Meet:
    """A competition; events are added to it, and entries to them."""

    book: Book
    competition: int

    @classmethod
    def at(cls, book: Book) -> Meet:
        new = NewCompetition("CUP26", "Cup 2026", DAY, date(2026, 7, 13))
        return cls(book, book.edits.add_competition(new))

    def event(
        self,
        code: str,
        *,
        form: MarkFormat = TIME,
        method: Classification = Classification.FINAL,
        team: bool = False,
        breaks_ties: bool = False,
        measures_wind: bool = False,
    ) -> int:
        """Hold a new event type of athletics."""
        new = NewEventType(
            code,
            "ATH",
            f"Event {code}",
            "W",
            form,
            team=team,
            classification=method,
            breaks_ties=breaks_ties,
            measures_wind=measures_wind,
            keeps_bests=True,
        )
        held = self.book.edits.add_event_type(new)
        return self.book.edits.add_event(self.competition, held, DAY)

    def enter(
        self,
        event: int,
        name: str,
        code: str,
        mark: str = "",
        *,
        team: bool = False,
        unit: str = "",
    ) -> int:
        """Enter somebody, with a mark where there is one; the result."""
        edits, reads = self.book.edits, self.book.reads
        nation = reads.nation_by_code(code)
        assert nation is not None
        who = None if team else self.athlete(name)
        of_team = name if team else None
        entry = edits.add_entry(event, nation, unit=unit, athlete=who, team=of_team)
        result = edits.result_of(entry)
        if mark:
            edits.enter_mark(result, mark)
        return result

    def athlete(self, name: str) -> int:
        known = self.book.reads.athletes_named(name)
        return known[0].id if known else self.book.edits.add_athlete(name)

    def entry(self, event: int, name: str) -> int:
        return next(row.entry for row in self.book.reads.results(event) if row.name == name)

    def decide(self, event: int, *lines: DecisionLine) -> int:
        """A jury decides something the day after."""
        new = NewDecision("Jury", date(2026, 7, 12), "Lane infringement", lines)
        return self.book.edits.take_decision(event, new, confirmed=True)

    def members(self, event: int, team: str, *names: str) -> None:
        athletes = [self.athlete(name) for name in names]
        self.book.edits.set_members(self.entry(event, team), athletes)
