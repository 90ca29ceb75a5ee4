"""The rows of messages about events: participants, units, rankings, medallists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from medaldesk.book.import_errors import MessageWrong
from medaldesk.domain.classification import Classification
from medaldesk.exchange.odf.codes import (
    IRM_TYPE,
    MARK_KINDS,
    MEDALS,
    Extra,
    ResultStatus,
    Rsc,
    decides,
    phase_name,
    unit_position,
)
from medaldesk.exchange.odf.read_parts import (
    ENTRANT,
    LISTED,
    Batch,
    Body,
    Header,
    Row,
    competition_constants,
    entrants,
    event_constants,
    is_somebody,
    listed_events,
    members,
    own,
    own_infos,
    person_cells,
    printed_as,
    start_of,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RESULT = ("order", *ENTRANT, "lane", "mark", "status", "tie_break", "rank", "time", "wind")
_SOMETIMES = ("unit", "note", "source")
"""Columns of units that a message has only where it says something there."""

_PAIR = "PAIR"
"""The code of the number of a pair, in messages that are of all pairs of a race."""


# Units


def result_body(header: Header, root: Element, batch: Batch) -> Body:
    """A unit: its starters, with their marks but in a start list."""
    constants = event_constants(header, root, batch)
    constants |= _place(header, root)
    results = root.findall("Competition/Result")
    rows: list[Row] = []
    for result in results:
        competitor = result.find("Competitor")
        if competitor is not None and is_somebody(competitor):
            first, *rest = entrants(header, competitor, batch)
            rows += [first | _marked(header, result, competitor), *rest]
    if constants.get("classification") != Classification.MANUAL:
        _break_ties(rows)
    if not decides(header.rsc):
        # A rank in a heat is none of the event.
        for row in rows:
            row.pop("rank", None)
    if "mark_kind" not in constants and (kind := _measured(results)):
        constants["mark_kind"] = kind
    found = tuple(name for name in _SOMETIMES if any(row.get(name) for row in rows))
    if "unit" in found:
        constants.pop("unit", None)
    return Body((*_RESULT, *found), rows, constants)


def _place(header: Header, root: Element) -> Row:
    """Phase, unit, day and clock time of a unit.

    Only a book writes the name of a phase where others write that of the event once more.
    """
    day, clock = start_of(root)
    sport = root.find("Competition/ExtendedInfos/SportDescription")
    own_name = sport.get("SubEventName", "") if sport is not None and own_infos(root) else ""
    phase = own_name.strip() or (phase_name(header.rsc.phase) if header.rsc.phase else "")
    unit = unit_position(header.rsc.unit)
    found = {"phase": phase, "date": day or header.day, "time": clock}
    found["unit"] = str(unit) if unit is not None else ""
    return {column: text for column, text in found.items() if text}


def _marked(header: Header, result: Element, competitor: Element) -> Row:
    """What a result says besides who it is of."""
    extras = own(result, "ExtendedResults/ExtendedResult")
    codes = (Extra.TIE_BREAK, Extra.WIND, Extra.TIME, Extra.NOTE, Extra.SOURCE)
    row = {code.value: extras[code] for code in codes if code in extras}
    row["order"] = result.get("StartOrder", "")
    row["status"] = result.get("IRM", "")
    entries = [*competitor.iter("EventUnitEntry"), *result.iterfind("ExtendedResults/*")]
    said = {entry.get("Code", ""): entry.get("Value", "") for entry in entries}
    row["lane"] = said.get(Extra.LANE, "") or said.get("LANE", "")
    row["unit"] = said.get(_PAIR, "")
    if header.status is ResultStatus.START_LIST:
        return row
    mark = result.get("Result", "").strip()
    if result.get("ResultType") == IRM_TYPE and not row["status"]:
        row["status"] = mark
    if mark != row["status"]:
        row["mark"] = mark
    row["rank"] = result.get("Rank", "")
    return row


def _break_ties(rows: Iterable[Row]) -> None:
    """RULES R3: where equal marks have different ranks, the ranks say who was better."""
    tied: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("mark") and not row.get("status"):
            tied[row["mark"]].append(row)
    for same in tied.values():
        ranks = [row.get("rank", "") for row in same]
        if len({*ranks}) > 1 and all(ranks) and not any(row.get("tie_break") for row in same):
            for row, rank in zip(same, ranks, strict=True):
                row["tie_break"] = rank


def _measured(results: Iterable[Element]) -> str:
    """What is measured, by the first result that says it."""
    kinds = (MARK_KINDS.get(result.get("ResultType", "")) for result in results)
    found = next((kind for kind in kinds if kind is not None), None)
    return found.value if found else ""


# Events


def ranking_body(header: Header, root: Element, batch: Batch) -> Body:
    """An event over all its phases: who is entered, and the ranks. Raises MessageWrong."""
    if header.rsc.phase:
        raise MessageWrong(what="DocumentCode", text=str(header.rsc))
    constants = event_constants(header, root, batch)
    constants["date"] = own_infos(root).get(Extra.DATE, "") or header.day
    rows: list[Row] = []
    for result in root.iterfind("Competition/Result"):
        competitor = result.find("Competitor")
        if competitor is not None and is_somebody(competitor):
            first, *rest = entrants(header, competitor, batch)
            rows += [first | {"rank": result.get("Rank", "")}, *rest]
    return Body((*ENTRANT, "rank"), rows, constants)


def medallists_body(header: Header, root: Element, batch: Batch) -> Body:
    """The medallists of an event. Raises MessageWrong for a medal that there is not."""
    constants = event_constants(header, root, batch)
    constants["date"] = own_infos(root).get(Extra.DATE, "") or header.day
    rows: list[Row] = []
    for medal in root.iterfind("Competition/Medal"):
        code = medal.get("Code", "")
        if code not in MEDALS:
            raise MessageWrong(what="medal", text=code[:40])
        for competitor in filter(is_somebody, medal.iterfind("Competitor")):
            found = entrants(header, competitor, batch)
            rows += [row | {"medal": MEDALS[code].value} for row in found]
    return Body((*ENTRANT, "medal"), rows, constants)


# Entries


def participants_body(header: Header, root: Element, batch: Batch) -> Body:
    """The athletes of a discipline, a row for each event that they are entered for."""
    events = listed_events(header, root)
    rows = [
        person_cells(person)
        | {"nation": person.get("Organisation", ""), "bib": entered.get("Bib", "")}
        | printed_as(entered, "EventEntry")
        | _event_of(entered, batch, events)
        for person in root.iterfind("Competition/Participant")
        if person.get("Current", "").lower() != "false"
        for entered in person.iterfind("Discipline/RegisteredEvent")
    ]
    return Body((*LISTED, *ENTRANT), rows, _discipline(header, root))


def teams_body(header: Header, root: Element, batch: Batch) -> Body:
    """The teams of a discipline with their members."""
    events = listed_events(header, root)
    rows: list[Row] = []
    for team in root.iterfind("Competition/Team"):
        entered = team.find("Discipline/RegisteredEvent")
        if entered is None or team.get("Current", "").lower() == "false":
            continue
        nation = team.get("Organisation", "")
        name = team.get("Name", "").strip() or nation
        found = members(header, team.iterfind("Composition/Athlete"), name, nation, batch)
        first = {"team": name, "nation": nation, "bib": entered.get("Bib", "")}
        rows += [row | _event_of(entered, batch, events) for row in (first, *found)]
    return Body((*LISTED, *ENTRANT), rows, _discipline(header, root))


def _event_of(entered: Element, batch: Batch, events: Mapping[str, Row]) -> Row:
    """The event of an entry, with what its message says of it. Raises MessageWrong."""
    text = entered.get("Event", "")
    try:
        rsc = Rsc.parse(text)
    except ValueError as error:
        raise MessageWrong(what="event", text=text[:40]) from error
    if not rsc.event:
        raise MessageWrong(what="event", text=text[:40])
    gender = rsc.gender if rsc.gender in ("M", "W", "X", "O") else ""
    row = {"event": batch.event(rsc.of_event), "gender": gender}
    return row | events.get(str(rsc)[:22], {})


def _discipline(header: Header, root: Element) -> Row:
    of = {"discipline": header.rsc.discipline, "date": header.day}
    return competition_constants(header, root) | of
