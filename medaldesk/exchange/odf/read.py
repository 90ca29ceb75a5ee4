"""Olympic Data Feed messages as sources of rows for an import (RULES 9).

What is taken:

- `DT_PARTIC`: athletes and the events they are entered for; the whole of the entries of a
  discipline. Who is entered no longer and has no result goes. `DT_PARTIC_TEAMS` adds teams with
  their members.
- `DT_RESULT`: a unit. Who starts, in which order and lane; marks, statuses (IRM) and members of
  teams. A start list gives no marks. What the message has no longer goes, an entry with it where
  nothing else is left of it and no `DT_PARTIC` says who is entered. Ranks count where nothing is
  measured; elsewhere they are computed, and a rank that differs is told as doubtful. Where equal
  marks have different ranks, a tie was broken, and the ranks are the tie-break (RULES R3).
- `DT_CUMULATIVE_RESULT` of a whole event: who is entered, and the ranks of the event.
- `DT_MEDALLISTS`: the whole of the medals of an event. Where they are not those that the ranks
  of the book and of the same import give, a decision quotes the message (RULES R8).
- `DT_RECORD`: the records of an event, as published.
- `DT_MEDALS`: nothing. It is compared with the medal table of the book (`read_medals`).

What is not taken: record indicators, differences and sort orders, which are computed; intermediate
times; updates (`DT_PARTIC_UPDATE`), which are no whole; and whatever else a message says.

What the book has by its code alone, since the first messages said no more, later ones name; a
series and a city are filled in where there is none. A name that a person gave stays.

An event is official when the units of its deciding phase are, all of them; of a message that is
not `OFFICIAL` none is. It is so since the day of the first of the official messages in a row.

Of messages about the same the newest counts, by date, time, version and serial number; a message
of a test never does. What a message says is taken whole or not at all: with one unknown nation the
message is left out, and the one before it stands. The others go on without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from medaldesk.book.import_errors import MessageKindUnknown, MessageOfTest, MessageWrong
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.messages import OFFICIAL, Message, subject_of
from medaldesk.exchange.importing.rows import Replaces, Source
from medaldesk.exchange.odf.codes import EVENT_STATUS, RSC_LENGTH, Extra, ResultStatus, Rsc
from medaldesk.exchange.odf.read_medals import medal_lines
from medaldesk.exchange.odf.read_parts import Batch, Body, Header, own_infos
from medaldesk.exchange.odf.read_records import record_body
from medaldesk.exchange.odf.read_rows import (
    medallists_body,
    participants_body,
    ranking_body,
    result_body,
    teams_body,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class _Kind:
    """How messages of a type are read: `of_event` where its RSC has to name an event."""

    body: Callable[[Header, Element, Batch], Body]
    replaces: Replaces = Replaces.NOTHING
    of_event: bool = True
    kind: ImportKind = ImportKind.RESULTS


_KINDS: Mapping[str, _Kind] = {
    "DT_PARTIC": _Kind(participants_body, Replaces.ENTRIES, False, ImportKind.STARTLIST),
    "DT_PARTIC_TEAMS": _Kind(teams_body, of_event=False, kind=ImportKind.STARTLIST),
    "DT_RESULT": _Kind(result_body, Replaces.UNITS),
    "DT_CUMULATIVE_RESULT": _Kind(ranking_body),
    "DT_MEDALLISTS": _Kind(medallists_body, Replaces.MEDALS),
    "DT_RECORD": _Kind(record_body, kind=ImportKind.RECORDS),
}
_MEDALS = "DT_MEDALS"


def odf_sources(messages: Sequence[tuple[str, Element]]) -> list[Source]:
    """A source for each message, by its name and the root of its document; none raises: what is
    wrong with a message stands in `Message.refused`.
    """
    batch = Batch.of(root for _, root in messages)
    return [_source(name, root, batch) for name, root in messages]


def _source(name: str, root: Element, batch: Batch) -> Source:
    message = Message(subject_of("", "", ""))
    try:
        header = _header(root)
        message = _message(header, root)
        if header.type == _MEDALS:
            return _table(name, replace(message, table=medal_lines(root)))
        kind = _KINDS[header.type]
        body = kind.body(header, root, batch)
    except MedalDeskError as error:
        return _table(name, replace(message, refused=error))
    columns = {column: (column,) for column in body.heading}
    return Source(
        name,
        body.heading,
        body.numbered,
        len(body.rows),
        ImportMapping(columns=columns, constants=body.constants, kind=kind.kind),
        kind.replaces,
        message=message,
    )


def _table(name: str, message: Message) -> Source:
    """A message without a row."""
    return Source(name, (), lambda: iter(()), given=ImportMapping(), message=message)


# Headers


_MOMENT = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])([0-9]{0,3})")
_CODE = re.compile(rf"[^\s/,]{{1,{RSC_LENGTH}}}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{0,9}")


def _header(root: Element) -> Header:
    """Raises MessageKindUnknown, MessageWrong and MessageOfTest."""
    kind = root.get("DocumentType", "")
    if kind not in _KINDS and kind != _MEDALS:
        raise MessageKindUnknown(text=kind[:40])
    competition = _match(root, "CompetitionCode", _CODE)[0]
    day = _day(root, "Date")
    hours, minutes, seconds, rest = _match(root, "Time", _MOMENT).groups()
    header = Header(
        type=kind,
        competition=competition,
        rsc=_rsc(root, of_event=kind in _KINDS and _KINDS[kind].of_event),
        part="".join(root.get(name, "") for name in ("DocumentSubcode", "DocumentSubtype")),
        moment=f"{day} {hours}:{minutes}:{seconds}.{rest:0<3}",
        version=_number(root, "Version"),
        serial=_number(root, "Serial"),
        day=_day(root, "LogicalDate") if root.get("LogicalDate") else day,
        status=_status(root),
    )
    if header.part and not re.fullmatch(r"[\w-]{1,40}", header.part, re.ASCII):
        raise MessageWrong(what="DocumentSubcode", text=header.part[:40])
    if root.get("FeedFlag") == "T":
        raise MessageOfTest
    return header


def _wrong(root: Element, name: str) -> MessageWrong:
    return MessageWrong(what=name, text=root.get(name, "")[:40])


def _match(root: Element, name: str, pattern: re.Pattern[str]) -> re.Match[str]:
    match = pattern.fullmatch(root.get(name, "").strip())
    if match is None:
        raise _wrong(root, name)
    return match


def _day(root: Element, name: str) -> str:
    text = _match(root, name, _DAY)[0]
    if not _is_day(text):
        raise _wrong(root, name)
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _number(root: Element, name: str) -> int:
    return int(_match(root, name, _NUMBER)[0] or 0)


def _rsc(root: Element, *, of_event: bool) -> Rsc:
    text = root.get("DocumentCode", "").strip()
    try:
        rsc = Rsc.parse(text)
    except ValueError as error:
        raise _wrong(root, "DocumentCode") from error
    if len(text) != RSC_LENGTH or (of_event and not rsc.event):
        raise _wrong(root, "DocumentCode")
    return rsc


def _status(root: Element) -> ResultStatus | None:
    text = root.get("ResultStatus", "")
    if text not in {*ResultStatus} and (text or root.get("DocumentType") == "DT_RESULT"):
        raise _wrong(root, "ResultStatus")
    return ResultStatus(text) if text else None


def _message(header: Header, root: Element) -> Message:
    """What a message says of itself; medallists without a status are official.

    Raises MessageWrong.
    """
    subject = subject_of(header.type, header.competition, str(header.rsc), header.part)
    status = EVENT_STATUS[header.status] if header.status else ""
    if header.type == "DT_MEDALLISTS" and not status:
        status = OFFICIAL
    official = own_infos(root).get(Extra.OFFICIAL, "") or header.day
    if not _is_day(official):
        raise MessageWrong(what=Extra.OFFICIAL, text=official[:40])
    return Message(
        subject,
        header.moment,
        header.version,
        header.serial,
        status if subject.event else "",
        official,
        is_kept=header.type != _MEDALS,
    )
