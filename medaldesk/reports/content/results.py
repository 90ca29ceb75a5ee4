"""The result sheet of an event as a document (RULES R1-R5, R8, R11, R29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from medaldesk.book.reads import Reads
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.records import RecordHistory
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import MedalRuling
from medaldesk.domain.marks import Mark, MarkKind, best_of, format_behind, format_mark
from medaldesk.domain.wind import format_wind
from medaldesk.reports import words
from medaldesk.reports.content.common import line as context_line
from medaldesk.reports.content.records import record_line
from medaldesk.reports.content.result_notes import result_notes
from medaldesk.reports.document import Align, Column, Document, Fact, Json, Look, Row
from medaldesk.reports.words import tr

RESULT_KEYS = (
    "rank", "rank_equal", "sort_order", "name", "nation", "unit", "mark", "behind", "status",
    "medal", "records", "lane", "wind", "bests", "members", "medal_ruling", "decided_by",
)  # fmt: skip

_Entry = Sequence[ResultRow]
"""The results of one entry, the last phase first."""


def event_results(reads: Reads, event: int) -> Document:
    """The result sheet of an event: a line an entry, with the records that stood before it.

    Below it what explains the sheet: the decisions on it among them. Raises UnknownCode.
    """
    head = reads.event_head(event)
    entries = _by_entry(reads.results(event))
    histories = reads.standing_records(event)
    ledger = reads.decisions(event=event) if head.decisions else []
    bodies = {decision.id: decision.body for decision in ledger}
    columns = _result_columns(head, entries)
    marks = {own[0].entry: _overall(head, own) for own in entries}
    return Document(
        title=head.name,
        context=context_line(
            head.discipline, head.competition_name, head.venue, words.day(head.day)
        ),
        status=words.event_status(head.status),
        book=reads.title(),
        columns=tuple(columns.values()),
        keys=RESULT_KEYS,
        rows=tuple(
            _result_row(head, own, marks[own[0].entry], bodies, tuple(columns)) for own in entries
        ),
        facts=tuple(fact for history in histories for fact in _before_event(history, head)),
        notes=tuple(result_notes(entries, marks, histories, ledger)),
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


def _by_entry(results: Iterable[ResultRow]) -> list[_Entry]:
    return [list(own) for _, own in groupby(results, key=lambda result: result.entry)]


def _result_columns(head: EventHead, entries: Sequence[_Entry]) -> dict[str, Column]:
    """The columns by name; those that would stay empty are left out."""
    kind = head.form.kind
    columns = {
        "rank": Column(tr("Rank"), Align.RIGHT),
        "unit": Column(words.unit_kind_word(head.unit_kind), Align.RIGHT, Look.MUTED),
        "lane": Column(tr("Lane"), look=Look.MUTED),
        "name": Column(tr("Name"), wide=True),
        "nation": Column(tr("Nation")),
        "mark": Column(words.mark_kind_word(kind), Align.DECIMAL, Look.STRONG),
        "behind": Column(tr("Behind"), Align.DECIMAL, Look.MUTED),
        "wind": Column(tr("Wind"), Align.RIGHT, Look.MUTED),
        "records": Column(tr("Record"), look=Look.FLAGS),
        "medal": Column(tr("Medal"), look=Look.MEDAL),
    }
    last, every = [own[0] for own in entries], [result for own in entries for result in own]
    wanted = {
        "unit": any(result.place.unit for result in last),
        "lane": any(result.place.lane for result in last),
        "mark": kind is not MarkKind.PLACING or any(result.status for result in last),
        "behind": any(result.behind for result in last),
        "wind": any(result.wind is not None for result in every),
        "records": any(result.records or result.best for result in every),
        "medal": any(map(_medal_text, last)),
    }
    return {key: column for key, column in columns.items() if wanted.get(key, True)}


def _result_row(
    head: EventHead,
    own: _Entry,
    mark: Mark | None,
    bodies: dict[int, str],
    shown: Sequence[str],
) -> Row:
    last = own[0]
    kind = head.form.kind
    # A record of an earlier phase counts like one of the last (RULES R27).
    records = [flag.text for result in reversed(own) for flag in result.records]
    bests = list(dict.fromkeys(result.best.text for result in reversed(own) if result.best))
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
        "records": records,
        "lane": last.place.lane,
        "wind": _wind(own, mark),
        "bests": bests,
        "members": list(last.members),
        "medal_ruling": last.medal_ruling,
        "decided_by": bodies.get(last.decision or 0),
    }
    texts = {
        "rank": words.rank(last.rank, last.rank_equal),
        "unit": str(last.place.unit or ""),
        "lane": words.lane_name(last.place.lane),
        "mark": last.status or data["mark"],
        "wind": data["wind"] or "",
        "records": " ".join((*records, *bests)),
        "medal": _medal_text(last),
    }
    cells = tuple(str(texts[key] if key in texts else data[key]) for key in shown)
    return Row(cells, data, below=", ".join(last.members))


def _wind(own: _Entry, mark: Mark | None) -> str | None:
    """The wind at the mark that ranks an entry."""
    result = next((result for result in own if result.mark == mark), own[0])
    return None if result.wind is None else format_wind(result.wind)


def _medal_text(result: ResultRow) -> str:
    """The medal, or why there is none yet where a decision says so."""
    if result.medal:
        return words.medal_name(result.medal)
    if result.medal_ruling in (MedalRuling.WITHHELD, MedalRuling.PENDING):
        return words.ruling_word(MedalRuling(result.medal_ruling))
    return ""


def _overall(head: EventHead, own: _Entry) -> Mark | None:
    """The mark that ranks an entry: the last phase's, the sum or the best of all (RULES R4)."""
    last = own[0]
    marks = [result.mark for result in own if result.mark and not result.status]
    if len(own) == 1 or not marks or last.rank is None:
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
        yield Fact(label, record_line(stood[-1], history.list.form.kind))
