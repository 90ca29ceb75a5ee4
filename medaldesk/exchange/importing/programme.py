"""Series, competitions and event types of a file: those of the book, and new ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from medaldesk.book.errors import DatesReversed, EmptyField, UnknownCode
from medaldesk.book.import_errors import DaysUnknown, MarksUnknown
from medaldesk.book.reads.bulk import BulkReads, KnownEventType
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkFormat, MarkKind
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.pending import Pending, Update
from medaldesk.exchange.importing.rows import EventFacts, RowError

LONGEST_CODE = 34
"""A code made from a name is not longer than one of the Olympic Data Feed; others may be."""


NEAR = timedelta(92)
"""How far a competition of the book can be from a day that a feed gives."""

NO_MARKS = MarkFormat(MarkKind.PLACING, Better.LOWER, 0)
"""What a new event is measured in until its rows say more."""


@dataclass(slots=True, eq=False)
class CompetitionState:
    """A competition of the book or a new one; `start` and `end` are empty until they are known.

    `facts` are what its rows say of it.
    """

    id: int
    code: str
    is_new: bool
    start: str = ""
    end: str = ""
    name: str = ""
    series: int | None = None
    city: str | None = None
    facts: EventFacts = field(default_factory=EventFacts)
    days: set[str] = field(default_factory=set)
    is_added: bool = False

    def settle_days(self) -> None:
        """The days that were given, else the first and last of the rows.

        Raises DaysUnknown, DatesReversed.
        """
        if not self.is_new:
            return
        days = self.days | ({self.facts.official} - {""})
        self.start = self.facts.start_date or min(days, default="") or self.facts.end_date
        self.end = self.facts.end_date or max(days, default="") or self.start
        if not self.start:
            raise RowError("start_date", DaysUnknown(code=self.code))
        if self.end < self.start:
            raise RowError("end_date", DatesReversed(start=self.start, end=self.end))


@dataclass(slots=True, eq=False)
class TypeState:
    """An event type; `known` where the book has it, else its facts are settled from its rows."""

    id: int
    discipline: int
    text: str
    facts: EventFacts
    known: KnownEventType | None = None
    code: str = ""
    name: str = ""
    gender: str = ""
    form: MarkFormat = NO_MARKS
    classification: str = ""
    bronzes: int = 1
    is_team: bool = False
    is_held: bool = False
    is_added: bool = False


class Measured(Protocol):
    """A row with a mark as it is typed."""

    @property
    def mark(self) -> str: ...
    @property
    def facts(self) -> EventFacts: ...


class Programme:
    """Finds what rows are about by code or name; new things are added to what is pending."""

    def __init__(self, reads: BulkReads, pending: Pending) -> None:
        self._reads = reads
        self._pending = pending
        self._series = _by_words(reads.known("series"))
        self._disciplines = _by_words(reads.known("discipline"))
        self._discipline_codes = {key: code for key, code, _ in reads.known("discipline")}
        self.competitions: dict[str, CompetitionState] = {}
        for known in reads.known_competitions():
            state = CompetitionState(
                known.id, known.code, False, known.start, known.end,
                known.name, known.series, known.city,
            )  # fmt: skip
            self.competitions.setdefault(fold(known.name), state)
            self.competitions[fold(known.code)] = state
        self._type_codes: dict[str, TypeState] = {}
        self._type_names: dict[tuple[str, int, str], TypeState] = {}
        for event_type in reads.known_event_types():
            self._remember(_known_type(event_type))

    def competition(self, facts: EventFacts) -> CompetitionState:
        """The competition of a row."""
        word = fold(facts.competition)
        state = self.competitions.get(word)
        if state is None:
            code = self._new_code(facts.competition, self.competitions)
            state = CompetitionState(0, code, True, facts=facts)
            self.competitions[word] = self.competitions[fold(code)] = state
        elif facts is not state.facts:
            _complete(state.facts, facts)
        return state

    def event_type(self, facts: EventFacts) -> TypeState:
        """The event type of a row: by code, else by discipline, name and gender.

        A code that nobody has is a new event, whatever its name: several may have one name. One
        that is another event's, `500M` of the men say, may be that of several: then names tell,
        but for a mixed event, whose rows may give the gender of each athlete.

        Raises RowError where the discipline of a new one is not known.
        """
        by_code = self._type_codes.get(fold(facts.event))
        if by_code is not None and self._has_code(by_code, facts):
            if by_code.known is not None:
                _complete_type(by_code, facts)
            return by_code
        discipline = self._discipline(facts)
        words = [facts.event] if by_code is None else [facts.event, facts.event_name]
        found = self._named(words, discipline, facts.gender) or _mixed(by_code, discipline)
        if found is not None:
            _complete_type(found, facts)
            return found
        if discipline is None:
            raise RowError("discipline", EmptyField(what="discipline"))
        name = facts.event_name if _looks_coded(facts.event) and facts.event_name else facts.event
        state = TypeState(0, discipline, facts.event, facts, name=name)
        state.gender = facts.gender
        self._remember(state)
        return state

    def _has_code(self, state: TypeState, facts: EventFacts) -> bool:
        """Whether the event of a row is the one that has its code: a code that names discipline
        and gender is that of one event, any other one may be that of several.
        """
        if fold(state.code).startswith(
            fold(self._discipline_codes[state.discipline] + state.gender)
        ):
            return True
        discipline = self._disciplines.get(fold(facts.discipline), state.discipline)
        return discipline == state.discipline and facts.gender in ("", state.gender)

    def _named(self, words: Iterable[str], discipline: int | None, gender: str) -> TypeState | None:
        """The event type that has one of some names; without a gender on either side it fits."""
        for word in filter(None, words):
            for key in (gender, ""):
                found = self._type_names.get((fold(word), discipline or 0, key))
                if found is not None and (not gender or key or not found.gender):
                    return found
        return None

    def settle_competition(self, state: CompetitionState) -> None:
        """Fix what a new competition is. Raises RowError where its days are not known."""
        if not state.is_new or state.id:
            return
        state.settle_days()
        state.id = self._pending["competition"].take_id()

    def add_competition(self, state: CompetitionState) -> None:
        """Add a new competition, when it is known that an event is held there."""
        if not state.is_new or state.is_added:
            return
        state.is_added = True
        facts = state.facts
        state.series = self.series(facts.series)
        self._pending["competition"].put(
            state.id,
            code=state.code,
            name=(_is_code(facts.competition) and facts.competition_name) or facts.competition,
            series_id=state.series,
            city=facts.city or None,
            start_date=state.start,
            end_date=state.end,
        )

    def settle_type(
        self, state: TypeState, marks: Sequence[str], genders: Collection[str], *, is_team: bool
    ) -> None:
        """Fix what a new event type is, from the marks in it and the genders of the athletes.

        Raises RowError.
        """
        state.is_team = is_team
        if state.known is not None:
            return
        state.form = _form(state, marks)
        state.gender = state.gender or _gender(state, genders, is_team=is_team)
        state.bronzes = state.facts.bronzes or 1
        state.code = self._type_code(state)
        state.id = self._pending["event_type"].take_id()
        self._type_codes[fold(state.code)] = state

    def types_of(self, facts: EventFacts) -> list[TypeState]:
        """The event types of a discipline that the book has. Raises RowError."""
        discipline = self._discipline(facts)
        known = {id(state): state for state in self._type_codes.values() if state.known}
        return [state for state in known.values() if state.discipline == discipline]

    def measure(self, state: TypeState, rows: Iterable[Measured], *, of_feed: bool) -> None:
        """Let marks be taken that come later than their event: neither a start list nor the first
        messages of a feed need say what is measured, nor to how many decimals. What somebody said
        of an event, or marks of the book show, holds against a table. Raises RowError where
        nothing says what is measured.
        """
        measured = [row for row in rows if row.mark]
        if state.known is None or not measured:
            return
        is_open = not (state.form.decimals or self._reads.has_results(state.id))
        if not (of_feed or is_open):
            return
        marks = [row.mark for row in measured]
        said = next((row.facts for row in measured if row.facts.mark_kind), None)
        if state.form.kind is not MarkKind.PLACING:
            decimals = max(map(_decimals, marks))
            form = replace(state.form, decimals=max(state.form.decimals, min(6, decimals)))
            self._remeasure(state, form)
        elif said is not None or not of_feed:
            self._remeasure(state, _form(replace(state, facts=said or EventFacts()), marks))

    def _remeasure(self, state: TypeState, form: MarkFormat) -> None:
        if form == state.form:
            return
        state.form = form
        columns = {"mark_kind": form.kind.value, "better": form.better.value}
        values = {**columns, "decimals": form.decimals}
        self._pending.updates.append(Update("event_type", state.id, values))

    def lengthen(self, state: CompetitionState) -> None:
        """Let a competition of the book begin earlier, or end later, as a feed says: at most by
        `NEAR` days, for a day beyond that is a mistake.
        """
        if state.is_new:
            return
        start, end = date.fromisoformat(state.start), date.fromisoformat(state.end)
        said = {*state.days, state.facts.start_date, state.facts.end_date} - {""}
        given = map(date.fromisoformat, said)
        near = [day for day in given if start - day <= NEAR and day - end <= NEAR]
        first, last = min([start, *near]).isoformat(), max([end, *near]).isoformat()
        if (first, last) != (state.start, state.end):
            state.start, state.end = first, last
            values = {"start_date": first, "end_date": last}
            self._pending.updates.append(Update("competition", state.id, values))

    def complete(self, state: CompetitionState) -> None:
        """Let a feed say what the book does not have of a competition, whose first messages need
        not give more than its code. A name that is another one was given by a person, and stays.
        """
        if state.is_new:
            return
        facts, values = state.facts, dict[str, str | int | None]()
        if _names(facts.competition_name, state.code, state.name):
            values["name"] = state.name = facts.competition_name
        if facts.series and state.series is None:
            values["series_id"] = state.series = self.series(facts.series)
        if facts.city and not state.city:
            values["city"] = state.city = facts.city
        if values:
            self._pending.updates.append(Update("competition", state.id, values))

    def name_type(self, state: TypeState) -> None:
        """Let a feed name an event type that the book has by its code alone."""
        name = state.facts.event_name
        if state.known is not None and _names(name, state.code, state.name):
            state.name = name
            self._pending.updates.append(Update("event_type", state.id, {"name": name}))

    def add_type(self, state: TypeState) -> None:
        """Add a new event type, when it is known how its first event is classified."""
        state.is_added = True
        self._pending["event_type"].put(
            state.id,
            code=state.code,
            discipline_id=state.discipline,
            name=state.name,
            gender=state.gender,
            team=int(state.is_team),
            mark_kind=state.form.kind.value,
            better=state.form.better.value,
            decimals=state.form.decimals,
            classification=state.classification or Classification.FINAL.value,
            bronzes=state.bronzes,
        )

    def _remember(self, state: TypeState) -> None:
        if state.known is not None:
            self._type_codes[fold(state.code)] = state
        for discipline in (state.discipline, 0):
            for gender in {state.gender, ""}:
                self._type_names.setdefault((fold(state.name), discipline, gender), state)
                if state.text:
                    self._type_names.setdefault((fold(state.text), discipline, gender), state)

    def _discipline(self, facts: EventFacts) -> int | None:
        if not facts.discipline:
            return None
        found = self._disciplines.get(fold(facts.discipline))
        if found is None:
            error = UnknownCode(what="discipline", code=facts.discipline)
            raise RowError("discipline", error)
        return found

    def series_of(self, competition: str) -> int | None:
        """The series of a competition, by the code of that; as it will be."""
        return self.competitions[fold(competition)].series

    def find_series(self, text: str) -> int | None:
        """The id of a series by code or name; None for one that is new."""
        return self._series.get(fold(text))

    def series(self, text: str) -> int | None:
        """The id of a series by code or name, added where it is new; None for no text."""
        if not text:
            return None
        found = self._series.get(fold(text))
        if found is None:
            code = self._new_code(text, self._series)
            found = self._pending["series"].add(code, text)
            self._series[fold(text)] = self._series[fold(code)] = found
        return found

    def _type_code(self, state: TypeState) -> str:
        if _looks_coded(state.text) and fold(state.text) not in self._type_codes:
            return state.text
        discipline = self._discipline_codes[state.discipline]
        return self._new_code(f"{discipline}{state.gender} {state.name}", self._type_codes)

    def _new_code(self, text: str, taken: Iterable[str]) -> str:
        """A text as a code: its letters and digits, and a number where that is taken."""
        if _is_code(text) and len(text) <= LONGEST_CODE:
            return text.upper()
        parts = re.findall(r"[A-Z0-9]+", fold(text).replace("'", "").upper())
        code = "-".join(parts)[:LONGEST_CODE].strip("-") or "X"
        number, free = 1, code
        while fold(free) in taken:
            number += 1
            suffix = f"-{number}"
            free = code[: LONGEST_CODE - len(suffix)].rstrip("-") + suffix
        return free


def _by_words(known: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    words: dict[str, int] = {}
    for key, code, name in known:
        words[fold(code)] = key
        words.setdefault(fold(name), key)
    return words


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[^\s/]+", text) is not None


def _looks_coded(text: str) -> bool:
    """Whether the text of an event is a code; anything else is its name."""
    return _is_code(text) and text == text.upper()


def _mixed(state: TypeState | None, discipline: int | None) -> TypeState | None:
    """A mixed event of a discipline, None for any other one."""
    is_it = state is not None and state.gender == "X" and discipline in (None, state.discipline)
    return state if is_it else None


def _known_type(known: KnownEventType) -> TypeState:
    return TypeState(
        known.id,
        known.discipline,
        "",
        EventFacts(),
        known,
        code=known.code,
        name=known.name,
        gender=known.gender,
        form=MarkFormat(MarkKind(known.mark_kind), Better(known.better), known.decimals),
        classification=known.classification,
        bronzes=known.bronzes,
    )


def _names(name: str, code: str, known: str) -> bool:
    """Whether a name says more than is known, which is the code alone."""
    return bool(name) and name != known and fold(known) == fold(code)


def _complete(facts: EventFacts, others: EventFacts) -> None:
    """What the first row of a competition lacks, or the book, a later one may say."""
    for name in ("series", "competition_name", "city", "start_date", "end_date"):
        if not getattr(facts, name):
            setattr(facts, name, getattr(others, name))


# What a new event type is


def _complete_type(state: TypeState, facts: EventFacts) -> None:
    """What the first row of a new event type lacks, a later one may say."""
    if facts is state.facts:
        return
    for name in ("event_name", "mark_kind", "better", "decimals", "bronzes"):
        if getattr(state.facts, name) in ("", None):
            setattr(state.facts, name, getattr(facts, name))
    if state.name == state.text and _looks_coded(state.text):
        state.name = state.facts.event_name or state.name


def _gender(state: TypeState, genders: Collection[str], *, is_team: bool) -> str:
    """By the words of its name, else by who competes."""
    name = state.name.replace("’", "'")
    if re.search(r"\bmixed\b", name, re.IGNORECASE):
        return "X"
    if re.search(r"wom[ae]n|ladies|girls", name, re.IGNORECASE):
        return "W"
    if re.search(r"\bm[ae]n('?s)?\b|\bboys\b", name, re.IGNORECASE):
        return "M"
    if len(genders) == 1:
        return next(iter(genders))
    return "X" if is_team or not genders else "O"


_USUALLY_HIGHER = frozenset({MarkKind.DISTANCE, MarkKind.WEIGHT, MarkKind.POINTS, MarkKind.SCORE})


def _form(state: TypeState, marks: Sequence[str]) -> MarkFormat:
    """How an event is measured: as the file says, else times where marks look like times."""
    facts = state.facts
    kind = facts.mark_kind or ("" if marks else MarkKind.PLACING)
    if not kind and any(":" in mark for mark in marks):
        kind = MarkKind.TIME
    if not kind:
        raise RowError("mark_kind", MarksUnknown(name=state.name))
    found = MarkKind(kind)
    better = facts.better or (Better.HIGHER if found in _USUALLY_HIGHER else Better.LOWER)
    decimals = facts.decimals
    if decimals is None:
        decimals = min(6, max(map(_decimals, marks), default=0))
    return MarkFormat(found, Better(better), decimals)


def _decimals(mark: str) -> int:
    match = re.search(r"[.,]([0-9]+)$", mark)
    return len(match[1]) if match else 0
