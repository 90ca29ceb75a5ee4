"""What an edit did, in sentences: medals, ranks, records, careers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from medaldesk.book.changes import Action, Change, MedalMove
from medaldesk.book.errors import UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.records import RecordHistory
from medaldesk.domain.marks import format_mark
from medaldesk.domain.records import Ruling
from medaldesk.domain.standings import Tally
from medaldesk.reports.race_told import DECIDING, TELLING, RaceTold
from medaldesk.reports.told import LinkKind, Sentence, SentenceKind
from medaldesk.reports.words import (
    journal_line,
    record_ruling,
    tr,
)

MANY_EVENTS = 3
"""A change in more events than this is told in numbers, not in names."""

_HEADS = {
    **dict.fromkeys((*TELLING, *DECIDING), SentenceKind.RACE),
    Action.RULE_RECORD: SentenceKind.RECORD,
}
"""The first sentence of these edits says what was done; the others begin with their name."""


_LISTING = (Action.ADD_RECORD_LIST, Action.CHANGE_RECORD_LIST, Action.SET_BASELINE)
"""Edits that can give a record list another record."""


def what_changed(reads: Reads, change: Change) -> list[Sentence]:
    """The sentences that tell of a change, the most important first."""
    events = change.events - change.flagged
    if len(events) > MANY_EVENTS:
        return [_action(change), *_in_numbers(change)]
    told: list[Sentence] = []
    for event in sorted(events):
        with suppress(UnknownCode):  # the change deleted it
            told += RaceTold(reads, event, change).sentences()
    if change.action is Action.RULE_RECORD:
        told += _ruled(reads, change)
    if change.action in _LISTING:
        told += _listed(reads, change)
    headed = bool(told) and change.kind == "edit" and told[0].kind is _HEADS.get(change.action)
    told += _nations(reads, change)
    return told if headed else [_action(change), *told]


def _action(change: Change) -> Sentence:
    line = journal_line(change.action, change.subject, change.kind)
    return Sentence(SentenceKind.ACTION, line, line.partition(":")[0])


def _in_numbers(change: Change) -> Iterator[Sentence]:
    medals = sum(move.after is not None for move in change.moves.medals)
    records = sum(move.after is not None for move in change.moves.records)
    events = len(change.events - change.flagged)
    text = tr("{events} events, {medals} medals, {records} records.").format(
        events=f"{events:,}", medals=f"{medals:,}", records=f"{records:,}"
    )
    yield Sentence(SentenceKind.RACE, text)


def _ruled(reads: Reads, change: Change) -> Iterator[Sentence]:
    """What was ruled on a mark, and what stands since (RULES R26)."""
    named, _, ruling = change.subject.rpartition(" ")
    name = named.rpartition(": ")[2]
    for record_list in sorted(change.record_lists):
        with suppress(UnknownCode):  # the change deleted it
            history = reads.record_history(record_list)
            if change.kind == "edit":
                yield from _ruling(history, name, ruling)
            if any(move.record_list == record_list for move in change.moves.records):
                yield from _stands_now(history)


def _ruling(history: RecordHistory, name: str, ruling: str) -> Iterator[Sentence]:
    """What was ruled: `Olympic record annulled: Jutta Leerdam 1:12.31`."""
    ruled = [
        row
        for row in (*history.rows, *history.annulled)
        if row.holder == name and row.ruling and row.ruling.ruling == ruling
    ]
    if ruled:
        row = max(ruled, key=lambda row: (row.ruling and row.ruling.day) or "")
        text = tr("{kind} {ruling}: {name} {mark}.").format(
            kind=history.list.kind_name,
            ruling=record_ruling(Ruling(ruling)).lower(),
            name=name,
            mark=format_mark(row.mark, history.list.form.kind),
        )
        yield _of_list(history, text)


def _stands_now(history: RecordHistory) -> Iterator[Sentence]:
    """What is the record after a ruling took marks out of a list or put them back."""
    if not history.current:
        text = tr("No {kind} stands now.").format(kind=history.list.kind_name)
        yield _of_list(history, text)
    for row in history.current:
        text = tr("{kind} now: {mark} by {holder}.").format(
            kind=history.list.kind_name,
            mark=format_mark(row.mark, history.list.form.kind),
            holder=row.holder,
        )
        yield _of_list(history, text)


def _listed(reads: Reads, change: Change) -> Iterator[Sentence]:
    """What is the record of each list that an edit made or judged anew."""
    for record_list in sorted(change.record_lists):
        with suppress(UnknownCode):  # an undo took the list away
            yield from _stands_now(reads.record_history(record_list))


def _of_list(history: RecordHistory, text: str) -> Sentence:
    kind = history.list.kind_name
    return Sentence(SentenceKind.RECORD, text, kind, LinkKind.RECORDS, history.list.id)


def _nations(reads: Reads, change: Change) -> Iterator[Sentence]:
    """For each nation whose medals moved: before and after (RULES R10, R19)."""
    moved: dict[tuple[int, int], list[MedalMove]] = {}
    for move in change.moves.medals:
        moved.setdefault((move.competition, move.nation), []).append(move)
    for (competition, nation), moves in sorted(moved.items(), key=_gains_first):
        with suppress(UnknownCode):  # the change deleted the competition
            yield from _nation(reads, competition, nation, moves)


def _gains_first(item: tuple[tuple[int, int], list[MedalMove]]) -> tuple[int, tuple[int, int]]:
    key, moves = item
    return (sum(m.after is None for m in moves) - sum(m.before is None for m in moves), key)


def _nation(
    reads: Reads, competition: int, nation: int, moves: Sequence[MedalMove]
) -> Iterator[Sentence]:
    stands = any(not m.is_official if m.after else not m.was_official for m in moves)
    after = reads.tally(competition, nation, as_it_stands=stands)
    gained = Tally.of(m.after for m in moves if m.after and (stands or m.is_official))
    lost = Tally.of(m.before for m in moves if m.before and (stands or m.was_official))
    before = Tally(
        *(a - g + x for a, g, x in zip(after.triple, gained.triple, lost.triple, strict=True))
    )
    if before == after:
        return
    start = reads.competition(competition).start
    words = {
        "nation": reads.nation_name(nation, start),
        "before": "-".join(map(str, before.triple)),
        "after": "-".join(map(str, after.triple)),
        "arrow": "▲" if after.triple > before.triple else "▼",
    }
    template = tr("{nation} {arrow} {before} → {after}")
    text = template.format(**words) + (tr(", as it stands.") if stands else ".")
    yield Sentence(SentenceKind.NATION, text, words["after"], LinkKind.STANDINGS, competition)
