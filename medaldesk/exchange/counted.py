"""How far an export is: whoever waits for it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from medaldesk.book.replay import Progress

T = TypeVar("T")


def counted(items: Collection[T], progress: Progress | None) -> Iterator[T]:
    """The items; each one that is done is told, with how many there are."""
    for done, item in enumerate(items, start=1):
        yield item
        if progress is not None:
            progress(done, len(items))
