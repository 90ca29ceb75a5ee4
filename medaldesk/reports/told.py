"""A sentence about what an edit did, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SentenceKind(StrEnum):
    """What a sentence is about: it decides the colour of its strong part."""

    ACTION = "action"
    RACE = "race"
    RECORD = "record"
    NATION = "nation"
    CAREER = "career"


class LinkKind(StrEnum):
    RESULT = "result"
    EVENT = "event"
    STANDINGS = "standings"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`strong` is the part of `text` that the eye should find; the link is a kind and an id."""

    kind: SentenceKind
    text: str
    strong: str = ""
    link: LinkKind | None = None
    link_id: int = 0
