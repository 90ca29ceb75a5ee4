"""(b) From nothing to the first painted window."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from medaldesk import launch
from tests.bench.figures import BARE, Figures, copied, report, run, table

RUNS = 9


def measure(books: Sequence[Path]) -> list[Figures]:
    """The bare window, the sample and the books in turns, so that all have the same weather."""
    from medaldesk.exchange.sample import create_sample

    with tempfile.TemporaryDirectory(prefix="medaldesk-bench-") as folder, copied(books[-1]) as big:
        sample = Path(folder) / "sample.medaldesk"
        create_sample(sample, who="bench").close()
        ways: dict[str, tuple[object, ...]] = {
            "bare window": (BARE,),
            "sample": (__name__, sample, folder),
            books[-1].name.partition("-")[0]: (__name__, big, folder),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(RUNS + 1):
            for name, (module, *arguments) in ways.items():
                taken = _start(str(module), *arguments)
                # The first start of all also reads files that are not in memory yet.
                if number:
                    seconds[name].append(taken)
    bare = statistics.median(seconds["bare window"])
    rows = [
        {"b start": name, "ms": statistics.median(all_) * 1000, "ratio": _over(all_, bare)}
        for name, all_ in seconds.items()
    ]
    table("Start to the first painted window, medians", rows)
    return rows


def _over(seconds: Sequence[float], bare: float) -> float:
    return statistics.median(seconds) / bare


def _start(module: str, *arguments: object) -> float:
    """Seconds from before a process is made until it has painted."""
    from tests.bench.windows import now

    began = now()
    painted: float = run(module, *arguments)["painted"]
    return painted - began


def main(book: str, folder: str) -> None:
    """Do what `medaldesk BOOK` does, with settings of its own, until the sheet is painted."""
    assert launch.wants_window([book])
    from PySide6.QtCore import QSettings

    from medaldesk.gui.app import application, open_window
    from medaldesk.gui.settings import Settings
    from tests.bench.windows import FirstPaint, now

    app = application()
    store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
    window = open_window(Settings(store), Path(book))

    def done() -> None:
        report({"painted": now()})
        window.close()

    assert window.workspace is not None
    watch = FirstPaint(window.workspace.event_page.view.viewport(), done)
    window.show()
    app.exec()
    del watch


if __name__ == "__main__":
    main(*sys.argv[1:])
