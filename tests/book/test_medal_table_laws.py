"""R18-R21: any table over any awards, against one counted slowly and obviously."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaldesk.book.reads import Reads
from medaldesk.book.reads.table_scope import TableScope
from medaldesk.domain.decisions import STANDS
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Breakdown, RankBy, Tally

# Three competitions, two of them of one series; in each an event of every gender and discipline.
STARTS = {1: "2018-02-01", 2: "2020-03-01", 3: "2022-02-01"}
SERIES = {1: "OG", 2: None, 3: "OG"}
EVENTS = [
    (competition, gender, discipline, f"{STARTS[competition][:8]}{day:02}")
    for competition in STARTS
    for day, (gender, discipline) in enumerate(
        [("M", "SSK"), ("W", "SSK"), ("X", "STK"), ("O", "ATH")], start=3
    )
]
NATIONS = (1, 2, 3, 4)
DAYS = ("2018-02-03", "2018-06-01", "2020-03-05", "2021-01-01", "2022-02-06")


@dataclass(frozen=True)
class Award:
    """A row of `award`; `event` is a place in EVENTS."""

    event: int
    nation: int
    medal: Medal
    official: bool
    first: str
    until: str

    @property
    def competition(self) -> int:
        return EVENTS[self.event][0]

    @property
    def gender(self) -> str:
        return EVENTS[self.event][1]

    def counts(self, scope: TableScope) -> bool:
        """Whether a scope counts it, one filter after the other."""
        competition, gender, discipline, day = EVENTS[self.event]
        if scope.competitions or scope.series:
            in_series = scope.series is not None and SERIES[competition] == scope.series
            if competition not in scope.competitions and not in_series:
                return False
        if scope.disciplines and discipline not in scope.disciplines:
            return False
        if scope.genders and gender not in scope.genders:
            return False
        if (scope.first and day < scope.first) or (scope.last and day > scope.last):
            return False
        if scope.as_it_stands:
            return self.until == STANDS
        if scope.as_of is None:
            return self.official and self.until == STANDS
        return self.official and self.first <= scope.as_of < self.until


Memberships = dict[tuple[int, int], str]
Groups = list[list[int]]


@dataclass(frozen=True)
class Facts:
    """What a table is made of; `entered` are places in EVENTS and nations without a medal."""

    awards: list[Award]
    entered: list[tuple[int, int]]
    memberships: Memberships
    groups: Groups

    def membership(self, competition: int, nation: int) -> str:
        return self.memberships.get((competition, nation), "ranked")


@st.composite
def awards(draw: st.DrawFn) -> Award:
    official = draw(st.sampled_from([True, True, False]))
    first, until = "", STANDS
    if official:
        first = draw(st.sampled_from(DAYS))
        later = [day for day in DAYS if day > first]
        until = draw(st.sampled_from([*later, *[STANDS] * (1 + len(later))]))
    return Award(
        draw(st.integers(0, len(EVENTS) - 1)),
        draw(st.sampled_from(NATIONS)),
        draw(st.sampled_from(Medal)),
        official,
        first,
        until,
    )


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    nations = draw(st.permutations(NATIONS))
    cut = draw(st.integers(1, 3))
    return [nations[:cut], nations[cut : cut + 2]]


facts = st.builds(
    Facts,
    st.lists(awards(), min_size=5, max_size=25),
    st.lists(st.tuples(st.integers(0, len(EVENTS) - 1), st.sampled_from(NATIONS)), max_size=4),
    st.dictionaries(
        st.tuples(st.sampled_from(sorted(STARTS)), st.sampled_from(NATIONS)),
        st.sampled_from(["unranked", "unranked", "left_out", "ranked"]),
        max_size=8,
    ),
    groups(),
)
some_days = st.none() | st.none() | st.sampled_from(DAYS)


def mostly_all(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A filter that names nothing as often as not: filters that leave nothing show nothing."""
    return st.just(()) | st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


scopes = st.builds(
    TableScope,
    competitions=st.just(())
    | st.lists(st.sampled_from(sorted(STARTS)), unique=True, max_size=2).map(tuple),
    series=st.sampled_from([None, None, "OG"]),
    disciplines=mostly_all(["SSK", "STK", "ATH"]),
    genders=mostly_all(["M", "W", "X", "O"]),
    first=some_days,
    last=some_days,
    grouping=st.sampled_from([None, 9]),
    as_of=st.none() | st.sampled_from(DAYS),
    as_it_stands=st.sampled_from([False, False, True]),
    zeros=st.booleans(),
)


@pytest.fixture(scope="module")
def world(empty_book: Path) -> Iterator[sqlite3.Connection]:
    """A book in memory that has the competitions and events, and nothing in them."""
    with (
        closing(sqlite3.connect(empty_book)) as file,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
    ):
        file.backup(connection)
        _fill(connection)
        yield connection


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO series VALUES (1, 'OG', 'Games')")
    connection.executemany(
        """INSERT INTO competition (id, code, name, series_id, start_date, end_date)
        VALUES (?, ?, ?, ?, ?, ?)""",
        [
            (held, f"C{held}", f"C{held}", SERIES[held] and 1, start, start[:8] + "28")
            for held, start in STARTS.items()
        ],
    )
    for row, (competition, gender, discipline, day) in enumerate(EVENTS):
        connection.execute(
            """INSERT INTO event_type (id, code, discipline_id, name, gender, mark_kind, better,
                decimals)
            SELECT ?, ?, id, ?, ?, 'time', 'lower', 2 FROM discipline WHERE code = ?""",
            (row, f"E{row}", f"E{row}", gender, discipline),
        )
        connection.execute(
            """INSERT INTO event (id, competition_id, event_type_id, date, classification, bronzes)
            VALUES (?, ?, ?, ?, 'final', 1)""",
            (row, competition, row, day),
        )
    connection.execute("INSERT INTO grouping_view VALUES (9, 'V', 'V')")


@contextmanager
def holding(connection: sqlite3.Connection, given: Facts) -> Iterator[Reads]:
    """Reads of a book in which these facts are, as long as it lasts."""
    connection.execute("BEGIN")
    try:
        _write(connection, given)
        yield Reads(connection, Path("world.medaldesk"))
    finally:
        connection.execute("ROLLBACK")


def official_days(given: Facts) -> dict[int, str]:
    """The events that are official and since when: the day of their first official medal."""
    return {
        event: min(award.first for award in given.awards if award.official and award.event == event)
        for event in {award.event for award in given.awards if award.official}
    }


def _write(connection: sqlite3.Connection, given: Facts) -> None:
    """Every award has an entry of its own; those entered without a medal stand behind."""
    connection.executemany(
        "UPDATE event SET status = 'official', official_at = ? WHERE id = ?",
        [(day, event) for event, day in official_days(given).items()],
    )
    entrants = [(award.event, award.nation) for award in given.awards]
    connection.executemany(
        "INSERT INTO entry (id, event_id, nation_id, team_name) VALUES (?, ?, ?, 'team')",
        [(entry, *entrant) for entry, entrant in enumerate([*entrants, *given.entered])],
    )
    connection.executemany(
        """INSERT INTO award SELECT ?, ?, ?, e.id, e.competition_id, ?, t.discipline_id, t.gender,
            e.date, ?, ?, NULL FROM event AS e JOIN event_type AS t ON t.id = e.event_type_id
        WHERE e.id = ?""",
        [
            (
                entry,
                award.first,
                award.until,
                award.nation,
                award.medal,
                award.official,
                award.event,
            )
            for entry, award in enumerate(given.awards)
        ],
    )
    connection.executemany(
        "INSERT INTO competition_nation (competition_id, nation_id, membership) VALUES (?, ?, ?)",
        [(*of, membership) for of, membership in given.memberships.items()],
    )
    for group, nations in enumerate(given.groups, start=91):
        connection.execute("INSERT INTO nation_group VALUES (?, 9, ?, 'G')", (group, f"G{group}"))
        connection.executemany(
            "INSERT INTO nation_group_member (grouping_view_id, nation_group_id, nation_id) "
            "VALUES (9, ?, ?)",
            [(group, nation) for nation in nations],
        )


@dataclass(frozen=True)
class Expected:
    """A line as it must be."""

    by_gender: Breakdown
    ranked: bool


def lines_of(given: Facts, scope: TableScope) -> dict[int, Expected]:
    """Line to what must stand in it, counted for each line from all awards."""
    listed = [
        award
        for award in given.awards
        if award.counts(scope) and given.membership(award.competition, award.nation) != "left_out"
    ]
    # An award of a scope that is always of now says whether an event is in the filters.
    anything = replace(scope, as_it_stands=True)
    entered = [
        (EVENTS[event][0], nation)
        for event, nation in [*given.entered, *((a.event, a.nation) for a in given.awards)]
        if Award(event, nation, Medal.GOLD, False, "", STANDS).counts(anything)
        and has_begun(EVENTS[event][0], scope)
        and given.membership(EVENTS[event][0], nation) != "left_out"
    ]
    lines = {}
    for line, nations in merged(given, scope).items():
        own = [award for award in listed if award.nation in nations]
        places = {(award.competition, award.nation) for award in own}
        if not own and scope.zeros:
            places = {place for place in entered if place[1] in nations}
        if places:
            lines[line] = Expected(
                Breakdown.of(
                    {
                        gender: Tally.of(award.medal for award in own if award.gender == gender)
                        for gender in "MWXO"
                    }
                ),
                any(given.membership(*place) == "ranked" for place in places),
            )
    return lines


def has_begun(competition: int, scope: TableScope) -> bool:
    """Whether a competition had begun on the day of a table."""
    if scope.as_it_stands or scope.as_of is None:
        return True
    return STARTS[competition] <= scope.as_of


def events_of(given: Facts, scope: TableScope) -> set[int]:
    """The events of a table: the official ones, or as it stands those with medals."""
    if scope.as_it_stands:
        return {award.event for award in given.awards if award.counts(scope)}
    return {
        event
        for event, day in official_days(given).items()
        if Award(event, 1, Medal.GOLD, True, day, STANDS).counts(scope)
    }


def merged(given: Facts, scope: TableScope) -> dict[int, list[int]]:
    """Line to its nations: those of a group behind its first."""
    if scope.grouping is None:
        return {nation: [nation] for nation in NATIONS}
    grouped = {nation for group in given.groups for nation in group}
    alone = {nation: [nation] for nation in NATIONS if nation not in grouped}
    return alone | {group[0]: group for group in given.groups if group}


@given(facts, scopes)
def test_r18_to_r21_a_table_is_what_a_slow_count_says(
    world: sqlite3.Connection, given: Facts, scope: TableScope
) -> None:
    with holding(world, given) as reads:
        table = reads.medal_table(scope)
        behind = {
            line.nation_id: Tally.of(medal.medal for medal in reads.medals_of(scope, line.nations))
            for line in table.lines
        }
    expected = lines_of(given, scope)
    assert {
        line.nation_id: Expected(line.by_gender, line.ranked) for line in table.lines
    } == expected
    for line in table.lines:
        assert sum(line.row.tally.triple) == line.row.tally.total == line.by_gender.total.total
        assert line.row.tally == line.by_gender.total == behind[line.nation_id]
        assert (line.row.by_gold is not None) == line.ranked
    counted = [award for award in given.awards if award.counts(scope)]
    assert table.world == table.totals + table.left_out
    assert table.world == Tally.of(award.medal for award in counted)
    assert table.events == len(events_of(given, scope))
    assert (table.merged is not None) == (scope.grouping is not None)


@given(facts, scopes, scopes)
def test_r19_the_causes_make_up_the_difference(
    world: sqlite3.Connection, given: Facts, one: TableScope, other: TableScope
) -> None:
    with holding(world, given) as reads:
        found = reads.difference(one, other)
    before = lines_of(given, replace(one, grouping=other.grouping))
    after = lines_of(given, other)
    assert {line.nation_id for line in found.lines} == before.keys() | after.keys()
    for line in found.lines:
        won = Tally.of(cause.medal for cause in line.causes if cause.gained)
        lost = Tally.of(cause.medal for cause in line.causes if not cause.gained)
        assert won - lost == line.row.change
        assert {cause.nation_id for cause in line.causes} <= set(line.nations)


@given(facts, scopes, st.sampled_from(RankBy))
def test_r21_the_order_of_entry_never_changes_a_table(
    world: sqlite3.Connection, given: Facts, scope: TableScope, rank_by: RankBy
) -> None:
    turned = replace(given, awards=given.awards[::-1], entered=given.entered[::-1])
    with holding(world, given) as reads:
        one = reads.medal_table(scope, rank_by=rank_by)
    with holding(world, turned) as reads:
        assert reads.medal_table(scope, rank_by=rank_by) == one
