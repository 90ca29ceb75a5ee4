"""Patterns that a mapping has for cells: searched for with a clock beside them.

A mapping may come from a stranger, and a pattern can be made to search for ever.
"""

from __future__ import annotations

import re

import regex

from medaldesk.book.import_errors import PatternTooSlow

PATIENCE = 0.5
"""Seconds that a pattern may take for one cell; an honest one takes a millionth of that."""

_GROUP = re.compile(r"\\([0-9]*)")


class CellPattern:
    r"""A key between slashes, `/^DQ/`, and what it means; `\1` in there is its first group.

    Raises ValueError for what is no pattern, or a meaning that takes a group which is not there.
    """

    def __init__(self, key: str, value: str) -> None:
        self._key = key
        self._value = value
        try:
            self._pattern = regex.compile(key[1:-1], regex.IGNORECASE)
        except (regex.error, OverflowError, RecursionError) as error:
            raise ValueError(f"{key}: {error}") from error
        groups = [match[1] for match in _GROUP.finditer(value)]
        if not all(group and 0 < int(group) <= self._pattern.groups for group in groups):
            raise ValueError(f"{value}: {key}")

    def __call__(self, text: str) -> str | None:
        """What a cell means; None where it does not fit. Raises PatternTooSlow."""
        try:
            match = self._pattern.search(text, timeout=PATIENCE)
        except TimeoutError as error:
            raise PatternTooSlow(pattern=self._key, text=text) from error
        if match is None:
            return None
        return match.expand(self._value) if "\\" in self._value else self._value


def is_pattern(key: str) -> bool:
    """Whether a key of a mapping is a pattern."""
    return len(key) > 2 and key[0] == key[-1] == "/"
