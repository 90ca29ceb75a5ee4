"""The messages of an event: its units, the event over its phases, its medallists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from medaldesk.book.reads.events import ResultRow
from medaldesk.book.reads.messages import ResultFacts, SheetPlace
from medaldesk.domain.marks import format_behind, format_mark
from medaldesk.domain.records import Outcome
from medaldesk.domain.wind import format_wind
from medaldesk.exchange.odf.codes import (
    IRM_TYPE,
    MEDAL_CODES,
    RESULT_TYPES,
    DocumentType,
    Extra,
    ResultStatus,
    Rsc,
    decides,
)
from medaldesk.exchange.odf.write_parts import (
    EventFacts,
    Message,
    Value,
    competitor,
    event_payload,
    extra,
    part,
    yes,
)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The results of an event: `units` in the order of phases and units.

    `last` is entry to its last result and where that is, which the event goes by.
    """

    units: Sequence[tuple[SheetPlace, Sequence[ResultRow]]]
    last: Mapping[int, tuple[ResultRow, SheetPlace]]
    facts: Mapping[int, ResultFacts]


def event_messages(event: EventFacts) -> Iterator[Message]:
    """What is told of an event: a message a unit, then the event, then its medals."""
    sheets = _read(event)
    for place, rows in sheets.units:
        yield _unit(event, sheets, place, rows)
    phases = {event.place(place.phase, None) for place, _ in sheets.units}
    is_told = len(phases) <= 1 and all(map(decides, phases))
    if not is_told or len(sheets.last) < len(event.entrants):
        yield _event(event, sheets)
    if event.status is ResultStatus.OFFICIAL and event.entrants:
        yield _medallists(event, sheets)


def _read(event: EventFacts) -> _Sheets:
    units: list[tuple[SheetPlace, Sequence[ResultRow]]] = []
    last: dict[int, tuple[ResultRow, SheetPlace]] = {}
    for phase, places in groupby(event.reads.sheet_places(event.id), lambda place: place.phase):
        rows = event.reads.results(event.id, phase)
        here = {place.unit: place for place in places}
        for row in sorted(rows, key=lambda row: row.id):
            last[row.entry] = (row, here[row.place.unit])
        units += [
            (place, [row for row in rows if row.place.unit == unit]) for unit, place in here.items()
        ]
    return _Sheets(units, last, event.reads.result_facts(event.id))


# Units


def _unit(
    event: EventFacts, sheets: _Sheets, place: SheetPlace, rows: Sequence[ResultRow]
) -> Message:
    """The sheet of a unit; ranks are those of the phase, or of the event that it decides."""
    start = f"{place.day}T{place.clock_time}" if place.clock_time else place.day
    payload = event_payload(event, phase=place.phase_name, start=start)
    for sort_order, row in enumerate(rows, start=1):
        found = _result(payload, event, row, sort_order)
        _records(found, event.place(place.phase, place.unit), row)
        _extras(found, event, sheets, row)
        competitor(found, event, row.entry, row.place.lane)
    is_waiting = event.head.status == "running" and not any(row.has_entry for row in rows)
    return Message(
        DocumentType.RESULT,
        event.facts.competition,
        event.place(place.phase, place.unit),
        place.day,
        payload,
        ResultStatus.START_LIST if is_waiting else event.status,
    )


def _result(payload: Element, event: EventFacts, row: ResultRow, sort_order: int) -> Element:
    return part(
        payload,
        "Result",
        Rank=row.rank,
        RankEqual=yes(row.rank and row.rank_equal),
        ResultType=_result_type(event, row),
        Result=format_mark(row.mark, event.kind) if row.mark else row.score,
        Diff=format_behind(row.behind, event.kind),
        IRM=row.status,
        SortOrder=sort_order,
        StartOrder=row.start_order,
    )


def _result_type(event: EventFacts, row: ResultRow) -> str | None:
    if row.mark or row.score or row.rank:
        return RESULT_TYPES[event.kind]
    return IRM_TYPE if row.status else None


def _records(found: Element, unit: Rsc, row: ResultRow) -> None:
    if not row.records:
        return
    indicators = part(found, "RecordIndicators")
    for order, flag in enumerate(row.records, start=1):
        part(
            indicators,
            "RecordIndicator",
            Order=order,
            Code=str(unit.of_event),
            RecordType=flag.code,
            Equalled=yes(flag.outcome is Outcome.EQUALLED),
        )


def _extras(found: Element, event: EventFacts, sheets: _Sheets, row: ResultRow) -> None:
    """What a result has that the feed knows nothing of."""
    is_last = sheets.last[row.entry][0].id == row.id
    notes = (row.note, event.entrants[row.entry].note if is_last else None)
    facts = sheets.facts[row.id]
    values = {
        Extra.TIE_BREAK: row.tie_break,
        Extra.WIND: format_wind(row.wind),
        Extra.TIME: facts.clock_time,
        Extra.NOTE: "; ".join(note for note in notes if note),
        Extra.SOURCE: facts.source,
    }
    if any(value not in (None, "") for value in values.values()):
        results = part(found, "ExtendedResults")
        for code, value in values.items():
            extra(results, "ExtendedResult", code, value)


# The event as a whole


def _event(event: EventFacts, sheets: _Sheets) -> Message:
    """Everybody who is entered, by the ranks of the event: also those without any result."""
    payload = event_payload(event)
    # On the sheet of a phase alone ranks are those of the phase.
    ranked = {row.id: row for row in event.reads.results(event.id)}
    for sort_order, entry in enumerate(event.entrants, start=1):
        last = sheets.last.get(entry)
        row = ranked[last[0].id] if last else None
        found = part(payload, "Result", **_standing(event, row), SortOrder=sort_order)
        note = event.entrants[entry].note
        if row is None and note:
            extra(part(found, "ExtendedResults"), "ExtendedResult", Extra.NOTE, note)
        competitor(found, event, entry)
    facts = event.facts
    return Message(
        DocumentType.CUMULATIVE_RESULT,
        facts.competition,
        event.rsc,
        facts.official_at or facts.date,
        payload,
        event.status,
    )


def _standing(event: EventFacts, row: ResultRow | None) -> Mapping[str, Value]:
    """Where the event puts somebody, by their last result."""
    if row is None:
        return {}
    return {
        "Rank": row.rank,
        "RankEqual": yes(row.rank and row.rank_equal),
        "Diff": format_behind(row.behind, event.kind),
        "IRM": row.status,
    }


def _medallists(event: EventFacts, sheets: _Sheets) -> Message:
    """The medals as they stand after decisions; an event may have lost all of them (RULES R8)."""
    payload = event_payload(event)
    for held in event.reads.held_medals(event.id):
        row, place = sheets.last.get(held.entry, (None, None))
        unit = event.place(place.phase, place.unit) if row and place else event.rsc
        medal = part(
            payload, "Medal", Code=MEDAL_CODES[held.medal], Date=held.since, Unit=str(unit)
        )
        competitor(medal, event, held.entry)
    facts = event.facts
    return Message(
        DocumentType.MEDALLISTS,
        facts.competition,
        event.rsc,
        facts.official_at or facts.date,
        payload,
        event.status,
    )
