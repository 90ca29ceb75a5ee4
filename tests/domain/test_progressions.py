"""A computed progression beside a published one: what is the same, left out, or another."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, parse_mark
from medaldesk.domain.progressions import (
    ComparedLine,
    Comparison,
    Differs,
    ProgressionLine,
    compare_progressions,
)

TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)

# RULES 7: the Olympic record of the women's 1000 m in the Games in which it fell more than once.
COMPUTED = """
1976-02-07 Tatyana_Averina URS 1:28.43
1980-02-17 Sylvia_Filipsson SWE 1:28.18
1980-02-17 Natalya_Petrusyova URS 1:24.10
1984-02-13 Christa_Rothenburger GDR 1:23.98
1984-02-13 Andrea_Schöne GDR 1:22.83
1984-02-13 Karin_Enke GDR 1:21.61
1988-02-26 Andrea_Ehrig GDR 1:19.32
1988-02-26 Bonnie_Blair USA 1:18.31
1988-02-26 Karin_Kania GDR 1:17.70
1988-02-26 Christa_Rothenburger GDR 1:17.65
"""

PUBLISHED = """
1976-02-07 Averina URS 1:28.43
1980-02-17 Petrusyova URS 1:24.10
1984-02-13 Enke GDR 1:21.61
1988-02-26 Kania GDR 1:17.70
1988-02-26 Rothenburger GDR 1:17.65
"""


def lines(text: str) -> list[ProgressionLine]:
    rows = (line.split() for line in text.strip().splitlines())
    return [
        ProgressionLine(
            parse_mark(mark, TIME), name.replace("_", " "), nation, date.fromisoformat(day)
        )
        for day, name, nation, mark in rows
    ]


def line(
    value: int,
    holder: str = "Kok",
    nation: str = "",
    day: str | None = None,
    race: int | None = None,
) -> ProgressionLine:
    on = date.fromisoformat(day) if day else None
    return ProgressionLine(Mark(value, 2), holder, nation, on, race)


def compared(computed: list[ProgressionLine], published: list[ProgressionLine]) -> list[Comparison]:
    return [one.comparison for one in compare_progressions(computed, published, Better.LOWER)]


def test_rules_7_published_lists_leave_out_the_short_lived_records() -> None:
    found = compare_progressions(lines(COMPUTED), lines(PUBLISHED), Better.LOWER)
    left_out = [one.computed.holder for one in found if one.computed and not one.published]
    assert left_out == [
        "Sylvia Filipsson",
        "Christa Rothenburger",
        "Andrea Schöne",
        "Andrea Ehrig",
        "Bonnie Blair",
    ]
    kinds = {one.comparison for one in found}
    assert kinds == {Comparison.EQUAL, Comparison.SHORT_LIVED}
    assert [one.computed for one in found] == lines(COMPUTED)


def test_a_line_that_stood_for_years_and_is_not_published_is_missing() -> None:
    first, second = line(90, day="2018-02-14"), line(80, day="2022-02-17")
    assert compared([first, second], [second]) == [Comparison.ONLY_COMPUTED, Comparison.EQUAL]
    assert compared([first, second], [first]) == [Comparison.EQUAL, Comparison.ONLY_COMPUTED]


def test_a_line_that_fell_in_its_own_phase_is_short_lived_without_a_date_too() -> None:
    computed = [line(90, race=7), line(80, race=7), line(70, race=8)]
    assert compared(computed, computed[2:])[:2] == [
        Comparison.SHORT_LIVED,
        Comparison.ONLY_COMPUTED,
    ]


def test_a_line_that_nobody_computed_is_only_published() -> None:
    assert compared([line(80)], [line(90), line(80)]) == [
        Comparison.ONLY_PUBLISHED,
        Comparison.EQUAL,
    ]


def test_a_line_may_differ_in_holder_nation_and_day() -> None:
    mine = line(80, "Femke Kok", "NED", "2026-02-09")
    theirs = line(80, "Leerdam", "JPN", "2026-02-10")
    (found,) = compare_progressions([mine], [theirs], Better.LOWER)
    assert found == ComparedLine(Comparison.DIFFERENT, mine, theirs, frozenset(Differs))


def test_what_one_of_them_does_not_know_is_no_difference() -> None:
    assert compared([line(80, "Femke Kok", "NED", "2026-02-09")], [line(80, "KOK Femke")]) == [
        Comparison.EQUAL
    ]


def test_equal_marks_go_to_those_most_like_them() -> None:
    """The one who equalled a record is not taken for the one who set it."""
    set_by, equalled_by = line(80, "Kok", "NED"), line(80, "Bowe", "USA")
    found = compare_progressions([set_by, equalled_by], [equalled_by], Better.LOWER)
    assert [(one.computed, one.published) for one in found] == [
        (set_by, None),
        (equalled_by, equalled_by),
    ]
    wrong_nation = line(80, "Bowe", "NED")
    found = compare_progressions([set_by, equalled_by], [wrong_nation], Better.LOWER)
    assert found[1].differs == {Differs.NATION}


def test_where_higher_is_better_the_lines_go_up() -> None:
    found = compare_progressions([line(80), line(90)], [line(85)], Better.HIGHER)
    assert [one.mark.value for one in found] == [80, 85, 90]


progressions = st.lists(
    st.builds(
        ProgressionLine,
        st.builds(Mark, st.integers(1, 5), st.just(2)),
        st.sampled_from(["Kok", "Leerdam", "Takagi"]),
        st.sampled_from(["", "NED", "JPN"]),
        st.none() | st.just(date(2026, 2, 9)),
    ),
    max_size=6,
)


@given(progressions, progressions)
def test_every_line_of_both_is_there_once(
    computed: list[ProgressionLine], published: list[ProgressionLine]
) -> None:
    found = compare_progressions(computed, published, Better.LOWER)
    key = repr
    assert sorted((one.computed for one in found if one.computed), key=key) == sorted(
        computed, key=key
    )
    assert sorted((one.published for one in found if one.published), key=key) == sorted(
        published, key=key
    )
    assert all(bool(one.differs) == (one.comparison is Comparison.DIFFERENT) for one in found)


@given(progressions)
def test_a_progression_is_equal_to_itself(computed: list[ProgressionLine]) -> None:
    found = compare_progressions(computed, computed, Better.LOWER)
    assert {one.comparison for one in found} <= {Comparison.EQUAL}
