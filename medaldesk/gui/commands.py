"""The commands that ask a person for something: books, programme, records, reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from medaldesk import __version__
from medaldesk.book.book import SUFFIX
from medaldesk.domain.errors import MedalDeskError
from medaldesk.gui.actions import Command
from medaldesk.gui.target import Place, Target
from medaldesk.gui.workspace import Tab, Workspace
from medaldesk.reports.language import tr

if TYPE_CHECKING:
    from medaldesk.book.reads.events import EventHead
    from medaldesk.gui.main_window import MainWindow


class BookCommands:
    """Runs the dialogs of a window; each is imported when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does."""
        return {
            Command.NEW_BOOK: self.new_book,
            Command.OPEN_BOOK: self.open_book,
            Command.BACK_UP: self.back_up,
            Command.IMPORT: self.import_files,
            Command.EXPORT: self.export,
            Command.EXPORT_BOOK: self.export_book,
            Command.FIND: self.find,
            Command.GO_TO: self.go_to,
            Command.ADD_COMPETITION: self.add_competition,
            Command.ADD_EVENT: self.add_event,
            Command.ADD_PHASE: self.add_phase,
            Command.ADD_NATION: self.add_nation,
            Command.CHANGE_COMPETITION: self.change_competition,
            Command.CHANGE_EVENT: self.change_event,
            Command.ADD_ENTRY: lambda: self._on_event(lambda w: w.event_page.add_entry()),
            Command.NEXT_GAP: lambda: self._on_event(self._next_gap),
            Command.DELETE_ENTRY: lambda: self._on_event(lambda w: w.event_page.delete_entry()),
            Command.DELETE_EVENT: self.delete_event,
            Command.DELETE_COMPETITION: self.delete_competition,
            Command.ADD_SPLIT: self.add_split,
            Command.ADD_RECORD: self.add_record,
            Command.MAKE_OFFICIAL: lambda: self._on_event(lambda w: w.event_page.make_official()),
            Command.REOPEN: self.reopen,
            Command.ORDER: lambda: self._on_event(lambda w: w.event_page.toggle_order()),
            Command.NEXT_PHASE: lambda: self._on_event(lambda w: self._step_phase(w, 1)),
            Command.PREVIOUS_PHASE: lambda: self._on_event(lambda w: self._step_phase(w, -1)),
            Command.HELP: self.show_help,
            Command.ABOUT: self.about,
        }

    @property
    def _workspace(self) -> Workspace | None:
        return self._window.workspace

    def _on_event(self, run: Callable[[Workspace], object]) -> None:
        """Do something on the event page, brought into sight first."""
        workspace = self._workspace
        if workspace is not None and workspace.event_page.event_id is not None:
            workspace.show_tab(Tab.EVENT)
            run(workspace)

    def _next_gap(self, workspace: Workspace) -> None:
        if not workspace.event_page.next_gap():
            self._window.say(tr("No mark and no tie-break is missing."))

    def _step_phase(self, workspace: Workspace, by: int) -> None:
        if workspace.event_page.step_phase(by):
            return
        head = workspace.event_page.head
        if head is None or len(head.phases) < 2:
            self._window.say(tr("This event has one phase only."))
        elif by > 0:
            self._window.say(tr("This is the last phase."))
        else:
            self._window.say(tr("This is the first phase."))

    # Books

    def new_book(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("New book"),
            str(self._folder() / f"{tr('New book')}{SUFFIX}"),
            self._filter(),
        )
        if name:
            self._window.create_book(Path(name))

    def open_book(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open a book"), str(self._folder()), self._filter()
        )
        if name:
            self._window.open_book(Path(name))

    def back_up(self) -> None:
        live = self._window.live
        if live is None:
            return
        proposal = live.path.with_name(tr("{name} backup").format(name=live.path.stem) + SUFFIX)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Back up the book"), str(proposal), self._filter()
        )
        if not name:
            return
        try:
            live.book.backup(Path(name))
        except MedalDeskError as error:
            self._window.complain(error)
            return
        self._window.say(tr("The book was copied to {name}.").format(name=name))

    def _folder(self) -> Path:
        """Where the book in sight is; for the sample, where people keep their documents."""
        from medaldesk.gui.sample import sample_path

        live = self._window.live
        if live is not None and live.path != sample_path():
            return live.path.parent
        return Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )

    def _filter(self) -> str:
        return tr("MedalDesk books (*{suffix})").format(suffix=SUFFIX)

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Bring files into the book; without any, ask which."""
        from medaldesk.gui.dialogs.import_dialog import ImportDialog

        live = self._window.live
        if live is None:
            self._window.say(tr("Open a book first (Ctrl+O): files are imported into one."))
            return
        if not live.can_write:
            self._window.say(tr("This book is open for reading only: nothing can be imported."))
            return
        dialog = ImportDialog(live, paths, parent=self._window)
        if not paths:
            dialog.choose_when_shown()
        if dialog.exec():
            self._window.say(dialog.outcome)
        elif dialog.check_path or dialog.check_text:
            self._window.table.check(dialog.check_path, dialog.check_text)
        dialog.deleteLater()

    def export(self) -> None:
        from medaldesk.gui.export import export_page

        if self._workspace is not None:
            export_page(self._window, self._workspace)

    def export_book(self) -> None:
        from medaldesk.gui.export import export_book

        if self._window.live is not None:
            export_book(self._window, self._window.live)

    # Finding

    def find(self) -> None:
        from medaldesk.gui.widgets.find_bar import show_find_bar

        if self._workspace is not None:
            page = self._workspace.stack.currentWidget()
            if page is not None:
                show_find_bar(page)

    def go_to(self) -> None:
        from medaldesk.gui.widgets.command_palette import CommandPalette

        palette = CommandPalette(self._window.live, self._window.actions_.all(), self._window)
        if self._workspace is not None:
            palette.go.connect(self._workspace.go)
        palette.open_over(self._window)

    # Programme

    def add_competition(self) -> None:
        from medaldesk.gui.dialogs.competition_dialog import CompetitionDialog

        window, workspace = self._window, self._workspace
        if window.live is None or workspace is None:
            return
        dialog = CompetitionDialog(window.live, parent=window)
        if dialog.exec() and dialog.created is not None:
            workspace.competition_added(dialog.created)

    def add_event(self) -> None:
        from medaldesk.gui.dialogs.event_dialog import EventDialog

        window, workspace = self._window, self._workspace
        if window.live is None or workspace is None:
            return
        latest = window.live.reads.latest_competition()
        competition = self._known(workspace.competition()) or (latest.id if latest else None)
        if competition is None:
            window.say(tr("Add a competition first (Ctrl+Shift+N): an event is held at one."))
            return
        dialog = EventDialog(window.live, competition, window)
        if dialog.exec() and dialog.created is not None:
            workspace.show_event(dialog.created)

    def change_event(self) -> None:
        from medaldesk.gui.dialogs.event_dialog import EventDialog

        window, head = self._window, self._event_in_sight()
        if window.live is None or head is None:
            return
        dialog = EventDialog(window.live, head.competition, window, event=head.id)
        if dialog.exec() and self._workspace is not None:
            self._workspace.show_event(head.id)

    def add_phase(self) -> None:
        from medaldesk.gui.dialogs.phase_dialog import PhaseDialog

        window, head = self._window, self._event_in_sight()
        if window.live is not None and head is not None:
            PhaseDialog(window.live, head.id, window).exec()

    def add_nation(self) -> None:
        from medaldesk.gui.dialogs.nation_dialog import NationDialog

        window = self._window
        if window.live is None:
            return
        dialog = NationDialog(window.live, window)
        if dialog.exec() and dialog.created is not None:
            name = window.live.reads.nation_name(dialog.created, None)
            window.say(tr("{nation} was added and can be entered now.").format(nation=name))

    def change_competition(self) -> None:
        from medaldesk.gui.dialogs.competition_dialog import CompetitionDialog

        window, competition = self._window, self._competition_in_sight()
        if window.live is not None and competition is not None:
            CompetitionDialog(window.live, competition, window).exec()

    def delete_competition(self) -> None:
        """No question first, as for an event."""
        window, competition = self._window, self._competition_in_sight()
        if window.live is None or competition is None:
            return
        name = window.live.reads.competition(competition).name
        if window.live.edit(lambda edits: edits.delete_competition(competition)):
            self._say_deleted(name)

    def _event_in_sight(self) -> EventHead | None:
        """The event that the window is about; without one, says what to do."""
        page = self._workspace.event_page if self._workspace else None
        if page is None or page.event_id is None:
            self._window.say(tr("Open an event first (Ctrl+K)."))
            return None
        return page.head

    def _competition_in_sight(self) -> int | None:
        """The competition of the medal table in sight, else the one an event would be added to.

        Without one, says what to do.
        """
        workspace = self._workspace
        if workspace is None:
            return None
        found = workspace.competition_in_sight()
        if workspace.tab is Tab.STANDINGS and not workspace.tree.tree.hasFocus():
            found = workspace.page(Tab.STANDINGS).competition_id  # type: ignore[attr-defined]
        if self._known(found) is None:
            self._window.say(tr("Choose a competition in the tree first."))
        return self._known(found)

    def _known(self, competition: int | None) -> int | None:
        """A competition, unless it is no longer in the book."""
        live = self._window.live
        ids = [row.id for row in live.reads.competitions()] if live else []
        return competition if competition in ids else None

    def _say_deleted(self, name: str) -> None:
        self._window.say(tr("{name} was deleted. Ctrl+Z brings it back.").format(name=name))

    def add_record(self) -> None:
        from medaldesk.gui.dialogs.record_dialog import RecordDialog

        window, workspace = self._window, self._workspace
        head = workspace.event_page.head if workspace else None
        if window.live is None or head is None:
            return
        dialog = RecordDialog(window.live, head.event_type, head.competition, window)
        added = dialog.created if dialog.exec() else None
        if added is not None and workspace is not None and workspace.tab is Tab.RECORDS:
            workspace.go(Target(Place.RECORDS, added))

    def add_split(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        from medaldesk.gui.dialogs.split_dialog import ask_split

        label = ask_split(self._window)
        if label is not None:
            workspace.event_page.model.add_split(label)

    def reopen(self) -> None:
        window, workspace = self._window, self._workspace
        head = workspace.event_page.head if workspace else None
        if window.live is not None and head is not None:
            window.live.edit(lambda edits: edits.reopen_event(head.id))

    def delete_event(self) -> None:
        """No question first: the journal keeps it, and undo brings it back."""
        window, workspace = self._window, self._workspace
        head = workspace.event_page.head if workspace else None
        if (
            window.live is not None
            and head is not None
            and window.live.edit(lambda edits: edits.delete_event(head.id))
        ):
            self._say_deleted(head.name)

    def show_help(self) -> None:
        """The help beside the window; asked for again, it comes to the front."""
        from medaldesk.gui.dialogs.help_window import HelpWindow

        window = self._window.findChild(HelpWindow)
        if window is None:
            window = HelpWindow(self._window)
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        window.raise_()
        window.activateWindow()

    def about(self) -> None:
        QMessageBox.about(
            self._window,
            tr("About MedalDesk"),
            tr("MedalDesk {version}: results, medal tables and records, at once.").format(
                version=__version__
            ),
        )
