"""R17 and R21: medal tables, and the worked case of Milano Cortina 2026."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.medals import Medal, medals_by_rank
from medaldesk.domain.ranking import Line, rank_lines
from medaldesk.domain.standings import RankBy, Tally, rank_nations, standings, totals

# RULES 6, final, first twelve rows: gold-silver-bronze, gold rank, total rank within the twelve.
MILANO_CORTINA = """
NOR 18-12-11 1 1
USA 12-12-9 2 2
NED 10-7-3 3 9
ITA 10-6-14 4 3
GER 8-10-8 5 4
FRA 8-9-6 6 =6
SWE 8-6-4 7 =10
SUI 6-9-8 8 =6
AUT 5-8-5 9 =10
JPN 5-7-12 10 5
CAN 5-7-9 11 8
CHN 5-4-6 12 12
"""

tallies = st.builds(Tally, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
tables = st.dictionaries(st.text("ABC", min_size=3, max_size=3), tallies, max_size=10)
ranked_by = st.sampled_from(RankBy)


def milano_cortina() -> list[tuple[str, Tally, str, str]]:
    rows = (line.split() for line in MILANO_CORTINA.strip().splitlines())
    return [
        (code, Tally(*map(int, medals.split("-"))), by_gold, by_total)
        for code, medals, by_gold, by_total in rows
    ]


def printed(number: int, equal: bool) -> str:
    return f"={number}" if equal else str(number)


def test_r17_milano_cortina_2026_has_both_ranks_side_by_side() -> None:
    expected = milano_cortina()
    table = standings({code: tally for code, tally, *_ in reversed(expected)})
    assert [
        (
            row.nation,
            row.tally,
            printed(row.by_gold.number, row.by_gold.equal),
            printed(row.by_total.number, row.by_total.equal),
        )
        for row in table
    ] == expected


def test_r17_milano_cortina_2026_by_total() -> None:
    table = standings({code: tally for code, tally, *_ in milano_cortina()}, RankBy.TOTAL)
    codes = ["NOR", "USA", "ITA", "GER", "JPN", "FRA", "SUI", "CAN", "NED", "SWE", "AUT", "CHN"]
    assert [row.nation for row in table] == codes
    assert [row.rank(RankBy.TOTAL) for row in table] == [row.by_total for row in table]


def test_r17_equal_triples_share_a_rank_and_are_listed_by_code() -> None:
    table = standings({"SUI": Tally(1, 0, 1), "AUT": Tally(1, 0, 1), "NOR": Tally(0, 9, 9),
                       "FIN": Tally(2, 0, 0)})  # fmt: skip
    assert [(row.nation, row.by_gold.number, row.by_gold.equal) for row in table] == [
        ("FIN", 1, False),
        ("AUT", 2, True),
        ("SUI", 2, True),
        ("NOR", 4, False),
    ]


def test_r17_total_first_goes_by_the_total_alone() -> None:
    table = standings({"AUT": Tally(0, 0, 3), "SUI": Tally(1, 1, 1), "NOR": Tally(2, 0, 0)},
                      RankBy.TOTAL)  # fmt: skip
    assert [(row.nation, row.by_total.number, row.by_total.equal) for row in table] == [
        ("SUI", 1, True),
        ("AUT", 1, True),
        ("NOR", 3, False),
    ]


def test_r17_two_nations_of_one_code_are_two_lines() -> None:
    rows = rank_nations([("ROC", Tally(1, 0, 0)), ("ROC", Tally(0, 1, 0))])
    assert [(row.nation, row.by_gold.number) for row in rows] == [("ROC", 1), ("ROC", 2)]


@given(tables, ranked_by)
def test_r17_a_rank_is_one_more_than_the_number_strictly_better(
    table: dict[str, Tally], rank_by: RankBy
) -> None:
    for row in standings(table, rank_by):
        better = sum(other.triple > row.tally.triple for other in table.values())
        more = sum(other.total > row.tally.total for other in table.values())
        same = sum(other.triple == row.tally.triple for other in table.values())
        as_many = sum(other.total == row.tally.total for other in table.values())
        assert (row.by_gold.number, row.by_gold.equal) == (1 + better, same > 1)
        assert (row.by_total.number, row.by_total.equal) == (1 + more, as_many > 1)


@given(tables, ranked_by)
def test_r17_the_table_is_listed_by_rank(table: dict[str, Tally], rank_by: RankBy) -> None:
    rows = standings(table, rank_by)
    assert [row.rank(rank_by).number for row in rows] == sorted(
        row.rank(rank_by).number for row in rows
    )
    assert {row.nation: row.tally for row in rows} == table


@given(st.data(), tables, ranked_by)
def test_r21_the_order_of_entry_never_changes_a_table(
    data: st.DataObject, table: dict[str, Tally], rank_by: RankBy
) -> None:
    shuffled = dict(data.draw(st.permutations(list(table.items()))))
    assert standings(shuffled, rank_by) == standings(table, rank_by)


@given(st.lists(st.sampled_from(Medal)))
def test_r21_gold_silver_and_bronze_are_the_total(medals: list[Medal]) -> None:
    tally = Tally.of(medals)
    assert tally.total == len(medals) == sum(tally.triple)
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
    table = standings({code: Tally.of(m for c, m in won if c == code) for code in nations})
    assert totals(table) == Tally.of(medal for _, medal in won)
    assert Counter({row.nation: row.tally.total for row in table}) == Counter(
        code for code, _ in won
    )


@pytest.mark.parametrize(("one", "other"), [(Tally(1, 2, 3), Tally(0, 1, 0)), (Tally(), Tally())])
def test_tallies_add_up(one: Tally, other: Tally) -> None:
    both = one + other
    assert both.triple == tuple(a + b for a, b in zip(one.triple, other.triple, strict=True))
