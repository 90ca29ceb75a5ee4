"""`python -m medaldesk.gui.screenshot BOOK PNG`: a picture of the window, without a display."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path


def main() -> int:
    """Write the picture; exit code 0, or 1 where the book cannot be opened or the file written."""
    parser = argparse.ArgumentParser(prog="medaldesk.gui.screenshot")
    parser.add_argument("book", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--zoom", type=int, default=100)
    parser.add_argument("--size", default="1440x860")
    parser.add_argument("--page", default="event")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        return take(asked, Path(folder))


def take(asked: argparse.Namespace, folder: Path) -> int:
    """Open a window with settings of its own, so that a person's are not touched."""
    from PySide6.QtCore import QSettings

    from medaldesk.gui.app import application, open_window
    from medaldesk.gui.settings import Settings
    from medaldesk.gui.theme import ThemeChoice
    from medaldesk.gui.workspace import Tab

    app = application([])
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    settings.theme, settings.zoom = ThemeChoice(asked.theme), asked.zoom
    window = open_window(settings, asked.book)
    if window.workspace is None:
        return 1
    width, height = (int(part) for part in asked.size.split("x"))
    window.resize(width, height)
    window.workspace.show_tab(Tab(asked.page))
    window.show()
    for _ in range(3):
        app.processEvents()
    taken = window.grab().save(str(asked.picture), "PNG")
    window.close()
    return 0 if taken else 1


if __name__ == "__main__":
    raise SystemExit(main())
