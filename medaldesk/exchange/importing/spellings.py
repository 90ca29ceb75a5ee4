"""How a file spells what stands for something else, counted while its rows are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, repeat, zip_longest

from medaldesk.book.reads import Reads
from medaldesk.domain.cells import plain
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.marks import Better, MarkFormat, MarkKind, format_mark, parse_entered
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping, ValueMap
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.importing.matching import Nations
from medaldesk.exchange.importing.plan import Plan
from medaldesk.exchange.importing.preview import SHOWN, MarkLook, ValueLook
from medaldesk.exchange.importing.rows import Cells, Source

LOOKED_AT = ("nation", "gender", "status", "discipline", "event", "competition", "medal")
"""Columns whose texts stand for something that the book or the program knows."""

CHUNK = 1_000
"""Rows that are counted at once."""

LONGEST_SHAPE = 40
"""A mark that is longer is none; its shape ends here."""

_NINES = str.maketrans("012345678", "9" * 9)

Cell = str | tuple[str, ...]
"""What stands in a column, or in the columns that are one text together."""

Meaning = tuple[str, bool]
"""What a text is taken for, and whether that is known."""


class Spellings:
    """A source that counts the texts of some columns as its rows are read.

    The last reading counts. Files that say themselves what is what are not looked at.
    """

    def __init__(self, source: Source, mapping: ImportMapping) -> None:
        self.mapping = mapping
        self._rows = source.rows
        self._texts: dict[str, Counter[Cell]] = {}
        self._marks: Counter[tuple[Cell, str]] = Counter()
        self._written: dict[tuple[Cell, str], str] = {}
        places = _places(source.heading, mapping)
        self._looked_at = {name: places[name] for name in LOOKED_AT if name in places}
        self._mark, self._event = places.get("mark", []), places.get("event", [])
        is_open = source.given is None and mapping.kind is not ImportKind.NATIONS
        self.source = replace(source, rows=self._counted) if is_open and places else source

    def _counted(self) -> Iterator[tuple[int, Cells]]:
        self._texts = {name: Counter() for name in self._looked_at}
        self._marks.clear()
        self._written.clear()
        rows = self._rows()
        while chunk := list(islice(rows, CHUNK)):
            self._count([cells for _, cells in chunk])
            yield from chunk

    def _count(self, rows: Sequence[Cells]) -> None:
        columns = list(zip_longest(*rows, fillvalue=""))
        for name, places in self._looked_at.items():
            self._texts[name].update(_cells(columns, places))
        if not self._mark:
            return
        written = [_joined(cell) for cell in _cells(columns, self._mark)]
        events = _cells(columns, self._event) if self._event else repeat("")
        shapes = [text[:LONGEST_SHAPE].translate(_NINES) for text in written]
        keys = list(zip(events, shapes, strict=False))
        self._marks.update(keys)
        for key, text in zip(keys, written, strict=True):
            self._written.setdefault(key, text)

    # What was counted

    def values(self, reads: Reads) -> list[ValueLook]:
        """The texts of each column, those that are not known and the most frequent first."""
        looks: list[ValueLook] = []
        for name, texts in self._texts.items():
            meaning = self._meanings(name, reads)
            known = [
                ValueLook(name, text, rows, *meaning(text)) for text, rows in _merged(texts).items()
            ]
            known.sort(key=lambda look: (look.is_known, -look.rows, look.text))
            looks += known[:SHOWN]
        return looks

    def _meanings(self, name: str, reads: Reads) -> Callable[[str], Meaning]:
        value = ValueMap(name, self.mapping.values.get(name, {}))
        if name == "nation":
            nations = _NationCodes(reads)
            return lambda text: nations(value(text))
        known = _KNOWN[name](reads)
        return lambda text: _among(known, value(text))

    def marks(self, reads: Reads, plan: Plan) -> list[MarkLook]:
        """The shapes of marks, each as the event that it stands in reads it; refused ones first.

        A word that says why there is no mark is a status, and no spelling of a mark.
        """
        found: Counter[MarkLook] = Counter()
        for look in self._mark_looks(reads, plan):
            found[replace(look, rows=0)] += look.rows
        looks = [replace(look, rows=rows) for look, rows in found.items()]
        looks.sort(key=lambda look: (bool(look.becomes), not look.is_changed, -look.rows))
        return looks[:SHOWN]

    def _mark_looks(self, reads: Reads, plan: Plan) -> Iterator[MarkLook]:
        forms = _forms(reads, plan)
        statuses = reads.known_statuses()
        status = ValueMap("status", self.mapping.values.get("status", {}))
        event = ValueMap("event", self.mapping.values.get("event", {}))
        meaning = ValueMap("mark", self.mapping.values.get("mark", {}))
        pattern = MarkPatterns(self.mapping.mark_patterns)
        first: dict[tuple[str, MarkFormat | None], str] = {}
        constant = self.mapping.constants.get("event", "")
        for (text, shape), rows in self._marks.items():
            form = forms.get(fold(event(_clean(_joined(text))) or constant))
            written = first.setdefault((shape, form), _clean(self._written[text, shape]))
            mark = meaning(written)
            if not mark or status.knows(mark) or mark.upper() in statuses:
                continue
            becomes = _printed(pattern(mark), form, statuses) if form else ""
            yield MarkLook(shape, written, becomes, rows, becomes != written)


def _places(heading: Sequence[str], mapping: ImportMapping) -> dict[str, list[int]]:
    """Tidy column to the numbers of the columns that it is read from."""
    place: dict[str, int] = {}
    for number, text in enumerate(heading):
        place.setdefault(text, number)
    return {
        target: [place[text] for text in headings if text in place]
        for target, headings in mapping.columns.items()
        if any(text in place for text in headings)
    }


def _cells(columns: Sequence[Sequence[str]], places: Sequence[int]) -> Iterable[Cell]:
    """The cells of a column, or of several that are one text together, row by row."""
    there = [columns[place] for place in places if place < len(columns)]
    return there[0] if len(there) == 1 else zip(*there, strict=True)


def _joined(cell: Cell) -> str:
    return cell if isinstance(cell, str) else " ".join(filter(None, cell))


def _clean(text: str) -> str:
    return " ".join(plain(text).split())


def _merged(texts: Mapping[Cell, int]) -> Counter[str]:
    """Texts as they are read, without the blanks around them."""
    merged: Counter[str] = Counter()
    for cells, rows in texts.items():
        if word := _clean(_joined(cells)):
            merged[word] += rows
    return merged


# What is known


def _among(known: Mapping[str, str] | Collection[str], word: str) -> Meaning:
    return (word, fold(word) in known)


def _words(rows: Iterable[tuple[int, str, str]]) -> set[str]:
    return {fold(word) for _, code, name in rows for word in (code, name)}


_KNOWN: Mapping[str, Callable[[Reads], set[str]]] = {
    "gender": lambda _: {"m", "w", "x", "o"},
    "medal": lambda _: {"", *(fold(medal) for medal in Medal)},
    "status": lambda reads: {fold(code) for code in reads.known_statuses()},
    "discipline": lambda reads: _words(reads.known("discipline")),
    "event": lambda reads: _words((t.id, t.code, t.name) for t in reads.known_event_types()),
    "competition": lambda reads: _words((c.id, c.code, c.name) for c in reads.known_competitions()),
}
"""The words of each column that the book or the program knows."""


class _NationCodes:
    """The codes of nations by any text that some day meant them."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._codes = reads.known_codes()
        self._nations = Nations(self._codes)

    def __call__(self, text: str) -> Meaning:
        for day in ("9998-12-31", *self._days(fold(text))):
            nation = self._nations.find(text, day)
            if nation is not None:
                return (self._reads.nation_code(nation, day), True)
        return (text, False)

    def _days(self, word: str) -> list[str]:
        """The days on which a code or name began to mean a nation, the latest first."""
        days = {
            known.first for known in self._codes if word in (fold(known.code), fold(known.name))
        }
        return sorted(days, reverse=True)


# Marks


def _forms(reads: Reads, plan: Plan) -> dict[str, MarkFormat]:
    """Code or name of the events, those of the plan too, to how they are measured."""
    forms: dict[str, MarkFormat] = {}
    for known in reads.known_event_types():
        form = MarkFormat(MarkKind(known.mark_kind), Better(known.better), known.decimals)
        forms[fold(known.name)] = forms[fold(known.code)] = form
    new = plan.inserts["event_type"]
    for row in new.rows:
        values = dict(zip(new.columns, row, strict=True))
        kind, better = MarkKind(values["mark_kind"]), Better(values["better"])
        form = MarkFormat(kind, better, values["decimals"])
        forms[fold(values["name"])] = forms[fold(values["code"])] = form
    return forms


def _printed(text: str, form: MarkFormat, statuses: Collection[str]) -> str:
    """A mark as it is printed, empty where it is refused."""
    try:
        entered = parse_entered(text, form, statuses)
    except MedalDeskError:
        return ""
    if entered.mark is not None:
        return format_mark(entered.mark, form.kind)
    return entered.score or entered.status or ""
