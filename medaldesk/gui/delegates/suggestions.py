"""What could be meant by the text so far: nations, athletes, or a list known beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from medaldesk.book.reads import Reads
from medaldesk.book.reads.search import AthleteChoice
from medaldesk.domain.names import fold

translate = QCoreApplication.translate


class NewName(str):
    """A name that the person said is new, though one like it may be in the book."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` goes into the field and `choice` to whoever asked for it; `label` is what is shown.

    `detail` is shown muted behind the label, `trailing` muted at the right.
    """

    text: str
    choice: object
    detail: str = ""
    trailing: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What fits the text so far; `best` is the row taken by Enter and Tab, None for none."""

    rows: tuple[Suggestion, ...] = ()
    best: int | None = None


Source = Callable[[str], Suggestions]
Day = Callable[[], str | None]


def nation_source(reads: Reads, day: Day) -> Source:
    """Nations under their codes on an ISO day.

    The first is taken where the text begins a code or a name, or nothing else fits.
    """

    def suggest(text: str) -> Suggestions:
        found = reads.nations_like(text, day())
        rows = tuple(Suggestion(choice.code, choice, choice.name) for choice in found)
        return Suggestions(rows, _first_if_begun(text, rows))

    return suggest


def athlete_source(reads: Reads) -> Source:
    """Athletes by any part of the name, and last the name itself as a new one.

    One is taken by itself only where the name is the same and nobody else has it. For a name that
    the book does not have, those that look like misspellings of it come first.
    """

    def suggest(text: str) -> Suggestions:
        if not text.strip():
            return Suggestions()
        found = reads.athletes_like(text)
        same = reads.athletes_named(text)
        similar = [] if same or found else reads.athletes_similar(text)
        athletes = list(dict.fromkeys([*same, *similar, *found]))
        rows = [_athlete_row(athlete, similar) for athlete in athletes]
        return Suggestions((*rows, _new_row(text)), 0 if len(same) == 1 else None)

    return suggest


def choice_source(choices: Callable[[], Sequence[Suggestion]], *, free: bool = False) -> Source:
    """A list that is known beforehand, by the beginnings of the words in its lines.

    Where the field is `free` to hold something new, a row is taken by itself only if its own text
    goes on from what was typed: `Women's 100 m` is not `Women's 1000 m`.
    """

    def suggest(text: str) -> Suggestions:
        typed = _bare(text)
        rows = [row for row in choices() if _has_words(row, typed.split())]
        rows.sort(key=lambda row: _apart(_bare(row.text), typed))
        if free:
            goes_on = typed and rows and _bare(rows[0].text).startswith(typed)
            return Suggestions(tuple(rows), 0 if goes_on else None)
        return Suggestions(tuple(rows), _first_if_begun(text, rows))

    return suggest


def _first_if_begun(text: str, rows: Sequence[Suggestion]) -> int | None:
    """The first row, where the text begins it or leaves no other."""
    typed = _bare(text)
    if not typed or not rows:
        return None
    begun = any(_bare(part).startswith(typed) for part in (rows[0].text, rows[0].detail))
    return 0 if begun or len(rows) == 1 else None


def _apart(text: str, typed: str) -> int:
    """Lower is closer: the same, a beginning, something else."""
    if text == typed:
        return 0
    return 1 if text.startswith(typed) else 2


def _has_words(row: Suggestion, words: Sequence[str]) -> bool:
    have = f" {_bare(row.text)} {_bare(row.detail)} {_bare(row.trailing)}"
    return all(f" {word}" in have for word in words)


def _bare(text: str) -> str:
    """A text as it is compared: folded, without apostrophes."""
    return re.sub(r"['’]", "", fold(text))


def _athlete_row(athlete: AthleteChoice, similar: Sequence[AthleteChoice]) -> Suggestion:
    hint = translate("Completing", "similar name") if athlete in similar else ""
    return Suggestion(athlete.name, athlete, detail=hint, trailing=athlete.nation)


def _new_row(text: str) -> Suggestion:
    name = " ".join(text.split())
    return Suggestion(
        name, NewName(name), label=translate("Completing", "new: {name}").format(name=name)
    )
