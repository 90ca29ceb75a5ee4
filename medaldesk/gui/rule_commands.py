"""The commands about what is decided, ruled and counted: decisions, records, nations, teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from medaldesk.gui.actions import Command
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.workspace import Tab, Workspace
from medaldesk.reports.language import tr

if TYPE_CHECKING:
    from medaldesk.book.reads.events import ResultRow
    from medaldesk.gui.main_window import MainWindow


class RuleCommands:
    """Runs the dialogs of a window; each is imported when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does."""
        return {
            Command.ABOUT_RESULT: self.about_result,
            Command.TAKE_DECISION: self.take_decision,
            Command.TEAM: self.team,
            Command.PHASES: self.phases,
            Command.STATUSES: self.statuses,
            Command.DESCRIBE_ATHLETE: self.describe_athlete,
            Command.RULE_RECORD: self.rule_record,
            Command.CHANGE_RECORD: lambda: self._on_records(lambda page: page.change_list()),
            Command.PUBLISHED: lambda: self._on_records(lambda page: page.edit_published()),
            Command.DELETE_RECORD: lambda: self._on_records(lambda page: page.delete_list()),
            Command.MEMBERSHIP: self.membership,
            Command.CHANGE_NATION: self.change_nation,
            Command.GROUPINGS: self.groupings,
        }

    @property
    def _open(self) -> tuple[LiveBook, Workspace] | None:
        live, workspace = self._window.live, self._window.workspace
        return None if live is None or workspace is None else (live, workspace)

    # Results

    def about_result(self) -> None:
        from medaldesk.gui.dialogs.result_card import ResultCard

        if (found := self._result()) is None or (opened := self._open) is None:
            return
        live, workspace = opened
        card = ResultCard(live, found.id, self._window)
        card.go.connect(workspace.go)
        card.open()

    def take_decision(self) -> None:
        from medaldesk.gui.dialogs.decision_dialog import DecisionDialog

        if (opened := self._open) is None:
            return
        live, workspace = opened
        head = workspace.event_page.head
        if head is None:
            self._window.say(tr("Open the event that was decided about first (Ctrl+K)."))
            return
        workspace.commit_open()
        found = workspace.event_page.result_in_sight()
        DecisionDialog(live, head.id, self._window, entry=found.entry if found else None).exec()

    def team(self) -> None:
        from medaldesk.gui.dialogs.members_dialog import MembersDialog

        found, opened = self._result(), self._open
        head = opened[1].event_page.head if opened else None
        if found is None or opened is None or head is None:
            return
        if found.athlete is not None:
            self._window.say(tr("Put the cursor on a team: this entry is a single athlete."))
            return
        MembersDialog(opened[0], head, found, self._window).exec()

    def phases(self) -> None:
        from medaldesk.gui.dialogs.phases_dialog import PhasesDialog

        if (opened := self._open) is not None and (head := opened[1].event_page.head) is not None:
            PhasesDialog(opened[0], head.id, self._window).exec()

    def statuses(self) -> None:
        from medaldesk.gui.dialogs.statuses_dialog import StatusesDialog

        if (opened := self._open) is not None:
            head = opened[1].event_page.head
            StatusesDialog(opened[0], head.event_type if head else None, self._window).exec()

    def describe_athlete(self) -> None:
        from medaldesk.gui.dialogs.athlete_dialog import AthleteDialog

        if (opened := self._open) is None:
            return
        live, workspace = opened
        athlete = self._athlete(workspace)
        if athlete is None:
            self._window.say(tr("Put the cursor on an athlete first."))
            return
        AthleteDialog(live, athlete, self._window).exec()

    def _athlete(self, workspace: Workspace) -> int | None:
        """The athlete whose page is in sight, else the one under the cursor of the sheet."""
        if workspace.tab is Tab.ATHLETE:
            shown: int | None = workspace.page(Tab.ATHLETE).athlete_id  # type: ignore[attr-defined]
            return shown
        found = workspace.event_page.result_in_sight()
        return found.athlete if found else None

    def _result(self) -> ResultRow | None:
        """The result under the cursor; without one, says what to do."""
        workspace = self._window.workspace
        found = workspace.event_page.result_in_sight() if workspace else None
        if found is None:
            self._window.say(tr("Put the cursor on a line of an event first."))
        return found

    # Records

    def rule_record(self) -> None:
        """On the record under the cursor of the sheet, else on that of the page of records."""
        if (opened := self._open) is None:
            return
        workspace = opened[1]
        if workspace.tab is Tab.EVENT:
            if (found := self._result()) is None:
                return
            workspace.commit_open()
            if not workspace.page(Tab.RECORDS).show_result(found.id):  # type: ignore[attr-defined]
                self._window.say(tr("This mark is no record: put the cursor on one that is."))
                return
        self._on_records(lambda page: page.rule())

    def _on_records(self, run: Callable[..., object]) -> None:
        """Do something on the page of records, brought into sight first."""
        if (opened := self._open) is not None:
            opened[1].show_tab(Tab.RECORDS)
            run(opened[1].page(Tab.RECORDS))

    # Nations

    def membership(self) -> None:
        from medaldesk.gui.dialogs.membership_dialog import MembershipDialog

        if (opened := self._open) is None:
            return
        live, workspace = opened
        competition = workspace.competition()
        if workspace.tab is Tab.STANDINGS:
            shown = workspace.page(Tab.STANDINGS).competition_id  # type: ignore[attr-defined]
            competition = shown or competition
        if competition is None:
            self._window.say(tr("Add a competition first (Ctrl+Shift+N)."))
            return
        MembershipDialog(live, competition, self._window).exec()

    def change_nation(self) -> None:
        if (opened := self._open) is not None:
            opened[1].show_tab(Tab.NATIONS)
            opened[1].page(Tab.NATIONS).change_nation()  # type: ignore[attr-defined]

    def groupings(self) -> None:
        from medaldesk.gui.dialogs.grouping_dialog import GroupingDialog

        if (opened := self._open) is not None:
            GroupingDialog(opened[0], self._window).exec()
