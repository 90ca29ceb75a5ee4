"""The rows that were not taken, as a CSV that can be corrected and imported again."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from medaldesk.book.connection import explained
from medaldesk.book.drafts import draft_of
from medaldesk.book.errors import BookExists
from medaldesk.domain.cells import safe
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.columns import REASON
from medaldesk.exchange.importing.mapping import ImportKind, ImportMapping
from medaldesk.exchange.importing.preview import Reported
from medaldesk.exchange.importing.rows import Problem, Source

Mapped = tuple[Source, ImportMapping]
Key = tuple[str, str, int]
"""A column by what it is, else by its heading; the number tells those of one heading apart."""


def refuse_report(path: Path, kept: Iterable[Path]) -> None:
    """See that a report can be written, and takes the place of nothing that is still needed.

    Raises BookExists, BookUnreachable, BookFull.
    """
    if path.exists() and any(other.exists() and path.samefile(other) for other in kept):
        raise BookExists(path=path)
    with explained(path), TemporaryFile(dir=path.parent):
        pass


def write_report(
    path: Path,
    mapped: Sequence[Mapped],
    problems: Iterable[Problem],
    sentence: Callable[[MedalDeskError], str],
) -> Reported:
    """Write the rows of problems as they stand in their files, each with the reason.

    All are under one heading; records, and nations, are in files of their own beside it where
    there are results too. Raises BookExists, BookUnreachable, BookFull.
    """
    reasons: dict[int, dict[int, str]] = defaultdict(dict)
    for problem in problems:
        # Row 0 is a file as a whole, which has no line to be corrected.
        if problem.row:
            reasons[problem.source][problem.row] = sentence(problem.error)
    tables: dict[str, list[_Rows]] = defaultdict(list)
    for number, found in sorted(reasons.items()):
        source, mapping = mapped[number]
        tables[_table(mapping.kind)].append(_Rows(source, mapping, found))
    # Results come first: theirs is the name that was asked for.
    names = sorted(tables) or [""]
    paths = [path, *(path.with_name(f"{path.stem} {name}{path.suffix}") for name in names[1:])]
    for beside in paths[1:]:
        refuse_report(beside, [source.path for source, _ in mapped])
    for place, name in zip(paths, names, strict=True):
        _write(place, tables[name])
    return Reported(sum(rows.count for found in tables.values() for rows in found), tuple(paths))


def _table(kind: ImportKind) -> str:
    """What a kind cannot be in one table with: a record would be taken for a result."""
    return kind.value if kind in (ImportKind.RECORDS, ImportKind.NATIONS) else ""


class _Rows:
    """Rows of a source: `heading` is what each of its columns is called, by its key.

    `count` is how many there are.
    """

    def __init__(self, source: Source, mapping: ImportMapping, reasons: Mapping[int, str]) -> None:
        self._source = source
        self._reasons = reasons
        # A message is taken whole or not at all.
        self._is_whole = source.message is not None
        self.count = source.lines if self._is_whole else len(reasons)
        # A table is imported by the same mapping again, what says itself what is what is not.
        constants = mapping.constants if source.given is not None else {}
        self._constants: dict[Key, str] = {(t, "", 0): text for t, text in constants.items()}
        self._keys = _keys(source.heading, mapping)
        self.heading = {key: key[0] for key in self._constants}
        self.heading |= dict(zip(self._keys, source.heading, strict=True))

    def __iter__(self) -> Iterator[tuple[Mapping[Key, str], str]]:
        """The cells of each row that is not taken, and why it is not."""
        for number, cells in self._source.rows():
            if number in self._reasons or self._is_whole:
                found = {k: cell for k, cell in zip(self._keys, cells, strict=False) if cell}
                yield {**self._constants, **found}, self._reasons.get(number, "")


def _keys(heading: Sequence[str], mapping: ImportMapping) -> list[Key]:
    """The key of each column, the same where the mappings of two files read the same from it.

    A column that is read for several things, or with others, stays what it is called.
    """
    read_for = Counter(name for names in mapping.columns.values() for name in names)
    sole = {
        names[0]: target
        for target, names in mapping.columns.items()
        if len(names) == 1 and read_for[names[0]] == 1
    }
    seen: Counter[str] = Counter()
    keys = []
    for name in heading:
        target = sole.pop(name, "")
        keys.append((target, "", 0) if target else ("", name, seen[name]))
        seen[name] += not target
    return keys


def _write(path: Path, found: Sequence[_Rows]) -> None:
    """Write rows under one heading, which has the columns of the first file first."""
    heading: dict[Key, str] = {}
    for rows in found:
        heading = {**heading, **{k: text for k, text in rows.heading.items() if k not in heading}}
    with draft_of(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(safe, heading.values()), REASON])
        for rows in found:
            for cells, reason in rows:
                writer.writerow([*(safe(cells.get(key, "")) for key in heading), reason])
