"""A check of published medal tables, one competition at a time between the events of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from medaldesk.book.checked_table import NotCompared, TableCheck
from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.book.table_check import check_table
from medaldesk.domain.errors import MedalDeskError
from medaldesk.exchange.standings_check import read_published
from medaldesk.gui.live_book import LiveBook


class CheckTask(QObject):
    """Compares a file with the book; `finished` says that `checks` and `left` are whole.

    `progressed` tells how many competitions of how many are compared. Another start, or
    `cancel`, ends what is under way.
    """

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(object)

    def __init__(self, live: LiveBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._steps: Iterator[None] = iter(())
        self.checks: list[TableCheck] = []
        self.left: tuple[NotCompared, ...] = ()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether a check is under way."""
        return self._timer.isActive()

    def start(self, path: Path, wanted: CompetitionRow | None, grouping: int | None) -> None:
        """Check a file: all its competitions, or one; in a grouping view where one is given."""
        self.checks, self.left = [], ()
        self._steps = self._check(path, wanted, grouping)
        self._timer.start()

    def cancel(self) -> None:
        """Leave it where it is; what was compared stays."""
        self._timer.stop()

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
        except MedalDeskError as error:
            self._timer.stop()
            self.failed.emit(error)

    def _check(
        self, path: Path, wanted: CompetitionRow | None, grouping: int | None
    ) -> Iterator[None]:
        published = read_published(self._live.reads, path, wanted)
        self.left = published.left
        for number, (competition, rows) in enumerate(published.tables):
            self.progressed.emit(number, len(published.tables))
            yield
            self.checks.append(check_table(self._live.reads, competition, rows, grouping))
