"""Edit the grouping views: which nations are counted together on screen (RULES R14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.errors import EmptyField, NamedTwice, UnknownCode
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.delegates.completing import NationDelegate
from medaldesk.gui.dialogs.form import FieldError, FormDialog, Making
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.columns import Column
from medaldesk.gui.models.grouping_lines import (
    CODE,
    NAME,
    Draft,
    MembersModel,
    draft_of,
    lines_of,
)
from medaldesk.gui.models.typed_lines import Line, LinesModel, typed_column
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.typed_lines_view import LinesView
from medaldesk.reports import words

SIDE_BY_SIDE = 640
"""The room, at 100 %, from which the three grids stand beside each other."""


class GroupingDialog(FormDialog):
    """Views, the groups of the view under the cursor, the nations of the group under the cursor.

    Everything is typed in the grids; all that changed is one undo step.
    """

    def __init__(self, live: LiveBook, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.entitle(self.tr("Grouping views"), self.tr("Change"))
        found = live.reads.grouping_views()
        self._lines = lines_of(found, {row.id: row for row in live.reads.nations()})
        self._before = {line.origin: (line.cells[NAME], draft_of(line)) for line in self._lines}
        self._wrong: Line | None = None
        self._typed: list[Line] = []
        self._shown: tuple[Line | None, Line | None] = (None, None)
        self._build_grids()
        self._lay_out()
        self._connect()
        self.views.show_lines(self._lines)
        self.views.put_first()
        self._follow()

    # Building

    def _build_grids(self) -> None:
        readings = {"code": str.upper}
        self._views = LinesModel(_named(self.tr("View"), 112), self.tr("code…"), readings, self)
        self._groups = LinesModel(_named(self.tr("Group"), 76), self.tr("code…"), readings, self)
        self._members = MembersModel(self.live.reads, self)
        self.views = LinesView(self._views, self.tr("Grouping views"), by_line=True)
        self.groups = LinesView(self._groups, self.tr("Groups of the view"), by_line=True)
        self.members = LinesView(self._members, self.tr("Nations of the group"))
        self.members.setItemDelegate(NationDelegate(self.live, self.members))
        for grid, width in ((self.views, 290), (self.groups, 350), (self.members, 220)):
            grid.usual_width = width

    def _lay_out(self) -> None:
        px, ways = theme().px, QBoxLayout.Direction
        wide = self.screen().availableGeometry().width() * 0.9 >= px(SIDE_BY_SIDE)
        grids = QBoxLayout(ways.LeftToRight if wide else ways.TopToBottom)
        grids.setSpacing(px(12))
        for title, grid in (
            (self.tr("&Views"), self.views),
            (self.tr("&Groups of this view"), self.groups),
            (self.tr("&Nations of this group"), self.members),
        ):
            label = QLabel(title)
            label.setBuddy(grid)
            lines = 8 if wide else 4
            grid.fit_lines(lines, lines)
            box = QVBoxLayout()
            box.setSpacing(px(4))
            box.addWidget(label)
            box.addWidget(grid)
            grids.addLayout(box, grid.usual_width)
        self.form.addRow(grids)
        for text in (
            self.tr("Type in the last line to add one, over a name to change it; Delete removes."),
            self.tr(
                "Merging is only a view: the book keeps every result and medal under the code "
                "that competed. The first nation stands for its group."
            ),
        ):
            hint = QLabel(text, wordWrap=True)
            hint.setProperty("role", "muted")
            self.form.addRow(hint)

    def _connect(self) -> None:
        for grid, model in (
            (self.views, self._views),
            (self.groups, self._groups),
            (self.members, self._members),
        ):
            grid.selectionModel().currentRowChanged.connect(self._follow)
            model.edited.connect(self._follow)
            model.edited.connect(self.problem.hide)
            model.refused.connect(lambda error: self.show_problem(None, self._said(error)))
        self._members.dataChanged.connect(self._remember)

    def _remember(self, index: QModelIndex) -> None:
        """The order in which nations are typed: of two that are the same, the later is in doubt."""
        line = self._members.row(index.row())
        if line in self._typed:
            self._typed.remove(line)
        self._typed.append(line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.views.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """Show the groups of the view, and the nations of the group, that the cursor is on."""
        view = self.views.current_line()
        if view is not self._shown[0]:
            self._shown = (view, None)
            self.groups.show_lines(None if view is None else view.parts)
            self._members.show_members(None, None)
            self.groups.put_first()
        group = self.groups.current_line() if view is not None else None
        if group is not self._shown[1] or group is None:
            self._shown = (view, group)
            self._members.show_members(view, group)
            self.members.setEnabled(group is not None)

    # Answering

    def making(self) -> Making:
        for grid in (self.views, self.groups, self.members):
            grid.commit_open()
        views = [view for view in self._lines if not view.is_empty or view.parts]
        for view in views:
            self._check(view)
        kept = {view.origin for view in views}
        gone = [origin for origin in self._before if origin not in kept]
        other = [view for view in views if self._is_changed(view)]

        def make(edits: Edits) -> None:
            if gone or other:
                names = [self._before[origin][0] for origin in gone]
                names += [view.cells[NAME] for view in other]
                with edits.together(_action(gone, other), ", ".join(names)):
                    self._make(edits, gone, other)

        return make

    def _make(self, edits: Edits, gone: list[int | None], other: list[Line]) -> None:
        for origin in gone:
            if origin is not None:
                edits.delete_grouping(origin)
        for view in other:
            self._wrong = view
            code, name, groups = draft_of(view)
            if view.origin is None:
                edits.add_grouping(code, name, groups)
            else:
                edits.change_grouping(view.origin, code=code, name=name, groups=groups)

    def _is_changed(self, view: Line) -> bool:
        known: tuple[str, Draft] | None = self._before.get(view.origin)
        return view.origin is None or known is None or known[1] != draft_of(view)

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        if self._wrong is not None:
            self._go_to(self._wrong)
        return self.views

    # What cannot be taken

    def _check(self, view: Line) -> None:
        """A view is named, its groups too, and no nation is in two of them. Raises FieldError."""
        if empty := _unnamed(view, r"\S+"):
            self._go_to(view)
            self._refuse(self.views, view, empty)
        for group in view.parts:
            if group.is_empty and not group.parts:
                continue
            if empty := _unnamed(group, r"\S{2,8}"):
                self._go_to(view, group)
                self._refuse(self.groups, group, empty)
            self._check_members(view, group)
        self._check_twice(view)

    def _check_members(self, view: Line, group: Line) -> None:
        named = [line for line in group.parts if not line.is_empty]
        if not named:
            self._go_to(view, group)
            sentence = self.tr("{group} has no nation yet: type one, or delete the group.")
            raise FieldError(self.members, sentence.format(group=group.cells[CODE]))
        for line in named:
            line.wrong.clear()
            text = line.cells[0]
            if line.origin is None:
                self._go_to(view, group)
                self._refuse(self.members, line, UnknownCode(what="nation", code=text))

    def _check_twice(self, view: Line) -> None:
        """No nation is in a view twice. Raises FieldError on the line that was typed last."""
        for twice in _twice(view):
            group, line = max(twice, key=self._when)
            self._go_to(view, group)
            self.members.point_at(line, CODE)
            raise FieldError(self.members, self._said_twice(line, [group for group, _ in twice]))

    def _when(self, place: tuple[Line, Line]) -> int:
        """When a line was typed, as a number that grows; -1 for one that the book had."""
        return self._typed.index(place[1]) if place[1] in self._typed else -1

    def _said(self, error: MedalDeskError) -> str:
        """Why a cell was not taken; a nation named twice with its groups."""
        view, line = self.views.current_line(), self.members.current_line()
        if isinstance(error, NamedTwice) and view is not None and line is not None:
            for twice in _twice(view):
                if any(each is line for _, each in twice):
                    return self._said_twice(line, [group for group, _ in twice])
        return words.sentence(error)

    def _said_twice(self, line: Line, groups: Sequence[Line]) -> str:
        name = self.live.reads.nation_name(line.origin or 0, None)
        first, *others = dict.fromkeys(group.cells[CODE] for group in groups)
        if not others:
            text = self.tr("{name} is in {first} twice: keep it once.")
            return text.format(name=name, first=first)
        text = self.tr("{name} is in {first} and in {others}: keep it in one of them.")
        return text.format(name=name, first=first, others=", ".join(others))

    def _go_to(self, view: Line, group: Line | None = None) -> None:
        """Put the cursor on a view, and on one of its groups."""
        self.views.put(self._views.index(self._lines.index(view), CODE))
        if group is not None:
            self.groups.put(self._groups.index(view.parts.index(group), CODE))

    def _refuse(self, grid: LinesView, line: Line, error: MedalDeskError) -> NoReturn:
        empty_name = isinstance(error, EmptyField) and error.details.get("what") == "name"
        grid.point_at(line, NAME if empty_name else CODE)
        raise FieldError(grid, words.sentence(error))


def _twice(view: Line) -> list[list[tuple[Line, Line]]]:
    """For each nation that a view names twice or more: its groups, with the lines there."""
    named: dict[int, list[tuple[Line, Line]]] = {}
    for group in view.parts:
        for line in group.parts:
            if line.origin is not None and not line.is_empty:
                named.setdefault(line.origin, []).append((group, line))
    return [places for places in named.values() if len(places) > 1]


def _named(title: str, width: int) -> list[Column[Line]]:
    """The columns of something that has a code and a name."""
    return [
        typed_column("code", title, CODE, width, weight="strong"),
        typed_column("name", words.tr("Name"), NAME, 0),
    ]


def _unnamed(line: Line, code: str) -> EmptyField | None:
    """What a line lacks: a code of such a pattern, or a name."""
    if not re.fullmatch(code, line.cells[CODE]):
        return EmptyField(what="code")
    return None if line.cells[NAME] else EmptyField(what="name")


def _action(gone: list[int | None], other: list[Line]) -> Action:
    """What the edit is called: by what is done, where it is one thing alone."""
    if not other:
        return Action.DELETE_GROUPING
    new = all(view.origin is None for view in other)
    return Action.ADD_GROUPING if new and not gone else Action.CHANGE_GROUPING
