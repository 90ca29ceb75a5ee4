"""Record lists of every scope and policy, rulings on them, and why a mark is none: R22, R25–R28."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.edits.records import NewBaseline, NewPublished
from medaldesk.book.errors import DuplicateCode, EmptyField, NotARecord, UnknownCode
from medaldesk.book.reads.records import RecordReason, RulingRow
from medaldesk.domain.decisions import DecisionLine
from medaldesk.domain.errors import BadAgeClass, MarkNotUnderstood
from medaldesk.domain.progressions import Comparison
from medaldesk.domain.records import Outcome, RecordPolicy, Ruling
from tests.book.worlds import (
    TIME,
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    everything,
    nation,
)

OLD = NewBaseline("Takagi", "1:13.19", day=date(2022, 2, 17), place="Beijing")


@pytest.fixture
def race(book: Book) -> Race:
    """The women's 1000 m of a Games, and a world record before it."""
    event_type = add_event_type(book, "W1000")
    book.edits.add_record_list("WR", event_type)
    book.edits.set_baseline(1, OLD)
    competition = add_competition(book, "OG2026", "2026-02-06", "2026-02-22", "OG")
    return add_race(book, competition, event_type, "2026-02-09")


def another(race: Race, code: str, day: str) -> Race:
    """The same event at another competition."""
    competition = add_competition(race.book, code, day, day)
    return add_race(race.book, competition, 1, day)


def history(race: Race, number: int = 1) -> list[tuple[str, str]]:
    rows = race.book.reads.record_history(number).rows
    return [(row.holder, row.outcome or "baseline") for row in rows]


def holders(race: Race, number: int = 1) -> list[str]:
    return [holder for holder, _ in history(race, number)]


def reason(race: Race, name: str, number: int = 1) -> RecordReason:
    reasons = race.book.reads.record_reasons(race.results[name])
    return next(one for one in reasons if one.list.id == number)


def outcome(race: Race, name: str, number: int = 1) -> Outcome:
    return reason(race, name, number).outcome


def born(race: Race, name: str, day: str | None) -> None:
    (athlete, *_) = race.book.reads.athletes_named(name)
    on = date.fromisoformat(day) if day else None
    race.book.edits.describe_athlete(athlete.id, gender="W", birth_date=on)


def set_continent(book: Book, code: str, continent: str | None) -> None:
    book.edits.change_nation(nation(book, code), name=code, kind="noc", continent=continent)


def undone(race: Race, edit: Callable[[], object]) -> None:
    """Whatever an edit did is taken back whole, and made again."""
    before = everything(race.book.path)
    edit()
    after = everything(race.book.path)
    assert before != after
    race.book.edits.undo()
    assert everything(race.book.path) == before
    race.book.edits.redo()
    assert everything(race.book.path) == after
    assert_sound(race.book)


# Scopes


def test_r22_a_continental_record_is_one_of_the_nations_of_a_continent(race: Race) -> None:
    book = race.book
    set_continent(book, "NED", "europe")
    set_continent(book, "USA", "america")
    number = book.edits.add_record_list("ER", 1, continent="europe")
    race.enter("Bowe", "USA", unit="1", mark="1:14.00")
    race.enter("Kok", "NED", unit="2", mark="1:15.00")
    race.enter("Takagi", "JPN", unit="3", mark="1:14.50")
    assert holders(race, number) == ["Kok"]
    told = {one.list.code for one in book.reads.record_reasons(race.results["Bowe"])}
    assert told == {"WR"}, "the list of another continent asks nothing"
    set_continent(book, "JPN", None)
    assert outcome(race, "Takagi", number) is Outcome.CONTINENT_UNKNOWN
    undone(race, lambda: set_continent(book, "JPN", "europe"))
    assert holders(race, number) == ["Kok", "Takagi"]
    set_continent(book, "NED", "asia")
    assert holders(race, number) == ["Takagi"]
    (found,) = [row for row in book.reads.record_lists() if row.id == number]
    assert found.continent == "europe"


def test_r22_a_junior_record_is_one_of_those_young_enough(race: Race) -> None:
    book = race.book
    number = book.edits.add_record_list("WJR", 1, age_class="u20")
    for pair, (name, mark) in enumerate([("Kok", "1:14"), ("Leerdam", "1:15"), ("Bowe", "1:16")]):
        race.enter(name, unit=str(pair + 1), mark=mark)
    born(race, "Kok", "2006-12-31")
    born(race, "Leerdam", "2007-01-01")
    assert holders(race, number) == ["Leerdam"]
    assert outcome(race, "Kok", number) is Outcome.OUTSIDE_AGE_CLASS
    assert outcome(race, "Bowe", number) is Outcome.AGE_UNKNOWN
    undone(race, lambda: born(race, "Kok", "2007-06-01"))
    assert holders(race, number) == ["Kok"]
    (found,) = [row for row in book.reads.record_lists() if row.id == number]
    assert found.age_class == "U20"


def test_r22_a_team_is_of_an_age_class_if_all_its_members_are(book: Book) -> None:
    event_type = book.edits.add_event_type(
        NewEventType("WTP", "SSK", "Team pursuit", "W", TIME, team=True)
    )
    number = book.edits.add_record_list("WJR", event_type, age_class="U20")
    competition = add_competition(book, "JWC", "2026-02-09", "2026-02-09")
    race = add_race(book, competition, event_type, "2026-02-09")
    entry = book.edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
    race.results["NED"] = book.edits.result_of(entry)
    book.edits.enter_mark(race.results["NED"], "2:59.00")
    assert outcome(race, "NED", number) is Outcome.AGE_UNKNOWN
    members = [book.edits.add_athlete(name) for name in ("Kok", "Leerdam")]
    for athlete in members:
        book.edits.describe_athlete(athlete, gender="W", birth_date=date(2008, 1, 1))
    undone(race, lambda: book.edits.set_members(entry, members))
    assert holders(race, number) == ["Netherlands"]
    book.edits.describe_athlete(members[1], gender="W", birth_date=None)
    assert outcome(race, "NED", number) is Outcome.AGE_UNKNOWN
    book.edits.describe_athlete(members[1], gender="W", birth_date=date(2000, 1, 1))
    assert outcome(race, "NED", number) is Outcome.OUTSIDE_AGE_CLASS
    undone(race, lambda: book.edits.set_members(entry, members[:1]))
    assert holders(race, number) == ["Netherlands"]


def test_r22_lists_that_differ_in_continent_or_age_class_are_kept_side_by_side(race: Race) -> None:
    edits = race.book.edits
    edits.add_record_list("WR", 1, continent="europe")
    edits.add_record_list("WR", 1, age_class="U20")
    with pytest.raises(DuplicateCode):
        edits.add_record_list("WR", 1, continent="europe")
    with pytest.raises(DuplicateCode):
        edits.add_record_list("WR", 1, age_class=" u20 ")
    with pytest.raises(UnknownCode):
        edits.add_record_list("WR", 1, continent="atlantis")
    with pytest.raises(BadAgeClass):
        edits.add_record_list("WR", 1, age_class="junior")
    assert len(race.book.reads.record_lists()) == 3


# Policies


def test_r25_a_minimum_margin(race: Race) -> None:
    edits = race.book.edits
    for pair, (name, mark) in enumerate(
        [("Kok", "1:13.10"), ("Leerdam", "1:13.00"), ("Bowe", "1:12.95"), ("Lee", "1:12.00")], 1
    ):
        race.enter(name, unit=str(pair), mark=mark)
    assert holders(race) == ["Takagi", "Kok", "Leerdam", "Bowe", "Lee"]
    tenth = RecordPolicy(minimum_margin=100_000)
    undone(race, lambda: edits.change_record_list(1, tenth))
    assert holders(race) == ["Takagi", "Leerdam", "Lee"]
    assert outcome(race, "Kok") is Outcome.MARGIN_TOO_SMALL
    told = reason(race, "Bowe")
    assert (told.outcome, told.stood and told.stood.holder) == (
        Outcome.MARGIN_TOO_SMALL,
        "Leerdam",
    )
    undone(race, lambda: race.mark("Kok", "1:13.08"))
    assert holders(race) == ["Takagi", "Kok", "Bowe", "Lee"], "what follows is judged anew"


def test_r25_only_the_best_of_a_day_in_all_its_races(race: Race) -> None:
    cup = another(race, "CUP", "2026-02-09")
    later = another(race, "FIN", "2026-02-10")
    race.enter("Kok", unit="1", mark="1:13.00")
    race.enter("Leerdam", unit="2", mark="1:12.50")
    cup.enter("Bowe", "USA", unit="1", mark="1:12.31")
    later.enter("Lee", unit="1", mark="1:12.30")
    assert holders(race) == ["Takagi", "Kok", "Leerdam", "Bowe", "Lee"]
    day_best = RecordPolicy(day_best=True)
    undone(race, lambda: race.book.edits.change_record_list(1, day_best))
    assert holders(race) == ["Takagi", "Bowe", "Lee"]
    assert outcome(race, "Leerdam") is Outcome.BEATEN_ON_DAY
    assert outcome(cup, "Bowe") is Outcome.SET
    undone(race, lambda: cup.mark("Bowe", "1:14.00"))
    assert holders(race) == ["Takagi", "Leerdam", "Lee"]
    undone(race, lambda: cup.mark("Bowe", "1:12.50"))
    assert history(race)[1:] == [("Leerdam", "set"), ("Bowe", "equalled"), ("Lee", "set")]
    told = reason(cup, "Bowe")
    assert (told.outcome, told.stood and told.stood.holder) == (Outcome.EQUALLED, "Leerdam")


def test_r25_a_worse_mark_lets_in_the_best_of_later_days_and_no_other(race: Race) -> None:
    """The day of the next record is judged whole, also what came before the record that day."""
    race.book.edits.change_record_list(1, RecordPolicy(day_best=True))
    later = another(race, "FIN", "2026-02-10")
    race.enter("Kok", unit="1", mark="1:11.00")
    later.enter("Leerdam", unit="1", mark="1:12.00")
    later.enter("Bowe", "USA", unit="2", mark="1:10.50")
    assert holders(race) == ["Takagi", "Kok", "Bowe"]
    undone(race, lambda: race.mark("Kok", "1:13.00"))
    assert holders(race) == ["Takagi", "Kok", "Bowe"]
    undone(race, lambda: race.mark("Kok", "dnf"))
    assert holders(race) == ["Takagi", "Bowe"]


def test_r25_the_wind_must_be_known_and_not_too_strong(race: Race) -> None:
    edits = race.book.edits
    for pair, (name, mark) in enumerate(
        [("Kok", "1:13.00"), ("Leerdam", "1:12.50"), ("Bowe", "1:12.31")], 1
    ):
        race.enter(name, unit=str(pair), mark=mark)
    edits.enter_wind(race.results["Kok"], "+2.0")
    edits.enter_wind(race.results["Leerdam"], "+2.1")
    undone(race, lambda: edits.change_record_list(1, RecordPolicy(wind_limit=2_000_000)))
    assert holders(race) == ["Takagi", "Kok"]
    told = reason(race, "Leerdam")
    assert (told.outcome, told.wind) == (Outcome.WIND_TOO_STRONG, 2_100_000)
    assert outcome(race, "Bowe") is Outcome.WIND_UNKNOWN
    undone(race, lambda: edits.enter_wind(race.results["Bowe"], "-1.0"))
    assert holders(race) == ["Takagi", "Kok", "Bowe"]


def test_r25_an_assisted_mark_counts_only_where_the_list_allows_it(race: Race) -> None:
    edits = race.book.edits
    race.enter("Kok", unit="1", mark="1:13.00")
    race.enter("Leerdam", unit="2", mark="1:13.10")
    undone(race, lambda: edits.enter_assistance(race.results["Kok"], "pacemaker"))
    assert holders(race) == ["Takagi", "Leerdam"]
    told = reason(race, "Kok")
    assert (told.outcome, told.assistance) == (Outcome.ASSISTED, "pacemaker")
    undone(race, lambda: edits.change_record_list(1, RecordPolicy(allows_assistance=True)))
    assert holders(race) == ["Takagi", "Kok"]


def test_r25_a_list_is_read_with_its_policy(race: Race) -> None:
    policy = RecordPolicy(
        shares_equal=False,
        minimum_margin=10_000,
        day_best=True,
        wind_limit=-500_000,
        allows_assistance=True,
        needs_ratification=True,
    )
    race.book.edits.change_record_list(1, policy)
    number = race.book.edits.add_record_list("NR", 1, policy=policy)
    assert {row.id: row.policy for row in race.book.reads.record_lists()} == {
        1: policy,
        number: policy,
    }


def test_a_list_that_is_deleted_takes_all_of_it_along(race: Race) -> None:
    edits = race.book.edits
    result = race.enter("Kok", unit="1", mark="1:13.00")
    edits.rule_record(1, result, Ruling.RATIFIED, date(2026, 3, 1), "ISU")
    edits.set_published(1, [NewPublished("Kok", "1:13.00")])
    undone(race, lambda: edits.delete_record_list(1))
    assert race.book.reads.record_lists() == []
    assert race.flags() == {}
    edits.undo()
    assert race.flags() == {"Kok": ["WR"]}
    with pytest.raises(UnknownCode):
        edits.delete_record_list(7)
    with pytest.raises(UnknownCode):
        edits.change_record_list(7, RecordPolicy())


# Rulings


def rulings(race: Race) -> list[tuple[str, str | None]]:
    rows = race.book.reads.record_history(1).rows
    return [(row.holder, row.ruling.ruling if row.ruling else None) for row in rows]


def test_r26_a_record_is_provisional_until_it_is_ratified(race: Race) -> None:
    edits = race.book.edits
    result = race.enter("Kok", unit="1", mark="1:13.00")
    race.enter("Leerdam", unit="2", mark="1:12.50")
    assert rulings(race) == [("Takagi", None), ("Kok", None), ("Leerdam", None)]
    edits.change_record_list(1, RecordPolicy(needs_ratification=True))
    assert rulings(race)[1:] == [("Kok", "provisional"), ("Leerdam", "provisional")]
    undone(
        race, lambda: edits.rule_record(1, result, Ruling.RATIFIED, date(2026, 3, 1), "ISU minutes")
    )
    assert rulings(race) == [("Takagi", None), ("Kok", "ratified"), ("Leerdam", "provisional")]
    kok = race.book.reads.record_history(1).rows[1]
    assert kok.ruling == RulingRow(Ruling.RATIFIED, "2026-03-01", "ISU minutes")


def test_r26_annulling_restores_what_stood_and_judges_anew_what_followed(race: Race) -> None:
    edits, later = race.book.edits, another(race, "CUP", "2026-03-01")
    result = race.enter("Kok", unit="1", mark="1:12.00")
    race.enter("Leerdam", unit="2", mark="1:13.00")
    race.enter("Bowe", "USA", unit="3", mark="1:13.10")
    later.enter("Lee", unit="1", mark="1:12.50")
    last = another(race, "FIN", "2026-03-10")
    last.enter("Rijpma", unit="1", mark="1:11.00")
    assert holders(race) == ["Takagi", "Kok", "Rijpma"]
    before = race.book.reads.record_history(1).rows
    undone(
        race, lambda: edits.rule_record(1, result, Ruling.ANNULLED, date(2026, 4, 1), "Tribunal")
    )
    assert holders(race) == ["Takagi", "Leerdam", "Lee", "Rijpma"]
    told = reason(race, "Kok")
    assert told.outcome is Outcome.ANNULLED
    assert told.ruling == RulingRow(Ruling.ANNULLED, "2026-04-01", "Tribunal")
    (annulled,) = race.book.reads.record_history(1).annulled
    assert (annulled.holder, annulled.day, annulled.ruling) == ("Kok", "2026-02-09", told.ruling)
    assert not annulled.reign.current
    assert race.ranks()["Kok"] == 1, "a ruling on a record says nothing of ranks"
    undone(race, lambda: edits.rule_record(1, result, Ruling.REINSTATED, date(2026, 5, 1)))
    assert race.book.reads.record_history(1).annulled == ()
    after = race.book.reads.record_history(1).rows
    assert [row.holder for row in after] == [row.holder for row in before]
    assert after[1].ruling == RulingRow(Ruling.REINSTATED, "2026-05-01")


def test_r26_the_latest_ruling_holds_whenever_it_was_typed(race: Race) -> None:
    edits = race.book.edits
    result = race.enter("Kok", unit="1", mark="1:12.00")
    edits.rule_record(1, result, Ruling.REINSTATED, date(2026, 5, 1))
    edits.rule_record(1, result, Ruling.ANNULLED, date(2026, 4, 1))
    assert holders(race) == ["Takagi", "Kok"]
    edits.rule_record(1, result, Ruling.ANNULLED, date(2026, 5, 1))
    assert holders(race) == ["Takagi"], "of one day the last one typed"
    edits.rule_record(1, result, Ruling.RATIFIED, date(2026, 6, 1))
    assert rulings(race) == [("Takagi", None), ("Kok", "ratified")]
    assert_sound(race.book)


def test_r26_a_ruling_of_one_list_is_none_of_another(race: Race) -> None:
    number = race.book.edits.add_record_list("NR", 1, nation=nation(race.book, "NED"))
    result = race.enter("Kok", unit="1", mark="1:12.00")
    race.book.edits.rule_record(1, result, Ruling.ANNULLED, date(2026, 4, 1))
    assert holders(race, 1) == ["Takagi"]
    assert holders(race, number) == ["Kok"]


def test_r26_a_ruling_is_about_a_mark_of_the_event_type(race: Race) -> None:
    book = race.book
    other = add_event_type(book, "W500")
    sprint = add_race(book, 1, other, "2026-02-10")
    result = sprint.enter("Kok", mark="37.00")
    with pytest.raises(NotARecord) as refused:
        book.edits.rule_record(1, result, Ruling.ANNULLED, date(2026, 4, 1))
    assert refused.value.details == {"name": "Kok"}


# Decisions


def test_r26_a_disqualification_by_decision_takes_all_records_of_the_event(race: Race) -> None:
    book = race.book
    number = book.edits.add_record_list("NR", 1, nation=nation(book, "NED"))
    race.enter("Kok", unit="1", mark="1:12.00")
    race.enter("Leerdam", unit="2", mark="1:12.50")
    final = book.edits.add_phase(race.event, "Final")
    again = book.edits.add_result(race.entries["Kok"], final, unit="1")
    book.edits.enter_mark(again, "1:11.90")
    assert holders(race) == ["Takagi", "Kok", "Kok"]
    new = NewDecision(
        body="IOC",
        day=date(2027, 1, 1),
        reason="doping",
        lines=[DecisionLine(race.entries["Kok"], sets_status=True, status="DSQ")],
    )
    undone(race, lambda: book.edits.take_decision(race.event, new))
    assert holders(race) == ["Takagi", "Leerdam"]
    assert holders(race, number) == ["Leerdam"]
    told = reason(race, "Kok")
    assert (told.outcome, told.status) == (Outcome.STATUS_DECIDED, "DSQ")
    undone(race, lambda: book.edits.revoke_decision(1, date(2028, 1, 1)))
    assert holders(race) == ["Takagi", "Kok", "Kok"]
    assert holders(race, number) == ["Kok", "Kok"]


def test_r26_a_decision_can_let_a_mark_count_again(race: Race) -> None:
    """It is the decided status that counts, whatever was typed."""
    book = race.book
    race.enter("Kok", unit="1", mark="1:12.00")
    with book.edits.together(book.reads.journal()[0].action, "Kok") as writer:
        writer.update("result", race.results["Kok"], status="DSQ")
    assert holders(race) == ["Takagi"]
    assert outcome(race, "Kok") is Outcome.STATUS
    new = NewDecision(
        body="CAS",
        day=date(2027, 1, 1),
        reason="appeal",
        lines=[DecisionLine(race.entries["Kok"], sets_status=True, status=None)],
    )
    book.edits.take_decision(race.event, new)
    assert holders(race) == ["Takagi", "Kok"]
    assert outcome(race, "Kok") is Outcome.SET
    assert_sound(book)


# Why, and what was published


def test_r28_every_result_answers_for_every_list_of_its_event(race: Race) -> None:
    """Also those without a mark, for lists of every narrowness."""
    book = race.book
    set_continent(book, "NED", "europe")
    for kind, scope in {
        "NR": {"nation": nation(book, "NED")},
        "ER": {"continent": "europe"},
        "WJR": {"age_class": "U20"},
    }.items():
        book.edits.add_record_list(kind, 1, **scope)  # type: ignore[arg-type]
    for name, mark in [("Kok", "1:12.00"), ("Leerdam", "dnf"), ("Lee", "")]:
        race.enter(name, unit="1", mark=mark)
    told = {
        name: [(one.list.code, one.outcome) for one in book.reads.record_reasons(result)]
        for name, result in race.results.items()
    }
    codes = ["WR", "ER", "NR", "WJR"]
    assert told == {
        "Kok": list(zip(codes, [*[Outcome.SET] * 3, Outcome.AGE_UNKNOWN], strict=True)),
        "Leerdam": [(code, Outcome.STATUS) for code in codes],
        "Lee": [(code, Outcome.NO_MARK) for code in codes],
    }


def test_rules_7_a_published_progression_beside_the_computed_one(race: Race) -> None:
    edits = race.book.edits
    race.enter("Kok", unit="13", mark="1:12.59")
    race.enter("Leerdam", unit="15", mark="1:12.31")
    undone(
        race,
        lambda: edits.set_published(
            1,
            [
                NewPublished("Bowe", "1:13.61", day=date(2019, 3, 9)),
                NewPublished("Takagi", "1:13.19", day=date(2022, 2, 17)),
                NewPublished("Leerdam", "1:12.31", nation(race.book, "JPN"), date(2026, 2, 9)),
            ],
        ),
    )

    def lines() -> list[tuple[str, Comparison]]:
        return [
            (line.computed.holder if line.computed else "", line.comparison)
            for line in race.book.reads.published_comparison(1).lines
        ]

    assert lines() == [
        ("", Comparison.ONLY_PUBLISHED),
        ("Takagi", Comparison.EQUAL),
        ("Kok", Comparison.SHORT_LIVED),
        ("Leerdam", Comparison.DIFFERENT),
    ]
    undone(race, lambda: edits.set_published(1, [NewPublished("Leerdam", "1:12.31", source="ISU")]))
    assert lines() == [
        ("Takagi", Comparison.ONLY_COMPUTED),
        ("Kok", Comparison.SHORT_LIVED),
        ("Leerdam", Comparison.EQUAL),
    ]
    for line, error in [
        (NewPublished("", "1:12.31"), EmptyField),
        (NewPublished("Kok", "fast"), MarkNotUnderstood),
    ]:
        with pytest.raises(error):
            edits.set_published(1, [line])
    undone(race, lambda: edits.set_published(1, []))
    assert [comparison for _, comparison in lines()] == [
        Comparison.ONLY_COMPUTED,
        Comparison.SHORT_LIVED,
        Comparison.ONLY_COMPUTED,
    ]
