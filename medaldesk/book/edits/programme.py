"""Edits of the programme: series, competitions, event types, events, phases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from medaldesk.book.changes import Action
from medaldesk.book.edits.base import EditBase, needed
from medaldesk.book.errors import (
    DateOutsideCompetition,
    DatesReversed,
    DuplicateCode,
    EmptyField,
    EventAfterItsDecision,
    EventAfterOfficial,
    MarksDoNotFit,
    OfficialBeforeEvent,
    OnlyPhase,
)
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MarkError
from medaldesk.domain.marks import Mark, MarkFormat, MarkKind, format_mark, parse_mark


@dataclass(frozen=True, slots=True)
class NewCompetition:
    """What a competition is created from; `series` is a code."""

    code: str
    name: str
    start: date
    end: date
    series: str | None = None
    city: str | None = None
    country: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NewEventType:
    """The event as it recurs; `discipline` is a code, `gender` one of M, W, X, O.

    `breaks_ties`: its rules demand that ties are broken (RULES R3). `keeps_bests`: the book holds
    whole careers of it, so that personal and season bests can be told (RULES R29).
    """

    code: str
    discipline: str
    name: str
    gender: str
    form: MarkFormat
    team: bool = False
    classification: Classification = Classification.FINAL
    bronzes: int = 1
    unit_kind: str = "heat"
    breaks_ties: bool = False
    measures_wind: bool = False
    keeps_bests: bool = False


class ProgrammeEdits(EditBase):
    """What is contested, where and when."""

    def rename_book(self, name: str) -> None:
        """Give the book another name. Raises EmptyField."""
        with self.together(Action.RENAME_BOOK, name) as writer:
            writer.update("book", 1, name=needed("name", name))

    def add_series(self, code: str, name: str) -> int:
        """Add a series of competitions. Raises DuplicateCode, EmptyField."""
        with self.together(Action.ADD_SERIES, name) as writer:
            return writer.insert(
                "series", code=self._new("series", code), name=needed("name", name)
            )

    def add_competition(self, new: NewCompetition) -> int:
        """Add a competition. Raises DuplicateCode, EmptyField, DatesReversed, UnknownCode."""
        with self.together(Action.ADD_COMPETITION, new.name) as writer:
            if new.end < new.start:
                raise DatesReversed(start=new.start.isoformat(), end=new.end.isoformat())
            return writer.insert(
                "competition",
                code=self._new("competition", new.code),
                name=needed("name", new.name),
                series_id=self._id_of("series", new.series) if new.series else None,
                city=new.city,
                country=new.country,
                start_date=new.start.isoformat(),
                end_date=new.end.isoformat(),
                source_id=self._source(writer, new.source),
            )

    def change_competition(
        self, competition: int, *, name: str, start: date, end: date, city: str | None = None
    ) -> None:
        """Change a competition. Raises EmptyField, DatesReversed, DateOutsideCompetition."""
        if end < start:
            raise DatesReversed(start=start.isoformat(), end=end.isoformat())
        outside = self._find(
            "SELECT date FROM event WHERE competition_id = ? AND date NOT BETWEEN ? AND ?",
            competition,
            start.isoformat(),
            end.isoformat(),
        )
        if outside:
            raise DateOutsideCompetition(
                date=outside[0], start=start.isoformat(), end=end.isoformat()
            )
        with self.together(Action.CHANGE_COMPETITION, name) as writer:
            writer.update(
                "competition",
                competition,
                name=needed("name", name),
                start_date=start.isoformat(),
                end_date=end.isoformat(),
                city=city,
            )

    def set_series(self, competition: int, series: str | None) -> None:
        """Say by its code which series a competition is of, or that it is of none.

        Its results then count for other record lists. Raises UnknownCode.
        """
        (name,) = self._one("SELECT name FROM competition WHERE id = ?", competition)
        series_id = self._id_of("series", series) if series else None
        with self.together(Action.CHANGE_COMPETITION, name) as writer:
            writer.update("competition", competition, series_id=series_id)

    def delete_competition(self, competition: int) -> None:
        """Delete a competition with all that was held there."""
        (name,) = self._one("SELECT name FROM competition WHERE id = ?", competition)
        with self.together(Action.DELETE_COMPETITION, name) as writer:
            writer.delete("competition", competition)

    def add_event_type(self, new: NewEventType) -> int:
        """Add an event type. Raises DuplicateCode, EmptyField, UnknownCode."""
        with self.together(Action.ADD_EVENT_TYPE, new.name) as writer:
            return writer.insert(
                "event_type", code=self._new("event_type", new.code), **self._described(new)
            )

    def change_event_type(self, event_type: int, new: NewEventType) -> None:
        """Describe an event type anew, and how the events held of it are classified.

        Its code stays: paths are known outside the book. Raises EmptyField, UnknownCode, and
        MarksDoNotFit where marks, splits or records before the book are of another kind, or
        have more decimals.
        """
        values = self._described(new)
        with self.together(Action.CHANGE_EVENT_TYPE, values["name"]) as writer:
            self._refuse_misfits(event_type, new.form)
            writer.update("event_type", event_type, **values)
            for (event,) in self._all("SELECT id FROM event WHERE event_type_id = ?", event_type):
                writer.update(
                    "event",
                    event,
                    classification=new.classification,
                    bronzes=new.bronzes,
                    breaks_ties=int(new.breaks_ties),
                )

    def add_event(
        self,
        competition: int,
        event_type: int,
        day: date,
        *,
        venue: str | None = None,
        source: str | None = None,
    ) -> int:
        """Hold an event type at a competition, with one phase to start with.

        Raises DuplicateCode where it is held already, DateOutsideCompetition.
        """
        name, code, method, bronzes, breaks_ties = self._one(
            """SELECT name, code, classification, bronzes, breaks_ties
            FROM event_type WHERE id = ?""",
            event_type,
        )
        with self.together(Action.ADD_EVENT, name) as writer:
            if self._find(
                "SELECT 1 FROM event WHERE competition_id = ? AND event_type_id = ?",
                competition,
                event_type,
            ):
                raise DuplicateCode(what="event", code=code)
            event = writer.insert(
                "event",
                competition_id=competition,
                event_type_id=event_type,
                venue_id=self._venue(writer, venue),
                date=self._inside(competition, day),
                classification=method,
                bronzes=bronzes,
                breaks_ties=breaks_ties,
                source_id=self._source(writer, source),
            )
            writer.insert("phase", event_id=event, position=1, name="Final")
            return event

    def change_event(self, event: int, *, day: date, venue: str | None) -> None:
        """Change the day and the venue of an event.

        Raises DateOutsideCompetition, EventAfterOfficial, EventAfterItsDecision.
        """
        competition, name = self._event_head(event)
        with self.together(Action.CHANGE_EVENT, name) as writer:
            self._refuse_after_all(event, day.isoformat())
            writer.update(
                "event",
                event,
                date=self._inside(competition, day),
                venue_id=self._venue(writer, venue),
            )

    def _refuse_after_all(self, event: int, day: str) -> None:
        """An event is not moved behind what followed from it.

        Raises EventAfterOfficial, EventAfterItsDecision.
        """
        was, official, decided, begun = self._one(
            """SELECT e.date, e.official_at, (SELECT min(date) FROM decision WHERE event_id = e.id),
                (SELECT min(coalesce(u.date, p.date)) FROM phase AS p
                LEFT JOIN unit AS u ON u.phase_id = p.id WHERE p.event_id = e.id)
            FROM event AS e WHERE e.id = ?""",
            event,
        )
        if day <= was:
            return
        if official is not None and official < day:
            raise EventAfterOfficial(date=day, start=official)
        if decided is not None and decided < min(day, begun or day):
            raise EventAfterItsDecision(date=day, start=decided)

    def delete_event(self, event: int) -> None:
        """Delete an event with its entries and results.

        Its event type goes too where nothing else needs it: no event and no record list.
        """
        _, name = self._event_head(event)
        (event_type,) = self._one("SELECT event_type_id FROM event WHERE id = ?", event)
        with self.together(Action.DELETE_EVENT, name) as writer:
            writer.delete("event", event)
            if not self._find(
                """SELECT 1 FROM event WHERE event_type_id = ?
                UNION ALL SELECT 1 FROM record_list WHERE event_type_id = ?""",
                *(event_type, event_type),
            ):
                writer.delete("event_type", event_type)

    def make_official(self, event: int, on: date) -> None:
        """Close an event: its medals count from this day on (RULES R10).

        Raises OfficialBeforeEvent: an event of several days is decided on the last.
        """
        _, name = self._event_head(event)
        (day,) = self._one("SELECT date FROM event WHERE id = ?", event)
        if on.isoformat() < day:
            raise OfficialBeforeEvent(date=on.isoformat(), start=day)
        with self.together(Action.MAKE_OFFICIAL, name) as writer:
            writer.update("event", event, status="official", official_at=on.isoformat())

    def reopen_event(self, event: int) -> None:
        """Open an official event again: its medals are as it stands once more (RULES R10)."""
        _, name = self._event_head(event)
        (status,) = self._one("SELECT status FROM event WHERE id = ?", event)
        with self.together(Action.REOPEN_EVENT, name) as writer:
            if status == "official":
                writer.update("event", event, status="unofficial", official_at=None)

    def add_phase(self, event: int, name: str, position: int | None = None) -> int:
        """Add a phase at a position, from 1, before the phases from there on.

        Without a position it comes after the last one and becomes the deciding phase (RULES R4,
        R5). Raises EmptyField.
        """
        with self.together(Action.ADD_PHASE, name) as writer:
            (last,) = self._one(
                "SELECT coalesce(max(position), 0) FROM phase WHERE event_id = ?", event
            )
            place = last + 1 if position is None else max(1, min(position, last + 1))
            # The last goes first: no two phases stand at one position at any time.
            for phase, at in self._all(
                """SELECT id, position FROM phase WHERE event_id = ? AND position >= ?
                ORDER BY position DESC""",
                *(event, place),
            ):
                writer.update("phase", phase, position=at + 1)
            return writer.insert("phase", event_id=event, position=place, name=needed("name", name))

    def rename_phase(self, phase: int, name: str) -> None:
        """Give a phase another name. Raises EmptyField."""
        clean = needed("name", name)
        with self.together(Action.RENAME_PHASE, clean) as writer:
            writer.update("phase", phase, name=clean)

    def delete_phase(self, phase: int) -> None:
        """Delete a phase with its results; the phases behind it move up. Raises OnlyPhase.

        Whoever competed in no other phase stays entered, in the first one without a mark.
        """
        event, name = self._one("SELECT event_id, name FROM phase WHERE id = ?", phase)
        others = self._all(
            "SELECT id FROM phase WHERE event_id = ? AND id <> ? ORDER BY position", event, phase
        )
        if not others:
            raise OnlyPhase(name=name)
        with self.together(Action.DELETE_PHASE, name) as writer:
            writer.delete("phase", phase)
            for position, (other,) in enumerate(others, start=1):
                writer.update("phase", other, position=position)
            for (entry,) in self._all(
                """SELECT n.id FROM entry AS n WHERE n.event_id = ? AND NOT EXISTS (
                    SELECT 1 FROM result AS r WHERE r.entry_id = n.id) ORDER BY n.id""",
                event,
            ):
                writer.insert("result", event_id=event, entry_id=entry, phase_id=others[0][0])

    def _described(self, new: NewEventType) -> dict[str, Any]:
        """The columns of an event type but its code. Raises EmptyField, UnknownCode."""
        return {
            "discipline_id": self._id_of("discipline", new.discipline),
            "name": needed("name", new.name),
            "gender": new.gender,
            "team": int(new.team),
            "mark_kind": new.form.kind,
            "better": new.form.better,
            "decimals": new.form.decimals,
            "classification": new.classification,
            "bronzes": new.bronzes,
            "unit_kind": new.unit_kind,
            "breaks_ties": int(new.breaks_ties),
            "measures_wind": int(new.measures_wind),
            "keeps_bests": int(new.keeps_bests),
        }

    def _refuse_misfits(self, event_type: int, form: MarkFormat) -> None:
        """Every mark must read the same in the new form as it is printed. Raises MarksDoNotFit."""
        kind, decimals = self._one(
            "SELECT mark_kind, decimals FROM event_type WHERE id = ?", event_type
        )
        if (kind, decimals) == (form.kind, form.decimals):
            return
        for value, shown, score in self._all(_ENTERED, *[event_type] * 3):
            text = score or format_mark(Mark(value, shown), MarkKind(kind))
            fits = form.kind is MarkKind.SCORE if score else _reads_as(text, value, form)
            if not fits:
                raise MarksDoNotFit(text=text, format=form)

    def _new(self, table: str, code: str) -> str:
        """A code that nothing else in its table has. Raises EmptyField, DuplicateCode."""
        clean = code.strip().upper()
        if not clean or "/" in clean or any(letter.isspace() for letter in clean):
            raise EmptyField(what="code")
        if self._taken(table, clean):
            raise DuplicateCode(what=table, code=clean)
        return clean


_ENTERED = """SELECT r.mark, r.mark_decimals, r.score
FROM event AS e JOIN result AS r ON r.event_id = e.id
WHERE e.event_type_id = ? AND (r.mark IS NOT NULL OR r.score IS NOT NULL)
UNION SELECT s.value, s.decimals, NULL
FROM event AS e JOIN result AS r ON r.event_id = e.id JOIN split AS s ON s.result_id = r.id
WHERE e.event_type_id = ?
UNION SELECT b.mark, b.mark_decimals, NULL
FROM record_list AS l JOIN record_baseline AS b ON b.record_list_id = l.id
WHERE l.event_type_id = ?"""
"""All that was typed in the kind of mark of an event type, each only once."""


def _reads_as(text: str, value: int, form: MarkFormat) -> bool:
    """Whether a mark as printed is the same mark, in millionths, in another form."""
    try:
        return parse_mark(text, form).value == value
    except MarkError:
        return False
