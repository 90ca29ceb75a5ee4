"""Mappings of strangers: refused in a sentence, at once and in little memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medaldesk.book.import_errors import MappingPartUnknown, MappingUnreadable, PatternTooSlow
from medaldesk.exchange.importing.mapping import ValueMap, load_mapping
from medaldesk.reports.words import sentence


def mapping(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "strange.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pattern_that_searches_for_ever_is_stopped():
    meanings = ValueMap("athlete", {"/(a|aa)+$/": "x"})
    with pytest.raises(PatternTooSlow) as told:
        meanings("a" * 60 + "!")
    assert "(a|aa)+$" in sentence(told.value)


@pytest.mark.parametrize("key", ["/(a+)+$/", "/(.*a){20}$/", "/(a*)*b/"])
def test_a_pattern_that_other_engines_search_for_ever_comes_to_an_end(key: str):
    assert ValueMap("athlete", {key: "x"})("a" * 60 + "!") == "a" * 60 + "!"


def test_an_honest_pattern_finds_what_it_means():
    meanings = ValueMap("mark", {r"/^(\d+) pts\.?$/": r"\1"})
    assert [meanings("12 pts"), meanings("7 PTS."), meanings("12")] == ["12", "7", "12"]


@pytest.mark.parametrize(
    "text",
    [
        "[values.mark]\n'/(((/' = 'x'",
        "[values.mark]\n'/a{4294967296}/' = 'x'",
        f"[values.mark]\n'/{'(' * 5_000}/' = 'x'",
        "[values.mark]\n'/(a)/' = '\\2'",
        f"name = {'[' * 50_000}",
        f"{'a={' * 20_000}",
        f"{'a.' * 20_000}a = 1",
        f"name = '{'x' * 2_000_000}'",
    ],
    ids=["open", "count", "nested", "group", "arrays", "tables", "dots", "long"],
)
def test_a_mapping_that_would_harm_is_refused(tmp_path: Path, text: str):
    with pytest.raises(MappingUnreadable):
        load_mapping(mapping(tmp_path, text))


@pytest.mark.parametrize("text", ["shoes = 1", "[columns]\nshoes = 'Shoes'"])
def test_a_part_that_no_mapping_has_is_named(tmp_path: Path, text: str):
    path = mapping(tmp_path, text)
    with pytest.raises(MappingPartUnknown) as caught:
        load_mapping(path)
    assert sentence(caught.value) == (
        f"The mapping {path} cannot be read: no column or part of one is called shoes."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_mapping_that_is_a_pipe_is_not_waited_for(tmp_path: Path):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    with pytest.raises(MappingUnreadable):
        load_mapping(path)
