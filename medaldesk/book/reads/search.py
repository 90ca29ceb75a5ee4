"""Reads for finding and completing: go anywhere, name anybody by a part of the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from medaldesk.book.reads.programme import ProgrammeReads
from medaldesk.domain.names import fold


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
        """Events, competitions, record lists, nations and athletes whose words begin so."""
        words = fold(text).split()
        if not words:
            return []
        hits = [*self._programme_hits(words), *self._athlete_hits(words, limit)]
        hits.sort(key=lambda hit: not fold(hit.title).startswith(words[0]))
        return hits[:limit]

    def nations_like(
        self, text: str, day: str | None = None, limit: int = 12
    ) -> list[NationChoice]:
        """Nations by code, name or part of a name, those whose code is typed first."""
        wanted = fold(text)
        scored = []
        for nation in self._nation_ids():
            code, name = self.nation_code(nation, day), self.nation_name(nation, day)
            score = _nation_score(wanted, code, name)
            if score is not None:
                scored.append((score, code, NationChoice(nation, code, name)))
        return [choice for *_, choice in sorted(scored, key=lambda entry: entry[:2])[:limit]]

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
        words = fold(text).split()
        if not words:
            return []
        where = " AND ".join("(a.search_name LIKE ? OR a.search_name LIKE ?)" for _ in words)
        values = [value for word in words for value in (f"{word}%", f"% {word}%")]
        rows = self._rows(
            f"{_ATHLETES} WHERE {where} ORDER BY a.search_name LIMIT ?", *values, limit
        )
        return [
            AthleteChoice(athlete, name, self.nation_code(nation, day), nation)
            for athlete, name, nation, day in rows
        ]

    def athletes_named(self, name: str) -> list[AthleteChoice]:
        """Athletes of exactly this name, but for diacritics, case and the order of its words."""
        words = sorted(fold(name).replace(",", " ").split())
        return [
            athlete
            for athlete in self.athletes_like(" ".join(words), limit=50)
            if sorted(fold(athlete.name).split()) == words
        ]

    def athlete_name(self, athlete: int) -> str:
        """The name of a person. Raises UnknownCode."""
        row = self._needed("athlete", athlete, "SELECT name FROM athlete WHERE id = ?", athlete)
        return str(row[0])

    def athlete_events(self, athlete: int) -> list[int]:
        """The events an athlete was entered in, the latest first."""
        rows = self._rows(
            """SELECT n.event_id FROM entry AS n JOIN event AS e ON e.id = n.event_id
            WHERE n.athlete_id = ? ORDER BY e.date DESC, e.id DESC""",
            athlete,
        )
        return [row[0] for row in rows]

    def _nation_ids(self) -> Iterable[int]:
        self.nation_code(0, None)
        return self._codes or ()

    def _programme_hits(self, words: list[str]) -> Iterable[Hit]:
        rows = [
            *((HitKind.EVENT, *row) for row in self._rows(_EVENT_TITLES)),
            *((HitKind.COMPETITION, *row) for row in self._rows(_COMPETITION_TITLES)),
            *((HitKind.RECORD, *row) for row in self._rows(_RECORD_TITLES)),
        ]
        hits = [Hit(HitKind(kind), row_id, title, detail) for kind, row_id, title, detail in rows]
        hits += [
            Hit(
                HitKind.NATION,
                nation,
                self.nation_name(nation, None),
                self.nation_code(nation, None),
            )
            for nation in self._nation_ids()
        ]
        return [hit for hit in hits if _begins(words, f"{hit.title} {hit.detail}")]

    def _athlete_hits(self, words: list[str], limit: int) -> Iterable[Hit]:
        for athlete in self.athletes_like(" ".join(words), limit):
            yield Hit(HitKind.ATHLETE, athlete.id, athlete.name, athlete.nation)


def _begins(words: list[str], text: str) -> bool:
    """Whether each word typed begins a word of the text."""
    have = fold(text).replace("/", " ").replace("'", " ").replace("’", " ").split()
    whole = fold(text)
    return all(any(h.startswith(word) for h in have) or word in whole.split() for word in words)


def _nation_score(wanted: str, code: str, name: str) -> int | None:
    """Lower is closer: the code, its beginning, the name's beginning, a part of the name."""
    folded, letters = fold(name), code.lower()
    if not wanted or letters == wanted:
        return 0
    if letters.startswith(wanted):
        return 1
    if folded.startswith(wanted):
        return 2
    return 3 if wanted in folded else None


_EVENT_TITLES = """SELECT e.id, t.name, c.name || ' · ' || d.name || ' ' || c.code || '/' || t.code
FROM event AS e JOIN event_type AS t ON t.id = e.event_type_id
JOIN discipline AS d ON d.id = t.discipline_id
JOIN competition AS c ON c.id = e.competition_id ORDER BY e.date DESC, e.id DESC"""

_COMPETITION_TITLES = "SELECT id, name, code FROM competition ORDER BY start_date DESC, id"

_RECORD_TITLES = """SELECT l.id, k.name || ', ' || t.name, k.code || ' ' || t.code
FROM record_list AS l JOIN record_kind AS k ON k.id = l.record_kind_id
JOIN event_type AS t ON t.id = l.event_type_id ORDER BY t.name, k.id"""

_ATHLETES = """SELECT a.id, a.name,
    (SELECT n.nation_id FROM entry AS n JOIN event AS e ON e.id = n.event_id
        WHERE n.athlete_id = a.id ORDER BY e.date DESC LIMIT 1),
    (SELECT max(e.date) FROM entry AS n JOIN event AS e ON e.id = n.event_id
        WHERE n.athlete_id = a.id)
FROM athlete AS a"""
