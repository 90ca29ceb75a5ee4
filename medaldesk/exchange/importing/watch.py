"""Long tasks: who is told how far they are, and what they do without meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.import_errors import ImportCancelled


class Stage(StrEnum):
    """What a long task is at."""

    OPEN = "open"
    READ = "read"
    MATCH = "match"
    WRITE = "write"
    DERIVE = "derive"


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far a long task is, and asked whether it is to stop.

    `begins` is told when another stage of the task begins; `progress` counts within it.
    """

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    begins: Callable[[Stage], None] = lambda _stage: None

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
