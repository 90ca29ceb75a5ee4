"""Marks in odd spellings: `m.sscc` says that `1.2843` is 1:28.43."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_PARTS = {"h": "hours", "m": "minutes", "s": "seconds", "c": "fraction"}


class MarkPatterns:
    """Patterns of letters and signs, tried in order; what fits none is left as it is.

    `h`, `m`, `s` are digits of hours, minutes and seconds, `c` those behind the seconds; every
    letter is one digit, but the first part has as many as it needs. Raises ValueError for a
    pattern that has other letters.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._spellings = [_compiled(pattern) for pattern in patterns]

    def __call__(self, text: str) -> str:
        """The mark as people print it."""
        for spelling in self._spellings:
            if match := spelling.fullmatch(text):
                return _printed(match.groupdict())
        return text


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for place, (letter, run) in enumerate(groupby(pattern)):
        digits = len(list(run))
        if letter in _PARTS:
            count = f"{{{digits}}}" if place or digits > 1 else "+"
            parts.append(f"(?P<{_PARTS[letter]}>[0-9]{count})")
        elif letter.isalnum():
            raise ValueError(pattern)
        else:
            parts.append(re.escape(letter) * digits)
    try:
        return re.compile("".join(parts))
    except re.error as error:
        raise ValueError(pattern) from error


def _printed(parts: dict[str, str]) -> str:
    whole = [parts[name] for name in ("hours", "minutes", "seconds") if name in parts]
    fraction = f".{parts['fraction']}" if "fraction" in parts else ""
    return ":".join([whole[0], *whole[1:]]) + fraction if whole else fraction
