"""The check against a published medal table in words."""

from __future__ import annotations

import pytest

from medaldesk.book.checked_table import (
    MedalInvolved,
    Part,
    PublishedRow,
    Reason,
    TableDifferenceRow,
)
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally
from medaldesk.reports.check_words import difference_line


def medals(colour: Medal, *names: str) -> tuple[MedalInvolved, ...]:
    return tuple(MedalInvolved(colour, n, "Polo", n, name) for n, name in enumerate(names, 1))


def told(part: Part) -> str:
    """What is told of a nation that has nothing in the book."""
    published = PublishedRow(2, "GBR", 1, part.change)
    return difference_line(TableDifferenceRow("GBR", published, None, (part,))).split(": ", 2)[-1]


@pytest.mark.parametrize("reason", [Reason.NATIONALITY, Reason.MIXED_TEAM])
def test_the_medals_of_others_are_no_reason(reason: Reason):
    """Nor are more of the nation's own than somebody could look at."""
    golds = medals(Medal.GOLD, "Mixed team", "Ann One")
    silvers = medals(Medal.SILVER, "Bea Two", "Cis Three")
    part = Part(reason, Tally(1, -1, 0), (*golds, *silvers), ("ZZX",))
    assert told(part).endswith("ZZX) (silver of Bea Two, Polo; silver of Cis Three, Polo)")
    assert told(Part(reason, Tally(1, 0, 0), golds, ("ZZX",))).endswith("ZZX)")
    many = medals(Medal.SILVER, *"ABCDE")
    assert told(Part(reason, Tally(0, -1, 0), many, ("ZZX",))).endswith("ZZX)")


def test_whom_a_medal_was_given_to_or_taken_from_is_told():
    part = Part(Reason.REALLOCATED, Tally(1, 0, 0), medals(Medal.GOLD, "Ann One"), ("NED",))
    assert told(part) == "another nation's here (NED) (gold of Ann One, Polo)"
