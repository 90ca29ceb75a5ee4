"""The window as a whole: books in and out, places that come back, what cannot be opened."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from medaldesk.book.book import Book
from medaldesk.exchange.sample import FOUNDING_RACE, TypedMark
from medaldesk.gui.actions import Command
from medaldesk.gui.app import open_window as start
from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.target import Place, Target
from medaldesk.gui.theme import DARK, LIGHT, ThemeChoice, theme
from medaldesk.gui.workspace import Tab, Workspace

OpenWindow = Callable[..., MainWindow]
Evening = tuple[Path, list[TypedMark]]


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def test_the_first_start_opens_the_sample(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = start(settings)
    qtbot.addWidget(window)
    head = workspace_of(window).event_page.head
    assert head is not None
    assert head.path == FOUNDING_RACE
    assert head.status == "official"
    window.close()


def test_the_place_comes_back_at_the_next_start(
    qtbot: QtBot, open_window: OpenWindow, settings: Settings, sample: Path
) -> None:
    window = open_window(sample)
    space = workspace_of(window)
    assert window.live is not None
    event = window.live.reads.event_by_path("OWG1984/SSKW1000M")
    space.show_event(event)
    space.show_tab(Tab.HISTORY)
    window.resize(780, 590)
    window.close()
    again = start(settings)
    qtbot.addWidget(again)
    again.show()
    space = workspace_of(again)
    assert space.tab is Tab.HISTORY
    assert space.event_page.event_id == event
    assert (again.width(), again.height()) == (780, 590)
    assert settings.recent() == [sample]
    again.close()


def test_a_second_window_reads_and_follows_live(
    qtbot: QtBot, open_window: OpenWindow, evening: Evening
) -> None:
    path, marks = evening
    first = open_window(path)
    second = open_window(path)
    assert first.live is not None
    assert second.live is not None
    assert not second.live.can_write
    assert "is writing in it" in second.notice.text
    assert not second.actions_[Command.ADD_ENTRY].isEnabled()
    kok = next(mark for mark in marks if mark.name == "Femke Kok")
    first.live.edit(lambda edits: edits.enter_mark(kok.result, kok.text))
    page = workspace_of(second).event_page

    def seen() -> None:
        row = next(row for row in page.model.results if row.id == kok.result)
        assert row.rank == 1
        assert [flag.text for flag in row.records] == ["OR"]

    qtbot.waitUntil(lambda: _passes(seen), timeout=5_000)
    assert any("Kok" in text for text in workspace_of(second).side.changes.sentences())


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except AssertionError:
        return False
    return True


def _text(path: Path, _: Path) -> None:
    path.write_text("just a letter", encoding="utf-8")


def _empty(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def _other_database(path: Path, _: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()


def _truncated(path: Path, sample: Path) -> None:
    path.write_bytes(sample.read_bytes()[:50_000])


def _newer(path: Path, sample: Path) -> None:
    shutil.copy(sample, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.mark.parametrize("spoil", [_text, _empty, _other_database, _truncated, _newer])
def test_what_cannot_be_opened_is_told_in_a_sentence_and_left_alone(
    open_window: OpenWindow,
    sample: Path,
    tmp_path: Path,
    spoil: Callable[[Path, Path], None],
) -> None:
    path = tmp_path / "other.medaldesk"
    spoil(path, sample)
    before = path.read_bytes()
    window = open_window(sample)
    assert not window.open_book(path)
    assert window.notice.text.endswith(".")
    assert window.notice.text.count("\n") == 0
    assert path.read_bytes() == before
    assert window.live is not None
    assert window.live.path == sample


def test_new_book_then_undo_has_nothing_to_take_back(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    assert window.create_book(tmp_path / "fresh")
    assert (tmp_path / "fresh.medaldesk").exists()
    assert not window.actions_[Command.UNDO].isEnabled()
    assert workspace_of(window).event_page.event_id is None


def test_deleting_an_event_is_undone_by_key(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    assert window.live is not None
    window.actions_[Command.DELETE_EVENT].trigger()
    assert workspace_of(window).event_page.event_id is None
    assert "Ctrl+Z" in window.notice.text
    QApplication.processEvents()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workspace_of(window).event_page.head.path == FOUNDING_RACE
    with Book.open(sample, read_only=True) as book:
        assert book.check() == []


def test_theme_and_zoom_are_chosen_and_remembered(
    open_window: OpenWindow, settings: Settings, sample: Path
) -> None:
    window = open_window(sample)
    window.actions_[Command.THEME_DARK].trigger()
    assert theme().colours is DARK
    assert settings.theme is ThemeChoice.DARK
    window.actions_[Command.THEME_LIGHT].trigger()
    assert theme().colours is LIGHT
    window.actions_[Command.LARGER].trigger()
    assert theme().zoom == 110
    assert settings.zoom == 110
    assert QApplication.font().pointSizeF() > 9


def test_a_narrow_window_gives_its_room_to_the_page(
    qtbot: QtBot, open_window: OpenWindow, sample: Path
) -> None:
    window = open_window(sample)
    space = workspace_of(window)
    assert space.side.isVisible()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not space.side.isVisible())
    assert space.tree.isVisible()
    window.actions_[Command.SIDE].trigger()
    assert space.side.isVisible()


def test_links_lead_to_their_pages(open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    space = workspace_of(window)
    assert window.live is not None
    reads = window.live.reads
    competition = reads.competition_by_code("OWG2022")
    space.go(Target(Place.STANDINGS, competition.id))
    assert space.tab is Tab.STANDINGS
    event = reads.event_by_path("OWG2022/SSKW1000M")
    space.go(Target(Place.EVENT, event))
    assert space.tab is Tab.EVENT
    assert space.event_page.event_id == event
    record_list = reads.record_lists()[0]
    space.go(Target(Place.RECORDS, record_list.id))
    assert space.tab is Tab.RECORDS


def test_f6_walks_from_pane_to_pane(qtbot: QtBot, open_window: OpenWindow, sample: Path) -> None:
    window = open_window(sample)
    space = workspace_of(window)
    window.activateWindow()
    space.event_page.view.setFocus()
    seen = []
    for _ in range(3):
        window.actions_[Command.NEXT_PANE].trigger()
        focus = window.focusWidget()
        panes = {"side": space.side, "tree": space.tree, "page": space.stack}
        seen.append(next(name for name, pane in panes.items() if pane.isAncestorOf(focus)))
    assert seen == ["side", "tree", "page"]


@pytest.mark.parametrize("tab", [Tab.EVENT, Tab.STANDINGS, Tab.RECORDS])
def test_the_page_in_sight_is_exported(
    open_window: OpenWindow,
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tab: Tab,
) -> None:
    window = open_window(sample)
    workspace_of(window).show_tab(tab)
    target = tmp_path / f"{tab}.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), "CSV"))
    window.actions_[Command.EXPORT].trigger()
    assert "NED" in target.read_text(encoding="utf-8")
    assert str(target) in window.notice.text
