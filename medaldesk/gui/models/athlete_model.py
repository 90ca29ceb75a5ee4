"""A career in rows: every result of an athlete, and below it the bests and the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from medaldesk.book.reads import Reads
from medaldesk.book.reads.athletes import AthleteResult
from medaldesk.book.reads.bests import AthleteBest
from medaldesk.book.reads.records import RecordHistory
from medaldesk.domain.decisions import MedalRuling
from medaldesk.domain.marks import Mark, MarkKind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import CENTRE, RIGHT, Column
from medaldesk.gui.models.pills import (
    medal_pills,
    medal_text,
    record_pills,
    records_text,
    width_of_pills,
)
from medaldesk.gui.models.record_model import flag_text, stood_text
from medaldesk.gui.models.row_model import Index, Look, RowModel
from medaldesk.gui.models.sheet_tips import decision_line
from medaldesk.gui.target import Place, Target
from medaldesk.reports import words

# Results


def mark_text(row: AthleteResult) -> str:
    """The mark or the score; a status in its place, and before a mark that was struck."""
    mark = format_mark(row.mark, row.kind) if row.mark else row.score or ""
    if row.status and mark:
        return words.tr("{status} {mark}").format(status=row.status, mark=mark)
    return row.status or mark


class CareerModel(RowModel[AthleteResult]):
    """The results of an athlete, those of teams among them, the latest first."""

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: row.result, parent)
        self._live = live
        self._lost: dict[int, Medal] = {}

    def show_results(self, rows: Sequence[AthleteResult], *, again: bool) -> None:
        """Show a career; `again` where it is the one shown, and lines that changed flash."""
        self._lost = lost_medals(self._live.reads, rows)
        self.set_columns(self._columns(rows))
        if again:
            self.set_rows(rows, flash=True)
        else:
            self.reset_rows(rows)

    def look(self, row: AthleteResult, column: Column[AthleteResult]) -> Look:
        look = super().look(row, column)
        if column.key == "medal":
            look.pills = medal_pills(row, self._lost.get(row.result), quiet=not row.official)
        elif column.key == "records":
            look.pills = record_pills(row)
        return look

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return "\n".join(self._tips(index)) or None
        return super().data(index, role)

    def _tips(self, index: Index) -> Iterator[str]:
        row, column = self.row(index.row()), self.columns[index.column()]
        if column.key == "medal" and row.medal and not row.official:
            yield self.tr("As it stands: the event is not official yet")
        if column.key in ("rank", "mark", "medal") and row.decision is not None:
            yield decision_line(self._live.reads.decision(row.decision))
        elif column.key not in ("rank", "mark", "medal") and (text := column.text(row)):
            yield text

    def _columns(self, rows: Sequence[AthleteResult]) -> list[Column[AthleteResult]]:
        tr = self.tr
        flags = width_of_pills(map(record_pills, rows), 96)
        medals = width_of_pills((medal_pills(row, self._lost.get(row.result)) for row in rows), 64)
        columns: list[Column[AthleteResult]] = [
            Column("day", tr("Date"), lambda row: words.short_day(row.day), 100, RIGHT),
            Column("event", tr("Event"), lambda row: row.event_name, 0),
            Column(
                "competition",
                tr("Competition"),
                lambda row: row.competition_name,
                158,
                optional=True,
            ),
        ]
        if len({row.phase for row in rows}) > 1:
            columns.append(Column("phase", tr("Phase"), lambda row: row.phase, 100, optional=True))
        if len({row.nation for row in rows}) > 1:
            columns.append(
                Column("nation", tr("Nation"), lambda row: row.nation, 64, CENTRE, optional=True)
            )
        if any(row.team for row in rows):
            columns.append(
                Column("team", tr("Team"), lambda row: row.team or "", 120, optional=True)
            )
        columns += [
            Column("rank", tr("Rank"), lambda row: words.rank(row.rank, row.rank_equal), 56, RIGHT),
            Column("mark", tr("Mark"), mark_text, 100, RIGHT, "strong"),
            Column("records", tr("Record"), records_text, flags, optional=True),
            Column("medal", tr("Medal"), self._medal, medals),
        ]
        return columns

    def _medal(self, row: AthleteResult) -> str:
        return medal_text(row, self._lost.get(row.result))


def lost_medals(reads: Reads, rows: Sequence[AthleteResult]) -> dict[int, Medal]:
    """Result to the medal there would be without the decision that says there is none (R8)."""
    lost = {}
    for row in rows:
        if row.decision is not None and row.medal_ruling == MedalRuling.NONE:
            entry = next(each.entry for each in reads.results(row.event) if each.id == row.result)
            without = reads.preview_decision(row.event, (), row.day, row.decision).before
            medal = next(standing.medal for standing in without if standing.entry == entry)
            if medal is not None:
                lost[row.result] = medal
    return lost


# Bests and records


@dataclass(frozen=True, slots=True)
class LaurelRow:
    """A record held, standing or not, or a personal best; `target` is where it is shown."""

    flag: str
    stands: bool
    what: str
    mark: Mark
    kind: MarkKind
    day: str
    where: str
    stood: str
    target: Target


class LaurelModel(RowModel[LaurelRow]):
    """Records that stand, then those that stood, then personal bests."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), lambda row: (row.target, row.what, row.day), parent)

    def show_laurels(self, rows: Sequence[LaurelRow]) -> None:
        self.set_columns(self._columns())
        self.set_rows(rows)

    def look(self, row: LaurelRow, column: Column[LaurelRow]) -> Look:
        look = super().look(row, column)
        if column.key == "flag":
            look.pills = [(row.flag, "record" if row.stands else "quiet")]
        return look

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return self.columns[index.column()].text(self.row(index.row())) or None
        return super().data(index, role)

    def _columns(self) -> list[Column[LaurelRow]]:
        tr = self.tr
        return [
            Column("flag", tr("Best"), lambda row: row.flag, 72),
            Column("what", tr("Record or personal best"), lambda row: row.what, 0),
            Column("mark", tr("Mark"), _laurel_mark, 100, RIGHT, "strong"),
            Column("day", tr("Date"), lambda row: words.short_day(row.day), 104, RIGHT),
            Column("where", tr("Competition"), lambda row: row.where, 158, optional=True),
            Column("stood", tr("Stood for"), lambda row: row.stood, 136, weight="muted",
                   optional=True),
        ]  # fmt: skip


def _laurel_mark(row: LaurelRow) -> str:
    return format_mark(row.mark, row.kind)


def laurels(reads: Reads, athlete: int, results: Sequence[AthleteResult]) -> list[LaurelRow]:
    """What somebody holds or held of records, and their personal bests (RULES R27, R29)."""
    mine = {row.result for row in results}
    lists = dict.fromkeys(flag.record_list for row in results for flag in row.records)
    held = [line for found in lists for line in _held(reads.record_history(found), mine)]
    held.sort(key=lambda row: row.day, reverse=True)
    held.sort(key=lambda row: not row.stands)
    return [*held, *map(_best, reads.athlete_bests(athlete))]


def _held(history: RecordHistory, mine: set[int]) -> Iterator[LaurelRow]:
    found = history.list
    for row in history.rows:
        if row.result in mine:
            yield LaurelRow(
                flag=flag_text(row, found.code) or found.code,
                stands=row.reign.current,
                what=f"{found.kind_name} · {found.event_type_name}",
                mark=row.mark,
                kind=found.form.kind,
                day=row.day or "",
                where=row.competition_name or row.place or "",
                stood=stood_text(row),
                target=Target(Place.RECORDS, found.id),
            )


def _best(best: AthleteBest) -> LaurelRow:
    return LaurelRow(
        flag=words.tr("PB"),
        stands=False,
        what=best.event_type_name,
        mark=best.mark,
        kind=best.form.kind,
        day=best.day,
        where=best.competition_name,
        stood="",
        target=Target(Place.RESULT, best.result),
    )
