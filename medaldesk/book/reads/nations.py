"""Reads of nations: codes, population, grouping views, and who is in a table (RULES R13-R15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medaldesk.book.reads.programme import ProgrammeReads


@dataclass(frozen=True, slots=True)
class NationCode:
    """A code and name of a nation from a day to a day, both included; None is without end."""

    id: int
    code: str
    name: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Population:
    """How many people on a day, and who says so; `source` is empty where nobody does."""

    people: int
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class NationRow:
    """A nation under the code and name of today, or the last it had.

    `codes` stand the earliest first, so does `populations`. `continent` is that of its Olympic
    association, None for teams that have none.
    """

    id: int
    code: str
    name: str
    kind: str
    continent: str | None
    codes: tuple[NationCode, ...]
    populations: tuple[Population, ...]

    @property
    def population(self) -> Population | None:
        """The latest figure."""
        return self.populations[-1] if self.populations else None


@dataclass(frozen=True, slots=True)
class NationGroup:
    """Nations that a grouping view shows as one; `nations` are ids."""

    id: int
    code: str
    name: str
    nations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupingView:
    """A way to merge nations (RULES R14)."""

    id: int
    code: str
    name: str
    groups: tuple[NationGroup, ...]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """Whether a nation is in the table of a competition (RULES R15): ranked, unranked, left_out."""

    nation_id: int
    code: str
    name: str
    membership: str


class NationReads(ProgrammeReads):
    """Who a nation is, and what it counts for."""

    def nations(self) -> list[NationRow]:
        """All nations by code."""
        found = self._rows("SELECT id, name, kind, continent FROM nation")
        codes, people = self._codes_of_all(), self.populations([nation for nation, *_ in found])
        rows = [
            NationRow(
                id=nation,
                code=self.nation_code(nation, None),
                name=self.nation_name(nation, None) or name,
                kind=kind,
                continent=continent,
                codes=tuple(codes[nation]),
                populations=tuple(people.get(nation, ())),
            )
            for nation, name, kind, continent in found
        ]
        return sorted(rows, key=lambda row: (row.code, row.name, row.id))

    def populations(self, nations: Sequence[int]) -> dict[int, list[Population]]:
        """Nation to all that is known of its population, the earliest first."""
        found: dict[int, list[Population]] = defaultdict(list)
        for nation, *figure in self._rows(
            f"""SELECT p.nation_id, p.people, p.date, coalesce(s.title, '') FROM population AS p
            LEFT JOIN source AS s ON s.id = p.source_id
            WHERE p.nation_id IN ({", ".join("?" * len(nations))}) ORDER BY p.nation_id, p.date""",
            *nations,
        ):
            found[nation].append(Population(*figure))
        return found

    def grouping_views(self) -> list[GroupingView]:
        """All grouping views by name."""
        return self._grouping_views("")

    def grouping_view(self, grouping: int) -> GroupingView:
        """One grouping view by its id. Raises UnknownCode."""
        self._needed("grouping", grouping, "SELECT 1 FROM grouping_view WHERE id = ?", grouping)
        return self._grouping_views("WHERE id = ?", grouping)[0]

    def grouping_by_code(self, code: str) -> GroupingView:
        """One grouping view by its code, in any case. Raises UnknownCode."""
        (grouping,) = self._needed(
            "grouping", code, "SELECT id FROM grouping_view WHERE code = ?", code.strip().upper()
        )
        return self.grouping_view(grouping)

    def memberships(self, competition: int) -> list[MembershipRow]:
        """The nations entered in a competition, or set to something there, by code."""
        day = self.competition(competition).start
        rows = [
            MembershipRow(
                nation, self.nation_code(nation, day), self.nation_name(nation, day), membership
            )
            for nation, membership in self._rows(_MEMBERSHIPS, *[competition] * 3)
        ]
        return sorted(rows, key=lambda row: (row.code, row.nation_id))

    def entered_nations(self) -> set[int]:
        """The nations that have entries in the book."""
        rows = self._rows(
            """SELECT id FROM nation AS n
            WHERE EXISTS (SELECT 1 FROM entry WHERE nation_id = n.id)"""
        )
        return {nation for (nation,) in rows}

    def memberships_of(self, nation: int) -> dict[int, str]:
        """Each competition that a nation is entered in to its place in the table there."""
        rows = self._rows(
            """SELECT DISTINCT e.competition_id, coalesce(cn.membership, 'ranked')
            FROM entry AS n JOIN event AS e ON e.id = n.event_id
            LEFT JOIN competition_nation AS cn
                ON cn.competition_id = e.competition_id AND cn.nation_id = n.nation_id
            WHERE n.nation_id = ?""",
            nation,
        )
        return dict(rows)

    def _grouping_views(self, where: str, *values: object) -> list[GroupingView]:
        members: dict[int, list[int]] = defaultdict(list)
        for group, nation in self._rows(
            "SELECT nation_group_id, nation_id FROM nation_group_member ORDER BY id"
        ):
            members[group].append(nation)
        groups: dict[int, list[NationGroup]] = defaultdict(list)
        for view, group, code, name in self._rows(
            "SELECT grouping_view_id, id, code, name FROM nation_group ORDER BY code"
        ):
            groups[view].append(NationGroup(group, code, name, tuple(members[group])))
        return [
            GroupingView(view, code, name, tuple(groups[view]))
            for view, code, name in self._rows(
                f"SELECT id, code, name FROM grouping_view {where} ORDER BY name, id", *values
            )
        ]

    def _codes_of_all(self) -> Mapping[int, list[NationCode]]:
        codes: dict[int, list[NationCode]] = defaultdict(list)
        for nation, *span in self._rows(
            """SELECT nation_id, id, code, name, valid_from, valid_to FROM nation_code
            ORDER BY nation_id, coalesce(valid_from, ''), id"""
        ):
            codes[nation].append(NationCode(*span))
        return codes


def population_on(figures: Sequence[Population], day: str) -> Population | None:
    """The latest figure not after a day, else the first after it (RULES R17).

    `figures` stand the earliest first.
    """
    known = [figure for figure in figures if figure.date <= day]
    return known[-1] if known else next(iter(figures), None)


_MEMBERSHIPS = """SELECT n.id, coalesce(cn.membership, 'ranked') FROM nation AS n
LEFT JOIN competition_nation AS cn ON cn.nation_id = n.id AND cn.competition_id = ?
WHERE n.id IN (
    SELECT en.nation_id FROM event AS e JOIN entry AS en ON en.event_id = e.id
    WHERE e.competition_id = ?
    UNION SELECT nation_id FROM competition_nation WHERE competition_id = ?)"""
