"""What every test stands on: Qt without a screen, and a home of its own for the settings."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

import dev

HOME = pytest.StashKey[Path]()
SETTINGS_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
}

hypothesis.settings.register_profile("dev", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    """Turn Qt off the screen and every settings folder into a temporary one."""
    if not os.environ.get("MEDALDESK_REAL_WINDOW"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    home = Path(tempfile.mkdtemp(prefix="medaldesk-home-"))
    config.stash[HOME] = home
    os.environ |= {name: str(home / folder) for name, folder in SETTINGS_FOLDERS.items()}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(config.stash[HOME], ignore_errors=True)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what types into a real window where that cannot be done; in CI it must be possible."""
    if item.get_closest_marker("real_window") is None:
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("the real window is tested under X11")
    missing = dev.missing_tools()
    if missing and os.environ.get("CI"):
        pytest.fail(f"the real window cannot be tested without {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"the real window is tested where there are {', '.join(missing)}")
