"""Record lists as rows of the table of records."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from medaldesk.exchange.lenex.styles import GENDERS, Group, Style, group_of, sport_class, style_of
from medaldesk.exchange.lenex.values import (
    MEASURED,
    day,
    family_name,
    name_of,
    nation_of,
    number,
    spelt,
    swim_time,
    text,
)

COLUMNS = (
    "record",
    "record_name",
    "of_nation",
    "continent",
    "age_class",
    "discipline",
    "event",
    "event_name",
    "gender",
    *MEASURED,
    "athlete",
    "family_name",
    "given_name",
    "team",
    "nation",
    "mark",
    "date",
    "place",
    "competition",
    "ruling",
)
"""Those of the table of records that a record list fills."""

NOTES = ("members", "comment")
"""What else is known of a record."""

HEADING = (*COLUMNS, *NOTES)

_CONTINENTAL = {
    "ER": ("ER", "europe"),
    "AR": ("AsR", "asia"),
    "AFR": ("AfR", "africa"),
    "OCR": ("OcR", "oceania"),
    "PAR": ("PAR", "america"),
}
"""Types of Lenex to kinds of record of a book, and the continent they are of."""

_OF_NO_NATION = frozenset({"WJR", "EJR", "CWR", "NAR", "SAR", "WPR", "EPR"})
"""Types of three letters that are no code of a nation."""

OLDEST_JUNIOR = 24
"""Age groups up to this age are of juniors, others of masters."""

_RULINGS = {
    "APPROVED": "ratified",
    "APPROVED.HISTORY": "ratified",
    "PENDING": "provisional",
    "PENDING.HISTORY": "provisional",
    "INVALID": "annulled",
}


def record_rows(root: Element) -> list[tuple[str, ...]]:
    """The records of all lists of a file, below `HEADING`; times to aim at are left out."""
    found = (
        _record(record, shared, style_of(record.find("SWIMSTYLE"), text(of, "course")), of)
        for of in root.findall("RECORDLISTS/RECORDLIST")
        for shared in [_list(of)]
        for record in of.findall("RECORDS/RECORD")
        if text(record, "status").upper() != "TARGETTIME"
    )
    return [tuple([row.get(column, "") for column in HEADING]) for row in found]


def _list(of: Element) -> dict[str, str]:
    """What a list says of all its records."""
    kind, nation = text(of, "type").upper(), text(of, "nation")
    cells = {"record": text(of, "type") or text(of, "name"), "of_nation": nation}
    cells["record_name"] = text(of, "name")
    if kind in _CONTINENTAL and not nation:
        cells["record"], cells["continent"] = _CONTINENTAL[kind]
    elif nation and kind in ("", nation.upper()):
        cells["record"] = "NR"
    elif not nation and len(kind) == 3 and kind.isalpha() and kind not in _OF_NO_NATION:
        cells |= {"record": "NR", "of_nation": kind}
    group = of.find("AGEGROUP")
    if group is not None:
        cells["age_class"] = _age_class(group_of(group))
    return cells


def _age_class(group: Group) -> str:
    """What of an age group a list can be narrowed to: a young one has no lower bound."""
    if 0 <= group.high <= OLDEST_JUNIOR:
        return f"U{group.high + 1}"
    return group.ages


def _record(
    record: Element, shared: Mapping[str, str], style: Style, of: Element
) -> dict[str, str]:
    gender = GENDERS.get(text(of, "gender").upper(), "O")
    group = of.find("AGEGROUP")
    handicap = text(of, "handicap") or text(group, "handicap")
    parts = [(style.code(gender), style.name(gender)), (sport_class(handicap, style),) * 2]
    swum = record.find("MEETINFO")
    return {
        **MEASURED,
        **shared,
        **_holder(record),
        "discipline": style.discipline,
        "event": "-".join(code for code, _ in parts if code),
        "event_name": ", ".join(name for _, name in parts if name),
        "gender": gender,
        "mark": swim_time(record),
        "date": day(swum, "date"),
        "place": text(swum, "city"),
        "competition": text(swum, "name"),
        "ruling": _RULINGS.get(text(record, "status").upper(), ""),
        "comment": text(record, "comment"),
    }


def _holder(record: Element) -> dict[str, str]:
    """Who holds a record: an athlete, or a relay with those who swam."""
    relay = record.find("RELAY")
    if relay is None:
        athlete = record.find("ATHLETE")
        if athlete is None:
            return {}
        nation = nation_of(athlete.find("CLUB"), athlete)
        return {
            "athlete": name_of(athlete, nation),
            "family_name": family_name(athlete),
            "given_name": spelt(athlete, "firstname"),
            "nation": nation,
        }
    club = relay.find("CLUB")
    found = relay.findall("RELAYPOSITIONS/RELAYPOSITION")
    swam = sorted(found, key=lambda position: number(position, "number") or 0)
    athletes = [athlete for one in swam if (athlete := one.find("ATHLETE")) is not None]
    nation = nation_of(club, athletes[0] if athletes else None)
    return {
        "team": text(relay, "name") or (spelt(club, "name") if club is not None else "") or nation,
        "nation": nation,
        "members": ", ".join(name_of(athlete, nation) for athlete in athletes),
    }
