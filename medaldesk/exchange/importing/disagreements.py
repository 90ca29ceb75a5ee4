"""Facts of an event about which its rows do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.rows import EventFacts, TidyRow

_COLUMNS = tuple(part.name for part in fields(EventFacts) if part.name not in ("event", "gender"))
"""The same event may be named in two ways, and a mixed one after the gender of each row."""


def disagreements(rows: Sequence[TidyRow], name: str) -> Iterator[Doubt]:
    """Each column of an event of a name that has several texts, with the first row that differs."""
    first_rows = {id(row.facts): row for row in reversed(rows)}
    if len(first_rows) < 2:
        return
    differing = sorted(first_rows.values(), key=lambda row: (row.source, row.number))
    for column in _COLUMNS:
        said: dict[object, TidyRow] = {}
        for row in differing:
            value = getattr(row.facts, column)
            if value not in ("", None):
                said.setdefault(value, row)
        if len(said) > 1:
            _, row, *_ = said.values()
            text = " / ".join(map(str, said))
            yield Doubt(
                DoubtKind.FACTS_DIFFER, row.source, row.number, name, 0, column=column, text=text
            )
