"""Somebody who types marks into the measured event, each of which moves all that can move."""

from __future__ import annotations

import random
from collections.abc import Iterator

from medaldesk.book.reads import Reads
from tests.bench.books import HUNDREDTH, MEASURED, SECOND


def typed_marks(reads: Reads, count: int) -> Iterator[tuple[int, str]]:
    """Pairs of a result and what is typed for it.

    Somebody takes the lead with a record, then turns out to be in the middle of the field.
    """
    chance = random.Random(count)
    event = reads.event_by_path(MEASURED)
    results = [row.id for row in reads.results(event)]
    standing = (row.mark.value for found in reads.standing_records(event) for row in found.current)
    best = min(standing)
    for number in range(count):
        if number % 2 == 0:
            result = chance.choice(results)
            mark = best - HUNDREDTH * chance.randint(1, 20)
        else:
            mark = best + HUNDREDTH * chance.randint(50, 150)
        yield result, f"{mark / SECOND:.2f}"
