"""Messages of a feed among the sources of an import: which of them count (RULES 9).

Of the messages about one thing the newest counts, whole, and it is taken whole or not at all.
What the book took last is kept as the title of a row of `source`, one for each thing that
messages are about, so that an older message never overwrites a newer one; a newer message only
renames the row. From these titles alone it is known how far an event is, too: importing messages
one by one comes to the same as importing them together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from medaldesk.book.import_errors import MessageLeftOut, MessageOld
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.standings import Tally
from medaldesk.exchange.importing.pending import Inserts, Update


class Tells(StrEnum):
    """What a message says of how far its event is.

    `UNIT`: a unit before those that decide. `DECIDING`: a unit of the deciding phase. `EVENT`:
    the event over all its phases. `MEDALS`: its medallists.
    """

    NOTHING = "nothing"
    UNIT = "unit"
    DECIDING = "deciding"
    EVENT = "event"
    MEDALS = "medals"


ENTERS_ONLY = frozenset({Tells.NOTHING, Tells.EVENT, Tells.MEDALS})
"""What a message tells that knows of entries, but of no results."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What messages are about that replace each other; `event` (a code) where it is one event's.

    `text` is how it begins the title of a source.
    """

    text: str
    competition: str
    event: str = ""
    tells: Tells = Tells.NOTHING


class MedalLine(NamedTuple):
    """A nation in published medal standings; what they do not say is None."""

    organisation: str
    tally: Tally
    total: int | None
    rank: int | None
    rank_total: int | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message: of a moment (`2026-02-09 18:40:12.345`), a version and, where more are of the
    same moment, a serial number.

    `status` is how far what it is about is: scheduled, running, unofficial or official; empty
    where it does not say. `day` is the one it belongs to, or since when it is official. The book
    remembers it where it `is_kept`. `table` are the medal standings of one that is nothing else.
    `refused` is why it is not taken, whatever else is known.
    """

    subject: Subject
    moment: str = ""
    version: int = 0
    serial: int = 0
    status: str = ""
    day: str = ""
    is_kept: bool = True
    table: tuple[MedalLine, ...] = ()
    refused: MedalDeskError | None = None

    @property
    def title(self) -> str:
        """How a book remembers that it took the message."""
        text = f"{self.subject.text}, {self.moment}, version {self.version}"
        if self.status:
            text += f", {self.status}"
        return f"{text} since {self.day}" if self.status == OFFICIAL else text

    @property
    def age(self) -> tuple[str, int, int]:
        """Sorts messages from the oldest to the newest."""
        return (self.moment, self.version, self.serial)


OFFICIAL = "official"

TRIED = 5
"""So many messages about one thing are tried, from the newest to the oldest."""

_TITLE = re.compile(
    r"(?P<text>ODF (?P<type>DT_\w+) (?P<competition>\S+) (?P<code>\S{34})[^,]*), "
    r"(?P<moment>[0-9-]{10} [0-9:.]{12}), version (?P<version>[0-9]{1,9})"
    r"(?:, (?P<status>[a-z]+)(?: since (?P<day>[0-9-]{10}))?)?"
)
_DECIDING = ("FNL", "----")
"""How the phase of an RSC begins that decides an event, or is not named."""


def subject_of(kind: str, competition: str, code: str, part: str = "") -> Subject:
    """What a message of a type is about; `code` is its RSC, `part` a subcode where it has one."""
    text = f"ODF {kind} {competition} {code}{f' {part}' if part else ''}"
    tells = _TELLS.get(kind, Tells.NOTHING)
    if tells is Tells.UNIT and code[22:].startswith(_DECIDING):
        tells = Tells.DECIDING
    return Subject(text, competition, code[:22] if tells is not Tells.NOTHING else "", tells)


_UNITS = (Tells.UNIT, Tells.DECIDING)

_TELLS = {
    "DT_RESULT": Tells.UNIT,
    "DT_CUMULATIVE_RESULT": Tells.EVENT,
    "DT_MEDALLISTS": Tells.MEDALS,
}


def _taken(title: str) -> Message | None:
    """The message that a title of a source stands for, if it does for one."""
    found = _TITLE.fullmatch(title)
    if found is None:
        return None
    about = subject_of(found["type"], found["competition"], found["code"])
    subject = replace(about, text=found["text"])
    status, day = found["status"] or "", found["day"] or ""
    return Message(subject, found["moment"], int(found["version"]), 0, status, day)


@dataclass(slots=True)
class Feed:
    """The messages among the sources of an import, and those that the book took before.

    `order`: the numbers of the sources to be taken, tables first and messages from the oldest to
    the newest. `refused`: number of a source to why it is not.
    """

    messages: Sequence[Message | None]
    titles: Mapping[str, int]
    broken: Collection[int] = ()
    refused: dict[int, MedalDeskError] = field(default_factory=dict)
    order: list[int] = field(init=False)
    row_of: dict[int, int] = field(default_factory=dict)
    _newest: dict[str, Message] = field(default_factory=dict)
    _rows: dict[str, tuple[int, str]] = field(default_factory=dict)
    _events: dict[tuple[str, str], list[Message]] = field(init=False)
    _of_messages: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._remember()
        taken = self._choose()
        tables = (n for n, message in enumerate(self.messages) if message is None)
        self.order = [*tables, *taken]
        self._events = defaultdict(list)
        for message in self._newest.values():
            if message.subject.event:
                key = (message.subject.competition, message.subject.event)
                self._events[key].append(message)

    def _remember(self) -> None:
        for title, row in self.titles.items():
            message = _taken(title)
            if message is None:
                continue
            self._of_messages.add(row)
            text = message.subject.text
            if text not in self._newest or self._newest[text].age < message.age:
                self._newest[text] = message
                self._rows[text] = (row, title)

    def _choose(self) -> list[int]:
        """The newest message of each subject; what is refused is noted.

        That one is older than what the book has is told where the newer one is not there too.
        """
        chosen: dict[str, int] = {}
        old: dict[int, Message] = {}
        for number, message in self._by_age():
            text = message.subject.text
            before = self._newest.get(text)
            if message.refused is not None or number in self.broken:
                self.refused[number] = message.refused or MessageLeftOut()
            elif before is not None and before.age[:2] > message.age[:2]:
                old[number] = before
            elif message.is_kept:
                stays = before is not None and before.status == message.status == OFFICIAL
                day = before.day if before is not None and stays else message.day
                self._newest[text] = replace(message, day=day)
                chosen.pop(text, None)
                chosen[text] = number
        for number, before in old.items():
            if before.subject.text not in chosen:
                self.refused[number] = MessageOld(moment=before.moment, version=before.version)
        return list(chosen.values())

    def _by_age(self) -> Iterator[tuple[int, Message]]:
        found = [(n, message) for n, message in enumerate(self.messages) if message is not None]
        return iter(sorted(found, key=lambda pair: pair[1].age))

    def write(self, inserts: Inserts, updates: list[Update]) -> dict[str, int]:
        """Let the book remember what is taken: titles to rows of `source`.

        `row_of` then has the row of each source of an import.
        """
        written: dict[str, int] = {}
        for number in self.order:
            message = self.of(number)
            if message is None or not message.is_kept:
                continue
            row, title = self._rows.get(message.subject.text, (0, ""))
            if not row:
                row = inserts.add(message.title)
            elif title != message.title:
                updates.append(Update("source", row, {"title": message.title}))
            self.row_of[number] = written[message.title] = row
        return written

    def without(self, broken: Collection[int]) -> set[int]:
        """The messages to be left out where some are broken: where the last `TRIED` about one
        thing were, the older ones are not tried any more.
        """
        subjects = Counter(message.subject for message in self._all({*broken, *self.broken}))
        return {*broken} | {
            number
            for number, message in enumerate(self.messages)
            if message is not None and subjects[message.subject] >= TRIED
        }

    def _all(self, numbers: Iterable[int]) -> list[Message]:
        return [message for number in numbers if (message := self.messages[number]) is not None]

    def of(self, number: int) -> Message | None:
        """The message of a source, with the day since which it is official."""
        message = self.messages[number]
        return self._newest.get(message.subject.text) if message is not None else None

    def gave(self, row: int | None) -> bool:
        """Whether a row of `source` is that of messages."""
        return row in self._of_messages

    def decides(self, number: int) -> bool:
        """Whether the ranks of a message are those of its event: it tells of the event as a
        whole, or of the only unit that decides it.
        """
        message = self.of(number)
        if message is None:
            return True
        if message.subject.tells is not Tells.DECIDING:
            return message.subject.tells is Tells.EVENT
        key = (message.subject.competition, message.subject.event)
        return sum(other.subject.tells is Tells.DECIDING for other in self._events[key]) == 1

    def names_teams(self, number: int) -> bool:
        """Whether a message names the members of teams: the only unit of an event does, unless
        teams come in messages of their own.
        """
        message = self.of(number)
        if message is None or message.subject.tells not in _UNITS:
            return False
        subject = message.subject
        units = self._events[subject.competition, subject.event]
        teams = f"ODF DT_PARTIC_TEAMS {subject.competition} {subject.event[:3]}"
        return sum(other.subject.tells in _UNITS for other in units) == 1 and not any(
            text.startswith(teams) for text in self._newest
        )

    def state_of(self, numbers: Iterable[int]) -> tuple[str, str] | None:
        """How far the event of messages is, and since when it is official; None where nothing
        tells.

        What decides it tells: the event over all its phases, else the units of the deciding
        phase, which all have to be official, else its medallists.
        """
        subjects = [message.subject for n in numbers if (message := self.of(n)) is not None]
        for subject in subjects:
            if subject.event:
                return self._state(self._events[subject.competition, subject.event])
        return None

    def _state(self, messages: Sequence[Message]) -> tuple[str, str] | None:
        for tells in (Tells.EVENT, Tells.DECIDING):
            found = [message for message in messages if message.subject.tells is tells]
            if found:
                return _together(found)
        medals = [message for message in messages if message.subject.tells is Tells.MEDALS]
        if medals:
            return _together(medals)
        units = [message for message in messages if message.subject.tells is Tells.UNIT]
        begun = any(message.status != "scheduled" for message in units)
        return ("running" if begun else "scheduled", "") if units else None

    def has_entries(self, competition: str, discipline: str) -> bool:
        """Whether the entries of a discipline come in messages of their own."""
        return subject_of("DT_PARTIC", competition, discipline.ljust(34, "-")).text in self._newest


def _together(messages: Sequence[Message]) -> tuple[str, str]:
    """How far units are that decide an event together."""
    statuses = {message.status for message in messages}
    if statuses == {OFFICIAL}:
        return (OFFICIAL, max(message.day for message in messages))
    if statuses <= {OFFICIAL, "unofficial"}:
        return ("unofficial", "")
    return ("scheduled" if statuses == {"scheduled"} else "running", "")
