"""The lines of grouping views as they are typed: views, their groups, the nations of a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from medaldesk.book.edits.nations import NewGroup
from medaldesk.book.errors import NamedTwice, UnknownCode
from medaldesk.book.reads import Reads
from medaldesk.book.reads.nations import GroupingView, NationRow
from medaldesk.book.reads.search import NationChoice
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.models.typed_lines import Line, LinesModel, typed_column

CODE, NAME = range(2)

Draft = tuple[str, str, list[NewGroup]]
"""A view as the book takes it: its code, its name, its groups."""


class MembersModel(LinesModel):
    """The nations of a group; one that is in its view already is refused."""

    def __init__(self, reads: Reads, parent: QObject | None = None) -> None:
        super().__init__([], "", None, parent)
        self._reads = reads
        self._invite = self.tr("code or name…")
        self.columns = [typed_column("nation", self.tr("Nation"), 0, 0)]
        self._view: Line | None = None

    def show_members(self, view: Line | None, group: Line | None) -> None:
        """Show the nations of a group of a view."""
        self._view = view
        self.show_lines(group.parts if group is not None else None)

    def take(self, line: Line, place: int, value: Any) -> MedalDeskError | None:
        line.origin = None
        error = super().take(line, place, value.code if isinstance(value, NationChoice) else value)
        if error is not None or line.is_empty:
            return error
        error = self._find(line, value)
        if error is not None:
            line.wrong.add(place)
        return error

    def _find(self, line: Line, value: Any) -> MedalDeskError | None:
        """Let a line stand for the nation that was chosen, or that has the code."""
        chosen = isinstance(value, NationChoice)
        nation = value.id if chosen else self._reads.nation_by_code(line.cells[0])
        if nation is None:
            return UnknownCode(what="nation", code=line.cells[0])
        code, name = self._reads.nation_code(nation, None), self._reads.nation_name(nation, None)
        line.cells[0] = f"{code}  {name}"
        line.origin = nation
        named = [other.origin for group in self._groups() for other in group.parts]
        # The line itself may be among them, or still be the empty one.
        others = named.count(nation) - sum(line in group.parts for group in self._groups())
        return NamedTwice(what="nation", name=name) if others else None

    def _groups(self) -> list[Line]:
        return self._view.parts if self._view is not None else []


def lines_of(views: Iterable[GroupingView], nations: Mapping[int, NationRow]) -> list[Line]:
    """The views of a book as lines: their parts are groups, and the parts of these nations."""
    return [
        Line(
            [view.code, view.name],
            view.id,
            [
                Line(
                    [group.code, group.name],
                    group.id,
                    [
                        Line([f"{nations[nation].code}  {nations[nation].name}"], nation)
                        for nation in group.nations
                    ],
                )
                for group in view.groups
            ],
        )
        for view in views
    ]


def draft_of(view: Line) -> Draft:
    """A view as it is typed; what is empty is left out."""
    return (
        view.cells[CODE],
        view.cells[NAME],
        [
            (
                group.cells[CODE],
                group.cells[NAME],
                tuple(line.origin for line in group.parts if line.origin is not None),
            )
            for group in view.parts
            if not group.is_empty or group.parts
        ],
    )
