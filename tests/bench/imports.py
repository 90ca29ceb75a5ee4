"""(f) A history of 120 years out of one table, beside the window and against the floor."""

from __future__ import annotations

import csv
import lzma
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.book.connection import connect
from medaldesk.exchange.importing.mapping import profile
from medaldesk.exchange.importing.pending import COLUMNS
from medaldesk.exchange.importing.preview import Look
from medaldesk.exchange.importing.session import ImportSession
from tests.bench.figures import Figures, report, run, spread, table

PROFILE = "athlete-events"
PACKED = Path(__file__).parents[3] / "shared" / "data" / "athlete_events_1896_2016.csv.xz"
TICK = 10
"""Milliseconds between two turns of the event loop that are looked for."""

Rows = Mapping[str, Sequence[tuple[object, ...]]]
Taken = tuple[float, ...]
"""Seconds that passed, and those of the processor, which others on the machine hardly change."""


def measure(_: Sequence[Path]) -> list[Figures]:
    """The import, its undo, the floor of both, and how late the window is meanwhile."""
    if not PACKED.exists():
        print(f"\nThere is no {PACKED.name} beside this checkout: no import is measured.")
        return []
    with tempfile.TemporaryDirectory(prefix="medaldesk-bench-") as folder:
        file = Path(folder) / "history.csv"
        with lzma.open(PACKED) as packed:
            file.write_bytes(packed.read())
        alone = run(__name__, "alone", file, Path(folder) / "alone.medaldesk")
        window = run(__name__, "window", file, Path(folder) / "window.medaldesk")
    floor = alone["steps"]["floor"]
    steps = [
        {
            "f import": name,
            "s": taken[0],
            "ratio": taken[0] / floor[0],
            "CPU s": taken[1],
            "CPU ratio": taken[1] / floor[1],
        }
        for name, taken in alone["steps"].items()
    ]
    table(f"{alone['rows']:,} rows; floor: read them, insert the same facts", steps)
    late = [{"f window while it": name, **figures} for name, figures in window.items()]
    table("How much later than asked for the event loop came round, in milliseconds", late)
    memory = {name: alone[name] for name in ("import MB", "undo MB") if alone[name] is not None}
    table("Peak memory", [{"f memory": name, "MB": float(mb)} for name, mb in memory.items()])
    return [alone, window]


def main(part: str, file: str, book: str) -> None:
    """Measure one part in this process."""
    _PARTS[part](Path(file), Path(book))


# Alone


def _alone(file: Path, path: Path) -> None:
    from tests.bench.windows import peak_memory

    with Book.create(path) as book:
        before = _rows(path)
        session = ImportSession(path)
        steps: dict[str, Taken] = {}
        look: list[Look] = []
        steps["look"] = _taken(lambda: look.append(session.look([file], None, profile(PROFILE))))
        mappings = [source.mapping for source in look[0].sources]
        steps["plan"] = _taken(lambda: session.plan(mappings, with_spellings=False))
        book.lend()
        steps["apply"] = _taken(session.apply)
        book.take_back()
        steps["whole import"] = tuple(map(sum, zip(*steps.values(), strict=True)))
        facts = {name: rows[len(before[name]) :] for name, rows in _rows(path).items()}
    undone = run("tests.bench.imports", "undo", file, path)
    figures = {
        "rows": look[0].sources[0].lines,
        "import MB": peak_memory(),
        "undo MB": undone["MB"],
    }
    steps["undo"], steps["redo"] = undone["undo"], undone["redo"]
    floors = [_floor(file, facts, path.with_name(f"floor-{n}.medaldesk")) for n in range(2)]
    steps["floor"] = min(floors)
    report({"steps": steps, **figures})


def _undo(_: Path, path: Path) -> None:
    from tests.bench.windows import peak_memory

    with Book.open(path) as book:
        taken = {"undo": _taken(book.edits.undo), "redo": _taken(book.edits.redo)}
    report({**taken, "MB": peak_memory()})


def _floor(file: Path, facts: Rows, path: Path) -> Taken:
    """Read the file, and insert what an import makes of it into an empty book."""
    Book.create(path).close()
    with closing(connect(path, "rw")) as connection:

        def whole() -> None:
            with file.open(encoding="utf-8", newline="") as lines:
                for _ in csv.reader(lines):
                    pass
            connection.execute("BEGIN")
            for name, rows in facts.items():
                columns = ("id", *COLUMNS[name])
                slots = ", ".join("?" * len(columns))
                connection.executemany(
                    f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({slots})", rows
                )
            connection.execute("COMMIT")

        return _taken(whole)


def _rows(path: Path) -> Rows:
    """What an import writes, as it stands in a book."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"SELECT id, {', '.join(columns)} FROM {name} ORDER BY id")
            .fetchall()
            for name, columns in COLUMNS.items()
        }  # fmt: skip


def _taken(step: Callable[[], object]) -> Taken:
    start, busy = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - start, time.process_time() - busy


# Beside the window


def _window(file: Path, path: Path) -> None:
    from PySide6.QtCore import QSettings, Qt, QTimer

    from medaldesk.gui.app import application
    from medaldesk.gui.import_task import ImportTask
    from medaldesk.gui.main_window import MainWindow
    from medaldesk.gui.settings import Settings

    app = application([])
    settings = QSettings(str(path.with_name("window.ini")), QSettings.Format.IniFormat)
    window = MainWindow(Settings(settings))
    window.create_book(path)
    window.show()
    assert window.live is not None
    task = ImportTask(window.live, window)
    late: dict[str, list[float]] = {"look": [], "plan": [], "apply": [], "shows it": []}
    step = ["look"]
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late[step[0]].append(max(0.0, now - last[0] - TICK / 1000))
        last[0] = now

    def planned(_: object) -> None:
        step[0] = "apply"
        task.apply()

    def looked(look: object) -> None:
        step[0] = "plan"
        task.plan([source.mapping for source in look.sources])  # type: ignore[attr-defined]

    def applied(_: object) -> None:
        step[0] = "shows it"
        QTimer.singleShot(1_000, app.quit)

    timer = QTimer(window, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    task.looked.connect(looked)
    task.planned.connect(planned)
    window.live.changed.connect(lambda _: step.__setitem__(0, "shows it"))
    task.applied.connect(applied)
    timer.start()
    task.look([file], None, profile(PROFILE))
    app.exec()
    task.close()
    window.close()
    report({name: _late(seconds) for name, seconds in late.items()})


def _late(seconds: Sequence[float]) -> Figures:
    return {**spread(seconds), "max": max(seconds) * 1000}


_PARTS = {"alone": _alone, "undo": _undo, "window": _window}

if __name__ == "__main__":
    main(*sys.argv[1:])
