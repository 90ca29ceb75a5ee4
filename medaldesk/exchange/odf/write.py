"""A book, or a part of it, as messages of the Olympic Data Feed (RULES 9).

A file is a message; the names of the files are in the order in which they are to be read. For
each competition: by discipline who takes part, then of each event a result a unit, the event as
a whole where it has several phases or somebody without a result, and the medallists of an official
one; last the medal table. Behind all competitions come the record lists of each event type.

- Ranks, statuses and medals are those after decisions, as the result sheet has them.
- Each message is stamped a millisecond after the one before it, the first one with the time at
  which the book was last written: the same book gives the same bytes. `Version` is the number of
  the last entry of its journal, so that a later export replaces an earlier one.
- The medal table is written for competitions that are written whole.

Not carried, besides what tidy results do not carry (`tidy_export`): decisions themselves and what
stood before them; what a nation is in a medal table (left out, unranked); rulings, but that a
record is unconfirmed; published progressions.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import indent, tostring

from medaldesk.book.errors import BookExists
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.replay import Progress
from medaldesk.exchange.counted import counted
from medaldesk.exchange.odf.write_files import target_of
from medaldesk.exchange.odf.write_lists import medal_standings, participants
from medaldesk.exchange.odf.write_parts import EventFacts, Message, element
from medaldesk.exchange.odf.write_records import RecordsOf, records
from medaldesk.exchange.odf.write_results import event_messages

SOURCE = "MEDALDESK"
"""Who sends the messages, in the words of their header."""

PRODUCTION = "P"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def export_odf(
    reads: Reads,
    book: Path,
    target: Path,
    *,
    competitions: Collection[int] = (),
    events: Collection[int] = (),
    at: datetime | None = None,
    progress: Progress | None = None,
) -> int:
    """Write messages to a folder or a .zip; how many.

    `at` is the time of the first message, else that of the last change of the book; `progress` is
    told of the events and of the kinds of event whose records are written. `reads` are
    of a connection that nothing is written through meanwhile. Raises BookExists where `target` is
    the book itself or a folder with anything in it, a BookError.
    """
    if target.exists() and target.samefile(book):
        raise BookExists(path=target)
    with reads.one_moment():
        begun = (at or reads.last_written()).astimezone(UTC)
        version = reads.last_journal()
        written = _Export(reads, competitions, events, progress)
        count = 0
        with target_of(target, begun) as put, closing(written.messages()) as messages:
            for count, message in enumerate(messages, start=1):
                stamp = begun + timedelta(milliseconds=count - 1)
                put(_file_name(message, stamp), _document(message, stamp, version))
    return count


def _file_name(message: Message, stamp: datetime) -> str:
    """`20260209T173000000_DT_RESULT_SSKW1000M-------------FNL-000100--.xml`."""
    return f"{stamp:%Y%m%d}T{_clock(stamp)}_{message.type}_{message.rsc}.xml"


def _document(message: Message, stamp: datetime, version: int) -> bytes:
    body = element(
        "OdfBody",
        CompetitionCode=message.competition,
        DocumentCode=str(message.rsc),
        DocumentType=message.type.value,
        Version=version,
        ResultStatus=message.status,
        FeedFlag=PRODUCTION,
        Date=f"{stamp:%Y-%m-%d}",
        Time=_clock(stamp),
        LogicalDate=message.day,
        Source=SOURCE,
    )
    body.append(message.payload)
    indent(body)
    # Much faster than to let it encode piece by piece.
    return f"{_DECLARATION}{tostring(body, encoding='unicode')}\n".encode()


def _clock(stamp: datetime) -> str:
    """`hhmmssfff`."""
    return f"{stamp:%H%M%S}{stamp.microsecond // 1000:03d}"


class _Export:
    """What is written of a book."""

    def __init__(
        self,
        reads: Reads,
        competitions: Collection[int],
        events: Collection[int],
        progress: Progress | None,
    ) -> None:
        self._reads = reads
        self._all = not competitions and not events
        self._whole = set(competitions)
        self._events = reads.tidy_events(competitions, events)
        self._nations: dict[str, Mapping[int, str]] = {}
        self._competitions: dict[str, CompetitionRow] = {}
        self._kinds = reads.event_types()
        # Taken one by one: whoever takes the next is done with the one before it.
        self._steps = counted([*self._events, *self._kinds], progress)

    def messages(self) -> Generator[Message]:
        """All messages, in the order in which they are to be read."""
        told: dict[str, CompetitionRow] = {}
        facts = map(self._event, self._events)
        for _, of_competition in groupby(facts, lambda event: event.facts.competition):
            held = list(of_competition)
            competition = held[0].competition
            yield from self._competition(held)
            told |= {event.facts.event: competition for event in held}
            if self._all or competition.id in self._whole:
                yield medal_standings(self._reads, competition)
        yield from self._records(told)
        next(self._steps, None)

    def _competition(self, events: Sequence[EventFacts]) -> Iterator[Message]:
        """The messages of the events of one competition, by discipline."""
        by_discipline: dict[str, list[EventFacts]] = {}
        for event in events:
            by_discipline.setdefault(event.facts.discipline, []).append(event)
        for held in by_discipline.values():
            yield participants(held)
            for event in held:
                next(self._steps)
                yield from event_messages(event)

    def _event(self, event: int) -> EventFacts:
        reads = self._reads
        facts = reads.tidy_event(event)
        day, code = facts.start_date, facts.competition
        if day not in self._nations:
            self._nations[day] = reads.nations_on(day)
        if code not in self._competitions:
            self._competitions[code] = reads.competition_by_code(code)
        head, competition = reads.event_head(event), self._competitions[code]
        return EventFacts(event, reads, facts, head, self._nations[day], competition)

    def _records(self, told: Mapping[str, CompetitionRow]) -> Iterator[Message]:
        """A message for each event type with lists, told by the last competition that had it."""
        latest = self._reads.latest_competition() if self._all else None
        disciplines = {row.name: row.code for row in self._reads.disciplines()}
        countries = self._reads.host_nations()
        with_lists = {found.event_type for found in self._reads.record_lists()}
        for kind in self._kinds:
            next(self._steps)
            competition = told.get(kind.code, latest)
            if kind.id in with_lists and competition is not None:
                of = RecordsOf(kind, disciplines[kind.discipline], competition, countries)
                yield records(self._reads, of)
