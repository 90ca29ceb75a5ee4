"""Books from a readable facts file, like the sample that comes with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from medaldesk.book.book import Book
from medaldesk.book.changes import Action
from medaldesk.book.edits.programme import NewCompetition, NewEventType
from medaldesk.book.edits.records import NewBaseline
from medaldesk.book.errors import UnknownCode
from medaldesk.book.files import remove
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.resources import resource

Facts = Mapping[str, Any]

FOUNDING_RACE = "OWG2026/SSKW1000M"


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A mark of a facts file, still to be typed: the result it belongs to, and its text."""

    result: int
    name: str
    text: str
    unit: int | None


def sample_facts() -> Facts:
    """The facts of the sample book."""
    return tomllib.loads(resource("sample", "founding-race.toml").read_text(encoding="utf-8"))


def create_sample(path: Path, *, who: str | None = None) -> Book:
    """Make the sample book and open it; one that could not be filled is not left.

    Raises what `Book.create` raises.
    """
    facts = sample_facts()
    book = Book.create(path, name=facts["book"]["name"], who=who)
    try:
        fill(book, facts, action=Action.CREATE_BOOK)
    except BaseException:
        book.close()
        remove(path)
        raise
    return book


def fill(
    book: Book,
    facts: Facts,
    *,
    leave_open: str | None = None,
    action: Action = Action.IMPORT_RESULTS,
) -> list[TypedMark]:
    """Put facts into a book as one edit; as part of `CREATE_BOOK` it cannot be undone.

    The event named by `leave_open` (`OWG2026/SSKW1000M`) gets its start list only; its marks
    are returned in the order in which they were skated, for somebody to type.
    """
    with book.edits.together(action, str(facts["book"]["name"])):
        return _Filler(book, leave_open).fill(facts)


@dataclass(frozen=True, slots=True)
class _FieldFacts:
    """What all results of an event have in common; `day` is that of the nations' codes."""

    event: int
    gender: str
    day: str
    source: str | None


class _Filler:
    """Walks a facts file and makes the edits a person would."""

    def __init__(self, book: Book, leave_open: str | None) -> None:
        self._book = book
        self._leave_open = leave_open
        self._people: dict[str, int] = {}
        self._left: list[TypedMark] = []

    def fill(self, facts: Facts) -> list[TypedMark]:
        edits = self._book.edits
        for series in facts.get("series", ()):
            edits.add_series(series["code"], series["name"])
        for competition in facts.get("competition", ()):
            self._competition(competition)
        for event_type in facts.get("event_type", ()):
            self._event_type(event_type)
        for event in facts.get("event", ()):
            self._event(event)
        for record_list in facts.get("record_list", ()):
            self._record_list(record_list)
        return sorted(self._left, key=lambda mark: mark.unit or 0)

    def _competition(self, fact: Facts) -> None:
        self._book.edits.add_competition(
            NewCompetition(
                code=fact["code"],
                name=fact["name"],
                start=fact["start_date"],
                end=fact["end_date"],
                series=fact.get("series"),
                city=fact.get("city"),
                country=fact.get("country"),
                source=fact.get("source"),
            )
        )

    def _event_type(self, fact: Facts) -> None:
        self._book.edits.add_event_type(
            NewEventType(
                code=fact["code"],
                discipline=fact["discipline"],
                name=fact["name"],
                gender=fact["gender"],
                form=MarkFormat(
                    MarkKind(fact["mark_kind"]), Better(fact["better"]), fact["decimals"]
                ),
                team=fact["team"],
                classification=Classification(fact["classification"]),
                bronzes=fact["bronzes"],
                unit_kind=fact["unit_kind"],
            )
        )

    def _event(self, fact: Facts) -> None:
        reads, edits = self._book.reads, self._book.edits
        competition = reads.competition_by_code(fact["competition"])
        event_type = reads.event_type_by_code(fact["event_type"])
        event = edits.add_event(
            competition.id,
            event_type.id,
            fact["date"],
            venue=fact.get("venue"),
            source=fact.get("source"),
        )
        left_open = f"{competition.code}/{event_type.code}" == self._leave_open
        field = _FieldFacts(event, event_type.gender, competition.start, fact.get("source"))
        for result in fact["results"]:
            self._result(field, result, left_open=left_open)
        if "official_at" in fact and not left_open:
            edits.make_official(event, fact["official_at"])

    def _result(self, field: _FieldFacts, fact: Facts, *, left_open: bool) -> None:
        edits = self._book.edits
        entry = edits.add_entry(
            field.event,
            self._nation(fact["nation"], field.day),
            athlete=self._athlete(fact, field.gender),
            unit=f"{fact.get('pair', '')} {fact.get('lane', '')}",
            printed_name=fact.get("printed_as"),
            source=fact.get("source", field.source),
        )
        result = edits.result_of(entry)
        if note := fact.get("note"):
            edits.write_note(result, note)
        text = str(fact.get("mark") or fact.get("status") or "")
        if left_open:
            if text:
                self._left.append(TypedMark(result, fact["athlete"], text, fact.get("pair")))
            return
        if text:
            edits.enter_mark(result, text)
        if "rank" in fact:
            edits.enter_rank(entry, str(fact["rank"]))
        for split in fact.get("splits", ()):
            edits.enter_split(result, split["at"], split["mark"])

    def _athlete(self, fact: Facts, gender: str) -> int:
        key = fact.get("person", fact["athlete"])
        if key not in self._people:
            self._people[key] = self._book.edits.add_athlete(
                fact["athlete"],
                family_name=fact.get("family_name"),
                given_name=fact.get("given_name"),
                gender=gender,
            )
        return self._people[key]

    def _nation(self, code: str, day: str) -> int:
        nation = self._book.reads.nation_by_code(code, day)
        if nation is None:
            raise UnknownCode(what="nation", code=code)
        return nation

    def _record_list(self, fact: Facts) -> None:
        event_type = self._book.reads.event_type_by_code(fact["event_type"])
        record_list = self._book.edits.add_record_list(
            fact["kind"], event_type.id, series=fact.get("series")
        )
        if baseline := fact.get("baseline"):
            self._book.edits.set_baseline(record_list, self._baseline(baseline))

    def _baseline(self, fact: Facts) -> NewBaseline:
        day: date | None = fact.get("date")
        on = day.isoformat() if day else None
        return NewBaseline(
            holder=fact["holder"],
            mark=fact["mark"],
            nation=self._book.reads.nation_by_code(fact["nation"], on),
            day=day,
            place=fact.get("place"),
            source=fact.get("source"),
        )
