"""What a record list is narrowed to and how it judges, typed in forms (RULES R22, R25)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.reads.records import RecordListRow
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.records import EVERY_BREAK, RecordPolicy
from medaldesk.gui.dialogs.policy_dialog import PolicyDialog
from medaldesk.gui.dialogs.record_dialog import RecordDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme

DISTANCE = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)
ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample, who="clerk"))
    yield made
    made.close()


@pytest.fixture
def speed(live: LiveBook) -> int:
    return live.reads.event_type_by_code("SSKW1000M").id


@pytest.fixture
def adding(qtbot: QtBot, live: LiveBook, speed: int) -> Callable[[], RecordDialog]:
    """A function that opens the form for another list at the last Games."""

    def make() -> RecordDialog:
        competition = live.reads.competition_by_code("OWG2026").id
        return shown(qtbot, RecordDialog(live, speed, competition))

    return make


def shown(qtbot: QtBot, dialog: QDialog) -> QDialog:
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)


def kept(live: LiveBook, code: str) -> RecordListRow:
    return next(row for row in live.reads.record_lists() if row.code == code)


def labels(dialog: RecordDialog) -> list[str]:
    """The names of the fields in sight that narrow the list."""
    scope = dialog.scope
    fields = (scope.series, scope.nation, scope.continent, scope.venue, scope.age_class)
    return [field.accessibleName() for field in fields if field.isVisible()]


# Changing


def test_a_policy_is_changed_as_one_step(qtbot, live):
    found = kept(live, "OR")
    dialog = shown(qtbot, PolicyDialog(live, found))
    assert dialog.fields.policy(dialog) == EVERY_BREAK
    press(qtbot, "0.30", TAB, Qt.Key.Key_Down, TAB, SPACE, TAB, TAB, SPACE, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert kept(live, "OR").policy == RecordPolicy(
        shares_equal=False, minimum_margin=300_000, day_best=True, needs_ratification=True
    )
    step = live.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.CHANGE_RECORD_LIST, "OR Women's 1000 m")
    live.undo()
    assert kept(live, "OR").policy == EVERY_BREAK


def test_a_margin_that_is_none_is_told_and_stays(qtbot, live):
    before = live.reads.last_journal()
    dialog = shown(qtbot, PolicyDialog(live, kept(live, "OR")))
    press(qtbot, "some", ENTER)
    assert "some" in dialog.problem.text()
    assert dialog.fields.margin.property("wrong")
    assert dialog.fields.margin.text() == "some"
    assert live.reads.last_journal() == before


def test_the_wind_is_asked_for_only_where_it_is_measured(qtbot, live):
    dialog = shown(qtbot, PolicyDialog(live, kept(live, "OR")))
    assert not dialog.fields.wind.isVisible()
    jump = NewEventType(
        "ATHWLJ", "ATH", "Long jump", "W", DISTANCE, measures_wind=True, unit_kind="group"
    )
    live.edit(lambda edits: edits.add_event_type(jump))
    event_type = live.reads.event_type_by_code("ATHWLJ").id
    new = shown(qtbot, RecordDialog(live, event_type))
    assert new.policy.wind.text() == "+2.0"
    press(qtbot, "WB", ENTER, ENTER)
    assert kept(live, "WB").policy.wind_limit == 2_000_000
    dialog = shown(qtbot, PolicyDialog(live, kept(live, "WB")))
    dialog.fields.wind.setFocus()
    dialog.fields.wind.selectAll()
    press(qtbot, "2.05", ENTER)
    assert "2.05" in dialog.problem.text()
    assert dialog.fields.wind.hasFocus()
    press(qtbot, "4", ENTER)
    assert kept(live, "WB").policy.wind_limit == 4_000_000


# Adding


@pytest.mark.parametrize(
    ("kind", "fields", "texts"),
    [
        ("OB", ["Series"], {"series": "OWG"}),
        ("WB", ["Series"], {"series": ""}),
        ("NR", ["Of nation"], {"nation": ""}),
        ("TR", ["Venue"], {"venue": "Milano Speed Skating Stadium"}),
        ("WJR", ["Age class"], {"age_class": "U19@07-01"}),
        ("NJR", ["Of nation", "Age class"], {"age_class": "U19@07-01"}),
    ],
)
def test_a_kind_brings_what_it_is_narrowed_to(qtbot, adding, kind, fields, texts):
    dialog = adding()
    press(qtbot, kind)
    assert labels(dialog) == fields
    for name, text in texts.items():
        field = getattr(dialog.scope, name)
        assert isinstance(field, QLineEdit)
        assert field.text() == text


def test_a_european_record_is_offered_for_europe(qtbot, adding, live):
    dialog = adding()
    press(qtbot, "ER", ENTER, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert kept(live, "ER").continent == "europe"
    assert kept(live, "ER").series is None


def test_a_national_record_is_never_without_its_nation(qtbot, adding, live):
    dialog = adding()
    press(qtbot, "NR", TAB, TAB, "1:13.00", TAB, "Miho Takagi", ENTER, ENTER)
    assert dialog.scope.nation.hasFocus()
    assert kept(live, "OR").nation is None
    press(qtbot, "jpn", ENTER, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    found = kept(live, "NR")
    assert found.nation == "JPN"
    assert live.reads.record_history(found.id).rows[0].nation == "JPN"
    again = adding()
    press(qtbot, "NR")
    assert again.scope.nation.text() == "JPN"
    assert again.mark.text() == "1:13.00"


def test_an_age_class_is_told_in_words_while_it_is_typed(qtbot, adding, live):
    dialog = adding()
    press(qtbot, "WJR", TAB, "U2")
    assert dialog.scope.age_rule.text() == "not yet 2 at the end of the year"
    press(qtbot, "0@")
    assert dialog.scope.age_rule.text().startswith("U20 for the young")
    press(qtbot, ENTER)
    assert "U20@" in dialog.problem.text()
    assert dialog.scope.age_class.hasFocus()
    press(qtbot, "35+", ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert kept(live, "WJR").age_class == "35+"


def test_more_unfolds_the_rest_and_what_is_typed_stays_in_sight(qtbot, adding, live):
    dialog = adding()
    press(qtbot, "WB")
    assert not dialog.policy.margin.isVisible()
    dialog.more.setFocus()
    press(qtbot, ENTER)
    assert labels(dialog) == ["Series", "Of nation", "Of continent", "Venue", "Age class"]
    dialog.scope.venue.setFocus()
    press(qtbot, "Thialf")
    dialog.policy.margin.setFocus()
    press(qtbot, "0.05")
    dialog.more.setFocus()
    press(qtbot, ENTER)
    assert labels(dialog) == ["Series", "Venue"]
    dialog.kind.setFocus()
    press(qtbot, ENTER)
    assert kept(live, "WB").venue == "Thialf"
    assert kept(live, "WB").policy == RecordPolicy(minimum_margin=50_000)
    step = live.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.ADD_RECORD_LIST, "WB Women's 1000 m")


def test_what_is_wrong_out_of_sight_comes_into_sight(qtbot, adding):
    dialog = adding()
    press(qtbot, "WB")
    dialog.policy.margin.setText("much")
    press(qtbot, ENTER, ENTER)
    assert dialog.policy.margin.isVisible()
    assert dialog.policy.margin.hasFocus()
    assert "much" in dialog.problem.text()


def test_a_list_of_another_scope_is_another_list(qtbot, adding, live):
    first = adding()
    press(qtbot, "TR", ENTER, ENTER)
    assert first.result() == QDialog.DialogCode.Accepted
    same = adding()
    press(qtbot, "TR", ENTER, ENTER)
    assert same.problem.text() == "This list is kept already: type the mark that stood."
    same.scope.venue.setFocus()
    same.scope.venue.selectAll()
    press(qtbot, "Thialf", ENTER)
    assert same.result() == QDialog.DialogCode.Accepted
    assert sorted(row.venue for row in live.reads.record_lists() if row.code == "TR") == [
        "Milano Speed Skating Stadium",
        "Thialf",
    ]


def test_a_kept_list_shows_how_it_judges_and_is_changed(qtbot, adding, live):
    dialog = adding()
    press(qtbot, "WR")
    dialog.more.setChecked(True)
    assert dialog.mark.text() == "1:11.61"
    assert dialog.policy.equals.isChecked()
    dialog.policy.equals.setFocus()
    press(qtbot, SPACE)
    dialog.kind.setFocus()
    press(qtbot, ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert kept(live, "WR").policy == RecordPolicy(shares_equal=False)


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_forms_fit_a_small_screen(qtbot, adding, live, zoom):
    theme().set_zoom(zoom)
    unfolded = adding()
    unfolded.more.setChecked(True)
    for dialog in (unfolded, shown(qtbot, PolicyDialog(live, kept(live, "OR")))):
        dialog.show_problem(None, "One sentence that is long enough to need a second line. " * 2)
        screen = dialog.screen().availableGeometry()
        assert dialog.width() <= screen.width()
        assert dialog.height() <= screen.height()
