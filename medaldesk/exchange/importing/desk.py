"""What the rows of all events share while a plan is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.bulk import BulkReads
from medaldesk.exchange.importing.matching import Doubt, Nations, People
from medaldesk.exchange.importing.pending import Named, Pending


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class TeamsBy(StrEnum):
    """What makes rows of athletes members of one team: its name, its medal, or nothing."""

    NAME = "name"
    MEDAL = "medal"
    NOTHING = "nothing"


@dataclass(slots=True)
class Desk:
    """What the rows of all events share while a plan is made.

    By number of the source: `says_official` and `says_medals`, whether it has such a column;
    `titles`, its name; `columns`, those of a row that go as they are into one of the result.
    Where nothing says which events are official, one is so on the day of its medals.
    """

    reads: BulkReads
    pending: Pending
    nations: Nations
    people: People
    statuses: Mapping[str, int]
    sources: Named
    venues: Named
    says_official: Sequence[bool]
    says_medals: Sequence[bool]
    titles: Sequence[str]
    columns: Sequence[Sequence[tuple[str, str]]]
    doubts: list[Doubt]
