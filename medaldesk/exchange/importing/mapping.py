"""How the columns of a file become those of tidy results; kept as a small TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from medaldesk.book.import_errors import MappingPartUnknown, MappingUnreadable
from medaldesk.book.sheets import SheetUnreachable
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.cell_patterns import CellPattern, is_pattern
from medaldesk.exchange.importing.columns import Guess, targets_of
from medaldesk.exchange.importing.mark_patterns import MarkPatterns
from medaldesk.exchange.sheets.packing import refuse_special
from medaldesk.resources import resource


class ImportKind(StrEnum):
    """What a file is about: it decides what every row needs."""

    RESULTS = "results"
    STARTLIST = "startlist"
    MEDALLISTS = "medallists"
    RECORDS = "records"
    NATIONS = "nations"


class TeamRule(StrEnum):
    """Which rows of athletes are members of one team.

    `NAMED`: those of the same name in `team`. `SHARED_MEDALS`: those of a nation, in the events
    where most medals of a nation went to several rows, and there those with the same medal.
    """

    NAMED = "named"
    SHARED_MEDALS = "shared_medals"


@dataclass(frozen=True, slots=True)
class ImportMapping:
    r"""What of a file is what; every part may be empty.

    `columns`: tidy column to the headings it is read from, joined by a blank where there are
    several. `constants`: tidy column to what it is in every row whose cell is empty. `values`:
    tidy column to what its cells mean; a key between slashes is a pattern, searched for, and its
    meaning may take groups of it, `\1`. `mark_patterns` are those of `MarkPatterns`. `people`:
    `Name (RUS)` to `Name (KOR)` where both are one person. `left_out`: headings that are not even
    kept as notes. `parts_by`: heading of the ranks, where the parts of an event stand one below
    the other; then columns can be read from `parts.PARTS` too.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mark_patterns: tuple[str, ...] = ()
    teams: TeamRule = TeamRule.NAMED
    people: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    parts_by: str = ""
    kind: ImportKind = ImportKind.RESULTS
    name: str = ""

    @classmethod
    def guessed(cls, guesses: Iterable[Guess], kind: ImportKind) -> ImportMapping:
        """The mapping that the headings of a file suggest."""
        columns = {guess.target: (guess.heading,) for guess in guesses if guess.target}
        return cls(columns=columns, kind=kind)

    def completed(self, guesses: Iterable[Guess]) -> ImportMapping:
        """Where the mapping names no columns at all, those that the headings suggest.

        One that names any is all that is read: what it leaves out may be left out on purpose.
        """
        if self.columns:
            return self
        return replace(self, columns=ImportMapping.guessed(guesses, self.kind).columns)


# Words that files use


_GENDERS = {
    "M": "m male man men mens men's boys heren herren hommes homme masculine mixed-men",
    "W": "w f female woman women womens women's girls ladies dames damen femmes femme feminine",
    "X": "x mixed mix gemengd gemischt mixte",
    "O": "o open any",
}
_MEDALS = {
    "gold": "g gold 1 me_gold or oro goud golden",
    "silver": "s silver 2 me_silver argent plata zilver silber",
    "bronze": "b bronze 3 me_bronze brons bronce",
    "": "none no no_medal n/a na - --",
}
_STATUSES = {
    "DSQ": "dq disq dsq. disqualified",
    "DNF": "abn abandoned dnf.",
    "DNS": "abs absent nps dns.",
    "WDR": "wd withdrawn scr scratched",
    "LAP": "lapped overtaken",
    "RET": "retired",
    "NM": "nv nr no_mark",
    "NH": "no_height",
}


def _turned(words: Mapping[str, str]) -> dict[str, str]:
    return {word.replace("_", " "): code for code, text in words.items() for word in text.split()}


USUAL: Mapping[str, Mapping[str, str]] = {
    "gender": _turned(_GENDERS),
    "athlete_gender": _turned(_GENDERS),
    "medal": _turned(_MEDALS) | {"me_gold": "gold", "me_silver": "silver", "me_bronze": "bronze"},
    "status": _turned(_STATUSES),
}
"""What words of cells mean without being said, in any case; a mapping goes before it."""


class ValueMap:
    """What the cells of a column mean: as the mapping says, else as usual, else themselves."""

    def __init__(self, target: str, values: Mapping[str, str]) -> None:
        self._exact = {fold(key): value for key, value in values.items() if not is_pattern(key)}
        self._patterns = [
            CellPattern(key, value) for key, value in values.items() if is_pattern(key)
        ]
        self._usual = USUAL.get(target, {})
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        meaning = self._known.get(text)
        if meaning is None:
            meaning = self._known[text] = self._find(text)
        return meaning

    def knows(self, text: str) -> bool:
        """Whether something is said of this very text."""
        word = fold(text)
        return word in self._exact or word in self._usual

    def _find(self, text: str) -> str:
        word = fold(text)
        if word in self._exact:
            return self._exact[word]
        for pattern in self._patterns:
            if (meaning := pattern(text)) is not None:
                return meaning
        return self._usual.get(word, text)


# Files


def load_mapping(path: Path) -> ImportMapping:
    """Read a mapping. Raises MappingUnreadable, MappingPartUnknown."""
    try:
        refuse_special(path)
        with path.open("rb") as file:
            return _from_facts(tomllib.loads(_checked(file.read(LONGEST + 1))))
    except _Unknown as error:
        raise MappingPartUnknown(path=path, text=str(error)) from error
    except SheetUnreachable as error:
        raise MappingUnreadable(path=path, problem=error.details["problem"]) from error
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise MappingUnreadable(path=path, problem=problem) from error


class _Unknown(ValueError):
    """Names of parts or columns that no mapping has."""


LONGEST = 2_000_000
"""Bytes of a mapping; the largest of ours has a hundredth of them."""

_DEEPEST = 50
"""So many dots in a key; each makes a table in a table."""


def _checked(content: bytes) -> str:
    """The text of a mapping. Raises ValueError for what would take its reader all memory."""
    if len(content) > LONGEST:
        raise ValueError("too large")
    text = content.decode("utf-8")
    parts = (part for line in text.splitlines() for part in line.split("="))
    if any(part.count(".") > _DEEPEST for part in parts):
        raise ValueError("too deep")
    return text


def profile(name: str) -> ImportMapping:
    """A mapping that comes with the program. Raises FileNotFoundError."""
    return load_mapping(resource("profiles", f"{name}.toml"))


def save_mapping(path: Path, mapping: ImportMapping) -> None:
    """Write a mapping, so that `load_mapping` gives it back."""
    path.write_text(mapping_text(mapping), encoding="utf-8")


def _from_facts(facts: Mapping[str, Any]) -> ImportMapping:
    known = {"name", "kind", "teams", "mark_patterns", "left_out", "parts_by"}
    known |= {"columns", "constants", "values", "people"}
    if unknown := facts.keys() - known:
        raise _Unknown(", ".join(sorted(unknown)))
    columns = {
        target: (headings,) if isinstance(headings, str) else tuple(map(str, headings))
        for target, headings in facts.get("columns", {}).items()
    }
    values = {target: _texts(known) for target, known in facts.get("values", {}).items()}
    mapping = ImportMapping(
        columns=columns,
        constants=_texts(facts.get("constants", {})),
        values=values,
        mark_patterns=tuple(map(str, facts.get("mark_patterns", ()))),
        teams=TeamRule(facts.get("teams", TeamRule.NAMED)),
        people=_texts(facts.get("people", {})),
        left_out=tuple(map(str, facts.get("left_out", ()))),
        parts_by=str(facts.get("parts_by", "")),
        kind=ImportKind(facts.get("kind", ImportKind.RESULTS)),
        name=str(facts.get("name", "")),
    )
    _refuse_wrong(mapping)
    return mapping


def _refuse_wrong(mapping: ImportMapping) -> None:
    """Raises ValueError for what could never be read."""
    named = {*mapping.columns, *mapping.constants, *mapping.values}
    if unknown := named - targets_of(mapping.kind).keys():
        raise _Unknown(", ".join(sorted(unknown)))
    MarkPatterns(mapping.mark_patterns)
    for target, values in mapping.values.items():
        ValueMap(target, values)


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in table.items()}


def mapping_text(mapping: ImportMapping) -> str:
    """The mapping as TOML."""
    lines = [
        f"name = {_quoted(mapping.name)}",
        f"kind = {_quoted(mapping.kind)}",
        f"teams = {_quoted(mapping.teams)}",
        f"mark_patterns = {_listed(mapping.mark_patterns)}",
        f"left_out = {_listed(mapping.left_out)}",
        f"parts_by = {_quoted(mapping.parts_by)}",
    ]
    columns = {
        target: _quoted(headings[0]) if len(headings) == 1 else _listed(headings)
        for target, headings in mapping.columns.items()
    }
    tables = {"columns": columns, "constants": _pairs(mapping.constants)}
    tables |= {f"values.{target}": _pairs(known) for target, known in mapping.values.items()}
    tables["people"] = _pairs(mapping.people)
    for title, pairs in tables.items():
        if pairs:
            lines += ["", f"[{title}]"]
            lines += [f"{_quoted(key)} = {value}" for key, value in pairs.items()]
    return "\n".join(lines) + "\n"


def _pairs(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: _quoted(value) for key, value in texts.items()}


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON escapes are among its own, but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
