"""File > Export the book: all of it, for other programs."""

import csv
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from medaldesk.exchange.exporting import EXPORTERS
from medaldesk.exchange.odf.codes import DocumentType
from medaldesk.gui.actions import Command
from medaldesk.gui.main_window import MainWindow
from medaldesk.reports.export_words import kind_noun
from medaldesk.resources import resource

OpenWindow = Callable[..., MainWindow]


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


def test_every_kind_is_offered(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = save_as(monkeypatch, tmp_path / "out.csv", "results", ".csv")
    window.actions_[Command.EXPORT_BOOK].trigger()
    assert offered == [
        f"{kind_noun(kind)} (*{suffix})"
        for kind, exporter in EXPORTERS.items()
        for suffix in exporter.suffixes
        if suffix
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "1:12.31" in {row["mark"] for row in rows}
    assert f"{len(rows):,}" in window.notice.text
    assert QApplication.overrideCursor() is None


def test_messages_go_into_a_zip(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "out", "odf", ".zip")
    window.actions_[Command.EXPORT_BOOK].trigger()
    with ZipFile(tmp_path / "out.zip") as archive:
        names = archive.namelist()
    assert any("DT_MEDALS" in name for name in names)
    assert str(len(names)) in window.notice.text


def test_the_book_as_it_is(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "copy.medaldesk", "sqlite", ".medaldesk")
    window.actions_[Command.EXPORT_BOOK].trigger()
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
