"""R15, R17-R21: medal tables, and the worked case of Milano Cortina 2026."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.errors import BadWeights
from medaldesk.domain.medals import Medal, medals_by_rank
from medaldesk.domain.ranking import Line, Rank, rank_lines
from medaldesk.domain.standings import (
    Breakdown,
    Contender,
    PerCapitaOf,
    RankBy,
    StandingsRow,
    Tally,
    Weights,
    difference,
    rank_nations,
    totals,
)

# RULES 6, final, first twelve rows: gold-silver-bronze, gold rank, total rank within the twelve,
# 3-2-1 points.
MILANO_CORTINA = """
NOR 18-12-11 1 1 89
USA 12-12-9 2 2 69
NED 10-7-3 3 9 47
ITA 10-6-14 4 3 56
GER 8-10-8 5 4 52
FRA 8-9-6 6 =6 48
SWE 8-6-4 7 =10 40
SUI 6-9-8 8 =6 44
AUT 5-8-5 9 =10 36
JPN 5-7-12 10 5 41
CAN 5-7-9 11 8 38
CHN 5-4-6 12 12 29
"""

tallies = st.builds(Tally, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
tables = st.dictionaries(st.text("ABC", min_size=3, max_size=3), tallies, max_size=10)
contenders = st.builds(
    Contender, st.text("ABC", min_size=3, max_size=3), tallies, st.booleans(),
    st.none() | st.integers(1, 5),
)  # fmt: skip
fields = st.lists(contenders, max_size=10, unique_by=lambda contender: contender.nation)
ranked_by = st.sampled_from(RankBy)
some_weights = st.builds(Weights, *[st.fractions(0, 5, max_denominator=4)] * 3)


def listed(table: Mapping[str, Tally], rank_by: RankBy = RankBy.GOLD) -> list[StandingsRow]:
    """A table of ranked nations, as it is listed."""
    rows = rank_nations(Contender(code, tally) for code, tally in table.items())
    return sorted(rows, key=lambda row: row.place(rank_by))


def milano_cortina() -> list[tuple[str, Tally, str, str, Fraction]]:
    rows = (line.split() for line in MILANO_CORTINA.strip().splitlines())
    return [
        (code, Tally(*map(int, medals.split("-"))), by_gold, by_total, Fraction(points))
        for code, medals, by_gold, by_total, points in rows
    ]


def printed(rank: Rank | None) -> str:
    return "" if rank is None else f"={rank.number}" if rank.equal else str(rank.number)


def test_r17_milano_cortina_2026_has_ranks_and_points_side_by_side() -> None:
    expected = milano_cortina()
    table = listed({code: tally for code, tally, *_ in reversed(expected)})
    assert [
        (row.nation, row.tally, printed(row.by_gold), printed(row.by_total), row.points)
        for row in table
    ] == expected


def test_r17_milano_cortina_2026_by_total() -> None:
    table = listed({code: tally for code, tally, *_ in milano_cortina()}, RankBy.TOTAL)
    codes = ["NOR", "USA", "ITA", "GER", "JPN", "FRA", "SUI", "CAN", "NED", "SWE", "AUT", "CHN"]
    assert [row.nation for row in table] == codes
    assert [row.rank(RankBy.TOTAL) for row in table] == [row.by_total for row in table]


def test_r17_milano_cortina_2026_weighted() -> None:
    table = listed({code: tally for code, tally, *_ in milano_cortina()}, RankBy.WEIGHTED)
    codes = ["NOR", "USA", "ITA", "GER", "FRA", "NED", "SUI", "JPN", "SWE", "CAN", "AUT", "CHN"]
    assert [row.nation for row in table] == codes
    assert [printed(row.by_weight) for row in table] == [str(n) for n in range(1, 13)]


def test_r17_equal_triples_share_a_rank_and_are_listed_by_code() -> None:
    table = listed({"SUI": Tally(1, 0, 1), "AUT": Tally(1, 0, 1), "NOR": Tally(0, 9, 9),
                    "FIN": Tally(2, 0, 0)})  # fmt: skip
    assert [(row.nation, printed(row.by_gold)) for row in table] == [
        ("FIN", "1"),
        ("AUT", "=2"),
        ("SUI", "=2"),
        ("NOR", "4"),
    ]


def test_r17_total_first_goes_by_the_total_alone() -> None:
    table = listed({"AUT": Tally(0, 0, 3), "SUI": Tally(1, 1, 1), "NOR": Tally(2, 0, 0)},
                   RankBy.TOTAL)  # fmt: skip
    assert [(row.nation, printed(row.by_total)) for row in table] == [
        ("SUI", "=1"),
        ("AUT", "=1"),
        ("NOR", "3"),
    ]


def test_r17_two_nations_of_one_code_are_two_lines() -> None:
    rows = rank_nations([Contender("ROC", Tally(1, 0, 0)), Contender("ROC", Tally(0, 1, 0))])
    assert [(row.nation, printed(row.by_gold)) for row in rows] == [("ROC", "1"), ("ROC", "2")]


@pytest.mark.parametrize(
    ("text", "points", "printed_as"),
    [
        ("3-2-1", 3 * 2 + 2 * 3 + 4, "3-2-1"),
        ("5-3-1", 5 * 2 + 3 * 3 + 4, "5-3-1"),
        (" 4 : 2 : 1 ", 4 * 2 + 2 * 3 + 4, "4-2-1"),
        ("1-1/2-1/3", Fraction(2) + Fraction(3, 2) + Fraction(4, 3), "1-1/2-1/3"),
        ("1 0.5 0.1", Fraction(2) + Fraction(3, 2) + Fraction(4, 10), "1-1/2-1/10"),
        ("1–0–0", 2, "1-0-0"),
    ],
)
def test_r17_weights_are_exact_fractions(
    text: str, points: Fraction | int, printed_as: str
) -> None:
    weights = Weights.parse(text)
    assert weights.points(Tally(2, 3, 4)) == points
    assert str(weights) == printed_as
    assert Weights.parse(str(weights)) == weights


@pytest.mark.parametrize(
    "text", ["", "3", "3-2", "3-2-1-1", "a-b-c", "3--1", "1/0-1-1", "0-0-0", "-1-2-3", "3-2-1e9"]
)
def test_r17_what_are_no_weights_is_refused(text: str) -> None:
    with pytest.raises(BadWeights) as refused:
        Weights.parse(text)
    assert refused.value.details == {"text": text}


def test_r17_per_capita_is_exact_and_the_unknown_stand_behind_without_a_rank() -> None:
    field = [
        Contender("NED", Tally(2, 0, 1), people=18_000_000),
        Contender("USA", Tally(9, 9, 9)),
        Contender("NOR", Tally(1, 0, 0), people=6_000_000),
        Contender("CHN", Tally(8, 8, 8)),
    ]
    by_total = sorted(rank_nations(field), key=lambda row: row.place(RankBy.PER_CAPITA))
    assert [(row.nation, row.per_capita, printed(row.by_capita)) for row in by_total] == [
        ("NED", Fraction(1, 6), "=1"),
        ("NOR", Fraction(1, 6), "=1"),
        ("USA", None, ""),
        ("CHN", None, ""),
    ]
    by_gold = rank_nations(field, per_capita_of=PerCapitaOf.GOLD)
    assert [(row.per_capita, printed(row.by_capita)) for row in by_gold] == [
        (Fraction(1, 9), "2"),
        (None, ""),
        (Fraction(1, 6), "1"),
        (None, ""),
    ]


def test_r15_the_unranked_stand_in_their_place_and_take_no_rank() -> None:
    field = [
        Contender("NED", Tally(1, 0, 0)),
        Contender("AIN", Tally(2, 0, 0), ranked=False),
        Contender("NOR", Tally(3, 0, 0)),
        Contender("ZZX", Tally(1, 0, 0), ranked=False),
    ]
    for rank_by in (RankBy.GOLD, RankBy.TOTAL, RankBy.WEIGHTED):
        table = sorted(rank_nations(field), key=lambda row: row.place(rank_by))
        assert [(row.nation, printed(row.rank(rank_by))) for row in table] == [
            ("NOR", "1"),
            ("AIN", ""),
            ("NED", "2"),
            ("ZZX", ""),
        ]


@given(fields, some_weights, st.sampled_from(PerCapitaOf))
def test_r17_a_rank_is_one_more_than_the_number_strictly_better(
    field: list[Contender], weights: Weights, per_capita_of: PerCapitaOf
) -> None:
    rows = rank_nations(field, weights=weights, per_capita_of=per_capita_of)
    for rank_by in RankBy:
        scores = [
            row.score(rank_by) if contender.ranked else None
            for row, contender in zip(rows, field, strict=True)
        ]
        for row, score in zip(rows, scores, strict=True):
            if score is None:
                assert row.rank(rank_by) is None
                continue
            better = sum(other > score for other in scores if other is not None)
            assert row.rank(rank_by) == Rank(1 + better, scores.count(score) > 1)


@given(fields, some_weights)
def test_r17_a_score_is_what_its_rule_says(field: list[Contender], weights: Weights) -> None:
    for row, contender in zip(rank_nations(field, weights=weights), field, strict=True):
        gold, silver, bronze = contender.tally.triple
        points = gold * weights.gold + silver * weights.silver + bronze * weights.bronze
        assert row.score(RankBy.GOLD) == (gold, silver, bronze)
        assert row.score(RankBy.TOTAL) == (gold + silver + bronze,)
        assert row.score(RankBy.WEIGHTED) == (points,) == (row.points,)
        if contender.people is None:
            assert row.score(RankBy.PER_CAPITA) is None
            assert row.per_capita is None
        else:
            assert row.per_capita == Fraction(contender.tally.total * 10**6, contender.people)


@given(fields, ranked_by)
def test_r17_the_table_is_listed_by_rank(field: list[Contender], rank_by: RankBy) -> None:
    rows = sorted(rank_nations(field), key=lambda row: row.place(rank_by))
    numbers = [rank.number for row in rows if (rank := row.rank(rank_by))]
    assert numbers == sorted(numbers)
    assert {row.nation: row.tally for row in rows} == {c.nation: c.tally for c in field}


@given(st.data(), fields, ranked_by)
def test_r21_the_order_of_entry_never_changes_a_table(
    data: st.DataObject, field: list[Contender], rank_by: RankBy
) -> None:
    shuffled = data.draw(st.permutations(field))
    one, other = (
        sorted(rank_nations(order), key=lambda row: row.place(rank_by))
        for order in (field, shuffled)
    )
    assert one == other


@given(st.lists(st.sampled_from(Medal)))
def test_r21_gold_silver_and_bronze_are_the_total(medals: list[Medal]) -> None:
    tally = Tally.of(medals)
    assert tally.total == len(medals) == sum(tally.triple)
    assert tally.triple == tuple(tally.of_medal(medal) for medal in Medal)
    assert tally.triple == tuple(medals.count(medal) for medal in Medal)


@given(st.lists(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 3)), max_size=6)))
def test_r21_the_sum_over_nations_is_the_sum_over_events(
    events: list[list[tuple[str, int]]],
) -> None:
    won: list[tuple[str, Medal]] = []
    for event in events:
        placings = rank_lines([Line(key, (score,)) for key, (_, score) in enumerate(event)])
        won += [(event[key][0], medal) for key, medal in medals_by_rank(placings).items()]
    nations = {code for code, _ in won}
    table = listed({code: Tally.of(m for c, m in won if c == code) for code in nations})
    assert totals(table) == Tally.of(medal for _, medal in won)
    assert Counter({row.nation: row.tally.total for row in table}) == Counter(
        code for code, _ in won
    )


@pytest.mark.parametrize(("one", "other"), [(Tally(1, 2, 3), Tally(0, 1, 0)), (Tally(), Tally())])
def test_tallies_add_up(one: Tally, other: Tally) -> None:
    both = one + other
    assert both.triple == tuple(a + b for a, b in zip(one.triple, other.triple, strict=True))
    assert both - other == one


def test_r18_the_breakdown_by_gender_adds_up() -> None:
    some = Breakdown.of({"W": Tally(1, 0, 0), "X": Tally(0, 1, 0)})
    assert some == Breakdown(women=Tally(1, 0, 0), mixed=Tally(0, 1, 0))
    more = some + Breakdown(men=Tally(0, 0, 2), open=Tally(1, 0, 0), women=Tally(0, 1, 0))
    assert more.women == Tally(1, 1, 0)
    assert more.total == Tally(2, 2, 2)
    assert more - some == Breakdown(men=Tally(0, 0, 2), open=Tally(1, 0, 0), women=Tally(0, 1, 0))


def test_r19_the_difference_of_two_tables_cell_by_cell() -> None:
    def table(**nations: Tally) -> dict[str, StandingsRow]:
        return {row.nation: row for row in listed(nations)}

    before = table(USA=Tally(2, 0, 0), NED=Tally(1, 0, 0), FIN=Tally(0, 0, 1))
    after = table(NED=Tally(2, 1, 0), USA=Tally(2, 0, 0), JPN=Tally(0, 0, 1))
    found = difference(before, after)
    assert [
        (
            row.key,
            row.change.triple,
            printed(row.rank_before(RankBy.GOLD)),
            printed(row.rank_after(RankBy.GOLD)),
        )
        for row in found
    ] == [
        ("NED", (1, 1, 0), "2", "1"),
        ("USA", (0, 0, 0), "1", "2"),
        ("JPN", (0, 0, 1), "", "3"),
        ("FIN", (0, 0, -1), "3", ""),
    ]
    assert [row.key for row in found if row.is_new] == ["JPN"]
    assert [row.key for row in found if row.is_gone] == ["FIN"]
    assert not any(row.moved for row in difference(before, before))


@given(tables, tables)
def test_r19_what_changed_is_the_difference_of_the_totals(
    one: dict[str, Tally], other: dict[str, Tally]
) -> None:
    before, after = ({row.nation: row for row in listed(table)} for table in (one, other))
    rows = difference(before, after)
    assert {row.key for row in rows} == one.keys() | other.keys()
    change = sum((row.change for row in rows), Tally())
    assert change == totals(after.values()) - totals(before.values())
