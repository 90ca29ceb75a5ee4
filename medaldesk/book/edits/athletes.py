"""Edits of people: who is in the book, what is known of them, and which two are one."""

from __future__ import annotations

from datetime import date
from typing import Any

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import AthleteInUse, BadDate, BothEntered, NamedTwice, UnknownCode
from medaldesk.domain.names import fold, split_name

_EARLIEST_BIRTH = date(1800, 1, 1)

_OF_ATHLETE = ("entry", "entry_member", "record_baseline")
"""The tables whose rows name an athlete."""

_DESCRIBED = ("gender", "birth_date", "note", "source_id")
"""What the one who stays takes over from the other, where nothing is known."""

_TOOK_PART = """SELECT event_id FROM entry WHERE athlete_id = ?
UNION SELECT n.event_id FROM entry_member AS m JOIN entry AS n ON n.id = m.entry_id
WHERE m.athlete_id = ?"""

_BOTH_TOOK_PART = f"""SELECT t.name || ', ' || c.name
FROM ({_TOOK_PART} INTERSECT SELECT event_id FROM ({_TOOK_PART})) AS both
JOIN event AS e ON e.id = both.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
ORDER BY e.date, e.id LIMIT 1"""


class AthleteEdits(EditBase):
    """The people of a book."""

    def add_athlete(
        self,
        name: str,
        *,
        family_name: str | None = None,
        given_name: str | None = None,
        gender: str | None = None,
    ) -> int:
        """Add a person by the printed name. Raises EmptyField."""
        clean = needed("name", name)
        given, family = split_name(clean) if family_name is None else (given_name, family_name)
        with self.together(Action.ADD_ATHLETE, clean) as writer:
            return writer.insert(
                "athlete",
                name=clean,
                family_name=family,
                given_name=given,
                gender=gender,
                search_name=fold(clean),
            )

    def rename_athlete(self, athlete: int, name: str) -> None:
        """Correct a person's name everywhere it is not printed otherwise. Raises EmptyField."""
        clean = needed("name", name)
        given, family = split_name(clean)
        with self.together(Action.RENAME_ATHLETE, clean) as writer:
            writer.update(
                "athlete",
                athlete,
                name=clean,
                given_name=given,
                family_name=family,
                search_name=fold(clean),
            )

    def describe_athlete(
        self, athlete: int, *, gender: str | None, birth_date: date | None
    ) -> None:
        """Say of a person what is known: `gender` is M, W or X.

        Raises BadDate for a birth before 1800 or after today, UnknownCode.
        """
        name = self._name_of(athlete)
        if gender not in (None, "M", "W", "X"):
            raise UnknownCode(what="gender", code=gender)
        if birth_date is not None and not _EARLIEST_BIRTH <= birth_date <= date.today():
            raise BadDate(text=birth_date.isoformat())
        with self.together(Action.DESCRIBE_ATHLETE, name) as writer:
            writer.update(
                "athlete",
                athlete,
                gender=gender,
                birth_date=birth_date.isoformat() if birth_date else None,
            )

    def merge_athletes(self, keep: int, other: int) -> None:
        """Two are one person: all that `other` did becomes that of `keep`, then `other` goes.

        Gender, date of birth and note are taken over where `keep` has none. Raises BothEntered
        where both are in one event, alone or in a team, NamedTwice, UnknownCode.
        """
        name, name_of_other = self._name_of(keep), self._name_of(other)
        if keep == other:
            raise NamedTwice(what="athlete", name=name)
        if both := self._find(_BOTH_TOOK_PART, keep, keep, other, other):
            raise BothEntered(name=name, other=name_of_other, event=both[0])
        with self.together(Action.MERGE_ATHLETES, f"{name_of_other} → {name}") as writer:
            writer.update("athlete", keep, **self._only_of(other, keep))
            for table in _OF_ATHLETE:
                for (row,) in self._all(f"SELECT id FROM {table} WHERE athlete_id = ?", other):
                    writer.update(table, row, athlete_id=keep)
            writer.delete("athlete", other)

    def delete_athlete(self, athlete: int) -> None:
        """Take a person out of the book. Raises AthleteInUse, UnknownCode."""
        name = self._name_of(athlete)
        for table in _OF_ATHLETE:
            if self._find(f"SELECT 1 FROM {table} WHERE athlete_id = ?", athlete):
                raise AthleteInUse(name=name)
        with self.together(Action.DELETE_ATHLETE, name) as writer:
            writer.delete("athlete", athlete)

    def _only_of(self, other: int, keep: int) -> dict[str, Any]:
        """What is known of one and not of the one who stays."""
        select = f"SELECT {', '.join(_DESCRIBED)} FROM athlete WHERE id = ?"
        both = zip(_DESCRIBED, self._one(select, other), self._one(select, keep), strict=True)
        return {column: known for column, known, kept in both if kept is None}

    def _name_of(self, athlete: int) -> str:
        (name,) = self._one("SELECT name FROM athlete WHERE id = ?", athlete)
        return str(name)
