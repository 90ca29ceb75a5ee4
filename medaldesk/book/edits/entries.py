"""Edits of who competes: entries, and their place in a unit."""

from __future__ import annotations

from typing import Any

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import AlreadyEntered, EntryDecided
from medaldesk.book.journal import Writer
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.domain.units import UnitPlace, parse_unit

_WIND_OF_UNIT = """SELECT r.wind FROM result AS r JOIN event AS e ON e.id = r.event_id
JOIN event_type AS t ON t.id = e.event_type_id
WHERE r.unit_id = ? AND r.wind IS NOT NULL AND t.mark_kind = 'time' LIMIT 1"""


class EntryEdits(EditBase):
    """Who competes in what, for whom, and where."""

    def add_entry(
        self,
        event: int,
        nation: int,
        *,
        athlete: int | None = None,
        team: str | None = None,
        unit: str = "",
        start_order: int | None = None,
        phase: int | None = None,
        printed_name: str | None = None,
        note: str | None = None,
        source: str | None = None,
    ) -> int:
        """Enter an athlete, or a team by its name, in a phase of an event, the first if not named.

        `unit` is the unit and lane as typed; `source` is where the result comes from. Raises
        AlreadyEntered, EmptyField, UnitNotUnderstood, UnknownCode.
        """
        place = parse_unit(unit)
        name = self._entrant(athlete, team)
        if athlete is not None and self._find(
            "SELECT 1 FROM entry WHERE event_id = ? AND athlete_id = ?", event, athlete
        ):
            raise AlreadyEntered(name=name)
        if phase is None:
            (phase,) = self._one(
                "SELECT id FROM phase WHERE event_id = ? ORDER BY position LIMIT 1", event
            )
        with self.together(Action.ADD_ENTRY, name) as writer:
            entry = writer.insert(
                "entry",
                event_id=event,
                nation_id=nation,
                athlete_id=athlete,
                team_name=None if athlete is not None else name,
                printed_name=printed_name,
                note=note,
            )
            writer.insert(
                "result",
                event_id=event,
                entry_id=entry,
                phase_id=phase,
                start_order=start_order,
                source_id=self._source(writer, source),
                **self._place(writer, phase, place),
            )
            return entry

    def add_result(
        self, entry: int, phase: int, *, unit: str = "", start_order: int | None = None
    ) -> int:
        """Let an entry compete in a further phase, or again in another unit of the same.

        Raises UnitNotUnderstood, AlreadyEntered.
        """
        place = parse_unit(unit)
        event, name = self._entry_head(entry)
        with self.together(Action.ADD_ENTRY, name) as writer:
            values = self._place(writer, phase, place)
            self._refuse_double(name, None, entry=entry, phase=phase, unit=values["unit_id"])
            return writer.insert(
                "result",
                event_id=event,
                entry_id=entry,
                phase_id=phase,
                start_order=start_order,
                **values,
            )

    def change_entry_nation(self, entry: int, nation: int) -> None:
        """Correct for whom an entry competes: a fact of the entry, not the person (RULES R16)."""
        _, name = self._entry_head(entry)
        with self.together(Action.CHANGE_ENTRY, name) as writer:
            writer.update("entry", entry, nation_id=nation)

    def change_entry_athlete(self, entry: int, athlete: int) -> None:
        """Correct who competes in an entry; a team becomes a person. Raises AlreadyEntered."""
        event, _ = self._entry_head(entry)
        name = self._entrant(athlete, None)
        if self._find(
            "SELECT 1 FROM entry WHERE event_id = ? AND athlete_id = ? AND id <> ?",
            event,
            athlete,
            entry,
        ):
            raise AlreadyEntered(name=name)
        with self.together(Action.CHANGE_ENTRY, name) as writer:
            for (row,) in self._all("SELECT id FROM entry_member WHERE entry_id = ?", entry):
                writer.delete("entry_member", row)
            writer.update("entry", entry, athlete_id=athlete, team_name=None, printed_name=None)

    def rename_team(self, entry: int, name: str) -> None:
        """Correct the name of a team. Raises EmptyField."""
        clean = needed("name", name)
        with self.together(Action.CHANGE_ENTRY, clean) as writer:
            writer.update("entry", entry, team_name=clean)

    def delete_entry(self, entry: int) -> None:
        """Take an entry off the start list with its results. Raises EntryDecided."""
        _, name = self._entry_head(entry)
        decided = self._find(
            """SELECT d.body FROM decision_line AS l JOIN decision AS d ON d.id = l.decision_id
            WHERE l.entry_id = ? ORDER BY d.date, d.id""",
            entry,
        )
        if decided:
            raise EntryDecided(name=name, body=decided[0])
        with self.together(Action.DELETE_ENTRY, name) as writer:
            writer.delete("entry", entry)

    def place_in_unit(self, result: int, text: str) -> None:
        """Put a result in a unit and lane as typed; nothing typed takes it out.

        Raises UnitNotUnderstood, AlreadyEntered where the entry is in that unit already.
        """
        place = parse_unit(text)
        phase, entry = self._one("SELECT phase_id, entry_id FROM result WHERE id = ?", result)
        _, name = self._entry_head(entry)
        with self.together(Action.PLACE_IN_UNIT, f"{name} {text.strip()}".strip()) as writer:
            values = self._place(writer, phase, place)
            self._refuse_double(name, result, entry=entry, phase=phase, unit=values["unit_id"])
            writer.update("result", result, **values)

    def _place(self, writer: Writer, phase: int, place: UnitPlace) -> dict[str, Any]:
        """The columns of a result that say where it is; a unit that is new is added.

        Who comes into a unit of a race gets the wind that blew there, where it is known.
        """
        unit = None
        if place.unit is not None:
            row = self._find(
                "SELECT id FROM unit WHERE phase_id = ? AND position = ?", phase, place.unit
            )
            unit = row[0] if row else writer.insert("unit", phase_id=phase, position=place.unit)
        wind = self._find(_WIND_OF_UNIT, unit)
        return {"unit_id": unit, "lane": place.lane} | ({"wind": wind[0]} if wind else {})

    def _refuse_double(
        self, name: str, result: int | None, *, entry: int, phase: int, unit: int | None
    ) -> None:
        """Nobody competes twice in one unit. Raises AlreadyEntered."""
        if unit is not None and self._find(
            """SELECT 1 FROM result WHERE entry_id = ? AND phase_id = ? AND unit_id = ?
            AND id IS NOT ?""",
            *(entry, phase, unit, result),
        ):
            raise AlreadyEntered(name=name)

    def _entrant(self, athlete: int | None, team: str | None) -> str:
        if athlete is None:
            return needed("name", team or "")
        (name,) = self._one("SELECT name FROM athlete WHERE id = ?", athlete)
        return str(name)

    def _entry_head(self, entry: int) -> tuple[int, str]:
        """The event and the name of an entry."""
        event, name = self._one(
            f"""SELECT n.event_id, {ENTRY_NAME} FROM entry AS n
            LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE n.id = ?""",
            entry,
        )
        return event, name
