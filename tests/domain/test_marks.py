"""RULES 1: marks are typed forgivingly, kept exactly and printed strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.errors import (
    MarkError,
    MarkImpossible,
    MarkNotUnderstood,
    MarkNotWanted,
    MarkTooPrecise,
)
from medaldesk.domain.marks import (
    LARGEST,
    MAX_DECIMALS,
    MILLIONTHS,
    Better,
    Entered,
    Mark,
    MarkFormat,
    MarkKind,
    Split,
    SplitKind,
    SplitPair,
    behind_mark,
    best_of,
    difference,
    format_behind,
    format_mark,
    is_better,
    parse_entered,
    parse_mark,
    parse_score,
    resolve_splits,
)

TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
SECONDS = MarkFormat(MarkKind.TIME, Better.LOWER, 0)
LENGTH = MarkFormat(MarkKind.DISTANCE, Better.HIGHER, 2)
WEIGHT = MarkFormat(MarkKind.WEIGHT, Better.HIGHER, 1)
POINTS = MarkFormat(MarkKind.POINTS, Better.HIGHER, 2)
SCORE = MarkFormat(MarkKind.SCORE, Better.HIGHER, 0)
PLACING = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)
STATUSES = frozenset({"DNS", "DNF", "DSQ", "OUT"})

MEASURED = (MarkKind.TIME, MarkKind.DISTANCE, MarkKind.WEIGHT, MarkKind.POINTS)
formats = st.builds(
    MarkFormat,
    st.sampled_from(MarkKind),
    st.sampled_from(Better),
    st.integers(0, MAX_DECIMALS),
)


@st.composite
def marks_of(draw: st.DrawFn, kind: MarkKind) -> tuple[Mark, MarkFormat]:
    """A mark as it can be entered in an event of a kind, and the event's format."""
    entered = draw(st.integers(0, MAX_DECIMALS))
    measured = draw(st.integers(entered, MAX_DECIMALS))
    step = 10 ** (MAX_DECIMALS - entered)
    least = 1 if kind is MarkKind.TIME else 0
    value = draw(st.integers(least, LARGEST // step)) * step
    return Mark(value, entered), MarkFormat(kind, Better.LOWER, measured)


@pytest.mark.parametrize(
    "text",
    [
        "1:12.31",
        "72.31",
        "1.12,31",
        "1'12\"31",
        "1.12.31",
        "1:12,31",
        "1’12”31",
        "1′12″31",
        "1'12''31",
        "1m12.31",
        "1m12s31",
        "72,31",
        "72.31 s",
        '72.31"',
        " 1:12.31 ",
        "0:01:12.31",
    ],
)
def test_rules_1_every_spelling_of_a_time_is_the_same_time(text: str) -> None:
    assert parse_mark(text, TIME) == Mark(72_310_000, 2)


@pytest.mark.parametrize(
    ("text", "form", "mark"),
    [
        ("2:04:59", TIME, Mark(7_499 * MILLIONTHS, 0)),
        ("2h04:59", TIME, Mark(7_499 * MILLIONTHS, 0)),
        ("2H04:59", SECONDS, Mark(7_499 * MILLIONTHS, 0)),
        ("2:04:59", SECONDS, Mark(7_499 * MILLIONTHS, 0)),
        ("2.04.59", SECONDS, Mark(7_499 * MILLIONTHS, 0)),
        ("2h04m59s", SECONDS, Mark(7_499 * MILLIONTHS, 0)),
        ("2.04.59", TIME, Mark(124_590_000, 2)),
        ("120:00", TIME, Mark(7_200 * MILLIONTHS, 0)),
        ("46.1", TIME, Mark(46_100_000, 1)),
        ("8.95", LENGTH, Mark(8_950_000, 2)),
        ("8,95 m", LENGTH, Mark(8_950_000, 2)),
        ("8m95", LENGTH, Mark(8_950_000, 2)),
        ("142.5 kg", WEIGHT, Mark(142_500_000, 1)),
        ("0", WEIGHT, Mark(0, 0)),
        ("85,30", POINTS, Mark(85_300_000, 2)),
        ("85 pts", POINTS, Mark(85_000_000, 0)),
    ],
)
def test_rules_1_spellings_of_hours_and_of_other_kinds(
    text: str, form: MarkFormat, mark: Mark
) -> None:
    assert parse_mark(text, form) == mark


@pytest.mark.parametrize(
    ("text", "form", "error"),
    [
        ("1:72.31", TIME, MarkImpossible),
        ("1:60", TIME, MarkImpossible),
        ("2:60:00", TIME, MarkImpossible),
        ("abc", TIME, MarkNotUnderstood),
        ("-3", TIME, MarkNotUnderstood),
        ("-3", LENGTH, MarkNotUnderstood),
        ("1:12.3145", TIME, MarkTooPrecise),
        ("72.310", TIME, MarkTooPrecise),
        ("46.1", SECONDS, MarkTooPrecise),
        ("142.51", WEIGHT, MarkTooPrecise),
        ("0", TIME, MarkImpossible),
        ("0:00.00", TIME, MarkImpossible),
        ("1:5.31", TIME, MarkNotUnderstood),
        ("1:12.", TIME, MarkNotUnderstood),
        ("1:2:3:4", TIME, MarkNotUnderstood),
        ("12 31", TIME, MarkNotUnderstood),
        ("1e3", TIME, MarkNotUnderstood),
        ("٣", TIME, MarkNotUnderstood),
        ("1000000001", LENGTH, MarkImpossible),
        ("9" * 5_000, LENGTH, MarkImpossible),
        ("8:95", LENGTH, MarkNotUnderstood),
        ("3-2", PLACING, MarkNotWanted),
        ("3-2", SCORE, MarkNotWanted),
    ],
)
def test_rules_1_what_is_no_mark_is_refused_and_what_was_typed_is_kept(
    text: str, form: MarkFormat, error: type[MarkError]
) -> None:
    with pytest.raises(error) as caught:
        parse_mark(text, form)
    assert caught.value.details == {"text": text, "format": form}


@pytest.mark.parametrize("kind", MEASURED)
@given(data=st.data())
def test_rules_1_what_is_printed_is_read_back_the_same(kind: MarkKind, data: st.DataObject) -> None:
    mark, form = data.draw(marks_of(kind))
    assert parse_mark(format_mark(mark, kind), form) == mark


@given(st.text() | st.text("0123456789:.,'\"hms -", max_size=16), formats)
def test_rules_1_a_mark_cell_never_crashes(text: str, form: MarkFormat) -> None:
    entered, refused = Entered(), None
    try:
        entered = parse_entered(text, form, STATUSES)
    except MarkError as error:
        refused = error.details
    assert refused in (None, {"text": text, "format": form})
    if entered.mark is not None:
        assert 0 <= entered.mark.value <= LARGEST
        assert entered.mark.decimals <= form.decimals
        assert parse_mark(format_mark(entered.mark, form.kind), form) == entered.mark
    assert (entered == Entered()) == (refused is not None or not text.strip())


@pytest.mark.parametrize(
    ("mark", "kind", "printed"),
    [
        (Mark(46_100_000, 1), MarkKind.TIME, "46.1"),
        (Mark(72_310_000, 2), MarkKind.TIME, "1:12.31"),
        (Mark(60_000_000, 2), MarkKind.TIME, "1:00.00"),
        (Mark(7_499_000_000, 0), MarkKind.TIME, "2:04:59"),
        (Mark(3_600_500_000, 1), MarkKind.TIME, "1:00:00.5"),
        (Mark(8_950_000, 2), MarkKind.DISTANCE, "8.95"),
        (Mark(85_300_000, 2), MarkKind.POINTS, "85.30"),
        (Mark(142_000_000, 0), MarkKind.WEIGHT, "142"),
    ],
)
def test_rules_1_output_is_strict(mark: Mark, kind: MarkKind, printed: str) -> None:
    assert format_mark(mark, kind) == printed


def test_rules_1_decimals_are_kept_as_entered_and_do_not_rank() -> None:
    rough, fine = parse_mark("1:32.6", TIME), parse_mark("1:32.60", TIME)
    assert (format_mark(rough, TIME.kind), format_mark(fine, TIME.kind)) == ("1:32.6", "1:32.60")
    assert rough.value == fine.value


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("", Entered()),
        ("  ", Entered()),
        ("dnf", Entered(status="DNF")),
        (" Out ", Entered(status="OUT")),
        ("1:12.31", Entered(mark=Mark(72_310_000, 2))),
    ],
)
def test_rules_1_a_cell_takes_a_mark_a_status_or_nothing(text: str, entered: Entered) -> None:
    assert parse_entered(text, TIME, STATUSES) == entered


def test_rules_1_an_event_of_ranks_takes_a_status_but_no_mark() -> None:
    assert parse_entered("dns", PLACING, STATUSES) == Entered(status="DNS")
    with pytest.raises(MarkNotWanted):
        parse_entered("1", PLACING, STATUSES)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("3-2", "3–2"),
        ("3 : 2", "3–2"),
        ("10–9", "10–9"),
        ("3-2 (4-3)", "3–2 (4–3)"),
        ("3-2 OT", "3–2 OT"),
        ("0-0 (5-4) PSO", "0–0 (5–4) PSO"),
    ],
)
def test_rules_1_a_score_is_text_for_and_against(text: str, score: str) -> None:
    assert parse_score(text, SCORE) == score
    assert parse_entered(f" {text} ", SCORE, STATUSES) == Entered(score=score)
    assert parse_score(score, SCORE) == score


@pytest.mark.parametrize("text", ["3", "3-", "-3-2", "three-two", "3-2 <b>"])
def test_rules_1_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(MarkNotUnderstood) as caught:
        parse_entered(text, SCORE, STATUSES)
    assert caught.value.details["text"] == text


def test_rules_1_behind_is_the_difference_to_the_best() -> None:
    assert format_behind(Mark(280_000, 2), MarkKind.TIME) == "+0.28"
    assert format_behind(Mark(61_640_000, 2), MarkKind.TIME) == "+1:01.64"
    assert format_behind(None, MarkKind.TIME) == ""
    assert format_behind(Mark(0, 2), MarkKind.TIME) == ""


@given(st.integers(1, LARGEST), st.integers(0, MAX_DECIMALS))
def test_rules_1_behind_is_printed_whole(value: int, decimals: int) -> None:
    behind = behind_mark(value, decimals)
    assert behind is not None
    assert behind.decimals >= decimals
    printed = format_behind(behind, MarkKind.POINTS)
    form = MarkFormat(MarkKind.POINTS, Better.HIGHER, MAX_DECIMALS)
    assert parse_mark(printed[1:], form).value == value


def test_rules_1_no_behind_for_the_best_and_those_without_a_mark() -> None:
    assert behind_mark(0, 2) is None
    assert behind_mark(None, 2) is None


@given(marks_of(MarkKind.TIME), marks_of(MarkKind.TIME))
def test_rules_1_a_difference_is_the_same_both_ways(
    one: tuple[Mark, MarkFormat], other: tuple[Mark, MarkFormat]
) -> None:
    (a, _), (b, _) = one, other
    assert difference(a, b) == difference(b, a)
    assert difference(a, b).decimals == max(a.decimals, b.decimals)
    assert max(a.value, b.value) - difference(a, b).value == min(a.value, b.value)


@given(st.integers(), st.integers())
def test_rules_1_better_is_strict_and_the_directions_mirror(a: int, b: int) -> None:
    assert is_better(a, b, Better.LOWER) == (a < b) == is_better(b, a, Better.HIGHER)
    assert best_of([a, b], Better.LOWER) == min(a, b)
    assert best_of([a, b], Better.HIGHER) == max(a, b)
    assert best_of([], Better.LOWER) is None


def test_rules_1_a_lap_and_the_clock_are_derived_from_each_other() -> None:
    laps = [Split(17_600_000, SplitKind.CUMULATIVE), Split(26_100_000, SplitKind.LAP)]
    assert resolve_splits(laps) == [
        SplitPair(17_600_000, 17_600_000),
        SplitPair(43_700_000, 26_100_000),
    ]


def test_rules_1_behind_a_missing_split_only_what_is_known_is_told() -> None:
    known = Split(70_000_000, SplitKind.CUMULATIVE)
    lap = Split(26_000_000, SplitKind.LAP)
    assert resolve_splits([None, lap, known, lap]) == [
        SplitPair(None, None),
        SplitPair(None, 26_000_000),
        SplitPair(70_000_000, None),
        SplitPair(96_000_000, 26_000_000),
    ]


def test_rules_1_no_lap_is_told_where_the_clock_ran_back() -> None:
    clocks = [Split(43_700_000, SplitKind.CUMULATIVE), Split(17_600_000, SplitKind.CUMULATIVE)]
    assert resolve_splits(clocks)[1] == SplitPair(17_600_000, None)


@given(st.lists(st.tuples(st.integers(1, 10**9), st.booleans())))
def test_rules_1_splits_are_the_same_whichever_way_they_were_published(
    laps: list[tuple[int, bool]],
) -> None:
    clock, published, expected = 0, [], []
    for lap, as_lap in laps:
        clock += lap
        kind = SplitKind.LAP if as_lap else SplitKind.CUMULATIVE
        published.append(Split(lap if as_lap else clock, kind))
        expected.append(SplitPair(clock, lap))
    assert resolve_splits(published) == expected
