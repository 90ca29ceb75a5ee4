"""A book, or a part of it, as tidy results: rows from which a book can be made again.

A row is one result, the mark of an entry in a phase; an entry without a result has a row too.
The columns of competition and event stand in every row. Competitions come by their first day,
events by date and name, phases from the first to the last, each in the order of its sheet. What
belongs to an entry and not to a phase (`rank`, `medal`) stands with its last result, so that
nothing counts twice. The members of a team follow its first row, with `member_of`.

- `status` and `medal` are what stands after decisions, while an event is not official as it
  stands; `rank` is derived, in a `manual` event what was typed. What decisions say stands in rows
  of their own behind those of the event.
- `date` is the day of the result where its phase or unit has one, else that of the event.
- `source` is that of the result, else of the event, else of the competition.
- In CSV a cell that a spreadsheet would take for a formula has an apostrophe before it;
  `medaldesk.domain.cells.plain` takes it off. XLSX needs none: its cells are text.

Not carried: splits; record lists and rulings; groupings, populations; what nations without an entry
are in a medal table; other names of athletes; countries of competitions, addresses of sources,
cities of venues, notes of events, names of units; assistance; what event types say of wind, ties
and kinds of unit; series, but for their codes; events and phases in which nobody is entered;
statuses of events but official; the journal. For these there are the book itself, which is SQLite,
and its backup.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from medaldesk.book.errors import BookExists
from medaldesk.book.reads import Reads
from medaldesk.book.reads.tidy import TidyEvent, TidyLine, TidyMember, TidyRuling
from medaldesk.book.replay import Progress
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Mark, MarkKind, format_mark
from medaldesk.domain.wind import format_wind
from medaldesk.exchange.counted import counted
from medaldesk.exchange.tidy import NONE, TIDY_COLUMNS
from medaldesk.exchange.write_table import Cell, Column, Row, write_table

_NUMBERS = frozenset({"decimals", "bronzes", "unit", "order", "tie_break", "rank"})

_WIDTHS = {
    "competition_name": 22,
    "start_date": 11,
    "end_date": 11,
    "event": 18,
    "event_name": 26,
    "venue": 26,
    "date": 11,
    "phase": 14,
    "athlete": 26,
    "family_name": 18,
    "given_name": 18,
    "team": 18,
    "member_of": 18,
    "official": 11,
    "note": 30,
    "source": 30,
}

COLUMNS = tuple(
    Column(name, _WIDTHS.get(name, max(8, len(name) + 1)), name in _NUMBERS)
    for name in TIDY_COLUMNS
)


def export_tidy(
    reads: Reads,
    book: Path,
    path: Path,
    *,
    competitions: Collection[int] = (),
    events: Collection[int] = (),
    progress: Progress | None = None,
) -> int:
    """Write a book, or some competitions and events of it, to a CSV or XLSX file; its rows.

    `reads` are of a connection that nothing is written through meanwhile. Raises BookExists
    where `path` is the book itself, TableFormatUnknown, TableTooLarge, a BookError.
    """
    if path.exists() and path.samefile(book):
        raise BookExists(path=path)
    every = tidy_rows(reads, competitions=competitions, events=events, progress=progress)
    with closing(every) as rows:
        return write_table(path, COLUMNS, rows)


def tidy_rows(
    reads: Reads,
    *,
    competitions: Collection[int] = (),
    events: Collection[int] = (),
    progress: Progress | None = None,
) -> Generator[Row]:
    """The rows of a book, or of some competitions and events, as they were at the first row.

    No more than an event is held at a time; `progress` is told of each. Close what is not read to
    its end.
    """
    with reads.one_moment():
        for event in counted(reads.tidy_events(competitions, events), progress):
            yield from _event_rows(reads, event)


def _event_rows(reads: Reads, event: int) -> Iterator[Row]:
    head = reads.tidy_event(event)
    nations = reads.nations_on(head.start_date)
    members = reads.tidy_members(event)
    not_ranked = reads.not_ranked(event)
    columns = _head(head)
    met: dict[int, Mapping[str, Cell]] = {}
    for line in reads.tidy_lines(event):
        nation = {"nation": nations[line.nation], "membership": not_ranked.get(line.nation)}
        yield {**columns, **nation, **_line(line, head)}
        if line.entry not in met:
            met[line.entry] = {**nation, **_entry(line)}
            for member in members.get(line.entry, ()):
                yield {**columns, **nation, **_member(member), "member_of": line.team}
    for ruling in reads.tidy_rulings(event):
        yield {**columns, **met[ruling.entry], **_ruling(ruling)}


def _head(event: TidyEvent) -> Mapping[str, Cell]:
    """What the rows of an event share."""
    return {
        "series": event.series,
        "competition": event.competition,
        "competition_name": event.competition_name,
        "city": event.city,
        "start_date": event.start_date,
        "end_date": event.end_date,
        "discipline": event.discipline,
        "event": event.event,
        "event_name": event.event_name,
        "gender": event.gender,
        "mark_kind": event.mark_kind,
        "better": event.better,
        "decimals": event.decimals,
        "classification": event.classification,
        "bronzes": event.bronzes,
        "venue": event.venue,
        "date": event.date,
        "official": event.official_at,
        "source": event.source,
    }


def _line(line: TidyLine, event: TidyEvent) -> Mapping[str, Cell]:
    is_manual = event.classification == Classification.MANUAL
    entered = (line.entered_status or NONE) if line.is_decided and line.phase else None
    return {
        **_entry(line),
        "date": line.date or event.date,
        "time": line.clock_time,
        "phase": line.phase,
        "unit": line.unit,
        "order": line.start_order,
        "lane": line.lane,
        "entered_status": entered,
        "mark": _mark(line, event),
        "status": line.status,
        "tie_break": line.tie_break,
        "wind": format_wind(line.wind),
        "rank": line.typed_rank if is_manual else line.rank,
        "medal": line.medal,
        "note": "; ".join(note for note in (line.note, line.entry_note) if note),
        "source": line.source or event.source,
    }


def _entry(line: TidyLine) -> Mapping[str, Cell]:
    """What names an entry."""
    return {
        "bib": line.bib,
        "athlete": line.athlete,
        "family_name": line.family_name,
        "given_name": line.given_name,
        "athlete_gender": line.gender,
        "birth_date": line.birth_date,
        "team": line.team,
    }


def _ruling(ruling: TidyRuling) -> Mapping[str, Cell]:
    """What a decision sets of an entry; the entry is named beside it."""
    return {
        "source": ruling.source,
        "decision_date": ruling.date,
        "decision_body": ruling.body,
        "decision_reason": ruling.reason,
        "decision_status": (ruling.status or NONE) if ruling.sets_status else None,
        "decision_rank": (str(ruling.rank or NONE)) if ruling.sets_rank else None,
        "decision_medal": ruling.medal,
        "decision_revoked": ruling.revoked_on,
    }


def _mark(line: TidyLine, event: TidyEvent) -> str | None:
    if line.mark is None or line.mark_decimals is None:
        return line.score
    return format_mark(Mark(line.mark, line.mark_decimals), MarkKind(event.mark_kind))


def _member(member: TidyMember) -> Mapping[str, Cell]:
    return {
        "athlete": member.name,
        "family_name": member.family_name,
        "given_name": member.given_name,
        "athlete_gender": member.gender,
        "birth_date": member.birth_date,
    }
