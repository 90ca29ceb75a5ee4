"""What stands in each report, whatever the format: medal table, event results, record history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.history import JournalEntry
from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.book.reads.standings import MedalTable, NationLine
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Mark, MarkKind, best_of, format_behind, format_mark
from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome
from medaldesk.domain.standings import RankBy
from medaldesk.reports import words
from medaldesk.reports.document import Align, Column, Document, Fact, Json, Look, Row
from medaldesk.reports.words import tr

STANDINGS_KEYS = (
    "rank", "rank_equal", "nation", "name", "gold", "silver", "bronze", "total", "rank_total",
)  # fmt: skip
RESULT_KEYS = (
    "rank", "rank_equal", "sort_order", "name", "nation", "unit", "mark", "behind", "status",
    "medal", "records",
)  # fmt: skip
RECORD_KEYS = (
    "mark", "holder", "nation", "date", "competition", "unit", "equalled", "current", "stood_for",
)  # fmt: skip
JOURNAL_KEYS = ("id", "at", "who", "kind", "action", "subject", "undone")


def medal_table(
    reads: Reads,
    competition: int,
    *,
    rank_by: RankBy = RankBy.GOLD,
    as_it_stands: bool = False,
    as_of: str | None = None,
) -> Document:
    """The medal table of a competition; `as_of` is the day it is of, where that is told.

    Raises UnknownCode.
    """
    table = reads.medal_table(competition, rank_by=rank_by, as_it_stands=as_it_stands)
    held = table.competition
    totals = table.totals
    events = tr("{n} event") if table.events == 1 else tr("{n} events")
    return Document(
        title=tr("Medal table"),
        context=_line(held.name, words.days(held.start, held.end), events.format(n=table.events)),
        status=tr("Official") if table.official else tr("As it stands"),
        book=reads.title(),
        columns=_standings_columns(rank_by),
        keys=STANDINGS_KEYS,
        rows=tuple(_standings_row(line, rank_by) for line in table.lines),
        totals=_standings_totals(table),
        notes=_standings_notes(table),
        head={
            "competition": held.code,
            "basis": "official" if table.official else "as_it_stands",
            "as_of": as_of,
            "rank_by": rank_by.value,
        },
        tail={
            "totals": {
                "gold": totals.gold,
                "silver": totals.silver,
                "bronze": totals.bronze,
                "total": totals.total,
                "nations": len(table.lines),
                "events": table.events,
            }
        },
    )


def _standings_columns(rank_by: RankBy) -> tuple[Column, ...]:
    by_total = rank_by is RankBy.TOTAL
    return (
        Column(tr("Rank"), Align.RIGHT),
        Column(tr("Code")),
        Column(tr("Nation"), wide=True),
        Column(words.medal_name(Medal.GOLD), Align.RIGHT),
        Column(words.medal_name(Medal.SILVER), Align.RIGHT),
        Column(words.medal_name(Medal.BRONZE), Align.RIGHT),
        Column(tr("Total"), Align.RIGHT, Look.STRONG),
        Column(tr("By gold") if by_total else tr("By total"), Align.RIGHT, Look.MUTED),
    )


def _standings_row(line: NationLine, rank_by: RankBy) -> Row:
    row, tally = line.row, line.row.tally
    rank = row.rank(rank_by)
    other = row.by_gold if rank_by is RankBy.TOTAL else row.by_total
    return Row(
        cells=(
            words.rank(rank.number, rank.equal),
            row.nation,
            line.name,
            *(str(count) for count in (*tally.triple, tally.total)),
            words.rank(other.number, other.equal),
        ),
        data={
            "rank": rank.number,
            "rank_equal": rank.equal,
            "nation": row.nation,
            "name": line.name,
            "gold": tally.gold,
            "silver": tally.silver,
            "bronze": tally.bronze,
            "total": tally.total,
            "rank_total": row.by_total.number,
        },
    )


def _standings_totals(table: MedalTable) -> tuple[str, ...]:
    if not table.lines:
        return ()
    numbers = (str(count) for count in (*table.totals.triple, table.totals.total))
    return ("", "", tr("Total"), *numbers, "")


def _standings_notes(table: MedalTable) -> tuple[str, ...]:
    if not table.lines:
        return (tr("No medals yet."),)
    rule = (
        tr("Ranked by gold, then silver, then bronze.")
        if table.rank_by is RankBy.GOLD
        else tr("Ranked by the total of medals.")
    )
    equal = any(line.row.rank(table.rank_by).equal for line in table.lines)
    shared = (tr("An equals sign (=) marks a rank that is shared."),) if equal else ()
    return (" ".join((rule, *shared)),)


def event_results(reads: Reads, event: int) -> Document:
    """The result sheet of an event: a line an entry, with the records that stood before it.

    Raises UnknownCode.
    """
    head = reads.event_head(event)
    entries = _by_entry(reads.results(event))
    histories = reads.standing_records(event)
    columns = _result_columns(head, entries)
    return Document(
        title=head.name,
        context=_line(head.discipline, head.competition_name, head.venue, words.day(head.day)),
        status=words.event_status(head.status),
        book=reads.title(),
        columns=tuple(column for _, column in columns),
        keys=RESULT_KEYS,
        rows=tuple(_result_row(head, results, [key for key, _ in columns]) for results in entries),
        facts=tuple(fact for history in histories for fact in _before_event(history, head)),
        notes=_result_notes(entries, histories),
        head={
            "event": head.path,
            "competition": head.path.partition("/")[0],
            "event_type": head.path.partition("/")[2],
            "name": head.name,
            "discipline": head.discipline,
            "date": head.day,
            "venue": head.venue,
            "event_status": head.status,
        },
    )


_Entry = list[ResultRow]
"""The results of one entry, the last phase first."""


def _by_entry(results: Iterable[ResultRow]) -> list[_Entry]:
    return [list(own) for _, own in groupby(results, key=lambda result: result.entry)]


def _result_columns(head: EventHead, entries: Sequence[_Entry]) -> list[tuple[str, Column]]:
    """The columns by name; those that would stay empty are left out."""
    last = [results[0] for results in entries]
    kind = head.form.kind
    ranked_only = kind is MarkKind.PLACING and not any(result.status for result in last)
    unit = Column(words.unit_kind_word(head.unit_kind), Align.RIGHT, Look.MUTED)
    lane = Column(tr("Lane"), look=Look.MUTED)
    mark = Column(words.mark_kind_word(kind), Align.DECIMAL, Look.STRONG)
    columns = {
        "rank": Column(tr("Rank"), Align.RIGHT),
        "unit": unit if any(result.place.unit for result in last) else None,
        "lane": lane if any(result.place.lane for result in last) else None,
        "name": Column(tr("Name"), wide=True),
        "nation": Column(tr("Nation")),
        "mark": None if ranked_only else mark,
        "behind": Column(tr("Behind"), Align.DECIMAL, Look.MUTED),
        "records": Column(tr("Record"), look=Look.FLAGS),
        "medal": Column(tr("Medal"), look=Look.MEDAL),
    }
    wanted = {
        "behind": any(result.behind for result in last),
        "records": any(result.records for results in entries for result in results),
        "medal": any(result.medal for result in last),
    }
    return [(key, column) for key, column in columns.items() if column and wanted.get(key, True)]


def _result_row(head: EventHead, results: _Entry, shown: Sequence[str]) -> Row:
    last = results[0]
    kind = head.form.kind
    mark = _overall(head, results)
    # A record of an earlier phase counts like one of the last (RULES R27).
    flags = [flag.text for result in reversed(results) for flag in result.records]
    data: dict[str, Json] = {
        "rank": last.rank,
        "rank_equal": last.rank_equal,
        "sort_order": last.sort_order,
        "name": last.name,
        "nation": last.nation,
        "unit": last.place.unit,
        "mark": format_mark(mark, kind) if mark else last.score or "",
        "behind": format_behind(last.behind, kind),
        "status": last.status,
        "medal": last.medal.value if last.medal else None,
        "records": flags,
    }
    texts = {
        "rank": words.rank(last.rank, last.rank_equal),
        "unit": str(last.place.unit or ""),
        "lane": words.lane_name(last.place.lane),
        "mark": last.status or data["mark"],
        "records": " ".join(flags),
        "medal": words.medal_name(last.medal) if last.medal else "",
    }
    return Row(tuple(str(texts[key] if key in texts else data[key]) for key in shown), data)


def _overall(head: EventHead, results: _Entry) -> Mark | None:
    """The mark that ranks an entry: the last phase's, the sum or the best of all (RULES R4)."""
    last = results[0]
    marks = [result.mark for result in results if result.mark and not result.status]
    if len(results) == 1 or not marks or last.rank is None:
        return last.mark
    decimals = max(mark.decimals for mark in marks)
    if head.classification == Classification.TOTAL:
        return Mark(sum(mark.value for mark in marks), decimals)
    if head.classification == Classification.BEST:
        best = best_of((mark.value for mark in marks), head.form.better)
        return next(mark for mark in marks if mark.value == best)
    return last.mark


def _before_event(history: RecordHistory, head: EventHead) -> Iterable[Fact]:
    """The record that stood when the event began."""
    stood = [row for row in history.rows if row.event != head.id and (row.day or "") <= head.day]
    if stood:
        label = tr("{record} before").format(record=history.list.kind_name)
        yield Fact(label, _record_line(stood[-1], history.list.form.kind))


def _result_notes(entries: Sequence[_Entry], histories: Sequence[RecordHistory]) -> tuple[str, ...]:
    if not entries:
        return (tr("Nobody is entered yet."),)
    results = [result for own in entries for result in own]
    statuses = sorted({result.status for result in results if result.status})
    flags = {flag.text for result in results for flag in result.records}
    names = {history.list.code: history.list.kind_name for history in histories}
    named = tr("{code}: {name}")
    legend = [named.format(code=code, name=names[code]) for code in names if code in flags]
    legend += [
        tr("={code}: {name} equalled").format(code=code, name=names[code])
        for code in names
        if f"={code}" in flags
    ]
    legend += [named.format(code=code, name=words.irm_name(code)) for code in statuses]
    notes = [named.format(code=result.name, name=result.note) for result in results if result.note]
    return (*legend, *notes)


def record_history(reads: Reads, record_list: int) -> Document:
    """The history of a record list, oldest first (RULES R24). Raises UnknownCode."""
    history = reads.record_history(record_list)
    named, kind = history.list, history.list.form.kind
    discipline = reads.event_type(named.event_type).discipline
    with_units = any(row.unit is not None for row in history.rows)
    columns = _record_columns(history, with_units=with_units)
    return Document(
        title=named.kind_name,
        context=_line(discipline, named.event_type_name),
        status="",
        book=reads.title(),
        columns=columns,
        keys=RECORD_KEYS,
        rows=tuple(_record_row(row, kind, with_units=with_units) for row in history.rows),
        facts=tuple(Fact(tr("Current record"), _record_line(row, kind)) for row in history.current),
        notes=() if history.rows else (tr("No record yet."),),
        head={
            "list": named.code,
            "event_type": named.event_type_code,
            "series": named.series,
        },
    )


def no_records(reads: Reads) -> Document:
    """What a book says that keeps no record list."""
    return Document(
        title=tr("Records"),
        context="",
        status="",
        book=reads.title(),
        columns=(),
        keys=RECORD_KEYS,
        rows=(),
        notes=(tr("There is no record list yet."),),
    )


def _record_columns(history: RecordHistory, *, with_units: bool) -> tuple[Column, ...]:
    kind = history.list.form.kind
    unit_kind = history.rows[0].unit_kind if history.rows else ""
    unit = (Column(words.unit_kind_word(unit_kind), Align.RIGHT, Look.MUTED),)
    return (
        Column(words.mark_kind_word(kind), Align.DECIMAL, Look.STRONG),
        Column(tr("Better by"), Align.DECIMAL, Look.MUTED),
        Column(tr("Holder"), wide=True),
        Column(tr("Nation")),
        Column(tr("Date"), Align.RIGHT),
        Column(tr("Place"), wide=True),
        *(unit if with_units else ()),
        Column(tr("Stood for"), look=Look.MUTED),
    )


def _record_row(row: RecordRow, kind: MarkKind, *, with_units: bool) -> Row:
    mark = format_mark(row.mark, kind)
    stood = words.stood_for(row.reign.stood, row.unit_kind)
    better = format_mark(row.improvement, kind) if row.improvement else ""
    unit = (str(row.unit or ""),) if with_units else ()
    return Row(
        cells=(
            mark,
            tr("equalled") if row.outcome is Outcome.EQUALLED else better,
            row.holder,
            row.nation,
            words.short_day(row.day),
            row.competition_name or row.place or "",
            *unit,
            tr("stands") if row.reign.current else stood,
        ),
        data={
            "mark": mark,
            "holder": row.holder,
            "nation": row.nation,
            "date": row.day,
            "competition": row.competition,
            "unit": row.unit,
            "equalled": row.equalled,
            "current": row.reign.current,
            "stood_for": stood,
        },
    )


def _record_line(row: RecordRow, kind: MarkKind) -> str:
    """`1:13.19 Miho Takagi (JPN), Beijing 2022, 17 Feb 2022`."""
    nation = f" ({row.nation})" if row.nation else ""
    who = f"{format_mark(row.mark, kind)} {row.holder}{nation}"
    parts = (who, row.competition_name or row.place, words.short_day(row.day))
    return ", ".join(part for part in parts if part)


def journal(reads: Reads, limit: int) -> Document:
    """The last `limit` entries of the book's journal, the latest first."""
    entries = reads.journal(limit=limit)
    return Document(
        title=tr("History"),
        context="",
        status="",
        book=reads.title(),
        columns=(
            Column(tr("No."), Align.RIGHT, Look.MUTED),
            Column(tr("When (UTC)")),
            Column(tr("Who")),
            Column(tr("What"), wide=True),
        ),
        keys=JOURNAL_KEYS,
        rows=tuple(_journal_row(entry) for entry in entries),
        head={"book": reads.title()},
    )


def _journal_row(entry: JournalEntry) -> Row:
    what = words.journal_line(entry.action, entry.subject, entry.kind)
    return Row(
        cells=(
            str(entry.id),
            f"{words.short_day(entry.at)} {entry.at[11:19]}",
            entry.who,
            tr("{what} (taken back)").format(what=what) if entry.undone else what,
        ),
        data={
            "id": entry.id,
            "at": entry.at,
            "who": entry.who,
            "kind": entry.kind,
            "action": entry.action.value,
            "subject": entry.subject,
            "undone": entry.undone,
        },
    )


def _line(*parts: str | None) -> str:
    """One line of context from what is known."""
    return " · ".join(part for part in parts if part)
