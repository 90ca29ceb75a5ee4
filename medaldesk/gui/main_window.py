"""The window: one book at a time, its menus, its status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QVBoxLayout, QWidget

from medaldesk.book.book import SUFFIX, Book
from medaldesk.book.journal import UndoStep
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.actions import Actions, Command, MenuName
from medaldesk.gui.commands import BookCommands
from medaldesk.gui.dropped import dropped_files
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.pages.welcome_page import WelcomePage
from medaldesk.gui.plain_tip import plain_tip
from medaldesk.gui.rule_commands import RuleCommands
from medaldesk.gui.settings import Settings
from medaldesk.gui.table_commands import TABLE_COMMANDS, TableCommands
from medaldesk.gui.theme import ThemeChoice, theme
from medaldesk.gui.widgets.notice import Notice
from medaldesk.gui.workspace import Tab, Workspace
from medaldesk.reports import words


class MainWindow(QMainWindow):
    """Opens books and shows one; everything else is in its workspace."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.live: LiveBook | None = None
        self.workspace: Workspace | None = None
        self.notice = Notice(self)
        self._welcome = WelcomePage(self)
        self._welcome.tell_no_book()
        self._centre = QWidget(self)
        self._column = QVBoxLayout(self._centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.notice)
        self._column.addWidget(self._welcome, 1)
        self.setCentralWidget(self._centre)
        self.commands = BookCommands(self)
        self.rules = RuleCommands(self)
        self.table = TableCommands(self)
        self.actions_ = Actions(self, self._handlers())
        self.actions_.menus[MenuName.TABLE].aboutToShow.connect(self._refresh_table_checks)
        self._recent = self._build_recent_menu()
        self._build_status()
        self._restore()
        self._refresh_actions()
        self.setAcceptDrops(True)

    # Books

    def open_book(self, path: Path) -> bool:
        """Open a book in place of the one in sight; returns whether it could be."""
        if self.live is not None and self.live.path == path.absolute():
            return True
        return self._show(lambda: Book.open(path.absolute()))

    def create_book(self, path: Path) -> bool:
        """Make a new book and open it."""
        path = path if path.suffix else path.with_suffix(SUFFIX)
        return self._show(lambda: Book.create(path.absolute()))

    def open_sample(self) -> bool:
        """Open the sample book, made where the user's data is if it is not there yet."""
        from medaldesk.gui.sample import sample_book

        return self._show(sample_book)

    def _show(self, opening: Callable[[], Book]) -> bool:
        try:
            book = opening()
        except MedalDeskError as error:
            self.complain(error)
            return False
        self._let_go()
        self._take(LiveBook(book, self))
        return True

    def _take(self, live: LiveBook) -> None:
        self.live = live
        live.failed.connect(self.complain)
        live.noted.connect(self.say)
        self.workspace = Workspace(live, self._settings, self._centre)
        # After the pages: what can be done depends on what they show by then.
        live.changed.connect(self._on_change)
        self.workspace.moved.connect(self._refresh_actions)
        self._welcome.hide()
        self._column.addWidget(self.workspace, 1)
        self.workspace.show()
        self._settings.remember_book(live.path)
        self._tell_access(live)
        self._refresh_title()
        self._refresh_actions()

    def _let_go(self) -> None:
        """Close the book in sight; nothing is lost, everything is saved already."""
        if self.workspace is not None:
            self.workspace.commit_open()
            self.workspace.remember()
            self._column.removeWidget(self.workspace)
            self.workspace.hide()
            self.workspace.deleteLater()
            self.workspace = None
        if self.live is not None:
            self.live.changed.disconnect(self._on_change)
            self.live.close()
            self.live.deleteLater()
            self.live = None
        self._welcome.show()

    def _tell_access(self, live: LiveBook) -> None:
        """Say why a book cannot be written to, where it cannot."""
        if live.can_write:
            self.notice.hide()
            return
        holder = live.book.holder
        if holder is None:
            text = self.tr("This book is open for reading only: its folder cannot be written to.")
        else:
            text = self.tr(
                "This book is open for reading only: {who} is writing in it. "
                "What they enter is shown here as they enter it."
            ).format(who=holder.who or self.tr("somebody"))
        self.notice.say(text, bad=False)

    # Telling

    def complain(self, error: MedalDeskError) -> None:
        """Say what could not be done, in one sentence."""
        self.notice.say(words.sentence(error), bad=True)

    def say(self, text: str) -> None:
        """Say what was done."""
        self.notice.say(text, bad=False)

    def _on_change(self, _: object) -> None:
        if self.live is not None and self.live.can_write:
            self.notice.hide()
        self._refresh_title()
        self._refresh_actions()

    def _refresh_title(self) -> None:
        if self.live is None:
            self.setWindowTitle("MedalDesk")
            return
        self.setWindowTitle(f"{self.live.reads.title()} — MedalDesk")

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._where, self._undo, self._zoom = QLabel(bar), QLabel(bar), QLabel(bar)
        for label in (self._where, self._undo, self._zoom):
            label.setTextFormat(Qt.TextFormat.PlainText)
        bar.addWidget(self._where, 1)
        bar.addPermanentWidget(self._undo)
        bar.addPermanentWidget(self._zoom)

    def _refresh_actions(self) -> None:
        live, workspace = self.live, self.workspace
        has_book, writes = live is not None, live is not None and live.can_write
        self.actions_.allow_writing(writes)
        for command in (
            Command.BACK_UP, Command.EXPORT, Command.EXPORT_BOOK, Command.FIND, Command.ORDER,
            Command.SHOW_EVENT, Command.SHOW_STANDINGS, Command.SHOW_RECORDS, Command.SHOW_NATIONS,
            Command.SHOW_ATHLETE, Command.SHOW_DECISIONS, Command.SHOW_HISTORY,
            Command.NEXT_PANE, Command.TREE, Command.SIDE, Command.NEXT_GAP,
            Command.ABOUT_RESULT, *TABLE_COMMANDS,
        ):  # fmt: skip
            self.actions_[command].setEnabled(has_book)
        undo = live.book.edits.next_undo() if live else None
        redo = live.book.edits.next_redo() if live else None
        self._name_step(Command.UNDO, self.tr("&Undo"), undo)
        self._name_step(Command.REDO, self.tr("&Redo"), redo)
        head = workspace.event_page.head if workspace else None
        on_event = writes and head is not None
        for command in (
            Command.ADD_ENTRY,
            Command.DELETE_ENTRY,
            Command.DELETE_EVENT,
            Command.CHANGE_EVENT,
            Command.ADD_PHASE,
            Command.ADD_SPLIT,
            Command.ADD_RECORD,
        ):
            self.actions_[command].setEnabled(on_event)
        official = head is not None and head.status == "official"
        self.actions_[Command.MAKE_OFFICIAL].setEnabled(on_event and not official)
        self.actions_[Command.REOPEN].setEnabled(on_event and official)
        self._refresh_checks()
        self._refresh_status(undo)

    def _name_step(self, command: Command, text: str, step: UndoStep | None) -> None:
        action = self.actions_[command]
        action.setEnabled(step is not None)
        line = words.journal_line(step.action, step.subject) if step else ""
        action.setText(f"{text}: {line.replace('&', '&&')}" if line else text)

    def _refresh_checks(self) -> None:
        for command, choice in _THEMES.items():
            self.actions_[command].setChecked(theme().choice is choice)
        if self.workspace is not None:
            self.actions_[Command.TREE].setChecked(not self.workspace.tree.isHidden())
            self.actions_[Command.SIDE].setChecked(not self.workspace.side.isHidden())

    def _refresh_table_checks(self) -> None:
        for command, holds in self.table.checks().items():
            self.actions_[command].setChecked(holds)

    def _refresh_status(self, undo: UndoStep | None) -> None:
        live = self.live
        self._zoom.setText(f"{theme().zoom} %")
        if live is None:
            self._where.setText("")
            self._undo.setText("")
            return
        state = self.tr("saved") if live.can_write else self.tr("read-only")
        self._where.setText(f"{live.path.name} · {state}")
        self._where.setToolTip(plain_tip(str(live.path)))
        line = words.journal_line(undo.action, undo.subject) if undo else ""
        if line and self.workspace is not None:
            metrics = self._undo.fontMetrics()
            line = self.tr("Undo: {line}  Ctrl+Z").format(line=line)
            line = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, self.width() // 2)
        self._undo.setText(line)

    # Commands

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        look = theme()
        handlers: dict[Command, Callable[[], object]] = {
            Command.CLOSE_WINDOW: self.close,
            Command.OPEN_SAMPLE: self.open_sample,
            Command.UNDO: self.undo,
            Command.REDO: self.redo,
            Command.SHOW_EVENT: lambda: self._show_tab(Tab.EVENT),
            Command.SHOW_STANDINGS: lambda: self._show_tab(Tab.STANDINGS),
            Command.SHOW_RECORDS: lambda: self._show_tab(Tab.RECORDS),
            Command.SHOW_NATIONS: lambda: self._show_tab(Tab.NATIONS),
            Command.SHOW_ATHLETE: lambda: self._show_tab(Tab.ATHLETE),
            Command.SHOW_DECISIONS: lambda: self._show_tab(Tab.DECISIONS),
            Command.SHOW_HISTORY: lambda: self._show_tab(Tab.HISTORY),
            Command.NEXT_PANE: self._next_pane,
            Command.TREE: lambda: self._toggle("tree"),
            Command.SIDE: lambda: self._toggle("side"),
            Command.LARGER: lambda: self._zoom_to(lambda: look.step_zoom(1)),
            Command.SMALLER: lambda: self._zoom_to(lambda: look.step_zoom(-1)),
            Command.NORMAL_SIZE: lambda: self._zoom_to(lambda: look.set_zoom(100)),
        }
        themes = {command: partial(self._choose_theme, c) for command, c in _THEMES.items()}
        return handlers | themes | self._of_topics()

    def _of_topics(self) -> dict[Command, Callable[[], object]]:
        return self.commands.handlers() | self.rules.handlers() | self.table.handlers()

    def undo(self) -> None:
        """Take back the last edit."""
        if self.live is not None:
            self.live.undo()

    def redo(self) -> None:
        """Make the edit that was taken back again."""
        if self.live is not None:
            self.live.redo()

    def _next_pane(self) -> None:
        if self.workspace is not None:
            self.workspace.next_pane()

    def _show_tab(self, tab: Tab) -> None:
        if self.workspace is not None:
            self.workspace.show_tab(tab)
            self.workspace.focus_page()

    def _toggle(self, panel: str) -> None:
        if self.workspace is not None:
            self.workspace.toggle(getattr(self.workspace, panel))
            self._refresh_checks()

    def _zoom_to(self, change: Callable[[], None]) -> None:
        change()
        self._settings.zoom = theme().zoom
        self._refresh_actions()

    def _choose_theme(self, choice: ThemeChoice) -> None:
        theme().choose(choice)
        self._settings.theme = choice
        self._refresh_checks()

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData())
        event.acceptProposedAction()
        # Whoever dropped them waits until this returns; a dialog would keep them waiting.
        QTimer.singleShot(0, partial(self._take_files, paths))

    def _take_files(self, paths: Sequence[Path]) -> None:
        """Open a book, or bring other files into the one in sight."""
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self.open_book(paths[0])
        else:
            self.commands.import_files(paths)

    # Recent books, places

    def _build_recent_menu(self) -> QMenu:
        menu = self.actions_.menus[MenuName.FILE]
        recent = menu.addMenu(self.tr("Open &recent"))
        menu.insertMenu(self.actions_[Command.OPEN_SAMPLE], recent)
        recent.aboutToShow.connect(self._fill_recent)
        return recent

    def _fill_recent(self) -> None:
        self._recent.clear()
        here = self.live.path if self.live else None
        for path in (known for known in self._settings.recent() if known != here):
            action = QAction(path.name.replace("&", "&&"), self._recent)
            action.setToolTip(plain_tip(str(path)))
            action.triggered.connect(lambda _=False, chosen=path: self._open_recent(chosen))
            self._recent.addAction(action)
        if not self._recent.actions():
            self._recent.addAction(self.tr("No books yet")).setEnabled(False)

    def _open_recent(self, path: Path) -> None:
        if not path.exists():
            self._settings.forget_book(path)
        self.open_book(path)

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(theme().px(1440), room.width()), min(theme().px(860), room.height()))
        if geometry := self._settings.bytes("geometry"):
            self.restoreGeometry(geometry)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set_bytes("geometry", self.saveGeometry())
        self._let_go()
        super().closeEvent(event)


_THEMES = {
    Command.THEME_SYSTEM: ThemeChoice.SYSTEM,
    Command.THEME_LIGHT: ThemeChoice.LIGHT,
    Command.THEME_DARK: ThemeChoice.DARK,
}
