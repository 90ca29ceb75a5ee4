"""R4 and R5: from marks by phase to the classification of an event."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.classification import (
    Classification,
    Field,
    Performance,
    Phase,
    Starter,
    classify,
)
from medaldesk.domain.marks import Better
from medaldesk.domain.ranking import IRM_ORDER

ENTRIES = range(1, 9)
STARTERS = [Starter(entry, name=f"Skater {entry}") for entry in ENTRIES]

performances = st.builds(
    Performance,
    entry=st.sampled_from(ENTRIES),
    value=st.none() | st.integers(40, 44),
    tie_break=st.none() | st.integers(0, 2),
    status=st.none() | st.none() | st.sampled_from(IRM_ORDER),
    start_order=st.none() | st.integers(1, 4),
)
phases = st.lists(st.lists(performances, max_size=8), max_size=3)


def ranks(
    method: Classification, *runs: Phase, better: Better = Better.LOWER
) -> dict[int, int | None]:
    """Entry to rank; everybody named in a phase is a starter."""
    starters = [Starter(entry) for entry in sorted({line.entry for run in runs for line in run})]
    placings = classify(method, Field(starters, runs, better))
    return {placing.key: placing.rank for placing in sorted(placings, key=lambda p: p.key)}


def run(*values: int | str | None) -> list[Performance]:
    """A phase of entries 1, 2, 3 …: marks, statuses, or None for those still to come."""
    return [
        Performance(entry, status=value) if isinstance(value, str) else Performance(entry, value)
        for entry, value in enumerate(values, start=1)
    ]


def test_r04_final_has_the_deciding_phase_before_the_one_before_it() -> None:
    heats = run(50, 51, 52, 53, 54)
    semi_finals = [Performance(2, 49), Performance(3, 55), Performance(1, 48)]
    final = [Performance(1, 60), Performance(2, 59)]
    assert ranks(Classification.FINAL, heats, semi_finals, final) == {2: 1, 1: 2, 3: 3, 4: 4, 5: 5}


def test_r04_final_a_is_before_final_b_whatever_the_marks() -> None:
    final_b = [Performance(3, 40), Performance(4, 41)]
    final_a = [Performance(1, 50), Performance(2, 51)]
    assert ranks(Classification.FINAL, final_b, final_a) == {1: 1, 2: 2, 3: 3, 4: 4}


def test_r04_whoever_reached_the_final_is_better_before_skating_it() -> None:
    heats, final = run(50, 51, 52, 53), [Performance(3), Performance(4)]
    assert ranks(Classification.FINAL, heats, final) == {1: 3, 2: 4, 3: None, 4: None}


def test_r04_a_tie_of_a_phase_is_broken_among_those_it_decides() -> None:
    """Who went on by the same mark needs no tie-break for the others to have theirs."""
    semi_final = [
        Performance(1, 50),
        Performance(2, 50, tie_break=2),
        Performance(3, 50, tie_break=1),
    ]
    assert ranks(Classification.FINAL, semi_final, [Performance(1, 60)]) == {1: 1, 3: 2, 2: 3}


def test_r04_total_is_the_sum_over_the_runs() -> None:
    assert ranks(Classification.TOTAL, run(50, 52, 51), run(51, 48, 51)) == {1: 2, 2: 1, 3: 3}
    assert ranks(
        Classification.TOTAL, run(50, 52), run(51, 48), better=Better.HIGHER
    ) == {1: 1, 2: 2}  # fmt: skip


def test_r04_a_missing_run_means_no_rank() -> None:
    first, second = run(50, 51, 49, 52), [Performance(1, 50), Performance(2, 48)]
    assert ranks(Classification.TOTAL, first, second) == {1: 2, 2: 1, 3: None, 4: None}


def test_r04_total_of_runs_under_way_waits_for_nobody_before_the_run_begins() -> None:
    first, second = run(50, 51, 49), [Performance(entry) for entry in (1, 2, 3)]
    assert ranks(Classification.TOTAL, first, second) == {1: 2, 2: 3, 3: 1}


def test_r04_a_status_in_one_run_takes_the_total_away() -> None:
    assert ranks(Classification.TOTAL, run(50, 40), run(50, "DNF")) == {1: 1, 2: None}


def test_r04_best_is_the_best_of_the_runs() -> None:
    assert ranks(Classification.BEST, run(50, 52, 51), run(55, 49, "DNF")) == {1: 2, 2: 1, 3: 3}


def test_r04_best_breaks_ties_by_the_second_best_and_the_third() -> None:
    runs = run(80, 80, 80, 80), run(70, 75, 75, "DNF"), run(60, 50, 60, 79)
    assert ranks(Classification.BEST, *runs, better=Better.HIGHER) == {1: 4, 2: 3, 3: 2, 4: 1}


def test_r04_in_best_a_run_missing_is_worse_than_any_run() -> None:
    runs = run(80, 80), run(1, None)
    assert ranks(Classification.BEST, *runs, better=Better.HIGHER) == {1: 1, 2: 2}


def test_r04_in_best_whoever_is_disqualified_in_one_run_is_out() -> None:
    assert ranks(Classification.BEST, run(50, "DSQ", 51), run(51, 40, "DQB")) == {
        1: 1,
        2: None,
        3: None,
    }


def test_r04_manual_goes_by_the_ranks_typed_gaps_included() -> None:
    starters = [Starter(1, typed_rank=3), Starter(2, typed_rank=1), Starter(3, typed_rank=9),
                Starter(4), Starter(5, typed_rank=3), Starter(6, typed_rank=2)]  # fmt: skip
    event = Field(starters, [run(50, 51, 52, 40, 53, "DSQ")])
    placings = classify(Classification.MANUAL, event)
    assert [(p.key, p.rank, p.equal) for p in placings] == [
        (2, 1, False),
        (1, 3, True),
        (5, 3, True),
        (3, 9, False),
        (4, None, False),
        (6, None, False),
    ]


def test_r05_who_ran_again_in_the_phase_has_the_better_mark() -> None:
    again = [Performance(1, 50), Performance(1, 48), Performance(2, 49), Performance(2, 55)]
    assert ranks(Classification.FINAL, again) == {1: 1, 2: 2}
    fallen = [Performance(1, status="DNF"), Performance(1, 60), Performance(2, 59)]
    assert ranks(Classification.FINAL, fallen) == {2: 1, 1: 2}


def test_r05_equals_of_one_unit_stand_by_name() -> None:
    starters = [Starter(1, "Zwart"), Starter(2, "Aalbers"), Starter(3, "Moor")]
    pair = [Performance(1, 50, start_order=2), Performance(2, 50, start_order=2),
            Performance(3, 50, start_order=1)]  # fmt: skip
    placings = classify(Classification.FINAL, Field(starters, [pair]))
    assert [placing.key for placing in placings] == [3, 2, 1]


def test_behind_is_counted_in_the_phase_that_placed_somebody() -> None:
    heats, final = run(50, 51, 53), [Performance(1, 60), Performance(2, 62)]
    placings = classify(Classification.FINAL, Field(STARTERS[:3], [heats, final]))
    assert [(placing.key, placing.behind) for placing in placings] == [(1, None), (2, 2), (3, 3)]


def test_r04_a_placing_says_how_far_from_the_deciding_phase_it_was_given() -> None:
    heats, final = run(50, 51, "DNS", 53), [Performance(1, 60), Performance(2, status="DNF")]
    placings = classify(Classification.FINAL, Field(STARTERS[:5], [heats, final]))
    assert [(p.key, p.depth, p.status) for p in placings] == [
        (1, 0, None),
        (4, 1, None),
        (5, 2, None),
        (2, 0, "DNF"),
        (3, 1, "DNS"),
    ]


@pytest.mark.parametrize("method", Classification)
@given(runs=phases)
def test_r03_a_demand_for_tie_breaks_moves_nobody(
    method: Classification, runs: list[Phase]
) -> None:
    """It only tells of ties: each of them, unless ranks are typed, and nothing but ties."""
    asked = classify(method, Field(STARTERS, runs, breaks_ties=True))
    assert [placing._replace(tie_open=False) for placing in asked] == [
        placing._replace(tie_open=False) for placing in classify(method, Field(STARTERS, runs))
    ]
    expected = method is not Classification.MANUAL
    assert all(p.tie_open == (p.equal and expected) for p in asked)


@pytest.mark.parametrize("method", Classification)
@given(data=st.data(), runs=phases)
def test_r04_every_method_gives_the_same_for_every_order_of_entry(
    method: Classification, data: st.DataObject, runs: list[Phase]
) -> None:
    shuffled = [data.draw(st.permutations(phase)) for phase in runs]
    starters = data.draw(st.permutations(STARTERS))
    assert classify(method, Field(starters, shuffled)) == classify(method, Field(STARTERS, runs))


@pytest.mark.parametrize("method", Classification)
@given(runs=phases, better=st.sampled_from(Better))
def test_r02_every_method_places_every_entry_once(
    method: Classification, runs: list[Phase], better: Better
) -> None:
    placings = classify(method, Field(STARTERS, runs, better))
    assert Counter(placing.key for placing in placings) == Counter(ENTRIES)
    assert [placing.sort_order for placing in placings] == [*range(1, len(ENTRIES) + 1)]


@pytest.mark.parametrize("method", [Classification.FINAL, Classification.TOTAL])
@given(runs=phases)
def test_r04_the_direction_only_mirrors_the_marks(
    method: Classification, runs: list[list[Performance]]
) -> None:
    mirrored = [
        [Performance(p.entry, p.value and 100 - p.value, p.tie_break, p.status, p.start_order)
         for p in phase]
        for phase in runs
    ]  # fmt: skip
    assert classify(method, Field(STARTERS, runs, Better.LOWER)) == classify(
        method, Field(STARTERS, mirrored, Better.HIGHER)
    )


def test_r04_total_a_disqualification_in_one_run_is_one_from_the_event() -> None:
    runs = [
        [Performance(1, 100), Performance(2, status="DSQ")],
        [Performance(1, 100), Performance(2, status="DNS")],
    ]
    placings = classify(Classification.TOTAL, Field([Starter(1), Starter(2)], runs))
    assert [placing.status for placing in placings] == [None, "DSQ"]
