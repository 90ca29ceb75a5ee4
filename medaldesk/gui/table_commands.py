"""The commands of the medal table; each brings the table into sight first (RULES R17 to R19)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from medaldesk.domain.standings import RankBy
from medaldesk.gui.actions import Command
from medaldesk.gui.workspace import Tab

if TYPE_CHECKING:
    from medaldesk.gui.main_window import MainWindow
    from medaldesk.gui.pages.standings_page import StandingsPage

_RANKS = {
    Command.RANK_BY_GOLD: RankBy.GOLD,
    Command.RANK_BY_TOTAL: RankBy.TOTAL,
    Command.RANK_BY_POINTS: RankBy.WEIGHTED,
    Command.RANK_PER_CAPITA: RankBy.PER_CAPITA,
}

TABLE_COMMANDS = (
    Command.TABLE_COMPETITIONS,
    Command.TABLE_AS_OF,
    Command.TABLE_COMPARE,
    Command.TABLE_CHECK,
    *_RANKS,
    Command.ALL_RANKS,
    Command.BREAKDOWN,
)


class TableCommands:
    """What a person wants of the medal table of a window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[Command, Callable[[], object]]:
        """What each of these commands does."""
        ranks = {command: partial(self._rank, rank_by) for command, rank_by in _RANKS.items()}
        return {
            Command.TABLE_COMPETITIONS: self._choose_competitions,
            Command.TABLE_AS_OF: self._choose_day,
            Command.TABLE_COMPARE: self._compare,
            Command.TABLE_CHECK: self.check,
            **ranks,
            Command.ALL_RANKS: lambda: self._show(lambda page: page.controls.all_ranks.trigger()),
            Command.BREAKDOWN: lambda: self._show(lambda page: page.controls.by_gender.trigger()),
        }

    def checks(self) -> dict[Command, bool]:
        """Which of them hold for the table as it is."""
        if (page := self._page) is None:
            return {}
        controls = page.controls
        return {
            Command.TABLE_AS_OF: controls.as_of.isChecked(),
            Command.TABLE_COMPARE: controls.compare.isChecked(),
            **{command: page.rank_by is rank_by for command, rank_by in _RANKS.items()},
            Command.ALL_RANKS: controls.all_ranks.isChecked(),
            Command.BREAKDOWN: controls.by_gender.isChecked(),
        }

    def check(self, path: Path | None = None, text: str = "") -> None:
        """Open the check against a published table, beside the window.

        A file, or a text that was pasted, is checked at once.
        """
        from medaldesk.gui.dialogs.table_check_dialog import TableCheckDialog

        live, workspace = self._window.live, self._window.workspace
        if live is None or workspace is None:
            return
        dialog = TableCheckDialog(live, self._window)
        dialog.go.connect(workspace.go)
        dialog.show()
        if path is not None:
            dialog.check_file(path)
        elif text:
            dialog.check_text(text)

    @property
    def _page(self) -> StandingsPage | None:
        workspace = self._window.workspace
        return cast("StandingsPage", workspace.page(Tab.STANDINGS)) if workspace else None

    def _show(self, run: Callable[[StandingsPage], object]) -> None:
        """Do something on the page of the medal table, which says itself where it is empty."""
        workspace, page = self._window.workspace, self._page
        if workspace is None or page is None:
            return
        workspace.show_tab(Tab.STANDINGS)
        page.setFocus()
        if page.choice is not None:
            run(page)

    @property
    def _in_sight(self) -> bool:
        workspace = self._window.workspace
        return workspace is not None and workspace.tab is Tab.STANDINGS

    def _choose_competitions(self) -> None:
        self._show(lambda page: page.filters.choose_competitions())

    def _choose_day(self) -> None:
        """A second time, that of now: as its button does."""
        again = self._in_sight
        self._show(lambda page: page.set_timed(not (again and page.controls.as_of.isChecked())))

    def _compare(self) -> None:
        """A second time, one table alone: as its button does."""
        again = self._in_sight
        self._show(
            lambda page: page.set_compared(not (again and page.controls.compare.isChecked()))
        )

    def _rank(self, rank_by: RankBy) -> None:
        self._show(lambda page: page.set_rank_by(rank_by))
