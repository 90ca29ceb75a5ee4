"""Forms: filled by keyboard alone, one undo step each, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewCompetition
from medaldesk.domain.marks import Better, MarkKind
from medaldesk.gui.dialogs.competition_dialog import CompetitionDialog
from medaldesk.gui.dialogs.event_dialog import EventDialog
from medaldesk.gui.dialogs.record_dialog import RecordDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.theme import theme
from tests import books
from tests.gui.by_keys import accepted, press, shown, wrong_fields

ENTER, TAB, DOWN, ESCAPE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Down,
    Qt.Key.Key_Escape,
)


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(sample))
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[LiveBook]:
    made = LiveBook(Book.open(books.empty(tmp_path / "new.medaldesk")))
    yield made
    made.close()


# Competitions


def test_a_competition_in_a_new_book_by_keyboard_alone(qtbot, empty):
    dialog = CompetitionDialog(empty)
    shown(qtbot, dialog)
    press(qtbot, "Milano Cortina 2026", TAB, "OWG Olympic Winter Games", ENTER)
    assert dialog.code.text() == "OWG2026"
    assert QApplication.focusWidget() is dialog.start
    press(qtbot, "6 Feb 2026", ENTER, "22", ENTER)
    assert accepted(dialog)
    made = empty.reads.competition(dialog.created)
    assert (made.code, made.name, made.series) == ("OWG2026", "Milano Cortina 2026", "OWG")
    assert (made.start, made.end, made.city) == ("2026-02-06", "2026-02-22", None)


def test_adding_a_competition_with_its_series_is_one_undo_step(qtbot, empty):
    dialog = CompetitionDialog(empty)
    shown(qtbot, dialog)
    press(qtbot, "Berlin 2027", TAB, "WCH World Championships", TAB, "WCH27", TAB)
    press(qtbot, "1.3.2027", TAB, "2.3.", TAB, "Berlin", ENTER)
    assert accepted(dialog)
    assert empty.reads.competition_by_code("WCH27").city == "Berlin"
    step = empty.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.ADD_COMPETITION, "Berlin 2027")
    empty.undo()
    assert (empty.reads.competitions(), empty.reads.series()) == ([], [])


def test_the_series_of_the_last_competition_is_proposed(qtbot, live):
    dialog = CompetitionDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "French Alps 2030")
    assert (dialog.series.text(), dialog.code.text()) == ("OWG", "OWG2030")
    press(qtbot, TAB, Qt.Key.Key_Backspace)
    assert dialog.code.text() == "FA2030"


def test_a_series_is_completed_by_its_name(qtbot, live):
    dialog = CompetitionDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "Games 2030", TAB, "winter", TAB)
    assert dialog.series.text() == "OWG"


def test_a_code_that_was_typed_is_not_replaced(qtbot, live):
    dialog = CompetitionDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "French Alps 2030", TAB, TAB, "ALPS", Qt.Key.Key_Backtab, Qt.Key.Key_Backtab)
    press(qtbot, "French Alps 2031")
    assert dialog.code.text() == "ALPS"


def test_wrong_input_stays_marked_with_one_sentence(qtbot, live):
    before = live.reads.last_journal()
    dialog = CompetitionDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "French Alps 2030", ENTER, "8 Feb 2030", ENTER, "soon", ENTER)
    assert wrong_fields(dialog) == ["Last day"]
    assert dialog.problem.text() == "“soon” is not a date: type one such as 2026-02-09."
    assert dialog.problem.isVisible()
    assert QApplication.focusWidget() is dialog.end
    assert (dialog.name.text(), dialog.end.text()) == ("French Alps 2030", "soon")
    press(qtbot, "7 Feb 2030")
    assert wrong_fields(dialog) == []
    press(qtbot, ENTER)
    assert wrong_fields(dialog) == ["Last day"]
    assert "before the first" in dialog.problem.text()
    press(qtbot, "24 Feb 2030", ENTER)
    assert accepted(dialog)
    assert live.reads.last_journal() == before + 1


def test_a_code_that_is_taken_is_marked(qtbot, live):
    dialog = CompetitionDialog(live)
    shown(qtbot, dialog)
    press(qtbot, "Milano Cortina 2026", ENTER, "2026-02-06", ENTER, "2026-02-22", ENTER)
    assert wrong_fields(dialog) == ["Code"]
    assert "OWG2026" in dialog.problem.text()
    assert dialog.created is None


def test_a_series_without_a_name_is_asked_for(qtbot, empty):
    dialog = CompetitionDialog(empty)
    shown(qtbot, dialog)
    press(qtbot, "Berlin 2027", TAB, "WCH", ENTER, "1.3.2027", ENTER, "2", ENTER)
    assert wrong_fields(dialog) == ["Series"]
    assert dialog.series.text() == "WCH"
    assert empty.reads.series() == []


def test_the_button_says_what_is_missing(qtbot, empty):
    dialog = CompetitionDialog(empty)
    shown(qtbot, dialog)
    dialog.buttons.button(dialog.buttons.StandardButton.Ok).click()
    assert dialog.problem.text() == "Name is empty: type it."
    assert wrong_fields(dialog) == ["Name"]


def test_enter_on_cancel_cancels(qtbot, empty):
    dialog = CompetitionDialog(empty)
    shown(qtbot, dialog)
    dialog.buttons.button(dialog.buttons.StandardButton.Cancel).setFocus()
    press(qtbot, ENTER)
    assert dialog.isHidden()
    assert not accepted(dialog)


def test_a_competition_can_be_changed(qtbot, live):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = CompetitionDialog(live, competition)
    shown(qtbot, dialog)
    assert dialog.name.text() == "Milano Cortina 2026"
    assert not dialog.code.isEnabled()
    dialog.city.setFocus()
    dialog.city.selectAll()
    press(qtbot, "Milano", ENTER)
    assert accepted(dialog)
    assert live.reads.competition(competition).city == "Milano"


def test_days_that_leave_an_event_outside_are_refused(qtbot, live):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = CompetitionDialog(live, competition)
    shown(qtbot, dialog)
    dialog.end.setFocus()
    dialog.end.selectAll()
    press(qtbot, "7", ENTER)
    assert not accepted(dialog)
    assert wrong_fields(dialog) == ["First day"]


def test_a_book_open_for_reading_says_so(qtbot, live):
    reader = LiveBook(Book.open(live.path, read_only=True))
    dialog = CompetitionDialog(reader)
    shown(qtbot, dialog)
    press(qtbot, "Berlin 2027", ENTER, "2027-03-01", ENTER, "2", ENTER)
    assert "reading only" in dialog.problem.text()
    assert dialog.name.text() == "Berlin 2027"
    reader.close()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_form_fits_a_small_screen(qtbot, live, zoom):
    theme().set_zoom(zoom)
    competition = live.reads.competition_by_code("OWG2026").id
    event_type = live.reads.event_type_by_code("SSKW1000M").id
    for dialog in (
        CompetitionDialog(live),
        EventDialog(live, competition),
        RecordDialog(live, event_type, competition),
    ):
        shown(qtbot, dialog)
        dialog.show_problem(None, "One sentence that is long enough to need a second line. " * 2)
        screen = dialog.screen().availableGeometry()
        assert dialog.width() <= screen.width()
        assert dialog.height() <= screen.height()
        assert dialog.problem.height() >= dialog.problem.heightForWidth(dialog.problem.width())
        fields = [dialog.form.itemAt(n, dialog.form.ItemRole.FieldRole) for n in range(6)]
        named = [item.widget().accessibleName() for item in fields if item.widget()]
        assert named
        assert all(named)


# Events


@pytest.fixture
def games(live: LiveBook) -> int:
    """A competition without events."""
    new = NewCompetition("OWG2030", "French Alps 2030", date(2030, 2, 8), date(2030, 2, 24))
    live.edit(lambda edits: edits.add_competition(new))
    return live.reads.competition_by_code("OWG2030").id


def test_an_event_of_a_known_type_takes_its_name_and_enter(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "womens 1000m")
    assert (dialog.discipline.text(), dialog.code.text()) == ("Speed Skating", "SSKW1000M")
    assert dialog.kind.chosen() is MarkKind.TIME
    closed = (dialog.kind, dialog.better, dialog.decimals, dialog.classification, dialog.code)
    assert not any(field.isEnabled() for field in closed)
    press(qtbot, ENTER)
    assert accepted(dialog)
    head = live.reads.event_head(dialog.created)
    assert (head.path, head.day, head.unit_kind) == ("OWG2030/SSKW1000M", "2030-02-08", "pair")


def test_a_known_type_is_completed(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "1000", DOWN, ENTER)
    assert dialog.name.text() == "Women's 1000 m"
    assert dialog.code.text() == "SSKW1000M"


@pytest.mark.parametrize("name", ["Women's 100 m", "1000", "Women's m"])
def test_a_new_name_is_not_taken_for_one_like_it(qtbot, live, games, name):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, name, TAB)
    assert dialog.name.text() == name
    assert dialog.kind.isEnabled()


def test_a_new_type_by_keyboard_alone(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "Men's 500 m", ENTER)
    assert QApplication.focusWidget() is dialog.discipline
    press(qtbot, "ssk", TAB)
    assert dialog.discipline.text() == "Speed Skating"
    assert (dialog.code.text(), dialog.gender.chosen()) == ("SSKM500M", "M")
    assert (dialog.unit_kind.chosen(), dialog.decimals.value()) == ("pair", 2)
    dialog.venue.setFocus()
    press(qtbot, "Milano Sp", TAB)
    assert dialog.venue.text() == "Milano Speed Skating Stadium"
    press(qtbot, Qt.Key.Key_Backtab, ENTER)
    assert accepted(dialog)
    head = live.reads.event_head(dialog.created)
    assert (head.path, head.venue) == ("OWG2030/SSKM500M", "Milano Speed Skating Stadium")
    assert head.form.better is Better.LOWER
    step = live.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.ADD_EVENT, "Men's 500 m")
    live.undo()
    assert [row.code for row in live.reads.event_types()] == ["SSKW1000M"]


def test_the_kind_of_mark_decides_what_is_better(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    dialog.kind.setFocus()
    press(qtbot, DOWN)
    assert dialog.kind.chosen() is MarkKind.DISTANCE
    assert (dialog.better.chosen(), dialog.decimals.value()) == (Better.HIGHER, 2)


def test_the_same_name_in_another_discipline_is_a_new_type(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "Women's 1000 m", ENTER, TAB, "stk", TAB)
    assert dialog.kind.isEnabled()
    assert (dialog.code.text(), dialog.unit_kind.chosen()) == ("STKW1000M", "heat")
    press(qtbot, Qt.Key.Key_Backtab)
    dialog.discipline.selectAll()
    press(qtbot, "ssk", TAB)
    assert not dialog.kind.isEnabled()
    assert dialog.code.text() == "SSKW1000M"


@pytest.mark.parametrize(
    ("name", "teams"),
    [
        ("Women's 4 x 100 m", True),
        ("Mixed 4×400 m", True),
        ("Women's relay", True),
        ("Men's team pursuit", True),
        ("Women's 1500 m", False),
        ("Women's steam race", False),
    ],
)
def test_the_name_says_whether_teams_compete(qtbot, live, games, name, teams):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, name)
    assert dialog.team.chosen() is teams


def test_who_competes_is_chosen_by_a_letter_and_stays(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "Women's relay")
    dialog.team.setFocus()
    press(qtbot, "a")
    assert dialog.team.currentText() == "athletes"
    dialog.name.setFocus()
    dialog.name.selectAll()
    press(qtbot, "Women's team race")
    assert dialog.team.chosen() is False
    again = EventDialog(live, games)
    shown(qtbot, again)
    again.team.setFocus()
    press(qtbot, "t")
    assert again.team.currentText() == "teams"
    again.unit_kind.setFocus()
    press(qtbot, "r")
    assert again.unit_kind.currentText() == "runs"


def test_the_day_and_the_discipline_of_the_event_before_are_proposed(qtbot, live):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = EventDialog(live, competition)
    shown(qtbot, dialog)
    assert (dialog.day.text(), dialog.discipline.text()) == ("2026-02-09", "Speed Skating")


def test_an_event_that_is_held_already_is_refused(qtbot, live):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = EventDialog(live, competition)
    shown(qtbot, dialog)
    press(qtbot, "Women's 1000 m", ENTER, ENTER)
    assert wrong_fields(dialog) == ["Event"]
    assert "SSKW1000M" in dialog.problem.text()


def test_an_unknown_discipline_and_a_day_outside_are_marked(qtbot, live, games):
    dialog = EventDialog(live, games)
    shown(qtbot, dialog)
    press(qtbot, "Men's 500 m", TAB, "curling on ice", ENTER)
    assert wrong_fields(dialog) == ["Discipline"]
    assert dialog.discipline.text() == "curling on ice"
    press(qtbot, "ssk", TAB)
    dialog.day.setFocus()
    dialog.day.selectAll()
    press(qtbot, "1 Mar 2030", ENTER)
    assert wrong_fields(dialog) == ["Day"]
    assert not accepted(dialog)


# Records


@pytest.fixture
def speed(live: LiveBook) -> int:
    """The event type of the sample, without its record lists."""
    return live.reads.event_type_by_code("SSKW1000M").id


def test_a_record_list_with_what_stood_before(qtbot, live, speed):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = RecordDialog(live, speed, competition)
    shown(qtbot, dialog)
    press(qtbot, "world b", TAB, TAB, "1:11.80", TAB, "takagi", TAB)
    assert (dialog.kind.text(), dialog.holder.text()) == ("WB", "Miho Takagi")
    assert dialog.nation.text() == "JPN"
    press(qtbot, TAB, "8 Mar 2019", TAB, "Salt Lake City", ENTER)
    assert accepted(dialog)
    (row,) = live.reads.record_history(dialog.created).rows[:1]
    assert (row.holder, row.nation, row.day, row.place) == (
        "Miho Takagi",
        "JPN",
        "2019-03-08",
        "Salt Lake City",
    )
    step = live.book.edits.next_undo()
    assert (step.action, step.subject) == (Action.ADD_RECORD_LIST, "WB Women's 1000 m")
    live.undo()
    assert "WB" not in [row.code for row in live.reads.record_lists(speed)]


def test_a_list_without_a_mark(qtbot, live, speed):
    dialog = RecordDialog(live, speed)
    shown(qtbot, dialog)
    press(qtbot, "wb", ENTER, ENTER)
    assert accepted(dialog)
    assert live.reads.record_history(dialog.created).list.code == "WB"


def test_records_of_a_series_are_proposed_for_the_series_of_the_competition(qtbot, live, speed):
    competition = live.reads.competition_by_code("OWG2026").id
    dialog = RecordDialog(live, speed, competition)
    shown(qtbot, dialog)
    press(qtbot, "OB")
    assert dialog.scope.series.text() == "OWG"
    press(qtbot, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, "WB")
    assert dialog.scope.series.text() == ""


def test_a_list_that_is_kept_shows_its_mark_and_sets_it(qtbot, live, speed):
    kept = next(row for row in live.reads.record_lists(speed) if row.code == "WR")
    dialog = RecordDialog(live, speed)
    shown(qtbot, dialog)
    press(qtbot, "wr", TAB)
    assert (dialog.mark.text(), dialog.nation.text()) == ("1:11.61", "USA")
    assert dialog.day.text() == "2019-03-09"
    dialog.mark.setFocus()
    dialog.mark.selectAll()
    press(qtbot, "1:11.60", ENTER)
    assert accepted(dialog)
    assert dialog.created == kept.id
    assert live.reads.record_history(kept.id).rows[0].mark.value == 71_600_000
    assert live.book.edits.next_undo().action is Action.SET_BASELINE


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("xx", TAB), ("Kind", "XX")),
        (("wb", TAB, TAB, "1:72.00", TAB, "Somebody"), ("Mark", "1:72.00")),
        (("wb", TAB, TAB, "1:12.00"), ("Holder", "Holder")),
        (("wb", TAB, TAB, TAB, "Somebody"), ("Mark", "Mark")),
        (("wb", TAB, TAB, "1:12.00", TAB, "Somebody", TAB, "XXX"), ("Nation", "XXX")),
        (("wb", TAB, TAB, "1:12.00", TAB, "Somebody", TAB, TAB, "2/6/2026"), ("Date", "2/6/2026")),
        (("wb", TAB, "XYZ"), ("Series", "XYZ")),
    ],
)
def test_what_is_wrong_about_a_record_is_marked(qtbot, live, speed, typed, told):
    field, said = told
    before = live.reads.last_journal()
    dialog = RecordDialog(live, speed)
    shown(qtbot, dialog)
    press(qtbot, *typed, ENTER)
    assert wrong_fields(dialog) == [field]
    assert said.lower() in dialog.problem.text().lower()
    assert live.reads.last_journal() == before
