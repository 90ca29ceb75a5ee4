"""What can go wrong in a way that a person can mend.

Every such thing is a class of its own that carries the facts (`details`); the sentence is made
where words are made (`medaldesk.reports.words.sentence`), so that it can be translated.
"""

from __future__ import annotations

from functools import partial
from typing import Any


class MedalDeskError(Exception):
    """Base of everything that a person can do something about."""

    def __init__(self, **details: object) -> None:
        super().__init__(", ".join(f"{key}={value!r}" for key, value in details.items()))
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        """An error passes from one process to another with its details."""
        return (partial(type(self), **self.details), ())


class MarkError(MedalDeskError):
    """What was typed is not a mark that this event can have. `details`: text, format."""


class MarkNotUnderstood(MarkError):
    """No spelling of this kind of mark fits the text."""


class MarkImpossible(MarkError):
    """The spelling is right, the value cannot be: 1:72.31, a time of zero, a number too large."""


class MarkTooPrecise(MarkError):
    """More decimals than the event is measured to."""


class MarkNotWanted(MarkError):
    """The event has no marks: only ranks are typed."""


class BadWind(MedalDeskError):
    """What was typed is not a wind speed. `details`: text."""


class BadWeights(MedalDeskError):
    """Weights of a medal table are three numbers, not all zero. `details`: text."""


class BadAgeClass(MedalDeskError):
    """What was typed is not an age class. `details`: text."""
