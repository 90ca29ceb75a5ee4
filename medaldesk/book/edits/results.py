"""Edits of results: marks, statuses, ranks, tie-breaks, splits, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medaldesk.book.changes import Action
from medaldesk.book.connection import explained_sql
from medaldesk.book.edits.entries import EntryEdits
from medaldesk.book.errors import BadNumber, BadRank, BadTime
from medaldesk.book.journal import Writer
from medaldesk.book.names_sql import ENTRY_NAME
from medaldesk.domain.marks import (
    Better,
    Entered,
    MarkFormat,
    MarkKind,
    SplitKind,
    format_mark,
    parse_entered,
    parse_mark,
)
from medaldesk.domain.wind import format_wind, parse_wind


@dataclass(frozen=True, slots=True)
class ResultHead:
    """What an edit needs to know of a result before it writes."""

    event: int
    entry: int
    name: str
    form: MarkFormat


class ResultEdits(EntryEdits):
    """What was achieved."""

    def enter_mark(self, result: int, text: str) -> None:
        """Enter what was typed in a mark cell: a mark, a score, a status, or nothing.

        Raises MarkNotUnderstood, MarkImpossible, MarkTooPrecise, MarkNotWanted.
        """
        head = self._result_head(result)
        entered = parse_entered(text, head.form, self._statuses())
        with self.together(_action(entered), _subject(head, entered)) as writer:
            self._write_mark(writer, result, head, entered)

    def enter_marks(self, typed: Sequence[tuple[int, str]]) -> None:
        """Enter many mark cells as one undo step; raises for the first that is wrong."""
        with self.together(Action.PASTE_MARKS, str(len(typed))):
            for result, text in typed:
                self.enter_mark(result, text)

    def enter_rank(self, entry: int, text: str) -> None:
        """Type the rank that `manual` classification goes by; nothing typed clears it.

        Raises BadRank.
        """
        event, name = self._entry_head(entry)
        rank = whole_number(text, BadRank)
        if rank is not None and not 1 <= rank <= 99_999:
            raise BadRank(text=text)
        with self.together(Action.ENTER_RANK, f"{name} {text.strip()}".strip()) as writer:
            writer.update("entry", entry, typed_rank=rank)
            if rank is not None:
                self._begin(writer, event)

    def enter_tie_break(self, result: int, text: str) -> None:
        """Enter a tie-break, lower is better, e.g. the thousandths (RULES R3). Raises BadNumber."""
        head = self._result_head(result)
        value = whole_number(text, BadNumber)
        subject = f"{head.name} {text.strip()}".strip()
        with self.together(Action.ENTER_TIE_BREAK, subject) as writer:
            writer.update("result", result, tie_break=value)

    def enter_start_order(self, result: int, text: str) -> None:
        """Enter the place in the order of start; nothing typed clears it. Raises BadNumber."""
        head = self._result_head(result)
        order = whole_number(text, BadNumber)
        subject = f"{head.name} {text.strip()}".strip()
        with self.together(Action.ENTER_START_ORDER, subject) as writer:
            writer.update("result", result, start_order=order)

    def enter_split(
        self,
        result: int,
        label: str,
        text: str,
        kind: SplitKind = SplitKind.CUMULATIVE,
    ) -> None:
        """Enter an intermediate, e.g. `200 m` 17.6; nothing typed deletes it. Raises MarkError."""
        head = self._result_head(result)
        mark = parse_mark(text, head.form) if text.strip() else None
        row = self._find("SELECT id FROM split WHERE result_id = ? AND label = ?", result, label)
        subject = f"{head.name} {label} {text.strip()}".strip()
        with self.together(Action.ENTER_SPLIT, subject) as writer:
            if mark is None:
                if row:
                    writer.delete("split", row[0])
                return
            values = {"kind": kind, "value": mark.value, "decimals": mark.decimals}
            if row:
                writer.update("split", row[0], **values)
                return
            (last,) = self._one(
                "SELECT coalesce(max(position), 0) FROM split WHERE result_id = ?", result
            )
            writer.insert("split", result_id=result, position=last + 1, label=label, **values)

    def enter_clock_time(self, result: int, text: str) -> None:
        """Enter when a mark was made, `14:05` or `14:05:30`; nothing typed clears it (RULES R5).

        Raises BadTime.
        """
        head = self._result_head(result)
        clock = _clock_time(text)
        subject = f"{head.name} {clock or ''}".strip()
        with self.together(Action.ENTER_CLOCK_TIME, subject) as writer:
            writer.update("result", result, clock_time=clock)

    def enter_wind(self, result: int, text: str) -> None:
        """Enter the wind, `+1.8` or `nwi`; in a race it is that of the whole unit (RULES R25).

        Raises BadWind.
        """
        head = self._result_head(result)
        wind = parse_wind(text)
        subject = f"{head.name} {format_wind(wind)}".strip()
        with self.together(Action.ENTER_WIND, subject) as writer:
            for row in self._in_one_wind(result, head):
                writer.update("result", row, wind=wind)

    def enter_assistance(self, result: int, text: str) -> None:
        """Say what helped a mark, such as a pacemaker; nothing typed is nothing (RULES R25)."""
        head = self._result_head(result)
        with self.together(Action.ENTER_ASSISTANCE, head.name) as writer:
            writer.update("result", result, assistance=" ".join(text.split()) or None)

    def write_note(self, result: int, text: str) -> None:
        """Write what a person wants to keep with a result."""
        head = self._result_head(result)
        with self.together(Action.WRITE_NOTE, head.name) as writer:
            writer.update("result", result, note=" ".join(text.split()) or None)

    def result_of(self, entry: int) -> int:
        """The result of an entry in the first phase it competes in."""
        (result,) = self._one(
            """SELECT r.id FROM result AS r JOIN phase AS p ON p.id = r.phase_id
            WHERE r.entry_id = ? ORDER BY p.position, r.id LIMIT 1""",
            entry,
        )
        return int(result)

    def _write_mark(self, writer: Writer, result: int, head: ResultHead, entered: Entered) -> None:
        mark = entered.mark
        writer.update(
            "result",
            result,
            mark=mark.value if mark else None,
            mark_decimals=mark.decimals if mark else None,
            score=entered.score,
            status=entered.status,
        )
        if entered != Entered():
            self._begin(writer, head.event)

    def _in_one_wind(self, result: int, head: ResultHead) -> list[int]:
        """The results that one reading of the wind is for."""
        if head.form.kind is not MarkKind.TIME:
            return [result]
        unit = self._all(
            """SELECT o.id FROM result AS r JOIN result AS o ON o.unit_id = r.unit_id
            WHERE r.id = ? ORDER BY o.id""",
            result,
        )
        return [row for (row,) in unit] or [result]

    def _begin(self, writer: Writer, event: int) -> None:
        """An event with a result is under way."""
        (status,) = self._one("SELECT status FROM event WHERE id = ?", event)
        if status == "scheduled":
            writer.update("event", event, status="running")

    def _statuses(self) -> frozenset[str]:
        with explained_sql(self._path):
            return frozenset(code for (code,) in self._connection.execute("SELECT code FROM irm"))

    def _result_head(self, result: int) -> ResultHead:
        event, entry, name, kind, better, decimals = self._one(
            f"""SELECT r.event_id, r.entry_id, {ENTRY_NAME},
                t.mark_kind, t.better, t.decimals
            FROM result AS r JOIN entry AS n ON n.id = r.entry_id
            JOIN event AS e ON e.id = r.event_id
            JOIN event_type AS t ON t.id = e.event_type_id
            LEFT JOIN athlete AS a ON a.id = n.athlete_id WHERE r.id = ?""",
            result,
        )
        form = MarkFormat(MarkKind(kind), Better(better), decimals)
        return ResultHead(event, entry, name, form)


def _action(entered: Entered) -> Action:
    if entered.status:
        return Action.ENTER_STATUS
    return Action.CLEAR_MARK if entered == Entered() else Action.ENTER_MARK


def _subject(head: ResultHead, entered: Entered) -> str:
    """The name and what was entered, as it will be printed."""
    mark = format_mark(entered.mark, head.form.kind) if entered.mark else None
    return f"{head.name} {mark or entered.score or entered.status or ''}".strip()


def _clock_time(text: str) -> str | None:
    """A time of day as it is stored, so that text order is time order."""
    word = text.strip()
    if not word:
        return None
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]([0-5][0-9]))?", word)
    if match is None:
        raise BadTime(text=text)
    hours, minutes, seconds = match.groups()
    return f"{hours:0>2}:{minutes}" + (f":{seconds}" if seconds else "")


def whole_number(text: str, error: type[BadRank] | type[BadNumber]) -> int | None:
    """Digits as a number, nothing as None; raises `error` for anything else."""
    word = text.strip()
    if not word:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", word, re.ASCII):
        raise error(text=text)
    return int(word)
