"""One row of a table of records into typed facts, or into what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from medaldesk.book.edits.nations import CONTINENTS
from medaldesk.book.errors import EmptyField
from medaldesk.book.import_errors import ColumnMissing
from medaldesk.domain.age_classes import parse_age_class
from medaldesk.domain.names import printed_name
from medaldesk.domain.records import Ruling
from medaldesk.domain.wind import parse_wind
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.importing.planning import Mapped
from medaldesk.exchange.importing.rows import EventFacts, RowError
from medaldesk.exchange.importing.table_rows import TableReader
from medaldesk.exchange.importing.values import one_of, read_day
from medaldesk.exchange.record_table import NEEDED


class RecordLine(StrEnum):
    """What a row of a table of records is (`record_table`)."""

    ANY = ""
    PUBLISHED = "published"
    BASELINE = "baseline"
    COMPUTED = "computed"
    RULING = "ruling"
    LIST = "list"


YES_NO: Mapping[bool, str] = {True: "yes", False: "no"}

_YES = ("yes", "y", "true", "1", "x")
_NO = ("no", "n", "false", "0")

POLICY = (
    "shares_equal",
    "minimum_margin",
    "day_best",
    "wind_limit",
    "allows_assistance",
    "needs_ratification",
)
"""Columns that say how a list judges, named as in `RecordPolicy`."""

NARROWS = ("series", "of_nation", "continent", "of_venue", "age_class")
"""Columns that say what a list is a list of, besides its kind and event type."""


def _yes_no(what: str) -> Callable[[str], bool]:
    word_of = one_of(what, [*_YES, *_NO])
    return lambda text: word_of(text) in _YES


_READS: Mapping[str, Callable[[str], Any]] = {
    "continent": one_of("continent", CONTINENTS),
    "age_class": lambda text: str(parse_age_class(text)),
    "shares_equal": _yes_no("shares_equal"),
    "day_best": _yes_no("day_best"),
    "allows_assistance": _yes_no("allows_assistance"),
    "needs_ratification": _yes_no("needs_ratification"),
    "wind_limit": parse_wind,
    "line": one_of("line", list(RecordLine)),
    "ruling": one_of("ruling", list(Ruling)),
    "ruled_on": read_day,
}

_PRINTED = {"athlete", "family_name", "given_name"}
"""Where a table has all of these, as ours has, `athlete` is a name as it is to be printed."""


@dataclass(slots=True, eq=False)
class RecordRow:
    """A row; `number` as a spreadsheet shows it. Empty or None where the file does not say.

    `narrows` has the columns of `NARROWS` that the file says anything of, empty where the row does
    not narrow; `policy` those of `POLICY` that say anything, the margin as text.
    """

    source: int
    number: int
    kind: str
    kind_name: str
    facts: EventFacts
    narrows: Mapping[str, str]
    policy: Mapping[str, Any]
    line: RecordLine = RecordLine.ANY
    holder: str = ""
    is_team: bool = False
    nation: str = ""
    written: str = ""
    mark: str = ""
    date: str = ""
    place: str = ""
    competition: str = ""
    phase: str = ""
    unit: int | None = None
    ruling: str = ""
    ruled_on: str = ""
    ruling_source: str = ""
    from_source: str = ""


_AS_THEY_ARE = (
    "nation",
    "date",
    "place",
    "competition",
    "phase",
    "unit",
    "ruling",
    "ruled_on",
    "ruling_source",
)
_EVENT = ("discipline", "event", "event_name", "gender", "mark_kind", "better", "decimals")


class RecordReader:
    """Reads the rows of a source. Raises ColumnMissing for what every row needs."""

    def __init__(self, mapped: Mapped) -> None:
        self._number, source, mapping = mapped
        verbatim = ["athlete"] if set(source.heading) >= _PRINTED else []
        self._table = TableReader(mapped, _READS, verbatim)
        self._narrows = [column for column in NARROWS if column in self._table.targets]
        self._mark = MarkPatterns(mapping.mark_patterns)
        self._facts: dict[tuple[Any, ...], EventFacts] = {}
        for column in (*NEEDED, "mark"):
            if column not in self._table.targets:
                raise ColumnMissing(what=column)

    @property
    def names_series(self) -> bool:
        """Whether there is a column for the series, be it empty."""
        return "series" in self._narrows

    def read(self, number: int, cells: Sequence[str]) -> RecordRow:
        """The facts of a row. Raises RowError."""
        values = self._table.read(cells)
        row = RecordRow(
            self._number,
            number,
            values.get("record", ""),
            values.get("record_name", ""),
            self._shared(values),
            {column: str(values.get(column, "")) for column in self._narrows},
            {column: values[column] for column in POLICY if column in values},
            RecordLine(values.get("line", "")),
            from_source=values.get("source", ""),
            **{column: values[column] for column in _AS_THEY_ARE if column in values},
        )
        row.written = values.get("mark", "")
        row.mark = self._mark(row.written) if row.written else ""
        _name(row, values)
        _refuse_empty(row)
        return row

    def _shared(self, values: Mapping[str, Any]) -> EventFacts:
        """The event of a row; rows that say the same of it have one object."""
        key = tuple(values.get(column) for column in _EVENT)
        facts = self._facts.get(key)
        if facts is None:
            said = {column: values[column] for column in _EVENT if column in values}
            facts = self._facts[key] = EventFacts(**said)
        return facts


def _name(row: RecordRow, values: Mapping[str, Any]) -> None:
    family, given = values.get("family_name", ""), values.get("given_name", "")
    row.is_team = "team" in values
    row.holder = values.get("team") or values.get("athlete", "")
    if not row.holder and family:
        row.holder = printed_name(f"{family}, {given}" if given else family)


def _refuse_empty(row: RecordRow) -> None:
    for what, text in (("record", row.kind), ("event", row.facts.event)):
        if not text:
            raise RowError(what, EmptyField(what=what))
    if row.line is RecordLine.LIST:
        return
    for what, text in (("mark", row.mark), ("athlete", row.holder)):
        if not text:
            raise RowError(what, EmptyField(what="holder" if what == "athlete" else what))
