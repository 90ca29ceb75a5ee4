"""R10, R11, R13-R15 and R17-R20 in a book: tables of every scope, as of any day, and compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import pytest

from medaldesk.book.book import Book
from medaldesk.book.edits.decisions import NewDecision
from medaldesk.book.edits.programme import NewEventType
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads.difference import TableDifference, Why
from medaldesk.book.reads.standings import MedalTable
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.decisions import DecisionLine, MedalRuling
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import PerCapitaOf, RankBy, Tally, Weights
from tests.book.worlds import TIME, Race, add_competition, add_race, nation

Rows = list[tuple[str, tuple[int, int, int], int | None]]


@dataclass
class Desk:
    """A book in which an event is a line: who came first, second, third."""

    book: Book
    races: dict[str, Race] = field(default_factory=dict)

    def race(
        self, competition: int, code: str, day: str, *podium: str, gender: str = "W",
        discipline: str = "SSK", official: bool = True,
    ) -> Race:  # fmt: skip
        """An event with the nations of its podium, `code` being its name too."""
        new = NewEventType(code, discipline, f"Event {code}", gender, TIME)
        known = {row.code for row in self.book.reads.event_types()}
        event_type = (
            self.book.reads.event_type_by_code(code).id
            if code in known
            else self.book.edits.add_event_type(new)
        )
        race = add_race(self.book, competition, event_type, day)
        for place, of in enumerate(podium, start=1):
            self.enter(race, of, f"{code} {place} {day[:4]}", f"1:1{place}.00")
        if official:
            self.book.edits.make_official(race.event, date.fromisoformat(day))
        self.races[code] = race
        return race

    def enter(self, race: Race, of: str, name: str, mark: str = "") -> int:
        """Somebody of the nation that has a code on the day of the event; the entry."""
        edits = self.book.edits
        head = self.book.reads.event_head(race.event)
        found = self.book.reads.nation_by_code(of, head.day)
        assert found is not None
        entry = edits.add_entry(race.event, found, athlete=edits.add_athlete(name))
        race.entries[name] = entry
        if mark:
            edits.enter_mark(edits.result_of(entry), mark)
        return entry

    def decide(self, race: Race, day: str, body: str = "CAS", **medals: str) -> int:
        """A decision that gives medals to entries by the place that their name tells."""
        entries = {name.split()[1]: entry for name, entry in race.entries.items()}
        lines = [
            DecisionLine(entries[place.strip("_")], medal=MedalRuling(medal))
            for place, medal in medals.items()
        ]
        new = NewDecision(body, date.fromisoformat(day), "doping", lines)
        return self.book.edits.take_decision(race.event, new, confirmed=True)


@pytest.fixture
def desk(book: Book) -> Desk:
    return Desk(book)


@pytest.fixture
def games(desk: Desk) -> Desk:
    """Two Games and a cup: men and women, two disciplines, five events."""
    book = desk.book
    og22 = add_competition(book, "OG2022", "2022-02-04", "2022-02-20", "OG")
    og26 = add_competition(book, "OG2026", "2026-02-06", "2026-02-22", "OG")
    cup = add_competition(book, "CUP2024", "2024-01-05", "2024-01-07")
    desk.race(og22, "W1000", "2022-02-17", "JPN", "NED", "USA")
    desk.race(og26, "W1000", "2026-02-09", "NED", "NED", "JPN")
    desk.race(og26, "M500", "2026-02-14", "USA", "NED", "CAN", gender="M")
    desk.race(og26, "X2000", "2026-02-10", "ITA", "KOR", "CAN", gender="X", discipline="STK")
    desk.race(cup, "W500", "2024-01-06", "JPN", "JPN", "USA")
    return desk


def rows(table: MedalTable) -> Rows:
    """Code, medals and rank of each line."""
    found = []
    for line in table.lines:
        rank = line.row.rank(table.rank_by)
        found.append((line.row.nation, line.row.tally.triple, rank.number if rank else None))
    return found


def read(desk: Desk, scope: TableScope | None = None) -> Rows:
    return rows(desk.book.reads.medal_table(scope or TableScope()))


def id_of(desk: Desk, code: str) -> int:
    return desk.book.reads.competition_by_code(code).id


# What is counted


def test_r18_the_whole_book_a_series_and_one_competition(games: Desk) -> None:
    reads = games.book.reads
    assert read(games) == [
        ("JPN", (2, 1, 1), 1),
        ("NED", (1, 3, 0), 2),
        ("USA", (1, 0, 2), 3),
        ("ITA", (1, 0, 0), 4),
        ("KOR", (0, 1, 0), 5),
        ("CAN", (0, 0, 2), 6),
    ]
    series = reads.medal_table(TableScope(series="og"))
    assert rows(series)[:2] == [("NED", (1, 3, 0), 1), ("JPN", (1, 0, 1), 2)]
    assert series.competition is None
    assert [row.code for row in series.competitions] == ["OG2022", "OG2026"]
    assert series.events == 4
    one = reads.medal_table(id_of(games, "CUP2024"))
    assert rows(one) == [("JPN", (1, 1, 0), 1), ("USA", (0, 0, 1), 2)]
    assert one.competition is not None
    assert one.competition.code == "CUP2024"
    both = TableScope((id_of(games, "CUP2024"), id_of(games, "OG2022")))
    assert read(games, both)[0] == ("JPN", (2, 1, 0), 1)
    named_too = TableScope((id_of(games, "CUP2024"),), series="OG")
    assert read(games, named_too) == read(games)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (TableScope(disciplines=("STK",)), {"ITA": 1, "KOR": 1, "CAN": 1}),
        (TableScope(disciplines=("stk", "SSK"), genders=("X",)), {"ITA": 1, "KOR": 1, "CAN": 1}),
        (TableScope(genders=("M",)), {"USA": 1, "NED": 1, "CAN": 1}),
        (TableScope(genders=("M", "X"), series="OG"), {"USA": 1, "NED": 1, "CAN": 2, "ITA": 1,
                                                       "KOR": 1}),
        (TableScope(first="2026-02-10"), {"USA": 1, "NED": 1, "CAN": 2, "ITA": 1, "KOR": 1}),
        (TableScope(last="2022-02-17"), {"JPN": 1, "NED": 1, "USA": 1}),
        (TableScope(first="2024-01-06", last="2024-01-06"), {"JPN": 2, "USA": 1}),
        (TableScope(first="2026-01-01", last="2026-02-09", genders=("W",), disciplines=("SSK",),
                    series="OG"), {"NED": 2, "JPN": 1}),
        (TableScope(genders=("O",)), {}),
        (TableScope(as_of="2024-01-06", series="OG"), {"JPN": 1, "NED": 1, "USA": 1}),
        (TableScope(as_of="2022-02-16"), {}),
    ],
)  # fmt: skip
def test_r18_filters_alone_and_together(
    games: Desk, scope: TableScope, expected: dict[str, int]
) -> None:
    table = games.book.reads.medal_table(scope)
    assert {line.row.nation: line.row.tally.total for line in table.lines} == expected
    for line in table.lines:
        behind = games.book.reads.medals_of(scope, line.nations)
        assert Tally.of(medal.medal for medal in behind) == line.row.tally


def test_r18_a_filter_that_names_nothing_is_refused(games: Desk) -> None:
    for scope in (
        TableScope((99,)),
        TableScope((1, 99)),
        TableScope(series="NONE"),
        TableScope(disciplines=("NONE",)),
        TableScope(genders=("F",)),
        TableScope(grouping=99),
    ):
        with pytest.raises(UnknownCode):
            games.book.reads.medal_table(scope)


def test_r18_the_breakdown_by_gender(games: Desk) -> None:
    table = games.book.reads.medal_table(TableScope(series="OG"))
    by_gender = {line.row.nation: line.by_gender for line in table.lines}
    assert by_gender["NED"].women == Tally(1, 2, 0)
    assert by_gender["NED"].men == Tally(0, 1, 0)
    assert by_gender["KOR"].mixed == Tally(0, 1, 0)
    assert all(line.by_gender.total == line.row.tally for line in table.lines)


def test_r17_all_ranks_stand_side_by_side(games: Desk) -> None:
    reads = games.book.reads
    table = reads.medal_table(
        TableScope(series="OG"), rank_by=RankBy.WEIGHTED, weights=Weights.parse("1-1-1")
    )
    assert rows(table)[0] == ("NED", (1, 3, 0), 1)
    assert [line.row.points for line in table.lines] == [4, 2, 2, 2, 1, 1]
    canada = next(line.row for line in table.lines if line.row.nation == "CAN")
    ranks = [canada.rank(rank_by) for rank_by in RankBy]
    assert [rank and (rank.number, rank.equal) for rank in ranks] == [
        (6, False),
        (2, True),
        (2, True),
        None,
    ]


def test_r20_nations_with_entries_and_no_medal(games: Desk) -> None:
    games.enter(games.races["M500"], "NOR", "Norwegian")
    games.enter(games.races["X2000"], "SWE", "Swede")
    games.book.edits.set_membership(id_of(games, "OG2026"), nation(games.book, "SWE"), "left_out")
    without = read(games, TableScope(genders=("M", "X")))
    zeros = read(games, TableScope(genders=("M", "X"), zeros=True))
    assert zeros == [*without, ("NOR", (0, 0, 0), 6)]
    games.book.edits.set_membership(id_of(games, "OG2026"), nation(games.book, "NOR"), "unranked")
    assert read(games, TableScope(zeros=True))[-1] == ("NOR", (0, 0, 0), None)
    assert ("NOR", (0, 0, 0), None) not in read(games, TableScope(genders=("X",), zeros=True))


# Nations


def test_r13_roc_is_another_nation_in_1952_and_in_2022(desk: Desk) -> None:
    og52 = add_competition(desk.book, "OG1952", "1952-07-19", "1952-08-03")
    og22 = add_competition(desk.book, "OG2022", "2022-02-04", "2022-02-20")
    desk.race(og52, "W100", "1952-07-22", "ROC")
    desk.race(og22, "W1000", "2022-02-17", "ROC")
    reads = desk.book.reads
    (old,), (new,) = (reads.medal_table(held).lines for held in (og52, og22))
    assert (old.row.nation, old.name) == ("ROC", "Republic of China")
    assert (new.row.nation, new.name) == ("ROC", "Russian Olympic Committee")
    assert old.nation_id != new.nation_id
    assert read(desk) == [("ROC", (1, 0, 0), 1), ("ROC", (1, 0, 0), 1)]


def test_r13_codes_are_those_of_the_latest_competition_that_had_begun(desk: Desk) -> None:
    for year in ("2004", "2024"):
        held = add_competition(desk.book, f"OG{year}", f"{year}-08-01", f"{year}-08-20")
        desk.race(held, f"W{year}", f"{year}-08-09", "ROM" if year == "2004" else "ROU")
    assert read(desk) == [("ROU", (2, 0, 0), 1)]
    assert read(desk, TableScope(as_of="2010-01-01")) == [("ROM", (1, 0, 0), 1)]


def test_r14_nations_are_merged_by_a_grouping_view_alone(desk: Desk) -> None:
    for year, codes in {"1988": ("GDR", "URS", "FRG"), "1992": ("GER", "EUN", "USA"),
                        "2002": ("USA", "RUS", "GER")}.items():  # fmt: skip
        held = add_competition(desk.book, f"OG{year}", f"{year}-02-01", f"{year}-02-28", "OG")
        desk.race(held, "W1000", f"{year}-02-14", *codes)
    reads = desk.book.reads
    assert reads.medal_table(TableScope(series="OG")).merged is None
    assert len(read(desk, TableScope(series="OG"))) == 7
    view = reads.grouping_by_code("successors")
    merged = reads.medal_table(TableScope(series="OG", grouping=view.id))
    assert merged.merged is not None
    assert (merged.merged.code, "merged" in merged.merged.name) == ("SUCCESSORS", True)
    assert rows(merged) == [
        ("GER", (2, 0, 2), 1),
        ("USA", (1, 0, 1), 2),
        ("RUS", (0, 3, 0), 3),
    ]
    russia = merged.lines[2]
    assert {nation(desk.book, code) for code in ("URS", "EUN", "RUS")} < set(russia.nations)
    behind = reads.medals_of(merged.scope, russia.nations)
    assert [row.nation for row in behind] == ["URS", "EUN", "RUS"]


def test_r15_medals_left_out_still_count_in_the_world(desk: Desk) -> None:
    og24 = add_competition(desk.book, "OG2024", "2024-07-26", "2024-08-11", "OG")
    og26 = add_competition(desk.book, "OG2026", "2026-02-06", "2026-02-22", "OG")
    desk.race(og24, "M100", "2024-08-02", "CHN", "AIN", "GBR", gender="M")
    desk.race(og26, "W1000", "2026-02-09", "NED", "AIN", "JPN")
    neutral = nation(desk.book, "AIN")
    desk.book.edits.set_membership(og24, neutral, "left_out")
    table = desk.book.reads.medal_table(og24)
    assert rows(table) == [("CHN", (1, 0, 0), 1), ("GBR", (0, 0, 1), 2)]
    assert (table.totals, table.left_out) == (Tally(1, 0, 1), Tally(0, 1, 0))
    assert table.world == Tally(1, 1, 1)
    # Left out of one Games, ranked in another: only the medals of the one are missing.
    both = desk.book.reads.medal_table(TableScope(series="OG"))
    assert ("AIN", (0, 1, 0), 3) in rows(both)
    assert both.left_out == Tally(0, 1, 0)
    assert both.world == Tally(2, 2, 2)
    series = TableScope(series="OG")
    assert [m.event_name for m in desk.book.reads.medals_of(series, neutral)] == [
        "Games OG2026 · Event W1000"
    ]
    assert [m.event_name for m in desk.book.reads.medals_of(series, (), left_out=True)] == [
        "Games OG2024 · Event M100"
    ]


def test_r15_unranked_only_where_it_is_so_in_all_competitions_that_count(desk: Desk) -> None:
    for year in ("2018", "2022"):
        held = add_competition(desk.book, f"OG{year}", f"{year}-02-01", f"{year}-02-28", "OG")
        desk.race(held, f"W{year}", f"{year}-02-14", "NED", "USA", "JPN")
    united = nation(desk.book, "USA")
    desk.book.edits.set_membership(id_of(desk, "OG2018"), united, "unranked")
    assert read(desk, TableScope((id_of(desk, "OG2018"),))) == [
        ("NED", (1, 0, 0), 1),
        ("USA", (0, 1, 0), None),
        ("JPN", (0, 0, 1), 2),
    ]
    assert read(desk)[1] == ("USA", (0, 2, 0), 2)
    desk.book.edits.set_membership(id_of(desk, "OG2022"), united, "unranked")
    assert read(desk)[1] == ("USA", (0, 2, 0), None)


def test_r17_per_capita_goes_by_the_latest_figure_not_after_the_day(games: Desk) -> None:
    edits, reads = games.book.edits, games.book.reads
    dutch, swede = nation(games.book, "NED"), nation(games.book, "JPN")
    edits.set_population(dutch, date(2020, 1, 1), "17,400,000", "Statistics Netherlands")
    edits.set_population(dutch, date(2025, 1, 1), "18 000 000", "Statistics Netherlands")
    edits.set_population(swede, date(2030, 1, 1), "120000000")
    scope = TableScope(series="OG")
    table = reads.medal_table(scope, rank_by=RankBy.PER_CAPITA)
    assert [(line.row.nation, line.row.per_capita) for line in table.lines[:3]] == [
        ("NED", Fraction(4, 18)),
        ("JPN", Fraction(2, 120)),
        ("USA", None),
    ]
    first, second, third = (line.population for line in table.lines[:3])
    assert first is not None
    assert second is not None
    assert (first.date, first.source) == ("2025-01-01", "Statistics Netherlands")
    assert (second.date, second.source, third) == ("2030-01-01", "", None)
    earlier = reads.medal_table(replace(scope, as_of="2022-12-31"), per_capita_of=PerCapitaOf.GOLD)
    people = {line.row.nation: line.population for line in earlier.lines}
    assert people["NED"] is not None
    assert people["NED"].date == "2020-01-01"
    assert {line.row.nation: line.row.per_capita for line in earlier.lines} == {
        "JPN": Fraction(1, 120),
        "NED": 0,
        "USA": None,
    }


def test_r17_a_merged_line_has_the_population_of_the_nation_whose_code_it_bears(
    desk: Desk,
) -> None:
    for year, code in {"1988": "URS", "2002": "RUS"}.items():
        held = add_competition(desk.book, f"OG{year}", f"{year}-02-01", f"{year}-02-28")
        desk.race(held, "W1000", f"{year}-02-14", code)
    edits = desk.book.edits
    edits.set_population(nation(desk.book, "URS"), date(1988, 1, 1), "285000000")
    edits.set_population(nation(desk.book, "RUS"), date(2002, 1, 1), "145000000")
    view = desk.book.reads.grouping_by_code("SUCCESSORS").id
    (line,) = desk.book.reads.medal_table(TableScope(grouping=view)).lines
    assert line.population is not None
    assert line.population.people == 145_000_000


def test_r11_a_medal_of_a_team_counts_once_for_the_nation_and_for_every_member(
    games: Desk,
) -> None:
    book = games.book
    held = id_of(games, "OG2026")
    relay = book.edits.add_event_type(NewEventType("WRELAY", "SSK", "Relay", "W", TIME, team=True))
    race = add_race(book, held, relay, "2026-02-16")
    entry = book.edits.add_entry(race.event, nation(book, "NED"), team="Netherlands")
    book.edits.enter_mark(book.edits.result_of(entry), "2:50.00")
    (kok,) = book.reads.athletes_named("W1000 2 2026")
    (leerdam,) = book.reads.athletes_named("W1000 1 2026")
    book.edits.set_members(entry, [kok.id, leerdam.id])
    assert book.reads.personal_tally(kok.id) == Tally(0, 1, 0)
    assert book.reads.personal_tally(kok.id, TableScope(as_it_stands=True)) == Tally(1, 1, 0)
    book.edits.make_official(race.event, date(2026, 2, 16))
    assert book.reads.personal_tally(kok.id) == Tally(1, 1, 0)
    assert book.reads.personal_tally(leerdam.id, TableScope(last="2026-02-09")) == Tally(1, 0, 0)
    assert book.reads.tally(held, nation(book, "NED"), as_it_stands=False) == Tally(2, 2, 0)
    assert [row.medal for row in book.reads.career(kok.id)] == [Medal.SILVER, Medal.GOLD]
    assert [row.name for row in book.reads.career(kok.id, relay)] == ["Netherlands"]


# As of, and the difference


@pytest.fixture
def ski_cross(desk: Desk) -> Desk:
    """RULES 4: bronze to Maier, then to Smith, then to both."""
    held = add_competition(desk.book, "OG2022", "2022-02-04", "2022-02-20")
    race = desk.race(held, "WSX", "2022-02-17", "SWE", "CAN", "GER", "SUI", discipline="FRS")
    desk.decide(race, "2022-02-26", _3="none", _4="bronze")
    desk.decide(race, "2022-12-13", _3="bronze", _4="bronze")
    return desk


@pytest.mark.parametrize(
    ("day", "bronzes"),
    [
        ("2022-02-16", []),
        ("2022-02-17", ["GER"]),
        ("2022-02-25", ["GER"]),
        ("2022-02-26", ["SUI"]),
        ("2022-12-12", ["SUI"]),
        ("2022-12-13", ["GER", "SUI"]),
        (None, ["GER", "SUI"]),
    ],
)
def test_r19_as_of_any_day(ski_cross: Desk, day: str | None, bronzes: list[str]) -> None:
    table = ski_cross.book.reads.medal_table(TableScope(as_of=day))
    assert [line.row.nation for line in table.lines if line.row.tally.bronze] == bronzes
    assert table.events == (day != "2022-02-16")
    assert table.official


def test_r10_a_running_event_is_apart(games: Desk) -> None:
    games.race(id_of(games, "OG2026"), "W3000", "2026-02-07", "ITA", "NOR", "CAN", official=False)
    reads = games.book.reads
    official, standing = (
        reads.medal_table(id_of(games, "OG2026"), as_it_stands=stands) for stands in (False, True)
    )
    assert (official.official, official.events) == (True, 3)
    assert (standing.official, standing.events) == (False, 4)
    assert standing.totals - official.totals == Tally(1, 1, 1)
    assert "NOR" not in {line.row.nation for line in official.lines}
    # As it stands is of now, whatever day is asked for beside it.
    both = TableScope((id_of(games, "OG2026"),), as_of="2026-02-01", as_it_stands=True)
    assert rows(reads.medal_table(both)) == rows(standing)


Told = list[tuple[str, str, bool, Why, str | None, str]]


def told(found: TableDifference) -> Told:
    """Nation, medal, won or lost, why, day and body of every cause."""
    return [
        (line.code, cause.medal, cause.gained, cause.why, cause.day, cause.body)
        for line in found.lines
        for cause in line.causes
    ]


def test_r19_the_difference_tells_of_events_and_decisions(ski_cross: Desk) -> None:
    difference = ski_cross.book.reads.difference
    found = difference(TableScope(as_of="2022-02-16"), TableScope(as_of="2022-02-17"))
    assert told(found) == [
        ("SWE", "gold", True, Why.OFFICIAL, "2022-02-17", ""),
        ("CAN", "silver", True, Why.OFFICIAL, "2022-02-17", ""),
        ("GER", "bronze", True, Why.OFFICIAL, "2022-02-17", ""),
    ]
    found = difference(TableScope(as_of="2022-02-17"), TableScope(as_of="2022-02-26"))
    assert [line.code for line in found.changed] == ["SUI", "GER"]
    assert told(found) == [
        ("SUI", "bronze", True, Why.DECISION, "2022-02-26", "CAS"),
        ("GER", "bronze", False, Why.DECISION, "2022-02-26", "CAS"),
    ]
    assert [line.row.change for line in found.changed] == [Tally(0, 0, 1), Tally(0, 0, -1)]
    assert (found.changed[0].row.is_new, found.changed[1].row.is_gone) == (True, True)
    # What was taken away and given back in between is no difference.
    found = difference(TableScope(as_of="2022-02-17"), TableScope())
    assert told(found) == [("SUI", "bronze", True, Why.DECISION, "2022-02-26", "CAS")]
    # The other way round the same days tell why.
    found = difference(TableScope(), TableScope(as_of="2022-02-26"))
    assert told(found) == [("GER", "bronze", False, Why.DECISION, "2022-12-13", "CAS")]


def test_r19_what_a_revoked_decision_took_comes_back(ski_cross: Desk) -> None:
    book = ski_cross.book
    for row in book.reads.decisions():
        book.edits.revoke_decision(row.id, date(2023, 1, 1))
    found = book.reads.difference(TableScope(as_of="2022-12-31"), TableScope())
    assert told(found) == [("SUI", "bronze", False, Why.REVOKED, "2023-01-01", "CAS")]
    found = book.reads.difference(TableScope(as_of="2022-03-01"), TableScope(as_of="2024-01-01"))
    assert [(code, gained, why) for code, _, gained, why, _, _ in told(found)] == [
        ("GER", True, Why.DECISION),
        ("SUI", False, Why.REVOKED),
    ]


def test_r19_of_two_decisions_of_a_day_each_is_told_of_its_own_entries(desk: Desk) -> None:
    held = add_competition(desk.book, "OG2026", "2026-02-06", "2026-02-22")
    race = desk.race(held, "W1000", "2026-02-09", "NED", "USA", "JPN")
    desk.decide(race, "2026-02-20", "IOC", _1="none", _2="gold")
    desk.decide(race, "2026-02-20", "ISU", _3="pending")
    found = desk.book.reads.difference(TableScope(as_of="2026-02-19"), TableScope())
    assert told(found) == [
        ("USA", "silver", False, Why.DECISION, "2026-02-20", "IOC"),
        ("USA", "gold", True, Why.DECISION, "2026-02-20", "IOC"),
        ("NED", "gold", False, Why.DECISION, "2026-02-20", "IOC"),
        ("JPN", "bronze", False, Why.DECISION, "2026-02-20", "ISU"),
    ]


def test_r19_what_a_revoked_decision_gave_back_is_not_of_another_of_that_day(desk: Desk) -> None:
    held = add_competition(desk.book, "OG2026", "2026-02-06", "2026-02-22")
    race = desk.race(held, "W1000", "2026-02-09", "NED", "USA", "JPN")
    jury = desk.decide(race, "2026-02-10", "Jury", _1="none")
    desk.book.edits.revoke_decision(jury, date(2026, 2, 20))
    desk.decide(race, "2026-02-20", "ISU", _3="withheld")
    found = desk.book.reads.difference(TableScope(as_of="2026-02-19"), TableScope())
    assert told(found) == [
        ("NED", "gold", True, Why.REVOKED, "2026-02-20", "Jury"),
        ("JPN", "bronze", False, Why.DECISION, "2026-02-20", "ISU"),
    ]


def test_r19_the_same_medal_by_another_decision_is_no_change(desk: Desk) -> None:
    """Whoever holds a medal without a break has it since the first decision that gave it."""
    held = add_competition(desk.book, "OG2026", "2026-02-06", "2026-02-22")
    race = desk.race(held, "W1000", "2026-02-09", "NED", "USA", "JPN", "GER")
    jury = desk.decide(race, "2026-02-10", "Jury", _4="bronze")
    desk.book.edits.revoke_decision(jury, date(2026, 3, 1))
    isu = desk.decide(race, "2026-03-01", "ISU", _4="bronze")
    reads = desk.book.reads
    assert told(reads.difference(TableScope(as_of="2026-02-20"), TableScope())) == []
    gained = ("GER", "bronze", True, Why.DECISION, "2026-02-10", "Jury")
    assert told(reads.difference(TableScope(as_of="2026-02-09"), TableScope())) == [gained]
    desk.book.edits.revoke_decision(isu, date(2026, 4, 1))
    lost = ("GER", "bronze", False, Why.REVOKED, "2026-04-01", "ISU")
    assert told(reads.difference(TableScope(as_of="2026-02-20"), TableScope())) == [lost]


def test_r19_official_against_as_it_stands(games: Desk) -> None:
    games.race(id_of(games, "OG2026"), "W3000", "2026-02-07", "ITA", official=False)
    found = games.book.reads.difference(TableScope(), TableScope(as_it_stands=True))
    assert told(found) == [("ITA", "gold", True, Why.RUNNING, None, "")]
    assert [line.code for line in found.lines if line.row.change != Tally()] == ["ITA"]
    back = games.book.reads.difference(TableScope(as_it_stands=True), TableScope())
    assert told(back) == [("ITA", "gold", False, Why.RUNNING, None, "")]


def test_r19_two_scopes_differ_by_what_they_count(games: Desk) -> None:
    found = games.book.reads.difference(
        TableScope(genders=("W",), series="OG"), TableScope(genders=("W", "M"), series="OG")
    )
    assert {(code, medal, why) for code, medal, _, why, _, _ in told(found)} == {
        ("USA", "gold", Why.SCOPE),
        ("NED", "silver", Why.SCOPE),
        ("CAN", "bronze", Why.SCOPE),
    }


def test_r19_the_causes_of_a_merged_line_are_those_of_its_nations(desk: Desk) -> None:
    for year, code in {"1988": "URS", "1992": "EUN", "2002": "RUS"}.items():
        held = add_competition(desk.book, f"OG{year}", f"{year}-02-01", f"{year}-02-28")
        desk.race(held, "W1000", f"{year}-02-14", code)
    view = desk.book.reads.grouping_by_code("SUCCESSORS").id
    found = desk.book.reads.difference(
        TableScope(as_of="1990-01-01"), TableScope(as_of="2010-01-01", grouping=view)
    )
    (line,) = found.changed
    assert line.row.change == Tally(2, 0, 0)
    assert [cause.event_name for cause in line.causes] == [
        "Games OG1992 · Event W1000",
        "Games OG2002 · Event W1000",
    ]


def test_r19_a_medal_left_out_of_both_tables_is_no_difference(desk: Desk) -> None:
    held = add_competition(desk.book, "OG2026", "2026-02-06", "2026-02-22")
    desk.race(held, "W1000", "2026-02-09", "AIN", "NED")
    desk.book.edits.set_membership(held, nation(desk.book, "AIN"), "left_out")
    found = desk.book.reads.difference(TableScope(as_of="2026-02-08"), TableScope())
    assert told(found) == [("NED", "silver", True, Why.OFFICIAL, "2026-02-09", "")]
