"""Every command of the window: its words, its shortcut, its place in the menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


class Command(StrEnum):
    NEW_BOOK = "new_book"
    OPEN_BOOK = "open_book"
    OPEN_SAMPLE = "open_sample"
    BACK_UP = "back_up"
    EXPORT = "export"
    CLOSE_WINDOW = "close_window"
    UNDO = "undo"
    REDO = "redo"
    FIND = "find"
    GO_TO = "go_to"
    ADD_COMPETITION = "add_competition"
    ADD_EVENT = "add_event"
    ADD_ENTRY = "add_entry"
    DELETE_ENTRY = "delete_entry"
    DELETE_EVENT = "delete_event"
    ADD_SPLIT = "add_split"
    ADD_RECORD = "add_record"
    MAKE_OFFICIAL = "make_official"
    REOPEN = "reopen"
    ORDER = "order"
    SHOW_EVENT = "show_event"
    SHOW_STANDINGS = "show_standings"
    SHOW_RECORDS = "show_records"
    SHOW_HISTORY = "show_history"
    NEXT_PANE = "next_pane"
    TREE = "tree"
    SIDE = "side"
    LARGER = "larger"
    SMALLER = "smaller"
    NORMAL_SIZE = "normal_size"
    THEME_SYSTEM = "theme_system"
    THEME_LIGHT = "theme_light"
    THEME_DARK = "theme_dark"
    ABOUT = "about"


class MenuName(StrEnum):
    FILE = "file"
    EDIT = "edit"
    BOOK = "book"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Spec:
    """One command; a `None` between specs is a line in the menu."""

    command: Command
    menu: MenuName
    text: str
    keys: str = ""
    tip: str = ""
    checkable: bool = False
    writes: bool = False


_ = QT_TRANSLATE_NOOP
C = "Actions"

SPECS: tuple[Spec | None, ...] = (
    Spec(Command.NEW_BOOK, MenuName.FILE, _(C, "&New book…"), "Ctrl+N"),
    Spec(Command.OPEN_BOOK, MenuName.FILE, _(C, "&Open…"), "Ctrl+O"),
    Spec(Command.OPEN_SAMPLE, MenuName.FILE, _(C, "Open the &sample book")),
    None,
    Spec(Command.BACK_UP, MenuName.FILE, _(C, "&Back up…"), "", _(C, "Copy the book to a new file")),
    Spec(
        Command.EXPORT,
        MenuName.FILE,
        _(C, "&Export this page…"),
        "Ctrl+E",
        _(C, "Write the page as PDF or CSV"),
    ),
    None,
    Spec(Command.CLOSE_WINDOW, MenuName.FILE, _(C, "&Quit"), "Ctrl+Q"),
    Spec(Command.UNDO, MenuName.EDIT, _(C, "&Undo"), "Ctrl+Z", writes=True),
    Spec(Command.REDO, MenuName.EDIT, _(C, "&Redo"), "Ctrl+Shift+Z", writes=True),
    None,
    Spec(Command.FIND, MenuName.EDIT, _(C, "&Find on this page"), "Ctrl+F"),
    Spec(
        Command.ADD_COMPETITION, MenuName.BOOK, _(C, "Add &competition…"), "Ctrl+Shift+N", writes=True
    ),
    Spec(Command.ADD_EVENT, MenuName.BOOK, _(C, "Add &event…"), "Ctrl+Shift+E", writes=True),
    Spec(
        Command.ADD_ENTRY,
        MenuName.BOOK,
        _(C, "Add e&ntry"),
        "Ctrl+I",
        _(C, "Go to the line where the next entry is typed"),
        writes=True,
    ),
    Spec(
        Command.ADD_RECORD,
        MenuName.BOOK,
        _(C, "Add &record list…"),
        "Ctrl+R",
        _(C, "Keep a record list and say what stood before"),
        writes=True,
    ),
    Spec(Command.ADD_SPLIT, MenuName.BOOK, _(C, "Add s&plit column…"), "", writes=True),
    None,
    Spec(
        Command.MAKE_OFFICIAL,
        MenuName.BOOK,
        _(C, "Make &official"),
        "Ctrl+Return",
        _(C, "Count the medals of this event"),
        writes=True,
    ),
    Spec(Command.REOPEN, MenuName.BOOK, _(C, "Re&open event"), writes=True),
    None,
    Spec(Command.DELETE_ENTRY, MenuName.BOOK, _(C, "&Delete entry"), "Ctrl+Delete", writes=True),
    Spec(Command.DELETE_EVENT, MenuName.BOOK, _(C, "Delete e&vent"), writes=True),
    Spec(
        Command.GO_TO,
        MenuName.VIEW,
        _(C, "&Go to…"),
        "Ctrl+K",
        _(C, "Go to any event, athlete, nation, record or command"),
    ),
    None,
    Spec(Command.SHOW_EVENT, MenuName.VIEW, _(C, "&Event"), "Ctrl+1"),
    Spec(Command.SHOW_STANDINGS, MenuName.VIEW, _(C, "&Medal table"), "Ctrl+2"),
    Spec(Command.SHOW_RECORDS, MenuName.VIEW, _(C, "&Records"), "Ctrl+3"),
    Spec(Command.SHOW_HISTORY, MenuName.VIEW, _(C, "&History"), "Ctrl+4"),
    None,
    Spec(
        Command.ORDER,
        MenuName.VIEW,
        _(C, "&Start order or by rank"),
        "Ctrl+L",
        _(C, "Change how the sheet stands"),
    ),
    Spec(Command.NEXT_PANE, MenuName.VIEW, _(C, "Next &pane"), "F6"),
    Spec(Command.TREE, MenuName.VIEW, _(C, "&Tree"), "F9", checkable=True),
    Spec(Command.SIDE, MenuName.VIEW, _(C, "&What changed"), "F10", checkable=True),
    None,
    Spec(Command.LARGER, MenuName.VIEW, _(C, "&Larger text"), "Ctrl+="),
    Spec(Command.SMALLER, MenuName.VIEW, _(C, "S&maller text"), "Ctrl+-"),
    Spec(Command.NORMAL_SIZE, MenuName.VIEW, _(C, "&Normal text size"), "Ctrl+0"),
    None,
    Spec(Command.THEME_SYSTEM, MenuName.VIEW, _(C, "Theme of the s&ystem"), checkable=True),
    Spec(Command.THEME_LIGHT, MenuName.VIEW, _(C, "L&ight theme"), checkable=True),
    Spec(Command.THEME_DARK, MenuName.VIEW, _(C, "&Dark theme"), checkable=True),
    Spec(Command.ABOUT, MenuName.HELP, _(C, "&About MedalDesk")),
)

_MENUS = {
    MenuName.FILE: _(C, "&File"),
    MenuName.EDIT: _(C, "&Edit"),
    MenuName.BOOK: _(C, "&Book"),
    MenuName.VIEW: _(C, "&View"),
    MenuName.HELP: _(C, "&Help"),
}


class Actions:
    """The QActions of a window, built once from SPECS."""

    def __init__(
        self, window: QMainWindow, handlers: Mapping[Command, Callable[[], object]]
    ) -> None:
        self._actions: dict[Command, QAction] = {}
        self.menus: dict[MenuName, QMenu] = {}
        for spec in SPECS:
            if spec is None:
                next(reversed(self.menus.values())).addSeparator()
                continue
            menu = self._menu(window, spec.menu)
            action = QAction(self._tr(spec.text), window)
            action.setObjectName(spec.command)
            action.setCheckable(spec.checkable)
            if spec.keys:
                action.setShortcut(QKeySequence(spec.keys))
            tip = self._tr(spec.tip or spec.text).replace("&", "").rstrip("…")
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
        for spec in SPECS:
            if spec is not None and spec.writes:
                self._actions[spec.command].setEnabled(allowed)

    def _menu(self, window: QMainWindow, name: MenuName) -> QMenu:
        if name not in self.menus:
            self.menus[name] = window.menuBar().addMenu(self._tr(_MENUS[name]))
            self.menus[name].setToolTipsVisible(True)
        return self.menus[name]

    def _tr(self, text: str) -> str:
        return QCoreApplication.translate(C, text)
