"""The codes of Olympic Data Feed messages and what they are in a book (RULES 9).

An RSC names a discipline, an event, a phase or a unit in 34 characters; dashes fill what is shorter
or not named. What the feed has no place for stands in `ExtendedInfo` elements of `Type` `BOOK`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from medaldesk.domain.marks import MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.domain.names import fold

FILL = "-"
RSC_LENGTH = 34
_WIDTHS = (3, 1, 18, 4, 8)

BOOK = "MEDALDESK"
"""The `Type` of `ExtendedInfo` and `ExtendedResult` elements that are those of a book."""


class DocumentType(StrEnum):
    """The messages that are written; `CUMULATIVE_RESULT` is an event over all its phases."""

    PARTIC = "DT_PARTIC"
    RESULT = "DT_RESULT"
    CUMULATIVE_RESULT = "DT_CUMULATIVE_RESULT"
    MEDALLISTS = "DT_MEDALLISTS"
    MEDALS = "DT_MEDALS"
    RECORD = "DT_RECORD"


class Extra(StrEnum):
    """The `Code` of an element of `Type` `BOOK`: what the feed has no attribute for.

    Values are those of the columns of tidy results with the same name. Facts of the event stand in
    `ExtendedInfos/ExtendedInfo` of the competition, those of a result in its
    `ExtendedResults/ExtendedResult`, `LANE` and `NAME` in an `EventUnitEntry` of who competes, or
    an `EventEntry` of what somebody is registered for.
    `EVENT` stands only where the code of an event type cannot be read from the RSC, `NAME` (the
    printed name) only where it is not given name and family name. Where a message is about several
    events, the facts of each bear its number as `Pos`, and all have `EVENT` and `GENDER`.
    """

    SERIES = "series"
    COMPETITION_NAME = "competition_name"
    CITY = "city"
    START_DATE = "start_date"
    END_DATE = "end_date"
    EVENT = "event"
    EVENT_NAME = "event_name"
    GENDER = "gender"
    MARK_KIND = "mark_kind"
    BETTER = "better"
    DECIMALS = "decimals"
    CLASSIFICATION = "classification"
    BRONZES = "bronzes"
    DATE = "date"
    OFFICIAL = "official"
    SOURCE = "source"
    TIE_BREAK = "tie_break"
    WIND = "wind"
    TIME = "time"
    NOTE = "note"
    LANE = "lane"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Rsc:
    """A code of the feed's own system: discipline 3, gender 1, event 18, phase 4, unit 8.

    Parts bear no filling dashes at their end; an empty one is not named.
    """

    discipline: str
    gender: str = ""
    event: str = ""
    phase: str = ""
    unit: str = ""

    def __str__(self) -> str:
        parts = (self.discipline, self.gender, self.event, self.phase, self.unit)
        pairs = zip(parts, _WIDTHS, strict=True)
        return "".join(part[:width].ljust(width, FILL) for part, width in pairs)

    @classmethod
    def parse(cls, text: str) -> Rsc:
        """A code, or the beginning of one. Raises ValueError for what cannot be one."""
        if not re.fullmatch(r"[A-Z0-9+.-]{3,34}", text):
            raise ValueError(text)
        filled = text.ljust(RSC_LENGTH, FILL)
        starts = (0, 3, 4, 22, 26)
        parts = (filled[at : at + width] for at, width in zip(starts, _WIDTHS, strict=True))
        return cls(*(part.rstrip(FILL) for part in parts))

    @property
    def of_event(self) -> Rsc:
        """The code of the event that a phase or unit belongs to."""
        return replace(self, phase="", unit="")

    @property
    def event_code(self) -> str:
        """The code of the event type in a book, unless the message has one of its own."""
        return f"{self.discipline}{self.gender}{self.event}"


def event_rsc(code: str, discipline: str, gender: str) -> Rsc:
    """The RSC of an event type.

    A code that is no RSC, such as one made from a long name, gets one that is always the same and
    differs from those of others; the code itself then travels as `Extra.EVENT`.
    """
    start = f"{discipline}{gender}"
    rest = code.removeprefix(start)
    if code != rest and re.fullmatch(r"[A-Z0-9-]{0,17}[A-Z0-9]", rest):
        return Rsc(discipline, gender, rest)
    letters = re.sub(r"[^A-Z0-9]", "", fold(rest).upper())[:10]
    digest = sha256(code.encode()).hexdigest()[:7].upper()
    return Rsc(discipline, gender, f"{letters}-{digest}")


# Phases and units

_PHASES: Mapping[str, tuple[str, ...]] = {
    "PREL": ("Preliminaries", "Preliminary", "Preliminary round"),
    "QUAL": ("Qualification", "Qualifying", "Qualification round"),
    "HEAT": ("Heats", "Heat"),
    **{f"RND{n}": (f"Round {n}",) for n in range(1, 10)},
    "REP": ("Repechage",),
    **{f"RUN{n}": (f"Run {n}",) for n in range(1, 10)},
    "GP": ("Group stage", "Groups", "Pools"),
    "R64": ("Round of 64",),
    "R32": ("Round of 32",),
    "8FNL": ("Round of 16", "Eighth-finals"),
    "QFNL": ("Quarterfinals", "Quarterfinal", "Quarter-finals", "Quarter-final"),
    "SFNL": ("Semifinals", "Semifinal", "Semi-finals", "Semi-final"),
    "DFNL": ("Final D",),
    "CFNL": ("Final C",),
    "BFNL": ("Final B",),
    "FNLA": ("Final A",),
    "FNL": ("Final", "Finals"),
}
"""Codes of phases from the first to the last, with the names that they are known by."""

_FINAL = "FNL"

_CODES = {fold(name): code for code, names in _PHASES.items() for name in names}


def phase_codes(names: Sequence[str]) -> list[str]:
    """The codes of the phases of an event, in its order; each is there once.

    One without a code of its own is told by its place: `P01`.
    """
    codes: list[str] = []
    for place, name in enumerate(names, start=1):
        code = _CODES.get(fold(name), "")
        codes.append(code if code and code not in codes else f"P{_base36(place, 3)}")
    return codes


def decides(rsc: Rsc) -> bool:
    """Whether a message is about what decides an event: its final, or all of it."""
    return rsc.phase.startswith(_FINAL) or not rsc.phase


def phase_name(code: str) -> str:
    """The name of a phase whose message gives none; a code that is not known is its own name."""
    names = _PHASES.get(code)
    return names[0] if names else code


def unit_code(position: int | None) -> str:
    """`000100` for the first unit; results that belong to no unit have none."""
    return "" if position is None else f"{position:04d}00"


def unit_position(code: str) -> int | None:
    """The number of a unit; None where the code names none."""
    match = re.match(r"[0-9]{4,}", code)
    number = int(match[0]) if match else 0
    # The last two digits tell parts of a unit apart; where there are any, each is a unit.
    return (number if number % 100 or len(code) < 5 else number // 100) or None


def _base36(number: int, width: int) -> str:
    """A number in few characters; `001` to `ZZZ`."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    for _ in range(width):
        number, digit = divmod(number, len(digits))
        text = digits[digit] + text
    return text


# Medals, statuses, kinds of marks, genders

MEDAL_CODES: Mapping[Medal, str] = {
    Medal.GOLD: "ME_GOLD",
    Medal.SILVER: "ME_SILVER",
    Medal.BRONZE: "ME_BRONZE",
}
MEDALS: Mapping[str, Medal] = {code: medal for medal, code in MEDAL_CODES.items()}


class ResultStatus(StrEnum):
    START_LIST = "START_LIST"
    LIVE = "LIVE"
    INTERMEDIATE = "INTERMEDIATE"
    PARTIAL = "PARTIAL"
    UNCONFIRMED = "UNCONFIRMED"
    UNOFFICIAL = "UNOFFICIAL"
    OFFICIAL = "OFFICIAL"
    PROTESTED = "PROTESTED"


STATUS_OF_EVENT: Mapping[str, ResultStatus] = {
    "scheduled": ResultStatus.START_LIST,
    "running": ResultStatus.LIVE,
    "unofficial": ResultStatus.UNOFFICIAL,
    "official": ResultStatus.OFFICIAL,
}
"""The status of an event in a book to that of its messages."""

EVENT_STATUS: Mapping[ResultStatus, str] = {
    ResultStatus.START_LIST: "scheduled",
    ResultStatus.LIVE: "running",
    ResultStatus.INTERMEDIATE: "running",
    ResultStatus.PARTIAL: "running",
    ResultStatus.UNCONFIRMED: "unofficial",
    ResultStatus.UNOFFICIAL: "unofficial",
    ResultStatus.PROTESTED: "unofficial",
    ResultStatus.OFFICIAL: "official",
}
"""And back; an event is official when what decides it is."""

RESULT_TYPES: Mapping[MarkKind, str] = {
    MarkKind.TIME: "TIME",
    MarkKind.DISTANCE: "DISTANCE",
    MarkKind.WEIGHT: "WEIGHT",
    MarkKind.POINTS: "POINTS",
    MarkKind.SCORE: "SCORE",
    MarkKind.PLACING: "RANK",
}
"""What is measured to `ResultType`; `IRM` where a result has a status in place of a mark."""

IRM_TYPE = "IRM"

MARK_KINDS: Mapping[str, MarkKind] = {text: kind for kind, text in RESULT_TYPES.items()} | {
    "IRM_TIME": MarkKind.TIME,
    "IRM_POINTS": MarkKind.POINTS,
    "TIME_DIFF": MarkKind.TIME,
}
"""`ResultType` to what is measured; others say nothing of it."""

TOTAL = "TOT"
"""The `Type` of the `MedalNumber` that sums those of M, W, X and O."""

PERSON_GENDERS: Mapping[str, str] = {"M": "M", "W": "F", "X": "X"}
"""The gender of an athlete to `Gender` of a `Description`; older feeds have W for women."""

GENDERS: Mapping[str, str] = {"M": "M", "F": "W", "W": "W", "X": "X"}
"""And back."""
