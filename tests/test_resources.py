"""Resources are found in a checkout, in an installed wheel and in a bundle."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dev
from medaldesk.resources import resource


def test_a_checkout_has_them_beside_the_package() -> None:
    assert resource() == dev.ROOT / "resources"
    assert resource("sample").is_dir()


def test_a_missing_one_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-thing") as caught:
        resource("sample", "no-such-thing")
    assert caught.value.filename == str(dev.ROOT / "resources" / "sample" / "no-such-thing")


def test_a_bundle_has_them_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    icon = tmp_path / "medaldesk" / "_resources" / "icon.svg"
    icon.parent.mkdir(parents=True)
    icon.touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icon.svg") == icon


def test_a_bundle_does_not_look_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError):
        resource("sample")


def test_a_wheel_carries_all_of_them(tmp_path: Path) -> None:
    installed = install_wheel(tmp_path)
    question = "from medaldesk.resources import resource; print(resource('sample'))"
    # -S keeps the checkout, which is installed here as editable, off the path.
    answer = output_of(sys.executable, "-S", "-c", question, folder=installed)
    assert Path(answer) == installed / "medaldesk" / "_resources" / "sample"
    assert files_below(installed / "medaldesk" / "_resources") == files_below(resource())


def install_wheel(folder: Path) -> Path:
    """Build the wheel and unpack it as an installation would; the folder it is in."""
    output_of(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    installed = folder / "installed"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    return installed.resolve()


def output_of(*words: str, folder: Path = dev.ROOT) -> str:
    done = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def files_below(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in files}
