"""The commands about what is decided, ruled and counted: decisions, records, nations, teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from medaldesk.gui.actions import Command
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.target import Place, Target
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
            Command.MERGE_ATHLETES: self.merge_athletes,
            Command.DELETE_ATHLETE: self.delete_athlete,
            Command.RULE_RECORD: self.rule_record,
            Command.CHANGE_RECORD: lambda: self._on_records(lambda page: page.change_list()),
            Command.PUBLISHED: lambda: self._on_records(lambda page: page.edit_published()),
            Command.DELETE_RECORD: self.delete_record,
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

        if (opened := self._open) is None or (event := self._event()) is None:
            return
        live, workspace = opened
        workspace.commit_open()
        found = workspace.page(workspace.tab).result_in_sight()
        DecisionDialog(live, event, self._window, entry=found.entry if found else None).exec()

    def team(self) -> None:
        from medaldesk.gui.dialogs.members_dialog import MembersDialog

        if (found := self._result()) is None or (opened := self._open) is None:
            return
        if found.athlete is not None:
            self._window.say(tr("Put the cursor on a team: this entry is a single athlete."))
            return
        live = opened[0]
        head = live.reads.event_head(live.reads.event_of_result(found.id))
        MembersDialog(live, head, found, self._window).exec()

    def phases(self) -> None:
        from medaldesk.gui.dialogs.phases_dialog import PhasesDialog

        if (opened := self._open) is not None and (event := self._event()) is not None:
            PhasesDialog(opened[0], event, self._window).exec()

    def statuses(self) -> None:
        from medaldesk.gui.dialogs.statuses_dialog import StatusesDialog

        if (opened := self._open) is None:
            return
        live, workspace = opened
        event = workspace.page(workspace.tab).event_in_sight()
        head = live.reads.event_head(event) if event is not None else None
        StatusesDialog(live, head.event_type if head else None, self._window).exec()

    def describe_athlete(self) -> None:
        from medaldesk.gui.dialogs.athlete_dialog import AthleteDialog

        self._on_athlete(lambda live, athlete: AthleteDialog(live, athlete, self._window).exec())

    def merge_athletes(self) -> None:
        """The page of the one who goes becomes that of the one who stays."""
        from medaldesk.gui.dialogs.merge_dialog import MergeDialog

        def merge(live: LiveBook, athlete: int) -> None:
            dialog = MergeDialog(live, athlete, self._window)
            workspace = self._window.workspace
            if dialog.exec() and workspace is not None and workspace.tab is Tab.ATHLETE:
                workspace.go(Target(Place.ATHLETE, dialog.kept))

        self._on_athlete(merge)

    def delete_athlete(self) -> None:
        """An athlete without a trace in the book goes at once; undo brings them back."""

        def delete(live: LiveBook, athlete: int) -> None:
            name = live.reads.athlete_name(athlete)
            if live.edit(lambda edits: edits.delete_athlete(athlete)):
                self._window.say(tr("{name} was deleted.").format(name=name))

        self._on_athlete(delete)

    def _on_athlete(self, run: Callable[[LiveBook, int], object]) -> None:
        """Do something with the athlete in sight; without one, says what to do."""
        if (opened := self._open) is None:
            return
        live, workspace = opened
        athlete = self._athlete(workspace)
        if athlete is None:
            self._window.say(tr("Put the cursor on an athlete first."))
            return
        run(live, athlete)

    def _athlete(self, workspace: Workspace) -> int | None:
        """The athlete whose page is in sight, else the one of the result in sight."""
        page = workspace.page(workspace.tab)
        if workspace.tab is Tab.ATHLETE:
            shown: int | None = page.athlete_id  # type: ignore[attr-defined]
            return shown
        found = page.result_in_sight()
        return found.athlete if found else None

    def _result(self) -> ResultRow | None:
        """The result under the cursor of the page in sight; without one, says what to do."""
        workspace = self._window.workspace
        found = workspace.page(workspace.tab).result_in_sight() if workspace else None
        if found is None:
            self._window.say(
                tr(
                    "Put the cursor on a result first: in an event, in the career of an athlete, "
                    "among the medals behind a number, or in a record history."
                )
            )
        return found

    def _event(self) -> int | None:
        """The event that the page in sight is about; without one, says what to do."""
        workspace = self._window.workspace
        found = workspace.page(workspace.tab).event_in_sight() if workspace else None
        if found is None:
            self._window.say(
                tr("Open the event first (Ctrl+K), or put the cursor on one of its results.")
            )
        return found

    # Records

    def rule_record(self) -> None:
        """On the record in sight: a line of its list, or the result of any other page."""
        if (opened := self._open) is None:
            return
        workspace = opened[1]
        if workspace.tab is not Tab.RECORDS:
            if (found := self._result()) is None:
                return
            workspace.commit_open()
            if not workspace.page(Tab.RECORDS).show_result(found.id):  # type: ignore[attr-defined]
                self._window.say(tr("This mark is no record: put the cursor on one that is."))
                return
        self._on_records(lambda page: page.rule())

    def delete_record(self) -> None:
        """Of the list in sight only: another page does not show which one it would be."""
        if (opened := self._open) is None:
            return
        if opened[1].tab is Tab.RECORDS:
            self._on_records(lambda page: page.delete_list())
            return
        opened[1].show_tab(Tab.RECORDS)
        self._window.say(tr("Choose the record list here, then delete it by the same command."))

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
