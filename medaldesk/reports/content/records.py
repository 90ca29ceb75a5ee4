"""Records as documents: a history, the published progression beside it, why (RULES R22-R28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead, PhaseRow, ResultRow
from medaldesk.book.reads.records import RecordHistory, RecordListRow, RecordReason, RecordRow
from medaldesk.domain.marks import MarkKind, format_mark
from medaldesk.domain.names import fold
from medaldesk.domain.progressions import ComparedLine, Comparison, ProgressionLine
from medaldesk.domain.records import Outcome
from medaldesk.reports import words
from medaldesk.reports.content.common import line as context_line
from medaldesk.reports.document import Align, Column, Document, Fact, Json, Look, Row
from medaldesk.reports.words import tr

RECORD_KEYS = (
    "mark", "holder", "nation", "date", "competition", "unit", "equalled", "current", "stood_for",
    "status", "status_date", "status_source",
)  # fmt: skip
PUBLISHED_KEYS = (
    "mark", "comparison", "differs", "holder", "nation", "date", "published_holder",
    "published_nation", "published_date",
)  # fmt: skip
REASON_KEYS = (
    "rank", "name", "nation", "phase", "unit", "mark", "status", "list", "outcome", "why",
)  # fmt: skip


def record_history(reads: Reads, record_list: int) -> Document:
    """The history of a record list, oldest first (RULES R24). Raises UnknownCode."""
    history = reads.record_history(record_list)
    kind = history.list.form.kind
    columns = _record_columns(history)
    return Document(
        title=history.list.kind_name,
        context=_list_context(reads, history.list),
        status="",
        book=reads.title(),
        columns=tuple(columns.values()),
        keys=RECORD_KEYS,
        rows=tuple(_record_row(row, kind, tuple(columns)) for row in history.rows),
        facts=tuple(Fact(tr("Current record"), record_line(row, kind)) for row in history.current),
        notes=tuple(_record_notes(history)),
        head=_list_head(history.list),
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


def _list_context(reads: Reads, row: RecordListRow) -> str:
    """`Speed Skating · Women's 1000 m · U20 · to be ratified`: of what, for whom, how judged."""
    discipline = reads.event_type(row.event_type).discipline
    # The kind of a record names its series: Olympic record.
    scope = words.record_scope(replace(row, series=None))
    policy = words.policy_lines(row.policy, row.form)
    return context_line(discipline, row.event_type_name, scope, *policy)


def _list_head(row: RecordListRow) -> dict[str, Json]:
    """What names the list; what it is not narrowed to is left out, the series aside."""
    narrowed: dict[str, Json] = {
        "of_nation": row.nation,
        "venue": row.venue,
        "continent": row.continent,
        "age_class": row.age_class,
        "policy": words.policy_lines(row.policy, row.form),
    }
    head = {"list": row.code, "event_type": row.event_type_code, "series": row.series}
    return head | {key: value for key, value in narrowed.items() if value}


def _record_columns(history: RecordHistory) -> dict[str, Column]:
    """The columns by name; those that would stay empty are left out."""
    unit_kind = history.rows[0].unit_kind if history.rows else ""
    columns = {
        "mark": Column(words.mark_kind_word(history.list.form.kind), Align.DECIMAL, Look.STRONG),
        "better": Column(tr("Better by"), Align.DECIMAL, Look.MUTED),
        "holder": Column(tr("Holder"), wide=True),
        "nation": Column(tr("Nation")),
        "date": Column(tr("Date"), Align.RIGHT),
        "place": Column(tr("Place"), wide=True),
        "unit": Column(words.unit_kind_word(unit_kind), Align.RIGHT, Look.MUTED),
        "stood_for": Column(tr("Stood for"), look=Look.MUTED),
        "status": Column(tr("Status")),
    }
    wanted = {
        "unit": any(row.unit is not None for row in history.rows),
        "status": any(row.ruling for row in history.rows),
    }
    return {key: column for key, column in columns.items() if wanted.get(key, True)}


def _record_row(row: RecordRow, kind: MarkKind, shown: tuple[str, ...]) -> Row:
    mark = format_mark(row.mark, kind)
    stood = words.stood_for(row.reign.stood, row.unit_kind)
    better = format_mark(row.improvement, kind) if row.improvement else ""
    ruling = row.ruling
    data: dict[str, Json] = {
        "mark": mark,
        "holder": row.holder,
        "nation": row.nation,
        "date": row.day,
        "competition": row.competition,
        "unit": row.unit,
        "equalled": row.equalled,
        "current": row.reign.current,
        "stood_for": stood,
        "status": ruling.ruling.value if ruling else None,
        "status_date": ruling.day if ruling else None,
        "status_source": ruling.source if ruling else None,
    }
    texts = {
        "better": tr("equalled") if row.outcome is Outcome.EQUALLED else better,
        "date": words.short_day(row.day),
        "place": row.competition_name or row.place or "",
        "unit": str(row.unit or ""),
        "stood_for": tr("stands") if row.reign.current else stood,
        "status": words.record_ruling(ruling.ruling) if ruling else "",
    }
    return Row(tuple(str(texts[key] if key in texts else data[key]) for key in shown), data)


def _record_notes(history: RecordHistory) -> Iterator[str]:
    if not history.rows:
        yield tr("No record yet.")
    kind = history.list.form.kind
    template = tr("{record}: {ruling}.")
    for row in (*history.rows, *history.annulled):
        if row.ruling and row.ruling.day:
            ruling = words.record_ruling_line(row.ruling)
            yield template.format(record=record_line(row, kind), ruling=_inside(ruling))


def _inside(text: str) -> str:
    """A phrase as it is inside a sentence."""
    return text[:1].lower() + text[1:]


def record_line(row: RecordRow, kind: MarkKind) -> str:
    """`1:13.19 Miho Takagi (JPN), Beijing 2022, 17 Feb 2022`."""
    nation = f" ({row.nation})" if row.nation else ""
    who = f"{format_mark(row.mark, kind)} {row.holder}{nation}"
    parts = (who, row.competition_name or row.place, words.short_day(row.day))
    return ", ".join(part for part in parts if part)


def published_comparison(reads: Reads, record_list: int) -> Document:
    """A history beside the progression that was published, oldest first. Raises UnknownCode."""
    found = reads.published_comparison(record_list)
    row = found.list
    lines = found.lines if any(line.published for line in found.lines) else ()
    return Document(
        title=tr("{record}: computed and published").format(record=row.kind_name),
        context=_list_context(reads, row),
        status="",
        book=reads.title(),
        columns=(
            Column(words.mark_kind_word(row.form.kind), Align.DECIMAL, Look.STRONG),
            Column(tr("Holder"), wide=True),
            Column(tr("Nation")),
            Column(tr("Date"), Align.RIGHT),
            Column(tr("Difference")),
            Column(tr("Published"), look=Look.MUTED, wide=True),
        ),
        keys=PUBLISHED_KEYS,
        rows=tuple(_compared_row(line, row.form.kind) for line in lines),
        notes=(_compared_note(lines),),
        head=_list_head(row),
    )


def _compared_row(line: ComparedLine, kind: MarkKind) -> Row:
    mark = format_mark(line.mark, kind)
    mine, theirs = _progression_data(line.computed), _progression_data(line.published)
    equal = line.comparison is Comparison.EQUAL
    day = line.computed.day.isoformat() if line.computed and line.computed.day else None
    return Row(
        cells=(
            mark,
            str(mine["holder"] or ""),
            str(mine["nation"] or ""),
            words.short_day(day),
            "" if equal else words.compared_line(line),
            "" if equal or line.published is None else _published_line(line.published),
        ),
        data={
            "mark": mark,
            "comparison": line.comparison.value,
            "differs": sorted(what.value for what in line.differs),
            **mine,
            **{f"published_{key}": value for key, value in theirs.items()},
        },
    )


def _progression_data(line: ProgressionLine | None) -> dict[str, Json]:
    if line is None:
        return {"holder": None, "nation": None, "date": None}
    day = line.day.isoformat() if line.day else None
    return {"holder": line.holder, "nation": line.nation, "date": day}


def _published_line(line: ProgressionLine) -> str:
    """`Christa Rothenburger (GDR), 13 Feb 1984`."""
    nation = f" ({line.nation})" if line.nation else ""
    day = words.short_day(line.day.isoformat() if line.day else None)
    return ", ".join(part for part in (f"{line.holder}{nation}", day) if part)


def _compared_note(lines: tuple[ComparedLine, ...]) -> str:
    if not lines:
        return tr("There is no published progression of this list in the book.")
    equal = sum(line.comparison is Comparison.EQUAL for line in lines)
    return tr("{equal} of {n} lines are as published.").format(equal=equal, n=len(lines))


def record_reasons(reads: Reads, event: int, name: str = "") -> Document:
    """For each result and list, why it is or is not a record (RULES R28).

    `name` narrows it to those whose name has this in it, without regard to accents and case.
    Raises UnknownCode.
    """
    head = reads.event_head(event)
    told = [
        (phase, result, reason)
        for phase in head.phases
        for result in reads.results(event, phase.id)
        if fold(name) in fold(result.name)
        for reason in reads.record_reasons(result.id)
    ]
    columns = _reason_columns(head)
    return Document(
        title=tr("Why it is a record, or is not"),
        context=context_line(head.name, head.competition_name, words.day(head.day)),
        status=words.event_status(head.status),
        book=reads.title(),
        columns=tuple(columns.values()),
        keys=REASON_KEYS,
        rows=tuple(_reason_row(head, *line, tuple(columns)) for line in told),
        notes=() if told else (tr("No record list counts the results of this event."),),
        head={"event": head.path},
    )


def _reason_columns(head: EventHead) -> dict[str, Column]:
    columns = {
        "rank": Column(tr("Rank"), Align.RIGHT),
        "name": Column(tr("Name")),
        "nation": Column(tr("Nation")),
        "phase": Column(tr("Phase"), look=Look.MUTED),
        "mark": Column(words.mark_kind_word(head.form.kind), Align.DECIMAL, Look.STRONG),
        "why": Column(tr("Why"), wide=True),
    }
    return {key: column for key, column in columns.items() if key != "phase" or head.phases[1:]}


def _reason_row(
    head: EventHead,
    phase: PhaseRow,
    result: ResultRow,
    reason: RecordReason,
    shown: tuple[str, ...],
) -> Row:
    mark = format_mark(result.mark, head.form.kind) if result.mark else ""
    data: dict[str, Json] = {
        "rank": result.rank,
        "name": result.name,
        "nation": result.nation,
        "phase": phase.name,
        "unit": result.place.unit,
        "mark": mark,
        "status": result.status,
        "list": reason.list.code,
        "outcome": reason.outcome.value,
        "why": words.record_reason(reason),
    }
    texts = {
        "rank": words.rank(result.rank, result.rank_equal),
        "mark": result.status or mark,
    }
    return Row(tuple(str(texts[key] if key in texts else data[key]) for key in shown), data)
