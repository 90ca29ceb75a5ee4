"""Two medal tables of one competition as a whole: what one nation has more, another has less.

What a single row cannot tell, all of them together can: a chain of people who moved up, a medal
that went from one nation to another, events that are in one of the tables only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from medaldesk.book.checked_table import NONE, MedalInvolved, Part, Reason
from medaldesk.book.reads.standings import MedalRow
from medaldesk.domain.medals import Medal
from medaldesk.domain.standings import Tally

FEW = 3
"""So many medals of a colour can be single decisions; more are something else."""

_ONE = {medal: Tally.of([medal]) for medal in Medal}
_COLOURS = tuple(Medal)


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation of the comparison: `rest` is what is there less here, not accounted for yet.

    `listed` is whether the published table has it, `mixed` whether it stands for mixed teams.
    """

    code: str
    rest: Tally
    listed: bool = True
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class _Move:
    """What an event would make of the medals of nations, had it ended in another way.

    `taker` is the colour that a nation without a medal here takes, `opened` one that anybody may.
    """

    reason: Reason
    changes: Mapping[int, Tally]
    taker: Medal | None = None
    opened: Medal | None = None


class _Event:
    """The medals of an event by colour, each with the nation that holds it."""

    def __init__(self, medals: Sequence[tuple[int, MedalRow]]) -> None:
        self.id, self.name = medals[0][1].event, medals[0][1].event_name
        self.medals = medals
        self.held: Mapping[Medal, list[int]] = {
            colour: [nation for nation, row in medals if row.medal is colour] for colour in Medal
        }

    def vacant(self) -> list[Medal]:
        """The colours that nobody has, though no tie above takes their place."""
        gold, silver, bronze = (len(self.held[colour]) for colour in Medal)
        lacks = (
            not gold and silver < 2,
            not silver and gold < 2,
            not bronze and gold + silver < 3,
        )
        return [colour for colour, vacant in zip(Medal, lacks, strict=True) if vacant]

    def moves(self) -> Iterator[_Move]:
        """The other ends that it may have had."""
        for colour in (Medal.GOLD, Medal.SILVER):
            holders = self.held[colour]
            if colour in self.vacant():
                yield from self._up(colour, {})
            elif len(holders) == 1:
                yield from self._up(colour, {holders[0]: NONE - _ONE[colour]})
                yield from self._down(colour)

    def _up(self, colour: Medal, changes: dict[int, Tally]) -> Iterator[_Move]:
        """Those below a colour move up by one."""
        free, lost = colour, len(changes)
        for lower in _COLOURS[_COLOURS.index(colour) + 1 :]:
            if len(self.held[lower]) != 1:
                break
            (nation,) = self.held[lower]
            changes[nation] = changes.get(nation, NONE) + _ONE[free] - _ONE[lower]
            free = lower
        if free is not colour and len(changes) > lost:
            yield _Move(Reason.MOVED_UP, changes, opened=free)

    def _down(self, colour: Medal) -> Iterator[_Move]:
        """Somebody without a medal had this one, and all that have it and below come after."""
        colours = _COLOURS[_COLOURS.index(colour) :]
        changes: dict[int, Tally] = {}
        for held, lower in zip(colours, (*colours[1:], None), strict=True):
            if len(self.held[held]) != 1:
                return
            (nation,) = self.held[held]
            gained = _ONE[lower] if lower else NONE
            changes[nation] = changes.get(nation, NONE) + gained - _ONE[held]
        yield _Move(Reason.MOVED_DOWN, changes, taker=colour)


class Balance:
    """Accounts for what is left of the differences between two tables, nation by nation.

    `nations` has each that differs by a key, `medals` all medals of the book with the key of the
    nation. `early` tells of Games whose people were not entered by nations.
    """

    def __init__(
        self,
        nations: Mapping[int, Nation],
        medals: Iterable[tuple[int, MedalRow]],
        *,
        early: bool = False,
    ) -> None:
        self._nations = dict(nations)
        self._medals = list(medals)
        self._early = early
        self._parts: dict[int, list[Part]] = defaultdict(list)
        self._open: dict[Medal, list[tuple[Reason, _Event]]] = defaultdict(list)

    def parts(self) -> dict[int, tuple[Part, ...]]:
        """Nation to what accounts for its rest; the changes sum to it."""
        if self._lacks_events():
            for key, nation in self._nations.items():
                self._account(key, Part(Reason.MISSING_EVENTS, nation.rest))
        self._move_along()
        if not self._early:
            self._fill_vacant()
            self._recolour()
        for colour in Medal:
            self._settle(colour)
        return {key: tuple(_merged(parts)) for key, parts in self._parts.items()}

    def _lacks_events(self) -> bool:
        """Whether nobody has less there, and somebody more of every colour."""
        rests = [nation.rest for nation in self._nations.values()]
        total = sum(rests, NONE)
        return all(min(rest.triple) >= 0 for rest in rests) and min(total.triple) > 0

    # Events that ended in another way

    def _move_along(self) -> None:
        """The chains of people who moved up or down; of early Games they would be chance.

        Where a medal is vacant here somebody must have lost it: those events come first.
        """
        held: dict[int, list[tuple[int, MedalRow]]] = defaultdict(list)
        for key, row in self._medals:
            held[row.event].append((key, row))
        events = [_Event(medals) for medals in held.values()]
        for event in sorted(events, key=lambda event: not event.vacant()):
            move = None if self._early else self._move_of(event)
            if move is not None:
                self._take(move, event)
            else:
                for colour in event.vacant():
                    self._open[colour].append((Reason.VACANT, event))

    def _move_of(self, event: _Event) -> _Move | None:
        """The move of an event that fits and tells of most nations."""
        fitting = [move for move in event.moves() if self._fits(move)]
        return max(fitting, key=lambda move: len(move.changes), default=None)

    def _fits(self, move: _Move) -> bool:
        changes = move.changes.items()
        if not all(key in self._nations and self._has(key, change) for key, change in changes):
            return False
        return move.taker is None or len(self._differing(move.taker, 1)) == 1

    def _has(self, key: int, change: Tally) -> bool:
        """Whether a change is a part of what is left of a nation."""
        rest = self._nations[key].rest.triple
        return all(
            part == 0 or 0 < part <= left or 0 > part >= left
            for part, left in zip(change.triple, rest, strict=True)
        )

    def _take(self, move: _Move, event: _Event) -> None:
        for key, change in move.changes.items():
            held = (row for nation, row in event.medals if nation == key)
            self._account(key, Part(move.reason, change, tuple(map(involved, held))))
        if move.taker is not None:
            (key,) = self._differing(move.taker, 1)
            medal = MedalInvolved(move.taker, event.id, event.name, here=False)
            self._account(key, Part(move.reason, _ONE[move.taker], (medal,)))
        if move.opened is not None:
            self._open[move.opened].append((move.reason, event))
            below = _COLOURS[_COLOURS.index(move.opened) + 1 :]
            for colour in event.vacant():
                if colour in below:
                    self._open[colour].append((Reason.VACANT, event))

    def _fill_vacant(self) -> None:
        """Who has more of a colour has what is vacant here, where there is enough of it."""
        for colour in Medal:
            takers = self._differing(colour, 1)
            needed = sum(self._nations[key].rest.of_medal(colour) for key in takers)
            if takers and needed <= len(self._open[colour]):
                for key in takers:
                    self._fill(key, colour)

    def _fill(self, key: int, colour: Medal) -> None:
        reason = self._open[colour][0][0]
        change = _times(colour, self._nations[key].rest.of_medal(colour))
        self._account(key, Part(reason, change, self._vacancies(colour)))

    def _vacancies(self, colour: Medal) -> tuple[MedalInvolved, ...]:
        return tuple(
            MedalInvolved(colour, event.id, event.name, here=False)
            for _, event in self._open[colour]
        )

    def _recolour(self) -> None:
        """A nation that has one of a colour less and one of another more."""
        for key in self._nations:
            for less, more in permutations(Medal, 2):
                rest = self._nations[key].rest
                count = min(-rest.of_medal(less), rest.of_medal(more))
                if 0 < count <= FEW:
                    change = _times(more, count) + _times(less, -count)
                    self._account(key, Part(Reason.RECOLOURED, change, self._of(key, less)))

    # What is left of a colour

    def _settle(self, colour: Medal) -> None:
        gained, lost = self._differing(colour, 1), self._differing(colour, -1)
        for key in gained:
            self._account(key, self._gained(key, colour, lost))
        for key in lost:
            self._account(key, self._lost(key, colour, gained))

    def _gained(self, key: int, colour: Medal, others: Sequence[int]) -> Part:
        """Why a nation has more there of a colour that `others` have less of."""
        change = _times(colour, self._nations[key].rest.of_medal(colour))
        if others:
            medals = tuple(medal for other in others for medal in self._of(other, colour))
            vacant = () if self._early else self._vacancies(colour)
            return self._transferred(key, others, change, (*vacant, *medals))
        reason = Reason.SHARED if change.total == 1 else Reason.UNEXPLAINED
        return Part(reason, change)

    def _lost(self, key: int, colour: Medal, others: Sequence[int]) -> Part:
        """Why a nation has less there of a colour that `others` have more of."""
        change = _times(colour, self._nations[key].rest.of_medal(colour))
        held = self._of(key, colour)
        if others:
            return self._transferred(key, others, change, held)
        reason = Reason.WITHDRAWN if -change.total <= FEW else Reason.UNEXPLAINED
        if not self._nations[key].listed:
            reason = Reason.ONLY_HERE
        return Part(reason, change, held)

    def _transferred(
        self,
        key: int,
        others: Sequence[int],
        change: Tally,
        medals: tuple[MedalInvolved, ...],
    ) -> Part:
        """A medal that another nation has: by whom it was won, or by what was decided."""
        codes = tuple(self._nations[other].code for other in others)
        if any(self._nations[nation].mixed for nation in (key, *others)):
            reason = Reason.MIXED_TEAM
        elif self._early:
            reason = Reason.NATIONALITY
        else:
            reason = Reason.REALLOCATED if abs(change.total) <= FEW else Reason.UNEXPLAINED
        return Part(reason, change, medals, codes)

    # Counting

    def _differing(self, colour: Medal, sign: int) -> list[int]:
        """The nations that have more (1) or less (-1) of a colour there."""
        return [
            key for key, nation in self._nations.items() if nation.rest.of_medal(colour) * sign > 0
        ]

    def _of(self, key: int, colour: Medal) -> tuple[MedalInvolved, ...]:
        rows = (row for nation, row in self._medals if nation == key and row.medal is colour)
        return tuple(map(involved, rows))

    def _account(self, key: int, part: Part) -> None:
        nation = self._nations[key]
        self._nations[key] = replace(nation, rest=nation.rest - part.change)
        self._parts[key].append(part)


def _times(colour: Medal, count: int) -> Tally:
    return Tally(*(count if colour is other else 0 for other in Medal))


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts of one reason as one."""
    together: dict[Reason, Part] = {}
    for part in parts:
        known = together.get(part.reason)
        together[part.reason] = part if known is None else _sum(known, part)
    yield from together.values()


def _sum(one: Part, other: Part) -> Part:
    return replace(
        one,
        change=one.change + other.change,
        medals=tuple(dict.fromkeys((*one.medals, *other.medals))),
        others=tuple(dict.fromkeys((*one.others, *other.others))),
    )


def involved(medal: MedalRow) -> MedalInvolved:
    """A medal of the book as one behind a difference."""
    return MedalInvolved(
        medal.medal,
        medal.event,
        medal.event_name,
        medal.entry,
        medal.name,
        medal.result,
        nation=medal.nation,
    )
