"""Edits of nations: codes, population, grouping views, table membership (RULES R13-R15, R17)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import (
    BadPopulation,
    CodeTaken,
    DatesReversed,
    DuplicateCode,
    EmptyField,
    NamedTwice,
    UnknownCode,
)
from medaldesk.book.journal import Writer

NATION_KINDS = ("noc", "historic", "neutral", "mixed", "refugee", "other")
CONTINENTS = ("africa", "america", "asia", "europe", "oceania")
MEMBERSHIPS = ("ranked", "unranked", "left_out")

NewGroup = tuple[str, str, Sequence[int]]
"""A group of a grouping view: its code, its name, the ids of its nations, the first of which
stands for it."""

_CODE = re.compile(r"\S{2,8}")
_PEOPLE = re.compile(
    r"[0-9]{1,12}|[0-9]{1,3}(?:([ ,.'\u2019\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3}){0,2}"
)


class NationEdits(EditBase):
    """Who the nations are, and what they count for."""

    def add_nation(self, code: str, name: str, kind: str = "other") -> int:
        """Add a nation with a code without end. Raises DuplicateCode, EmptyField, UnknownCode."""
        clean = parse_nation_code(code)
        if self._taken("nation_code", clean):
            raise DuplicateCode(what="nation", code=clean)
        with self.together(Action.ADD_NATION, f"{clean} {name}") as writer:
            nation = writer.insert(
                "nation", name=needed("name", name), kind=_one_of("kind", kind, NATION_KINDS)
            )
            writer.insert("nation_code", nation_id=nation, code=clean, name=needed("name", name))
            return nation

    def change_nation(self, nation: int, *, name: str, kind: str, continent: str | None) -> None:
        """Say what a nation is: `continent` is that of its Olympic association, or None.

        The name is that of the nation as such; those it competes under are with its codes.
        Raises EmptyField, UnknownCode.
        """
        clean = needed("name", name)
        of = _one_of("continent", continent, CONTINENTS) if continent else None
        with self.together(Action.CHANGE_NATION, clean) as writer:
            kept = _one_of("kind", kind, NATION_KINDS)
            writer.update("nation", nation, name=clean, kind=kept, continent=of)

    def set_nation_code(
        self,
        nation: int,
        code: str,
        name: str,
        first: date | None,
        last: date | None,
        *,
        code_row: int | None = None,
    ) -> int:
        """Give a nation a code and name from a day to a day, or correct the one of a row.

        A code is that of one nation on any day, and a nation has one code on any day (RULES R13).
        Returns the id of the row. Raises CodeTaken, DatesReversed, EmptyField.
        """
        clean = parse_nation_code(code)
        start, end = _day(first), _day(last)
        if start and end and end < start:
            raise DatesReversed(start=start, end=end)
        self._refuse_taken(nation, clean, code_row, start, end)
        values = {"code": clean, "name": needed("name", name), "valid_from": start, "valid_to": end}
        with self.together(Action.CHANGE_NATION_CODE, f"{clean} {name}") as writer:
            if code_row is None:
                return writer.insert("nation_code", nation_id=nation, **values)
            writer.update("nation_code", code_row, **values)
            return code_row

    def delete_nation_code(self, code_row: int) -> None:
        """Take a code from a nation; its last one stays. Raises EmptyField."""
        nation, code, name = self._one(
            "SELECT nation_id, code, name FROM nation_code WHERE id = ?", code_row
        )
        (codes,) = self._one("SELECT count(*) FROM nation_code WHERE nation_id = ?", nation)
        if codes == 1:
            raise EmptyField(what="code")
        with self.together(Action.DELETE_NATION_CODE, f"{code} {name}") as writer:
            writer.delete("nation_code", code_row)

    def set_membership(self, competition: int, nation: int, membership: str) -> None:
        """Say whether a nation is in the table (RULES R15): `ranked`, `unranked` or `left_out`.

        Raises UnknownCode.
        """
        wanted = _one_of("membership", membership, MEMBERSHIPS)
        (name,) = self._one("SELECT name FROM nation WHERE id = ?", nation)
        with self.together(Action.SET_MEMBERSHIP, f"{name} {wanted}") as writer:
            row = self._find(
                "SELECT id FROM competition_nation WHERE competition_id = ? AND nation_id = ?",
                competition,
                nation,
            )
            if row:
                writer.update("competition_nation", row[0], membership=wanted)
            else:
                writer.insert(
                    "competition_nation",
                    competition_id=competition,
                    nation_id=nation,
                    membership=wanted,
                )

    def set_population(self, nation: int, day: date, text: str, source: str | None = None) -> None:
        """Say how many people a nation had on a day, as typed: `17900000` or `17,900,000`.

        Nothing typed takes the figure of that day away. Raises BadPopulation.
        """
        people = parse_people(text)
        (name,) = self._one("SELECT name FROM nation WHERE id = ?", nation)
        with self.together(Action.SET_POPULATION, name) as writer:
            row = self._find(
                "SELECT id FROM population WHERE nation_id = ? AND date = ?",
                *(nation, day.isoformat()),
            )
            if people is None:
                if row:
                    writer.delete("population", row[0])
                return
            values = {"people": people, "source_id": self._source(writer, source)}
            if row:
                writer.update("population", row[0], **values)
            else:
                writer.insert("population", nation_id=nation, date=day.isoformat(), **values)

    def add_grouping(self, code: str, name: str, groups: Sequence[NewGroup]) -> int:
        """Add a grouping view (RULES R14). Raises DuplicateCode, EmptyField, NamedTwice."""
        clean = _code_of_view(code)
        if self._taken("grouping_view", clean):
            raise DuplicateCode(what="grouping", code=clean)
        with self.together(Action.ADD_GROUPING, name) as writer:
            view = writer.insert("grouping_view", code=clean, name=needed("name", name))
            self._write_groups(writer, view, self._checked(groups))
            return view

    def change_grouping(
        self, grouping: int, *, code: str, name: str, groups: Sequence[NewGroup]
    ) -> None:
        """Change a grouping view as a whole. Raises as `add_grouping`."""
        clean, wanted = _code_of_view(code), self._checked(groups)
        if self._find("SELECT 1 FROM grouping_view WHERE code = ? AND id <> ?", clean, grouping):
            raise DuplicateCode(what="grouping", code=clean)
        with self.together(Action.CHANGE_GROUPING, name) as writer:
            writer.update("grouping_view", grouping, code=clean, name=needed("name", name))
            if self._groups(grouping) == wanted:
                return
            for (group,) in self._all(
                "SELECT id FROM nation_group WHERE grouping_view_id = ? ORDER BY id", grouping
            ):
                writer.delete("nation_group", group)
            self._write_groups(writer, grouping, wanted)

    def delete_grouping(self, grouping: int) -> None:
        """Delete a grouping view; the nations stay."""
        (name,) = self._one("SELECT name FROM grouping_view WHERE id = ?", grouping)
        with self.together(Action.DELETE_GROUPING, name) as writer:
            writer.delete("grouping_view", grouping)

    def _refuse_taken(
        self, nation: int, code: str, code_row: int | None, start: str | None, end: str | None
    ) -> None:
        """Neither two nations with one code on a day, nor two codes of one. Raises CodeTaken."""
        row = self._find(
            """SELECT code, name, valid_from, valid_to FROM nation_code
            WHERE (code = ? OR nation_id = ?) AND id IS NOT ?
            AND coalesce(valid_from, '') <= ? AND ? <= coalesce(valid_to, '9999')
            ORDER BY code <> ?, id LIMIT 1""",
            *(code, nation, code_row, end or "9999", start or "", code),
        )
        if row:
            raise CodeTaken(code=row[0], name=row[1], days=(row[2], row[3]))

    def _checked(self, groups: Sequence[NewGroup]) -> list[tuple[str, str, tuple[int, ...]]]:
        """Groups as they are stored. Raises EmptyField, DuplicateCode, NamedTwice, UnknownCode."""
        clean: list[tuple[str, str, tuple[int, ...]]] = []
        seen: set[int] = set()
        for code, name, nations in groups:
            if not nations:
                raise EmptyField(what="nation")
            for nation in nations:
                (known,) = self._one("SELECT name FROM nation WHERE id = ?", nation)
                if nation in seen:
                    raise NamedTwice(what="nation", name=known)
                seen.add(nation)
            clean.append((parse_nation_code(code), needed("name", name), tuple(nations)))
        codes = [code for code, _, _ in clean]
        if twice := next((code for code in codes if codes.count(code) > 1), None):
            raise DuplicateCode(what="grouping", code=twice)
        return clean

    def _groups(self, grouping: int) -> list[tuple[str, str, tuple[int, ...]]]:
        """The groups of a view as they are stored."""
        return [
            (code, name, tuple(nation for (nation,) in self._all(_MEMBERS, group)))
            for group, code, name in self._all(
                "SELECT id, code, name FROM nation_group WHERE grouping_view_id = ? ORDER BY id",
                grouping,
            )
        ]

    def _write_groups(
        self, writer: Writer, view: int, groups: Sequence[tuple[str, str, tuple[int, ...]]]
    ) -> None:
        for code, name, nations in groups:
            group = writer.insert("nation_group", grouping_view_id=view, code=code, name=name)
            for nation in nations:
                writer.insert(
                    "nation_group_member",
                    grouping_view_id=view,
                    nation_group_id=group,
                    nation_id=nation,
                )


_MEMBERS = "SELECT nation_id FROM nation_group_member WHERE nation_group_id = ? ORDER BY id"


def parse_nation_code(text: str) -> str:
    """A code of two to eight letters or digits. Raises EmptyField."""
    clean = text.strip().upper()
    if not _CODE.fullmatch(clean):
        raise EmptyField(what="code")
    return clean


def _code_of_view(text: str) -> str:
    """A code without spaces, of any length. Raises EmptyField."""
    clean = text.strip().upper()
    if not clean or any(letter.isspace() for letter in clean):
        raise EmptyField(what="code")
    return clean


def _one_of(what: str, value: str, known: Sequence[str]) -> str:
    """A value of a list. Raises UnknownCode."""
    if value not in known:
        raise UnknownCode(what=what, code=value)
    return value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def parse_people(text: str) -> int | None:
    """A whole number above zero, with or without marks between thousands; nothing is None.

    Raises BadPopulation.
    """
    clean = text.strip()
    if not clean:
        return None
    people = int(re.sub(r"[^0-9]", "", clean)) if _PEOPLE.fullmatch(clean) else 0
    if not people:
        raise BadPopulation(text=text)
    return people
