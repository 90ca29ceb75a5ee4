"""The README of this folder names a test for every rule, and no test that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROWS = re.findall(r"^\| (.+?) \| (.+?) \|$", (HERE / "README.md").read_text("utf-8"), re.MULTILINE)
FILES = {file for _, tests in ROWS for file in re.findall(r"`([a-z_/]+\.py)`", tests)}


@pytest.mark.parametrize("number", range(1, 30))
def test_every_rule_has_a_row_and_every_row_a_test(number: int) -> None:
    rows = [tests for rules, tests in ROWS if re.search(rf"\bR{number}\b", rules)]
    assert rows
    assert all(re.search(r"\.py", tests) for tests in rows)


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_test_that_is_named_is_there(name: str) -> None:
    folder = HERE.parent if "/" in name else HERE
    assert (folder / name).is_file()
