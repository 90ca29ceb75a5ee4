"""A table of nations laid over those of the book: codes by days, and populations (RULES R13)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medaldesk.book.edits.nations import (
    CONTINENTS,
    NATION_KINDS,
    parse_nation_code,
    parse_people,
)
from medaldesk.book.errors import CodeTaken, DatesReversed, EmptyField, UnknownCode
from medaldesk.book.import_errors import CodeOfSeveral, ColumnMissing
from medaldesk.book.reads.bulk import KnownCode
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.desk import Fate
from medaldesk.exchange.importing.matching import SPELLINGS, Nations
from medaldesk.exchange.importing.planning import Mapped, Planning, Sample
from medaldesk.exchange.importing.rows import RowError
from medaldesk.exchange.importing.table_rows import TableReader
from medaldesk.exchange.importing.values import one_of, read_day
from medaldesk.exchange.importing.watch import Stage
from medaldesk.exchange.nation_table import MID_YEAR

FIRST, LAST = "", "9999"
"""Before and after every ISO day."""

LATEST = "9998-12-31"

_ISO_ALONE = {"brn": "BRU"}
"""Codes of ISO 3166 that are those of another nation among the Olympic committees."""


def _committee(iso: str) -> str:
    """The code of an Olympic committee for one of ISO 3166, which some other nation may have."""
    word = fold(iso)
    return _ISO_ALONE.get(word) or SPELLINGS.get(word, iso)


def _people(text: str) -> int | None:
    """A number of people; spreadsheets may have counted in fractions. Raises BadPopulation."""
    return parse_people(re.sub(r"\.0+$", "", text))


def _population_day(text: str) -> str:
    """A day in ISO, of a year its middle. Raises BadDate."""
    return read_day(f"{text}-{MID_YEAR}" if re.fullmatch(r"[0-9]{4}", text) else text)


_READS = {
    "code": parse_nation_code,
    "kind": one_of("kind", NATION_KINDS),
    "continent": one_of("continent", CONTINENTS),
    "valid_from": read_day,
    "valid_to": read_day,
    "population": _people,
    "population_date": _population_day,
}

Values = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class _Nation:
    """A nation of the book, or a new one."""

    id: int
    name: str
    kind: str
    continent: str | None
    is_new: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class _Span:
    """A code and name of a nation in some days."""

    id: int
    nation: _Nation
    code: str
    name: str
    first: str | None
    last: str | None
    is_new: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def overlaps(self, first: str | None, last: str | None) -> bool:
        return (self.first or FIRST) <= (last or LAST) and (first or FIRST) <= (self.last or LAST)


@dataclass(slots=True)
class _Figure:
    """How many people a nation had on a day."""

    id: int
    people: int
    source: int | None
    is_new: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)


_Row = _Nation | _Span | _Figure


def _put(row: _Row, columns: Mapping[str, tuple[str, Any]]) -> Fate:
    """Set what a file says: attribute to the column it is kept in and the value.

    What one row of a file gave is not overwritten by a later one, only completed.
    """
    fate = Fate.UNCHANGED
    for name, (column, value) in columns.items():
        if value is None or value == "" or name in row.said:
            continue
        row.said.add(name)
        if value == getattr(row, name):
            continue
        setattr(row, name, value)
        fate = Fate.CHANGED
        if not row.is_new:
            row.changes[column] = value
    return fate


class NationsPlanner:
    """Lays rows over the nations one by one, then passes on what is to be written."""

    def __init__(self, planning: Planning, mapped: Sequence[Mapped]) -> None:
        self._planning = planning
        self._mapped = mapped
        reads = planning.reads
        self._nations = {known.id: _Nation(*known) for known in reads.known_nations()}
        self._spans = [
            _Span(s.id, self._nations[s.nation], s.code, s.name, s.first, s.last)
            for s in reads.known_spans()
        ]
        self._by_code: dict[str, list[_Span]] = defaultdict(list)
        for span in self._spans:
            self._by_code[span.code].append(span)
        self._figures = {key: _Figure(*known) for key, known in reads.known_populations().items()}
        self._named: dict[str, list[_Nation]] = defaultdict(list)
        for nation in self._nations.values():
            self._named[fold(nation.name)].append(nation)
        self._keys: dict[str, _Nation] = {}

    def run(self) -> None:
        """Add to the plan what the rows come to. Raises ColumnMissing."""
        planning = self._planning
        readers = {mapped[0]: TableReader(mapped, _READS) for mapped in self._mapped}
        for reader in readers.values():
            if not reader.targets & {"nation", "code", "iso"}:
                raise ColumnMissing(what="code")
        planning.watch.begins(Stage.READ)
        for number, row, cells in planning.rows_of(self._mapped):
            try:
                values = readers[number].read(cells)
                fate = self._take(values)
            except RowError as error:
                planning.refuse(number, row, error)
                continue
            if planning.settle(fate):
                planning.samples.append(_sample(number, row, fate, values))
        self._emit()

    def _take(self, values: Values) -> Fate:
        """Lay one row over the nations. Raises RowError, and changes nothing then."""
        people = values.get("population")
        if people is not None and "population_date" not in values:
            raise RowError("population_date", EmptyField(what="population_date"))
        nation = self._find(values)
        span = None if nation is None else self._span(nation, values)
        self._refuse_taken(nation, span, values)
        fates = []
        if nation is None:
            nation = self._new_nation(values)
            fates.append(Fate.NEW)
        if word := values.get("nation"):
            self._keys[fold(word)] = nation
        said = {name: (name, values.get(name)) for name in ("kind", "continent")}
        fates.append(_put(nation, said))
        if "code" in values and not self._is_spelling(nation, values):
            fates.append(self._set_span(nation, span, values))
        if people is not None:
            fates.append(self._set_people(nation, values))
        return _greatest(fates)

    # Which nation

    def _find(self, values: Values) -> _Nation | None:
        """The nation of a row; None for a new one. Raises RowError where nothing tells which."""
        word, code, iso = (values.get(name, "") for name in ("nation", "code", "iso"))
        if not (word or code or iso):
            raise RowError("code", EmptyField(what="code"))
        found = self._by_word(word, values) if word else None
        if found is None and code:
            found = self._by_days(code, values)
        if found is None and iso:
            found = self._looked_up(_committee(iso), LATEST)
        if found is None and code and not _days(values):
            found = self._looked_up(code, LATEST)
        if found is None and iso and not code:
            found = self._by_word(values.get("name", ""), values)
        if found is None and not code:
            column = "nation" if word else "iso"
            raise RowError(column, UnknownCode(what="nation", code=word or iso))
        if found is None and not (word or values.get("name")):
            raise RowError("name", EmptyField(what="name"))
        return found

    def _by_word(self, word: str, values: Values) -> _Nation | None:
        known = self._keys.get(fold(word))
        if known is not None:
            return known
        named = self._named.get(fold(word), [])
        if len(named) == 1:
            return named[0]
        return self._looked_up(word, values.get("valid_from") or LATEST)

    def _looked_up(self, text: str, day: str) -> _Nation | None:
        found = self._planning.nations.find(text, day)
        return None if found is None else self._nations[found]

    def _by_days(self, code: str, values: Values) -> _Nation | None:
        """Who has a code in the days of a row; of several, the one of the same name."""
        days = (values.get("valid_from"), values.get("valid_to"))
        spans = [span for span in self._by_code[code] if span.overlaps(*days)]
        named = [span for span in spans if fold(span.name) == fold(values.get("name", ""))]
        nations = {span.nation for span in spans}
        if len(nations) > 1:
            nations = {span.nation for span in named}
        if spans and len(nations) != 1:
            raise RowError("code", CodeOfSeveral(code=code))
        return next(iter(nations), None)

    def _is_spelling(self, nation: _Nation, values: Values) -> bool:
        """Whether the code of a row is none of the nation's, but one that people write for it."""
        mine = any(span.nation is nation for span in self._by_code[values["code"]])
        return not (mine or nation.is_new or _days(values) or "nation" in values)

    # Its codes

    def _span(self, nation: _Nation, values: Values) -> _Span | None:
        """The span of a row, if the nation has it: without days, the last of its code."""
        first, last = values.get("valid_from"), values.get("valid_to")
        mine = [s for s in self._by_code[values.get("code", "")] if s.nation is nation]
        if not _days(values):
            return mine[-1] if mine else None
        exact = [span for span in mine if (span.first, span.last) == (first, last)]
        return next(iter(exact or [span for span in mine if span.overlaps(first, last)]), None)

    def _refuse_taken(self, nation: _Nation | None, span: _Span | None, values: Values) -> None:
        """Neither two nations with one code on a day, nor two codes of one. Raises RowError."""
        if "code" not in values or (nation and self._is_spelling(nation, values)):
            return
        first = values.get("valid_from") or (span.first if span else None)
        last = values.get("valid_to") or (span.last if span else None)
        if first and last and last < first:
            raise RowError("valid_to", DatesReversed(start=first, end=last))
        taken = [other for other in self._by_code[values["code"]] if other is not span]
        taken += [s for s in self._spans if nation and s.nation is nation and s is not span]
        for other in taken:
            if other.overlaps(first, last):
                days = (other.first, other.last)
                raise RowError("code", CodeTaken(code=other.code, name=other.name, days=days))

    def _new_nation(self, values: Values) -> _Nation:
        key = self._planning.pending["nation"].take_id()
        name = values.get("nation") or values["name"]
        nation = self._nations[key] = _Nation(key, name, "other", None, is_new=True)
        self._named[fold(name)].append(nation)
        return nation

    def _set_span(self, nation: _Nation, span: _Span | None, values: Values) -> Fate:
        first, last = values.get("valid_from"), values.get("valid_to")
        name = values.get("name")
        if span is not None:
            said = {"name": ("name", name)}
            said |= {"first": ("valid_from", first), "last": ("valid_to", last)}
            return _put(span, said)
        key = self._planning.pending["nation_code"].take_id()
        new = _Span(key, nation, values["code"], name or nation.name, first, last, is_new=True)
        self._spans.append(new)
        self._by_code[new.code].append(new)
        self._by_code[new.code].sort(key=lambda known: known.first or FIRST)
        return Fate.NEW

    def _set_people(self, nation: _Nation, values: Values) -> Fate:
        source = self._planning.named_sources(values.get("source", ""))
        key = (nation.id, values["population_date"])
        figure = self._figures.get(key)
        if figure is not None:
            said = {"people": ("people", values["population"]), "source": ("source_id", source)}
            return _put(figure, said)
        new = self._planning.pending["population"].take_id()
        self._figures[key] = _Figure(new, values["population"], source, is_new=True)
        return Fate.NEW

    # What is to be written

    def _emit(self) -> None:
        pending = self._planning.pending
        for nation in self._nations.values():
            if nation.is_new:
                row = (nation.id, nation.name, nation.kind, nation.continent)
                pending["nation"].rows.append(row)
            elif nation.changes:
                pending.settle("nation", nation.id, nation.changes)
        for span in self._spans:
            if span.is_new:
                head = (span.id, span.nation.id, span.code)
                pending["nation_code"].rows.append((*head, span.name, span.first, span.last))
            elif span.changes:
                pending.settle("nation_code", span.id, span.changes)
        for (of, day), figure in self._figures.items():
            if figure.is_new:
                pending["population"].rows.append(
                    (figure.id, of, day, figure.people, figure.source)
                )
            elif figure.changes:
                pending.settle("population", figure.id, figure.changes)
        self._planning.nations = Nations(
            KnownCode(s.nation.id, s.code, s.name, s.first or FIRST, s.last or LAST)
            for s in self._spans
        )


def _days(values: Values) -> bool:
    return "valid_from" in values or "valid_to" in values


def _greatest(fates: Sequence[Fate]) -> Fate:
    return next((fate for fate in Fate if fate in fates), Fate.UNCHANGED)


def _sample(source: int, row: int, fate: Fate, values: Values) -> Sample:
    name = values.get("name") or values.get("nation") or values.get("iso", "")
    days = [values.get("valid_from"), values.get("valid_to")]
    told = [str(values.get("population", "")), "–".join(day or "" for day in days).strip("–")]
    written = " ".join(filter(None, [values.get("population_date", ""), *told]))
    return Sample(source, row, fate, "", name, values.get("code", ""), written, written)
