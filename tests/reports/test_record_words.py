"""Records in words: every reason, scope, policy, ruling and published line has a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medaldesk.book.reads.records import RecordListRow, RecordReason, RecordRow, RulingRow
from medaldesk.domain.errors import BadAgeClass
from medaldesk.domain.marks import Better, Mark, MarkFormat, MarkKind
from medaldesk.domain.progressions import ComparedLine, Comparison, Differs, ProgressionLine
from medaldesk.domain.records import Outcome, RecordPolicy, Reign, Ruling, Stood
from medaldesk.reports import words

HUNDREDTHS = MarkFormat(MarkKind.TIME, Better.LOWER, 2)
WORLD = RecordListRow(
    1, "WR", "World record", 1, "W100", "Women's 100 m", None, HUNDREDTHS,
    continent="europe", age_class="U20",
    policy=RecordPolicy(minimum_margin=50_000, wind_limit=2_000_000),
)  # fmt: skip
HELD = RecordRow(
    mark=Mark(10_490_000, 2), outcome=Outcome.SET, holder="Jo Doe", nation="USA",
    day="1988-07-16", competition=None, competition_name=None, place=None, unit=1,
    unit_kind="heat", event=1, result=1, improvement=None, reign=Reign(False, Stood()),
)  # fmt: skip


def reason(outcome: Outcome, stood: RecordRow | None = None) -> str:
    return words.record_reason(
        RecordReason(
            WORLD,
            outcome,
            Mark(10_480_000, 2),
            stood,
            Mark(10_000, 2) if stood else None,
            status="DSQ",
            ruling=RulingRow(Ruling.ANNULLED, "2026-04-01", "Tribunal"),
            wind=2_100_000,
            assistance="pacemaker",
        )
    )


@pytest.mark.parametrize(
    ("outcome", "stood", "said"),
    [
        (Outcome.MARGIN_TOO_SMALL, HELD,
         "0.01 better than 10.49 of Jo Doe (USA), and 0.05 is the least that counts."),
        (Outcome.BEATEN_ON_DAY, HELD,
         "0.01 better than 10.49 of Jo Doe (USA), but there was a better mark on the same day."),
        (Outcome.BEATEN_ON_DAY, None, "there was a better mark on the same day."),
        (Outcome.STATUS_DECIDED, None, "the mark no longer counts, by decision (DSQ)."),
        (Outcome.ANNULLED, None, "the mark was annulled on 1 April 2026."),
        (Outcome.WIND_UNKNOWN, None, "the wind is not known, and at most +2.0 m/s is allowed."),
        (Outcome.WIND_TOO_STRONG, None,
         "the wind was +2.1 m/s, and at most +2.0 m/s is allowed."),
        (Outcome.ASSISTED, None, "the mark was assisted (pacemaker)."),
        (Outcome.AGE_UNKNOWN, None, "without a date of birth nobody is known to be U20."),
        (Outcome.OUTSIDE_AGE_CLASS, None, "not U20 on this day."),
        (Outcome.CONTINENT_UNKNOWN, None,
         "the list is one of Europe, and it is not known to which continent the nation belongs."),
    ],
)  # fmt: skip
def test_r28_a_mark_that_is_no_record_says_why(
    outcome: Outcome, stood: RecordRow | None, said: str
) -> None:
    assert reason(outcome, stood) == f"World record not set: {said}"


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("stood", [None, HELD])
def test_r28_every_outcome_has_one_sentence(outcome: Outcome, stood: RecordRow | None) -> None:
    said = reason(outcome, stood)
    assert said.startswith("World record")
    assert said.endswith(".")
    assert "{" not in said


def test_r22_to_what_a_list_is_narrowed() -> None:
    assert words.record_scope(WORLD) == "Europe · U20"
    every = replace(WORLD, series="OWG", nation="NED", venue="Oval")
    assert words.record_scope(every) == "OWG · NED · Oval · Europe · U20"
    assert words.record_scope(replace(WORLD, continent=None, age_class=None)) == ""
    names = {words.continent_name(c) for c in ("africa", "america", "asia", "europe", "oceania")}
    assert names == {"Africa", "America", "Asia", "Europe", "Oceania"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("U20", "not yet 20 at the end of the year"),
        ("U19@07-01", "not yet 19 before the last 1 July"),
        ("35+", "35 or older on the day"),
    ],
)
def test_r22_what_an_age_class_says(text: str, said: str) -> None:
    assert words.age_class_rule(text) == said
    with pytest.raises(BadAgeClass):
        words.age_class_rule("junior")


def test_r25_what_a_policy_asks() -> None:
    assert words.policy_lines(RecordPolicy(), HUNDREDTHS) == []
    everything = RecordPolicy(
        shares_equal=False,
        minimum_margin=50_000,
        day_best=True,
        wind_limit=2_000_000,
        allows_assistance=True,
        needs_ratification=True,
    )
    assert words.policy_lines(everything, HUNDREDTHS) == [
        "equal marks do not share the record",
        "better by at least 0.05",
        "only the best of a day",
        "wind of at most +2.0 m/s",
        "assisted marks count",
        "to be ratified",
    ]


def test_r26_what_was_ruled() -> None:
    assert [words.record_ruling(ruling) for ruling in Ruling] == [
        "Provisional",
        "Ratified",
        "Annulled",
        "Reinstated",
    ]
    assert words.record_ruling_line(None) == ""
    assert words.record_ruling_line(RulingRow(Ruling.PROVISIONAL)) == "Provisional"
    ratified = RulingRow(Ruling.RATIFIED, "2026-03-03")
    assert words.record_ruling_line(ratified) == "Ratified, 3 March 2026"
    sourced = replace(ratified, source="ISU")
    assert words.record_ruling_line(sourced) == "Ratified, 3 March 2026 (ISU)"


def test_what_is_said_of_a_published_line() -> None:
    line = ProgressionLine(Mark(80, 2), "Kok", "NED", date(2026, 2, 9))
    said = {
        comparison: words.compared_line(ComparedLine(comparison, line, line))
        for comparison in Comparison
        if comparison is not Comparison.DIFFERENT
    }
    assert said == {
        Comparison.EQUAL: "as published",
        Comparison.SHORT_LIVED: "not published: short-lived",
        Comparison.ONLY_COMPUTED: "not published",
        Comparison.ONLY_PUBLISHED: "published, not in this book",
    }
    differs = frozenset((Differs.HOLDER, Differs.DAY))
    different = ComparedLine(Comparison.DIFFERENT, line, line, differs)
    assert words.compared_line(different) == "published with another holder and date"
