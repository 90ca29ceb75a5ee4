"""File > Export the book: all of it, for other programs."""

import csv
import os
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from medaldesk.exchange.exporting import EXPORTERS
from medaldesk.exchange.odf.codes import DocumentType
from medaldesk.gui import export_window
from medaldesk.gui.actions import Command
from medaldesk.gui.export_window import ExportWindow
from medaldesk.gui.main_window import MainWindow
from medaldesk.reports.export_words import kind_noun
from medaldesk.resources import resource

OpenWindow = Callable[..., MainWindow]
PATIENCE = 60_000


@pytest.fixture
def window(open_window: OpenWindow, sample: Path) -> MainWindow:
    return open_window(sample)


def test_the_help_tells_every_kind_and_every_message() -> None:
    text = resource("help", "en", "60-exports.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", text))
    assert {*EXPORTERS, *DocumentType} <= told


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str, suffix: str) -> list[str]:
    """Answer the dialog; the filters that it offers."""
    offered: list[str] = []

    def answer(_: object, __: str, ___: str, filters: str) -> tuple[str, str]:
        offered.extend(filters.split(";;"))
        return str(path), f"{kind_noun(kind)} (*{suffix})"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def export(window: MainWindow) -> ExportWindow:
    """Begin; whoever called goes on at once."""
    window.actions_[Command.EXPORT_BOOK].trigger()
    (exporting,) = window.findChildren(ExportWindow)
    assert exporting.task.is_busy
    return exporting


def exported(qtbot: QtBot, window: MainWindow) -> str:
    """Export to the end; what is said then."""
    with qtbot.waitSignal(export(window).wrote, timeout=PATIENCE):
        pass
    return window.notice.text


def test_every_kind_is_offered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = save_as(monkeypatch, tmp_path / "out.csv", "results", ".csv")
    said = exported(qtbot, window)
    assert offered == [
        f"{kind_noun(kind)} (*{suffix})"
        for kind, exporter in EXPORTERS.items()
        for suffix in exporter.suffixes
        if suffix
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "1:12.31" in {row["mark"] for row in rows}
    assert f"{len(rows):,}" in said


def test_messages_go_into_a_zip(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "out", "odf", ".zip")
    said = exported(qtbot, window)
    with ZipFile(tmp_path / "out.zip") as archive:
        names = archive.namelist()
    assert any("DT_MEDALS" in name for name in names)
    assert str(len(names)) in said


def test_the_book_as_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "copy.medaldesk", "sqlite", ".medaldesk")
    exported(qtbot, window)
    connection = sqlite3.connect(tmp_path / "copy.medaldesk")
    try:
        assert connection.execute("SELECT count(*) FROM book").fetchone() == (1,)
    finally:
        connection.close()


def test_a_file_that_nobody_was_asked_about_is_left(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.zip").write_text("mine", encoding="utf-8")
    save_as(monkeypatch, tmp_path / "out", "odf", ".zip")
    window.actions_[Command.EXPORT_BOOK].trigger()
    assert (tmp_path / "out.zip").read_text(encoding="utf-8") == "mine"
    assert "exists already" in window.notice.text


def test_a_dialog_that_is_left_writes_nothing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.actions_[Command.EXPORT_BOOK].trigger()
    assert sorted(tmp_path.iterdir()) == before
    assert window.findChildren(ExportWindow) == []


def test_a_book_is_not_written_over_itself(
    qtbot: QtBot, window: MainWindow, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sample.read_bytes()
    save_as(monkeypatch, sample, "sqlite", ".medaldesk")
    exporting = export(window)
    with qtbot.waitSignal(exporting.finished, timeout=PATIENCE):
        pass
    assert "exists already" in window.notice.text
    assert sample.read_bytes() == before


def test_a_short_one_shows_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_window, "SHOWN_AFTER", PATIENCE)
    save_as(monkeypatch, tmp_path / "out.csv", "results", ".csv")
    exporting = export(window)
    with qtbot.waitSignal(exporting.wrote, timeout=PATIENCE):
        assert not exporting.isVisible()
    assert not exporting.isVisible()


def test_a_long_one_shows_how_far_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_window, "SHOWN_AFTER", 0)
    save_as(monkeypatch, tmp_path / "out.csv", "results", ".csv")
    told: list[tuple[int, int]] = []
    exporting = export(window)
    exporting.task.progressed.connect(lambda _, done, total: told.append((done, total)))
    with qtbot.waitSignal(exporting.wrote, timeout=PATIENCE):
        qtbot.waitUntil(exporting.isVisible, timeout=PATIENCE)
        assert "out.csv" in exporting.line.text()
        assert window.isEnabled()
    assert not exporting.isVisible()
    assert window.live is not None
    events = len(window.live.reads.tidy_events())
    assert told[-1] == (events, events)


@pytest.mark.skipif(sys.platform == "win32", reason="no file there can be waited for")
def test_escape_leaves_the_file_as_it_was(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its draft is a pipe that nobody reads: the export cannot come to its end before Esc."""
    monkeypatch.setattr(export_window, "SHOWN_AFTER", 0)
    folder = tmp_path / "folder"
    folder.mkdir()
    out = folder / "out.xlsx"
    out.write_text("before", encoding="utf-8")
    save_as(monkeypatch, out, "results", ".xlsx")
    exporting = export(window)
    child = exporting.task._worker._child
    assert child is not None
    os.mkfifo(folder / f".out.xlsx.{child.number}.new")
    parts = f".out.xlsx.{child.number}.new.*"
    qtbot.waitUntil(lambda: any(folder.glob(parts)), timeout=PATIENCE)
    qtbot.waitUntil(exporting.isVisible, timeout=PATIENCE)
    qtbot.keyClick(exporting, Qt.Key.Key_Escape)
    assert not exporting.isVisible()
    assert [*folder.iterdir()] == [out]
    assert out.read_text(encoding="utf-8") == "before"


def test_closing_the_book_gives_an_export_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "out.zip", "odf", ".zip")
    exporting = export(window)
    window.close()
    assert not exporting.task.is_busy
    assert not (tmp_path / "out.zip").exists()
