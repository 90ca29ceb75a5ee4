"""The rows that were not taken, as a CSV that can be corrected and imported again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from medaldesk.book.drafts import draft_of
from medaldesk.domain.cells import safe
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.importing.rows import Problem, Source

REASON = "not taken because"
"""The heading of the column behind those of the file; a mapping leaves it out."""


def write_report(
    path: Path,
    sources: Sequence[Source],
    problems: Sequence[Problem],
    sentence: Callable[[MedalDeskError], str],
) -> int:
    """Write the rows of problems as they stand in their files, each with the reason; how many.

    Sources with the same heading share one; another heading begins below an empty line.
    """
    with draft_of(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        last: tuple[str, ...] | None = None
        for number, source in enumerate(sources):
            # Row 0 is a file as a whole, which has no line to be corrected.
            reasons = {p.row: sentence(p.error) for p in problems if p.source == number and p.row}
            if not reasons:
                continue
            bare = tuple(cell for cell in source.heading if cell != REASON)
            if bare != last:
                writer.writerows([()] if last else [])
                writer.writerow([*map(safe, bare), REASON])
                last = bare
            for row, cells in source.rows():
                if row in reasons:
                    own = list(cells[: len(bare)])
                    own += [""] * (len(bare) - len(own))
                    writer.writerow([*map(safe, own), reasons[row]])
    return len(problems)
