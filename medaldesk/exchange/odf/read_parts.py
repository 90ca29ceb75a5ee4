"""What readers of messages share: the header, who competes, what an event is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medaldesk.domain.names import printed_name
from medaldesk.exchange.importing.rows import Cells
from medaldesk.exchange.odf.codes import BOOK, GENDERS, Extra, ResultStatus, Rsc, event_rsc

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Row = dict[str, str]

PERSON = ("athlete", "family_name", "given_name", "athlete_gender", "birth_date")
ENTRANT = ("bib", *PERSON, "team", "member_of", "nation")
"""Columns of tidy results that tell who competes."""

_EVENT_GENDERS = ("M", "W", "X", "O")

_NOBODY = frozenset({"", "NOCOMP", "TBD", "BYE"})
"""Codes of competitors that are still to be known, or none."""


@dataclass(frozen=True, slots=True)
class Header:
    """The attributes of a message, checked; `day` is its logical date."""

    type: str
    competition: str
    rsc: Rsc
    part: str
    moment: str
    version: int
    serial: int
    day: str
    status: ResultStatus | None


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says: its rows by column, and what is the same in all of them."""

    heading: tuple[str, ...]
    rows: Sequence[Row]
    constants: Mapping[str, str]

    def numbered(self) -> Iterator[tuple[int, Cells]]:
        """The rows with their numbers, from 1."""
        for number, row in enumerate(self.rows, start=1):
            yield number, [row.get(column, "") for column in self.heading]


@dataclass(slots=True)
class Batch:
    """What messages say for others of the same import.

    `people`: competition and code to who it is, of messages that name an athlete by code alone.
    `events`: RSC of an event to the code of an event type, where a message gives another one.
    """

    people: dict[tuple[str, str], Element] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, roots: Iterable[Element]) -> Batch:
        batch = cls()
        for root in roots:
            competition = root.get("CompetitionCode", "")
            for person in root.iterfind("Competition/Participant"):
                batch.people[competition, person.get("Code", "")] = person
            if code := own_infos(root).get(Extra.EVENT, ""):
                batch.events[root.get("DocumentCode", "")[:22]] = code
        return batch

    def event(self, rsc: Rsc) -> str:
        """The code of an event type in a book."""
        return self.events.get(str(rsc)[:22], rsc.event_code)


def own_infos(root: Element) -> Row:
    """What a book that wrote a message says of its event beyond the feed."""
    return own(root, "Competition/ExtendedInfos/ExtendedInfo")


def own(parent: Element | None, path: str) -> Row:
    """Code to value of the elements of a book, but for those of one of several things."""
    if parent is None:
        return {}
    every = (item for item in parent.iterfind(path) if item.get("Type") == BOOK)
    found = [item for item in every if not item.get("Pos")]
    return {item.get("Code", ""): item.get("Value", "") for item in found}


_OF_COMPETITION = (
    Extra.SERIES,
    Extra.COMPETITION_NAME,
    Extra.CITY,
    Extra.START_DATE,
    Extra.END_DATE,
)
_MEASURED = (
    Extra.MARK_KIND,
    Extra.BETTER,
    Extra.DECIMALS,
    Extra.CLASSIFICATION,
    Extra.BRONZES,
)

LISTED = (Extra.EVENT, Extra.EVENT_NAME, Extra.GENDER, *_MEASURED)
"""What a message about several events says of each, as tidy columns."""


def competition_constants(header: Header, root: Element) -> Row:
    """What a message says of its competition, as tidy columns."""
    return {"competition": header.competition} | _said(own_infos(root), _OF_COMPETITION)


def listed_events(header: Header, root: Element) -> dict[str, Row]:
    """RSC of an event, its first 22 characters, to what a message about several says of it."""
    found: dict[str, Row] = {}
    for info in root.iterfind("Competition/ExtendedInfos/ExtendedInfo"):
        if info.get("Type") == BOOK and (pos := info.get("Pos")):
            found.setdefault(pos, {})[info.get("Code", "")] = info.get("Value", "")
    events = (_said(row, LISTED) for row in found.values())
    return {
        str(event_rsc(row[Extra.EVENT], header.rsc.discipline, row[Extra.GENDER]))[:22]: row
        for row in events
        if Extra.EVENT in row and row.get(Extra.GENDER, "") in _EVENT_GENDERS
    }


def _said(infos: Row, columns: Iterable[Extra]) -> Row:
    return {c.value: text for c in columns if (text := infos.get(c, "")).strip()}


def event_constants(header: Header, root: Element, batch: Batch) -> Row:
    """What a message says of its event, as tidy columns."""
    rsc, infos = header.rsc, own_infos(root)
    sport = root.find("Competition/ExtendedInfos/SportDescription")
    venue = root.find("Competition/ExtendedInfos/VenueDescription")
    gender = rsc.gender or ("" if sport is None else sport.get("Gender", ""))
    found = {
        "discipline": rsc.discipline,
        "event": batch.event(rsc),
        "event_name": "" if sport is None else sport.get("EventName", ""),
        "gender": gender if gender in _EVENT_GENDERS else "",
        "venue": "" if venue is None else venue.get("VenueName", ""),
    }
    said = {column: text for column, text in found.items() if text.strip()}
    return competition_constants(header, root) | said | _said(infos, _MEASURED)


_START = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?).*)?")


def start_of(root: Element) -> tuple[str, str]:
    """Day and clock time at which a unit begins, where the message says so."""
    unit = root.find("Competition/ExtendedInfos/UnitDateTime")
    match = _START.fullmatch("" if unit is None else unit.get("StartDate", ""))
    return (match[1], match[2] or "") if match else ("", "")


# Who competes


def is_somebody(competitor: Element | None) -> bool:
    """Whether a competitor is known already."""
    return competitor is not None and competitor.get("Code", "") not in _NOBODY


def entrants(header: Header, competitor: Element, batch: Batch) -> list[Row]:
    """The row of an athlete; or that of a team and those of its members."""
    nation = competitor.get("Organisation", "")
    athletes = competitor.findall("Composition/Athlete")
    if competitor.get("Type") != "T":
        person = athletes[0] if athletes else competitor
        bib = person.get("Bib", "") or competitor.get("Bib", "")
        return [_person(header, person, batch) | {"nation": nation, "bib": bib}]
    about = competitor.find("Description")
    name = ("" if about is None else about.get("TeamName", "")).strip() or nation
    team = {"team": name, "nation": nation, "bib": competitor.get("Bib", "")}
    return [team, *members(header, athletes, name, nation, batch)]


def members(
    header: Header, athletes: Iterable[Element], team: str, nation: str, batch: Batch
) -> list[Row]:
    """The rows of the members of a team."""
    return [
        _person(header, athlete, batch) | {"member_of": team, "nation": nation}
        for athlete in athletes
    ]


def _person(header: Header, athlete: Element, batch: Batch) -> Row:
    about = athlete.find("Description")
    if about is None or not (about.get("FamilyName") or about.get("GivenName")):
        about = batch.people.get((header.competition, athlete.get("Code", "")), about)
    if about is None:
        return {}
    return person_cells(about) | printed_as(athlete, "EventUnitEntry")


def printed_as(parent: Element, path: str) -> Row:
    """The printed name, where a book says that it is not given name and family name."""
    name = own(parent, path).get(Extra.NAME, "")
    return {"athlete": name} if name else {}


def person_cells(about: Element) -> Row:
    """Who an element is about; a family name in capitals is printed without them."""
    family, given = _one_line(about.get("FamilyName")), _one_line(about.get("GivenName"))
    family = printed_name(f"{family},") if family and "," not in family else family
    return {
        "athlete": f"{given} {family}".strip(),
        "family_name": family,
        "given_name": given,
        "athlete_gender": GENDERS.get(about.get("Gender", ""), ""),
        "birth_date": about.get("BirthDate", ""),
    }


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
