"""From the codes a person types to what they name; where there is none, what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.reads.records import RecordListRow
from medaldesk.cli.base import Refusal
from medaldesk.domain.names import fold
from medaldesk.reports.sentences import noun
from medaldesk.reports.words import tr

_LISTED = 8


def competition(reads: Reads, code: str | None) -> CompetitionRow:
    """A competition by its code, the latest that has events without one. Raises Refusal."""
    if code is None:
        latest = reads.latest_competition()
        if latest is None:
            raise Refusal(tr("There is no competition in this book yet."))
        return latest
    try:
        return reads.competition_by_code(code)
    except UnknownCode as error:
        known = [found.code for found in reads.competitions()]
        raise Refusal(unknown("competition", code, known)) from error


def series(reads: Reads, code: str) -> str:
    """A series by its code. Raises Refusal."""
    return _known("series", code, [row.code for row in reads.series()])


def discipline(reads: Reads, code: str) -> str:
    """A discipline by its code. Raises Refusal."""
    return _known("discipline", code, [row.code for row in reads.disciplines()])


def grouping(reads: Reads, code: str) -> int:
    """A grouping view by its code. Raises Refusal."""
    try:
        return reads.grouping_by_code(code).id
    except UnknownCode as error:
        known = [view.code for view in reads.grouping_views()]
        raise Refusal(unknown("grouping", code, known)) from error


def _known(what: str, code: str, known: Sequence[str]) -> str:
    """A code as it is written in the book. Raises Refusal."""
    if code.upper() not in known:
        raise Refusal(unknown(what, code, known))
    return code.upper()


def event(reads: Reads, path: str) -> int:
    """An event by `OWG2026/SSKW1000M`; `SSKW1000M` alone is of the latest competition.

    Raises Refusal.
    """
    code, _, event_type = path.rpartition("/")
    held = competition(reads, code or None)
    wanted = f"{held.code}/{event_type}"
    try:
        return reads.event_by_path(wanted)
    except UnknownCode as error:
        known = [found.path for found in reads.events(held.id)]
        raise Refusal(unknown("event", wanted, known)) from error


def is_entered(reads: Reads, event: int, name: str) -> bool:
    """Whether somebody in an event is called so, or in part."""
    return any(fold(name) in fold(row.name) for row in reads.results(event))


def only_event(reads: Reads, held: CompetitionRow) -> int:
    """The event of a competition that has one. Raises Refusal."""
    events = reads.events(held.id)
    if len(events) == 1:
        return events[0].id
    if not events:
        raise Refusal(tr("There is no event at {code} yet.").format(code=held.code))
    raise Refusal(
        tr("Say which event with --event: {known}.").format(
            known=_listed([found.path for found in events])
        )
    )


def record_lists(reads: Reads, code: str | None, event_type: str | None) -> list[RecordListRow]:
    """The record lists of a kind, of an event type, or all. Raises Refusal."""
    type_id = _event_type(reads, event_type) if event_type else None
    lists = reads.record_lists(type_id)
    if code is None:
        return lists
    found = [kept for kept in lists if kept.code.upper() == code.upper()]
    if not found:
        raise Refusal(unknown("record_list", code, _unique(kept.code for kept in lists)))
    return found


def only_record_list(reads: Reads, code: str | None, event_type: str | None) -> RecordListRow:
    """The one record list that matches. Raises Refusal."""
    lists = record_lists(reads, code, event_type)
    if len(lists) == 1:
        return lists[0]
    if not lists:
        raise Refusal(tr("There is no such record list yet."))
    known = _unique(f"{kept.code} {kept.event_type_code}" for kept in lists)
    raise Refusal(
        tr("Say which record list with --list and --event-type: {known}.").format(
            known=_listed(known)
        )
    )


def _event_type(reads: Reads, code: str) -> int:
    try:
        return reads.event_type_by_code(code).id
    except UnknownCode as error:
        known = [found.code for found in reads.event_types()]
        raise Refusal(unknown("event_type", code, known)) from error


def unknown(what: str, code: str, known: Sequence[str]) -> str:
    """One sentence: there is no such code, and which ones are near or there at all."""
    near = get_close_matches(code.upper(), known, n=3, cutoff=0.7)
    if near:
        template = tr("There is no {noun} {code} in this book: is it {near}?")
    elif known:
        template = tr("There is no {noun} {code} in this book; it has {known}.")
    else:
        template = tr("There is no {noun} {code} in this book, nor any other {noun} yet.")
    return template.format(
        noun=noun(what), code=code, near=tr(" or ").join(near), known=_listed(known)
    )


def _listed(codes: Sequence[str]) -> str:
    """The first of some codes, and how many more there are."""
    first = ", ".join(codes[:_LISTED])
    more = len(codes) - _LISTED
    return tr("{first} and {n} more").format(first=first, n=more) if more > 0 else first


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
