"""What stands below a result sheet: flags and statuses spelt out, ties, decisions, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from medaldesk.book.reads.decisions import LedgerRow
from medaldesk.book.reads.events import ResultRow
from medaldesk.book.reads.records import RecordHistory
from medaldesk.domain.marks import Mark
from medaldesk.reports import words
from medaldesk.reports.decision_words import decision_line
from medaldesk.reports.words import tr

Entries = Sequence[Sequence[ResultRow]]
"""The results of each entry, the last phase first, in the order of the sheet."""


def result_notes(
    entries: Entries,
    marks: Mapping[int, Mark | None],
    histories: Iterable[RecordHistory],
    ledger: Sequence[LedgerRow],
) -> Iterator[str]:
    """The notes; `marks` are those that rank each entry, `ledger` has the latest decision first."""
    if not entries:
        yield tr("Nobody is entered yet.")
        return
    results = [result for own in entries for result in own]
    named = tr("{code}: {name}")
    legend = (*_flags(results, histories), *_bests(results), *_statuses(results))
    yield from (named.format(code=code, name=name) for code, name in legend)
    last = [own[0] for own in entries]
    yield from _open_ties(last)
    yield from _broken_ties(last, marks)
    yield from map(decision_line, reversed(ledger))
    assisted = tr("assisted ({how})")
    for result in results:
        if result.assistance:
            yield named.format(code=result.name, name=assisted.format(how=result.assistance))
        if result.note:
            yield named.format(code=result.name, name=result.note)


def _flags(
    results: Iterable[ResultRow], histories: Iterable[RecordHistory]
) -> Iterator[tuple[str, str]]:
    flags = {flag.text for result in results for flag in result.records}
    names = {history.list.code: history.list.kind_name for history in histories}
    equalled = tr("{name} equalled")
    yield from ((code, name) for code, name in names.items() if code in flags)
    for code, name in names.items():
        if f"={code}" in flags:
            yield f"={code}", equalled.format(name=name)


def _bests(results: Iterable[ResultRow]) -> Iterator[tuple[str, str]]:
    """The flags of athletes' own bests (RULES R29)."""
    bests = {result.best.text: result.best for result in results if result.best}
    for code in ("PB", "=PB", "SB", "=SB"):
        if code in bests:
            yield code, words.best_says(bests[code])


def _statuses(results: Iterable[ResultRow]) -> Iterator[tuple[str, str]]:
    for code in sorted({result.status for result in results if result.status}):
        yield code, words.irm_name(code)


def _open_ties(last: Sequence[ResultRow]) -> Iterator[str]:
    """Ties that the rules of the event want broken and nobody broke yet (RULES R3)."""
    template = tr("{names} share rank {rank}: the tie is still to be broken.")
    for rank in sorted({result.rank for result in last if result.tie_open and result.rank}):
        names = [result.name for result in last if result.rank == rank]
        yield template.format(names=_named(names), rank=rank)


def _broken_ties(last: Sequence[ResultRow], marks: Mapping[int, Mark | None]) -> Iterator[str]:
    """Equal marks with different ranks, by a tie-break (RULES R3)."""
    template = tr("{names}: equal marks, separated by the tie-break.")
    group: list[ResultRow] = []
    for one, other in pairwise(last):
        if _separated(one, other, marks):
            group = group or [one]
            group.append(other)
        elif group:
            yield template.format(names=_named([result.name for result in group]))
            group = []
    if group:
        yield template.format(names=_named([result.name for result in group]))


def _separated(one: ResultRow, other: ResultRow, marks: Mapping[int, Mark | None]) -> bool:
    mark, next_mark = marks[one.entry], marks[other.entry]
    ranked = one.rank is not None and other.rank is not None and one.rank != other.rank
    return (
        ranked
        and mark is not None
        and next_mark is not None
        and mark.value == next_mark.value
        and one.tie_break is not None
        and other.tie_break is not None
    )


def _named(names: Sequence[str]) -> str:
    """`Anna, Berta and Carla`."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
