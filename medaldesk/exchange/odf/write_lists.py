"""Messages beyond one event: who takes part, and the medal table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from medaldesk.book.reads import Reads
from medaldesk.book.reads.messages import Entrant, Person
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.standings import NationLine
from medaldesk.domain.ranking import Rank
from medaldesk.domain.standings import RankBy, Tally
from medaldesk.exchange.odf.codes import PERSON_GENDERS, TOTAL, DocumentType, Extra, Rsc
from medaldesk.exchange.odf.write_parts import (
    EventFacts,
    Message,
    Value,
    competition_payload,
    extra,
    full_name,
    part,
    yes,
)

GENERAL = Rsc("GEN")
"""The code of messages that are about a whole competition."""

# Who takes part


@dataclass(slots=True)
class _Participant:
    person: Person
    nation: str
    events: list[tuple[str, Entrant]] = field(default_factory=list)


def participants(events: Sequence[EventFacts]) -> Message:
    """The athletes of a discipline, members of teams too, with what they are entered for alone.

    It is the first message that names the events of a discipline, and tells of each what it is.
    """
    first = events[0]
    discipline = Rsc(first.facts.discipline)
    payload, infos = competition_payload(first.competition)
    for pos, event in enumerate(events, start=1):
        _event_infos(infos, event, pos)
    part(infos, "SportDescription", DisciplineName=first.head.discipline)
    for found in _gathered(events):
        _participant(payload, found, discipline)
    competition, day = first.facts.competition, first.facts.start_date
    return Message(DocumentType.PARTIC, competition, discipline, day, payload)


def _event_infos(infos: Element, event: EventFacts, pos: int) -> None:
    values: Mapping[Extra, Value] = {
        Extra.EVENT: event.facts.event,
        Extra.EVENT_NAME: event.facts.event_name,
        Extra.GENDER: event.facts.gender,
        **event.measured,
    }
    for code, value in values.items():
        extra(infos, "ExtendedInfo", code, value, pos)


def _gathered(events: Sequence[EventFacts]) -> Iterable[_Participant]:
    found: dict[int, _Participant] = {}
    for event in events:
        code = str(event.rsc)
        for entrant in event.entrants.values():
            nation = event.nations[entrant.nation]
            for person in (entrant.person, *entrant.members):
                if person is not None:
                    found.setdefault(person.id, _Participant(person, nation))
            if entrant.person is not None:
                found[entrant.person.id].events.append((code, entrant))
    return found.values()


def _participant(payload: Element, found: _Participant, discipline: Rsc) -> None:
    person = found.person
    family, given = full_name(person)
    row = part(
        payload,
        "Participant",
        Code=person.id,
        Parent=person.id,
        Status="ACTIVE",
        GivenName=given,
        FamilyName=family,
        PrintName=person.name,
        Gender=PERSON_GENDERS.get(person.gender or ""),
        Organisation=found.nation,
        BirthDate=person.birth_date,
        MainFunctionId="AA01",
        Current="true",
    )
    entered = part(row, "Discipline", Code=str(discipline))
    for event, entrant in found.events:
        registered = part(entered, "RegisteredEvent", Event=event, Bib=entrant.bib)
        if entrant.name != " ".join(filter(None, (given, family))):
            extra(registered, "EventEntry", Extra.NAME, entrant.name)


# Medals of a competition


def medal_standings(reads: Reads, competition: CompetitionRow) -> Message:
    """The official medal table: both ranks, and the numbers by the gender of the event."""
    lines = reads.medal_table(competition.id).lines
    by_total = sorted(lines, key=lambda line: line.row.place(RankBy.TOTAL))
    place_by_total = {line.nation_id: place for place, line in enumerate(by_total, start=1)}
    payload, _ = competition_payload(competition)
    table = part(part(payload, "MedalStandings"), "MedalsTable")
    for place, line in enumerate(lines, start=1):
        _medal_line(table, line, place, place_by_total[line.nation_id])
    return Message(DocumentType.MEDALS, competition.code, GENERAL, competition.end, payload)


def _medal_line(table: Element, line: NationLine, place: int, place_by_total: int) -> None:
    row, numbers = line.row, line.by_gender
    found = part(
        table,
        "MedalLine",
        Organisation=row.nation,
        Rank=_rank(row.by_gold),
        RankEqual=yes(row.by_gold and row.by_gold.equal),
        SortRank=place,
        RankTotal=_rank(row.by_total),
        RankTotalEqual=yes(row.by_total and row.by_total.equal),
        SortRankTotal=place_by_total,
    )
    by_type = {"M": numbers.men, "W": numbers.women, "X": numbers.mixed, "O": numbers.open}
    for name, tally in {**by_type, TOTAL: row.tally}.items():
        if tally.total or name == TOTAL:
            _medal_number(found, name, tally)


def _medal_number(found: Element, name: str, tally: Tally) -> None:
    part(
        found,
        "MedalNumber",
        Type=name,
        Gold=tally.gold,
        Silver=tally.silver,
        Bronze=tally.bronze,
        Total=tally.total,
    )


def _rank(rank: Rank | None) -> int | None:
    return rank.number if rank else None
