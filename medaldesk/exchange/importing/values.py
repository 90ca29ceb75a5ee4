"""What the cells of one column of a file say: days, numbers, words of a list.

A cell is text; what it means is said by the mapping, then by usage, then by the column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from medaldesk.book.edits.nations import MEMBERSHIPS
from medaldesk.book.errors import BadDate, BadNumber, BadRank, BadTime
from medaldesk.book.import_errors import NotOneOf
from medaldesk.domain.cells import plain
from medaldesk.domain.classification import Classification
from medaldesk.domain.decisions import MedalRuling
from medaldesk.domain.marks import Better, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import one_line
from medaldesk.domain.wind import parse_wind
from medaldesk.exchange.importing.mapping import USUAL, ImportMapping, ValueMap
from medaldesk.exchange.tidy import NONE

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DOTTED = re.compile(r"([0-9]{1,2})[.-]([0-9]{1,2})[.-]([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WORDED = re.compile(r"([0-9]{1,2})[. -]+([A-Za-z]{3})[a-z]*[. ,-]+([0-9]{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])(?:[:.]([0-5][0-9]))?")
_WHOLE = re.compile(r"[0-9]{1,9}(?:\.0+)?")


def read_day(text: str) -> str:
    """A day in ISO: from `2026-02-09`, `9.2.2026`, `9 Feb 2026`. Raises BadDate.

    `3/4/2026` is refused: nobody can know which is the month.
    """
    year = month = day = ""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
    elif match := _WORDED.fullmatch(text):
        day, name, year = match.groups()
        known = name.lower() in _MONTHS
        month = str(_MONTHS.index(name.lower()) + 1) if known else ""
    elif match := _SLASHED.fullmatch(text):
        one, other, year = match.groups()
        if int(one) > 12 or one == other:
            day, month = one, other
        elif int(other) > 12:
            month, day = one, other
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise BadDate(text=text) from error


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise BadTime(text=text)
    hours, minutes, seconds = match.groups()
    return f"{hours:0>2}:{minutes}" + (f":{seconds}" if seconds else "")


def whole(what: str) -> Callable[[str], int]:
    """Reads a whole number. What it returns raises BadNumber."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise BadNumber(what=what, text=text)
        return int(text.split(".", maxsplit=1)[0])

    return read


def _rank(text: str) -> int | None:
    """`5`, `5.`, `=5`, `T5`; a dash is none."""
    word = text.strip("=.Tt ")
    if not word.strip("-–"):
        return None
    if not _WHOLE.fullmatch(word) or not 1 <= int(float(word)) <= 99_999:
        raise BadRank(text=text)
    return int(float(word))


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """Reads a word of a list, in any case. What it returns raises NotOneOf."""

    def read(text: str) -> str:
        word = text if text in known else text.lower()
        if word not in known:
            raise NotOneOf(what=what, text=text, known=", ".join(filter(None, known)))
        return word

    return read


def _decided_rank(text: str) -> int:
    """A rank; 0 for `none`."""
    if text.lower() == NONE:
        return 0
    rank = _rank(text)
    if rank is None:
        raise BadRank(text=text)
    return rank


def _decided_status(text: str) -> str:
    return NONE if text.lower() == NONE else text.upper()


_READ: dict[str, Callable[[str], Any]] = {
    "start_date": read_day,
    "end_date": read_day,
    "date": read_day,
    "official": read_day,
    "birth_date": read_day,
    "time": _clock,
    "decimals": one_of("decimals", list("0123456")),
    "bronzes": one_of("bronzes", ["1", "2"]),
    "unit": whole("unit"),
    "order": whole("order"),
    "tie_break": whole("tie_break"),
    "wind": parse_wind,
    "rank": _rank,
    "gender": one_of("gender", ["M", "W", "X", "O"]),
    "athlete_gender": one_of("gender", ["M", "W", "X", ""]),
    "mark_kind": one_of("mark_kind", list(MarkKind)),
    "better": one_of("better", list(Better)),
    "classification": one_of("classification", list(Classification)),
    "medal": one_of("medal", [*Medal, ""]),
    "status": str.upper,
    "entered_status": _decided_status,
    "decision_date": read_day,
    "decision_revoked": read_day,
    "decision_status": _decided_status,
    "decision_rank": _decided_rank,
    "decision_medal": one_of("decision_medal", list(MedalRuling)),
    "membership": one_of("membership", MEMBERSHIPS),
}
_ALL_DIFFERENT = frozenset({"mark", "note"})
_NUMBERS = frozenset({"decimals", "bronzes"})


def cleaned(text: str, *, guarded: bool) -> str:
    """A cell as one line; `guarded` cells may have the apostrophe of `safe`."""
    return one_line(plain(text) if guarded else text)


class Column:
    """Reads one tidy column out of the cells of a row.

    `guarded` as of `Source`. `verbatim` names are kept as they are, not turned into printed ones.
    `reads` are ways to read columns that results do not have.
    """

    def __init__(
        self,
        target: str,
        places: Sequence[int],
        mapping: ImportMapping,
        *,
        guarded: bool = False,
        verbatim: bool = False,
        reads: Mapping[str, Callable[[str], Any]] | None = None,
    ) -> None:
        self.target = target
        self.places = places
        self._cell = itemgetter(*places) if len(places) == 1 else self._joined
        self._guarded = guarded
        self._constant = mapping.constants.get(target, "")
        values = mapping.values.get(target, {})
        self._meaning = ValueMap(target, values) if values or target in USUAL else None
        self._read = None if verbatim else {**_READ, **(reads or {})}.get(target)
        self._known: dict[str, Any] = {}

    def __call__(self, cells: Sequence[str]) -> Any:
        """What stands there, read; empty or None where nothing does. Raises MedalDeskError."""
        text = self._cell(cells)
        known = self._known.get(text)
        if known is None:
            known = self._find(text)
            if self.target not in _ALL_DIFFERENT:
                self._known[text] = known
        return known

    def _joined(self, cells: Sequence[str]) -> str:
        return " ".join(filter(None, (cells[place] for place in self.places)))

    def _find(self, text: str) -> Any:
        word = cleaned(text, guarded=self._guarded)
        if word and self._meaning is not None:
            word = self._meaning(word)
        word = word or self._constant
        if not word:
            return ""
        found = word if self._read is None else self._read(word)
        return int(found) if self.target in _NUMBERS else found
