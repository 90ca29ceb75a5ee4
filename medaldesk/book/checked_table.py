"""What a check of a published medal table finds: rows, differences, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.programme import CompetitionRow
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import StandingsRow, Tally

NONE = Tally()


class Reason(StrEnum):
    """Why a nation is not the same in both tables."""

    UNKNOWN_NATION = "unknown_nation"
    OTHER_CODE = "other_code"
    """The same medals under the code of another nation."""
    LEFT_OUT = "left_out"
    DECISION = "decision"
    """Published before (or without) decisions that the book has."""
    RUNNING = "running"
    """Published with events that are not official in the book."""
    PER_MEMBER = "per_member"
    TIE = "tie"
    ART = "art"
    PRIZE = "prize"
    """Medals for alpinism and aeronautics, which nobody competed for."""
    MISSING_EVENTS = "missing_events"
    """More of every colour there, of nobody less: events that the book does not have."""
    MOVED_UP = "moved_up"
    """Published after a medal was taken away and others moved up."""
    MOVED_DOWN = "moved_down"
    """Published before a medal was taken away and others moved up."""
    VACANT = "vacant"
    """Somebody has there what nobody has in the book."""
    RECOLOURED = "recoloured"
    """The same medal in another colour."""
    MIXED_TEAM = "mixed_team"
    """Teams of several nations that are counted for one of them, or the other way round."""
    NATIONALITY = "nationality"
    """People of early Games who are counted for another nation."""
    REALLOCATED = "reallocated"
    """One nation has more there, another as much less."""
    WITHDRAWN = "withdrawn"
    """Here a medal that nobody has there."""
    SHARED = "shared"
    """One medal more there."""
    ONLY_HERE = "only_here"
    """The published table does not list the nation."""
    TOTAL = "total"
    """The published total is not the sum of its medals."""
    RANK_FOLLOWS = "rank_follows"
    """The medals agree; the rank does not, and medals of other nations do not either."""
    RANK_RULE = "rank_rule"
    """All medals agree: only the way of ranking is another."""
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A nation as published; `number` is the row of the file, `nation` the id where it is known.

    What the file does not say is None.
    """

    number: int
    name: str
    nation: int | None
    tally: Tally
    total: int | None = None
    rank: int | None = None
    rank_total: int | None = None


class WhyNot(StrEnum):
    """Why a published row is not compared."""

    UNKNOWN_COMPETITION = "unknown_competition"
    OTHER_COMPETITION = "other_competition"
    """Of another competition than the one that was asked for."""
    UNREAD = "unread"
    """Its medals are no numbers."""


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A published row that is left out; texts are as in the file, `medals` as `1-one-0`."""

    number: int
    competition: str
    nation: str
    medals: str
    why: WhyNot


@dataclass(frozen=True, slots=True)
class MedalInvolved:
    """A medal behind a difference; `here` is whether the book counts it.

    `entry` is None, `name` and `nation` (a code) are empty where nobody has it in the book;
    `result` is what a link leads to, where there is one.
    """

    medal: Medal
    event: int
    event_name: str
    entry: int | None = None
    name: str = ""
    result: int | None = None
    here: bool = True
    nation: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A reason and what it accounts for: `change` is what is there less what is here.

    `others` are the codes of the nations that differ the other way. `day` and `body` are those of
    the decision behind it, if one is.
    """

    reason: Reason
    change: Tally = NONE
    medals: tuple[MedalInvolved, ...] = ()
    others: tuple[str, ...] = ()
    day: str | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class TableDifferenceRow:
    """A nation that differs; the changes of its parts sum to the difference of the medals."""

    name: str
    published: PublishedRow | None
    here: StandingsRow | None
    parts: tuple[Part, ...]

    @property
    def reason(self) -> Reason:
        """The first of its reasons."""
        return self.parts[0].reason

    @property
    def medals(self) -> tuple[MedalInvolved, ...]:
        """The medals behind all of it."""
        return tuple(medal for part in self.parts for medal in part.medals)

    @property
    def change(self) -> Tally:
        """What is there less what is here."""
        there = self.published.tally if self.published else NONE
        return there - (self.here.tally if self.here else NONE)


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What came of one competition: the rows that agree, and each that does not.

    `more` is what the whole published table has less what the book has. `lacking` are the events
    held at the competitions of the series before and after, but in the book not at this one, where
    events seem to be missing.
    """

    competition: CompetitionRow
    same: tuple[PublishedRow, ...]
    differences: tuple[TableDifferenceRow, ...]
    more: Tally = NONE
    lacking: tuple[str, ...] = ()

    @property
    def agreeing(self) -> int:
        """How many rows agree."""
        return len(self.same)
