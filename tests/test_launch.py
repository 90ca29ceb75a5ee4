"""Which command lines open the window."""

import sys
from types import SimpleNamespace

import click
import pytest

from medaldesk import launch
from medaldesk.launch import has_display, wants_window


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(
    platform: str, environ: dict[str, str], expected: bool
) -> None:
    assert has_display(platform, environ) is expected


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    group = click.Group(commands=[click.Command("check"), click.Command("standings")])
    monkeypatch.setitem(sys.modules, "medaldesk.cli.main", SimpleNamespace(main=group))


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize(
    "arguments", [[], ["games.medaldesk"], ["check.medaldesk"], ["games"], ["./check"], ["a b"]]
)
def test_nothing_or_a_book_opens_the_window(arguments: list[str]) -> None:
    assert wants_window(arguments)


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize(
    "arguments", [["check"], ["--help"], ["--version"], ["check", "games.medaldesk"], ["a", "b"]]
)
def test_commands_and_options_do_not(arguments: list[str]) -> None:
    assert not wants_window(arguments)


@pytest.mark.usefixtures("commands")
def test_a_command_line_without_a_display_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "has_display", lambda: False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(sys, "argv", ["medaldesk", "games.medaldesk"])
    with pytest.raises(SystemExit) as left:
        launch.main()
    assert left.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1
