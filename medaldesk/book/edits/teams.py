"""Edits of who competes in a team or a relay (RULES R11)."""

from __future__ import annotations

from collections.abc import Sequence

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import Row
from medaldesk.book.edits.entries import EntryEdits
from medaldesk.book.errors import AlreadyEntered, NotATeam, UnknownCode


class TeamEdits(EntryEdits):
    """The members of a team in their order, positions from 1."""

    def add_member(self, entry: int, athlete: int, position: int | None = None) -> None:
        """Put an athlete into a team at a position, last where none is said.

        Raises AlreadyEntered where they are in it, NotATeam, UnknownCode.
        """
        members = self._members(entry)
        place = len(members) if position is None else max(0, position - 1)
        members.insert(place, athlete)
        self.set_members(entry, members)

    def remove_member(self, entry: int, athlete: int) -> None:
        """Take an athlete out of a team."""
        self.set_members(entry, [each for each in self._members(entry) if each != athlete])

    def move_member(self, entry: int, athlete: int, position: int) -> None:
        """Give a member another position in the team. Raises UnknownCode where they are none."""
        members = self._members(entry)
        if athlete not in members:
            raise UnknownCode(what="athlete", code=athlete)
        members.remove(athlete)
        members.insert(max(0, position - 1), athlete)
        self.set_members(entry, members)

    def set_members(self, entry: int, athletes: Sequence[int]) -> None:
        """Say who is in a team, in order. Raises AlreadyEntered, NotATeam, UnknownCode."""
        (team,) = self._one("SELECT team_name FROM entry WHERE id = ?", entry)
        _, name = self._entry_head(entry)
        if team is None:
            raise NotATeam(name=name)
        wanted: dict[int, int] = {}
        for position, athlete in enumerate(athletes, start=1):
            if wanted.setdefault(athlete, position) != position:
                raise AlreadyEntered(name=self._entrant(athlete, None))
            self._entrant(athlete, None)
        with self.together(Action.CHANGE_TEAM, name) as writer:
            for row, athlete in self._member_rows(entry):
                if athlete in wanted:
                    writer.update("entry_member", row, position=wanted.pop(athlete))
                else:
                    writer.delete("entry_member", row)
            for athlete, position in wanted.items():
                writer.insert("entry_member", entry_id=entry, athlete_id=athlete, position=position)

    def _members(self, entry: int) -> list[int]:
        return [athlete for _, athlete in self._member_rows(entry)]

    def _member_rows(self, entry: int) -> list[Row]:
        """Row and athlete of the members, in order."""
        return self._all(
            "SELECT id, athlete_id FROM entry_member WHERE entry_id = ? ORDER BY position, id",
            entry,
        )
