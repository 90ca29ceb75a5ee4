"""A table as rows of text, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from medaldesk.book.sheets import NoteKind, SheetNote

Numbered = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its rows are read from the file anew each time they are asked for.

    `lines` is as many as there are rows, or a few more: the end of a progress bar. `encoding`
    is how the text of the file was read, empty for a workbook.
    """

    name: str
    open: Callable[[], Iterator[Numbered]]
    lines: int
    encoding: str = ""
    notes: tuple[SheetNote, ...] = ()

    @property
    def is_hidden(self) -> bool:
        return any(note.kind is NoteKind.HIDDEN for note in self.notes)

    def numbered(self) -> Iterator[Numbered]:
        """Each row and where it begins: its line in a text, its row in a workbook, from 1.

        Blank rows are left out. A row has at least the cells of the first one, or in a workbook
        those of the widest. Raises SheetError where a row is beyond the limits.
        """
        return self.open()

    def rows(self) -> Iterator[list[str]]:
        """The rows alone, as `numbered` has them."""
        return map(itemgetter(1), self.open())

    def first(self, n: int) -> list[list[str]]:
        """At most the first `n` rows."""
        return list(islice(self.rows(), n))
