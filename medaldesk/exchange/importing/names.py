"""How a file writes names: as they are printed, in capitals, or with a comma.

One name does not tell: KC Boutiette is not Mr Kc, and Smith, Jr. has no given name Jr. What most
names of a file have in common does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from medaldesk.domain.names import printed_name, split_name


class Name(NamedTuple):
    """A name as it is printed; its parts where the file told them apart, else empty."""

    printed: str
    family: str = ""
    given: str = ""


NameReader = Callable[[str], Name]

_SUFFIX = re.compile(r"(?P<body>.*\w\.?)(?P<suffix>,? +(?:[JS]r\.?|I{2,3}|IV))", re.IGNORECASE)
_PARTICLES = re.compile(r"((?:[a-z'’]+ )+(?:[^\W\d_a-z][^\Wa-z]+ ?)+) (\S.*)")


def reader_of(sample: Sequence[str]) -> NameReader:
    """How names are read of which these are some.

    They are turned into printed ones, `LEERDAM Jutta` and `Leerdam, Jutta` into `Jutta Leerdam`,
    where at least half of those of several words are written so; else they stay as they are.
    """
    bodies = [_parted(name)[0] for name in sample if " " in name]
    turned = sum("," in body or _has_capitals(body) for body in bodies)
    return _turned if bodies and 2 * turned >= len(bodies) else Name


def family_reader_of(sample: Sequence[str]) -> Callable[[str], str]:
    """How family names in a column of their own are printed: `LEERDAM` where most are so."""
    capitals = sum(_has_capitals(name) for name in sample)
    return printed_family if capitals and 2 * capitals >= len(sample) else str


_WORD = re.compile(r"(?!(?:II|III|IV)\b)[^\s,]+")


def printed_family(name: str) -> str:
    """`van der POEL` becomes `van der Poel`; a comma in it is its own."""
    return _WORD.sub(lambda word: printed_name(word[0]), name)


def _turned(name: str) -> Name:
    """`KENNEDY John, Jr.` becomes `John Kennedy, Jr.`, as it is printed."""
    body, suffix = _parted(name)
    parted = _with_comma(body)
    if "," not in parted and not _has_capitals(parted):
        return Name(name)
    given, family = split_name(parted)
    given, family = printed_family(given or ""), printed_family(family)
    printed = " ".join(filter(None, (given, family))) + suffix
    is_parted = "," in parted or not body.isupper()
    return Name(printed, family, given) if is_parted else Name(printed)


def parts_of(name: str) -> tuple[str | None, str]:
    """Given and family name of a printed name: a guess, which leaves `Jr.` out."""
    return split_name(_parted(name)[0])


def _parted(name: str) -> tuple[str, str]:
    """A name without `Jr.`, and that."""
    match = _SUFFIX.fullmatch(name)
    return (match["body"], match["suffix"]) if match else (name, "")


def _with_comma(name: str) -> str:
    """`von ALLMEN Franjo` becomes `von ALLMEN, Franjo`: what is small before capitals is theirs."""
    match = _PARTICLES.fullmatch(name)
    if match is None or not match[1].split()[-1].isupper():
        return name
    return f"{match[1].strip()}, {match[2]}"


def _has_capitals(name: str) -> bool:
    """Whether a word of it is all in capitals, and no initial."""
    return any(word.isupper() and sum(map(str.isalpha, word)) > 1 and "." not in word
               for word in name.split())  # fmt: skip
