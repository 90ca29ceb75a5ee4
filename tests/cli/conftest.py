"""The command line as a process of its own, and the sample book to use it on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from medaldesk.exchange.sample import create_sample

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book; for reading alone."""
    path = tmp_path_factory.mktemp("cli") / "sample.medaldesk"
    create_sample(path, who="clerk").close()
    return path


@pytest.fixture
def own_book(sample: Path, tmp_path: Path) -> Path:
    """The sample book of one test, which may write it."""
    path = tmp_path / "own.medaldesk"
    shutil.copy(sample, path)
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `medaldesk` with arguments and without a screen, in the test's folder."""

    def medaldesk(*arguments: object) -> Done:
        screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        environ = {name: value for name, value in os.environ.items() if name not in screens}
        return subprocess.run(
            [sys.executable, "-m", "medaldesk", *map(str, arguments)],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return medaldesk
