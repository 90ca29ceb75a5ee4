"""(d) How much memory the window takes."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import BARE, Figures, copied, report, run, table

MARKS = 50


def measure(books: Sequence[Path]) -> list[Figures]:
    """The bare window, and the window on each book after some marks."""
    bare = run(BARE)["memory"]
    if bare is None:
        print("\nThis system does not tell how much memory a process had.")
        return []
    rows = [{"d memory": "bare window", "MB": bare, "more": 0.0}]
    for book in books:
        peak = run(__name__, book)["memory"]
        rows.append({"d memory": book.name.partition("-")[0], "MB": peak, "more": peak - bare})
    table(f"Peak memory after {MARKS} marks", rows)
    return rows


def main(book: str) -> None:
    """Open the measured event of a copy and type marks into it."""
    from tests.bench import marks
    from tests.bench.windows import peak_memory

    with copied(Path(book)) as copy, marks.opened(copy) as window:
        deque(marks.enter(window, MARKS), maxlen=0)
        report({"memory": peak_memory()})


if __name__ == "__main__":
    main(*sys.argv[1:])
