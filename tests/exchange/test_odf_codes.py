"""RSC and phase codes: 34 characters, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.exchange.odf.codes import (
    EVENT_STATUS,
    STATUS_OF_EVENT,
    Rsc,
    event_rsc,
    phase_codes,
    phase_name,
    unit_code,
    unit_position,
)

WORDS = st.text("ABCXYZ0189-", max_size=18).map(lambda text: text.rstrip("-"))


def test_a_unit_as_the_feed_spells_it() -> None:
    rsc = Rsc("SSK", "W", "1000M", "FNL", unit_code(1))
    assert str(rsc) == "SSKW1000M-------------FNL-000100--"
    assert Rsc.parse(str(rsc)) == rsc
    assert rsc.of_event == Rsc("SSK", "W", "1000M")
    assert (rsc.event_code, unit_position(rsc.unit)) == ("SSKW1000M", 1)


@given(WORDS, st.sampled_from(["", "FNL", "SFNL", "P001"]), st.integers(1, 999_999))
def test_what_is_written_is_read(event: str, phase: str, unit: int) -> None:
    rsc = Rsc("ATH", "M", event, phase, unit_code(unit))
    assert len(str(rsc)) == 34
    assert Rsc.parse(str(rsc)) == rsc
    assert unit_position(rsc.unit) == unit


@pytest.mark.parametrize("text", ["", "SS", "ssk" + "-" * 31, "S" * 35, "SSK W", "ÀÉÈ"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        Rsc.parse(text)


@given(st.text("ABC019-. ", min_size=1, max_size=34), st.booleans())
def test_any_code_of_an_event_has_one_of_its_own(rest: str, is_long: bool) -> None:
    code = f"SSKW{rest}" if is_long else rest
    rsc = event_rsc(code, "SSK", "W")
    assert len(str(rsc)) == 34
    assert Rsc.parse(str(rsc)) == rsc
    if rsc.event_code != code:
        others = [event_rsc(other, "SSK", "W") for other in (f"{code}X", f"{code}-2")]
        assert rsc not in others


def test_phases_are_told_apart() -> None:
    assert phase_codes(["Heats", "Semi-finals", "FINAL"]) == ["HEAT", "SFNL", "FNL"]
    assert phase_codes(["Race 1", "Race 2"]) == ["P001", "P002"]
    assert phase_codes(["Final", "Finals", "final"]) == ["FNL", "P002", "P003"]
    many = phase_codes([f"Race {n}" for n in range(1, 400)])
    assert len(set(many)) == 399
    assert {len(code) for code in many} == {4}


@given(st.lists(st.sampled_from(["Heats", "Quarterfinals", "Final B", "Final"]), unique=True))
def test_the_names_of_known_phases_come_back(names: list[str]) -> None:
    assert [phase_name(code) for code in phase_codes(names)] == names


@pytest.mark.parametrize(
    ("code", "unit"), [("000100", 1), ("001200", 12), ("000101", 101), ("0003", 3), ("", None)]
)
def test_units_as_others_spell_them(code: str, unit: int | None) -> None:
    assert unit_position(code) == unit


def test_each_status_of_an_event_comes_back() -> None:
    assert {EVENT_STATUS[told]: told for told in STATUS_OF_EVENT.values()} == STATUS_OF_EVENT
