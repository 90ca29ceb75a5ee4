"""Rows of a table of records or nations: its cells by the columns that a mapping names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.columns import targets_of
from medaldesk.exchange.importing.planning import Mapped
from medaldesk.exchange.importing.rows import RowError
from medaldesk.exchange.importing.values import Column

Reads = Mapping[str, Callable[[str], Any]]


class TableReader:
    """Reads the cells of one source; `targets` are the columns that it has."""

    def __init__(self, mapped: Mapped, reads: Reads, verbatim: Sequence[str] = ()) -> None:
        _, source, mapping = mapped
        self._width = len(source.heading)
        places: dict[str, int] = {}
        for number, heading in enumerate(source.heading):
            places.setdefault(heading, number)
        found = {
            target: [places[name] for name in mapping.columns.get(target, ()) if name in places]
            for target in targets_of(mapping.kind)
        }
        self._columns = [
            Column(
                target,
                there,
                mapping,
                guarded=source.guarded,
                verbatim=target in verbatim,
                reads=reads,
            )
            for target, there in found.items()
            if there or target in mapping.constants
        ]
        self.targets = frozenset(column.target for column in self._columns)

    def read(self, cells: Sequence[str]) -> dict[str, Any]:
        """Column to what stands there, for those that say anything. Raises RowError."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        values = {}
        for column in self._columns:
            try:
                value = column(cells)
            except MedalDeskError as error:
                raise RowError(column.target, error) from error
            if value is not None and value != "":
                values[column.target] = value
        return values
