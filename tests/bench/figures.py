"""What all parts share: running a measurement in a process of its own, and printing what came."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
BARE = "tests.bench.bare_window"
COMPILED = Path(tempfile.gettempdir()) / "medaldesk-bench-compiled"


def run(module: str, *arguments: object) -> Figures:
    """Run a module of this package; it prints its figures as one line of JSON."""
    # An installed program is compiled once, not at every start.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(COMPILED)}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **compiled}
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    figures: Figures = json.loads(done.stdout)
    return figures


def report(figures: Figures) -> None:
    """Hand figures to whoever called `run`."""
    print(json.dumps(figures), flush=True)


@contextmanager
def copied(book: Path) -> Iterator[Path]:
    """A copy of a book that may be written to; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="medaldesk-bench-") as folder:
        copy = Path(folder) / "copy.medaldesk"
        shutil.copy(book, copy)
        yield copy


def spread(seconds: Sequence[float]) -> Figures:
    """The median and the 99th percentile in milliseconds, of how many."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {"p50": cuts[49] * 1000, "p99": cuts[98] * 1000, "count": len(seconds)}


def table(title: str, rows: Sequence[dict[str, object]]) -> None:
    """Print rows of the same keys as an aligned table."""
    lines = [[*rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    print(f"\n{title}")
    for line in lines:
        cells = (
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip(), flush=True)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
