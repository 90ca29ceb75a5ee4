"""R6, R7 and R10: medals from ranks, and the worked case of Grenoble 1968."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.classification import Classification, Field, Performance, Starter, classify
from medaldesk.domain.marks import Better, MarkFormat, MarkKind, parse_mark
from medaldesk.domain.medals import Medal, medals_by_rank
from medaldesk.domain.ranking import Line, rank_lines

GOLD, SILVER, BRONZE = Medal


def counts(*scores: int) -> tuple[int, int, int]:
    """Gold, silver and bronze of a race with these marks."""
    placings = rank_lines([Line(key, (score,)) for key, score in enumerate(scores)])
    found = Counter(medals_by_rank(placings).values())
    return found[GOLD], found[SILVER], found[BRONZE]


def test_r06_the_medal_follows_the_rank() -> None:
    placings = rank_lines([Line(key, (key,)) for key in range(1, 6)])
    assert medals_by_rank(placings) == {1: GOLD, 2: SILVER, 3: BRONZE}


def test_r06_two_first_are_two_golds_no_silver_and_one_bronze() -> None:
    assert counts(10, 10, 11, 12) == (2, 0, 1)


def test_r06_three_second_are_three_silvers_and_no_bronze() -> None:
    assert counts(10, 11, 11, 11, 12) == (1, 3, 0)


def test_r06_two_third_are_two_bronzes() -> None:
    assert counts(10, 11, 12, 12, 13) == (1, 1, 2)


def test_r06_three_first_are_three_golds_and_nothing_else() -> None:
    assert counts(10, 10, 10, 11) == (3, 0, 0)


@given(st.lists(st.integers(0, 3), max_size=8))
def test_r06_the_counts_are_those_of_the_ties(scores: list[int]) -> None:
    ordered = sorted(scores)
    first = ordered.count(ordered[0]) if ordered else 0
    expected = [first, 0, 0]
    for place in (1, 2):
        if place < len(ordered) and ordered[place] != ordered[place - 1]:
            expected[place] = ordered.count(ordered[place])
    assert counts(*scores) == tuple(expected)


@given(st.lists(st.integers(0, 3), min_size=3, max_size=8))
def test_r06_three_or_more_ranked_never_leave_fewer_than_three_medals(scores: list[int]) -> None:
    assert sum(counts(*scores)) >= 3


def test_r06_grenoble_1968_500_m_one_gold_three_silvers_no_bronze() -> None:
    times = {"Titova": "46.1", "Fish": "46.3", "Holum": "46.3", "Meyers": "46.3", "next": "46.6"}
    form = MarkFormat(MarkKind.TIME, Better.LOWER, 1)
    starters = [Starter(key, name) for key, name in enumerate(times, start=1)]
    race = [
        Performance(key, parse_mark(time, form).value)
        for key, time in enumerate(times.values(), start=1)
    ]
    placings = classify(Classification.FINAL, Field(starters, [race]))
    medals = medals_by_rank(placings)
    assert [(p.rank, p.equal, medals.get(p.key)) for p in placings] == [
        (1, False, GOLD),
        (2, True, SILVER),
        (2, True, SILVER),
        (2, True, SILVER),
        (5, False, None),
    ]


def test_r07_two_thirds_of_a_bracket_are_both_bronze() -> None:
    starters = [Starter(key, typed_rank=rank) for key, rank in enumerate([1, 2, 3, 3, 5, 5])]
    placings = classify(Classification.MANUAL, Field(starters, []))
    assert medals_by_rank(placings) == {0: GOLD, 1: SILVER, 2: BRONZE, 3: BRONZE}


def test_rules_2_a_status_takes_the_medal_and_the_next_one_moves_up() -> None:
    sheet = [Line(1, (10,), status="DSQ"), Line(2, (11,)), Line(3, (12,)), Line(4, (13,))]
    assert medals_by_rank(rank_lines(sheet)) == {2: GOLD, 3: SILVER, 4: BRONZE}


def test_r10_as_it_stands_the_same_engine_gives_the_medals_of_those_who_have_raced() -> None:
    race = [Performance(1, 50), Performance(2), Performance(3, 49)]
    placings = classify(Classification.FINAL, Field([Starter(n) for n in (1, 2, 3)], [race]))
    assert medals_by_rank(placings) == {3: GOLD, 1: SILVER}
