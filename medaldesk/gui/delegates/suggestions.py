"""What could be meant by the text so far: nations, athletes, or a list known beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from medaldesk.book.reads import Reads
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.names import fold
from medaldesk.gui.models.entrants import corrects

translate = QCoreApplication.translate

MOST_SHOWN = 12
"""Athletes that are offered for a name."""

MOST_RANKED = 60
"""Athletes among whom those are looked for."""

MOST_LETTERS_OFF = 2
"""Letters that a name is shortened by where its spelling is corrected."""


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


@dataclass(slots=True)
class Around:
    """What is known where a name is typed: for whom they compete, and who stands there already."""

    nation: int | None = None
    name: str = ""


def athlete_source(
    reads: Reads, around: Around | None = None, *, adds: bool = False, without: int | None = None
) -> Source:
    """Athletes by any part of the name, and last the name itself as a new one.

    Taken is the name itself where somebody has it, else the first that fits: of the same nation
    before others, then a name that begins with what is typed. A name that nobody fits is new, and
    those that look like misspellings of it are shown. `adds` says that a new name is a new
    athlete; nobody is offered `without` whom somebody is looked for.
    """
    known = around or Around()

    def suggest(text: str) -> Suggestions:
        if not text.strip():
            return Suggestions()
        same = reads.athletes_named(text)
        found = reads.athletes_like(text, MOST_RANKED)
        similar = [] if same or found else reads.athletes_similar(text)
        same.sort(key=lambda athlete: _nearness(athlete, known.nation, text))
        found.sort(key=lambda athlete: _nearness(athlete, known.nation, text))
        ranked = dict.fromkeys([*same, *similar, *found[:MOST_SHOWN]])
        rows = [_athlete_row(athlete, similar) for athlete in ranked if athlete.id != without]
        fits = bool(rows) and not similar
        if not same and _is_correction(text, known.name, fits=fits):
            rows.insert(0, _spelling_row(text, known.name))
            fits = True
        rows.append(_new_row(text, adds=adds))
        return Suggestions(tuple(rows), 0 if fits else len(rows) - 1)

    return suggest


def known_athlete_source(reads: Reads, without: int | None = None) -> Source:
    """Athletes that are in the book; the nearest is taken."""
    suggest = athlete_source(reads, without=without)

    def known(text: str) -> Suggestions:
        rows = tuple(row for row in suggest(text).rows if not isinstance(row.choice, NewName))
        return Suggestions(rows, 0 if rows else None)

    return known


def team_source(reads: Reads, day: Day) -> Source:
    """Teams by their nation, and last the text as the name of a team."""
    nations = nation_source(reads, day)

    def suggest(text: str) -> Suggestions:
        if not text.strip():
            return Suggestions()
        name = " ".join(text.split())
        rows = [
            Suggestion(row.choice.name, row.choice, trailing=row.choice.code)
            for row in nations(text).rows
            if isinstance(row.choice, NationChoice)
        ]
        label = translate("Completing", "Call the team {name}").format(name=name)
        begun = rows and _begins(text, rows[0].text, rows[0].trailing)
        return Suggestions((*rows, Suggestion(name, name, label=label)), 0 if begun else len(rows))

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
    if not _bare(text) or not rows:
        return None
    begun = _begins(text, rows[0].text, rows[0].detail)
    return 0 if begun or len(rows) == 1 else None


def _begins(text: str, *parts: str) -> bool:
    return any(_bare(part).startswith(_bare(text)) for part in parts)


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


def _is_correction(text: str, name: str, *, fits: bool) -> bool:
    """Whether the name that stands here is spelled anew; a beginning of it means its bearer."""
    return corrects(text, name) and not (fits and len(name) - len(text) > MOST_LETTERS_OFF)


def may_be_another(typed: str, name: str) -> bool:
    """Whether what was typed may be somebody else's whole name: `Wang Li` for `Wang Liping`."""
    words, others = fold(typed).replace(",", " ").split(), fold(name).split()
    return len(words) > 1 and sorted(words) != sorted(others) and set(words[:-1]) <= set(others)


def _nearness(athlete: AthleteChoice, nation: int | None, text: str) -> tuple[bool, bool]:
    other_nation = nation is not None and athlete.nation_id != nation
    return (other_nation, not fold(athlete.name).startswith(fold(text)))


def _athlete_row(athlete: AthleteChoice, similar: Sequence[AthleteChoice]) -> Suggestion:
    hint = translate("Completing", "similar name") if athlete in similar else ""
    return Suggestion(athlete.name, athlete, detail=hint, trailing=athlete.nation)


def _spelling_row(text: str, of: str) -> Suggestion:
    name = " ".join(text.split())
    return Suggestion(name, name, translate("Completing", "corrects {name}").format(name=of))


def _new_row(text: str, *, adds: bool) -> Suggestion:
    name = " ".join(text.split())
    if adds:
        label = translate("Completing", "Add {name} as a new athlete")
    else:
        label = translate("Completing", "{name}, as typed")
    return Suggestion(name, NewName(name), label=label.format(name=name))
