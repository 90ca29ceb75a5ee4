"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from medaldesk.gui.main_window import MainWindow
from medaldesk.gui.settings import Settings
from medaldesk.gui.theme import theme
from medaldesk.reports import words


def application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, named and set up; made if there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(arguments or sys.argv[:1])
    app.setApplicationName("MedalDesk")
    app.setApplicationDisplayName("MedalDesk")
    app.setDesktopFileName("medaldesk")
    words.use_translator(lambda text: QCoreApplication.translate("", text))
    return app


def open_window(settings: Settings, book: Path | None = None) -> MainWindow:
    """The window with a book, that of last time, or the sample in the very first start."""
    look = theme()
    look.choose(settings.theme)
    look.set_zoom(settings.zoom)
    window = MainWindow(settings)
    if book is not None:
        window.open_book(book)
        return window
    last = next((path for path in settings.recent() if path.exists()), None)
    if last is None or not window.open_book(last):
        window.open_sample()
    return window


def run(book: Path | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    app = application()
    window = open_window(Settings(), book)
    window.show()
    return app.exec()
