"""Opening the window for a measurement, and the peak memory of a process."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Calls back once a widget, and the window it is in, have been painted."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            # The event comes before the painting; a timer's turn comes after it.
            QTimer.singleShot(0, self._then)
        return False


class PaintWatch(QObject):
    """Runs the event loop until nothing more is laid out or painted on some widgets."""

    def __init__(self, widgets: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._busy = False
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest):
            self._busy = True
        return False

    def settle(self) -> None:
        """Go round until there is nothing to do: one layout may ask for another."""
        self._busy = True
        while self._busy:
            self._busy = False
            QApplication.processEvents()


def now() -> float:
    """Seconds on a clock that all processes of the machine share."""
    return time.monotonic()


def peak_memory() -> float | None:
    """The most memory this process ever had, in MB; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage this does not begin with what the parent had when it made the process.
        lines = status.read_text(encoding="ascii").splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
        return int(peak) / 1024
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
