"""Runs the parts that are asked for on the books that are asked for."""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import tempfile
from pathlib import Path

from tests import bench
from tests.bench import derivation, imports, marks, memory, standings, start
from tests.bench.books import made_book
from tests.bench.games import all_games

OF_ANY_SIZE = {
    "a": marks.measure,
    "b": start.measure,
    "c": derivation.measure,
    "d": memory.measure,
}
OF_ALL_GAMES = {"e": standings.measure}
OF_FILES = {"f": imports.measure}
PARTS = OF_ANY_SIZE | OF_ALL_GAMES | OF_FILES
SIZES = (1_000, 100_000, 1_000_000)


def main() -> None:
    """Measure, print, and write down if wanted."""
    wanted = _arguments()
    sized = _sized(wanted) if OF_ANY_SIZE.keys() & set(wanted.only) else []
    games = _games(wanted) if OF_ALL_GAMES.keys() & set(wanted.only) else []
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    found = {part: PARTS[part](games if part in OF_ALL_GAMES else sized) for part in wanted.only}
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=2), encoding="utf-8")


def _sized(wanted: argparse.Namespace) -> list[Path]:
    """The books of the sizes that are asked for, the smallest first."""
    books = []
    for size in sorted(wanted.sizes):
        print(f"A book of {size:,} results …", flush=True)
        books.append(made_book(size, wanted.keep))
    return books


def _games(wanted: argparse.Namespace) -> list[Path]:
    """The one book of all Games."""
    print("A book of all Games …", flush=True)
    return [all_games(wanted.keep)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=bench.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kept = Path(tempfile.gettempdir()) / "medaldesk-bench"
    parser.add_argument("--only", type=_parts, default=[*PARTS], metavar="PARTS", help="e.g. a,c")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="results, e.g. 1000,100000")
    parser.add_argument("--keep", type=Path, default=kept, metavar="DIR", help="where books stay")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures here")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    """`a`, `a,c` or `ac`."""
    parts = sorted(set(text) - {",", " "})
    if not parts or not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"the parts are {', '.join(PARTS)}")
    return parts


def _sizes(text: str) -> list[int]:
    sizes = [int(word.replace("_", "")) for word in text.split(",")]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("a book has at least one result")
    return sizes


if __name__ == "__main__":
    main()
