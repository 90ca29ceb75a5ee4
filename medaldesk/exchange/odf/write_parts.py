"""What messages have in common: elements of clean text, who competes, what an event is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead
from medaldesk.book.reads.messages import Entrant, Person
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.tidy import TidyEvent
from medaldesk.domain.marks import MarkKind
from medaldesk.exchange.odf.codes import (
    BOOK,
    PERSON_GENDERS,
    STATUS_OF_EVENT,
    DocumentType,
    Extra,
    ResultStatus,
    Rsc,
    event_rsc,
    phase_codes,
    unit_code,
)
from medaldesk.exchange.xml_text import xml_text

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message before it is stamped: `day` is the logical date, `payload` its `Competition`."""

    type: DocumentType
    competition: str
    rsc: Rsc
    day: str
    payload: Element
    status: ResultStatus | None = None


def element(tag: str, **attributes: Value) -> Element:
    """An element with those of its attributes that have a value, in the order given."""
    found = Element(tag)
    _fill(found, attributes)
    return found


def part(parent: Element, tag: str, **attributes: Value) -> Element:
    """A child at the end of an element."""
    found = SubElement(parent, tag)
    _fill(found, attributes)
    return found


def extra(parent: Element, tag: str, code: str, value: Value, pos: int | None = None) -> None:
    """A child that holds what the feed has no attribute for, where there is anything to hold."""
    if value is not None and value != "":
        part(parent, tag, Type=BOOK, Code=code, Pos=pos, Value=value)


def _fill(found: Element, attributes: Mapping[str, Value]) -> None:
    for name, value in attributes.items():
        if value is not None and value != "":
            found.set(name, xml_text(str(value)))


def yes(condition: object) -> str | None:
    """`Y`, or no attribute at all."""
    return "Y" if condition else None


def competition_payload(
    competition: CompetitionRow, *, start: str | None = None
) -> tuple[Element, Element]:
    """A `Competition` with its `ExtendedInfos`, which say what it is called and when it is.

    Every message has them: whichever is read first, the competition has its name and series.
    """
    payload = element("Competition", Code=competition.code)
    infos = part(payload, "ExtendedInfos")
    if start:
        part(infos, "UnitDateTime", StartDate=start)
    values: Mapping[Extra, Value] = {
        Extra.SERIES: competition.series,
        Extra.COMPETITION_NAME: competition.name,
        Extra.CITY: competition.city,
        Extra.START_DATE: competition.start,
        Extra.END_DATE: competition.end,
    }
    for code, value in values.items():
        extra(infos, "ExtendedInfo", code, value)
    return payload, infos


@dataclass(frozen=True)
class EventFacts:
    """All that the messages of one event share; `nations` is nation to its code in its days."""

    id: int
    reads: Reads
    facts: TidyEvent
    head: EventHead
    nations: Mapping[int, str]
    competition: CompetitionRow

    @cached_property
    def rsc(self) -> Rsc:
        return event_rsc(self.facts.event, self.facts.discipline, self.facts.gender)

    @cached_property
    def entrants(self) -> Mapping[int, Entrant]:
        return self.reads.entrants(self.id)

    @cached_property
    def team_codes(self) -> Mapping[int, str]:
        """Entry to the code of its team: the event, the nation, and which of its teams it is."""
        counted: Counter[str] = Counter()
        codes: dict[int, str] = {}
        for entrant in sorted(self.entrants.values(), key=lambda entrant: entrant.entry):
            if entrant.person is None:
                nation = self.nations[entrant.nation]
                counted[nation] += 1
                codes[entrant.entry] = f"{str(self.rsc)[:22]}{nation}{counted[nation]:02d}"
        return codes

    @cached_property
    def _phase_codes(self) -> Mapping[int, str]:
        phases = self.head.phases
        codes = phase_codes([phase.name for phase in phases])
        return {phase.id: code for phase, code in zip(phases, codes, strict=True)}

    @property
    def measured(self) -> Mapping[Extra, Value]:
        """What is measured in the event, and how it is classified."""
        facts = self.facts
        return {
            Extra.MARK_KIND: facts.mark_kind,
            Extra.BETTER: facts.better,
            Extra.DECIMALS: facts.decimals,
            Extra.CLASSIFICATION: facts.classification,
            Extra.BRONZES: facts.bronzes,
        }

    @property
    def kind(self) -> MarkKind:
        return self.head.form.kind

    @property
    def status(self) -> ResultStatus:
        return STATUS_OF_EVENT[self.head.status]

    def place(self, phase: int, unit: int | None) -> Rsc:
        """The code of a unit, or of a phase whose results belong to no unit."""
        rsc = self.rsc
        return Rsc(rsc.discipline, rsc.gender, rsc.event, self._phase_codes[phase], unit_code(unit))


def event_payload(
    event: EventFacts, *, phase: str | None = None, start: str | None = None
) -> Element:
    """A `Competition` that says which event it is about; `start` is when its unit began."""
    facts = event.facts
    payload, infos = competition_payload(event.competition, start=start)
    values: Mapping[Extra, Value] = {
        Extra.EVENT: None if event.rsc.event_code == facts.event else facts.event,
        **event.measured,
        Extra.DATE: facts.date,
        Extra.OFFICIAL: facts.official_at,
        Extra.SOURCE: facts.source,
    }
    for code, value in values.items():
        extra(infos, "ExtendedInfo", code, value)
    part(
        infos,
        "SportDescription",
        DisciplineName=event.head.discipline,
        EventName=facts.event_name,
        SubEventName=phase,
        Gender=facts.gender,
    )
    if facts.venue:
        part(infos, "VenueDescription", VenueName=facts.venue)
    return payload


# Who competes


def competitor(parent: Element, event: EventFacts, entry: int, lane: str | None = None) -> None:
    """Who is entered, with the people who make it up (RULES 9)."""
    entrant = event.entrants[entry]
    nation = event.nations[entrant.nation]
    code = str(entrant.person.id) if entrant.person else event.team_codes[entry]
    compose(parent, entrant, code, nation, lane)


def compose(
    parent: Element, entrant: Entrant, code: str, nation: str, lane: str | None = None
) -> None:
    """A `Competitor`: an athlete, or a team with its members in order."""
    person = entrant.person
    found = part(
        parent,
        "Competitor",
        Code=code,
        Type="A" if person else "T",
        Bib=None if person else entrant.bib,
        Organisation=nation,
    )
    if person is None:
        part(found, "Description", TeamName=entrant.name)
        extra(found, "EventUnitEntry", Extra.LANE, lane)
    composition = part(found, "Composition")
    if person is not None:
        row = athlete(composition, person, nation, entrant.name, order=1, bib=entrant.bib)
        extra(row, "EventUnitEntry", Extra.LANE, lane)
    for order, member in enumerate(entrant.members, start=1):
        athlete(composition, member, nation, member.name, order=order)


def athlete(
    parent: Element, person: Person, nation: str, name: str, *, order: int, bib: str | None = None
) -> Element:
    """An `Athlete` with a description, under a printed name."""
    row = part(parent, "Athlete", Code=person.id or None, Order=order, Bib=bib)
    family, given = full_name(person)
    part(
        row,
        "Description",
        GivenName=given,
        FamilyName=family,
        Gender=PERSON_GENDERS.get(person.gender or ""),
        Organisation=nation,
        BirthDate=person.birth_date,
    )
    if name != " ".join(filter(None, (given, family))):
        extra(row, "EventUnitEntry", Extra.NAME, name)
    return row


def full_name(person: Person) -> tuple[str, str | None]:
    """Family and given name; the whole name is the family name where it is in one piece."""
    return person.family_name or person.name, person.given_name if person.family_name else None
