"""What an event type most likely is, by its name, its discipline and what is measured."""

from __future__ import annotations

import re

from medaldesk.domain.marks import Better, MarkKind
from medaldesk.domain.names import fold

GENDERS = ("W", "M", "X", "O")
LONGEST_EVENT_CODE = 18
"""Letters of the event part of a code, as in the Olympic Data Feed (RULES 9)."""

GENDER_WORDS = {
    **dict.fromkeys(("women", "womens", "ladies", "girls"), "W"),
    **dict.fromkeys(("men", "mens", "boys"), "M"),
    "mixed": "X",
}
TEAM_WORDS = frozenset({"relay", "relays", "team", "teams", "doubles", "duet", "duets"})
"""Words in the name of an event that teams compete in."""

UNITS_OF_DISCIPLINE = {
    "SSK": "pair",
    **dict.fromkeys(("ALP", "BOB", "CSL", "LUG", "SJP", "SKN"), "run"),
}
FORMS = {
    MarkKind.TIME: (Better.LOWER, 2),
    MarkKind.DISTANCE: (Better.HIGHER, 2),
    MarkKind.WEIGHT: (Better.HIGHER, 0),
    MarkKind.POINTS: (Better.HIGHER, 2),
    MarkKind.SCORE: (Better.HIGHER, 0),
    MarkKind.PLACING: (Better.LOWER, 0),
}
"""What is better in a kind of mark, and with how many decimals it is mostly measured."""


def words_of(name: str) -> list[str]:
    """The words of a name in letters and figures: `womens`, `1000`, `m`."""
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", fold(name)))


def is_of_teams(name: str) -> bool:
    """Whether a name is that of an event for teams: `Women's 4 × 100 m`, `Mixed relay`."""
    legs = re.search(r"\b\d\s*[x×]\s*\d", fold(name))
    return legs is not None or not TEAM_WORDS.isdisjoint(words_of(name))


def letters_of(name: str) -> str:
    """What a name says, however it is spelled: `Womens 1000m` is `Women's 1000 m`."""
    return "".join(words_of(name))


def suggested_code(name: str, discipline: str | None, gender: str | None) -> str:
    """`SSKW1000M`: discipline, gender, and the letters and figures of the name."""
    own = [word for word in words_of(name) if word not in GENDER_WORDS]
    if not own:
        return ""
    event = "".join(own)[:LONGEST_EVENT_CODE]
    return f"{discipline or ''}{gender or ''}{event}".upper()
