"""The EVENT elements of a meet, which are rounds, as the events of a book with their phases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from medaldesk.exchange.lenex.styles import GENDERS, Group, Style, group_of, style_of
from medaldesk.exchange.lenex.values import clock, day, number, positive, text

_PHASES = {
    "PRE": (1, "Heats"),
    "SOP": (2, "Swim-off after the heats"),
    "QUA": (3, "Quarterfinals"),
    "SOQ": (4, "Swim-off after the quarterfinals"),
    "SEM": (5, "Semifinals"),
    "SOS": (6, "Swim-off after the semifinals"),
    "FIN": (11, "Final"),
    "TIM": (11, "Final"),
    "FHT": (11, "Final"),
    "TIMETRIAL": (11, "Final"),
}
"""Rounds by their place among the phases of an event, and the names of these."""

_LATER_FINALS = {"B": 10, "C": 9, "D": 8}
MOST_GROUPS = 200

_DECIDING = frozenset({"FIN", "TIM", "FHT", "TIMETRIAL"})
_BEFORE = frozenset({"PRE", "QUA", "SEM", "SOP", "SOQ", "SOS"})


@dataclass(frozen=True, slots=True)
class Heat:
    """One race; `final` is A, B … where it is one of several finals."""

    number: int | None
    final: str
    time: str
    group: str
    status: str


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a result belongs: `place` puts the phases of an event in order."""

    place: int
    name: str


@dataclass(slots=True, eq=False)
class Round:
    """An EVENT; `places` are those of its rankings: result to the groups and ranks it has."""

    id: str
    number: str
    name: str
    previous: str
    gender: str
    style: Style
    kind: str
    run: int
    date: str
    time: str
    groups: tuple[Group, ...]
    heats: Mapping[str, Heat]
    places: Mapping[str, Mapping[str, int]]

    @property
    def is_deciding(self) -> bool:
        return self.name in _DECIDING

    def phase(self, heat: Heat | None) -> Phase:
        """The phase of a result in a heat; lower finals are phases of their own."""
        place, name = _PHASES.get(self.name, (7, self.name.title()))
        if self.name == "FIN" and heat is not None and heat.final in _LATER_FINALS:
            return Phase(_LATER_FINALS[heat.final], f"Final {heat.final}")
        return Phase(place, f"{name} {self.run}" if self.run > 1 else name)

    @property
    def official(self) -> str:
        """The day it was official: as its heats say, else where its results are ranked."""
        said = [heat.status for heat in self.heats.values() if heat.status]
        is_official = all(status == "OFFICIAL" for status in said) if said else bool(self.places)
        return self.date if is_official else ""


@dataclass(slots=True, eq=False)
class Race:
    """The rounds that are one event, and what tells it from others of its style in a meet."""

    rounds: list[Round]
    suffix: tuple[str, str] = ("", "")
    is_split: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_split = _is_split(self.rounds)

    @property
    def first(self) -> Round:
        return self.rounds[0]

    @property
    def key(self) -> tuple[str, str]:
        """What two events of a meet must not share."""
        return self.first.style.code(self.first.gender), self.first.kind

    @property
    def official(self) -> str:
        """The day on which it was official, empty while it is not."""
        deciding = [found for found in self.rounds if found.is_deciding]
        return deciding[-1].official if deciding else ""

    def group(self, found: Round, result: str, heat: Heat | None, who: tuple[int | None, str]
              ) -> Group | None:  # fmt: skip
        """The group that a result is ranked in, where the event is split by groups.

        `who` is age and gender: they tell where rankings and heats do not.
        """
        groups = found.groups or self.first.groups
        if not self.is_split:
            return groups[0] if len(groups) == 1 else None
        ranked = found.places.get(result, {})
        named = [group for group in groups if group.id in ranked]
        named = named or [group for group in groups if heat and heat.group == group.id]
        named = named or [group for group in groups if group.includes(*who)]
        return named[0] if len(named) == 1 else None


def _is_split(rounds: Sequence[Round]) -> bool:
    """Whether the groups of an event are events of their own: nobody is in two of them."""
    groups = next((found.groups for found in rounds if found.groups), ())
    # A file can have as many groups as it likes; no meet has so many.
    if len(groups) < 2 or any(len(found.groups) > MOST_GROUPS for found in rounds):
        return False
    if any(len(ranks) > 1 for found in rounds for ranks in found.places.values()):
        return False
    pairs = ((one, other) for n, one in enumerate(groups) for other in groups[n + 1 :])
    return not any(one.overlaps(other) for one, other in pairs)


def races_of(meet: Element) -> list[Race]:
    """The events of a meet in the order of its programme."""
    rounds = [
        _round(event, session, meet)
        for session in meet.findall("SESSIONS/SESSION")
        for event in session.findall("EVENTS/EVENT")
    ]
    races = _joined([Race(linked) for linked in _linked(rounds)])
    _tell_apart(races)
    return races


def _round(event: Element, session: Element, meet: Element) -> Round:
    course = text(session, "course") or text(meet, "course")
    heats = {
        text(heat, "heatid"): Heat(
            positive(heat, "number"),
            text(heat, "final").upper(),
            clock(heat, "daytime"),
            text(heat, "agegroupid"),
            text(heat, "status").upper(),
        )
        for heat in event.findall("HEATS/HEAT")
    }
    return Round(
        id=text(event, "eventid"),
        number=text(event, "number"),
        name=text(event, "round").upper() or "TIM",
        previous=text(event, "preveventid"),
        gender=GENDERS.get(text(event, "gender").upper(), "O"),
        style=style_of(event.find("SWIMSTYLE"), course),
        kind=text(event, "type").upper(),
        run=positive(event, "run") or 1,
        date=day(event, "date") or day(session, "date"),
        time=clock(event, "daytime"),
        groups=tuple(map(group_of, event.findall("AGEGROUPS/AGEGROUP"))),
        heats=heats,
        places=_places(event),
    )


def _places(event: Element) -> dict[str, dict[str, int]]:
    """Result to the groups and places in which the rankings have it."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for group in event.findall("AGEGROUPS/AGEGROUP"):
        for ranking in group.findall("RANKINGS/RANKING"):
            place = number(ranking, "place")
            places[text(ranking, "resultid")][text(group, "agegroupid")] = place or 0
    return places


# Which rounds are one event


def _linked(rounds: Sequence[Round]) -> list[list[Round]]:
    """Rounds that name each other as the one before, in the order of their phases."""
    by_id = {found.id: found for found in rounds}
    roots: dict[int, Round] = {}

    def root(found: Round) -> Round:
        path: list[Round] = []
        while id(found) not in roots:
            # A round that is its own predecessor, or on a way in circles, is the first one.
            roots[id(found)] = found
            path.append(found)
            found = by_id.get(found.previous, found)
        first = roots[id(found)]
        for passed in path:
            roots[id(passed)] = first
        return first

    linked: dict[int, list[Round]] = defaultdict(list)
    for found in rounds:
        linked[id(root(found))].append(found)
    return [sorted(chain, key=lambda r: (r.phase(None).place, r.run)) for chain in linked.values()]


def _joined(races: Sequence[Race]) -> list[Race]:
    """Finals that name no round before them join the heats of their style, if these lack one."""
    by_key: dict[tuple[str, str], list[Race]] = defaultdict(list)
    for race in races:
        by_key[race.key].append(race)
    later: dict[int, Race] = {}
    for alike in by_key.values():
        early = [race for race in alike if all(r.name in _BEFORE for r in race.rounds)]
        late = [race for race in alike if race.first.name in ("FIN", "SEM")]
        if len(early) == len(late) == 1 and early[0] is not late[0]:
            later[id(early[0])] = late[0]
    gone = {id(race) for race in later.values()}
    return [
        Race(race.rounds + later[id(race)].rounds) if id(race) in later else race
        for race in races
        if id(race) not in gone
    ]


def _tell_apart(races: Iterable[Race]) -> None:
    """Several events of one style: by their kind, their ages, else by number."""
    by_key: dict[tuple[str, str], list[Race]] = defaultdict(list)
    for race in races:
        if race.first.name == "TIMETRIAL":
            race.suffix = ("TT", "time trial")
        elif race.first.kind:
            race.suffix = (race.first.kind[:10], race.first.kind.lower()[:20])
        by_key[race.key].append(race)
    for alike in by_key.values():
        if len(alike) > 1:
            for race in alike:
                if len(race.first.groups) == 1 and not race.suffix[0]:
                    race.suffix = race.first.groups[0].suffix(race.first.style)
            _number(alike)


def _number(alike: Sequence[Race]) -> None:
    seen: Counter[str] = Counter()
    for race in alike:
        code, name = race.suffix
        seen[code] += 1
        if not race.is_split and seen[code] > 1:
            again = str(seen[code])
            race.suffix = (f"{code}-{again}".strip("-"), f"{name} {again}".strip())
