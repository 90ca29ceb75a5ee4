"""What `dev.py` decides before it calls another program."""

from pathlib import Path

import pytest

import dev

LISTING = """\
\tlinux-vdso.so.1 (0x00007ffd0b7f2000)
\tlibxcb-cursor.so.0 => /lib/x86_64-linux-gnu/libxcb-cursor.so.0 (0x00007f2a1c000000)
\tlibxcb-icccm.so.4 => not found
\tlibEGL.so.1 => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f2a1d000000)
"""


def write_lock(folder: Path, text: str, newline: str = "\n") -> Path:
    path = folder / "lock.txt"
    path.write_text(text, encoding="utf-8", newline=newline)
    return path


def test_fingerprint_is_the_same_for_the_same_pins(tmp_path: Path) -> None:
    first = dev.fingerprint([write_lock(tmp_path, "click==8\n")], ["3.11"])
    assert dev.fingerprint([write_lock(tmp_path, "click==8\n")], ["3.11"]) == first


def test_fingerprint_does_not_mind_line_ends(tmp_path: Path) -> None:
    first = dev.fingerprint([write_lock(tmp_path, "click==8\n")], [])
    assert dev.fingerprint([write_lock(tmp_path, "click==8\n", newline="\r\n")], []) == first


@pytest.mark.parametrize(("pins", "words"), [("click==9\n", ["3.11"]), ("click==8\n", ["3.12"])])
def test_fingerprint_changes_with_the_pins_and_the_words(
    tmp_path: Path, pins: str, words: list[str]
) -> None:
    first = dev.fingerprint([write_lock(tmp_path, "click==8\n")], ["3.11"])
    assert dev.fingerprint([write_lock(tmp_path, pins)], words) != first


def test_missing_libraries_are_those_the_loader_does_not_find() -> None:
    assert dev.missing_libraries(LISTING) == ["libxcb-icccm.so.4", "libEGL.so.1"]


def test_packages_are_named_once_and_unknown_libraries_not_at_all() -> None:
    libraries = ["libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libnobody.so.1"]
    assert dev.packages_of(libraries) == ["libegl1", "libglib2.0-0"]


def test_apt_line_can_be_typed_as_it_is() -> None:
    line = dev.apt_line(["libegl1", "xvfb"])
    assert line == "sudo apt-get install -y --no-install-recommends libegl1 xvfb"


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("NAME=Debian\nID=debian\n", True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID="fedora"\n', False),
        ("ID=notdebian\n", False),
        ("", False),
    ],
)
def test_debian_and_its_children_are_known_by_os_release(release: str, expected: bool) -> None:
    assert dev.is_debian(release) is expected


def test_a_font_is_found_at_any_depth(tmp_path: Path) -> None:
    assert not dev.has_font([tmp_path, tmp_path / "nowhere"])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "README.txt").touch()
    assert not dev.has_font([tmp_path])
    (tmp_path / "truetype" / "Sans.TTF").touch()
    assert dev.has_font([tmp_path])


@pytest.mark.parametrize("arguments", [[], ["tests/test_dev.py"], ["-k", "font", "-x"]])
def test_tests_run_on_all_processors(arguments: list[str]) -> None:
    assert dev.workers(arguments) == ["-n", "auto"]


@pytest.mark.parametrize("arguments", [["-n0"], ["-n", "4"], ["--pdb"], ["-s"], ["-p", "no:xdist"]])
def test_tests_run_as_the_arguments_say(arguments: list[str]) -> None:
    assert dev.workers(arguments) == []


def test_nothing_is_said_or_installed_when_nothing_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dev.want_system_packages([])
    assert capsys.readouterr().out == ""


def test_without_root_the_line_to_type_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "os_release", lambda: "ID=debian")
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    dev.want_system_packages(["libegl1"])
    assert capsys.readouterr().out.strip().endswith(dev.apt_line(["libegl1"]))


def test_an_unknown_command_lists_the_known_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "fly"])
    assert dev.main() == 2
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in ("run", "test", "lint", "bench", "lock"))


def test_every_pin_has_a_hash_and_no_address() -> None:
    for path in dev.LOCKS:
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--find-links" not in text
        pins = [entry for entry in text.split("\n") if "==" in entry and entry[0] not in " #"]
        assert pins
        assert all(pin.endswith("\\") for pin in pins)


def test_what_runs_is_pinned_alike_for_users_and_developers() -> None:
    runtime, everything = (set(pins_of(path)) for path in dev.LOCKS)
    assert runtime < everything


def pins_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.rstrip(" \\") for line in lines if "==" in line and line[0] not in " #"]
