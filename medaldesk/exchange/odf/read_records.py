"""The records of an event type in a message, as rows of a table of records (RULES R22 to R26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medaldesk.exchange.odf.codes import MARK_KINDS, Extra
from medaldesk.exchange.odf.read_parts import (
    Batch,
    Body,
    Header,
    Row,
    entrants,
    own,
    own_infos,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LIST = (
    "series",
    "of_nation",
    "continent",
    "of_venue",
    "age_class",
    "shares_equal",
    "minimum_margin",
    "day_best",
    "wind_limit",
    "allows_assistance",
    "needs_ratification",
)
"""What a book says of a list beyond the feed."""

_HOLDER = ("athlete", "family_name", "given_name", "team", "nation")
_MARK = ("mark", "date", "place", "competition", "line", "ruling")


def record_body(header: Header, root: Element, batch: Batch) -> Body:
    """The marks of each record, the oldest first; a list without one is a row of its own."""
    rows: list[Row] = []
    for place, kind in enumerate(root.iterfind("Competition/Record/RecordType"), start=1):
        about = _list(root, kind, place)
        found = kind.findall("RecordData")
        rows += [about | _data(header, data, batch) for data in found]
        if not found:
            rows.append(about | {"line": "list"})
    heading = ("record", *_LIST, *_HOLDER, *_MARK)
    return Body(heading, rows, _constants(header, root, batch))


def _constants(header: Header, root: Element, batch: Batch) -> Row:
    sport = root.find("Competition/ExtendedInfos/SportDescription")
    infos = own_infos(root)
    types = (data.get("ResultType", "") for data in root.iter("RecordData"))
    kind = next((MARK_KINDS[text].value for text in types if text in MARK_KINDS), "")
    gender = header.rsc.gender
    found = {
        "discipline": header.rsc.discipline,
        "event": batch.event(header.rsc),
        "event_name": "" if sport is None else sport.get("EventName", ""),
        "gender": gender if gender in ("M", "W", "X", "O") else "",
        "mark_kind": infos.get(Extra.MARK_KIND, "") or kind,
        "better": infos.get(Extra.BETTER, ""),
        "decimals": infos.get(Extra.DECIMALS, ""),
    }
    return {column: text for column, text in found.items() if text.strip()}


def _list(root: Element, kind: Element, place: int) -> Row:
    """Which list it is, and how it judges."""
    infos = [
        info
        for info in root.iterfind("Competition/ExtendedInfos/ExtendedInfo")
        if info.get("Pos") == str(place)
    ]
    said = {info.get("Code", ""): info.get("Value", "") for info in infos}
    return {"record": kind.get("RecordType", "")} | {c: said[c] for c in _LIST if c in said}


def _data(header: Header, data: Element, batch: Batch) -> Row:
    competitor = data.find("Competitor")
    holder = {} if competitor is None else entrants(header, competitor, batch)[0]
    extras = own(data, "Extensions/Extension")
    return {column: holder.get(column, "") for column in _HOLDER} | {
        "mark": data.get("Result", ""),
        "date": data.get("Date", ""),
        "place": data.get("Place", ""),
        "competition": extras.get("competition", ""),
        "line": extras.get("line", ""),
        "ruling": "provisional" if data.get("Unconfirmed") == "Y" else "",
    }
