"""An import as a person makes it: files on a table, keys, and a real worker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from medaldesk.gui.dialogs.import_dialog import ImportDialog
from medaldesk.gui.dialogs.import_frame import Step
from medaldesk.gui.import_profiles import Profiles
from medaldesk.gui.live_book import LiveBook
from tests.gui.by_keys import ENTER, press, shown

PATIENCE = 60_000
"""Milliseconds until something that a worker should do is taken not to happen."""

BUTTON = 150
"""Milliseconds that a button is down for whoever pressed its key with Alt."""

OWN = """competition,event,phase,athlete,nation,mark,rank
OWG2026,SSKW1000M,Final,Jutta Leerdam,NED,1:12.31,1
OWG2026,SSKW1000M,Final,Femke Kok,NED,1:12.59,2
OWG2026,SSKW1000M,Final,Nikola Zdrahalova,CZE,1:15.02,12
"""
"""Results in the form of the exchange table: two that the sample book has, and one that is new."""

ODD = """Pos;Skater;Country;Time
1;LEERDAM Jutta;NED;1.1231
2;KOK Femke;Netherlands;1.1259
3;TAKAGI Miho;Japon;1.1395
;ZDRAHALOVA Nikola;CZE;disq
"""
"""A file of somebody else: marks without a colon, a name that no book knows, words for codes."""


class ImportDesk:
    """A dialog over a book; counts the keys that are pressed."""

    def __init__(
        self, qtbot: QtBot, live: LiveBook, folder: Path, paths: Sequence[Path] = ()
    ) -> None:
        self.qtbot = qtbot
        self.live = live
        self.presses = 0
        self.profiles = Profiles(folder / "profiles")
        self.dialog = ImportDialog(live, paths, self.profiles)
        shown(qtbot, self.dialog)
        self.wait()

    def wait(self) -> None:
        """Wait until the worker has answered."""
        self.qtbot.waitUntil(lambda: not self.dialog.task.is_busy, timeout=PATIENCE)

    def press(self, *keys: str | Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press keys wherever the keyboard is; a text is typed a letter at a time."""
        for key in keys:
            for each in key if isinstance(key, str) else [key]:
                self.presses += 1
                is_shortcut = held is not None and isinstance(each, str)
                press(self.qtbot, Qt.Key(ord(each.upper())) if is_shortcut else each, held=held)
                if is_shortcut:
                    # A button goes down before it does something.
                    self.qtbot.wait(BUTTON)
                self.wait()

    def go_on(self, times: int = 1) -> None:
        """Press Enter."""
        self.press(*[ENTER] * times)

    @property
    def step(self) -> Step:
        return self.dialog.step

    @property
    def problem(self) -> str:
        return self.dialog.problem.text()

    @property
    def verb(self) -> str:
        """What Enter does."""
        return self.dialog.next_button.text().replace("&", "")


def write(folder: Path, name: str, text: str) -> Path:
    """A file on the table."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def marks(live: LiveBook, event: str = "OWG2026/SSKW1000M") -> dict[str, tuple[str, str]]:
    """Mark, as a number of its smallest unit, and status by name."""
    reads = live.reads
    rows = reads.results(reads.event_by_path(event))
    return {row.name: (str(row.mark.value) if row.mark else "", row.status or "") for row in rows}
