"""The book as a tree: competition, day, event; read from the book branch by branch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from medaldesk.book.changes import Change
from medaldesk.book.reads import Reads
from medaldesk.book.reads.programme import CompetitionRow, EventRow
from medaldesk.gui.models.row_model import ROOT
from medaldesk.gui.target import Place, Target
from medaldesk.reports import words

Index = QModelIndex | QPersistentModelIndex


class TreeRole(IntEnum):
    TARGET = Qt.ItemDataRole.UserRole + 1
    STATUS = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3


@dataclass(eq=False, slots=True)
class Node:
    """A line of the tree; `status` is an event's, `count` how much is below or in it."""

    text: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    target: Target | None = None
    status: str | None = None
    count: int = 0
    competition: int | None = None
    filled: bool = True

    def row(self) -> int:
        return self.parent.children.index(self) if self.parent else 0


def _status(node: Node) -> str:
    return words.event_status(node.status) if node.status else ""


_ROLES: dict[int, Callable[[Node], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda node: node.text,
    Qt.ItemDataRole.ToolTipRole: lambda node: _status(node) or None,
    Qt.ItemDataRole.AccessibleTextRole: lambda node: f"{node.text} {_status(node)}".strip(),
    TreeRole.TARGET: lambda node: node.target,
    TreeRole.STATUS: lambda node: node.status,
    TreeRole.COUNT: lambda node: node.count,
}


class TreeModel(QAbstractItemModel):
    """Competitions, latest first; the events of one are read when it is opened."""

    def __init__(self, reads: Reads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._root = Node("")
        self.reload()

    # Structure

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        above = self._node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row(), 0, above)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 1

    def hasChildren(self, parent: Index = ROOT) -> bool:
        node = self._node(parent)
        return bool(node.children) or (not node.filled and node.count > 0)

    def canFetchMore(self, parent: Index) -> bool:
        return not self._node(parent).filled

    def fetchMore(self, parent: Index) -> None:
        node = self._node(parent)
        if node.filled or node.competition is None:
            return
        node.filled = True
        days = self._days(node, self._reads.events(node.competition))
        if days:
            self.beginInsertRows(self.createIndex(node.row(), 0, node), 0, len(days) - 1)
            node.children = days
            self.endInsertRows()

    def fetch_all(self) -> None:
        """Read every branch: whoever filters wants to find all."""
        for row in range(len(self._root.children)):
            self.fetchMore(self.index(row, 0))

    # Contents

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._node(index)
        read = _ROLES.get(role)
        return read(node) if read else None

    def reload(self) -> None:
        """Read the competitions anew."""
        self.beginResetModel()
        self._root = Node("")
        self._root.children = [self._competition(row) for row in self._reads.competitions()]
        self.endResetModel()

    def update(self, change: Change) -> None:
        """Show the events of a change as they are now, in the lines they have."""
        for event in change.events:
            index = self.index_of(Target(Place.EVENT, event))
            if not index.isValid():
                continue
            row, node = self._reads.event_row(event), self._node(index)
            if (node.text, node.status, node.count) != (row.name, row.status, row.entries):
                node.text, node.status, node.count = row.name, row.status, row.entries
                self.dataChanged.emit(index, index)

    def is_reshaped(self, change: Change) -> bool:
        """Whether lines came, went, or stand elsewhere now: the tree has to be read anew."""
        if not {"competition", "event", "event_type"} & change.tables:
            return False
        if {"competition", "event_type"} & change.tables:
            return True
        for competition in change.competitions:
            node = next((n for n in self._root.children if n.competition == competition), None)
            if node is None:
                return True
            now = self._reads.events(competition)
            if len(now) != node.count:
                return True
            if node.filled and [e.id for e in now] != [
                event.target.id for day in node.children for event in day.children if event.target
            ]:
                return True
        return False

    def index_of(self, target: Target) -> QModelIndex:
        """Where an event or a competition is, if it has been read."""
        for row, competition in enumerate(self._root.children):
            if competition.target == target:
                return self.index(row, 0)
            for day in competition.children:
                for event in day.children:
                    if event.target == target:
                        return self.createIndex(event.row(), 0, event)
        return QModelIndex()

    def reveal(self, event: EventRow) -> QModelIndex:
        """Where an event is, reading its branch first."""
        at = self.index_of(Target(Place.STANDINGS, event.competition))
        if at.isValid():
            self.fetchMore(at)
        return self.index_of(Target(Place.EVENT, event.id))

    def _competition(self, row: CompetitionRow) -> Node:
        return Node(
            text=row.name,
            parent=self._root,
            target=Target(Place.STANDINGS, row.id),
            count=row.events,
            competition=row.id,
            filled=row.events == 0,
        )

    def _days(self, competition: Node, events: list[EventRow]) -> list[Node]:
        days = []
        for day, held in groupby(events, key=lambda event: event.day):
            node = Node(words.weekday(day), competition)
            node.children = [
                Node(
                    text=event.name,
                    parent=node,
                    target=Target(Place.EVENT, event.id),
                    status=event.status,
                    count=event.entries,
                )
                for event in held
            ]
            node.count = len(node.children)
            days.append(node)
        return days

    def _node(self, index: Index) -> Node:
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node
