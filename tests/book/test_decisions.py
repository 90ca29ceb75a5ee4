"""The ledger in a book: RULES R8, R9, R12, R19 and the cases of RULES 4, table before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.errors import (
    BadRank,
    DecisionBeforeEvent,
    EmptyField,
    MedalsUnusual,
    NamedTwice,
    NotEntered,
    NothingDecided,
    RevokedBeforeTaken,
    UnknownCode,
)
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.audit import AuditReason
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.standings import Tally
from tests.book.worlds import (
    Race,
    add_competition,
    add_event_type,
    add_race,
    assert_sound,
    everything,
)

GOLD, SILVER, BRONZE, NONE = (
    MedalRuling.GOLD,
    MedalRuling.SILVER,
    MedalRuling.BRONZE,
    MedalRuling.NONE,
)
Starters = Mapping[str, tuple[str, str]]
"""Name to code and mark."""


def official(book: Book, starters: Starters, day: str, code: str = "EV") -> Race:
    """An event of its own competition, with everybody's mark, official on its day."""
    year = day[:4]
    if not any(c.code == f"OG{year}" for c in book.reads.competitions()):
        add_competition(book, f"OG{year}", f"{year}-01-01", f"{year}-12-31", "OG")
    competition = book.reads.competition_by_code(f"OG{year}").id
    race = add_race(book, competition, add_event_type(book, code), day)
    for name, (nation, mark) in starters.items():
        race.enter(name, nation, mark=mark)
    book.edits.make_official(race.event, date.fromisoformat(day))
    return race


def decide(race: Race, day: str, *lines: DecisionLine, confirmed: bool = True) -> int:
    new = NewDecision("IOC", date.fromisoformat(day), "Doping", lines, "olympedia.org")
    return race.book.edits.take_decision(race.event, new, confirmed=confirmed)


def line(race: Race, name: str, medal: MedalRuling | None = None, **sets: object) -> DecisionLine:
    """What a decision says of somebody: `rank` and `status` are set where they are named."""
    values: dict[str, object] = {"medal": medal}
    for field in ("rank", "status"):
        if field in sets:
            values |= {f"sets_{field}": True, field: sets[field]}
    return DecisionLine(race.entries[name], **values)  # type: ignore[arg-type]


def table(race: Race, as_of: str | None = None) -> dict[str, tuple[int, int, int]]:
    competition = race.book.reads.event_head(race.event).competition
    found = race.book.reads.medal_table(TableScope((competition,), as_of=as_of))
    return {row.row.nation: row.row.tally.triple for row in found.lines}


def test_rules_4_women_s_500_m_grenoble_1968_three_silvers(book: Book) -> None:
    race = official(
        book,
        {
            "Lyudmila Titova": ("URS", "46.1"),
            "Jenny Fish": ("USA", "46.3"),
            "Dianne Holum": ("USA", "46.3"),
            "Mary Meyers": ("USA", "46.3"),
            "Elisabeth van den Brom": ("NED", "46.6"),
        },
        "1968-02-09",
    )
    assert table(race) == {"URS": (1, 0, 0), "USA": (0, 3, 0)}
    assert race.ranks()["Elisabeth van den Brom"] == 5
    (found,) = book.reads.audit()
    assert (found.finding.medals, found.finding.reason) == (Tally(1, 3), AuditReason.TIE)
    assert_sound(book)


SYDNEY_100: Starters = {
    "Marion Jones": ("USA", "10.75"),
    "Katerina Thanou": ("GRE", "11.12"),
    "Tayna Lawrence": ("JAM", "11.18"),
    "Merlene Ottey": ("JAM", "11.19"),
}


def jones_100(book: Book) -> Race:
    race = official(book, SYDNEY_100, "2000-09-23", "ATHW100")
    decide(
        race,
        "2009-12-09",
        line(race, "Marion Jones", NONE, status="DSQ", rank=None),
        line(race, "Tayna Lawrence", SILVER),
        line(race, "Merlene Ottey", BRONZE, rank=3),
    )
    return race


def test_rules_4_women_s_100_m_sydney_2000_before_and_after(book: Book) -> None:
    race = jones_100(book)
    before = {"USA": (1, 0, 0), "GRE": (0, 1, 0), "JAM": (0, 0, 1)}
    after = {"JAM": (0, 1, 1), "GRE": (0, 1, 0)}
    assert table(race, "2000-09-22") == {}
    assert table(race, "2000-09-23") == before
    assert table(race, "2009-12-08") == before
    assert table(race, "2009-12-09") == after
    assert table(race) == after
    assert race.medals() == {
        "Katerina Thanou": "silver", "Tayna Lawrence": "silver", "Merlene Ottey": "bronze",
    }  # fmt: skip
    (found,) = book.reads.audit()
    assert found.finding.reason is AuditReason.DECISION
    assert found.bodies == ("IOC",)
    assert_sound(book)


def test_rules_4_women_s_200_m_sydney_2000_everybody_moves_up(book: Book) -> None:
    race = official(
        book,
        {
            "Marion Jones": ("USA", "21.84"),
            "Pauline Davis-Thompson": ("BAH", "22.27"),
            "Susanthika Jayasinghe": ("SRI", "22.28"),
            "Beverly McDonald": ("JAM", "22.35"),
        },
        "2000-09-28",
    )
    proposed = book.reads.propose_moving_up(race.event, {race.entries["Marion Jones"]: "DSQ"})
    decide(race, "2009-12-09", *proposed, confirmed=False)
    assert table(race, "2009-12-08") == {"USA": (1, 0, 0), "BAH": (0, 1, 0), "SRI": (0, 0, 1)}
    assert table(race) == {"BAH": (1, 0, 0), "SRI": (0, 1, 0), "JAM": (0, 0, 1)}
    assert book.reads.audit() == []
    assert race.ranks()["Marion Jones"] is None
    assert_sound(book)


def test_rules_4_ski_cross_2022_both_bronzes_stand(book: Book) -> None:
    race = official(
        book,
        {
            "Sandra Näslund": ("SWE", "1:00"),
            "Marielle Thompson": ("CAN", "1:01"),
            "Daniela Maier": ("GER", "1:02"),
            "Fanny Smith": ("SUI", "1:03"),
        },
        "2022-02-17",
    )
    top = {"SWE": (1, 0, 0), "CAN": (0, 1, 0)}
    decide(
        race,
        "2022-02-26",
        line(race, "Fanny Smith", BRONZE, rank=3),
        line(race, "Daniela Maier", NONE, rank=4),
        confirmed=False,
    )
    with pytest.raises(MedalsUnusual) as asked:
        decide(race, "2022-12-13", line(race, "Daniela Maier", BRONZE), confirmed=False)
    assert asked.value.details["medals"] == "1-1-2"
    decide(race, "2022-12-13", line(race, "Daniela Maier", BRONZE, rank=3))
    assert table(race, "2022-02-17") == {**top, "GER": (0, 0, 1)}
    assert table(race, "2022-02-26") == {**top, "SUI": (0, 0, 1)}
    assert table(race, "2022-12-13") == {**top, "GER": (0, 0, 1), "SUI": (0, 0, 1)}
    assert_sound(book)


def test_rules_4_decathlon_1912_today_two_silvers_without_a_tie(book: Book) -> None:
    race = official(
        book,
        {
            "Jim Thorpe": ("USA", "1:00"),
            "Hugo Wieslander": ("SWE", "1:01"),
            "Charles Lomberg": ("SWE", "1:02"),
            "Gösta Holmér": ("SWE", "1:03"),
        },
        "1912-07-15",
    )
    decide(
        race,
        "1913-05-01",
        line(race, "Jim Thorpe", NONE, status="DSQ", rank=None),
        line(race, "Hugo Wieslander", GOLD, rank=1),
        line(race, "Charles Lomberg", SILVER, rank=2),
        line(race, "Gösta Holmér", BRONZE, rank=3),
    )
    decide(race, "1982-10-13", line(race, "Jim Thorpe", GOLD, status=None, rank=1))
    decide(race, "2022-07-15", line(race, "Hugo Wieslander", SILVER, rank=2))
    assert table(race, "1912-12-31") == {"USA": (1, 0, 0), "SWE": (0, 1, 1)}
    assert table(race, "1950-01-01") == {"SWE": (1, 1, 1)}
    assert table(race, "1990-01-01") == {"USA": (1, 0, 0), "SWE": (1, 1, 1)}
    assert table(race) == {"USA": (1, 0, 0), "SWE": (0, 2, 1)}
    assert_sound(book)


def test_rules_4_two_bronzes_are_normal_in_judo(book: Book) -> None:
    race = official(
        book,
        {n: (c, "") for n, c in (("A", "JPN"), ("B", "FRA"), ("C", "GER"), ("D", "KOR"))},
        "2012-07-28",
    )
    event_type = book.reads.event_head(race.event).event_type
    with book.edits.together(Action.CHANGE_EVENT_TYPE, "two bronzes") as writer:
        writer.update("event_type", event_type, classification=Classification.MANUAL, bronzes=2)
        writer.update("event", race.event, classification=Classification.MANUAL, bronzes=2)
    for name, rank in (("A", "1"), ("B", "2"), ("C", "3"), ("D", "3")):
        book.edits.enter_rank(race.entries[name], rank)
    assert sum(Tally(*triple).total for triple in table(race).values()) == 4
    (found,) = book.reads.audit()
    assert (found.finding.medals, found.finding.reason) == (Tally(1, 1, 2), AuditReason.FORMAT)


def test_r9_revoking_restores_exactly_what_was_there(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    placed = everything(book.path)["placing"]
    awards = everything(book.path)["award"]
    decision = decide(race, "2009-12-09", line(race, "Marion Jones", NONE, status="DSQ", rank=None))
    assert everything(book.path)["placing"] != placed
    book.edits.revoke_decision(decision, date(2009, 12, 9))
    assert everything(book.path)["placing"] == placed
    assert everything(book.path)["award"] == awards
    book.edits.revoke_decision(decision, date(2012, 1, 1))
    assert "USA" not in table(race, "2011-12-31")
    assert table(race, "2012-01-01") == table(race)
    book.edits.revoke_decision(decision, None)
    assert "USA" not in table(race)
    book.edits.delete_decision(decision)
    assert everything(book.path)["placing"] == placed
    assert_sound(book)


def test_a_decision_is_undone_and_redone_like_any_edit(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    before = everything(book.path)
    decide(race, "2009-12-09", line(race, "Marion Jones", NONE, status="DSQ"))
    after = everything(book.path)
    book.edits.undo()
    assert everything(book.path) == before
    book.edits.redo()
    assert everything(book.path) == after


def test_a_decision_is_corrected_with_all_its_lines(book: Book) -> None:
    race = jones_100(book)
    (row,) = book.reads.decisions()
    new = NewDecision(
        "CAS", date(2010, 1, 1), "Appeal", [line(race, "Marion Jones", NONE, status="DSQ")]
    )
    book.edits.change_decision(row.id, new)
    (changed,) = book.reads.decisions(event=race.event)
    assert (changed.body, changed.day, changed.source) == ("CAS", "2010-01-01", None)
    assert [(told.name, told.nation) for told in changed.lines] == [("Marion Jones", "USA")]
    assert table(race) == {"GRE": (0, 1, 0), "JAM": (0, 0, 1)}
    with pytest.raises(RevokedBeforeTaken):
        book.edits.revoke_decision(row.id, date(2009, 1, 1))


def test_the_ledger_is_found_by_event_competition_entry_and_athlete(book: Book) -> None:
    race = jones_100(book)
    other = official(book, {"Somebody Else": ("NED", "11.00")}, "2000-09-24", "OTHER")
    reads = book.reads
    competition = reads.event_head(race.event).competition
    athlete = reads.athletes_named("Merlene Ottey")[0].id
    assert len(reads.decisions(competition=competition)) == 1
    assert len(reads.decisions(entry=race.entries["Marion Jones"])) == 1
    assert len(reads.decisions(athlete=athlete)) == 1
    assert reads.decisions(entry=race.entries["Katerina Thanou"]) == []
    assert reads.decisions(event=other.event) == []


def test_the_preview_tells_what_would_be_and_writes_nothing(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    before = everything(book.path)
    lines = book.reads.propose_moving_up(race.event, {race.entries["Marion Jones"]: "DSQ"})
    preview = book.reads.preview_decision(race.event, lines, "2009-12-09")
    assert [row.name for row in preview.before][:2] == ["Marion Jones", "Katerina Thanou"]
    assert [(row.rank, row.medal) for row in preview.after] == [
        (1, "gold"), (2, "silver"), (3, "bronze"), (None, None),
    ]  # fmt: skip
    assert (preview.medals, preview.usual) == (Tally(1, 1, 1), Tally(1, 1, 1))
    assert everything(book.path) == before


def test_bad_decisions_are_refused_and_nothing_is_written(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    other = official(book, {"Somebody Else": ("NED", "11.00")}, "2000-09-24", "OTHER")
    struck = line(race, "Marion Jones", NONE, status="DSQ")
    before = everything(book.path)
    for error, day, lines in (
        (DecisionBeforeEvent, "2000-09-22", [struck]),
        (NothingDecided, "2009-12-09", []),
        (NothingDecided, "2009-12-09", [line(race, "Marion Jones")]),
        (NamedTwice, "2009-12-09", [struck, struck]),
        (NotEntered, "2009-12-09", [line(other, "Somebody Else", GOLD)]),
        (NotEntered, "2009-12-09", [DecisionLine(99_999, medal=GOLD)]),
        (UnknownCode, "2009-12-09", [line(race, "Marion Jones", status="XYZ")]),
        (BadRank, "2009-12-09", [line(race, "Marion Jones", rank=0)]),
        (MedalsUnusual, "2009-12-09", [line(race, "Katerina Thanou", GOLD)]),
    ):
        with pytest.raises(error):
            decide(race, day, *lines, confirmed=False)
    for field in ("body", "reason"):
        words = {"body": "IOC", "reason": "Doping"} | {field: " "}
        new = NewDecision(words["body"], date(2009, 12, 9), words["reason"], [struck])
        with pytest.raises(EmptyField):
            book.edits.take_decision(race.event, new)
    assert everything(book.path) == before


def test_two_golds_typed_where_one_was_meant_are_asked_about(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    with pytest.raises(MedalsUnusual) as asked:
        decide(race, "2009-12-09", line(race, "Katerina Thanou", GOLD, rank=1), confirmed=False)
    assert asked.value.details["medals"] == "2-0-1"
    assert asked.value.details["usual"] == "1-1-1"


def test_a_revoked_decision_is_corrected_without_a_question(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    lines = [line(race, "Katerina Thanou", GOLD)]
    decision = decide(race, "2009-12-09", *lines)
    book.edits.revoke_decision(decision, date(2010, 1, 1))
    book.edits.change_decision(decision, NewDecision("IOC", date(2009, 12, 9), "Typo", lines))
    assert book.reads.decision(decision).reason == "Typo"
    preview = book.reads.preview_decision(race.event, lines, "2009-12-09", decision)
    assert preview.medals == Tally(1, 1, 1)


def test_a_jury_decides_on_the_day_of_the_heats(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    with book.edits.together(Action.CHANGE_EVENT, "heats the day before") as writer:
        writer.update("phase", book.reads.event_head(race.event).phases[0].id, date="2000-09-22")
    decide(race, "2000-09-22", line(race, "Merlene Ottey", status="DSQ"))
    with pytest.raises(DecisionBeforeEvent):
        decide(race, "2000-09-21", line(race, "Merlene Ottey", status="DSQ"))


def test_r10_a_decision_while_the_event_runs_counts_as_it_stands(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    book.edits.reopen_event(race.event)
    decide(race, "2000-09-23", line(race, "Marion Jones", NONE, status="DSQ"))
    assert table(race) == {}
    competition = book.reads.event_head(race.event).competition
    standing = book.reads.medal_table(competition, as_it_stands=True)
    assert {row.row.nation for row in standing.lines} == {"GRE", "JAM"}
    book.edits.make_official(race.event, date(2000, 9, 25))
    assert table(race, "2000-09-24") == {}
    assert table(race, "2000-09-25") == {"GRE": (0, 1, 0), "JAM": (0, 0, 1)}


def test_a_decision_in_one_event_leaves_the_others_alone(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    official(book, {"Somebody Else": ("NED", "11.00")}, "2000-09-24", "OTHER")
    told = []
    book.subscribe(told.append)
    decide(race, "2009-12-09", line(race, "Marion Jones", NONE, status="DSQ"))
    assert told[0].events == {race.event}


def test_a_disqualification_by_decision_takes_the_records_too(book: Book) -> None:
    race = official(book, SYDNEY_100, "2000-09-23")
    event_type = book.reads.event_head(race.event).event_type
    book.edits.add_record_list("WR", event_type)
    assert race.flags() == {"Marion Jones": ["WR"]}
    decision = decide(race, "2009-12-09", line(race, "Marion Jones", NONE, status="DSQ"))
    assert race.flags() == {"Katerina Thanou": ["WR"]}
    assert_sound(book)
    book.edits.revoke_decision(decision, date(2010, 1, 1))
    assert race.flags() == {"Marion Jones": ["WR"]}
    assert_sound(book)
