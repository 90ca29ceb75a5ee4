"""The records of an event type as a message: its lists, each with its whole history (RULES R24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from medaldesk.book.reads import Reads
from medaldesk.book.reads.messages import Entrant, Person
from medaldesk.book.reads.programme import CompetitionRow, EventTypeRow
from medaldesk.book.reads.record_lists import RecordListRow, RecordRow
from medaldesk.domain.marks import Mark, MarkKind, format_mark
from medaldesk.domain.names import split_name
from medaldesk.domain.records import EVERY_BREAK, Ruling
from medaldesk.domain.wind import format_wind
from medaldesk.exchange.odf.codes import (
    RESULT_TYPES,
    DocumentType,
    Extra,
    Rsc,
    event_rsc,
)
from medaldesk.exchange.odf.write_parts import (
    Message,
    Value,
    competition_payload,
    compose,
    extra,
    part,
    yes,
)


@dataclass(frozen=True, slots=True)
class RecordsOf:
    """An event type with the code of its discipline, and the competition that tells of it.

    `countries` is the code of a competition to that of its host nation, where it is known.
    """

    type: EventTypeRow
    discipline: str
    competition: CompetitionRow
    countries: Mapping[str, str]

    @property
    def rsc(self) -> Rsc:
        return event_rsc(self.type.code, self.discipline, self.type.gender)


def records(reads: Reads, of: RecordsOf) -> Message:
    """All lists of an event type, the oldest mark of each first."""
    payload, infos = competition_payload(of.competition)
    record = part(payload, "Record", Code=str(of.rsc))
    _type_infos(infos, of)
    for pos, found in enumerate(reads.record_lists(of.type.id), start=1):
        for code, value in _scope(found).items():
            extra(infos, "ExtendedInfo", code, value, pos)
        _record_type(record, reads, of, found)
    part(
        infos,
        "SportDescription",
        DisciplineName=of.type.discipline,
        EventName=of.type.name,
        Gender=of.type.gender,
    )
    competition = of.competition
    return Message(DocumentType.RECORD, competition.code, of.rsc, competition.end, payload)


def _type_infos(infos: Element, of: RecordsOf) -> None:
    form = of.type.form
    values: Mapping[Extra, Value] = {
        Extra.EVENT: None if of.rsc.event_code == of.type.code else of.type.code,
        Extra.MARK_KIND: form.kind.value,
        Extra.BETTER: form.better.value,
        Extra.DECIMALS: form.decimals,
    }
    for code, value in values.items():
        extra(infos, "ExtendedInfo", code, value)


def _scope(found: RecordListRow) -> Mapping[str, Value]:
    """What narrows a list and how it judges, where it is not as usual: columns of its table."""
    policy = found.policy
    margin = policy.minimum_margin
    return {
        "series": found.series,
        "of_nation": found.nation,
        "continent": found.continent,
        "of_venue": found.venue,
        "age_class": found.age_class,
        "shares_equal": None if policy.shares_equal == EVERY_BREAK.shares_equal else "no",
        "minimum_margin": None if margin is None else format_mark(_exact(margin), MarkKind.POINTS),
        "day_best": "yes" if policy.day_best else None,
        "wind_limit": format_wind(policy.wind_limit),
        "allows_assistance": "yes" if policy.allows_assistance else None,
        "needs_ratification": "yes" if policy.needs_ratification else None,
    }


def _exact(value: int) -> Mark:
    """A value with as many decimals as it has."""
    decimals = 6
    while decimals and value % 10 ** (7 - decimals) == 0:
        decimals -= 1
    return Mark(value, decimals)


def _record_type(record: Element, reads: Reads, of: RecordsOf, found: RecordListRow) -> None:
    history = reads.record_history(found.id)
    holders = reads.record_holders(found.id)
    kind = part(record, "RecordType", RecordType=found.code, Shared=yes(len(history.current) > 1))
    for order, row in enumerate(history.rows, start=1):
        data = _record_data(kind, of, row, order)
        if row.result is None:
            holder = _baseline_holder(of, row, reads.baseline_holder(found.id))
        else:
            holder = holders[row.result]
        code = f"{str(of.rsc)[:22]}{row.nation}01" if holder.person is None else holder.person.id
        compose(data, holder, str(code or ""), row.nation)


def _record_data(kind: Element, of: RecordsOf, row: RecordRow, order: int) -> Element:
    mark_kind = of.type.form.kind
    data = part(
        kind,
        "RecordData",
        Order=order,
        ResultType=RESULT_TYPES[mark_kind],
        Result=format_mark(row.mark, mark_kind),
        Country=of.countries.get(row.competition or ""),
        Place=row.place,
        Date=row.day,
        Current=yes(row.reign.current),
        Historical=yes(not row.reign.current),
        Unconfirmed=yes(row.ruling and row.ruling.ruling is Ruling.PROVISIONAL),
        Equalled=yes(row.equalled),
    )
    extensions = part(data, "Extensions")
    extra(extensions, "Extension", "line", "baseline" if row.result is None else "computed")
    extra(extensions, "Extension", "competition", row.competition)
    return data


def _baseline_holder(of: RecordsOf, row: RecordRow, athlete: Person | None) -> Entrant:
    """Whose mark stood before: an athlete of the book, or a name alone."""
    person = athlete
    if person is None and not of.type.team:
        given, family = split_name(row.holder)
        person = Person(0, row.holder, family, given, None, None)
    return Entrant(0, row.holder, 0, None, None, person)
