"""The commands of the window as QActions in its menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from medaldesk.gui.command_specs import ALSO, Command, MenuName, menu_titles, specs

__all__ = ["Actions", "Command", "MenuName"]


class Actions:
    """The QActions of a window, built once from their specs."""

    def __init__(
        self, window: QMainWindow, handlers: Mapping[Command, Callable[[], object]]
    ) -> None:
        self._specs = specs()
        self._titles = menu_titles()
        self._actions: dict[Command, QAction] = {}
        self.menus: dict[MenuName, QMenu] = {}
        for spec in self._specs:
            if spec is None:
                next(reversed(self.menus.values())).addSeparator()
                continue
            menu = self._menu(window, spec.menu)
            action = QAction(spec.text, window)
            action.setObjectName(spec.command)
            action.setCheckable(spec.checkable)
            if spec.keys:
                shortcuts = [
                    QKeySequence(keys) for keys in (spec.keys, *ALSO.get(spec.command, ()))
                ]
                action.setShortcuts(shortcuts)
            tip = (spec.tip or spec.text).replace("&", "").rstrip("…")
            action.setToolTip(f"{tip} ({spec.keys})" if spec.keys else tip)
            action.triggered.connect(lambda _=False, run=handlers[spec.command]: run())
            menu.addAction(action)
            self._actions[spec.command] = action

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command]

    def all(self) -> list[QAction]:
        """Every action, in the order of the menus."""
        return list(self._actions.values())

    def allow_writing(self, allowed: bool) -> None:
        """Switch off what edits the book where it cannot be edited."""
        for spec in self._specs:
            if spec is not None and spec.writes:
                self._actions[spec.command].setEnabled(allowed)

    def _menu(self, window: QMainWindow, name: MenuName) -> QMenu:
        if name not in self.menus:
            self.menus[name] = window.menuBar().addMenu(self._titles[name])
            self.menus[name].setToolTipsVisible(True)
        return self.menus[name]
