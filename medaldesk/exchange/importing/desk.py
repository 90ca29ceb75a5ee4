"""What the rows of all events share while a plan is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.bulk import BulkReads
from medaldesk.exchange.importing.matching import Doubt, Nations, People
from medaldesk.exchange.importing.memberships import Memberships
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


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What rows have to know of their source.

    `says_official`, `says_medals` and `says_gender` (of people) tell whether it has such a column;
    where nothing says which events are official, one is so on the day of its medals. `columns` are
    those of a row that go as they are into one of the result, with its name. `replaces` is what
    the source is the whole of, `names_units` whether each of its rows can name a unit,
    `enters_only` whether it knows of entries, but of no results.
    """

    title: str
    replaces: Replaces
    columns: Sequence[tuple[str, str]]
    says_official: bool
    says_medals: bool
    says_gender: bool
    names_units: bool
    enters_only: bool


@dataclass(slots=True)
class Desk:
    """What the rows of all events share while a plan is made.

    `of` has the facts of each source by its number; `feed` knows which sources are messages.
    """

    reads: BulkReads
    pending: Pending
    nations: Nations
    people: People
    statuses: Mapping[str, int]
    sources: Named
    venues: Named
    of: Sequence[SourceFacts]
    doubts: list[Doubt]
    memberships: Memberships
    feed: Feed

    def is_message(self, row: TidyRow) -> bool:
        """Whether a row is part of a message of a feed."""
        return self.feed.messages[row.source] is not None

    def has_message(self, rows: Iterable[TidyRow]) -> bool:
        """Whether any of some rows is part of a message of a feed."""
        return any(self.feed.messages[number] is not None for number in {r.source for r in rows})
