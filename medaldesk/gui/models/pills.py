"""What stands in the places of records and medals, wherever a result is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from medaldesk.book.reads.events import BestFlag, RecordFlag
from medaldesk.domain.decisions import MedalRuling
from medaldesk.domain.medals import Medal
from medaldesk.reports import words

DECISION_MARK = "§"
"""Stands beside the medal of an entry that a decision names (RULES R8)."""

IN_PLACE_OF_A_MEDAL = (MedalRuling.NONE, MedalRuling.WITHHELD, MedalRuling.PENDING)

Pills = list[tuple[str, Medal | str]]
"""A text and what it stands for: a medal, `record`, `quiet` or `decision`."""


class Achieved(Protocol):
    """What a row says of records and medals, on a sheet as in a career."""

    @property
    def records(self) -> tuple[RecordFlag, ...]: ...
    @property
    def best(self) -> BestFlag | None: ...
    @property
    def medal(self) -> Medal | None: ...
    @property
    def medal_ruling(self) -> str | None: ...
    @property
    def decision(self) -> int | None: ...


def record_pills(row: Achieved) -> Pills:
    """The records of a result, and quieter the best of its athlete (RULES R29)."""
    pills: Pills = [(flag.text, "record") for flag in row.records]
    return [*pills, (row.best.text, "quiet")] if row.best else pills


def records_text(row: Achieved) -> str:
    """`OR PB`."""
    return " ".join(text for text, _ in record_pills(row))


def medal_text(row: Achieved, lost: Medal | None = None) -> str:
    """`G`, or what was decided in its place: `pending`; `lost G` where it is known which went."""
    if row.medal:
        return words.medal_letter(row.medal)
    if lost is not None:
        return words.tr("lost {medal}").format(medal=words.medal_letter(lost))
    in_its_place = row.medal_ruling in IN_PLACE_OF_A_MEDAL
    return words.ruling_word(MedalRuling(row.medal_ruling or "")) if in_its_place else ""


def medal_pills(row: Achieved, lost: Medal | None = None, *, quiet: bool = False) -> Pills:
    """The place of the medal, and `§` where a decision names the entry.

    `quiet` keeps a medal back that does not count yet, `lost` is the one that a decision took.
    """
    text = medal_text(row, lost)
    kind = row.medal if row.medal and not quiet else "quiet"
    pills: Pills = [(text, kind)] if text else []
    return [*pills, (DECISION_MARK, "decision")] if row.decision is not None else pills


def width_of_pills(lines: Iterable[Sequence[tuple[str, Medal | str]]], least: int) -> int:
    """Pixels at 100 % that hold the pills of every line, each its letters and what is around."""
    widths = (sum(8 * len(text) + 16 for text, _ in pills) for pills in lines)
    return max(least, max(widths, default=0) + 12)
