"""Reads for finding and completing: go anywhere, name anybody by a part of the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import islice, permutations

from medaldesk.book.reads.programme import ProgrammeReads
from medaldesk.domain.names import fold

OF_EACH_KIND = 12
"""So that the events of an old series do not crowd out an athlete."""

PROBABLY_THE_SAME = 0.5
"""Likeness (0 to 1) of two given names beside one family name that makes a probable double."""

MOST_REORDERED = 5
"""Names of up to so many words are found in every order of them, longer ones as they are typed."""


Names = Mapping[int, tuple[str, ...]]
"""What names a thing, by its id; the name itself comes first."""


class HitKind(StrEnum):
    EVENT = "event"
    COMPETITION = "competition"
    ATHLETE = "athlete"
    NATION = "nation"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `id` is that of its kind, `detail` tells it from others of its name."""

    kind: HitKind
    id: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class NationChoice:
    """A nation under its code and name on a day."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AthleteChoice:
    """`nation` is the code of the latest entry, empty where there is none yet."""

    id: int
    name: str
    nation: str
    nation_id: int | None


class SearchReads(ProgrammeReads):
    """Finds what was half remembered."""

    def search(self, text: str, limit: int = 30) -> list[Hit]:
        """Events, competitions, record lists, nations and athletes whose words begin so.

        The closest first: a code typed whole, then what begins with what was typed.
        """
        words = _tidy(text).split()
        if not words:
            return []
        hits = [*self._programme_hits(words), *self._nation_hits(words)]
        hits += (
            Hit(HitKind.ATHLETE, athlete.id, athlete.name, athlete.nation)
            for athlete in self.athletes_like(text, OF_EACH_KIND)
        )
        return sorted(hits, key=lambda hit: _distance(hit, words))[:limit]

    def nations_like(
        self, text: str, day: str | None = None, limit: int = 12
    ) -> list[NationChoice]:
        """Nations by code, name or part of a name.

        First the nearest, a code before a name; among equals those that competed under the code
        on the day before those of other times (RULES R13).
        """
        wanted, on = fold(text), day or "9998-12-31"
        scored = []
        for nation in self._nations():
            start, end, code, name = self._nation_span(nation, day)
            score = _nation_score(wanted, code, name)
            if score is not None:
                order = (score, not start <= on <= end, name, code)
                scored.append((order, NationChoice(nation, code, name)))
        return [choice for _, choice in sorted(scored, key=lambda entry: entry[0])[:limit]]

    def nation_by_code(self, code: str, day: str | None = None) -> int | None:
        """The nation that a code belongs to on a day, else that had it last (RULES R13)."""
        row = self._row(
            """SELECT nation_id FROM nation_code WHERE code = ?
            ORDER BY coalesce(valid_from, '') <= ? AND ? <= coalesce(valid_to, '9999') DESC,
                coalesce(valid_from, '') DESC LIMIT 1""",
            code.strip().upper(),
            day or "9998-12-31",
            day or "9998-12-31",
        )
        return int(row[0]) if row else None

    def athletes_like(self, text: str, limit: int = 12) -> list[AthleteChoice]:
        """Athletes by any part of the name, without diacritics, in any order of its words."""
        words = sorted(map(_plain, _name_words(text)), key=len, reverse=True)
        if not words:
            return []
        # Nearly every name fails at the longest word; only the others are taken apart into words.
        where = " AND ".join(
            ["a.search_name GLOB ?", *("' ' || a.search_name GLOB ?" for _ in words)]
        )
        globs = [f"*{words[0]}*", *(f"* {word}*" for word in words)]
        return self._athletes(f"WHERE {where} ORDER BY a.search_name LIMIT ?", *globs, limit)

    def athletes_named(self, name: str) -> list[AthleteChoice]:
        """Athletes of exactly this name, but for diacritics, case and the order of its words."""
        words = _name_words(name)
        orders = permutations(words) if len(words) <= MOST_REORDERED else (words,)
        names = sorted({" ".join(order) for order in orders})
        slots = ", ".join("?" * len(names))
        return self._athletes(f"WHERE a.search_name IN ({slots}) ORDER BY a.id", *names)

    def athletes_similar(self, name: str, limit: int = 3) -> list[AthleteChoice]:
        """Probable doubles: a word of the name the same, the rest nearly so, the nearest first."""
        words = _name_words(name)
        if len(words) < 2:
            return []
        one = "(a.search_name GLOB ? AND ' ' || a.search_name || ' ' GLOB ?)"
        globs = [glob for word in map(_plain, words) for glob in (f"*{word}*", f"* {word} *")]
        found = self._athletes(f"WHERE {' OR '.join([one] * len(words))} LIMIT 200", *globs)
        near = [(_likeness(words, _name_words(athlete.name)), athlete) for athlete in found]
        near = [pair for pair in near if pair[0] >= PROBABLY_THE_SAME]
        near.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].id))
        return [athlete for _, athlete in near[:limit]]

    def athlete_name(self, athlete: int) -> str:
        """The name of a person. Raises UnknownCode."""
        row = self._needed("athlete", athlete, "SELECT name FROM athlete WHERE id = ?", athlete)
        return str(row[0])

    def _athletes(self, where: str, *values: object) -> list[AthleteChoice]:
        return [
            AthleteChoice(athlete, name, self.nation_code(nation, day), nation)
            for athlete, name, nation, day in self._rows(f"{_ATHLETES} {where}", *values)
        ]

    def _nation_hits(self, words: list[str]) -> Iterator[Hit]:
        for nation in self._nations():
            code, name = self.nation_code(nation, None), self.nation_name(nation, None)
            haystack = _haystack(name, code)
            if all(f" {word}" in haystack for word in words):
                yield Hit(HitKind.NATION, nation, name, code)

    def _programme_hits(self, words: list[str]) -> Iterator[Hit]:
        # Events and record lists are many, what names them is little: the words are looked for
        # in the names alone, and SQL picks those that have the right ones together.
        types = self._names(_TYPE_NAMES)
        competitions = self._names(_COMPETITION_NAMES)
        by_type, by_competition = _found(words, types), _found(words, competitions)
        for event, event_type, competition in self._rows(
            f"""SELECT id, event_type_id, competition_id FROM event
            WHERE {_where(event_type_id=by_type, competition_id=by_competition)}
            ORDER BY date DESC, id DESC LIMIT {OF_EACH_KIND}"""
        ):
            name, _, discipline = types[event_type]
            yield Hit(HitKind.EVENT, event, name, f"{competitions[competition][0]} · {discipline}")
        named = (found for found in competitions if all(found in ids for ids in by_competition))
        for competition in islice(named, OF_EACH_KIND):
            yield Hit(HitKind.COMPETITION, competition, *competitions[competition])
        yield from self._record_hits(words, types, by_type)

    def _record_hits(
        self, words: list[str], types: Names, by_type: list[set[int]]
    ) -> Iterator[Hit]:
        kinds = self._names("SELECT id, name, code FROM record_kind")
        for record_list, event_type, kind in self._rows(
            f"""SELECT id, event_type_id, record_kind_id FROM record_list
            WHERE {_where(event_type_id=by_type, record_kind_id=_found(words, kinds))}
            ORDER BY record_kind_id, id LIMIT {OF_EACH_KIND}"""
        ):
            (name, _, discipline), (kind_name, code) = types[event_type], kinds[kind]
            title, detail = f"{kind_name}, {name}", f"{code} · {discipline}"
            yield Hit(HitKind.RECORD, record_list, title, detail)

    def _names(self, sql: str) -> Names:
        return {row[0]: row[1:] for row in self._rows(sql)}


def _found(words: list[str], names: Names) -> list[set[int]]:
    """For each word typed, the ids whose names have a word that begins so."""
    haystacks = [(found, _haystack(*parts)) for found, parts in names.items()]
    return [{found for found, haystack in haystacks if f" {word}" in haystack} for word in words]


def _where(**columns: list[set[int]]) -> str:
    """The condition that each word typed is found through one of the columns."""
    conditions = []
    for found in zip(*columns.values(), strict=True):
        either = (
            f"{column} IN ({', '.join(map(str, sorted(ids)))})"
            for column, ids in zip(columns, found, strict=True)
        )
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions)


@lru_cache(maxsize=8_192)
def _haystack(*names: str) -> str:
    """Names as they are looked through: each word after a space, `1000 m` also as `1000m`."""
    tidy = _tidy(" ".join(names))
    joined = re.sub(r"(?<=\d) (?=[a-z])", "", tidy)
    return f" {tidy} {joined}" if joined != tidy else f" {tidy}"


def _tidy(text: str) -> str:
    """A text folded, without apostrophes, with nothing but spaces between its words."""
    return " ".join(re.sub(r"[/·,()\-–]", " ", re.sub(r"['’]", "", fold(text))).split())


def _distance(hit: Hit, words: list[str]) -> int:
    """Lower is closer: the code itself, the beginning of the title, its first word, any word."""
    title, typed = _tidy(hit.title), " ".join(words)
    if hit.kind is not HitKind.ATHLETE and _tidy(hit.detail) == typed:
        return 0
    if title.startswith(typed):
        return 1
    return 2 if title.startswith(words[0]) else 3


def _nation_score(wanted: str, code: str, name: str) -> int | None:
    """Lower is closer: the code, its beginning, the name's beginning, a part of the name."""
    letters, folded = code.lower(), _folded(name)
    if not wanted or letters == wanted:
        return 0
    if letters.startswith(wanted):
        return 1
    if folded.startswith(wanted):
        return 2
    return 3 if wanted in folded else None


_folded = lru_cache(maxsize=1_024)(fold)


def _name_words(name: str) -> list[str]:
    return fold(name).replace(",", " ").split()


def _plain(word: str) -> str:
    """A word in which GLOB finds nothing but letters."""
    return re.sub(r"[*?\[]", r"[\g<0>]", word)


def _likeness(words: list[str], other: list[str]) -> float:
    """0 to 1: how alike two names are that share a word; initials stand for their names."""
    shared = set(words) & set(other)
    rest = "".join(word for word in words if word not in shared).replace(".", "")
    rest_of_other = "".join(word for word in other if word not in shared).replace(".", "")
    if not shared or not rest or not rest_of_other:
        return 0
    if rest.startswith(rest_of_other) or rest_of_other.startswith(rest):
        return 1
    return SequenceMatcher(None, rest, rest_of_other).ratio()


_TYPE_NAMES = """SELECT t.id, t.name, t.code, d.name FROM event_type AS t
JOIN discipline AS d ON d.id = t.discipline_id"""

_COMPETITION_NAMES = "SELECT id, name, code FROM competition ORDER BY start_date DESC, id"

_ATHLETES = """SELECT a.id, a.name,
    (SELECT n.nation_id FROM entry AS n JOIN event AS e ON e.id = n.event_id
        WHERE n.athlete_id = a.id ORDER BY e.date DESC LIMIT 1),
    (SELECT max(e.date) FROM entry AS n JOIN event AS e ON e.id = n.event_id
        WHERE n.athlete_id = a.id)
FROM athlete AS a"""
