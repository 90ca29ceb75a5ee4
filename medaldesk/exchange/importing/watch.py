"""Long tasks: who is told how far they are, and what they do without meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from medaldesk.book.import_errors import ImportCancelled


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far a long task is, and asked whether it is to stop."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Raises ImportCancelled."""
        if self.cancelled():
            raise ImportCancelled
        self.progress(done, total)


@contextmanager
def without_collector() -> Iterator[None]:
    """Let a million small objects be made without looking for cycles, of which there are none.

    Looking for them costs a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
