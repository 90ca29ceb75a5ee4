"""The way in: `medaldesk [BOOK]` opens the window, any other line is a command.

It stands above the command line and the window, so that neither knows of the other and a
command never loads Qt. It expects of them:

- `medaldesk.cli.main.main`, a click group; its help tells of `medaldesk [BOOK]` too.
- `medaldesk.gui.app.run(book: Path | None) -> int`, which opens a book in the window (`None`:
  the book of last time or the sample), speaks for itself when there is no such file, and
  returns the exit code.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

BOOK_SUFFIX = ".medaldesk"


def main() -> None:
    """Do what the program's command line asks, then leave with its exit code."""
    arguments = sys.argv[1:]
    if wants_window(arguments):
        sys.exit(_open_window(arguments))
    from medaldesk.cli.main import main as commands

    commands(prog_name="medaldesk")


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether the arguments are `[BOOK]`: nothing, or one name that is no option and no command."""
    if not arguments:
        return True
    if len(arguments) > 1 or arguments[0].startswith("-"):
        return False
    # The commands need not be loaded to know that this is a book: the window opens sooner.
    if arguments[0].endswith(BOOK_SUFFIX):
        return True
    from medaldesk.cli.main import main as commands

    return arguments[0] not in commands.commands


def has_display(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen for a window: always, but on Linux only where one is named."""
    named = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return bool(named) or not platform.startswith("linux")


def _open_window(arguments: Sequence[str]) -> int:
    # Who sets QT_QPA_PLATFORM has chosen what Qt paints on, and needs no display for it.
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        print(
            "There is no display to open the window on; "
            "`medaldesk --help` lists the commands that work in a terminal.",
            file=sys.stderr,
        )
        return 1
    from medaldesk.gui.app import run

    return run(Path(arguments[0]) if arguments else None)
