"""Messages of the Olympic Data Feed read into a book (RULES 9): what counts, what is replaced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.domain.decisions import DecisionLine
from medaldesk.exchange.sample import create_sample
from tests.exchange.importing_desk import rows_of
from tests.exchange.odf_messages import (
    BOWE,
    DAY,
    EVENT,
    FINAL,
    INFOS,
    KOK,
    LEERDAM,
    TAKAGI,
    Skater,
    body,
    medallists,
    participants,
    result,
    results,
    take,
    told,
)

RACE = """SELECT sort_order, rank, name, nation, mark, status, medal, phase, unit
FROM v_results ORDER BY sort_order"""
EVENTS = "SELECT status, official_at, date, classification FROM event"


START = results(
    "START_LIST",
    *[result(who, order=n) for n, who in enumerate((KOK, BOWE, LEERDAM, TAKAGI), start=25)],
    time="150000000",
)
RUNNING = results(
    "INTERMEDIATE",
    result(KOK, "1:12.59", 1, 25),
    result(BOWE, "1:14.55", 2, 26),
    result(LEERDAM, order=27),
    result(TAKAGI, order=28),
    time="182500000",
    version=7,
)
UNOFFICIAL = results(
    "UNOFFICIAL",
    result(LEERDAM, "1:12.31", 1, 27),
    result(KOK, "1:12.59", 2, 25),
    result(TAKAGI, "1:13.95", 3, 28),
    result(BOWE, "1:14.55", 4, 26),
    time="183000000",
    version=8,
)
OFFICIAL = UNOFFICIAL.replace("UNOFFICIAL", "OFFICIAL").replace("183000000", "184012345")
RANKED = [
    (1, 1, "Jutta Leerdam", "NED", "1:12.31", None, "gold", "Final", 15),
    (2, 2, "Femke Kok", "NED", "1:12.59", None, "silver", "Final", 13),
    (3, 3, "Miho Takagi", "JPN", "1:13.95", None, "bronze", "Final", 15),
    (4, 4, "Brittany Bowe", "USA", "1:14.55", None, None, "Final", 13),
]


def test_the_founding_race_message_by_message(book: Book):
    take(book, START)
    assert [row[2] for row in rows_of(book.path, RACE)] == [
        "Femke Kok", "Brittany Bowe", "Jutta Leerdam", "Miho Takagi",
    ]  # fmt: skip
    assert rows_of(book.path, EVENTS) == [("scheduled", None, DAY, "final")]
    take(book, RUNNING)
    assert rows_of(book.path, EVENTS)[0][0] == "running"
    assert [row[1:5] for row in rows_of(book.path, RACE)] == [
        (1, "Femke Kok", "NED", "1:12.59"),
        (2, "Brittany Bowe", "USA", "1:14.55"),
        (None, "Jutta Leerdam", "NED", None),
        (None, "Miho Takagi", "JPN", None),
    ]
    take(book, UNOFFICIAL)
    assert rows_of(book.path, EVENTS)[0][:2] == ("unofficial", None)
    plan = take(book, OFFICIAL)
    assert not plan.problems
    assert not plan.doubts
    assert rows_of(book.path, EVENTS) == [("official", DAY, DAY, "final")]
    assert rows_of(book.path, RACE) == RANKED
    assert rows_of(book.path, "SELECT position FROM unit ORDER BY 1") == [(13,), (15,)]
    assert rows_of(book.path, "SELECT start_order, lane, clock_time FROM result ORDER BY 1") == [
        (25, "O", "17:30:00"), (26, "I", "17:30:00"), (27, "I", "17:30:00"), (28, "O", "17:30:00"),
    ]  # fmt: skip
    assert book.check() == []


def test_a_sequence_comes_to_what_its_newest_message_says(book: Book):
    plan = take(book, OFFICIAL, START, UNOFFICIAL, RUNNING)
    assert rows_of(book.path, RACE) == RANKED
    assert plan.taken == 4
    assert rows_of(book.path, "SELECT name FROM venue") == [("Milano Speed Skating Stadium",)]
    assert rows_of(book.path, "SELECT name, mark_kind, decimals, gender FROM event_type") == [
        ("Women's 1000 m", "time", 2, "W")
    ]


def test_the_same_messages_again_change_nothing(book: Book):
    messages = (START, OFFICIAL, medallists(("ME_GOLD", LEERDAM), ("ME_SILVER", KOK)))
    take(book, *messages)
    plan = take(book, *messages)
    assert not plan.changes_anything


def test_both_records_of_the_race_come_out(tmp_path: Path):
    with create_sample(tmp_path / "sample.medaldesk") as sample:
        assert not take(sample, OFFICIAL).problems
        event = sample.reads.event_by_path("OWG2026/SSKW1000M")
        rows = sample.reads.results(event)
        flags = [(row.name, flag.code) for row in rows for flag in row.records]
        assert sorted(flags) == [("Femke Kok", "OR"), ("Jutta Leerdam", "OR")]
        ranked = [(row.rank, row.name) for row in rows if row.rank]
        assert ranked == [(row[1], row[2]) for row in RANKED]
        assert sample.check() == []


def test_an_older_message_does_not_overwrite_a_newer_one(book: Book):
    take(book, OFFICIAL)
    plan = take(book, RUNNING)
    assert told(plan) == [("1.xml", 0, "MessageOld")]
    assert not plan.changes_anything
    assert rows_of(book.path, RACE) == RANKED


def test_of_the_same_moment_the_higher_version_counts(book: Book):
    first = results("LIVE", result(KOK, "1:12.60", 1, 25), version=4)
    second = results("LIVE", result(KOK, "1:12.59", 1, 25), version=5)
    take(book, second, first)
    assert rows_of(book.path, "SELECT mark FROM v_results") == [("1:12.59",)]
    assert told(take(book, first)) == [("1.xml", 0, "MessageOld")]


def test_an_older_message_beside_the_newest_is_nothing_to_tell(book: Book):
    take(book, START, OFFICIAL)
    plan = take(book, START, UNOFFICIAL, OFFICIAL)
    assert not plan.problems
    assert not plan.changes_anything


def test_a_message_of_a_test_is_left_out(book: Book):
    plan = take(book, results("OFFICIAL", result(KOK, "1:12.59", 1), FeedFlag="T"))
    assert told(plan) == [("1.xml", 0, "MessageOfTest")]
    assert not plan.changes_anything


def test_who_is_no_longer_in_a_unit_goes(book: Book):
    take(book, UNOFFICIAL)
    plan = take(book, results("OFFICIAL", result(LEERDAM, "1:12.31", 1, 27), version=9,
                              time="190000000"))  # fmt: skip
    assert (plan.counts["entry"].gone, plan.counts["result"].gone) == (3, 3)
    assert [row[2] for row in rows_of(book.path, RACE)] == ["Jutta Leerdam"]
    assert book.check() == []


def test_a_mark_becomes_a_status_and_a_status_a_mark(book: Book):
    take(book, results("LIVE", result(KOK, "1:12.59", 1), result(BOWE, irm="DNF")))
    later = results("LIVE", result(KOK, irm="DSQ"), result(BOWE, "1:14.55", 1), version=2)
    take(book, later)
    assert rows_of(book.path, "SELECT name, mark, status FROM v_results ORDER BY name") == [
        ("Brittany Bowe", "1:14.55", None), ("Femke Kok", None, "DSQ"),
    ]  # fmt: skip


def test_a_start_list_after_results_takes_the_marks_away(book: Book):
    take(book, OFFICIAL)
    take(book, results("START_LIST", result(KOK, "1:12.59", 1, 3), time="200000000"))
    assert rows_of(book.path, "SELECT name, mark, start_order FROM v_results") == [
        ("Femke Kok", None, 3)
    ]
    assert rows_of(book.path, EVENTS)[0][:2] == ("scheduled", None)


@pytest.mark.parametrize("status", ["PROTESTED", "UNOFFICIAL", "UNCONFIRMED"])
def test_an_event_is_no_longer_official_when_its_newest_message_is_not(book: Book, status: str):
    take(book, OFFICIAL)
    take(book, results(status, result(KOK, "1:12.59", 1), time="200000000"))
    assert rows_of(book.path, EVENTS)[0][:2] == ("unofficial", None)


def test_an_event_is_official_since_the_first_of_its_official_messages(book: Book):
    take(book, OFFICIAL)
    later = OFFICIAL.replace(f'LogicalDate="{DAY}"', 'LogicalDate="2026-02-12"')
    take(book, later.replace(f'Date="{DAY}" Time', 'Date="2026-02-12" Time'))
    assert rows_of(book.path, EVENTS)[0][:2] == ("official", DAY)


def test_an_official_heat_makes_no_official_event(book: Book):
    heat = f"{EVENT}HEAT000100--"
    take(book, results("OFFICIAL", result(KOK, "1:12.59", 1), code=heat))
    assert rows_of(book.path, EVENTS)[0][:2] == ("running", None)


def test_the_final_may_be_known_before_the_heats(book: Book):
    kok, bowe = Skater("KOK", "Femke", "NED"), Skater("BOWE", "Brittany", "USA")
    take(book, results("START_LIST", time="100000000"))
    heats = [
        results("OFFICIAL", result(who, "1:15.00", 1), code=f"{EVENT}HEAT000{n}00--")
        for n, who in enumerate((kok, bowe), start=1)
    ]
    take(book, *heats)
    final = results(
        "OFFICIAL", result(bowe, "1:13.00", 1), result(kok, irm="DNF"), time="190000000"
    )
    take(book, final)
    assert rows_of(book.path, "SELECT name FROM phase ORDER BY position") == [
        ("Heats",),
        ("Final",),
    ]
    assert rows_of(book.path, "SELECT name, rank FROM v_results WHERE phase = 'Final'") == [
        ("Brittany Bowe", 1), ("Femke Kok", None),
    ]  # fmt: skip


def test_what_a_decision_is_about_stays_and_is_told(book: Book):
    take(book, OFFICIAL)
    event = book.reads.event_by_path("OWG2026/SSKW1000M")
    entry = next(row.entry for row in book.reads.results(event) if row.name == "Brittany Bowe")
    line = DecisionLine(entry, sets_status=True, status="DSQ")
    new = NewDecision("Jury", date(2026, 2, 10), "Obstruction", [line])
    book.edits.take_decision(event, new)
    plan = take(book, results("OFFICIAL", result(KOK, "1:12.59", 1), time="200000000"))
    assert [(doubt.kind, doubt.name) for doubt in plan.doubts] == [("kept", "Brittany Bowe")]
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(2,)]
    assert book.check() == []


def test_names_in_markup_stay_text(book: Book):
    bold = Skater("<b>KOK</b>", "Femke & co", "NED")
    take(book, results("LIVE", result(bold, "1:12.59", 1)))
    assert rows_of(book.path, "SELECT name FROM v_results") == [("Femke & co <b>KOK</b>",)]


# Entries


def test_participants_are_the_whole_of_the_entries(book: Book):
    take(book, participants(KOK, LEERDAM, BOWE, time="090000000"))
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(0,)]
    take(book, results("START_LIST", result(KOK, order=1)))
    plan = take(book, participants(LEERDAM, time="200000000"))
    assert plan.counts["entry"].gone == 1
    names = "SELECT a.name FROM entry AS n JOIN athlete AS a ON a.id = n.athlete_id ORDER BY 1"
    assert rows_of(book.path, names) == [("Femke Kok",), ("Jutta Leerdam",)]


def test_who_is_a_participant_stays_entered_without_a_result(book: Book):
    take(book, participants(KOK, LEERDAM, time="090000000"))
    take(book, results("START_LIST", result(KOK, order=1), result(LEERDAM, order=2)))
    take(book, results("START_LIST", result(KOK, order=1), version=2))
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(1,)]
    assert rows_of(book.path, "SELECT count(*) FROM entry") == [(2,)]


def test_a_name_that_only_the_participants_give(book: Book):
    nameless = f'<Competitor Code="{sum(map(ord, "KOKFemke"))}" Type="A" Organisation="NED"/>'
    line = f'<Result ResultType="TIME" Result="1:12.59" SortOrder="1">{nameless}</Result>'
    unit = body("DT_RESULT", FINAL, INFOS + line, ResultStatus="LIVE")
    take(book, participants(KOK, time="090000000"), unit)
    assert rows_of(book.path, "SELECT name, mark FROM v_results") == [("Femke Kok", "1:12.59")]


# Teams


def pursuit(*members: tuple[str, str], version: int = 1) -> str:
    """The final of the team pursuit with one team."""
    athletes = "".join(
        f'<Athlete Code="{n}" Order="{n}"><Description GivenName="{given}" FamilyName="{family}" '
        'Gender="F" Organisation="NED"/></Athlete>'
        for n, (given, family) in enumerate(members, start=1)
    )
    team = (
        '<Result Rank="1" ResultType="TIME" Result="2:55.65" SortOrder="1"><Competitor Code="T1" '
        'Type="T" Organisation="NED"><Description TeamName="Netherlands"/><Composition>'
        f"{athletes}</Composition></Competitor></Result>"
    )
    code = "SSKWTEAMPURS".ljust(22, "-") + "FNL-000100--"
    return body("DT_RESULT", code, team, ResultStatus="OFFICIAL", version=version)


MEMBERS = """SELECT a.name FROM entry_member AS m JOIN athlete AS a ON a.id = m.athlete_id
ORDER BY a.name"""


def test_a_team_with_its_members(book: Book):
    message = pursuit(("Joy", "BEUNE"), ("Marijke", "GROENEWOUD"))
    take(book, message)
    assert rows_of(book.path, "SELECT name, mark, medal FROM v_results") == [
        ("Netherlands", "2:55.65", "gold")
    ]
    assert rows_of(book.path, MEMBERS) == [("Joy Beune",), ("Marijke Groenewoud",)]
    assert not take(book, message).changes_anything


def test_a_member_who_was_replaced_goes(book: Book):
    take(book, pursuit(("Joy", "BEUNE"), ("Marijke", "GROENEWOUD")))
    take(book, pursuit(("Joy", "BEUNE"), ("Antoinette", "RIJPMA-DE JONG"), version=2))
    assert rows_of(book.path, MEMBERS) == [("Antoinette Rijpma-De Jong",), ("Joy Beune",)]
    assert book.check() == []


def test_teams_with_the_names_of_the_participants(book: Book):
    """The members of teams are no entries of their own."""
    code = "SSKWTEAMPURS".ljust(34, "-")
    entered = f'<Discipline Code="SSK"><RegisteredEvent Event="{code}"/></Discipline>'
    team = (
        '<Team Code="T1" Organisation="NED" Name="Netherlands" Current="true"><Composition>'
        f'<Athlete Code="7" Order="1"/></Composition>{entered}</Team>'
    )
    person = (
        '<Participant Code="7" GivenName="Joy" FamilyName="BEUNE" Gender="F" Organisation="NED" '
        f'Current="true">{entered}</Participant>'
    )
    take(
        book,
        body("DT_PARTIC", "SSK".ljust(34, "-"), person),
        body("DT_PARTIC_TEAMS", "SSK".ljust(34, "-"), team),
    )
    assert rows_of(book.path, "SELECT team_name, athlete_id FROM entry") == [("Netherlands", None)]
    assert rows_of(book.path, MEMBERS) == [("Joy Beune",)]


# Ranks


def placed(who: Skater, rank: int | None, irm: str = "") -> str:
    said = f' Rank="{rank}"' if rank else f' IRM="{irm}"' if irm else ""
    kind = "RANK" if rank else "IRM"
    return f'<Result{said} ResultType="{kind}" SortOrder="1">{who.competitor()}</Result>'


def test_where_nothing_is_measured_the_ranks_are_those_of_the_message(book: Book):
    ranked = "SELECT rank, name FROM v_results WHERE rank ORDER BY rank"
    take(book, results("UNOFFICIAL", placed(KOK, 1), placed(BOWE, 2)))
    assert rows_of(book.path, ranked) == [(1, "Femke Kok"), (2, "Brittany Bowe")]
    take(book, results("OFFICIAL", placed(KOK, None, "DSQ"), placed(BOWE, 1), version=2))
    assert rows_of(book.path, ranked) == [(1, "Brittany Bowe")]
    assert rows_of(book.path, EVENTS)[0][3] == "manual"
    assert book.check() == []


def test_equal_marks_with_different_ranks_are_a_tie_that_was_broken(book: Book):
    ranked = "SELECT rank, name FROM v_results ORDER BY sort_order"
    tied = [result(KOK, "1:12.59", 1, 1), result(BOWE, "1:12.59", 2, 2)]
    take(book, results("UNOFFICIAL", *tied))
    assert rows_of(book.path, ranked) == [(1, "Femke Kok"), (2, "Brittany Bowe")]
    take(book, results("OFFICIAL", tied[0], tied[1].replace('Rank="2"', 'Rank="1"'), version=2))
    assert rows_of(book.path, ranked) == [(1, "Femke Kok"), (1, "Brittany Bowe")]


def test_a_rank_that_the_marks_do_not_give_is_doubtful(book: Book):
    wrong = [result(KOK, "1:12.59", 2, 1), result(LEERDAM, "1:12.31", 3, 2)]
    plan = take(book, results("OFFICIAL", *wrong))
    assert [doubt.kind for doubt in plan.doubts] == ["other_rank"]
    assert rows_of(book.path, "SELECT rank, name FROM v_results ORDER BY rank") == [
        (1, "Jutta Leerdam"), (2, "Femke Kok"),
    ]  # fmt: skip


def test_the_ranking_of_an_event_enters_and_ranks(book: Book):
    lines = placed(KOK, 1) + placed(BOWE, 2)
    code = f"{EVENT}------------"
    take(book, body("DT_CUMULATIVE_RESULT", code, INFOS + lines, ResultStatus="OFFICIAL"))
    assert rows_of(book.path, "SELECT typed_rank FROM entry ORDER BY 1") == [(1,), (2,)]
    assert rows_of(book.path, "SELECT count(*) FROM result") == [(0,)]
    assert rows_of(book.path, EVENTS)[0][:2] == ("official", DAY)


# Days


def test_a_feed_may_make_a_competition_longer(book: Book):
    take(book, results("OFFICIAL", result(KOK, "1:12.59", 1)))
    other = "SSKW500M".ljust(22, "-") + "FNL-000100--"
    later = results("OFFICIAL", result(KOK, "36.49", 1), code=other)
    take(book, later.replace(DAY, "2026-02-15"))
    days = "SELECT start_date, end_date FROM competition"
    assert rows_of(book.path, days) == [(DAY, "2026-02-15")]
    far = results("OFFICIAL", result(KOK, "36.49", 1), code=other, version=2)
    plan = take(book, far.replace(DAY, "2036-02-15"))
    assert {name for _, _, name in told(plan)} == {"DateOutsideCompetition", "MessageLeftOut"}
    assert rows_of(book.path, days) == [(DAY, "2026-02-15")]


# Records


def test_records_are_published_ones(book: Book):
    take(book, OFFICIAL)
    data = (
        '<RecordData Order="1" ResultType="TIME" Result="1:13.19" Date="2022-02-17" '
        f'Place="Beijing" Current="Y">{TAKAGI.competitor()}</RecordData>'
    )
    record = f'<Record Code="{EVENT}"><RecordType RecordType="OR">{data}</RecordType></Record>'
    message = body("DT_RECORD", f"{EVENT}------------", record)
    assert not take(book, message).problems
    published = "SELECT mark, holder, date FROM published_record"
    assert rows_of(book.path, published) == [(73_190_000, "Miho Takagi", "2022-02-17")]
    assert not take(book, message).changes_anything


# Medals


def test_medallists_alone_give_ranks_and_medals(book: Book):
    take(book, medallists(("ME_GOLD", LEERDAM), ("ME_SILVER", KOK), ("ME_BRONZE", TAKAGI)))
    medals = "SELECT name, medal FROM v_medallists ORDER BY medal"
    assert rows_of(book.path, medals) == [
        ("Miho Takagi", "bronze"), ("Jutta Leerdam", "gold"), ("Femke Kok", "silver"),
    ]  # fmt: skip
    assert rows_of(book.path, EVENTS) == [("official", DAY, DAY, "manual")]
    take(book, OFFICIAL)
    assert rows_of(book.path, RACE) == RANKED
    assert rows_of(book.path, EVENTS)[0][3] == "final"


def test_a_medallist_no_longer_named_loses_the_medal_by_a_decision(book: Book):
    everybody = [("ME_GOLD", LEERDAM), ("ME_SILVER", KOK), ("ME_BRONZE", TAKAGI)]
    take(book, OFFICIAL, medallists(*everybody, time="185000000"))
    assert rows_of(book.path, "SELECT count(*) FROM decision") == [(0,)]
    moved = [("ME_GOLD", KOK), ("ME_SILVER", TAKAGI), ("ME_BRONZE", BOWE)]
    later = medallists(*moved, Date="2026-02-20", LogicalDate="2026-02-20")
    take(book, later)
    medals = """SELECT DISTINCT v.name, v.medal FROM v_medallists AS v JOIN entry AS n
        JOIN athlete AS a ON a.id = n.athlete_id AND a.name = v.name
        JOIN award AS w ON w.entry_id = n.id AND w.medal = v.medal AND w.until_day = '9999-12-31'
        ORDER BY v.medal"""
    assert rows_of(book.path, medals) == [
        ("Brittany Bowe", "bronze"), ("Femke Kok", "gold"), ("Miho Takagi", "silver"),
    ]  # fmt: skip
    ((day, who, reason),) = rows_of(book.path, "SELECT date, body, reason FROM decision")
    assert day == "2026-02-20"
    assert "DT_MEDALLISTS" in str(who)
    assert "DT_MEDALLISTS" in str(reason)
    assert not take(book, later).changes_anything
    assert book.check() == []


def test_no_medals_at_all_are_none(book: Book):
    take(book, OFFICIAL)
    take(book, medallists(time="200000000"))
    assert rows_of(book.path, "SELECT count(*) FROM v_medallists") == [(0,)]


# What is wrong with a message


@pytest.mark.parametrize(
    "message",
    [
        body("DT_RESULT", "SSKW1000M", "", ResultStatus="LIVE"),
        body("DT_RESULT", "SSKW".ljust(34, "-"), "", ResultStatus="LIVE"),
        body("DT_SCHEDULE", FINAL, ""),
        body("DT_RESULT", FINAL, "", ResultStatus="MAYBE"),
        body("DT_RESULT", FINAL, ""),
        body("DT_RESULT", FINAL, "", ResultStatus="LIVE", time="250000000"),
        body("DT_RESULT", FINAL, "", ResultStatus="LIVE", Date="2026-02-30"),
        body("DT_RESULT", FINAL, "", ResultStatus="LIVE", CompetitionCode=""),
        body("DT_RESULT", FINAL, "", ResultStatus="LIVE", version="x"),
        results("LIVE", code="XXX" + FINAL[3:]),
        medallists(("ME_TIN", KOK)),
    ],
)
def test_a_wrong_message_is_told_and_the_others_are_taken(book: Book, message: str):
    plan = take(book, message, OFFICIAL)
    assert {title for title, _, _ in told(plan)} == {"1.xml"}
    assert rows_of(book.path, RACE) == RANKED


def test_a_message_is_taken_whole_or_not_at_all(book: Book):
    take(book, UNOFFICIAL)
    wrong = OFFICIAL.replace('Organisation="USA"', 'Organisation="QQQ"')
    plan = take(book, wrong)
    assert ("1.xml", 0, "MessageLeftOut") in told(plan)
    assert ("1.xml", 4, "UnknownCode") in told(plan)
    assert not plan.changes_anything


def test_where_the_newest_message_is_wrong_the_one_before_it_counts(book: Book):
    wrong = OFFICIAL.replace('Organisation="USA"', 'Organisation="QQQ"')
    take(book, UNOFFICIAL, wrong)
    assert rows_of(book.path, EVENTS)[0][0] == "unofficial"
    assert len(rows_of(book.path, RACE)) == 4


def test_many_wrong_messages_of_one_unit_are_tried_some_times_only(book: Book):
    wrong = OFFICIAL.replace('Organisation="USA"', 'Organisation="QQQ"')
    plan = take(book, *[wrong.replace("184012345", f"18401{n:04}") for n in range(40)])
    assert not plan.changes_anything
    assert {title for title, row, _ in told(plan) if not row} == {f"{n}.xml" for n in range(1, 41)}
