"""Bringing files into a book by keyboard, through the worker that does the work."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.gui.actions import Command
from medaldesk.gui.dialogs.import_dialog import ImportDialog
from medaldesk.gui.dialogs.import_frame import Step
from medaldesk.gui.dialogs.import_preview import Part
from medaldesk.gui.dialogs.table_check_dialog import TableCheckDialog
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.main_window import MainWindow
from tests.gui.by_keys import ALT, DELETE, DOWN, ENTER, ESCAPE, TAB, accepted
from tests.gui.importing_desk import ODD, OWN, PATIENCE, ImportDesk, marks, write

OpenWindow = Callable[[Path], MainWindow]
Sit = Callable[..., ImportDesk]

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def live(sample: Path) -> Iterator[LiveBook]:
    book = LiveBook(Book.open(sample))
    yield book
    book.close()


@pytest.fixture
def sit(qtbot: QtBot, live: LiveBook, tmp_path: Path) -> Iterator[Sit]:
    """A function that sits down to import texts, each as a file."""
    desks: list[ImportDesk] = []

    def make(**texts: str) -> ImportDesk:
        paths = [write(tmp_path, f"{name}.csv", text) for name, text in texts.items()]
        desks.append(ImportDesk(qtbot, live, tmp_path, paths))
        return desks[-1]

    yield make
    for desk in desks:
        desk.dialog.task.close()


# In and out


def test_a_file_in_the_form_of_the_exchange_table_takes_two_keys(sit: Sit, live: LiveBook) -> None:
    desk = sit(own=OWN)
    assert desk.verb == "Continue"
    desk.go_on()
    assert desk.step is Step.PREVIEW
    assert desk.dialog.preview.sentence.text() == "New: 1 athlete, 1 entry, 1 result."
    assert desk.verb == "Import"
    desk.go_on()
    assert accepted(desk.dialog)
    assert desk.presses == 2
    assert desk.dialog.outcome == (
        "own.csv was imported. New: 1 athlete, 1 entry, 1 result. Ctrl+Z takes it back."
    )
    assert marks(live)["Nikola Zdrahalova"] == ("75020000", "")


def test_an_import_is_one_undo_step(sit: Sit, live: LiveBook) -> None:
    before = marks(live)
    desk = sit(own=OWN)
    desk.go_on(2)
    assert marks(live) != before
    live.undo()
    assert marks(live) == before


def test_the_same_file_again_says_that_nothing_will_change(sit: Sit, live: LiveBook) -> None:
    sit(own=OWN).go_on(2)
    journal = live.reads.last_journal()
    again = sit(again=OWN)
    again.go_on()
    assert again.dialog.preview.sentence.text() == (
        "Nothing will change: 3 rows of the files say what the book says already."
    )
    assert again.verb == "Close"
    again.go_on()
    assert not accepted(again.dialog)
    assert live.reads.last_journal() == journal


def test_an_odd_file_is_understood_step_by_step(sit: Sit, live: LiveBook) -> None:
    desk = sit(odd=ODD)
    desk.go_on()
    assert desk.step is Step.COLUMNS
    assert list(desk.dialog.columns.fields) == ["competition", "event"]
    desk.press("OWG2026", TAB, "SSKW1000M", TAB)
    desk.go_on()
    assert desk.step is Step.VALUES
    desk.press("jpn", ENTER)
    desk.press("p", held=ALT)
    assert QApplication.focusWidget() is desk.dialog.values.pattern
    desk.press("m.sscc")
    model = desk.dialog.values.marks
    assert model.becomes(model.row(0)) == "1:12.31"
    desk.go_on()
    assert desk.step is Step.PREVIEW
    assert desk.dialog.preview.preview is not None
    assert not desk.dialog.preview.preview.problem_count
    desk.go_on()
    assert accepted(desk.dialog)
    assert desk.presses < 50
    found = marks(live)
    assert found["Miho Takagi"] == ("73950000", "")
    assert found["Nikola Zdrahalova"] == ("", "DSQ")


def test_back_keeps_every_answer(sit: Sit) -> None:
    desk = sit(odd=ODD)
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKW1000M", TAB)
    desk.go_on()
    desk.press("jpn", ENTER)
    for step in (Step.COLUMNS, Step.FILES):
        desk.press("b", held=ALT)
        assert desk.step is step
    desk.go_on()
    assert desk.step is Step.COLUMNS
    assert desk.dialog.columns.fields["event"].text() == "SSKW1000M"
    desk.go_on()
    meanings = {line.look.text: line.meaning for line in desk.dialog.values.values.rows()}
    assert meanings["Japon"] == "JPN"


# Columns


def test_a_column_is_chosen_by_typing(sit: Sit) -> None:
    desk = sit(odd=ODD.replace("Skater", "Who"))
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKW1000M", TAB)
    desk.go_on()
    assert desk.step is Step.COLUMNS
    assert desk.dialog.columns.missing.text() == "Choose the column that holds: athlete."
    desk.dialog.columns.table.go_to(1)
    desk.press("athl", ENTER)
    assert [line.targets for line in desk.dialog.columns.model.rows()][:2] == [
        ("rank",),
        ("athlete",),
    ]
    assert desk.dialog.columns.missing.text() == ""
    desk.go_on()
    assert desk.step is Step.VALUES


def test_a_new_competition_is_asked_for_its_days(sit: Sit, live: LiveBook) -> None:
    desk = sit(own=OWN.replace("OWG2026", "CUP26"))
    desk.go_on()
    assert desk.step is Step.COLUMNS
    assert desk.problem == "CUP26 is a new competition: type its first and its last day."
    assert list(desk.dialog.columns.fields) == ["competition_name", "start_date", "end_date"]
    desk.press("Cup 2026", TAB, "2026-03-01", TAB, "2026-03-02")
    desk.go_on()
    assert desk.step is Step.PREVIEW
    desk.go_on()
    assert accepted(desk.dialog)
    cup = live.reads.competition_by_code("CUP26")
    assert (cup.name, cup.start, cup.end) == ("Cup 2026", "2026-03-01", "2026-03-02")


def test_several_files_of_one_shape_are_one_question(sit: Sit) -> None:
    desk = sit(one=ODD, two=ODD)
    assert desk.dialog.files.model.rowCount() == 2
    desk.go_on()
    assert not desk.dialog.columns.shapes.isVisible()
    desk.press(DOWN)
    assert len(desk.dialog.draft.mappings()) == 2


# Cancel and errors


def test_stopping_leaves_the_book_as_it_was(sit: Sit, live: LiveBook) -> None:
    rows = "".join(
        f"OWG2026,SSKW1000M,Final,Skater Number{number},NED,1:20.00,{number}\n"
        for number in range(1, 20_000)
    )
    journal = live.reads.last_journal()
    desk = sit(many=OWN.splitlines(keepends=True)[0] + rows)
    desk.qtbot.keyClick(desk.dialog.next_button, ENTER)
    assert desk.dialog.task.is_busy
    assert desk.dialog.progress.isVisible()
    desk.qtbot.keyClick(desk.dialog, ESCAPE)
    assert not desk.dialog.task.is_busy
    assert desk.problem == "Stopped; nothing was changed."
    assert desk.dialog.isVisible()
    desk.go_on()
    assert desk.step is Step.PREVIEW
    desk.qtbot.keyClick(desk.dialog.next_button, ENTER)
    desk.qtbot.keyClick(desk.dialog, ESCAPE)
    assert desk.problem == "Stopped; nothing was changed."
    assert live.reads.last_journal() == journal
    desk.qtbot.keyClick(desk.dialog, ESCAPE)
    assert not desk.dialog.isVisible()


def test_enter_before_the_files_were_read_is_not_lost(
    qtbot: QtBot, live: LiveBook, tmp_path: Path
) -> None:
    dialog = ImportDialog(live, [write(tmp_path, "own.csv", OWN)])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.task.is_busy
    qtbot.keyClick(dialog.next_button, ENTER)
    qtbot.waitUntil(lambda: dialog.step is Step.PREVIEW, timeout=PATIENCE)
    dialog.reject()


def test_a_file_that_is_none_says_so_in_one_sentence(sit: Sit) -> None:
    desk = sit(broken="\0\0\1\2 not a table \0")
    assert desk.problem.endswith(".")
    assert desk.dialog.files.model.rowCount() == 0
    assert desk.dialog.isVisible()


def test_a_file_that_is_none_does_not_keep_others_out(sit: Sit) -> None:
    desk = sit(own=OWN, broken="\0\0\1\2 not a table \0")
    assert "broken.csv" in desk.problem
    assert [look.path.name for look in desk.dialog.files.model.rows()] == ["own.csv"]
    desk.go_on()
    assert desk.step is Step.PREVIEW


def test_a_file_is_taken_out_by_delete(sit: Sit) -> None:
    desk = sit(own=OWN, odd=ODD)
    desk.dialog.files.table.setFocus()
    desk.dialog.files.table.selectRow(1)
    desk.press(DELETE)
    assert [look.path.name for look in desk.dialog.files.model.rows()] == ["own.csv"]


# Rows that are not taken


def test_rows_that_are_not_taken_are_saved_corrected_and_imported(
    sit: Sit, live: LiveBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "rest.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    desk = sit(own=OWN.replace("1:15.02", "quick"))
    desk.go_on()
    assert desk.step is Step.VALUES
    desk.go_on()
    assert desk.dialog.preview.stack.currentIndex() == list(Part).index(Part.PROBLEMS)
    assert desk.dialog.preview.numbers.text().endswith("1 row not taken")
    desk.press("s", held=ALT)
    assert desk.dialog.said.text().startswith("1 row in rest.csv")
    with report.open(encoding="utf-8", newline="") as file:
        heading, row = csv.reader(file)
    assert heading[-1] == "not taken because"
    assert "quick" in row
    desk.press(ESCAPE)
    mended = report.read_text(encoding="utf-8").replace(",quick,", ",1:15.02,")
    again = sit(mended=mended)
    again.go_on(2)
    assert accepted(again.dialog), again.problem
    assert marks(live)["Nikola Zdrahalova"][0] == "75020000"


def test_where_they_cannot_be_saved_it_is_said_and_the_rest_is_imported(
    sit: Sit, live: LiveBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "nowhere" / "rest.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    other = OWN.splitlines()[-1].replace("Nikola Zdrahalova", "Ann One").replace("1:15.02", "quick")
    desk = sit(own=f"{OWN}{other}\n")
    desk.go_on(2)
    desk.press("s", held=ALT)
    assert "nothing was changed" in desk.problem
    assert "Nikola Zdrahalova" not in marks(live)
    assert desk.verb == "Look again"
    desk.go_on(2)
    assert accepted(desk.dialog), desk.problem
    assert "Nikola Zdrahalova" in marks(live)


def test_corrected_rows_are_read_as_the_file_was(
    sit: Sit, live: LiveBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "rest.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    desk = sit(odd=ODD.replace("disq", "1x1502"))
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKW1000M", TAB)
    desk.go_on()
    desk.press("jpn", ENTER)
    desk.press("p", held=ALT)
    desk.press("m.sscc")
    desk.go_on()
    desk.press("s", held=ALT)
    desk.press(ESCAPE)
    again = sit(mended=report.read_text(encoding="utf-8").replace("1x1502", "1.1502"))
    assert again.dialog.files.profile.currentText() == "Rows not taken (yours)"
    again.go_on(2)
    assert accepted(again.dialog), again.problem
    assert again.presses == 2
    assert marks(live)["Nikola Zdrahalova"][0] == "75020000"
    # Other files of the kind are asked about as before.
    assert sit(other=ODD).dialog.profile is None


# Doubtful people


def test_a_doubtful_athlete_is_said_to_be_the_same(sit: Sit, live: LiveBook) -> None:
    text = OWN.replace("Nikola Zdrahalova,CZE", "Varvara Barysheva,KAZ")
    desk = sit(own=text)
    desk.go_on()
    assert desk.dialog.preview.stack.currentIndex() == list(Part).index(Part.DOUBTS)
    beside = " ".join(desk.dialog.preview.card.texts())
    assert "KAZ" in beside
    assert "RUS" in beside
    assert "Salt Lake City 2002" in beside
    desk.press("d", held=ALT)
    desk.dialog.preview.doubt_table.setFocus()
    desk.press("same", ENTER)
    assert desk.verb == "Look again"
    assert desk.dialog.draft.said.people == {"Varvara Barysheva (KAZ)": "Varvara Barysheva (RUS)"}
    desk.go_on()
    assert desk.verb == "Import"
    assert "athlete" not in desk.dialog.preview.sentence.text()
    desk.go_on()
    found = live.reads.athletes_named("Varvara Barysheva")
    assert len(found) == 1
    assert len(live.reads.athlete_results(found[0].id)) == 2


# Profiles


def test_a_profile_is_kept_found_again_and_taken_away(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = "medaldesk.gui.dialogs.import_dialog.ask_profile_name"
    monkeypatch.setattr(named, lambda *_: "Skating office")
    desk = sit(odd=ODD)
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKW1000M", TAB)
    desk.go_on()
    desk.press("jpn", ENTER)
    desk.press("p", held=ALT)
    desk.press("m.sscc")
    desk.press("k", held=ALT)
    assert [p.name for p in desk.profiles.all() if p.is_own] == ["Skating office"]
    desk.press(ESCAPE)

    again = sit(next=ODD)
    assert again.dialog.files.profile.currentText() == "Skating office (yours)"
    again.go_on()
    # The next file may be about the next event.
    assert again.step is Step.COLUMNS
    event = again.dialog.columns.fields["event"]
    assert QApplication.focusWidget() is event
    assert event.selectedText() == "SSKW1000M"
    again.go_on()
    assert again.step is Step.PREVIEW
    again.go_on()
    assert accepted(again.dialog)
    assert again.presses == 3

    last = sit(last=ODD)
    last.press("d", held=ALT)
    assert not [p for p in last.profiles.all() if p.is_own]
    assert last.dialog.files.profile.currentText() == "The headings"


LIST = "Bib;Skater;Country;Lane\n1;LEERDAM Jutta;NED;inner\n2;KOK Femke;NED;outer\n"


def test_a_start_list_of_a_new_event_asks_what_is_measured(sit: Sit, live: LiveBook) -> None:
    desk = sit(list=LIST)
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKWSPRINT", TAB)
    desk.go_on()
    desk.press("SSK", ENTER)
    desk.go_on()
    assert desk.step is Step.COLUMNS
    fields = desk.dialog.columns.fields
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is fields["mark_kind"])
    desk.press("time", ENTER)
    desk.go_on()
    assert desk.step is Step.PREVIEW
    desk.go_on()
    assert live.reads.event_type_by_code("SSKWSPRINT").form.kind == "time"


def test_a_start_list_is_taken_without_saying_what_is_measured(sit: Sit) -> None:
    desk = sit(list=LIST)
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKWSPRINT", TAB)
    desk.go_on()
    desk.press("SSK", ENTER)
    desk.go_on(2)
    assert desk.step is Step.PREVIEW


def test_a_new_question_has_the_keyboard_at_once(sit: Sit) -> None:
    """Enter would otherwise go to Cancel, which takes it while the worker is busy."""
    desk = sit(list=LIST)
    desk.go_on()
    desk.press("OWG2026", TAB, "SSKWSPRINT", TAB)
    found: list[QWidget | None] = []
    desk.dialog.task.planned.connect(lambda _: found.append(QApplication.focusWidget()))
    desk.go_on()
    assert found == [desk.dialog.columns.fields["discipline"]]


def test_results_by_the_profile_of_a_start_list_are_looked_at(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have a column more, which may be the marks."""
    named = "medaldesk.gui.dialogs.import_dialog.ask_profile_name"
    monkeypatch.setattr(named, lambda *_: "Lists")
    desk = sit(list=LIST)
    desk.go_on()
    desk.press("k", held=ALT)
    desk.press(ESCAPE)
    more = sit(more=LIST.replace("Lane\n", "Lane;Uitslag\n").replace("er\n", "er;1.1231\n"))
    assert more.dialog.files.profile.currentText() == "Lists (yours)"
    more.go_on()
    assert more.step is Step.COLUMNS
    assert more.dialog.columns.line.text().startswith("Nothing is known of Uitslag")
    more.dialog.columns.table.setFocus()
    more.press("mark", ENTER)
    assert [mapping.kind for mapping in more.dialog.draft.mappings()] == ["results"]


# From the window


def test_the_command_asks_for_files_and_tells_what_was_taken(
    qtbot: QtBot,
    open_window: OpenWindow,
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write(tmp_path, "own.csv", OWN)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    window = open_window(sample)
    go_on_when_there(qtbot)
    window.actions_[Command.IMPORT].trigger()
    assert window.notice.text.startswith("own.csv was imported.")
    assert window.live is not None
    assert "Nikola Zdrahalova" in marks(window.live)
    window.actions_[Command.UNDO].trigger()
    assert "Nikola Zdrahalova" not in marks(window.live)


def test_files_are_dropped_onto_the_window(
    qtbot: QtBot, open_window: OpenWindow, sample: Path, tmp_path: Path
) -> None:
    window = open_window(sample)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, "own.csv", OWN)))])
    go_on_when_there(qtbot)
    window.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(
        lambda: window.notice.text.startswith("own.csv was imported."), timeout=PATIENCE
    )


def go_on_when_there(qtbot: QtBot) -> None:
    """Press Enter in the dialog whenever there is something to go on to."""
    timer = QTimer(QApplication.instance(), interval=50)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportDialog) and not dialog.task.is_busy and dialog.paths:
            if dialog.step is Step.PREVIEW:
                timer.stop()
            qtbot.keyClick(dialog.next_button, ENTER)

    timer.timeout.connect(press)
    timer.start()


def test_lines_of_a_spreadsheet_are_pasted(sit: Sit) -> None:
    QGuiApplication.clipboard().setText(OWN.replace(",", "\t"))
    desk = sit()
    assert QApplication.focusWidget() is desk.dialog.files.add_files
    desk.press("v", held=Qt.KeyboardModifier.ControlModifier)
    assert [look.path.name for look in desk.dialog.files.model.rows()] == ["Pasted text.txt"]
    desk.go_on(2)
    assert accepted(desk.dialog)


def test_a_medal_table_is_checked_and_not_imported(sit: Sit) -> None:
    desk = sit(table="nation,gold,silver,bronze\nNED,1,1,0\nJPN,0,0,1\n")
    assert desk.dialog.files.check.isVisible()
    desk.press("k", held=ALT)
    assert desk.dialog.check_path is not None
    assert desk.dialog.check_path.name == "table.csv"
    assert not desk.dialog.isVisible()


def test_a_medal_table_that_was_pasted_is_checked_too(
    qtbot: QtBot, open_window: OpenWindow, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    QGuiApplication.clipboard().setText("nation\tgold\tsilver\tbronze\nNED\t1\t1\t0\n")
    window = open_window(sample)
    timer = QTimer(QApplication.instance(), interval=50)

    def step() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportDialog) and not dialog.paths:
            dialog.paste()
        elif isinstance(dialog, ImportDialog) and not dialog.task.is_busy:
            timer.stop()
            dialog.files.check.click()

    timer.timeout.connect(step)
    timer.start()
    window.actions_[Command.IMPORT].trigger()
    (check,) = window.findChildren(TableCheckDialog)
    qtbot.waitUntil(lambda: bool(check.task.checks) and not check.task.is_busy, timeout=PATIENCE)
    assert check.path is not None
    assert check.path.read_text(encoding="utf-8").startswith("nation\tgold")
    check.done(0)
