"""A real desk for tests: an X server, a window manager, the program, and a keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 30.0
"""Seconds until something that should happen on screen is taken not to."""


class Desk:
    """Types into the window of a book with nothing but keys, and counts them."""

    def __init__(self, book: Path, home: Path) -> None:
        self._book = book
        self._home = home
        self._stack = ExitStack()
        self._env = dict(os.environ)
        self.presses = 0

    def __enter__(self) -> Self:
        with ExitStack() as undoing:
            self._stack = undoing
            self._start_display()
            self._start(["openbox"])
            self._program = self._start([sys.executable, "-m", "medaldesk", str(self._book)])
            self._window = self._find_window()
            self._stack = undoing.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def type(self, text: str) -> None:
        """Type text, a key at a time."""
        self.presses += len(text)
        self._xdotool("type", "--delay", "12", text)

    def key(self, *names: str) -> None:
        """Press keys one after the other: `Return`, `ctrl+shift+n`."""
        self.presses += len(names)
        self._xdotool("key", "--delay", "40", *names)

    def line(self, *texts: str, end: str = "Return") -> None:
        """Type cells with Tab between them, and a key at the end."""
        for number, text in enumerate(texts):
            if number:
                self.key("Tab")
            if text:
                self.type(text)
        self.key(end)

    def title(self) -> str:
        """What stands on the window that has the keys."""
        return self._xdotool("getactivewindow", "getwindowname").strip()

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Wait until something has happened."""
        until = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > until:
                raise AssertionError(f"{what} did not happen; the keys go to {self.title()!r}")
            time.sleep(0.05)

    def close(self) -> int:
        """Quit by key; returns the program's exit code."""
        self.key("ctrl+q")
        return self._program.wait(PATIENCE)

    def picture(self, target: Path) -> None:
        """A picture of the whole screen, for a person to look at (needs ImageMagick)."""
        subprocess.run(["import", "-window", "root", str(target)], env=self._env, check=True)

    def _start_display(self) -> None:
        read, write = os.pipe()
        screen = ["-screen", "0", "1440x900x24"]
        server = ["Xvfb", "-displayfd", str(write), *screen, "-nolisten", "tcp"]
        process = subprocess.Popen(
            server, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._stack.callback(_stop, process)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        self._env |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "HOME": str(self._home)}
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            self._env[f"XDG_{name}_HOME"] = str(self._home / name.lower())

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self._env, stdout=subprocess.DEVNULL)
        self._stack.callback(_stop, process)
        return process

    def _find_window(self) -> str:
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", "MedalDesk")
        window = found.split()[0]
        self._xdotool("windowactivate", "--sync", window)
        return window

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments],
            env=self._env,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
        ).stdout


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
