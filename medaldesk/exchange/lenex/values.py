"""What stands in the attributes of Lenex; what is odd is empty, or left to be told by row."""

from __future__ import annotations

import re
from datetime import date
from xml.etree.ElementTree import Element

from medaldesk.domain.marks import MILLIONTHS, Better, Mark, MarkKind, format_mark
from medaldesk.domain.names import FAMILY_FIRST, printed_name

LONGEST = 2_000
"""More characters than that in one attribute are cut off."""

MEASURED = {
    "mark_kind": MarkKind.TIME.value,
    "better": Better.LOWER.value,
    "decimals": "2",
}
"""What every event of swimming is measured in."""

_TIME = re.compile(r"(?:([0-9]{1,2}):)?([0-5]?[0-9]):([0-5][0-9])[.,]([0-9]{2})", re.ASCII)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_REACTION = re.compile(r"([+-]?)([0-9]{1,4})", re.ASCII)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def text(element: Element | None, name: str) -> str:
    """An attribute without blanks around it; empty where there is none."""
    return "" if element is None else " ".join(element.get(name, "")[:LONGEST].split())


def number(element: Element | None, name: str) -> int | None:
    """A whole number; None for anything else."""
    found = text(element, name)
    return int(found) if _NUMBER.fullmatch(found) else None


def positive(element: Element | None, name: str) -> int | None:
    """A whole number above zero; None for anything else."""
    found = number(element, name)
    return found if found is not None and found > 0 else None


def day(element: Element | None, name: str) -> str:
    """A day in ISO; empty for anything else."""
    found = text(element, name)[:10]
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        return ""


def birth_day(athlete: Element) -> str:
    """The day of birth: the first of January stands for a year of which no more is known."""
    found = day(athlete, "birthdate")
    return "" if found.endswith("-01-01") else found


def clock(element: Element | None, name: str) -> str:
    """A time of day, `16:42`; empty for anything else."""
    found = _CLOCK.fullmatch(text(element, name))
    return f"{found[1]:0>2}:{found[2]}" if found else ""


def swim_time(element: Element, name: str = "swimtime") -> str:
    """`00:03:41.78` as it is printed; empty for none, anything else as it stands."""
    found = text(element, name)
    match = _TIME.fullmatch(found)
    if match is None:
        return "" if found.upper() in ("", "NT") else found
    hours, minutes, seconds, hundredths = (int(part or 0) for part in match.groups())
    value = (hours * 3600 + minutes * 60 + seconds) * MILLIONTHS + hundredths * MILLIONTHS // 100
    return format_mark(Mark(value, 2), MarkKind.TIME) if value else ""


def reaction_time(element: Element) -> str:
    """`+68` hundredths as `+0.68`; empty for anything else."""
    match = _REACTION.fullmatch(text(element, "reactiontime"))
    return f"{match[1] or '+'}{int(match[2]) / 100:.2f}" if match else ""


def spelt(element: Element, name: str) -> str:
    """A name, in the spelling for English where its own has other than Latin letters."""
    own = text(element, name)
    return own if _LATIN.search(own) else text(element, f"{name}.en") or own


def family_name(person: Element) -> str:
    """The family name with what stands before it, `van den Hoogenband`; not in capitals."""
    last = spelt(person, "lastname")
    last = printed_name(last) if last.isupper() else last
    return f"{text(person, 'nameprefix')} {last}".strip()


def name_of(person: Element, nation: str) -> str:
    """The printed name: where a nation prints it so, the family name is first."""
    parts = [spelt(person, "firstname"), family_name(person)]
    return " ".join(filter(None, reversed(parts) if nation in FAMILY_FIRST else parts))


def is_national(club: Element | None) -> bool:
    """Whether it is the team of a nation."""
    return text(club, "type").upper() == "NATIONALTEAM"


def nation_of(club: Element | None, person: Element | None = None) -> str:
    """The nation competed for: that of the club, else the person's own."""
    found = text(club, "nation") or (text(club, "code") if is_national(club) else "")
    return found or text(person, "nation")
