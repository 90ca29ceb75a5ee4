"""A meet as rows of tidy results: results, entries without one yet, members of relays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from xml.etree.ElementTree import Element

from medaldesk.domain.classification import Classification
from medaldesk.exchange.lenex.rounds import Heat, Race, Round, races_of
from medaldesk.exchange.lenex.styles import GENDERS, sport_class
from medaldesk.exchange.lenex.values import (
    MEASURED,
    birth_day,
    day,
    family_name,
    is_national,
    name_of,
    nation_of,
    number,
    positive,
    reaction_time,
    spelt,
    swim_time,
    text,
)

COLUMNS = (
    "competition",
    "competition_name",
    "city",
    "start_date",
    "end_date",
    "discipline",
    "event",
    "event_name",
    "gender",
    *MEASURED,
    "classification",
    "official",
    "venue",
    "date",
    "time",
    "phase",
    "unit",
    "lane",
    "athlete",
    "family_name",
    "given_name",
    "athlete_gender",
    "birth_date",
    "team",
    "member_of",
    "nation",
    "mark",
    "status",
    "rank",
)
"""Those of tidy results that a meet fills."""

NOTES = ("club", "entry time", "reaction time", "splits", "points", "comment")
"""What else is known of a result; kept as notes."""

HEADING = (*COLUMNS, *NOTES)

Row = dict[str, str]
Cells = tuple[str, ...]
Sorting = tuple[int, int, int]
"""Place of the event in the meet, of the phase in it, of the heat in that."""

_MEMBERS_LAST = 99

_STATUSES = {"RESULT": {"SICK": "DNS"}, "ENTRY": {"SICK": "WDR"}}
"""Statuses of Lenex to those of a book; any other that a book does not have is told by row."""


def meet_name(meet: Element) -> str:
    """What a meet is called, with its year, so that the next one is another."""
    days = _days(meet)
    year = days[0][:4] if days else ""
    name = spelt(meet, "name") or text(meet, "city") or "Swimming meet"
    return name if year in name else f"{name} {year}"


def meet_rows(meet: Element) -> list[Cells]:
    """The rows of a meet below `HEADING`, event by event, the phases of each in their order."""
    reader = _Meet(meet)
    # A row is small once it is cells: a file may have a million.
    found = [
        (sorting, tuple([row.get(column, "") for column in HEADING]))
        for who in reader.everybody()
        for sorting, row in reader.rows_of(who)
    ]
    found.sort(key=itemgetter(0))
    return _without_odd_ranks([cells for _, cells in found])


def _days(meet: Element) -> list[str]:
    """The days of its sessions, and of events that have one of their own."""
    parts = [*meet.findall("SESSIONS/SESSION"), *meet.findall("SESSIONS/SESSION/EVENTS/EVENT")]
    return sorted({found for part in parts if (found := day(part, "date"))})


_EVENT, _RANK = HEADING.index("event"), HEADING.index("rank")


def _without_odd_ranks(rows: Sequence[Cells]) -> list[Cells]:
    """Ranks that are not whole, as in a file of one club, say nothing of who is in it."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for cells in rows:
        if cells[_RANK]:
            ranks[cells[_EVENT]].append(int(cells[_RANK]))
    odd = {event for event, given in ranks.items() if not _are_whole(sorted(given))}
    return [
        (*cells[:_RANK], "", *cells[_RANK + 1 :]) if cells[_EVENT] in odd else cells
        for cells in rows
    ]


def _are_whole(ranks: Sequence[int]) -> bool:
    """Whether each rank is 1 + the number of better ones (RULES R1)."""
    better = {rank: place for place, rank in reversed([*enumerate(ranks)])}
    return all(rank == 1 + better[rank] for rank in ranks)


@dataclass(frozen=True, slots=True)
class _Who:
    """Somebody or a relay, with what of a row that fills."""

    element: Element
    club: Element
    age: int | None
    gender: str
    cells: Row
    is_relay: bool = False


class _Teams:
    """Names of relays: in an event, no two of a nation have the same."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}
        self._taken: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._free: dict[tuple[str, str, str], int] = defaultdict(lambda: 1)

    def name(self, who: _Who, event: str) -> str:
        """The name of a relay, with its number but for the first: `United States 2`."""
        nation = who.cells["nation"]
        name = text(who.element, "name") or spelt(who.club, "name") or nation
        mine = (event, id(who.element))
        if mine not in self._numbers:
            of = (event, nation, name)
            wanted = positive(who.element, "number") or 1
            while wanted in self._taken[of]:
                # From where it stopped the last time: a file may have a great many of one name.
                wanted = self._free[of] = self._free[of] + 1
            self._taken[of].add(wanted)
            self._numbers[mine] = wanted
        number = self._numbers[mine]
        return name if number == 1 or name.endswith(f" {number}") else f"{name} {number}"


class _Meet:
    """Reads the entries and results of one meet."""

    def __init__(self, meet: Element) -> None:
        self._races = races_of(meet)
        self._clubs = meet.findall("CLUBS/CLUB")
        self._events: dict[str, tuple[int, Race, Round]] = {}
        self._event_of_heat: dict[str, str] = {}
        for place, race in enumerate(self._races):
            for held in race.rounds:
                self._events.setdefault(held.id, (place, race, held))
                self._event_of_heat.update(dict.fromkeys(held.heats, held.id))
        self._athletes: dict[str, Element] = {}
        for club in self._clubs:
            for athlete in club.findall("ATHLETES/ATHLETE"):
                self._athletes.setdefault(text(athlete, "athleteid"), athlete)
        self._teams = _Teams()
        self._shared = _competition(meet)
        said = day(meet.find("AGEDATE"), "value") or self._shared["start_date"]
        self._age_year = int(said[:4]) if said else None

    def everybody(self) -> Iterator[_Who]:
        """Athletes and relays, club by club."""
        for club in self._clubs:
            for athlete in club.findall("ATHLETES/ATHLETE"):
                born = day(athlete, "birthdate")
                age = self._age_year - int(born[:4]) if born and self._age_year else None
                gender = GENDERS.get(text(athlete, "gender").upper(), "")
                nation = nation_of(club, athlete)
                cells = {**_person(athlete, nation), "nation": nation, "club": _club_note(club)}
                yield _Who(athlete, club, age, gender, cells)
            for relay in club.findall("RELAYS/RELAY"):
                gender = GENDERS.get(text(relay, "gender").upper(), "")
                cells = {"nation": nation_of(club), "club": _club_note(club)}
                yield _Who(relay, club, positive(relay, "agemax"), gender, cells, is_relay=True)

    def rows_of(self, who: _Who) -> Iterator[tuple[Sorting, Row]]:
        """A row for each result, and for each entry for a round that has none."""
        results = who.element.findall("RESULTS/RESULT")
        entries = who.element.findall("ENTRIES/ENTRY")
        swum = {self._event(result) for result in results}
        times = {self._event(entry): swim_time(entry, "entrytime") for entry in entries}
        lines = [entry for entry in entries if self._event(entry) not in swum]
        met: dict[str, list[tuple[Sorting, Row, Element]]] = defaultdict(list)
        for line in (*lines, *results):
            sorting, row = self._row(who, line)
            row["entry time"] = times.get(self._event(line)) or swim_time(line, "entrytime")
            met[row["event"]].append((sorting, row, line))
            yield sorting, row
        if who.is_relay:
            for swims in met.values():
                yield from self._members(swims)

    def _event(self, line: Element) -> str:
        return text(line, "eventid") or self._event_of_heat.get(text(line, "heatid"), "")

    def _row(self, who: _Who, line: Element) -> tuple[Sorting, Row]:
        """What is known of a result or an entry; the event is empty where the meet has none."""
        row = {**self._shared, **who.cells, **_line(line)}
        found = self._events.get(self._event(line))
        if found is None:
            row |= {"event": "", "team": self._teams.name(who, "") if who.is_relay else ""}
            return (len(self._races), 0, 0), row
        place, race, held = found
        heat = held.heats.get(text(line, "heatid"))
        phase = held.phase(heat)
        row |= _event_cells(race, held, heat, who, text(line, "resultid"))
        row |= {"date": held.date, "time": _time(held, heat), "phase": phase.name}
        row["unit"] = str(heat.number) if heat and heat.number else ""
        if who.is_relay:
            row["team"] = self._teams.name(who, row["event"])
        return (place, phase.place, (heat.number if heat else None) or 0), row

    def _members(
        self, swims: Sequence[tuple[Sorting, Row, Element]]
    ) -> Iterator[tuple[Sorting, Row]]:
        """Who swam for a relay: in the order of the last round, then others of those before."""
        named: dict[str, Row] = {}
        for sorting, row, line in sorted(swims, key=lambda swim: swim[0], reverse=True):
            for position in _positions(line):
                key = text(position, "athleteid")
                if key in named:
                    continue
                member = self._athletes.get(key)
                named[key] = {
                    **{name: row.get(name, "") for name in _OF_TEAM},
                    **(_person(member, row["nation"]) if member is not None else {}),
                    "member_of": row["team"],
                }
                yield (sorting[0], _MEMBERS_LAST, 0), named[key]


_OF_TEAM = (*COLUMNS[: COLUMNS.index("date")], "nation")
"""What a member's row has of that of the relay: the event, and nothing of the race."""


def _positions(line: Element) -> list[Element]:
    """Those who swam, first to last; reserves have no such number."""
    found = line.findall("RELAYPOSITIONS/RELAYPOSITION")
    numbered = [(number(position, "number") or 0, position) for position in found]
    return [position for n, position in sorted(numbered, key=lambda pair: pair[0]) if n > 0]


def _competition(meet: Element) -> Row:
    days = _days(meet)
    name = meet_name(meet)
    facility = meet.find("FACILITY")
    return {
        **MEASURED,
        "classification": Classification.FINAL.value,
        "competition": name,
        "competition_name": name,
        "city": spelt(meet, "city") or text(facility, "city"),
        "start_date": days[0] if days else "",
        "end_date": days[-1] if days else "",
        "venue": text(facility, "name"),
    }


def _person(athlete: Element, nation: str) -> Row:
    return {
        "athlete": name_of(athlete, nation),
        "family_name": family_name(athlete),
        "given_name": spelt(athlete, "firstname"),
        "athlete_gender": GENDERS.get(text(athlete, "gender").upper(), ""),
        "birth_date": birth_day(athlete),
    }


def _club_note(club: Element) -> str:
    return "" if is_national(club) else spelt(club, "name")


def _line(line: Element) -> Row:
    """What an ENTRY or a RESULT says by itself."""
    status = text(line, "status").upper()
    splits = [
        f"{text(split, 'distance')} m {time}"
        for split in line.findall("SPLITS/SPLIT")
        if (time := swim_time(split))
    ]
    return {
        "lane": text(line, "lane"),
        "mark": swim_time(line) if line.tag == "RESULT" else "",
        "status": _STATUSES[line.tag].get(status, status),
        "reaction time": reaction_time(line),
        "splits": ", ".join(splits),
        "points": text(line, "points"),
        "comment": text(line, "comment"),
    }


def _time(held: Round, heat: Heat | None) -> str:
    """When a heat was; the time of a round is that of its first heat."""
    if heat is not None and heat.time:
        return heat.time
    return held.time if heat is None or heat.number in (None, 1) else ""


def _event_cells(race: Race, held: Round, heat: Heat | None, who: _Who, result: str) -> Row:
    """The event type of a result: style and gender, and the group where that makes another."""
    style = held.style
    group = race.group(held, result, heat, (who.age, who.gender))
    gender = race.first.gender
    if gender == "O" and group is not None and group.gender:
        gender = group.gender
    parts = [(style.code(gender), style.name(gender)), race.suffix]
    if group is not None and race.is_split:
        parts.append(group.suffix(style))
    elif group is not None and not race.suffix[0]:
        parts.append((sport_class(group.handicap, style),) * 2)
    ranks = held.places.get(result, {}) if held.is_deciding else {}
    rank = next(iter(ranks.values())) if len(ranks) == 1 else 0
    return {
        "discipline": style.discipline,
        "event": "-".join(code for code, _ in parts if code),
        "event_name": ", ".join(name for _, name in parts if name),
        "gender": gender,
        "official": race.official,
        "rank": str(rank) if rank > 0 else "",
    }
