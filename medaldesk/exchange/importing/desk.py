"""What the rows of all events share while a plan is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.bulk import BulkReads
from medaldesk.exchange.importing.matching import Doubt, Nations, People
from medaldesk.exchange.importing.messages import Feed
from medaldesk.exchange.importing.pending import Named, Pending
from medaldesk.exchange.importing.rows import Replaces, TidyRow


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

    By number of the source: `says_official`, `says_medals` and `says_gender` (of people), whether
    it has such a column; `titles`, its name; `columns`, those of a row that go as they are into
    one of the result. Where nothing says which events are official, one is so on the day of its
    medals. `replaces` is what each source is the whole of, `names_units` whether each of its rows
    can name a unit, `enters_only` whether it knows of entries, but of no results; `feed` knows
    which sources are messages.
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
    replaces: Sequence[Replaces]
    names_units: Sequence[bool]
    enters_only: Sequence[bool]
    says_gender: Sequence[bool]
    feed: Feed

    def is_message(self, row: TidyRow) -> bool:
        """Whether a row is part of a message of a feed."""
        return self.feed.messages[row.source] is not None
