"""What an edit did in one event, in sentences: places, decisions, records, careers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from medaldesk.book.changes import Action, Change, MedalMove, RankMove, RecordMove
from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.book.reads.standings import MedalRow
from medaldesk.domain.decisions import MedalRuling
from medaldesk.domain.marks import MarkKind, difference, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome
from medaldesk.reports.told import LinkKind, Sentence, SentenceKind
from medaldesk.reports.words import irm_says, medal_name, ordinal, stood_for, tr

MANY_MOVES = 4

TELLING = (Action.ENTER_MARK, Action.ENTER_STATUS, Action.ENTER_RANK, Action.ENTER_TIE_BREAK)
"""Edits that tell of the one result that was typed."""

DECIDING = (
    Action.TAKE_DECISION,
    Action.CHANGE_DECISION,
    Action.REVOKE_DECISION,
    Action.DELETE_DECISION,
)
"""Edits that tell whose medals moved."""


_STILL_OPEN = (MedalRuling.WITHHELD, MedalRuling.PENDING)


class RaceTold:
    """Tells of one event; reads its sheet once."""

    def __init__(self, reads: Reads, event: int, change: Change) -> None:
        self._reads = reads
        self._change = change
        self._head: EventHead = reads.event_head(event)
        self._rows: Sequence[ResultRow] = reads.results(event)
        self._short = reads.short_names(event)

    def sentences(self) -> list[Sentence]:
        typed = self._typed_row()
        mine = {row.entry: row for row in self._rows}
        told = [] if typed is None else list(self._place(typed))
        told += self._decided()
        told += self._records()
        told += self._moved(move for move in self._change.moves.ranks if move.entry in mine)
        if self._change.kind != "undo":
            told += self._careers(m for m in self._change.moves.medals if m.entry in mine)
        return told

    def _typed_row(self) -> ResultRow | None:
        """The one result that was typed; None where several were."""
        told_by_name = self._change.action in TELLING and self._change.kind == "edit"
        if len(self._change.results) != 1 or not told_by_name:
            return None
        (result,) = self._change.results
        return next((row for row in self._rows if row.id == result), None)

    def _place(self, typed: ResultRow) -> Iterator[Sentence]:
        """Where the result that was typed stands, among those of its phase."""
        field = self._rows
        if len(self._head.phases) > 1:
            phase = self._reads.phase_of_result(typed.id)
            field = self._reads.results(self._head.id, phase)
        row = next(row for row in field if row.id == typed.id)
        name = self._short.get(row.entry, row.name)
        text = self._place_text(row, name, field)
        if text:
            yield Sentence(SentenceKind.RACE, text, name, LinkKind.RESULT, row.id)

    def _place_text(self, row: ResultRow, name: str, field: Sequence[ResultRow]) -> str:
        if row.status:
            return tr("{name}: {status}.").format(name=name, status=irm_says(row.status))
        if row.rank is None:
            return ""
        place = _place_word(row.rank)
        others = [r for r in field if r.rank is not None and r.entry != row.entry]
        sharing = [r for r in others if r.rank == row.rank]
        if sharing:
            return tr("{name} is {place}, level with {other}.").format(
                name=name, place=place, other=self._named(sharing)
            )
        if not others:
            return tr("{name} is the first with a mark.").format(name=name)
        rival = min(others, key=lambda r: (r.rank or 0, r.sort_order))
        return self._against(row, rival).format(
            name=name,
            place=place,
            gap=_gap(row, rival, self._head.form.kind),
            other=self._named([rival]),
        )

    def _against(self, row: ResultRow, rival: ResultRow) -> str:
        """The sentence that tells a result from the best of the others, its places in braces."""
        if row.mark is None or rival.mark is None:
            return tr("{name} is {place}.")
        if row.mark.value == rival.mark.value:
            return tr("{name} is {place} on the tie-break, level with {other}.")
        if row.rank != 1:
            return tr("{name} is {place}, {gap} behind {other}.")
        if self._has_moved(row):
            return tr("{name} takes the lead, {gap} ahead of {other}.")
        return tr("{name} stays in the lead, {gap} ahead of {other}.")

    def _has_moved(self, row: ResultRow) -> bool:
        return any(move.entry == row.entry for move in self._change.moves.ranks)

    def _named(self, rows: Sequence[ResultRow]) -> str:
        return ", ".join(self._short.get(row.entry, row.name) for row in rows)

    def _moved(self, moves: Iterable[RankMove]) -> Iterator[Sentence]:
        """The others whose rank moved; many of them in a number."""
        typed = self._typed_row()
        others = [
            move
            for move in moves
            if move.before is not None
            and move.after is not None
            and (typed is None or move.entry != typed.entry)
        ]
        if not others:
            return
        others.sort(key=lambda move: move.after or 0)
        steps = ", ".join(
            tr("{name} {before} → {after}").format(
                name=self._short.get(move.entry, ""), before=move.before, after=move.after
            )
            for move in others[:MANY_MOVES]
        )
        if len(others) > MANY_MOVES:
            steps = tr("{steps} and {n} more").format(steps=steps, n=len(others) - MANY_MOVES)
        yield Sentence(
            SentenceKind.RACE,
            tr("Ranks: {steps}.").format(steps=steps),
            "",
            LinkKind.EVENT,
            self._head.id,
        )

    # Decisions

    def _decided(self) -> Iterator[Sentence]:
        """Who was struck, whose medals a decision moved, what nobody has now (RULES R8, R9)."""
        if self._change.action not in DECIDING:
            return
        names = {row.entry: row.name for row in self._rows}
        moved = [
            move
            for move in self._change.moves.medals
            if move.entry in names and move.before is not move.after
        ]
        moved.sort(key=lambda move: (move.after is not None, _place_of(move.after)))
        struck = self._struck()
        told = [_medal_moved(move, names[move.entry], struck.get(move.entry)) for move in moved]
        with_medals = {move.entry for move in moved}
        told += [
            _struck(names[entry], status)
            for entry, status in struck.items()
            if entry not in with_medals
        ]
        if not told and self._change.kind != "edit":
            return
        if not moved:
            told.append(tr("no medal moves"))
        told += map(_vacant, self._left_vacant(moved))
        body = self._change.subject.removesuffix(f": {self._head.name}")
        text = tr("{decision}: {medals}.").format(
            decision=self._decision(body), medals="; ".join(told)
        )
        yield Sentence(SentenceKind.RACE, text, body, LinkKind.EVENT, self._head.id)

    def _struck(self) -> dict[int, str]:
        """Entry to status of those who had a rank before and have a status in its place now."""
        placed = {
            move.entry
            for move in self._change.moves.ranks
            if move.before is not None and move.after is None
        }
        return {row.entry: row.status for row in self._rows if row.entry in placed and row.status}

    def _left_vacant(self, moved: Sequence[MedalMove]) -> list[Medal]:
        """The medals that somebody had and nobody has now.

        Not one that a tie above leaves out, nor one that is only withheld or pending.
        """
        open_ones = {row.entry for row in self._rows if row.medal_ruling in _STILL_OPEN}
        left = {move.before for move in moved if move.entry not in open_ones}
        held = {row.entry: row.medal for row in self._rows if row.medal}
        places = [_place_of(medal) for medal in held.values()]
        return [
            medal
            for place, medal in enumerate(Medal)
            if medal in left
            and place not in places
            and sum(better < place for better in places) <= place
        ]

    def _decision(self, body: str) -> str:
        """What was done: `Decision of IOC`, `Decision of CAS revoked`."""
        if self._change.kind != "edit":
            return tr("Medals")
        match self._change.action:
            case Action.DELETE_DECISION:
                template = tr("Decision of {body} deleted")
            case Action.REVOKE_DECISION if self._is_revoked(body):
                template = tr("Decision of {body} revoked")
            case Action.REVOKE_DECISION:
                template = tr("Decision of {body} in force again")
            case _:
                template = tr("Decision of {body}")
        return template.format(body=body)

    def _is_revoked(self, body: str) -> bool:
        ledger = self._reads.decisions(event=self._head.id)
        return any(row.revoked_on for row in ledger if row.body == body)

    # Records

    def _records(self) -> Iterator[Sentence]:
        mine = {row.id for row in self._rows}
        by_list = Counter(move.record_list for move in self._change.moves.records)
        for record_list in by_list:
            history = self._reads.record_history(record_list)
            for move in self._change.moves.records:
                if move.record_list == record_list and move.result in mine:
                    yield self._record(move, history)

    def _record(self, move: RecordMove, history: RecordHistory) -> Sentence:
        row = next(row for row in self._rows if row.id == move.result)
        kind = history.list.kind_name
        name = self._short.get(row.entry, row.name)
        if move.after is None:
            text = tr("{name}: {kind} no longer.").format(name=name, kind=kind)
        elif move.after is Outcome.EQUALLED:
            text = tr("{kind} equalled: {name} {mark}.").format(
                kind=kind, name=name, mark=_mark(row, self._head)
            )
        else:
            text = self._record_set(row, name, history)
        return Sentence(SentenceKind.RECORD, text, kind, LinkKind.RECORDS, history.list.id)

    def _record_set(self, row: ResultRow, name: str, history: RecordHistory) -> str:
        place = next(n for n, line in enumerate(history.rows) if line.result == row.id)
        before = [line for line in history.rows[:place] if line.mark != row.mark]
        words = {"kind": history.list.kind_name, "name": name, "mark": _mark(row, self._head)}
        if not before:
            return tr("{kind} {mark} by {name}, the first of the list.").format(**words)
        last = before[-1]
        words |= {
            "margin": _margin(row, last, self._head.form.kind),
            "old": format_mark(last.mark, self._head.form.kind),
            "holder": _surname(self._reads, last),
            "stood": stood_for(last.reign.stood, last.unit_kind),
        }
        if not words["stood"]:
            text = tr("{kind} {mark} by {name}, {margin} better than {holder}’s {old}.")
        else:
            text = tr(
                "{kind} {mark} by {name}, {margin} better than {holder}’s {old}, "
                "which stood for {stood}."
            )
        return f"{text.format(**words)}{self._since_morning(row, last, before)}"

    def _since_morning(self, row: ResultRow, last: RecordRow, before: Sequence[RecordRow]) -> str:
        """Where the record fell before on the same day: the distance to what stood then."""
        morning = next((line for line in reversed(before) if line.day != self._head.day), None)
        if morning is None or morning is last:
            return ""
        margin = _margin(row, morning, self._head.form.kind)
        return " " + tr("{margin} better than what stood that morning.").format(margin=margin)

    # Careers

    def _careers(self, moves: Iterable[MedalMove]) -> Iterator[Sentence]:
        for move in moves:
            row = next(row for row in self._rows if row.entry == move.entry)
            if move.after is None or move.before is not None or row.athlete is None:
                continue
            text = self._career(row, move.after)
            if text:
                name = self._short.get(row.entry, row.name)
                yield Sentence(SentenceKind.CAREER, text, name, LinkKind.RESULT, row.id)

    def _career(self, row: ResultRow, medal: Medal) -> str:
        assert row.athlete is not None
        earlier = [
            won
            for won in self._reads.career(row.athlete, self._head.event_type)
            if won.day < self._head.day
        ]
        if not earlier:
            return ""
        words = {
            "name": self._short.get(row.entry, row.name),
            "medal": medal_name(medal).lower(),
            "event": self._head.name,
            "nth": ordinal(len(earlier) + 1),
            "before": ", ".join(
                tr("{medal} in {games}").format(
                    medal=medal_name(won.medal).lower(), games=self._games(won)
                )
                for won in earlier
            ),
        }
        last_gold = earlier[-1].medal is Medal.GOLD and self._is_defending(earlier[-1].event)
        if last_gold:
            return tr("{name}: {medal} as defending champion; {before}.").format(**words)
        return tr("{name}: {nth} medal in {event}, after {before}.").format(**words)

    def _games(self, won: MedalRow) -> str:
        """`Beijing 2022`, or the year alone where the city is not known."""
        competition = self._reads.event_row(won.event).competition
        city = self._reads.competition(competition).city or ""
        return f"{city} {won.day[:4]}".strip()

    def _is_defending(self, event: int) -> bool:
        """Whether an event is the last one held before this."""
        return event == self._reads.previous_edition(self._head.id)


def _place_of(medal: Medal | None) -> int:
    return list(Medal).index(medal) if medal else 0


def _struck(name: str, status: str) -> str:
    """`Marion Jones: disqualified`."""
    return tr("{name}: {status}").format(name=name, status=irm_says(status))


def _vacant(medal: Medal) -> str:
    return tr("{medal} is vacant").format(medal=medal_name(medal).lower())


def _medal_moved(move: MedalMove, name: str, status: str | None) -> str:
    """`Marion Jones: disqualified, loses gold`, `Tayna Lawrence silver instead of bronze`."""
    if status:
        name = tr("{struck},").format(struck=_struck(name, status))
    if move.after is None:
        template = tr("{name} loses {before}")
    elif move.before is None:
        template = tr("{name} gains {after}")
    else:
        template = tr("{name} {after} instead of {before}")
    medals = {
        when: medal_name(medal).lower() if medal else ""
        for when, medal in (("before", move.before), ("after", move.after))
    }
    return template.format(name=name, **medals)


def _place_word(rank: int) -> str:
    words = {1: tr("first"), 2: tr("second"), 3: tr("third"), 4: tr("fourth"), 5: tr("fifth")}
    return words.get(rank) or ordinal(rank)


def _gap(row: ResultRow, other: ResultRow, kind: MarkKind) -> str:
    if row.mark is None or other.mark is None:
        return ""
    return format_mark(difference(row.mark, other.mark), kind)


def _mark(row: ResultRow, head: EventHead) -> str:
    return format_mark(row.mark, head.form.kind) if row.mark else ""


def _margin(row: ResultRow, line: RecordRow, kind: MarkKind) -> str:
    assert row.mark is not None
    return format_mark(difference(row.mark, line.mark), kind)


def _surname(reads: Reads, line: RecordRow) -> str:
    """The family name of a record holder where the book knows the person."""
    if line.event is None or line.result is None:
        return line.holder
    return reads.short_name_of_result(line.result)
