"""R11, R16, R27: an athlete, for whom they competed and all that they achieved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import (
    AthleteInUse,
    BadDate,
    BothEntered,
    NamedTwice,
    UnknownCode,
)
from medaldesk.book.reads.events import BestFlag
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import BestScope, Outcome
from tests.book.test_query_plans import walks
from tests.book.worlds import (
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    derived_from_nothing,
    everything,
    nation,
    one_race,
)

FIRST = date(2026, 1, 10)


def person(book: Book, name: str) -> int:
    return book.reads.athletes_named(name)[0].id


# Who it is


def test_an_athlete_is_described(book: Book) -> None:
    athlete = book.edits.add_athlete("Femke Kok")
    before = everything(book.path)
    book.edits.describe_athlete(athlete, gender="W", birth_date=date(2000, 10, 8))
    page = book.reads.athlete_page(athlete)
    assert (page.name, page.gender, page.birth_date) == ("Femke Kok", "W", "2000-10-08")
    assert (page.nations, page.medals.total) == ((), 0)
    step = book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.DESCRIBE_ATHLETE, "Femke Kok")
    book.edits.describe_athlete(athlete, gender=None, birth_date=None)
    page = book.reads.athlete_page(athlete)
    assert (page.gender, page.birth_date) == (None, None)
    book.edits.undo()
    book.edits.undo()
    assert everything(book.path) == before


@pytest.mark.parametrize("birth", [date(1799, 12, 31), date.today() + timedelta(days=1)])
def test_nobody_was_born_tomorrow_or_long_ago(book: Book, birth: date) -> None:
    athlete = book.edits.add_athlete("Femke Kok")
    before = everything(book.path)
    with pytest.raises(BadDate) as refused:
        book.edits.describe_athlete(athlete, gender="W", birth_date=birth)
    assert refused.value.details == {"text": birth.isoformat()}
    assert everything(book.path) == before


def test_who_is_not_known_cannot_be_described(book: Book) -> None:
    athlete = book.edits.add_athlete("Femke Kok")
    for who, gender in [(athlete, "Q"), (999, "W")]:
        with pytest.raises(UnknownCode):
            book.edits.describe_athlete(who, gender=gender, birth_date=None)
    with pytest.raises(UnknownCode):
        book.reads.athlete_page(999)


# Two who are one


def two_spellings(book: Book) -> Race:
    """`Kok` competed alone and in a team, so did `F. Kok`, who held a record before."""
    race = rich(book)
    cup = add_competition(book, "CUP", "2026-01-02", "2026-01-31")
    sprint = add_race(book, cup, 1, "2026-01-20")
    sprint.enter("F. Kok", mark="1:12.90")
    sprint.enter("Takagi", "JPN", mark="1:13.10")
    book.edits.make_official(sprint.event, date(2026, 1, 20))
    record = book.edits.add_record_list("WR", 1)
    book.edits.set_baseline(record, NewBaseline("F. Kok", "1:13.5"))
    with book.edits.together(Action.SET_BASELINE, "F. Kok") as writer:
        writer.update("record_baseline", 1, athlete_id=person(book, "F. Kok"))
    relay = add_race(book, cup, 2, "2026-01-21")
    team = book.edits.add_entry(relay.event, nation(book, "NED"), team="Netherlands")
    book.edits.add_member(team, person(book, "F. Kok"))
    return race


def test_two_spellings_become_one_person(book: Book) -> None:
    two_spellings(book)
    keep, other = person(book, "Kok"), person(book, "F. Kok")
    book.edits.describe_athlete(other, gender="W", birth_date=date(2000, 10, 8))
    before = everything(book.path)
    book.edits.merge_athletes(keep, other)
    assert book.reads.athletes_named("F. Kok") == []
    page = book.reads.athlete_page(keep)
    assert (page.name, page.gender, page.birth_date) == ("Kok", "W", "2000-10-08")
    assert page.medals.triple == (2, 0, 0)
    rows = book.reads.athlete_results(keep)
    assert [(row.path, row.phase, row.team) for row in rows] == [
        ("OG2026/WTEAM", "Final", "Netherlands 1"),
        ("OG2026/W1000", "Final", None),
        ("OG2026/W1000", "Heats", None),
        ("CUP/WTEAM", "Final", "Netherlands"),
        ("CUP/W1000", "Final", None),
    ]
    assert [(row.phase, row.best.text) for row in rows if row.best] == [("Heats", "PB")]
    assert_sound(book)
    step = book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.MERGE_ATHLETES, "F. Kok → Kok")
    book.edits.undo()
    assert everything(book.path) == before


def test_what_is_known_of_the_one_who_stays_is_kept(book: Book) -> None:
    keep, other = book.edits.add_athlete("Kok"), book.edits.add_athlete("F. Kok")
    book.edits.describe_athlete(keep, gender=None, birth_date=date(2000, 10, 8))
    book.edits.describe_athlete(other, gender="W", birth_date=date(1999, 1, 1))
    book.edits.merge_athletes(keep, other)
    page = book.reads.athlete_page(keep)
    assert (page.gender, page.birth_date) == ("W", "2000-10-08")


@pytest.mark.parametrize("alone", [True, False])
def test_two_in_one_event_are_two_people(book: Book, alone: bool) -> None:
    """Both entered, both in one team, or one entered and one in a team."""
    race = one_race(book)
    race.enter("Kok", mark="1:12.59")
    if alone:
        race.enter("F. Kok", mark="1:12.60")
    else:
        team = book.edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
        book.edits.add_member(team, book.edits.add_athlete("F. Kok"))
    before = everything(book.path)
    for keep, other in (("Kok", "F. Kok"), ("F. Kok", "Kok")):
        with pytest.raises(BothEntered) as refused:
            book.edits.merge_athletes(person(book, keep), person(book, other))
        event = "Event W1000, Games OG2026"
        assert refused.value.details == {"name": keep, "other": other, "event": event}
    assert everything(book.path) == before


def test_two_in_one_team_are_two_people(book: Book) -> None:
    race = one_race(book)
    team = book.edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
    both = [book.edits.add_athlete(name) for name in ("Kok", "F. Kok")]
    book.edits.set_members(team, both)
    with pytest.raises(BothEntered):
        book.edits.merge_athletes(*both)


def test_nobody_is_merged_with_themselves_or_with_nobody(book: Book) -> None:
    athlete = book.edits.add_athlete("Kok")
    before = everything(book.path)
    with pytest.raises(NamedTwice):
        book.edits.merge_athletes(athlete, athlete)
    for keep, other in ((athlete, 999), (999, athlete)):
        with pytest.raises(UnknownCode):
            book.edits.merge_athletes(keep, other)
    assert everything(book.path) == before


@given(
    races=st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["72.0", "72.5", "73.00", "DNF", ""]),
            st.sampled_from(["72.0", "72.4", "73.5"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=20)
def test_merged_is_as_if_typed_under_one_name(
    tmp_path_factory: pytest.TempPathFactory, races: list[tuple[bool, str, str, bool]]
) -> None:
    """Ranks, medals, records and bests: as in a book that never knew the second name."""
    folder = tmp_path_factory.mktemp("merged")
    derived = []
    for name in ("Kok", "Kok F."):
        with Book.create(folder / f"{name}.medaldesk", who="clerk") as book:
            keep, other = book.edits.add_athlete("Kok"), book.edits.add_athlete("Kok F.")
            with book.edits.together(Action.IMPORT_RESULTS, "races"):
                career(book, races, name)
            if name == "Kok":
                book.edits.delete_athlete(other)
            else:
                book.edits.merge_athletes(keep, other)
            assert_sound(book)
            derived.append(derived_from_nothing(book.path)[0])
            derived.append([book.reads.athlete_results(keep), book.reads.athlete_page(keep)])
    assert derived[:2] == derived[2:]


def career(book: Book, races: list[tuple[bool, str, str, bool]], second: str) -> None:
    """Races of Kok against Takagi; in some of them Kok goes under the `second` name."""
    kind = add_event_type(book, "W1000")
    book.edits.add_record_list("WR", kind)
    for number, (is_second, mark, of_takagi, official) in enumerate(races):
        day = FIRST + timedelta(30 * number)
        code = f"CUP{number}"
        cup = add_competition(book, code, day.isoformat(), day.isoformat())
        race = add_race(book, cup, kind, day.isoformat())
        race.enter(second if is_second else "Kok", mark=mark)
        race.enter("Takagi", "JPN", mark=of_takagi)
        if official:
            book.edits.make_official(race.event, day)


# Who goes


def test_somebody_without_any_trace_is_deleted(book: Book) -> None:
    before = everything(book.path)
    athlete = book.edits.add_athlete("davis")
    book.edits.delete_athlete(athlete)
    step = book.edits.next_undo()
    assert step is not None
    assert (step.action, step.subject) == (Action.DELETE_ATHLETE, "davis")
    assert everything(book.path) == before
    book.edits.undo()
    assert person(book, "davis") == athlete


def test_who_did_something_stays(book: Book) -> None:
    """Entered, in a team, or the holder of a record."""
    two_spellings(book)
    only_member, only_holder = book.edits.add_athlete("Wüst"), book.edits.add_athlete("Bowe")
    team = next(row.entry for row in book.reads.results(2) if row.athlete is None)
    book.edits.add_member(team, only_member)
    with book.edits.together(Action.SET_BASELINE, "Bowe") as writer:
        writer.update("record_baseline", 1, athlete_id=only_holder)
    before = everything(book.path)
    for name in ("Takagi", "Wüst", "Bowe"):
        with pytest.raises(AthleteInUse) as refused:
            book.edits.delete_athlete(person(book, name))
        assert refused.value.details == {"name": name}
    assert everything(book.path) == before
    with pytest.raises(UnknownCode):
        book.edits.delete_athlete(999)


# For whom


def test_r16_every_entry_keeps_the_nation_competed_for(book: Book) -> None:
    """Viktor Ahn won for Korea in 2006 and for Russia in 2014."""
    kind = add_event_type(book, "M1000")
    for code, start, end, of in [
        ("OWG2002", "2002-02-08", "2002-02-24", "KOR"),
        ("OWG2006", "2006-02-10", "2006-02-26", "KOR"),
        ("OWG2014", "2014-02-07", "2014-02-23", "RUS"),
    ]:
        race = add_race(book, add_competition(book, code, start, end), kind, start)
        race.enter("Ahn", of, mark="1:26.00")
        book.edits.make_official(race.event, date.fromisoformat(start))
    page = book.reads.athlete_page(person(book, "Ahn"))
    assert [(span.code, span.first, span.last) for span in page.nations] == [
        ("KOR", "2002-02-08", "2006-02-10"),
        ("RUS", "2014-02-07", "2014-02-07"),
    ]
    assert page.medals.triple == (3, 0, 0)
    rows = book.reads.athlete_results(page.id)
    assert [(row.path, row.nation) for row in rows] == [
        ("OWG2014/M1000", "RUS"),
        ("OWG2006/M1000", "KOR"),
        ("OWG2002/M1000", "KOR"),
    ]


# What they achieved


def rich(book: Book) -> Race:
    """Kok wins after a heat with an Olympic record, and a day later in a team."""
    race = one_race(book)
    heats = book.edits.add_phase(race.event, "Heats", 1)
    final = book.reads.event_head(race.event).phases[-1].id
    for name, code in [("Kok", "NED"), ("Takagi", "JPN")]:
        race.enter(name, code, unit="1")
    book.edits.enter_mark(race.results["Kok"], "1:12.31")
    book.edits.enter_mark(race.results["Takagi"], "1:12.90")
    for name, mark in [("Kok", "1:12.59"), ("Takagi", "1:13.95")]:
        result = book.edits.add_result(race.entries[name], final, unit="1")
        book.edits.enter_mark(result, mark)
    assert heats
    relay = add_race(book, 1, add_event_type(book, "WTEAM"), "2026-02-10")
    team = book.edits.add_entry(relay.event, nation(book, "NED"), team="Netherlands 1")
    book.edits.add_member(team, person(book, "Kok"))
    book.edits.enter_mark(book.edits.result_of(team), "2:55.12")
    book.edits.make_official(race.event, date(2026, 2, 9))
    return race


def test_r11_r27_the_results_of_an_athlete_are_there_the_latest_first(book: Book) -> None:
    race = rich(book)
    rows = book.reads.athlete_results(person(book, "Kok"))
    assert [(row.path, row.phase, row.team, row.day) for row in rows] == [
        ("OG2026/WTEAM", "Final", "Netherlands 1", "2026-02-10"),
        ("OG2026/W1000", "Final", None, "2026-02-09"),
        ("OG2026/W1000", "Heats", None, "2026-02-09"),
    ]
    assert [(row.rank, row.medal, row.official) for row in rows] == [
        (1, Medal.GOLD, False),
        (1, Medal.GOLD, True),
        (None, None, True),
    ]
    assert [[flag.text for flag in row.records] for row in rows] == [[], [], ["OR"]]
    assert [row.mark.value for row in rows if row.mark] == [175_120_000, 72_590_000, 72_310_000]
    assert {row.nation for row in rows} == {"NED"}
    assert rows[2].result == race.results["Kok"]
    page = book.reads.athlete_page(person(book, "Kok"))
    assert page.medals.triple == (1, 0, 0)
    assert [span.code for span in page.nations] == ["NED"]
    assert book.reads.athlete_results(book.edits.add_athlete("Wüst")) == []


def test_r29_a_personal_best_is_seen_on_the_sheet_and_the_page(book: Book) -> None:
    race = rich(book)
    cup = add_competition(book, "CUP", "2026-01-02", "2026-01-31")
    sprint = add_race(book, cup, 1, "2026-01-20")
    sprint.enter("Kok", mark="1:13.00")
    sprint.enter("Takagi", "JPN", mark="1:12.90")
    heats = book.reads.event_head(race.event).phases[0].id
    sheet = {row.name: row.best for row in book.reads.results(race.event, heats)}
    assert {name: best and best.text for name, best in sheet.items()} == {
        "Kok": "PB",
        "Takagi": "=PB",
    }
    rows = book.reads.athlete_results(person(book, "Kok"))
    assert [(row.path, row.phase) for row in rows if row.best == sheet["Kok"]] == [
        ("OG2026/W1000", "Heats")
    ]
    assert_sound(book)


@pytest.mark.parametrize(
    ("scope", "outcome", "text"),
    [
        (BestScope.PERSONAL, Outcome.SET, "PB"),
        (BestScope.PERSONAL, Outcome.EQUALLED, "=PB"),
        (BestScope.SEASON, Outcome.SET, "SB"),
        (BestScope.SEASON, Outcome.EQUALLED, "=SB"),
    ],
)
def test_r29_a_best_is_printed_as_records_are(
    scope: BestScope, outcome: Outcome, text: str
) -> None:
    assert BestFlag(scope, outcome).text == text


def test_r08_a_decision_is_seen_on_the_sheet_and_the_page(book: Book) -> None:
    race = rich(book)
    athlete, before = person(book, "Kok"), everything(book.path)
    with book.edits.together(Action.TAKE_DECISION, "IOC") as writer:
        decision = writer.insert(
            "decision", event_id=race.event, date="2026-03-01", body="IOC", reason="Doping"
        )
        for name, sets_status, status, medal in [
            ("Kok", 1, "DSQ", None),
            ("Takagi", 0, None, "withheld"),
        ]:
            writer.insert(
                "decision_line",
                decision_id=decision,
                event_id=race.event,
                entry_id=race.entries[name],
                sets_status=sets_status,
                status=status,
                medal=medal,
            )
    sheet = book.reads.results(race.event)
    kok = [row for row in sheet if row.name == "Kok"]
    assert {(row.status, row.status_decided, row.typed_status) for row in kok} == {
        ("DSQ", True, None)
    }
    assert {row.decision for row in sheet} == {decision}
    # Like a medal, it stands with the last result of an entry.
    assert sorted((row.name, row.medal_ruling) for row in sheet if row.medal_ruling) == [
        ("Kok", "none"),
        ("Takagi", "withheld"),
    ]
    assert all(row.has_entry for row in kok)
    assert book.reads.event_head(race.event).decisions == 1
    own = [row for row in book.reads.athlete_results(athlete) if row.team is None]
    assert [(row.status, row.rank, row.medal, row.decision) for row in own] == [
        ("DSQ", None, None, decision)
    ] * 2
    assert book.reads.athlete_page(athlete).medals.total == 0
    assert_sound(book)
    book.edits.undo()
    assert everything(book.path) == before


def test_reading_an_athlete_walks_through_no_table(book: Book) -> None:
    rich(book)
    athlete = person(book, "Kok")
    assert walks(book, lambda: book.reads.athlete_page(athlete)) == []
    assert walks(book, lambda: book.reads.athlete_results(athlete)) == []
    assert walks(book, lambda: book.reads.results(1)) == []
    assert walks(book, lambda: book.reads.event_head(1)) == []
    assert (
        walks(book, lambda: book.edits.describe_athlete(athlete, gender="W", birth_date=None)) == []
    )
