"""R22–R24, R27 and R28 on the record engine alone, and the Olympic record of RULES 7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind, parse_mark
from medaldesk.domain.records import (
    Achievement,
    Candidate,
    Outcome,
    RecordPolicy,
    Reign,
    Stood,
    Verdict,
    judge,
    reigns,
    time_stood,
)

TIME = MarkFormat(MarkKind.TIME, Better.LOWER, 2)

# RULES 7, the Olympic record of the women's 1000 m: date, holder, nation, mark, pair.
OLYMPIC_RECORD = """
1960-02-22 Guseva URS 1:34.1
1964-02-01 Skoblikova URS 1:33.2
1968-02-11 Geijssen NED 1:32.6
1972-02-11 Pflug FRG 1:31.40
1976-02-07 Averina URS 1:28.43
1980-02-17 Filipsson SWE 1:28.18 1
1980-02-17 Petrusyova URS 1:24.10 2
1984-02-13 Rothenburger GDR 1:23.98 1
1984-02-13 Schöne GDR 1:22.83 2
1984-02-13 Enke GDR 1:21.61 3
1988-02-26 Ehrig GDR 1:19.32 1
1988-02-26 Blair USA 1:18.31 3
1988-02-26 Kania GDR 1:17.70 4
1988-02-26 Rothenburger GDR 1:17.65 5
1998-02-19 LeMay_Doan CAN 1:17.37 17
1998-02-19 Timmer NED 1:16.51 19
2002-02-17 Barysheva RUS 1:16.49 6
2002-02-17 Kotyuga BLR 1:15.03 7
2002-02-17 Timmer NED 1:14.45 11
2002-02-17 Witty USA 1:13.83 15
2018-02-14 ter_Mors NED 1:13.56 12
2022-02-17 Takagi JPN 1:13.19 13
2026-02-09 Kok NED 1:12.59 13
2026-02-09 Leerdam NED 1:12.31 15
"""

# Marks of the same races that were no record; they must not become one.
OTHERS = """
1960-02-22 Haase EUA 1:34.3
1964-02-01 Yegorova URS 1:34.3
1984-02-13 Petrusyova URS 1:23.21 4
1992-02-14 Blair USA 1:21.90
1994-02-23 Blair USA 1:18.74
2006-02-19 Timmer NED 1:16.05
2014-02-13 Zhang CHN 1:14.02
2022-02-17 Leerdam NED 1:13.83
2026-02-09 Bowe USA 1:14.55 13
2026-02-09 Takagi JPN 1:13.95 15
"""


@dataclass(frozen=True)
class Skated:
    day: str
    name: str
    mark: Mark
    pair: int | None

    @property
    def moment(self) -> str:
        return f"{self.day} {self.pair or 99:02d}"

    @property
    def achievement(self) -> Achievement:
        race = int(self.day[:4])
        return Achievement(
            self.mark, Outcome.SET, date.fromisoformat(self.day), race=race, unit=self.pair
        )


def skated(text: str) -> list[Skated]:
    rows = (line.split() for line in text.strip().splitlines())
    return [
        Skated(day, name, parse_mark(mark, TIME), int(pair[0]) if pair else None)
        for day, name, _, mark, *pair in rows
    ]


def mark(text: str) -> Mark:
    return parse_mark(text, TIME)


def outcomes(
    stood: str | None, *marks: str, together: bool = False, shares_equal: bool = True
) -> list[Outcome]:
    """What a list says of marks, one after another or all in one unit."""
    candidates = [
        Candidate(key, mark(text), "same" if together else f"{key:03d}")
        for key, text in enumerate(marks)
    ]
    policy = RecordPolicy(shares_equal=shares_equal)
    verdicts = judge(mark(stood) if stood else None, candidates, Better.LOWER, policy)
    return [verdict.outcome for verdict in verdicts]


SET, EQUALLED, NOT_BETTER = Outcome.SET, Outcome.EQUALLED, Outcome.NOT_BETTER


def test_r22_the_list_begins_with_what_stood_before() -> None:
    assert outcomes("1:13.19", "1:13.50", "1:13.00") == [NOT_BETTER, SET]


def test_r22_a_list_without_a_baseline_begins_with_its_first_mark() -> None:
    assert outcomes(None, "1:34.1", "1:34.3", "1:33.2") == [SET, NOT_BETTER, SET]


def test_r23_of_one_unit_only_the_best_can_become_the_record() -> None:
    assert outcomes("1:13.19", "1:12.59", "1:12.31", together=True) == [
        Outcome.BEATEN_IN_UNIT,
        SET,
    ]


def test_r23_the_best_of_a_unit_that_falls_short_leaves_the_record() -> None:
    assert outcomes("1:12.00", "1:12.59", "1:12.31", together=True) == [NOT_BETTER] * 2


def test_r23_equal_bests_of_one_unit_are_both_set() -> None:
    assert outcomes("1:13.19", "1:12.31", "1:12.31", together=True) == [SET, SET]


def test_r23_candidates_go_by_their_moment_whatever_the_order_of_entry() -> None:
    later, earlier = Candidate(1, mark("1:12.59"), "2"), Candidate(2, mark("1:12.31"), "1")
    verdicts = list(judge(mark("1:13.19"), [later, earlier], Better.LOWER))
    assert [(v.candidate.key, v.outcome) for v in verdicts] == [(2, SET), (1, NOT_BETTER)]


def test_r24_better_than_the_mark_current_at_that_moment_is_set() -> None:
    assert outcomes("1:13.19", "1:12.59", "1:12.40", "1:12.50", "1:12.31") == [
        SET,
        SET,
        NOT_BETTER,
        SET,
    ]


def test_r24_equal_is_equalled_where_the_list_shares_records() -> None:
    assert outcomes("1:12.31", "1:12.31", "1:12.31") == [EQUALLED, EQUALLED]
    assert outcomes("1:12.31", "1:12.31", shares_equal=False) == [Outcome.NOT_SHARED]


def test_r24_equal_does_not_depend_on_the_decimals_printed() -> None:
    assert outcomes("1:32.60", "1:32.6") == [EQUALLED]


# Policies


def judged(policy: RecordPolicy, *marks: tuple[str, str]) -> list[Outcome]:
    """What a list in which 1:13.19 stands says of marks, each with its moment."""
    candidates = [Candidate(key, mark(text), moment) for key, (moment, text) in enumerate(marks)]
    return [verdict.outcome for verdict in judge(mark("1:13.19"), candidates, Better.LOWER, policy)]


def test_r25_a_record_must_be_better_by_the_minimum_margin() -> None:
    tenth = RecordPolicy(minimum_margin=100_000)
    marks = ["1:13.19", "1:13.10", "1:13.09", "1:13.00", "1:12.99"]
    assert judged(tenth, *((f"2026-02-09 {n}", text) for n, text in enumerate(marks))) == [
        EQUALLED,
        Outcome.MARGIN_TOO_SMALL,
        SET,
        Outcome.MARGIN_TOO_SMALL,
        SET,
    ]


def test_r25_what_falls_short_of_the_margin_does_not_move_what_is_to_be_beaten() -> None:
    """Two small steps are no large one: each is measured against what stands."""
    tenth = RecordPolicy(minimum_margin=100_000)
    steps = [("2026-02-09", "1:13.12"), ("2026-02-10", "1:13.06"), ("2026-02-11", "1:13.00")]
    assert judged(tenth, *steps) == [Outcome.MARGIN_TOO_SMALL, SET, Outcome.MARGIN_TOO_SMALL]


def test_r25_a_margin_asks_nothing_of_the_first_mark() -> None:
    (verdict,) = judge(
        None, [Candidate(1, mark("1:13.00"), "")], Better.LOWER, RecordPolicy(minimum_margin=10**9)
    )
    assert verdict.outcome is SET


def test_r25_only_the_best_of_a_day_can_become_the_record() -> None:
    best = RecordPolicy(day_best=True)
    marks = [
        ("2026-02-09 10", "1:12.90"),
        ("2026-02-09 11", "1:12.31"),
        ("2026-02-09 12", "1:12.59"),
        ("2026-02-09 13", "1:12.31"),
        ("2026-02-10 10", "1:12.30"),
    ]
    assert judged(best, *marks) == [Outcome.BEATEN_ON_DAY, SET, NOT_BETTER, EQUALLED, SET]
    assert judged(RecordPolicy(), *marks) == [SET, SET, NOT_BETTER, EQUALLED, SET]
    alone = RecordPolicy(day_best=True, shares_equal=False)
    assert judged(alone, *marks)[3] is Outcome.NOT_SHARED


def test_r25_who_is_beaten_in_the_unit_is_told_so_before_the_day() -> None:
    best = RecordPolicy(day_best=True)
    marks = [
        ("2026-02-09 13", "1:12.59"),
        ("2026-02-09 13", "1:12.90"),
        ("2026-02-09 15", "1:12.31"),
    ]
    assert judged(best, *marks) == [Outcome.BEATEN_ON_DAY, Outcome.BEATEN_IN_UNIT, SET]


def test_r25_a_mark_that_equals_is_nothing_when_the_day_gets_better() -> None:
    best = RecordPolicy(day_best=True)
    marks = [("2026-02-09 10", "1:13.19"), ("2026-02-09 11", "1:12.31")]
    assert judged(best, *marks) == [Outcome.BEATEN_ON_DAY, SET]
    assert judged(RecordPolicy(), *marks) == [EQUALLED, SET]


def test_r24_higher_may_be_better() -> None:
    marks = [Candidate(key, Mark(value, 2), str(key)) for key, value in enumerate([8, 9, 9, 7])]
    verdicts = judge(Mark(8, 2), marks, Better.HIGHER)
    assert [verdict.outcome for verdict in verdicts] == [EQUALLED, SET, EQUALLED, NOT_BETTER]


def test_r28_a_verdict_knows_the_mark_that_stood_and_the_margin() -> None:
    (verdict,) = judge(mark("1:13.19"), [Candidate(1, mark("1:12.31"), "")], Better.LOWER)
    assert (verdict.stood, verdict.margin) == (mark("1:13.19"), Mark(880_000, 2))
    assert verdict.is_record
    (first,) = judge(None, [Candidate(1, mark("1:12.31"), "")], Better.LOWER)
    assert (first.stood, first.margin) == (None, None)


def test_rules_7_the_olympic_record_from_its_marks_alone() -> None:
    expected = skated(OLYMPIC_RECORD)
    results = {
        Candidate(key, line.mark, line.moment): line
        for key, line in enumerate(reversed(expected + skated(OTHERS)))
    }
    verdicts = judge(None, results, Better.LOWER)
    records = [results[verdict.candidate] for verdict in verdicts if verdict.is_record]
    assert records == expected


def test_rules_7_how_long_each_olympic_record_stood() -> None:
    history = skated(OLYMPIC_RECORD)
    ruled = reigns([line.achievement for line in history])
    stood = {(line.day, line.name): reign for line, reign in zip(history, ruled, strict=True)}
    assert stood["1980-02-17", "Filipsson"] == Reign(current=False, stood=Stood(units=1))
    assert stood["1988-02-26", "Ehrig"].stood == Stood(units=2)
    assert stood["1998-02-19", "LeMay_Doan"].stood == Stood(units=2)
    assert stood["2002-02-17", "Witty"].stood == Stood(days=5_841)
    assert stood["2026-02-09", "Kok"].stood == Stood(units=2)
    assert [line.name for line in history if stood[line.day, line.name].current] == ["Leerdam"]


def test_rules_8_both_records_of_the_founding_race() -> None:
    race = [
        Candidate(15, mark("1:12.31"), "15"),
        Candidate(115, mark("1:13.95"), "15"),
        Candidate(13, mark("1:12.59"), "13"),
        Candidate(113, mark("1:14.55"), "13"),
    ]
    verdicts = list(judge(mark("1:13.19"), race, Better.LOWER))
    assert [(v.candidate.key, v.outcome, v.margin) for v in verdicts if v.is_record] == [
        (13, SET, Mark(600_000, 2)),
        (15, SET, Mark(280_000, 2)),
    ]
    world = judge(mark("1:11.61"), race, Better.LOWER)
    assert not any(verdict.is_record for verdict in world)


def line(
    value: int,
    day: str | None = None,
    race: int | None = None,
    unit: int | None = None,
    outcome: Outcome = SET,
) -> Achievement:
    return Achievement(
        Mark(value, 0), outcome, date.fromisoformat(day) if day else None, race, unit
    )


def test_r24_the_one_equalled_stands_as_long_as_what_it_equalled() -> None:
    history = [
        line(100, "2000-01-01"),
        line(100, "2000-01-11", outcome=EQUALLED),
        line(90, "2000-01-31"),
        line(90, "2000-02-01", outcome=EQUALLED),
    ]
    assert reigns(history) == [
        Reign(current=False, stood=Stood(days=30)),
        Reign(current=False, stood=Stood(days=20)),
        Reign(current=True, stood=None),
        Reign(current=True, stood=None),
    ]
    assert reigns([]) == []


@pytest.mark.parametrize(
    ("one", "other", "stood"),
    [
        (line(9, "2026-02-09", 1, 13), line(8, "2026-02-09", 1, 15), Stood(units=2)),
        (line(9, "2026-02-09", 1, 13), line(8, "2026-02-09", 2, 1), Stood(days=0)),
        (line(9, "2026-02-09", 1, 13), line(8, "2026-02-09", 1), Stood()),
        (line(9), line(8, "2026-02-09"), Stood()),
        (line(9, "2022-02-17"), line(8, "2026-02-09", 1, 13), Stood(days=1_453)),
    ],
)
def test_r24_a_record_stood_for_units_or_days_or_nobody_knows(
    one: Achievement, other: Achievement, stood: Stood
) -> None:
    assert time_stood(one, other) == stood


candidates = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 50),
        mark=st.builds(Mark, st.integers(1, 9), st.just(2)),
        moment=st.builds("2026-02-0{} {}".format, st.integers(1, 3), st.integers(1, 3)),
    ),
    unique_by=lambda candidate: candidate.key,
    max_size=14,
)


def obvious_history(
    stood: int | None, marks: list[Candidate], policy: RecordPolicy
) -> dict[int, Outcome]:
    """The records of a list by looking, for each mark, at all that is before it and beside it."""
    records: dict[int, Outcome] = {}
    for one in sorted(marks, key=lambda c: c.moment):
        beside = [c for c in marks if c.moment == one.moment]
        if policy.day_best:
            beside = [c for c in marks if c.day == one.day]
        if one.mark.value > min(c.mark.value for c in beside):
            continue
        before = [c.mark.value for c in marks if c.moment < one.moment and c.key in records]
        before += [stood] if stood is not None else []
        current = min(before, default=None)
        if current is None or current - one.mark.value >= max(policy.minimum_margin or 0, 1):
            records[one.key] = SET
        elif one.mark.value == current and policy.shares_equal:
            records[one.key] = EQUALLED
    return records


policies = st.builds(
    RecordPolicy,
    shares_equal=st.booleans(),
    minimum_margin=st.none() | st.integers(1, 4),
    day_best=st.booleans(),
)


@given(st.none() | st.integers(1, 9), candidates, policies)
def test_r25_the_progression_is_the_obvious_one_under_every_policy(
    stood: int | None, marks: list[Candidate], policy: RecordPolicy
) -> None:
    baseline = None if stood is None else Mark(stood, 2)
    verdicts = list(judge(baseline, marks, Better.LOWER, policy))
    found = {v.candidate.key: v.outcome for v in verdicts if v.is_record}
    assert found == obvious_history(stood, marks, policy)
    assert len(verdicts) == len(marks)


@given(st.none() | st.integers(1, 9), candidates, policies)
def test_r25_higher_may_be_better_under_every_policy(
    stood: int | None, marks: list[Candidate], policy: RecordPolicy
) -> None:
    """What is judged is the same upside down."""
    turned = [Candidate(c.key, Mark(100 - c.mark.value, 2), c.moment) for c in marks]
    low = judge(None if stood is None else Mark(stood, 2), marks, Better.LOWER, policy)
    high = judge(None if stood is None else Mark(100 - stood, 2), turned, Better.HIGHER, policy)
    assert [v.outcome for v in low] == [v.outcome for v in high]


@given(candidates)
def test_r24_records_only_ever_get_better(marks: list[Candidate]) -> None:
    verdicts: list[Verdict] = [v for v in judge(None, marks, Better.LOWER) if v.is_record]
    values = [verdict.candidate.mark.value for verdict in verdicts]
    assert values == sorted(values, reverse=True)
    assert bool(verdicts) == bool(marks)


@given(st.data(), candidates)
def test_r23_the_order_of_entry_never_changes_a_history(
    data: st.DataObject, marks: list[Candidate]
) -> None:
    shuffled = data.draw(st.permutations(marks))
    assert list(judge(None, shuffled, Better.LOWER)) == list(judge(None, marks, Better.LOWER))


@given(candidates)
def test_r27_a_mark_that_places_nowhere_can_still_be_a_record(marks: list[Candidate]) -> None:
    """The first mark of all is a record, however many beat it later on."""
    verdicts = list(judge(None, marks, Better.LOWER))
    first = [v for v in verdicts if v.candidate.moment == verdicts[0].candidate.moment]
    assert marks == [] or any(verdict.outcome is SET for verdict in first)
