"""Mappings with a name: those that come with the program, and a person's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from medaldesk.book.import_errors import MappingUnreadable
from medaldesk.domain.names import fold
from medaldesk.exchange.importing.mapping import ImportMapping, load_mapping, save_mapping
from medaldesk.exchange.importing.parts import PARTS
from medaldesk.resources import resource

FITS_FROM = 3
"""A profile is recognised by so many headings; fewer are in many files."""


NOT_TAKEN = "rows-not-taken"
"""The file of the answers that go with the rows saved last to be corrected."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A mapping in a file; `is_own` says that the person made it and may take it away."""

    name: str
    path: Path
    is_own: bool
    headings: frozenset[str] = frozenset()

    @property
    def is_of_report(self) -> bool:
        """Whether it is for rows that were not taken, and for nothing else."""
        return self.is_own and self.path.stem == NOT_TAKEN

    def mapping(self) -> ImportMapping:
        """What the file says. Raises MappingUnreadable."""
        return load_mapping(self.path)

    def fits(self, heading: Iterable[str]) -> bool:
        """Whether a table has all the columns that it speaks of."""
        return len(self.headings) >= FITS_FROM and self.headings <= set(heading)


def own_folder() -> Path:
    """Where the person's own profiles are kept."""
    from platformdirs import user_config_path

    return user_config_path("MedalDesk", appauthor=False) / "mappings"


class Profiles:
    """The profiles there are; a person's own are TOML files in one folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or own_folder()

    def all(self) -> list[Profile]:
        """The person's own first, each kind by name."""
        own = [_described(path, is_own=True) for path in self.folder.glob("*.toml")]
        ready = [_described(path, is_own=False) for path in resource("profiles").glob("*.toml")]
        return [*sorted(own, key=_by_name), *sorted(ready, key=_by_name)]

    def fitting(self, heading: Iterable[str], *, is_report: bool = False) -> Profile | None:
        """The profile for a table: the person's own before others, the fuller before the lesser."""
        fitting = [
            profile
            for profile in self.all()
            if profile.fits(heading) and (is_report or not profile.is_of_report)
        ]
        return max(fitting, key=_worth, default=None)

    def save(self, name: str, mapping: ImportMapping) -> Profile:
        """Keep a mapping under a name, in place of an own one so called. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path_of(name)
        save_mapping(path, replace(mapping, name=name))
        return _described(path, is_own=True)

    def save_for_report(self, name: str, mapping: ImportMapping) -> None:
        """Keep the answers for rows that were not taken, until others are. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        save_mapping(self.folder / f"{NOT_TAKEN}.toml", replace(mapping, name=name))

    def delete(self, profile: Profile) -> None:
        """Take an own profile away. Raises OSError."""
        if profile.is_own:
            profile.path.unlink(missing_ok=True)

    def _path_of(self, name: str) -> Path:
        taken = {profile.path: profile.name for profile in self.all() if profile.is_own}
        for path, known in taken.items():
            if fold(known) == fold(name):
                return path
        stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "mapping"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        paths = (self.folder / f"{name}.toml" for name in names)
        return next(path for path in paths if path not in taken)


def _worth(profile: Profile) -> tuple[bool, bool, int]:
    """What fits best is the greatest."""
    return (profile.is_of_report, profile.is_own, len(profile.headings))


def _by_name(profile: Profile) -> str:
    return fold(profile.name)


def _described(path: Path, *, is_own: bool) -> Profile:
    """A profile that cannot be read bears the name of its file, and says why once it is chosen."""
    try:
        mapping = load_mapping(path)
    except MappingUnreadable:
        return Profile(path.stem, path, is_own)
    headings = frozenset(heading for named in mapping.columns.values() for heading in named)
    # What is counted while a file is read stands in no heading.
    return Profile(mapping.name or path.stem, path, is_own, headings.difference(PARTS))
