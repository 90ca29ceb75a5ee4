"""RULES 2 and R1–R3: ranks, the order of the sheet, statuses, tie-breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.classification import Classification, Field, Performance, Starter, classify
from medaldesk.domain.marks import Better
from medaldesk.domain.ranking import IRM_ORDER, Line, Placing, Rank, rank_lines, shared_ranks

statuses = st.none() | st.sampled_from([*IRM_ORDER, "OUT"])
scores = st.none() | st.tuples(st.integers(0, 4))
lines_of_a_sheet = st.lists(
    st.builds(
        Line,
        key=st.integers(1, 40),
        score=scores,
        depth=st.integers(0, 2),
        status=statuses,
        start_order=st.none() | st.integers(1, 5),
        name=st.sampled_from("ABC"),
        behind=st.none() | st.integers(0, 9),
        tie_open=st.booleans(),
        typed_rank=st.none(),
    ),
    unique_by=lambda line: line.key,
    max_size=12,
)


def obvious_rank(line: Line, sheet: list[Line]) -> int | None:
    """1 + the number strictly better, counted one by one."""
    if line.status or line.score is None:
        return None
    better = 0
    for other in sheet:
        if other.status:
            continue
        ahead = other.depth < line.depth
        faster = other.depth == line.depth and other.score is not None and other.score < line.score
        better += ahead or faster
    return 1 + better


def test_r01_equals_share_a_rank_and_the_next_one_is_left_out() -> None:
    assert [rank.number for rank in shared_ranks([10, 20, 20, 30])] == [1, 2, 2, 4]
    assert [rank.equal for rank in shared_ranks([10, 20, 20, 30])] == [False, True, True, False]
    assert shared_ranks([]) == []
    assert shared_ranks([7]) == [Rank(1, equal=False)]


@given(lines_of_a_sheet)
def test_r01_a_rank_is_one_more_than_the_number_strictly_better(sheet: list[Line]) -> None:
    for placing in rank_lines(sheet):
        line = next(line for line in sheet if line.key == placing.key)
        assert placing.rank == obvious_rank(line, sheet)


@given(lines_of_a_sheet)
def test_r01_a_rank_says_whether_it_is_shared(sheet: list[Line]) -> None:
    placings = rank_lines(sheet)
    ranks = [placing.rank for placing in placings]
    for placing in placings:
        assert placing.equal == (placing.rank is not None and ranks.count(placing.rank) > 1)


@given(st.data(), lines_of_a_sheet)
def test_r01_the_order_of_entry_does_not_matter(data: st.DataObject, sheet: list[Line]) -> None:
    assert rank_lines(data.draw(st.permutations(sheet))) == rank_lines(sheet)


@given(lines_of_a_sheet)
def test_r02_the_sort_order_is_unique_and_complete(sheet: list[Line]) -> None:
    placings = rank_lines(sheet)
    assert [placing.sort_order for placing in placings] == list(range(1, len(sheet) + 1))
    assert {placing.key for placing in placings} == {line.key for line in sheet}


@given(lines_of_a_sheet)
def test_r02_the_sheet_has_the_ranked_first_and_the_statuses_last(sheet: list[Line]) -> None:
    status = {line.key: line.status for line in sheet}
    placings = rank_lines(sheet)
    groups = [(p.rank is None, status[p.key] is not None) for p in placings]
    assert groups == sorted(groups)
    ranks = [p.rank for p in placings if p.rank is not None]
    assert ranks == sorted(ranks)


def test_r02_equals_stand_by_start_order_then_by_name() -> None:
    sheet = [
        Line(1, (5,), start_order=3, name="A"),
        Line(2, (5,), start_order=1, name="Z"),
        Line(3, (5,), start_order=1, name="B"),
        Line(4, (5,), name="A"),
        Line(5, (4,), start_order=9, name="Z"),
    ]
    assert [placing.key for placing in rank_lines(sheet)] == [5, 3, 2, 1, 4]


def test_r02_those_still_to_come_stand_between_the_ranked_and_the_statuses() -> None:
    sheet = [Line(1, status="DNF"), Line(2), Line(3, (9,)), Line(4, start_order=1)]
    assert [placing.key for placing in rank_lines(sheet)] == [3, 4, 2, 1]


def test_rules_2_statuses_stand_in_their_own_order() -> None:
    order = ["LAP", "OTL", "DNF", "RET", "NM", "NH", "DNS", "WDR", "DSQ", "DQB"]
    assert list(IRM_ORDER) == order
    sheet = [Line(key, status=code) for key, code in enumerate(reversed([*order, "OUT"]))]
    codes = {line.key: line.status for line in sheet}
    assert [codes[placing.key] for placing in rank_lines(sheet)] == [*order, "OUT"]


def test_rules_2_a_discipline_may_order_its_statuses_otherwise() -> None:
    sheet = [Line(1, status="DNS"), Line(2, status="DNF")]
    assert [p.key for p in rank_lines(sheet, {"DNS": 1, "DNF": 2})] == [1, 2]
    assert [p.key for p in rank_lines(sheet, {"DNS": 2, "DNF": 1})] == [2, 1]


@given(lines_of_a_sheet)
def test_rules_2_whoever_has_a_status_has_no_rank_whatever_the_mark(sheet: list[Line]) -> None:
    placings = {placing.key: placing for placing in rank_lines(sheet)}
    for line in sheet:
        if line.status:
            placing = placings[line.key]
            assert placing == Placing(
                line.key, None, equal=False, sort_order=placing.sort_order, behind=None,
                tie_open=False, depth=line.depth, status=line.status,
            )  # fmt: skip


@given(lines_of_a_sheet)
def test_rules_2_a_status_takes_nobody_elses_place(sheet: list[Line]) -> None:
    without = [line for line in sheet if not line.status]
    ranks = {placing.key: placing.rank for placing in rank_lines(sheet)}
    for placing in rank_lines(without):
        assert ranks[placing.key] == placing.rank


def final(
    *performances: Performance, better: Better = Better.LOWER, breaks_ties: bool = False
) -> dict[int, Placing]:
    """The placings of a race in one phase."""
    starters = [Starter(entry) for entry in sorted({line.entry for line in performances})]
    field = Field(starters, [performances], better, breaks_ties=breaks_ties)
    return {placing.key: placing for placing in classify(Classification.FINAL, field)}


def test_r03_a_tie_break_decides_among_equals_lower_first() -> None:
    race = final(
        Performance(1, 37_340_000, tie_break=345),
        Performance(2, 37_340_000, tie_break=341),
        Performance(3, 37_350_000),
    )
    assert {entry: placing.rank for entry, placing in race.items()} == {2: 1, 1: 2, 3: 3}
    assert not any(placing.tie_open or placing.equal for placing in race.values())


def test_r03_a_tie_break_never_beats_a_better_mark() -> None:
    race = final(Performance(1, 10, tie_break=9), Performance(2, 11, tie_break=1))
    assert (race[1].rank, race[2].rank) == (1, 2)


def test_r03_lower_is_better_also_where_higher_marks_win() -> None:
    race = final(
        Performance(1, 585, tie_break=2), Performance(2, 585, tie_break=1), better=Better.HIGHER
    )
    assert (race[1].rank, race[2].rank) == (2, 1)


def test_r03_equal_tie_breaks_leave_a_tie() -> None:
    race = final(*(Performance(entry, 10, tie_break=5) for entry in (1, 2)), Performance(3, 11))
    assert [race[entry].rank for entry in (1, 2, 3)] == [1, 1, 3]


def test_r03_a_tie_without_its_tie_break_stays_and_is_reported() -> None:
    race = final(Performance(1, 10, tie_break=5), Performance(2, 10), Performance(3, 11))
    assert [race[entry].rank for entry in (1, 2, 3)] == [1, 1, 3]
    assert [race[entry].tie_open for entry in (1, 2, 3)] == [True, True, False]


def test_r03_a_tie_that_nobody_breaks_is_a_tie_and_no_open_question() -> None:
    race = final(Performance(1, 10), Performance(2, 10))
    assert [(placing.rank, placing.tie_open) for placing in race.values()] == [(1, False)] * 2


@pytest.mark.parametrize(
    ("tie_breaks", "ranks", "tie_open"),
    [
        ((None, None, None), [1, 1, 1], [True, True, True]),
        ((1, None, None), [1, 1, 1], [True, True, True]),
        ((1, 2, 2), [1, 2, 2], [False, True, True]),
        ((5, 5, 5), [1, 1, 1], [True, True, True]),
        ((3, 1, 2), [3, 1, 2], [False, False, False]),
    ],
)
def test_r03_where_ties_have_to_be_broken_every_tie_left_is_reported(
    tie_breaks: tuple[int | None, ...], ranks: list[int], tie_open: list[bool]
) -> None:
    lines = [Performance(entry, 10, value) for entry, value in enumerate(tie_breaks, start=1)]
    race = final(*lines, Performance(4, 11), breaks_ties=True)
    assert [race[entry].rank for entry in (1, 2, 3)] == ranks
    assert [race[entry].tie_open for entry in (1, 2, 3)] == tie_open
    assert not race[4].tie_open


@pytest.mark.parametrize("method", [Classification.TOTAL, Classification.BEST])
def test_r03_a_tie_over_several_phases_may_have_to_be_broken_too(method: Classification) -> None:
    runs = [[Performance(1, 10), Performance(2, 10)], [Performance(1, 12), Performance(2, 12)]]
    for demanded in (False, True):
        field = Field([Starter(1), Starter(2)], runs, breaks_ties=demanded)
        assert [p.tie_open for p in classify(method, field)] == [demanded, demanded]


def test_r03_ranks_typed_by_hand_lack_no_tie_break() -> None:
    starters = [Starter(1, typed_rank=3), Starter(2, typed_rank=3)]
    field = Field(starters, [[Performance(1), Performance(2)]], breaks_ties=True)
    placings = classify(Classification.MANUAL, field)
    assert [(p.rank, p.equal, p.tie_open) for p in placings] == [(3, True, False)] * 2


@pytest.mark.parametrize("method", [Classification.TOTAL, Classification.BEST])
def test_r03_a_tie_break_counts_over_several_phases_too(method: Classification) -> None:
    runs = [
        [Performance(1, 10, tie_break=7), Performance(2, 10)],
        [Performance(1, 10, tie_break=2), Performance(2, 10, tie_break=1)],
    ]
    placings = classify(method, Field([Starter(1), Starter(2)], runs))
    assert [(placing.key, placing.rank) for placing in placings] == [(2, 1), (1, 2)]
    runs[1][1] = runs[1][1]._replace(tie_break=None)
    placings = classify(method, Field([Starter(1), Starter(2)], runs))
    assert [(placing.rank, placing.tie_open) for placing in placings] == [(1, True), (1, True)]


def test_behind_is_the_distance_to_the_best() -> None:
    race = final(
        Performance(1, 72_310_000),
        Performance(2, 72_590_000),
        Performance(3, 73_950_000),
        Performance(4, 71_000_000, status="DSQ"),
        Performance(5),
    )
    assert {entry: placing.behind for entry, placing in race.items()} == {
        1: None,
        2: 280_000,
        3: 1_640_000,
        4: None,
        5: None,
    }
