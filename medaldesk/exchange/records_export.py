"""The record lists of a book as a table from which they can be made again.

List by list: what stood before the results of the book, the records that come of its results with
what was ruled on them, the progression that was published. The columns are those of
`record_table`; those of the list stand in every row. A ruling that another one followed, or on a
mark that is no record, has a row of its own.

Not carried: the results themselves, and so, where another book has not got them, what is computed
of them; the scope of a kind of record that a person added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from medaldesk.book.errors import BookExists
from medaldesk.book.reads import Reads
from medaldesk.book.reads.bulk import (
    KnownBaseline,
    KnownEventType,
    KnownMark,
    KnownPublished,
    KnownRecordList,
    KnownRuling,
)
from medaldesk.book.reads.record_lists import RecordRow
from medaldesk.book.replay import Progress
from medaldesk.domain.marks import Mark, MarkKind, format_mark
from medaldesk.domain.wind import format_wind
from medaldesk.exchange.counted import counted
from medaldesk.exchange.importing.records_rows import YES_NO, RecordLine
from medaldesk.exchange.record_table import RECORD_COLUMNS
from medaldesk.exchange.write_table import Cell, Column, Row, write_table

_NUMBERS = frozenset({"decimals", "unit", "stood_days", "stood_units"})
_WIDTHS = {"event": 18, "event_name": 26, "athlete": 26, "team": 18, "date": 11, "source": 30}

COLUMNS = tuple(
    Column(name, _WIDTHS.get(name, max(8, len(name) + 1)), name in _NUMBERS)
    for name in RECORD_COLUMNS
)


def export_records(reads: Reads, book: Path, path: Path, progress: Progress | None = None) -> int:
    """Write the record lists of a book to a CSV, XLSX or ODS file; its rows.

    `reads` are of a connection that nothing is written through meanwhile. Raises BookExists
    where `path` is the book itself, TableFormatUnknown, TableTooLarge, a BookError.
    """
    if path.exists() and path.samefile(book):
        raise BookExists(path=path)
    with closing(record_rows(reads, progress)) as rows:
        return write_table(path, COLUMNS, rows, "Records")


def record_rows(reads: Reads, progress: Progress | None = None) -> Generator[Row]:
    """The rows of the lists, as they were at the first row; `progress` is told of event types.

    Close what is not read to its end.
    """
    with reads.one_moment():
        shelf = _Shelf(reads)
        for event_type, lists in counted(shelf.lists.items(), progress):
            marks = {mark.result: mark for mark in reads.known_marks([event_type])}
            for known in lists:
                yield from shelf.rows_of(known, marks)


class _Shelf:
    """What all lists share while they are written."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._kinds = {key: (code, name) for key, code, name in reads.known("record_kind")}
        self._series = {key: code for key, code, _ in reads.known("series")}
        self._disciplines = {key: code for key, code, _ in reads.known("discipline")}
        self._types = {known.id: known for known in reads.known_event_types()}
        self._venues = {key: name for name, key in reads.known_names("venue").items()}
        self._sources = {key: title for title, key in reads.known_names("source").items()}
        self._baselines = {known.record_list: known for known in reads.known_baselines()}
        self._published: dict[int, list[KnownPublished]] = defaultdict(list)
        for line in reads.known_published():
            self._published[line.record_list].append(line)
        self._rulings: dict[int, list[KnownRuling]] = defaultdict(list)
        for ruling in reads.known_rulings():
            self._rulings[ruling.record_list].append(ruling)
        self.lists: dict[int, list[KnownRecordList]] = defaultdict(list)
        for known in reads.known_record_lists():
            self.lists[known.event_type].append(known)

    def rows_of(self, known: KnownRecordList, marks: Mapping[int, KnownMark]) -> Iterator[Row]:
        """Every row of one list; one row where nothing is in it."""
        event_type = self._types[known.event_type]
        head = self._head(known, event_type)
        lines: list[Mapping[str, Cell]] = []
        if baseline := self._baselines.get(known.id):
            lines.append(self._baseline(baseline, event_type))
        lines += self._computed(known, event_type, marks)
        lines += [self._line(line, event_type) for line in self._published[known.id]]
        for line in lines or [{"line": RecordLine.LIST.value}]:
            yield {**head, **line}

    def _head(self, known: KnownRecordList, event_type: KnownEventType) -> Mapping[str, Cell]:
        """What the rows of a list share."""
        kind, kind_name = self._kinds[known.kind]
        policy = known.policy
        least = policy.minimum_margin
        form = (MarkKind(event_type.mark_kind), event_type.decimals)
        return {
            "record": kind,
            "record_name": kind_name,
            "series": self._series.get(known.series or 0),
            "of_nation": self._reads.nation_code(known.nation, None),
            "continent": known.continent,
            "of_venue": self._venues.get(known.venue or 0),
            "age_class": known.age_class,
            "discipline": self._disciplines[event_type.discipline],
            "event": event_type.code,
            "event_name": event_type.name,
            "gender": event_type.gender,
            "mark_kind": event_type.mark_kind,
            "better": event_type.better,
            "decimals": event_type.decimals,
            "shares_equal": YES_NO[policy.shares_equal],
            "minimum_margin": format_mark(Mark(least, form[1]), form[0]) if least else None,
            "day_best": YES_NO[policy.day_best],
            "wind_limit": format_wind(policy.wind_limit),
            "allows_assistance": YES_NO[policy.allows_assistance],
            "needs_ratification": YES_NO[policy.needs_ratification],
        }

    def _baseline(self, baseline: KnownBaseline, event_type: KnownEventType) -> Mapping[str, Cell]:
        return {
            "line": RecordLine.BASELINE.value,
            **self._holder(baseline, event_type),
            "place": baseline.place,
            "source": self._sources.get(baseline.source or 0),
        }

    def _line(self, line: KnownPublished, event_type: KnownEventType) -> Mapping[str, Cell]:
        return {
            "line": RecordLine.PUBLISHED.value,
            **self._holder(line, event_type),
            "source": self._sources.get(line.source or 0),
        }

    def _holder(
        self, line: KnownBaseline | KnownPublished, event_type: KnownEventType
    ) -> Mapping[str, Cell]:
        mark = Mark(line.mark, line.decimals)
        return {
            "team" if event_type.is_team else "athlete": line.holder,
            "nation": self._reads.nation_code(line.nation, line.date),
            "mark": format_mark(mark, MarkKind(event_type.mark_kind)),
            "date": line.date,
        }

    def _computed(
        self,
        known: KnownRecordList,
        event_type: KnownEventType,
        marks: Mapping[int, KnownMark],
    ) -> Iterator[Mapping[str, Cell]]:
        """The records that come of results, and what was ruled on any mark, by day.

        The ruling that holds stands in the row of its record, the others before it.
        """
        rulings: dict[int, list[KnownRuling]] = defaultdict(list)
        for ruling in self._rulings[known.id]:
            rulings[ruling.result].append(ruling)
        history = self._reads.record_history(known.id)
        records = {row.result: row for row in history.rows if row.result is not None}
        others = sorted(rulings.keys() - records.keys(), key=lambda key: (marks[key].day, key))
        for result in (*records, *others):
            mine = self._mark(marks[result], event_type)
            ruled = rulings[result]
            record = records.get(result)
            for ruling in ruled if record is None else ruled[:-1]:
                yield {"line": RecordLine.RULING.value, **mine, **self._ruling(ruling)}
            if record is not None:
                holds = self._ruling(ruled[-1]) if ruled else {}
                yield {"line": RecordLine.COMPUTED.value, **mine, **holds, **_told(record)}

    def _mark(self, mark: KnownMark, event_type: KnownEventType) -> Mapping[str, Cell]:
        printed = Mark(mark.mark, mark.decimals)
        return {
            "team" if event_type.is_team else "athlete": mark.holder,
            "nation": self._reads.nation_code(mark.nation, mark.day),
            "mark": format_mark(printed, MarkKind(event_type.mark_kind)),
            "date": mark.day,
            "place": mark.city,
            "competition": mark.competition,
            "phase": mark.phase,
            "unit": mark.unit,
        }

    def _ruling(self, ruling: KnownRuling) -> Mapping[str, Cell]:
        return {
            "ruling": ruling.ruling,
            "ruled_on": ruling.date,
            "ruling_source": self._sources.get(ruling.source or 0),
        }


def _told(record: RecordRow) -> Mapping[str, Cell]:
    """What is computed of a record."""
    stood = record.reign.stood
    return {
        "outcome": record.outcome.value if record.outcome else None,
        "stood_days": stood.days if stood else None,
        "stood_units": stood.units if stood else None,
    }
